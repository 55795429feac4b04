import { z } from 'zod'
import { endpoint, mayDo } from '../../foundation/http/contract.ts'
import { fenText, idText } from '../../foundation/values/api-values.ts'

const person = z.strictObject({ staffKey: z.number().int(), name: z.string(), staffNo: z.string() })
export const ownershipEvent = z.strictObject({
  id: z.string(), day: z.string(), kind: z.enum(['ASSIGNED', 'ENDED', 'HANDED_OVER', 'RETURNED', 'CLAIMED', 'CONTESTED', 'GRANTED', 'REFUSED', 'STANDS_IN']), person: z.string().nullable(), other: z.string().nullable(), sharePct: z.string().nullable(),
  main: z.boolean(), reason: z.string().nullable(), until: z.string().nullable(), address: z.string().nullable(),
})
export type OwnershipEvent = z.output<typeof ownershipEvent>

/** Who looks after the customer, who did, and how it came: slices, hand-overs, the pool, who stands in today. */
export const readOwnership = endpoint({
  id: 'customers.ownership', method: 'GET', path: '/api/customers/:customerId/ownership',
  text: { zh: '查看归属历史', en: 'See the history of ownership' },
  permission: 'ownership.read', opens: 'customerId',
  params: z.strictObject({ customerId: idText }),
  reply: z.strictObject({
    asOf: z.string(),
    slices: z.array(z.strictObject({ id: z.string(), person, sharePct: z.string(), main: z.boolean(), from: z.string(), to: z.string().nullable(), baseAdbFen: fenText, baseAsOf: z.string().nullable(), now: z.boolean(), reason: z.string().nullable() })),
    standIns: z.array(z.strictObject({ absent: z.string(), substitute: z.string(), until: z.string() })),
    /** The hand-over on whose list it stands. */
    handOver: z.strictObject({ number: z.string(), receiver: z.string(), effectiveOn: z.string() }).nullable(),
    inPool: z.boolean(), events: z.array(ownershipEvent), may: mayDo,
  }),
})
