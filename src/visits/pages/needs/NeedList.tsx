import { Link } from 'react-router'
import { Amount } from '../../../ui/Amount.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useContract } from '../../../ui/client.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { Deadline } from '../../../ui/Deadline.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FilterBar } from '../../../ui/FilterBar.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { useText } from '../../../ui/text.ts'
import { useListState } from '../../../ui/useListState.ts'
import { countUnmetNeeds, listNeeds, fewestCustomers, needDomains, needSegments, needStates, needUrgencies, type NeedRow, type NeedSegment } from '../../needs/need.contract.ts'
import { NeedTag } from './NeedsPanel.tsx'
import { needsText } from './needs-text.ts'

/** Needs of one's customers that are not met, and how many there are by domain and unit. */
export default function NeedList() {
  const t = useText(needsText)
  const list = useListState(['state', 'segment', 'domain', 'urgency'])
  const { state, domain, urgency, cursor } = list.query
  const segment = needSegments.find((one) => one === list.query.segment)
  const source = useContract(listNeeds, { query: {
    ...(segment === undefined ? {} : { segment }), ...(state === undefined ? {} : { state: state as NeedRow['state'] }), ...(domain === undefined ? {} : { domain: domain as NeedRow['domain'] }), ...(urgency === undefined ? {} : { urgency: urgency as NeedRow['urgency'] }), ...(cursor === undefined ? {} : { cursor }),
  } })
  return (
    <Page>
      <PageHeader title={t('listTitle')} sub={t('listSub')} />
      <Unmet segment={segment} />
      <DataTable<NeedRow>
        label={t('needs')} list={list} source={source} rowKey={(row) => row.needId} measure="项" measureEn="{n|need|needs}" empty={<EmptyState title={t('noneOpen')} />} rowTo={(row) => `/customers/${row.customerId}?tab=needs`}
        bar={<FilterBar list={list} filters={[
          { name: 'state', label: t('state'), options: needStates.map((value) => ({ value, label: t(value) })) }, { name: 'domain', label: t('domain'), options: needDomains.map((value) => ({ value, label: t(value) })) },
          { name: 'segment', label: t('segment'), options: needSegments.map((value) => ({ value, label: t(value) })) }, { name: 'urgency', label: t('urgency'), options: needUrgencies.map((value) => ({ value, label: t(value) })) },
        ]} />}
        columns={[
          { key: 'customer', title: t('customer'), show: (row) => <Link className="yq-name" to={`/customers/${row.customerId}?tab=needs`}>{row.customerName}</Link> },
          { key: 'state', title: t('state'), card: 'tag', show: (row) => <NeedTag state={row.state} /> },
          { key: 'domain', title: t('domain'), show: (row) => t(row.domain) },
          { key: 'description', title: t('description'), show: (row) => row.description },
          { key: 'amount', title: t('amount'), kind: 'amount', value: (row) => row.amountFen },
          { key: 'urgency', title: t('urgency'), show: (row) => t(row.urgency) },
          { key: 'by', title: t('nextOn'), show: (row) => (row.answerBy !== null ? <>{t('answerBy')} <Deadline date={row.answerBy} /></> : row.escalateBy !== null ? <>{t('escalateBy')} <Deadline date={row.escalateBy} /></> : '--') },
          { key: 'manager', title: t('manager'), show: (row) => row.managerName ?? '--' },
        ]}
      />
    </Page>
  )
}

function Unmet({ segment }: { segment: NeedSegment | undefined }) {
  const t = useText(needsText)
  const { data, error, refetch } = useContract(countUnmetNeeds, { query: segment === undefined ? {} : { segment } })
  if (data && data.rows.length === 0) return null
  const rows = (data?.rows ?? []).flatMap(({ unit, domain, counted }) => (counted === null ? [] : [{ unit, domain, counted }]))
  const few = (data?.rows.length ?? 0) - rows.length
  return (
    <Block title={t('unmet')} asOf={data?.asOf} loading={!data} error={error} onRetry={() => void refetch()} flush>
      {rows.length > 0 && <PlainTable
        label={t('unmet')}
        columns={[{ key: 'unit', title: t('unmetUnit') }, { key: 'domain', title: t('domain') }, { key: 'customers', title: t('customers'), right: true }, { key: 'needs', title: t('count'), right: true }, { key: 'gaps', title: t('gaps'), right: true }, { key: 'escalated', title: t('escalated'), right: true }, { key: 'amount', title: t('amount'), right: true }]}
        rows={rows.map(({ unit, domain, counted }) => ({ key: `${unit} ${domain}`, cells: [unit, t(domain), counted.customers, counted.needs, counted.gaps, counted.escalated, counted.amountFen === '0' ? '--' : <Amount key="a" fen={counted.amountFen} withUnit />] }))}
      />}
      {few > 0 && <p className="yq-small yq-quiet" style={{ margin: 0, padding: '10px 16px' }}>{t('few', { groups: few, n: fewestCustomers })}</p>}
    </Block>
  )
}
