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
  const [month, scheme] = [search.get('month'), search.get('scheme')]
  const { data, error, refetch } = useContract(getTeamStatement, { params: { staffKey }, query: { ...(month === null ? {} : { month }), ...(scheme === null ? {} : { scheme }) } })
  const [settled, of] = [data?.statement.month ?? '', data?.statement.scheme.code ?? '']
  const factsTo = useCallback((place: number) => `/team-statements/${staffKey}/facts?month=${settled}&scheme=${of}&place=${place}`, [staffKey, settled, of])
  if (isNotFound(error)) return <NotFound />
  if (!data) return <Page>{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton />}</Page>
  return <StatementView statement={data.statement} title={t('statement')} crumbs={[{ title: `${t('team')} ${settled}`, to: `/team-statements?month=${settled}` }]} factsTo={factsTo} outlook={data.outlook} print={{ contract: printTeamStatement, params: { staffKey }, purpose: '' }} />
}
