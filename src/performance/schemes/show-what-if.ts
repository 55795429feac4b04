import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { monthOf, monthStart, nextMonth, yearStart } from '../../foundation/values/business-date.ts'
import { fen } from '../../foundation/values/fen.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { presentFirst } from '../read-statement.ts'
import { pointsTerms } from '../scheme.contract.ts'
import { readMonth, type SentMonth } from '../work-out-statements.ts'
import { blocksTerms } from './block-terms.contract.ts'
import { readInput, type SentInput } from './settle-blocks.ts'
import { openWhatIf, tryWhatIf } from './what-if.contract.ts'
import { blocksWith, pointsWith, type PointsGround } from './what-if.rules.ts'

type Ground = { month: string; code: string; version: number; kind: string; name: string; nameEn: string; terms: unknown; input: unknown; payableFen: string; runId: string }

/** One's own last statement of a scheme that can be tried, of two that of the post one holds: read as oneself, also by who leads a line. */
const groundOf = (tx: Transaction, staffKey: number): Promise<Ground | undefined> => tx.asRole('self', () => tx.maybe(sql<Ground>`
  SELECT m.month, k.code, k.version, k.kind, k.name, k.name_en AS "nameEn", k.terms, s.input, s.payable_fen AS "payableFen", s.run_id AS "runId"
  FROM pay_statement s JOIN settled_month m ON m.run_id = s.run_id JOIN settlement_run r ON r.id = s.run_id JOIN scheme k ON k.code = r.scheme_code AND k.version = r.scheme_version
  WHERE s.staff_key = ${staffKey} AND k.kind IN ('POINTS', 'BLOCKS') ORDER BY m.month DESC, ${presentFirst} LIMIT 1`))

/** What a month of points was worked out from, down to its stocks and its growth. */
async function pointsGround(tx: Transaction, ground: Ground, staffKey: number): Promise<PointsGround> {
  const to = monthStart(nextMonth(monthOf(ground.month)))
  const rules = await tx.all(sql<{ code: string; unit: string | null; points: string; products: string[] | null }>`
    SELECT event AS code, unit_fen::text AS unit, trim_scale(points)::text AS points, products FROM point_rule WHERE scheme_code = ${ground.code} AND from_date < ${to}::date AND (to_date IS NULL OR to_date >= ${to}::date) ORDER BY event`)
  const { stocks, growth } = await tx.asRole('self', async () => ({
    stocks: await tx.all(sql<{ code: string; measure: string }>`
      SELECT line_code AS code, sum(fen_days * share_days)::text AS measure FROM pay_fact WHERE run_id = ${ground.runId} AND staff_key = ${staffKey} AND of_month = ${ground.month}::date AND fen_days IS NOT NULL GROUP BY line_code`),
    growth: await tx.all(sql<{ target: string | null; actual: string | null; days: string | null; from: string | null; since: string | null; to: string | null }>`
      SELECT detail ->> 'targetFen' AS target, measured_fen::text AS actual, detail ->> 'days' AS days, detail ->> 'from' AS from, detail ->> 'since' AS since, detail ->> 'to' AS to FROM pay_line
      WHERE run_id = ${ground.runId} AND staff_key = ${staffKey} AND code ~ '^([0-9]+#)?NET_GROWTH$' AND detail ? 'targetFen' ORDER BY place`),
  }))
  return {
    terms: pointsTerms.parse(ground.terms), month: readMonth(ground.input as SentMonth), tariff: rules.map(({ code, unit, points, products }) => ({ code, unitFen: unit === null ? null : BigInt(unit), points, products })),
    stocks: Object.fromEntries(stocks.map(({ code, measure }) => [code, measure])), // a post without a target is not linked, whatever is added
    growth: growth.every(({ target }) => target === null) ? [] : growth.map(({ target, actual, days, from, since, to }) => ({ targetFen: target === null ? null : BigInt(target), actualFen: BigInt(actual ?? '0'), days: Number(days ?? '1'), over: from === null || to === null ? null : { since: since ?? yearStart(from), to } })),
  }
}

export const openWhatIfRoute = handle(openWhatIf, async (tx, _input, { actor }) => {
  const ground = await groundOf(tx, actor.staffKey)
  if (!ground) return ok({ ground: null })
  const loanProducts = ground.kind === 'POINTS' ? await tx.all(sql<{ code: string; name: string; nameEn: string }>`SELECT code, name, name_en AS "nameEn" FROM holdings_product_facts WHERE line = 'LOAN' ORDER BY code`) : null
  const indicators = ground.kind === 'POINTS' ? [] : await tx.asRole('self', () => tx.all(sql<{ code: string; name: string; nameEn: string; target: string | null; actual: string | null }>`
    SELECT code, detail ->> 'name' AS name, detail ->> 'nameEn' AS "nameEn", detail ->> 'target' AS target, detail ->> 'actual' AS actual FROM pay_line
    WHERE run_id = ${ground.runId} AND staff_key = ${actor.staffKey} AND detail ->> 'unit' IS NOT NULL AND code <> 'CORRECTION' ORDER BY place`))
  return ok({
    ground: { month: monthOf(ground.month), scheme: { code: ground.code, version: ground.version, name: ground.name, nameEn: ground.nameEn }, payableFen: ground.payableFen, indicators, loanProducts },
  })
})

export const tryWhatIfRoute = handle(tryWhatIf, async (tx, { body: { loans, deposits, indicators } }, { actor }) => {
  const ground = await groundOf(tx, actor.staffKey)
  if (!ground) return refuse('no-statement')
  const strange = ground.kind === 'POINTS' ? indicators[0]?.code ?? await unknownProduct(tx, loans.map(({ product }) => product)) : loans[0]?.product ?? deposits[0]?.from
  if (strange !== undefined) return refuse('not-of-the-scheme', { details: { code: strange } })
  const found = ground.kind === 'POINTS'
    ? pointsWith(await pointsGround(tx, ground, actor.staffKey), { loans: loans.map((one) => ({ ...one, amountFen: fen(one.amountFen) })), deposits: deposits.map((one) => ({ ...one, amountFen: fen(one.amountFen) })) })
    : blocksWith(blocksTerms.parse(ground.terms), readInput(ground.input as SentInput), indicators)
  if ('missing' in found) return refuse(found.why, { details: { code: found.missing } })
  return ok({ month: monthOf(ground.month), beforeFen: ground.payableFen, afterFen: found.payableFen.toString(), steps: found.steps.map((step) => ({ ...step, terms: [...step.terms] })) })
})

const unknownProduct = async (tx: Transaction, codes: readonly string[]): Promise<string | undefined> =>
  (await tx.maybe(sql<{ code: string }>`SELECT c AS code FROM unnest(${[...codes]}::text[]) c WHERE NOT EXISTS (SELECT FROM holdings_product_facts p WHERE p.code = c AND p.line = 'LOAN') LIMIT 1`))?.code
