import { z } from 'zod'
import { dayText, idText } from '../foundation/values/api-values.ts'
import { endpoint } from '../foundation/http/contract.ts'

const customer = z.strictObject({ id: idText.nullable(), name: z.string() })
const sourceOfTask = z.enum(['LEADER', 'MEETING', 'LOBBY_REPORT', 'AUDIT', 'UPPER_LEVEL'])

/** What is behind in the unit and who is away, for the one page with which its meeting begins: beside the agenda, whose figures are not told again. The reader's own rights hold; `projected` as with the agenda. */
export const readMeetingOverview = endpoint({
  id: 'meetings.overview', method: 'GET', path: '/api/meetings/:meetingId/overview', text: { zh: '查看晨会一屏', en: 'See the meeting on one page' }, permission: 'meeting.read',
  params: z.strictObject({ meetingId: idText }), query: z.strictObject({ projected: z.stringbool().default(false) }),
  reply: z.strictObject({
    day: dayText,
    /** Whose deposits the reader may be told: those of his own line (`unitKey` null), or of the unit of the meeting; null: of neither. */
    deposits: z.strictObject({ unitKey: z.number().int().nullable() }).nullable(),
    /** Of the last 31 days, what is due today first; `people`: who owes them, most overdue first. */
    duties: z.strictObject({
      today: z.number().int(), overdue: z.number().int(), people: z.array(z.strictObject({ name: z.string(), today: z.number().int(), overdue: z.number().int() })),
      items: z.array(z.strictObject({ name: z.string(), nameEn: z.string(), owner: z.string(), customer: customer.nullable(), dueOn: dayText, overdue: z.boolean() })),
    }),
    /** Assigned by others, past their day, not reported; `title` only of what a meeting decided. */
    tasks: z.strictObject({ overdue: z.number().int(), items: z.array(z.strictObject({ title: z.string().nullable(), source: sourceOfTask, owner: z.string(), customer: customer.nullable(), dueOn: dayText })) }),
    /** Of both sides, and next steps that nobody answered, past their day; `what` is null on the screen where the customer is a person or confidential. */
    promises: z.strictObject({ overdue: z.number().int(), items: z.array(z.strictObject({ side: z.enum(['OURS', 'THEIRS', 'NEXT_STEP']), what: z.string().nullable(), owner: z.string(), customer, dueOn: dayText })) }),
    absent: z.array(z.strictObject({ name: z.string(), substitute: z.string(), until: dayText })),
  }),
})
