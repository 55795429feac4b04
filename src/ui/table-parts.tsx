import { ColumnHeightOutlined, DownOutlined, SettingOutlined, UpOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover, Select } from 'antd'
import type { ReactNode } from 'react'
import { unitName, units, type Unit } from './amount-format.ts'
import { changeSettings, usePhone, useSettings } from './settings.ts'
import { countText, fill, useText } from './text.ts'
import { uiText } from './ui-text.ts'
import { useBank } from './UiProvider.tsx'
import type { List } from './useListState.ts'

type Named = { key: string; title: string }

/** At the end of a list's toolbar: unit, columns, density, and what the page adds. */
export function ListTools({ list, columns, shown, unit, tools, quiet }: { list: List; columns: readonly Named[]; shown: readonly Named[]; unit: Unit | null; tools?: ReactNode; quiet: boolean }) {
  const t = useText(uiText)
  const { language, density } = useSettings()
  const { money } = useBank()
  const phone = usePhone()
  return (
    <div className="yq-toolbar-end">
      {unit !== null && (
        <Select
          aria-label={t('unit')} variant="borderless" popupMatchSelectWidth={false} value={unit} onChange={(next: Unit) => list.change({ unit: next }, 'replace')}
          options={units.map((one) => ({ value: one, label: unitName(one, language, money) }))}
        />
      )}
      {!quiet && !phone && (
        <>
          <Popover trigger="click" placement="bottomRight" content={<ColumnChooser list={list} columns={columns} shown={shown} />}>
            <Button type="text" icon={<SettingOutlined aria-hidden />}>{t('columns')}</Button>
          </Popover>
          <Button
            type="text" icon={<ColumnHeightOutlined aria-hidden />} aria-label={`${t('density')} ${t(density)}`} title={`${t('density')} ${t(density)}`}
            onClick={() => changeSettings({ density: density === 'compact' ? 'comfortable' : 'compact' })}
          />
        </>
      )}
      {tools}
    </div>
  )
}

function ColumnChooser({ list, columns, shown }: { list: List; columns: readonly Named[]; shown: readonly Named[] }) {
  const t = useText(uiText)
  const keys = shown.map((column) => column.key)
  const rest = columns.filter((column) => !keys.includes(column.key))
  const set = (next: readonly string[]): void => list.change({ columns: next }, 'replace')
  const swap = (index: number, other: number): void => {
    const next = [...keys]
    const [a, b] = [next[index], next[other]]
    if (a === undefined || b === undefined) return
    next[index] = b
    next[other] = a
    set(next)
  }
  return (
    <div className="yq-columns">
      {[...shown, ...rest].map((column) => {
        const index = keys.indexOf(column.key)
        const first = columns[0]?.key === column.key
        return (
          <div key={column.key}>
            <Checkbox checked={index >= 0} disabled={first} onChange={() => set(index >= 0 ? keys.filter((key) => key !== column.key) : [...keys, column.key])}>
              {column.title}
            </Checkbox>
            <Button size="small" type="text" icon={<UpOutlined aria-hidden />} aria-label={`${t('moveUp')} ${column.title}`} disabled={index < 2} onClick={() => swap(index, index - 1)} />
            <Button size="small" type="text" icon={<DownOutlined aria-hidden />} aria-label={`${t('moveDown')} ${column.title}`} disabled={index < 1 || index === keys.length - 1} onClick={() => swap(index, index + 1)} />
          </div>
        )
      })}
      <Button type="link" onClick={() => list.change({ columns: null }, 'replace')}>{t('standardColumns')}</Button>
    </div>
  )
}

/** Count, and the way through the pages: no page numbers, a cursor knows none. */
export function ListFoot({ list, count, nextCursor, measure, rounded }: { list: List; count: { value: number; exact: boolean } | null; nextCursor: string | null; measure?: string; rounded: string | null }) {
  const t = useText(uiText)
  const { language } = useSettings()
  const { cursors } = list.state
  const paged = cursors.length > 0 || nextCursor !== null
  if (rounded === null && !count && !paged) return null
  return (
    <div className="yq-list-foot">
      <span className="yq-small">{rounded !== null && t('rounded', { unit: rounded })}</span>
      {count && <span role="status">{t('count', { n: `${countText(count, language)}${measure ? ` ${fill(measure, { n: count.value })}` : ''}` })}</span>}
      {paged && (
        <span className="yq-row yq-no-print">
          <Button disabled={cursors.length === 0} onClick={() => list.change({ cursors: cursors.slice(0, -1) })}>{t('previous')}</Button>
          <Button disabled={nextCursor === null} onClick={() => nextCursor !== null && list.change({ cursors: [...cursors, nextCursor] })}>{t('next')}</Button>
        </span>
      )}
    </div>
  )
}
