import { addRowRoute } from '../customers/file/save-row.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { confirmTemplateRoute, proposeTemplateRoute, returnTemplateRoute } from '../messages/keep-templates.ts'
import { previewGreetingsRoute, sendGreetingsRoute } from '../messages/send-greetings.ts'
import { actAs } from './act-as.ts'
import { demoId } from './demo-id.ts'
import { demoBank, people } from './known-cases.ts'

const proposed = '2026-11-16'
const decided = '2026-11-17'
type Template = { code: string; name: string; kind: string; festival?: string; leadDays?: number; content: string; decision: 'CONFIRMED' | 'RETURNED' | null }
const templates: readonly Template[] = [
  { code: 'NEW_YEAR', name: '元旦问候', kind: 'FESTIVAL', festival: 'NEW_YEAR', content: '{客户}您好，{银行}客户经理{客户经理}祝您元旦快乐，阖家安康。', decision: 'CONFIRMED' },
  { code: 'BIRTHDAY', name: '生日问候', kind: 'BIRTHDAY', content: '{客户}您好，今天是您的生日，{银行}{客户经理}祝您生日快乐，健康如意。', decision: 'CONFIRMED' },
  { code: 'ENDS_IN_7', name: '到期前 7 天提醒', kind: 'MATURITY', leadDays: 7, content: '{客户}您好，您的{产品}将于{到期日}到期，{银行}{客户经理}提醒您留意，届时可到网点或联系我。', decision: 'CONFIRMED' },
  { code: 'CALL', name: '约定回访提醒', kind: 'CALL_BACK', content: '{客户}您好，{银行}{客户经理}将于{联系日}与您联系，如不方便请告知。', decision: 'CONFIRMED' },
  { code: 'SPRING', name: '春节问候', kind: 'FESTIVAL', festival: 'SPRING_FESTIVAL', content: '{客户}您好，{银行}{客户经理}给您拜年，祝新春吉祥，万事如意。', decision: null },
  { code: 'ENDS_IN_30', name: '到期前 30 天提醒', kind: 'MATURITY', leadDays: 30, content: '{客户}，{产品}{到期日}到期，请尽快联系{客户经理}。', decision: 'RETURNED' },
]

/** Templates by two persons (one waits, one was returned), consents of some customers, greetings and reminders of three managers. No channel is set up in the demo: what is due waits in the outbox, and the pages say so. */
export async function makeMessages(services: Services): Promise<void> {
  const idOf = (code: string): string => demoId(proposed, 'template', code)
  for (const { code, decision, ...template } of templates) {
    await actAs(services, { staffNo: people.compliance, day: proposed, route: proposeTemplateRoute, body: { id: idOf(code), code, channel: 'SMS', platformCode: `JH-${code}`, ...template } })
    const params = { templateId: idOf(code) }
    if (decision === 'CONFIRMED') await actAs(services, { staffNo: people.admin, day: decided, route: confirmTemplateRoute, params, key: `demo-template-${code}` })
    if (decision === 'RETURNED') await actAs(services, { staffNo: people.admin, day: decided, route: returnTemplateRoute, params, body: { reason: '语气生硬，请改为提醒' }, key: `demo-template-${code}` })
  }
  const senders = [people.manager, people.colleague, people.corporateManager]
  const willing = await services.db.asBatch((tx) => tx.all(sql<{ customer_id: string; staff_no: string }>`
    SELECT k.customer_id, s.staff_no FROM customers_customer_facts k JOIN organisation_staff_facts s ON s.staff_key = k.main_staff_key JOIN customers_assignment_facts a ON a.customer_id = k.customer_id AND a.main AND a.to_date IS NULL AND a.from_date <= '2026-06-01'
    WHERE s.staff_no = ANY(${senders}::text[]) AND k.status = 'ACTIVE' AND EXISTS (SELECT FROM customers_address_facts p WHERE p.customer_id = k.customer_id AND p.channel = 'SMS')
      AND NOT EXISTS (SELECT FROM customers_consent_facts f WHERE f.customer_id = k.customer_id AND f.consent_for = 'MARKETING' AND f.given_on <> '2026-06-08')
      AND right(k.number, 1) IN ('1', '3', '4', '7') ORDER BY k.number LIMIT 60`))
  for (const { customer_id: customerId, staff_no: staffNo } of willing) {
    await actAs(services, {
      staffNo, day: '2026-06-08', route: addRowRoute, params: { customerId },
      body: { list: 'CONSENTS', id: demoId('2026-06-08', 'consent', customerId), values: { consentFor: 'MARKETING', statedPurpose: '接收节日问候与到期提醒', givenOn: '2026-06-08', proof: 'ELECTRONIC' } },
    })
  }
  for (const staffNo of senders) {
    for (const [code, ownLine] of [['NEW_YEAR', staffNo === people.colleague ? '新的一年继续为您服务。' : null], ['BIRTHDAY', null], ['ENDS_IN_7', null], ['CALL', '我会先发短信约时间。']] as const) {
      const id = demoId(demoBank.today, 'greetings', staffNo, code)
      if (await services.db.asBatch((tx) => tx.maybe(sql`SELECT 1 FROM message_batch WHERE id = ${id}`))) continue
      const { receivers } = await actAs(services, { staffNo, day: demoBank.today, route: previewGreetingsRoute, query: { templateId: idOf(code) } }) as { receivers: { customerId: string }[] }
      const customerIds = receivers.slice(0, 20).map(({ customerId }) => customerId)
      if (customerIds.length > 0) await actAs(services, { staffNo, day: demoBank.today, route: sendGreetingsRoute, body: { id, templateId: idOf(code), ownLine, customerIds } })
    }
  }
}
