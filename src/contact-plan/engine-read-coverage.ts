import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { monthStart } from '../foundation/values/business-date.ts'
import { coverageOf } from './contact-frequency.rules.ts'
import type { CoverageFigures, CoverageGroup, CoverageRow, DutyState } from './coverage.contract.ts'

/**
 * Whose duties: the whole bank; a line (its path, everything below it); a place; one person; one person and whom he stands in for on a day. Judged by the posts of the window's last day, not by today's,
 * so that a past month stays what it was.
 */
export type CoverageScope = { kind: 'ALL' } | { kind: 'UNIT'; path: string } | { kind: 'PLACE'; placeKey: number } | { kind: 'SELF'; staffKey: number } | { kind: 'STANDS_IN'; staffKey: number; day: string }
/** The month, and the day on which posts are looked up: the window's last day, or today while it has not come. */
export type CoverageMonth = {
  month: string; lastDay: string; seatDay: string
  /** As the ledger has it at the end of this day; left out: as it is now. */
  ledgerDay?: string
  /** Worked out from what was known at the end of this day; left out: from all that is known now. */
  knownOn?: string
}

/** The duties of a month over the whole bank; with knownOn as the end of that day knew them: what the ledger keeps, on that evening or later. */
export const dutiesOf = (when: CoverageMonth): Sql => duties(when, { kind: 'ALL' }, { kind: 'ALL' })

/** The duties of the month inside the scope, each with the line and the place of its owner. The one statement behind every figure of coverage. */
function duties(when: CoverageMonth, scope: CoverageScope, within: CoverageScope): Sql {
  const { month, seatDay, ledgerDay, knownOn } = when
  const people = [scope, within].flatMap((one) => (one.kind === 'ALL' ? [] : [one]))
  const placed = people.map((one) => (one.kind === 'UNIT' ? sql` AND d.line_path >= ${one.path} AND d.line_path < ${`${one.path}/`}` : one.kind === 'PLACE' ? sql` AND d.place_key = ${one.placeKey}` : sql` AND d.staff_key = ${personOf(one)}`))
  if (ledgerDay !== undefined) {
    return sql`
      duty AS (
        SELECT d.customer_id, d.staff_key, d.met, d.late, d.contact_id, p.staff_name, d.line_path, d.place_key
        FROM coverage_span d LEFT JOIN organisation_staff_facts p ON p.staff_key = d.staff_key
        WHERE d.month_start = ${monthStart(month)} AND d.seen_from <= ${ledgerDay} AND (d.seen_to IS NULL OR d.seen_to > ${ledgerDay})${sql.join(placed, sql``)})`
  }
  const inForce = sql`from_date <= ${seatDay} AND (to_date IS NULL OR to_date > ${seatDay})`
  // of one person his own seat is enough: the others' would be looked up to be thrown away
  const persons = people.flatMap((one) => (one.kind === 'SELF' || one.kind === 'STANDS_IN' ? [sql` AND staff_key = ${personOf(one)}`] : []))
  // The candidates of a line are found by their own columns, so only the seats of those who owe something are looked up; otherwise by the seats (a place is where people sit, not where their customers are kept).
  const byColumns = ofLines(people, when)
  const candidates = people.length === 0 ? sql`` : sql`AND customer_id = ANY(ARRAY(${byColumns ? nowIn(people, when) : heldBy(people, when)}))`
  const verdicts = knownOn === undefined ? sql`contact_plan_coverage_facts WHERE month_start = ${monthStart(month)}` : sql`contact_plan_coverage_known(${monthStart(month)}, ${knownOn}) WHERE true`
  const owed = sql`owed AS MATERIALIZED (SELECT customer_id, staff_key, met, late, contact_id FROM ${verdicts} ${candidates})`
  // one owner after the other: of a list of them the planner joined all employments with each
  const seat = sql`seat AS MATERIALIZED (${byColumns ? sql`
      SELECT s.* FROM (SELECT DISTINCT staff_key FROM owed WHERE staff_key IS NOT NULL) w
      CROSS JOIN LATERAL (SELECT staff_key, staff_name, line_path, place_key, place_name FROM organisation_post_facts f WHERE f.staff_key = w.staff_key AND ${inForce} ORDER BY main DESC, post_key LIMIT 1) s` : sql`
      SELECT DISTINCT ON (staff_key) staff_key, staff_name, line_path, place_key, place_name FROM organisation_post_facts
      WHERE ${inForce}${sql.join(persons, sql``)} ORDER BY staff_key, main DESC, post_key`})`
  // Seats are joined in full, which can only be done by a hash or in order: the planner believes in one seat and one duty, and compared each with each (2,500 managers and 77,000
  // core customers: 14 of 16 s). A seat without a duty goes with the join to customers.
  return sql`
    ${byColumns ? owed : seat}, ${byColumns ? seat : owed},
    seated AS MATERIALIZED (SELECT o.*, s.line_path, s.place_key FROM owed o FULL JOIN seat s ON s.staff_key = o.staff_key),
    duty AS (
      SELECT * FROM (
        SELECT o.customer_id, o.staff_key, o.met, o.late, o.contact_id, p.staff_name, coalesce(o.line_path, k.scope_path) AS line_path, coalesce(o.place_key, k.outlet_key) AS place_key
        FROM seated o JOIN customers_customer_facts k ON k.customer_id = o.customer_id LEFT JOIN organisation_staff_facts p ON p.staff_key = o.staff_key) d
      WHERE true${sql.join(placed, sql``)})`
}

/** Lines only, in a month that is not over: what is asked every morning. */
const ofLines = (people: readonly CoverageScope[], { seatDay, lastDay, ledgerDay }: CoverageMonth): boolean => ledgerDay === undefined && people.length > 0 && people.every(({ kind }) => kind === 'UNIT') && lastDay >= seatDay

// Core customers who might be owed one inside of the scopes; without it the whole bank would be judged to show one team. As an array they are looked up first; as a subquery the planner judged all core
// customers and threw most of them away.

const unitIn = (people: readonly CoverageScope[]): Sql => sql.join(people.map((one) => (one.kind === 'UNIT' ? sql`u.scope_path >= ${one.path} AND u.scope_path < ${`${one.path}/`}` : one.kind === 'PLACE' ? sql`u.outlet_key = ${one.placeKey}` : sql`false`)), sql` AND `)

/** Those of the people, and those of the unit that nobody holds. Each arm asks for the tier itself, so that it may begin with the few core customers or with the unit's own, whichever are fewer. */
function heldBy(people: readonly CoverageScope[], { lastDay }: CoverageMonth): Sql {
  const seatIn = people.map((one) => (one.kind === 'UNIT' ? sql` AND s.line_path >= ${one.path} AND s.line_path < ${`${one.path}/`}` : one.kind === 'PLACE' ? sql` AND s.place_key = ${one.placeKey}` : one.kind === 'ALL' ? sql`` : sql` AND s.staff_key = ${personOf(one)}`))
  const core = sql`t.tier = 'T1' AND t.from_date <= ${lastDay} AND (t.to_date IS NULL OR t.to_date > ${lastDay})`
  return sql`
    SELECT t.customer_id FROM customers_tier_facts t JOIN customers_assignment_facts a ON a.customer_id = t.customer_id
    WHERE ${core} AND a.from_date <= ${lastDay} AND (a.to_date IS NULL OR a.to_date > ${lastDay}) AND a.staff_key IN (SELECT s.staff_key FROM seat s WHERE true${sql.join(seatIn, sql``)})
    UNION SELECT t.customer_id FROM customers_tier_facts t JOIN customers_customer_facts u ON u.customer_id = t.customer_id WHERE ${core} AND ${unitIn(people)}`
}

/**
 * The same for the running month of a line, without reading all that its people hold (a branch of 100,000 customers: 50 of them core): tier and line stand in the customer's own columns today. Besides them those who
 * become core later in the month, whom a person of the unit assists (he owes it when his share is the largest), and who comes to one later in the month.
 */
function nowIn(people: readonly CoverageScope[], { seatDay, lastDay }: CoverageMonth): Sql {
  const line = sql.join(people.map((one) => (one.kind === 'UNIT' ? sql` AND p.line_path >= ${one.path} AND p.line_path < ${`${one.path}/`}` : sql``)), sql``)
  const seated = sql`SELECT p.staff_key FROM organisation_post_facts p WHERE p.from_date <= ${seatDay} AND (p.to_date IS NULL OR p.to_date > ${seatDay})${line}`
  return sql`
    SELECT u.customer_id FROM customers_customer_facts u WHERE u.tier = 'T1' AND ${unitIn(people)}
    UNION SELECT t.customer_id FROM customers_tier_facts t WHERE t.tier = 'T1' AND t.from_date > ${seatDay} AND t.from_date <= ${lastDay}
    UNION SELECT a.customer_id FROM customers_assignment_facts a WHERE NOT a.main AND a.from_date <= ${lastDay} AND (a.to_date IS NULL OR a.to_date > ${lastDay}) AND a.staff_key IN (${seated})
    UNION SELECT a.customer_id FROM customers_assignment_facts a WHERE a.from_date > ${seatDay} AND a.from_date <= ${lastDay} AND a.staff_key IN (${seated})`
}

/** Compared with a staff key: the person, or any of whom he answers for. */
const personOf = (one: { kind: 'SELF'; staffKey: number } | { kind: 'STANDS_IN'; staffKey: number; day: string }): Sql => (one.kind === 'SELF' ? sql`${one.staffKey}` : sql`ANY(${answersFor(one.staffKey, one.day)})`)

/** The keys of a person and of everybody whom he stands in for on a day, as an array. */
export const answersFor = (staffKey: number, day: string): Sql => sql`ARRAY(SELECT ${staffKey}::int UNION SELECT absent_key FROM customers_absence_facts WHERE substitute_key = ${staffKey} AND from_date <= ${day} AND to_date > ${day})`

const asEngine = <T>(tx: Transaction, work: () => Promise<T>): Promise<T> => tx.asRole(tx.role === 'batch' ? 'batch' : 'engine', work)

type Counted = { by: CoverageGroup; key: number | null; name: string | null; unit_name: string | null; duties: number; met: number; late: number }
export type Coverage = { total: CoverageFigures; rows: CoverageRow[] }

/** Coverage of the month in the scope, added up by manager, outlet, sub-branch or branch; worst first. Numbers only. */
export async function readCoverage(tx: Transaction, when: CoverageMonth, scope: CoverageScope, by: CoverageGroup, within: CoverageScope = { kind: 'ALL' }): Promise<Coverage> {
  const [coverage] = await readCoverages(tx, when, scope, [by], within)
  if (!coverage) throw new Error('a group without its coverage')
  return coverage
}

/** The same added up several ways, by one statement that judges the duties once. */
export function readCoverages(tx: Transaction, when: CoverageMonth, scope: CoverageScope, groups: readonly CoverageGroup[], within: CoverageScope = { kind: 'ALL' }): Promise<Coverage[]> {
  // added up before the units are named: the view of units compares spans, and asking it for each duty took 45 s for 77,000 of them
  const counted = sql`
    counted AS MATERIALIZED (
      SELECT staff_key, staff_name, place_key, line_path, count(*)::int AS duties, (count(*) FILTER (WHERE met))::int AS met, (count(*) FILTER (WHERE late))::int AS late
      FROM duty GROUP BY staff_key, staff_name, place_key, line_path),
    unit AS MATERIALIZED (
      SELECT institution_key, kind, name, parent_key, scope_path FROM organisation_institution_facts WHERE from_date <= ${when.seatDay} AND (to_date IS NULL OR to_date > ${when.seatDay}))`
  return asEngine(tx, async () => {
    const query = sql<Counted>`WITH ${duties(when, scope, within)}, ${counted} SELECT * FROM (${sql.join(groups.map(groupedBy), sql` UNION ALL `)}) g ORDER BY g.met::numeric / g.duties, g.duties DESC, g.key`
    // a head's morning: planning it takes longer than its rows
    const found = await (within.kind === 'ALL' && ofLines([scope], when) ? tx.allKept(`coverage of a line by ${groups.join()}`, query) : tx.all(query))
    return groups.map((group): Coverage => {
      const own = found.filter(({ by }) => by === group)
      const sum = (field: 'duties' | 'met' | 'late'): number => own.reduce((whole, row) => whole + row[field], 0)
      return {
        total: coverageOf({ duties: sum('duties'), met: sum('met'), late: sum('late') }),
        rows: own.map(({ key, name, unit_name: unitName, duties: owed, met, late }) => ({ key, name, unitName, ...coverageOf({ duties: owed, met, late }) })),
      }
    })
  })
}

function groupedBy(by: CoverageGroup): Sql {
  const sums = sql`sum(c.duties)::int AS duties, sum(c.met)::int AS met, sum(c.late)::int AS late`
  if (by === 'MANAGER') return sql`SELECT 'MANAGER' AS by, c.staff_key AS key, min(c.staff_name) AS name, min(u.name) AS unit_name, ${sums} FROM counted c LEFT JOIN unit u ON u.institution_key = c.place_key GROUP BY c.staff_key`
  if (by === 'OUTLET') {
    return sql`
      SELECT 'OUTLET' AS by, c.place_key AS key, min(u.name) AS name, min(p.name) AS unit_name, ${sums}
      FROM counted c LEFT JOIN unit u ON u.institution_key = c.place_key LEFT JOIN unit p ON p.institution_key = u.parent_key GROUP BY c.place_key`
  }
  return sql`
    SELECT ${by}::text AS by, u.institution_key AS key, min(u.name) AS name, NULL::text AS unit_name, ${sums}
    FROM counted c LEFT JOIN unit u ON u.kind = ${by} AND (c.line_path = u.scope_path OR left(c.line_path, length(u.scope_path) + 1) = u.scope_path || '.') GROUP BY u.institution_key`
}

/** Whether the ledger has the month at the end of a day, and since when it has it. */
export async function ledgerKnows(tx: Transaction, month: string, day: string): Promise<{ known: boolean; since: string | null }> {
  const { since } = await tx.one(sql<{ since: string | null }>`SELECT min(day) AS since FROM coverage_day WHERE month_start = ${monthStart(month)}`)
  return { known: since !== null && since <= day, since }
}

export type DutyReference = { customerId: string; staffKey: number | null; state: DutyState; contactId: string | null }

/** The verdicts inside of both scopes, such as those behind one manager's figure: references, no names. What the reader may see of them is asked in his own role. */
export function readDuties(tx: Transaction, when: CoverageMonth, scope: CoverageScope, within: CoverageScope): Promise<DutyReference[]> {
  const query = sql<ReferenceRow>`WITH ${duties(when, scope, within)} SELECT * FROM duty ORDER BY customer_id`
  // of one person, every morning of every manager: planning it takes longer than its rows
  const kept = scope.kind === 'STANDS_IN' && within.kind === 'ALL' && when.ledgerDay === undefined
  return asEngine(tx, async () => (await (kept ? tx.allKept('duties of a person', query) : tx.all(query))).map(referenceOf))
}

/** The verdict on one customer and month; null without a duty. The same for everybody who may ask. */
export async function readCustomerDuty(tx: Transaction, month: string, customerId: string): Promise<DutyReference | null> {
  const [found] = await asEngine(tx, () => tx.all(sql<ReferenceRow>`SELECT customer_id, staff_key, met, late, contact_id FROM contact_plan_coverage_facts WHERE month_start = ${monthStart(month)} AND customer_id = ${customerId}`))
  return found ? referenceOf(found) : null
}

type ReferenceRow = { customer_id: string; staff_key: number | null; met: boolean; late: boolean; contact_id: string | null }
const referenceOf = (row: ReferenceRow): DutyReference => ({ customerId: row.customer_id, staffKey: row.staff_key, state: row.late ? 'LATE' : row.met ? 'MET' : 'OPEN', contactId: row.contact_id })

/** Was this person inside the scope on that day: may his figure be opened? */
export async function managerInScope(tx: Transaction, day: string, scope: CoverageScope, staffKey: number): Promise<{ name: string; unitName: string | null } | null> {
  const seat = await tx.maybe(sql<{ staff_name: string; line_path: string; place_key: number; place_name: string }>`
    SELECT staff_name, line_path, place_key, place_name FROM organisation_post_facts
    WHERE staff_key = ${staffKey} AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day}) ORDER BY main DESC, post_key LIMIT 1`)
  if (!seat) return null
  const inside = scope.kind === 'ALL' || (scope.kind === 'SELF' && scope.staffKey === staffKey) || (scope.kind === 'PLACE' && scope.placeKey === seat.place_key)
    || (scope.kind === 'UNIT' && (seat.line_path === scope.path || seat.line_path.startsWith(`${scope.path}.`)))
  return inside ? { name: seat.staff_name, unitName: seat.place_name } : null
}
