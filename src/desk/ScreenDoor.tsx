import { Suspense } from 'react'
import { NotFound } from '../ui/NotFound.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { useWho } from '../ui/who.ts'
import { mayOpen } from './menu.ts'
import type { Screen } from './screens.tsx'
import { Watermark } from './Watermark.tsx'

/** Shows a screen, or the one answer for what is not there and what is not allowed. */
export function ScreenDoor({ screen }: { screen: Screen }) {
  const who = useWho()
  if (!mayOpen(screen, who.may)) return <NotFound />
  return (
    <Suspense fallback={<Skeleton lines={8} />}>
      <screen.page />
      {screen.customerData && <Watermark />}
    </Suspense>
  )
}
