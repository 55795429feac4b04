import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { quiet } from '../foundation/store/store.ts'
import { fileNumber, type Rejects } from './stage-delivery.ts'
import type { Delivery } from './inspect-folder.ts'
import type { Profile } from './profile.contract.ts'
import type { RejectReason } from './reject-reasons.contract.ts'
import { thingKeys, thingNames, type Thing } from './things.contract.ts'

type Found = { file_no: number; row_no: number; col: string; reason: RejectReason; value: string | null }
type Setting = { businessDate: string; refuseLater: boolean; currency: string; postCodes: readonly string[] }

/**
 * Checks what stands in staging by statements over all rows: keys, references, currencies, days, shares, identity numbers. What is wrong is told to
 * `rejects`; when the profile allows rejects, those rows are taken out before the next thing is checked, so that what hangs on them is found too.
 */
export async function checkStaged(tx: Transaction, profile: Profile, delivery: Delivery, rejects: Rejects, postCodes: readonly string[], onThing: (thing: Thing) => Promise<void>): Promise<void> {
  const setting: Setting = { businessDate: delivery.businessDate, refuseLater: profile.laterRows === 'refuse', currency: delivery.bank.currency, postCodes }
  for (const thing of thingNames) {
    await onThing(thing)
    for (const statement of [duplicates(thing), ...(checks[thing]?.(setting) ?? [])]) {
      await tellRejects(tx, thing, statement, profile, delivery, rejects)
    }
  }
}

/** Runs one check of another room (closed months) the same way. */
export async function tellRejects(tx: Transaction, thing: Thing, statement: Sql<Found>, profile: Profile, delivery: Delivery, rejects: Rejects): Promise<void> {
  const found = await tx.all(sql<Found>`${statement} LIMIT 20000`)
  if (found.length === 0) return
  for (const row of found) rejects.add({ file: fileNumber(delivery, row.file_no), row: row.row_no, column: row.col, reason: row.reason, value: row.value ?? '' })
  if (profile.mostRejects === 0) return
  await quiet(tx, `staged_${thing}`, 'remove', sql`DELETE FROM ${sql.table(`staged_${thing}`)} s USING unnest(${found.map((row) => row.file_no)}::int[], ${found.map((row) => row.row_no)}::int[]) AS bad (file_no, row_no)
    WHERE s.file_no = bad.file_no AND s.row_no = bad.row_no`)
}

const staged = (thing: Thing): Sql => sql`${sql.table(`staged_${thing}`)}`

function duplicates(thing: Thing): Sql<Found> {
  const keys = sql.join(thingKeys[thing].map((name) => sql.ref(name)))
  const same = sql.join(thingKeys[thing].map((name) => sql`s.${sql.ref(name)} = d.${sql.ref(name)}`), sql` AND `)
  const shown = sql.join(thingKeys[thing].map((name) => sql`s.${sql.ref(name)}::text`))
  // the first of them stands, the others are told; the grouping alone finds nothing in nearly every delivery and is quick
  return sql<Found>`SELECT s.file_no, s.row_no, ${thingKeys[thing].join('+')} AS col, 'duplicate-key' AS reason, concat_ws(' ', ${shown}) AS value
    FROM (SELECT ${keys}, min(file_no * 4294967296 + row_no) AS first FROM ${staged(thing)} GROUP BY ${keys} HAVING count(*) > 1) d
    JOIN ${staged(thing)} s ON ${same} AND s.file_no * 4294967296 + s.row_no > d.first ORDER BY 1, 2`
}

/** One statement a thing: the first case that holds gives column, reason and value. */
function cases(thing: Thing, joins: Sql, list: readonly { when: Sql; col: string; reason: RejectReason; value: Sql }[]): Sql<Found> {
  const place = sql.join(list.map(({ when }, index) => sql`WHEN ${when} THEN ${index}::int`), sql` `)
  const pick = (of: (one: (typeof list)[number]) => Sql): Sql => sql`CASE f.place ${sql.join(list.map((one, index) => sql`WHEN ${index}::int THEN ${of(one)}`), sql` `)} END`
  return sql<Found>`SELECT f.file_no, f.row_no, ${pick(({ col }) => sql`${col}::text`)} AS col, ${pick(({ reason }) => sql`${reason}::text`)} AS reason, ${pick((one) => sql`f.values[${list.indexOf(one) + 1}::int]`)} AS value
    FROM (SELECT s.file_no, s.row_no, CASE ${place} END AS place, ARRAY[${sql.join(list.map(({ value }) => sql`(${value})::text`))}] AS values FROM ${staged(thing)} s ${joins}
          WHERE ${sql.join(list.map(({ when }) => sql`(${when})`), sql` OR `)}) f ORDER BY 1, 2`
}

const noInstitution = (code: Sql): Sql => sql`NOT EXISTS (SELECT FROM staged_institution i WHERE i.code = ${code}) AND NOT EXISTS (SELECT FROM organisation_institution_facts i WHERE i.code = ${code})`
const noStaff = (number: Sql): Sql => sql`NOT EXISTS (SELECT FROM staged_staff i WHERE i.staff_no = ${number}) AND NOT EXISTS (SELECT FROM organisation_staff_facts i WHERE i.staff_no = ${number})`
const noProduct = sql`NOT EXISTS (SELECT FROM staged_product i WHERE i.code = s.product_code) AND NOT EXISTS (SELECT FROM holdings_product_facts i WHERE i.code = s.product_code)`
const joinAccount = sql`LEFT JOIN staged_account sa ON sa.account_key = s.account_key LEFT JOIN holdings_account_facts fa ON fa.core_key = s.account_key`
const noAccount = sql`sa.account_key IS NULL AND fa.core_key IS NULL`
const joinCustomer = (number: Sql): Sql => sql`LEFT JOIN staged_customer sc ON sc.number = ${number} LEFT JOIN customers_customer_facts fc ON fc.number = ${number}`
const noCustomer = sql`sc.number IS NULL AND fc.number IS NULL`
const later = (setting: Setting, day: Sql): Sql => (setting.refuseLater ? sql`${day} > ${setting.businessDate}::date` : sql`false`)

const checks: Partial<Record<Thing, (setting: Setting) => Sql<Found>[]>> = {
  institution: () => [
    cases('institution', sql``, [
      { when: sql`s.parent_code IS NOT NULL AND ${noInstitution(sql`s.parent_code`)}`, col: 'parent_code', reason: 'unknown-institution', value: sql`s.parent_code` },
      { when: sql`s.kind = 'HEAD_OFFICE' AND EXISTS (SELECT FROM staged_institution o WHERE o.kind = 'HEAD_OFFICE' AND o.code < s.code)`, col: 'kind', reason: 'two-head-offices', value: sql`s.code` },
      { when: sql`s.kind = 'HEAD_OFFICE' AND EXISTS (SELECT FROM organisation_institution_facts o WHERE o.kind = 'HEAD_OFFICE' AND o.code <> s.code)`, col: 'kind', reason: 'two-head-offices', value: sql`s.code` },
    ]),
  ],
  staff: () => [cases('staff', sql``, [{ when: sql`s.to_date <= s.from_date`, col: 'to_date', reason: 'end-before-begin', value: sql`s.to_date` }])],
  post: ({ postCodes }) => [
    cases('post', sql``, [
      { when: noStaff(sql`s.staff_no`), col: 'staff_no', reason: 'unknown-staff', value: sql`s.staff_no` },
      { when: sql`NOT s.post_code = ANY(${[...postCodes]}::text[])`, col: 'post_code', reason: 'unknown-post', value: sql`s.post_code` },
      { when: noInstitution(sql`s.line_code`), col: 'line_code', reason: 'unknown-institution', value: sql`s.line_code` },
      { when: noInstitution(sql`s.place_code`), col: 'place_code', reason: 'unknown-institution', value: sql`s.place_code` },
      { when: sql`s.to_date <= s.from_date`, col: 'to_date', reason: 'end-before-begin', value: sql`s.to_date` },
    ]),
  ],
  grade: () => [cases('grade', sql``, [{ when: noStaff(sql`s.staff_no`), col: 'staff_no', reason: 'unknown-staff', value: sql`s.staff_no` }])],
  customer: (setting) => [
    cases('customer', sql`LEFT JOIN customers_customer_facts fc ON fc.number = s.number`, [
      { when: noInstitution(sql`s.outlet_code`), col: 'outlet_code', reason: 'unknown-institution', value: sql`s.outlet_code` },
      { when: sql`fc.kind <> s.kind`, col: 'kind', reason: 'kind-changed', value: sql`s.kind` },
      { when: later(setting, sql`s.opened_on`), col: 'opened_on', reason: 'after-business-date', value: sql`s.opened_on` },
    ]),
    sql<Found>`SELECT s.file_no, s.row_no, 'identity_number' AS col, 'number-taken' AS reason, s.identity_number_tail AS value
      FROM staged_customer s LEFT JOIN customers_identifier_facts i ON i.kind = s.identity_kind AND i.value_hash = s.identity_number_hash
      LEFT JOIN customers_customer_facts fc ON fc.number = s.number
      WHERE s.identity_kind IN ('RESIDENT_ID', 'USCC') AND (i.customer_id IS DISTINCT FROM fc.customer_id AND i.customer_id IS NOT NULL
        OR EXISTS (SELECT FROM staged_customer o WHERE o.identity_kind = s.identity_kind AND o.identity_number_hash = s.identity_number_hash AND o.number < s.number)) ORDER BY 1, 2`,
  ],
  assignment: () => [
    cases('assignment', joinCustomer(sql`s.customer_number`), [
      { when: noCustomer, col: 'customer_number', reason: 'unknown-customer', value: sql`s.customer_number` },
      { when: noStaff(sql`s.staff_no`), col: 'staff_no', reason: 'unknown-staff', value: sql`s.staff_no` },
      { when: sql`s.to_date <= s.from_date`, col: 'to_date', reason: 'end-before-begin', value: sql`s.to_date` },
    ]),
    sharesOfEachDay,
  ],
  account: (setting) => [
    cases('account', sql`${joinCustomer(sql`s.customer_number`)} LEFT JOIN holdings_account_facts fa ON fa.core_key = s.account_key`, [
      { when: noCustomer, col: 'customer_number', reason: 'unknown-customer', value: sql`s.customer_number` },
      { when: sql`fa.customer_id <> fc.customer_id OR (fa.customer_id IS NOT NULL AND fc.customer_id IS NULL)`, col: 'customer_number', reason: 'owner-changed', value: sql`s.customer_number` },
      { when: noProduct, col: 'product_code', reason: 'unknown-product', value: sql`s.product_code` },
      { when: noInstitution(sql`s.outlet_code`), col: 'outlet_code', reason: 'unknown-institution', value: sql`s.outlet_code` },
      { when: sql`s.currency <> ${setting.currency}::text OR fa.currency <> s.currency`, col: 'currency', reason: 'currency', value: sql`s.currency` },
      { when: sql`s.closed_on < s.opened_on`, col: 'closed_on', reason: 'end-before-begin', value: sql`s.closed_on` },
      { when: later(setting, sql`s.opened_on`), col: 'opened_on', reason: 'after-business-date', value: sql`s.opened_on` },
    ]),
  ],
  agent: () => [
    cases('agent', sql`${joinAccount} ${joinCustomer(sql`s.customer_number`)}`, [
      { when: noAccount, col: 'account_key', reason: 'unknown-account', value: sql`s.account_key` },
      { when: noCustomer, col: 'customer_number', reason: 'unknown-customer', value: sql`s.customer_number` },
    ]),
  ],
  balance: (setting) => [
    cases('balance', joinAccount, [
      { when: noAccount, col: 'account_key', reason: 'unknown-account', value: sql`s.account_key` },
      { when: later(setting, sql`s.day`), col: 'day', reason: 'after-business-date', value: sql`s.day` },
    ]),
  ],
  transaction: (setting) => [
    cases('transaction', joinAccount, [
      { when: noAccount, col: 'account_key', reason: 'unknown-account', value: sql`s.account_key` },
      { when: sql`s.currency <> coalesce(sa.currency, fa.currency)`, col: 'currency', reason: 'currency', value: sql`s.currency` },
      { when: later(setting, sql`s.booked_on`), col: 'booked_on', reason: 'after-business-date', value: sql`s.booked_on` },
    ]),
  ],
  loan: (setting) => [
    cases('loan', sql`${joinAccount} ${joinCustomer(sql`s.customer_number`)}`, [
      { when: sql`s.account_key IS NOT NULL AND ${noAccount}`, col: 'account_key', reason: 'unknown-account', value: sql`s.account_key` },
      { when: sql`s.customer_number IS NOT NULL AND ${noCustomer}`, col: 'customer_number', reason: 'unknown-customer', value: sql`s.customer_number` },
      { when: sql`s.customer_number IS NULL AND s.account_key IS NULL`, col: 'customer_number', reason: 'missing', value: sql`''` },
      { when: sql`sa.customer_number <> s.customer_number OR fa.customer_id <> fc.customer_id`, col: 'customer_number', reason: 'owner-changed', value: sql`s.customer_number` },
      { when: sql`s.account_key IS NULL AND s.outlet_code IS NULL`, col: 'outlet_code', reason: 'missing', value: sql`''` },
      { when: sql`s.outlet_code IS NOT NULL AND ${noInstitution(sql`s.outlet_code`)}`, col: 'outlet_code', reason: 'unknown-institution', value: sql`s.outlet_code` },
      { when: noProduct, col: 'product_code', reason: 'unknown-product', value: sql`s.product_code` },
      { when: sql`s.currency <> coalesce(sa.currency, fa.currency, ${setting.currency}::text)`, col: 'currency', reason: 'currency', value: sql`s.currency` },
      { when: sql`s.matures_on < s.paid_out_on`, col: 'matures_on', reason: 'end-before-begin', value: sql`s.matures_on` },
      { when: sql`s.settled_on < s.paid_out_on`, col: 'settled_on', reason: 'end-before-begin', value: sql`s.settled_on` },
      { when: later(setting, sql`s.paid_out_on`), col: 'paid_out_on', reason: 'after-business-date', value: sql`s.paid_out_on` },
    ]),
  ],
  loan_state: (setting) => [
    cases('loan_state', sql`LEFT JOIN staged_loan sl ON sl.loan_key = s.loan_key LEFT JOIN holdings_loan_facts fl ON fl.core_key = s.loan_key`, [
      { when: sql`sl.loan_key IS NULL AND fl.core_key IS NULL`, col: 'loan_key', reason: 'unknown-loan', value: sql`s.loan_key` },
      { when: later(setting, sql`s.day`), col: 'day', reason: 'after-business-date', value: sql`s.day` },
      { when: sql`s.overdue_since > s.day`, col: 'overdue_since', reason: 'after-business-date', value: sql`s.overdue_since` },
    ]),
  ],
  card: () => [
    cases('card', sql`${joinAccount} ${joinCustomer(sql`s.holder_number`)}`, [
      { when: noAccount, col: 'account_key', reason: 'unknown-account', value: sql`s.account_key` },
      { when: sql`s.holder_number IS NOT NULL AND ${noCustomer}`, col: 'holder_number', reason: 'unknown-customer', value: sql`s.holder_number` },
      { when: noProduct, col: 'product_code', reason: 'unknown-product', value: sql`s.product_code` },
    ]),
  ],
  standing_order: () => [cases('standing_order', joinAccount, [{ when: noAccount, col: 'account_key', reason: 'unknown-account', value: sql`s.account_key` }])],
}

// On every day on which a slice begins or ends, the slices in force sum to 100 (or there is none), one of them is main, nobody has two: those delivered, and those that are there
// and not delivered again.
const sharesOfEachDay = sql<Found>`
  WITH slice AS (
    SELECT customer_number, staff_no, share_pct, main, from_date, to_date FROM staged_assignment
    UNION ALL
    SELECT c.number, f.staff_no, a.share_pct, a.main, a.from_date, a.to_date
    FROM (SELECT DISTINCT customer_number FROM staged_assignment) t JOIN customers_customer_facts c ON c.number = t.customer_number
    JOIN customers_assignment_facts a ON a.customer_id = c.customer_id JOIN organisation_staff_facts f ON f.staff_key = a.staff_key
    WHERE NOT EXISTS (SELECT FROM staged_assignment s WHERE s.customer_number = c.number AND s.staff_no = f.staff_no AND s.from_date = a.from_date)
  ), wrong AS (
    SELECT p.customer_number, min(p.day) AS day, bool_or(p.share <> 100 OR p.twice) AS by_share
    FROM (SELECT d.customer_number, d.day, sum(s.share_pct) AS share, count(*) FILTER (WHERE s.main) AS mains, count(*) > count(DISTINCT s.staff_no) AS twice
          FROM (SELECT customer_number, from_date AS day FROM slice UNION SELECT customer_number, to_date FROM slice WHERE to_date IS NOT NULL) d
          JOIN slice s ON s.customer_number = d.customer_number AND s.from_date <= d.day AND (s.to_date IS NULL OR s.to_date > d.day) GROUP BY 1, 2) p
    WHERE p.share <> 100 OR p.mains <> 1 OR p.twice GROUP BY 1
  )
  SELECT DISTINCT ON (w.customer_number) s.file_no, s.row_no, CASE WHEN w.by_share THEN 'share_pct' ELSE 'main' END AS col,
    CASE WHEN w.by_share THEN 'shares' ELSE 'two-mains' END AS reason, w.customer_number || ' ' || w.day AS value
  FROM wrong w JOIN staged_assignment s ON s.customer_number = w.customer_number ORDER BY w.customer_number, s.file_no, s.row_no`
