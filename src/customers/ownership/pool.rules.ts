import { addDays } from '../../foundation/values/business-date.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'

export type ClaimRules = { claimTiers: readonly string[]; claimsPerDay: number; claimsOpen: number; coolingDays: number }
export type ClaimGround = {
  tier: string
  /** The claimant's post looks after customers. */
  manager: boolean
  hasOpenClaim: boolean
  /** The day on which he gave up his last share of this customer; null: he never had one. */
  hadUntil: string | null
  claimedToday: number
  open: number
  today: string
}

/** May this customer of the pool be claimed? Most fundamental first. The load is judged after it. */
export function judgeClaim(ground: ClaimGround, rules: ClaimRules): Outcome<null> {
  if (!ground.manager) return refuse('not-a-manager')
  if (!rules.claimTiers.includes(ground.tier)) return refuse('tier-not-claimed')
  if (ground.hasOpenClaim) return refuse('claimed-already')
  if (ground.hadUntil !== null && ground.today < addDays(ground.hadUntil, rules.coolingDays)) return refuse('cooling', { details: { day: addDays(ground.hadUntil, rules.coolingDays) } })
  if (ground.claimedToday >= rules.claimsPerDay) return refuse('daily-cap', { details: { most: String(rules.claimsPerDay) } })
  if (ground.open >= rules.claimsOpen) return refuse('open-cap', { details: { most: String(rules.claimsOpen) } })
  return ok(null)
}
