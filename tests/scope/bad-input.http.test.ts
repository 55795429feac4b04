import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type pg from 'pg'
import { generalRefusals, type Endpoint } from '../../src/foundation/http/contract.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { routes } from '../../src/routes.ts'
import type { Answer } from '../support/test-app.ts'
import { badRequests, trace, type Bad } from './bad-requests.ts'
import { expectations } from './expectations-table.ts'
import { askThrough, countRows, whoGetsThrough } from './try-endpoint.ts'
import { buildWorld, type World } from './world.ts'

let world: World
let owner: pg.Client
let tried = 0
beforeAll(async () => {
  world = await buildWorld()
  owner = await world.app.services.db.connectOwner()
})
afterAll(async () => {
  console.log(`bad input: ${tried} requests to ${routes.length} endpoints, each refused by name or taken as mere text`)
  await owner.end()
  await world.close()
})

/** What is wrong with the answer to a bad request; empty when it is as it should be. */
function faults(contract: Endpoint, bad: Bad, answer: Answer): string[] {
  const found: string[] = []
  const known = answer.refusal !== null && (answer.refusal in generalRefusals || answer.refusal in contract.refusals)
  if (answer.status >= 500) found.push(`answered ${answer.status}`)
  else if (answer.status < 400) {
    if (!bad.mayPass) found.push(`was taken (${answer.status})`)
  } else if (!known) found.push(`refused without a name of the contract: ${answer.status} ${answer.refusal}`)
  else if (bad.refusals && !bad.refusals.includes(answer.refusal ?? '')) found.push(`expected ${bad.refusals.join(' or ')}, got ${answer.refusal}`)
  if (!(answer.headers.get('content-type') ?? '').startsWith('application/json') && answer.status >= 400) found.push('the refusal is no JSON')
  // a text that could have been meant may be named in the refusal ("there is no folder …")
  if (!bad.mayPass && answer.text.includes(trace)) found.push('the answer repeats what was sent')
  return found
}

describe('bad input on every endpoint', () => {
  test.each(routes.map(({ contract }) => [contract.id, contract] as const))('%s', async (id, contract) => {
    const row = expectations[id]
    if (!row) throw new Error(`${id} has no expectation`)
    const subject = whoGetsThrough(contract, row, world)
    const good = () => row.ask?.(world, subject) ?? {}
    const wrong: string[] = []
    const logged = world.app.log.length
    const all = badRequests(contract, good())
    const refused = all.filter((bad) => !bad.mayPass)
    const before = await countRows(owner)
    for (const bad of refused) {
      const answer = await askThrough(world, contract, subject, bad)
      tried += 1
      for (const fault of faults(contract, bad, answer)) wrong.push(`${bad.what}: ${fault}`)
    }
    const after = await countRows(owner)
    // tries of passwords are counted whatever they are
    for (const [table, rows] of Object.entries(after)) if (before[table] !== rows && table !== 'sign_in_attempt') wrong.push(`table ${table} has ${rows} rows, had ${before[table]}`)
    for (const bad of all.filter((one) => one.mayPass)) {
      // each is a thing of its own
      const body = bad.sent.body as { id?: string } | undefined
      const own = body !== undefined && contract.writes === 'create' && !bad.what.startsWith('body.id:') ? { ...bad, sent: { ...bad.sent, body: { ...body, id: newId() } } } : bad
      const answer = await askThrough(world, contract, subject, own)
      tried += 1
      for (const fault of faults(contract, bad, answer)) wrong.push(`${bad.what}: ${fault}`)
    }
    const log = world.app.log.slice(logged).join('')
    for (const secret of [trace, 'DROP TABLE', 'not the old one', '"headers"', 'yq_session']) if (log.includes(secret)) wrong.push(`the log holds ${secret}`)
    expect(wrong).toEqual([])
  })

  test('the tables stand, and customers are as many as before', async () => {
    const rows = await countRows(owner)
    expect(rows['customer']).toBeGreaterThanOrEqual(3)
  })
})

describe('bad input that only the trade knows', () => {
  const main = () => world.by('RM, main')
  const at = () => `/api/customers/${world.target.customerId}`
  const visit = (more: object) => ({ id: newId(), mode: 'VISIT', businessDate: '2026-11-23', summary: '走访厂区', ...more })
  const cases: readonly [what: string, refusal: string, ask: () => Promise<Answer>][] = [
    ['a contact in the future', 'contact-in-future', () => world.app.ask(main().token, `${at()}/contacts`, { method: 'POST', body: visit({ businessDate: '2026-11-24' }) })],
    ['a contact on 30 February', 'invalid-request', () => world.app.ask(main().token, `${at()}/contacts`, { method: 'POST', body: visit({ businessDate: '2026-02-30' }) })],
    ['a credit code with a wrong check character', 'identity-number', () => world.app.ask(main().token, '/api/customers', { method: 'POST', body: { id: newId(), kind: 'CORPORATE', name: '错码公司', identity: { kind: 'USCC', number: '91140100MA0K0K0K0A' } } })],
    ['a resident id of 31 April', 'identity-number', () => world.app.ask(main().token, '/api/customers', { method: 'POST', body: { id: newId(), kind: 'PERSON', name: '王错', identity: { kind: 'RESIDENT_ID', number: '140105199904311234' } } })],
    ['a customer out of scope', 'not-found', () => world.app.ask(main().token, `/api/customers/${world.foreign.customerId}/contacts`, { method: 'POST', body: visit({}) })],
    ['an id that is no UUIDv7', 'invalid-request', () => world.app.ask(main().token, `${at()}/contacts`, { method: 'POST', body: visit({ id: 'f47ac10b-58cc-4372-a567-0e02b2c3d479' }) })],
    ['an id that somebody else used', 'key-reused', () => world.app.ask(main().token, `${at()}/contacts`, { method: 'POST', body: visit({ id: world.contactId }) })],
    ['a post of two sequences', 'two-sequences', () => world.app.ask(world.by('HR, no relation').token, `/api/people/${world.spare.staffKey}/posts`, { method: 'POST', body: { postCode: 'AUDIT', lineKey: world.units.head.key, placeKey: world.units.head.key, from: '2026-11-23' } })],
  ]
  test.each(cases)('%s: %s, and nothing is stored', async (_what, refusal, ask) => {
    const before = await countRows(owner)
    const answer = await ask()
    expect(answer.refusal).toBe(refusal)
    expect(answer.status).toBeLessThan(500)
    expect(await countRows(owner)).toEqual(before)
  })
})
