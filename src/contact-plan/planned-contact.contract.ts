import { z } from 'zod'
import { endpoint } from '../foundation/http/contract.ts'
import { dayText } from '../foundation/values/api-values.ts'

/** Contacts that I planned or that were planned for me, up to a day, the nearest first; one that was had since it was planned is answered and no longer here. */
export const listPlannedContacts = endpoint({
  id: 'contact-plan.planned', method: 'GET', path: '/api/planned-contacts',
  text: { zh: '查看计划的联系', en: 'List planned contacts' },
  permission: 'contact.list',
  query: z.strictObject({ until: dayText.optional(), limit: z.coerce.number().int().min(1).max(200).default(100) }),
  reply: z.strictObject({ items: z.array(z.strictObject({ plannedId: z.string(), customerId: z.string(), customerName: z.string(), tier: z.string(), plannedOn: dayText, subject: z.string() })), more: z.boolean() }),
})
