import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../database/transaction.ts'
import { testDatabase, type TestDatabase } from '../database/testing.ts'
import { newId } from '../values/uuid7.ts'
import { add, bulk, change, end, quiet } from './store.ts'

let bank: TestDatabase
beforeAll(async () => {
  bank = await testDatabase()
})
afterAll(() => bank.drop())

const lines = (table: string) => bank.db.asBatch(async (tx) => tx.all(sql<{ n: string }>`SELECT 1`)).then(async () => {
  const owner = await bank.db.connectOwner()
  try {
    return (await owner.query('SELECT action, object_id, before, after, why, person_key FROM journal_line WHERE table_name = $1 ORDER BY at, id', [table])).rows
  } finally {
    await owner.end()
  }
})

describe('the store writes the line in the same transaction', () => {
  test('add, change and end leave before, after and why', async () => {
    const author = { personKey: 7, postKey: 9, requestId: 'r1' }
    await bank.db.asOffice((tx) => add(tx, 'post', { code: 'X1', name: '试岗', name_en: 'Trial', sequence: 'FRONT', breadth: 'SELF' }, { why: 'first' }), author)
    await bank.db.asOffice((tx) => change(tx, 'post', { code: 'X1' }, { name: '试用岗', breadth: 'SELF' }, { why: 'renamed' }), author)
    expect(await lines('post')).toMatchObject([
      { action: 'ADD', object_id: 'X1', before: null, after: { code: 'X1', name: '试岗', breadth: 'SELF' }, why: 'first', person_key: 7 },
      { action: 'CHANGE', object_id: 'X1', before: { name: '试岗' }, after: { name: '试用岗' }, why: 'renamed', person_key: 7 },
    ])
  })

  test('a change that changes nothing writes nothing, and a row that is not there is told', async () => {
    const before = (await lines('post')).length
    expect(await bank.db.asOffice((tx) => change(tx, 'post', { code: 'X1' }, { name: '试用岗' }, { why: 'again' }))).toBe(true)
    expect(await bank.db.asOffice((tx) => end(tx, 'post', { code: 'none' }, { name: 'x' }, { why: 'gone' }))).toBe(false)
    expect((await lines('post')).length).toBe(before)
  })

  test('neither a keyed hash nor a hidden key is in a line: it would outlive the customer’s key', async () => {
    const hash = Buffer.alloc(32, 7)
    await bank.db.asPublic((tx) => add(tx, 'session', { token_hash: hash, id: newId(), staff_key: 1, post_key: 1, expires_at: '2030-01-01' }, { why: 'test' }))
    const [line] = await lines('session')
    expect(line).toMatchObject({ action: 'ADD', after: { staff_key: 1 } })
    expect(JSON.stringify(line)).not.toContain('token_hash')
    for (const form of ['hex', 'base64'] as const) expect(JSON.stringify(line)).not.toContain(hash.toString(form))
  })

  test('what is rolled back leaves no line', async () => {
    const before = (await lines('post')).length
    await expect(bank.db.asOffice(async (tx) => {
      await add(tx, 'post', { code: 'X2', name: 'a', name_en: 'a', sequence: 'FRONT', breadth: 'SELF' }, { why: 'x' })
      throw new Error('stop')
    })).rejects.toThrow('stop')
    expect((await lines('post')).length).toBe(before)
  })

  test('many rows are one line with count, hash and sums', async () => {
    const batch = newId()
    const result = await bank.db.asBatch((tx) => bulk(tx, {
      table: 'product', what: 'add', why: 'products', batch,
      statement: sql`INSERT INTO product (code, name, name_en, line) SELECT 'P' || i, '产品' || i, 'p', 'DEPOSIT' FROM generate_series(1, 100) i`,
    }))
    expect(result.count).toBe(100)
    const written = await lines('product')
    expect(written).toHaveLength(1)
    expect(written[0]).toMatchObject({ action: 'BULK_ADD', after: { rows: 100 }, why: 'products' })
  })

  test('a table that needs a line cannot be written quietly, and the other way round', async () => {
    await expect(bank.db.asBatch((tx) => quiet(tx, 'post', 'add', sql`SELECT 1`))).rejects.toThrow('needs a journal line')
    await expect(bank.db.asBatch((tx) => add(tx, 'counter', { name: 'x', value: 1 }, { why: null }))).rejects.toThrow('bookkeeping')
  })

  test('a write past the store is found by the database’s own counters', async () => {
    await expect(bank.db.asBatch((tx) => tx.run(sql`UPDATE post SET name = 'x' WHERE code = 'X1'`))).rejects.toThrow(/table post: the database counted 0\/1\/0/)
    await bank.db.asOffice((tx) => change(tx, 'post', { code: 'X1' }, { name: '又改' }, { why: 'through the store' }))
  })
})
