import { unless } from '../../foundation/access/permission.rules.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../../foundation/http/cursor.ts'
import { handle } from '../../foundation/http/route.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { countUnmetNeeds, fewestCustomers, listNeedCards, listNeedProducts, listNeeds, needStates, type NeedCardView, type NeedSegment, type NeedRow, type NeedView } from './need.contract.ts'
import { mayMove } from './need.rules.ts'

type CardRow = Omit<NeedCardView, 'holdings' | 'needs' | 'may'> & { staffKey: number }
type HoldingRow = NeedCardView['holdings'][number] & { cardId: string }
type NeedRowOfCard = Omit<NeedView, 'escalations' | 'may'> & { cardId: string }
type EscalationRow = NeedView['escalations'][number] & { needId: string; escalatedKey: number }

/** The need cards of an opened customer, newest first, with what the reader may do; one of them when it is named. Void ones stay, marked. */
export const listNeedCardsRoute = handle(listNeedCards, async (tx, { params: { customerId }, query }, context) => {
  const mayDo = (action: string) => context.may(action, context.opened ? { relation: context.opened.relation } : {})
  const customer = await tx.one(sql<{ name: string; number: string; tier: string }>`SELECT name, number, tier FROM customers_customer_facts WHERE customer_id = ${customerId}`)
  const cards = await tx.all(sql<CardRow>`
    SELECT c.id, c.number, c.staff_key AS "staffKey", s.staff_name AS "staffName", c.surveyed_on AS "surveyedOn", c.channel, c.contact_id AS "contactId", c.decision_maker AS "decisionMaker", c.obstacles, c.suggestions, c.next_action AS "nextAction",
      c.next_on AS "nextOn", c.confirmation, c.confirmation_ref AS "confirmationRef", c.entered_on AS "enteredOn", c.comment, m.staff_name AS "commentedBy", c.commented_on AS "commentedOn", c.voided_on AS "voidedOn", c.void_reason AS "voidReason"
    FROM need_card c JOIN organisation_staff_facts s ON s.staff_key = c.staff_key LEFT JOIN organisation_staff_facts m ON m.staff_key = c.commented_by
    WHERE c.customer_id = ${customerId} ${query.cardId === undefined ? sql`` : sql`AND c.id = ${query.cardId}`} ORDER BY c.surveyed_on DESC, c.id DESC LIMIT 50`)
  if (query.cardId !== undefined && cards.length === 0) return refuse('not-found')
  const ids = cards.map(({ id }) => id)
  const holdings = await tx.all(sql<HoldingRow>`
    SELECT card_id AS "cardId", bank, product, amount_fen::text AS "amountFen", price, matures_on AS "maturesOn" FROM need_card_holding WHERE customer_id = ${customerId} AND card_id = ANY(${ids}::uuid[]) ORDER BY card_id, place`)
  const needs = await tx.all(sql<NeedRowOfCard>`
    SELECT n.id, n.card_id AS "cardId", n.domain, n.description, n.urgency, n.amount_fen::text AS "amountFen", n.expected_price AS "expectedPrice", n.told_as AS "toldAs", n.state, n.state_on AS "stateOn", s.staff_name AS "stateBy",
      n.state_note AS "stateNote", n.product_code AS "productCode", p.name AS "productName", n.escalate_by AS "escalateBy", i.title AS idea
    FROM need n JOIN organisation_staff_facts s ON s.staff_key = n.state_by LEFT JOIN holdings_product_facts p ON p.code = n.product_code LEFT JOIN need_idea i ON i.customer_id = n.customer_id AND i.need_id = n.id
    WHERE n.customer_id = ${customerId} AND n.card_id = ANY(${ids}::uuid[]) ORDER BY n.card_id, n.place`)
  const escalations = await tx.all(sql<EscalationRow>`
    SELECT e.id, e.need_id AS "needId", e.escalated_by AS "escalatedKey", e.reason, s.staff_name AS "escalatedBy", e.escalated_on AS "escalatedOn", e.late, e.answer_by AS "answerBy", e.result, e.answer, a.staff_name AS "answeredBy", e.answered_on AS "answeredOn",
      e.answered_late AS "answeredLate"
    FROM need_escalation e JOIN organisation_staff_facts s ON s.staff_key = e.escalated_by LEFT JOIN organisation_staff_facts a ON a.staff_key = e.answered_by
    WHERE e.customer_id = ${customerId} AND e.need_id = ANY(${needs.map(({ id }) => id)}::uuid[]) ORDER BY e.escalated_on DESC, e.id DESC`)
  return ok({
    customerName: customer.name, customerNumber: customer.number, tier: customer.tier, may: { 'need.record': mayDo('need.record') },
    cards: cards.map(({ staffKey, ...card }) => {
      const void_ = card.voidedOn !== null ? 'card-voided' : null
      return {
        ...card, holdings: holdings.filter((held) => held.cardId === card.id).map(({ cardId: _card, ...held }) => held),
        may: {
          'needs.comment': unless(mayDo('need.answer'), void_ ?? (staffKey === context.actor.staffKey ? 'own-card' : null)),
          'needs.void': unless(mayDo('need.record'), void_ ?? (staffKey === context.actor.staffKey ? null : 'not-your-card')),
        },
        needs: needs.filter((need) => need.cardId === card.id).map(({ cardId: _card, ...need }) => {
          const sent = escalations.filter((one) => one.needId === need.id)
          const open = sent.find((one) => one.answeredOn === null)
          return {
            ...need, escalations: sent.map(({ needId: _need, escalatedKey: _key, ...one }) => one),
            may: {
              ...Object.fromEntries(needStates.filter((to) => to !== 'OPEN').map((to) => [to, unless(mayDo('need.record'), void_ ?? (mayMove(need.state, to) ? null : 'not-possible-now'))])),
              'needs.answer': unless(mayDo('need.answer'), void_ ?? (!open ? 'not-escalated' : open.escalatedKey === context.actor.staffKey ? 'same-person' : null)),
            },
          }
        }),
      }
    }),
  })
})

export const listNeedProductsRoute = handle(listNeedProducts, async (tx) => ok({ items: await tx.all(sql<{ code: string; name: string; nameEn: string }>`SELECT code, name, name_en AS "nameEn" FROM holdings_product_facts ORDER BY line, code LIMIT 500`) }))

type ListRow = NeedRow & { sort_day: string }

/** Needs of one's scope that are not at an end, those that were decided on last first. */
export const listNeedsRoute = handle(listNeeds, async (tx, { query }, { services }) => {
  const { cursor, limit, state, segment, domain, urgency } = query
  const list = `needs ${JSON.stringify([state, segment, domain, urgency])}`
  const place = readCursor(services.keys.keyring, list, cursor)
  if (!place.ok) return place
  const where = sql.join([
    state === undefined ? sql`n.state NOT IN ('MET', 'REJECTED')` : sql`n.state = ${state}`, ...(domain === undefined ? [] : [sql`n.domain = ${domain}`]), ...(urgency === undefined ? [] : [sql`n.urgency = ${urgency}`]),
    ...(segment === undefined ? [] : [sql`EXISTS (SELECT FROM customers_customer_facts s WHERE s.customer_id = n.customer_id AND s.kind = ${segment})`]),
    ...(place.value === null ? [] : [sql`(n.state_on, n.id) < (${String(place.value[0])}::date, ${String(place.value[1])}::uuid)`]),
  ], sql` AND `)
  const rows = await tx.all(sql<ListRow>`
    SELECT f.customer_id AS "customerId", k.name AS "customerName", k.number AS "customerNumber", s.staff_name AS "managerName", f.card_id AS "cardId", f.id AS "needId", f.domain, f.description, f.urgency, f.amount_fen::text AS "amountFen", f.state,
      f.state_on AS "stateOn", CASE WHEN f.state = 'CANNOT' THEN f.escalate_by END AS "escalateBy",
      (SELECT e.answer_by FROM need_escalation e WHERE e.customer_id = f.customer_id AND e.need_id = f.id AND e.answered_on IS NULL) AS "answerBy", f.state_on AS sort_day
    FROM (SELECT n.* FROM need n JOIN need_card c ON c.customer_id = n.customer_id AND c.id = n.card_id AND c.voided_on IS NULL WHERE ${where} ORDER BY n.state_on DESC, n.id DESC LIMIT ${limit + 1}) f
    JOIN customers_customer_facts k ON k.customer_id = f.customer_id LEFT JOIN organisation_staff_facts s ON s.staff_key = k.main_staff_key
    ORDER BY f.state_on DESC, f.id DESC`)
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, limit, (last) => [last.sort_day, last.needId])
  return ok({ items: shown.map(({ sort_day: _day, ...row }) => row), nextCursor, count: null })
})

/** Unmet needs of one's scope by domain, added up by the next level below: branches for head office, outlets for a branch, managers for a unit. */
export const countUnmetNeedsRoute = handle(countUnmetNeeds, async (tx, { query }, { actor, businessDate }) => {
  const by = actor.breadth === 'ALL' ? 'BRANCH' as const : actor.postCode === 'BRANCH_HEAD' ? 'OUTLET' as const : 'MANAGER' as const
  const rows = await countedBy(tx, by, businessDate, query.segment)
  // of one's own people the list below shows each need; a unit among others is not told by a handful of customers
  return ok({ asOf: businessDate, by, rows: rows.map(({ unit, domain, ...counted }) => ({ unit, domain, counted: by !== 'MANAGER' && counted.customers < fewestCustomers ? null : counted })) })
})

type Unmet = { unit: string; domain: NeedRow['domain']; needs: number; customers: number; gaps: number; escalated: number; amountFen: string }
function countedBy(tx: Transaction, by: 'BRANCH' | 'OUTLET' | 'MANAGER', day: string, segment: NeedSegment | undefined): Promise<Unmet[]> {
  const inForce = sql`i.from_date <= ${day} AND (i.to_date IS NULL OR i.to_date > ${day})`
  const unit = by === 'MANAGER' ? sql`coalesce(s.staff_name, '--')` : by === 'OUTLET' ? sql`o.name` : sql`coalesce(b.name, o.name)`
  return tx.all(sql<Unmet>`
    WITH unmet AS MATERIALIZED (
      SELECT n.customer_id, n.domain, n.state, n.amount_fen, k.outlet_key, k.main_staff_key, k.scope_path FROM visits_need_facts n JOIN customers_customer_facts k ON k.customer_id = n.customer_id
      WHERE n.state NOT IN ('MET', 'REJECTED') ${segment === undefined ? sql`` : sql`AND k.kind = ${segment}`}),
    branch AS MATERIALIZED (SELECT i.name, i.scope_path FROM organisation_institution_facts i WHERE i.kind = 'BRANCH' AND ${inForce}),
    outlet AS MATERIALIZED (SELECT i.institution_key, i.name FROM organisation_institution_facts i WHERE ${inForce})
    SELECT ${unit} AS unit, u.domain, count(*)::int AS needs, count(DISTINCT u.customer_id)::int AS customers, (count(*) FILTER (WHERE u.state = 'GAP'))::int AS gaps, (count(*) FILTER (WHERE u.state = 'ESCALATED'))::int AS escalated, coalesce(sum(u.amount_fen), 0)::text AS "amountFen"
    FROM unmet u JOIN outlet o ON o.institution_key = u.outlet_key LEFT JOIN branch b ON u.scope_path = b.scope_path OR left(u.scope_path, length(b.scope_path) + 1) = b.scope_path || '.'
    LEFT JOIN organisation_staff_facts s ON s.staff_key = u.main_staff_key
    GROUP BY 1, 2 ORDER BY 1, count(*) DESC, 2`)
}
