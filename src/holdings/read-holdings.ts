import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { ok } from '../foundation/values/outcome.ts'
import { getHoldings } from './holdings.contract.ts'
import { accountsAuthorisedOn } from './engine-accounts-authorised-on.ts'
import type { z } from 'zod'

type Holdings = z.output<typeof getHoldings.reply>
const productOf = sql`jsonb_build_object('code', p.code, 'zh', p.name, 'en', p.name_en, 'line', p.line) AS product`

/** What a customer holds on the business date: a row with a later day is not yet in force and not shown. */
export const getHoldingsRoute = handle(getHoldings, async (tx, { params: { customerId } }, { businessDate: day }) => {
  const accounts = await tx.all(sql<Holdings['accounts'][number]>`
    SELECT a.id, ${productOf}, a.currency, a.tail, o.name AS "outletName", a.opened_on AS "openedOn", a.closed_on AS "closedOn", a.matures_on AS "maturesOn", trim_scale(a.rate)::text AS rate,
      coalesce((SELECT b.balance_fen FROM balance_span b WHERE b.customer_id = a.customer_id AND b.account_id = a.id AND b.from_date <= ${day} AND (b.to_date IS NULL OR b.to_date > ${day})), 0)::text AS "balanceFen",
      (SELECT count(*)::int FROM account_agent g WHERE g.customer_id = a.customer_id AND g.account_id = a.id) AS agents
    FROM account a JOIN product p ON p.code = a.product_code
    JOIN organisation_institution_facts o ON o.institution_key = a.outlet_key AND o.from_date <= ${day} AND (o.to_date IS NULL OR o.to_date > ${day})
    WHERE a.customer_id = ${customerId} AND a.opened_on <= ${day} ORDER BY a.closed_on IS NOT NULL AND a.closed_on <= ${day}, a.opened_on, a.id`)
  const loans = await tx.all(sql<Holdings['loans'][number]>`
    SELECT l.id, l.core_key AS number, ${productOf}, l.currency, l.amount_fen::text AS "amountFen", coalesce(s.principal_fen, 0)::text AS "principalFen", l.paid_out_on AS "paidOutOn", l.matures_on AS "maturesOn",
      l.term_months AS "termMonths", l.instalment_fen::text AS "instalmentFen", trim_scale(l.rate)::text AS rate, coalesce(${day}::date - s.overdue_since, 0) AS "overdueDays", coalesce(s.overdue_fen, 0)::text AS "overdueFen",
      s.loan_class AS "loanClass", coalesce(s.derived, false) AS derived, l.status_letter AS "statusLetter", l.settled_on AS "settledOn"
    FROM loan l JOIN product p ON p.code = l.product_code
    LEFT JOIN loan_span s ON s.customer_id = l.customer_id AND s.loan_id = l.id AND s.from_date <= ${day} AND (s.to_date IS NULL OR s.to_date > ${day})
    WHERE l.customer_id = ${customerId} AND l.paid_out_on <= ${day} ORDER BY l.settled_on IS NOT NULL AND l.settled_on <= ${day}, l.matures_on, l.id`)
  const cards = await tx.all(sql<Holdings['cards'][number]>`
    SELECT c.id, ${productOf}, a.tail AS "accountTail", c.issued_on AS "issuedOn", c.holder_customer_id = c.customer_id AS own
    FROM card c JOIN product p ON p.code = c.product_code JOIN account a ON a.customer_id = c.customer_id AND a.id = c.account_id
    WHERE c.customer_id = ${customerId} AND c.issued_on <= ${day} ORDER BY c.issued_on DESC, c.id`)
  const orders = await tx.all(sql<Holdings['orders'][number]>`
    SELECT s.id, a.tail AS "accountTail", s.amount_fen::text AS "amountFen", a.currency, s.purpose, s.to_bank AS "toBank", s.to_account_tail AS "toTail"
    FROM standing_order s JOIN account a ON a.customer_id = s.customer_id AND a.id = s.account_id WHERE s.customer_id = ${customerId} ORDER BY s.amount_fen DESC, s.id`)
  return ok({ asOf: day, accounts, loans, cards, orders, authorisedOn: await accountsAuthorisedOn(tx, customerId, day) })
})
