import { Button } from 'antd'
import { useState } from 'react'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useContract } from '../../../ui/client.ts'
import { usePhone } from '../../../ui/settings.ts'
import { Tag } from '../../../ui/Tag.tsx'
import { useText } from '../../../ui/text.ts'
import { decideIdentityChange, getIdentityChanges, proposeIdentityChange, type IdentityChangeView } from '../../identity/identity-change.contract.ts'
import { AskChange, DecideChange, DownloadProof, FromTo, WithdrawChange } from './ChangeDrawers.tsx'
import { identityText } from './identity-text.ts'

export function ChangeState({ state }: { state: IdentityChangeView['state'] }) {
  const t = useText(identityText)
  return <Tag tone={state === 'OPEN' ? 'warning' : state === 'CONFIRMED' ? 'success' : 'plain'} icon={state === 'OPEN' ? '■' : state === 'CONFIRMED' ? '√' : '●'}>{t(state)}</Tag>
}

/** On the customer's file: what waits for a second person, asking for a change, and what became of earlier ones. */
export function IdentityChanges({ customerId }: { customerId: string }) {
  const t = useText(identityText)
  const [drawer, setDrawer] = useState<'ask' | { act: 'decide' | 'withdraw' | 'download'; change: IdentityChangeView } | null>(null)
  const [all, setAll] = useState(false)
  const size = usePhone() ? 'middle' : 'small'
  const { data, error, refetch } = useContract(getIdentityChanges, { params: { customerId } })
  const open = data?.changes.filter((one) => one.state === 'OPEN') ?? []
  const former = data?.changes.filter((one) => one.state !== 'OPEN') ?? []
  const askable = data ? 1 + (data.documents.length > 0 ? 1 : 0) + (data.legalRepresentative !== null ? 1 : 0) > open.length : false
  const close = () => setDrawer(null)
  const line = (change: IdentityChangeView) => (
    <li key={change.id}>
      <div className="yq-row"><ChangeState state={change.state} /><strong>{t(change.field)}</strong><FromTo change={change} /></div>
      <div>{change.reason}<span className="yq-quiet"> · {change.proof}</span></div>
      <div className="yq-small yq-quiet">
        {[t('askedBy', { name: change.proposedBy, day: change.proposedOn }), change.decidedOn === null ? null : change.decidedBy === null ? t('endedOn', { day: change.decidedOn }) : t('decidedBy', { name: change.decidedBy, day: change.decidedOn }), change.decisionNote].filter(Boolean).join(' · ')}
      </div>
      <div className="yq-row">
        {change.state === 'OPEN' && change.may.decide.reason !== 'not-allowed' && <ActionButton size={size} may={change.may.decide} refusals={decideIdentityChange.refusals} onClick={() => setDrawer({ act: 'decide', change })}>{t('decide')}</ActionButton>}
        {change.may.withdraw.allowed && <Button size={size} onClick={() => setDrawer({ act: 'withdraw', change })}>{t('withdraw')}</Button>}
        {change.file && <Button size={size} type="link" style={{ padding: 0 }} aria-label={t('downloadTitle', { name: change.file.name })} onClick={() => setDrawer({ act: 'download', change })}>{change.file.name}</Button>}
      </div>
    </li>
  )
  return (
    <Block
      title={t('title')} id="file-IDENTITY_CHANGES" loading={!data} error={data ? undefined : error} onRetry={() => void refetch()}
      actions={data && askable && data.mayPropose.reason !== 'not-allowed' && <ActionButton size="small" may={data.mayPropose} refusals={proposeIdentityChange.refusals} onClick={() => setDrawer('ask')}>{t('ask')}</ActionButton>}
    >
      {open.length > 0 ? <ul className="yq-proposals" aria-label={t('waits')}>{open.map(line)}</ul> : <span className="yq-quiet">{t('none')}</span>}
      {former.length > 0 && (
        <>
          <div style={{ marginTop: 8 }}><Button size={size} aria-expanded={all} onClick={() => setAll(!all)}>{t('history')} {former.length}</Button></div>
          {all && <ul className="yq-proposals" aria-label={t('history')}>{former.map(line)}</ul>}
        </>
      )}
      {drawer === 'ask' && data && <AskChange customerId={customerId} of={data} onClose={close} />}
      {drawer !== null && drawer !== 'ask' && drawer.act === 'decide' && <DecideChange customerId={customerId} changeId={drawer.change.id} name={data?.name ?? ''} onClose={close} />}
      {drawer !== null && drawer !== 'ask' && drawer.act === 'withdraw' && <WithdrawChange customerId={customerId} changeId={drawer.change.id} onClose={close} />}
      {drawer !== null && drawer !== 'ask' && drawer.act === 'download' && <DownloadProof customerId={customerId} changeId={drawer.change.id} name={drawer.change.file?.name ?? ''} onClose={close} />}
    </Block>
  )
}
