import { z } from 'zod'
import { endpoint } from '../foundation/http/contract.ts'

/** What a new bank still lacks, worked out from the data: nothing is ticked by hand. Counts of today. */
export const readSetUp = endpoint({
  id: 'set-up.steps', method: 'GET', path: '/api/set-up',
  text: { zh: '查看启用清单', en: 'See the set-up checklist' },
  permission: 'set-up.read',
  reply: z.strictObject({
    bankName: z.string(), bankNameEn: z.string(), bankCode: z.string(), businessDate: z.string(),
    administrators: z.number().int(),
    /** Units besides the head office; outlets among them. */
    units: z.number().int(), outlets: z.number().int(),
    /** People besides administrators who hold a post; those who look after customers among them. */
    people: z.number().int(), managers: z.number().int(),
    /** Deliveries taken in, refused, and the day of the last one taken in. */
    deliveries: z.number().int(), refusedDeliveries: z.number().int(), lastDelivery: z.string().nullable(),
    done: z.strictObject({ organisation: z.boolean(), people: z.boolean(), delivery: z.boolean() }),
  }),
})
