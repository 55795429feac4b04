import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../database/testing.ts'
import { openKeyring, type Keyring } from '../secrets/keyring.ts'
import { add } from '../store/store.ts'
import { headsFile, sealJournal } from './seal-journal.ts'
import { verifyJournal } from './verify-journal.ts'

let bank: TestDatabase
let owner: pg.Client
let keyring: Keyring
let heads: string
const folder = mkdtempSync(join(tmpdir(), 'yq-journal-'))
let counter = 0

beforeAll(async () => {
  keyring = openKeyring(join(folder, 'keys'))
})
afterAll(() => rmSync(folder, { recursive: true }))

// each test changes the journal as somebody with the database's password could: it needs its own
beforeEach(async () => {
  bank = await testDatabase()
  owner = await bank.db.connectOwner()
  heads = join(folder, `heads-${(counter += 1)}`)
  await write(3)
  expect(await sealJournal(owner, keyring, heads)).toBe(3)
  await write(2)
  expect(await sealJournal(owner, keyring, heads)).toBe(2)
  return async () => {
    await owner.end()
    await bank.drop()
  }
})

async function write(lines: number): Promise<void> {
  for (let i = 0; i < lines; i += 1) {
    const code = `J${(counter += 1)}`
    await bank.db.asOffice((tx) => add(tx, 'post', { code, name: code, name_en: code, sequence: 'FRONT', breadth: 'SELF' }, { why: 'test' }))
  }
}
const report = () => verifyJournal(owner, keyring, heads)
const kinds = async () => [...new Set((await report()).faults.map((fault) => fault.kind))].sort()

describe('the journal verifies', () => {
  test('untouched: no fault, and what is not yet sealed is said', async () => {
    await write(1)
    expect(await report()).toMatchObject({ seals: 2, sealedLines: 5, unsealedLines: 1, faults: [] })
  })
  test('nothing left to seal seals nothing', async () => {
    expect(await sealJournal(owner, keyring, heads)).toBe(0)
    expect(await report()).toMatchObject({ seals: 2, unsealedLines: 0, faults: [] })
  })
  test('a changed line', async () => {
    await owner.query(`UPDATE journal_line SET why = 'nothing happened' WHERE id = (SELECT line_id FROM journal_sealed_line WHERE seal_number = 1 AND place = 2)`)
    expect(await kinds()).toEqual(['line-changed'])
  })
  test('a missing line', async () => {
    await owner.query(`DELETE FROM journal_line WHERE id = (SELECT line_id FROM journal_sealed_line WHERE seal_number = 2 AND place = 1)`)
    expect(await kinds()).toEqual(['line-missing'])
  })
  test('a line that vanished together with its seal', async () => {
    await owner.query(`DELETE FROM journal_line WHERE id = (SELECT line_id FROM journal_sealed_line WHERE seal_number = 2 AND place = 2)`)
    await owner.query(`DELETE FROM journal_sealed_line WHERE seal_number = 2 AND place = 2`)
    expect(await kinds()).toContain('line-missing')
  })
  test('a line inserted into a sealed batch', async () => {
    await owner.query(`INSERT INTO journal_line (id, action, table_name) VALUES (gen_random_uuid(), 'ADD', 'post')`)
    await owner.query(`INSERT INTO journal_sealed_line (seal_number, place, line_id, line_hash)
      SELECT 1, 4, l.id, journal_line_hash(l) FROM journal_line l WHERE NOT EXISTS (SELECT FROM journal_sealed_line s WHERE s.line_id = l.id)`)
    expect(await kinds()).toContain('line-inserted')
  })
  test('a line inserted with an old time is never sealed, and found', async () => {
    await owner.query(`INSERT INTO journal_line (id, at, action, table_name) VALUES (gen_random_uuid(), now() - interval '30 days', 'ADD', 'post')`)
    expect(await sealJournal(owner, keyring, heads)).toBe(0)
    expect(await kinds()).toEqual(['line-inserted'])
  })
  test('two lines in the other order', async () => {
    await owner.query(`UPDATE journal_sealed_line SET place = place + 100 WHERE seal_number = 1 AND place <= 2`)
    await owner.query(`UPDATE journal_sealed_line SET place = 203 - (place + 100) WHERE seal_number = 1 AND place > 100`)
    expect(await kinds()).toContain('lines-reordered')
  })
  test('a chain rewritten with all its hashes does not agree with the heads outside', async () => {
    await owner.query(`UPDATE journal_line SET why = 'rewritten' WHERE id = (SELECT line_id FROM journal_sealed_line WHERE seal_number = 1 AND place = 1)`)
    await owner.query(`UPDATE journal_sealed_line s SET line_hash = journal_line_hash(l) FROM journal_line l WHERE l.id = s.line_id`)
    for (const number of [1, 2]) {
      await owner.query(`UPDATE journal_seal j SET previous_hash = coalesce((SELECT head_hash FROM journal_seal p WHERE p.number = j.number - 1), sha256('yinqiao')) WHERE number = $1`, [number])
      await owner.query(`UPDATE journal_seal j SET head_hash = sha256(j.previous_hash || int8send(j.number) || (SELECT string_agg(line_hash, ''::bytea ORDER BY place) FROM journal_sealed_line WHERE seal_number = j.number)) WHERE number = $1`, [number])
    }
    expect(await kinds()).toEqual(['bad-signature', 'chain-rewritten'])
  })
  test('the newest batch taken away altogether', async () => {
    await owner.query('DELETE FROM journal_sealed_line WHERE seal_number = 2')
    await owner.query('DELETE FROM journal_seal WHERE number = 2')
    expect(await kinds()).toEqual(['seal-missing'])
  })
  test('a head kept outside that was altered', async () => {
    const path = headsFile(heads)
    writeFileSync(path, readFileSync(path, 'utf8').replace('"lines":3', '"lines":9'))
    expect(await kinds()).toEqual(['bad-signature'])
  })
  test('a head whose writing was cut off by a crash is written again', async () => {
    const path = headsFile(heads)
    const [first = ''] = readFileSync(path, 'utf8').split('\n')
    writeFileSync(path, `${first}\n`)
    appendFileSync(path, '{"number":2,"li')
    await write(1)
    expect(await sealJournal(owner, keyring, heads)).toBe(1)
    expect((await report()).faults).toEqual([])
  })
})
