import { useEffect, useRef } from 'react'
import { settingsNow } from './settings.ts'

/** True while the input method composes: Enter then belongs to it. */
export function isComposing(event: { nativeEvent?: unknown; isComposing?: boolean; keyCode?: number }): boolean {
  const native = (event.nativeEvent ?? event) as { isComposing?: boolean; keyCode?: number }
  return native.isComposing === true || native.keyCode === 229
}

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(checkbox|radio|button|submit)$/.test((target as HTMLInputElement).type))

let lead: { key: string; at: number } | null = null

/**
 * Keys of a page: `useKeys({ n: create, 'g d': home, '?': help })`. Single keys rest while somebody types, while a dialog is open (unless `inDialog`), and
 * when the reader turned them off; 'ctrl+…' and Escape always work.
 */
export function useKeys(keys: Readonly<Record<string, (event: KeyboardEvent) => void>>, { enabled = true, inDialog = false }: { enabled?: boolean; inDialog?: boolean } = {}): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    if (!enabled) return
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isComposing(event)) return
      if (event.ctrlKey || event.metaKey) {
        latest.current[`ctrl+${event.key.toLowerCase()}`]?.(event)
        return
      }
      if (event.altKey || !settingsNow().shortcuts || typing(event.target)) return
      if (!inDialog && document.querySelector('[role="dialog"][aria-modal="true"]:not([style*="display: none"])')) return
      const now = performance.now()
      const pair = lead !== null && now - lead.at < 1_000 ? latest.current[`${lead.key} ${event.key}`] : undefined
      const act = pair ?? (lead !== null && now - lead.at < 1_000 && lead.key === 'g' ? undefined : latest.current[event.key])
      if (event.key === 'g') lead = { key: 'g', at: now }
      if (!act) return
      lead = null
      // one key, one act: the next listener sees that it is used
      event.preventDefault()
      act(event)
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [enabled, inDialog])
}
