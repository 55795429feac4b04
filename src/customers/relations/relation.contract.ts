import { z } from 'zod'
import { endpoint, mayDo, type Refusals } from '../../foundation/http/contract.ts'
import { dayText, decimalText, fenText, idText, newIdText, safeText } from '../../foundation/values/api-values.ts'

export const relationKinds = ['SHAREHOLDING', 'CONTROL', 'GUARANTEE', 'SUPPLY', 'FAMILY', 'LEGAL_REPRESENTATIVE', 'MANAGEMENT', 'SHARED_PHONE', 'SHARED_ADDRESS', 'SHARED_AGENT'] as const
export const relationKind = z.enum(relationKinds)
export type RelationKind = z.output<typeof relationKind>
/** What a person may record; the rest is found by rule. */
export const recordedKinds = ['SHAREHOLDING', 'CONTROL', 'GUARANTEE', 'SUPPLY', 'FAMILY', 'LEGAL_REPRESENTATIVE', 'MANAGEMENT'] as const
export const partyKind = z.enum(['COMPANY', 'PERSON'])
export type PartyKind = z.output<typeof partyKind>
export const meansList = ['BOARD', 'CONTRACT', 'OTHER', 'CHAIRMAN', 'GENERAL_MANAGER', 'DIRECTOR', 'SUPERVISOR', 'FINANCE_HEAD', 'SPOUSE', 'PARENT', 'CHILD', 'PARENT_OR_CHILD', 'SIBLING', 'OTHER_RELATIVE'] as const
/** Of FAMILY told of a customer: what the other is to him. CHILD is the other side of PARENT and never kept; PARENT_OR_CHILD was recorded before the direction was asked. */
export const means = z.enum(meansList)
export type Means = z.output<typeof means>

const ofCustomer = z.strictObject({ customerId: idText })

/** A party as the reader may be shown it. `customerId`: it is a customer whom the reader may open; null says nothing about whether it is one. */
export const shownParty = z.strictObject({ partyId: idText, kind: partyKind, name: z.string(), customerId: idText.nullable() })
export type ShownParty = z.output<typeof shownParty>

const edgeFacts = {
  relationId: idText, kind: relationKind, fromParty: idText, toParty: idText, sharePct: z.string().nullable(), crossHolding: z.boolean(), means: means.nullable(), amountFen: fenText.nullable(),
  incomePct: z.string().nullable(), outlayPct: z.string().nullable(), from: z.string(), to: z.string().nullable(),
}
export const shownEdgeShape = z.strictObject(edgeFacts)
export type ShownEdge = z.output<typeof shownEdgeShape>

const relationRow = z.strictObject({
  ...edgeFacts, other: shownParty,
  /** IN: the other does it to the customer (holds, guarantees). NONE: no direction. */
  direction: z.enum(['IN', 'OUT', 'NONE']), subscribedFen: fenText.nullable(), paidInFen: fenText.nullable(), evidence: z.string().nullable(), enteredBy: z.string().nullable(), enteredOn: z.string(), endReason: z.string().nullable(), inForce: z.boolean(),
  /** Ended where it was recorded. */
  recordedHere: z.boolean(),
})
export type RelationRow = z.output<typeof relationRow>

const groupOfCustomer = z.strictObject({
  groupId: idText, kind: z.enum(['GROUP', 'DEPENDENCE', 'CIRCLE', 'HOUSEHOLD']), name: z.string(), role: z.string(), from: z.string(), to: z.string().nullable(), rollsUp: z.boolean(), members: z.number().int(),
  /** Of all members, each once; of a household those who roll up in it. */
  sums: z.strictObject({ customers: z.number().int(), loanFen: fenText, depositFen: fenText, asOf: z.string().nullable() }),
})
/** Found by rule around this customer and not decided yet. */
const waitingProposal = z.strictObject({ proposalId: idText, kind: z.enum(['GROUP', 'DEPENDENCE', 'CIRCLE', 'HOUSEHOLD']), members: z.number().int() })

export const listRelations = endpoint({
  id: 'relations.list', method: 'GET', path: '/api/customers/:customerId/relations',
  text: { zh: '查看客户的关系', en: 'See the relations of a customer' },
  permission: 'relation.read', opens: 'customerId',
  params: ofCustomer,
  query: z.strictObject({ ended: z.stringbool().default(false) }),
  reply: z.strictObject({ partyId: idText.nullable(), items: z.array(relationRow), groups: z.array(groupOfCustomer), waiting: z.array(waitingProposal), more: z.boolean(), may: mayDo }),
})

export const graphNode = shownParty.extend({ distance: z.number().int(), /** How many more edges it has that are not drawn. */ more: z.number().int() })
export type GraphNode = z.output<typeof graphNode>

/** The neighbourhood: `depth` edges around the customer, and one more around each of the parties named in `expand`. */
export const getRelationGraph = endpoint({
  id: 'relations.graph', method: 'GET', path: '/api/customers/:customerId/relation-graph',
  text: { zh: '查看关系图', en: 'See the graph of relations' },
  permission: 'relation.read', opens: 'customerId',
  params: ofCustomer,
  query: z.strictObject({
    depth: z.coerce.number().int().min(1).max(20).default(2),
    /** Kinds separated by a comma; absent: all. */
    kinds: z.string().max(200).regex(/^[A-Z_]+(,[A-Z_]+)*$/, { error: 'kinds' }).optional(),
    expand: z.string().max(4000).regex(/^[0-9a-f-]{36}(,[0-9a-f-]{36})*$/, { error: 'ids' }).optional(),
  }),
  reply: z.strictObject({ center: idText.nullable(), nodes: z.array(graphNode), edges: z.array(shownEdgeShape), /** More parties than are told. */ cut: z.boolean() }),
})

/** The other end: a party already in the graph, a customer whom the reader may open, or one told by name (and number, by which it is found when the bank knows it). */
export const otherParty = z.union([
  z.strictObject({ partyId: idText }),
  z.strictObject({ customerId: idText }),
  z.strictObject({ kind: partyKind, name: safeText(120, { min: 2 }), number: safeText(30).nullable().default(null) }),
])

export const structureRefusals = {
  'other-unknown': { status: 422, zh: '未能保存。没有找到对方，或不在您的权限内。请改填名称', en: 'Not saved. The other party was not found or is not within your rights. Enter its name' },
  'other-number': { status: 422, zh: '未能保存。对方的证件号码{fault}', en: 'Not saved. The number of the other party: {faultEn}' },
  'same-party': { status: 422, zh: '未能保存。不能与自身建立关系', en: 'Not saved. A party has no relation with itself' },
  'found-by-rule': { status: 422, zh: '未能保存。共用电话、地址、代理人由规则找出，不能手工登记', en: 'Not saved. Shared phones, addresses and agents are found by rule' },
  'wrong-parties': { status: 422, zh: '未能保存。此类关系不能存在于所选双方之间', en: 'Not saved. This kind of relation cannot stand between these two' },
  'share-needed': { status: 422, zh: '未能保存。股权关系须填写持股比例，其他关系不填', en: 'Not saved. A shareholding needs its share, other relations have none' },
  'percent-out-of-range': { status: 422, zh: '未能保存。比例须大于 0 且不超过 100%', en: 'Not saved. A percentage is above 0 and at most 100%' },
  'amount-needed': { status: 422, zh: '未能保存。金额须大于 0', en: 'Not saved. The amount must be above 0' },
  'means-needed': { status: 422, zh: '未能保存。请选择控制方式、职务或亲属关系', en: 'Not saved. Choose by what means, in which post or as which relative' },
  'wrong-fields': { status: 422, zh: '未能保存。所填内容与关系种类不符', en: 'Not saved. What was filled in does not fit the kind of relation' },
  'paid-in-above-subscribed': { status: 422, zh: '未能保存。实缴不能超过认缴', en: 'Not saved. More paid in than subscribed' },
  'begins-later': { status: 422, zh: '未能保存。起始日不能晚于今天', en: 'Not saved. It cannot begin later than today' },
  'ends-before': { status: 422, zh: '未能保存。终止日须晚于起始日', en: 'Not saved. The end must be after the beginning' },
  'exists-already': { status: 409, zh: '未能保存。同一关系已登记，自 {day} 起。请先终止原关系', en: 'Not saved. The same relation stands since {day}. End it first' },
  'shares-above-100': { status: 422, zh: '未能保存。该公司的股权合计将达 {sum}%，超过 100%。请核对持股比例', en: 'Not saved. The shares of this company would sum to {sum}%, above 100%. Check the share' },
  'family-loop': { status: 422, zh: '未能保存。对方已登记为其晚辈（或长辈），不能同时相反。请核对关系', en: 'Not saved. By what is recorded one of them descends from the other the other way round. Check the relation' },
  'control-loop': { status: 422, zh: '未能保存。将形成股权或控制环路：{loop}。如确为交叉持股，请勾选“交叉持股”', en: 'Not saved. It would close a loop of shares or control: {loop}. Mark it as a cross-holding if it is one' },
} as const satisfies Refusals

export const recordRelation = endpoint({
  id: 'relations.record', method: 'POST', path: '/api/customers/:customerId/relations',
  text: { zh: '登记关系', en: 'Record a relation' },
  permission: 'relation.record', opens: 'customerId', writes: 'create',
  params: ofCustomer,
  body: z.strictObject({
    id: newIdText, kind: relationKind,
    /** IN: the other does it to the customer. Of FAMILY it is not looked at: the means says what the other is to the customer. */
    direction: z.enum(['IN', 'OUT']), other: otherParty,
    sharePct: decimalText(4).nullable().default(null), subscribedFen: fenText.nullable().default(null), paidInFen: fenText.nullable().default(null), crossHolding: z.boolean().default(false), means: means.nullable().default(null),
    amountFen: fenText.nullable().default(null), incomePct: decimalText(4).nullable().default(null), outlayPct: decimalText(4).nullable().default(null),
    /** Where it is written; of FAMILY the consent as well. */
    evidence: safeText(300, { min: 2 }), from: dayText, to: dayText.nullable().default(null),
  }),
  reply: z.strictObject({ relationId: idText, partyId: idText, otherPartyId: idText }),
  refusals: structureRefusals,
})

export const endRelation = endpoint({
  id: 'relations.end', method: 'PUT', path: '/api/customers/:customerId/relations/:relationId/end',
  text: { zh: '终止关系', en: 'End a relation' },
  permission: 'relation.record', opens: 'customerId', writes: 'act',
  params: ofCustomer.extend({ relationId: idText }),
  body: z.strictObject({ on: dayText, reason: safeText(200, { min: 2 }) }),
  reply: z.strictObject({ relationId: idText }),
  refusals: {
    'recorded-elsewhere': { status: 403, zh: '未能终止。此关系登记在另一客户名下，请由其客户经理办理', en: 'Not ended. It stands on another customer’s file; its manager ends it' },
    'ended-already': { status: 409, zh: '未能终止。此关系已终止', en: 'Not ended. It has ended already' },
    'end-day': { status: 422, zh: '未能终止。终止日须在 {from} 至今天之间', en: 'Not ended. The day lies between {from} and today' },
    'found-by-rule': { status: 422, zh: '未能终止。此关系由规则找出，资料更正后自动消失', en: 'Not ended. It was found by rule and goes when the particulars are corrected' },
  },
})
