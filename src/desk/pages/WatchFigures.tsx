import { Block } from '../../ui/Block.tsx'
import { useContract } from '../../ui/client.ts'
import { KeyFigures } from '../../ui/KeyFigures.tsx'
import { useText } from '../../ui/text.ts'
import { listAlerts, listMovements } from '../../watch/alert.contract.ts'
import { listMaturities } from '../../watch/maturity.contract.ts'
import { dayText } from './day-text.ts'

const countOf = (data: { count: { value: number; exact: boolean } | null } | undefined): string => (data?.count ? `${data.count.value}${data.count.exact ? '' : '+'}` : '--')

/** What waits of movements, ends and warnings; each figure opens its rows. */
export function WatchFigures() {
  const t = useText(dayText)
  const movements = useContract(listMovements, { query: { open: 'true', limit: 1 } })
  const week = useContract(listMaturities, { query: { view: 'THIS_WEEK', limit: 1 } })
  const past = useContract(listMaturities, { query: { view: 'OVERDUE', limit: 1 } })
  const falls = useContract(listAlerts, { query: { kind: 'BELOW_BASE', limit: 1 } })
  return (
    <Block title={t('watchFigures')} asOf={week.data?.asOf} loading={!movements.data || !week.data} error={movements.error ?? week.error} onRetry={() => { void movements.refetch(); void week.refetch() }}>
      <KeyFigures figures={[
        { label: t('movementsOpen'), value: countOf(movements.data), to: '/movements?open=true' }, { label: t('warningsOpen'), value: countOf(falls.data), to: '/churn?kind=BELOW_BASE' },
        { label: t('endsThisWeek'), value: countOf(week.data), to: '/maturities' }, { label: t('resultsOpen'), value: countOf(past.data), to: '/maturities?when=OVERDUE' },
      ]} />
    </Block>
  )
}
