/** What the address says of a list. Everything is text, so that the address alone restores the view in another window. */
export type ListState = {
  /** The words in the search box. */
  search: string
  /** Chosen filters by name. */
  filters: Readonly<Record<string, string>>
  sort: { by: string; descending: boolean } | null
  /** Columns shown, in order; null = the list's own choice. */
  columns: readonly string[] | null
  unit: 'yuan' | 'wan' | 'yi' | null
  /** The view that was chosen: a saved one's id, or a name of the page's own. */
  view: string | null
  /** Cursors of the pages passed, the present one last; empty on the first page. */
  cursors: readonly string[]
}

const own = new Set(['q', 'sort', 'cols', 'unit', 'view', 'at'])

/** Reads a list's state from an address. Unknown names are filters only when the list has such a filter. */
export function readListState(address: URLSearchParams, filterNames: readonly string[]): ListState {
  const filters: Record<string, string> = {}
  for (const name of filterNames) {
    const value = address.get(name)
    if (value !== null && value !== '' && !own.has(name)) filters[name] = value
  }
  const sort = address.get('sort')
  const unit = address.get('unit')
  const columns = address.get('cols')
  return {
    search: address.get('q') ?? '',
    filters,
    sort: sort ? { by: sort.replace(/^-/, ''), descending: sort.startsWith('-') } : null,
    columns: columns ? columns.split('.').filter(Boolean) : null,
    view: address.get('view'),
    unit: unit === 'yuan' || unit === 'wan' || unit === 'yi' ? unit : null,
    cursors: address.getAll('at'),
  }
}

/** Writes a list's state into an address and leaves what belongs to others (a tab, a month) as it is. */
export function writeListState(before: URLSearchParams, state: ListState, filterNames: readonly string[]): URLSearchParams {
  const after = new URLSearchParams(before)
  for (const name of [...own, ...filterNames]) after.delete(name)
  if (state.search !== '') after.set('q', state.search)
  for (const name of filterNames) {
    const value = state.filters[name]
    if (value !== undefined && value !== '') after.set(name, value)
  }
  if (state.sort) after.set('sort', `${state.sort.descending ? '-' : ''}${state.sort.by}`)
  if (state.columns) after.set('cols', state.columns.join('.'))
  if (state.unit) after.set('unit', state.unit)
  if (state.view) after.set('view', state.view)
  for (const cursor of state.cursors) after.append('at', cursor)
  return after
}

/** A change of what is searched, filtered or sorted begins at the first page again; columns, unit and cursors do not. */
export function changedListState(state: ListState, patch: Partial<ListState>): ListState {
  const restarts = 'search' in patch || 'filters' in patch || 'sort' in patch
  return { ...state, ...(restarts ? { cursors: [] } : {}), ...patch }
}
