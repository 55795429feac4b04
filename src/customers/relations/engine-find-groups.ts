import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { circlesOf, cyclesUpTo } from './circles.rules.ts'
import type { GroupRow } from './group-table.ts'
import { componentsOf, isProposed, type GroupTest, type Pair } from './groups.rules.ts'
import { inForce } from './in-force.ts'
import { keyPosts } from './relation.rules.ts'

const asEngine = <T>(tx: Transaction, work: () => Promise<T>): Promise<T> => tx.asRole(tx.role === 'batch' ? 'batch' : 'engine', work)

/**
 * Who is controlled by whom, to any depth: each root with all that it controls. `roots` gives root uuid and seeds uuid[] (a company, a person, a family that holds together). A company is
 * controlled by who holds more than the limit of its votes together with what he controls already, or by board or contract. Loops end by themselves.
 */
export function controlClosure(roots: Sql, day: string, controlPct: string): Sql<{ root: string; seeds: string[]; members: string[] }> {
  return sql`
    WITH RECURSIVE root AS MATERIALIZED (${roots}), reach AS (
      SELECT o.root, o.seeds, o.seeds AS members, 0 AS round FROM root o
      UNION ALL
      SELECT h.root, h.seeds, h.members || n.found, h.round + 1
      FROM reach h CROSS JOIN LATERAL (
        SELECT array_agg(x.to_party) AS found FROM (
          SELECT r.to_party FROM relation r
          WHERE r.from_party = ANY(h.members) AND r.kind IN ('SHAREHOLDING', 'CONTROL') AND ${inForce(day)} AND r.to_party <> ALL(h.members)
          GROUP BY r.to_party HAVING bool_or(r.kind = 'CONTROL') OR sum(r.share_pct) > ${controlPct}::numeric) x) n
      WHERE n.found IS NOT NULL)
    SELECT DISTINCT ON (root) root, seeds, members FROM reach WHERE round > 0 ORDER BY root, round DESC`
}

/** Everything that these control together, they themselves first: a verdict over the whole bank, by reference. */
export async function controlledBy(tx: Transaction, together: readonly string[], day: string, controlPct: string): Promise<string[]> {
  const [found] = await asEngine(tx, () => tx.allKept('controlled by', controlClosure(sql`SELECT ${together[0] ?? null}::uuid AS root, ${[...together]}::uuid[] AS seeds`, day, controlPct)))
  return found?.members ?? [...together]
}

/** Roots are all who hold or control anything; a person stands with the relatives (2.6, c). `part`: only these parties. */
function rootsOf(day: string, part: readonly string[] | null): Sql {
  const within = part === null ? sql`` : sql`AND r.from_party = ANY(${[...part]}::uuid[])`
  return sql`
    SELECT DISTINCT seeds[1] AS root, seeds FROM (
      WITH RECURSIVE holder AS (SELECT DISTINCT r.from_party AS party FROM relation r WHERE r.kind IN ('SHAREHOLDING', 'CONTROL') AND ${inForce(day)} ${within}),
        kin AS (SELECT party, party AS relative FROM holder
          UNION SELECT k.party, CASE WHEN r.from_party = k.relative THEN r.to_party ELSE r.from_party END
          FROM kin k JOIN relation r ON r.kind = 'FAMILY' AND (r.from_party = k.relative OR r.to_party = k.relative) AND ${inForce(day)})
      SELECT array_agg(relative ORDER BY relative) AS seeds FROM kin GROUP BY party) s`
}

export type FoundGroup = { kind: 'GROUP' | 'DEPENDENCE' | 'CIRCLE' | 'HOUSEHOLD'; parties: string[]; customers: string[]; tests: GroupTest[]; controller: string | null }
type Node = { id: string; kind: 'COMPANY' | 'PERSON'; customer: string | null }

/**
 * Groups by the tests of 2.6 over the whole bank, or over one part of the graph (the same verdict for it: a part is closed under every edge that a test looks at). References only:
 * what a reader is shown of them is decided elsewhere.
 */
export function findGroups(tx: Transaction, day: string, row: GroupRow, part: readonly string[] | null = null): Promise<FoundGroup[]> {
  return asEngine(tx, async () => {
    const closures = await tx.all(controlClosure(rootsOf(day, part), day, row.controlPct))
    const inPart = part === null ? sql`` : sql`AND r.from_party = ANY(${[...part]}::uuid[])`
    const managers = await tx.all(sql<{ manager: string; company: string }>`
      SELECT r.from_party AS manager, r.to_party AS company FROM relation r
      WHERE (r.kind = 'LEGAL_REPRESENTATIVE' OR (r.kind = 'MANAGEMENT' AND r.means = ANY(${[...keyPosts]}::text[]))) AND ${inForce(day)} ${inPart}`)
    const shared = await tx.all(sql<{ a: string; b: string }>`
      SELECT least(r.from_party, r.to_party) AS a, greatest(r.from_party, r.to_party) AS b FROM relation r JOIN party f ON f.id = r.from_party AND f.kind = 'COMPANY' JOIN party t ON t.id = r.to_party AND t.kind = 'COMPANY'
      WHERE r.kind IN ('SHARED_PHONE', 'SHARED_ADDRESS', 'SHARED_AGENT') AND ${inForce(day)} ${inPart} GROUP BY 1, 2 HAVING count(DISTINCT r.kind) >= ${row.sharedKinds}`)
    const dependent = await tx.all(sql<{ a: string; b: string }>`
      SELECT DISTINCT r.from_party AS a, r.to_party AS b FROM relation r
      WHERE r.kind = 'SUPPLY' AND (r.income_pct >= ${row.dependencePct}::numeric OR r.outlay_pct >= ${row.dependencePct}::numeric) AND ${inForce(day)} ${inPart}`)
    const guarantees = await tx.all(sql<{ from: string; to: string }>`SELECT DISTINCT r.from_party AS "from", r.to_party AS "to" FROM relation r WHERE r.kind = 'GUARANTEE' AND ${inForce(day)} ${inPart}`)

    const ids = new Set<string>([...closures.flatMap((one) => one.members), ...managers.flatMap((one) => [one.manager, one.company]), ...[...shared, ...dependent].flatMap((one) => [one.a, one.b]), ...guarantees.flatMap((one) => [one.from, one.to])])
    const nodes = new Map((await tx.all(sql<Node>`SELECT id, kind, as_customer AS customer FROM party WHERE id = ANY(${[...ids]}::uuid[])`)).map((node) => [node.id, node]))
    const isCompany = (id: string): boolean => nodes.get(id)?.kind === 'COMPANY'

    const reach = closures.map(({ seeds, members }) => ({ seeds, companies: members.filter(isCompany) }))
    const pairs = reach.flatMap(({ seeds, companies }) => pairsOf(seeds, companies, isCompany))
    const byPerson = new Map(reach.flatMap(({ seeds, companies }) => seeds.map((seed) => [seed, companies] as const)))
    for (const { manager, company } of managers) for (const controlled of byPerson.get(manager) ?? []) if (controlled !== company) pairs.push({ a: company, b: controlled, test: 'C' })
    pairs.push(...shared.map((one): Pair => ({ ...one, test: 'D' })))

    const found = (kind: FoundGroup['kind'], parties: readonly string[], tests: GroupTest[]): FoundGroup[] => {
      const companies = kind === 'GROUP' ? parties.filter(isCompany) : [...parties]
      const customers = companies.flatMap((id) => nodes.get(id)?.customer ?? [])
      return isProposed(customers.length, tests) ? [{ kind, parties: companies, customers, tests, controller: kind === 'GROUP' ? controllerOf(companies, reach) : null }] : []
    }
    return [
      ...componentsOf(pairs).flatMap(({ parties, tests }) => found('GROUP', parties, tests)),
      ...componentsOf(dependent.map((one): Pair => ({ ...one, test: 'ECONOMIC' }))).flatMap(({ parties, tests }) => found('DEPENDENCE', parties, tests)),
      ...circlesOf(guarantees).flatMap((parties) => found('CIRCLE', parties, ['CIRCLE'])),
    ]
  })
}

/** A company and what it controls: (a); what one company controls together: (b); what a person or a family controls: (c). */
function pairsOf(seeds: readonly string[], companies: readonly string[], isCompany: (id: string) => boolean): Pair[] {
  const [top] = seeds
  if (seeds.length === 1 && top !== undefined && isCompany(top)) {
    const below = companies.filter((id) => id !== top)
    const first = below[0]
    return [...below.map((b): Pair => ({ a: top, b, test: 'A' })), ...(first === undefined ? [] : below.slice(1).map((b): Pair => ({ a: first, b, test: 'B' })))]
  }
  const first = companies[0]
  return first === undefined ? [] : companies.slice(1).map((b): Pair => ({ a: first, b, test: 'C' }))
}

/** Who controls most of the set; a person before a company, so that the controller is the last one above. Null: nobody controls two of them. */
function controllerOf(companies: readonly string[], reach: readonly { seeds: readonly string[]; companies: readonly string[] }[]): string | null {
  const inside = new Set(companies)
  const ranked = reach.map(({ seeds, companies: held }) => ({ seeds, count: held.filter((id) => inside.has(id)).length, outside: seeds.every((seed) => !inside.has(seed)) }))
    .filter(({ count, outside, seeds }) => (outside ? count : seeds.some((seed) => inside.has(seed)) ? count : 0) > 1)
    .sort((x, y) => y.count - x.count || Number(y.outside) - Number(x.outside) || ((x.seeds[0] ?? '') < (y.seeds[0] ?? '') ? -1 : 1))
  return ranked[0]?.seeds[0] ?? null
}

/** The part of the graph in which a change can change a verdict: everything connected by edges that a test looks at. Null: more than `most` parties, left to the run over the whole bank. */
export function partAround(tx: Transaction, parties: readonly string[], day: string, most: number): Promise<string[] | null> {
  return asEngine(tx, async () => {
    const rows = await tx.all(sql<{ party: string }>`
      WITH RECURSIVE part AS (
        SELECT p AS party FROM unnest(${[...parties]}::uuid[]) p
        UNION SELECT o.party FROM part p CROSS JOIN LATERAL (
          SELECT r.to_party AS party FROM relation r WHERE r.from_party = p.party AND ${inForce(day)}
          UNION ALL SELECT r.from_party FROM relation r WHERE r.to_party = p.party AND ${inForce(day)}) o)
      SELECT party FROM part LIMIT ${most + 1}`)
    return rows.length > most ? null : rows.map((one) => one.party)
  })
}

/** Who guarantees for whom among these parties, as references. */
export function guaranteesAmong(tx: Transaction, parties: readonly string[], day: string): Promise<{ from: string; to: string }[]> {
  return asEngine(tx, () => tx.all(sql<{ from: string; to: string }>`SELECT DISTINCT r.from_party AS "from", r.to_party AS "to" FROM relation r
    WHERE r.kind = 'GUARANTEE' AND r.from_party = ANY(${[...parties]}::uuid[]) AND r.to_party = ANY(${[...parties]}::uuid[]) AND ${inForce(day)}`))
}

/** The circles of these guarantees, each by its parties in order. */
export const circlesIn = (guarantees: readonly { from: string; to: string }[], longest: number): string[][] => cyclesUpTo([...guarantees], { longest, most: 200 }).cycles.map((cycle) => cycle.map((edge) => edge.from))

export type GroupSums = { groupId: string; customers: number; loanFen: string; depositFen: string; asOf: string | null }

/** Loans and deposits of all members of these groups, each customer once in its group: numbers. Of households only who rolls up there. */
export function sumGroups(tx: Transaction, groups: readonly string[], day: string): Promise<GroupSums[]> {
  return asEngine(tx, () => tx.allKept('sums of groups', sql<GroupSums>`
    SELECT g.id AS "groupId", count(c.customer_id)::int AS customers, coalesce(sum(c.loan_fen), 0)::text AS "loanFen", coalesce(sum(c.deposit_fen), 0)::text AS "depositFen", max(c.figures_as_of)::text AS "asOf"
    FROM unnest(${[...groups]}::uuid[]) g(id)
    LEFT JOIN LATERAL (SELECT DISTINCT m.customer_id FROM group_member m WHERE m.group_id = g.id AND m.customer_id IS NOT NULL AND m.from_date <= ${day} AND (m.to_date IS NULL OR m.to_date > ${day}) AND (m.rolls_up OR NOT m.household)) m ON true
    LEFT JOIN customer c ON c.customer_id = m.customer_id GROUP BY g.id`))
}
