import { Button } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { newId } from '../../foundation/values/uuid7.ts'
import { call, useAct, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { AreaField, ChoiceField, DayField, RadioField, TextField } from '../../ui/fields.tsx'
import { Form, FormSection } from '../../ui/Form.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { Differences } from '../../ui/ProposedChanges.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { mark, usePick, useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { listIndicators, proposeIndicator, sources, tryIndicator, windows, type IndicatorSource, type IndicatorTerms } from '../indicator.contract.ts'
import { faultOfStart, faultOfTerms, sourceKinds, unitOf } from '../indicator.rules.ts'
import { differencesOf, versionBefore } from './Indicators.tsx'
import { inspectionEvents, type InspectionEvent } from '../inspection.contract.ts'
import { codeNames, named } from '../pay-words.rules.ts'
import { conditionNames, indicatorText, kindNames, measureNames, ownerNames, sentenceOf, sourceNames, valueText, windowNames, wordOf } from './indicator-text.ts'
import type { ReplyOf } from '../../foundation/http/contract.ts'

type Listed = ReplyOf<typeof listIndicators>

/** An indicator from facts that are there: source, measure, filter, window, whose it is; tried over the last month before a colleague checks it. */
export default function ProposeIndicator() {
  const t = useText(indicatorText)
  const { data, error, refetch } = useContract(listIndicators, {})
  return (
    <Page>
      <PageHeader title={t('proposeTitle')} crumbs={[{ title: t('title'), to: '/indicators' }]} sub={t('proposeSub')} />
      {data ? <Proposal data={data} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} />}
    </Page>
  )
}

type Asked = {
  id: string; code: string; name: string; nameEn: string; direction: string; owner: string; from: string; reason: string
  source: string; measure: string | null; window: string; rule: string | null; customerKind: string; tiers: string[]; products: string[]; only: string | null; numerator: string | null; isOnly: string
} & Record<InspectionEvent, string>

/** The points of the house (3.7); a false report takes everything. */
const houseTariff: Record<InspectionEvent, string> = { REPORT_EXCELLENT: '10', REPORT_PASS: '0', REPORT_UNTRUE_MINOR: '-15', REPORT_UNTRUE_MAJOR: '-50', REPORT_FALSE: '-100', CHECK_PASS: '0', CHECK_LATE: '-3', CHECK_MISSING: '-8', CHECK_COPIED: '-20' }

const sourceOf = (value: string): IndicatorSource => sources.find((one) => one === value) ?? 'DEPOSIT'
/** What is written so far; what the source does not know falls to what it knows first. */
function termsOf(asked: Asked): IndicatorTerms {
  const source = sourceOf(asked.source)
  const kind = sourceKinds[source]
  const measure = kind.measures.find((one) => one === asked.measure) ?? kind.measures[0] ?? 'COUNT'
  const daily = measure === 'AVERAGE' || measure === 'INCREMENT'
  const owners = kind.owners.filter((one) => kind.shape !== 'STOCK' || daily === (one === 'OWNER_OF_DAY'))
  const condition = (value: string | null) => kind.conditions.find((one) => one === value) ?? null
  return {
    ...(source === 'INSPECTION' ? { tariff: Object.fromEntries(inspectionEvents.map((event) => [event, asked[event].trim()])) as Record<InspectionEvent, string> } : {}),
    ...(source === 'FORM' && asked.isOnly !== 'NUMBER' ? { isOnly: asked.isOnly === 'RANK' ? 'RANK' as const : 'MARKET_SHARE' as const } : {}), source, measure, window: windows.find((one) => one === asked.window) ?? 'MONTH', owner: owners.find((one) => one === asked.rule) ?? owners[0] ?? 'OWNER_AT_END', numerator: measure === 'RATIO' ? condition(asked.numerator) : null,
    filter: {
      customerKind: kind.filters.includes('CUSTOMER') && (asked.customerKind === 'CORPORATE' || asked.customerKind === 'PERSON') ? asked.customerKind : null,
      tiers: kind.filters.includes('CUSTOMER') ? (['T1', 'T2', 'T3', 'T4', 'P'] as const).filter((one) => asked.tiers.includes(one)) : [],
      products: kind.filters.includes('PRODUCT') && measure !== 'INCREMENT' ? asked.products : [], only: condition(asked.only),
    },
  }
}

function Proposal({ data }: { data: Listed }) {
  const t = useText(indicatorText)
  const pick = usePick()
  const toast = useToast()
  const go = useNavigate()
  const send = useAct(proposeIndicator, { refresh: ['indicators'] })
  const form = useForm<Asked>({
    initial: {
      id: newId(), code: '', name: '', nameEn: '', direction: 'UP', owner: '', from: `${data.asOf.slice(0, 4)}-01-01`, reason: '',
      source: 'LOAN_PAID_OUT', measure: 'SUM', window: 'MONTH', rule: 'OWNER_OF_DAY', customerKind: 'ANY', tiers: [], products: [], only: null, numerator: null, isOnly: 'NUMBER', ...houseTariff,
    },
    check: (asked) => ({
      code: /^[A-Z][A-Z0-9_]{1,30}$/.test(asked.code.trim()) ? undefined : t('codeWrong'), name: asked.name.trim().length < 2 ? t('required') : undefined, nameEn: asked.nameEn.trim().length < 2 ? t('required') : undefined,
      owner: asked.owner.trim().length < 2 ? t('required') : undefined, reason: asked.reason.trim().length < 4 ? t('required') : undefined,
      from: faultOfStart(asked.from, !data.indicators.some((one) => one.code === asked.code.trim()), data.asOf) === null ? undefined : t('fromHint'),
      ...(asked.source === 'INSPECTION' ? Object.fromEntries(inspectionEvents.map((event) => [event, /^-?\d{1,3}(\.\d{1,2})?$/.test(asked[event].trim()) ? undefined : t('required')])) : {}),
      numerator: faultOfTerms(termsOf(asked))?.name === 'numerator-missing' ? t('required') : undefined,
    }),
    send: (asked) => send.mutateAsync({ body: { id: asked.id, ...bodyOf(asked), reason: asked.reason } }),
  })
  const terms = termsOf(form.values)
  const kind = sourceKinds[terms.source]
  const held = versionBefore(data.indicators, form.values.code.trim(), form.values.from)
  const { terms: _terms, ...written } = bodyOf(form.values)
  const options = (words: Parameters<typeof wordOf>[0], values: readonly string[]) => values.map((value) => ({ value, label: pick(wordOf(words, value)) }))
  const products = data.products.filter((one) => (terms.source === 'DEPOSIT' || terms.source === 'TRANSACTION' ? one.line === 'DEPOSIT' : terms.source.startsWith('LOAN') ? one.line === 'LOAN' : true))
  const productName = (code: string): string => { const found = data.products.find((one) => one.code === code); return found ? pick({ zh: found.name, en: found.nameEn }) : code }
  const daily = terms.measure === 'AVERAGE' || terms.measure === 'INCREMENT'
  return (
    <div className="yq-block"><div className="yq-block-body">
      <Form
        form={form} submit={t('submit')} onCancel={() => void go('/indicators')}
        anchors={[{ id: 'what', label: t('partWhat') }, { id: 'measure', label: t('partMeasure') }, { id: 'filter', label: t('partFilter') }, { id: 'effect', label: t('partEffect') }]}
        onDone={() => {
          toast(t('sent'))
          void go('/indicators')
        }}
      >
        <FormSection id="what" title={t('partWhat')}>
          <TextField form={form} name="code" label={t('code')} required max={31} hint={t('codeHint')} />
          <TextField form={form} name="name" label={t('nameZh')} required max={40} />
          <TextField form={form} name="nameEn" label={t('nameEn')} required max={60} />
          <RadioField form={form} name="direction" label={t('direction')} required options={(['UP', 'DOWN'] as const).map((value) => ({ value, label: t(value) }))} />
          <TextField form={form} name="owner" label={t('owner')} required max={40} />
          <DayField form={form} name="from" label={t('from')} required hint={t('fromHint')} />
        </FormSection>
        <FormSection id="measure" title={t('partMeasure')}>
          <ChoiceField form={form} name="source" label={t('source')} required options={options(sourceNames, sources)} />
          <ChoiceField form={form} name="measure" label={t('measure')} required options={options(measureNames, kind.measures.filter((one) => terms.source !== 'DEPOSIT' || (one !== 'BALANCE' && one !== 'CHANGE')))} />
          {terms.measure === 'RATIO' && <ChoiceField form={form} name="numerator" label={t('numerator')} required options={options(conditionNames, kind.conditions)} />}
          {terms.source === 'FORM' && <RadioField form={form} name="isOnly" label={t('isOnly')} options={[{ value: 'NUMBER', label: t('ownNumber') }, { value: 'RANK', label: t('rank') }, { value: 'MARKET_SHARE', label: t('marketShare') }]} />}
          {terms.source === 'INSPECTION' && <><p className="yq-quiet">{t('tariff')}{mark('：')}{t('tariffHint')}</p>{inspectionEvents.map((event) => <TextField key={event} form={form} name={event} label={pick(named(codeNames, event))} required max={8} />)}</>}
          <RadioField form={form} name="window" label={t('window')} required options={options(windowNames, windows)} />
          <ChoiceField form={form} name="rule" label={t('ownerRule')} required options={options(ownerNames, kind.owners.filter((one) => kind.shape !== 'STOCK' || daily === (one === 'OWNER_OF_DAY')))} />
        </FormSection>
        <FormSection id="filter" title={t('partFilter')}>
          {kind.filters.includes('CUSTOMER') && <RadioField form={form} name="customerKind" label={t('customerKind')} options={[{ value: 'ANY', label: t('anyCustomer') }, ...options(kindNames, ['CORPORATE', 'PERSON'])]} />}
          {kind.filters.includes('CUSTOMER') && <ChoiceField form={form} name="tiers" label={t('tiers')} many options={['T1', 'T2', 'T3', 'T4', 'P'].map((value) => ({ value, label: value }))} placeholder={t('all')} />}
          {kind.filters.includes('PRODUCT') && terms.measure !== 'INCREMENT' && <ChoiceField form={form} name="products" label={t('products')} many options={products.map((one) => ({ value: one.code, label: `${pick({ zh: one.name, en: one.nameEn })} ${one.code}` }))} placeholder={t('all')} />}
          {kind.conditions.length > 0 && <ChoiceField form={form} name="only" label={t('only')} options={options(conditionNames, kind.conditions)} placeholder={t('all')} />}
        </FormSection>
        <FormSection id="effect" title={t('partEffect')}>
          <p><strong>{sentenceOf(terms, pick, productName)}</strong></p>
          <div className="yq-stack" role="group" aria-label={t('difference')}>
            <p className="yq-quiet">{held ? `${t('difference')}${mark('：')}${held.code} · ${t('version', { n: held.version })}` : t('isNew')}</p>
            <Differences label={t('difference')} rows={differencesOf(held, { ...written, terms, unit: unitOf(terms) }, t, pick)} />
          </div>
          <Trial key={JSON.stringify(terms)} terms={terms} />
          <AreaField form={form} name="reason" label={t('reason')} required max={200} hint={t('reasonHint')} />
        </FormSection>
      </Form>
    </div></div>
  )
}

const bodyOf = (asked: Asked) => ({
  code: asked.code.trim(), from: asked.from, name: asked.name.trim(), nameEn: asked.nameEn.trim(), direction: asked.direction === 'DOWN' ? ('DOWN' as const) : ('UP' as const), owner: asked.owner.trim(), terms: termsOf(asked),
})

/** What it gives for the last full month; another change makes it old, so it goes. */
function Trial({ terms }: { terms: IndicatorTerms }) {
  const t = useText(indicatorText)
  const [found, setFound] = useState<ReplyOf<typeof tryIndicator> | null>(null)
  const [failed, setFailed] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const attempt = (): void => {
    setBusy(true)
    setFailed(null)
    call(tryIndicator, { body: { terms } }).then(setFound, setFailed).finally(() => setBusy(false))
  }
  return (
    <div className="yq-stack">
      {found === null ? <div><Button loading={busy} onClick={attempt}>{t('tryIt')}</Button></div> : (
        <Note tone="info">{t('trialOf', { month: found.month, people: found.people, facts: found.facts, value: found.value === null ? t('fewPeople') : valueText(found.value, found.unit, t) })}</Note>
      )}
      {failed !== null && <ErrorState error={failed} onRetry={attempt} />}
    </div>
  )
}
