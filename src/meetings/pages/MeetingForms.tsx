import { useState } from 'react'
import { addDays } from '../../foundation/values/business-date.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { useAct } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { AreaField, CheckField, ChoiceField, DayField, FindField, RadioField, TextField, type Choice } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useForm } from '../../ui/useForm.ts'
import { addMeetingAction, markAttendance, nameFocus, saveMeetingPart, type MeetingView, type PartView } from '../meeting.contract.ts'
import { givePraise, praiseSources } from '../praise.contract.ts'
import { meetingsText } from './meetings-text.ts'

const choicesOf = (meeting: MeetingView): Choice[] => meeting.attendance.map((one) => ({ value: String(one.staffKey), label: one.name }))

export function WritePart({ meeting, part, onClose }: { meeting: MeetingView; part: PartView; onClose: () => void }) {
  const t = useText(meetingsText)
  const toast = useToast()
  const send = useAct(saveMeetingPart, { refresh: ['meetings'] })
  const form = useForm<{ content: string; ownerKey: string | null; minutes: string; held: boolean }>({
    initial: { content: part.content ?? '', ownerKey: part.owner === null ? null : String(part.owner.staffKey), minutes: String(part.minutes), held: part.held || meeting.state === 'RUNNING' },
    check: (entry) => ({ ...(!/^\d{1,2}$/.test(entry.minutes) || Number(entry.minutes) > 60 ? { minutes: t('required') } : {}), ...(entry.held && entry.content.trim() === '' ? { content: t('required') } : {}) }),
    send: (entry) => send.mutateAsync({ params: { meetingId: meeting.id }, body: { part: part.part, ownerKey: entry.ownerKey === null ? null : Number(entry.ownerKey), minutes: Number(entry.minutes), content: entry.content.trim() === '' ? null : entry.content, held: entry.held } }),
    draft: `meeting.${meeting.id}.${part.part}`,
  })
  return (
    <FormDrawer title={t(part.part)} open onClose={onClose} form={form} submit={t('write')} onDone={() => toast(t('saved'))}>
      <AreaField form={form} name="content" label={t('content')} max={1000} rows={6} />
      <ChoiceField form={form} name="ownerKey" label={t('partOwner')} options={choicesOf(meeting)} />
      <TextField form={form} name="minutes" label={t('minutes')} inputMode="numeric" max={2} />
      <CheckField form={form} name="held" label={t('held')} />
    </FormDrawer>
  )
}

/** Somebody is not there: on leave or out, with the reason. */
export function MarkAbsent({ meeting, staffKey, name, onClose }: { meeting: MeetingView; staffKey: number; name: string; onClose: () => void }) {
  const t = useText(meetingsText)
  const send = useAct(markAttendance, { refresh: ['meetings'] })
  const form = useForm<{ mark: 'LEAVE' | 'OUT'; reason: string }>({
    initial: { mark: 'OUT', reason: '' }, check: ({ reason }) => (reason.trim() === '' ? { reason: t('required') } : {}), send: (entry) => send.mutateAsync({ params: { meetingId: meeting.id }, body: { marks: [{ staffKey, mark: entry.mark, reason: entry.reason }] } }),
  })
  return (
    <FormDrawer title={name} open onClose={onClose} form={form} submit={t('write')}>
      <RadioField form={form} name="mark" label={t('attendance')} options={(['OUT', 'LEAVE'] as const).map((value) => ({ value, label: t(value) }))} />
      <TextField form={form} name="reason" label={t('whyAbsent')} required max={60} />
    </FormDrawer>
  )
}

export function AddAction({ meeting, onClose }: { meeting: MeetingView; onClose: () => void }) {
  const t = useText(meetingsText)
  const toast = useToast()
  const { today } = useBank()
  const [id] = useState(newId)
  const send = useAct(addMeetingAction, { refresh: ['meetings', 'tasks'] })
  const form = useForm<{ title: string; ownerKey: string | null; dueOn: string | null }>({
    initial: { title: '', ownerKey: null, dueOn: addDays(today, 1) },
    check: (entry) => ({ ...([...entry.title.trim()].length < 2 ? { title: t('required') } : {}), ...(entry.ownerKey === null ? { ownerKey: t('required') } : {}), ...(entry.dueOn === null ? { dueOn: t('required') } : {}) }),
    send: (entry) => send.mutateAsync({ params: { meetingId: meeting.id }, body: { id, title: entry.title, ownerKey: Number(entry.ownerKey), dueOn: entry.dueOn ?? today } }),
  })
  return (
    <FormDrawer title={t('addAction')} open onClose={onClose} form={form} submit={t('addAction')} onDone={() => toast(t('saved'))}>
      <TextField form={form} name="title" label={t('actionTitle')} required max={60} />
      <ChoiceField form={form} name="ownerKey" label={t('actionOwner')} required options={choicesOf(meeting)} />
      <DayField form={form} name="dueOn" label={t('due')} required from={today} />
    </FormDrawer>
  )
}

export function AddFocus({ meeting, findCustomers, onClose }: { meeting: MeetingView; findCustomers: (text: string) => Promise<readonly Choice[]>; onClose: () => void }) {
  const t = useText(meetingsText)
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(nameFocus, { refresh: ['meetings'] })
  const form = useForm<{ customerId: string | null; part: 'PROSPECT' | 'ANALYSIS'; note: string }>({
    initial: { customerId: null, part: 'ANALYSIS', note: '' }, check: (entry) => ({ ...(entry.customerId === null ? { customerId: t('required') } : {}), ...([...entry.note.trim()].length < 2 ? { note: t('required') } : {}) }),
    send: (entry) => send.mutateAsync({ params: { customerId: entry.customerId ?? '' }, body: { id, meetingId: meeting.id, part: entry.part, note: entry.note } }),
  })
  return (
    <FormDrawer title={t('addFocus')} open onClose={onClose} form={form} submit={t('addFocus')} onDone={() => toast(t('saved'))}>
      <FindField form={form} name="customerId" label={t('customer')} required find={findCustomers} />
      <RadioField form={form} name="part" label={t('kind')} options={(['ANALYSIS', 'PROSPECT'] as const).map((value) => ({ value, label: t(value) }))} />
      <AreaField form={form} name="note" label={t('focusNote')} required max={300} />
    </FormDrawer>
  )
}

export function GivePraise({ findPeople, onClose }: { findPeople: (text: string) => Promise<readonly Choice[]>; onClose: () => void }) {
  const t = useText(meetingsText)
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(givePraise, { refresh: ['praise', 'meetings'] })
  const form = useForm<{ toKey: string | null; content: string; source: (typeof praiseSources)[number] }>({
    initial: { toKey: null, content: '', source: 'COLLEAGUE' }, check: (entry) => ({ ...(entry.toKey === null ? { toKey: t('required') } : {}), ...([...entry.content.trim()].length < 4 ? { content: t('required') } : {}) }),
    send: (entry) => send.mutateAsync({ body: { id, toKey: Number(entry.toKey), content: entry.content, source: entry.source } }),
  })
  return (
    <FormDrawer title={t('praiseGive')} open onClose={onClose} form={form} submit={t('praiseGive')} onDone={() => toast(t('praised'))}>
      <FindField form={form} name="toKey" label={t('praiseTo')} required find={findPeople} />
      <AreaField form={form} name="content" label={t('praiseWhat')} required max={200} />
      <RadioField form={form} name="source" label={t('praiseSource')} options={praiseSources.map((value) => ({ value, label: t(value) }))} />
    </FormDrawer>
  )
}
