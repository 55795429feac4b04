import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { ok } from '../foundation/values/outcome.ts'
import { listSchemes, pointsTerms } from './scheme.contract.ts'
import { blocksTerms } from './schemes/block-terms.contract.ts'
import { supportSchemeTerms } from './schemes/support-terms.contract.ts'

/** Every version with its tariff, the newest first. */
export const listSchemesRoute = handle(listSchemes, async (tx, _input, { businessDate, actor, may }) => {
  const schemes = await tx.all(sql<{ code: string; version: number; from_date: string; to_date: string | null; name: string; name_en: string; legal_basis: string; kind: string; terms: unknown }>`
    SELECT code, version, kind, from_date, to_date, name, name_en, legal_basis, terms FROM scheme ORDER BY code, version DESC`)
  const rules = await tx.all(sql<{ scheme_code: string; event: string; from_date: string; to_date: string | null; unit_fen: string | null; points: string; products: string[] | null }>`
    SELECT scheme_code, event, from_date, to_date, unit_fen, points, products FROM point_rule
    ORDER BY scheme_code, array_position(ARRAY['NEW_SMALL_LOAN', 'MERCHANT_LOAN_AMOUNT', 'MANAGED_LOAN_ADB', 'DEPOSIT_ADB_INCREMENT'], event), event, from_date`)
  const own = await tx.asRole('self', () => tx.all(sql<{ code: string; version: number; read_on: string }>`SELECT scheme_code AS code, scheme_version AS version, read_on FROM scheme_reading WHERE staff_key = ${actor.staffKey}`))
  const readers = may('scheme.change').allowed ? await tx.asRole('office', () => tx.all(sql<{ code: string; version: number; n: number }>`SELECT scheme_code AS code, scheme_version AS version, count(*)::int AS n FROM scheme_reading GROUP BY 1, 2`)) : null
  const { currency } = await tx.one(sql<{ currency: string }>`SELECT currency FROM bank`)
  const names = await tx.all(sql<{ code: string; zh: string; en: string }>`
    SELECT post_code AS code, post_name AS zh, post_name_en AS en FROM organisation_post_kind_facts
    UNION ALL (SELECT DISTINCT ON (code) code, name, name_en FROM organisation_institution_facts ORDER BY code, from_date DESC)
    UNION ALL (SELECT DISTINCT ON (code) 'indicator ' || code, name, name_en FROM indicator ORDER BY code, version DESC)
    UNION ALL SELECT 'product ' || code, name, name_en FROM holdings_product_facts`)
  return ok({
    currency, names: Object.fromEntries(names.map(({ code, zh, en }) => [code, { zh, en }])),
    schemes: schemes.map((scheme) => ({
      code: scheme.code, version: scheme.version, from: scheme.from_date, to: scheme.to_date, name: scheme.name, nameEn: scheme.name_en, legalBasis: scheme.legal_basis, terms: scheme.kind === 'POINTS' ? pointsTerms.parse(scheme.terms) : null,
      blocks: scheme.kind === 'BLOCKS' ? blocksTerms.parse(scheme.terms) : null, support: scheme.kind === 'SUPPORT' ? supportSchemeTerms.parse(scheme.terms) : null,
      readOn: own.find((one) => one.code === scheme.code && one.version === scheme.version)?.read_on ?? null,
      readers: readers === null ? null : readers.find((one) => one.code === scheme.code && one.version === scheme.version)?.n ?? 0,
      inForce: scheme.from_date <= businessDate && (scheme.to_date === null || scheme.to_date > businessDate),
      rules: rules.filter((rule) => rule.scheme_code === scheme.code && (scheme.to_date === null || rule.from_date < scheme.to_date) && (rule.to_date === null || rule.to_date > scheme.from_date))
        .map((rule) => ({ event: rule.event, from: rule.from_date, to: rule.to_date, unitFen: rule.unit_fen, points: rule.points, products: rule.products })),
    })),
  })
})
