import { grantForCoordination } from '../access/grant-for-coordination.ts'
import { followCases } from '../coordination/follow-cases.ts'
import { takeOverAtOnce as contract } from '../customers/ownership/hand-over.contract.ts'
import { takeOverAtOnce } from '../customers/ownership/take-over-at-once.ts'
import { movePlannedContacts } from '../contact-plan/move-planned-contacts.ts'
import { moveDuties } from '../duties/move-duties.ts'
import { moveTasks } from '../duties/move-tasks.ts'
import { handle } from '../foundation/http/route.ts'
import { yearAverage, yearAveragesSql } from '../holdings/balance-figures.ts'
import { followAppointments } from '../meetings/follow-appointments.ts'
import { followCustomers, moveNextSteps } from '../visits/save-contact.ts'
import { followWatched } from '../watch/refresh-watch.ts'

/** A manager is gone at once: his superior becomes the interim owner, with shares, promises and scope, in one transaction. */
export const takeOverAtOnceRoute = handle(contract, (tx, { body }, { actor, businessDate: day }) => takeOverAtOnce(tx, { ...body, day, actor }, {
  averages: yearAveragesSql, average: yearAverage, movers: [moveNextSteps, movePlannedContacts, moveTasks, moveDuties], followers: [(inside, batch, staffKey) => followCustomers(inside, batch, null, staffKey), (inside, batch, staffKey) => followWatched(inside, batch, null, staffKey), (inside, batch, staffKey) => followAppointments(inside, batch, null, staffKey), (inside, batch) => followCases(inside, batch), (inside, batch) => grantForCoordination(inside, batch)],
}))
