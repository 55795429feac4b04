/** A bar of a ratio ("0.68") with an optional mark (time elapsed, target). The figure stands beside it in words: the bar is hidden from readers. */
export function Meter({ ratio, mark }: { ratio: string | null; mark?: string }) {
  const width = (value: string): string => `${Math.min(100, Math.max(0, Number(value) * 100))}%`
  return (
    <div className="yq-meter" aria-hidden="true">
      {ratio !== null && <span style={{ width: width(ratio) }} />}
      {mark !== undefined && <i style={{ left: width(mark) }} />}
    </div>
  )
}
