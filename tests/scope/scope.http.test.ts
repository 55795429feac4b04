import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../src/routes.ts'
import { expectations } from './expectations-table.ts'
import { expectedOf, leaks, plain, send } from './try-endpoint.ts'
import { buildWorld, customersSeenBy, posts, type World } from './world.ts'

let world: World
let tried = 0
beforeAll(async () => {
  world = await buildWorld()
})
afterAll(async () => {
  console.log(`scope: ${routes.length} endpoints × ${world.subjects.length} people (${posts.length} posts, every relation): ${tried} requests compared with the table`)
  await world.close()
})

describe('the table', () => {
  test('has a row for every endpoint, and no other', () => {
    const ids = routes.map((route) => route.contract.id)
    expect(ids.filter((id) => !(id in expectations))).toEqual([])
    expect(Object.keys(expectations).filter((id) => !ids.includes(id))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
  })
  test('says relations for exactly the endpoints that open a customer', () => {
    for (const { contract } of routes) expect([contract.id, expectations[contract.id]?.relations !== undefined]).toEqual([contract.id, contract.opens !== undefined])
  })
})

describe('the database itself', () => {
  test('a person sees the customer in a list exactly when he stands to it by scope', async () => {
    for (const subject of world.subjects.filter((one) => one.state === 'here')) {
      const sees = (await customersSeenBy(world, subject)).includes(world.target.customerId)
      expect([subject.name, sees]).toEqual([subject.name, subject.relation !== null && subject.relation !== 'GRANT'])
    }
  })
})

describe('every endpoint × role × relation, over HTTP', () => {
  test.each(routes.map(({ contract }) => [contract.id, contract] as const))('%s', async (id, contract) => {
    const row = expectations[id]
    if (!row) throw new Error(`${id} has no expectation`)
    const wrong: string[] = []
    await inRows(world.subjects, 4, async (subject) => {
      const fault = (text: string): number => wrong.push(`${subject.name} [${subject.relation ?? 'no relation'}]: ${text}`)
      const sent = row.ask?.(world, subject) ?? {}
      const token = row.fresh ? await world.freshToken(subject) : subject.token
      const answer = await send(world, contract, token, sent)
      tried += 1
      const expected = expectedOf(contract, row, subject, world)
      const got = answer.status === 200 ? 'ok' : (answer.refusal ?? `status ${answer.status}`)
      if (got !== expected) fault(`expected ${expected}, got ${got}`)
      for (const leak of leaks(world, row, subject, answer)) fault(leak)
      if (got === 'ok' && !contract.raw) {
        const shape = contract.reply.safeParse(answer.json)
        if (!shape.success) fault(`the answer is not what the contract says: ${JSON.stringify(shape.error.issues[0])}`)
      }
      if (row.lists && got === 'ok') {
        const holds = answer.text.includes(world.target.customerId)
        if (holds !== (subject.relation !== null && subject.relation !== 'GRANT')) fault(`the list ${holds ? 'holds' : 'lacks'} the customer`)
      }
      // a foreign customer and one that is not there: letter for letter the same
      if (contract.opens !== undefined && expected === 'not-found') {
        const nothing = await send(world, contract, token, { ...(row.ask?.(world, subject) ?? {}), params: { ...sent.params, [contract.opens]: world.nothing } })
        tried += 1
        if (plain(nothing) !== plain(answer)) fault(`foreign and not there differ: ${plain(answer)} / ${plain(nothing)}`)
      }
    })
    expect(wrong.sort()).toEqual([])
  })
})

/** So many at a time. */
async function inRows<T>(all: readonly T[], width: number, work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all]
  await Promise.all(Array.from({ length: width }, async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next)
  }))
}
