import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { Context } from '../../foundation/http/route.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { countAsked, type Asked } from '../list-customers.ts'
import { readListPolicy, type ListPolicy } from './read-list-policy.ts'

export type JudgedExport = { rows: number; persons: number; policy: ListPolicy }

/** How many customers and persons an export holds, and whether it may be at all (2.13: more persons than the bank's inventory allows are IMPORTANT data, which never leave). */
export async function judgeExport(tx: Transaction, asked: Asked, { actor, businessDate }: Pick<Context, 'actor' | 'businessDate'>): Promise<Outcome<JudgedExport>> {
  const policy = await readListPolicy(tx, businessDate)
  const rows = await countAsked(tx, asked, actor, sql`true`, policy.exportMostRows + 1)
  if (rows === 0) return refuse('nothing-to-export')
  const persons = await countAsked(tx, asked, actor, sql`c.kind = 'PERSON'`, policy.exportImportantPersons + 1)
  if (persons > policy.exportImportantPersons) return refuse('important-data', { details: { most: String(policy.exportImportantPersons) } })
  if (rows > policy.exportMostRows) return refuse('too-many-rows', { details: { most: String(policy.exportMostRows) } })
  return ok({ rows, persons, policy })
}
