import type { z } from 'zod'
import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { getCustomer } from './customer.contract.ts'

type View = z.output<typeof getCustomer.reply>
type Slice = Omit<View['assignments'][number], 'person'> & View['assignments'][number]['person']
type Row = Omit<View, 'assignments' | 'may' | 'relation' | 'figures'> & View['figures'] & { slices: Slice[] }
/** What the page has buttons for. */
const actions = ['customer.edit', 'customer.assign', 'customer.reveal', 'customer.tag', 'grant.give', 'grant.withdraw', 'contact.record'] as const

/** One customer as the reader may see it: numbers masked, managers as they were and are, what he may do. One statement, so that a page costs one way to the database. */
export const getCustomerRoute = handle(getCustomer, async (tx, { params: { customerId } }, { businessDate: day, opened, may }) => {
  const row = await tx.maybe(sql<Row>`
    SELECT c.customer_id AS "customerId", c.number, c.kind, c.name, c.name_is_made AS "nameIsMade", c.former_names AS "formerNames", c.status, c.tier, c.tier_since AS "tierSince",
      (SELECT t.reason FROM tier_held t WHERE t.customer_id = c.customer_id AND t.from_date <= ${day} AND (t.to_date IS NULL OR t.to_date > ${day})) AS "tierReason",
      c.outlet_key AS "outletKey", o.name AS "outletName", c.source, c.opened_on AS "openedOn", c.changed_at AS "changedAt",
      c.deposit_fen::text AS "depositFen", c.month_adb_fen::text AS "monthAdbFen", c.last_month_adb_fen::text AS "lastMonthAdbFen", c.loan_fen::text AS "loanFen", c.figures_as_of AS "asOf",
      (SELECT to_jsonb(k) FROM (SELECT uscc, legacy_org_code AS "legacyOrgCode", company_type AS "companyType", established_on AS "establishedOn", registered_address AS "registeredAddress", operating_address AS "operatingAddress",
          registration_status AS "registrationStatus", business_scope AS "businessScope", industry_code AS "industryCode", size_class AS "sizeClass", registered_capital_fen::text AS "registeredCapitalFen",
          legal_representative AS "legalRepresentative", staff_count AS "staffCount" FROM corporate WHERE customer_id = ${customerId}) k) AS corporate,
      (SELECT to_jsonb(k) FROM (SELECT sex, birth_date AS "birthDate", birthday_calendar AS "birthdayCalendar", nationality, occupation, employer, district, risk_level AS "riskLevel"
          FROM person WHERE customer_id = ${customerId}) k) AS person,
      (SELECT coalesce(jsonb_agg(k), '[]') FROM (SELECT id, kind, CASE kind WHEN 'RESIDENT_ID' THEN '***********' WHEN 'USCC' THEN '**************' ELSE '****' END || tail AS masked, checked, expires_on AS "expiresOn",
          coalesce(expires_on < ${day}, false) AS expired FROM identity_document WHERE customer_id = ${customerId} ORDER BY kind = 'OTHER', kind, id) k) AS identities,
      ARRAY(SELECT i.field FROM identity_change i WHERE i.customer_id = ${customerId} AND i.state = 'OPEN' ORDER BY i.field) AS "changesRequested",
      (SELECT coalesce(jsonb_agg(k), '[]') FROM (SELECT id, label, masked FROM phone WHERE customer_id = ${customerId} AND ended_on IS NULL ORDER BY id) k) AS phones,
      (SELECT coalesce(jsonb_agg(k), '[]') FROM (SELECT a.staff_key AS "staffKey", s.staff_name AS name, s.staff_no AS "staffNo", a.share_pct::text AS "sharePct", a.main, a.from_date AS "from", a.to_date AS "to",
          a.base_adb_fen::text AS "baseAdbFen", a.base_as_of AS "baseAsOf", a.from_date <= ${day} AND (a.to_date IS NULL OR a.to_date > ${day}) AS now
          FROM assignment a JOIN organisation_staff_facts s ON s.staff_key = a.staff_key
          WHERE a.customer_id = ${customerId} AND a.to_date IS DISTINCT FROM a.from_date ORDER BY now DESC, a.from_date DESC, a.main DESC, a.share_pct DESC LIMIT 50) k) AS slices
    FROM customer c JOIN organisation_institution_facts o ON o.institution_key = c.outlet_key AND o.from_date <= ${day} AND (o.to_date IS NULL OR o.to_date > ${day})
    WHERE c.customer_id = ${customerId}`)
  if (!row || !opened) return refuse('not-found')
  const { depositFen, monthAdbFen, lastMonthAdbFen, loanFen, asOf, slices, ...customer } = row
  return ok({
    ...customer, relation: opened.relation, figures: { depositFen, monthAdbFen, lastMonthAdbFen, loanFen, asOf },
    assignments: slices.map(({ staffKey, name, staffNo, ...slice }) => ({ person: { staffKey, name, staffNo }, ...slice })),
    may: Object.fromEntries(actions.map((action) => [action, may(action, { relation: opened.relation })])),
  })
})
