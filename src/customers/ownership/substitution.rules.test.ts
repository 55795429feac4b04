import { expect, test } from 'vitest'
import { byRule, judgeSubstitution, type SubstitutionGround } from './substitution.rules.ts'

const ground = (more: Partial<SubstitutionGround>): SubstitutionGround => ({
  sameperson: false, from: '2026-11-24', until: '2026-11-27', today: '2026-11-23', workingDays: 4, most: 15, absent: { lineKey: 7, rank: 0, grade: 'B' }, substitute: { lineKey: 7, rank: 0, grade: 'B' }, ...more,
})
const other = (more: Partial<NonNullable<SubstitutionGround['substitute']>>) => ({ substitute: { lineKey: 7, rank: 0, grade: 'B' as const, ...more } })

test.each<[string, Partial<SubstitutionGround>, string | null]>([
  ['a colleague of the same line and grade', {}, null],
  ['a higher grade', other({ grade: 'C' }), null],
  ['the lead of the team', other({ rank: 1, grade: null }), null],
  ['oneself', { sameperson: true }, 'same-person'],
  ['from yesterday', { from: '2026-11-22' }, 'days-wrong'],
  ['backwards', { until: '2026-11-23', from: '2026-11-24' }, 'days-wrong'],
  ['15 working days', { workingDays: 15 }, null],
  ['16: hand over', { workingDays: 16 }, 'too-long'],
  ['of another line', other({ lineKey: 8 }), 'other-line'],
  ['who looks after nobody', { substitute: null }, 'other-line'],
  ['an assistant for a manager', other({ grade: 'A' }), 'lower-grade'],
  ['without a grade for a manager', other({ grade: null }), 'lower-grade'],
  ['a manager for the lead', { absent: { lineKey: 7, rank: 1, grade: null } }, 'lower-grade'],
  ['both without a grade', { absent: { lineKey: 7, rank: 0, grade: null }, ...other({ grade: null }) }, null],
])('%s: %s', (_what, more, refusal) => {
  const judged = judgeSubstitution(ground(more))
  expect(judged.ok ? null : judged.refusal.name).toBe(refusal)
})

test('by the rule only when the lead agreed to the pair and it is planned a day ahead', () => {
  expect([byRule({ agreedPair: true, from: '2026-11-24', today: '2026-11-23' }), byRule({ agreedPair: true, from: '2026-11-23', today: '2026-11-23' }), byRule({ agreedPair: false, from: '2026-11-30', today: '2026-11-23' })]).toEqual([true, false, false])
})
