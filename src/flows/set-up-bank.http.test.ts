import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { issueSetUpCode } from '../access/first-administrator.ts'
import { permissionTable } from '../access/permission-table.ts'
import { getSessionRoute, signInRoute } from '../access/sign-in.ts'
import { getStartRoute } from '../access/tell-start.ts'
import { readConfig } from '../foundation/config/config.ts'
import { testDatabase, type TestDatabase } from '../foundation/database/testing.ts'
import { buildApp } from '../foundation/http/app.ts'
import type { Services } from '../foundation/http/route.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { addInstitutionRoute } from '../organisation/change-institution.ts'
import { readSetUpRoute } from '../reports/read-set-up.ts'
import { makeServices } from '../server.ts'
import { beginBankRoute, setUpBank } from './set-up-bank.ts'

let database: TestDatabase
let services: Services
let app: ReturnType<typeof buildApp>
beforeEach(async () => {
  database = await testDatabase()
  services = makeServices(readConfig({ YINQIAO_DATA: database.folder, YINQIAO_KEYS: join(database.folder, 'keys') }, database.folder).config, database.db)
  app = buildApp([beginBankRoute, readSetUpRoute, getStartRoute, signInRoute, getSessionRoute, addInstitutionRoute], permissionTable, services)
})
afterEach(async () => {
  await app.close()
  await database.drop()
})

type Told = { status: number; json: Record<string, unknown>; cookie: string | undefined; refusal: unknown }
async function ask(method: 'GET' | 'POST', url: string, body?: unknown, { language = 'zh-CN', cookie, remoteAddress }: { language?: string; cookie?: string; remoteAddress?: string } = {}): Promise<Told> {
  const answer = await app.inject({
    method, url, ...(remoteAddress === undefined ? {} : { remoteAddress }),
    headers: { 'accept-language': language, 'x-yinqiao': '1', 'idempotency-key': newId(), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(cookie === undefined ? {} : { cookie }) },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  })
  const json = JSON.parse(answer.body) as Record<string, unknown>
  return { status: answer.statusCode, json, refusal: json['refusal'], cookie: String(answer.headers['set-cookie'] ?? '').split(';')[0] }
}

const password = '银桥 opens 2026'
const wanted = (code: string, other: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: newId(), code, bankCode: 'jinhe', nameZh: '晋河农村商业银行', nameEn: 'Jinhe Rural Commercial Bank', currency: 'CNY', calendar: 'china', businessDate: '2026-11-23',
  administratorName: '秦安', staffNo: 'A0001', password, ...other,
})
const begin = (body: unknown, options: { language?: string; cookie?: string; remoteAddress?: string } = {}): Promise<Told> => ask('POST', '/api/bank', body, options)
async function code(): Promise<string> {
  const issued = await issueSetUpCode(services)
  if (issued === null) throw new Error('no code')
  return issued.code
}
const count = async (table: string): Promise<number> => {
  const owner = await database.db.connectOwner()
  try {
    return Number((await owner.query(`SELECT count(*) AS n FROM ${table}`)).rows[0].n)
  } finally {
    await owner.end()
  }
}
/** Nothing of a bank: what a refusal must leave behind. */
const nothingStored = async (): Promise<void> => {
  for (const table of ['bank', 'post', 'institution', 'staff', 'post_held', 'credential', 'journal_line']) expect([table, await count(table)]).toEqual([table, 0])
}

describe('the first administrator begins the bank', () => {
  test('with the code from the server’s window: bank, posts, head office, administrator; then the checklist follows the data', async () => {
    expect((await ask('GET', '/api/start')).json).toMatchObject({ ready: false, setUp: false, bank: null })
    const told = await code()
    expect((await ask('GET', '/api/start')).json).toMatchObject({ ready: false, setUp: true })
    // typed as people do
    expect(await begin(wanted(` ${told.toLowerCase().replaceAll('-', ' ')} `))).toMatchObject({ status: 200, json: { staffNo: 'A0001' } })
    expect((await ask('GET', '/api/start')).json).toMatchObject({ ready: true, setUp: false, bank: { name: '晋河农村商业银行', demo: false, businessDate: '2026-11-23' }, logIns: [] })

    const { cookie } = await ask('POST', '/api/session', { staffNo: 'A0001', password })
    const session = await ask('GET', '/api/session', undefined, { cookie })
    expect(session.json).toMatchObject({ person: { name: '秦安' }, post: { code: 'ADMIN', unitName: '晋河农村商业银行' }, mustChangePassword: false, currency: 'CNY' })
    expect((await ask('GET', '/api/set-up', undefined, { cookie })).json).toMatchObject({ bankCode: 'jinhe', administrators: 1, units: 0, people: 0, deliveries: 0, done: { organisation: false, people: false, delivery: false } })
    const added = await ask('POST', '/api/organisation/institutions', { code: 'O1', kind: 'OUTLET', name: '城南网点', nameEn: 'South outlet', parentKey: 1, from: '2026-11-01' }, { cookie })
    expect(added.status).toBe(200)
    expect((await ask('GET', '/api/set-up', undefined, { cookie })).json).toMatchObject({ units: 1, outlets: 1, done: { organisation: true, people: false, delivery: false } })
  })

  test('neither code nor password stand anywhere as they are', async () => {
    const told = await code()
    await begin(wanted(told))
    const owner = await database.db.connectOwner()
    try {
      const { rows: tables } = await owner.query(`SELECT format('%I', tablename) AS name FROM pg_tables WHERE schemaname = 'public'`)
      for (const { name } of tables as { name: string }[]) {
        const { rows: [found] } = await owner.query(`SELECT count(*) AS n FROM ${name} t WHERE t::text LIKE ANY($1)`, [[`%${told}%`, `%${told.replaceAll('-', '')}%`, `%${password}%`]])
        expect([name, Number(found.n)]).toEqual([name, 0])
      }
    } finally {
      await owner.end()
    }
  })

  test.each([
    ['a wrong code', { code: 'AAAAA-AAAAA-AAAAA-AAAAA' }, 'wrong-code', 'code', /启用码不正确或已过期/, /code is not right or has expired/],
    ['a weak password', { password: 'A0001-2026x' }, 'weak-password', 'password', /密码至少 10 个字符/, /at least 10 characters/],
    ['the demo’s code', { bankCode: 'demo' }, 'bank-code-reserved', 'bankCode', /留给演示银行/, /kept for the demo bank/],
    ['a day that the Chinese calendar does not know', { businessDate: '2031-05-06' }, 'calendar-unknown', 'businessDate', /2004-01-01 至 2026-12-31/, /2004-01-01 to 2026-12-31/],
  ])('%s is refused by name in both languages and leaves nothing', async (_what, other, name, field, zh, en) => {
    const told = await code()
    const chinese = await begin(wanted(told, other))
    expect(chinese).toMatchObject({ status: 422, refusal: name, json: { field } })
    expect(chinese.json['message']).toMatch(zh)
    const english = await begin(wanted(told, other), { language: 'en' })
    expect(english.json['message']).toMatch(en)
    await nothingStored()
    // the code is not used up by it
    expect((await begin(wanted(told))).status).toBe(200)
  })

  test.each([
    ['an unknown field', { colour: 'red' }], ['a bank’s code in capitals', { bankCode: 'Jinhe' }], ['an unknown currency', { currency: 'JPY' }], ['30 February', { businessDate: '2026-02-30' }],
    ['a name of blanks', { nameZh: '   ' }], ['a name with a control character', { administratorName: '秦\u0007安' }], ['a staff number with markup', { staffNo: '<b>1</b>' }], ['an id that is no UUIDv7', { id: '1' }],
    ['a name of 61 characters', { nameZh: '银'.repeat(61) }],
  ])('%s is no valid request', async (_what, other) => {
    const told = await code()
    expect(await begin(wanted(told, other))).toMatchObject({ status: 400, refusal: 'invalid-request' })
    await nothingStored()
  })

  test('a code that ran out is as good as a wrong one, and a new start makes the former void', async () => {
    const first = await code()
    const second = await code()
    expect(await begin(wanted(first))).toMatchObject({ refusal: 'wrong-code' })
    const owner = await database.db.connectOwner()
    await owner.query(`UPDATE set_up_code SET expires_at = now() - interval '1 second'`)
    await owner.end()
    expect(await begin(wanted(second))).toMatchObject({ refusal: 'wrong-code' })
    await nothingStored()
  })

  test('after five wrong codes even the right one waits; another address is not held up', async () => {
    const told = await code()
    for (let tries = 0; tries < 5; tries++) expect(await begin(wanted(`${tries}AAAA-AAAAA`))).toMatchObject({ refusal: 'wrong-code' })
    const held = await begin(wanted(told))
    expect(held).toMatchObject({ status: 429, refusal: 'locked' })
    expect(held.json['message']).toBe('尝试过多，请 10 分钟后再试')
    await nothingStored()
    expect((await begin(wanted(told), { remoteAddress: '10.1.2.3' })).status).toBe(200)
  })

  test('twice is once; with other content, and a used code, it is refused', async () => {
    const told = await code()
    const body = wanted(told)
    expect((await begin(body)).status).toBe(200)
    const lines = await count('journal_line')
    expect(await begin(body)).toMatchObject({ status: 200, json: { staffNo: 'A0001' } })
    expect(await begin({ ...body, nameZh: '另一家银行' })).toMatchObject({ status: 409, refusal: 'bank-exists' })
    expect(await begin(wanted(told))).toMatchObject({ status: 409, refusal: 'bank-exists' })
    expect((await begin(wanted(told), { language: 'en' })).json['message']).toBe('Not begun. There is a bank already and the code is void. Sign in instead')
    expect([await count('bank'), await count('staff'), await count('journal_line')]).toEqual([1, 1, lines])
  })

  test('two at once: one bank, one administrator', async () => {
    const told = await code()
    const same = wanted(told)
    const answers = await Promise.all([begin(same), begin(same), begin(wanted(told, { staffNo: 'B0002' }))])
    expect(answers.filter((answer) => answer.status === 200).length).toBeGreaterThanOrEqual(1)
    for (const answer of answers) expect([200, 409]).toContain(answer.status)
    expect([await count('bank'), await count('staff'), await count('credential')]).toEqual([1, 1, 1])
  })

  test('when a delivery or the demo began the bank, the code is void and no new one is made', async () => {
    const told = await code()
    await setUpBank(services, { code: 'berka', nameZh: '伯尔卡银行', nameEn: 'Berka', currency: 'CZK', calendar: 'weekdays', businessDate: '1994-03-30' })
    expect(await begin(wanted(told))).toMatchObject({ status: 409, refusal: 'bank-exists' })
    expect(await issueSetUpCode(services)).toBeNull()
    expect((await ask('GET', '/api/start')).json).toMatchObject({ ready: true, setUp: false })
    expect(await count('credential')).toBe(0)
  })

  test('a cookie of another data directory holds nobody up; what needs a session says that the product is not ready', async () => {
    const cookie = 'yq_session=of-another-bank'
    expect((await ask('GET', '/api/start', undefined, { cookie })).status).toBe(200)
    expect(await ask('GET', '/api/session', undefined, { cookie })).toMatchObject({ status: 503, refusal: 'unavailable' })
    expect((await ask('GET', '/api/session')).status).toBe(503)
    expect((await begin(wanted(await code()), { cookie })).status).toBe(200)
  })

  test('the checklist is the administrator’s', async () => {
    await begin(wanted(await code()))
    expect((await ask('GET', '/api/set-up')).refusal).toBe('not-signed-in')
  })
})
