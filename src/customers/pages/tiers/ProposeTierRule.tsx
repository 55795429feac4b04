import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { newId } from '../../../foundation/values/uuid7.ts'
import { call, useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { AreaField, CheckField, ChoiceField, DayField, MoneyField, moneyFinding, RadioField, TextField } from '../../../ui/fields.tsx'
import { Form, FormSection } from '../../../ui/Form.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { Differences } from '../../../ui/ProposedChanges.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { listTierRules, previewTierRule, proposeTierRule, tierKinds, type TierPreview, type TierRuleView, type TierTerms } from '../../tiers/tier-rule.contract.ts'
import { lineText, regionName, ruleBefore, scopeName, termDifferences } from './tier-terms.ts'
import { tierText } from './tier-text.ts'
import { WhoMoves } from './TierRules.tsx'

/** A change of a rule of tiers: for whom, the lines from the top down, what else makes a tier; against what holds, with who would move. Another person checks it. */
export default function ProposeTierRule() {
  const t = useText(tierText)
  const { data, error, refetch } = useContract(listTierRules, {})
  return (
    <Page>
      <PageHeader title={t('proposeRuleTitle')} crumbs={[{ title: t('rules'), to: '/policies/tiers' }]} sub={t('proposeRuleSub')} />
      {data ? <Proposal rules={data.rules} regions={data.regions} first={data.nextMonth} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} />}
    </Page>
  )
}

type Made = 'T1' | 'T2' | 'T3' | null
type Lines = { t1: string | null; t2: string | null; t3: string | null; c1: string | null; c2: string | null; credit: string | null; linesMin: string; linesTier: string | null; strategic: string | null; confirmCore: boolean }
type Asked = Lines & { id: string; kind: string; region: string; from: string; reason: string }

const made = (value: string | null): Made => (value === 'T1' || value === 'T2' || value === 'T3' ? value : null)
const kindOf = (value: string): TierRuleView['kind'] => (value === 'PERSON' ? 'PERSON' : 'CORPORATE')
const linesOf = (held: TierTerms | undefined): Lines => ({
  t1: held?.t1Fen ?? null, t2: held?.t2Fen ?? null, t3: held?.t3Fen ?? null, c1: held?.t1ContributionFen ?? null, c2: held?.t2ContributionFen ?? null, credit: held?.credit ?? null, linesMin: String(held?.linesMin ?? ''), linesTier: held?.linesTier ?? null,
  strategic: held?.strategic ?? null, confirmCore: held?.confirmCore ?? true,
})
const fen = (value: string | null): string | null => (value !== null && /^\d+$/.test(value) ? value : null)
/** What is written so far; a line that is no amount yet counts as nothing. */
const termsOf = (asked: Lines): TierTerms => ({
  t1Fen: fen(asked.t1) ?? '0', t2Fen: fen(asked.t2) ?? '0', t3Fen: fen(asked.t3) ?? '0', t1ContributionFen: fen(asked.c1), t2ContributionFen: fen(asked.c2), credit: made(asked.credit), linesMin: asked.linesMin.trim() === '' ? null : Number(asked.linesMin), linesTier: made(asked.linesTier),
  strategic: made(asked.strategic), confirmCore: asked.confirmCore,
})

function Proposal({ rules, regions, first }: { rules: readonly TierRuleView[]; regions: readonly string[]; first: string }) {
  const t = useText(tierText)
  const toast = useToast()
  const navigate = useNavigate()
  const send = useAct(proposeTierRule, { refresh: ['tier-rules'] })
  const heldFor = (kind: string, region: string, day: string): TierRuleView | undefined => ruleBefore(rules, { kind: kindOf(kind), region }, day)
  const bodyOf = (asked: Asked) => ({ kind: kindOf(asked.kind), region: asked.region, from: asked.from, terms: termsOf(asked) })
  const form = useForm<Asked>({
    initial: { id: newId(), kind: 'CORPORATE', region: '*', from: first, reason: '', ...linesOf(heldFor('CORPORATE', '*', first)?.terms) },
    check: (asked) => ({
      t1: moneyFinding(asked.t1, t('required'), t('wrongAmount')), t2: moneyFinding(asked.t2, t('required'), t('wrongAmount')), t3: moneyFinding(asked.t3, t('required'), t('wrongAmount')),
      c1: moneyFinding(asked.c1, undefined, t('wrongAmount')), c2: moneyFinding(asked.c2, undefined, t('wrongAmount')),
      linesMin: asked.linesMin.trim() !== '' && !/^([1-9]|1\d|20)$/.test(asked.linesMin.trim()) ? t('wrongNumber') : undefined, reason: asked.reason.trim().length < 4 ? t('required') : undefined,
    }),
    send: (asked) => send.mutateAsync({ body: { id: asked.id, ...bodyOf(asked), reason: asked.reason } }),
    draft: 'tier-rule.new',
  })
  const { kind, region, from } = form.values
  const held = heldFor(kind, region, from)
  useRefill(form.values, heldFor, form.setAll)
  const now = (value: string | null | undefined): string => (value === null || value === undefined ? t('nowNone') : t('nowIs', { x: lineText(value, t) }))
  const nowTier = (value: Made | undefined): string => (value === null || value === undefined ? t('nowNone') : t('nowIs', { x: t('atLeast', { tier: t(value) }) }))
  const options = (['T1', 'T2', 'T3'] as const).map((value) => ({ value, label: t('atLeast', { tier: t(value) }) }))
  const differences = termDifferences(held?.terms, termsOf(form.values), t)
  return (
    <div className="yq-block"><div className="yq-block-body">
      <Form
        form={form} submit={t('proposeRule')} drafts onCancel={() => void navigate('/policies/tiers')}
        anchors={[{ id: 'scope', label: t('partScope') }, { id: 'deposits', label: t('partDeposits') }, { id: 'contribution', label: t('partContribution') }, { id: 'other', label: t('partOther') }, { id: 'effect', label: t('partEffect') }]}
        onDone={() => {
          toast(t('sent'))
          void navigate('/policies/tiers')
        }}
      >
        <FormSection id="scope" title={t('partScope')}>
          <RadioField form={form} name="kind" label={t('kind')} required options={tierKinds.map((value) => ({ value, label: t(value) }))} />
          <ChoiceField form={form} name="region" label={t('region')} required options={['*', ...regions].map((value) => ({ value, label: regionName(value, t) }))} hint={t('regionHint')} />
          <DayField form={form} name="from" label={t('effective')} required from={first} hint={t('effectiveHint')} />
        </FormSection>
        <FormSection id="deposits" title={t('partDeposits')}>
          <MoneyField form={form} name="t1" label={t('t1')} required hint={now(held?.terms.t1Fen)} />
          <MoneyField form={form} name="t2" label={t('t2')} required hint={now(held?.terms.t2Fen)} />
          <MoneyField form={form} name="t3" label={t('t3')} required hint={now(held?.terms.t3Fen)} />
        </FormSection>
        <FormSection id="contribution" title={t('partContribution')}>
          <MoneyField form={form} name="c1" label={t('c1')} hint={t('both', { a: now(held?.terms.t1ContributionFen), b: t('emptyMeans') })} />
          <MoneyField form={form} name="c2" label={t('c2')} hint={t('both', { a: now(held?.terms.t2ContributionFen), b: t('bothOrNone') })} />
        </FormSection>
        <FormSection id="other" title={t('partOther')}>
          <ChoiceField form={form} name="credit" label={t('hasCredit')} options={options} hint={t('both', { a: nowTier(held?.terms.credit), b: t('emptyMeans') })} />
          <TextField form={form} name="linesMin" label={t('linesMin')} max={2} inputMode="numeric" hint={t('both', { a: held?.terms.linesMin == null ? t('nowNone') : t('nowIs', { x: held.terms.linesMin }), b: t('emptyMeans') })} />
          <ChoiceField form={form} name="linesTier" label={t('linesTier')} options={options} hint={nowTier(held?.terms.linesTier)} />
          <ChoiceField form={form} name="strategic" label={t('isStrategic')} options={options} hint={t('both', { a: nowTier(held?.terms.strategic), b: t('emptyMeans') })} />
          <CheckField form={form} name="confirmCore" label={t('confirmCore')} />
        </FormSection>
        <FormSection id="effect" title={t('partEffect')}>
          <div className="yq-stack" role="group" aria-label={t('differences')}>
            <p className="yq-quiet">{held === undefined ? scopeName({ kind: kindOf(kind), region }, t) : t('against', { rule: scopeName(held, t), n: held.version })}</p>
            <Differences label={t('differences')} rows={differences} />
          </div>
          {differences.length === 0 ? <p className="yq-quiet yq-small">{t('tryLater')}</p> : <Trial key={JSON.stringify(bodyOf(form.values))} attempt={() => call(previewTierRule, { body: bodyOf(form.values) })} />}
          <AreaField form={form} name="reason" label={t('changeReason')} required max={200} hint={t('whyHint')} />
        </FormSection>
      </Form>
    </div></div>
  )
}

/** A trial of what is written now; another change makes it old, so it goes. */
function Trial({ attempt }: { attempt: () => Promise<TierPreview> }) {
  const t = useText(tierText)
  const [preview, setPreview] = useState<TierPreview | null>(null)
  const [failed, setFailed] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const start = async (): Promise<void> => {
    setBusy(true)
    setFailed(null)
    await attempt().then(setPreview, setFailed)
    setBusy(false)
  }
  return (
    <div className="yq-stack">
      <div className="yq-row"><Button onClick={() => void start()} loading={busy}>{t('try')}</Button>{preview === null && failed === null && <span className="yq-quiet yq-small">{t('tryHint')}</span>}</div>
      {failed !== null && <ErrorState error={failed} />}
      {preview && <WhoMoves preview={preview} />}
    </div>
  )
}

/** Another kind or region begins with its own present rule. What was typed for a region stays when it differs from what was filled in. */
function useRefill(asked: Asked, heldFor: (kind: string, region: string, day: string) => TierRuleView | undefined, setAll: (patch: Partial<Asked>) => void): void {
  const before = useRef({ kind: asked.kind, region: asked.region })
  useEffect(() => {
    const { kind, region } = before.current
    if (kind === asked.kind && region === asked.region) return
    before.current = { kind: asked.kind, region: asked.region }
    const filled = termsKey(linesOf(heldFor(kind, region, asked.from)?.terms)) === termsKey(asked)
    if (kind !== asked.kind || filled) setAll(linesOf(heldFor(asked.kind, asked.region, asked.from)?.terms))
  })
}

const termsKey = (lines: Lines): string => JSON.stringify(termsOf(lines))
