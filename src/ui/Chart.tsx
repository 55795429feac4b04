import { Button } from 'antd'
import { lazy, Suspense, use, useMemo, useState } from 'react'
import { amountText, decimalText, percentText, unitFor, unitName, type Unit } from './amount-format.ts'
import { Nothing } from './Amount.tsx'
import { BlockTitle } from './Block.tsx'
import type { ChartProps, ChartSeries } from './chart-view.ts'
import { useMode, useSettings } from './settings.ts'
import { Skeleton } from './Skeleton.tsx'
import { useText, type Say } from './text.ts'
import { uiText } from './ui-text.ts'
import { useBank } from './UiProvider.tsx'

const ChartCanvas = lazy(() => import('./ChartCanvas.tsx'))

/** A drawing with its title, one sentence, and the same numbers as a table. The library comes only when a chart is shown. */
export function Chart(props: ChartProps) {
  const { title, categories, series, of, decimals, axis, asOf, height = 240 } = props
  const t = useText(uiText)
  const mode = useMode()
  const { language } = useSettings()
  const { money } = useBank()
  const [table, setTable] = useState(false)
  const repeated = use(BlockTitle) === title
  const unit = useMemo<Unit>(() => (of === 'fen' ? unitFor(largest(series)) : 'yuan'), [of, series])
  const unitWord = of === 'fen' ? unitName(unit, language, money) : of === 'ratio' ? '%' : ''
  const write = (value: string | null): string => (value === null ? '--' : of === 'fen' ? amountText(value, unit) : of === 'ratio' ? percentText(value, decimals ?? 2) : decimalText(value, decimals ?? 0))
  const empty = series.every((one) => one.values.every((value) => value === null))
  const sentence = props.sentence ?? (empty ? t('chartEmpty') : sentenceOf(props, write, of === 'fen' ? unitWord : '', t))
  const told = [unitWord === '' ? null : unitWord, asOf === undefined ? null : t('asOf', { date: asOf })].filter(Boolean).join(' · ')
  return (
    <figure className="yq-chart" aria-label={title}>
      <figcaption>
        <span>
          <strong className={repeated ? 'yq-sr' : undefined}>{title}</strong>
          {told !== '' && <span className="yq-block-of">{` ${told}`}</span>}
          {!(repeated && told === '') && <br />}
          <span className="yq-quiet">{sentence}</span>
        </span>
        {!empty && <Button size="small" onClick={() => setTable(!table)} className="yq-no-print">{t(table ? 'showChart' : 'showData')}</Button>}
      </figcaption>
      {empty ? null : table ? <DataOf categories={categories} series={series} write={write} axis={axis ?? t('period')} label={title} /> : (
        <Suspense fallback={<div style={{ height }}><Skeleton /></div>}>
          <ChartCanvas {...props} height={height} mode={mode} language={language} scale={scaleOf(of, unit)} write={write} notFromZero={t('axisNotZero')} />
        </Suspense>
      )}
    </figure>
  )
}

const scaleOf = (of: ChartProps['of'], unit: Unit): number => (of === 'fen' ? { yuan: 100, wan: 1_000_000, yi: 10_000_000_000 }[unit] : of === 'ratio' ? 0.01 : 1)

function largest(series: readonly ChartSeries[]): bigint {
  let found = 0n
  for (const one of series) for (const value of one.values) {
    if (value === null) continue
    const size = BigInt(value) < 0n ? -BigInt(value) : BigInt(value)
    if (size > found) found = size
  }
  return found
}

function sentenceOf({ kind, categories, series: [series] }: ChartProps, write: (value: string | null) => string, unit: string, t: Say<typeof uiText>): string {
  const points = (series?.values ?? []).map((value, index) => ({ value, at: categories[index] ?? '' })).filter((point): point is { value: string; at: string } => point.value !== null)
  const [first] = points
  const last = points.at(-1)
  if (!series || !first || !last) return t('chartEmpty')
  const sorted = [...points].sort((a, b) => Number(a.value) - Number(b.value))
  const [low = first] = sorted
  const high = sorted.at(-1) ?? last
  const span = (): string => t('chartBars', { name: series.name, highAt: high.at, high: write(high.value), lowAt: low.at, low: write(low.value), unit }).replaceAll(' ）', '）').replaceAll(' )', ')')
  if (kind === 'bars' && points.length > 1) return span()
  const common = { name: series.name, first: write(first.value), last: write(last.value), unit }
  if (Number(last.value) > Number(first.value)) return t('chartRise', { ...common, lowAt: low.at, low: write(low.value) })
  if (Number(last.value) < Number(first.value)) return t('chartFall', { ...common, highAt: high.at, high: write(high.value) })
  // it came back to where it began, which is not that it stood still
  if (Number(high.value) > Number(low.value)) return span()
  return t('chartFlat', { name: series.name, last: write(last.value), unit })
}

function DataOf({ categories, series, write, axis, label }: { categories: readonly string[]; series: readonly ChartSeries[]; write: (value: string | null) => string; axis: string; label: string }) {
  return (
    <div className="yq-scroll" tabIndex={0} role="region" aria-label={label}>
      <table className="yq-plain-table">
        <thead>
          <tr>
            <th scope="col">{axis}</th>
            {series.map((one) => <th key={one.name} scope="col" className="yq-right">{one.name}</th>)}
          </tr>
        </thead>
        <tbody>
          {categories.map((category, index) => (
            <tr key={category}>
              <th scope="row">{category}</th>
              {series.map((one) => <td key={one.name} className="yq-right yq-num">{one.values[index] === null || one.values[index] === undefined ? <Nothing /> : write(one.values[index])}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
