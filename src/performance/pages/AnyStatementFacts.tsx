import { useParams, useSearchParams } from 'react-router'
import { useContract } from '../../ui/client.ts'
import { isNotFound } from '../../ui/ErrorState.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { useText } from '../../ui/text.ts'
import { useListState } from '../../ui/useListState.ts'
import { listAnyStatementFacts } from '../statement.contract.ts'
import { FactTable } from './FactTable.tsx'
import { payText } from './pay-text.ts'
import { PurposeNote } from './StatementView.tsx'

/** The facts behind a line of another's statement, without the customers' names. */
export default function AnyStatementFacts() {
  const t = useText(payText)
  const { staffKey = '' } = useParams()
  const [search] = useSearchParams()
  const [month, place, purpose] = ['month', 'place', 'purpose'].map((name) => search.get(name) ?? '') as [string, string, string]
  const scheme = search.get('scheme')
  const list = useListState(['month', 'scheme', 'place', 'purpose'])
  const cursor = list.query['cursor']
  const source = useContract(listAnyStatementFacts, { params: { staffKey }, query: { month, place, purpose, ...(scheme === null ? {} : { scheme }), ...(cursor === undefined ? {} : { cursor }) } }, { staleTime: Number.POSITIVE_INFINITY })
  if (isNotFound(source.error)) return <NotFound />
  return (
    <Page>
      <PageHeader title={t('factsOf', { name: t('factsTitle'), month })} crumbs={[{ title: t('people'), to: `/statements?month=${month}` }, { title: t('statement'), to: `/statements/${staffKey}?month=${month}${scheme === null ? '' : `&scheme=${scheme}`}&purpose=${encodeURIComponent(purpose)}` }]} />
      <PurposeNote purpose={purpose} />
      <FactTable list={list} source={source} customers={false} />
    </Page>
  )
}
