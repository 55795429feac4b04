import { expect, test } from 'vitest'
import { testDatabase } from '../foundation/database/testing.ts'
import { settleMonth } from './settle-month.ts'

test('a database without a bank is told so by name, and nothing is installed in it', async () => {
  const database = await testDatabase()
  try {
    expect(await settleMonth({ db: database.db }, { month: '2026-10', dryRun: false })).toMatchObject({ ok: false, refusal: { name: 'no-bank' } })
    const owner = await database.db.connectOwner()
    expect((await owner.query('SELECT count(*)::int AS n FROM scheme')).rows).toEqual([{ n: 0 }])
    await owner.end()
  } finally {
    await database.drop()
  }
})
