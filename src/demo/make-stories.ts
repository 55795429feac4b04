import { giveGrantRoute } from '../access/give-grant.ts'
import { noteKeyEventRoute } from '../contact-plan/list-leader-visits.ts'
import { addSecretNoteRoute } from '../conduct/secret-notes.ts'
import { recordContactRoute } from '../flows/record-contact.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { actAs } from './act-as.ts'
import { bankPlan } from './bank-plan.ts'
import { demoId } from './demo-id.ts'
import { customers, people } from './known-cases.ts'

/** What the known cases need besides figures: grants, a restricted text, a secret note. Each done by the person who would do it, on the day; a second run finds it done. */
export async function makeStories(services: Services): Promise<void> {
  const ids = await services.db.asBatch((tx) => tx.all(sql<{ number: string; customer_id: string }>`SELECT number, customer_id FROM customers_customer_facts WHERE number = ANY(${Object.values(customers)}::text[])`))
  const staff = await services.db.asBatch((tx) => tx.all(sql<{ staff_no: string; staff_key: number }>`SELECT staff_no, staff_key FROM organisation_staff_facts WHERE staff_no = ANY(${Object.values(people)}::text[])`))
  const customerId = (number: string): string => ids.find((row) => row.number === number)?.customer_id ?? ''
  const staffKey = (staffNo: string): number => staff.find((row) => row.staff_no === staffNo)?.staff_key ?? 0
  // who leads the team of the other branch gives reading of its customers
  const lead = bankPlan().people.find(({ posts }) => posts.some(({ post, line }) => post === 'TEAM_LEAD' && line === '143901'))?.staffNo ?? ''

  await actAs(services, {
    staffNo: people.manager, day: '2026-10-20', route: recordContactRoute, params: { customerId: customerId(customers.withRestrictedText) },
    body: {
      id: demoId('2026-10-20', 'restricted'), mode: 'VISIT', purpose: 'NEEDS', businessDate: '2026-10-20', startTime: '15:30', summary: '上门拜访，客户有购置学区房的打算，资金安排另行沟通。', contactPerson: '本人及配偶',
      nextAction: '准备资金安排建议', nextOn: '2026-10-28',
      restricted: { text: '客户私下说明正在办理离婚，财产尚未分割，请勿与配偶谈及账户余额。', readers: [staffKey(people.teamLead)] },
    },
  })
  await actAs(services, {
    staffNo: people.aml, day: '2026-11-10', route: addSecretNoteRoute, params: { customerId: customerId(customers.withSecretNote) },
    body: { id: demoId('2026-11-10', 'secret'), text: '近两个月多笔整数转入，对手分散，当日转出，与申报职业不符。列入观察，补充尽职调查前不得向客户或经办透露。', readers: [] },
  })
  await actAs(services, {
    staffNo: lead, day: '2026-11-10', route: giveGrantRoute, params: { customerId: customerId(customers.granted) },
    body: { id: demoId('2026-11-10', 'grant'), staffKey: staffKey(people.manager), reason: '客户子女在太原购房，两行配合', until: '2026-12-31' },
  })
  await actAs(services, {
    staffNo: lead, day: '2026-10-09', route: giveGrantRoute, params: { customerId: customerId(customers.expiredGrant) },
    body: { id: demoId('2026-10-09', 'grant'), staffKey: staffKey(people.formerlyGranted), reason: '客户在迎泽开店，了解往来', until: '2026-10-31' },
  })
  // a leader is asked for at once: a complaint to the manager's own customer, a contract of the corporate manager's
  await actAs(services, {
    staffNo: people.manager, day: '2026-11-20', route: noteKeyEventRoute, params: { customerId: customerId(customers.withRestrictedText) },
    body: { id: demoId('2026-11-20', 'complaint'), kind: 'COMPLAINT', day: '2026-11-20', note: '客户反映网点排队超过一小时，希望负责人当面说明。' },
  })
}
