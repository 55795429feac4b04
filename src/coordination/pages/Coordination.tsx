import { Button } from 'antd'
import { Link, useNavigate } from 'react-router'
import { Block } from '../../ui/Block.tsx'
import { useContract } from '../../ui/client.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Deadline } from '../../ui/Deadline.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PageTabs, usePageTab } from '../../ui/PageTabs.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Percent } from '../../ui/Percent.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { mark, usePick, useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useListState } from '../../ui/useListState.ts'
import { useMay } from '../../ui/who.ts'
import { answerTimes, caseKinds, listCases, type CaseKind, type CaseLine, type CaseState } from '../coordination.contract.ts'
import { coordinationText } from './coordination-text.ts'

const tones = { ASKED: 'info', IN_WORK: 'info', REFUSED: 'warning', REPORTED: 'warning', CLOSED: 'success', WITHDRAWN: 'plain' } as const satisfies Readonly<Record<CaseState, string>>

export function StateTag({ line }: { line: Pick<CaseLine, 'state' | 'late' | 'escalated'> }) {
  const t = useText(coordinationText)
  return line.late ? <Tag tone="error" icon="⬣">{`${t(line.state)} · ${t('late')}${line.escalated ? ` · ${t('escalated')}` : ''}`}</Tag> : <Tag tone={tones[line.state]}>{t(line.state)}</Tag>
}

/** 内部协调: what waits for me, what I asked, where I take part, what my line has; and how departments answer. */
export default function Coordination() {
  const t = useText(coordinationText)
  const may = useMay()
  const navigate = useNavigate()
  const tabs = [...(['waiting', 'asked', 'part', 'all'] as const).map((key) => ({ key, label: t(key) })), ...(may('coordination.statistics') ? [{ key: 'statistics' as const, label: t('statistics') }] : [])]
  const tab = usePageTab(tabs)
  return (
    <Page>
      <PageHeader title={t('coordination')} actions={may('coordination.ask') && <Button type="primary" onClick={() => void navigate('/coordination/new')}>{t('ask')}</Button>} />
      <PageTabs tabs={tabs} label={t('coordination')} />
      {tab === 'statistics' ? <Statistics /> : <Cases key={tab} list={tab as 'waiting' | 'asked' | 'part' | 'all'} />}
    </Page>
  )
}

function Cases({ list: which }: { list: 'waiting' | 'asked' | 'part' | 'all' }) {
  const t = useText(coordinationText)
  const list = useListState(['over', 'kind', 'late'])
  const { cursor, over, kind, late } = list.query
  const source = useContract(listCases, { query: { list: which, ...(over === 'true' ? { over: 'true' } : {}), ...(late === 'true' ? { late: 'true' } : {}), ...(kind === undefined || kind === '' ? {} : { kind: kind as CaseKind }), ...(cursor === undefined ? {} : { cursor }) } })
  return (
    <DataTable<CaseLine>
      label={t(which)} list={list} source={source} rowKey={(row) => row.id} measure="项" measureEn="{n|matter|matters}" rowTo={(row) => `/coordination/${row.id}`}
      empty={<EmptyState title={which === 'waiting' ? t('noWaiting') : which === 'asked' ? t('noAsked') : t('noCases')} hint={t('noCasesHint')} />}
      bar={<FilterBar list={list} filters={[
        { name: 'kind', label: t('kind'), options: caseKinds.map((value) => ({ value, label: t(value) })) }, { name: 'late', label: t('onlyLate'), options: [{ value: 'true', label: t('yes') }] }, { name: 'over', label: t('showOver'), options: [{ value: 'true', label: t('over') }] },
      ]} />}
      columns={[
        { key: 'title', title: t('title'), show: (row) => <><Link className="yq-name" to={`/coordination/${row.id}`}>{row.title ?? t('hidden')}</Link> <span className="yq-quiet yq-small yq-num">{row.number}</span></> },
        { key: 'state', title: t('state'), card: 'tag', show: (row) => <StateTag line={row} /> },
        { key: 'kind', title: t('kind'), show: (row) => `${t(row.form)} · ${t(row.kind)}` },
        { key: 'unit', title: t('unit'), show: (row) => row.unitName ?? '--' },
        { key: 'answerer', title: t('answerer'), show: (row) => row.answerer?.name ?? '--' },
        { key: 'asker', title: t('asker'), show: (row) => row.holder.name },
        { key: 'customer', title: t('customer'), show: (row) => row.customerName ?? '--', optional: true },
        { key: 'due', title: t('due'), show: (row) => <Deadline date={row.answerBy ?? row.dueOn} done={['REPORTED', 'REFUSED', 'CLOSED', 'WITHDRAWN'].includes(row.state)} {...(row.workingDaysLeft === null ? {} : { workingDays: row.workingDaysLeft })} /> },
      ]}
    />
  )
}

/** Of the last twelve months by default; small departments are not shown. */
function Statistics() {
  const t = useText(coordinationText)
  const pick = usePick()
  const { today } = useBank()
  const from = `${String(Number(today.slice(0, 4)) - 1)}${today.slice(4, 7)}-01`
  const source = useContract(answerTimes, { query: { from, to: today } })
  const { data } = source
  return (
    <Block title={t('statistics')} {...(data ? { source: `${data.from} ${t('until')} ${data.to}` } : {})} loading={!data} error={source.error} onRetry={() => void source.refetch()} flush={(data?.units.length ?? 0) > 0}>
      {data && data.units.length === 0 ? <EmptyState title={t('noStatistics')} {...(data.hidden > 0 ? { hint: t('hiddenUnits', { n: data.hidden }) } : {})} /> : data && (
        <>
          <PlainTable
            label={t('statistics')} columns={[{ key: 'unit', title: t('unit') }, ...(['askedCount', 'answeredCount', 'openCount', 'refusedCount', 'handedCount', 'lateCount', 'mean', 'longest', 'onTimePct'] as const).map((key) => ({ key, title: t(key), right: true }))]}
            rows={data.units.map((unit) => ({ key: String(unit.unitKey), cells: [
              pick({ zh: unit.name, en: unit.nameEn }), unit.asked, unit.answered, unit.open, unit.refused, unit.handedOn, unit.late, unit.meanDays ?? '--', unit.longestDays ?? '--', unit.onTimePct === null ? '--' : <Percent key="p" ratio={String(Number(unit.onTimePct) / 100)} />,
            ] }))}
          />
          <p className="yq-quiet yq-small" style={{ padding: '0 16px' }}>{t('statisticsNote')}{data.hidden > 0 && `${mark('；')}${t('hiddenUnits', { n: data.hidden })}`}</p>
        </>
      )}
    </Block>
  )
}
