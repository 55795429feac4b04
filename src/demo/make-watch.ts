import { recordContactRoute } from '../flows/record-contact.ts'
import { bankCalendar } from '../foundation/calendar/read-calendar.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Route, Services } from '../foundation/http/route.ts'
import { answerAlertRoute, silenceAlertRoute } from '../watch/answer-alert.ts'
import { decideLeadRoute } from '../watch/list-leads.ts'
import { refreshGaps } from '../watch/refresh-gaps.ts'
import { prepareMaturityRoute, setMaturityResultRoute } from '../watch/prepare-maturity.ts'
import { actAs } from './act-as.ts'
import { Chance } from './chance.ts'
import { demoId } from './demo-id.ts'
import { customers, demoBank, people } from './known-cases.ts'

const { today } = demoBank
type Alert = { id: string; customer_id: string; number: string; kind: string; about: string; staff_no: string; amount_fen: string }
type Ended = { id: string; customer_id: string; number: string; object_key: string; staff_no: string; amount_fen: string }

/** What is lacking since relations are known: what the next delivery would find. */
export async function findGapsOfRelations(services: Services): Promise<void> {
  await services.db.asBatch(async (tx) => refreshGaps({ tx, batch: demoId(today, 'gaps of relations'), why: 'demo: relations are known', businessDate: today, effects: [], bankCode: demoBank.code, calendar: await bankCalendar(tx) }))
}

/** Who does it holds a post on the day: the alert's owner. */
const owned = sql`JOIN customers_customer_facts k ON k.customer_id = x.customer_id JOIN organisation_staff_facts s ON s.staff_key = k.main_staff_key
  WHERE EXISTS (SELECT FROM organisation_post_facts p WHERE p.staff_key = s.staff_key AND p.post_code = 'RM' AND p.from_date <= ${today} AND (p.to_date IS NULL OR p.to_date > ${today}))`

/**
 * What people did with what is watched: some alerts were called about and judged, one is silent, an end is prepared, most of what ended has its result, two leads were decided. Which ones follows from the customer's
 * number alone; what was done in a run before is found done. The movements of the stories are left for the visitor.
 */
export async function makeWatch(services: Services): Promise<void> {
  const act = (staffNo: string, route: Route, params: Record<string, string>, body: unknown, key: string): Promise<unknown> => actAs(services, { staffNo, day: today, route, params, body, key: `demo-watch-${key}` })
  const stories = new Set<string>([customers.sharedCompany, customers.own, customers.shared])
  const alerts = await services.db.asBatch((tx) => tx.all(sql<Alert>`
    SELECT x.id, x.customer_id, k.number, x.kind, x.about, s.staff_no, x.amount_fen::text FROM alert x ${owned} AND x.state = 'OPEN' AND x.contacted_on IS NULL ORDER BY k.number, x.kind, x.about`))
  // 李晓雯: one alert is silent for a week
  const silent = alerts.find((alert) => alert.staff_no === people.manager && alert.kind === 'MATURITY' && !stories.has(alert.number))
  for (const alert of alerts) {
    if (alert === silent) continue
    const chance = new Chance('demo', 'answer', alert.number, alert.kind, alert.about)
    if (stories.has(alert.number) || !chance.hits(alert.kind === 'GAP' ? 0.02 : alert.kind === 'MATURITY' ? 0.04 : 0.4)) continue
    const params = { customerId: alert.customer_id, alertId: alert.id }
    if (alert.kind !== 'GAP' && chance.hits(0.3)) {
      await act(alert.staff_no, answerAlertRoute, params, { reasonCode: chance.pick(['SEASONAL', 'PAYROLL', 'PURCHASE', 'UNKNOWN']), note: '每月固定往来，非异常变动', done: true, judged: 'FALSE_ALARM' }, `false-${alert.number}-${alert.kind}-${alert.about}`)
      continue
    }
    const contactId = demoId(today, 'watch contact', alert.number, alert.kind, alert.about)
    const [reasonCode, said] = chance.pick<readonly [string, string]>(alert.kind === 'GAP' ? [['HAS_ELSEWHERE', '已在他行办理，合同明年到期，届时再谈。'], ['NO_NEED', '暂无需求，季度后再联系。']] as const
      : [['PURCHASE', '电话了解为采购付款，货到后将有回款。'], ['INVESTMENT', '用于对外投资，预计三个月后部分转回。'], ['OTHER_BANK', '他行利率较高，已报送定价申请，约定下周面谈。']] as const)
    await act(alert.staff_no, recordContactRoute, { customerId: alert.customer_id }, { id: contactId, mode: 'PHONE', purpose: alert.kind === 'GAP' ? 'PRODUCT' : 'ROUTINE', businessDate: today, summary: said }, contactId)
    const done = chance.hits(0.7)
    await act(alert.staff_no, answerAlertRoute, params, {
      reasonCode, note: said, contactId, done, judged: done ? 'JUSTIFIED' : null, wonFen: alert.kind === 'LEAKAGE' && done ? String(BigInt(alert.amount_fen) / 4n) : null,
    }, `answer-${alert.number}-${alert.kind}-${alert.about}`)
  }

  if (silent) await act(people.manager, silenceAlertRoute, { customerId: silent.customer_id, alertId: silent.id }, { until: '2026-11-30', reason: '客户出差，约定 12 月 1 日面谈' }, `silent-${silent.number}`)
  const ends = await services.db.asBatch((tx) => tx.all(sql<Ended & { past: boolean }>`
    SELECT x.id, x.customer_id, k.number, x.object_key, s.staff_no, x.amount_fen::text, x.ends_on < ${today} AS past FROM maturity x ${owned}
      AND x.kind IN ('TIME_DEPOSIT', 'WEALTH') AND x.result IS NULL AND x.prepared_on IS NULL AND x.withdrawn_on IS NULL AND x.ends_on > ${today}::date - 100 AND x.ends_on < ${today}::date + 40 ORDER BY k.number, x.object_key`))
  for (const end of ends) {
    const chance = new Chance('demo', 'end', end.number, end.object_key)
    const params = { customerId: end.customer_id, maturityId: end.id }
    if (end.past && chance.hits(0.75)) {
      const result = chance.weighted([['RENEWED', 5], ['MOVED', 2], ['LEFT', 3]])
      await act(end.staff_no, setMaturityResultRoute, params, { result, renewedFen: result === 'RENEWED' && chance.hits(0.3) ? String((BigInt(end.amount_fen) * 6n) / 10n) : null, note: result === 'LEFT' ? '转往他行购买理财' : null }, `result-${end.number}-${end.object_key}`)
    } else if (!end.past && !stories.has(end.number) && chance.hits(0.25)) {
      await act(end.staff_no, prepareMaturityRoute, params, { note: chance.pick(['客户有续存意向，已报一年期利率', '拟转投封闭式理财，待做风险评估', '已约到期日到网点办理']) }, `prepare-${end.number}-${end.object_key}`)
    }
  }
  const leads = await services.db.asBatch((tx) => tx.all(sql<{ id: string; name: string; state: string }>`SELECT id, name, state FROM payee_lead WHERE direction = 'PAYEE' AND listed ORDER BY customers DESC, sum_fen DESC, normal_name LIMIT 2`))
  for (const [place, lead] of leads.entries()) {
    if (lead.state !== 'OPEN') continue
    await act(place === 0 ? people.corporateManager : people.manager, decideLeadRoute, { leadId: lead.id }, place === 0 ? { take: true } : { take: false, note: '已在他行开立基本户，暂不具备条件' }, `lead-${lead.name}`)
  }
}
