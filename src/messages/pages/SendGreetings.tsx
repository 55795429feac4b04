import { Button, Select } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { newId } from '../../foundation/values/uuid7.ts'
import { Block } from '../../ui/Block.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { DateText } from '../../ui/DateText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { TextField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Note } from '../../ui/Note.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { mark, useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { listTemplates, previewGreetings, sendGreetings } from '../message.contract.ts'
import { messagesText } from './messages-text.ts'

/** Chooses a confirmed template, shows who gets it and who does not and why, and sends. */
export function SendGreetings() {
  const t = useText(messagesText)
  const [address, setAddress] = useSearchParams()
  const { data, error, refetch } = useContract(listTemplates, {})
  const usable = data?.items.filter(({ state }) => state === 'IN_FORCE') ?? []
  const chosen = usable.find(({ id }) => id === address.get('template')) ?? usable[0]
  const choose = (id: string): void => setAddress((before) => new URLSearchParams([...[...before].filter(([key]) => key !== 'template'), ['template', id]]))
  return (
    <div className="yq-stack">
      <Block title={t('template')} loading={!data} error={error} onRetry={() => void refetch()}>
        {data && (usable.length === 0
          ? <EmptyState title={t('noTemplate')} hint={t('noTemplateHint')} />
          : <Select aria-label={t('chooseTemplate')} value={chosen?.id} onChange={choose} options={usable.map(({ id, name, channel }) => ({ value: id, label: `${name} · ${t(channel)}` }))} style={{ width: '100%', maxWidth: 420 }} />)}
      </Block>
      {chosen && <Preview key={chosen.id} templateId={chosen.id} />}
    </div>
  )
}

function Preview({ templateId }: { templateId: string }) {
  const t = useText(messagesText)
  const [sending, setSending] = useState(false)
  const { data, error, refetch } = useContract(previewGreetings, { query: { templateId } })
  return (
    <>
      <Block title={data ? t('willGet', { n: data.receivers.length }) : t('tabSend')} loading={!data && error === null} error={error} onRetry={() => void refetch()}>
        {data && (
          <div className="yq-stack">
            {!data.channelReady && <Note tone="warning">{t('notReady')}</Note>}
            <Facts facts={[
              { label: t('channel'), value: t(data.channel) }, ...(data.occasionDay === null ? [] : [{ label: t('festivalDay'), value: <DateText date={data.occasionDay} /> }]),
              { label: t('sendOn'), value: data.sendOn === null ? t('eachOwnDay') : <DateText date={data.sendOn} /> }, { label: t('hours'), value: `${data.from}–${data.to}` },
            ]} />
            <p style={{ margin: 0, maxWidth: 640, whiteSpace: 'pre-line' }}><span className="yq-quiet">{t('sample')}{mark('：')}</span>{data.sample}</p>
            {data.receivers.length === 0 ? <EmptyState title={t('nobody')} /> : (
              <>
                <PlainTable
                  label={t('willGet', { n: data.receivers.length })} columns={[{ key: 'name', title: t('customer') }, { key: 'day', title: t('sendOn') }]}
                  rows={data.receivers.map((row) => ({ key: row.customerId, cells: [<Link key="name" to={`/customers/${row.customerId}`}>{row.name}</Link>, <DateText key="day" date={row.sendOn} />] }))}
                />
                <span className="yq-row"><Button type="primary" onClick={() => setSending(true)}>{t('send', { n: data.receivers.length })}</Button></span>
              </>
            )}
          </div>
        )}
      </Block>
      {data && data.excluded.length > 0 && (
        <Block title={t('excluded', { n: data.excluded.length })}>
          <PlainTable
            label={t('excluded', { n: data.excluded.length })} columns={[{ key: 'name', title: t('customer') }, { key: 'reason', title: t('reason') }]}
            rows={data.excluded.map((row) => ({ key: `${row.customerId} ${row.sendOn}`, cells: [<Link key="name" to={`/customers/${row.customerId}`}>{row.name}</Link>, t(row.reason)] }))}
          />
        </Block>
      )}
      {sending && data && <Send templateId={templateId} customerIds={data.receivers.map(({ customerId }) => customerId)} onClose={() => setSending(false)} />}
    </>
  )
}

function Send({ templateId, customerIds, onClose }: { templateId: string; customerIds: string[]; onClose: () => void }) {
  const t = useText(messagesText)
  const toast = useToast()
  const navigate = useNavigate()
  const [id] = useState(newId)
  const send = useAct(sendGreetings, { refresh: ['greetings', 'messages'], onDone: ({ made, waitsForApproval }) => toast(waitsForApproval ? t('sentForApproval', { n: made }) : t('sent', { n: made })) })
  const form = useForm({
    initial: { ownLine: '' }, check: () => ({}),
    send: ({ ownLine }) => send.mutateAsync({ body: { id, templateId, ownLine: ownLine.trim() === '' ? null : ownLine, customerIds } }),
  })
  const verb = t('send', { n: customerIds.length })
  return (
    <FormDrawer title={t('tabSend')} open onClose={onClose} form={form} submit={verb} onDone={() => void navigate('/greetings?tab=outbox')}>
      <TextField form={form} name="ownLine" label={t('ownLine')} hint={t('ownLineHint')} max={60} />
    </FormDrawer>
  )
}
