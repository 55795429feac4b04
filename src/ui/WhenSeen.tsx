import { useEffect, useRef, useState, type ReactNode } from 'react'

/** What stands far down a page and asks the server for itself: made when its place comes near the window, so that opening the page does not wait for it. */
export function WhenSeen({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    const element = place.current
    if (!element) return undefined
    const watcher = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) setSeen(true)
    }, { rootMargin: '200px' })
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [])
  return seen ? children : <div ref={place} style={{ minHeight: 1 }} />
}
