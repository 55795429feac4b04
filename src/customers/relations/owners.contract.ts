import { z } from 'zod'
import { endpoint, mayDo } from '../../foundation/http/contract.ts'
import { dayText, decimalText, idText, newIdText, safeText } from '../../foundation/values/api-values.ts'

const ofCustomer = z.strictObject({ customerId: idText })
export const ownerMethod = z.enum(['SHARE', 'CONTROL', 'SENIOR_MANAGER', 'NONE', 'EXEMPT'])
const owner = z.strictObject({ name: z.string(), sharePct: z.string().nullable(), paths: z.array(z.strictObject({ names: z.array(z.string()), sharePct: z.string() })) })
const difference = z.strictObject({ name: z.string(), what: z.enum(['NOT_FILED', 'NOT_FOUND', 'SHARE']), foundPct: z.string().nullable(), filedPct: z.string().nullable() })
const finding = z.strictObject({ id: idText, foundOn: z.string(), method: ownerMethod, owners: z.array(owner), differences: z.array(difference), compared: z.boolean(), version: z.string(), foundBy: z.string().nullable() })
const filed = z.strictObject({ name: z.string(), sharePct: z.string().nullable() })
const filing = z.strictObject({ id: idText, filedOn: z.string(), owners: z.array(filed), evidence: z.string(), enteredBy: z.string(), enteredOn: z.string() })
export type OwnerFinding = z.output<typeof finding>

/** The last finding, the last filing, and what the structure gives today. */
export const getOwners = endpoint({
  id: 'owners.get', method: 'GET', path: '/api/customers/:customerId/beneficial-owners',
  text: { zh: '查看受益所有人', en: 'See the beneficial owners' },
  permission: 'relation.read', opens: 'customerId',
  params: ofCustomer,
  reply: z.strictObject({ finding: finding.nullable(), filing: filing.nullable(), earlier: z.number().int(), /** The structure changed since the finding. */ outdated: z.boolean(), /** What the law asks of the company as the bank knows it today. */ duty: z.enum(['NONE', 'MAY_PROMISE', 'FILE']), may: mayDo }),
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
  text: { zh: '登记受益所有人备案', en: 'Enter the filed beneficial owners' },
  permission: 'relation.record', opens: 'customerId', writes: 'create',
  params: ofCustomer,
  body: z.strictObject({ id: newIdText, filedOn: dayText, owners: z.array(z.strictObject({ name: safeText(60, { min: 2 }), sharePct: decimalText(4).nullable().default(null) })).min(1).max(20), evidence: safeText(200, { min: 2 }) }),
  reply: z.strictObject({ id: idText }),
  refusals: {
    'not-a-company': { status: 422, zh: '未能登记。个人客户没有受益所有人', en: 'Not saved. A person has no beneficial owners' },
    'begins-later': { status: 422, zh: '未能登记。备案日不能晚于今天', en: 'Not saved. It cannot have been filed later than today' },
    'percent-out-of-range': { status: 422, zh: '未能登记。比例须大于 0 且不超过 100%', en: 'Not saved. A percentage is above 0 and at most 100%' },
  },
})
