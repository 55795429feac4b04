import { Navigate } from 'react-router'
import { EmptyState } from '../ui/EmptyState.tsx'
import { useText } from '../ui/text.ts'
import { useWho } from '../ui/who.ts'
import { deskText } from './desk-text.ts'
import { homeOf } from './menu.ts'

/** Leads to the screen with which the post's day begins. */
export function Home() {
  const t = useText(deskText)
  const { postCode, may } = useWho()
  const home = homeOf(postCode, may)
  return home === null ? <EmptyState title={t('noScreens')} level={2} /> : <Navigate to={home} replace state={{ home: true }} />
}
