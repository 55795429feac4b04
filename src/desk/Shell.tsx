import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { SessionView } from '../access/session.contract.ts'
import { usePick } from '../ui/text.ts'
import { useWho } from '../ui/who.ts'
import { menuOf } from './menu.ts'
import { menuGroups } from './screens.tsx'

/** The frame around every screen: bar, menu, content. */
export function Shell({ children }: { session: SessionView; children: ReactNode }) {
  const pick = usePick()
  const who = useWho()
  return (
    <div>
      <nav>{menuOf(who.postCode, who.may).map((part) => <div key={part.group}>{pick(menuGroups[part.group])}{part.items.map((screen) => <Link key={screen.path} to={screen.path}>{pick(screen.title)}</Link>)}</div>)}</nav>
      <main>{children}</main>
    </div>
  )
}
