import { ActionButton } from '../../ui/ActionButton.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { useConfirm, useToast } from '../../ui/Confirm.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { DateText } from '../../ui/DateText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { Note } from '../../ui/Note.tsx'
import { Tag, type Tone } from '../../ui/Tag.tsx'
import { mark, useText } from '../../ui/text.ts'
import { useListState } from '../../ui/useListState.ts'
import { Link } from 'react-router'
import { listMessages, messageStates, retryMessage, withdrawMessage, type MessageShown } from '../message.contract.ts'
import { messagesText } from './messages-text.ts'

const tones: Record<MessageShown['state'], Tone> = { WAITING: 'info', SENDING: 'info', ACCEPTED: 'plain', DELIVERED: 'success', UNCERTAIN: 'orange', FAILED: 'error', WITHDRAWN: 'plain' }
const isState = (text: string | undefined): text is MessageShown['state'] => (messageStates as readonly string[]).includes(text ?? '')

/** What was sent and what waits, with every attempt; what failed or is uncertain is sent again or given up by its sender. */
export function Outbox() {
  const t = useText(messagesText)
  const toast = useToast()
  const ask = useConfirm()
  const list = useListState(['state'])
  const { state, cursor } = list.query
  const source = useContract(listMessages, { query: { ...(isState(state) ? { state } : {}), ...(cursor === undefined ? {} : { cursor }) } })
  const retry = useAct(retryMessage, { refresh: ['messages'], onDone: () => toast(t('resent')) })
  const withdraw = useAct(withdrawMessage, { refresh: ['messages'], onDone: () => toast(t('withdrawn')) })
  const again = async (row: MessageShown): Promise<void> => {
    if (row.state === 'UNCERTAIN' && !(await ask({ title: t('retry'), effect: t('retryUncertain'), verb: t('retry') }))) return
    retry.mutate({ params: { messageId: row.id } })
  }
  const said = (reason: string): string => (reason === 'RETURNED' ? t('RETURNED_REASON') : reason === 'ACCEPTED' ? t('ACCEPTED_RESULT') : reason in messagesText ? t(reason as 'LOST') : reason)
  const failed = retry.error ?? withdraw.error
  return (
    <>
      {failed && <ErrorState error={failed} onRetry={() => { retry.reset(); withdraw.reset() }} />}
      {source.data && source.data.waitFor.length > 0 && <Note tone="warning">{t('waitFor', { channels: source.data.waitFor.map((channel) => t(channel)).join(mark('、')) })}</Note>}
      <DataTable<MessageShown>
        label={t('tabOutbox')} list={list} source={source} rowKey={(row) => row.id} measure="条" measureEn="{n|message|messages}" empty={<EmptyState title={t('noMessages')} />}
        bar={<FilterBar list={list} filters={[{ name: 'state', label: t('state'), options: messageStates.map((value) => ({ value, label: t(value) })) }]} />}
        columns={[
          { key: 'customer', title: t('customer'), show: (row) => (row.customerId === null ? <span className="yq-quiet">{t('hidden')}</span> : <Link to={`/customers/${row.customerId}`}>{row.customerName}</Link>) },
          { key: 'state', title: t('state'), card: 'tag', show: (row) => <Tag tone={tones[row.state]}>{row.state === 'WAITING' && !row.approved ? t('waitsApproval') : t(row.state)}</Tag> },
          { key: 'reason', title: t('reason'), show: (row) => (row.reason === null ? '' : said(row.reason)) },
          { key: 'template', title: t('template'), show: (row) => `${row.templateName} · ${t(row.channel)}` },
          { key: 'sendOn', title: t('sendOn'), show: (row) => <span><DateText date={row.sendOn} /> <span className="yq-small yq-quiet yq-num">{row.from}–{row.to}</span></span> },
          { key: 'attempts', title: t('attempts'), show: (row) => row.attempts.map((one) => `${one.number} ${one.result === null ? t('SENDING') : said(one.result)}`).join(mark('；')) },
          { key: 'sender', title: t('sender'), show: (row) => row.senderName, optional: true },
          { key: 'act', title: '', card: 'action', show: (row) => (row.may['retry']?.allowed || row.may['withdraw']?.allowed ? (
            <span className="yq-row">
              {row.may['retry']?.allowed && <ActionButton size="small" may={row.may['retry']} refusals={retryMessage.refusals} onClick={() => void again(row)} aria-label={`${t('retry')} ${row.customerName ?? ''}`}>{t('retry')}</ActionButton>}
              {row.may['withdraw']?.allowed && <ActionButton size="small" may={row.may['withdraw']} refusals={withdrawMessage.refusals} onClick={() => withdraw.mutate({ params: { messageId: row.id } })} aria-label={`${t('withdraw')} ${row.customerName ?? ''}`}>{t('withdraw')}</ActionButton>}
            </span>) : '') },
        ]}
      />
    </>
  )
}
