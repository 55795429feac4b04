import { Amount } from '../../ui/Amount.tsx'
import { Change } from '../../ui/Change.tsx'
import { useContract } from '../../ui/client.ts'
import { KeyFigures } from '../../ui/KeyFigures.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useText } from '../../ui/text.ts'
import { getDepositView, type DepositView } from '../holdings.contract.ts'
import { holdingsText } from './holdings-text.ts'

/** Deposits and loans of the reader's scope in four figures, each opening what it is the sum of; a failure here leaves the page as it is. */
export function DepositFigures() {
  const t = useText(holdingsText)
  const { data } = useContract(getDepositView, { query: {} })
  // before the first delivery there is nothing to show, not a zero
  if (!data || data.parts.length === 0) return null
  const { deposits } = data
  return (
    <KeyFigures figures={[
      { label: t('deposits'), value: <Amount fen={deposits.balanceFen} />, note: <BalanceChanges deposits={deposits} />, to: '/deposits' },
      { label: t('monthAdb'), value: <Amount fen={deposits.monthAdbFen} />, to: '/deposits' },
      { label: t('yearAdb'), value: <Amount fen={deposits.yearAdbFen} />, note: <>{t('increment')} <Change fen={deposits.yearAdbIncrementFen} /></>, to: '/deposits' },
      { label: t('loansNow'), value: <Amount fen={data.loanFen} />, to: '/deposits' },
    ]} />
  )
}

/** What the balance changed by, each against its day. */
export function BalanceChanges({ deposits }: Pick<DepositView, 'deposits'>) {
  const t = useText(holdingsText)
  return ([['toYesterday', deposits.toYesterdayFen], ['toMonth', deposits.toMonthBeginFen], ['toYear', deposits.toYearBeginFen]] as const).map(([word, fen]) => <div key={word}>{t(word)} <Change fen={fen} /></div>)
}

/** The deposits of a unit (null: of the reader's own scope) in one row, for a screen that is read from afar. */
export function DepositRow({ unitKey }: { unitKey: number | null }) {
  const t = useText(holdingsText)
  const { data, error } = useContract(getDepositView, { query: unitKey === null ? {} : { unitKey } })
  if (!data) return error ? <p className="yq-quiet">{t('depositsNotRead')}</p> : <Skeleton />
  if (data.parts.length === 0) return <p className="yq-quiet">{t('depositsNone')}</p>
  const { deposits } = data
  return (
    <dl>
      <div><dt>{t('deposits')}</dt><dd><Amount fen={deposits.balanceFen} inCell /></dd></div>
      {([['toYesterday', deposits.toYesterdayFen], ['toMonth', deposits.toMonthBeginFen], ['toYear', deposits.toYearBeginFen]] as const).map(([word, fen]) => <div key={word}><dt>{t(word)}</dt><dd><Change fen={fen} /></dd></div>)}
      <div><dt>{t('monthAdb')}</dt><dd><Amount fen={deposits.monthAdbFen} inCell /></dd></div>
      <div><dt>{t('yearAdb')}</dt><dd><Amount fen={deposits.yearAdbFen} inCell /></dd></div>
      <div><dt>{t('increment')}</dt><dd><Change fen={deposits.yearAdbIncrementFen} /></dd></div>
    </dl>
  )
}
