import { useParams, useSearchParams } from 'react-router'
import { amountText } from '../../ui/amount-format.ts'
import { Amount } from '../../ui/Amount.tsx'
import { Block } from '../../ui/Block.tsx'
import { useContract } from '../../ui/client.ts'
import { DateText } from '../../ui/DateText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { isNotFound } from '../../ui/ErrorState.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { useText } from '../../ui/text.ts'
import { getFactBookings } from '../statement.contract.ts'
import { payText } from './pay-text.ts'

/** The last step down from pay: the days and bookings of an account, or the states of a loan, in the month. */
export default function FactBookings() {
  const t = useText(payText)
  const { customerId = '', factId = '' } = useParams()
  const [search] = useSearchParams()
  const month = search.get('month') ?? ''
  const { data, error, refetch } = useContract(getFactBookings, { params: { customerId, factId }, query: { month } })
  if (isNotFound(error)) return <NotFound />
  const sum = data?.spans.reduce((total, span) => total + BigInt(span.fen) * BigInt(span.days), 0n) ?? 0n
  const days = BigInt(new Date(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0).getDate() || 30)
  const average = sum >= 0n ? (sum * 2n + days) / (days * 2n) : -((-sum * 2n + days) / (days * 2n))
  const loan = data?.kind === 'LOAN'
  return (
    <Page>
      <PageHeader title={`${t('bookings')} ${month}`} crumbs={[{ title: t('customer'), to: `/customers/${customerId}` }]} sub={data ? `${data.name} · ${data.currency}` : undefined} />
      <Block title={loan ? t('principal') : t('balances')} loading={!data} error={error} onRetry={() => void refetch()}>
        {data && (
          <div className="yq-stack">
            <PlainTable
              label={t('balances')}
              columns={[{ key: 'from', title: t('from') }, { key: 'to', title: t('to') }, { key: 'fen', title: t('balance'), right: true }, { key: 'days', title: t('inMonth'), right: true }, ...(loan ? [{ key: 'since', title: t('overdueSince') }] : [])]}
              rows={data.spans.map((span) => ({ key: span.from, cells: [<DateText key="f" date={span.from} form="data" />, <DateText key="t" date={span.to} form="data" />, <Amount key="a" fen={span.fen} unit="yuan" />, span.days, ...(loan ? [<DateText key="s" date={span.overdueSince} form="data" />] : [])] }))}
            />
            <p className="yq-quiet">{t('averageIs', { sum: amountText(sum, 'yuan'), days: String(days), average: amountText(average, 'yuan') })}</p>
          </div>
        )}
      </Block>
      {data?.kind === 'ACCOUNT' && (
        <Block title={t('bookings')}>
          {data.more && <Note tone="info">{t('moreBookings')}</Note>}
          {data.bookings.length === 0 ? <EmptyState title={t('noBookings')} /> : (
            <PlainTable
              label={t('bookings')} columns={[{ key: 'day', title: t('date') }, { key: 'direction', title: t('direction') }, { key: 'amount', title: t('amount'), right: true }, { key: 'kind', title: t('kind') }]}
              rows={data.bookings.map((booking) => ({ key: booking.id, cells: [<DateText key="d" date={booking.day} form="data" />, t(booking.direction), <Amount key="a" fen={booking.amountFen} unit="yuan" />, booking.kind ?? '--'] }))}
            />
          )}
        </Block>
      )}
    </Page>
  )
}
