import { useEffect, useRef, useState } from 'react'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Block } from '../../ui/Block.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { DateText } from '../../ui/DateText.tsx'
import { AreaField, CheckField, ChoiceField, DayField, TextField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { DecidedChanges, Differences, WaitingChanges, type Difference } from '../../ui/ProposedChanges.tsx'
import { useText, type Say } from '../../ui/text.ts'
import { Tag } from '../../ui/Tag.tsx'
import { useForm } from '../../ui/useForm.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { contactWindows, decidePolicy, listPolicies, policyMonths, policyTiers, proposePolicy, type PolicyChange, type PolicyRow, type PolicyTerms } from '../policy.contract.ts'
import { policyText } from './policy-text.ts'

type T = Say<typeof policyText>
const monthsText = (n: number | null, t: T): string => (n === null ? t('none') : n === 1 ? t('everyMonth') : t('months', { n }))
const regionText = (region: string, t: T): string => (region === '*' ? t('wholeBank') : region)
const scopeText = (one: { tier: PolicyRow['tier']; region: string }, t: T): string => `${t(one.tier)} · ${regionText(one.region, t)}`

/** The rule of a tier in a region just before a day: the region's own, else the bank's. */
function ruleBefore(rows: readonly PolicyRow[], { tier, region }: { tier: string; region: string }, day: string): PolicyRow | undefined {
  const held = (one: string): PolicyRow | undefined => rows.filter((row) => row.tier === tier && row.region === one && row.from < day && (row.to === null || row.to >= day)).sort((a, b) => (a.from < b.from ? 1 : -1))[0]
  return held(region) ?? held('*')
}

function differences(before: PolicyTerms | undefined, after: PolicyTerms | null, t: T): Difference[] {
  if (after === null) return [{ name: t('terms'), from: null, to: t('endsTold') }]
  const points: readonly (readonly [string, (terms: PolicyTerms) => string])[] = [
    [t('every'), (terms) => monthsText(terms.everyMonths, t)], [t('face'), (terms) => monthsText(terms.faceEveryMonths, t)], [t('leader'), (terms) => monthsText(terms.leaderEveryMonths, t)], [t('window'), (terms) => t(terms.window)],
    [t('recordWithin'), (terms) => String(terms.recordWithin)], [t('firstDuty'), (terms) => String(terms.firstDutyUntilDay)],
  ]
  return points.map(([name, tell]) => ({ name, from: before ? tell(before) : null, to: tell(after) })).filter(({ from, to }) => from !== to)
}

/** How often each tier must be contacted: what holds, what is to come, what was; changes are proposed by one and decided by another. */
export default function ContactPolicy() {
  const t = useText(policyText)
  const { data, error, refetch } = useContract(listPolicies, {})
  const [proposing, setProposing] = useState(false)
  const asOf = data?.asOf ?? ''
  const rows = data?.rows ?? []
  const inForce = rows.filter((row) => row.from <= asOf && (row.to === null || row.to > asOf))
  const coming = rows.filter((row) => row.from > asOf)
  const past = rows.filter((row) => row.to !== null && row.to <= asOf)
  const decide = useAct(decidePolicy, { refresh: ['contact-policy'] })
  const told = { changes: data?.changes ?? [], titleOf: (one: PolicyChange) => scopeText(one, t), differencesOf: (one: PolicyChange) => differences(ruleBefore(rows, one, one.from), one.terms, t) }
  return (
    <Page>
      <PageHeader title={t('title')} sub={t('sub')} actions={data && <ActionButton type="primary" may={data.mayPropose} refusals={proposePolicy.refusals} onClick={() => setProposing(true)}>{t('propose')}</ActionButton>} />
      <WaitingChanges {...told} effectOf={(one) => t('concerns', { n: one.customers })} decide={(changeId, body) => decide.mutateAsync({ params: { changeId }, body })} refusals={decidePolicy.refusals} />
      <Block title={t('inForce')} asOf={data?.asOf} loading={!data} error={error} onRetry={() => void refetch()} flush><Rows rows={inForce} label={t('inForce')} /></Block>
      {coming.length > 0 && <Block title={t('coming')} flush><Rows rows={coming} label={t('coming')} /></Block>}
      {past.length > 0 && <Block title={t('past')} flush><Rows rows={past} label={t('past')} /></Block>}
      <DecidedChanges {...told} />
      {proposing && data && <Propose rows={rows} regions={data.regions} from={data.nextMonth} onClose={() => setProposing(false)} />}
    </Page>
  )
}

const oneLine = (text: string) => <span key={text} style={{ whiteSpace: 'nowrap' }}>{text}</span>

function Rows({ rows, label }: { rows: readonly PolicyRow[]; label: string }) {
  const t = useText(policyText)
  return (
    <PlainTable
      label={label}
      columns={[
        { key: 'tier', title: t('tier') }, { key: 'region', title: t('region') }, { key: 'every', title: t('every') }, { key: 'face', title: t('face') }, { key: 'leader', title: t('leader') }, { key: 'window', title: t('window') },
        { key: 'within', title: t('recordWithin'), right: true }, { key: 'first', title: t('firstDuty'), right: true }, { key: 'from', title: t('from') }, { key: 'to', title: t('to') }, { key: 'version', title: t('version'), right: true }, { key: 'basis', title: t('basis') },
      ]}
      rows={rows.map((row) => ({
        key: `${row.tier} ${row.region} ${row.from}`,
        cells: [
          <span key="tier">{row.tier === 'T1' ? <Tag tone="tier" icon="★">{t(row.tier)}</Tag> : t(row.tier)}</span>, regionText(row.region, t), oneLine(monthsText(row.everyMonths, t)), oneLine(monthsText(row.faceEveryMonths, t)), oneLine(monthsText(row.leaderEveryMonths, t)), oneLine(t(row.window)),
          row.recordWithin, row.firstDutyUntilDay, row.from === '1900-01-01' ? '--' : <DateText key="from" date={row.from} form="data" />, row.to === null ? '--' : <DateText key="to" date={row.to} form="data" />, row.version, row.basis,
        ],
      }))}
    />
  )
}

type Asked = { tier: string; region: string; from: string; ends: boolean; every: string; face: string; leader: string; window: string; recordWithin: string; firstDuty: string; reason: string }
const whole = (text: string, from: number, to: number): boolean => /^\d{1,2}$/.test(text) && Number(text) >= from && Number(text) <= to

function Propose({ rows, regions, from, onClose }: { rows: readonly PolicyRow[]; regions: readonly string[]; from: string; onClose: () => void }) {
  const t = useText(policyText)
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(proposePolicy, { refresh: ['contact-policy'] })
  const held = (tier: string, region: string, day: string): PolicyRow | undefined => ruleBefore(rows, { tier, region }, day)
  const filled = (row: PolicyRow | undefined): Pick<Asked, 'every' | 'face' | 'leader' | 'window' | 'recordWithin' | 'firstDuty'> => ({
    every: String(row?.everyMonths ?? 1), face: row?.faceEveryMonths == null ? '0' : String(row.faceEveryMonths), leader: row?.leaderEveryMonths == null ? '0' : String(row.leaderEveryMonths), window: row?.window ?? 'CALENDAR_MONTH',
    recordWithin: String(row?.recordWithin ?? 1), firstDuty: String(row?.firstDutyUntilDay ?? 15),
  })
  const form = useForm<Asked>({
    initial: { tier: 'T1', region: '*', from, ends: false, reason: '', ...filled(held('T1', '*', from)) },
    check: (asked) => ({
      ...(asked.reason.trim().length < 4 ? { reason: t('required') } : {}),
      ...(!asked.ends && !whole(asked.recordWithin, 0, 31) ? { recordWithin: t('wrongNumber', { from: 0, to: 31 }) } : {}), ...(!asked.ends && !whole(asked.firstDuty, 1, 28) ? { firstDuty: t('wrongNumber', { from: 1, to: 28 }) } : {}),
    }),
    send: (asked) => send.mutateAsync({ body: { id, tier: asked.tier as PolicyRow['tier'], region: asked.region, from: asked.from, reason: asked.reason, terms: asked.ends ? null : termsOf(asked) } }),
  })
  // another tier or region begins with its own present rule
  const { tier, region } = form.values
  const begun = useRef({ tier, region })
  useEffect(() => {
    if (begun.current.tier === tier && begun.current.region === region) return
    begun.current = { tier, region }
    form.setAll({ ...filled(held(tier, region, form.values.from)), ...(region === '*' ? { ends: false } : {}) })
  })
  const month = (n: number) => ({ value: String(n), label: monthsText(n, t) })
  const withNone = [{ value: '0', label: t('none') }, ...policyMonths.map(month)]
  return (
    <FormDrawer title={t('propose')} open onClose={onClose} form={form} submit={t('propose')} onDone={() => toast(t('proposed'))}>
      <ChoiceField form={form} name="tier" label={t('tier')} required options={policyTiers.map((value) => ({ value, label: t(value) }))} />
      <ChoiceField form={form} name="region" label={t('region')} required options={['*', ...regions].map((value) => ({ value, label: regionText(value, t) }))} />
      <DayField form={form} name="from" label={t('from')} required from={from} />
      {form.values.region !== '*' && <CheckField form={form} name="ends" label={t('ends')} />}
      {!form.values.ends && (
        <>
          <ChoiceField form={form} name="every" label={t('every')} required options={policyMonths.map(month)} />
          <ChoiceField form={form} name="face" label={t('face')} required options={withNone} />
          <ChoiceField form={form} name="leader" label={t('leader')} required options={withNone} />
          <ChoiceField form={form} name="window" label={t('window')} required options={contactWindows.map((value) => ({ value, label: t(value) }))} />
          <TextField form={form} name="recordWithin" label={t('recordWithin')} required max={2} inputMode="numeric" />
          <TextField form={form} name="firstDuty" label={t('firstDuty')} required max={2} inputMode="numeric" hint={t('firstDutyHint')} />
        </>
      )}
      <Differences label={t('propose')} rows={differences(held(tier, region, form.values.from), form.values.ends ? null : termsOf(form.values), t)} />
      <AreaField form={form} name="reason" label={t('reason')} required max={200} hint={t('reasonHint')} />
    </FormDrawer>
  )
}

function termsOf(asked: Asked): PolicyTerms {
  const months = (text: string): PolicyTerms['everyMonths'] | null => policyMonths.find((n) => String(n) === text) ?? null
  return {
    everyMonths: months(asked.every) ?? 1, faceEveryMonths: months(asked.face), leaderEveryMonths: months(asked.leader), window: contactWindows.find((one) => one === asked.window) ?? 'CALENDAR_MONTH',
    recordWithin: Number(asked.recordWithin), firstDutyUntilDay: Number(asked.firstDuty),
  }
}
