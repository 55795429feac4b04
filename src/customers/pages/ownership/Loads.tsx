import { Block } from '../../../ui/Block.tsx'
import { useContract } from '../../../ui/client.ts'
import { DataTable, rowsSource } from '../../../ui/DataTable.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FilterBar } from '../../../ui/FilterBar.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { mark, useText } from '../../../ui/text.ts'
import { useListState } from '../../../ui/useListState.ts'
import { listLoads, type ManagerLoadView } from '../../ownership/load.contract.ts'
import { ownershipText } from './ownership-text.ts'

/** 0.83 可接, 1.05 偏满, 1.35 停接: the figure with its word. */
export function LoadTag({ load }: { load: { ratio: string; verdict: 'OK' | 'WARN' | 'STOP' } }) {
  const t = useText(ownershipText)
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      <span className="yq-num">{load.ratio}</span>{' '}
      {load.verdict === 'OK' ? <span className="yq-quiet">{t('OK')}</span> : <Tag tone={load.verdict === 'STOP' ? 'error' : 'warning'} icon={load.verdict === 'STOP' ? '⬣' : '■'}>{t(load.verdict)}</Tag>}
    </span>
  )
}

/** Planning: how full the managers of one's line are, and where the room is. */
export default function Loads() {
  const t = useText(ownershipText)
  const list = useListState(['unitKey'])
  const unitKey = list.query['unitKey']
  const { data, error, refetch } = useContract(listLoads, { query: unitKey === undefined ? {} : { unitKey: Number(unitKey) } })
  const { data: whole } = useContract(listLoads, { query: {} })
  const grade = { A: t('gradeA'), B: t('gradeB'), C: t('gradeC') } as const
  const trim = (value: string | undefined): string => (value ?? '').replace(/\.?0+$/, '')
  return (
    <Page>
      <PageHeader title={t('load')} sub={data && t('loadRule', { warn: trim(data.warnAbove) || '1', stop: trim(data.stopAbove), version: data.policyVersion })} />
      {data && data.items.some((one) => one.verdict === 'STOP') && <Note tone="warning">{t('STOP')}{mark('：')}{data.items.filter((one) => one.verdict === 'STOP').map((one) => t('loadNote', { name: one.name, ratio: one.ratio })).join(mark('、'))}</Note>}
      {(whole?.units.length ?? 0) > 1 && (
        <Block title={t('byOutlet')} asOf={whole?.asOf ?? null} flush>
          <PlainTable
            label={t('byOutlet')}
            columns={[{ key: 'unit', title: t('outlet') }, { key: 'managers', title: t('managers'), right: true }, ...(['T1', 'T2', 'T3', 'T4', 'P'] as const).map((tier) => ({ key: tier, title: t(tier), right: true })), { key: 'credit', title: t('credit'), right: true },
              { key: 'full', title: t('fullOnes'), right: true }, { key: 'stopped', title: t('stoppedOnes'), right: true }, { key: 'pool', title: t('inPool'), right: true }]}
            rows={(whole?.units ?? []).map((unit) => ({ key: String(unit.unitKey), cells: [
              unit.unitName, String(unit.managers), ...(['T1', 'T2', 'T3', 'T4', 'P'] as const).map((tier) => String(unit.tiers[tier])), String(unit.credit), String(unit.full), String(unit.stopped), String(unit.pool),
            ] }))}
          />
        </Block>
      )}
      <DataTable<ManagerLoadView>
        label={t('load')} list={list} source={{ ...rowsSource(data?.items), error, refetch: () => refetch() }} rowKey={(row) => String(row.staffKey)} measure="位" measureEn="{n|manager|managers}" empty={<EmptyState title={t('noManagers')} />}
        bar={(whole?.units.length ?? 0) > 1 ? <FilterBar list={list} filters={[{ name: 'unitKey', label: t('outlet'), long: true, options: (whole?.units ?? []).map((unit) => ({ value: String(unit.unitKey), label: unit.unitName })) }]} /> : undefined}
        columns={[
          { key: 'name', title: t('managers'), show: (row) => row.name },
          { key: 'ratio', title: t('ratio'), right: true, show: (row) => <LoadTag load={row} /> },
          { key: 'unit', title: t('outlet'), show: (row) => row.unitName },
          { key: 'grade', title: t('grade'), show: (row) => (row.grade === null ? '--' : grade[row.grade]) },
          ...(['T1', 'T2', 'T3', 'T4', 'P'] as const).map((tier) => ({ key: tier, title: t(tier), right: true, show: (row: ManagerLoadView) => String(row.tiers[tier]) })),
          { key: 'credit', title: t('credit'), right: true, show: (row) => String(row.credit) },
          { key: 'assisting', title: t('assisting'), right: true, show: (row) => String(row.assisting), card: 'none' },
        ]}
      />
    </Page>
  )
}
