import { sql } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle } from '../foundation/http/route.ts'
import { ok } from '../foundation/values/outcome.ts'
import { listTransactions } from './holdings.contract.ts'
import type { z } from 'zod'

type Row = z.output<typeof listTransactions.reply>['items'][number]
const countedMost = 10_000

/** Transactions of a customer, the newest first. A transaction booked after the business date is not yet in force. */
export const listTransactionsRoute = handle(listTransactions, async (tx, { params: { customerId }, query }, { services, businessDate }) => {
  const { from, to, accountId, direction, limit } = query
  const list = `customers.transactions ${JSON.stringify([customerId, from, to, accountId, direction])}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const [day, id] = place.value ?? []
  const conditions = [sql`t.customer_id = ${customerId}`, sql`t.booked_on <= ${to !== undefined && to < businessDate ? to : businessDate}`]
  if (from !== undefined) conditions.push(sql`t.booked_on >= ${from}`)
  if (accountId !== undefined) conditions.push(sql`t.account_id = ${accountId}`)
  if (direction !== undefined) conditions.push(sql`t.direction = ${direction}`)
  const where = sql.join(conditions, sql` AND `)
  const rows = await tx.all(sql<Row & { counted: number }>`
    SELECT (SELECT count(*)::int FROM (SELECT 1 FROM account_transaction t WHERE ${where} LIMIT ${countedMost + 1}) n) AS counted, t.id, t.booked_on AS "bookedOn", t.account_id AS "accountId", a.tail AS "accountTail", a.currency, t.direction, t.amount_fen::text AS "amountFen", t.balance_after_fen::text AS "balanceAfterFen",
      t.kind, t.memo, t.counterparty_name AS "counterpartyName", t.counterparty_bank AS "counterpartyBank", t.counterparty_tail AS "counterpartyTail"
    FROM account_transaction t JOIN account a ON a.customer_id = t.customer_id AND a.id = t.account_id
    WHERE ${where} ${place.value ? sql`AND (t.booked_on, t.id) < (${day}::date, ${id}::uuid)` : sql``}
    ORDER BY t.booked_on DESC, t.id DESC LIMIT ${limit + 1}`)
  const value = rows[0]?.counted ?? 0
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, limit, (last) => [last.bookedOn, last.id])
  return ok({
    items: shown.map(({ counted: _counted, ...row }) => row),
    nextCursor,
    count: { value: Math.min(value, countedMost), exact: value <= countedMost },
  })
})
