import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { add, end } from '../foundation/store/store.ts'
import { ledgerEvents, pointsTerms, tariffEvents } from './scheme.contract.ts'
import { blocksTerms, type BlocksTerms } from './schemes/block-terms.contract.ts'
import { supportSchemeTerms, type SupportSchemeTerms } from './schemes/support-terms.contract.ts'
import { schemeTemplates, type SchemeTemplate, type TariffRow } from './psbc-scheme.ts'

export type NewScheme = {
  /** 'POINTS' and 'BERKA' are brought along; another code takes the points scheme as its ground. */
  code: string
  /** The first day of the version. */
  from: string
  name?: string
  nameEn?: string
  legalBasis?: string
  /** What differs from the ground. */
  terms?: Partial<SchemeTemplate['terms']>
  tariff?: readonly TariffRow[]
}

/**
 * Installs a version of a scheme from a day on (role office or batch); the version before it ends on that day. Installing what is in force from that very
 * day already changes nothing. Throws when the terms do not fit the schema, a later version exists or an event is unknown: schemes come from files, not from people's forms.
 */
export async function installScheme(tx: Transaction, scheme: NewScheme): Promise<{ code: string; version: number }> {
  const ground = schemeTemplates[scheme.code] ?? schemeTemplates['POINTS']
  if (!ground) throw new Error('the house has no scheme')
  const terms = pointsTerms.parse({ ...ground.terms, ...scheme.terms })
  const tariff = scheme.tariff ?? ground.tariff
  for (const { event, unitFen } of tariff) {
    if (!(tariffEvents as readonly string[]).includes(event)) throw new Error(`unknown event ${event}`)
    if (unitFen !== null && !(ledgerEvents as readonly string[]).includes(event)) throw new Error(`event ${event} counts items`)
  }
  const last = await tx.maybe(sql<{ version: number; from_date: string }>`SELECT version, from_date FROM scheme WHERE code = ${scheme.code} ORDER BY version DESC LIMIT 1`)
  if (last?.from_date === scheme.from) return { code: scheme.code, version: last.version }
  if (last && last.from_date > scheme.from) throw new Error(`scheme ${scheme.code} has a version from ${last.from_date}`)
  const version = (last?.version ?? 0) + 1
  const why = `scheme ${scheme.code} version ${version}`
  if (last) await end(tx, 'scheme', { code: scheme.code, version: last.version }, { to_date: scheme.from }, { why })
  await add(tx, 'scheme', {
    code: scheme.code, version, kind: 'POINTS', from_date: scheme.from, name: scheme.name ?? ground.name, name_en: scheme.nameEn ?? ground.nameEn, terms, legal_basis: scheme.legalBasis ?? ground.legalBasis,
  }, { why })
  const open = await tx.all(sql<{ event: string; from_date: string }>`SELECT event, from_date FROM point_rule WHERE scheme_code = ${scheme.code} AND to_date IS NULL`)
  for (const rule of open) await end(tx, 'point_rule', { scheme_code: scheme.code, event: rule.event, from_date: rule.from_date }, { to_date: scheme.from }, { why })
  for (const row of tariff) {
    await add(tx, 'point_rule', { scheme_code: scheme.code, event: row.event, from_date: scheme.from, unit_fen: row.unitFen, points: row.points, products: row.products }, { why })
  }
  return { code: scheme.code, version }
}

export type NewBlockScheme = { code: string; from: string; name: string; nameEn: string; legalBasis: string } & ({ kind?: 'BLOCKS'; terms: BlocksTerms } | { kind: 'SUPPORT'; terms: SupportSchemeTerms })

/** Adds a version of a scheme of blocks or of support departments; the version before it ends on its first day. Throws when a later version exists or the terms do not fit. What is in force from that very day stays. */
export async function installBlockScheme(tx: Transaction, scheme: NewBlockScheme): Promise<{ code: string; version: number }> {
  const terms = scheme.kind === 'SUPPORT' ? supportSchemeTerms.parse(scheme.terms) : blocksTerms.parse(scheme.terms)
  const last = await tx.maybe(sql<{ version: number; from_date: string; to_date: string | null }>`SELECT version, from_date, to_date FROM scheme WHERE code = ${scheme.code} ORDER BY version DESC LIMIT 1`)
  if (last?.from_date === scheme.from) return { code: scheme.code, version: last.version }
  if (last && last.from_date > scheme.from) throw new Error(`scheme ${scheme.code} has a version from ${last.from_date}`)
  const version = (last?.version ?? 0) + 1
  const why = `scheme ${scheme.code} version ${version}`
  if (last && (last.to_date === null || last.to_date > scheme.from)) await end(tx, 'scheme', { code: scheme.code, version: last.version }, { to_date: scheme.from }, { why })
  await add(tx, 'scheme', { code: scheme.code, version, kind: scheme.kind ?? 'BLOCKS', from_date: scheme.from, name: scheme.name, name_en: scheme.nameEn, terms, legal_basis: scheme.legalBasis }, { why })
  return { code: scheme.code, version }
}
