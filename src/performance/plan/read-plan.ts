import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { exact } from '../../foundation/values/decimal.ts'
import { yuanText } from '../../foundation/values/fen.ts'
import type { IndicatorTerms, IndicatorUnit } from '../indicator.contract.ts'
import { unitOf, valueOf } from '../indicator.rules.ts'
import { schemeNameOf, type SchemeName } from '../read-scheme-name.ts'
import type { PlanClass } from './judge-plan.rules.ts'
import type { BesideShown } from './plan.contract.ts'
import type { PlanState } from './plan-step.rules.ts'
import type { Part, Split } from './plan-target.rules.ts'

/** A target as a step keeps it, with what stood beside it when it was set. */
export type StoredTarget = { indicator: string; objectiveId: string | null; weight: string; cls: PlanClass; target: string | null; split: Split; parts: Part[]; note: string; beside: BesideShown }
export type PlanRow = {
  id: string; scheme: string; schemeName: SchemeName; year: number; from: string; to: string; unitKey: number; unitName: string; unitPath: string; staffKey: number | null; staffNo: string | null; staffName: string | null; postKey: number | null; holderKey: number; holderName: string
  parentId: string | null; followsId: string | null; scopePath: string; madeBy: number; place: number; state: PlanState; lastKind: string; version: number | null; targetsPlace: number; targets: StoredTarget[]; agreedBy: number | null; transferred: boolean
}

const current = sql`
  SELECT p.id, p.scheme_code AS scheme, ${schemeNameOf(sql`p.scheme_code`)} AS "schemeName", p.year, p.from_date AS "from", p.to_date AS "to", p.unit_key AS "unitKey", coalesce(i.name, '') AS "unitName", coalesce(i.scope_path, p.scope_path) AS "unitPath", p.staff_key AS "staffKey", w.staff_no AS "staffNo", w.staff_name AS "staffName",
    p.post_key AS "postKey", p.holder_key AS "holderKey", h.staff_name AS "holderName", p.parent_id AS "parentId", p.follows_id AS "followsId", p.scope_path AS "scopePath", p.made_by AS "madeBy", l.place, l.state, l.kind AS "lastKind", l.version, l.targets_place AS "targetsPlace", s.targets,
    (SELECT min(a.done_by) FROM plan_step a WHERE a.plan_id = p.id AND a.kind = 'AGREE' AND a.targets_place = l.targets_place AND l.state = 'NEGOTIATED') AS "agreedBy",
    EXISTS (SELECT FROM plan_step x WHERE x.plan_id = p.id AND x.kind = 'TRANSFER') AS transferred
  FROM appraisal_plan p
  CROSS JOIN LATERAL (SELECT z.place, z.state, z.kind, z.version, z.targets_place FROM plan_step z WHERE z.plan_id = p.id ORDER BY z.place DESC LIMIT 1) l
  JOIN plan_step s ON s.plan_id = p.id AND s.place = l.targets_place
  JOIN organisation_staff_facts h ON h.staff_key = p.holder_key LEFT JOIN organisation_staff_facts w ON w.staff_key = p.staff_key
  LEFT JOIN LATERAL (SELECT f.name, f.scope_path FROM organisation_institution_facts f WHERE f.institution_key = p.unit_key AND f.from_date < p.to_date AND (f.to_date IS NULL OR f.to_date > p.from_date) ORDER BY f.from_date DESC LIMIT 1) i ON true`

/** Plans as they are now, as far as the role may read them, in the order of the organisation. */
export function readPlans(tx: Transaction, where: Sql, limit = 500): Promise<PlanRow[]> {
  return tx.all(sql<PlanRow>`${current} WHERE ${where} ORDER BY p.scope_path, p.staff_key NULLS FIRST, p.from_date, p.id LIMIT ${limit}`)
}
export async function readPlanRow(tx: Transaction, id: string): Promise<PlanRow | undefined> {
  return (await readPlans(tx, sql`p.id = ${id}`, 1))[0]
}

export type Definition = { code: string; name: string; nameEn: string; direction: 'UP' | 'DOWN'; terms: IndicatorTerms }
/** Indicators defined for a period, by code: the newest of it. */
export async function definitionsFor(tx: Transaction, period: { from: string; to: string }): Promise<Map<string, Definition>> {
  const rows = await tx.all(sql<Definition>`
    SELECT DISTINCT ON (code) code, name, name_en AS "nameEn", direction, terms FROM indicator WHERE from_date < ${period.to}::date AND (to_date IS NULL OR to_date > ${period.from}::date) ORDER BY code, version DESC`)
  return new Map(rows.map((row) => [row.code, row]))
}

/** A value from exact sums as plans tell it: two decimals, money in yuan; null: nothing to divide by. */
export function toldFigure(terms: Pick<IndicatorTerms, 'source' | 'measure'>, numerator: string, denominator: string | null): string | null {
  const unit: IndicatorUnit = unitOf(terms)
  const value = valueOf(unit, numerator, denominator)
  return value === null ? null : unit === 'FEN' ? yuanText(BigInt(value)) : exact(value).toFixed(2)
}

/** What an item without definition is called: people mark it. */
export const markNames: Readonly<Record<string, { zh: string; en: string }>> = {
  MAINTENANCE: { zh: '客户日常维护', en: 'Customer maintenance' }, POLICY: { zh: '政策执行', en: 'Policy execution' }, DEDICATION: { zh: '敬业精神', en: 'Dedication' }, DISCIPLINE: { zh: '工作纪律', en: 'Work discipline' },
}
export function nameOf(definitions: ReadonlyMap<string, Definition>, code: string): { zh: string; en: string } {
  const found = definitions.get(code)
  return found ? { zh: found.name, en: found.nameEn } : (markNames[code] ?? { zh: code, en: code })
}

/** The day of the job transfer with which a plan ended; null: it was not. */
export const transferredOn = ({ transferred, targets }: Pick<PlanRow, 'transferred' | 'targets'>): string | null => (transferred ? targets.flatMap(({ parts }) => parts.map(({ to }) => to)).sort().at(-1) ?? null : null)
