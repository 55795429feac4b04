import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startTestApp, type TestApp } from '../../../tests/support/test-app.ts'
import { buildApp, sendNotFound } from './app.ts'
import { endpoint } from './contract.ts'
import { handle, handleAlone } from './route.ts'
import { ok } from '../values/outcome.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

const base = { method: 'GET', path: '/api/x', text: { zh: '试', en: 'try' }, reply: z.strictObject({}) } as const
const table = [{ action: 'x.read', posts: ['RM'] }, { action: 'x.of-customer', posts: ['RM'], relations: ['MAIN'] }] as const
const build = (...routes: Parameters<typeof buildApp>[0]) => buildApp(routes, table, app.services)

describe('an endpoint that would pass the door by mistake does not start', () => {
  const customer = z.strictObject({ customerId: z.string() })
  test.each([
    ['its action is none', () => build(handle(endpoint({ ...base, id: 'x', permission: 'x.nothing' }), async () => ok({})))],
    ['it depends on the relation to a customer and opens none', () => build(handle(endpoint({ ...base, id: 'x', permission: 'x.of-customer' }), async () => ok({})))],
    ['it opens a customer and has its own transactions', () => build(handleAlone(endpoint({ ...base, id: 'x', permission: 'x.read', opens: 'customerId', params: customer, ownTransaction: true }), async () => ok({})))],
    ['it keeps a key and has its own transactions', () => build(handleAlone(endpoint({ ...base, id: 'x', method: 'PUT', permission: 'x.read', writes: 'act', ownTransaction: true }), async () => ok({})))],
    ['it writes by GET', () => build(handle(endpoint({ ...base, id: 'x', permission: 'x.read', writes: 'act' }), async () => ok({})))],
  ])('%s', (_what, start) => expect(start).toThrow('endpoint x'))
})

describe('our own mistakes', () => {
  test('are logged by name and place: a message may quote a customer', async () => {
    const log: string[] = []
    const failing = handleAlone(endpoint({ ...base, id: 'x', permission: 'public', ownTransaction: true }), async () => {
      JSON.parse('李晓雯 13812345678') as unknown
      return ok({})
    })
    const server = buildApp([failing], table, app.services, pino({ base: null }, { write: (line: string) => void log.push(line) }))
    server.setNotFoundHandler(sendNotFound)
    const answer = await server.inject({ method: 'GET', url: '/api/x' })
    expect([answer.statusCode, answer.json<{ refusal: string }>().refusal]).toEqual([500, 'our-mistake'])
    expect(log.join('')).toContain('SyntaxError')
    expect(log.join('')).toContain('door.http.test.ts')
    for (const text of [log.join(''), answer.body]) for (const secret of ['李晓', '138123']) expect(text).not.toContain(secret)
    await server.close()
  })
  test.each(['/api/nothing', '/api/people/%E0%A4%A', '/api/%00', '//api/people', '/api/people/..%2f..%2fetc'])('%s is a named refusal that does not repeat the address', async (path) => {
    const answer = await app.ask(null, path)
    expect([400, 401, 404]).toContain(answer.status)
    expect(answer.refusal).not.toBeNull()
    expect(answer.text).not.toContain(path)
  })
})
