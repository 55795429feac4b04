import { grantForCoordination } from '../../access/grant-for-coordination.ts'
import { followCases } from '../../coordination/follow-cases.ts'
import { followPairs } from '../../customers/duplicates/follow-pairs.ts'
import type { Transaction } from '../../foundation/database/transaction.ts'
import { followAppointments } from '../../meetings/follow-appointments.ts'
import { followCustomers } from '../../visits/save-contact.ts'
import { followWatched } from '../../watch/refresh-watch.ts'

/** What follows one customer whose managers changed: contacts, alerts, appointments, pairs that look alike. What is coordinated about it follows with `followCoordination`. */
export async function followCustomer(tx: Transaction, batch: string, customerId: string): Promise<void> {
  await followCustomers(tx, batch, customerId)
  await followWatched(tx, batch, customerId)
  await followAppointments(tx, batch, customerId)
  await tx.asRole('batch', () => followPairs(tx, batch, customerId))
}

/** What is coordinated follows the managers of its customers, and who may read for it: over the whole bank, so once for all customers that changed. */
export async function followCoordination(tx: Transaction, batch: string): Promise<void> {
  await followCases(tx, batch)
  await grantForCoordination(tx, batch)
}
