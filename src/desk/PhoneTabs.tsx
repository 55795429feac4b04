import { CalendarOutlined, CheckSquareOutlined, PlusOutlined, SearchOutlined, TeamOutlined, UserOutlined } from '@ant-design/icons'
import type { ComponentType } from 'react'
import { Link, useLocation } from 'react-router'
import { useText } from '../ui/text.ts'
import { useWho } from '../ui/who.ts'
import { deskText } from './desk-text.ts'
import { mayOpen } from './menu.ts'
import { screens, type Screen } from './screens.tsx'

type Tab = { key: string; label: string; to: string; icon: ComponentType<{ 'aria-hidden'?: boolean }> }

/** Up to five tabs under the thumb: today, customers, record (for an office: search), tasks, me. One whose screen does not exist or is not allowed is absent. */
export function PhoneTabs({ onSearch }: { onSearch: () => void }) {
  const t = useText(deskText)
  const who = useWho()
  const { pathname } = useLocation()
  const pathOf = (tab: NonNullable<Screen['tab']>): string | undefined => screens.find((screen) => screen.tab === tab && mayOpen(screen, who.may) && (screen.menuFor === undefined || screen.menuFor.includes(who.postCode)))?.path
  const [today, customers, record, tasks] = (['today', 'customers', 'record', 'tasks'] as const).map(pathOf)
  const tabs: Tab[] = [
    ...(today === undefined ? [] : [{ key: 'today', label: t('today'), to: today, icon: CalendarOutlined }]),
    ...(customers === undefined ? [] : [{ key: 'customers', label: t('customers'), to: customers, icon: TeamOutlined }]),
    ...(record === undefined ? [] : [{ key: 'record', label: t('record'), to: record, icon: PlusOutlined }]),
    ...(tasks === undefined ? [] : [{ key: 'tasks', label: t('tasks'), to: tasks, icon: CheckSquareOutlined }]),
    { key: 'mine', label: t('mine'), to: '/me', icon: UserOutlined },
  ]
  return (
    <nav className="yq-phone-tabs yq-no-print" aria-label={t('tabs')}>
      {record === undefined && (
        <button type="button" onClick={onSearch}>
          <SearchOutlined aria-hidden />
          <span>{t('search')}</span>
        </button>
      )}
      {tabs.map(({ key, label, to, icon: Icon }) => (
        <Link key={key} to={to} aria-current={pathname === to || pathname.startsWith(`${to}/`) ? 'page' : undefined} data-main={key === 'record' ? '' : undefined}>
          <Icon aria-hidden />
          <span>{label}</span>
        </Link>
      ))}
    </nav>
  )
}
