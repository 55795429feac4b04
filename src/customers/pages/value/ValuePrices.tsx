import { Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../../foundation/values/uuid7.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useConfirm, useToast } from '../../../ui/Confirm.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { AreaField, ChoiceField, DayField, TextField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { Figure } from '../../../ui/Percent.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { useText, type Say } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { computeValue, decideValue, listValuePrices, parameterNames, proposeValue, type ValueChange } from '../../value/value.contract.ts'
import { valueText } from './value-text.ts'

type T = Say<typeof valueText>
const parameter = (name: string, t: T): string => { const known = parameterNames.find((one) => one === name); return known ? t(known) : name }
const percent = (rate: string): string => `${(Number(rate) * 100).toFixed(4).replace(/0{1,2}$/, '')}%`
const day = (from: string, t: T): string => (from === '1900-01-01' ? t('installed') : from)
const plain = (value: string): string => value.replace(/\.?0+$/, '')
const term = (months: number, t: T): string => (months === 0 ? t('demand') : t('months', { n: months }))
const missing = (code: string, t: T): string => (code === 'BILLS' || code === 'WEALTH_FEES' || code === 'FEES' ? t(code) : code)

/** The dated prices of funds and parameters from which contributions are worked out; changes by two people, months that are there. */
export default function ValuePrices() {
  const t = useText(valueText)
  const toast = useToast()
  const { data, error, refetch } = useContract(listValuePrices, {})
  const [proposing, setProposing] = useState(false)
  const compute = useAct(computeValue, { refresh: ['value'], onDone: () => toast(t('computing')) })
  const marks = (row: { now: boolean; example: boolean }) => <>{row.now && <Tag tone="success" icon="✓">{t('now')}</Tag>} {row.example && <Tag tone="info">{t('isExample')}</Tag>}</>
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
      <Changes changes={(data?.changes ?? []).filter((one) => one.decision === null)} loading={!data} error={error} onRetry={() => void refetch()} />
      {data && (
        <div className="yq-grid" data-columns="2">
          <Block title={t('ftp')} asOf={data.asOf} flush>
            <PlainTable label={t('ftp')} columns={[{ key: 'side', title: t('side') }, { key: 'term', title: t('term') }, { key: 'rate', title: t('rate'), right: true }, { key: 'from', title: t('from') }, { key: 'basis', title: t('basis') }]}
              rows={data.prices.map((row) => ({ key: `${row.side} ${row.termMonths} ${row.from}`, cells: [t(row.side), term(row.termMonths, t), <span key="rate" className="yq-num">{percent(row.rate)}</span>, day(row.from, t), <span key="basis">{marks(row)} {row.basis}</span>] }))} />
          </Block>
          <Block title={t('parameters')} asOf={data.asOf} flush>
            <PlainTable label={t('parameters')} columns={[{ key: 'name', title: t('name') }, { key: 'value', title: t('value'), right: true }, { key: 'from', title: t('from') }, { key: 'basis', title: t('basis') }]}
              rows={data.parameters.map((row) => ({ key: `${row.name} ${row.from}`, cells: [parameter(row.name, t), <span key="value" className="yq-num">{plain(row.value)}</span>, day(row.from, t), <span key="basis">{marks(row)} {row.basis}</span>] }))} />
          </Block>
        </div>
      )}
      {data && (
        <Block title={t('worked')} asOf={data.asOf} flush={data.months.length > 0}>
          {data.months.length === 0 ? <EmptyState title={t('none')} hint={t('noneHint')} /> : (
            <PlainTable label={t('worked')} columns={[{ key: 'month', title: t('month') }, { key: 'customers', title: t('customers'), right: true }, { key: 'on', title: t('computedOn') }, { key: 'missing', title: t('notCounted') }]}
              rows={data.months.map((row) => ({ key: row.month, cells: [row.month, <Figure key="n" value={row.customers} decimals={0} />, row.computedOn, row.missing.map((one) => missing(one, t)).join('、')] }))} />
          )}
        </Block>
      )}
      {proposing && data && <Propose from={data.nextMonth} onClose={() => setProposing(false)} />}
    </Page>
  )
}

const whatOf = (one: ValueChange, t: T): string => (one.kind === 'PRICE' && one.side !== null ? `${t(one.side)} ${term(one.termMonths ?? 0, t)}` : parameter(one.name ?? '', t))

function Changes({ changes, ...block }: { changes: readonly ValueChange[]; loading: boolean; error: unknown; onRetry: () => void }) {
  const t = useText(valueText)
  const ask = useConfirm()
  const toast = useToast()
  const [returning, setReturning] = useState<ValueChange | null>(null)
  const decide = useAct(decideValue, { refresh: ['value'], onDone: () => toast(t('checked')) })
  const check = async (one: ValueChange): Promise<void> => {
    if (await ask({ title: t('checkAsk'), effect: `${whatOf(one, t)} ${plain(one.value)} · ${one.from}`, verb: t('check') })) decide.mutate({ params: { changeId: one.id }, body: { decision: 'CONFIRMED' } })
  }
  return (
    <Block title={t('waiting')} {...block} flush={changes.length > 0}>
      {decide.error && <ErrorState error={decide.error} onRetry={() => decide.reset()} />}
      {changes.length === 0 ? <EmptyState title={t('noWaiting')} /> : (
        <PlainTable label={t('waiting')} columns={[{ key: 'what', title: t('what') }, { key: 'value', title: t('value'), right: true }, { key: 'from', title: t('from') }, { key: 'reason', title: t('reason') }, { key: 'by', title: t('by') }, { key: 'act', title: t('act') }]}
          rows={changes.map((one) => ({
            key: one.id,
            cells: [whatOf(one, t), <span key="v" className="yq-num">{plain(one.value)}</span>, one.from, one.reason, `${one.proposedBy} ${one.proposedOn}`, (
              <span key="act" className="yq-row">
                <ActionButton size="small" type="primary" may={one.may} refusals={decideValue.refusals} onClick={() => void check(one)}>{t('check')}</ActionButton>
                <ActionButton size="small" may={one.may} refusals={decideValue.refusals} onClick={() => setReturning(one)}>{t('giveBack')}</ActionButton>
              </span>
            )],
          }))} />
      )}
      {returning && <Return key={returning.id} change={returning} onClose={() => setReturning(null)} />}
    </Block>
  )
}

function Return({ change, onClose }: { change: ValueChange; onClose: () => void }) {
  const t = useText(valueText)
  const toast = useToast()
  const send = useAct(decideValue, { refresh: ['value'] })
  const form = useForm({ initial: { note: '' }, check: ({ note }) => (note.trim() === '' ? { note: t('required') } : {}), send: ({ note }) => send.mutateAsync({ params: { changeId: change.id }, body: { decision: 'RETURNED', note } }) })
  return <FormDrawer title={t('giveBack')} open onClose={onClose} form={form} submit={t('giveBack')} onDone={() => toast(t('returned'))}><AreaField form={form} name="note" label={t('note')} required max={200} /></FormDrawer>
}

type Asked = { kind: string; side: string; term: string; name: string | null; from: string; value: string; reason: string }

function Propose({ from, onClose }: { from: string; onClose: () => void }) {
  const t = useText(valueText)
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(proposeValue, { refresh: ['value'] })
  const form = useForm<Asked>({
    initial: { kind: 'PRICE', side: 'BID', term: '12', name: null, from, value: '', reason: '' },
    check: (asked) => ({
      ...(asked.reason.trim().length < 4 ? { reason: t('required') } : {}), ...(/^\d{1,9}(\.\d{1,8})?$/.test(asked.value.trim()) ? {} : { value: t('valueHint') }), ...(asked.kind === 'PRICE' && !/^\d{1,3}$/.test(asked.term.trim()) ? { term: t('required') } : {}),
      ...(asked.kind === 'PARAMETER' && asked.name === null ? { name: t('required') } : {}),
    }),
    send: (asked) => send.mutateAsync({
      body: {
        id, from: asked.from, value: asked.value.trim(), reason: asked.reason,
        ...(asked.kind === 'PRICE' ? { kind: 'PRICE' as const, side: asked.side === 'OFFER' ? ('OFFER' as const) : ('BID' as const), termMonths: Number(asked.term), name: null } : { kind: 'PARAMETER' as const, side: null, termMonths: null, name: parameterNames.find((one) => one === asked.name) ?? null }),
      },
    }),
  })
  return (
    <FormDrawer title={t('propose')} open onClose={onClose} form={form} submit={t('propose')} onDone={() => toast(t('sent'))}>
      <ChoiceField form={form} name="kind" label={t('what')} required options={(['PRICE', 'PARAMETER'] as const).map((value) => ({ value, label: t(value) }))} />
      {form.values.kind === 'PRICE' ? (
        <>
          <ChoiceField form={form} name="side" label={t('side')} required options={(['BID', 'OFFER'] as const).map((value) => ({ value, label: t(value) }))} />
          <TextField form={form} name="term" label={t('termMonths')} required max={3} inputMode="numeric" />
        </>
      ) : <ChoiceField form={form} name="name" label={t('name')} required options={parameterNames.map((value) => ({ value, label: t(value) }))} />}
      <TextField form={form} name="value" label={t('value')} required max={18} hint={t('valueHint')} />
      <DayField form={form} name="from" label={t('from')} required from={from} />
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
