import { newId } from '../../../foundation/values/uuid7.ts'
import { useAct } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { AreaField, ChoiceField, RadioField, TextField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Note } from '../../../ui/Note.tsx'
import { useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { askLiftHold, decideLegalHold, decideLiftHold, enterLegalHold, holdKinds, type LegalHoldShown } from '../../retention/legal-hold.contract.ts'
import { proposeRetention, signRetention, type RetentionCaseShown } from '../../retention/retention.contract.ts'
import { retentionText } from './retention-text.ts'

export const families = ['retention', 'legal-holds', 'journal'] as const
const short = (text: string): boolean => [...text.trim()].length < 2

export function SignCase({ row, onClose }: { row: RetentionCaseShown; onClose: () => void }) {
  const t = useText(retentionText)
  const toast = useToast()
  const send = useAct(signRetention, { refresh: families })
  const form = useForm({
    initial: { said: 'AGREED' as string, note: '' },
    check: ({ said, note }) => ({ note: said === 'RETURNED' && short(note) ? t('needed') : undefined }),
    send: ({ said, note }) => send.mutateAsync({ body: { caseIds: [row.id], said: said as 'AGREED' | 'RETURNED', ...(note.trim() === '' ? {} : { note }) } }),
  })
  const back = form.values.said === 'RETURNED'
  return (
    <FormDrawer title={t('signTitle', { number: row.number })} open onClose={onClose} form={form} submit={t('sign')} onDone={() => toast(t('signed'))}>
      <RadioField form={form} name="said" label={t('said')} required options={[{ value: 'AGREED', label: t('agree') }, { value: 'RETURNED', label: t('giveBack') }]} />
      <Note tone="info">{t(back ? 'returnHint' : 'agreeHint')}</Note>
      <AreaField form={form} name="note" label={t('note')} required={back} max={200} />
    </FormDrawer>
  )
}

export function ProposeCase({ onClose }: { onClose: () => void }) {
  const t = useText(retentionText)
  const toast = useToast()
  const send = useAct(proposeRetention, { refresh: families })
  const form = useForm({
    initial: { id: newId(), number: '', reason: '' },
    check: ({ number, reason }) => ({ number: number.trim() === '' ? t('needed') : undefined, reason: short(reason) ? t('needed') : undefined }),
    send: (body) => send.mutateAsync({ body }),
  })
  return (
    <FormDrawer title={t('proposeTitle')} open onClose={onClose} form={form} submit={t('propose')} onDone={() => toast(t('proposedDone'))}>
      <Note tone="info">{t('proposeHint')}</Note>
      <TextField form={form} name="number" label={t('number')} required max={40} hint={t('numberHint')} />
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}

export function EnterHold({ onClose }: { onClose: () => void }) {
  const t = useText(retentionText)
  const toast = useToast()
  const send = useAct(enterLegalHold, { refresh: families })
  const form = useForm({
    initial: { id: newId(), number: '', kind: 'LITIGATION' as string, reason: '' },
    check: ({ number, reason }) => ({ number: number.trim() === '' ? t('needed') : undefined, reason: short(reason) ? t('needed') : undefined }),
    send: ({ kind, ...body }) => send.mutateAsync({ body: { ...body, kind: kind as (typeof holdKinds)[number] } }),
  })
  return (
    <FormDrawer title={t('enterTitle')} open onClose={onClose} form={form} submit={t('enter')} onDone={() => toast(t('entered'))}>
      <Note tone="info">{t('enterHint')}</Note>
      <TextField form={form} name="number" label={t('number')} required max={40} hint={t('numberHint')} />
      <ChoiceField form={form} name="kind" label={t('kind')} required options={holdKinds.map((value) => ({ value, label: t(value) }))} />
      <AreaField form={form} name="reason" label={t('holdReason')} required max={200} />
    </FormDrawer>
  )
}

export function AskLift({ row, onClose }: { row: LegalHoldShown; onClose: () => void }) {
  const t = useText(retentionText)
  const toast = useToast()
  const send = useAct(askLiftHold, { refresh: families })
  const form = useForm({
    initial: { reason: '' }, check: ({ reason }) => ({ reason: short(reason) ? t('needed') : undefined }),
    send: ({ reason }) => send.mutateAsync({ params: { holdId: row.id }, body: { reason } }),
  })
  return (
    <FormDrawer title={t('askLiftTitle', { number: row.number })} open onClose={onClose} form={form} submit={t('askLift')} onDone={() => toast(t('liftAsked'))}>
      <AreaField form={form} name="reason" label={t('liftReason')} required max={200} />
    </FormDrawer>
  )
}

/** The second person’s word about a hold, or about its lifting. */
export function DecideHold({ row, lifting, onClose }: { row: LegalHoldShown; lifting: boolean; onClose: () => void }) {
  const t = useText(retentionText)
  const toast = useToast()
  const hold = useAct(decideLegalHold, { refresh: families })
  const lift = useAct(decideLiftHold, { refresh: families })
  const form = useForm({
    initial: { decision: 'CONFIRMED' as string, note: '' },
    check: ({ decision, note }) => ({ note: decision === 'RETURNED' && short(note) ? t('needed') : undefined }),
    send: ({ decision, note }) => {
      const sent = { params: { holdId: row.id }, body: { decision: decision as 'CONFIRMED' | 'RETURNED', ...(note.trim() === '' ? {} : { note }) } }
      return lifting ? lift.mutateAsync(sent) : hold.mutateAsync(sent)
    },
  })
  return (
    <FormDrawer title={t(lifting ? 'liftTitle' : 'decideTitle', { number: row.number })} open onClose={onClose} form={form} submit={t('decide')} onDone={() => toast(t('decided'))}>
      <Note tone="info">{lifting ? row.liftReason : row.reason}</Note>
      <RadioField form={form} name="decision" label={t('said')} required options={[{ value: 'CONFIRMED', label: t('confirm') }, { value: 'RETURNED', label: t('giveBack') }]} />
      <AreaField form={form} name="note" label={t('note')} required={form.values.decision === 'RETURNED'} max={200} />
    </FormDrawer>
  )
}
