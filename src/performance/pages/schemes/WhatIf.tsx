import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import type { ReplyOf } from '../../../foundation/http/contract.ts'
import { isDay } from '../../../foundation/values/business-date.ts'
import { Amount } from '../../../ui/Amount.tsx'
import { decimalText } from '../../../ui/amount-format.ts'
import { Block } from '../../../ui/Block.tsx'
import { Change } from '../../../ui/Change.tsx'
import { call, useContract } from '../../../ui/client.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { ExplanationTree } from '../../../ui/ExplanationTree.tsx'
import { KeyFigures } from '../../../ui/KeyFigures.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { useSettings } from '../../../ui/settings.ts'
import { usePick, useText } from '../../../ui/text.ts'
import { openWhatIf, tryWhatIf } from '../../schemes/what-if.contract.ts'
import { tellSteps } from '../../statement/tell-statement.rules.ts'
import { explainTold } from '../explain-told.ts'
import { fenTyped, numberTyped } from '../typed-trial.ts'
import { TypedGrid, type GridRow } from '../TypedGrid.tsx'
import { builderText } from './block-text.ts'

/** A figure of an indicator with its thousands apart; a whole one has no decimals. */
const figure = (value: string | null): string => (value === null ? '--' : decimalText(value, 2).replace(/\.00$/, ''))

type Ground = NonNullable<ReplyOf<typeof openWhatIf>['ground']>

/** "Two more loans of 500,000 yuan": one's last month again with more business, by the engine that settles; nothing is kept. */
export default function WhatIf() {
  const t = useText(builderText)
  const { data, error, refetch } = useContract(openWhatIf, {})
  return (
    <Page>
      <PageHeader title={t('whatIf')} crumbs={[{ title: t('mine'), to: '/statement' }]} sub={t('whatIfSub')} />
      {!data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={6} />)}
      {data && (data.ground === null ? <Block title={t('whatIf')}><EmptyState title={t('noStatement')} /></Block> : <Sandbox ground={data.ground} />)}
    </Page>
  )
}

type More = { product: string; count: string; amount: string; day: string }
const noLoan = (ground: Ground): More => ({ product: ground.loanProducts?.[0]?.code ?? '', count: '', amount: '', day: `${ground.month}-01` })

function Sandbox({ ground }: { ground: Ground }) {
  const t = useText(builderText)
  const pick = usePick()
  const { language } = useSettings()
  const [loans, setLoans] = useState<More[]>([noLoan(ground)])
  const [deposit, setDeposit] = useState({ amount: '', day: `${ground.month}-01` })
  const [indicators, setIndicators] = useState<GridRow[]>(ground.indicators.map(({ code, name, nameEn, target, actual }) => ({ code, name: pick({ zh: name, en: nameEn }), target: figure(target), actual: figure(actual), by: '' })))
  const [found, setFound] = useState<ReplyOf<typeof tryWhatIf> | null>(null)
  const [failed, setFailed] = useState<unknown>(null)
  const [wrong, setWrong] = useState(false)
  const work = (): void => {
    const asked = ground.loanProducts === null ? [] : loans.filter(({ count, amount }) => count !== '' || amount !== '').map(({ product, count, amount, day }) => ({ product, count: Number(count), amountFen: fenTyped(amount) ?? '', paidOutOn: day }))
    const put = ground.loanProducts === null || deposit.amount === '' ? [] : [{ amountFen: fenTyped(deposit.amount) ?? '', from: deposit.day }]
    const more = indicators.filter((row) => (row['by'] ?? '') !== '').map((row) => ({ code: row['code'] ?? '', by: numberTyped(row['by']) }))
    const positive = (fen: string): boolean => /^[1-9]\d*$/.test(fen)
    const bad = asked.some(({ count, amountFen, paidOutOn }) => !Number.isInteger(count) || count < 1 || count > 1000 || !positive(amountFen) || !isDay(paidOutOn)) || put.some(({ amountFen, from }) => !positive(amountFen) || !isDay(from)) || more.some(({ by }) => by == null)
    setWrong(bad)
    setFailed(null)
    if (!bad) call(tryWhatIf, { body: { loans: asked, deposits: put, indicators: more.map(({ code, by }) => ({ code, by: by ?? '0' })) } }).then(setFound, setFailed)
  }
  const told = found === null ? null : tellSteps(found.steps, 'PAYABLE', language)
  const change = found === null ? 0n : BigInt(found.afterFen) - BigInt(found.beforeFen)
  return (
    <>
      <Block title={`${ground.month} · ${pick({ zh: ground.scheme.name, en: ground.scheme.nameEn })}`}>
        <div className="yq-stack">
          {ground.loanProducts !== null && (
            <>
              {loans.map((loan, place) => (
                <Loan key={String(place)} loan={loan} name={t('loanNumber', { n: place + 1 })} products={ground.loanProducts ?? []} onChange={(changed) => setLoans(loans.map((one, at) => (at === place ? changed : one)))} />
              ))}
              <div><Button onClick={() => setLoans([...loans, noLoan(ground)])}>{t('anotherLoan')}</Button></div>
              <div className="yq-stack" role="group" aria-label={t('moreDeposit')}>
                <strong>{t('moreDeposit')}</strong>
                <div style={fields}>
                  <Field label={t('amount')} value={deposit.amount} number onChange={(amount) => setDeposit({ ...deposit, amount })} />
                  <Field label={t('liesFrom')} value={deposit.day} onChange={(day) => setDeposit({ ...deposit, day })} />
                </div>
              </div>
              <p className="yq-quiet yq-small">{t('heldAlone')}</p>
            </>
          )}
          {indicators.length > 0 && <TypedGrid label={t('more')} columns={[{ key: 'name', title: t('item'), fixed: true }, { key: 'target', title: t('target'), fixed: true }, { key: 'actual', title: t('actual'), fixed: true }, { key: 'by', title: t('moreBy') }]} rows={indicators} onChange={setIndicators} />}
          {wrong && <Note tone="error">{t('exampleWrong')}</Note>}
          {failed !== null && <ErrorState error={failed} onRetry={work} />}
          <div><Button type="primary" onClick={work}>{t('tryIt')}</Button></div>
        </div>
      </Block>
      {found && (
        <Block title={t('preview')}>
          <div className="yq-stack" role="status">
            <KeyFigures figures={[
              { label: t('before'), value: <Amount fen={found.beforeFen} unit="yuan" withUnit /> }, { label: t('after'), value: <Amount fen={found.afterFen} unit="yuan" withUnit /> }, { label: t('difference'), value: <Change fen={change} /> },
            ]} />
            {told && <ExplanationTree root={explainTold(told, null, String)} label={t('preview')} open={3} />}
          </div>
        </Block>
      )}
    </>
  )
}

const fields = { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 210px), 1fr))', gap: 8 } as const

function Field({ label, value, onChange, number = false }: { label: string; value: string; onChange: (value: string) => void; number?: boolean }) {
  return <label className="yq-stack" style={{ gap: 4 }}><span>{label}</span><Input aria-label={label} value={value} maxLength={20} inputMode={number ? 'decimal' : 'text'} onChange={(event) => onChange(event.target.value)} /></label>
}

/** Loans of one kind, paid out on one day. */
function Loan({ loan, name, products, onChange }: { loan: More; name: string; products: NonNullable<Ground['loanProducts']>; onChange: (loan: More) => void }) {
  const t = useText(builderText)
  const pick = usePick()
  return (
    <div className="yq-stack" role="group" aria-label={name}>
      <strong>{name}</strong>
      <div style={fields}>
        <label className="yq-stack" style={{ gap: 4 }}><span>{t('product')}</span><Select aria-label={t('product')} popupMatchSelectWidth={false} value={loan.product} options={products.map((one) => ({ value: one.code, label: pick({ zh: one.name, en: one.nameEn }) }))} onChange={(product) => onChange({ ...loan, product })} /></label>
        <Field label={t('count')} value={loan.count} number onChange={(count) => onChange({ ...loan, count })} />
        <Field label={t('amountEach')} value={loan.amount} number onChange={(amount) => onChange({ ...loan, amount })} />
        <Field label={t('paidOutOn')} value={loan.day} onChange={(day) => onChange({ ...loan, day })} />
      </div>
    </div>
  )
}
