import { useSearchParams } from 'react-router'
import type { ReactNode } from 'react'

export type PageTab = { key: string; label: string; note?: ReactNode }

/** The tab that the address names; the first when it names none. */
export function usePageTab(tabs: readonly PageTab[], name = 'tab'): string {
  const [address] = useSearchParams()
  const asked = address.get(name)
  return tabs.find((tab) => tab.key === asked)?.key ?? tabs[0]?.key ?? ''
}

/** Tabs of a page as links: the address restores them, Back returns. They scroll sideways on the phone. */
export function PageTabs({ tabs, label, name = 'tab' }: { tabs: readonly PageTab[]; label: string; name?: string }) {
  const [address, setAddress] = useSearchParams()
  const present = usePageTab(tabs, name)
  return (
    <nav className="yq-tabs" aria-label={label}>
      {tabs.map((tab) => (
        <button
          key={tab.key} type="button" className="yq-tab" aria-current={tab.key === present ? 'page' : undefined}
          onClick={() => setAddress(new URLSearchParams([...[...address].filter(([key]) => key !== name), [name, tab.key]]))}
        >
          {tab.label}
          {tab.note}
        </button>
      ))}
    </nav>
  )
}
