import { Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../foundation/values/uuid7.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { DataTable, rowsSource } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { AreaField, ChoiceField, TextField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PageTabs, usePageTab } from '../../ui/PageTabs.tsx'
import { GiveBack } from '../../ui/ProposedChanges.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { useListState } from '../../ui/useListState.ts'
import { useMay } from '../../ui/who.ts'
import { channels, confirmTemplate, leadDays, templateKinds, listChannels, listTemplates, proposeTemplate, returnTemplate, type Channel, type TemplateKind, type TemplateShown } from '../message.contract.ts'
import { messagesText } from './messages-text.ts'
import { noticesText } from './notices-text.ts'
import { StaffAddresses } from './StaffAddresses.tsx'

const tones = { WAITING: 'info', IN_FORCE: 'success', RETURNED: 'warning', ENDED: 'plain' } as const

/** Templates of greetings, proposed by one person and confirmed by another; how the channels stand. */
export default function Templates() {
  const t = useText(messagesText)
  const n = useText(noticesText)
  const may = useMay()
  const tabs = [{ key: 'templates', label: t('tabTemplates') }, ...(may('message-channel.read') ? [{ key: 'channels', label: t('tabChannels') }] : []), ...(may('staff-address.keep') ? [{ key: 'addresses', label: n('tabAddresses') }] : [])]
  const tab = usePageTab(tabs)
  const [adding, setAdding] = useState(false)
  const { data, ...asked } = useContract(listTemplates, {})
  return (
    <Page>
      <PageHeader title={t('templates')} actions={data?.mayPropose ? <Button type="primary" onClick={() => setAdding(true)}>{t('newTemplate')}</Button> : undefined} />
      <PageTabs tabs={tabs} label={t('templates')} />
      {tab === 'channels' ? <Channels /> : tab === 'addresses' ? <StaffAddresses /> : <TemplateTable rows={data?.items} error={asked.error} />}
      {adding && data && <NewTemplate festivals={data.festivals} onClose={() => setAdding(false)} />}
    </Page>
  )
}

function TemplateTable({ rows, error }: { rows: readonly TemplateShown[] | undefined; error: unknown }) {
  const t = useText(messagesText)
  const list = useListState([])
  const [returning, setReturning] = useState<TemplateShown | null>(null)
  const confirm = useAct(confirmTemplate, { refresh: ['message-templates'] })
  const giveBack = useAct(returnTemplate, { refresh: ['message-templates'] })
  return (
    <>
      {confirm.error && <ErrorState error={confirm.error} onRetry={() => confirm.reset()} />}
      <DataTable<TemplateShown>
        label={t('tabTemplates')} list={list} source={{ ...rowsSource(rows), error }} rowKey={(row) => row.id} measure="个" measureEn="{n|template|templates}" empty={<EmptyState title={t('noTemplate')} hint={t('noTemplateHint')} />}
        columns={[
          { key: 'name', title: t('name'), show: (row) => <span><span className="yq-name">{row.name}</span><br /><span className="yq-small yq-quiet yq-num">{row.code}</span></span> },
          { key: 'state', title: t('state'), card: 'tag', show: (row) => <Tag tone={tones[row.state]}>{row.state === 'WAITING' ? t('toConfirm') : t(row.state)}</Tag> },
          { key: 'kind', title: t('kind'), show: (row) => `${t(row.kind)}${row.leadDays === null ? '' : ` · ${t('daysBefore', { n: row.leadDays })}`} · ${t(row.channel)}` },
          { key: 'content', title: t('content'), show: (row) => <span>{row.subject !== null && <strong>{row.subject} </strong>}{row.content}{row.returnReason !== null && <span className="yq-small yq-quiet"> {row.returnReason}</span>}</span> },
          { key: 'by', title: t('enteredBy'), show: (row) => `${row.enteredBy}${row.confirmedBy === null ? '' : ` / ${row.confirmedBy}`}` },
          { key: 'act', title: '', card: 'action', show: (row) => (row.state !== 'WAITING' ? '' : (
            <span className="yq-row">
              <ActionButton size="small" may={row.may['decide']} refusals={confirmTemplate.refusals} onClick={() => confirm.mutate({ params: { templateId: row.id } })} aria-label={`${t('confirm')} ${row.name}`}>{t('confirm')}</ActionButton>
              <ActionButton size="small" may={row.may['decide']} refusals={returnTemplate.refusals} onClick={() => setReturning(row)} aria-label={`${t('returnIt')} ${row.name}`}>{t('returnIt')}</ActionButton>
            </span>)) },
        ]}
      />
      {returning && <GiveBack key={returning.id} title={returning.name} least={2} send={(reason) => giveBack.mutateAsync({ params: { templateId: returning.id }, body: { reason } })} onClose={() => setReturning(null)} />}
    </>
  )
}

function Channels() {
  const t = useText(messagesText)
  const list = useListState([])
  const { data, ...asked } = useContract(listChannels, {})
  return (
    <DataTable
      label={t('tabChannels')} list={list} source={{ ...rowsSource(data?.items), error: asked.error }} rowKey={(row) => row.channel} empty={<EmptyState title={t('notConfigured')} />} measure="个" measureEn="{n|channel|channels}"
      columns={[
        { key: 'channel', title: t('channel'), show: (row) => t(row.channel) },
        { key: 'ready', title: t('state'), card: 'tag', show: (row) => <Tag tone={row.ready ? 'success' : 'warning'}>{t(row.ready ? 'ready' : 'notConfigured')}</Tag> },
        { key: 'setting', title: t('setting'), show: (row) => <span className="yq-small">{row.setting}</span> },
        { key: 'waiting', title: t('WAITING'), show: (row) => row.waiting, right: true }, { key: 'accepted', title: t('ACCEPTED'), show: (row) => row.accepted, right: true }, { key: 'delivered', title: t('DELIVERED'), show: (row) => row.delivered, right: true },
        { key: 'uncertain', title: t('UNCERTAIN'), show: (row) => row.uncertain, right: true }, { key: 'failed', title: t('FAILED'), show: (row) => row.failed, right: true },
      ]}
    />
  )
}

type Entry = { code: string; name: string; kind: TemplateKind; festival: string | null; leadDays: string | null; channel: Channel; subject: string; content: string; platformCode: string }
type FestivalCode = NonNullable<TemplateShown['festival']>

function NewTemplate({ festivals, onClose }: { festivals: readonly { code: FestivalCode; zh: string; en: string }[]; onClose: () => void }) {
  const t = useText(messagesText)
  const pick = usePick()
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(proposeTemplate, { refresh: ['message-templates'] })
  const missing = (text: string): boolean => text.trim() === ''
  const form = useForm<Entry>({
    initial: { code: '', name: '', kind: 'FESTIVAL', festival: null, leadDays: null, channel: 'SMS', subject: '', content: '', platformCode: '' },
    check: (entry) => ({
      ...(/^[A-Z][A-Z0-9_-]{1,29}$/.test(entry.code.trim()) ? {} : { code: t('codeRule') }), ...(missing(entry.name) ? { name: t('required') } : {}), ...(missing(entry.content) ? { content: t('required') } : {}), ...(entry.kind === 'FESTIVAL' && entry.festival === null ? { festival: t('required') } : {}), ...(entry.kind === 'MATURITY' && entry.leadDays === null ? { leadDays: t('required') } : {}),
      ...(entry.channel === 'EMAIL' && missing(entry.subject) ? { subject: t('required') } : {}), ...(entry.channel === 'SMS' && missing(entry.platformCode) ? { platformCode: t('required') } : {}),
    }),
    send: (entry) => send.mutateAsync({ body: {
      id, code: entry.code.trim(), name: entry.name, kind: entry.kind, festival: entry.kind === 'FESTIVAL' ? (entry.festival as FestivalCode | null) : null, leadDays: entry.kind === 'MATURITY' ? (Number(entry.leadDays) as 1 | 7 | 30) : null, channel: entry.channel, subject: entry.channel === 'EMAIL' ? entry.subject : null, content: entry.content,
      platformCode: entry.channel === 'SMS' ? entry.platformCode.trim() : null,
    } }),
    draft: 'message-template.new',
  })
  return (
    <FormDrawer title={t('newTemplate')} open onClose={onClose} form={form} submit={t('newTemplate')} onDone={() => toast(t('proposed'))}>
      <TextField form={form} name="code" label={t('code')} hint={t('codeRule')} required max={30} />
      <TextField form={form} name="name" label={t('name')} required max={40} />
      <ChoiceField form={form} name="kind" label={t('kind')} required options={templateKinds.map((value) => ({ value, label: t(value) }))} />
      {form.values.kind === 'FESTIVAL' && <ChoiceField form={form} name="festival" label={t('festival')} required options={festivals.map((one) => ({ value: one.code, label: pick(one) }))} />}
      {form.values.kind === 'MATURITY' && <ChoiceField form={form} name="leadDays" label={t('leadDays')} required options={leadDays.map((n) => ({ value: String(n), label: t('daysBefore', { n }) }))} />}
      <ChoiceField form={form} name="channel" label={t('channel')} required options={channels.map((value) => ({ value, label: t(value) }))} />
      {form.values.channel === 'SMS' ? <TextField form={form} name="platformCode" label={t('platformCode')} required max={40} /> : <TextField form={form} name="subject" label={t('subject')} required max={60} />}
      <AreaField form={form} name="content" label={t('content')} hint={t(form.values.kind === 'MATURITY' ? 'contentHintMaturity' : form.values.kind === 'CALL_BACK' ? 'contentHintCall' : 'contentHint')} required max={300} />
    </FormDrawer>
  )
}
