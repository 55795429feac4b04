import { amountText, decimalText, percentText, unitFor, unitName, type Unit } from './amount-format.ts'
import { Nothing } from './Amount.tsx'
import { useSettings } from './settings.ts'
import { useText } from './text.ts'
import { uiText } from './ui-text.ts'
import { useBank } from './UiProvider.tsx'

type Given = { fen: string | bigint | null; unit?: Unit } | { ratio: string | null } | { points: string | null } | { number: string | null; decimals?: number }

/**
 * How a quantity changed: arrow, sign, figure; red up and green down as China reads it, never a judgement. One of `fen` (with `unit` when the head names it),
 * `ratio` ("0.032" → +3.20%), `points` (difference of two ratios → 个百分点), `number`.
 */
export function Change(given: Given) {
  const { language } = useSettings()
  const { money } = useBank()
  const t = useText(uiText)
  const value = 'fen' in given ? (given.fen === null ? null : String(given.fen)) : 'ratio' in given ? given.ratio : 'points' in given ? given.points : given.number
  if (value === null || value === '') return <Nothing />
  const zero = /^[-+]?[0.]*$/.test(value)
  const way = zero ? 'none' : value.startsWith('-') ? 'down' : 'up'
  const text = textOf(given, value, t('points'))
  // without a head that names it the unit stands behind the figure, small as behind an amount
  const unit = 'fen' in given && given.unit === undefined ? unitName(unitFor(value.replace(/^-/, '')), language, money) : null
  return (
    <span className="yq-change" data-way={way}>
      {way !== 'none' && <i aria-hidden="true">{way === 'up' ? '▲' : '▼'}</i>}
      <span className="yq-sr">{t(way === 'none' ? 'unchanged' : way === 'up' ? 'rise' : 'fall')} </span>
      {text}
      {unit !== null && <> <span className="yq-unit">{unit}</span></>}
    </span>
  )
}

function textOf(given: Given, value: string, points: string): string {
  if ('fen' in given) return amountText(value, given.unit ?? unitFor(value.replace(/^-/, '')), { signed: true })
  if ('ratio' in given) return percentText(value, 2, { signed: true })
  if ('points' in given) return `${percentText(value, 2, { signed: true }).replace('%', '')} ${points}`
  return decimalText(value, given.decimals ?? 0, { signed: true })
}
