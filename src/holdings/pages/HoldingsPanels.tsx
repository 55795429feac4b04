import { Button } from 'antd'
import { useSearchParams } from 'react-router'
import { Amount } from '../../ui/Amount.tsx'
import { Block } from '../../ui/Block.tsx'
import { Change } from '../../ui/Change.tsx'
import { Chart } from '../../ui/Chart.tsx'
import { call, useContract } from '../../ui/client.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { DateText } from '../../ui/DateText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { Masked } from '../../ui/Masked.tsx'
import { Note } from '../../ui/Note.tsx'
import { Figure, Percent } from '../../ui/Percent.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { useSettings } from '../../ui/settings.ts'
import { Tag } from '../../ui/Tag.tsx'
import { useText } from '../../ui/text.ts'
import { useBank, useInYuan } from '../../ui/UiProvider.tsx'
import { useListState } from '../../ui/useListState.ts'
import { getHoldings, getValueTrend, listTransactions, revealAccount } from '../holdings.contract.ts'
import { holdingsText } from './holdings-text.ts'

type Named = { zh: string; en: string }

/** Accounts, loans, cards, orders: what is there and nothing else. */
export function HoldingsPanels({ customerId, mayReveal }: { customerId: string; mayReveal: boolean }) {
  const t = useText(holdingsText)
  const { language } = useSettings()
  const { money } = useBank()
  const inYuan = useInYuan()
  const { data, error, refetch } = useContract(getHoldings, { params: { customerId } })
  const named = (product: Named): string => product[language]
  const tail = (value: string | null): string => (value === null ? '--' : t('tail', { tail: value }))
  const common = { source: t('source'), asOf: data?.asOf ?? null, staleAfter: 3 }
  if (!data) return <Block title={t('accounts')} loading={!error} error={error} onRetry={() => void refetch()} />
  const nothing = data.accounts.length + data.loans.length + data.cards.length + data.orders.length + data.authorisedOn.length === 0
  return (
    <>
      {nothing && <Block title={t('accounts')} {...common}><EmptyState title={t('nothing')} /></Block>}
      {data.accounts.length > 0 && (
        <Block title={t('accounts')} {...common} flush>
          <PlainTable
            label={t('accounts')}
            columns={[{ key: 'account', title: t('account') }, { key: 'product', title: t('product') }, { key: 'balance', title: inYuan(t('balance')), right: true }, { key: 'rate', title: t('rate'), right: true }, { key: 'opened', title: t('opened') }, { key: 'matures', title: t('matures') }, { key: 'outlet', title: t('outlet') }]}
            rows={data.accounts.map((account) => ({
              key: account.id,
              cells: [
                <>{account.tail === null ? '--' : <Masked masked={tail(account.tail)} what={t('account')} {...(mayReveal ? { reveal: async (purpose: string) => (await call(revealAccount, { params: { customerId, accountId: account.id }, body: { purpose } })).value } : {})} />}
                  {account.agents > 0 && <span className="yq-quiet"> {t('agents', { n: account.agents })}</span>}</>,
                <>{named(account.product)}{account.closedOn !== null && account.closedOn <= data.asOf && <> <Tag>{t('closed')}</Tag></>}</>,
                <><Amount fen={account.balanceFen} unit="yuan" />{account.currency !== money.en && <span className="yq-quiet"> {account.currency}</span>}</>,
                <Percent ratio={account.rate} />, <DateText date={account.openedOn} form="data" />, <DateText date={account.maturesOn} form="data" />, account.outletName,
              ],
            }))}
          />
        </Block>
      )}
      {data.loans.length > 0 && (
        <Block title={t('loans')} {...common} flush>
          <PlainTable
            label={t('loans')}
            columns={[{ key: 'loan', title: t('loan') }, { key: 'product', title: t('product') }, { key: 'amount', title: inYuan(t('amount')), right: true }, { key: 'principal', title: inYuan(t('principal')), right: true }, { key: 'paid', title: t('paidOut') }, { key: 'matures', title: t('matures') }, { key: 'term', title: t('term'), right: true }, { key: 'state', title: t('state') }]}
            rows={data.loans.map((loan) => ({
              key: loan.id,
              cells: [
                <span className="yq-num">{loan.number}</span>, named(loan.product), <Amount fen={loan.amountFen} unit="yuan" />, <Amount fen={loan.principalFen} unit="yuan" />, <DateText date={loan.paidOutOn} form="data" />,
                <DateText date={loan.maturesOn} form="data" />, t('months', { n: loan.termMonths }),
                <>{loan.settledOn !== null && loan.settledOn <= data.asOf ? <Tag>{t('settled')}</Tag> : loan.overdueDays > 0 ? <Tag tone="error" icon="⬣">{t('overdue', { n: loan.overdueDays })}</Tag> : t('normal')}
                  {loan.statusLetter !== null && <span className="yq-quiet"> {t('letter', { letter: loan.statusLetter })}</span>}</>,
              ],
            }))}
          />
          {data.loans.some((loan) => loan.derived) && <Note tone="info">{t('derived')}</Note>}
        </Block>
      )}
      {data.cards.length > 0 && (
        <Block title={t('cards')} {...common} flush>
          <PlainTable
            label={t('cards')} columns={[{ key: 'product', title: t('product') }, { key: 'account', title: t('account') }, { key: 'issued', title: t('issued') }]}
            rows={data.cards.map((card) => ({ key: card.id, cells: [<>{named(card.product)}{!card.own && <span className="yq-quiet"> {t('othersCard')}</span>}</>, tail(card.accountTail), <DateText date={card.issuedOn} form="data" />] }))}
          />
        </Block>
      )}
      {data.orders.length > 0 && (
        <Block title={t('orders')} {...common} flush>
          <PlainTable
            label={t('orders')} columns={[{ key: 'purpose', title: t('purpose') }, { key: 'amount', title: inYuan(t('amount')), right: true }, { key: 'from', title: t('account') }, { key: 'to', title: t('to') }]}
            rows={data.orders.map((order) => ({ key: order.id, cells: [order.purpose ?? '--', <Amount fen={order.amountFen} unit="yuan" />, tail(order.accountTail), [order.toBank, order.toTail && t('tail', { tail: order.toTail })].filter(Boolean).join(' ') || '--'] }))}
          />
        </Block>
      )}
      {data.authorisedOn.length > 0 && (
        <Block title={t('authorisedOn')} {...common}>
          <p className="yq-quiet">{t('authorisedNote')}</p>
          <Facts facts={data.authorisedOn.map((one) => ({ label: named(one.product), value: tail(one.tail) }))} />
        </Block>
      )}
    </>
  )
}

/** Month averages of deposits and loans as a drawing, and the deposit figures of the day. */
export function ValuePanel({ customerId }: { customerId: string }) {
  const t = useText(holdingsText)
  const [address, setAddress] = useSearchParams()
  const months = address.get('months') === '24' ? '24' : '12'
  const { data, error, refetch, isFetching } = useContract(getValueTrend, { params: { customerId }, query: { months } })
  const choose = (value: '12' | '24'): void => setAddress((before) => {
    const after = new URLSearchParams(before)
    after.set('months', value)
    return after
  }, { replace: true })
  return (
    <Block
      title={t('value')} source={t('source')} asOf={data?.asOf ?? null} loading={!data} error={data ? undefined : error} onRetry={() => void refetch()} updating={isFetching && !!data}
      actions={(['12', '24'] as const).map((value) => <Button key={value} size="small" aria-pressed={months === value} type={months === value ? 'primary' : 'default'} ghost={months === value} onClick={() => choose(value)}>{t(value === '12' ? 'twelve' : 'twentyFour')}</Button>)}
    >
      {data && (
        <div className="yq-stack">
          <Chart
            title={t('trend', { n: months })} kind="line" of="fen" categories={data.months.map((one) => one.month)}
            series={[{ name: t('depositAdb'), values: data.months.map((one) => one.depositAdbFen) }, ...(data.months.some((one) => one.loanAdbFen !== '0') ? [{ name: t('loanAdb'), values: data.months.map((one) => one.loanAdbFen) }] : [])]}
          />
          <Facts facts={depositFacts(data.deposits, t)} />
          {data.otherCurrencies > 0 && <Note tone="info">{t('otherCurrencies', { n: data.otherCurrencies })}</Note>}
        </div>
      )}
    </Block>
  )
}

type Figures = { balanceFen: string; toYesterdayFen: string; toMonthBeginFen: string; toQuarterBeginFen: string; toYearBeginFen: string; monthAdbFen: string; yearAdbFen: string; yearAdbIncrementFen: string; monthEndDeviation: { month: string; pct: string; within: boolean } | null }
type Say = ReturnType<typeof useText<typeof holdingsText>>

function depositFacts(figures: Figures, t: Say) {
  return [
    { label: t('balance'), value: <Amount fen={figures.balanceFen} /> },
    { label: t('monthAdb'), value: <Amount fen={figures.monthAdbFen} /> },
    { label: t('yearAdb'), value: <Amount fen={figures.yearAdbFen} /> },
    { label: t('increment'), value: <Change fen={figures.yearAdbIncrementFen} /> },
    { label: t('toYesterday'), value: <Change fen={figures.toYesterdayFen} /> },
    { label: t('toMonth'), value: <Change fen={figures.toMonthBeginFen} /> },
    { label: t('toQuarter'), value: <Change fen={figures.toQuarterBeginFen} /> },
    { label: t('toYear'), value: <Change fen={figures.toYearBeginFen} /> },
    ...(figures.monthEndDeviation ? [{ label: t('deviation', { month: figures.monthEndDeviation.month }), value: <><Figure value={figures.monthEndDeviation.pct} />%{!figures.monthEndDeviation.within && <> <Tag tone="warning" icon="■">{t('over')}</Tag></>}</> }] : []),
  ]
}

/** Transactions, the newest first, by day, account and direction. */
export function TransactionsPanel({ customerId }: { customerId: string }) {
  const t = useText(holdingsText)
  const list = useListState(['direction'])
  const source = useContract(listTransactions, { params: { customerId }, query: { direction: list.query['direction'] as 'IN' | 'OUT' | undefined, cursor: list.query['cursor'], limit: 50 } })
  return (
    <Block title={t('transactions')} source={t('source')} flush>
      <DataTable
        label={t('transactions')} list={list} source={source} rowKey={(row) => row.id} measure="笔" measureEn="{n|transaction|transactions}" plain unit="yuan"
        bar={<FilterBar list={list} filters={[{ name: 'direction', label: t('direction'), options: [{ value: 'IN', label: t('in') }, { value: 'OUT', label: t('out') }] }]} />}
        columns={[
          { key: 'booked', title: t('booked'), kind: 'date', form: 'data', value: (row) => row.bookedOn },
          { key: 'amount', title: t('amount'), kind: 'amount', unit: 'yuan', value: (row) => (row.direction === 'OUT' && row.amountFen !== '0' ? `-${row.amountFen}` : row.amountFen) },
          { key: 'after', title: t('balanceAfter'), kind: 'amount', unit: 'yuan', value: (row) => row.balanceAfterFen },
          { key: 'counterparty', title: t('counterparty'), show: (row) => [row.counterpartyName, row.counterpartyBank, row.counterpartyTail && t('tail', { tail: row.counterpartyTail })].filter(Boolean).join(' ') || '--' },
          { key: 'memo', title: t('memo'), show: (row) => row.memo ?? row.kind ?? '--' },
          { key: 'account', title: t('account'), show: (row) => (row.accountTail === null ? '--' : t('tail', { tail: row.accountTail })), card: 'none' },
        ]}
        empty={<EmptyState title={t('noTransactions')} />}
      />
    </Block>
  )
}
