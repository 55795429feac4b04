import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type pg from 'pg'
import { generalRefusals } from '../../src/foundation/http/contract.ts'
import { routes } from '../../src/routes.ts'
import { fieldsOf, withValue, type Bad } from './bad-requests.ts'
import { expectations } from './expectations-table.ts'
import { askThrough, countRows, whoGetsThrough } from './try-endpoint.ts'
import { buildWorld, type World } from './world.ts'

// Bad input by chance: any JSON, any text of any field, of every endpoint. Never our own mistake, always a name of the contract; what is refused stores nothing.
const runs = Number(process.env['YINQIAO_FUZZ_RUNS'] ?? 60)
const seed = Number(process.env['YINQIAO_FUZZ_SEED'] ?? Date.now() % 1_000_000)
let world: World
let owner: pg.Client
let tried = 0
beforeAll(async () => {
  console.log(`fuzz: YINQIAO_FUZZ_SEED=${seed} repeats this run`)
  world = await buildWorld()
  owner = await world.app.services.db.connectOwner()
})
afterAll(async () => {
  console.log(`fuzz: ${tried} requests`)
  await owner.end()
  await world.close()
})

const anyText = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 5_000 }), fc.date().filter((date) => !Number.isNaN(date.getTime())).map((date) => date.toISOString()), fc.uuid(), fc.bigInt().map(String), fc.double().map(String))
const anyJson = fc.oneof(anyText, fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<unknown>, fc.integer(), fc.double({ noNaN: true }), fc.constantFrom(null, true, false, [], {}, '', 0, -0, 1e308, Number.MAX_SAFE_INTEGER + 1))

describe('by chance', () => {
  test.each(routes.map(({ contract }) => [contract.id, contract] as const))('%s', async (id, contract) => {
    const row = expectations[id]
    if (!row) throw new Error(`${id} has no expectation`)
    const subject = whoGetsThrough(contract, row, world)
    const bodyFields = contract.method === 'GET' ? [] : fieldsOf(contract.body)
    const queryFields = fieldsOf(contract.query)
    const paramFields = fieldsOf(contract.params)
    const change = fc.oneof(
      ...(bodyFields.length > 0 ? [fc.tuple(fc.constantFrom(...bodyFields), anyJson).map(([field, value]) => ({ part: 'body' as const, path: field.path, value })), anyJson.map((value) => ({ part: 'whole' as const, path: [], value }))] : []),
      ...(queryFields.length > 0 ? [fc.tuple(fc.constantFrom(...queryFields), anyText).map(([field, value]) => ({ part: 'query' as const, path: field.path, value }))] : []),
      ...(paramFields.length > 0 ? [fc.tuple(fc.constantFrom(...paramFields), anyText.filter((text) => text.isWellFormed())).map(([field, value]) => ({ part: 'params' as const, path: field.path, value }))] : []),
      fc.tuple(fc.string({ minLength: 1, maxLength: 20 }), anyText).map(([name, value]) => ({ part: 'query' as const, path: [name], value })),
    )
    await fc.assert(fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
      let sent = row.ask?.(world, subject) ?? {}
      for (const { part, path, value } of changes) {
        if (part === 'whole') sent = { ...sent, body: value }
        else if (part === 'body') sent = { ...sent, body: withValue(sent.body ?? {}, path, value) }
        else sent = { ...sent, [part]: { ...sent[part], [String(path[0])]: String(value).toWellFormed() } }
      }
      const bad: Bad = { what: 'by chance', sent }
      const before = await countRows(owner)
      const answer = await askThrough(world, contract, subject, bad)
      tried += 1
      if (answer.status >= 500) throw new Error(`answered ${answer.status}: ${answer.text}`)
      if (answer.status >= 400) {
        if (answer.refusal === null || !(answer.refusal in generalRefusals || answer.refusal in contract.refusals)) throw new Error(`refused without a name of the contract: ${answer.text}`)
        const after = await countRows(owner)
        const changed = Object.keys(after).filter((table) => after[table] !== before[table] && table !== 'sign_in_attempt')
        if (changed.length > 0) throw new Error(`refused (${answer.refusal}) and stored in ${changed.join(', ')}`)
      }
    }), { numRuns: runs, seed })
    expect(tried).toBeGreaterThan(0)
  })
})
