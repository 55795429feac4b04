import { z } from 'zod'
import { endpoint, mayDo, page, pageQuery, type Refusals } from '../../foundation/http/contract.ts'
import { dayText, fenText, idText, newIdText, safeText } from '../../foundation/values/api-values.ts'
import { graphNode, shownEdgeShape, shownParty } from './relation.contract.ts'

export const groupKind = z.enum(['GROUP', 'DEPENDENCE', 'CIRCLE', 'HOUSEHOLD'])
export type GroupKind = z.output<typeof groupKind>
export const proposedKind = z.enum(['GROUP', 'DEPENDENCE', 'CIRCLE', 'HOUSEHOLD'])
export const groupTest = z.enum(['A', 'B', 'C', 'D', 'ECONOMIC', 'CIRCLE', 'HOME', 'PHONE', 'KIN'])
const institutionKey = z.number().int().min(1).max(2_000_000_000)
const ofGroup = z.strictObject({ groupId: idText })
const ofProposal = z.strictObject({ proposalId: idText })

const groupRow = z.strictObject({
  groupId: idText, kind: groupKind, name: z.string(), members: z.number().int(), inScope: z.number().int(), leadName: z.string().nullable(), controllerName: z.string().nullable(), loanFen: fenText, depositFen: fenText, limitFen: fenText.nullable(),
  overLimit: z.boolean(), from: z.string(), to: z.string().nullable(), circles: z.number().int(),
})
export type GroupRow = z.output<typeof groupRow>

/** Groups with a member in the reader's scope; sums are of all members, each once. */
export const listGroups = endpoint({
  id: 'groups.list', method: 'GET', path: '/api/groups',
  text: { zh: '查看集团与关系', en: 'See groups' },
  permission: 'group.read',
  query: z.strictObject({ ...pageQuery, kind: groupKind.optional(), q: safeText(60).optional(), ended: z.stringbool().default(false) }),
  reply: page(groupRow).extend({ waiting: z.number().int(), waitingHouseholds: z.number().int() }),
})

const proposalRow = z.strictObject({
  proposalId: idText, kind: proposedKind, tests: z.array(groupTest), foundOn: z.string(), state: z.enum(['OPEN', 'CONFIRMED', 'DECLINED', 'GONE']), members: z.array(shownParty), memberCount: z.number().int(), customerCount: z.number().int(),
  controllerName: z.string().nullable(), /** Members whom the reader may open; who confirms a household must see all of them. */ allSeen: z.boolean(), groupId: idText.nullable(), groupName: z.string().nullable(), reason: z.string().nullable(), decidedBy: z.string().nullable(), decidedOn: z.string().nullable(), version: z.string(),
})
export type ProposalRow = z.output<typeof proposalRow>

export const listProposals = endpoint({
  id: 'groups.proposals', method: 'GET', path: '/api/group-proposals',
  text: { zh: '查看待确认的集团', en: 'See proposed groups' },
  permission: 'group.read',
  /** Without a kind: groups, dependence and circles; households are asked for. */
  query: z.strictObject({ ...pageQuery, state: z.enum(['OPEN', 'CONFIRMED', 'DECLINED']).default('OPEN'), kind: proposedKind.optional() }),
  reply: page(proposalRow).extend({ may: mayDo }),
})

/** A proposal drawn: its members and the edges between them. */
export const getProposalGraph = endpoint({
  id: 'groups.proposal', method: 'GET', path: '/api/group-proposals/:proposalId',
  text: { zh: '查看一项集团建议', en: 'See a proposed group' },
  permission: 'group.read',
  params: ofProposal,
  reply: z.strictObject({ proposal: proposalRow, nodes: z.array(graphNode), edges: z.array(shownEdgeShape), circles: z.array(z.array(idText)), may: mayDo }),
})

const decided = {
  'decided-already': { status: 409, zh: '未能办理。此建议已有决定', en: 'Not done. This proposal was decided already' },
} as const satisfies Refusals

export const confirmProposal = endpoint({
  id: 'groups.confirm', method: 'POST', path: '/api/group-proposals/:proposalId/confirm',
  text: { zh: '认定集团', en: 'Confirm a group' },
  permission: 'group.decide', writes: 'create',
  params: ofProposal,
  body: z.strictObject({
    id: newIdText, name: safeText(80, { min: 2 }), from: dayText, reason: safeText(200, { min: 2 }),
    /** Of a household: its head; left out: the eldest. */
    headPartyId: idText.optional(),
  }),
  reply: z.strictObject({ groupId: idText }),
  refusals: { ...decided, 'begins-later': { status: 422, zh: '未能认定。起始日不能晚于今天', en: 'Not confirmed. It cannot begin later than today' },
    'member-unseen': { status: 403, zh: '未能认定。家庭成员中有您无权查看的客户，请由能查看全部成员的负责人认定', en: 'Not confirmed. Of some members you have no right to see. Somebody who may open all of them confirms it' },
    'not-a-member': { status: 422, zh: '未能认定。所选户主不是成员', en: 'Not confirmed. The head chosen is no member' },
  },
})

export const declineProposal = endpoint({
  id: 'groups.decline', method: 'POST', path: '/api/group-proposals/:proposalId/decline',
  text: { zh: '不认定集团', en: 'Decline a group' },
  permission: 'group.decide', writes: 'act',
  params: ofProposal,
  body: z.strictObject({ reason: safeText(200, { min: 2 }) }),
  reply: z.strictObject({ proposalId: idText }),
  refusals: decided,
})

const memberRow = shownParty.extend({
  memberId: idText, role: z.string(), basis: z.string().nullable(), from: z.string(), to: z.string().nullable(), rollsUp: z.boolean(),
  /** Of members whom the reader may open. */
  loanFen: fenText.nullable(), depositFen: fenText.nullable(), managerName: z.string().nullable(),
})
export type MemberRow = z.output<typeof memberRow>

export const getGroup = endpoint({
  id: 'groups.get', method: 'GET', path: '/api/groups/:groupId',
  text: { zh: '查看集团', en: 'See a group' },
  permission: 'group.read',
  params: ofGroup,
  query: z.strictObject({ ended: z.stringbool().default(false) }),
  reply: z.strictObject({
    groupId: idText, kind: groupKind, name: z.string(), from: z.string(), to: z.string().nullable(), reason: z.string(), confirmedBy: z.string().nullable(), controlBasis: z.array(groupTest), controller: shownParty.nullable(),
    limitFen: fenText.nullable(), limitFrom: z.string().nullable(), limitUntil: z.string().nullable(), leadOrg: z.strictObject({ key: z.number().int(), name: z.string() }).nullable(), coOrgs: z.array(z.strictObject({ key: z.number().int(), name: z.string() })),
    members: z.array(memberRow),
    /** Of all members, each once, also of those whom the reader does not see. */
    sums: z.strictObject({ customers: z.number().int(), loanFen: fenText, depositFen: fenText, asOf: z.string().nullable() }),
    overLimit: z.boolean(),
    /** Controlled like the members and no member: hidden (RP-O-18). */
    hidden: z.array(shownParty), circles: z.array(z.array(shownParty)), nodes: z.array(graphNode), edges: z.array(shownEdgeShape), may: mayDo,
  }),
})

export const changeGroup = endpoint({
  id: 'groups.change', method: 'PUT', path: '/api/groups/:groupId',
  text: { zh: '维护集团', en: 'Change a group' },
  permission: 'group.decide', writes: 'act',
  params: ofGroup,
  body: z.strictObject({
    name: safeText(80, { min: 2 }).optional(), leadPartyId: idText.optional(), limitFen: fenText.nullable().optional(), limitFrom: dayText.nullable().optional(), limitUntil: dayText.nullable().optional(),
    leadOrg: institutionKey.nullable().optional(), coOrgs: z.array(institutionKey).max(50).optional(), reason: safeText(200, { min: 2 }),
  }),
  reply: z.strictObject({ groupId: idText }),
  refusals: {
    'group-ended': { status: 409, zh: '未能保存。该集团已终止', en: 'Not saved. The group has ended' },
    'not-a-member': { status: 422, zh: '未能保存。所选单位不是成员', en: 'Not saved. The party chosen is no member' },
    'outlet-unknown': { status: 422, zh: '未能保存。所选机构不存在或已撤并', en: 'Not saved. The unit does not exist or was closed' },
    'limit-incomplete': { status: 422, zh: '未能保存。统一授信须填写额度、起始日和到期日，且到期日晚于起始日', en: 'Not saved. A limit needs amount, first and last day, in this order' },
  },
})

export const endMember = endpoint({
  id: 'groups.end-member', method: 'PUT', path: '/api/groups/:groupId/members/:memberId/end',
  text: { zh: '成员退出', en: 'End a membership' },
  permission: 'group.decide', writes: 'act',
  params: ofGroup.extend({ memberId: idText }),
  body: z.strictObject({ on: dayText, reason: safeText(200, { min: 2 }) }),
  reply: z.strictObject({ groupId: idText, /** The group ended with it: a group of one is none. */ ended: z.boolean() }),
  refusals: {
    'ended-already': { status: 409, zh: '未能办理。该成员已退出', en: 'Not done. The membership has ended' },
    'lead-stays': { status: 422, zh: '未能办理。牵头成员退出前，请先指定新的牵头成员', en: 'Not done. Name another lead member first' },
    'end-day': { status: 422, zh: '未能办理。退出日须在 {from} 至今天之间', en: 'Not done. The day lies between {from} and today' },
  },
})

const relative = z.enum(['HEAD', 'SPOUSE', 'CHILD', 'PARENT', 'OTHER'])
const householdMember = z.strictObject({ customerId: idText, role: relative, rollsUp: z.boolean().default(true) })
const householdRefusals = {
  'not-a-person': { status: 422, zh: '未能保存。家庭成员须为个人客户', en: 'Not saved. Members of a household are persons' },
  'other-unknown': { status: 422, zh: '未能保存。没有找到所选客户，或不在您的权限内', en: 'Not saved. The customer was not found or is not within your rights' },
  'member-twice': { status: 422, zh: '未能保存。同一人出现两次', en: 'Not saved. A person is named twice' },
  'begins-later': { status: 422, zh: '未能保存。起始日不能晚于今天', en: 'Not saved. It cannot begin later than today' },
  'rolls-up-elsewhere': { status: 409, zh: '未能保存。{name} 已在另一家庭汇总。请先改为不汇总', en: 'Not saved. {name} rolls up in another household. Change that first' },
} as const satisfies Refusals

export const makeHousehold = endpoint({
  id: 'households.make', method: 'POST', path: '/api/customers/:customerId/households',
  text: { zh: '建立家庭', en: 'Make a household' },
  permission: 'household.change', opens: 'customerId', writes: 'create',
  params: z.strictObject({ customerId: idText }),
  body: z.strictObject({ id: newIdText, name: safeText(60, { min: 2 }), from: dayText, evidence: safeText(200, { min: 2 }), role: relative.default('HEAD'), rollsUp: z.boolean().default(true), members: z.array(householdMember).max(50) }),
  reply: z.strictObject({ groupId: idText }),
  refusals: householdRefusals,
})

export const addHouseholdMember = endpoint({
  id: 'households.add', method: 'POST', path: '/api/customers/:customerId/households/:groupId/members',
  text: { zh: '加入家庭', en: 'Add to a household' },
  permission: 'household.change', opens: 'customerId', writes: 'act',
  params: z.strictObject({ customerId: idText, groupId: idText }),
  body: z.strictObject({ member: householdMember, from: dayText, evidence: safeText(200, { min: 2 }) }),
  reply: z.strictObject({ groupId: idText }),
  refusals: householdRefusals,
})

/** A household ends, or one of its members leaves it (`memberId`). */
export const endHousehold = endpoint({
  id: 'households.end', method: 'PUT', path: '/api/customers/:customerId/households/:groupId/end',
  text: { zh: '终止家庭或退出', en: 'End a household or leave it' },
  permission: 'household.change', opens: 'customerId', writes: 'act',
  params: z.strictObject({ customerId: idText, groupId: idText }),
  body: z.strictObject({ memberId: idText.nullable().default(null), on: dayText, reason: safeText(200, { min: 2 }) }),
  reply: z.strictObject({ groupId: idText }),
  refusals: {
    'ended-already': { status: 409, zh: '未能终止。已终止', en: 'Not ended. It has ended already' },
    'end-day': { status: 422, zh: '未能终止。终止日须在 {from} 至今天之间', en: 'Not ended. The day lies between {from} and today' },
  },
})
