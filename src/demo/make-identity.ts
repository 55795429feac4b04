import { decideIdentityChangeRoute } from '../customers/identity/decide-change.ts'
import { proposeIdentityChangeRoute } from '../customers/identity/propose-change.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { actAs } from './act-as.ts'
import { demoId } from './demo-id.ts'
import { people } from './known-cases.ts'

const day = '2026-11-19'
const decided = '2026-11-20'

/** Changes of who a customer is, of the corporate manager's companies: a new name that waits, a new legal representative that was confirmed, one that was returned for a better paper. */
export async function makeIdentity(services: Services): Promise<void> {
  const [waits, confirmed, returned] = await services.db.asBatch((tx) => tx.all(sql<{ id: string; name: string }>`
    SELECT c.customer_id AS id, c.name FROM customers_customer_facts c JOIN customers_assignment_facts a ON a.customer_id = c.customer_id AND a.main AND a.from_date <= ${day} AND (a.to_date IS NULL OR a.to_date > ${decided})
    JOIN organisation_staff_facts s ON s.staff_key = a.staff_key AND s.staff_no = ${people.corporateManager} JOIN corporate k ON k.customer_id = c.customer_id AND k.legal_representative IS NOT NULL
    WHERE c.kind = 'CORPORATE' AND c.status = 'ACTIVE' AND c.main_staff_key = s.staff_key ORDER BY c.number OFFSET 3 LIMIT 3`))
  const ask = async (customerId: string, place: number, body: object): Promise<string> => {
    const id = demoId(day, 'identity', place)
    await actAs(services, { staffNo: people.corporateManager, day, route: proposeIdentityChangeRoute, params: { customerId }, body: { id, sameNameSeen: true, ...body } })
    return id
  }
  const decide = (customerId: string, changeId: string, body: object): Promise<unknown> =>
    actAs(services, { staffNo: people.teamLead, day: decided, route: decideIdentityChangeRoute, params: { customerId, changeId }, body, key: `demo-identity-${changeId}` })
  if (waits) await ask(waits.id, 1, { field: 'NAME', name: waits.name.replace(/(?:股份|集团)?有限(?:责任)?公司$/, '科技集团有限公司'), proof: '准予变更登记通知书（并）登字〔2026〕第 118 号', reason: '集团化改制，营业执照已换发' })
  if (confirmed) await decide(confirmed.id, await ask(confirmed.id, 2, { field: 'LEGAL_REPRESENTATIVE', personName: '郝志远', idKind: null, idNumber: null, proof: '变更登记通知书及股东会决议', reason: '董事会换届' }), { decision: 'CONFIRMED', note: '与登记机关公示一致' })
  if (returned) await decide(returned.id, await ask(returned.id, 3, { field: 'LEGAL_REPRESENTATIVE', personName: '任建平', idKind: null, idNumber: null, proof: '股东会决议', reason: '拟更换法定代表人' }), { decision: 'RETURNED', note: '登记机关尚未变更，请取得通知书后再提交' })
}
