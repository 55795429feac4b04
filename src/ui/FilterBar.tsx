import { FilterOutlined } from '@ant-design/icons'
import { Button, Drawer, Select } from 'antd'
import { useState, type ReactNode } from 'react'
import { SavedViews, type View } from './SavedViews.tsx'
import { SearchBox } from './SearchBox.tsx'
import { usePhone } from './settings.ts'
import { useText } from './text.ts'
import { uiText } from './ui-text.ts'
import type { List } from './useListState.ts'

export type Filter = {
  /** Its name in the address and in `list.query`. */
  name: string
  label: string
  options: readonly { value: string; label: string }[]
  /** May be searched by typing: long lists (outlets, people). */
  long?: boolean
}

/** Search, filters and views of a list, acting at once. On the phone the filters stand in a sheet from below. */
export function FilterBar({ list, search, filters = [], views = [], saved, children }: {
  list: List; search?: { placeholder?: string; label?: string }; filters?: readonly Filter[]; views?: readonly View[]; children?: ReactNode
  /** The list's name: its views are kept under it, one's own and those shared with one's line. */
  saved?: string
}) {
  const t = useText(uiText)
  const phone = usePhone()
  const [open, setOpen] = useState(false)
  const { state, change, narrowed, clear } = list
  const chosen = filters.filter((filter) => state.filters[filter.name] !== undefined).length
  const set = (name: string, value: string | undefined): void => {
    const { [name]: _old, ...others } = state.filters
    change({ filters: value === undefined || value === '' ? others : { ...others, [name]: value } })
  }
  const fields = filters.map((filter) => (
    <Select
      key={filter.name} aria-label={filter.label} placeholder={filter.label} allowClear value={state.filters[filter.name] ?? null} onChange={(value: string | null | undefined) => set(filter.name, value ?? undefined)}
      options={[...filter.options]} popupMatchSelectWidth={false} style={phone ? { width: '100%' } : { minWidth: 120 }} {...(filter.long ? { showSearch: { optionFilterProp: 'label' } } : {})}
    />
  ))
  return (
    <>
      {saved !== undefined ? <SavedViews list={list} name={saved} system={views} /> : views.length > 0 && <Views list={list} views={views} />}
      <div className="yq-filters">
        {search && <SearchBox value={state.search} onSearch={(text) => change({ search: text }, 'replace')} placeholder={search.placeholder} label={search.label} />}
        {phone && filters.length > 0 ? (
          <Button icon={<FilterOutlined aria-hidden />} onClick={() => setOpen(true)}>{chosen > 0 ? t('filtersCount', { n: chosen }) : t('filters')}</Button>
        ) : fields}
        {children}
        {narrowed && <Button type="link" onClick={clear}>{t('clear')}</Button>}
      </div>
      {phone && (
        <Drawer open={open} onClose={() => setOpen(false)} placement="bottom" title={t('filters')} size="auto" extra={<Button type="primary" onClick={() => setOpen(false)}>{t('showResults')}</Button>}>
          <div className="yq-stack">
            {filters.map((filter, index) => (
              <div key={filter.name} className="yq-field">
                <span aria-hidden="true">{filter.label}</span>
                {fields[index]}
              </div>
            ))}
          </div>
        </Drawer>
      )}
    </>
  )
}

function Views({ list, views }: { list: List; views: readonly View[] }) {
  const t = useText(uiText)
  const now = list.state.filters
  const same = (filters: Readonly<Record<string, string>>): boolean => Object.keys(filters).length === Object.keys(now).length && Object.entries(filters).every(([name, value]) => now[name] === value)
  return (
    <div className="yq-views" role="group" aria-label={t('views')}>
      {views.map((view) => (
        <button key={view.label} type="button" className="yq-view" aria-pressed={same(view.filters)} onClick={() => list.change({ filters: view.filters })}>
          {view.label}
          {view.count !== undefined && <span className="yq-num"> {view.count.toLocaleString('en-US')}</span>}
        </button>
      ))}
    </div>
  )
}
