import { Button } from 'antd'
import { Block } from '../../ui/Block.tsx'
import { useContract } from '../../ui/client.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { KeyFigures } from '../../ui/KeyFigures.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { aside, mark, usePick, useText } from '../../ui/text.ts'
import { useListState } from '../../ui/useListState.ts'
import { readDataInventory } from '../data-inventory.contract.ts'
import { inventoryText } from './inventory-text.ts'

const classes = ['GENERAL_SENSITIVE', 'GENERAL'] as const

/** Every stored field with class, purpose, owner and retention; prints as it stands. */
export default function DataInventory() {
  const t = useText(inventoryText)
  const pick = usePick()
  const list = useListState(['class', 'room'])
  const { data, error, refetch } = useContract(readDataInventory, {})
  const { class: chosen, room, q = '' } = list.query as { class?: string; room?: string; q?: string }
  const wanted = q.trim().toLowerCase()
  const tables = (data?.tables ?? []).flatMap((table) => {
    if (room !== undefined && table.room !== room) return []
    const here = `${table.name} ${table.label}`.toLowerCase().includes(wanted)
    const fields = table.fields.filter((field) => (chosen === undefined || field.dataClass === chosen) && (here || `${field.name} ${field.label}`.toLowerCase().includes(wanted)))
    return fields.length === 0 ? [] : [{ ...table, fields }]
  })
  const rooms = [...new Set((data?.tables ?? []).map((table) => table.room))].sort()
  return (
    <Page>
      <PageHeader title={t('title')} sub={t('sub')} actions={<Button type="primary" className="yq-no-print" onClick={() => print()}>{t('print')}</Button>} />
      {data && <KeyFigures figures={[
        { label: t('tables'), value: String(data.tables.length) }, { label: t('GENERAL_SENSITIVE'), value: String(data.counts.GENERAL_SENSITIVE), to: '?class=GENERAL_SENSITIVE' },
        { label: t('GENERAL'), value: String(data.counts.GENERAL), to: '?class=GENERAL' }, { label: t('CORE'), value: String(data.counts.CORE), note: t('coreNote') },
      ]} />}
      <FilterBar list={list} search={{ placeholder: t('search') }} filters={[{ name: 'class', label: t('class'), options: classes.map((value) => ({ value, label: t(value) })) }, { name: 'room', label: t('room'), options: rooms.map((value) => ({ value, label: value })), long: true }]} />
      {(error || !data) && <Block title={t('title')} loading={!data} error={error} onRetry={() => void refetch()} />}
      {data && tables.length === 0 && <EmptyState title={t('none')} />}
      {tables.map((table) => (
        <Block key={table.name} title={aside(table.label, table.name)} source={table.room} flush>
          <div className="yq-row yq-small" style={{ padding: '8px 12px' }}>
            <span>{t('purpose')}{mark('：')}{pick(table.purpose)}</span><span>{t('owner')}{mark('：')}{pick(table.owner)}</span><span>{t('retention')}{mark('：')}{pick(table.retention)}{mark('（')}{pick(table.basis)}{mark('）')}</span>
            {table.secrecy !== 'NORMAL' && <Tag tone="warning">{t(table.secrecy)}</Tag>}
          </div>
          <PlainTable
            label={table.label} columns={[{ key: 'field', title: t('field') }, { key: 'name', title: t('column') }, { key: 'class', title: t('class') }, { key: 'kept', title: t('kept') }]}
            rows={table.fields.map((field) => ({ key: field.name, cells: [field.label, <span className="yq-quiet">{field.name}</span>, field.dataClass === 'GENERAL' ? t('GENERAL') : <Tag tone="warning" icon="■">{t(field.dataClass)}</Tag>, t(field.protection)] }))}
          />
        </Block>
      ))}
    </Page>
  )
}
