import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { changedListState, readListState, writeListState, type ListState } from './list-state.ts'

export type ListQuery = Record<string, string | undefined>
export type List = {
  state: ListState
  /** Changes the address: what is searched, filtered or sorted begins at the first page; typing replaces the entry, choices push one (Back returns). */
  change: (patch: Partial<ListState>, how?: 'push' | 'replace') => void
  /** What the server is asked: q, the filters, sort ("-adb"), cursor. Names that the contract calls otherwise are mapped by the page. */
  query: ListQuery
  /** Something narrows the list: an empty answer then reads "nothing matches" and offers to clear. */
  narrowed: boolean
  clear: () => void
  filterNames: readonly string[]
}

/** The state of a list, kept in the address: view, search, filters, sort, columns, unit, cursor. `sort` is the order when the address names none. */
export function useListState(filterNames: readonly string[], { sort }: { sort?: { by: string; descending: boolean } } = {}): List {
  const [address, setAddress] = useSearchParams()
  const names = filterNames.join(' ')
  const state = useMemo(() => {
    const read = readListState(address, names.split(' ').filter(Boolean))
    return read.sort === null && sort ? { ...read, sort } : read
  }, [address, names, sort?.by, sort?.descending])
  const change = useCallback((patch: Partial<ListState>, how: 'push' | 'replace' = 'push') => {
    setAddress((before) => {
      const all = names.split(' ').filter(Boolean)
      return writeListState(before, changedListState(readListState(before, all), patch), all)
    }, { replace: how === 'replace' })
  }, [setAddress, names])
  const query = useMemo<ListQuery>(() => ({
    q: state.search || undefined, ...state.filters, sort: state.sort ? `${state.sort.descending ? '-' : ''}${state.sort.by}` : undefined, cursor: state.cursors.at(-1),
  }), [state])
  const narrowed = state.search !== '' || Object.keys(state.filters).length > 0
  const clear = useCallback(() => change({ search: '', filters: {}, view: null }), [change])
  return useMemo(() => ({ state, change, query, narrowed, clear, filterNames: names.split(' ').filter(Boolean) }), [state, change, query, narrowed, clear, names])
}
