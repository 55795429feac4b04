import { z } from 'zod'
import { endpoint, mayDo } from '../../foundation/http/contract.ts'
import { dayText, decimalText, idText, newIdText, safeText } from '../../foundation/values/api-values.ts'

const ofCustomer = z.strictObject({ customerId: idText })
export const ownerMethod = z.enum(['SHARE', 'CONTROL', 'SENIOR_MANAGER', 'NONE', 'EXEMPT'])
const owner = z.strictObject({ name: z.string(), sharePct: z.string().nullable(), paths: z.array(z.strictObject({ names: z.array(z.string()), sharePct: z.string() })) })
/** Of a promise that may not stand `name` is the reason (`promiseFaults`); of nothing filed it is empty. */
const difference = z.strictObject({ name: z.string(), what: z.enum(['NOT_FILED', 'NOT_FOUND', 'SHARE', 'NOTHING_FILED', 'PROMISE']), foundPct: z.string().nullable(), filedPct: z.string().nullable() })
const finding = z.strictObject({ id: idText, foundOn: z.string(), method: ownerMethod, owners: z.array(owner), differences: z.array(difference), compared: z.boolean(), version: z.string(), foundBy: z.string().nullable() })
const filed = z.strictObject({ name: z.string(), sharePct: z.string().nullable() })
/** FILED 备案, PROMISED 承诺免报, NOT_FILED: looked up and not there. */
export const filingStates = ['FILED', 'PROMISED', 'NOT_FILED'] as const
const filing = z.strictObject({ id: idText, state: z.enum(filingStates), filedOn: z.string(), owners: z.array(filed), evidence: z.string(), enteredBy: z.string(), enteredOn: z.string() })
const comparison = z.strictObject({ state: z.enum(['NOT_COMPARED', 'AGREES', 'DIFFERS', 'EXPLAINED']), differences: z.array(difference), explanation: z.strictObject({ reason: z.string(), saidBy: z.string(), saidOn: z.string() }).nullable() })
export type OwnerFinding = z.output<typeof finding>

/** Why a promise may not stand for the filing (2.1). */
export const promiseFaults = {
  'promise-before-rule': { status: 422, zh: '未能登记。承诺免报自 2024-11-01 起施行，承诺日不能早于该日', en: 'Not saved. A promise may stand for the filing from 2024-11-01 on' },
  'filing-not-needed': { status: 422, zh: '未能登记。个体工商户和非企业单位不须备案，也不须承诺', en: 'Not saved. A sole trader or a body that is no enterprise need not file and promises nothing' },
  'promise-capital-unknown': { status: 422, zh: '未能登记。注册资本尚未登记，不能判断可否承诺免报。请先补全企业资料', en: 'Not saved. The registered capital is not known. Enter it first' },
  'promise-capital-above': { status: 422, zh: '未能登记。注册资本超过 1,000 万元，不能承诺免报，应当备案', en: 'Not saved. Above a registered capital of 10 million yuan the owners must be filed' },
  'promise-holder-no-person': { status: 422, zh: '未能登记。股东并非均为自然人，不能承诺免报，应当备案', en: 'Not saved. A holder is no natural person: the owners must be filed' },
  'promise-holders-unknown': { status: 422, zh: '未能登记。已登记股东合计不足 100%，不能判断是否均为自然人。请先补全股东', en: 'Not saved. The known holders do not make 100%. Record the others first' },
  'promise-controlled-otherwise': { status: 422, zh: '未能登记。股东以外另有控制人，不能承诺免报，应当备案', en: 'Not saved. Somebody beside the holders controls the firm: the owners must be filed' },
} as const

/** The last finding against the last filing, what the law asks, and what the structure gives today. */
export const getOwners = endpoint({
  id: 'owners.get', method: 'GET', path: '/api/customers/:customerId/beneficial-owners',
  text: { zh: '查看受益所有人', en: 'See the beneficial owners' },
  permission: 'relation.read', opens: 'customerId',
  params: ofCustomer,
  reply: z.strictObject({
    finding: finding.nullable(), filing: filing.nullable(), earlier: z.number().int(), /** The structure changed since the finding. */ outdated: z.boolean(),
    /** What the law asks of the company as the bank knows it today; why a promise may not stand. */
    duty: z.enum(['NO_RULE', 'NONE', 'MAY_PROMISE', 'FILE']), promiseFault: z.enum(['promise-before-rule', 'filing-not-needed', 'promise-capital-unknown', 'promise-capital-above', 'promise-holder-no-person', 'promise-holders-unknown', 'promise-controlled-otherwise']).nullable(),
    comparison, may: mayDo,
  }),
})

/** Worked out from the structure of the day and stored. */
export const workOutOwners = endpoint({
  id: 'owners.work-out', method: 'POST', path: '/api/customers/:customerId/beneficial-owners',
  text: { zh: '识别受益所有人', en: 'Work out the beneficial owners' },
  permission: 'relation.record', opens: 'customerId', writes: 'create',
  params: ofCustomer,
  body: z.strictObject({ id: newIdText }),
  reply: finding,
  refusals: { 'not-a-company': { status: 422, zh: '未能识别。个人客户没有受益所有人', en: 'Not done. A person has no beneficial owners' } },
})

export const fileOwners = endpoint({
  id: 'owners.file', method: 'POST', path: '/api/customers/:customerId/beneficial-filings',
  text: { zh: '登记受益所有人备案', en: 'Enter the filing of beneficial owners' },
  permission: 'relation.record', opens: 'customerId', writes: 'create',
  params: ofCustomer,
  body: z.strictObject({
    id: newIdText, state: z.enum(filingStates).default('FILED'), /** When it was filed, promised or looked up. */ filedOn: dayText,
    owners: z.array(z.strictObject({ name: safeText(60, { min: 2 }), sharePct: decimalText(4).nullable().default(null) })).max(20).default([]), evidence: safeText(200, { min: 2 }),
    /** Of a promise: the firm declares that nobody beside its holders controls it or profits from it. */
    nobodyElse: z.boolean().default(false),
  }),
  reply: z.strictObject({ id: idText }),
  refusals: {
    'not-a-company': { status: 422, zh: '未能登记。个人客户没有受益所有人', en: 'Not saved. A person has no beneficial owners' },
    'begins-later': { status: 422, zh: '未能登记。备案日不能晚于今天', en: 'Not saved. It cannot have been filed later than today' },
    'percent-out-of-range': { status: 422, zh: '未能登记。比例须大于 0 且不超过 100%', en: 'Not saved. A percentage is above 0 and at most 100%' },
    'owners-needed': { status: 422, zh: '未能登记。已备案的须填写备案的受益所有人', en: 'Not saved. Enter the owners as they are filed' },
    'owners-with-nothing-filed': { status: 422, zh: '未能登记。承诺免报或未备案的，不填受益所有人', en: 'Not saved. A promise, or nothing filed, has no filed owners' },
    ...promiseFaults,
    'promise-other-beneficiary': { status: 422, zh: '未能登记。企业须声明除股东外无他人控制或受益；另有他人的，应当备案', en: 'Not saved. The firm must declare that nobody beside its holders controls it or profits; otherwise the owners must be filed' },
  },
})

/** A difference ends when finding and filing agree, or when its reason is recorded. */
export const explainOwners = endpoint({
  id: 'owners.explain', method: 'POST', path: '/api/customers/:customerId/beneficial-explanations',
  text: { zh: '说明受益所有人差异', en: 'Explain a difference of beneficial owners' },
  permission: 'relation.record', opens: 'customerId', writes: 'create',
  params: ofCustomer,
  body: z.strictObject({ id: newIdText, /** What was compared, as it was seen. */ filingId: idText, findingId: idText.nullable(), reason: safeText(300, { min: 4 }) }),
  reply: z.strictObject({ id: idText }),
  refusals: {
    'nothing-differs': { status: 409, zh: '未能登记。与备案没有待说明的差异', en: 'Not saved. Nothing differs that waits for a reason' },
    'compared-anew': { status: 409, zh: '未能登记。识别结果或备案已更新，请查看新的差异后再说明', en: 'Not saved. The finding or the filing is newer than what you saw. Look at the difference again' },
  },
})
