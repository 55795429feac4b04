import { useState } from 'react'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { useAct } from '../../../ui/client.ts'
import { useConfirm, useToast } from '../../../ui/Confirm.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { AreaField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { decideTierMove, type TierMove } from '../../tiers/tier.contract.ts'
import { tierText } from './tier-text.ts'

type Asked = TierMove & { may: { allowed: boolean; reason: string | null } }

export function MoveState({ state }: { state: TierMove['state'] }) {
  const t = useText(tierText)
  return <Tag tone={state === 'WAITING' ? 'warning' : state === 'DECLINED' ? 'info' : state === 'REPLACED' ? 'info' : 'success'} icon={state === 'WAITING' ? '■' : state === 'APPLIED' || state === 'CONFIRMED' ? '✓' : '●'}>{t(state)}</Tag>
}

/** Confirm or decline the move of a core customer. */
export function MoveActions({ customerId, name, move }: { customerId: string; name: string; move: Asked }) {
  const t = useText(tierText)
  const ask = useConfirm()
  const toast = useToast()
  const [declining, setDeclining] = useState(false)
  const decide = useAct(decideTierMove, { refresh: ['tier-moves', 'customers'], onDone: () => toast(t('confirmed')) })
  const confirm = async (): Promise<void> => {
    const yes = await ask({ title: t('confirmAsk', { name, from: t(move.from), to: t(move.to) }), effect: t('confirmEffect', { reason: move.reason }), verb: t('confirm') })
    if (yes) decide.mutate({ params: { customerId, moveId: move.id }, body: { decision: 'CONFIRMED' } })
  }
  return (
    <span className="yq-row">
      {decide.error && <ErrorState error={decide.error} onRetry={() => decide.reset()} />}
      <ActionButton size="small" type="primary" may={move.may} refusals={decideTierMove.refusals} onClick={() => void confirm()}>{t('confirm')}</ActionButton>
      <ActionButton size="small" may={move.may} refusals={decideTierMove.refusals} onClick={() => setDeclining(true)}>{t('decline')}</ActionButton>
      {declining && <Decline customerId={customerId} moveId={move.id} onClose={() => setDeclining(false)} />}
    </span>
  )
}

function Decline({ customerId, moveId, onClose }: { customerId: string; moveId: string; onClose: () => void }) {
  const t = useText(tierText)
  const toast = useToast()
  const send = useAct(decideTierMove, { refresh: ['tier-moves', 'customers'] })
  const form = useForm({ initial: { note: '' }, check: ({ note }) => (note.trim() === '' ? { note: t('required') } : {}), send: ({ note }) => send.mutateAsync({ params: { customerId, moveId }, body: { decision: 'DECLINED', note } }) })
  return (
    <FormDrawer title={t('declineTitle')} open onClose={onClose} form={form} submit={t('decline')} onDone={() => toast(t('declined'))}>
      <AreaField form={form} name="note" label={t('declineNote')} required max={200} hint={t('declineHint')} />
    </FormDrawer>
  )
}
