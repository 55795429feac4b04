import { Button } from 'antd'
import { useState } from 'react'
import { changeSavedView, createSavedView, endSavedView, listSavedViews, type SavedView, type ViewState } from '../foundation/http/saved-view.contract.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { useAct, useContract } from './client.ts'
import { useConfirm, useToast } from './Confirm.tsx'
import { TextField } from './fields.tsx'
import { FormDrawer } from './FormDrawer.tsx'
import type { ListState } from './list-state.ts'
import { ShareFields, shareFinding, sharedAs, shareOf } from './ShareFields.tsx'
import { useText } from './text.ts'
import { uiText } from './ui-text.ts'
import { useForm } from './useForm.ts'
import type { List } from './useListState.ts'

/** A named choice of filters: "本月未联系". Its count, when the server gave one. */
export type View = { label: string; filters: Readonly<Record<string, string>>; count?: number }

const stateOf = ({ filters, sort, columns, unit }: ListState): ViewState => ({
  filters: Object.entries(filters).map(([name, value]) => ({ name, value })).sort((a, b) => (a.name < b.name ? -1 : 1)), sort: sort ? `${sort.descending ? '-' : ''}${sort.by}` : null, columns: columns ? [...columns] : null, unit,
})
const patchOf = (id: string, state: ViewState): Partial<ListState> => ({
  view: id, filters: Object.fromEntries(state.filters.map(({ name, value }) => [name, value])), sort: state.sort === null ? null : { by: state.sort.replace(/^-/, ''), descending: state.sort.startsWith('-') }, columns: state.columns, unit: state.unit,
})

/** Views of a list: the page's own, mine, those shared with me. What was changed since it was chosen can be saved, saved as another, or put back; all of it stands in the address. */
export function SavedViews({ list, name, system }: { list: List; name: string; system: readonly View[] }) {
  const t = useText(uiText)
  const toast = useToast()
  const confirm = useConfirm()
  const { data } = useContract(listSavedViews, { query: { list: name } })
  const change = useAct(changeSavedView, { refresh: ['saved-views'], onDone: () => toast(t('viewSaved')) })
  const end = useAct(endSavedView, { refresh: ['saved-views'] })
  const [naming, setNaming] = useState(false)
  const saved = data?.items ?? []
  const { state } = list
  const chosen = saved.find((view) => view.id === state.view)
  const now = stateOf(state)
  // the order that the page gives when the address names none is no change
  const same = (a: ViewState, b: ViewState): boolean => JSON.stringify({ ...a, sort: a.sort ?? b.sort }) === JSON.stringify({ ...b, filters: [...b.filters].sort((x, y) => (x.name < y.name ? -1 : 1)), sort: b.sort ?? a.sort })
  const changed = chosen !== undefined && !same(now, chosen.state)
  const systemOf = (view: View): boolean => chosen === undefined && Object.keys(view.filters).length === now.filters.length && now.filters.every((filter) => view.filters[filter.name] === filter.value)
  const open = now.filters.length > 0 || now.columns !== null
  const save = (view: SavedView): void => change.mutate({ params: { viewId: view.id }, body: { name: view.name, state: now, share: { with: view.shared ? 'LINE' : 'NONE', post: view.sharedPost } } })
  const remove = async (view: SavedView): Promise<void> => {
    if (!(await confirm({ title: t('viewDeleteAsk', { name: view.name }), ...(view.shared ? { effect: t('viewDeleteEffect') } : {}), verb: t('viewDelete'), danger: true }))) return
    end.mutate({ params: { viewId: view.id } })
    list.change({ view: null })
  }
  return (
    <div className="yq-views" role="group" aria-label={t('views')}>
      <button type="button" className="yq-view" aria-pressed={chosen === undefined && !open} onClick={() => list.change({ filters: {}, columns: null, sort: null, view: null })}>{t('allRows')}</button>
      {system.map((view) => (
        <button key={view.label} type="button" className="yq-view" aria-pressed={systemOf(view)} onClick={() => list.change({ filters: view.filters, view: null })}>
          {view.label}
          {view.count !== undefined && <span className="yq-num"> {view.count.toLocaleString('en-US')}</span>}
        </button>
      ))}
      {saved.map((view) => (
        <button key={view.id} type="button" className="yq-view" aria-pressed={chosen?.id === view.id} title={view.mine ? undefined : t('viewOf', { name: view.ownerName })} onClick={() => list.change(patchOf(view.id, view.state))}>
          {view.name}
          {!view.mine && <span className="yq-quiet yq-small"> {view.ownerName}</span>}
        </button>
      ))}
      {changed && chosen && (
        <span className="yq-row yq-no-print" style={{ flex: 'none', flexWrap: 'nowrap' }}>
          <span className="yq-small yq-quiet" role="status">{t('viewChanged')}</span>
          {chosen.mine && <Button size="small" onClick={() => save(chosen)} loading={change.isPending}>{t('viewSave')}</Button>}
          <Button size="small" onClick={() => setNaming(true)}>{t('viewSaveAs')}</Button>
          <Button size="small" type="text" onClick={() => list.change(patchOf(chosen.id, chosen.state))}>{t('viewRestore')}</Button>
        </span>
      )}
      {chosen === undefined && open && !system.some(systemOf) && <Button size="small" style={{ flex: 'none' }} onClick={() => setNaming(true)}>{t('viewSaveAs')}</Button>}
      {chosen?.mine && !changed && <Button size="small" type="text" style={{ flex: 'none' }} onClick={() => void remove(chosen)}>{t('viewDelete')}</Button>}
      {naming && <NameView list={name} state={now} onClose={() => setNaming(false)} onSaved={(id) => list.change({ view: id }, 'replace')} />}
    </div>
  )
}

function NameView({ list, state, onClose, onSaved }: { list: string; state: ViewState; onClose: () => void; onSaved: (id: string) => void }) {
  const t = useText(uiText)
  const toast = useToast()
  const create = useAct(createSavedView, { refresh: ['saved-views'] })
  const form = useForm({
    initial: { id: newId(), name: '', ...sharedAs(false, null) }, check: (values) => ({ name: values.name.trim() === '' ? t('viewNameNeeded') : undefined, post: shareFinding(values, t('sharePostNeeded')) }),
    send: async (values) => {
      await create.mutateAsync({ body: { id: values.id, list, name: values.name, state, share: shareOf(values) } })
      onSaved(values.id)
    },
  })
  return (
    <FormDrawer title={t('viewTitle')} open onClose={onClose} form={form} submit={t('save')} onDone={() => toast(t('viewSaved'))}>
      <TextField form={form} name="name" label={t('viewName')} required max={20} hint={t('viewHint')} />
      <ShareFields form={form} hint={t('shareLineHint')} />
    </FormDrawer>
  )
}
