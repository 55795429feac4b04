import { z } from 'zod'
import { endpoint, mayDo } from '../foundation/http/contract.ts'
import { dayText, idText, newIdText, safeText } from '../foundation/values/api-values.ts'

/** The longest time for which one customer is opened to a person by one grant, in days. */
export const longestGrant = 90

export const listGrants = endpoint({
  id: 'customers.grants', method: 'GET', path: '/api/customers/:customerId/grants',
  text: { zh: '查看只读授权', en: 'See the read grants of a customer' },
  permission: 'customer.read', opens: 'customerId',
  params: z.strictObject({ customerId: idText }),
  reply: z.strictObject({
    /** Whoever reads by a grant himself sees only his own. */
    items: z.array(z.strictObject({
      id: z.string(), staffKey: z.number().int(), name: z.string(), staffNo: z.string(), reason: z.string(), from: z.string(), until: z.string(), givenBy: z.string(), givenAt: z.string(),
      withdrawnOn: z.string().nullable(), inForce: z.boolean(),
    })),
    may: mayDo,
  }),
})

export const giveGrant = endpoint({
  id: 'grants.give', method: 'POST', path: '/api/customers/:customerId/grants',
  text: { zh: '授权查看客户', en: 'Grant reading of a customer' },
  permission: 'grant.give', opens: 'customerId', writes: 'create',
  params: z.strictObject({ customerId: idText }),
  body: z.strictObject({ id: newIdText, staffKey: z.number().int().min(1).max(2_000_000_000), reason: safeText(200, { min: 2 }), until: dayText }),
  reply: z.strictObject({ id: z.string() }),
  refusals: {
    'grant-to-oneself': { status: 422, zh: '未能授权。不能授权给本人', en: 'Not granted. Nobody grants to himself' },
    'not-employed': { status: 422, zh: '未能授权。此人当前不在职', en: 'Not granted. The person is not employed now' },
    'post-cannot-read': { status: 422, zh: '未能授权。此人的岗位不能查看客户', en: 'Not granted. The post of this person may not read customers' },
    'until-passed': { status: 422, zh: '未能授权。截止日早于今天', en: 'Not granted. The last day has passed' },
    'grant-too-long': { status: 422, zh: '未能授权。最长 {days} 天，请缩短期限', en: 'Not granted. At most {days} days' },
    'sees-already': { status: 422, zh: '未能授权。此人已是该客户的主办或协办', en: 'Not granted. The person looks after this customer already' },
    'grant-exists': { status: 422, zh: '未能授权。此人已有有效授权，至 {until}', en: 'Not granted. There is a grant until {until}' },
  },
})

export const withdrawGrant = endpoint({
  id: 'grants.withdraw', method: 'PUT', path: '/api/customers/:customerId/grants/:grantId/end',
  text: { zh: '撤回只读授权', en: 'Withdraw a read grant' },
  permission: 'grant.withdraw', opens: 'customerId', writes: 'act',
  params: z.strictObject({ customerId: idText, grantId: idText }),
  body: z.strictObject({ reason: safeText(200, { min: 2 }) }),
  reply: z.strictObject({}),
  refusals: { 'grant-ended': { status: 422, zh: '未能撤回。该授权已失效', en: 'Not withdrawn. The grant is no longer in force' } },
})
