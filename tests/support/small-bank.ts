import { randomBytes } from 'node:crypto'
import { tokenHash } from '../../src/foundation/access/actor.ts'
import { permissionTable } from '../../src/access/permission-table.ts'
import { saveMatchKeys } from '../../src/customers/duplicates/match-keys.ts'
import { setUpBank } from '../../src/flows/set-up-bank.ts'
import { readConfig } from '../../src/foundation/config/config.ts'
import { testDatabase, type TestDatabase } from '../../src/foundation/database/testing.ts'
import { sql } from '../../src/foundation/database/transaction.ts'
import { buildApp, sessionCookie } from '../../src/foundation/http/app.ts'
import type { Endpoint } from '../../src/foundation/http/contract.ts'
import type { Route, Services } from '../../src/foundation/http/route.ts'
import { add } from '../../src/foundation/store/store.ts'
import { gramsOf, pinyinOf } from '../../src/foundation/values/person-name.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { addInstitution } from '../../src/organisation/add-institution.ts'
import { hirePerson } from '../../src/organisation/hire-person.ts'
import { holdPost } from '../../src/organisation/hold-post.ts'
import { makeServices } from '../../src/server.ts'

/** The bank's today in these tests: a Monday. */
export const today = '2026-11-23'
const begin = '2020-01-01'

export type Colleague = { staffKey: number; staffNo: string; postKey: number; postCode: string; name: string }
export type CustomerGiven = {
  name?: string
  kind?: 'CORPORATE' | 'PERSON'
  main?: Colleague
  assist?: Colleague
  tier?: string
  tierSince?: string
  openedOn?: string
  outletKey?: number
  /** Without assignment and tier: the test writes its own. */
  bare?: boolean
}
export type SmallBank = Awaited<ReturnType<typeof smallBank>>

/**
 * A bank with two branches: in the first the managers belong to their outlet (south, with two managers, a team lead's reach and a head), in the second to a
 * department of the branch (the outlet's head sees sums only). Somebody for every post that the tests of contacts need.
 */
export async function smallBank(routes: readonly Route[]) {
  const database: TestDatabase = await testDatabase()
  const { config } = readConfig({ YINQIAO_DATA: database.folder, YINQIAO_LOG: 'silent' })
  const services: Services = makeServices(config, database.db)
  const { headOfficeKey } = await setUpBank(services, { code: 'test', nameZh: '试验银行', nameEn: 'Trial bank', currency: 'CNY', calendar: 'china', businessDate: today, from: begin })

  const units = await services.db.asOffice(async (tx) => {
    const first = await addInstitution(tx, { code: 'B1', kind: 'BRANCH', name: '东城分行', nameEn: 'East branch', parentKey: headOfficeKey, from: begin })
    const south = await addInstitution(tx, { code: 'O1', kind: 'OUTLET', name: '城南网点', nameEn: 'South outlet', parentKey: first.key, from: begin })
    const north = await addInstitution(tx, { code: 'O2', kind: 'OUTLET', name: '城北网点', nameEn: 'North outlet', parentKey: first.key, from: begin })
    const second = await addInstitution(tx, { code: 'B2', kind: 'BRANCH', name: '西城分行', nameEn: 'West branch', parentKey: headOfficeKey, managersIn: 'RM_DEPARTMENT', from: begin })
    const department = await addInstitution(tx, { code: 'D2', kind: 'RM_DEPARTMENT', name: '客户经理部', nameEn: 'Managers', parentKey: second.key, from: begin })
    const west = await addInstitution(tx, { code: 'O3', kind: 'OUTLET', name: '城西网点', nameEn: 'West outlet', parentKey: second.key, from: begin })
    return { head: { key: headOfficeKey }, first, south, north, second, department, west }
  })
  let number = 0
  const colleague = (name: string, postCode: string, lineKey: number, placeKey = lineKey): Promise<Colleague> => services.db.asOffice(async (tx) => {
    const staffNo = String((number += 1)).padStart(6, '0')
    const staffKey = await hirePerson(tx, { staffNo, name, from: begin })
    const postKey = await holdPost(tx, { staffKey, postCode, lineKey, placeKey, from: begin })
    return { staffKey, staffNo, postKey, postCode, name }
  })
  const staff = {
    li: await colleague('李晓雯', 'RM', units.south.key),
    wang: await colleague('王凯', 'RM', units.south.key),
    zhao: await colleague('赵敏', 'RM', units.north.key),
    lead: await colleague('陈立', 'TEAM_LEAD', units.south.key),
    outletHead: await colleague('孙涛', 'OUTLET_HEAD', units.south.key),
    branchHead: await colleague('周正', 'BRANCH_HEAD', units.first.key),
    leader: await colleague('吴岚', 'BANK_LEADER', units.head.key),
    qian: await colleague('钱进', 'RM', units.department.key, units.west.key),
    placeHead: await colleague('郑和', 'OUTLET_HEAD_PLACE', units.west.key),
    otherBranchHead: await colleague('冯远', 'BRANCH_HEAD', units.second.key),
    lobby: await colleague('何静', 'LOBBY', units.south.key),
    compliance: await colleague('沈严', 'COMPLIANCE', units.head.key),
    aml: await colleague('韩密', 'AML', units.head.key),
    reviewer: await colleague('杨审', 'REVIEWER', units.head.key),
    hr: await colleague('朱人', 'HR', units.head.key),
    admin: await colleague('秦管', 'ADMIN', units.head.key),
  }

  const customer = async (given: CustomerGiven = {}): Promise<string> => {
    const id = newId()
    const { name = '山西晋泰新材料有限公司', kind = 'CORPORATE', main = staff.li, assist, tier = 'T1', tierSince = '2026-01-01', openedOn = '2021-05-06' } = given
    const spoken = pinyinOf(name, kind)
    await services.db.asBatch(async (tx) => {
      const { line_path: path, place_key: place } = await tx.one(sql<{ line_path: string; place_key: number }>`
        SELECT line_path, place_key FROM organisation_post_facts WHERE post_key = ${main.postKey} AND from_date <= ${today} AND (to_date IS NULL OR to_date > ${today})`)
      await add(tx, 'customer', {
        customer_id: id, number: `C${id.slice(-10)}`, kind, name, name_pinyin: spoken.syllables, name_initials: spoken.initials, grams: gramsOf(name, spoken.syllables, spoken.initials),
        tier, tier_since: tierSince, outlet_key: given.outletKey ?? place, scope_path: path, viewers: [main.staffKey, ...(assist ? [assist.staffKey] : [])], main_staff_key: main.staffKey, opened_on: openedOn,
      }, { why: 'test' })
      await saveMatchKeys(tx, id)
      if (given.bare) return
      await add(tx, 'assignment', { customer_id: id, id: newId(), staff_key: main.staffKey, share_pct: assist ? '60' : '100', main: true, from_date: openedOn }, { why: 'test' })
      if (assist) await add(tx, 'assignment', { customer_id: id, id: newId(), staff_key: assist.staffKey, share_pct: '40', main: false, from_date: openedOn }, { why: 'test' })
      await add(tx, 'tier_held', { customer_id: id, id: newId(), tier, from_date: tierSince, reason: 'test', table_version: '1' }, { why: 'test' })
    })
    return id
  }

  /** A read grant of today for so many days; negative: it has run out. */
  const grant = (customerId: string, to: Colleague, days = 7): Promise<void> => services.db.asBatch((tx) => add(tx, 'read_grant', {
    customer_id: customerId, id: newId(), staff_key: to.staffKey, reason: '协同尽调', from_date: '2026-11-01', until_date: days < 0 ? '2026-11-20' : '2026-11-30', given_by: staff.lead.staffKey,
  }, { why: 'test' }))

  const app = buildApp(routes, permissionTable, services)
  const sessions = new Map<number, string>()
  const session = async (person: Colleague): Promise<string> => {
    const known = sessions.get(person.postKey)
    if (known !== undefined) return known
    const token = randomBytes(32).toString('base64url')
    await services.db.asPublic(async (tx) => {
      const credential = await tx.maybe(sql`SELECT 1 FROM credential WHERE staff_key = ${person.staffKey}`)
      if (!credential) await add(tx, 'credential', { staff_key: person.staffKey, password_hash: 'none', must_change: false }, { why: 'test' })
      await add(tx, 'session', { token_hash: tokenHash(token), id: newId(), staff_key: person.staffKey, post_key: person.postKey, expires_at: '2099-01-01T00:00:00Z' }, { why: 'test' })
    })
    sessions.set(person.postKey, token)
    return token
  }

  /** `bytes`: what came, when it is a file. */
  type Answer = { status: number; bytes: Buffer; body: Record<string, unknown> & { refusal?: string; items?: Record<string, unknown>[] } }
  /** Asks the server through its door as a person. `key` repeats an act. */
  const ask = async (person: Colleague | null, contract: Endpoint, sent: { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown; key?: string; file?: { name: string; bytes: Uint8Array } } = {}): Promise<Answer> => {
    const path = contract.path.replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(String(sent.params?.[name])))
    const query = new URLSearchParams(Object.entries(sent.query ?? {}).map(([name, value]) => [name, String(value)])).toString()
    const form = sent.file ? await formOf(sent.body, sent.file) : null
    const answer = await app.inject({
      method: contract.method, url: query === '' ? path : `${path}?${query}`,
      headers: {
        ...(contract.method === 'GET' ? {} : { 'x-yinqiao': '1', 'content-type': form?.type ?? 'application/json' }), ...(contract.writes === 'act' ? { 'idempotency-key': sent.key ?? newId() } : {}),
        ...(person ? { cookie: `${sessionCookie}=${await session(person)}` } : {}),
      },
      ...(form ? { payload: form.content } : sent.body === undefined ? {} : { payload: JSON.stringify(sent.body) }),
    })
    const told = String(answer.headers['content-type'] ?? '').startsWith('application/json')
    return { status: answer.statusCode, body: told && answer.body !== '' ? (JSON.parse(answer.body) as Answer['body']) : {}, bytes: answer.rawPayload }
  }

  /** All rows of a query, past every policy: only to look whether a trace was left. */
  const look = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> => {
    const owner = await services.db.connectOwner()
    try {
      return (await owner.query(text, values)).rows as Row[]
    } finally {
      await owner.end()
    }
  }

  return {
    services, app, units, staff, colleague, customer, grant, session, ask, look,
    async close() {
      await app.close()
      await database.drop()
    },
  }
}

/** A form with the body and a file, as a browser sends it. */
async function formOf(body: unknown, file: { name: string; bytes: Uint8Array }): Promise<{ type: string; content: Buffer }> {
  const form = new FormData()
  form.append('body', JSON.stringify(body ?? {}))
  form.append('file', new Blob([new Uint8Array(file.bytes)]), file.name)
  const sent = new Response(form)
  return { type: sent.headers.get('content-type') ?? '', content: Buffer.from(await sent.arrayBuffer()) }
}
