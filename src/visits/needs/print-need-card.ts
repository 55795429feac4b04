import type { FormSheet } from '../../foundation/documents/form-sheet.ts'
import { sql } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { recordReading } from '../../foundation/store/store.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { yuan } from '../form-words.ts'
import { frameOf, writeForms } from '../print-contacts.ts'
import { printNeedCard } from '../print.contract.ts'
import type { NeedCardView, NeedView } from './need.contract.ts'

const domainWords: Readonly<Record<NeedView['domain'], string>> = {
  DEPOSIT: '存款理财', FINANCING: '融资', SETTLEMENT: '结算', CASH_MANAGEMENT: '现金管理', PAYROLL_RETAIL: '代发与员工零售', CROSS_BORDER: '跨境', INVESTMENT_BANKING: '投资银行', E_BANKING: '电子银行', OTHER: '其他',
}
const urgencyWords: Readonly<Record<NeedView['urgency'], string>> = { NOW: '当前', THREE_MONTHS: '三个月内', TWELVE_MONTHS: '一年内' }
const stateWords: Readonly<Record<NeedView['state'], string>> = { OPEN: '待核实', VERIFIED: '有效需求', CANNOT: '本行暂不能满足', MATCHED: '已匹配产品', ESCALATED: '已上报', GAP: '产品空白', MET: '已满足', REJECTED: '无效' }
const channelWords: Readonly<Record<NeedCardView['channel'], string>> = { VISIT: '走访', PHONE: '电话', VIDEO: '视频', WECHAT: '企业微信', OUTLET: '网点' }
const segmentWords: Readonly<Record<string, string>> = { CORPORATE: '企业客户', PERSON: '个人客户' }

type Card = {
  number: string; customer_name: string; customer_number: string; tier: string; kind: string; staff_name: string; surveyed_on: string; channel: NeedCardView['channel']; decision_maker: string | null; obstacles: string | null; suggestions: string | null
  next_action: string | null; next_on: string | null; confirmation: string | null; confirmation_ref: string | null; comment: string | null; commented_by: string | null; commented_on: string | null
}
type Held = { bank: string | null; product: string; amount: string | null; price: string | null; matures_on: string | null }
type Need = { domain: NeedView['domain']; description: string; urgency: NeedView['urgency']; amount: string | null; expected_price: string | null; told_as: string; state: NeedView['state']; product: string | null; sent: string | null }

/** The card in the bank's form: what the customer has, what it needs, what became of each need. Empty lines are there to be filled by hand. */
export const printNeedCardRoute = handle(printNeedCard, async (tx, { params: { customerId, cardId }, body }, context) => {
  const card = await tx.maybe(sql<Card>`
    SELECT c.number, k.name AS customer_name, k.number AS customer_number, k.tier, k.kind, s.staff_name, c.surveyed_on, c.channel, c.decision_maker, c.obstacles, c.suggestions, c.next_action, c.next_on, c.confirmation, c.confirmation_ref, c.comment,
      m.staff_name AS commented_by, c.commented_on
    FROM need_card c JOIN customers_customer_facts k ON k.customer_id = c.customer_id JOIN organisation_staff_facts s ON s.staff_key = c.staff_key LEFT JOIN organisation_staff_facts m ON m.staff_key = c.commented_by
    WHERE c.customer_id = ${customerId} AND c.id = ${cardId}`)
  if (!card) return refuse('not-found')
  const held = await tx.all(sql<Held>`SELECT bank, product, amount_fen::text AS amount, price, matures_on FROM need_card_holding WHERE customer_id = ${customerId} AND card_id = ${cardId} ORDER BY place`)
  const needs = await tx.all(sql<Need>`
    SELECT n.domain, n.description, n.urgency, n.amount_fen::text AS amount, n.expected_price, n.told_as, n.state, coalesce(p.name, i.title) AS product,
      (SELECT '上报 ' || e.escalated_on || coalesce('，答复 ' || e.answered_on, '，应于 ' || e.answer_by || ' 前答复') FROM need_escalation e WHERE e.customer_id = n.customer_id AND e.need_id = n.id ORDER BY e.escalated_on DESC, e.id DESC LIMIT 1) AS sent
    FROM need n LEFT JOIN holdings_product_facts p ON p.code = n.product_code LEFT JOIN need_idea i ON i.customer_id = n.customer_id AND i.need_id = n.id WHERE n.customer_id = ${customerId} AND n.card_id = ${cardId} ORDER BY n.place`)
  await recordReading(tx, { table: 'need_card', objectId: cardId, customerId, why: body.purpose, about: { print: 'YQ-KH-01', format: body.format } })
  const sheet: FormSheet = {
    title: '客户需求卡', number: `编号：${card.number}`,
    rows: [
      { kind: 'fields', cells: [{ label: '客户名称', text: card.customer_name }] },
      { kind: 'fields', cells: [{ label: '客户号', text: card.customer_number }, { label: '客户类别', text: `${segmentWords[card.kind] ?? ''} ${card.tier}` }, { label: '客户经理', text: card.staff_name }] },
      { kind: 'fields', cells: [{ label: '调查日期', text: card.surveyed_on }, { label: '调查方式', text: channelWords[card.channel] }, { label: '决策人', text: card.decision_maker ?? '' }] },
      { kind: 'heading', text: '现有产品（本行与他行）' },
      { kind: 'table', head: ['银行', '产品', '金额', '价格', '到期日'], widths: [18, 30, 22, 14, 16], least: 3, rows: held.map((one) => [one.bank ?? '本行', one.product, yuan(one.amount), one.price ?? '', one.matures_on ?? '']) },
      { kind: 'heading', text: '客户需求' },
      {
        kind: 'table', head: ['领域', '需求', '来源', '时间', '金额', '期望价格', '状态与处理'], widths: [10, 36, 6, 8, 13, 8, 19], least: 5,
        rows: needs.map((one) => [domainWords[one.domain], one.description, one.told_as === 'STATED' ? '明示' : '挖掘', urgencyWords[one.urgency], yuan(one.amount), one.expected_price ?? '', [stateWords[one.state], one.product, one.sent].filter((part) => part !== null).join('；')]),
      },
      { kind: 'wide', label: '障碍', text: card.obstacles ?? '', lines: 2 },
      { kind: 'wide', label: '产品建议', text: card.suggestions ?? '', lines: 2 },
      { kind: 'fields', cells: [{ label: '下一步', text: card.next_action ?? '' }, { label: '完成日期', text: card.next_on ?? '' }] },
      { kind: 'wide', label: '客户确认', text: card.confirmation === null ? '' : card.confirmation === 'SIGNATURE' ? '客户签字' : `消息确认 ${card.confirmation_ref ?? ''}`, lines: 1 },
      { kind: 'wide', label: '主管批注', text: card.comment === null ? '' : `${card.comment}（${card.commented_by ?? ''} ${card.commented_on ?? ''}）`, lines: 2 },
    ],
    signatures: ['客户签字', '客户经理签字', '主管签字'],
  }
  return ok(await writeForms(body.format, [sheet], await frameOf(tx, context, 'YQ-KH-01 第 2 版', body.purpose), `客户需求卡-${card.number}`))
})
