import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import type { JobKind } from '../../foundation/jobs/run-job.ts'
import type { OnProgress } from '../../foundation/jobs/run-job.ts'
import type { Database } from '../../foundation/database/database.ts'
import { bulk } from '../../foundation/store/store.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { startScan } from './duplicate.contract.ts'
import { duplicateSchemeOn } from './duplicate-table.ts'
import { judge, prepare, type Prepared, type Subject } from './duplicate.rules.ts'
import { numberColumns, refreshMatchKeys, subjectColumns, subjectOf, subjectTables, type SubjectRow } from './match-keys.ts'

/** A key that more customers share tells nothing of them: an address of a whole market, a name of the street. */
const mostOfOneKey = 30
const slices = 16
const pageOfPairs = 2_000

export const scanning = sql<{ id: string }>`SELECT id FROM job_run WHERE kind = 'duplicates' AND state IN ('WAITING', 'RUNNING') ORDER BY asked_at DESC LIMIT 1`

export const startScanRoute = handle(startScan, async (tx, _input, { services, actor }) => {
  const running = await tx.maybe(scanning)
  if (running) return ok({ jobId: running.id })
  if (!services.jobs) return refuse('unavailable')
  return ok({ jobId: await services.jobs.ask('duplicates', {}, actor.staffKey) })
})

/** What a page asks for: the whole book, with progress and stop. */
export const scanJob: JobKind = {
  kind: 'duplicates',
  async run({ db }, _params, onProgress) {
    return scanDuplicates(db, onProgress)
  },
}

type Pair = { one: string; other: string }
type Found = { customer_id: string; other_id: string; level: string; score: number; signs: string[] }

/**
 * Looks through the whole book for pairs that may be one customer. Candidates come from shared keys, phones and documents by statements; the rule judges each. New pairs are proposed; one that was
 * decided is opened again only by a new sign; one that is no pair any more is put away. Twice gives the same answer.
 */
export async function scanDuplicates(db: Database, onProgress: OnProgress): Promise<{ compared: number; found: number; opened: number }> {
  const batch = newId()
  await db.asBatch((tx) => refreshMatchKeys(tx, onProgress))
  const seen = new Set<string>()
  let compared = 0
  let found = 0
  let opened = 0
  for (let slice = 0; slice < slices; slice++) {
    await onProgress('比对 / comparing', slice, slices)
    const counted = await db.asBatch(async (tx) => {
      const scheme = duplicateSchemeOn((await tx.one(sql<{ day: string }>`SELECT business_date AS day FROM bank`)).day)
      const pairs = (await tx.all(pairsOf(slice))).filter(({ one, other }) => !seen.has(`${one} ${other}`))
      for (const { one, other } of pairs) seen.add(`${one} ${other}`)
      const sum = { compared: pairs.length, found: 0, opened: 0 }
      for (let from = 0; from < pairs.length; from += pageOfPairs) {
        const page = pairs.slice(from, from + pageOfPairs)
        const subjects = await readSubjects(tx, page)
        const judged = page.flatMap(({ one, other }): Found[] => {
          const [a, b] = [subjects.get(one), subjects.get(other)]
          if (!a || !b) return []
          const { level, score, signs } = judge(a, b, scheme)
          return level === null ? [] : [{ customer_id: one, other_id: other, level, score, signs }]
        })
        sum.found += judged.length
        sum.opened += await keep(tx, judged, scheme.version, batch)
      }
      return sum
    })
    compared += counted.compared
    found += counted.found
    opened += counted.opened
  }
  await db.asBatch((tx) => putAway(tx, [...seen], batch))
  await onProgress('比对 / comparing', slices, slices)
  return { compared, found, opened }
}

// the keys of a sixteenth; phones and documents with the first
function pairsOf(slice: number): Sql<Pair> {
  const twos = (grouped: Sql): Sql => sql`SELECT a.id AS one, b.id AS other FROM (${grouped}) g, unnest(g.ids) a(id), unnest(g.ids) b(id) WHERE a.id < b.id`
  const more = slice > 0 ? sql`` : sql`
    UNION ${twos(sql`SELECT array_agg(customer_id) AS ids FROM search_hash WHERE kind = 'PHONE' GROUP BY value_hash HAVING count(*) BETWEEN 2 AND ${mostOfOneKey}`)}
    UNION ${twos(sql`SELECT array_agg(DISTINCT customer_id) AS ids FROM identity_document GROUP BY kind, number_hash HAVING count(DISTINCT customer_id) BETWEEN 2 AND ${mostOfOneKey}`)}`
  return sql<Pair>`${twos(sql`SELECT array_agg(customer_id) AS ids FROM (SELECT m.customer_id, unnest(m.keys) AS key FROM customer_match m) k WHERE (key & ${slices - 1}::bigint) = ${slice}::bigint GROUP BY key HAVING count(*) BETWEEN 2 AND ${mostOfOneKey}`)} ${more} ORDER BY 1, 2`
}

async function readSubjects(tx: Transaction, pairs: readonly Pair[]): Promise<Map<string, Prepared>> {
  const ids = [...new Set(pairs.flatMap(({ one, other }) => [one, other]))]
  const rows = await tx.all(sql<SubjectRow & { identities: Subject['identities'] | null; phones: string[] | null }>`
    SELECT ${subjectColumns}, ${numberColumns} FROM ${subjectTables} WHERE c.customer_id = ANY(${ids}::uuid[]) AND c.merged_into IS NULL AND c.status <> 'CLOSED'`)
  return new Map(rows.map((row) => [row.customer_id, prepare(subjectOf(row, { identities: row.identities ?? [], phones: row.phones ?? [] }))]))
}

// Returns how many are open that were not.
async function keep(tx: Transaction, found: readonly Found[], version: string, batch: string): Promise<number> {
  if (found.length === 0) return 0
  const given = sql`(SELECT r.customer_id, r.other_id, r.level, r.score, ARRAY(SELECT jsonb_array_elements_text(r.signs)) AS signs FROM jsonb_to_recordset(${JSON.stringify(found)}::jsonb) r (customer_id uuid, other_id uuid, level text, score int, signs jsonb))`
  const today = sql`(SELECT business_date FROM bank)`
  const about = { why: 'scan for duplicates', batch }
  const reopened = await bulk(tx, {
    ...about, table: 'duplicate_pair', what: 'change', alias: 'p',
    statement: sql`UPDATE duplicate_pair p SET state = 'OPEN', level = n.level, score = n.score, signs = n.signs, scheme_version = ${version}, found_on = ${today}, decided_by = NULL, decided_on = NULL, decision_reason = NULL, batch_id = ${batch}::uuid
      FROM ${given} n WHERE p.customer_id = n.customer_id AND p.other_id = n.other_id AND (p.state = 'GONE' OR (p.state IN ('DIFFERENT', 'SAME_PERSON') AND NOT n.signs <@ p.signs))`,
  })
  await bulk(tx, {
    ...about, table: 'duplicate_pair', what: 'change', alias: 'p',
    statement: sql`UPDATE duplicate_pair p SET level = n.level, score = n.score, signs = n.signs, scheme_version = ${version}, batch_id = ${batch}::uuid
      FROM ${given} n WHERE p.customer_id = n.customer_id AND p.other_id = n.other_id AND p.state = 'OPEN' AND (p.level, p.score, p.signs, p.scheme_version) IS DISTINCT FROM (n.level, n.score, n.signs, ${version}::text)`,
  })
  const added = await bulk(tx, {
    ...about, table: 'duplicate_pair', what: 'add',
    statement: sql`INSERT INTO duplicate_pair (customer_id, id, other_id, state, level, score, signs, scheme_version, found_on, scope_least, scope_most, viewers, batch_id)
      SELECT n.customer_id, uuid7(), n.other_id, 'OPEN', n.level, n.score, n.signs, ${version}, ${today}, least(a.scope_path, b.scope_path), greatest(a.scope_path, b.scope_path),
        ARRAY(SELECT unnest(a.viewers) INTERSECT SELECT unnest(b.viewers) ORDER BY 1), ${batch}::uuid
      FROM ${given} n JOIN customer a ON a.customer_id = n.customer_id JOIN customer b ON b.customer_id = n.other_id
      WHERE NOT EXISTS (SELECT FROM duplicate_pair p WHERE p.customer_id = n.customer_id AND p.other_id = n.other_id)`,
  })
  return reopened.count + added.count
}

/** Pairs that no longer share anything: a name was mended, a customer closed. */
async function putAway(tx: Transaction, seen: readonly string[], batch: string): Promise<void> {
  const [ones, others] = [seen.map((pair) => pair.slice(0, 36)), seen.map((pair) => pair.slice(37))]
  await bulk(tx, {
    table: 'duplicate_pair', what: 'change', alias: 'p', why: 'scan for duplicates', batch,
    statement: sql`UPDATE duplicate_pair p SET state = 'GONE', batch_id = ${batch}::uuid WHERE p.state = 'OPEN' AND p.batch_id IS DISTINCT FROM ${batch}::uuid
      AND NOT EXISTS (SELECT FROM unnest(${ones}::uuid[], ${others}::uuid[]) AS s (one, other) WHERE s.one = p.customer_id AND s.other = p.other_id)`,
  })
}
