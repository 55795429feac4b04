import { Button, Checkbox, Table, type TableColumnsType } from 'antd'
import { useEffect, useMemo, useRef, useState, type ReactNode, type ThHTMLAttributes } from 'react'
import { useNavigate } from 'react-router'
import { unitName, type Unit } from './amount-format.ts'
import { EmptyState } from './EmptyState.tsx'
import { ErrorState } from './ErrorState.tsx'
import { useKeys } from './keys.ts'
import { usePhone, useSettings } from './settings.ts'
import { Skeleton } from './Skeleton.tsx'
import { cellOf, isMoney, saysNothing, standsRight, type Column } from './table-columns.tsx'
import { ListFoot, ListTools } from './table-parts.tsx'
import { countText, mark, useText } from './text.ts'
import { uiText } from './ui-text.ts'
import { useBank } from './UiProvider.tsx'
import type { List } from './useListState.ts'

/** What useContract gives for a list endpoint (`page(item)`). */
export type Source<Row> = {
  data?: { items: readonly Row[]; nextCursor: string | null; count: { value: number; exact: boolean } | null } | undefined
  error: unknown
  isFetching: boolean
  refetch: () => unknown
}
/** Rows that are here already (a part of another reply) as a source. */
export const rowsSource = <Row,>(rows: readonly Row[] | undefined): Source<Row> => ({
  data: rows === undefined ? undefined : { items: rows, nextCursor: null, count: null }, error: null, isFetching: false, refetch: () => undefined,
})

/** `run`: what was selected one by one; null: everything that the filters find. */
export type BatchAction = { label: string; run: (ids: readonly string[] | null) => void; danger?: boolean }

type Props<Row> = {
  /** Said to readers of the screen, and the name under which the opened row is remembered. */
  label: string
  list: List
  source: Source<Row>
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  /** What one row is called in the count: "位" → 共 1,284 位. */
  measure?: string
  measureEn?: string
  /** The row's page: Enter opens it, coming back marks it. The name in the first column must be a link of its own (`show`). */
  rowTo?: (row: Row) => string
  /** The filter bar. */
  bar?: ReactNode
  /** Further tools at the toolbar's end: export. */
  tools?: ReactNode
  /** When nothing is there at all. */
  empty: ReactNode
  /** Unit of amounts when the address names none. */
  unit?: Unit
  batch?: readonly BatchAction[]
  /** `n` */
  onNew?: () => void
  /** A list inside of a page keeps its tools to itself. */
  plain?: boolean
  /** Ids of new rows: highlighted for a moment. */
  fresh?: readonly string[]
}

/** A list: columns, order, cursor pages, unit, density, selection; cards on the phone; keys j k x Enter n. */
export function DataTable<Row>({ label, list, source, columns, rowKey, measure, measureEn, rowTo, bar, tools, empty, unit: standardUnit = 'wan', batch = [], onNew, plain = false, fresh = [] }: Props<Row>) {
  const t = useText(uiText)
  const { language, density } = useSettings()
  const { money } = useBank()
  const phone = usePhone()
  const navigate = useNavigate()
  const { state } = list
  const unit = state.unit ?? standardUnit
  const rows = source.data?.items ?? []
  const wanted = useShown(columns, state.columns)
  const shown = state.columns !== null || rows.length === 0 ? wanted : wanted.filter((column) => column.emptyAt === undefined || rows.some((row) => !saysNothing(column, row)))
  const [selected, setSelected] = useState<readonly string[]>([])
  const [everything, setEverything] = useState(false)
  const [at, setAt] = useState(-1)
  const memory = `yq.row.${label}`
  const [last] = useState(() => sessionStorage.getItem(memory))
  const here = useRef<HTMLDivElement>(null)

  const position = JSON.stringify([list.query, source.data?.items.length])
  useEffect(() => {
    setSelected([])
    setEverything(false)
    setAt(-1)
  }, [position])
  useEffect(() => {
    // coming back: the row that was opened is in view again
    if (last !== null && rows.length > 0) here.current?.querySelector('.yq-marked')?.scrollIntoView({ block: 'nearest' })
  }, [last, rows.length > 0])
  useEffect(() => {
    // a table that is wider than its place is scrolled by keyboard too
    for (const part of here.current?.querySelectorAll<HTMLElement>('.ant-table-body, .ant-table-content') ?? []) {
      if (part.scrollWidth > part.clientWidth) part.tabIndex = 0
      else part.removeAttribute('tabindex')
    }
  })
  const remember = (row: Row): void => sessionStorage.setItem(memory, rowKey(row))
  const move = (step: number) => (): void => {
    const next = Math.min(rows.length - 1, Math.max(0, at + step))
    setAt(next)
    requestAnimationFrame(() => here.current?.querySelectorAll('[data-row]')[next]?.scrollIntoView({ block: 'nearest' }))
  }
  const choose = (keys: readonly string[]): void => {
    setSelected(keys)
    setEverything(false)
  }
  const toggle = (key: string): void => choose(selected.includes(key) ? selected.filter((one) => one !== key) : [...selected, key])
  const present = rows[at]
  useKeys({
    j: move(1), k: move(-1),
    ...(onNew ? { n: onNew } : {}),
    ...(present !== undefined && batch.length > 0 ? { x: () => toggle(rowKey(present)) } : {}),
    ...(present !== undefined && rowTo ? { Enter: () => {
      remember(present)
      void navigate(rowTo(present))
    } } : {}),
  }, { enabled: !plain })

  const count = source.data?.count ?? null
  const classOf = (row: Row, index: number): string =>
    [index === at || rowKey(row) === last ? 'yq-marked' : '', fresh.includes(rowKey(row)) ? 'yq-fresh' : ''].filter(Boolean).join(' ')
  const hasMoney = columns.some((column) => isMoney(column) && column.unit === undefined)
  const content = source.error && !source.data ? (
    <div className="yq-block-body"><ErrorState error={source.error} onRetry={() => void source.refetch()} /></div>
  ) : !source.data ? (
    <div className="yq-block-body"><Skeleton lines={8} /></div>
  ) : rows.length === 0 ? (
    list.narrowed ? <EmptyState title={t('nothingMatches')} action={<Button onClick={list.clear}>{t('clearFilters')}</Button>} /> : empty
  ) : phone ? (
    <Cards rows={rows} columns={shown} unit={unit} rowKey={rowKey} classOf={classOf} onOpen={remember} choose={batch.length > 0 ? { selected, toggle, label: t('select') } : null} />
  ) : (
    <Table<Row>
      aria-label={label} rowKey={rowKey} dataSource={[...rows]} pagination={false} size={density === 'compact' ? 'small' : 'middle'} sticky={plain ? false : { offsetHeader: 48 }} scroll={{ x: 'max-content' }}
      columns={antdColumns(shown, list, unit, unitName(unit, language, money), { sortBy: (name) => t('sortBy', { name }), yuan: unitName('yuan', language, money) })}
      components={{ header: { cell: HeadCell } }}
      rowClassName={classOf}
      onRow={(row) => ({ 'data-row': '', onClickCapture: (event: React.MouseEvent) => {
        if ((event.target as HTMLElement).closest('a')) remember(row)
      } }) as object}
      {...(batch.length > 0 ? { rowSelection: { selectedRowKeys: everything ? rows.map(rowKey) : [...selected], onChange: (keys) => choose(keys.map(String)), columnWidth: 40, fixed: true, getCheckboxProps: () => ({ 'aria-label': t('select') }) as object } } : {})}
    />
  )
  return (
    <div className={plain ? 'yq-list' : 'yq-block yq-list'} ref={here}>
      {selected.length > 0 ? (
        <div className="yq-toolbar" data-batch="">
          <strong role="status">{t('selected', { n: `${everything && count ? countText(count, language) : selected.length}${language === 'zh' && measure ? ` ${measure}` : ''}` })}</strong>
          {!everything && count && (count.value > selected.length || !count.exact) && (
            <Button type="link" onClick={() => setEverything(true)}>{t('selectAllOf', { n: `${countText(count, language)}${language === 'zh' && measure ? ` ${measure}` : ''}` })}</Button>
          )}
          {batch.map((action) => (
            <Button key={action.label} danger={action.danger === true} onClick={() => action.run(everything ? null : selected)}>{action.label}</Button>
          ))}
          <Button type="link" onClick={() => choose([])}>{t('cancel')}</Button>
        </div>
      ) : (bar !== undefined || tools !== undefined || hasMoney || !(plain || phone)) && (
        <div className="yq-toolbar">
          {bar}
          <ListTools list={list} columns={columns} shown={shown} unit={hasMoney ? unit : null} tools={tools} quiet={plain} />
        </div>
      )}
      <div className="yq-thin-wrap">{source.isFetching && source.data && <div className="yq-thin-bar" role="status" aria-label={t('updating')} />}</div>
      {source.error && source.data ? <div className="yq-block-body"><ErrorState error={source.error} onRetry={() => void source.refetch()} /></div> : null}
      {content}
      {source.data && (rows.length > 0 || state.cursors.length > 0) && (
        <ListFoot list={list} count={source.data.count} nextCursor={source.data.nextCursor} measure={language === 'zh' ? measure : measureEn ?? t('rows')} rounded={hasMoney && unit !== 'yuan' ? unitName(unit, language, money) : null} />
      )}
    </div>
  )
}

function useShown<Row>(columns: readonly Column<Row>[], chosen: readonly string[] | null): readonly Column<Row>[] {
  return useMemo(() => {
    if (chosen === null) return columns.filter((column) => !column.optional)
    const found = chosen.map((key) => columns.find((column) => column.key === key)).filter((column) => column !== undefined)
    const first = columns[0]
    return first && !found.includes(first) ? [first, ...found] : found
  }, [columns, chosen])
}

type Order = { label: string; active: 'ascending' | 'descending' | null; toggle: () => void }

// the button is made here and not in the title: antd measures columns with a hidden copy of the titles, which must hold nothing that takes focus
function HeadCell({ order, children, ...rest }: ThHTMLAttributes<HTMLTableCellElement> & { order?: Order }) {
  if (order === undefined) return <th {...rest}>{children}</th>
  return (
    <th {...rest} aria-sort={order.active ?? undefined}>
      <button type="button" className="yq-sort" title={order.label} onClick={order.toggle}>
        {children}
        <i aria-hidden="true">{order.active === null ? '↕' : order.active === 'descending' ? '▼' : '▲'}</i>
      </button>
    </th>
  )
}

function antdColumns<Row>(shown: readonly Column<Row>[], list: List, unit: Unit, unitWord: string, words: { sortBy: (name: string) => string; yuan: string }): TableColumnsType<Row> {
  const { sort } = list.state
  return shown.map((column, index) => {
    const name = typeof column.sort === 'string' ? column.sort : column.key
    const active = sort?.by === name ? sort : null
    const word = !isMoney(column) ? null : column.unit === 'yuan' ? words.yuan : unitWord
    const title = (
      <>
        {column.title}
        {word !== null && <span className="yq-unit">{mark('（')}{word}{mark('）')}</span>}
      </>
    )
    return {
      key: column.key,
      title,
      ...(index === 0 ? { fixed: 'start' as const, rowScope: 'row' as const } : column.card === 'action' && index === shown.length - 1 ? { fixed: 'end' as const } : {}),
      align: standsRight(column) ? ('right' as const) : ('left' as const),
      ...(column.width === undefined ? {} : { width: column.width }),
      ...(column.sort === undefined ? {} : { onHeaderCell: () => ({ order: {
        label: words.sortBy(column.title), active: active === null ? null : active.descending ? 'descending' : 'ascending',
        toggle: () => list.change({ sort: { by: name, descending: active ? !active.descending : standsRight(column) } }),
      } satisfies Order }) as object }),
      render: (_value: unknown, row: Row) => (column.kind === undefined || column.kind === 'text' ? <div className="yq-cell">{cellOf(column, row, unit, true)}</div> : cellOf(column, row, unit, true)),
    }
  })
}

type Choose = { selected: readonly string[]; toggle: (key: string) => void; label: string }
function Cards<Row>({ rows, columns, unit, rowKey, classOf, onOpen, choose }: { rows: readonly Row[]; columns: readonly Column<Row>[]; unit: Unit; rowKey: (row: Row) => string; classOf: (row: Row, index: number) => string; onOpen: (row: Row) => void; choose: Choose | null }) {
  const [title, ...others] = columns
  if (!title) return null
  const facts = others.filter((column) => (column.card ?? 'fact') === 'fact')
  const tags = others.filter((column) => column.card === 'tag')
  const actions = others.filter((column) => column.card === 'action')
  return (
    <ul className="yq-cards">
      {rows.map((row, index) => (
        <li key={rowKey(row)} data-row="" className={`yq-card ${classOf(row, index)}`} onClickCapture={(event) => {
          if ((event.target as HTMLElement).closest('a')) onOpen(row)
        }}>
          <div className="yq-card-title">
            {choose && <Checkbox checked={choose.selected.includes(rowKey(row))} onChange={() => choose.toggle(rowKey(row))} aria-label={choose.label} />}
            {cellOf(title, row, unit, false)}
            {tags.map((column) => <span key={column.key}>{cellOf(column, row, unit, false)}</span>)}
          </div>
          <div className="yq-card-facts">
            {facts.filter((column) => !saysNothing(column, row)).map((column) => (
              <span key={column.key}>
                {column.title} <b>{cellOf(column, row, unit, false)}</b>
              </span>
            ))}
          </div>
          {actions.length > 0 && <div className="yq-card-actions">{actions.map((column) => <span key={column.key}>{cellOf(column, row, unit, false)}</span>)}</div>}
        </li>
      ))}
    </ul>
  )
}
