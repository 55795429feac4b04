import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { Context } from '../../foundation/http/route.ts'

type Level = 'NORMAL' | 'SENSITIVE' | 'STRICT'
const words: Readonly<Record<Level, { class: string; classEn: string }>> = { NORMAL: { class: '一般', classEn: 'normal' }, SENSITIVE: { class: '敏感', classEn: 'sensitive' }, STRICT: { class: '严格', classEn: 'strict' } }

/** Null: this person may see numbers and files of the opened customer. Otherwise the class of confidentiality that forbids it, in words. Who may is in the permission table. */
export async function confidentialTo(tx: Transaction, { opened, may }: Pick<Context, 'opened' | 'may'>, customerId: string): Promise<{ class: string; classEn: string } | null> {
  const row = await tx.maybe(sql<{ confidentiality: Level }>`SELECT confidentiality FROM customer_file WHERE customer_id = ${customerId}`)
  const level = row?.confidentiality ?? 'NORMAL'
  if (level === 'NORMAL') return null
  return opened && may(level === 'STRICT' ? 'customer.reveal-strict' : 'customer.reveal-sensitive', { relation: opened.relation }).allowed ? null : words[level]
}
