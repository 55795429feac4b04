import { useCallback } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { useContract } from '../../ui/client.ts'
import { ErrorState, isNotFound } from '../../ui/ErrorState.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Page } from '../../ui/PageHeader.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useText } from '../../ui/text.ts'
import { getAnyStatement } from '../statement.contract.ts'
import { printAnyStatement } from '../statement/print.contract.ts'
import { payText } from './pay-text.ts'
import { PurposeNote, StatementView } from './StatementView.tsx'

/** Another's statement, read with a purpose that stands in the address and in the journal. */
export default function AnyStatement() {
  const t = useText(payText)
  const { staffKey = '' } = useParams()
  const [search] = useSearchParams()
  const [month, scheme] = [search.get('month'), search.get('scheme')]
  const purpose = search.get('purpose') ?? ''
  // each reading is a line of the journal: not asked again while the page is open
  const { data, error, refetch } = useContract(getAnyStatement, { params: { staffKey }, query: { purpose, ...(month === null ? {} : { month }), ...(scheme === null ? {} : { scheme }) } }, { staleTime: Number.POSITIVE_INFINITY })
  const [settled, of] = [data?.statement.month ?? '', data?.statement.scheme.code ?? '']
  const factsTo = useCallback((place: number) => `/statements/${staffKey}/facts?month=${settled}&scheme=${of}&place=${place}&purpose=${encodeURIComponent(purpose)}`, [staffKey, settled, of, purpose])
  if (isNotFound(error)) return <NotFound />
  if (!data) return <Page>{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton />}</Page>
  return <StatementView statement={data.statement} title={t('statement')} crumbs={[{ title: t('people'), to: `/statements?month=${settled}` }]} note={<PurposeNote purpose={purpose} />} factsTo={factsTo} outlook={data.outlook} print={{ contract: printAnyStatement, params: { staffKey }, purpose }} />
}
