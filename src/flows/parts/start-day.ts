import { followAnswers } from '../../forms/follow-answers.ts'
import { grantForCoordination } from '../../access/grant-for-coordination.ts'
import { followCases, runCoordinationDay } from '../../coordination/follow-cases.ts'
import { startOwnershipDay, type DayParts, type DayStarted } from '../../customers/ownership/start-day.ts'
import { sql } from '../../foundation/database/transaction.ts'
import { movePlannedContacts } from '../../contact-plan/move-planned-contacts.ts'
import { remindLeaders } from '../../contact-plan/remind-leaders.ts'
import { moveDuties } from '../../duties/move-duties.ts'
import { moveTasks } from '../../duties/move-tasks.ts'
import { runDutyDay } from '../../duties/run-duty-day.ts'
import type { Services } from '../../foundation/http/route.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { yearAverage, yearAveragesSql } from '../../holdings/balance-figures.ts'
import { endWithPosts, followAppointments } from '../../meetings/follow-appointments.ts'
import { advancePlans } from '../../performance/plan/advance-plans.ts'
import { raiseGreetings } from '../../messages/raise-greetings.ts'
import { followCustomers, moveNextSteps } from '../../visits/save-contact.ts'
import { followWatched } from '../../watch/refresh-watch.ts'

/** What follows when customers change their manager at a day's start: the figures that a hand-over freezes, what moves with the customer, and who sees what afterwards. */
export const dayParts: DayParts = {
  averages: yearAveragesSql, average: yearAverage, movers: [moveNextSteps, movePlannedContacts, moveTasks, moveDuties],
  followers: [(tx, batch, staffKey) => followCustomers(tx, batch, null, staffKey), (tx, batch, staffKey) => followWatched(tx, batch, null, staffKey), (tx, batch, staffKey) => followAppointments(tx, batch, null, staffKey), (tx, batch) => followCases(tx, batch), (tx, batch) => grantForCoordination(tx, batch)],
}

/**
 * What the present business day brings and is not done yet: hand-overs take effect, claims are granted, substitutions begin and end, each for itself; what fails waits for the next start. Asked after a
 * delivery moved the day, and when the server starts, so that what a killed process left is finished. Null: there is no bank yet.
 */
export async function startDay(services: Pick<Services, 'db'>): Promise<DayStarted | null> {
  const bank = await services.db.asBatch((tx) => tx.maybe(sql<{ day: string }>`SELECT business_date AS day FROM bank`))
  if (!bank) return null
  const done = await startOwnershipDay(services.db, bank.day, dayParts)
  await services.db.asBatch((tx) => endWithPosts(tx, newId(), bank.day))
  await services.db.asBatch(async (tx) => {
    const batch = newId()
    await runCoordinationDay(tx, batch, bank.day)
    await grantForCoordination(tx, batch, { day: bank.day })
    await followAnswers(tx, batch)
    await advancePlans(tx, batch, bank.day)
  })
  await services.db.asBatch((tx) => remindLeaders(tx, bank.day, newId()))
  await services.db.asBatch((tx) => raiseGreetings(tx, bank.day))
  await runDutyDay(services.db, bank.day)
  return done
}
