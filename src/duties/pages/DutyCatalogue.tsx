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
import { FilterBar } from '../../ui/FilterBar.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { GiveBack } from '../../ui/ProposedChanges.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { mark, usePick, useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { useListState } from '../../ui/useListState.ts'
import { confirmDuty, defaultEscalation, dutyEvents, listDuties, periods, proposeDuty, returnDuty, type DueRule, type DutyShown, type Escalation, type Period } from '../duty.contract.ts'
import { dutiesText } from './duties-text.ts'

const tones = { WAITING: 'info', COMING: 'info', IN_FORCE: 'success', INACTIVE: 'plain', RETURNED: 'warning', ENDED: 'plain' } as const

/** Every duty, who owes it and when; those that wait for a capability say which. A duty of the bank is added here and works the next day. */
export default function DutyCatalogue() {
  const t = useText(dutiesText)
  const pick = usePick()
  const list = useListState(['state'])
  const { data, ...asked } = useContract(listDuties, {})
  const [adding, setAdding] = useState(false)
  const [returning, setReturning] = useState<DutyShown | null>(null)
  const confirm = useAct(confirmDuty, { refresh: ['duties'] })
  const giveBack = useAct(returnDuty, { refresh: ['duties'] })
  const posts = new Map(data?.posts.map((post) => [post.code, pick({ zh: post.name, en: post.nameEn })]))
  const rows = (data?.items ?? []).filter((row) => list.query['state'] === undefined || row.state === list.query['state'])
  return (
    <Page>
      <PageHeader title={t('catalogue')} actions={data?.mayPropose ? <Button type="primary" onClick={() => setAdding(true)}>{t('newDuty')}</Button> : undefined} />
      {confirm.error && <ErrorState error={confirm.error} onRetry={() => confirm.reset()} />}
      <DataTable<DutyShown>
        label={t('catalogue')} list={list} source={{ ...rowsSource(data ? rows : undefined), error: asked.error }} rowKey={(row) => `${row.code} ${row.version}`} measure="项" measureEn="{n|duty|duties}" empty={<EmptyState title={t('noLate')} />}
        bar={<FilterBar list={list} filters={[{ name: 'state', label: t('filterState'), options: (['WAITING', 'COMING', 'IN_FORCE', 'INACTIVE'] as const).map((value) => ({ value, label: t(value) })) }]} />}
        columns={[
          { key: 'code', title: t('code'), show: (row) => <span className="yq-num">{row.code}</span> },
          { key: 'name', title: t('name'), show: (row) => <span><span className="yq-name">{pick({ zh: row.name, en: row.nameEn })}</span><br /><span className="yq-small yq-quiet">{pick({ zh: row.content, en: row.contentEn })}</span></span> },
          { key: 'state', title: t('state'), card: 'tag', show: (row) => <span><Tag tone={tones[row.state]}>{t(row.state)}</Tag>{row.missing !== null && <span className="yq-small yq-quiet"> {t('missing', { what: pick(row.missing) })}</span>}</span> },
          { key: 'posts', title: t('actor'), show: (row) => `${row.posts.map((post) => posts.get(post) ?? post).join(mark('、'))}${row.unitName === null ? '' : `${mark('（')}${row.unitName}${mark('）')}`}` },
          { key: 'when', title: t('when'), show: (row) => <When duty={row} /> },
          { key: 'evidence', title: t('evidence'), show: (row) => pick({ zh: row.evidence, en: row.evidenceEn }), optional: true },
          { key: 'act', title: '', card: 'action', show: (row) => row.state !== 'WAITING' ? '' : (
            <span className="yq-row">
              <ActionButton size="small" may={row.may['decide']} refusals={confirmDuty.refusals} onClick={() => confirm.mutate({ params: { code: row.code, version: row.version } })} aria-label={`${t('confirm')} ${row.code}`}>{t('confirm')}</ActionButton>
              <ActionButton size="small" may={row.may['decide']} refusals={returnDuty.refusals} onClick={() => setReturning(row)} aria-label={`${t('return')} ${row.code}`}>{t('return')}</ActionButton>
            </span>
          ) },
        ]}
      />
      {adding && data && <NewDuty posts={[...posts].map(([value, label]) => ({ value, label }))} onClose={() => setAdding(false)} />}
      {returning && <GiveBack key={returning.code} title={`${returning.code} ${pick({ zh: returning.name, en: returning.nameEn })}`} least={2} send={(reason) => giveBack.mutateAsync({ params: { code: returning.code, version: returning.version }, body: { reason } })} onClose={() => setReturning(null)} />}
    </Page>
  )
}

function When({ duty }: { duty: DutyShown }) {
  const t = useText(dutiesText)
  const { due } = duty
  const by = due.kind === 'WORKING_DAY' ? t(due.after ? 'WORKING_DAY_AFTER' : 'WORKING_DAY', { n: due.n }) : due.kind === 'DATE' ? t('DATE', { n: due.month === undefined ? due.day : `${due.month}-${due.day}` }) : 'n' in due ? t(due.kind, { n: due.n }) : t(due.kind)
  return <span>{duty.period === null ? (duty.event !== null && (dutyEvents as readonly string[]).includes(duty.event) ? t(duty.event as 'NEW_MANAGER') : t(duty.trigger as 'EVENT')) : t(duty.period)} · {by}{due.time === undefined ? '' : ` ${due.time}`}</span>
}

const strict: Escalation = [{ after: 0, to: 'ACTOR' }, { after: 1, to: 'SUPERIOR' }, { after: 1, to: 'BRANCH' }]
const selfOnly: Escalation = [{ after: -1, to: 'ACTOR' }, { after: 0, to: 'ACTOR' }]
type Entry = { code: string; name: string; posts: string[]; trigger: string; dueKind: string; n: string; time: string; content: string; evidence: string; escalate: string }
const counted = ['WORKING_DAY', 'WORKING_DAY_AFTER', 'DATE', 'AFTER_EVENT', 'AFTER_EVENT_DAYS']

function dueOf({ dueKind, n, time }: Entry): DueRule {
  const hour = time.trim() === '' ? {} : { time: time.trim() }
  const number = Number(n)
  if (dueKind === 'WORKING_DAY' || dueKind === 'WORKING_DAY_AFTER') return { kind: 'WORKING_DAY', n: number, after: dueKind === 'WORKING_DAY_AFTER', ...hour }
  if (dueKind === 'DATE') return { kind: 'DATE', day: number, ...hour }
  if (dueKind === 'AFTER_EVENT' || dueKind === 'AFTER_EVENT_DAYS') return { kind: dueKind, n: number, ...hour }
  return { kind: dueKind === 'SAME_DAY' ? 'SAME_DAY' : 'PERIOD_END', ...hour }
}

function NewDuty({ posts, onClose }: { posts: readonly { value: string; label: string }[]; onClose: () => void }) {
  const t = useText(dutiesText)
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(proposeDuty, { refresh: ['duties'] })
  const form = useForm<Entry>({
    initial: { code: '', name: '', posts: [], trigger: 'MONTH', dueKind: 'PERIOD_END', n: '', time: '', content: '', evidence: '', escalate: 'DEFAULT' },
    check: (entry) => ({
      ...(/^[BD]-\d{2,4}[A-Z]?$/.test(entry.code.trim()) ? {} : { code: t('codeHint') }), ...(entry.name.trim() === '' ? { name: t('required') } : {}), ...(entry.posts.length === 0 ? { posts: t('required') } : {}), ...(entry.content.trim() === '' ? { content: t('required') } : {}),
      ...(entry.evidence.trim() === '' ? { evidence: t('required') } : {}), ...(counted.includes(entry.dueKind) && !/^[1-9]\d{0,2}$/.test(entry.n.trim()) ? { n: t('wrongNumber') } : {}), ...(entry.time.trim() !== '' && !/^([01]\d|2[0-3]):[0-5]\d$/.test(entry.time.trim()) ? { time: t('wrongTime') } : {}),
    }),
    send: (entry) => {
      const period = (periods as readonly string[]).includes(entry.trigger)
      return send.mutateAsync({ body: {
        id, code: entry.code.trim(), name: entry.name, posts: entry.posts, period: period ? (entry.trigger as Period) : null, event: period ? null : (entry.trigger as (typeof dutyEvents)[number]), due: dueOf(entry), content: entry.content, evidence: entry.evidence,
        escalation: entry.escalate === 'SELF' ? selfOnly : entry.escalate === 'STRICT' ? strict : defaultEscalation,
      } })
    },
    draft: 'duty.new',
  })
  const { trigger, dueKind } = form.values
  const byEvent = !(periods as readonly string[]).includes(trigger)
  const dues = byEvent ? ['SAME_DAY', 'AFTER_EVENT', 'AFTER_EVENT_DAYS'] : trigger === 'DAY' ? ['SAME_DAY'] : trigger === 'MONTH' ? ['PERIOD_END', 'WORKING_DAY', 'WORKING_DAY_AFTER', 'DATE'] : ['PERIOD_END', 'WORKING_DAY', 'WORKING_DAY_AFTER']
  // a deadline that does not fit the trigger is shown as the first that does
  if (!dues.includes(dueKind)) form.set('dueKind', dues[0] ?? 'PERIOD_END')
  return (
    <FormDrawer title={t('newDuty')} open onClose={onClose} form={form} submit={t('newDuty')} onDone={() => toast(t('proposed'))}>
      <Note tone="info">{t('nextDay')}</Note>
      <TextField form={form} name="code" label={t('code')} hint={t('codeHint')} required max={10} />
      <TextField form={form} name="name" label={t('name')} required max={60} />
      <ChoiceField form={form} name="posts" label={t('actor')} required many options={posts} />
      <ChoiceField form={form} name="trigger" label={t('trigger')} required options={[...periods, ...dutyEvents].map((value) => ({ value, label: t(value) }))} />
      <ChoiceField form={form} name="dueKind" label={t('dueKind')} required options={dues.map((value) => ({ value, label: t(value as 'DATE', { n: 'N' }) }))} />
      {counted.includes(dueKind) && <TextField form={form} name="n" label={t('dueN')} required max={3} inputMode="numeric" />}
      <TextField form={form} name="time" label={t('time')} max={5} />
      <AreaField form={form} name="content" label={t('content')} required max={500} />
      <TextField form={form} name="evidence" label={t('evidenceAsked')} required max={200} />
      <ChoiceField form={form} name="escalate" label={t('escalate')} required options={(['DEFAULT', 'STRICT', 'SELF'] as const).map((value) => ({ value, label: t(value) }))} />
    </FormDrawer>
  )
}
