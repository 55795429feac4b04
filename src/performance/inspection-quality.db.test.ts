import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { payBank, type PayBank } from './pay-bank-testing.ts'

// What the migration 0114 does where a bank works already: its typed figures stay what they were, the new definition begins with the month after the running one; a definition of the bank's own stays.
let house: PayBank
const migration = readFileSync(join(import.meta.dirname, '..', '..', 'db', 'migrations', '0114-inspection-quality.sql'), 'utf8')
beforeAll(async () => { house = await payBank('2025-11-20') }, 120_000)
afterAll(() => house.drop())
const versions = async () => (await house.owner.query<{ version: number; from: string; to: string | null; source: string; only: string | null }>(
  `SELECT version, from_date::text AS from, to_date::text AS to, terms ->> 'source' AS source, terms -> 'filter' ->> 'only' AS only FROM indicator WHERE code = 'REPORT_QUALITY' ORDER BY version`)).rows

test('a new bank has it from the beginning', async () => expect(await versions()).toEqual([{ version: 1, from: '1990-01-01', to: null, source: 'INSPECTION', only: 'REPORT' }]))
test('a bank that works has it from the next month on, once', async () => {
  await house.put(`UPDATE indicator SET terms = (SELECT terms FROM indicator WHERE code = 'SATISFACTION') WHERE code = 'REPORT_QUALITY'`)
  const changed = [{ version: 1, from: '1990-01-01', to: '2025-12-01', source: 'FORM', only: null }, { version: 2, from: '2025-12-01', to: null, source: 'INSPECTION', only: 'REPORT' }]
  for (let n = 0; n < 2; n++) {
    await house.put(migration)
    expect(await versions()).toEqual(changed)
  }
})
test('who defined it anew keeps his definition', async () => {
  await house.put(`UPDATE indicator SET terms = (SELECT terms FROM indicator WHERE code = 'TRAINING') WHERE code = 'REPORT_QUALITY' AND version = 2`)
  await house.put(migration)
  expect((await versions()).map(({ source }) => source)).toEqual(['FORM', 'FORM'])
})
