import { blockingKeys, prepare } from '../customers/duplicates/duplicate.rules.ts'
import { hashedKey, refreshMatchKeys } from '../customers/duplicates/match-keys.ts'
import { benchName } from '../customers/make-bench-customers.ts'
import type { CommandRun } from '../foundation/cli/command.ts'
import type { Services } from '../foundation/http/route.ts'

/** The measurement "duplicate check at entry": names that are there ten times, and names that are not, in turn. */
export const entryNames: readonly string[] = [0, 1, 2, 10, 11, 12, 20, 21].map((n, place) => (place % 2 === 0 ? benchName(n).name : `从未有过${place}号${benchName(n).name.slice(2)}`))

/** The hand-written statement beside it: whoever shares a key with the name, with what the check compares. */
export const duplicateStatement = `SELECT jsonb_agg(x) FROM (SELECT c.customer_id, c.kind, c.name, c.former_names, c.status, k.uscc, k.legacy_org_code, k.legal_representative, k.registered_address, p.birth_date, p.sex, o.name AS outlet,
    (SELECT jsonb_agg(jsonb_build_object('kind', d.kind, 'hash', encode(d.number_hash, 'hex'))) FROM identity_document d WHERE d.customer_id = c.customer_id) AS identities,
    (SELECT array_agg(encode(t.number_hash, 'hex')) FROM phone t WHERE t.customer_id = c.customer_id) AS phones
  FROM customer_match m JOIN customer c ON c.customer_id = m.customer_id LEFT JOIN corporate k ON k.customer_id = c.customer_id LEFT JOIN person p ON p.customer_id = c.customer_id
  LEFT JOIN institution_span o ON o.institution_key = c.outlet_key AND o.to_date IS NULL WHERE m.keys && $1::bigint[] LIMIT 200) x`

/** The check is counted per person; so is its counterpart by hand (a commit each). The hour's limit is far away in the bench. */
export const countStatementOfCheck = `UPDATE reveal_count SET used = used + 1 WHERE person_key = (SELECT key FROM staff WHERE staff_no = $1) AND kind = 'DUPLICATE' AND hour = date_trunc('hour', now())`
export const farLimitStatement = `INSERT INTO reveal_count (person_key, hour, kind, used) SELECT key, date_trunc('hour', now()) + make_interval(hours => h), 'DUPLICATE', -1000000 FROM staff, generate_series(0, 2) h WHERE staff_no = $1 ON CONFLICT DO NOTHING`

export const keysOfName = (name: string): string[] => blockingKeys(prepare({ kind: 'CORPORATE', name, formerNames: [], identities: [], organisationCode: null, phones: [], legalRepresentative: null, address: null, birthDate: null, sex: null })).map(hashedKey)

/** The keys of all customers of the bench; those that are there stay. */
export async function makeBenchKeys({ db }: Services, run: CommandRun, size: number): Promise<void> {
  await db.asBatch((tx) => refreshMatchKeys(tx, async (_stage, done) => run.progress.show({ zh: '准备查重', en: 'preparing the duplicate check' }, done, size)))
}
