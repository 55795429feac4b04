import { decimalText, percentText } from './amount-format.ts'
import { Nothing } from './Amount.tsx'

/** A ratio (an exact decimal as text): "0.96" is 96.00%. */
export function Percent({ ratio, decimals = 2 }: { ratio: string | null | undefined; decimals?: number }) {
  if (ratio === null || ratio === undefined || ratio === '') return <Nothing />
  return <span className="yq-num">{percentText(ratio, decimals)}</span>
}

/** An exact decimal (points, coefficients) or a count, with separators. */
export function Figure({ value, decimals = 2 }: { value: string | number | null | undefined; decimals?: number }) {
  if (value === null || value === undefined || value === '') return <Nothing />
  return <span className="yq-num">{decimalText(String(value), decimals)}</span>
}
