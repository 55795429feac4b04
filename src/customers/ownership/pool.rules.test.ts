import { expect, test } from 'vitest'
import { judgeClaim, type ClaimGround } from './pool.rules.ts'

const rules = { claimTiers: ['T2', 'T3', 'T4', 'P'], claimsPerDay: 3, claimsOpen: 5, coolingDays: 90 }
const ground = (more: Partial<ClaimGround>): ClaimGround => ({ tier: 'T3', manager: true, hasOpenClaim: false, hadUntil: null, claimedToday: 0, open: 0, today: '2026-11-23', ...more })

test.each<[string, Partial<ClaimGround>, string | null]>([
  ['a customer of the pool', {}, null],
  ['by who looks after nobody', { manager: false }, 'not-a-manager'],
  ['a core customer is assigned', { tier: 'T1' }, 'tier-not-claimed'],
  ['twice', { hasOpenClaim: true }, 'claimed-already'],
  ['given up 89 days ago: cooling', { hadUntil: '2026-08-26' }, 'cooling'],
  ['given up 90 days ago', { hadUntil: '2026-08-25' }, null],
  ['the third of the day', { claimedToday: 2 }, null],
  ['the fourth of the day', { claimedToday: 3 }, 'daily-cap'],
  ['five not decided', { open: 5 }, 'open-cap'],
])('%s: %s', (_what, more, refusal) => {
  const judged = judgeClaim(ground(more), rules)
  expect(judged.ok ? null : judged.refusal.name).toBe(refusal)
})
