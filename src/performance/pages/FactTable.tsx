import { Link } from 'react-router'
import { DataTable, type Source } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useText, usePick } from '../../ui/text.ts'
import type { List } from '../../ui/useListState.ts'
import type { FactShown } from '../statement.contract.ts'
import { codeNames, gradeNames, named, reasons } from '../pay-words.rules.ts'
import { payText } from './pay-text.ts'

/** The facts behind a line, each with its customer, amount, share and what it gave. `customers`: links lead to the customer's page. */
export function FactTable({ list, source, customers }: { list: List; source: Source<FactShown>; customers: boolean }) {
  const t = useText(payText)
  const pick = usePick()
  const stock = source.data?.items.some((fact) => fact.heldDays !== null) ?? false
  const money = source.data?.items.some((fact) => fact.moneyFen !== null) ?? false
  const points = source.data?.items.some((fact) => fact.points !== null) ?? false
  const value = source.data?.items.some((fact) => fact.value !== null && fact.countedFen === null && fact.points === null && fact.moneyFen === null) ?? false
  const remark = (fact: FactShown): string => [
    fact.note === null ? null : noteText(fact.note, pick), fact.why === null ? null : pick(named(reasons, fact.why)), fact.kind === 'BASE' ? pick({ zh: '冻结基数', en: 'frozen base' }) : fact.kind === 'FULL_MARK' ? pick({ zh: '基础分', en: 'points to begin with' }) : null,
    growthRemark(fact, pick),
    fact.kind === 'FORM' ? t('byForm') : null,
  ].filter(Boolean).join(' · ')
  return (
    <DataTable<FactShown>
      label={t('factsTitle')} list={list} source={source} rowKey={(fact) => `${fact.line} ${fact.factId}`} measure="条" measureEn="{n|fact|facts}" unit="yuan" empty={<EmptyState title={t('noFacts')} />}
      columns={[
        { key: 'customer', title: t('customer'), show: (fact) => <CustomerOf fact={fact} link={customers} /> },
        { key: 'date', title: t('date'), kind: 'date', value: (fact) => fact.date, form: 'data', emptyAt: true },
        { key: 'amount', title: t('amount'), kind: 'amount', value: (fact) => fact.amountFen, emptyAt: true },
        { key: 'share', title: t('share'), kind: 'number', value: (fact) => fact.sharePct, decimals: 2, emptyAt: true },
        ...(stock ? [{ key: 'days', title: t('days'), kind: 'number' as const, value: (fact: FactShown) => fact.heldDays }] : []),
        { key: 'counted', title: t('counted'), kind: 'amount', value: (fact) => fact.countedFen, emptyAt: true },
        ...(points ? [{ key: 'points', title: t('points'), kind: 'number' as const, value: (fact: FactShown) => fact.points, decimals: 2, emptyAt: true as const }] : []),
        ...(money ? [{ key: 'money', title: t('money'), kind: 'amount' as const, value: (fact: FactShown) => fact.moneyFen, emptyAt: true as const }] : []),
        ...(value ? [{ key: 'value', title: t('value'), kind: 'number' as const, value: (fact: FactShown) => fact.value, decimals: 2, emptyAt: true as const }] : []),
        { key: 'remark', title: t('remark'), emptyAt: (fact) => remark(fact) === '', show: (fact) => remark(fact) || '--' },
        ...(customers ? [{ key: 'bookings', title: t('bookings'), card: 'none' as const, show: (fact: FactShown) => bookingsTo(fact) === null ? '--' : <Link to={bookingsTo(fact) ?? ''}>{t('openBookings')}</Link> }] : []),
      ]}
    />
  )
}

// a growth is taken between two days: the month's end and last year's, or those of a post (decision 0062)
function growthRemark({ line, date }: FactShown, pick: (text: { zh: string; en: string }) => string): string | null {
  const [, side] = /NET_GROWTH_(END|START)$/.exec(line) ?? []
  if (side === undefined) return null
  if (side === 'END') return pick({ zh: '期末本金', en: 'principal at the end' })
  return pick(date?.endsWith('-12-31') === true ? { zh: '上年末本金', en: 'principal at the end of last year' } : { zh: '到岗前一日本金', en: 'principal on the day before the post began' })
}

const bookingsTo = (fact: FactShown): string | null =>
  fact.customer === null || fact.customer.name === null || (fact.kind !== 'ACCOUNT' && fact.kind !== 'LOAN') ? null : `/customers/${fact.customer.id}/pay-facts/${fact.factId}?month=${fact.ofMonth}`

function CustomerOf({ fact, link }: { fact: FactShown; link: boolean }) {
  const t = useText(payText)
  const pick = usePick()
  if (fact.customer === null) return <>{pick(named(codeNames, fact.line))}</>
  if (fact.customer.name === null) return <span className="yq-quiet">{link ? t('outOfScope') : fact.customer.id.slice(-12)}</span>
  return link ? <Link className="yq-name" to={`/customers/${fact.customer.id}`}>{fact.customer.name}</Link> : <>{fact.customer.name}</>
}

// "报告 L11 · EXCELLENT": the grade in the reader's language
function noteText(note: string, pick: (text: { zh: string; en: string }) => string): string {
  const place = note.lastIndexOf(' · ')
  return place < 0 ? note : `${note.slice(0, place)} · ${pick(named(gradeNames, note.slice(place + 3)))}`
}

