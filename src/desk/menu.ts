import type { Text } from '../ui/text.ts'
import { menuGroups, screenFamilies, screens, type MenuGroup, type Screen } from './screens.tsx'

/** May a post with these actions open the screen? */
export function mayOpen(screen: Pick<Screen, 'opens'>, may: ReadonlySet<string>): boolean {
  return typeof screen.opens === 'string' || screen.opens.some((action) => may.has(action))
}

/** An entry of the menu: a screen, or a family of them under one name, which opens its first. */
export type MenuEntry = { path: string; title: Text; screens: readonly Screen[] }
export type MenuPart = { group: MenuGroup; items: readonly MenuEntry[] }

/** The menu of a post: groups in the handbook's order, without those that would be empty. */
export function menuOf(postCode: string, may: ReadonlySet<string>): MenuPart[] {
  const mine = screens.filter((screen) => screen.menu && mayOpen(screen, may) && (screen.menuFor === undefined || screen.menuFor.includes(postCode)))
  return (Object.keys(menuGroups) as MenuGroup[])
    .map((group) => ({ group, items: entriesOf(mine.filter((screen) => screen.menu?.[0] === group).sort((a, b) => (a.menu?.[1] ?? 0) - (b.menu?.[1] ?? 0))) }))
    .filter((part) => part.items.length > 0)
}

// a family stands where its first screen stands; of one screen it is that screen
function entriesOf(sorted: readonly Screen[]): MenuEntry[] {
  return sorted.flatMap((screen) => {
    const together = screen.family === undefined ? [screen] : sorted.filter(({ family }) => family === screen.family)
    if (together[0] !== screen) return []
    return [{ path: screen.path, title: screen.family !== undefined && together.length > 1 ? screenFamilies[screen.family] : screen.title, screens: together }]
  })
}

// Where the day begins, by post (handbook, section 3); the first that exists and is allowed.
const homes: Readonly<Record<string, readonly string[]>> = {
  BRANCH_HEAD: ['/dashboard', '/my-day'],
  BANK_LEADER: ['/dashboard', '/my-day'],
  HR: ['/settlement'],
  PERFORMANCE: ['/settlement'],
  ADMIN: ['/set-up', '/system', '/organisation', '/jobs'],
  DATA_STEWARD: ['/deliveries'],
  AUDIT: ['/journal'],
}

/** The address that a person sees first. */
export function homeOf(postCode: string, may: ReadonlySet<string>): string | null {
  const first = menuOf(postCode, may).flatMap((part) => part.items).flatMap((entry) => entry.screens)
  for (const path of [...(homes[postCode] ?? []), '/my-day', '/customers']) if (first.some((screen) => screen.path === path)) return path
  return first[0]?.path ?? null
}
