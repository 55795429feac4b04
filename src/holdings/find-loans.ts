import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { ok } from '../foundation/values/outcome.ts'
import { loansNumbered } from './engine-find-loans.ts'
import { findLoans } from './holdings.contract.ts'

const most = 5

/** Loans (借据) by their number, from its fourth character on: those of customers that the asker may see, and nothing of the others. */
export const findLoansRoute = handle(findLoans, async (tx, { query: { q } }) => {
  const typed = q.replaceAll(' ', '')
  if (!/^[A-Za-z0-9-]{4,40}$/.test(typed)) return ok({ items: [] })
  const found = await loansNumbered(tx, [...new Set([typed, typed.toUpperCase()])], 200)
  const names = await tx.all(sql<{ customer_id: string; name: string }>`SELECT customer_id, name FROM customers_customer_facts WHERE customer_id = ANY(${[...new Set(found.map((loan) => loan.customer_id))]}::uuid[])`)
  const seen = new Map(names.map((row) => [row.customer_id, row.name]))
  return ok({ items: found.flatMap((loan) => {
    const customerName = seen.get(loan.customer_id)
    return customerName === undefined ? [] : [{ customerId: loan.customer_id, customerName, number: loan.number, product: { name: loan.product, nameEn: loan.product_en }, settled: loan.settled_on !== null }]
  }).slice(0, most) })
})
