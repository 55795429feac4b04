import { useState } from 'react'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { DataTable, rowsSource } from '../../ui/DataTable.tsx'
import { DateText } from '../../ui/DateText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { GiveBack } from '../../ui/ProposedChanges.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { useText } from '../../ui/text.ts'
import { useListState } from '../../ui/useListState.ts'
import { approveBatch, listBatches, returnBatch, type BatchShown } from '../message.contract.ts'
import { messagesText } from './messages-text.ts'

/** Greetings with a line of the manager's own: who leads the line approves or returns them. */
export function Batches() {
  const t = useText(messagesText)
  const toast = useToast()
  const list = useListState([])
  const { data, ...asked } = useContract(listBatches, {})
  const [returning, setReturning] = useState<BatchShown | null>(null)
  const approve = useAct(approveBatch, { refresh: ['greetings', 'messages'], onDone: () => toast(t('approved')) })
  const giveBack = useAct(returnBatch, { refresh: ['greetings', 'messages'] })
  return (
    <>
      {approve.error && <ErrorState error={approve.error} onRetry={() => approve.reset()} />}
      <DataTable<BatchShown>
        label={t('tabApprove')} list={list} source={{ ...rowsSource(data?.items), error: asked.error }} rowKey={(row) => row.id} measure="项" measureEn="{n|item|items}" empty={<EmptyState title={t('noBatches')} />}
        columns={[
          { key: 'sender', title: t('sender'), show: (row) => row.senderName },
          { key: 'state', title: t('state'), card: 'tag', show: (row) => <Tag tone={row.state === 'PROPOSED' ? 'info' : row.state === 'RETURNED' ? 'warning' : 'success'}>{t(row.state)}</Tag> },
          { key: 'text', title: t('text'), show: (row) => <span>{row.content}<strong>{row.ownLine}</strong>{row.returnReason !== null && <span className="yq-small yq-quiet"> {row.returnReason}</span>}</span> },
          { key: 'template', title: t('template'), show: (row) => row.templateName },
          { key: 'sendOn', title: t('sendOn'), show: (row) => <DateText date={row.sendOn} /> },
          { key: 'messages', title: t('messagesCount'), show: (row) => row.messages, right: true },
          { key: 'act', title: '', card: 'action', show: (row) => (row.state !== 'PROPOSED' ? '' : (
            <span className="yq-row">
              <ActionButton size="small" may={row.may['decide']} refusals={approveBatch.refusals} onClick={() => approve.mutate({ params: { batchId: row.id } })} aria-label={`${t('approve')} ${row.senderName}`}>{t('approve')}</ActionButton>
              <ActionButton size="small" may={row.may['decide']} refusals={returnBatch.refusals} onClick={() => setReturning(row)} aria-label={`${t('returnIt')} ${row.senderName}`}>{t('returnIt')}</ActionButton>
            </span>)) },
        ]}
      />
      {returning && <GiveBack key={returning.id} title={`${returning.senderName} ${returning.templateName}`} least={2} send={(reason) => giveBack.mutateAsync({ params: { batchId: returning.id }, body: { reason } })} onClose={() => setReturning(null)} />}
    </>
  )
}
