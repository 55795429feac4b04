import { bankCalendar } from '../foundation/calendar/read-calendar.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { addWorkingDays, CalendarUnknown } from '../foundation/values/working-calendar.ts'
import { festivals } from './festival-table.ts'
import { festivalOn } from './send-greetings.ts'

/**
 * On the working day before a public holiday (or on the first business day after it, up to the holiday itself) the holiday becomes a row, once: the managers who have customers that may be greeted are asked to (D-13).
 * Where the calendar does not know the days nothing is guessed: the day of the duties says which are missing. Returns how many.
 */
export async function raiseGreetings(tx: Transaction, today: string): Promise<number> {
  const calendar = await bankCalendar(tx)
  let raised = 0
  for (const festival of festivals.filter(({ holiday }) => holiday)) {
    const day = await festivalOn(tx, festival, today)
    const occasion = `${festival.code} ${day.slice(0, 4)}`
    try {
      if (addWorkingDays(calendar, day, -1) > today) continue
    } catch (error) {
      if (error instanceof CalendarUnknown) continue
      throw error
    }
    const { count } = await bulk(tx, {
      table: 'greeting_day', what: 'add', why: `greetings of ${occasion}`, batch: newId(), about: { day: today },
      statement: sql`INSERT INTO greeting_day (occasion, day) VALUES (${occasion}, ${today}) ON CONFLICT DO NOTHING`,
    })
    raised += count
  }
  return raised
}
