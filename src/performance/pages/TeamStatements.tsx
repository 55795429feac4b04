import { Link, useSearchParams } from 'react-router'
import { useContract } from '../../ui/client.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { useListState } from '../../ui/useListState.ts'
import { listTeamStatements } from '../statement.contract.ts'
import { payText } from './pay-text.ts'
import { MonthChoice } from './StatementView.tsx'

/** Pay statements of the line that one leads. */
export default function TeamStatements() {
  const t = useText(payText)
  const pick = usePick()
  const [search] = useSearchParams()
  const asked = search.get('month')
  const list = useListState(['month'])
  const cursor = list.query['cursor']
  const source = useContract(listTeamStatements, { query: { ...(asked === null ? {} : { month: asked }), ...(cursor === undefined ? {} : { cursor }) } })
  const month = source.data?.month ?? asked ?? ''
  const to = (row: { staffKey: number; scheme: string }): string => `/team-statements/${row.staffKey}?month=${month}&scheme=${row.scheme}`
  return (
    <Page>
      <PageHeader title={month === '' ? t('team') : `${t('team')} ${month}`} actions={month === '' ? undefined : <MonthChoice month={month} months={source.data?.months ?? []} />} />
      <DataTable
        label={t('team')} list={list} source={source} rowKey={(row) => `${row.staffKey} ${row.scheme}`} rowTo={to} measure="人" measureEn="{n|person|people}" unit="yuan"
        empty={<EmptyState title={month === '' ? t('notSettled') : t('teamEmpty', { month })} />}
        columns={[
          { key: 'name', title: t('name'), show: (row) => <Link to={to(row)}>{row.name}</Link> },
          { key: 'staffNo', title: t('staffNo'), show: (row) => row.staffNo },
          { key: 'unit', title: t('unit'), show: (row) => row.unitName },
          { key: 'scheme', title: t('scheme'), show: (row) => pick({ zh: row.schemeName, en: row.schemeNameEn }) },
          { key: 'points', title: t('points'), kind: 'number', value: (row) => row.points, decimals: 2 },
          { key: 'payable', title: t('payable'), kind: 'amount', value: (row) => row.payableFen },
          { key: 'carryOut', title: t('carryOut'), kind: 'amount', value: (row) => row.carryOutFen },
        ]}
      />
    </Page>
  )
}
