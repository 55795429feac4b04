import { Link, useSearchParams } from 'react-router'
import { useContract } from '../../ui/client.ts'
import { isNotFound } from '../../ui/ErrorState.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { useListState } from '../../ui/useListState.ts'
import { getMyStatement, listMyStatementFacts } from '../statement.contract.ts'
import { FactTable } from './FactTable.tsx'
import { lineName } from '../statement/tell-statement.rules.ts'
import { payText } from './pay-text.ts'

/** The facts behind a line of one's own statement. */
export default function MyStatementFacts() {
  const t = useText(payText)
  const pick = usePick()
  const [search] = useSearchParams()
  const month = search.get('month') ?? ''
  const place = search.get('place') ?? ''
  const scheme = search.get('scheme')
  const asked = { month, ...(scheme === null ? {} : { scheme }) }
  const list = useListState(['month', 'scheme', 'place'])
  const statement = useContract(getMyStatement, { query: asked })
  const source = useContract(listMyStatementFacts, { query: { ...asked, place, ...(list.query['cursor'] === undefined ? {} : { cursor: list.query['cursor'] }) } })
  const of = scheme === null ? '' : `&scheme=${scheme}`
  if (isNotFound(source.error)) return <NotFound />
  const line = statement.data?.statement?.lines.find((one) => String(one.place) === place)
  return (
    <Page>
      <PageHeader title={line ? t('factsOf', { name: lineName({ code: line.correctsCode ?? line.code, detail: line.detail }, pick), month: line.correctsMonth ?? month }) : t('factsTitle')} crumbs={[{ title: `${t('mine')} ${month}`, to: `/statement?month=${month}${of}` }]} sub={line && <><Link to={`/appeals/new?month=${month}${of}&place=${place}`}>{t('appealLine')}</Link>{line.code.startsWith('INSPECTION_') && <> · <Link to="/my-inspections">{t('findingsOfLine')}</Link></>}</>} />
      <FactTable list={list} source={source} customers />
    </Page>
  )
}
