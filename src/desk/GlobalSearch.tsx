import { SearchOutlined } from '@ant-design/icons'
import { Modal } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { isComposing } from '../ui/keys.ts'
import { usePick, useText } from '../ui/text.ts'
import { useWho } from '../ui/who.ts'
import { deskText } from './desk-text.ts'
import { mayOpen } from './menu.ts'
import { screens } from './screens.tsx'
import { useFound, type Hit } from './useFound.ts'

/** One box for customers, people and functions. ↑↓ choose, Enter opens, Ctrl Enter in a new tab; Enter that ends a composition does nothing. */
export function GlobalSearch({ onClose }: { onClose: () => void }) {
  const t = useText(deskText)
  const pick = usePick()
  const who = useWho()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  // by its key: what is found later may come before it
  const [chosen, setChosen] = useState<string | null>(null)
  const composing = useRef(false)
  // Enter that was quicker than the answer opens when it is there
  const wanted = useRef<{ newTab: boolean } | null>(null)
  useEffect(() => {
    if (composing.current) return
    const timer = setTimeout(() => setAsked(typed.trim()), 200)
    return () => clearTimeout(timer)
  }, [typed])
  const functions = useMemo<Hit[]>(() => {
    const word = asked.toLowerCase()
    return screens
      .filter((screen) => screen.menu !== undefined && mayOpen(screen, who.may) && (screen.menuFor === undefined || screen.menuFor.includes(who.postCode)))
      .filter((screen) => word === '' || screen.title.zh.includes(word) || screen.title.en.toLowerCase().includes(word))
      .slice(0, word === '' ? 20 : 8).map((screen) => ({ key: screen.path, title: pick(screen.title), to: screen.path }))
  }, [asked, who, pick])
  const found = useFound(asked)
  const groups = [{ name: t('customers'), hits: found.customers }, { name: t('loans'), hits: found.loans }, { name: t('people'), hits: found.people }, { name: t('functions'), hits: functions }].filter((group) => group.hits.length > 0)
  const all = groups.flatMap((group) => group.hits)
  const at = Math.max(0, all.findIndex((hit) => hit.key === chosen))
  useEffect(() => setChosen(null), [asked])
  const open = (hit: Hit | undefined, newTab: boolean): void => {
    if (!hit) return
    if (newTab) window.open(hit.to, '_blank', 'noopener')
    else {
      onClose()
      void navigate(hit.to)
    }
  }
  const settled = asked === typed.trim() && !found.waiting
  useEffect(() => {
    if (!settled || wanted.current === null) return
    const { newTab } = wanted.current
    wanted.current = null
    open(all[at], newTab)
  })
  let place = -1
  return (
    <Modal open onCancel={onClose} footer={null} closable={false} width={640} style={{ top: 72 }} title={<span className="yq-sr">{t('searchWhere')}</span>} className="yq-global-search">
      <div className="yq-global-box">
        <SearchOutlined aria-hidden />
        <input
          autoFocus type="text" role="combobox" aria-expanded="true" aria-controls="yq-found" aria-label={t('searchWhere')} aria-activedescendant={all[at] ? `yq-found-${at}` : undefined} autoComplete="off" enterKeyHint="search"
          placeholder={t('searchHint')} value={typed} onChange={(event) => {
            wanted.current = null
            setTyped(event.target.value)
          }}
          onCompositionStart={() => {
            composing.current = true
          }}
          onCompositionEnd={(event) => {
            composing.current = false
            const text = event.currentTarget.value
            setTyped(text)
            setAsked(text.trim())
          }}
          onKeyDown={(event) => {
            if (isComposing(event)) return
            if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
              event.preventDefault()
              wanted.current = null
              setChosen(all[(at + (event.key === 'ArrowDown' ? 1 : all.length - 1)) % all.length]?.key ?? null)
            } else if (event.key === 'Enter') {
              const newTab = event.ctrlKey || event.metaKey
              // what somebody went to is there; the first of a list that is not whole yet may not be what he typed
              if (settled || (chosen !== null && asked === typed.trim())) open(all[at], newTab)
              else wanted.current = { newTab }
            }
          }}
        />
        <button type="button" className="yq-global-close" onClick={onClose}>Esc</button>
      </div>
      <div id="yq-found" role="listbox" aria-label={t('searchWhere')} className="yq-found">
        {groups.map((group) => (
          <div key={group.name} role="group" aria-label={group.name}>
            <div className="yq-found-name" aria-hidden="true">{group.name}</div>
            {group.hits.map((hit) => {
              place += 1
              const mine = place
              return (
                <div
                  key={hit.key} id={`yq-found-${mine}`} role="option" aria-selected={mine === at} className="yq-found-hit" ref={mine === at ? (node) => node?.scrollIntoView({ block: 'nearest' }) : undefined}
                  // the browser tells a move also when the list changes under a mouse that rests: that chooses nothing
                  onMouseMove={(event) => {
                    if (event.movementX !== 0 || event.movementY !== 0) setChosen(hit.key)
                  }}
                  onClick={(event) => open(hit, event.ctrlKey || event.metaKey)}
                >
                  <span>{hit.title}</span>
                  {hit.note !== undefined && <span className="yq-quiet yq-small">{hit.note}</span>}
                </div>
              )
            })}
          </div>
        ))}
      </div>
      <div className="yq-global-foot yq-small yq-quiet" role="status">{all.length === 0 && settled ? t('searchNothing') : t('searchKeys')}</div>
    </Modal>
  )
}
