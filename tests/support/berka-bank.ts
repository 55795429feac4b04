import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readProfile } from '../../src/deliveries/read-profile.ts'
import { readConfig } from '../../src/foundation/config/config.ts'
import { testDatabase, type TestDatabase } from '../../src/foundation/database/testing.ts'
import { sql, type Transaction } from '../../src/foundation/database/transaction.ts'
import type { Services } from '../../src/foundation/http/route.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { addInstitution } from '../../src/organisation/add-institution.ts'
import { hirePerson } from '../../src/organisation/hire-person.ts'
import { holdPost } from '../../src/organisation/hold-post.ts'
import { closeSettledMonth } from '../../src/performance/close-settled-month.ts'
import { installBlockScheme } from '../../src/performance/install-scheme-version.ts'
import { hundredBlocks, scorecardBlocks } from '../../src/performance/scorecard-scheme.ts'
import type { Settlement } from '../../src/performance/settle-one-month.ts'
import { makeServices } from '../../src/server.ts'
import { loadDelivery } from '../../src/flows/load-delivery.ts'
import { settleMonth } from '../../src/flows/settle-month.ts'

// The public Czech data, loaded, and read a second time by itself. Not part of the project: where they are not beside it, what asks them says so and is skipped.
const dir = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'berka')
const transactions = join(dir, 'trans-1993-01-01-to-1994-03-31.asc.gz')
export const berkaIsThere = existsSync(transactions)
/** The months of its transactions that are over on the day of the data. */
export const berkaMonths: readonly string[] = Array.from({ length: 14 }, (_, n) => `${1993 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`)
export const fourSchemes = ['BERKA', 'CARD', 'HUNDRED', 'SUPPORT'] as const

export type Berka = { database: TestDatabase; services: Services }

export async function loadBerka(): Promise<Berka> {
  const database = await testDatabase()
  const { config } = readConfig({ YINQIAO_DATA: database.folder, YINQIAO_LOG: 'silent' }, database.folder)
  const services = makeServices(config, database.db)
  await loadDelivery(services, { dir, profile: readProfile('berka') })
  return { database, services }
}

/** `opened`: by the number of a district's manager, how many clients began with an account there. */
export type FileMonth = { transactions: number; inFen: number; outFen: number; loans: number; loanFen: number; opened: Record<string, number> }

/** What the files themselves say of each month. Crowns with two decimals as whole hellers. */
export function monthsOfFile(): Map<string, FileMonth> {
  const months = new Map(berkaMonths.map((month): [string, FileMonth] => [month, { transactions: 0, inFen: 0, outFen: 0, loans: 0, loanFen: 0, opened: {} }]))
  const on = (date: string | undefined): FileMonth | undefined => (date === undefined ? undefined : months.get(`19${date.slice(0, 2)}-${date.slice(2, 4)}`))
  for (const line of gunzipSync(readFileSync(transactions)).toString('latin1').split('\n').slice(1)) {
    const [, , date, type, , amount] = line.replaceAll('"', '').split(';')
    const month = on(date)
    if (!month || amount === undefined) continue
    const [whole, part = ''] = amount.split('.')
    const fen = Number(whole) * 100 + Number(part.padEnd(2, '0').slice(0, 2))
    month.transactions += 1
    month[type === 'PRIJEM' ? 'inFen' : 'outFen'] += fen
  }
  for (const line of readFileSync(join(dir, 'loan.asc'), 'latin1').split('\n').slice(1)) {
    const [, , date, amount] = line.replaceAll('"', '').split(';')
    const month = on(date)
    if (!month) continue
    month.loans += 1
    month.loanFen += Number(amount) * 100
  }
  // each account has one owner and each client one account: who opened an account began with it
  for (const line of readFileSync(join(dir, 'account.asc'), 'latin1').split('\n').slice(1)) {
    const [, district, , date] = line.trim().replaceAll('"', '').split(';')
    const month = on(date)
    if (!month || district === undefined) continue
    const manager = `M${district.padStart(3, '0')}`
    month.opened[manager] = (month.opened[manager] ?? 0) + 1
  }
  return months
}

/** Scorecard, 100 points and second line beside the bank's own points: every manager of a district has the same targets in each of these months. */
export async function installOtherSchemes({ database, services }: Berka, months: readonly string[]): Promise<void> {
  const owner = await database.db.connectOwner()
  await owner.query(`DROP VIEW IF EXISTS performance_plan_target_facts`)
  await owner.query(`CREATE TABLE performance_plan_target_facts (staff_key int, scheme_code text, indicator text, from_date date, to_date date, target numeric, plan_id uuid, plan_version int)`)
  await owner.query(`GRANT SELECT ON performance_plan_target_facts TO yq_batch`)
  await owner.query(`INSERT INTO performance_plan_target_facts SELECT p.staff_key, s, i, (m || '-01')::date, ((m || '-01')::date + interval '1 month')::date, CASE i WHEN 'NEW_CUSTOMERS' THEN 2 ELSE 100000 END, '00000000-0000-7000-8000-000000000000', 1
    FROM (SELECT DISTINCT staff_key FROM post_held WHERE post_code = 'RM') p, unnest(ARRAY['CARD', 'HUNDRED']) s, unnest(ARRAY['DEPOSIT_INCREMENT', 'CORPORATE_DEPOSIT_INCREMENT', 'ASSET_INCREMENT', 'NEW_CUSTOMERS']) i, unnest($1::text[]) m`, [months])
  const people = await services.db.asOffice(hireSupport)
  // the department that works is marked by form every month; of the other one nothing is known
  const [worker] = people
  const { rows: [makers] } = await owner.query<{ enters: number; confirms: number }>(`SELECT min(key) FILTER (WHERE staff_no = 'A0004') AS enters, min(key) FILTER (WHERE staff_no = 'A0006') AS confirms FROM staff`)
  for (const month of months) {
    for (const [indicator, value] of Object.entries(supportMarks)) {
      await owner.query(`INSERT INTO indicator_fact (id, indicator, staff_key, month, business_date, value, evidence, entered_by, entered_on, confirmed_by, confirmed_on) VALUES ($1, $2, $3, $4, $4, $5, '登记簿', $6, $4, $7, $4)`,
        [newId(), indicator, worker, `${month}-01`, value, makers?.enters, makers?.confirms])
    }
  }
  await owner.end()
  const shared = { posts: ['RM'], grades: [], units: [], period: 'MONTH' as const, gradeBases: { '*': '500000' }, classes: {}, carryMonths: 12, correctionMonths: 12 }
  await services.db.asOffice(async (tx) => {
    await installBlockScheme(tx, { code: 'CARD', from: '1993-01-01', name: '计分卡', nameEn: 'Card', legalBasis: '试验', terms: { ...shared, blocks: [...scorecardBlocks], score: 'TOTAL' } })
    await installBlockScheme(tx, { code: 'HUNDRED', from: '1993-01-01', name: '百分', nameEn: 'Hundred', legalBasis: '试验', terms: { ...shared, blocks: [...hundredBlocks], score: 'H' } })
    await installBlockScheme(tx, {
      kind: 'SUPPORT', code: 'SUPPORT', from: '1993-01-01', name: '二线', nameEn: 'Support', legalBasis: '试验',
      terms: { served: [], schemes: ['BERKA', 'CARD'], poolRatio: '0.08', weights: { answerOnTime: '40', rightFirstTime: '30', disputes: '10', frontLineRating: '20' }, leastScore: '60', heldScore: '80.00', amberFactor: '0.80', departments: [{ code: 'K1', staffWeight: '1' }, { code: 'K2', staffWeight: '1' }], gradeFactors: {}, controlBases: {}, controlDepartments: [] },
    })
  })
}

/** 36.00 + 27.00 + 8.00 + 19.00 = 90.00. */
const supportMarks = { SUPPORT_ANSWERS: '90', SUPPORT_RIGHT_FIRST: '90', SUPPORT_DISPUTES_LOST: '1', SUPPORT_RATING: '95', SUPPORT_OWN_MARK: '90' } as const
/** What the marks of the first department and the missing ones of the second weigh in the pool. */
export const supportWeights = ['90.00', '80.00'] as const

/** Two departments behind the managers, with one person each; the first one's key comes first. */
async function hireSupport(tx: Transaction): Promise<number[]> {
  const head = await tx.one(sql<{ key: number }>`SELECT institution_key AS key FROM organisation_institution_facts WHERE kind = 'HEAD_OFFICE'`)
  const people: number[] = []
  for (const code of ['K1', 'K2']) {
    const { key } = await addInstitution(tx, { code, kind: 'DEPARTMENT', name: code, nameEn: code, parentKey: head.key, from: '1993-01-01' })
    const staffKey = await hirePerson(tx, { staffNo: `${code}01`, name: `${code} 职员`, from: '1993-01-01' })
    await holdPost(tx, { staffKey, postCode: 'DATA_STEWARD', lineKey: key, placeKey: key, from: '1993-01-01' })
    people.push(staffKey)
  }
  return people
}

/** Settles a month under the four schemes, the one after the other; points and scorecard are closed, since the second line is paid from closed months. */
export async function settleUnderFour({ services }: Berka, month: string): Promise<Map<string, Settlement>> {
  const told = new Map<string, Settlement>()
  for (const scheme of fourSchemes) {
    const outcome = await settleMonth(services, { month, scheme, dryRun: false })
    const [settled] = outcome.ok ? outcome.value : []
    if (!settled) throw new Error(`${month} ${scheme}: ${outcome.ok ? 'nothing settled' : outcome.refusal.name}`)
    told.set(scheme, settled)
    if (scheme !== 'BERKA' && scheme !== 'CARD') continue
    const closed = await services.db.asBatch((tx) => closeSettledMonth(tx, { month, scheme, closedBy: null, today: '1998-12-31' }))
    if (!closed.ok) throw new Error(`${month} ${scheme}: ${closed.refusal.name}`)
  }
  return told
}
