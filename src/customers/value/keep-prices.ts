import type { z } from 'zod'
import { verdictOf } from '../../foundation/access/permission.rules.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle, handleAlone } from '../../foundation/http/route.ts'
import { decideProposal } from '../../foundation/store/decide-proposal.ts'
import { add, change } from '../../foundation/store/store.ts'
import { monthOf, shiftMonth } from '../../foundation/values/business-date.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { findMissingPrice } from './find-missing-price.ts'
import { earliestValue } from './read-value.ts'
import { computeValue, decideValue, listValuePrices, proposeValue, type CustomerValue, type ValueChange } from './value.contract.ts'
import { faultOfValue, type ValueAsked } from './value-change.rules.ts'

type Prices = z.output<typeof listValuePrices.reply>
const workedMonth = async (tx: Transaction): Promise<string | null> => (await tx.one(sql<{ month: string | null }>`SELECT to_char(max(month_start), 'YYYY-MM') AS month FROM value_month`)).month

export const listValuePricesRoute = handle(listValuePrices, async (tx, _input, { businessDate: day, actor, may }) => {
  const { currency } = await tx.one(sql<Pick<CustomerValue, 'currency'>>`SELECT currency FROM bank`)
  const prices = await tx.all(sql<Prices['prices'][number]>`
    SELECT side, term_months AS "termMonths", from_date AS "from", rate::text AS rate, example, basis,
      from_date = max(from_date) FILTER (WHERE from_date <= ${day}) OVER (PARTITION BY side, term_months) AS now FROM ftp_price WHERE currency = ${currency} ORDER BY side, term_months, from_date DESC`)
  const parameters = await tx.all(sql<Prices['parameters'][number]>`
    SELECT name, from_date AS "from", value::text AS value, example, basis, from_date = max(from_date) FILTER (WHERE from_date <= ${day}) OVER (PARTITION BY name) AS now FROM value_parameter ORDER BY name, from_date DESC`)
  const months = await tx.all(sql<Prices['months'][number]>`SELECT to_char(month_start, 'YYYY-MM') AS month, customers, computed_on AS "computedOn", missing FROM value_month ORDER BY month_start DESC LIMIT 36`)
  const changes = await tx.asRole('office', () => tx.all(sql<Omit<ValueChange, 'may'> & { proposedKey: number }>`
    SELECT c.id, c.kind, c.side, c.term_months AS "termMonths", c.name, c.from_date AS "from", c.value::text AS value, c.reason, p.staff_name AS "proposedBy", c.proposed_by AS "proposedKey", c.proposed_on AS "proposedOn", c.decision, d.staff_name AS "decidedBy",
      c.decided_on AS "decidedOn", c.decision_note AS "decisionNote"
    FROM value_change c JOIN organisation_staff_facts p ON p.staff_key = c.proposed_by LEFT JOIN organisation_staff_facts d ON d.staff_key = c.decided_by ORDER BY c.decision IS NOT NULL, c.proposed_on DESC, c.id DESC LIMIT 50`))
  const mayChange = may('value.change')
  return ok({
    asOf: day, currency, prices: prices.map((row) => ({ ...row, now: row.now === true })), parameters: parameters.map((row) => ({ ...row, now: row.now === true })), months, mayChange, mayCompute: may('value.compute'), nextMonth: earliestValue(months[0]?.month ?? null, day),
    changes: changes.map(({ proposedKey, ...one }) => ({ ...one, may: one.decision !== null ? verdictOf('decided-already') : proposedKey === actor.staffKey ? verdictOf('same-person') : mayChange })),
  })
})

const sameDay = (tx: Transaction, asked: ValueAsked): Promise<unknown> => (asked.kind === 'PRICE'
  ? tx.maybe(sql`SELECT 1 FROM ftp_price p, bank WHERE p.currency = bank.currency AND side = ${asked.side} AND term_months = ${asked.termMonths} AND from_date = ${asked.from}`)
  : tx.maybe(sql`SELECT 1 FROM value_parameter WHERE name = ${asked.name} AND from_date = ${asked.from}`))

export const proposeValueRoute = handle(proposeValue, async (tx, { body: { id, reason, ...asked } }, { actor, businessDate: day }) => {
  const fault = faultOfValue(asked, await workedMonth(tx))
  if (fault) return refuse(fault.name, { field: fault.field, ...(fault.details ? { details: fault.details } : {}) })
  if (await sameDay(tx, asked)) return refuse('same-day', { field: 'from' })
  return tx.asRole('office', async () => {
    await add(tx, 'value_change', { id, kind: asked.kind, side: asked.side, term_months: asked.termMonths, name: asked.name, from_date: asked.from, value: asked.value, reason, proposed_by: actor.staffKey, proposed_on: day }, { why: reason, action: 'PROPOSE_VALUE' })
    return ok({ id })
  })
})

export const decideValueRoute = handle(decideValue, async (tx, { params, body }, { actor, businessDate: day }) => {
  const worked = await workedMonth(tx)
  return tx.asRole('office', async () => {
    const found = await tx.maybe(sql<ValueAsked & { reason: string; proposedKey: number; decision: string | null; currency: string }>`
      SELECT c.kind, c.side, c.term_months AS "termMonths", c.name, c.from_date AS "from", c.value::text AS value, c.reason, c.proposed_by AS "proposedKey", c.decision, bank.currency FROM value_change c, bank WHERE c.id = ${params.changeId} FOR UPDATE OF c`)
    const decision = await decideProposal(tx, found, { table: 'value_change', id: params.changeId, returned: 'RETURN_VALUE', body, staffKey: actor.staffKey, day })
    if (!decision.ok) return decision
    if (!found || decision.value === null) return ok({ id: params.changeId })
    const { reason, currency, proposedKey: _key, decision: _decision, ...asked } = found
    const fault = faultOfValue(asked, worked)
    if (fault) return refuse(fault.name, fault.details ? { details: fault.details } : {})
    if (await sameDay(tx, asked)) return refuse('same-day')
    await change(tx, 'value_change', { id: params.changeId }, decision.value, { why: reason, action: 'CONFIRM_VALUE' })
    if (asked.kind === 'PRICE') await add(tx, 'ftp_price', { currency, side: asked.side, term_months: asked.termMonths, from_date: asked.from, rate: asked.value, basis: reason }, { why: reason })
    else await add(tx, 'value_parameter', { name: asked.name, from_date: asked.from, value: asked.value, basis: reason }, { why: reason })
    return ok({ id: params.changeId })
  })
})

export const computeValueRoute = handleAlone(computeValue, async ({ body }, { services, actor, businessDate }) => {
  if (!services.jobs || !actor) return refuse('unavailable')
  for (let back = body.months; back >= 1; back -= 1) {
    const month = shiftMonth(monthOf(businessDate), -back)
    const missing = await services.db.asBatch((tx) => findMissingPrice(tx, month))
    if (missing) return refuse('ftp-price-missing', { details: { month, side: missing.side === 'BID' ? '存款（BID）' : '贷款（OFFER）', sideEn: missing.side, term: String(missing.term), day: missing.day } })
  }
  return ok({ jobId: await services.jobs.ask('value', { months: body.months }, actor.staffKey) })
})
