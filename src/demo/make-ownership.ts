import { beginOwnershipPolicy } from '../customers/ownership/begin-ownership-policy.ts'
import { claimCustomerRoute } from '../customers/ownership/claim-customer.ts'
import { sampleHandOverRoute } from '../customers/ownership/change-hand-over.ts'
import { openHandOverRoute } from '../customers/ownership/open-hand-over.ts'
import { signHandOver } from '../customers/ownership/sign-hand-over.ts'
import { startOwnershipDay } from '../customers/ownership/start-day.ts'
import { askSubstitutionRoute } from '../customers/ownership/substitute.ts'
import { finishHandOverListRoute } from '../flows/list-hand-over.ts'
import { confirmSubstitutionRoute } from '../flows/substitute.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { actAs } from './act-as.ts'
import { demoId } from './demo-id.ts'
import { customers, demoBank, people } from './known-cases.ts'
import { dayParts } from '../flows/parts/start-day.ts'

const today = demoBank.today

type Person = { staffNo: string; staffKey: number; postKey: number; breadth: 'SELF' | 'UNIT' | 'ALL'; postCode: string; linePath: string; placeKey: number; grade: string | null }

/** Hand-overs in several states, one of them closed, a substitution of today, claims and a dispute in the pool: each by the person who would do it, on its day. */
export async function makeOwnership(services: Services): Promise<void> {
  // this bank's managers look after more companies than the usual figures allow: its own capacities
  await services.db.asBatch((tx) => beginOwnershipPolicy(tx, {
    from: '2026-01-01', version: '2', legalBasis: '晋河银行客户经理管户配比（2026 年）', values: { capacity_credit: '80', capacity_corporate: '150', factor_a: '0.75' },
  }))
  const staff = await services.db.asBatch((tx) => tx.all(sql<Person>`
    SELECT DISTINCT ON (f.staff_key) f.staff_no AS "staffNo", f.staff_key AS "staffKey", f.post_key AS "postKey", f.breadth, f.post_code AS "postCode", f.line_path AS "linePath", f.place_key AS "placeKey",
      (SELECT g.grade FROM organisation_grade_facts g WHERE g.staff_key = f.staff_key AND g.from_date <= ${today} AND (g.to_date IS NULL OR g.to_date > ${today})) AS grade
    FROM organisation_post_facts f WHERE f.breadth <> 'NONE' AND f.sequence = 'FRONT' AND f.from_date <= ${today} AND (f.to_date IS NULL OR f.to_date > ${today}) ORDER BY f.staff_key, f.main DESC`))
  const by = (staffNo: string): Person => {
    const found = staff.find((one) => one.staffNo === staffNo)
    if (!found) throw new Error(`nobody has the number ${staffNo}`)
    return found
  }
  const known = new Set<string>(Object.values(people))
  // outlets outside of the stories with two managers of one line
  const outlets = staff.filter((one) => one.postCode === 'OUTLET_HEAD' && !known.has(one.staffNo)).sort((a, b) => (a.staffNo < b.staffNo ? -1 : 1))
  const managersOf = (head: Person): Person[] => staff.filter((one) => one.postCode === 'RM' && one.linePath === head.linePath && !known.has(one.staffNo)).sort((a, b) => (a.staffNo < b.staffNo ? -1 : 1))
  const places = outlets.map((head) => ({ head, managers: managersOf(head) })).filter(({ managers }) => managers.length >= 2)

  const made = [
    { name: 'closed', opened: '2026-11-11', listed: '2026-11-12', signed: '2026-11-13', effective: '2026-11-16', cause: 'OVERLOAD', reason: '负荷调整，移交基础客户', core: false },
    { name: 'follow-up', opened: '2026-11-12', listed: '2026-11-13', signed: '2026-11-17', effective: '2026-11-18', cause: 'TRANSFER', reason: '轮岗移交', core: true },
    { name: 'signed', opened: '2026-11-19', listed: '2026-11-20', signed: today, effective: '2026-12-01', cause: 'RETIREMENT', reason: '年末退休', core: true },
  ] as const
  for (const [place, story] of made.entries()) {
    const at = places[place]
    const [leaver, receiver] = at?.managers ?? []
    if (!at || !leaver || !receiver) continue
    const { head } = at
    const id = demoId(story.opened, `hand-over ${story.name}`)
    // made before this process was cut off: its list stands
    const before = await listed(services, id)
    const picked = before.length > 0 ? [] : await held(services, leaver.staffKey, story.core, 6)
    if (before.length + picked.length === 0) continue
    if (before.length === 0) await actAs(services, { staffNo: head.staffNo, day: story.opened, route: openHandOverRoute, body: { id, leaverKey: leaver.staffKey, cause: story.cause, effectiveOn: story.effective, receivers: [receiver.staffKey], supervisorKey: head.staffKey, reason: story.reason, customers: picked } })
    await actAs(services, { staffNo: leaver.staffNo, day: story.listed, route: finishHandOverListRoute, params: { handOverId: id }, body: { listVersion: 1 }, key: `demo-${id}-list` })
    const check = await services.db.asBatch((tx) => tx.all(sql<{ customer_id: string }>`SELECT customer_id FROM customers_hand_over_item_facts WHERE hand_over_id = ${id} AND must_sample AND state = 'OPEN'`))
    if (check.length > 0) await actAs(services, { staffNo: receiver.staffNo, day: story.listed, route: sampleHandOverRoute, params: { handOverId: id }, body: { customers: check.map((row) => row.customer_id), note: '档案与余额已核对' }, key: `demo-${id}-samples` })
    // today's waits for the receiver
    const signers = story.name === 'signed' ? [leaver] : [leaver, receiver, head]
    for (const person of signers) {
      const signed = await services.db.asPerson(person, story.signed, null, (tx) => signHandOver(tx, { staffKey: person.staffKey }, { handOverId: id, listVersion: 1, declared: true, day: story.signed }))
      if (!signed.ok && !['signed-already', 'hand-over-ended'].includes(signed.refusal.name)) throw new Error(`hand-over ${story.name} not signed: ${signed.refusal.name}`)
    }
    if (story.effective <= today) await startOwnershipDay(services.db, story.effective, dayParts)
  }

  // 欧阳建平's list waits for 单文博, who must check
  const [leaving, receiving, lead] = [by(people.transferred), by(people.corporateManager), by(people.teamLead)]
  const listedId = demoId(today, 'hand-over listed')
  const companies = (await listed(services, listedId)).length > 0 ? [] : await held(services, leaving.staffKey, true, 4)
  if (companies.length > 0) {
    const id = listedId
    await actAs(services, { staffNo: people.outletHead, day: today, route: openHandOverRoute, body: { id, leaverKey: leaving.staffKey, cause: 'TRANSFER', effectiveOn: '2026-12-01', receivers: [receiving.staffKey], reason: '调整对公客户分工', customers: companies } })
    await actAs(services, { staffNo: leaving.staffNo, day: today, route: finishHandOverListRoute, params: { handOverId: id }, body: { listVersion: 1 }, key: `demo-${id}-list` })
  }

  // 张子涵 is away until Friday: three of her customers are looked after by 李晓雯, or by the lead where the grade forbids
  const [absent, colleague] = [by(people.colleague), by(people.manager)]
  const substitute = (colleague.grade ?? 'A') >= (absent.grade ?? 'A') ? colleague : lead
  const chosen = await held(services, absent.staffKey, false, 3)
  if (chosen.length > 0) {
    const id = demoId(today, 'substitution')
    await actAs(services, { staffNo: absent.staffNo, day: today, route: askSubstitutionRoute, body: { id, substituteKey: substitute.staffKey, from: today, until: '2026-11-27', reason: '参加总行培训', customers: chosen } })
    await actAs(services, { staffNo: substitute === lead ? people.outletHead : people.teamLead, day: today, route: confirmSubstitutionRoute, params: { substitutionId: id }, body: { agree: true, pair: true }, key: `demo-${id}` })
  }

  // the pool of 城南: one claim that stands alone, one that two want
  const pool = await services.db.asBatch((tx) => tx.all(sql<{ customer_id: string }>`
    SELECT customer_id FROM customers_customer_facts WHERE main_staff_key IS NULL AND outlet_key = ${colleague.placeKey} AND tier IN ('T3', 'T4') AND status = 'ACTIVE' AND number <> ALL(${Object.values(customers)}::text[]) ORDER BY number LIMIT 2`))
  const [alone, disputed] = pool
  const claim = (staffNo: string, customerId: string, name: string, reason: string): Promise<unknown> => actAs(services, { staffNo, day: today, route: claimCustomerRoute, params: { customerId }, body: { id: demoId(today, name), reason } })
  if (alone) await claim(people.manager, alone.customer_id, 'claim alone', '客户住所在本网点附近，来网点办业务时多次接待')
  if (disputed) {
    await claim(people.manager, disputed.customer_id, 'claim one', '与客户同小区，已电话联系')
    await claim(people.colleague, disputed.customer_id, 'claim two', '客户经其企业代发工资认识，正在办理')
  }
}

async function listed(services: Services, handOverId: string): Promise<string[]> {
  return (await services.db.asBatch((tx) => tx.all(sql<{ customer_id: string }>`SELECT customer_id FROM customers_hand_over_item_facts WHERE hand_over_id = ${handOverId}`))).map((row) => row.customer_id)
}

/** Some customers that a person holds alone, none of the known cases: with core and credit customers among them, or none. */
async function held(services: Services, staffKey: number, core: boolean, most: number): Promise<string[]> {
  const rows = await services.db.asBatch((tx) => tx.all(sql<{ customer_id: string }>`
    SELECT k.customer_id FROM customers_assignment_facts a JOIN customers_customer_facts k ON k.customer_id = a.customer_id
    WHERE a.staff_key = ${staffKey} AND a.main AND a.share_pct = 100 AND a.from_date <= '2026-11-01' AND a.to_date IS NULL AND k.status = 'ACTIVE' AND k.number <> ALL(${Object.values(customers)}::text[])
      ${core ? sql`` : sql`AND k.tier IN ('T3', 'T4') AND NOT EXISTS (SELECT FROM holdings_loan_facts l WHERE l.customer_id = k.customer_id)`}
    ORDER BY ${core ? sql`k.tier` : sql`k.tier DESC`}, k.number LIMIT ${most}`))
  return rows.map((row) => row.customer_id)
}
