import { describe, expect, test } from 'vitest'
import { planActs, planStates, stepOf, type PlanNow } from './plan-step.rules.ts'

const now = (more: Partial<PlanNow>): PlanNow => ({ state: 'NEGOTIATED', side: 'OWNER', agreed: null, person: true, transferred: false, ...more })
const told = (given: Partial<PlanNow>, act: (typeof planActs)[number]): string => {
  const step = stepOf(now(given), act)
  return step.ok ? `${step.value.kind} ${step.value.state}` : step.refusal.name
}
describe('steps of a plan', () => {
  test.each([
    [{ state: 'DRAFT' }, 'DRAFT', 'DRAFT DRAFT'], [{ state: 'DRAFT' }, 'PROPOSE', 'PROPOSE NEGOTIATED'], [{ state: 'DRAFT', side: 'HOLDER' }, 'PROPOSE', 'owner-acts'], [{ state: 'DRAFT' }, 'AGREE', 'plan-not-proposed'],
    [{ side: 'HOLDER' }, 'ASK_OTHER', 'ASK_OTHER NEGOTIATED'], [{}, 'ASK_OTHER', 'holder-acts'], [{}, 'ANSWER', 'ANSWER NEGOTIATED'], [{ side: 'HOLDER' }, 'ANSWER', 'owner-acts'],
    [{ side: 'HOLDER' }, 'AGREE', 'AGREE NEGOTIATED'], [{ side: 'HOLDER', agreed: 'OWNER' }, 'AGREE', 'LOCK CONFIRMED'], [{ agreed: 'HOLDER' }, 'AGREE', 'LOCK CONFIRMED'], [{ agreed: 'OWNER' }, 'AGREE', 'agreed-already'],
    [{ side: null }, 'AGREE', 'not-your-plan'], [{}, 'DRAFT', 'plan-negotiated'], [{ state: 'CONFIRMED' }, 'TRANSFER', 'TRANSFER CONFIRMED'], [{ state: 'RUNNING' }, 'TRANSFER', 'TRANSFER RUNNING'],
    [{ state: 'RUNNING', person: false }, 'TRANSFER', 'unit-has-no-transfer'], [{ state: 'RUNNING', transferred: true }, 'TRANSFER', 'transferred-already'], [{ state: 'RUNNING', side: 'HOLDER' }, 'TRANSFER', 'owner-acts'],
    [{ state: 'FINAL' }, 'PAY', 'PAY PAID'], [{ state: 'RUNNING' }, 'PAY', 'plan-locked'], [{}, 'WITHDRAW', 'WITHDRAW WITHDRAWN'], [{ state: 'WITHDRAWN' }, 'PROPOSE', 'plan-withdrawn'],
  ] as const)('%o %s: %s', (given, act, result) => expect(told(given, act)).toBe(result))
  test('once locked nothing but a transfer and the pay is possible, for no side', () => {
    for (const state of planStates.slice(2, 8)) for (const side of ['OWNER', 'HOLDER'] as const) for (const act of ['DRAFT', 'PROPOSE', 'ASK_OTHER', 'ANSWER', 'AGREE', 'WITHDRAW'] as const) expect([state, side, act, told({ state, side }, act)]).toEqual([state, side, act, 'plan-locked'])
  })
})
