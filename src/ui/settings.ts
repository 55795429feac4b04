import { useSyncExternalStore } from 'react'

export type Language = 'zh' | 'en'
export type Mode = 'light' | 'dark'
export type Density = 'comfortable' | 'compact'
/** How a reader likes this browser: kept on the device, not on the server. */
export type Settings = {
  language: Language
  theme: Mode | 'system'
  density: Density
  /** 增减颜色: red up and green down as China reads it, or none. Never the reverse. */
  change: 'red-up' | 'colourless'
  /** Single keys (/, n, g c …) can be turned off (WCAG 2.1.4). */
  shortcuts: boolean
  menu: 'open' | 'shut'
}

const key = 'yq.settings'
const standard: Settings = { language: 'zh', theme: 'system', density: 'comfortable', change: 'red-up', shortcuts: true, menu: 'open' }
const choices: { [K in keyof Settings]: readonly Settings[K][] } = {
  language: ['zh', 'en'], theme: ['light', 'dark', 'system'], density: ['comfortable', 'compact'], change: ['red-up', 'colourless'], shortcuts: [true, false], menu: ['open', 'shut'],
}

/** Reads what was kept; what is not a choice (an older version, a hand in the storage) counts as the standard. */
export function settingsFrom(kept: string | null): Settings {
  let found: Record<string, unknown>
  try {
    const parsed: unknown = JSON.parse(kept ?? '{}')
    found = typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {}
  } catch {
    found = {}
  }
  const pick = <K extends keyof Settings>(name: K): Settings[K] => choices[name].find((choice) => choice === found[name]) ?? standard[name]
  return { language: pick('language'), theme: pick('theme'), density: pick('density'), change: pick('change'), shortcuts: pick('shortcuts'), menu: pick('menu') }
}

const readers = new Set<() => void>()
let current = settingsFrom(typeof localStorage === 'undefined' ? null : localStorage.getItem(key))

/** The settings now; outside components (the client's Accept-Language). */
export const settingsNow = (): Settings => current

/** Changes settings for every part of the page, and keeps them. */
export function changeSettings(patch: Partial<Settings>): void {
  current = { ...current, ...patch }
  try {
    localStorage.setItem(key, JSON.stringify(current))
  } catch {
    // a full or forbidden storage: the choice lasts until the page closes
  }
  for (const reader of readers) reader()
}

function subscribe(reader: () => void): () => void {
  readers.add(reader)
  return () => readers.delete(reader)
}

export const useSettings = (): Settings => useSyncExternalStore(subscribe, settingsNow)

/** True while a media query holds. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    () => matchMedia(query).matches,
  )
}

/** A phone: one column, targets of 44 px. */
export const usePhone = (): boolean => useMedia('(max-width: 767px)')

/** The colour scheme that is shown: the person's choice, else that of the device. */
export function useMode(): Mode {
  const { theme } = useSettings()
  const system = useMedia('(prefers-color-scheme: dark)')
  if (theme !== 'system') return theme
  return system ? 'dark' : 'light'
}
