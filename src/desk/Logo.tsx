/** A bridge of silver and bronze. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" fill="none" strokeWidth="2" strokeLinecap="round">
      <path d="M3 22h26" stroke="#C9D3D8" />
      <path d="M6 22c0-7 4.500-11 10-11s10 4 10 11M11 22v-9.500M16 22V11m5 11v-9.500" stroke="#D9B36A" />
    </svg>
  )
}
