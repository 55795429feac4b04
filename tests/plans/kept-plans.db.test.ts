import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '../../src/foundation/database/transaction.ts'
import { routes } from '../../src/routes.ts'
import { smallBank, today, type Colleague, type SmallBank } from '../support/small-bank.ts'

let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank(routes)
})
afterAll(() => bank.close())

test('a plan that a connection keeps is kept for each role, and for each level of unit: an outlet’s would read all customers of a branch', async () => {
  const { db } = bank.services
  const ask = async (person: Colleague, breadth: 'SELF' | 'UNIT' | 'ALL'): Promise<void> => {
    const [post] = await bank.look<{ linePath: string }>(`SELECT line_path AS "linePath" FROM organisation_post_facts WHERE post_key = $1`, [person.postKey])
    await db.asPerson({ staffKey: person.staffKey, postKey: person.postKey, breadth, linePath: post?.linePath ?? '' }, today, null, async (tx) => {
      await tx.allKept('probe', sql`SELECT 1`)
    })
  }
  await ask(bank.staff.li, 'SELF')
  await ask(bank.staff.outletHead, 'UNIT')
  await ask(bank.staff.branchHead, 'UNIT')
  await ask(bank.staff.otherBranchHead, 'UNIT')
  await ask(bank.staff.leader, 'ALL')
  // one after the other they were given the same connection
  const kept = await db.asEngine((tx) => tx.all(sql<{ name: string }>`SELECT name FROM pg_prepared_statements WHERE name LIKE 'probe%' ORDER BY 1`))
  expect(kept.map(({ name }) => name)).toEqual(['probe all', 'probe self', 'probe unit 2', 'probe unit 3'])
})
