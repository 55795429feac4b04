import { z } from 'zod'
import { endpoint, mayDo, page, pageQuery, type Refusals } from '../../foundation/http/contract.ts'
import { dayText, fenText, idText, newIdText, safeText } from '../../foundation/values/api-values.ts'

const staffKey = z.number().int().min(1).max(2_000_000_000)
const aHandOver = z.strictObject({ handOverId: idText })
const person = z.strictObject({ staffKey: z.number().int(), name: z.string(), staffNo: z.string() })
export const handOverCauses = ['TRANSFER', 'LONG_LEAVE', 'RESIGNATION', 'RETIREMENT', 'SUSPENSION', 'OVERLOAD', 'OTHER'] as const
const cause = z.enum(handOverCauses)
export const handOverState = z.enum(['OPENED', 'LISTED', 'SAMPLED', 'SIGNED_BY_LEAVER', 'SIGNED_BY_RECEIVER', 'SIGNED_BY_SUPERVISOR', 'EFFECTIVE', 'FOLLOW_UP', 'CLOSED', 'WITHDRAWN'])
const kind = z.enum(['ORDINARY', 'EMERGENCY'])
const side = z.enum(['LEAVER', 'RECEIVER', 'SUPERVISOR'])

export const handOverRow = z.strictObject({
  id: z.string(), number: z.string(), kind, cause, state: handOverState, leaver: person, supervisor: person, receivers: z.array(person), customers: z.number().int(), effectiveOn: z.string(), openedOn: z.string(),
  /** What waits for the reader: to list, to take samples, to sign; null: nothing. */
  waitsForMe: z.enum(['LIST', 'SAMPLE', 'SIGN']).nullable(),
})
export type HandOverRow = z.output<typeof handOverRow>

export const listHandOvers = endpoint({
  id: 'hand-over.list', method: 'GET', path: '/api/hand-overs',
  text: { zh: '查看移交列表', en: 'List hand-overs' },
  permission: 'hand-over.read',
  query: z.strictObject({ ...pageQuery, state: z.enum(['OPEN', 'AFTER', 'ENDED']).optional(), leaverKey: z.coerce.number().int().min(1).max(2_000_000_000).optional() }),
  reply: page(handOverRow),
})

export const getHandOver = endpoint({
  id: 'hand-over.get', method: 'GET', path: '/api/hand-overs/:handOverId',
  text: { zh: '查看移交', en: 'See a hand-over' },
  permission: 'hand-over.read',
  params: aHandOver,
  reply: handOverRow.omit({ waitsForMe: true }).extend({
    reason: z.string(), openedBy: z.string(), listVersion: z.number().int(), listedOn: z.string().nullable(), effectedOn: z.string().nullable(), visitsUntil: z.string().nullable(), closedOn: z.string().nullable(),
    endReason: z.string().nullable(),
    /** Why this supervisor: null when he is the leaver's direct superior. */
    supervisorNamedBy: z.string().nullable(),
    /** Everybody who signs, with the signature on the present version of the list. */
    signatures: z.array(person.extend({ side, customers: z.number().int(), signedAt: z.string().nullable(), formerVersions: z.number().int() })),
    counts: z.strictObject({ mustSample: z.number().int(), sampled: z.number().int(), visits: z.number().int(), visited: z.number().int(), gone: z.number().int() }),
    /** How many things of each kind go along, told by the capabilities that keep them. */
    package: z.array(z.strictObject({ kind: z.string(), title: z.strictObject({ zh: z.string(), en: z.string() }), count: z.number().int() })),
    /** The receivers' load when all of it has come. */
    loads: z.array(z.strictObject({ staffKey: z.number().int(), name: z.string(), ratio: z.string(), verdict: z.enum(['OK', 'WARN', 'STOP']) })),
    mySide: side.nullable(),
    may: mayDo,
  }),
})
export type HandOverView = z.output<typeof getHandOver.reply>

export const handOverItem = z.strictObject({
  customerId: z.string(), number: z.string(), name: z.string(), kind: z.enum(['CORPORATE', 'PERSON']), tier: z.string(), state: z.enum(['OPEN', 'MOVED', 'REMOVED', 'GONE']), sharePct: z.string(), main: z.boolean(),
  monthAdbFen: fenText, loanFen: fenText, lastContactOn: z.string().nullable(), receiver: person, mustSample: z.boolean(), sampledOn: z.string().nullable(), sampleNote: z.string().nullable(),
  visitedOn: z.string().nullable(),
  /** Open things of this customer that go along. */
  along: z.number().int(),
  /** May the reader open the customer's page? */
  opens: z.boolean(),
})
export type HandOverItemView = z.output<typeof handOverItem>

export const listHandOverItems = endpoint({
  id: 'hand-over.items', method: 'GET', path: '/api/hand-overs/:handOverId/items',
  text: { zh: '查看移交清单', en: 'See the list of a hand-over' },
  permission: 'hand-over.read',
  params: aHandOver,
  query: z.strictObject({ ...pageQuery, show: z.enum(['TO_SAMPLE', 'SAMPLE', 'TO_VISIT', 'REMOVED']).optional() }),
  reply: page(handOverItem),
})

const overCapacity = { status: 422, zh: '未能办理。{name}的负荷将达到 {ratio}，超过上限 {most}，不能再接新客户。请分给其他客户经理', en: 'Not done. The load of {name} would be {ratio}, above {most}: no new customers. Give some to others' }
const day = {
  'effective-day': { status: 422, zh: '未能办理。生效日须晚于今天，且在一年以内', en: 'Not done. The effective day is after today and within a year' },
} as const satisfies Refusals
const people = {
  'same-person': { status: 422, zh: '未能办理。移交人、接收人、监交人须为不同的人', en: 'Not done. Leaver, receivers and supervisor are different people' },
  'not-a-manager': { status: 422, zh: '未能办理。接收人在生效日不能管户', en: 'Not done. A receiver cannot look after customers on the effective day' },
  'leaver-has-none': { status: 422, zh: '未能办理。此人名下没有客户，或不在您的机构内', en: 'Not done. The person holds no customers, or is not in your unit' },
  'no-supervisor': { status: 422, zh: '未能办理。没有找到移交人的直接上级，请由分行指定监交人', en: 'Not done. The leaver has no direct superior; let the branch name a supervisor' },
  'supervisor-by-branch': { status: 422, zh: '未能办理。监交人须为移交人的直接上级，或由支行、分行行长指定', en: 'Not done. The supervisor is the direct superior, or is named by the head of the branch' },
} as const satisfies Refusals
const ended = { 'hand-over-ended': { status: 409, zh: '未能办理。移交已生效或已撤回', en: 'Not done. The hand-over has taken effect or was withdrawn' } } as const satisfies Refusals

export const openHandOver = endpoint({
  id: 'hand-over.open', method: 'POST', path: '/api/hand-overs',
  text: { zh: '发起移交', en: 'Open a hand-over' },
  permission: 'hand-over.open', writes: 'create',
  body: z.strictObject({
    id: newIdText, leaverKey: staffKey, cause, effectiveOn: dayText, receivers: z.array(staffKey).min(1).max(20),
    /** Absent: the direct superior of the leaver. */
    supervisorKey: staffKey.optional(), reason: safeText(200),
    /** 'ALL': every customer of the leaver goes on the list, dealt out to the receivers; else these. */
    customers: z.union([z.literal('ALL'), z.array(idText).max(2000)]),
  }),
  reply: z.strictObject({ id: z.string(), number: z.string(), customers: z.number().int() }),
  refusals: {
    ...day, ...people,
    'not-the-leavers': { status: 422, zh: '未能办理。有 {count} 位客户不在移交人名下，或已在另一移交清单中', en: 'Not done. {count} customer(s) are not the leaver’s, or are on another list' },
  },
})

export const changeHandOverList = endpoint({
  id: 'hand-over.change-list', method: 'PUT', path: '/api/hand-overs/:handOverId/items',
  text: { zh: '修改移交清单', en: 'Change the list of a hand-over' },
  permission: 'hand-over.read', writes: 'act',
  params: aHandOver,
  body: z.strictObject({
    listVersion: z.number().int().min(1).max(1_000_000),
    /** ADD: further customers of the leaver; GIVE: another receiver; REMOVE: they stay with the leaver. Any of it voids the signatures. */
    change: z.enum(['ADD', 'GIVE', 'REMOVE']), customers: z.union([z.literal('ALL'), z.array(idText).min(1).max(2000)]), receivers: z.array(staffKey).max(20).default([]),
  }),
  reply: z.strictObject({ listVersion: z.number().int(), changed: z.number().int(), customers: z.number().int() }),
  refusals: {
    ...ended,
    'not-your-list': { status: 403, zh: '未能办理。清单由移交人或其上级填写', en: 'Not done. The leaver or his superior writes the list' },
    'list-changed': { status: 409, zh: '未能办理。清单已变为第 {version} 版，请刷新后核对', en: 'Not done. The list is now version {version}; reload and compare' },
    'receiver-needed': { status: 422, zh: '未能办理。请选择接收人', en: 'Not done. Choose a receiver' },
    'same-person': people['same-person'], 'not-a-manager': people['not-a-manager'],
    'not-the-leavers': { status: 422, zh: '未能办理。有 {count} 位客户不在移交人名下，或已在另一移交清单中', en: 'Not done. {count} customer(s) are not the leaver’s, or are on another list' },
    'not-on-the-list': { status: 422, zh: '未能办理。有 {count} 位客户不在清单上', en: 'Not done. {count} customer(s) are not on the list' },
  },
})

export const finishHandOverList = endpoint({
  id: 'hand-over.finish-list', method: 'PUT', path: '/api/hand-overs/:handOverId/list',
  text: { zh: '提交移交清单', en: 'Submit the list of a hand-over' },
  permission: 'hand-over.read', writes: 'act',
  params: aHandOver,
  body: z.strictObject({ listVersion: z.number().int().min(1).max(1_000_000) }),
  reply: z.strictObject({ state: handOverState, grants: z.number().int() }),
  refusals: {
    ...ended, 'not-your-list': changeHandOverList.refusals['not-your-list'] ?? overCapacity, 'list-changed': changeHandOverList.refusals['list-changed'] ?? overCapacity,
    'listed-already': { status: 409, zh: '未能办理。清单已提交', en: 'Not done. The list was submitted' },
    'empty-list': { status: 422, zh: '未能提交。清单上还没有客户', en: 'Not submitted. There is no customer on the list' },
    'over-capacity': overCapacity,
  },
})

export const sampleHandOver = endpoint({
  id: 'hand-over.sample', method: 'PUT', path: '/api/hand-overs/:handOverId/samples',
  text: { zh: '登记抽查', en: 'Note samples taken' },
  permission: 'hand-over.read', writes: 'act',
  params: aHandOver,
  body: z.strictObject({ customers: z.array(idText).min(1).max(2000), note: safeText(200).nullable().default(null) }),
  reply: z.strictObject({ state: handOverState, left: z.number().int() }),
  refusals: {
    ...ended,
    'not-listed': { status: 409, zh: '未能登记。移交人尚未提交清单', en: 'Not noted. The leaver has not submitted the list' },
    'not-the-receiver': { status: 403, zh: '未能登记。抽查由各客户的接收人办理', en: 'Not noted. The receiver of the customer takes the sample' },
  },
})

/** In person: the password is asked again. Nothing else keeps a second signature of the same person from the first. */
export const signHandOver = endpoint({
  id: 'hand-over.sign', method: 'PUT', path: '/api/hand-overs/:handOverId/signature',
  text: { zh: '签署移交', en: 'Sign a hand-over' },
  permission: 'hand-over.read', ownTransaction: true,
  params: aHandOver,
  body: z.strictObject({
    listVersion: z.number().int().min(1).max(1_000_000), password: z.string().min(1).max(200),
    /** The leaver declares: no seals, vouchers or chops of customers kept, drafts sent, devices returned. */
    declared: z.boolean().default(false),
  }),
  reply: z.strictObject({ state: handOverState }),
  refusals: {
    'not-a-party': { status: 403, zh: '未能签署。您不是移交人、接收人或监交人', en: 'Not signed. You are neither leaver, receiver nor supervisor' },
    ...ended, 'list-changed': { status: 409, zh: '未能签署。清单已变为第 {version} 版，请核对后再签', en: 'Not signed. The list is now version {version}; compare, then sign' },
    'signed-already': { status: 409, zh: '您已签署这一版清单', en: 'You have signed this version' },
    'not-listed': { status: 409, zh: '未能签署。移交人尚未提交清单', en: 'Not signed. The leaver has not submitted the list' },
    'samples-missing': { status: 409, zh: '未能签署。接收人尚未抽查完核心客户和授信客户', en: 'Not signed. Core and credit customers are not all checked yet' },
    'effective-day-passed': { status: 409, zh: '未能签署。生效日 {day} 已到，请先更改生效日', en: 'Not signed. The effective day {day} has come; change it first' },
    'not-declared': { status: 422, zh: '未能签署。请勾选移交人声明', en: 'Not signed. Tick the declaration of the leaver' },
    'leaver-first': { status: 409, zh: '未能签署。请移交人先签', en: 'Not signed. The leaver signs first' },
    'receivers-first': { status: 409, zh: '未能签署。请接收人先签', en: 'Not signed. The receivers sign first' },
    'receives-nothing': { status: 409, zh: '未能签署。清单上没有您接收的客户', en: 'Not signed. You receive no customer of the list' },
    'over-capacity': overCapacity,
    'wrong-password': { status: 403, zh: '未能签署。密码不正确', en: 'Not signed. The password is wrong' },
    locked: { status: 429, zh: '未能签署。尝试过多，请 {minutes} 分钟后再试', en: 'Not signed. Too many tries; try again in {minutes} minutes' },
  },
})

export const moveHandOverDay = endpoint({
  id: 'hand-over.move-day', method: 'PUT', path: '/api/hand-overs/:handOverId/effective-day',
  text: { zh: '更改移交生效日', en: 'Change the effective day of a hand-over' },
  permission: 'hand-over.open', writes: 'act',
  params: aHandOver,
  body: z.strictObject({ effectiveOn: dayText, reason: safeText(200) }),
  reply: z.strictObject({ listVersion: z.number().int() }),
  refusals: { ...ended, ...day },
})

export const withdrawHandOver = endpoint({
  id: 'hand-over.withdraw', method: 'PUT', path: '/api/hand-overs/:handOverId/withdraw',
  text: { zh: '撤回移交', en: 'Withdraw a hand-over' },
  permission: 'hand-over.open', writes: 'act',
  params: aHandOver,
  body: z.strictObject({ reason: safeText(200) }),
  reply: z.strictObject({ state: handOverState }),
  refusals: ended,
})

export const closeHandOver = endpoint({
  id: 'hand-over.close', method: 'PUT', path: '/api/hand-overs/:handOverId/close',
  text: { zh: '办结移交', en: 'Close a hand-over' },
  permission: 'hand-over.open', writes: 'act',
  params: aHandOver,
  body: z.strictObject({ reason: safeText(200) }),
  reply: z.strictObject({ state: handOverState }),
  refusals: {
    'not-in-follow-up': { status: 409, zh: '未能办结。移交尚未生效，或已办结', en: 'Not closed. The hand-over has not taken effect, or is closed' },
    'visits-open': { status: 409, zh: '未能办结。还有 {count} 位客户未联合走访，期限 {day}', en: 'Not closed. {count} joint visit(s) are to be made until {day}' },
  },
})

/** The manager is gone or suspended at once: his direct superior becomes the interim owner of every customer, today. */
export const takeOverAtOnce = endpoint({
  id: 'hand-over.emergency', method: 'POST', path: '/api/hand-overs/emergency',
  text: { zh: '紧急接管', en: 'Take over at once' },
  permission: 'hand-over.open', writes: 'create',
  body: z.strictObject({ id: newIdText, leaverKey: staffKey, cause, reason: safeText(200, { min: 4 }) }),
  reply: z.strictObject({ id: z.string(), number: z.string(), customers: z.number().int() }),
  refusals: {
    'leaver-has-none': people['leaver-has-none'], 'no-supervisor': { status: 422, zh: '未能接管。没有找到移交人的直接上级', en: 'Not taken over. The leaver has no direct superior' },
    'open-list': { status: 409, zh: '未能接管。此人有尚未生效的移交 {number}，请先撤回', en: 'Not taken over. There is an open hand-over {number}; withdraw it first' },
  },
})
