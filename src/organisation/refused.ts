import type { Outcome } from '../foundation/values/outcome.ts'

/** What a batch was refused: a mistake of the batch, not of a person at a form. */
export class OrganisationRefused extends Error {}

/** The value of an outcome that must succeed; throws OrganisationRefused with the refusal's name. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new OrganisationRefused(`organisation: ${outcome.refusal.name}`)
  return outcome.value
}
