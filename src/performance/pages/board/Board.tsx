import { Segmented, Select } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { exact } from '../../../foundation/values/decimal.ts'
import type { ReplyOf } from '../../../foundation/http/contract.ts'
import { Amount } from '../../../ui/Amount.tsx'
import { unitFor, unitName } from '../../../ui/amount-format.ts'
import { Block } from '../../../ui/Block.tsx'
import { Change } from '../../../ui/Change.tsx'
import { Chart } from '../../../ui/Chart.tsx'
import type { ChartProps } from '../../../ui/chart-view.ts'
import { useContract } from '../../../ui/client.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { KeyFigures } from '../../../ui/KeyFigures.tsx'
import { Meter } from '../../../ui/Meter.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { Percent } from '../../../ui/Percent.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { usePhone, useSettings } from '../../../ui/settings.ts'
import { aside, mark, usePick, useText } from '../../../ui/text.ts'
import { useBank } from '../../../ui/UiProvider.tsx'
import { readBoard } from '../../board/board.contract.ts'
import { differenceOf } from '../../board/difference.rules.ts'
import { groupings, type IndicatorUnit } from '../../indicator.contract.ts'
import { indicatorText, valueText } from '../indicator-text.ts'
import { boardText } from './board-text.ts'

type BoardShown = ReplyOf<typeof readBoard>
/** How a chart takes values of a unit; a percentage becomes the ratio that charts want. */
const ofUnit = (unit: IndicatorUnit): Pick<ChartProps, 'of' | 'decimals'> => (unit === 'FEN' ? { of: 'fen' } : unit === 'PERCENT' ? { of: 'ratio' } : { of: 'number', decimals: unit === 'COUNT' ? 0 : 2 })
const inChart = (value: string | null, unit: IndicatorUnit): string | null => (value === null || unit !== 'PERCENT' ? value : exact(value).div(100).toFixed())

/** Development, place and profile of one's own results, the line's or the bank's; month, indicator and person stand in the address. */
export default function Board() {
  const t = useText(boardText)
  const pick = usePick()
  const [address, setAddress] = useSearchParams()
  const chosen = (key: string): Record<string, string> => (address.get(key) === null ? {} : { [key]: address.get(key) ?? '' })
  const by = groupings.find((one) => one === address.get('by')) ?? 'MANAGER'
  const { data, error, refetch } = useContract(readBoard, { query: { by, ...chosen('month'), ...chosen('indicator'), ...chosen('person') } }, { keepOld: true })
  const to = (key: string, value: string): void => setAddress(new URLSearchParams([...[...address].filter(([name]) => name !== key), [key, value]]))
  const indicator = data?.indicator ?? null
  const name = indicator ? pick({ zh: indicator.name, en: indicator.nameEn }) : ''
  const shown = data?.indicators.find(({ code }) => code === indicator?.code)
  return (
    <Page>
      <PageHeader
        title={t('title')} {...(data ? { sub: `${t(data.breadth)}${data.asOf === null ? '' : ` · ${data.month ?? ''}`}` } : {})}
        actions={data && data.months.length > 0 && (
          <>
            <Select aria-label={t('month')} value={data.month ?? ''} options={data.months.map((value) => ({ value, label: value }))} onChange={(value: string) => to('month', value)} style={{ minWidth: 110 }} />
            <Select aria-label={t('indicator')} value={indicator?.code ?? ''} options={data.indicators.map((one) => ({ value: one.code, label: pick({ zh: one.name, en: one.nameEn }) }))} onChange={(value: string) => to('indicator', value)} style={{ minWidth: 180 }} />
          </>
        )}
      />
      {!data || !indicator || !shown ? (
        <Block title={t('title')} loading={!data} error={error} onRetry={() => void refetch()}>{data && <EmptyState title={data.months.length === 0 ? t('empty') : t('nobody')} hint={data.months.length === 0 ? t('emptyHint') : undefined} />}</Block>
      ) : (
        <>
          <KeyFigures figures={[
            { label: name, value: <Value of={shown.value} unit={indicator.unit} />, note: shown.before === null || shown.value === null ? '--' : <>{t('against')} <Value of={shown.before} unit={indicator.unit} /></>, to: `/indicators/${indicator.code}?month=${data.month ?? ''}` },
            { label: t('timeProgress'), value: <Percent ratio={data.timeProgress} />, note: data.asOf ?? '' },
            { label: t('completion'), value: data.target ? <><Percent ratio={data.target.completion} /><Meter ratio={data.target.completion} mark={data.timeProgress} /></> : '--', note: data.target ? t('toTime', { ratio: data.target.toTime }) : t('noTarget') },
            data.breadth === 'SELF' || data.place ? { label: t('place'), value: data.place ? t('placeAt', { place: data.place.place }) : '--', note: data.place ? t('placeOf', { of: data.place.of }) : t('placeNone') } : { label: t('people'), value: data.people, note: '' },
          ]} />
          <div className="yq-grid" data-columns="2">
            <Block title={t('trend', { name })} asOf={data.asOf ?? undefined}>
              <Chart title={t('trend', { name })} kind="line" categories={data.trend.map((one) => one.month)} series={[{ name, values: data.trend.map((one) => inChart(one.value, indicator.unit)) }]} {...ofUnit(indicator.unit)} />
            </Block>
            <Profile data={data} />
          </div>
          {data.breadth !== 'SELF' && (
            <Block title={t('ranking', { name })} asOf={data.asOf ?? undefined} actions={<Segmented aria-label={t('by')} value={by} options={groupings.map((value) => ({ value, label: t(value) }))} onChange={(value) => to('by', String(value))} />}>
              {data.enough ? <Ranking data={data} name={name} unit={indicator.unit} /> : <p className="yq-quiet">{t('tooFew')}</p>}
            </Block>
          )}
          {data.pay.length > 0 && (
            <Block title={t('payTrend')}>
              <Chart title={t('payTrend')} kind="columns" categories={data.pay.map((one) => one.month)} series={[{ name: t('pay'), values: data.pay.map((one) => one.payableFen) }]} of="fen" />
            </Block>
          )}
          <Block title={t('all')} asOf={data.asOf ?? undefined}>
            <PlainTable
              label={t('all')} stack="short" columns={[{ key: 'name', title: t('indicator') }, { key: 'value', title: t('value'), right: true }, { key: 'before', title: t('before'), right: true }, { key: 'change', title: t('change'), right: true }]}
              rows={data.indicators.map((one) => ({ key: one.code, cells: [<Link key="n" to={`/indicators/${one.code}?month=${data.month ?? ''}`}>{pick({ zh: one.name, en: one.nameEn })}</Link>, <Value key="v" of={one.value} unit={one.unit} inCell />, <Value key="b" of={one.before} unit={one.unit} inCell />, <Difference key="c" {...one} />] }))}
            />
          </Block>
        </>
      )}
    </Page>
  )
}

/** A value of an indicator: amounts in the unit that fits, with yuan and fen on hover. */
function Value({ of, unit, inCell = false }: { of: string | null; unit: IndicatorUnit; inCell?: boolean }) {
  const ti = useText(indicatorText)
  return unit === 'FEN' ? <Amount fen={of} inCell={inCell} /> : <>{valueText(of, unit, ti)}</>
}

function Difference(given: { value: string | null; before: string | null; unit: IndicatorUnit }) {
  const difference = differenceOf(given)
  return difference === null ? <>--</> : <Change {...difference} />
}

function Ranking({ data, name, unit }: { data: BoardShown; name: string; unit: IndicatorUnit }) {
  const t = useText(boardText)
  const ti = useText(indicatorText)
  const { language } = useSettings()
  const { money } = useBank()
  const phone = usePhone()
  const [address] = useSearchParams()
  // one unit for the column, named in its head
  const amounts = data.ranking.flatMap(({ value }) => (value === null ? [] : [value.startsWith('-') ? value.slice(1) : value])).map(BigInt)
  const scale = unit === 'FEN' ? unitFor(amounts.reduce((most, one) => (one > most ? one : most), 0n)) : null
  const drawn = data.ranking.slice(0, 15)
  const profileOf = (staffKey: number): string => `?${new URLSearchParams([...[...address].filter(([key]) => key !== 'person'), ['person', String(staffKey)]]).toString()}`
  return (
    <>
      <Chart title={t('ranking', { name })} kind="bars" height={Math.max(160, drawn.length * 26)} categories={drawn.map((row) => row.name)} series={[{ name, values: drawn.map((row) => inChart(row.value, unit)) }]} {...ofUnit(unit)} />
      <PlainTable
        label={t('ranking', { name })} stack="short" columns={[...(phone ? [] : [{ key: 'place', title: '#', right: true }]), { key: 'name', title: t('by') }, { key: 'value', title: scale === null ? (phone ? '' : name) : phone ? unitName(scale, language, money) : aside(name, unitName(scale, language, money)), right: true }, { key: 'profile', title: '' }]}
        rows={data.ranking.map((row, place) => ({ key: row.key, cells: [...(phone ? [] : [place + 1]), `${phone ? `${place + 1} ` : ''}${row.unitName === '' ? row.name : aside(row.name, row.unitName)}`, scale === null ? valueText(row.value, unit, ti) : <Amount key="v" fen={row.value} unit={scale} inCell />, row.staffKey === null ? '' : <Link key="p" to={profileOf(row.staffKey)}>{t('profileOf')}</Link>] }))}
      />
    </>
  )
}

function Profile({ data: { radar, asOf } }: { data: BoardShown }) {
  const t = useText(boardText)
  const pick = usePick()
  if (!radar) return <Block title={t('radar')}><p className="yq-quiet">{t('noRadar')}</p></Block>
  const title = radar.name === '' ? t('radar') : t('radarOf', { name: radar.name })
  const word = (one: { name: string; nameEn: string }): string => pick({ zh: one.name, en: one.nameEn })
  const above = radar.spokes.filter(({ ratio }) => exact(ratio).gt(1)).map(word)
  return (
    <Block title={title} asOf={asOf ?? undefined}>
      <Chart
        title={title} kind="radar" of="number" decimals={2} axis={t('indicator')} height={300} categories={radar.spokes.map(word)} sentence={t('radarSentence', { people: radar.people, above: above.length === 0 ? t('none') : above.join(mark('、')) })}
        series={[{ name: radar.name === '' ? t('line') : radar.name, values: radar.spokes.map(({ ratio }) => ratio) }, { name: t('median'), values: radar.spokes.map(() => '1') }]}
      />
      <PlainTable
        label={title} stack="short" columns={[{ key: 'name', title: t('indicator') }, { key: 'own', title: radar.name === '' ? t('line') : radar.name, right: true }, { key: 'median', title: t('median'), right: true }]}
        rows={radar.spokes.map((one) => ({ key: one.code, cells: [word(one), <Value key="o" of={one.own} unit={one.unit} inCell />, <Value key="m" of={one.median} unit={one.unit} inCell />] }))}
      />
    </Block>
  )
}
