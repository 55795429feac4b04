import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { monthOf, monthStart, nextMonth } from '../../foundation/values/business-date.ts'
import { fen } from '../../foundation/values/fen.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { pointsTerms } from '../scheme.contract.ts'
import { readMonth, type SentMonth } from '../work-out-statements.ts'
import { blocksTerms } from './block-terms.contract.ts'
import { readInput, type SentInput } from './settle-blocks.ts'
import { openWhatIf, tryWhatIf } from './what-if.contract.ts'
import { blocksWith, pointsWith, type EventRule } from './what-if.rules.ts'

type Ground = { month: string; code: string; version: number; kind: string; name: string; nameEn: string; terms: unknown; input: unknown; payableFen: string; runId: string }

/** One's own last statement of a scheme that can be tried: read as oneself, also by who leads a line. */
const groundOf = (tx: Transaction, staffKey: number): Promise<Ground | undefined> => tx.asRole('self', () => tx.maybe(sql<Ground>`
  SELECT m.month, k.code, k.version, k.kind, k.name, k.name_en AS "nameEn", k.terms, s.input, s.payable_fen AS "payableFen", s.run_id AS "runId"
  FROM pay_statement s JOIN settled_month m ON m.run_id = s.run_id JOIN settlement_run r ON r.id = s.run_id JOIN scheme k ON k.code = r.scheme_code AND k.version = r.scheme_version
  WHERE s.staff_key = ${staffKey} AND k.kind IN ('POINTS', 'BLOCKS') ORDER BY m.month DESC, m.scheme_code LIMIT 1`))

async function tariffOf(tx: Transaction, ground: Ground): Promise<EventRule[]> {
  const to = monthStart(nextMonth(monthOf(ground.month)))
  const rows = await tx.all(sql<{ code: string; unit: string | null; points: string }>`
    SELECT event AS code, unit_fen::text AS unit, trim_scale(points)::text AS points FROM point_rule WHERE scheme_code = ${ground.code} AND from_date < ${to}::date AND (to_date IS NULL OR to_date >= ${to}::date) AND points > 0 ORDER BY event`)
  return rows.map(({ code, unit, points }) => ({ code, unitFen: unit === null ? null : BigInt(unit), points }))
}

export const openWhatIfRoute = handle(openWhatIf, async (tx, _input, { actor }) => {
  const ground = await groundOf(tx, actor.staffKey)
  if (!ground) return ok({ ground: null })
  const events = ground.kind === 'POINTS' ? await tariffOf(tx, ground) : []
  const indicators = ground.kind === 'POINTS' ? [] : await tx.asRole('self', () => tx.all(sql<{ code: string; name: string; nameEn: string; target: string | null; actual: string | null }>`
    SELECT code, detail ->> 'name' AS name, detail ->> 'nameEn' AS "nameEn", detail ->> 'target' AS target, detail ->> 'actual' AS actual FROM pay_line
    WHERE run_id = ${ground.runId} AND staff_key = ${actor.staffKey} AND detail ->> 'unit' IS NOT NULL AND code <> 'CORRECTION' ORDER BY place`))
  return ok({
    ground: {
      month: monthOf(ground.month), scheme: { code: ground.code, version: ground.version, name: ground.name, nameEn: ground.nameEn }, payableFen: ground.payableFen, indicators,
      events: events.map(({ code, unitFen, points }) => ({ code, unitFen: unitFen === null ? null : unitFen.toString(), points })),
    },
  })
})

export const tryWhatIfRoute = handle(tryWhatIf, async (tx, { body }, { actor }) => {
  const ground = await groundOf(tx, actor.staffKey)
  if (!ground) return refuse('no-statement')
  const [event, indicator] = [body.events[0], body.indicators[0]]
  if (ground.kind === 'POINTS' ? indicator : event) return refuse('not-of-the-scheme', { details: { code: (ground.kind === 'POINTS' ? indicator : event)?.code ?? '' } })
  const found = ground.kind === 'POINTS'
    ? pointsWith(pointsTerms.parse(ground.terms), readMonth(ground.input as SentMonth), await tariffOf(tx, ground), body.events.map(({ code, count, amountFen }) => ({ code, count, amountFen: amountFen === null ? null : fen(amountFen) })))
    : blocksWith(blocksTerms.parse(ground.terms), readInput(ground.input as SentInput), body.indicators)
  if ('missing' in found) return refuse(found.why, { details: { code: found.missing } })
  return ok({ month: monthOf(ground.month), beforeFen: ground.payableFen, afterFen: found.payableFen.toString(), steps: found.steps.map((step) => ({ ...step, terms: [...step.terms] })) })
})
