import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { add, end } from '../../foundation/store/store.ts'
import { blocksTerms, type BlocksTerms } from './block-terms.contract.ts'

export type NewBlockScheme = { code: string; from: string; name: string; nameEn: string; legalBasis: string; terms: BlocksTerms }

/** Adds a version of a scheme of blocks; the version before it ends on its first day. Throws when a later version exists or the terms do not fit. What is in force from that very day stays. */
export async function installBlockScheme(tx: Transaction, scheme: NewBlockScheme): Promise<{ code: string; version: number }> {
  const terms = blocksTerms.parse(scheme.terms)
  const last = await tx.maybe(sql<{ version: number; from_date: string; to_date: string | null }>`SELECT version, from_date, to_date FROM scheme WHERE code = ${scheme.code} ORDER BY version DESC LIMIT 1`)
  if (last?.from_date === scheme.from) return { code: scheme.code, version: last.version }
  if (last && last.from_date > scheme.from) throw new Error(`scheme ${scheme.code} has a version from ${last.from_date}`)
  const version = (last?.version ?? 0) + 1
  const why = `scheme ${scheme.code} version ${version}`
  if (last && (last.to_date === null || last.to_date > scheme.from)) await end(tx, 'scheme', { code: scheme.code, version: last.version }, { to_date: scheme.from }, { why })
  await add(tx, 'scheme', { code: scheme.code, version, kind: 'BLOCKS', from_date: scheme.from, name: scheme.name, name_en: scheme.nameEn, terms, legal_basis: scheme.legalBasis }, { why })
  return { code: scheme.code, version }
}
