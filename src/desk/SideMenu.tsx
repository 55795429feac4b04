import { BankOutlined, CalendarOutlined, LineChartOutlined, MenuFoldOutlined, MenuUnfoldOutlined, ReadOutlined, SafetyOutlined, SettingOutlined, ShopOutlined, TeamOutlined } from '@ant-design/icons'
import type { ComponentType } from 'react'
import { Link, useLocation } from 'react-router'
import { changeSettings } from '../ui/settings.ts'
import { usePick, useText } from '../ui/text.ts'
import { useWho } from '../ui/who.ts'
import { deskText } from './desk-text.ts'
import { menuOf } from './menu.ts'
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
      {parts.map((part) => {
        const Icon = icons[part.group]
        return folded ? (
          <button key={part.group} type="button" className="yq-menu-sign" title={pick(menuGroups[part.group])} aria-label={pick(menuGroups[part.group])} data-present={part.items.some((screen) => screen.path === present) ? '' : undefined} onClick={() => changeSettings({ menu: 'open' })}>
            <Icon aria-hidden />
          </button>
        ) : (
          <div key={part.group} className="yq-menu-group">
            <div className="yq-menu-title" id={`yq-menu-${part.group}`}><Icon aria-hidden /> {pick(menuGroups[part.group])}</div>
            <ul aria-labelledby={`yq-menu-${part.group}`}>
              {part.items.map((screen) => (
                <li key={screen.path}><Link to={screen.path} aria-current={screen.path === present ? 'page' : undefined}>{pick(screen.title)}</Link></li>
              ))}
            </ul>
          </div>
        )
      })}
      <button type="button" className="yq-menu-fold" onClick={onFold} aria-label={t(folded ? 'openMenu' : 'shutMenu')} title={t(folded ? 'openMenu' : 'shutMenu')}>
        {folded ? <MenuUnfoldOutlined aria-hidden /> : <MenuFoldOutlined aria-hidden />}
      </button>
    </nav>
  )
}

/** The menu's screen to which the present address belongs: the longest that begins it. */
export function usePresent(): string | null {
  const { pathname } = useLocation()
  const who = useWho()
  const all: readonly Screen[] = menuOf(who.postCode, who.may).flatMap((part) => part.items)
  return all.map((screen) => screen.path).filter((path) => pathname === path || pathname.startsWith(`${path}/`)).sort((a, b) => b.length - a.length)[0] ?? null
}
