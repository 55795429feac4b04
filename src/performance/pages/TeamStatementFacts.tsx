import { useParams, useSearchParams } from 'react-router'
import { useContract } from '../../ui/client.ts'
import { isNotFound } from '../../ui/ErrorState.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { useListState } from '../../ui/useListState.ts'
import { getTeamStatement, listTeamStatementFacts } from '../statement.contract.ts'
import { FactTable } from './FactTable.tsx'
import { lineName } from '../statement/tell-statement.rules.ts'
import { payText } from './pay-text.ts'

/** The facts behind a line of a team member's statement. */
export default function TeamStatementFacts() {
  const t = useText(payText)
  const pick = usePick()
  const { staffKey = '' } = useParams()
  const [search] = useSearchParams()
  const month = search.get('month') ?? ''
  const place = search.get('place') ?? ''
  const scheme = search.get('scheme')
  const asked = { month, ...(scheme === null ? {} : { scheme }) }
  const list = useListState(['month', 'scheme', 'place'])
  const cursor = list.query['cursor']
  const statement = useContract(getTeamStatement, { params: { staffKey }, query: asked })
  const source = useContract(listTeamStatementFacts, { params: { staffKey }, query: { ...asked, place, ...(cursor === undefined ? {} : { cursor }) } })
  if (isNotFound(source.error)) return <NotFound />
  const line = statement.data?.statement.lines.find((one) => String(one.place) === place)
  return (
    <Page>
      <PageHeader
        title={line ? t('factsOf', { name: lineName({ code: line.correctsCode ?? line.code, detail: line.detail }, pick), month: line.correctsMonth ?? month }) : t('factsTitle')}
        crumbs={[{ title: `${t('team')} ${month}`, to: `/team-statements?month=${month}` }, { title: statement.data?.statement.person.name ?? t('statement'), to: `/team-statements/${staffKey}?month=${month}${scheme === null ? '' : `&scheme=${scheme}`}` }]}
      />
      <FactTable list={list} source={source} customers />
    </Page>
  )
}
