import { newId } from '../../foundation/values/uuid7.ts'
import type { NewBlockScheme } from '../install-scheme-version.ts'
import type { PayBank } from '../pay-bank-testing.ts'

/** Targets, marks and events put straight in: tables stand where the plans publish their views. */
export async function plannedBank(house: PayBank) {
  for (const [name, columns] of [
    ['performance_plan_target_facts', 'staff_key int, scheme_code text, indicator text, from_date date, to_date date, target numeric, plan_id uuid, plan_version int'],
    ['performance_plan_whole_facts', 'plan_id uuid, indicator text, from_date date, to_date date, whole_days int'],
    ['performance_mark_facts', 'staff_key int, scheme_code text, item text, month date, mark numeric(5,2), mark_id uuid, decided_on date'],
    ['performance_gate_event_facts', 'staff_key int, month date, class text, event_id uuid'],
  ] as const) {
    await house.put(`DROP VIEW IF EXISTS ${name} CASCADE`)
    await house.put(`CREATE TABLE ${name} (${columns})`)
    await house.put(`GRANT SELECT ON ${name} TO yq_batch, yq_engine, yq_office, yq_self, yq_unit, yq_all`)
  }
  return {
    target: (staff: number, scheme: string, indicator: string, target: string, from = '2025-01-01', to: string | null = '2026-01-01', planId = newId()) =>
      house.put(`INSERT INTO performance_plan_target_facts VALUES ($1, $2, $3, $4, $5, $6, $7, 1)`, [staff, scheme, indicator, from, to, target, planId]),
    /** Of how many days a part of a plan was before it was divided. */
    whole: (planId: string, indicator: string, from: string, to: string, days: number) => house.put(`INSERT INTO performance_plan_whole_facts VALUES ($1, $2, $3, $4, $5)`, [planId, indicator, from, to, days]),
    mark: (staff: number, scheme: string, item: string, month: string, mark: string) =>
      house.put(`INSERT INTO performance_mark_facts VALUES ($1, $2, $3, $4, $5, $6, $7)`, [staff, scheme, item, `${month}-01`, mark, newId(), `${month}-28`]),
    event: (staff: number, month: string, kind: 'RED' | 'AMBER') => house.put(`INSERT INTO performance_gate_event_facts VALUES ($1, $2, $3, $4)`, [staff, `${month}-01`, kind, newId()]),
  }
}

/** Pays by profit alone, quarter by quarter. */
export const profitsByQuarter: NewBlockScheme = {
  code: 'PROFITS', from: '2026-01-01', name: '利润方案', nameEn: 'By profit', legalBasis: '试验', terms: {
    blocks: [
      { kind: 'RATIOS', code: 'TOTAL', mode: 'PERCENT', floor: '0', cap: '120', items: [{ code: 'PROFIT', name: { zh: '利润', en: 'Profit' }, indicator: 'PROFIT', weight: '100', direction: 'UP' }] },
      { kind: 'BANDS', code: 'COEFFICIENT', of: 'TOTAL', bands: [{ from: '0', value: '1' }] }, { kind: 'PRODUCT', code: 'EARNED', unit: 'FEN', factors: [{ of: 'GRADE_BASE' }, { of: 'COEFFICIENT' }] },
      { kind: 'PAYABLE', code: 'PAYABLE', of: 'EARNED', carryOut: 'CARRY_OUT' },
    ],
    posts: ['LOBBY'], grades: [], units: [], period: 'QUARTER', gradeBases: { '*': '1000000' }, score: 'TOTAL', classes: {}, carryMonths: 12, correctionMonths: 12,
  },
}
