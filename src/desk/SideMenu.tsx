import { BankOutlined, CalendarOutlined, LineChartOutlined, MenuFoldOutlined, MenuUnfoldOutlined, ReadOutlined, SafetyOutlined, SettingOutlined, ShopOutlined, TeamOutlined } from '@ant-design/icons'
import type { ComponentType } from 'react'
import { Link, useLocation } from 'react-router'
import { changeSettings } from '../ui/settings.ts'
import { usePick, useText } from '../ui/text.ts'
import { useWho } from '../ui/who.ts'
import { deskText } from './desk-text.ts'
import { menuOf, type MenuEntry } from './menu.ts'
import { menuGroups, type MenuGroup, type Screen } from './screens.tsx'

const icons: Record<MenuGroup, ComponentType<{ 'aria-hidden'?: boolean }>> = {
  workbench: CalendarOutlined, customers: TeamOutlined, lobby: ShopOutlined, credit: BankOutlined, performance: LineChartOutlined, competency: ReadOutlined, compliance: SafetyOutlined, administration: SettingOutlined,
}

/** The menu: groups and screens of this post. Folded it shows the groups' signs, which unfold it. */
export function SideMenu({ folded, onFold }: { folded: boolean; onFold: () => void }) {
  const t = useText(deskText)
  const pick = usePick()
  const who = useWho()
  const present = usePresent()
  const parts = menuOf(who.postCode, who.may)
  return (
    <nav className="yq-menu yq-no-print" aria-label={t('menu')}>
      <div className="yq-menu-list">{parts.map((part) => {
        const Icon = icons[part.group]
        return folded ? (
          <button key={part.group} type="button" className="yq-menu-sign" title={pick(menuGroups[part.group])} aria-label={pick(menuGroups[part.group])} data-present={part.items.some((entry) => isPresent(entry, present)) ? '' : undefined} onClick={() => changeSettings({ menu: 'open' })}>
            <Icon aria-hidden />
          </button>
        ) : (
          <div key={part.group} className="yq-menu-group">
            <div className="yq-menu-title" id={`yq-menu-${part.group}`}><Icon aria-hidden /> {pick(menuGroups[part.group])}</div>
            <ul aria-labelledby={`yq-menu-${part.group}`}>
              {part.items.map((entry) => (
                <li key={entry.path}><Link to={entry.path} aria-current={isPresent(entry, present) ? 'page' : undefined}>{pick(entry.title)}</Link></li>
              ))}
            </ul>
          </div>
        )
      })}</div>
      <button type="button" className="yq-menu-fold" onClick={onFold} aria-label={t(folded ? 'openMenu' : 'shutMenu')} title={t(folded ? 'openMenu' : 'shutMenu')}>
        {folded ? <MenuUnfoldOutlined aria-hidden /> : <MenuFoldOutlined aria-hidden />}
      </button>
    </nav>
  )
}

const isPresent = (entry: MenuEntry, present: string | null): boolean => entry.screens.some((screen) => screen.path === present)

/** Tabs between the screens that share an entry of the menu; nothing where the screen stands alone, and not on the pages below it. */
export function FamilyTabs() {
  const pick = usePick()
  const who = useWho()
  const { pathname } = useLocation()
  const family = menuOf(who.postCode, who.may).flatMap((part) => part.items).find((entry) => entry.screens.length > 1 && entry.screens.some((screen) => screen.path === pathname))
  if (!family) return null
  return (
    <nav className="yq-tabs yq-family yq-no-print" aria-label={pick(family.title)}>
      {family.screens.map((screen) => <Link key={screen.path} className="yq-tab" to={screen.path} aria-current={screen.path === pathname ? 'page' : undefined}>{pick(screen.title)}</Link>)}
    </nav>
  )
}

/** The menu's screen to which the present address belongs: the longest that begins it. */
export function usePresent(): string | null {
  const { pathname } = useLocation()
  const who = useWho()
  const all: readonly Screen[] = menuOf(who.postCode, who.may).flatMap((part) => part.items).flatMap((entry) => entry.screens)
  return all.map((screen) => screen.path).filter((path) => pathname === path || pathname.startsWith(`${path}/`)).sort((a, b) => b.length - a.length)[0] ?? null
}
