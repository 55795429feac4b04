import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { add, change } from '../foundation/store/store.ts'

export type NewBank = {
  /** Small letters, digits, hyphen: a delivery of another bank is refused. */
  code: string
  nameZh: string
  nameEn: string
  /** ISO code of the currency in which the bank counts. */
  currency: string
  calendar: 'china' | 'weekdays'
  /** Today. */
  businessDate: string
  isDemo?: boolean
  settings?: Readonly<Record<string, unknown>>
}

/** Writes whose data directory this is. There is one bank in it: throws when there is one already. */
export async function addBank(tx: Transaction, bank: NewBank): Promise<void> {
  await add(tx, 'bank', {
    one: true, code: bank.code, name_zh: bank.nameZh, name_en: bank.nameEn, currency: bank.currency, calendar: bank.calendar, business_date: bank.businessDate,
    is_demo: bank.isDemo ?? false, settings: bank.settings ?? {},
  }, { why: 'bank set up' })
}

export type Bank = { code: string; currency: string; business_date: string; calendar: string; settings: Record<string, unknown> }

/** The bank of this data directory, or undefined when there is none yet. */
export function bankOf(tx: Transaction): Promise<Bank | undefined> {
  return tx.maybe(sql<Bank>`SELECT code, currency, business_date, calendar, settings FROM bank`)
}

/** Today moves to the day of a delivery; never back. */
export async function moveBusinessDate(tx: Transaction, day: string): Promise<void> {
  const bank = await bankOf(tx)
  if (bank && bank.business_date < day) await change(tx, 'bank', { one: true }, { business_date: day }, { why: 'delivery loaded', action: 'MOVE_BUSINESS_DATE' })
}
