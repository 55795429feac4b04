import { decideLegalHoldRoute, enterLegalHoldRoute } from '../access/retention/keep-holds.ts'
import { signRetentionRoute } from '../access/retention/keep-cases.ts'
import { createCustomerRoute } from '../customers/create-customer.ts'
import { retentionJob } from '../flows/carry-out-retention.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { actAs } from './act-as.ts'
import { demoId } from './demo-id.ts'
import { inventedUscc } from './identity-numbers.ts'
import { demoBank, people } from './known-cases.ts'

const entered = '2024-03-12'
const prospects = ['晋中旧窑陶瓷有限公司', '太谷县南关农具厂'] as const

/** Two companies that were spoken to once, more than two years ago, and never became customers: one is held for a lawsuit, the other is proposed by the night and waits for the second signature. */
export async function makeRetention(services: Services): Promise<void> {
  const numbers: string[] = []
  for (const [place, name] of prospects.entries()) {
    const id = demoId(entered, 'retention', place)
    const there = () => services.db.asBatch((tx) => tx.maybe(sql<{ number: string }>`SELECT number FROM customers_customer_facts WHERE customer_id = ${id}`))
    if (!(await there())) await actAs(services, { staffNo: people.otherBranchManager, day: entered, route: createCustomerRoute, body: { id, kind: 'CORPORATE', name, identity: { kind: 'USCC', number: inventedUscc(96_000 + place, '91', '140700') } } })
    numbers.push((await there())?.number ?? '')
  }
  const [held = '', due = ''] = numbers
  const holdId = demoId('2026-10-20', 'legal-hold')
  await actAs(services, { staffNo: people.compliance, day: '2026-10-20', route: enterLegalHoldRoute, body: { id: holdId, number: held, kind: 'LITIGATION', reason: '（2026）晋 07 民初 412 号，法院调取往来记录' } })
  await actAs(services, { staffNo: people.admin, day: '2026-10-21', route: decideLegalHoldRoute, params: { holdId }, body: { decision: 'CONFIRMED' }, key: 'demo-legal-hold' })
  await retentionJob.run(services, {}, () => Promise.resolve(), newId())
  const found = await services.db.asBatch((tx) => tx.maybe(sql<{ id: string }>`SELECT id FROM retention_case WHERE customer_number = ${due} AND state = 'OPEN'`))
  if (found) await actAs(services, { staffNo: people.compliance, day: demoBank.today, route: signRetentionRoute, body: { caseIds: [found.id], said: 'AGREED', note: '已核对：未开户，无往来' }, key: 'demo-retention' })
}
