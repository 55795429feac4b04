import { useCallback } from 'react'
import { useSearchParams } from 'react-router'
import { Block } from '../../ui/Block.tsx'
import { useContract } from '../../ui/client.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { useText } from '../../ui/text.ts'
import { getMyStatement } from '../statement.contract.ts'
import { printMyStatement } from '../statement/print.contract.ts'
import { OwnDeferrals } from './deferral/OwnDeferrals.tsx'
import { payText } from './pay-text.ts'
import { StatementView } from './StatementView.tsx'

/** One's own statement: /statement?month=2026-10. */
export default function MyStatement() {
  const t = useText(payText)
  const [search] = useSearchParams()
  const month = search.get('month') ?? undefined
  const scheme = search.get('scheme')
  const { data, error, refetch } = useContract(getMyStatement, { query: { ...(month === undefined ? {} : { month }), ...(scheme === null ? {} : { scheme }) } })
  const statement = data?.statement ?? null
  const [settled, of] = [statement?.month, statement?.scheme.code]
  const factsTo = useCallback((place: number) => `/statement/facts?month=${settled ?? ''}&scheme=${of ?? ''}&place=${place}`, [settled, of])
  if (statement) return <StatementView statement={statement} outlook={data?.outlook ?? null} title={t('mine')} factsTo={factsTo} print={{ contract: printMyStatement, purpose: t('ownPurpose') }} below={<OwnDeferrals />} />
  return (
    <Page>
      <PageHeader title={t('mine')} />
      <Block title={t('statement')} loading={!data} error={error} onRetry={() => void refetch()}>
        {data && <EmptyState title={month === undefined ? t('noneYet') : t('noneOfMonth', { month })} hint={t('noneYetHint')} />}
      </Block>
    </Page>
  )
}
