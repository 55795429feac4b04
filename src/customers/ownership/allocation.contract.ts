import { z } from 'zod'
import { endpoint, verdict } from '../../foundation/http/contract.ts'
import { fenText, idText, newIdText, safeText } from '../../foundation/values/api-values.ts'

const allocation = z.strictObject({ allocationId: idText })
const states = ['PROPOSED', 'CONFIRMED', 'RETURNED', 'WITHDRAWN'] as const
export const notGivenReasons = {
  'has-manager': { zh: '已有主办', en: 'has a manager by now' }, 'claimed': { zh: '有待定认领', en: 'is claimed' }, 'in-hand-over': { zh: '在移交清单上', en: 'stands on a hand-over' }, 'closed': { zh: '已销户', en: 'is closed' },
  'not-high-end': { zh: '已不是高端客户', en: 'is no longer high-end' }, 'not-a-manager': { zh: '接收人已不能管户', en: 'the manager looks after nobody now' }, 'no-capacity': { zh: '接收人已无容量', en: 'the manager has no room now' },
  'conflict-of-interest': { zh: '须回避', en: 'conflict of interest' }, 'other': { zh: '其他原因', en: 'another reason' },
} as const
export type NotGivenWhy = keyof typeof notGivenReasons

const head = z.strictObject({
  id: z.string(), number: z.string(), unitName: z.string(), state: z.enum(states), reason: z.string(), askedBy: z.string(), askedOn: z.string(), decidedBy: z.string().nullable(), decidedOn: z.string().nullable(), decisionReason: z.string().nullable(),
  customers: z.number().int(), given: z.number().int(), done: z.number().int().nullable(), aumFen: fenText, mine: z.boolean(), mayDecide: verdict,
})
export type AllocationHead = z.output<typeof head>

/** Allocations of the public pool in the line that one leads, the newest first, and what waits in the pool. */
export const listAllocations = endpoint({
  id: 'pool-allocations.list', method: 'GET', path: '/api/pool/allocations',
  text: { zh: '查看公共池分配', en: 'See the allocations of the public pool' },
  permission: 'pool.allocate',
  reply: z.strictObject({ items: z.array(head).max(100), highEnd: z.number().int(), tiers: z.array(z.string()), waits: z.string().nullable(), dueThisQuarter: z.boolean(), mayPropose: verdict }),
})

const line = z.strictObject({
  customerId: z.string(), number: z.string(), name: z.string(), tier: z.string(), outletName: z.string(), place: z.number().int(), aumFen: fenText, manager: z.strictObject({ staffKey: z.number().int(), staffNo: z.string(), name: z.string(), placeName: z.string() }).nullable(),
  sameOutlet: z.boolean().nullable(), loadBefore: z.string().nullable(), loadAfter: z.string().nullable(), leftWhy: z.enum(['no-manager', 'no-capacity', 'conflict-of-interest']).nullable(),
  state: z.enum(['PROPOSED', 'LEFT', 'ALLOCATED', 'NOT_ALLOCATED', 'CAME_BACK']), notGiven: z.string().nullable(), givenOn: z.string().nullable(), baseAumFen: fenText.nullable(), mayExclude: z.boolean(),
})
export type AllocationLine = z.output<typeof line>
export const getAllocation = endpoint({
  id: 'pool-allocations.get', method: 'GET', path: '/api/pool/allocations/:allocationId',
  text: { zh: '查看一次公共池分配', en: 'See one allocation of the public pool' },
  permission: 'pool.allocate', params: allocation,
  reply: z.strictObject({ allocation: head, lines: z.array(line) }),
})

/** The most customers of one allocation: what is left waits for the next. */
export const mostAllocated = 200
export const proposeAllocation = endpoint({
  id: 'pool-allocations.propose', method: 'POST', path: '/api/pool/allocations',
  text: { zh: '提出公共池分配', en: 'Propose an allocation of the public pool' },
  permission: 'pool.allocate', writes: 'create',
  body: z.strictObject({ id: newIdText, reason: safeText(200, { min: 4 }) }),
  reply: z.strictObject({ id: z.string(), number: z.string(), customers: z.number().int(), given: z.number().int() }),
  refusals: {
    'allocation-waits': { status: 409, zh: '未能提出。{number} 尚待复核', en: 'Not proposed. {number} still waits for its decision' },
    'nothing-to-allocate': { status: 422, zh: '未能提出。本机构公共池没有可分配的高端客户', en: 'Not proposed. There is no high-end customer in the pool of your line that could be allocated' },
  },
})
export const withdrawAllocation = endpoint({
  id: 'pool-allocations.withdraw', method: 'PUT', path: '/api/pool/allocations/:allocationId/withdraw',
  text: { zh: '撤回公共池分配', en: 'Withdraw an allocation' },
  permission: 'pool.allocate', writes: 'act', params: allocation,
  body: z.strictObject({ reason: safeText(200, { min: 4 }) }),
  reply: z.strictObject({}),
  refusals: {
    'allocation-decided': { status: 409, zh: '未能撤回。该分配已有结果', en: 'Not withdrawn. The allocation was decided' },
    'not-yours': { status: 403, zh: '未能撤回。只有提出人可以撤回', en: 'Not withdrawn. Only who proposed it may withdraw it' },
  },
})
/** Another head confirms, and the customers are given that day with their bases frozen; or returns it with a reason. */
export const decideAllocation = endpoint({
  id: 'pool-allocations.decide', method: 'PUT', path: '/api/pool/allocations/:allocationId/decision',
  text: { zh: '复核公共池分配', en: 'Decide an allocation of the public pool' },
  permission: 'pool.allocate', writes: 'act', params: allocation,
  body: z.strictObject({ confirm: z.boolean(), reason: safeText(200, { min: 4 }) }),
  reply: z.strictObject({ state: z.enum(states), done: z.number().int(), not: z.number().int() }),
  refusals: {
    'allocation-decided': { status: 409, zh: '未能复核。该分配已有结果', en: 'Not decided. The allocation was decided' },
    'own-allocation': { status: 403, zh: '未能复核。提出人不能复核', en: 'Not decided. Who proposed it does not decide it' },
    'one-side': { status: 403, zh: '未能复核。您与提出人互为代班，请由他人复核', en: 'Not decided. One of you stood in for the other; let somebody else decide' },
    'receives-some': { status: 403, zh: '未能复核。您将接收其中的客户', en: 'Not decided. You would receive some of the customers' },
    'not-whole-line': { status: 403, zh: '未能复核。请由管辖该机构的负责人复核', en: 'Not decided. Let a head decide who leads the whole line' },
  },
})

/** A manager may not have a customer: a relative, or the customer objects to him. Given to him by an allocation, the customer goes back to the pool. */
export const excludeManager = endpoint({
  id: 'pool.exclude', method: 'PUT', path: '/api/customers/:customerId/pool-exclusions',
  text: { zh: '登记分配回避', en: 'Exclude a manager from an allocation' },
  permission: 'pool.exclude', opens: 'customerId', writes: 'act',
  params: z.strictObject({ customerId: idText }),
  body: z.strictObject({ id: newIdText, staffKey: z.number().int().positive().max(2_147_483_647), kind: z.enum(['RELATIVE', 'OBJECTION']), reason: safeText(200, { min: 4 }) }),
  reply: z.strictObject({ cameBack: z.boolean() }),
  refusals: {
    'not-a-manager': { status: 422, zh: '未能登记。所选人员不是客户经理', en: 'Not recorded. The person is no manager' },
    'own-exclusion': { status: 403, zh: '未能登记。本人的回避由上级登记', en: 'Not recorded. Let your superior record it' },
    'excluded-already': { status: 409, zh: '未能登记。该客户与此人的回避已登记', en: 'Not recorded. It is recorded already' },
    'has-loans': { status: 422, zh: '未能登记。该客户有未结清贷款，请先移交给他人', en: 'Not recorded. A customer with loans needs a manager; hand him over first' },
    'in-hand-over': { status: 409, zh: '未能登记。该客户在移交 {number} 的清单上', en: 'Not recorded. The customer is on the list of hand-over {number}' },
    'later-assignment': { status: 422, zh: '未能登记。{day} 已有指派', en: 'Not recorded. There is an assignment from {day}' },
  },
})
