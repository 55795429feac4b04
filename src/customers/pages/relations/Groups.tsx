import { Link } from 'react-router'
import { useContract } from '../../../ui/client.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FilterBar } from '../../../ui/FilterBar.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PageTabs, usePageTab } from '../../../ui/PageTabs.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { mark, useText } from '../../../ui/text.ts'
import { useListState } from '../../../ui/useListState.ts'
import { groupKind, listGroups, listProposals, type GroupRow, type ProposalRow } from '../../relations/group.contract.ts'
import { relationText } from './relation-text.ts'

/** Groups with a member in the reader's scope, and what the rules found and nobody has decided yet. */
export default function Groups() {
  const t = useText(relationText)
  const { data } = useContract(listGroups, { query: { limit: 1 } })
  const note = (waiting: number) => (waiting > 0 ? { note: <Tag tone="primary">{waiting}</Tag> } : {})
  const tabs = [{ key: 'groups', label: t('confirmed') }, { key: 'proposals', label: t('proposed'), ...note(data?.waiting ?? 0) }, { key: 'households', label: t('proposedHouseholds'), ...note(data?.waitingHouseholds ?? 0) }]
  const tab = usePageTab(tabs)
  return (
    <Page>
      <PageHeader title={t('groups')} />
      <PageTabs tabs={tabs} label={t('groups')} />
      {tab === 'groups' ? <GroupList /> : <Proposals key={tab} households={tab === 'households'} />}
    </Page>
  )
}

function GroupList() {
  const t = useText(relationText)
  const list = useListState(['kind', 'ended'])
  const source = useContract(listGroups, { query: { ...(list.query as { q?: string; kind?: GroupRow['kind']; ended?: 'true'; cursor?: string }), limit: 50 } })
  return (
    <DataTable<GroupRow>
      label={t('groups')} list={list} source={source} rowKey={(row) => row.groupId} measure="个" measureEn="{n|group|groups}" rowTo={(row) => `/groups/${row.groupId}`}
      bar={<FilterBar list={list} search={{ placeholder: t('searchGroup') }} filters={[
        { name: 'kind', label: t('kind'), options: groupKind.options.map((value) => ({ value, label: t(value) })) },
        { name: 'ended', label: t('ended'), options: [{ value: 'true', label: t('withEnded') }] },
      ]} />}
      columns={[
        { key: 'name', title: t('name'), show: (row) => <Link className="yq-name" to={`/groups/${row.groupId}`}>{row.name}</Link> },
        { key: 'kind', title: t('kind'), card: 'tag', show: (row) => <span className="yq-row"><Tag>{t(row.kind)}</Tag>{row.circles > 0 && <Tag tone="orange" icon="◆">{t('circleCount', { n: row.circles })}</Tag>}{row.to !== null && <Tag icon="■">{t('groupEnded')}</Tag>}</span> },
        { key: 'members', title: t('memberNumber'), kind: 'number', value: (row) => row.members },
        { key: 'mine', title: t('mineOf'), kind: 'number', value: (row) => row.inScope, card: 'none' },
        { key: 'controller', title: t('controller'), show: (row) => row.controllerName ?? '--' },
        { key: 'loan', title: t('exposure'), kind: 'amount', value: (row) => row.loanFen },
        { key: 'deposit', title: t('deposits'), kind: 'amount', value: (row) => row.depositFen },
        { key: 'limit', title: t('limit'), kind: 'amount', value: (row) => row.limitFen },
        { key: 'over', title: '', show: (row) => (row.overLimit ? <Tag tone="error" icon="⬣">{t('overLimit')}</Tag> : null) },
        { key: 'since', title: t('since'), kind: 'date', value: (row) => row.from, card: 'none' },
      ]}
      empty={<EmptyState title={t('noGroupsYet')} hint={t('noGroupsHint')} />}
    />
  )
}

function Proposals({ households }: { households: boolean }) {
  const t = useText(relationText)
  const list = useListState(['state'])
  const source = useContract(listProposals, { query: { ...(list.query as { state?: ProposalRow['state'] & ('OPEN' | 'CONFIRMED' | 'DECLINED'); cursor?: string }), ...(households ? { kind: 'HOUSEHOLD' } : {}), limit: 50 } })
  return (
    <DataTable<ProposalRow>
      label={t('proposed')} list={list} source={source} rowKey={(row) => row.proposalId} measure="项" measureEn="{n|proposal|proposals}" rowTo={(row) => `/group-proposals/${row.proposalId}`}
      bar={<FilterBar list={list} filters={[{ name: 'state', label: t('proposed'), options: [{ value: 'CONFIRMED', label: t('doneConfirm') }, { value: 'DECLINED', label: t('decline') }] }]} />}
      columns={[
        { key: 'members', title: t('members'), show: (row) => <Link className="yq-name" to={`/group-proposals/${row.proposalId}`}>{row.members.slice(0, 3).map((one) => one.name).join(mark('、'))}{row.memberCount > 3 ? ` ${t('andMore', { n: row.memberCount })}` : ''}</Link> },
        { key: 'kind', title: t('kind'), card: 'tag', show: (row) => <Tag tone={row.kind === 'CIRCLE' ? 'orange' : 'plain'} {...(row.kind === 'CIRCLE' ? { icon: '◆' } : {})}>{t(row.kind)}</Tag> },
        { key: 'tests', title: t('tests'), show: (row) => row.tests.map((one) => t(one)).join('；') },
        ...(households ? [] : [{ key: 'controller', title: t('controller'), show: (row: ProposalRow) => row.controllerName ?? '--' }]),
        { key: 'number', title: t('memberNumber'), kind: 'number', value: (row) => row.memberCount },
        { key: 'extends', title: '', show: (row) => (row.groupId !== null && row.groupName !== null && row.state === 'OPEN' ? t('extendsGroup', { name: row.groupName }) : row.reason) },
        { key: 'found', title: t('foundOn'), kind: 'date', value: (row) => row.foundOn },
      ]}
      empty={households ? <EmptyState title={t('noHouseholds')} hint={t('noHouseholdsHint')} /> : <EmptyState title={t('noProposals')} hint={t('noProposalsHint')} />}
    />
  )
}
