import { z } from 'zod'
import { endpoint } from '../foundation/http/contract.ts'
import { dayText } from '../foundation/values/api-values.ts'
import { agendaLine } from './my-day.contract.ts'

const member = z.strictObject({
  staffKey: z.number().int(), name: z.string(), postName: z.string(), unitName: z.string(),
  /** Contacts had today, contacts of the month that count, promises past their day. */
  today: z.number().int(), month: z.number().int(), overdue: z.number().int(),
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
    /** Customers of the last day with large movements who were not yet called, early warnings, what ends this week, what ended without a result; null: more than 10,000. */
    movements: figure, warnings: figure, endsThisWeek: figure, withoutResult: figure,
  }),
})
