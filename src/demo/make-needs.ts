import type { Services } from '../foundation/http/route.ts'
import { sql } from '../foundation/database/transaction.ts'
import { answerNeedRoute, commentNeedCardRoute, moveNeedRoute } from '../visits/needs/keep-needs.ts'
import { recordNeedCardRoute } from '../flows/record-need-card.ts'
import { actAs } from './act-as.ts'
import { demoId } from './demo-id.ts'
import { people } from './known-cases.ts'

type Story = { domain: string; description: string; urgency: string; amountFen: string | null; price: string | null; toldAs: 'STATED' | 'DISCOVERED'; moves: readonly { day: string; to: string; note: string | null; product?: string; idea?: string }[]; answer?: { day: string; result: string; text: string } }
const stories: readonly { surveyedOn: string; decisionMaker: string; suggestions: string; held: readonly { bank: string | null; product: string; amountFen: string; price: string; maturesOn: string }[]; needs: readonly Story[]; comment?: string }[] = [
  {
    surveyedOn: '2026-10-16', decisionMaker: '本人与配偶', suggestions: '大额存单、定期理财', held: [{ bank: '邻行', product: '三年期定期', amountFen: '80000000', price: '2.05%', maturesOn: '2027-01-18' }], comment: '一月到期前两周再联系，争取转入。',
    needs: [
      { domain: 'DEPOSIT', description: '他行定期明年一月到期，希望安全、能随时支取一部分', urgency: 'THREE_MONTHS', amountFen: '80000000', price: '不低于 2.0%', toldAs: 'STATED', moves: [{ day: '2026-10-20', to: 'VERIFIED', note: null }] },
      { domain: 'E_BANKING', description: '子女在外地，希望手机上能代为查看并转账', urgency: 'NOW', amountFen: null, price: null, toldAs: 'DISCOVERED', moves: [{ day: '2026-10-16', to: 'MET', note: '已开通手机银行亲情账户' }] },
    ],
  },
  {
    surveyedOn: '2026-11-12', decisionMaker: '店主本人', suggestions: '收单、经营快贷', held: [{ bank: null, product: '活期存款', amountFen: '12600000', price: '0.10%', maturesOn: '' }],
    needs: [
      { domain: 'SETTLEMENT', description: '三家门店希望一个二维码收款并按门店对账', urgency: 'NOW', amountFen: null, price: null, toldAs: 'STATED', moves: [{ day: '2026-11-16', to: 'CANNOT', note: '现有收单只支持单店对账' }, { day: '2026-11-17', to: 'ESCALATED', note: '请分行协调收单系统按门店出账' }] },
      { domain: 'FINANCING', description: '春节前备货，需三个月周转', urgency: 'NOW', amountFen: '30000000', price: '4% 左右', toldAs: 'DISCOVERED', moves: [{ day: '2026-11-13', to: 'VERIFIED', note: null }] },
    ],
  },
  {
    surveyedOn: '2026-09-24', decisionMaker: '本人', suggestions: '', held: [],
    needs: [
      { domain: 'CROSS_BORDER', description: '孩子在境外读书，希望学费按学期自动购汇汇出', urgency: 'TWELVE_MONTHS', amountFen: '25000000', price: null, toldAs: 'STATED',
        moves: [{ day: '2026-09-25', to: 'ESCALATED', note: '请分行看是否有自动购汇产品' }], answer: { day: '2026-10-09', result: 'GAP', text: '目前没有按计划自动购汇的产品，已记入产品设想' } },
    ],
  },
]

/** Need cards of the manager of the stories: met, verified, sent up and waiting, answered as a gap. Each done by the person who would do it, on the day; a second run finds it done. */
export async function makeNeeds(services: Services): Promise<void> {
  const held = await services.db.asBatch((tx) => tx.all(sql<{ customer_id: string }>`
    SELECT a.customer_id FROM customers_assignment_facts a JOIN organisation_staff_facts s ON s.staff_key = a.staff_key JOIN customers_customer_facts k ON k.customer_id = a.customer_id
    WHERE s.staff_no = ${people.manager} AND a.main AND a.to_date IS NULL AND a.from_date <= '2026-09-01' AND k.kind = 'PERSON' AND k.status = 'ACTIVE' ORDER BY k.number LIMIT ${stories.length}`))
  for (const [place, story] of stories.entries()) {
    const customerId = held[place]?.customer_id
    if (customerId === undefined) continue
    const cardId = demoId(story.surveyedOn, `need-card-${place}`)
    const needIds = story.needs.map((_need, nth) => demoId(story.surveyedOn, `need-${place}-${nth}`))
    await actAs(services, {
      staffNo: people.manager, day: story.surveyedOn, route: recordNeedCardRoute, params: { customerId },
      body: {
        id: cardId, surveyedOn: story.surveyedOn, channel: 'VISIT', decisionMaker: story.decisionMaker, obstacles: null, suggestions: story.suggestions === '' ? null : story.suggestions, nextAction: null, nextOn: null, confirmation: 'SIGNATURE', confirmationRef: null,
        holdings: story.held.map((one) => ({ ...one, maturesOn: one.maturesOn === '' ? null : one.maturesOn })),
        needs: story.needs.map((need, nth) => ({ id: needIds[nth], domain: need.domain, description: need.description, urgency: need.urgency, amountFen: need.amountFen, expectedPrice: need.price, toldAs: need.toldAs })),
      },
    })
    for (const [nth, need] of story.needs.entries()) {
      for (const [step, move] of need.moves.entries()) {
        await actAs(services, { staffNo: people.manager, day: move.day, route: moveNeedRoute, params: { customerId, needId: needIds[nth] }, body: { id: demoId(move.day, `need-move-${place}-${nth}-${step}`), to: move.to, note: move.note, productCode: move.product ?? null, ideaTitle: move.idea ?? null } })
      }
      if (need.answer) await actAs(services, { staffNo: people.teamLead, day: need.answer.day, route: answerNeedRoute, params: { customerId, needId: needIds[nth] }, body: { result: need.answer.result, answer: need.answer.text, productCode: null }, key: `demo-answer-${place}-${nth}` })
    }
    if (story.comment !== undefined) await actAs(services, { staffNo: people.teamLead, day: '2026-10-21', route: commentNeedCardRoute, params: { customerId, cardId }, body: { comment: story.comment }, key: `demo-need-comment-${place}` })
  }
}
