import { useEffect, useRef, useState } from 'react'
import { newId } from '../../foundation/values/uuid7.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Block } from '../../ui/Block.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { AreaField, ChoiceField, DayField, DecimalField, MoneyField, moneyFinding, RadioField, TextField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { DecidedChanges, Differences, WaitingChanges } from '../../ui/ProposedChanges.tsx'
import { aside, useText, type Say } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { decideLimit, limitKinds, limitRules, listLimits, proposeLimit, type LimitChange, type LimitKind, type LimitRule, type LimitTerms, type LimitView } from '../limit.contract.ts'
import { limitBefore, limitOn, settable } from '../limit.rules.ts'
import { limitDifferences, limitTold, partName, partTold, shareTyped, shareTyping, type MoneyTold } from './limit-terms.ts'
import { limitText } from './limit-text.ts'
import { useMoneyTold } from './use-limits.ts'

type T = Say<typeof limitText>
type Listed = NonNullable<ReturnType<typeof useContract<typeof listLimits>>['data']>

/** What counts as a large movement, as lost, as lacking: the limits in force by kind of customer; changes by two people. */
export default function WatchLimits() {
  const t = useText(limitText)
  const money = useMoneyTold()
  const { data, error, refetch } = useContract(listLimits, {})
  const decide = useAct(decideLimit, { refresh: ['watch'] })
  const [proposing, setProposing] = useState(false)
  const told = {
    titleOf: (one: LimitChange) => aside(t(one.rule), t(one.kind)),
    differencesOf: (one: LimitChange) => limitDifferences(one.rule, limitBefore(data?.limits ?? [], one, one.from)?.terms, one.terms, t, money),
  }
  return (
    <Page>
      <PageHeader title={t('title')} sub={t('sub')} actions={data && <ActionButton type="primary" may={data.mayPropose} refusals={proposeLimit.refusals} onClick={() => setProposing(true)}>{t('propose')}</ActionButton>} />
      {data && <WaitingChanges changes={data.changes} {...told} decide={(changeId, body) => decide.mutateAsync({ params: { changeId }, body })} refusals={decideLimit.refusals} />}
      {data ? <InForce data={data} t={t} money={money} /> : <Block title={t('title')} loading={!error} error={error} onRetry={() => void refetch()} />}
      {data && <Others data={data} t={t} money={money} />}
      {data && <DecidedChanges changes={data.changes} {...told} />}
      {proposing && data && <Propose data={data} onClose={() => setProposing(false)} />}
    </Page>
  )
}

type Shown = { data: Listed; t: T; money: MoneyTold }

/** One row for each limit, companies beside persons. */
function InForce({ data: { limits, asOf }, t, money }: Shown) {
  const cell = (rule: LimitRule, kind: LimitKind) => {
    const held = limitOn(limits, { rule, kind }, asOf)
    if (!held) return rule === 'AUM' ? <span className="yq-quiet">{t('companiesNone')}</span> : '--'
    // the day and its reason stand below once the bank has its own
    return <>{limitTold(rule, held.terms, t, money)}{!held.installed && <div className="yq-small yq-quiet">{t('since', { day: held.from })} · {held.basis}</div>}</>
  }
  return (
    <Block title={t('title')} asOf={asOf} flush>
      <PlainTable
        label={t('title')} stack columns={[{ key: 'rule', title: t('rule') }, { key: 'CORPORATE', title: t('CORPORATE') }, { key: 'PERSON', title: t('PERSON') }]}
        rows={limitRules.map((rule) => {
          const both = settable[rule].kinds[0] === 'BOTH'
          return { key: rule, cells: [t(rule), cell(rule, both ? 'BOTH' : 'CORPORATE'), cell(rule, both ? 'BOTH' : 'PERSON')] }
        })}
      />
    </Block>
  )
}

/** What is to come and what was, newest first. Absent while nothing was ever changed. */
function Others({ data: { limits, asOf }, t, money }: Shown) {
  const rows = limits.filter((one) => one.from > asOf || (one.to !== null && one.to <= asOf)).sort((a, b) => (a.from < b.from ? 1 : -1))
  if (rows.length === 0) return null
  const held = (one: LimitView): string => (one.from === '1900-01-01' ? t('until', { to: one.to ?? '' }) : one.to === null ? t('since', { day: one.from }) : t('fromTo', { from: one.from, to: one.to }))
  return (
    <Block title={t('others')} asOf={asOf} flush>
      <PlainTable
        label={t('others')} stack columns={[{ key: 'rule', title: t('rule') }, { key: 'told', title: t('told') }, { key: 'held', title: t('held') }, { key: 'basis', title: t('basis') }]}
        rows={rows.map((one) => ({ key: `${one.rule} ${one.kind} ${one.from}`, cells: [aside(t(one.rule), t(one.kind)), limitTold(one.rule, one.terms, t, money), held(one), one.installed ? t('installed') : one.basis] }))}
      />
    </Block>
  )
}

type Typed = { least: string | null; share: string; days: string; times: string; marketEffect: string | null }
type Asked = Typed & { rule: string; kind: string; from: string; reason: string }

const ruleOf = (value: string): LimitRule => limitRules.find((one) => one === value) ?? 'LARGE_MOVEMENT'
const kindOf = (value: string): LimitKind => limitKinds.find((one) => one === value) ?? 'CORPORATE'
const typedOf = (terms: LimitTerms | undefined): Typed => ({ least: terms?.leastFen ?? null, share: shareTyping(terms?.share ?? null), days: String(terms?.days ?? ''), times: String(terms?.times ?? ''), marketEffect: terms?.marketEffect ?? null })
const whole = (typed: string): number | null => (/^[1-9]\d{0,3}$/.test(typed.trim()) ? Number(typed.trim()) : null)

/** What was typed, of the parts that the rule has; null: not to be read yet. */
function termsOf(asked: Asked): LimitTerms {
  const has = (part: keyof LimitTerms): boolean => settable[ruleOf(asked.rule)].parts.includes(part)
  return {
    leastFen: has('leastFen') && asked.least !== null && /^[1-9]\d*$/.test(asked.least) ? asked.least : null, share: has('share') ? shareTyped(asked.share) : null, days: has('days') ? whole(asked.days) : null, times: has('times') ? whole(asked.times) : null,
    marketEffect: has('marketEffect') ? (asked.marketEffect === 'NET_INFLOW' ? 'NET_INFLOW' : 'INCLUDE') : null,
  }
}

function Propose({ data, onClose }: { data: Listed; onClose: () => void }) {
  const t = useText(limitText)
  const money = useMoneyTold()
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(proposeLimit, { refresh: ['watch'] })
  const held = (rule: LimitRule, kind: LimitKind): LimitView | undefined => limitOn(data.limits, { rule, kind }, data.asOf)
  const form = useForm<Asked>({
    initial: { rule: 'LARGE_MOVEMENT', kind: 'CORPORATE', from: data.earliest, reason: '', ...typedOf(held('LARGE_MOVEMENT', 'CORPORATE')?.terms) },
    check: (asked) => {
      const { parts } = settable[ruleOf(asked.rule)]
      const terms = termsOf(asked)
      const missing = (part: keyof LimitTerms): string | undefined => (parts.includes(part) && terms[part] === null ? t('wrong') : undefined)
      return { reason: asked.reason.trim().length < 4 ? t('required') : undefined, least: parts.includes('leastFen') ? moneyFinding(asked.least, t('required'), t('wrong')) : undefined, share: missing('share'), days: missing('days'), times: missing('times') }
    },
    send: (asked) => send.mutateAsync({ body: { id, rule: ruleOf(asked.rule), kind: kindOf(asked.kind), from: asked.from, terms: termsOf(asked), reason: asked.reason } }),
  })
  const [rule, kind] = [ruleOf(form.values.rule), kindOf(form.values.kind)]
  const { kinds, parts } = settable[rule]
  const byPeriod = rule === 'CHURN' || rule === 'AUM'
  useRefill(rule, kind, data, form.setAll)
  const now = held(rule, kind)
  const hint = (part: keyof LimitTerms): string | undefined => { const told = now && partTold(part, now.terms, t, money); return told == null ? undefined : t('nowIs', { x: told }) }
  return (
    <FormDrawer title={t('propose')} open onClose={onClose} form={form} submit={t('propose')} onDone={() => toast(t('sent'))}>
      <ChoiceField form={form} name="rule" label={t('rule')} required options={limitRules.map((value) => ({ value, label: t(value) }))} />
      {kinds.length > 1 ? <RadioField form={form} name="kind" label={t('forWhom')} required options={kinds.map((value) => ({ value, label: t(value) }))} /> : <p className="yq-quiet">{t('forWhom')} {t(kinds[0] ?? 'BOTH')}</p>}
      {parts.includes('leastFen') && <MoneyField form={form} name="least" label={partName(rule, 'leastFen', t)} required hint={hint('leastFen')} />}
      {parts.includes('share') && <DecimalField form={form} name="share" label={partName(rule, 'share', t)} required suffix="%" hint={hint('share')} />}
      {parts.includes('days') && <TextField form={form} name="days" label={partName(rule, 'days', t)} required max={3} inputMode="numeric" hint={hint('days')} />}
      {parts.includes('times') && <TextField form={form} name="times" label={partName(rule, 'times', t)} required max={4} inputMode="numeric" hint={hint('times')} />}
      {parts.includes('marketEffect') && <RadioField form={form} name="marketEffect" label={t('marketEffect')} required options={(['INCLUDE', 'NET_INFLOW'] as const).map((value) => ({ value, label: t(value) }))} hint={hint('marketEffect')} />}
      <DayField form={form} name="from" label={t('from')} required from={byPeriod ? data.nextQuarter : data.earliest} hint={t(byPeriod ? 'quarterHint' : 'fromHint')} />
      <Differences label={t('told')} rows={limitDifferences(rule, now?.terms, termsOf(form.values), t, money)} />
      <AreaField form={form} name="reason" label={t('reason')} required max={200} hint={t('reasonHint')} />
    </FormDrawer>
  )
}

/** Another limit or kind begins with what holds for it now, and with the first day on which it may begin. */
function useRefill(rule: LimitRule, kind: LimitKind, data: Listed, setAll: (patch: Partial<Asked>) => void): void {
  const before = useRef({ rule, kind })
  useEffect(() => {
    if (before.current.rule === rule && before.current.kind === kind) return
    const { kinds } = settable[rule]
    const fits = kinds.includes(kind) ? kind : (kinds[0] ?? 'BOTH')
    const other = before.current.rule !== rule
    before.current = { rule, kind: fits }
    setAll({ kind: fits, ...typedOf(limitOn(data.limits, { rule, kind: fits }, data.asOf)?.terms), ...(other ? { from: rule === 'CHURN' || rule === 'AUM' ? data.nextQuarter : data.earliest } : {}) })
  })
}
