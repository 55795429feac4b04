import { z } from 'zod'
import { endpoint } from '../../foundation/http/contract.ts'
import { dayText, fenText, monthText } from '../../foundation/values/api-values.ts'
import { groupings, indicatorCode, indicatorUnits, directions } from '../indicator.contract.ts'

const named = { code: indicatorCode, name: z.string(), nameEn: z.string(), unit: z.enum(indicatorUnits), direction: z.enum(directions) }
const value = z.string().nullable()

/**
 * The board of a scope: one's own as a manager, of the line as a head, of the bank for the offices. Values are told as each indicator's unit says (fen, a count, percent, a number).
 * Others of whom one may not see names appear only as a median and a place among five people or more.
 */
export const readBoard = endpoint({
  id: 'board.read', method: 'GET', path: '/api/board', text: { zh: '查看业绩看板', en: 'Read the board' }, permission: 'indicator.read',
  query: z.strictObject({ month: monthText.optional(), indicator: indicatorCode.optional(), by: z.enum(groupings).default('MANAGER'), person: z.coerce.number().int().min(1).max(2_000_000_000).optional() }),
  reply: z.strictObject({
    month: monthText.nullable(), months: z.array(monthText), asOf: dayText.nullable(), currency: z.string(),
    /** How much of the year is over at `asOf`, as a ratio. */
    timeProgress: z.string(),
    breadth: z.enum(['SELF', 'UNIT', 'ALL']), people: z.number().int(),
    indicators: z.array(z.strictObject({ ...named, value, before: value })),
    indicator: z.strictObject(named).nullable(), trend: z.array(z.strictObject({ month: monthText, value })),
    /** Of the plans in force, summed over the scope: the target, how much of it is reached, and that against time. */
    target: z.strictObject({ target: z.string(), completion: z.string(), toTime: z.string(), people: z.number().int() }).nullable(),
    /** Best first by the indicator's direction; empty with fewer than five people. */
    ranking: z.array(z.strictObject({ key: z.string(), staffKey: z.number().int().nullable(), name: z.string(), unitName: z.string(), value })), enough: z.boolean(), ranked: z.number().int(),
    /** The reader's own place, or that of the chosen person, among managers of the bank. */
    place: z.strictObject({ place: z.number().int(), of: z.number().int() }).nullable(),
    radar: z.strictObject({ name: z.string(), people: z.number().int(), spokes: z.array(z.strictObject({ ...named, own: value, median: value, ratio: z.string() })) }).nullable(),
    pay: z.array(z.strictObject({ month: monthText, payableFen: fenText, people: z.number().int() })),
  }),
})
