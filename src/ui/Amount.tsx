import { Tooltip } from 'antd'
import { amountText, exactText, unitFor, unitName, type Unit } from './amount-format.ts'
import { useSettings } from './settings.ts'
import { useText } from './text.ts'
import { uiText } from './ui-text.ts'
import { useBank } from './UiProvider.tsx'

/**
 * An amount in whole fen. With `unit` the figure alone (a column's head names the unit); without it the unit is chosen by size and written behind.
 * A rounded figure shows yuan and fen on hover, focus or tap. null: "--". `inCell` keeps it out of the Tab order: a table of fifty rows has one unit switch.
 */
export function Amount({ fen, unit, signed = false, inCell = false, withUnit = unit === undefined }: { fen: string | bigint | null | undefined; unit?: Unit; signed?: boolean; inCell?: boolean; withUnit?: boolean }) {
  const { language } = useSettings()
  const { money } = useBank()
  const t = useText(uiText)
  if (fen === null || fen === undefined || fen === '') return <Nothing />
  const size = BigInt(fen)
  const shown = unit ?? unitFor(size < 0n ? -size : size)
  const text = amountText(size, shown, { signed })
  const exact = exactText(size, language, money)
  const figure = (
    <>
      <span aria-hidden="true">{text}</span>
      {withUnit && <span className="yq-unit" aria-hidden="true">{unitName(shown, language, money)}</span>}
      <span className="yq-sr">{exact}</span>
    </>
  )
  const divisor = { yuan: 1n, wan: 10_000n, yi: 100_000_000n }[shown]
  if (shown === 'yuan' || size % divisor === 0n) return <span className="yq-num">{figure}</span>
  return (
    <Tooltip title={t('exact', { value: exact })} trigger={['hover', 'focus', 'click']} mouseEnterDelay={0.3}>
      {inCell ? <span className="yq-num yq-exact">{figure}</span> : <button type="button" className="yq-exact">{figure}</button>}
    </Tooltip>
  )
}

/** "--", read as "no data". */
export function Nothing() {
  const t = useText(uiText)
  return (
    <span className="yq-nothing">
      <span aria-hidden="true">--</span>
      <span className="yq-sr">{t('noData')}</span>
    </span>
  )
}
