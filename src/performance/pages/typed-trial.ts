import type { GridRow } from './TypedGrid.tsx'

/** Typed yuan as fen: null when nothing is typed, undefined when it is no amount. */
export function fenTyped(text: string | undefined): string | null | undefined {
  const typed = (text ?? '').trim().replaceAll(',', '')
  if (typed === '') return null
  const found = /^(-?)(\d{1,15})(?:\.(\d{1,2}))?$/.exec(typed)
  if (!found) return undefined
  const fen = BigInt(`${found[2] ?? '0'}${(found[3] ?? '').padEnd(2, '0')}`)
  return (found[1] === '-' ? -fen : fen).toString()
}

/** A typed number with at most four decimals: null when nothing is typed, undefined when it is none. */
export function numberTyped(text: string | undefined): string | null | undefined {
  const typed = (text ?? '').trim().replaceAll(',', '')
  if (typed === '') return null
  return /^-?\d{1,15}(\.\d{1,4})?$/.test(typed) ? typed : undefined
}

type Whole<T> = T extends undefined ? never : { [K in keyof T]: Exclude<T[K], undefined> }
/** Each row as what it says; undefined when a single one is not well written. */
export function typedRows<T>(rows: readonly GridRow[], read: (row: GridRow) => T): Whole<T>[] | undefined {
  const found = rows.map(read)
  const isWhole = (one: T): boolean => one !== undefined && (typeof one !== 'object' || one === null || Object.values(one).every((part) => part !== undefined))
  return found.every(isWhole) ? (found as Whole<T>[]) : undefined
}

type SchemeExample = { from: string; base: string; indicators: Readonly<Record<string, readonly [target: string, actual: string]>>; marks: Readonly<Record<string, string>> }
/** Invented figures to begin with. */
export const examples: { SCORECARD: SchemeExample; HUNDRED: SchemeExample; SUPPORT: { front: GridRow[]; departments: GridRow[]; members: GridRow[] } } = {
  SCORECARD: {
    from: '2025-01-01', base: '10000.00', marks: {},
    indicators: {
      PROFIT: ['1200000', '1128000'], CORPORATE_DEPOSIT_INCREMENT: ['15000000', '18900000'], FEE_INCOME: ['180000', '153000'], NEW_CUSTOMERS: ['24', '27'], COVERAGE: ['100', '96'], CHURN: ['3.00', '3.60'], SATISFACTION: ['90', '92.7'],
      NPL_RATIO: ['1.20', '0.90'], REPORT_QUALITY: ['90', '86.4'], CHECKS_ON_TIME: ['100', '97.5'], TRAINING: ['40', '44'], CERTIFICATES: ['2', '1'], MENTORING: ['4', '4'],
    },
  },
  HUNDRED: {
    from: '2025-07-01', base: '36000.00', marks: { MAINTENANCE: '90', POLICY: '95', DEDICATION: '88', DISCIPLINE: '100' },
    indicators: { ASSET_INCREMENT: ['40000000', '46000000'], CUSTOMER_ASSET_INCREMENT: ['12000000', '10200000'], DEPOSIT_INCREMENT: ['30000000', '33600000'], FEE_INCOME: ['300000', '330000'], PROFIT: ['900000.00', '990000.00'] },
  },
  SUPPORT: {
    front: [{ unit: '一支行', amount: '78000.00' }, { unit: '二支行', amount: '42000.00' }],
    departments: [
      { code: 'K1', answerOnTime: '94', rightFirstTime: '91', disputes: '100', frontLineRating: '85.5' }, { code: 'K2', answerOnTime: '90', rightFirstTime: '88', disputes: '80', frontLineRating: '88' },
      { code: 'K3', answerOnTime: '72', rightFirstTime: '74', disputes: '60', frontLineRating: '90' },
    ],
    members: [{ person: '甲', department: 'K1', gradeFactor: '1.00', mark: '95', days: '30' }, { person: '乙', department: 'K1', gradeFactor: '1.00', mark: '90', days: '15' }, { person: '丙', department: 'K1', gradeFactor: '1.20', mark: '85', days: '30' }],
  },
}
