import { z } from 'zod'
import { dayText, fenText, idText } from '../foundation/values/api-values.ts'
import { endpoint } from '../foundation/http/contract.ts'
import { outcomes } from './meeting.contract.ts'

/** A customer as the reader may name him; on the projected screen masked, without address. */
const customer = z.strictObject({ id: idText.nullable(), name: z.string() })
const sum = z.strictObject({ count: z.number().int(), amountFen: fenText, items: z.array(z.strictObject({ customer, what: z.string(), whatEn: z.string(), on: dayText, amountFen: fenText.nullable(), manager: z.string().nullable() })) })

/** What the day brings, written by itself from what other rooms publish: the reader's own rights hold. Amounts of persons and of confidential customers do not stand on the projected screen. */
export const readMeetingAgenda = endpoint({
  id: 'meetings.agenda', method: 'GET', path: '/api/meetings/:meetingId/agenda', text: { zh: '查看晨会议程', en: 'See the agenda of a meeting' }, permission: 'meeting.read',
  params: z.strictObject({ meetingId: idText }), query: z.strictObject({ projected: z.stringbool().default(false) }),
  reply: z.strictObject({
    day: dayText,
    /** Not yet called first (`open`: how many), then by size. */
    movements: z.strictObject({ of: dayText.nullable(), count: z.number().int(), open: z.number().int(), items: z.array(z.strictObject({ customer, inFen: fenText.nullable(), outFen: fenText.nullable(), manager: z.string().nullable(), called: z.boolean() })) }),
    /** Of the last day with contacts: had on it; `late`: entered on it after the allowed days; `wins`: maturities kept and alerts that brought money. */
    team: z.strictObject({ of: dayText, contacts: z.number().int(), visits: z.number().int(), people: z.number().int(), late: z.number().int(), wins: z.number().int(), wonFen: fenText }),
    core: z.strictObject({ duty: z.number().int(), contacted: z.number().int(), items: z.array(z.strictObject({ customer, manager: z.string().nullable() })) }),
    appointments: z.array(z.strictObject({ from: z.string(), to: z.string(), owner: z.string(), what: z.string() })),
    maturities: sum, repayments: sum,
    alerts: z.strictObject({ open: z.number().int(), overdue: z.number().int() }),
    before: z.strictObject({ of: dayText.nullable(), done: z.number().int(), moved: z.number().int(), dropped: z.number().int(), open: z.number().int(), items: z.array(z.strictObject({ title: z.string(), owner: z.string(), dueOn: dayText, outcome: z.enum(outcomes).nullable() })) }),
    rank: z.strictObject({ place: z.number().int(), of: z.number().int(), perManager: z.string() }).nullable(),
    praise: z.array(z.strictObject({ from: z.string(), to: z.string(), content: z.string() })),
  }),
})
