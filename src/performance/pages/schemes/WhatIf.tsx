import { Button } from 'antd'
import { useState } from 'react'
import type { ReplyOf } from '../../../foundation/http/contract.ts'
import { Amount } from '../../../ui/Amount.tsx'
import { amountText } from '../../../ui/amount-format.ts'
import { Block } from '../../../ui/Block.tsx'
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
import { codeNames, named } from '../../pay-words.rules.ts'
import { openWhatIf, tryWhatIf } from '../../schemes/what-if.contract.ts'
import { tellSteps } from '../../statement/tell-statement.rules.ts'
import { explainTold } from '../explain-told.ts'
import { fenTyped, numberTyped } from '../typed-trial.ts'
import { TypedGrid, type GridRow } from '../TypedGrid.tsx'
import { builderText } from './block-text.ts'

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

function Sandbox({ ground }: { ground: Ground }) {
  const t = useText(builderText)
  const pick = usePick()
  const { language } = useSettings()
  const [events, setEvents] = useState<GridRow[]>(ground.events.filter(({ unitFen, code }) => unitFen === null ? code.startsWith('NEW') : true).map(({ code, unitFen, points }) => ({
    code, name: pick(named(codeNames, code)), each: unitFen === null ? points : `${points} / ${amountText(unitFen, 'yuan').replace(/\.00$/, '')}`, count: '', amount: '',
  })))
  const [indicators, setIndicators] = useState<GridRow[]>(ground.indicators.map(({ code, name, nameEn, target, actual }) => ({ code, name: pick({ zh: name, en: nameEn }), target: target ?? '--', actual: actual ?? '--', by: '' })))
  const [found, setFound] = useState<ReplyOf<typeof tryWhatIf> | null>(null)
  const [failed, setFailed] = useState<unknown>(null)
  const [wrong, setWrong] = useState(false)
  const work = (): void => {
    const asked = events.filter((row) => (row['count'] ?? '') !== '').map((row) => ({ code: row['code'] ?? '', count: Number(row['count']), amountFen: fenTyped(row['amount']) }))
    const more = indicators.filter((row) => (row['by'] ?? '') !== '').map((row) => ({ code: row['code'] ?? '', by: numberTyped(row['by']) }))
    const bad = asked.some(({ count, amountFen }) => !Number.isInteger(count) || count < 1 || count > 1000 || amountFen === undefined) || more.some(({ by }) => by == null)
    setWrong(bad)
    setFailed(null)
    if (!bad) call(tryWhatIf, { body: { events: asked.map((one) => ({ ...one, amountFen: one.amountFen ?? null })), indicators: more.map(({ code, by }) => ({ code, by: by ?? '0' })) } }).then(setFound, setFailed)
  }
  const told = found === null ? null : tellSteps(found.steps, 'PAYABLE', language)
  const change = found === null ? 0n : BigInt(found.afterFen) - BigInt(found.beforeFen)
  return (
    <>
      <Block title={`${ground.month} · ${pick({ zh: ground.scheme.name, en: ground.scheme.nameEn })}`}>
        <div className="yq-stack">
          {events.length > 0 && <TypedGrid label={t('more')} columns={[{ key: 'name', title: t('event'), fixed: true }, { key: 'each', title: t('points'), fixed: true }, { key: 'count', title: t('count') }, { key: 'amount', title: t('amountEach') }]} rows={events} onChange={setEvents} />}
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
              { label: t('before'), value: <Amount fen={found.beforeFen} unit="yuan" withUnit /> }, { label: t('after'), value: <Amount fen={found.afterFen} unit="yuan" withUnit /> }, { label: t('difference'), value: <Amount fen={change} unit="yuan" withUnit /> },
            ]} />
            {told && <ExplanationTree root={explainTold(told, null, String)} label={t('preview')} open={3} />}
          </div>
        </Block>
      )}
    </>
  )
}
