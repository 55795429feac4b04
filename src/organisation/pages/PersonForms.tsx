import { useNavigate } from 'react-router'
import { useAct } from '../../ui/client.ts'
import { useConfirm, useToast } from '../../ui/Confirm.tsx'
import { ChoiceField, DayField, RadioField, TextField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useForm } from '../../ui/useForm.ts'
import { endEmploymentContract, endPostContract, hirePersonContract, holdGradeContract, holdPostContract, transferPersonContract } from '../person.contract.ts'
import { organisationText } from './organisation-text.ts'
import { usePostOptions, useUnitOptions } from './unit-options.ts'

type Drawer = { open: boolean; onClose: () => void }
const families = ['organisation', 'access']

function useCommon() {
  const t = useText(organisationText)
  const { today } = useBank()
  const toast = useToast()
  const need = (value: string | null): string | undefined => (value !== null && value.trim() ? undefined : t('needed'))
  return { t, today, need, saved: () => toast(t('done')) }
}

export function HirePerson({ open, onClose, unitKey }: Drawer & { unitKey: number | null }) {
  const { t, today, need, saved } = useCommon()
  const navigate = useNavigate()
  const units = useUnitOptions()
  const posts = usePostOptions()
  const hire = useAct(hirePersonContract, { refresh: families, onDone: ({ staffKey }) => {
    saved()
    void navigate(`/people/${staffKey}`)
  } })
  const form = useForm({
    initial: { staffNo: '', name: '', from: today, postCode: '', lineKey: unitKey === null ? '' : String(unitKey), placeKey: unitKey === null ? '' : String(unitKey) },
    check: (value) => ({
      staffNo: /^[A-Za-z0-9]{2,20}$/.test(value.staffNo) ? undefined : t('noHint'), name: need(value.name), from: need(value.from),
      ...(value.postCode ? { lineKey: need(value.lineKey), placeKey: need(value.placeKey) } : {}),
    }),
    send: ({ staffNo, name, from, postCode, lineKey, placeKey }) => hire.mutateAsync({ body: { staffNo, name, from, ...(postCode ? { post: { postCode, lineKey: Number(lineKey), placeKey: Number(placeKey) } } : {}) } }),
    draft: 'hire',
  })
  return (
    <FormDrawer title={t('hire')} open={open} onClose={onClose} form={form} submit={t('hire')}>
      <TextField form={form} name="staffNo" label={t('staffNo')} required hint={t('noHint')} max={20} />
      <TextField form={form} name="name" label={t('name')} required max={40} />
      <DayField form={form} name="from" label={t('from')} required />
      <ChoiceField form={form} name="postCode" label={t('post')} options={posts} />
      <ChoiceField form={form} name="lineKey" label={t('line')} options={units} />
      <ChoiceField form={form} name="placeKey" label={t('place')} options={units} />
    </FormDrawer>
  )
}

/** A further post, or with `transfer` all posts end and this one begins. */
export function GivePost({ open, onClose, staffKey, transfer }: Drawer & { staffKey: number; transfer: boolean }) {
  const { t, today, need, saved } = useCommon()
  const units = useUnitOptions()
  const posts = usePostOptions()
  const hold = useAct(holdPostContract, { refresh: families, onDone: saved })
  const move = useAct(transferPersonContract, { refresh: families, onDone: saved })
  const form = useForm({
    initial: { postCode: '', lineKey: '', placeKey: '', from: today, orderNo: '', reason: '', customers: null as string | null },
    check: (value) => ({ postCode: need(value.postCode), lineKey: need(value.lineKey), placeKey: need(value.placeKey), from: need(value.from), ...(transfer ? { reason: need(value.reason) } : {}) }),
    send: ({ postCode, lineKey, placeKey, from, orderNo, reason, customers }) => {
      const body = { postCode, lineKey: Number(lineKey), placeKey: Number(placeKey), from, ...(orderNo.trim() ? { orderNo } : {}) }
      return transfer ? move.mutateAsync({ params: { staffKey }, body: { ...body, reason, ...(customers === null ? {} : { customers: customers as 'TAKE_ALONG' }) } }) : hold.mutateAsync({ params: { staffKey }, body })
    },
  })
  return (
    <FormDrawer title={t(transfer ? 'transfer' : 'addPost')} open={open} onClose={onClose} form={form} submit={t(transfer ? 'transfer' : 'save')}>
      <ChoiceField form={form} name="postCode" label={t('post')} required options={posts} />
      <ChoiceField form={form} name="lineKey" label={t('line')} required options={units} />
      <ChoiceField form={form} name="placeKey" label={t('place')} required options={units} />
      <DayField form={form} name="from" label={t('from')} required />
      <TextField form={form} name="orderNo" label={t('orderNo')} max={60} />
      {transfer && <ChoiceField form={form} name="customers" label={t('customersOf')} hint={t('customersHint')} options={[{ value: 'TAKE_ALONG', label: t('takeAlong') }, { value: 'HAND_OVER', label: t('handOverFirst') }]} />}
      {transfer && <TextField form={form} name="reason" label={t('reason')} required max={200} />}
    </FormDrawer>
  )
}

export function EndPost({ open, onClose, staffKey, postKey, title }: Drawer & { staffKey: number; postKey: number; title: string }) {
  const { t, today, need, saved } = useCommon()
  const end = useAct(endPostContract, { refresh: families, onDone: saved })
  const form = useForm({
    initial: { from: today, reason: '' },
    check: (value) => ({ from: need(value.from), reason: need(value.reason) }),
    send: (body) => end.mutateAsync({ params: { staffKey, postKey }, body }),
  })
  return (
    <FormDrawer title={`${t('endPost')} · ${title}`} open={open} onClose={onClose} form={form} submit={t('endPost')}>
      <DayField form={form} name="from" label={t('from')} required />
      <TextField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}

export function HoldGrade({ open, onClose, staffKey }: Drawer & { staffKey: number }) {
  const { t, today, need, saved } = useCommon()
  const hold = useAct(holdGradeContract, { refresh: families, onDone: saved })
  const form = useForm({
    initial: { grade: 'B', from: today, reason: '' },
    check: (value) => ({ from: need(value.from), reason: need(value.reason) }),
    send: ({ grade, from, reason }) => hold.mutateAsync({ params: { staffKey }, body: { grade: grade as 'A' | 'B' | 'C', from, reason } }),
  })
  return (
    <FormDrawer title={t('holdGrade')} open={open} onClose={onClose} form={form} submit={t('save')}>
      <RadioField form={form} name="grade" label={t('grades')} options={[{ value: 'A', label: t('gradeA') }, { value: 'B', label: t('gradeB') }, { value: 'C', label: t('gradeC') }]} />
      <DayField form={form} name="from" label={t('from')} required />
      <TextField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}

export function LetLeave({ open, onClose, staffKey, name }: Drawer & { staffKey: number; name: string }) {
  const { t, today, need, saved } = useCommon()
  const confirm = useConfirm()
  const leave = useAct(endEmploymentContract, { refresh: families, onDone: saved })
  const form = useForm({
    initial: { from: today, reason: '' },
    check: (value) => ({ from: need(value.from), reason: need(value.reason) }),
    send: async (body) => {
      if (await confirm({ title: t('leaveTitle', { name }), effect: t('leaveEffect', { day: body.from }), verb: t('leave'), danger: true })) await leave.mutateAsync({ params: { staffKey }, body })
    },
  })
  return (
    <FormDrawer title={t('leave')} open={open} onClose={onClose} form={form} submit={t('leave')}>
      <DayField form={form} name="from" label={t('from')} required />
      <TextField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
