import { findSegmentCustomers } from '../customers/lists/find-segment-customers.ts'
import { changeForm, makeForm, type CustomersAsked } from '../forms/form.contract.ts'
import { buildForm, rebuildForm } from '../forms/keep-forms.ts'
import type { Transaction } from '../foundation/database/transaction.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { ok, type Outcome } from '../foundation/values/outcome.ts'

const mostOfSegment = 20_000

/** The customers of the asker's segment, as it is now; null where no segment was chosen. */
async function chosen(tx: Transaction, customers: CustomersAsked | null, context: Context): Promise<Outcome<string[] | null>> {
  return customers?.of === 'SEGMENT' && customers.segment !== null ? findSegmentCustomers(tx, customers.segment, context, mostOfSegment) : ok(null)
}

/** A form is built: who is asked, for which cells, about whom. */
export const makeFormRoute = handle(makeForm, async (tx, { body }, context) => {
  const only = await chosen(tx, body.customers, context)
  return only.ok ? buildForm(tx, body, only.value, context) : only
})

export const changeFormRoute = handle(changeForm, async (tx, { params: { formId }, body }, context) => {
  const only = await chosen(tx, body.customers, context)
  return only.ok ? rebuildForm(tx, formId, body, only.value, context) : only
})
