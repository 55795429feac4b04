import { useState } from 'react'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Amount } from '../../../ui/Amount.tsx'
import { useAct } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { DateText } from '../../../ui/DateText.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { AreaField, RadioField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { usePhone, useSettings } from '../../../ui/settings.ts'
import { Tag } from '../../../ui/Tag.tsx'
import { useText } from '../../../ui/text.ts'
import { useBank } from '../../../ui/UiProvider.tsx'
import { useForm } from '../../../ui/useForm.ts'
import { decideTierMove, type TierMove } from '../../tiers/tier.contract.ts'
import { moveReason } from './tier-terms.ts'
import { tierText } from './tier-text.ts'

type Asked = TierMove & { may: { allowed: boolean; reason: string | null } }

export function MoveState({ state }: { state: TierMove['state'] }) {
  const t = useText(tierText)
  return <Tag tone={state === 'WAITING' ? 'warning' : state === 'DECLINED' || state === 'REPLACED' ? 'plain' : 'success'} icon={state === 'WAITING' ? '■' : state === 'APPLIED' || state === 'CONFIRMED' ? '√' : '●'}>{t(state)}</Tag>
}

/** Why a customer moves, in the reader's language. */
export function useMoveReason(): (move: Parameters<typeof moveReason>[0]) => string {
  const t = useText(tierText)
  const { language } = useSettings()
  const { money } = useBank()
  return (move) => moveReason(move, t, language === 'en', money.en)
}

/** Opens the decision about a core customer's move. */
export function MoveActions({ customerId, name, move }: { customerId: string; name: string; move: Asked }) {
  const t = useText(tierText)
  const size = usePhone() ? 'middle' : 'small'
  const [deciding, setDeciding] = useState(false)
  return (
    <>
      <ActionButton size={size} may={move.may} refusals={decideTierMove.refusals} onClick={() => setDeciding(true)} aria-label={`${t('decide')} ${name}`}>{t('decide')}</ActionButton>
      {deciding && <Decision customerId={customerId} name={name} move={move} onClose={() => setDeciding(false)} />}
    </>
  )
}

/** What, by which evidence, and the decision with its reason. */
function Decision({ customerId, name, move, onClose }: { customerId: string; name: string; move: Asked; onClose: () => void }) {
  const t = useText(tierText)
  const toast = useToast()
  const reasonOf = useMoveReason()
  const send = useAct(decideTierMove, { refresh: ['tier-moves', 'customers'] })
  const form = useForm({
    initial: { decision: null as string | null, note: '' },
    check: ({ decision, note }) => ({ decision: decision === null ? t('chooseDecision') : undefined, note: decision === 'DECLINED' && note.trim() === '' ? t('declineNeeded') : undefined }),
    send: ({ decision, note }) => send.mutateAsync({ params: { customerId, moveId: move.id }, body: { decision: decision === 'CONFIRMED' ? 'CONFIRMED' : 'DECLINED', ...(note.trim() === '' ? {} : { note: note.trim() }) } }),
  })
  const { decision } = form.values
  return (
    <FormDrawer title={t('decideTitle', { name })} open onClose={onClose} form={form} submit={t(decision === 'DECLINED' ? 'decline' : 'confirm')} onDone={() => toast(t(decision === 'DECLINED' ? 'declined' : 'confirmed'))}>
      <Facts facts={[
        { label: t('fromTo'), value: <strong>{t('matrixOf', { from: t(move.from), to: t(move.to) })}</strong> }, { label: t('judged'), value: move.month }, { label: t('adb'), value: <Amount fen={move.adbFen} withUnit /> },
        { label: t('contribution'), value: move.contributionFen === null ? null : <Amount fen={move.contributionFen} withUnit /> }, { label: t('proposed'), value: <DateText date={move.proposedOn} /> }, { label: t('version'), value: move.version },
      ]} />
      <p>{t('evidence', { reason: reasonOf(move) })}</p>
      <RadioField form={form} name="decision" label={t('decision')} required options={[{ value: 'CONFIRMED', label: t('confirm') }, { value: 'DECLINED', label: t('decline') }]} hint={decision === null ? undefined : t(decision === 'CONFIRMED' ? 'confirmHint' : 'declineHint')} />
      <AreaField form={form} name="note" label={t('decisionNote')} required={decision === 'DECLINED'} max={200} hint={t('decisionNoteHint')} />
    </FormDrawer>
  )
}
