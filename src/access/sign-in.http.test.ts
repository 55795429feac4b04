import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestApp, type Answer, type TestApp } from '../../tests/support/test-app.ts'
import { hashPassword } from '../foundation/access/passwords.ts'
import { sql } from '../foundation/database/transaction.ts'
import { add, quiet } from '../foundation/store/store.ts'
import { hirePerson } from '../organisation/hire-person.ts'
import { holdPost } from '../organisation/hold-post.ts'
import { throttle } from './sign-in.ts'

let app: TestApp
const password = 'right-word-2026'
beforeAll(async () => {
  app = await startTestApp()
  const passwordHash = await hashPassword(password)
  const line = app.headOffice.key
  const [a, b] = await app.bank.db.asOffice(async (tx) => {
    const keys = [await hirePerson(tx, { staffNo: 'YQ01', name: '李晓雯', from: '2020-01-01' }), await hirePerson(tx, { staffNo: 'YQ02', name: '王凯', from: '2020-01-01' })]
    for (const staffKey of keys) for (const postCode of ['RM', 'LOBBY']) await holdPost(tx, { staffKey, postCode, lineKey: line, placeKey: line, from: '2020-01-01' })
    return keys
  })
  await app.bank.db.asPublic(async (tx) => {
    for (const staff_key of [a, b]) await add(tx, 'credential', { staff_key, password_hash: passwordHash, must_change: false }, { why: 'test' })
  })
})
beforeEach(() => app.bank.db.asPublic((tx) => quiet(tx, 'sign_in_attempt', 'remove', sql`DELETE FROM sign_in_attempt`)))
afterAll(() => app.close())

const signIn = (staffNo: string, word: string, token: string | null = null): Promise<Answer> => app.ask(token, '/api/session', { method: 'POST', body: { staffNo, password: word } })
const tokenOf = (answer: Answer): string => /yq_session=([^;]+)/.exec(answer.cookie ?? '')?.[1] ?? ''
const alive = async (token: string): Promise<boolean> => (await app.ask(token, '/api/session')).status === 200

describe('sign-in', () => {
  test('a right password opens a session in a cookie that scripts cannot read and other sites cannot send', async () => {
    const answer = await signIn('YQ01', password)
    expect(answer.status).toBe(200)
    expect(answer.cookie).toMatch(/HttpOnly/)
    expect(answer.cookie).toMatch(/SameSite=Strict/)
    expect(await alive(tokenOf(answer))).toBe(true)
  })
  test('one answer for a wrong password, a stranger and a number that is none', async () => {
    const answers = await Promise.all([signIn('YQ01', 'wrong'), signIn('NOBODY', 'wrong'), signIn("x' OR 1=1 --", 'wrong')])
    const plain = answers.map((answer) => answer.text.replace(/"requestId":"[^"]+"/, ''))
    expect(answers.map((answer) => [answer.status, answer.refusal])).toEqual(Array(3).fill([401, 'wrong-sign-in']))
    expect(new Set(plain).size).toBe(1)
  })
  test(`after ${throttle.perPerson} wrong tries even the right one is not answered; another person is`, async () => {
    for (let i = 0; i < throttle.perPerson; i++) await signIn('YQ01', 'wrong')
    expect([(await signIn('YQ01', password)).refusal, (await signIn('YQ02', password)).status]).toEqual(['locked', 200])
  })
  test('twenty tries at the same moment are not twenty answers', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => signIn('YQ01', `guess-${i}`)))
    expect(answers.filter((answer) => answer.refusal === 'wrong-sign-in')).toHaveLength(throttle.perPerson)
    expect(answers.filter((answer) => answer.refusal === 'locked')).toHaveLength(20 - throttle.perPerson)
  })
  test('a right password clears the count', async () => {
    for (let i = 0; i < throttle.perPerson - 1; i++) await signIn('YQ01', 'wrong')
    expect((await signIn('YQ01', password)).status).toBe(200)
    for (let i = 0; i < throttle.perPerson - 1; i++) await signIn('YQ01', 'wrong')
    expect((await signIn('YQ01', password)).status).toBe(200)
  })
})

describe('sessions', () => {
  test('a token that somebody else made is never taken over: sign-in gives a new one', async () => {
    const planted = 'a-token-that-an-attacker-knows'
    const answer = await signIn('YQ01', password, planted)
    expect(tokenOf(answer)).not.toBe(planted)
    expect(await alive(planted)).toBe(false)
  })
  test('signing in anew ends the session that this browser had', async () => {
    const first = tokenOf(await signIn('YQ01', password))
    const second = tokenOf(await signIn('YQ02', password, first))
    expect([await alive(first), await alive(second)]).toEqual([false, true])
  })
  test('signed out, the token is worth nothing', async () => {
    const token = tokenOf(await signIn('YQ01', password))
    await app.ask(token, '/api/session', { method: 'DELETE' })
    expect(await alive(token)).toBe(false)
  })
  test('a new password ends the other sessions', async () => {
    const [here, there] = [tokenOf(await signIn('YQ02', password)), tokenOf(await signIn('YQ02', password))]
    expect((await app.ask(here, '/api/session/password', { method: 'PUT', body: { oldPassword: 'wrong', newPassword: 'another-word-7' } })).refusal).toBe('wrong-password')
    expect((await app.ask(here, '/api/session/password', { method: 'PUT', body: { oldPassword: password, newPassword: 'another-word-7' } })).status).toBe(200)
    expect([await alive(here), await alive(there)]).toEqual([true, false])
  })
  test('neither token, password nor staff number typed is in the log or in the journal', async () => {
    const token = tokenOf(await signIn('YQ01', password))
    await signIn('my-password-in-the-wrong-field', 'x')
    const owner = await app.bank.db.connectOwner()
    const { rows } = await owner.query<{ all: string }>('SELECT string_agg(l::text, chr(10)) AS all FROM journal_line l').finally(() => owner.end())
    for (const secret of [token, password, 'another-word-7', 'my-password-in-the-wrong-field']) {
      expect(app.log.join('')).not.toContain(secret)
      expect(rows[0]?.all).not.toContain(secret)
    }
    const hash = (await import('../foundation/access/actor.ts')).tokenHash(token).toString('hex')
    expect(rows[0]?.all).not.toContain(hash)
  })
})
