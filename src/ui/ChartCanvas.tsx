import { BarChart, LineChart, RadarChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, RadarComponent, TooltipComponent } from 'echarts/components'
import { init, use, type EChartsType } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { inLines, type CanvasProps } from './chart-view.ts'
import { chartColours, cssVariables, fontFamily } from './theme.ts'

use([LineChart, BarChart, RadarChart, RadarComponent, GridComponent, TooltipComponent, LegendComponent, AriaComponent, SVGRenderer])

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
    drawn.current?.setOption(optionOf(props, (box.current?.clientWidth ?? 600) < 420), { notMerge: true })
  })
  return <div ref={box} className="yq-chart-canvas" style={{ height: props.height }} aria-hidden="true" />
}

/** `narrow`: a phone; names beside the drawing get less room. */
function optionOf(props: CanvasProps, narrow: boolean): Parameters<EChartsType['setOption']>[0] {
  return props.kind === 'radar' ? radarOf(props, narrow) : props.kind === 'waterfall' ? waterfallOf(props, narrow) : plainOf(props)
}

function plainOf({ kind, categories, series, of, decimals = 0, mode, scale, write }: CanvasProps): Parameters<EChartsType['setOption']>[0] {
  const colours = cssVariables(mode, false)
  const text = colours['--yq-text-2'] ?? ''
  const line = colours['--yq-line'] ?? ''
  const bars = kind === 'bars' || kind === 'columns'
  const sideways = kind === 'bars'
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  const numbers = series.map((one) => one.values.map((value) => (value === null ? null : Number(value) / scale)))
  const category = { type: 'category' as const, data: [...categories], inverse: sideways, axisLine: { lineStyle: { color: line } }, axisTick: { show: false }, axisLabel: { color: text, hideOverlap: true, ...(sideways ? { width: 120, overflow: 'truncate' as const } : {}) } }
  // half a person is nobody
  const value = { type: 'value' as const, min: 0, ...(of === 'number' && decimals === 0 ? { minInterval: 1 } : {}), splitNumber: 4, splitLine: { lineStyle: { color: line } }, axisLabel: { color: text } }
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

const calmNow = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

/** Profiles over one set of spokes: values placed by the largest of all; the table beside tells them. */
function radarOf({ categories, series, mode, scale, write }: CanvasProps, narrow: boolean): Parameters<EChartsType['setOption']>[0] {
  const colours = cssVariables(mode, false)
  const text = colours['--yq-text-2'] ?? ''
  const line = colours['--yq-line'] ?? ''
  const numbers = series.map((one) => one.values.map((value) => (value === null ? 0 : Number(value) / scale)))
  const most = Math.max(1e-9, ...numbers.flat())
  return {
    animation: !calmNow(), animationDuration: 200, textStyle: { fontFamily, color: text }, color: [...chartColours[mode]], aria: { enabled: true },
    legend: { top: 0, left: 0, itemWidth: 16, itemHeight: 8, textStyle: { color: text } },
    tooltip: { trigger: 'item', backgroundColor: colours['--yq-float'], borderColor: line, textStyle: { color: colours['--yq-text'] }, confine: true, formatter: () => categories.map((name, index) => `${safeText(name)} ${series.map((one) => write(one.values[index] ?? null)).join(' / ')}`).join('<br>') },
    radar: { center: ['50%', '56%'], radius: narrow ? '46%' : '64%', indicator: categories.map((name) => ({ name, max: most })), axisName: { color: text, formatter: (name?: string) => inLines(name ?? '', narrow ? 12 : 18) }, splitNumber: 4, axisLine: { lineStyle: { color: line } }, splitLine: { lineStyle: { color: line } }, splitArea: { show: false } },
    series: [{ type: 'radar', symbolSize: 5, data: series.map((one, index) => ({ name: one.name, value: numbers[index] ?? [], lineStyle: { width: 2, type: (['solid', 'dashed'] as const)[index % 2] }, ...(index === 0 ? { areaStyle: { opacity: 0.12 } } : {}) })) }],
  }
}

/** From an amount to another over the changes between them: what rises and what falls hangs on an invisible foot. */
function waterfallOf({ categories, series: [series], mode, scale, write }: CanvasProps, narrow: boolean): Parameters<EChartsType['setOption']>[0] {
  const colours = cssVariables(mode, false)
  const text = colours['--yq-text-2'] ?? ''
  const line = colours['--yq-line'] ?? ''
  const values = (series?.values ?? []).map((value) => (value === null ? 0 : Number(value) / scale))
  const last = values.length - 1
  let level = 0
  const places = values.map((value, index) => {
    const from = index === 0 || index === last ? 0 : level
    level = index === last ? value : from + value
    return { low: Math.min(from, level), size: Math.abs(level - from), end: index === 0 || index === last, rise: level >= from }
  })
  const bar = (which: (place: (typeof places)[number]) => boolean) => places.map((place) => (which(place) ? place.size : 0))
  const stack = { type: 'bar' as const, stack: 'pay', barMaxWidth: 28 }
  return {
    animation: !calmNow(), animationDuration: 200, textStyle: { fontFamily, color: text }, aria: { enabled: true },
    grid: { left: 8, right: 16, top: 16, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: { trigger: 'axis', backgroundColor: colours['--yq-float'], borderColor: line, textStyle: { color: colours['--yq-text'] }, confine: true, formatter: (told: unknown) => tooltipText(told, categories, series ? [series] : [], write) },
    xAxis: { type: 'category', data: [...categories], axisLine: { lineStyle: { color: line } }, axisTick: { show: false }, axisLabel: { color: text, interval: 0, width: 72, overflow: narrow ? 'truncate' : 'break', hideOverlap: true } },
    yAxis: { type: 'value', splitNumber: 4, splitLine: { lineStyle: { color: line } }, axisLabel: { color: text } },
    series: [
      { ...stack, data: places.map(({ low, size, end }) => (end ? 0 : low < 0 && low + size > 0 ? 0 : low)), itemStyle: { color: 'transparent' }, silent: true, tooltip: { show: false } },
      { ...stack, data: bar(({ end }) => end), itemStyle: { color: chartColours[mode][0] } },
      { ...stack, data: bar(({ end, rise }) => !end && rise), itemStyle: { color: colours['--yq-rise'] } },
      { ...stack, data: bar(({ end, rise }) => !end && !rise), itemStyle: { color: colours['--yq-fall'], decal: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -0.8, color: 'rgba(255,255,255,0.35)' } } },
    ],
  }
}

const safeText = (text: string): string => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)

function tooltipText(told: unknown, categories: readonly string[], series: CanvasProps['series'], write: CanvasProps['write']): string {
  const index = (told as readonly { dataIndex: number }[])[0]?.dataIndex ?? 0
  const safe = safeText
  return [safe(categories[index] ?? ''), ...series.map((one) => `${safe(one.name)} ${write(one.values[index] ?? null)}`)].join('<br>')
}
