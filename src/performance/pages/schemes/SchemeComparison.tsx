import { useState } from 'react'
import { Amount } from '../../../ui/Amount.tsx'
import { amountText } from '../../../ui/amount-format.ts'
import { Chart } from '../../../ui/Chart.tsx'
import { useContract } from '../../../ui/client.ts'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Change } from '../../../ui/Change.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { KeyFigures } from '../../../ui/KeyFigures.tsx'
import { JobProgress } from '../../../ui/JobProgress.tsx'
import { Note } from '../../../ui/Note.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { mark, usePick, useText } from '../../../ui/text.ts'
import { codeNames, named } from '../../pay-words.rules.ts'
import { watchComparison } from '../../schemes/scheme-change.contract.ts'
import { builderText } from './block-text.ts'

/** Who gains, who loses, what it costs, how the change is spread over people, and what the months did not have. */
export function SchemeComparison({ job }: { job: string }) {
  const t = useText(builderText)
  const pick = usePick()
  const [over, setOver] = useState(false)
  const { data, error, refetch } = useContract(watchComparison, { params: { jobId: job } }, { enabled: !over, refetchEvery: 1000 })
  if (!over && (data?.state === 'DONE' || data?.state === 'FAILED' || data?.state === 'STOPPED')) queueMicrotask(() => setOver(true))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data || data.state !== 'DONE') return <JobProgress title={t('comparing')} job={data ? { ...data, startedAt: null } : { state: 'WAITING', stage: null, done: null, total: null, startedAt: null }} />
  const { found } = data
  if (found === null) return <Note tone="info">{t('notCompared')}</Note>
  const people = (count: number | null): string => (count === null ? '--' : String(count))
  const edge = (fen: string): string => amountText(fen, 'yuan').replace(/\.00$/, '')
  const bucket = ({ from, to }: { from: string | null; to: string | null }): string => (from === null ? `< ${edge(to ?? '0')}` : to === null ? `≥ ${edge(from)}` : t('fromTo', { from: edge(from), to: edge(to) }))
  const span = (months: readonly string[]): string => (months.length < 3 ? months.join(mark('、')) : t('monthsFromTo', { from: months[0] ?? '', to: months.at(-1) ?? '', n: months.length }))
  return (
    <div className="yq-stack" role="status">
      <p>{t('comparedOver', { from: found.from, to: found.to, months: found.months, people: found.people })}</p>
      <KeyFigures figures={[
        { label: t('gain'), value: people(found.gain) }, { label: t('lose'), value: people(found.lose) }, { label: t('same'), value: people(found.same) },
        { label: t('totalCost'), value: <Amount fen={found.afterFen} unit="yuan" withUnit />, note: <Change fen={BigInt(found.afterFen) - BigInt(found.beforeFen)} /> },
      ]} />
      {[found.gain, found.lose, found.same].includes(null) && <p className="yq-quiet yq-small">{t('countsHidden')}</p>}
      <Facts facts={[
        { label: t('paidBefore'), value: <Amount fen={found.beforeFen} unit="yuan" withUnit /> }, { label: t('paidAfter'), value: <Amount fen={found.afterFen} unit="yuan" withUnit /> },
        { label: t('carryBefore'), value: <Amount fen={found.carryBeforeFen} unit="yuan" withUnit /> }, { label: t('carryAfter'), value: <Amount fen={found.carryAfterFen} unit="yuan" withUnit /> },
      ]} />
      <Chart title={t('spread')} kind="columns" categories={found.buckets.map(bucket)} sentence={t('spreadSentence', { n: found.people })} series={[{ name: t('people'), values: found.buckets.map(({ people: count }) => (count === null ? null : String(count))) }]} of="number" />
      {found.lacking.length === 0 ? <Note tone="success">{t('nothingLacking')}</Note> : (
        <>
          <Note tone="warning">{t('lacking', { n: found.lackingAll, shown: found.lacking.length })}</Note>
          <PlainTable
            label={t('lackingTable')} stack="short" columns={[{ key: 'person', title: t('person') }, { key: 'item', title: t('item') }, { key: 'why', title: t('why') }, { key: 'months', title: t('months') }]}
            rows={found.lacking.map((one) => ({
              key: `${one.staffNo} ${one.code} ${one.why}`,
              cells: [`${one.name} ${one.staffNo}`, one.item === null ? pick(named(codeNames, one.code)) : pick({ zh: one.item, en: one.itemEn ?? one.item }), t(one.why), span(one.months)],
            }))}
          />
        </>
      )}
    </div>
  )
}
