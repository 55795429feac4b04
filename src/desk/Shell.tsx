import { useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from 'react'
import { Link, ScrollRestoration, useLocation, useNavigate } from 'react-router'
import type { SessionView } from '../access/session.contract.ts'
import { dateText } from '../ui/date-format.ts'
import { useKeys } from '../ui/keys.ts'
import { useOutbox } from '../ui/outbox.ts'
import { changeSettings, usePhone, useSettings } from '../ui/settings.ts'
import { useText } from '../ui/text.ts'
import { uiText } from '../ui/ui-text.ts'
import { useWho } from '../ui/who.ts'
import { deskText } from './desk-text.ts'
import { GlobalSearch } from './GlobalSearch.tsx'
import { KeyHelp } from './KeyHelp.tsx'
import { mayOpen, menuOf } from './menu.ts'
import { MenuContext } from './menu-context.ts'
import { menuGroups, screens } from './screens.tsx'
import { FamilyTabs, SideMenu } from './SideMenu.tsx'
import { PhoneTabs } from './PhoneTabs.tsx'
import { TopBar } from './TopBar.tsx'

/** The frame around every screen: bar, menu, content; on the phone a title bar and tabs. */
export function Shell({ session, children }: { session: SessionView; children: ReactNode }) {
  const t = useText(uiText)
  const d = useText(deskText)
  const phone = usePhone()
  const who = useWho()
  const navigate = useNavigate()
  const { menu, language } = useSettings()
  const { pathname } = useLocation()
  const main = useRef<HTMLElement>(null)
  const [searching, setSearching] = useState(false)
  const [helping, setHelping] = useState(false)
  const online = useSyncExternalStore(watchNetwork, () => navigator.onLine)

  const view = useMemo(() => menuOf(who.postCode, who.may).map((part) => ({ group: part.group, title: menuGroups[part.group], items: part.items })), [who])

  const firstPath = useRef(pathname)
  useEffect(() => {
    // a new page begins at its top for the keyboard and for readers of the screen too
    if (firstPath.current !== pathname) main.current?.focus({ preventScroll: true })
    firstPath.current = pathname
  }, [pathname])

  const waiting = useOutbox()
  const goKeys = Object.fromEntries(screens.filter((screen) => screen.key !== undefined && mayOpen(screen, who.may)).map((screen) => [`g ${screen.key}`, () => void navigate(screen.path)]))
  useKeys({ '/': () => setSearching(true), '?': () => setHelping(true), ...goKeys, 'ctrl+k': (event) => {
    event.preventDefault()
    setSearching(true)
  } })

  return (
    <div className="yq-desk" data-menu={phone ? 'none' : menu}>
      <a className="yq-skip" href="#content" onClick={(event) => {
        event.preventDefault()
        main.current?.focus()
      }}>{t('skipToContent')}</a>
      <TopBar session={session} onSearch={() => setSearching(true)} onHelp={() => setHelping(true)} />
      {!phone && <SideMenu folded={menu === 'shut'} onFold={() => changeSettings({ menu: menu === 'shut' ? 'open' : 'shut' })} />}
      <div className="yq-desk-page">
        {session.demo && <div className="yq-stripe" role="note">{d('demo', { date: dateText(session.businessDate, 'prose', language, session.businessDate) })}</div>}
        {(!online || waiting.length > 0) && <div className="yq-stripe" data-tone="offline" role="status">{!online && waiting.length === 0 ? d('offline') : <Link to="/waiting">{d(online ? 'waitingOnline' : 'waitingOffline', { n: waiting.length })}</Link>}</div>}
        <main id="content" ref={main} tabIndex={-1} className="yq-main"><FamilyTabs /><MenuContext value={view}>{children}</MenuContext></main>
      </div>
      {phone && <PhoneTabs onSearch={() => setSearching(true)} />}
      {searching && <GlobalSearch onClose={() => setSearching(false)} />}
      {helping && <KeyHelp onClose={() => setHelping(false)} />}
      <ScrollRestoration />
    </div>
  )
}

function watchNetwork(changed: () => void): () => void {
  addEventListener('online', changed)
  addEventListener('offline', changed)
  return () => {
    removeEventListener('online', changed)
    removeEventListener('offline', changed)
  }
}
