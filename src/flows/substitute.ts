import { followPerson } from '../customers/ownership/start-day.ts'
import { decideSubstitution, stopSubstitution, type Follow } from '../customers/ownership/substitute.ts'
import { confirmSubstitution, endSubstitution } from '../customers/ownership/substitution.contract.ts'
import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { dayParts } from './parts/start-day.ts'

// from this moment the substitute sees (or sees no more) the customers and what follows them
const follow: Follow = async (tx, absentKey) => {
  const { day } = await tx.one(sql<{ day: string }>`SELECT business_date AS day FROM bank`)
  await followPerson(tx, absentKey, day, dayParts)
}

/** The lead agrees or not; what begins today is in force at once: customers and their contacts are seen by who stands in. */
export const confirmSubstitutionRoute = handle(confirmSubstitution, (tx, input, context) => decideSubstitution(tx, input, context, follow))

/** The manager is back earlier, or does not go. */
export const endSubstitutionRoute = handle(endSubstitution, (tx, input, context) => stopSubstitution(tx, input, context, follow))
