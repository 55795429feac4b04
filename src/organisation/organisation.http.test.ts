import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, testToday, type Answer, type TestApp } from '../../tests/support/test-app.ts'
import { addInstitution } from './add-institution.ts'
import { hirePerson } from './hire-person.ts'
import { holdPost } from './hold-post.ts'

let app: TestApp
let branch: number
let outlet: number
const tokens: Record<string, string> = {}
const keys: Record<string, number> = {}
const open = '2020-01-01'

beforeAll(async () => {
  app = await startTestApp()
  const posts: Record<string, number> = {}
  await app.bank.db.asOffice(async (tx) => {
    branch = (await addInstitution(tx, { code: 'B1', kind: 'BRANCH', name: '城南分行', nameEn: 'South', parentKey: app.headOffice.key, from: open })).key
    outlet = (await addInstitution(tx, { code: 'O1', kind: 'OUTLET', name: '南门网点', nameEn: 'South gate', parentKey: branch, from: open })).key
    for (const [staffNo, name, postCode] of [['S01', '王人力', 'HR'], ['S02', '赵管理', 'ADMIN'], ['S03', '李晓雯', 'RM'], ['S04', '钱稽核', 'AUDIT'], ['S05', '孙合规', 'COMPLIANCE']] as const) {
      const key = await hirePerson(tx, { staffNo, name, from: open })
      posts[postCode] = await holdPost(tx, { staffKey: key, postCode, lineKey: branch, placeKey: outlet, from: open })
      keys[postCode] = key
    }
  })
  for (const code of Object.keys(keys)) tokens[code] = await app.session(keys[code] ?? 0, posts[code] ?? 0)
})
afterAll(() => app.close())

const as = (post: string, path: string, method = 'GET', body?: unknown, more: { key?: string } = {}): Promise<Answer> => app.ask(tokens[post] ?? null, path, { method, body, ...more })
const told = (answer: Answer): [number, string | null] => [answer.status, answer.refusal]
let number = 0
const hire = async (post?: object): Promise<number> => {
  const answer = await as('HR', '/api/people', 'POST', { staffNo: `H${(number += 1)}`, name: '周新', from: open, ...(post ? { post } : {}) })
  expect(told(answer)).toEqual([200, null])
  return (answer.json as { staffKey: number }).staffKey
}
type Person = { posts: { key: number; postCode: string; inForce: boolean; from: string; to: string | null }[]; record: object | null; employed: boolean; may: Record<string, { allowed: boolean; reason: string | null }> }

describe('the tree of units', () => {
  test('on a day: a unit added later is not there before, a name of before is told for before', async () => {
    const added = await as('HR', '/api/organisation/institutions', 'POST', { code: 'O2', kind: 'OUTLET', name: '北门网点', nameEn: 'North gate', parentKey: branch, from: '2026-03-01' })
    expect(told(added)).toEqual([200, null])
    const { key } = added.json as { key: number }
    expect(told(await as('HR', `/api/organisation/institutions/${key}/name`, 'PUT', { name: '北门支行', nameEn: 'North', from: '2026-06-01', reason: '升格' }))).toEqual([200, null])
    const names = async (day: string) => ((await as('RM', `/api/organisation/institutions?day=${day}`)).json as { items: { key: number; name: string }[] }).items.filter((unit) => unit.key === key).map((unit) => unit.name)
    expect([await names('2026-02-28'), await names('2026-05-31'), await names('2026-06-01')]).toEqual([[], ['北门网点'], ['北门支行']])
    expect(told(await as('HR', `/api/organisation/institutions/${key}/end`, 'PUT', { from: '2026-08-01', reason: '撤并' }))).toEqual([200, null])
    expect(await names('2026-08-01')).toEqual([])
    expect(told(await as('HR', `/api/organisation/institutions/${outlet}/end`, 'PUT', { from: '2026-08-01', reason: '撤并' }))).toEqual([422, 'unit-has-people'])
    expect(told(await as('HR', `/api/organisation/institutions/${branch}/end`, 'PUT', { from: '2026-08-01', reason: '撤并' }))).toEqual([422, 'unit-has-units'])
  })
  test('everybody reads it, the office changes it', async () => {
    for (const post of ['HR', 'ADMIN', 'RM', 'AUDIT', 'COMPLIANCE']) expect([post, (await as(post, '/api/organisation/institutions')).status]).toEqual([post, 200])
    for (const post of ['RM', 'AUDIT', 'COMPLIANCE']) expect(told(await as(post, '/api/organisation/institutions', 'POST', {}))).toEqual([403, 'not-allowed'])
  })
})

describe('people', () => {
  test.each([['李晓', '李晓雯'], ['雯', '李晓雯'], ['lixiao', '李晓雯'], ['lxw', '李晓雯'], ['s03', '李晓雯']])('%s finds %s', async (q, name) => {
    const { items } = (await as('RM', `/api/people?q=${encodeURIComponent(q)}`)).json as { items: { name: string }[] }
    expect(items.map((row) => row.name)).toContain(name)
  })
  test('page by page, everybody once; a cursor of another list is refused', async () => {
    for (let i = 0; i < 5; i++) await hire()
    const seen: number[] = []
    let cursor: string | null = null
    do {
      const answer: Answer = await as('HR', `/api/people?limit=3${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)
      const { items, nextCursor, count } = answer.json as { items: { staffKey: number }[]; nextCursor: string | null; count: { value: number } }
      expect(count.value).toBeGreaterThanOrEqual(10)
      seen.push(...items.map((row) => row.staffKey))
      if (nextCursor !== null) expect(told(await as('HR', `/api/people?limit=3&postCode=RM&cursor=${encodeURIComponent(nextCursor)}`))).toEqual([400, 'invalid-cursor'])
      cursor = nextCursor
    } while (cursor !== null)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBeGreaterThanOrEqual(10)
  })
  test('of a unit and below it', async () => {
    const { items } = (await as('HR', `/api/people?unitKey=${branch}&postCode=RM`)).json as { items: { staffNo: string }[] }
    expect(items.map((row) => row.staffNo)).toEqual(['S03'])
  })
  test('the person’s page: posts on the day asked for; the record is for the office and himself', async () => {
    const key = await hire({ postCode: 'RM', lineKey: branch, placeKey: outlet })
    const moved = await as('HR', `/api/people/${key}/transfer`, 'PUT', { postCode: 'LOBBY', lineKey: outlet, placeKey: outlet, from: '2026-03-16', reason: '轮岗', orderNo: '2026-7' })
    expect(told(moved)).toEqual([200, null])
    const inForce = async (day: string) => ((await as('RM', `/api/people/${key}?day=${day}`)).json as Person).posts.filter((post) => post.inForce).map((post) => post.postCode)
    expect([await inForce('2026-03-15'), await inForce('2026-03-16')]).toEqual([['RM'], ['LOBBY']])
    expect(((await as('RM', `/api/people/${key}`)).json as Person).record).toBeNull()
    expect(((await as('RM', `/api/people/${keys['RM']}`)).json as Person).record).not.toBeNull()
    expect(((await as('HR', `/api/people/${key}`)).json as Person).record).toMatchObject({ employments: [{ from: open, to: null }], hasPassword: null })
    expect(((await as('ADMIN', `/api/people/${key}`)).json as Person).record).toMatchObject({ hasPassword: false })
    expect(told(await as('HR', '/api/people/999999'))).toEqual([404, 'not-found'])
  })
  test('two sequences at once are refused by name, in the reader’s language', async () => {
    const key = await hire({ postCode: 'RM', lineKey: branch, placeKey: outlet })
    const refused = await as('HR', `/api/people/${key}/posts`, 'POST', { postCode: 'REVIEWER', lineKey: branch, placeKey: outlet, from: '2026-01-01' })
    expect(told(refused)).toEqual([422, 'two-sequences'])
    expect(refused.json).toMatchObject({ message: '未能办理。此人同时任“客户经理”，三大序列的岗位不能由一人兼任' })
  })
  test('twice is once: the same key gives the first answer, with other content a refusal', async () => {
    const body = { staffNo: 'TWICE1', name: '吴二', from: open }
    const first = await as('HR', '/api/people', 'POST', body, { key: 'the-same-key-1' })
    const again = await as('HR', '/api/people', 'POST', body, { key: 'the-same-key-1' })
    expect(again.json).toEqual(first.json)
    expect(told(await as('HR', '/api/people', 'POST', { ...body, name: '吴三' }, { key: 'the-same-key-1' }))).toEqual([409, 'key-reused'])
  })
})

describe('leaving', () => {
  test('a leaver’s session ends at once, and is ended in the journal', async () => {
    const key = await hire({ postCode: 'RM', lineKey: branch, placeKey: outlet })
    const person = (await as('HR', `/api/people/${key}`)).json as Person
    const token = await app.session(key, person.posts[0]?.key ?? 0)
    expect((await app.ask(token, '/api/session')).status).toBe(200)
    const left = await as('HR', `/api/people/${key}/leave`, 'PUT', { from: testToday, reason: '辞职' })
    expect([left.status, left.json]).toEqual([200, { endedSessions: 1 }])
    expect(told(await app.ask(token, '/api/session'))).toEqual([401, 'not-signed-in'])
    const { items } = (await as('HR', `/api/people/${key}/history`)).json as { items: { sentence: string; why: string | null; changes: { label: string; before: string | null; after: string | null }[] }[] }
    expect(items.map((line) => line.sentence)).toEqual(expect.arrayContaining(['离职', '离职（任职）', '入职', '任职', '新增员工']))
    expect(items.find((line) => line.sentence === '离职')).toMatchObject({ why: '辞职', changes: expect.arrayContaining([{ label: '终止日', before: null, after: testToday }]) })
    expect(items.find((line) => line.sentence === '任职')?.changes).toEqual(expect.arrayContaining([{ label: '岗位', before: null, after: '客户经理' }, { label: '条线', before: null, after: '城南分行' }]))
  })
  test('a side post ended: who acts in it is out, who acts in another post stays', async () => {
    const key = await hire({ postCode: 'RM', lineKey: branch, placeKey: outlet })
    const second = await as('HR', `/api/people/${key}/posts`, 'POST', { postCode: 'LOBBY', lineKey: outlet, placeKey: outlet, from: '2026-01-01' })
    const { postKey } = second.json as { postKey: number }
    const main = ((await as('HR', `/api/people/${key}`)).json as Person).posts.find((post) => post.postCode === 'RM')?.key ?? 0
    const [inMain, inSecond] = [await app.session(key, main), await app.session(key, postKey)]
    expect(told(await as('HR', `/api/people/${key}/posts/${postKey}/end`, 'PUT', { from: testToday, reason: '免兼' }))).toEqual([200, null])
    expect([(await app.ask(inMain, '/api/session')).status, (await app.ask(inSecond, '/api/session')).status]).toEqual([200, 401])
  })
  test('on a later day: he works until then', async () => {
    const key = await hire({ postCode: 'RM', lineKey: branch, placeKey: outlet })
    const token = await app.session(key, ((await as('HR', `/api/people/${key}`)).json as Person).posts[0]?.key ?? 0)
    expect((await as('HR', `/api/people/${key}/leave`, 'PUT', { from: '2026-12-01', reason: '退休' })).json).toEqual({ endedSessions: 0 })
    expect((await app.ask(token, '/api/session')).status).toBe(200)
  })
  test('nobody lets himself leave', async () => {
    expect(told(await as('HR', `/api/people/${keys['HR']}/leave`, 'PUT', { from: testToday, reason: 'x' }))).toEqual([422, 'own-employment'])
    expect(((await as('HR', `/api/people/${keys['HR']}`)).json as Person).may['leave']).toEqual({ allowed: false, reason: 'own-employment' })
  })
})

describe('the first password', () => {
  test('set by the administrator, used once, then changed', async () => {
    const key = await hire({ postCode: 'RM', lineKey: branch, placeKey: outlet })
    const { staffNo } = (await as('HR', `/api/people/${key}`)).json as { staffNo: string }
    const path = `/api/people/${key}/first-password`
    expect(told(await as('ADMIN', path, 'PUT', { password: 'short' }))).toEqual([422, 'weak-password'])
    expect(told(await as('ADMIN', path, 'PUT', { password: `first-${staffNo}-word` }))).toEqual([422, 'weak-password'])
    expect(told(await as('HR', path, 'PUT', { password: 'first-word-2026' }))).toEqual([403, 'not-allowed'])
    expect(told(await as('ADMIN', `/api/people/${keys['ADMIN']}/first-password`, 'PUT', { password: 'first-word-2026' }))).toEqual([422, 'own-password'])
    expect(told(await as('ADMIN', '/api/people/999999/first-password', 'PUT', { password: 'first-word-2026' }))).toEqual([404, 'not-found'])
    expect((await as('ADMIN', path, 'PUT', { password: 'first-word-2026' })).status).toBe(200)
    const signedIn = await app.ask(null, '/api/session', { method: 'POST', body: { staffNo, password: 'first-word-2026' } })
    expect(signedIn.json).toEqual({ mustChangePassword: true })
    const token = /yq_session=([^;]+)/.exec(signedIn.cookie ?? '')?.[1] ?? ''
    expect(told(await app.ask(token, '/api/people'))).toEqual([403, 'must-change-password'])
    expect((await app.ask(token, '/api/session/password', { method: 'PUT', body: { oldPassword: 'first-word-2026', newPassword: 'my-own-word-77' } })).status).toBe(200)
    expect((await app.ask(token, '/api/people')).status).toBe(200)
    expect(app.log.join('')).not.toContain('first-word-2026')
  })
})

describe('journal and rights', () => {
  test.each([['AUDIT', 200], ['COMPLIANCE', 200], ['ADMIN', 403], ['HR', 403], ['RM', 403]])('%s reads the journal: %i', async (post, status) => expect((await as(post, '/api/journal')).status).toBe(status))
  test('RESTRICTED lines are for compliance', async () => {
    expect([(await as('AUDIT', '/api/journal?secrecy=RESTRICTED')).status, (await as('COMPLIANCE', '/api/journal?secrecy=RESTRICTED')).status]).toEqual([403, 200])
  })
  test('filter and pages: every line once', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const answer: Answer = await as('AUDIT', `/api/journal?table=staff&limit=4${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)
      const { items, nextCursor } = answer.json as { items: { id: string; sentence: string }[]; nextCursor: string | null }
      for (const line of items) expect(line.sentence).toBe('新增员工')
      seen.push(...items.map((line) => line.id))
      cursor = nextCursor
    } while (cursor !== null)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBeGreaterThan(8)
  })
  test.each([['AUDIT', 200], ['COMPLIANCE', 200], ['ADMIN', 200], ['HR', 403]])('%s verifies: %i, and it is said what is not yet sealed', async (post, status) => {
    const answer = await as(post, '/api/journal/verification', 'POST')
    expect(answer.status).toBe(status)
    if (status === 200) expect(answer.json).toMatchObject({ faults: [], seals: 0, unsealedLines: expect.any(Number) as number })
  })
  test('the matrix is what the permission function says', async () => {
    const { actions, posts } = (await as('COMPLIANCE', '/api/rights')).json as { posts: { code: string }[]; actions: { action: string; does: { zh: string }[]; cells: Record<string, string | string[]> }[] }
    expect(posts.length).toBeGreaterThan(15)
    expect(actions.find((row) => row.action === 'customer.edit')?.cells).toMatchObject({ RM: ['MAIN', 'ASSIST', 'SUBSTITUTE', 'UNIT'], HR: 'NO', AUDIT: 'NO' })
    expect(actions.find((row) => row.action === 'organisation.change')?.cells).toMatchObject({ HR: 'YES', RM: 'NO' })
    expect(actions.find((row) => row.action === 'organisation.change')?.does.map((one) => one.zh)).toContain('办理离职')
    expect((await as('RM', '/api/rights')).status).toBe(403)
  })
})
