import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setUpBank } from '../flows/set-up-bank.ts'
import { readConfig } from '../foundation/config/config.ts'
import { testDatabase, type TestDatabase } from '../foundation/database/testing.ts'
import { readFile } from '../foundation/files/keep-file.ts'
import { sql, type Sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { verifyJournal } from '../foundation/journal/verify-journal.ts'
import { makeServices } from '../server.ts'
import { demoState, makeDemoBank, missingSteps } from './demo-bank.ts'
import { customers, people, settledMonths } from './known-cases.ts'

let database: TestDatabase
let services: Services
const quietly = (): Promise<void> => Promise.resolve()
const servicesOf = (of: TestDatabase): Services => makeServices(readConfig({ YINQIAO_DATA: of.folder, YINQIAO_KEYS: join(of.folder, 'keys') }, of.folder).config, of.db)
const rows = <Row>(query: Sql<Row>): Promise<Row[]> => services.db.asBatch((tx) => tx.all(query))
const one = async <Row>(query: Sql<Row>): Promise<Row> => {
  const [row, ...more] = await rows(query)
  if (row === undefined || more.length > 0) throw new Error('expected one row')
  return row
}

const newSteps = ['needs', 'lists']
let older: { state: string; missing: string[]; made: { cards: number; segments: number } }
const doneSteps = async (): Promise<string[]> => (await one(sql<{ done: string[] }>`SELECT settings->'demoSteps' AS done FROM bank`)).done
const made = async (): Promise<{ cards: number; segments: number }> => {
  const { need_card: cards = 0, segment: segments = 0 } = await rowsOfTables()
  return { cards, segments }
}
/** How many rows each table has, but for those that say that something ran. */
const rowsOfTables = async (): Promise<Record<string, number>> => {
  const owner = await services.db.connectOwner()
  try {
    const { rows: tables } = await owner.query<{ name: string }>(`SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname NOT IN ('journal', 'journal_line', 'job_run') ORDER BY 1`)
    const counts: Record<string, number> = {}
    for (const { name } of tables) counts[name] = Number((await owner.query<{ n: string }>(`SELECT count(*) AS n FROM "${name}"`)).rows[0]?.n)
    return counts
  } finally {
    await owner.end()
  }
}

beforeAll(async () => {
  database = await testDatabase()
  services = servicesOf(database)
  // as a version made it that knew neither need cards nor lists; this version makes it whole
  await makeDemoBank(services, { size: 'small', onProgress: quietly, without: newSteps })
  older = { state: await demoState(services), missing: missingSteps(await doneSteps()), made: await made() }
  await makeDemoBank(services, { size: 'small', onProgress: quietly })
})
afterAll(() => database.drop())

describe('the small demo bank', () => {
  test('is the demo, of its day, and whole', async () => {
    expect(await one(sql`SELECT code, name_zh, is_demo, business_date FROM bank`)).toEqual({ code: 'demo', name_zh: '晋河银行', is_demo: true, business_date: '2026-11-23' })
    expect(await demoState(services)).toBe('whole')
  })

  test('a bank that an older version made whole grows the steps that came since, and only those', async () => {
    expect(older).toEqual({ state: 'older', missing: newSteps, made: { cards: 0, segments: 0 } })
    const now = await made()
    expect(now.cards).toBeGreaterThan(0)
    expect(now.segments).toBeGreaterThan(0)
    expect(missingSteps(await doneSteps())).toEqual([])
    expect((await doneSteps()).filter((name) => name === 'whole')).toHaveLength(1)
  })

  test.each<[string, string[], string[]]>([
    ['a whole small bank lacks nothing', ['all but duties', 'duties'], []], ['a small one is not asked for what the full one has', ['first part'], ['duties']], ['the full one is known by its own steps', ['first part', 'all-customers'], ['all-contacts', 'ownership', 'all-watch', 'block-schemes', 'duties', 'pool-allocations', 'deferred-pay']],
  ])('%s', (_what, done, lacks) => {
    const all = missingSteps([])
    const named = (name: string): string[] => (name === 'all but duties' || name === 'first part' ? all.filter((one) => one !== 'duties') : [name])
    expect(missingSteps(done.flatMap(named))).toEqual(lacks)
  })

  test('has the organisation of the plan', async () => {
    const kinds = Object.fromEntries((await rows(sql<{ kind: string; n: number }>`SELECT kind, count(*)::int AS n FROM organisation_institution_facts GROUP BY kind`)).map(({ kind, n }) => [kind, n]))
    expect(kinds).toMatchObject({ HEAD_OFFICE: 1, BRANCH: 3, SUB_BRANCH: 9, OUTLET: 20, RM_DEPARTMENT: 1 })
    expect((await one(sql<{ n: number }>`SELECT count(*)::int AS n FROM organisation_staff_facts`)).n).toBeGreaterThanOrEqual(120)
  })

  test.each([
    ['own', customers.own, people.manager, 1], ['shared', customers.shared, people.manager, 2], ["a colleague's", customers.colleagues, people.colleague, 1], ["another branch's", customers.otherBranch, people.otherBranchManager, 1],
    ['shared company', customers.sharedCompany, people.manager, 2],
  ])('%s: %s is managed by %s, %i see it', async (_what, number, staffNo, viewers) => {
    const row = await one(sql<{ staff_no: string; seen: number }>`SELECT s.staff_no, cardinality(c.viewers) AS seen FROM customers_customer_facts c JOIN organisation_staff_facts s ON s.staff_key = c.main_staff_key WHERE c.number = ${number}`)
    expect(row).toEqual({ staff_no: staffNo, seen: viewers })
  })

  test('files: documents that run out soon and have, a consent that was withdrawn, a lunar birthday, scans that can be read', async () => {
    const of = async (number: string): Promise<string> => (await one(sql<{ customer_id: string }>`SELECT customer_id FROM customers_customer_facts WHERE number = ${number}`)).customer_id
    const [company, own, long, withdrew] = [await of(customers.sharedCompany), await of(customers.own), await of(customers.longName), await of(customers.withRestrictedText)]
    const ends = async (id: string): Promise<string[]> => (await rows(sql<{ fact: string; expires_on: string }>`SELECT fact, expires_on FROM customers_document_facts WHERE customer_id = ${id} AND expires_on < '2027-01-01' ORDER BY expires_on, fact`)).map((row) => `${row.fact} ${row.expires_on}`)
    expect(await ends(company)).toEqual(['AUTHORITY 2026-12-10', 'DOCUMENT 2026-12-10', 'DOCUMENT 2026-12-31', 'LEASE 2026-12-31'])
    expect(await ends(long)).toEqual(['AUTHORITY 2026-09-30', 'DOCUMENT 2026-10-31'])
    expect(await rows(sql`SELECT consent_for, withdrawn_on FROM customers_consent_facts WHERE customer_id = ${withdrew}`)).toEqual([{ consent_for: 'MARKETING', withdrawn_on: '2026-11-09' }])
    expect((await one(sql<{ calendar: string }>`SELECT calendar FROM customers_birthday_facts WHERE customer_id = ${own} AND in_year = 2026`)).calendar).toBe('LUNAR')
    const scans = await rows(sql<{ id: string; customer_id: string }>`SELECT id, customer_id FROM stored_file`)
    // one of them is the letter in the form about customers
    expect(scans).toHaveLength(5)
    for (const scan of scans) expect((await services.db.asBatch((tx) => readFile(tx, services, scan.customer_id, scan.id)))?.content.subarray(0, 5).toString()).toBe('%PDF-')
  })

  test('nobody manages the customer of the pool', async () => {
    expect(await one(sql`SELECT main_staff_key, viewers FROM customers_customer_facts WHERE number = ${customers.pool}`)).toEqual({ main_staff_key: null, viewers: [] })
  })

  test('the leaver and the one who was transferred', async () => {
    const today = (staffNo: string): Sql<{ line_name: string }> => sql`SELECT line_name FROM organisation_post_facts WHERE staff_no = ${staffNo} AND from_date <= '2026-11-23' AND (to_date IS NULL OR to_date > '2026-11-23')`
    expect(await rows(today(people.left))).toEqual([])
    expect(await rows(today(people.transferred))).toEqual([{ line_name: '城南客户团队' }])
  })

  test('core customers are so since long before the month, so that the duty is owed; one is not yet contacted', async () => {
    const duties = await rows(sql<{ number: string; met: boolean; staff_no: string }>`
      SELECT c.number, d.met, s.staff_no FROM contact_plan_coverage_facts d JOIN customers_customer_facts c ON c.customer_id = d.customer_id JOIN organisation_staff_facts s ON s.staff_key = d.staff_key WHERE d.month_start = '2026-11-01'`)
    const met = new Map(duties.map((duty) => [duty.number, duty.met]))
    expect(met.get(customers.own)).toBe(true)
    expect(met.get(customers.notYetContacted)).toBe(false)
    const mine = duties.filter(({ staff_no }) => staff_no === people.manager)
    expect(mine.length).toBeGreaterThan(4)
  })

  test('the ledger of coverage has every past day since October began; within a month nobody who was contacted in time is open again', async () => {
    expect(await rows(sql`SELECT to_char(month_start, 'YYYY-MM') AS month, min(day) AS first, max(day) AS last FROM coverage_day WHERE month_start IN ('2026-10-01', '2026-11-01') GROUP BY 1 ORDER BY 1`))
      .toEqual([{ month: '2026-10', first: '2026-10-01', last: '2026-11-22' }, { month: '2026-11', first: '2026-11-01', last: '2026-11-22' }])
    const met = await rows(sql<{ day: string; met: number }>`
      SELECT d::date AS day, (count(*) FILTER (WHERE s.met))::int AS met FROM generate_series(date '2026-10-01', date '2026-10-31', interval '1 day') d
      JOIN coverage_span s ON s.month_start = '2026-10-01' AND s.seen_from <= d AND (s.seen_to IS NULL OR s.seen_to > d) GROUP BY 1 ORDER BY 1`)
    expect(met.length).toBe(31)
    expect(met.every(({ met: now }, place) => place === 0 || now >= (met[place - 1]?.met ?? 0))).toBe(true)
    expect([met[0]?.met ?? 0, met.at(-1)?.met ?? 0].map((count) => count > 3)).toEqual([false, true])
  })

  test('coordination of every kind and state, and four collection forms: one closed, one that misses answers, one whose answers the heads of the outlets confirm, one about customers', async () => {
    const cases = await rows(sql<{ kind: string; state: string }>`SELECT kind, state FROM coordination_case_facts`)
    expect([new Set(cases.map(({ kind }) => kind)).size, new Set(cases.map(({ state }) => state))]).toEqual([4, new Set(['CLOSED', 'IN_WORK', 'REFUSED', 'ASKED'])])
    const forms = await rows(sql<{ state: string; asked: number; submitted: number }>`
      SELECT f.state, count(*)::int AS asked, count(*) FILTER (WHERE a.submitted_on IS NOT NULL)::int AS submitted FROM collection_form f JOIN collection_answer a ON a.form_id = f.id GROUP BY f.id ORDER BY f.state`)
    expect(forms.map(({ state, asked, submitted }) => [state, asked > submitted])).toEqual([['CLOSED', false], ['OPEN', true], ['OPEN', true], ['OPEN', true]])
    const confirmed = await rows(sql<{ staff_no: string; state: string; confirmed: boolean; head: string | null }>`
      SELECT s.staff_no, a.state, a.confirmed_on IS NOT NULL AS confirmed, c.staff_no AS head FROM collection_answer a JOIN collection_form f ON f.id = a.form_id JOIN organisation_staff_facts s ON s.staff_key = a.staff_key LEFT JOIN organisation_staff_facts c ON c.staff_key = a.confirmer_key WHERE f.confirms AND f.answers_for = 'PERSON'`)
    const about = await rows(sql<{ staff_no: string; state: string; rows: number; asked: number; files: number }>`
      SELECT s.staff_no, a.state, jsonb_array_length(a.rows) AS rows, (SELECT count(*)::int FROM collection_subject u WHERE u.answer_id = a.id) AS asked, (SELECT count(*)::int FROM collection_file l WHERE l.answer_id = a.id) AS files
      FROM collection_answer a JOIN collection_form f ON f.id = a.form_id JOIN organisation_staff_facts s ON s.staff_key = a.staff_key WHERE f.answers_for = 'CUSTOMER' AND f.purpose IS NOT NULL`)
    const one = (staffNo: string) => about.find(({ staff_no: no }) => no === staffNo)
    expect([one(people.manager), one(people.colleague), one(people.corporateManager)]).toMatchObject([{ state: 'OPEN', files: 0 }, { state: 'SUBMITTED', files: 1 }, { state: 'RETURNED', files: 0 }])
    expect([people.colleague, people.corporateManager].map((staffNo) => (one(staffNo)?.asked ?? 0) > 0 && one(staffNo)?.asked === one(staffNo)?.rows)).toEqual([true, true])
    expect((one(people.manager)?.rows ?? 0) > 0 && (one(people.manager)?.rows ?? 0) < (one(people.manager)?.asked ?? 0)).toBe(true)
    const of = (staffNo: string) => confirmed.find((one) => one.staff_no === staffNo)
    expect([of(people.manager), of(people.corporateManager), of(people.colleague)]).toMatchObject([{ state: 'SUBMITTED', confirmed: true }, { state: 'RETURNED', confirmed: false }, { state: 'SUBMITTED', confirmed: false, head: people.outletHead }])
  })

  test('plans of the team: reviewed, confirmed, waiting for a word, and this week’s as a draft', async () => {
    const plans = await rows(sql<{ period: string; state: string; reviewed: boolean; n: number }>`SELECT period, state, reviewed_on IS NOT NULL AS reviewed, count(*)::int AS n FROM work_plan GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`)
    expect(plans).toEqual([
      { period: 'MONTH', state: 'CONFIRMED', reviewed: false, n: 2 }, { period: 'MONTH', state: 'CONFIRMED', reviewed: true, n: 3 }, { period: 'MONTH', state: 'SUBMITTED', reviewed: false, n: 1 },
      { period: 'QUARTER', state: 'CONFIRMED', reviewed: false, n: 1 }, { period: 'WEEK', state: 'DRAFT', reviewed: false, n: 1 },
    ])
  })

  test('templates by two persons, greetings and reminders that wait in the outbox: the demo has no channel', async () => {
    expect((await rows<{ n: number }>(sql`SELECT count(*)::int AS n FROM message_template WHERE confirmed_by IS NOT NULL`))[0]?.n).toBe(4)
    const messages = await rows(sql<{ occasion: string; state: string }>`SELECT DISTINCT split_part(occasion, ' ', 1) AS occasion, state FROM message ORDER BY 1`)
    expect(messages.map(({ state }) => state)).toEqual(messages.map(() => 'WAITING'))
    expect(messages.map(({ occasion }) => occasion)).toEqual(expect.arrayContaining(['NEW_YEAR']))
    // who wrote a line of his own waits for the team lead
    expect(await rows(sql`SELECT s.staff_no, b.state FROM message_batch b JOIN organisation_staff_facts s ON s.staff_key = b.staff_key WHERE b.own_line IS NOT NULL AND s.staff_no = ${people.colleague}`)).toEqual(expect.arrayContaining([{ staff_no: people.colleague, state: 'PROPOSED' }]))
  })

  test('a grant in force and one that expired', async () => {
    const grants = await rows(sql<{ number: string; staff_no: string; until_date: string }>`
      SELECT c.number, s.staff_no, g.until_date FROM read_grant g JOIN customers_customer_facts c ON c.customer_id = g.customer_id JOIN organisation_staff_facts s ON s.staff_key = g.staff_key ORDER BY c.number`)
    expect(grants).toEqual([
      { number: customers.granted, staff_no: people.manager, until_date: '2026-12-31' }, { number: customers.expiredGrant, staff_no: people.formerlyGranted, until_date: '2026-10-31' },
      // takes part in the working group about a customer of his colleague, as long as it lasts
      { number: expect.stringMatching(/^2/), staff_no: people.colleague, until_date: '2026-12-25' },
    ])
  })

  test('a restricted text and a secret note exist, as ciphers', async () => {
    const owner = await services.db.connectOwner()
    try {
      const { rows: found } = await owner.query<{ restricted: string; secret: string }>(`SELECT (SELECT c.number FROM contact_restricted r JOIN customer c USING (customer_id)) AS restricted, (SELECT c.number FROM secret_note n JOIN customer c USING (customer_id)) AS secret`)
      expect(found).toEqual([{ restricted: customers.withRestrictedText, secret: customers.withSecretNote }])
    } finally {
      await owner.end()
    }
  })

  test('three months settled by one person and closed by another; what was withheld, returned and deducted', async () => {
    const closed = await rows(sql<{ month: string; two: boolean }>`SELECT month::text, settled_by <> closed_by AS two FROM closed_month WHERE scheme_code = 'POINTS' ORDER BY month`)
    expect(closed).toEqual(settledMonths.map((month) => ({ month: `${month}-01`, two: true })))
    // the support departments share the pool of these months; of what nobody is paid nothing is left unexplained
    const support = await rows(sql<{ month: string; people: number; pool: string; ties: boolean }>`
      SELECT to_char(r.month, 'YYYY-MM') AS month, r.people, r.control -> 'rows' -> 1 ->> 'total' AS pool, (r.control ->> 'ties')::boolean AS ties FROM closed_month c JOIN settlement_run r ON r.id = c.run_id WHERE c.scheme_code = 'SUPPORT' ORDER BY 1`)
    expect(support.map(({ month, ties }) => [month, ties])).toEqual(settledMonths.map((month) => [month, true]))
    for (const { people: paid, pool } of support) expect(paid > 0 && BigInt(pool) > 0n).toBe(true)
    const lines = await rows(sql<{ month: string; code: string; number: string }>`
      SELECT to_char(r.month, 'YYYY-MM') AS month, f.line_code AS code, c.number FROM pay_fact f JOIN settlement_run r ON r.id = f.run_id JOIN customers_customer_facts c ON c.customer_id = f.customer_id
      WHERE f.line_code IN ('EARLY', 'OVERDUE', 'REFUND') AND c.number = ANY(${[customers.withheld, customers.withheldAndReturned, customers.settledEarly]}::text[]) ORDER BY 1, 2, 3`)
    expect(lines).toEqual([
      { month: '2026-09', code: 'EARLY', number: customers.settledEarly }, { month: '2026-09', code: 'OVERDUE', number: customers.withheldAndReturned },
      { month: '2026-10', code: 'OVERDUE', number: customers.withheld }, { month: '2026-10', code: 'REFUND', number: customers.withheldAndReturned },
    ])
  })

  test('the delivery was signed off by the data steward', async () => {
    expect(await rows(sql`SELECT s.staff_no, d.state, d.kind FROM delivery d JOIN organisation_staff_facts s ON s.staff_key = d.signed_by`)).toEqual([{ staff_no: people.dataSteward, state: 'LOADED', kind: 'DELTA' }])
  })

  test('facts by form have two people each; one still waits', async () => {
    const { facts, alone, waiting } = await one(sql<{ facts: number; alone: number; waiting: number }>`
      SELECT count(*)::int AS facts, count(*) FILTER (WHERE confirmed_by = entered_by)::int AS alone, count(*) FILTER (WHERE confirmed_by IS NULL)::int AS waiting FROM indicator_fact`)
    expect(facts).toBeGreaterThan(30)
    expect({ alone, waiting }).toEqual({ alone: 0, waiting: 1 })
  })

  test('everybody signs in with the one password, and only here', async () => {
    expect((await one(sql<{ n: number; changed: number }>`SELECT count(*)::int AS n, count(*) FILTER (WHERE must_change)::int AS changed FROM credential`))).toMatchObject({ changed: 0 })
    const other = await testDatabase()
    try {
      const theirs = servicesOf(other)
      await setUpBank(theirs, { code: 'another', nameZh: '别家银行', nameEn: 'Another', currency: 'CNY', calendar: 'china', businessDate: '2026-11-23' })
      await expect(makeDemoBank(theirs, { size: 'small', onProgress: quietly })).rejects.toMatchObject({ failure: 'another-bank' })
      expect(await theirs.db.asBatch((tx) => tx.all(sql`SELECT 1 FROM credential`))).toEqual([])
    } finally {
      await other.drop()
    }
  })

  test('made again, nothing changes', async () => {
    const lines = (): Promise<{ n: number }> => one(sql<{ n: number }>`SELECT (SELECT count(*) FROM customers_customer_facts)::int + (SELECT count(*) FROM visits_contact_facts)::int AS n`)
    const before = await lines()
    await makeDemoBank(services, { size: 'small', onProgress: quietly })
    expect(await lines()).toEqual(before)
  })

  test('every step finds what it made before: with all marks gone, nothing is made twice', async () => {
    const before = await rowsOfTables()
    const owner = await services.db.connectOwner()
    try {
      // the delivery is not written again: its rows are new ones of the same content, which the tests of loading have
      await owner.query(`UPDATE bank SET settings = jsonb_set(settings, '{demoSteps}', '["organisation", "passwords", "first-customers"]')`)
    } finally {
      await owner.end()
    }
    expect(await demoState(services)).toBe('begun')
    await makeDemoBank(services, { size: 'small', onProgress: quietly })
    expect(await demoState(services)).toBe('whole')
    expect(await rowsOfTables()).toEqual(before)
  })

  test('the journal holds', async () => {
    const owner = await services.db.connectOwner()
    try {
      expect((await verifyJournal(owner, services.keys.keyring, services.config.journalHeadsDir)).faults).toEqual([])
    } finally {
      await owner.end()
    }
  })
})
