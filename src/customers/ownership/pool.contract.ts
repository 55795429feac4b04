import { z } from 'zod'
import { endpoint, page, pageQuery, verdict } from '../../foundation/http/contract.ts'
import { dayText, fenText, idText, newIdText, safeText } from '../../foundation/values/api-values.ts'

const customer = z.strictObject({ customerId: idText })
const tier = z.enum(['T1', 'T2', 'T3', 'T4', 'P'])
const kind = z.enum(['CORPORATE', 'PERSON'])

export const poolRow = z.strictObject({
  customerId: z.string(), number: z.string(), name: z.string(), kind, tier, outletName: z.string(), monthAdbFen: fenText, hasLoan: z.boolean(),
  /** In the pool since; null: never had a manager. */
  since: z.string().nullable(), formerName: z.string().nullable(), lastContactOn: z.string().nullable(), openClaims: z.number().int(),
  /** May the reader claim it, and why not. */
  claim: verdict,
  /** May the reader open the customer's page? */
  opens: z.boolean(),
})
export type PoolRow = z.output<typeof poolRow>

/** Customers without manager: those of a manager's desk's outlet, of a head's unit. The largest first. */
export const listPool = endpoint({
  id: 'pool.list', method: 'GET', path: '/api/pool',
  text: { zh: '查看客户池', en: 'See the pool' },
  permission: 'pool.read',
  query: z.strictObject({ ...pageQuery, tier: tier.optional(), kind: kind.optional() }),
  reply: page(poolRow).extend({ claimsLeftToday: z.number().int(), openClaims: z.number().int(), rules: z.strictObject({ claimsPerDay: z.number().int(), claimsOpen: z.number().int(), coolingDays: z.number().int(), claimWindow: z.number().int(), claimTiers: z.array(z.string()) }) }),
})

export const poolClaim = z.strictObject({
  id: z.string(), customerId: z.string(), number: z.string(), name: z.string(), kind: z.enum(['CLAIM', 'CONTEST']), staffKey: z.number().int(), staffName: z.string(), reason: z.string(), claimedOn: z.string(), openUntil: z.string(),
  state: z.enum(['OPEN', 'GRANTED', 'REFUSED', 'WITHDRAWN']),
  /** Others claim it too, or who had it contests: the head decides. */
  disputed: z.boolean(), decidedOn: z.string().nullable(), decidedBy: z.string().nullable(), decisionReason: z.string().nullable(), mine: z.boolean(), mayContest: z.boolean(), mayDecide: z.boolean(),
})
export type PoolClaimView = z.output<typeof poolClaim>

export const listClaims = endpoint({
  id: 'pool.claims', method: 'GET', path: '/api/pool/claims',
  text: { zh: '查看认领', en: 'See the claims' },
  permission: 'pool.read',
  query: z.strictObject({ ...pageQuery, state: z.enum(['OPEN', 'DECIDED']).optional(), customerId: idText.optional() }),
  reply: page(poolClaim),
})

export const claimCustomer = endpoint({
  id: 'pool.claim', method: 'POST', path: '/api/pool/:customerId/claims',
  text: { zh: '认领客户', en: 'Claim a customer' },
  permission: 'pool.claim', writes: 'create',
  params: customer,
  body: z.strictObject({ id: newIdText, reason: safeText(200, { min: 4 }) }),
  reply: z.strictObject({ id: z.string(), openUntil: z.string(), disputed: z.boolean() }),
  refusals: {
    'not-a-manager': { status: 422, zh: '未能认领。您的岗位当前不能管户', en: 'Not claimed. Your post cannot look after customers now' },
    'tier-not-claimed': { status: 422, zh: '未能认领。该层级客户由网点负责人指派，不能认领', en: 'Not claimed. A customer of this tier is assigned by the head' },
    'claimed-already': { status: 409, zh: '您已认领该客户，等待公示期结束', en: 'You have claimed it; the window is still open' },
    'cooling': { status: 422, zh: '未能认领。您曾管理该客户，{day} 起方可认领', en: 'Not claimed. You had this customer; you may claim it from {day}' },
    'daily-cap': { status: 422, zh: '未能认领。每天最多认领 {most} 位', en: 'Not claimed. At most {most} a day' },
    'open-cap': { status: 422, zh: '未能认领。您已有 {most} 位认领未定', en: 'Not claimed. You have {most} claims that are not decided' },
    'over-capacity': { status: 422, zh: '未能认领。您的负荷将达到 {ratio}，超过上限 {most}', en: 'Not claimed. Your load would be {ratio}, above {most}' },
    'calendar-unknown': { status: 422, zh: '未能认领。工作日历中还没有 {day}，请联系管理员', en: 'Not claimed. The calendar does not know {day}' },
  },
})

/** Who had the customer before says why it should come back to him; the head decides. */
export const contestClaim = endpoint({
  id: 'pool.contest', method: 'POST', path: '/api/pool/:customerId/contests',
  text: { zh: '对认领提出异议', en: 'Contest a claim' },
  permission: 'pool.claim', writes: 'create',
  params: customer,
  body: z.strictObject({ id: newIdText, reason: safeText(200, { min: 4 }) }),
  reply: z.strictObject({ id: z.string() }),
  refusals: {
    'not-the-former': { status: 403, zh: '未能提出。只有原主办可以提出异议', en: 'Not contested. Only the former main manager may contest' },
    'nothing-to-contest': { status: 409, zh: '未能提出。该客户没有待定的认领', en: 'Not contested. There is no open claim' },
    'claimed-already': { status: 409, zh: '您已认领或已提出异议', en: 'You have claimed or contested it' },
  },
})

export const withdrawClaim = endpoint({
  id: 'pool.withdraw-claim', method: 'PUT', path: '/api/pool/:customerId/claims/:claimId/withdraw',
  text: { zh: '撤回认领', en: 'Withdraw a claim' },
  permission: 'pool.claim', writes: 'act',
  params: customer.extend({ claimId: idText }),
  body: z.strictObject({ reason: safeText(200) }),
  reply: z.strictObject({}),
  refusals: { 'claim-decided': { status: 409, zh: '未能撤回。该认领已有结果', en: 'Not withdrawn. The claim was decided' } },
})

/** The head gives the customer to one of those who claim or contest, or leaves it in the pool; with a reason, for all open claims at once. */
export const decideClaims = endpoint({
  id: 'pool.decide', method: 'PUT', path: '/api/customers/:customerId/claims/decision',
  text: { zh: '裁定认领', en: 'Decide the claims on a customer' },
  permission: 'pool.decide', opens: 'customerId', writes: 'act',
  params: customer,
  body: z.strictObject({ claimId: idText.nullable(), reason: safeText(200, { min: 4 }) }),
  reply: z.strictObject({ decided: z.number().int() }),
  refusals: {
    'no-open-claim': { status: 409, zh: '未能裁定。没有待定的认领', en: 'Not decided. There is no open claim' },
    'own-claim': { status: 403, zh: '未能裁定。您本人参与认领，请由上级裁定', en: 'Not decided. You are one of the claimants; let your superior decide' },
    'not-a-manager': { status: 422, zh: '未能裁定。所选人员当前不能管户', en: 'Not decided. The person cannot look after customers now' },
    'over-capacity': { status: 422, zh: '未能裁定。{name}的负荷将达到 {ratio}，超过上限 {most}', en: 'Not decided. The load of {name} would be {ratio}, above {most}' },
    'has-manager': { status: 409, zh: '未能裁定。该客户已有主办', en: 'Not decided. The customer has a manager' },
  },
})

export const returnToPool = endpoint({
  id: 'pool.return', method: 'PUT', path: '/api/customers/:customerId/return-to-pool',
  text: { zh: '退回客户池', en: 'Return a customer to the pool' },
  permission: 'pool.return', opens: 'customerId', writes: 'act',
  params: customer,
  body: z.strictObject({ from: dayText, reason: safeText(200, { min: 4 }) }),
  reply: z.strictObject({ customerId: z.string() }),
  refusals: {
    'in-pool-already': { status: 409, zh: '未能退回。该客户已在客户池', en: 'Not returned. The customer is in the pool' },
    'return-day': { status: 422, zh: '未能退回。起始日须在本月 1 日至今天之间', en: 'Not returned. The day lies between the first of this month and today' },
    'has-loans': { status: 422, zh: '未能退回。该客户有未结清贷款，须有客户经理负责', en: 'Not returned. A customer with loans needs a manager' },
    'in-hand-over': { status: 409, zh: '未能退回。该客户在移交 {number} 的清单上', en: 'Not returned. The customer is on the list of hand-over {number}' },
    'later-assignment': { status: 422, zh: '未能退回。{day} 已有指派', en: 'Not returned. There is an assignment from {day}' },
  },
})
