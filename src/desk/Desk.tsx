import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { Navigate, Outlet, useLocation, useNavigate } from 'react-router'
import { getSession, type SessionView } from '../access/session.contract.ts'
import { getStart } from '../access/start.contract.ts'
import { yuan, type MoneyWord } from '../ui/amount-format.ts'
import { RefusalError, useContract, whenSessionEnds } from '../ui/client.ts'
import { signInAddress } from '../ui/client-path.ts'
import { ErrorState } from '../ui/ErrorState.tsx'
import { useSettings } from '../ui/settings.ts'
import { Skeleton } from '../ui/Skeleton.tsx'
import { BankProvider } from '../ui/UiProvider.tsx'
import { WhoContext, type Who } from '../ui/who.ts'
import { lastSession, useDevice, useSending } from './offline.ts'
import { Shell } from './Shell.tsx'

const moneyWords: Readonly<Record<string, MoneyWord>> = { CNY: yuan, CZK: { zh: '克朗', en: 'CZK' } }

/** Everything behind sign-in: asks who is here, then shows the shell around the screen. */
export function Desk() {
  const navigate = useNavigate()
  const { pathname, search } = useLocation()
  useEffect(() => whenSessionEnds((address) => void navigate(address)), [navigate])
  const { data, error, refetch } = useContract(getSession, {}, { stay: true, staleTime: 60_000, keepOld: false })
  const offline = error instanceof RefusalError && error.status === 0
  const [last, setLast] = useState<SessionView | null | undefined>(undefined)
  useEffect(() => {
    if (offline && !data) void lastSession().then(setLast)
  }, [offline, data])
  const session = data ?? (offline ? (last ?? null) : null)
  const ready = useDevice(session, data !== undefined)
  useSending(ready)
  if (error && !data && !session) {
    if (offline && last === undefined) return <Skeleton />
    if (error instanceof RefusalError && error.name === 'not-signed-in') return <Navigate to={signInAddress(`${pathname}${search}`)} replace />
    return <NotReady error={error} onRetry={() => void refetch()} />
  }
  if (!session || !ready) return <Skeleton />
  if (session.mustChangePassword) return <Navigate to="/password" replace />
  return (
    <SignedIn session={session}>
      <Shell session={session}>
        <Outlet />
      </Shell>
    </SignedIn>
  )
}

/** The session could not be asked for: there is no bank yet, or something is wrong. */
function NotReady({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const start = useContract(getStart, {}, { stay: true })
  if (start.data && !start.data.ready) return <Navigate to="/first-start" replace />
  return <main className="yq-main"><ErrorState error={error} onRetry={onRetry} /></main>
}

function SignedIn({ session, children }: { session: SessionView; children: ReactNode }) {
  const { language } = useSettings()
  const who = useMemo<Who>(() => ({
    staffKey: session.person.staffKey, staffNo: session.person.staffNo, name: session.person.name,
    postCode: session.post.code, postTitle: language === 'en' ? session.post.titleEn : session.post.title, unitName: session.post.unitName, may: new Set(session.may),
  }), [session, language])
  return (
    <BankProvider today={session.businessDate} money={moneyWords[session.currency] ?? { zh: session.currency, en: session.currency }}>
      <WhoContext value={who}>{children}</WhoContext>
    </BankProvider>
  )
}
