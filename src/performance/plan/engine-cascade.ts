import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { exact } from '../../foundation/values/decimal.ts'
import type { IndicatorTerms } from '../indicator.contract.ts'
import { cascades, type Sum } from './judge-plan.rules.ts'

type Current = { id: string; parentId: string | null; unitKey: number; unitName: string; state: string; indicator: string; target: string }

/** Targets of plans as they are now. Engine: the sums of the cascade look at every plan below a unit, whoever asks. */
async function currentTargets(tx: Transaction, { ids, parents }: { ids: readonly string[]; parents: readonly string[] }): Promise<Current[]> {
  return tx.all(sql<Current>`
    SELECT p.id, p.parent_id AS "parentId", p.unit_key AS "unitKey", coalesce((SELECT f.name FROM organisation_institution_facts f WHERE f.institution_key = p.unit_key ORDER BY f.from_date DESC LIMIT 1), '') AS "unitName", l.state, t ->> 'indicator' AS indicator, t ->> 'target' AS target
    FROM appraisal_plan p
    CROSS JOIN LATERAL (SELECT z.state, z.targets_place FROM plan_step z WHERE z.plan_id = p.id ORDER BY z.place DESC LIMIT 1) l
    JOIN plan_step s ON s.plan_id = p.id AND s.place = l.targets_place CROSS JOIN LATERAL jsonb_array_elements(s.targets) t
    WHERE (p.id = ANY(${[...ids]}::uuid[]) OR p.parent_id = ANY(${[...parents]}::uuid[])) AND t ->> 'target' IS NOT NULL AND l.state <> 'WITHDRAWN'`)
}

export type Asked = { indicator: string; target: string | null; terms: IndicatorTerms | null | undefined }
/** For each indicator that adds up: the target above with what all plans below it ask, this one with the figures given; and this plan's target with what the plans below it ask. */
export function cascadeSums(tx: Transaction, plan: { id: string; parentId: string | null; unitKey: number; unitName: string; from: string }, items: readonly Asked[]): Promise<{ above: Sum[]; below: Sum[] }> {
  return tx.asRole('engine', async () => {
    const rows = await currentTargets(tx, { ids: plan.parentId === null ? [] : [plan.parentId], parents: [plan.id, ...(plan.parentId === null ? [] : [plan.parentId])] })
    const factors = await tx.all(sql<{ indicator: string; unitKey: number; factor: string }>`
      SELECT indicator, unit_key AS "unitKey", max(factor)::text AS factor FROM head_office_authorisation WHERE from_date <= ${plan.from}::date AND to_date > ${plan.from}::date GROUP BY indicator, unit_key`)
    const factorOf = (indicator: string, unitKey: number): string | null => factors.find((one) => one.indicator === indicator && one.unitKey === unitKey)?.factor ?? null
    const [above, below]: [Sum[], Sum[]] = [[], []]
    for (const { indicator, target, terms } of items) {
      if (!terms || target === null || !cascades(terms)) continue
      const parent = rows.find((row) => row.id === plan.parentId && row.indicator === indicator)
      const siblings = rows.filter((row) => row.parentId === plan.parentId && row.id !== plan.id && row.indicator === indicator && plan.parentId !== null)
      if (parent) above.push({ indicator, whose: parent.unitName, parent: exact(parent.target).toFixed(2), children: [...siblings.map((row) => exact(row.target).toFixed(2)), exact(target).toFixed(2)], factor: factorOf(indicator, parent.unitKey) })
      const children = rows.filter((row) => row.parentId === plan.id && row.indicator === indicator)
      if (children.length > 0) below.push({ indicator, whose: plan.unitName, parent: exact(target).toFixed(2), children: children.map((row) => exact(row.target).toFixed(2)), factor: factorOf(indicator, plan.unitKey) })
    }
    return { above, below }
  })
}
