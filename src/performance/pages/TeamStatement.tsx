import { useCallback } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { useContract } from '../../ui/client.ts'
import { ErrorState, isNotFound } from '../../ui/ErrorState.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Page } from '../../ui/PageHeader.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useText } from '../../ui/text.ts'
import { getTeamStatement } from '../statement.contract.ts'
import { printTeamStatement } from '../statement/print.contract.ts'
import { payText } from './pay-text.ts'
import { StatementView } from './StatementView.tsx'

/** The statement of a member of the line that one leads. */
export default function TeamStatement() {
  const t = useText(payText)
  const { staffKey = '' } = useParams()
  const [search] = useSearchParams()
  const month = search.get('month')
  const { data, error, refetch } = useContract(getTeamStatement, { params: { staffKey }, query: month === null ? {} : { month } })
  const settled = data?.statement.month ?? ''
  const factsTo = useCallback((place: number) => `/team-statements/${staffKey}/facts?month=${settled}&place=${place}`, [staffKey, settled])
  if (isNotFound(error)) return <NotFound />
  if (!data) return <Page>{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton />}</Page>
  return <StatementView statement={data.statement} title={t('statement')} crumbs={[{ title: `${t('team')} ${settled}`, to: `/team-statements?month=${settled}` }]} factsTo={factsTo} outlook={data.outlook} print={{ contract: printTeamStatement, params: { staffKey }, purpose: '' }} />
}
