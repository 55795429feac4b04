import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use, type EChartsType } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import type { CanvasProps } from './chart-view.ts'
import { chartColours, cssVariables, fontFamily } from './theme.ts'

use([LineChart, BarChart, GridComponent, TooltipComponent, LegendComponent, AriaComponent, SVGRenderer])

/** The drawing itself. Values become floating point only here, to be placed on the paper; texts are written from the exact values. */
export default function ChartCanvas(props: CanvasProps) {
  const box = useRef<HTMLDivElement>(null)
  const drawn = useRef<EChartsType | null>(null)
  useEffect(() => {
    if (!box.current) return
    const chart = init(box.current, null, { renderer: 'svg' })
    drawn.current = chart
    const watch = new ResizeObserver(() => chart.resize())
    watch.observe(box.current)
    return () => {
      watch.disconnect()
      chart.dispose()
      drawn.current = null
    }
  }, [])
  useEffect(() => {
    drawn.current?.setOption(optionOf(props), { notMerge: true })
  })
  return <div ref={box} className="yq-chart-canvas" style={{ height: props.height }} aria-hidden="true" />
}

function optionOf({ kind, categories, series, mode, scale, write }: CanvasProps): Parameters<EChartsType['setOption']>[0] {
  const colours = cssVariables(mode, false)
  const text = colours['--yq-text-2'] ?? ''
  const line = colours['--yq-line'] ?? ''
  const bars = kind === 'bars' || kind === 'columns'
  const sideways = kind === 'bars'
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  const numbers = series.map((one) => one.values.map((value) => (value === null ? null : Number(value) / scale)))
  const category = { type: 'category' as const, data: [...categories], inverse: sideways, axisLine: { lineStyle: { color: line } }, axisTick: { show: false }, axisLabel: { color: text, hideOverlap: true, ...(sideways ? { width: 120, overflow: 'truncate' as const } : {}) } }
  const value = { type: 'value' as const, min: 0, splitNumber: 4, splitLine: { lineStyle: { color: line } }, axisLabel: { color: text } }
  // below nothing (a loss) the axis goes as far as the figures do; otherwise it starts at 0
  const negative = numbers.flat().some((one) => one !== null && one < 0)
  const amounts = negative ? { ...value, min: undefined } : value
  return {
    animation: !calm, animationDuration: 200, textStyle: { fontFamily, color: text }, color: [...chartColours[mode]],
    aria: { enabled: true, decal: { show: series.length > 1 && bars } },
    grid: { left: 8, right: 16, top: series.length > 1 ? 36 : 16, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    ...(series.length > 1 ? { legend: { top: 0, left: 0, itemWidth: 16, itemHeight: 8, textStyle: { color: text } } } : {}),
    tooltip: {
      trigger: 'axis', backgroundColor: colours['--yq-float'], borderColor: line, textStyle: { color: colours['--yq-text'] }, confine: true,
      formatter: (told: unknown) => tooltipText(told, categories, series, write),
    },
    xAxis: sideways ? amounts : category,
    yAxis: sideways ? category : amounts,
    series: series.map((one, index) => ({
      name: one.name, data: numbers[index] ?? [],
      ...(bars
        ? { type: 'bar' as const, barMaxWidth: 20 }
        : { type: 'line' as const, step: kind === 'step' ? ('end' as const) : (false as const), symbol: 'circle', symbolSize: 5, showSymbol: categories.length <= 24, lineStyle: { width: 2, type: (['solid', 'dashed', 'dotted'] as const)[index % 3] } }),
    })),
  }
}

function tooltipText(told: unknown, categories: readonly string[], series: CanvasProps['series'], write: CanvasProps['write']): string {
  const index = (told as readonly { dataIndex: number }[])[0]?.dataIndex ?? 0
  const safe = (text: string): string => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)
  return [safe(categories[index] ?? ''), ...series.map((one) => `${safe(one.name)} ${write(one.values[index] ?? null)}`)].join('<br>')
}
