import { Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../../foundation/values/uuid7.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { AreaField, ChoiceField, DayField, DecimalField, RadioField, TextField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { Figure } from '../../../ui/Percent.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { DecidedChanges, WaitingChanges } from '../../../ui/ProposedChanges.tsx'
import { useText, type Say } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { computeValue, decideValue, listValuePrices, parameterNames, proposeValue, type ValueChange } from '../../value/value.contract.ts'
import { formOf, keptValue, rateText, valueTold } from './value-terms.ts'
import { valueText } from './value-text.ts'

type T = Say<typeof valueText>
type Listed = NonNullable<ReturnType<typeof useContract<typeof listValuePrices>>['data']>
const nameOf = (name: string | null) => parameterNames.find((one) => one === name) ?? null
const parameter = (name: string | null, t: T): string => { const known = nameOf(name); return known ? t(known) : name ?? '' }
const day = (from: string, t: T): string => (from === '1900-01-01' ? t('installed') : from)
const term = (months: number, t: T): string => (months === 0 ? t('demand') : t('months', { n: months }))
const missing = (code: string, t: T): string => (code === 'BILLS' || code === 'WEALTH_FEES' || code === 'FEES' ? t(code) : code)
const told = (value: string, name: string | null, t: T): string => valueTold(value, formOf(nameOf(name)), { yes: t('yes'), no: t('no'), yuan: (n) => t('yuanOf', { n }) })

/** What a change is compared with: the value of the same price or parameter that holds just before it. */
function valueBefore(data: Listed, one: ValueChange): string | null {
  const rows: readonly { from: string; value: string }[] = one.kind === 'PRICE'
    ? data.prices.filter((row) => row.side === one.side && row.termMonths === one.termMonths).map((row) => ({ from: row.from, value: row.rate })) : data.parameters.filter((row) => row.name === one.name)
  return [...rows].filter((row) => row.from < one.from).sort((a, b) => (a.from < b.from ? 1 : -1))[0]?.value ?? null
}

/** The dated prices of funds and parameters from which contributions are worked out; changes by two people, months that are there. */
export default function ValuePrices() {
  const t = useText(valueText)
  const toast = useToast()
  const { data, error, refetch } = useContract(listValuePrices, {})
  const [proposing, setProposing] = useState(false)
  const compute = useAct(computeValue, { refresh: ['value'], onDone: () => toast(t('computing')) })
  const decide = useAct(decideValue, { refresh: ['value'] })
  const titleOf = (one: ValueChange): string => (one.kind === 'PRICE' && one.side !== null ? `${t(one.side)} · ${term(one.termMonths ?? 0, t)}` : parameter(one.name, t))
  const differencesOf = (one: ValueChange) => {
    const before = data ? valueBefore(data, one) : null
    return [{ name: t(one.kind === 'PRICE' ? 'rate' : 'value'), from: before === null ? null : told(before, one.name, t), to: told(one.value, one.name, t) }]
  }
  return (
    <Page>
      <PageHeader
        title={t('prices')} sub={t('pricesSub')}
        actions={data && <>
          <ActionButton type="primary" may={data.mayChange} refusals={proposeValue.refusals} onClick={() => setProposing(true)}>{t('propose')}</ActionButton>
          {data.mayCompute.allowed && <Button onClick={() => compute.mutate({ body: { months: 24 } })}>{t('compute')}</Button>}
        </>}
      />
      {compute.error && <ErrorState error={compute.error} onRetry={() => compute.reset()} />}
      {data && <WaitingChanges changes={data.changes} titleOf={titleOf} differencesOf={differencesOf} decide={(changeId, body) => decide.mutateAsync({ params: { changeId }, body })} refusals={decideValue.refusals} />}
      {data ? <Values data={data} /> : <Block title={t('ftp')} loading={!error} error={error} onRetry={() => void refetch()} />}
      {data && <Months data={data} />}
      {data && <DecidedChanges changes={data.changes} titleOf={titleOf} differencesOf={differencesOf} />}
      {proposing && data && <Propose data={data} onClose={() => setProposing(false)} />}
    </Page>
  )
}

/** What holds: prices by term with deposits beside loans, parameters; below what is to come and what was. */
function Values({ data }: { data: Listed }) {
  const t = useText(valueText)
  const terms = [...new Set(data.prices.map((row) => row.termMonths))].sort((a, b) => a - b)
  const price = (side: 'BID' | 'OFFER', months: number) => data.prices.find((row) => row.now && row.side === side && row.termMonths === months)
  const parameters = parameterNames.flatMap((name) => data.parameters.filter((row) => row.now && row.name === name))
  const others = [
    ...data.prices.filter((row) => !row.now).map((row) => ({ key: `${row.side} ${row.termMonths} ${row.from}`, from: row.from, cells: [`${t(row.side)} · ${term(row.termMonths, t)}`, rateText(row.rate), day(row.from, t), row.basis] })),
    ...data.parameters.filter((row) => !row.now).map((row) => ({ key: `${row.name} ${row.from}`, from: row.from, cells: [parameter(row.name, t), told(row.value, row.name, t), day(row.from, t), row.basis] })),
  ].sort((a, b) => (a.from < b.from ? 1 : -1))
  const example = [...data.prices, ...data.parameters].some((row) => row.now && row.example)
  // the day stands below a value once the bank entered its own
  const dated = (value: string, from: string) => <>{value}{from !== '1900-01-01' && <div className="yq-small yq-quiet">{t('since', { day: from })}</div>}</>
  return (
    <>
      {example && <Note tone="info">{t('example')}</Note>}
      <div className="yq-grid" data-columns="2">
        <Block title={t('ftpYear')} asOf={data.asOf} flush>
          <PlainTable label={t('ftpYear')} columns={[{ key: 'term', title: t('term') }, { key: 'bid', title: t('BID'), right: true }, { key: 'offer', title: t('OFFER'), right: true }]}
            rows={terms.map((months) => {
              const [bid, offer] = [price('BID', months), price('OFFER', months)]
              return { key: String(months), cells: [term(months, t), bid ? dated(rateText(bid.rate), bid.from) : '--', offer ? dated(rateText(offer.rate), offer.from) : '--'] }
            })} />
        </Block>
        <Block title={t('parameters')} asOf={data.asOf} flush>
          <PlainTable label={t('parameters')} columns={[{ key: 'name', title: t('name') }, { key: 'value', title: t('value'), right: true }]}
            rows={parameters.map((row) => ({ key: row.name, cells: [parameter(row.name, t), dated(told(row.value, row.name, t), row.from)] }))} />
        </Block>
      </div>
      {others.length > 0 && (
        <Block title={t('otherValues')} asOf={data.asOf} flush>
          <PlainTable label={t('otherValues')} columns={[{ key: 'what', title: t('what') }, { key: 'value', title: t('value'), right: true }, { key: 'from', title: t('from') }, { key: 'basis', title: t('basis') }]} rows={others} />
        </Block>
      )}
    </>
  )
}

/** The months that were worked out; the last half year lies open. */
function Months({ data }: { data: Listed }) {
  const t = useText(valueText)
  const [all, setAll] = useState(false)
  const { months } = data
  const shown = all ? months : months.slice(0, 6)
  const listed = (codes: readonly string[]): string => codes.map((one) => missing(one, t)).join(t('listMark'))
  // what lacks in every month alike is said once
  const lacking = [...new Set(months.map((row) => listed(row.missing)))]
  const always = lacking.length === 1 ? (lacking[0] ?? null) : null
  return (
    <Block title={t('worked')} asOf={data.asOf} actions={shown.length < months.length && <Button size="small" onClick={() => setAll(true)}>{t('allMonths', { n: months.length })}</Button>}>
      {months.length === 0 ? <EmptyState title={t('none')} hint={t('noneHint')} /> : (
        <>
          {always !== null && always !== '' && <p className="yq-quiet">{t('alwaysMissing', { list: always })}</p>}
          <PlainTable label={t('worked')} stack="short" columns={[{ key: 'month', title: t('month') }, { key: 'customers', title: t('customers'), right: true }, { key: 'on', title: t('computedOn') }, ...(always === null ? [{ key: 'missing', title: t('notCounted') }] : [])]}
            rows={shown.map((row) => ({ key: row.month, cells: [row.month, <Figure value={row.customers} decimals={0} />, row.computedOn, ...(always === null ? [row.missing.length === 0 ? '--' : listed(row.missing)] : [])] }))} />
        </>
      )}
    </Block>
  )
}

type Asked = { kind: string; side: string; term: string; name: string | null; from: string; value: string; reason: string }

function Propose({ data, onClose }: { data: Listed; onClose: () => void }) {
  const t = useText(valueText)
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(proposeValue, { refresh: ['value'] })
  const form = useForm<Asked>({
    initial: { kind: 'PRICE', side: 'BID', term: '12', name: null, from: data.nextMonth, value: '', reason: '' },
    check: (asked) => ({
      reason: asked.reason.trim().length < 4 ? t('required') : undefined, value: keptValue(asked.value, formOf(asked.kind === 'PRICE' ? null : nameOf(asked.name))) === null ? t('valueWrong') : undefined,
      term: asked.kind === 'PRICE' && !/^\d{1,3}$/.test(asked.term.trim()) ? t('required') : undefined, name: asked.kind === 'PARAMETER' && asked.name === null ? t('required') : undefined,
    }),
    send: (asked) => send.mutateAsync({
      body: {
        id, from: asked.from, value: keptValue(asked.value, formOf(asked.kind === 'PRICE' ? null : nameOf(asked.name))) ?? '', reason: asked.reason,
        ...(asked.kind === 'PRICE' ? { kind: 'PRICE' as const, side: asked.side === 'OFFER' ? ('OFFER' as const) : ('BID' as const), termMonths: Number(asked.term), name: null } : { kind: 'PARAMETER' as const, side: null, termMonths: null, name: nameOf(asked.name) }),
      },
    }),
  })
  const { kind, side, name, from } = form.values
  const asPrice = kind === 'PRICE'
  const entry = formOf(asPrice ? null : nameOf(name))
  const before = valueBefore(data, { kind: asPrice ? 'PRICE' : 'PARAMETER', side: side === 'OFFER' ? 'OFFER' : 'BID', termMonths: Number(form.values.term), name, from } as ValueChange)
  const hint = before === null ? t('nowNothing') : t('nowIs', { x: told(before, asPrice ? null : name, t) })
  return (
    <FormDrawer title={t('propose')} open onClose={onClose} form={form} submit={t('propose')} onDone={() => toast(t('sent'))}>
      <RadioField form={form} name="kind" label={t('what')} required options={(['PRICE', 'PARAMETER'] as const).map((value) => ({ value, label: t(value) }))} />
      {asPrice ? (
        <>
          <RadioField form={form} name="side" label={t('side')} required options={(['BID', 'OFFER'] as const).map((value) => ({ value, label: t(value) }))} />
          <TextField form={form} name="term" label={t('termMonths')} required max={3} inputMode="numeric" />
        </>
      ) : <ChoiceField form={form} name="name" label={t('name')} required options={parameterNames.map((value) => ({ value, label: t(value) }))} />}
      {entry === 'yes-no' ? <RadioField form={form} name="value" label={t('value')} required options={[{ value: '0', label: t('no') }, { value: '1', label: t('yes') }]} hint={hint} />
        : <DecimalField form={form} name="value" label={t(asPrice ? 'rate' : 'value')} required suffix={entry === 'percent' ? '%' : t('yuanEach')} hint={hint} />}
      <DayField form={form} name="from" label={t('from')} required from={data.nextMonth} hint={t('fromHint')} />
      <AreaField form={form} name="reason" label={t('reason')} required max={200} hint={t('reasonHint')} />
    </FormDrawer>
  )
}
