import { z } from 'zod'
import { endpoint } from '../foundation/http/contract.ts'
import { dayText } from '../foundation/values/api-values.ts'
import { agendaLine } from './my-day.contract.ts'

const member = z.strictObject({
  staffKey: z.number().int(), name: z.string(), postName: z.string(), unitName: z.string(),
  /** Contacts had today, contacts of the month that count, promises past their day. */
  today: z.number().int(), month: z.number().int(), overdue: z.number().int(),
  /** Growth of deposits in the plan of this month, in 10,000 of the currency; null: none was handed in. `actual` null: no delivery lies in the month. */
  growth: z.strictObject({ target: z.string(), actual: z.string().nullable() }).nullable(),
})
const figure = z.number().int().nullable()
export type TeamMember = z.output<typeof member>

export const readTeamDay = endpoint({
  id: 'reports.team-day', method: 'GET', path: '/api/reports/team-day',
  text: { zh: '查看团队的一天', en: 'See the team’s day' },
  permission: 'contact.list',
  reply: z.strictObject({
    asOf: dayText, members: z.array(member), moreMembers: z.boolean(),
    /** What waits for the reader himself, as on my day. */
    lines: z.array(agendaLine), more: z.boolean(),
    /** The growths that the people of the line planned, added up, and over which days; null: nobody planned any. */
    growth: z.strictObject({ firstDay: dayText, lastDay: dayText, target: z.string(), actual: z.string().nullable(), planned: z.number().int(), people: z.number().int() }).nullable(),
    /** Customers of the last day with large movements who were not yet called, early warnings, what ends this week, what ended without a result; null: more than 10,000. */
    movements: figure, warnings: figure, endsThisWeek: figure, withoutResult: figure,
  }),
})
export type TeamDay = z.output<typeof readTeamDay.reply>
