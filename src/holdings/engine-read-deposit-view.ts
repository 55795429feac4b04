import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { addDays, yearStart } from '../foundation/values/business-date.ts'
import { depositFiguresSql, type FiguresRow } from './balance-figures.ts'

/** Whose deposits are summed: a manager's slices, a unit of the line with everything below it, the customers of an outlet as a place, the whole bank. */
export type SumScope = { kind: 'PERSON'; staffKey: number } | { kind: 'UNIT'; path: string } | { kind: 'PLACE'; placeKey: number } | { kind: 'ALL' }

/**
 * Deposit and loan sums of a set of customers on a day, as the engine: numbers only. The set is the customers owned on each day, shares applied (2.8): a balance counts for a
 * manager while a slice is his, for a unit while the slice's manager stands in it; without manager it counts for the unit of its path. Amounts in the bank's currency.
 */
export function depositView(tx: Transaction, scope: SumScope, day: string): Promise<{ figures: FiguresRow; customers: number; loanFen: string }> {
  const since = yearStart(addDays(yearStart(day), -1))
  const owned = ownedBy(scope, since, day)
  const spans = sql`
    SELECT greatest(b.from_date, o.from_date) AS from_date, least(b.to_date, o.to_date) AS to_date, b.balance_fen, o.weight
    FROM (${owned}) o JOIN balance_span b ON b.customer_id = o.customer_id AND (b.to_date IS NULL OR b.to_date > o.from_date) AND (o.to_date IS NULL OR b.from_date < o.to_date)
    JOIN account a ON a.customer_id = b.customer_id AND a.id = b.account_id JOIN product p ON p.code = a.product_code AND p.line = 'DEPOSIT'
    WHERE a.currency = (SELECT currency FROM bank) AND (b.to_date IS NULL OR b.to_date > ${since}::date - 1) AND b.from_date <= ${day}`
  return tx.asRole('engine', async () => {
    const figures = await tx.one(depositFiguresSql(spans, day))
    const { customers, loan } = await tx.one(sql<{ customers: number; loan: string }>`
      WITH owned AS (SELECT * FROM (${owned}) o WHERE o.from_date <= ${day} AND (o.to_date IS NULL OR o.to_date > ${day}))
      SELECT (SELECT count(DISTINCT customer_id)::int FROM owned) AS customers,
        (SELECT round(coalesce(sum(s.principal_fen * o.weight), 0) / 100)::text FROM owned o JOIN loan_span s ON s.customer_id = o.customer_id AND s.from_date <= ${day} AND (s.to_date IS NULL OR s.to_date > ${day})
          JOIN loan l ON l.customer_id = s.customer_id AND l.id = s.loan_id WHERE l.currency = (SELECT currency FROM bank)) AS loan`)
    return { figures, customers, loanFen: loan }
  })
}

/** customer_id, from_date, to_date, weight: which part of which customer belongs to the set when. */
function ownedBy(scope: SumScope, since: string, day: string): Sql {
  if (scope.kind === 'PERSON') return sql`SELECT customer_id, from_date, to_date, share_pct AS weight FROM customers_assignment_facts WHERE staff_key = ${scope.staffKey} AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${since}::date - 1)`
  if (scope.kind === 'PLACE') return sql`SELECT customer_id, NULL::date AS to_date, '-infinity'::date AS from_date, 100 AS weight FROM customers_customer_facts WHERE outlet_key = ${scope.placeKey}`
  if (scope.kind === 'ALL') return sql`SELECT customer_id, NULL::date AS to_date, '-infinity'::date AS from_date, 100 AS weight FROM customers_customer_facts`
  const inside = sql`>= ${scope.path} AND f.line_path < ${`${scope.path}/`}`
  return sql`
    SELECT a.customer_id, greatest(a.from_date, f.from_date) AS from_date, least(a.to_date, f.to_date) AS to_date, a.share_pct AS weight
    FROM customers_assignment_facts a JOIN organisation_post_facts f ON f.staff_key = a.staff_key AND f.main AND f.line_path ${inside}
      AND (f.to_date IS NULL OR f.to_date > a.from_date) AND (a.to_date IS NULL OR a.to_date > f.from_date)
    WHERE a.from_date <= ${day} AND (a.to_date IS NULL OR a.to_date > ${since}::date - 1)
    UNION ALL
    SELECT c.customer_id, '-infinity'::date, NULL, 100 FROM customers_customer_facts c
    WHERE c.main_staff_key IS NULL AND c.scope_path >= ${scope.path} AND c.scope_path < ${`${scope.path}/`}`
}
