import { daysInMonth } from '../foundation/values/business-date.ts'
import { decimalText, exact } from '../foundation/values/decimal.ts'
import { named, codeNames, type Word } from './pay-words.rules.ts'

/** A row of the control report, as far as its sums are told. `unit` absent: of the points scheme. */
export type ToldRow = { source: string; unit?: string | undefined; part?: string | undefined }
/** A sum as it is written, with its unit. */
export type ToldSum = { figure: string; unit: Word }

const units: Readonly<Record<string, Word>> = {
  FEN: { zh: '元', en: 'yuan' }, COUNT: { zh: '个', en: 'counted' }, NUMBER: { zh: '（登记数）', en: 'as entered' }, POINTS: { zh: '分', en: 'points' },
  // reports of before do not say what the numerator of a ratio is
  PERCENT: { zh: '（分子）', en: '(numerator)' },
}
const yuan: Word = { zh: '元', en: 'yuan' }
const averageYuan: Word = { zh: '元（日均）', en: 'yuan on average' }
const isStock = (source: string): boolean => source === 'MANAGED_LOAN_ADB' || source === 'DEPOSIT_ADB_INCREMENT'

/** "1,234.50", with U+2212: half up, so many decimals. */
function figureOf(value: string, decimals: number): string {
  const [whole = '0', fraction] = value.replace('-', '').split('.')
  const sign = value.startsWith('-') ? '\u2212' : ''
  const digits = `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction === undefined || decimals === 0 ? '' : `.${fraction}`}`
  return `${sign}${digits}`
}

/**
 * An exact sum of the control report in its unit: money in yuan with two decimals, points with two, what is counted without decimals that say nothing. Of the points scheme amounts are fen × 100 percent, stocks fen × days × 100 percent ×
 * days, told as the average of the month.
 */
export function tellSum({ source, unit }: ToldRow, value: string, month: string): ToldSum {
  const days = daysInMonth(month)
  if (unit === undefined) return { figure: figureOf(decimalText(exact(value).div(isStock(source) ? 10_000 * days * days : 10_000), 2), 2), unit: isStock(source) ? averageYuan : yuan }
  if (unit === 'FEN') return { figure: figureOf(decimalText(exact(value).div(100), 2), 2), unit: yuan }
  const text = unit === 'POINTS' ? decimalText(exact(value), 2) : decimalText(exact(value), 4).replace(/\.?0+$/, '')
  return { figure: figureOf(text === '' ? '0' : text, 4), unit: units[unit] ?? { zh: unit, en: unit } }
}

/** Whether all rows are told in yuan, so that a head can say it once. */
export const inYuanOnly = (rows: readonly ToldRow[]): boolean => rows.every(({ unit }) => unit === undefined || unit === 'FEN')

/** What a row is called. */
export function rowName({ source, part }: ToldRow, names: Readonly<Record<string, Word>>): Word {
  const word = names[source] ?? named(codeNames, source)
  return part === 'NUMERATOR' ? { zh: `${word.zh}（分子）`, en: `${word.en} (numerator)` } : word
}
