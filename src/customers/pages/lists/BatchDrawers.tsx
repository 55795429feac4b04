import { Button } from 'antd'
import { useState } from 'react'
import { monthStart } from '../../../foundation/values/business-date.ts'
import { newId } from '../../../foundation/values/uuid7.ts'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { ChoiceField, DayField, FindField, RadioField, TextField } from '../../../ui/fields.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Note } from '../../../ui/Note.tsx'
import { aside, mark, usePick, useText } from '../../../ui/text.ts'
import { useBank } from '../../../ui/UiProvider.tsx'
import { useForm } from '../../../ui/useForm.ts'
import { batchAssign, batchPlan, batchReasons, batchTag, type JudgedBatch, type Selection } from '../../lists/batch.contract.ts'
import { createTag, listTags } from '../../lists/tag.contract.ts'
import type { FindPeople } from '../CustomerForms.tsx'
import { LoadTag } from '../ownership/Loads.tsx'
import { listsText } from './lists-text.ts'

type Props = { selection: Selection; onClose: () => void }
const families = ['customers', 'tags', 'reports', 'segments', 'contact-plan', 'contact']

/** "180 位：176 位可办理，4 位不可", each reason with a few names. */
export function JudgedNote({ judged }: { judged: JudgedBatch }) {
  const t = useText(listsText)
  const pick = usePick()
  const { total, possible, not } = judged
  return (
    <Note tone={possible === total ? 'info' : 'warning'}>
      <div role="status">
        <strong>{possible === total ? t('judgedAll', { total }) : t('judged', { total, possible, not: total - possible })}</strong>
        {not.length > 0 && (
          <ul className="yq-changes">
            {not.map(({ reason, count, examples }) => <li key={reason}>{examples.length === 0 ? t('notLine', { count, reason: pick(batchReasons[reason]) }) : t('notNamed', { count, reason: pick(batchReasons[reason]), names: examples.join(mark('、')) })}</li>)}
          </ul>
        )}
      </div>
    </Note>
  )
}

export function TagDrawer({ selection, onClose }: Props) {
  const t = useText(listsText)
  const toast = useToast()
  const tags = useContract(listTags, {})
  const make = useAct(createTag, { refresh: ['tags'] })
  const act = useAct(batchTag, { refresh: families })
  const [judged, setJudged] = useState<JudgedBatch | null>(null)
  const form = useForm({
    initial: { newTagId: newId(), tagId: null as string | null, word: '', take: 'ON' as 'ON' | 'OFF' },
    check: ({ tagId, word }) => ({ tagId: tagId === null && word.trim() === '' ? t('tagOrNew') : undefined }),
    send: async ({ newTagId, tagId, word, take }) => {
      if (tagId === null) await make.mutateAsync({ body: { id: newTagId, word } })
      const done = await act.mutateAsync({ body: { selection, tagId: tagId ?? newTagId, take } })
      toast(t(take === 'ON' ? 'tagged' : 'untagged', { n: done.done }))
    },
  })
  const { tagId, take } = form.values
  return (
    <FormDrawer title={t('tagIt')} open onClose={onClose} form={form} submit={t('tagIt')}>
      <RadioField form={form} name="take" label={t('tagTake')} options={[{ value: 'ON', label: t('tagOn') }, { value: 'OFF', label: t('tagOff') }]} />
      <ChoiceField form={form} name="tagId" label={t('chooseTag')} options={(tags.data?.items ?? []).map((tag) => ({ value: tag.id, label: aside(tag.word, tag.unitName) }))} />
      {tagId === null && take === 'ON' && <TextField form={form} name="word" label={t('newTag')} max={20} hint={t('newTagHint')} />}
      {tagId !== null && <CheckButton run={async () => setJudged(await act.mutateAsync({ body: { selection, tagId, take, dryRun: true } }))} />}
      {judged && <JudgedNote judged={judged} />}
    </FormDrawer>
  )
}

export function PlanDrawer({ selection, onClose }: Props) {
  const t = useText(listsText)
  const toast = useToast()
  const { today } = useBank()
  const act = useAct(batchPlan, { refresh: families })
  const [judged, setJudged] = useState<JudgedBatch | null>(null)
  const form = useForm({
    initial: { plannedOn: null as string | null, subject: '' }, check: ({ plannedOn, subject }) => ({ plannedOn: plannedOn ? undefined : t('needed'), subject: subject.trim() === '' ? t('needed') : undefined }),
    send: async ({ plannedOn, subject }) => {
      const done = await act.mutateAsync({ body: { selection, plannedOn: plannedOn ?? today, subject } })
      toast(t('planned', { n: done.done }))
    },
  })
  const { plannedOn, subject } = form.values
  return (
    <FormDrawer title={t('plan')} open onClose={onClose} form={form} submit={t('plan')}>
      <Note tone="info">{t('planHint')}</Note>
      <DayField form={form} name="plannedOn" label={t('plannedOn')} required from={today} />
      <TextField form={form} name="subject" label={t('subject')} required max={60} hint={t('subjectHint')} />
      {plannedOn !== null && <CheckButton run={async () => setJudged(await act.mutateAsync({ body: { selection, plannedOn, subject: subject || '-', dryRun: true } }))} />}
      {judged && <JudgedNote judged={judged} />}
    </FormDrawer>
  )
}

export function AssignDrawer({ selection, onClose, findPeople }: Props & { findPeople: FindPeople }) {
  const t = useText(listsText)
  const toast = useToast()
  const { today } = useBank()
  const act = useAct(batchAssign, { refresh: families })
  const [judged, setJudged] = useState<Awaited<ReturnType<typeof act.mutateAsync>> | null>(null)
  const form = useForm({
    initial: { manager: '', from: today as string | null, reason: '' },
    check: ({ manager, from, reason }) => ({ manager: manager ? undefined : t('needed'), from: from ? undefined : t('needed'), reason: reason.trim() === '' ? t('needed') : undefined }),
    send: async ({ manager, from, reason }) => {
      const done = await act.mutateAsync({ body: { selection, staffKey: Number(manager), from: from ?? today, reason } })
      toast(t('assigned', { n: done.done }))
    },
  })
  const { manager, from, reason } = form.values
  return (
    <FormDrawer title={t('assign')} open onClose={onClose} form={form} submit={t('assign')}>
      <Note tone="info">{t('assignEffect')}</Note>
      <FindField form={form} name="manager" label={t('newManager')} required find={findPeople} placeholder={t('findPerson')} />
      <DayField form={form} name="from" label={t('since')} required from={monthStart(today)} to={today} />
      <TextField form={form} name="reason" label={t('reason')} required max={200} />
      {manager !== '' && from !== null && <CheckButton run={async () => setJudged(await act.mutateAsync({ body: { selection, staffKey: Number(manager), from, reason: reason || '-', dryRun: true } }))} />}
      {judged && <JudgedNote judged={judged} />}
      {judged?.load && <Facts facts={[{ label: t('loadAfter'), value: <LoadTag load={judged.load} /> }]} />}
    </FormDrawer>
  )
}

function CheckButton({ run }: { run: () => Promise<void> }) {
  const t = useText(listsText)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  return (
    <>
      <Button loading={busy} onClick={() => {
        setBusy(true)
        setFailed(null)
        run().catch((error: unknown) => setFailed(error instanceof Error ? error.message : String(error))).finally(() => setBusy(false))
      }}>{t('judge')}</Button>
      {failed !== null && <Note tone="error">{failed}</Note>}
    </>
  )
}
