import { Button } from 'antd'
import { useEffect } from 'react'
import { useLocation, useSearchParams } from 'react-router'
import { Amount } from '../../../ui/Amount.tsx'
import { amountText } from '../../../ui/amount-format.ts'
import { Block } from '../../../ui/Block.tsx'
import { Chart } from '../../../ui/Chart.tsx'
import { useContract } from '../../../ui/client.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ExplanationTree, type Explained } from '../../../ui/ExplanationTree.tsx'
import { KeyFigures } from '../../../ui/KeyFigures.tsx'
import { Meter } from '../../../ui/Meter.tsx'
import { Note } from '../../../ui/Note.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { useMode, useSettings } from '../../../ui/settings.ts'
import { useText, type Say } from '../../../ui/text.ts'
import { chartColours } from '../../../ui/theme.ts'
import { getCustomerValue, type CustomerValue, type ValueLineView } from '../../value/value.contract.ts'
import { rateText } from './value-terms.ts'
import { valueText } from './value-text.ts'

type T = Say<typeof valueText>
type Shown = NonNullable<CustomerValue['shown']>
const yuan = (fen: string): string => amountText(fen, 'yuan')

/** What an opened customer is worth: by month, by product, down to the lines and the rates; loyalty from what is known. */
export function ValueTab({ customerId }: { customerId: string }) {
  const t = useText(valueText)
  const [address, setAddress] = useSearchParams()
  const months = address.get('months') === '24' ? '24' : '12'
  const wanted = address.get('valueMonth') ?? undefined
  const { data, error, refetch, isFetching } = useContract(getCustomerValue, { params: { customerId }, query: { months, ...(wanted !== undefined && /^\d{4}-\d{2}$/.test(wanted) ? { month: wanted } : {}) } })
  const choose = (name: string, value: string): void => setAddress((before) => {
    const after = new URLSearchParams(before)
    after.set(name, value)
    return after
  }, { replace: true })
  const place = useLocation()
  useEffect(() => {
    if (place.hash === '#value-why') document.getElementById('value-why')?.scrollIntoView()
  }, [place.hash, place.key, data === undefined])
  const block = { source: t('source'), loading: !data, error: data ? undefined : error, onRetry: () => void refetch(), updating: isFetching && !!data }
  const shown = data?.shown
  if (!data || !shown) return <Block title={t('title')} {...block}>{data && <EmptyState title={t('none')} hint={t('noneHint')} />}</Block>
  return (
    <>
      <Block
        title={`${t('title')} ${shown.month}`} asOf={shown.computedOn} {...block}
        actions={(['12', '24'] as const).map((value) => <Button key={value} size="small" aria-pressed={months === value} type={months === value ? 'primary' : 'default'} ghost={months === value} onClick={() => choose('months', value)}>{t(value === '12' ? 'm12' : 'm24')}</Button>)}
      >
        {data.example && <Note tone="info">{t('example')}</Note>}
        <Figures shown={shown} yearFen={data.yearFen} why={`${place.search}#value-why`} t={t} />
        <p>{comparison(shown, t)}</p>
        {shown.missing.length > 0 && <p className="yq-quiet">{t('missing', { list: shown.missing.map((one) => missingText(one, t)).join(t('listMark')) })}</p>}
        <Chart title={t('trend')} kind="columns" categories={data.months.map((one) => one.month)} series={[{ name: t('preTax'), values: data.months.map((one) => one.preTaxFen) }]} of="fen" axis={t('month')} />
      </Block>
      <Products shown={shown} />
      <Block title={t('why')} id="value-why" asOf={shown.computedOn}><Explanation shown={shown} t={t} /></Block>
      <LoyaltyBlock loyalty={data.loyalty} asOf={data.asOf} />
    </>
  )
}

function Figures({ shown, yearFen, why, t }: { shown: Shown; yearFen: string | null; /** Where the calculation stands. */ why: string; t: T }) {
  return (
    <KeyFigures figures={[
      { label: t('preTax'), value: <Amount fen={shown.preTaxFen} unit="yuan" withUnit />, note: yearFen === null ? undefined : <>{t('year')} <Amount fen={yearFen} withUnit /></>, to: why },
      { label: t('net'), value: <Amount fen={shown.netFen} unit="yuan" withUnit />, to: why }, { label: t('eva'), value: <Amount fen={shown.evaFen} unit="yuan" withUnit />, to: why },
      { label: t('raroc'), note: t('rarocHow'), value: shown.rarocPct === null ? t('notApplicable') : `${Number(shown.rarocPct).toFixed(2)}%` },
    ]} />
  )
}

function comparison({ median, preTaxFen }: Shown, t: T): string {
  if (median === null) return t('tooFew')
  const difference = BigInt(preTaxFen) - BigInt(median.preTaxFen)
  const size = (difference < 0n ? -difference : difference).toString()
  return t('compared', { told: difference === 0n ? t('same') : t(difference < 0n ? 'below' : 'above', { x: yuan(size) }), median: yuan(median.preTaxFen), n: median.customers })
}

const missingNames = ['BILLS', 'WEALTH_FEES', 'FEES', 'LOAN_RATE', 'TIME_RATE', 'FOREIGN'] as const
const missingText = (code: string, t: T): string => {
  const known = missingNames.find((one) => one === code)
  return known ? t(known) : code
}

/** One stacked bar of what earns; the table beside it has the costs as well and sums to the customer. */
function Products({ shown }: { shown: Shown }) {
  const t = useText(valueText)
  const { language } = useSettings()
  const colours = chartColours[useMode()]
  const earning = shown.products.filter((part) => part.sharePct !== null)
  const [first] = earning
  return (
    <Block title={t('byProduct')} asOf={shown.computedOn}>
      {first && (
        <>
          <p className="yq-quiet">{t('shareSentence', { product: first.product[language], share: first.sharePct ?? '' })}</p>
          <div aria-hidden="true" style={{ display: 'flex', height: 24, gap: 2, marginBottom: 12 }}>
            {earning.slice(0, 6).map((part, place) => <span key={part.product.zh} title={`${part.product[language]} ${part.sharePct ?? ''}%`} style={{ width: `${part.sharePct ?? 0}%`, minWidth: 2, background: colours[place] }} />)}
          </div>
        </>
      )}
      <PlainTable
        label={t('byProduct')} columns={[{ key: 'product', title: t('product') }, { key: 'amount', title: t('amount'), right: true }, { key: 'share', title: t('share'), right: true }]}
        rows={[
          ...shown.products.map((part, place) => ({
            key: part.product.zh,
            cells: [
              <span key="name"><span aria-hidden="true" style={{ display: 'inline-block', width: 10, height: 10, marginRight: 6, background: part.sharePct === null ? 'transparent' : (colours[Math.min(place, 5)] ?? 'transparent') }} />{part.product[language]}</span>,
              <Amount key="amount" fen={part.amountFen} unit="yuan" />, <span key="share" className="yq-num">{part.sharePct === null ? t('costs') : `${part.sharePct}%`}</span>,
            ],
          })),
          { key: 'sum', cells: [<strong key="name">{t('sum')}</strong>, <strong key="amount"><Amount fen={shown.preTaxFen} unit="yuan" /></strong>, ''] },
        ]}
      />
    </Block>
  )
}

const kindText = (kind: ValueLineView['kind'], t: T): string => t(kind === 'FEES' ? 'FEE_LINE' : kind)

function howOf(line: ValueLineView, days: number, t: T): string | undefined {
  const base = line.baseFen === null ? '' : yuan(line.baseFen)
  const rate = line.rate === null ? '' : rateText(line.rate)
  const term = line.term === null ? '' : line.term === 0 ? t('demand') : t('months', { n: line.term })
  const from = line.priceFrom === null || line.priceFrom === '1900-01-01' ? t('installed') : line.priceFrom
  const ftp = line.ftpRate === null ? '' : rateText(line.ftpRate)
  if (line.kind === 'DEPOSIT') return t('depositHow', { base, ftp, rate, days, term, from })
  if (line.kind === 'LOAN_FUNDING') return t('fundingHow', { base, ftp, days, term, from })
  if (line.kind === 'LOAN_VAT' || line.kind === 'FEE_VAT') return t('vatHow', { base, rate })
  if (line.kind === 'LOAN_SURCHARGE' || line.kind === 'FEE_SURCHARGE') return t('surchargeHow', { base, rate })
  if (line.times !== null) return t('timesHow', { n: line.times })
  return line.rate === null ? undefined : t('rateHow', { base, rate, days })
}

/** The rows behind a line: the accounts and loans, the bookings, the contacts. */
function factsOf(kind: ValueLineView['kind'], t: T): { label: string; to: string }[] {
  if (kind === 'DEPOSIT' || kind === 'LOAN_INTEREST') return [{ label: t('seeHoldings'), to: '?tab=holdings' }]
  if (kind === 'FEES' || kind === 'TRANSACTIONS') return [{ label: t('seeFlows'), to: '?tab=flows' }]
  return kind === 'CONTACTS' ? [{ label: t('seeContacts'), to: '?tab=contacts' }] : []
}

function Explanation({ shown, t }: { shown: Shown; t: T }) {
  const { language } = useSettings()
  const kinds = [...new Set(shown.lines.map((line) => line.kind))]
  const children = kinds.map((kind): Explained => {
    const lines = shown.lines.filter((line) => line.kind === kind)
    const nodes = lines.map((line, place): Explained => ({ key: `${kind}${place}`, name: line.product === null ? kindText(kind, t) : line.product[language], result: line.amountFen, as: 'fen', rounded: true, how: howOf(line, shown.days, t), links: factsOf(line.kind, t) }))
    const [only] = nodes
    return only && nodes.length === 1 && lines[0]?.product === null ? only : { key: kind, name: kindText(kind, t), result: lines.reduce((sum, line) => sum + BigInt(line.amountFen), 0n).toString(), as: 'fen', children: nodes }
  })
  const root: Explained = {
    key: 'eva', name: t('eva'), result: shown.evaFen, as: 'fen', how: `${t('net')} ${yuan(shown.netFen)} − ${t('charge')} ${yuan(shown.chargeFen).replace(/^[-−]/, '')}`,
    children: [
      {
        key: 'net', name: t('net'), result: shown.netFen, as: 'fen',
        children: [{ key: 'pre', name: t('preTax'), result: shown.preTaxFen, as: 'fen', how: t('lines'), children }, { key: 'tax', name: t('tax'), result: shown.taxFen, as: 'fen', rounded: true, how: t('taxHow', { rate: rateText(shown.taxRate) }) }],
      },
      { key: 'charge', name: t('charge'), result: shown.chargeFen, as: 'fen', rounded: true, how: t('chargeHow', { capital: yuan(shown.capitalFen), rate: rateText(shown.hurdleRate), days: shown.days }) },
    ],
  }
  return <ExplanationTree root={root} label={t('why')} open={3} />
}

const partNames = ['shareOfWallet', 'years', 'productLines', 'payrollOrMainAccount', 'complaintFree'] as const

function LoyaltyBlock({ loyalty, asOf }: { loyalty: CustomerValue['loyalty']; asOf: string }) {
  const t = useText(valueText)
  const name = (part: string): string => { const known = partNames.find((one) => one === part); return known ? t(known) : part }
  const told = (part: string, value: string): string => part === 'shareOfWallet' ? t('percent', { x: value }) : part === 'years' ? t('yearsTold', { x: value }) : part === 'productLines' ? t('linesTold', { x: value }) : value === '1' ? t('payrollTold') : value === '0.5' ? t('mainTold') : t('noneTold')
  const unknown = loyalty.parts.filter((part) => part.points === null)
  return (
    <Block title={t('loyalty')} asOf={asOf}>
      <div className="yq-row"><strong className="yq-num" style={{ fontSize: 24 }}>{loyalty.index ?? '--'}</strong><span className="yq-quiet">{t('loyaltyOf')}</span><span style={{ width: 160 }}><Meter ratio={loyalty.index === null ? null : String(Number(loyalty.index) / 100)} /></span></div>
      {unknown.length > 0 && <p className="yq-quiet">{t('without', { list: unknown.map((part) => name(part.part)).join(t('listMark')) })}</p>}
      <PlainTable
        label={t('loyalty')} columns={[{ key: 'part', title: t('part') }, { key: 'known', title: t('known') }, { key: 'points', title: t('points'), right: true }, { key: 'most', title: t('most'), right: true }]}
        rows={loyalty.parts.map((part) => ({ key: part.part, cells: [name(part.part), part.told === null ? <span key="u" className="yq-quiet">{t('unknown')}</span> : told(part.part, part.told), part.points ?? '--', part.weight] }))}
      />
    </Block>
  )
}
