/** What the law asks of companies about the filing of their beneficial owners (备案), dated: before the first row nothing was filed. A promise stores the version by which it was judged. */
export type FilingRule = {
  version: string; from: string; to: string | null
  /** Up to this registered capital a firm of natural persons may promise instead of filing (承诺免报), whole fen. */
  promiseMostFen: bigint
}

/** 受益所有人信息管理办法, 中国人民银行、市场监管总局令〔2024〕第3号 (domain 2.1). */
export const filingTable: readonly FilingRule[] = [
  { version: '1', from: '2024-11-01', to: null, promiseMostFen: 1_000_000_000n },
]

/** The row in force on a day; null: the law asked for no filing then. */
export function filingRuleOn(day: string, table: readonly FilingRule[] = filingTable): FilingRule | null {
  return table.find((one) => one.from <= day && (one.to === null || one.to > day)) ?? null
}
