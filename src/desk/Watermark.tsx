import { useMemo } from 'react'
import { useWho } from '../ui/who.ts'

/** Name and staff number, faint, across a page with customer data. A picture, so that readers of the screen do not hear it. */
export function Watermark() {
  const { name, staffNo } = useWho()
  const picture = useMemo(() => {
    const text = `${name} ${staffNo}`.replace(/[<>&"']/g, '')
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200"><text x="20" y="140" font-family="sans-serif" font-size="16" fill="#000" transform="rotate(-20 20 140)">${text}</text></svg>`
    return `url("data:image/svg+xml,${encodeURIComponent(svg)}")`
  }, [name, staffNo])
  return <div className="yq-watermark" aria-hidden="true" style={{ backgroundImage: picture }} />
}
