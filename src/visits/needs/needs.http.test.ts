import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../../tests/support/small-bank.ts'
import { assignCustomerContract } from '../../customers/customer.contract.ts'
import { assignCustomerRoute } from '../../flows/assign-customer.ts'
import { recordNeedCardRoute } from '../../flows/record-need-card.ts'
import { add } from '../../foundation/store/store.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { answerNeedRoute, commentNeedCardRoute, moveNeedRoute, voidNeedCardRoute } from './keep-needs.ts'
import { answerNeed, commentNeedCard, countUnmetNeeds, listNeedCards, listNeeds, moveNeed, recordNeedCard, voidNeedCard, type NeedCardView } from './need.contract.ts'
import { countUnmetNeedsRoute, listNeedCardsRoute, listNeedProductsRoute, listNeedsRoute } from './read-needs.ts'

let bank: SmallBank
let customerId: string
beforeAll(async () => {
  bank = await smallBank([recordNeedCardRoute, moveNeedRoute, answerNeedRoute, commentNeedCardRoute, voidNeedCardRoute, listNeedCardsRoute, listNeedsRoute, countUnmetNeedsRoute, listNeedProductsRoute, assignCustomerRoute])
  await bank.services.db.asBatch((tx) => add(tx, 'product', { code: 'LDT', name: '流动资金贷款', name_en: 'Working capital loan', line: 'LOAN' }, { why: 'test' }))
  customerId = await bank.customer({ name: '丁机械有限公司' })
  await bank.grant(customerId, bank.staff.zhao)
})
afterAll(() => bank.close())

type Answer = Awaited<ReturnType<SmallBank['ask']>>
const told = ({ status, body }: Answer) => (status < 300 ? 'ok' : [status, body.refusal])
const need = (more: Record<string, unknown> = {}) => ({ id: newId(), domain: 'FINANCING', description: '扩产需流动资金', urgency: 'NOW', amountFen: '500000000', expectedPrice: '3.6%', toldAs: 'STATED', ...more })
const card = (more: Record<string, unknown> = {}) => ({
  id: newId(), surveyedOn: '2026-11-20', channel: 'VISIT', decisionMaker: '王总', obstacles: null, suggestions: '流动资金贷款', nextAction: '送方案', nextOn: '2026-11-30', confirmation: 'SIGNATURE', confirmationRef: null,
  holdings: [{ bank: '某行', product: '流贷', amountFen: '300000000', price: '3.9%', maturesOn: '2027-03-01' }], needs: [need()], ...more,
})
const record = (who: Colleague, body: Record<string, unknown>) => bank.ask(who, recordNeedCard, { params: { customerId }, body })
const cards = async (who: Colleague) => (await bank.ask(who, listNeedCards, { params: { customerId } })).body as unknown as { cards: NeedCardView[] }
const move = (who: Colleague, needId: string, to: string, more: Record<string, unknown> = {}) => bank.ask(who, moveNeed, { params: { customerId, needId }, body: { id: newId(), to, note: null, productCode: null, ideaTitle: null, ...more } })
const answer = (who: Colleague, needId: string, result: string, more: Record<string, unknown> = {}) => bank.ask(who, answerNeed, { params: { customerId, needId }, body: { result, answer: '分行可以安排', productCode: null, ...more } })

describe('a need card is recorded for the own customer', () => {
  test('who may: the manager and the heads of his line; others are refused, the foreign one as if there were none', async () => {
    expect(told(await record(bank.staff.zhao, card()))).toEqual([403, 'not-allowed'])
    expect(told(await record(bank.staff.qian, card()))).toEqual([404, 'not-found'])
    expect(told(await record(bank.staff.hr, card()))).toEqual([403, 'not-allowed'])
    const first = card()
    expect((await record(bank.staff.li, first)).body).toMatchObject({ number: 'XQ2026-000001' })
    // twice is once
    expect((await record(bank.staff.li, first)).body).toMatchObject({ number: 'XQ2026-000001' })
    expect((await cards(bank.staff.zhao)).cards).toMatchObject([{ number: 'XQ2026-000001', holdings: [{ bank: '某行', amountFen: '300000000' }], needs: [{ state: 'OPEN', may: { MET: { allowed: false, reason: 'read-only-grant' } } }] }])
  })
  test('named refusals, nothing half stored', async () => {
    const count = () => bank.look<{ n: number }>('SELECT (SELECT count(*) FROM need_card)::int + (SELECT count(*) FROM need)::int AS n')
    const before = await count()
    expect(told(await record(bank.staff.li, card({ surveyedOn: '2026-11-24' })))).toEqual([422, 'survey-in-future'])
    expect(told(await record(bank.staff.li, card({ nextOn: null })))).toEqual([422, 'next-incomplete'])
    expect(told(await record(bank.staff.li, card({ contactId: newId() })))).toEqual([422, 'contact-unknown'])
    expect(told(await record(bank.staff.li, card({ confirmation: 'MESSAGE' })))).toEqual([422, 'confirmation-incomplete'])
    const one = need()
    expect(told(await record(bank.staff.li, card({ needs: [one, one] })))).toEqual([422, 'need-twice'])
    // kept on a device that nobody opened, or that was withdrawn
    expect(told(await record(bank.staff.li, card({ draft: { deviceId: newId(), keptAt: '2026-11-23T02:00:00.000Z' } })))).toEqual([403, 'device-withdrawn'])
    for (const needs of [[], [need({ domain: 'MOON' })], [need({ amountFen: '1.5' })], [need({ description: 'x'.repeat(301) })]]) expect(told(await record(bank.staff.li, card({ needs })))).toEqual([400, 'invalid-request'])
    expect(await count()).toEqual(before)
  })
})

describe('each need comes to an end', () => {
  let needs: string[]
  beforeAll(async () => {
    const all = [need(), need({ domain: 'SETTLEMENT', amountFen: null }), need({ domain: 'CROSS_BORDER' }), need({ domain: 'E_BANKING', amountFen: null })]
    await record(bank.staff.li, card({ needs: all }))
    needs = all.map(({ id }) => id)
  })
  const at = (place: number): string => needs[place] ?? ''
  const stateOf = async (needId: string) => (await cards(bank.staff.li)).cards.flatMap((one) => one.needs).find((one) => one.id === needId)

  test('verified, matched to a product that there is, met', async () => {
    expect(told(await move(bank.staff.li, at(0), 'VERIFIED'))).toBe('ok')
    expect(told(await move(bank.staff.li, at(0), 'MATCHED'))).toEqual([422, 'product-unknown'])
    expect(told(await move(bank.staff.li, at(0), 'MATCHED', { productCode: 'NONE' }))).toEqual([422, 'product-unknown'])
    expect(told(await move(bank.staff.li, at(0), 'MATCHED', { productCode: 'LDT' }))).toBe('ok')
    expect(told(await move(bank.staff.li, at(0), 'MET'))).toEqual([422, 'note-missing'])
    expect(told(await move(bank.staff.li, at(0), 'MET', { note: '贷款已发放', productCode: 'LDT' }))).toBe('ok')
    expect(told(await move(bank.staff.li, at(0), 'REJECTED', { note: '不再需要' }))).toEqual([409, 'not-possible-now'])
    expect(await stateOf(at(0))).toMatchObject({ state: 'MET', productName: '流动资金贷款', stateNote: '贷款已发放' })
  })

  test('not to be met here: sent up within two working days, answered by the upper level within five', async () => {
    expect(told(await move(bank.staff.li, at(1), 'CANNOT', { note: '本行无该产品' }))).toBe('ok')
    expect(await stateOf(at(1))).toMatchObject({ state: 'CANNOT', escalateBy: '2026-11-25' })
    expect(told(await move(bank.staff.li, at(1), 'ESCALATED', { note: '请分行协调现金管理平台' }))).toBe('ok')
    expect(await stateOf(at(1))).toMatchObject({ state: 'ESCALATED', escalations: [{ late: false, answerBy: '2026-11-30', answeredOn: null }] })
    expect(told(await move(bank.staff.li, at(1), 'MET', { note: '已办' }))).toEqual([409, 'not-possible-now'])
    expect(told(await answer(bank.staff.li, at(1), 'DECLINED'))).toEqual([403, 'not-allowed'])
    expect(told(await answer(bank.staff.otherBranchHead, at(1), 'DECLINED'))).toEqual([404, 'not-found'])
    expect(told(await answer(bank.staff.branchHead, at(1), 'MATCHED'))).toEqual([422, 'product-unknown'])
    expect(told(await answer(bank.staff.branchHead, at(1), 'DECLINED', { answer: '总行暂无计划' }))).toBe('ok')
    expect(told(await answer(bank.staff.branchHead, at(1), 'DECLINED'))).toEqual([409, 'not-escalated'])
    expect(await stateOf(at(1))).toMatchObject({ state: 'CANNOT', escalations: [{ result: 'DECLINED', answeredBy: '周正', answeredLate: false }] })
  })

  test('who sent it up does not answer it', async () => {
    expect(told(await move(bank.staff.outletHead, at(3), 'ESCALATED', { note: '请分行协调' }))).toBe('ok')
    expect(told(await answer(bank.staff.outletHead, at(3), 'DECLINED'))).toEqual([409, 'same-person'])
  })

  test('a gap becomes an idea, once', async () => {
    expect(told(await move(bank.staff.li, at(2), 'GAP', { note: '跨境资金池小企业版', ideaTitle: '小企业跨境资金池' }))).toBe('ok')
    expect(told(await move(bank.staff.li, at(2), 'MATCHED', { productCode: 'LDT' }))).toBe('ok')
    expect(told(await move(bank.staff.li, at(2), 'GAP', { note: '仍不合适', ideaTitle: '另一名称' }))).toBe('ok')
    expect(await stateOf(at(2))).toMatchObject({ state: 'GAP', idea: '小企业跨境资金池' })
    expect(await bank.look('SELECT title FROM need_idea')).toEqual([{ title: '小企业跨境资金池' }])
  })
})

describe('cards', () => {
  test('the head comments, not the author; who recorded it voids it, unless something was sent up', async () => {
    const body = card()
    await record(bank.staff.li, body)
    const params = { customerId, cardId: body.id }
    expect(told(await bank.ask(bank.staff.outletHead, commentNeedCard, { params, body: { comment: '尽快落实' } }))).toBe('ok')
    expect(told(await bank.ask(bank.staff.wang, voidNeedCard, { params, body: { reason: '误录' } }))).toEqual([404, 'not-found'])
    expect(told(await bank.ask(bank.staff.outletHead, voidNeedCard, { params, body: { reason: '误录' } }))).toEqual([403, 'not-your-card'])
    const [sent] = body.needs
    await move(bank.staff.li, sent?.id ?? '', 'ESCALATED', { note: '请上级协调' })
    expect(told(await bank.ask(bank.staff.li, voidNeedCard, { params, body: { reason: '误录' } }))).toEqual([409, 'card-in-work'])
    await answer(bank.staff.branchHead, sent?.id ?? '', 'GAP')
    expect(told(await bank.ask(bank.staff.li, voidNeedCard, { params, body: { reason: '误录' } }))).toBe('ok')
    expect(told(await move(bank.staff.li, sent?.id ?? '', 'MET', { note: '已办' }))).toEqual([409, 'card-voided'])
    expect(told(await bank.ask(bank.staff.outletHead, commentNeedCard, { params, body: { comment: '再看' } }))).toEqual([409, 'card-voided'])
  })

  test('the list and the counts hold what is open of one’s scope, without void cards; both follow the customer to another manager', async () => {
    const open = async (who: Colleague) => ((await bank.ask(who, listNeeds)).body.items ?? []).length
    // of the four cards: one open need of the first, three not at an end of the second
    expect([await open(bank.staff.li), await open(bank.staff.outletHead), await open(bank.staff.leader)]).toEqual([4, 4, 4])
    expect([await open(bank.staff.wang), await open(bank.staff.qian), await open(bank.staff.otherBranchHead)]).toEqual([0, 0, 0])
    expect(((await bank.ask(bank.staff.li, listNeeds, { query: { state: 'GAP' } })).body.items ?? []).map((item) => item['domain'])).toEqual(['CROSS_BORDER'])
    // the lead's own people to the last need; among branches and outlets nothing is told of fewer than five customers
    expect((await bank.ask(bank.staff.lead, countUnmetNeeds)).body).toMatchObject({ by: 'MANAGER', rows: [
      { unit: '李晓雯', domain: 'CROSS_BORDER', counted: { needs: 1, customers: 1, gaps: 1, escalated: 0, amountFen: '500000000' } }, { domain: 'E_BANKING', counted: { needs: 1, escalated: 1, amountFen: '0' } }, { domain: 'FINANCING', counted: { needs: 1 } }, { domain: 'SETTLEMENT', counted: { needs: 1 } },
    ] })
    for (const [who, by, unit] of [[bank.staff.leader, 'BRANCH', '东城分行'], [bank.staff.branchHead, 'OUTLET', '城南网点']] as const) {
      expect((await bank.ask(who, countUnmetNeeds)).body).toMatchObject({ by, rows: [{ unit, domain: 'CROSS_BORDER', counted: null }, { domain: 'E_BANKING', counted: null }, { domain: 'FINANCING', counted: null }, { domain: 'SETTLEMENT', counted: null }] })
    }
    const before = customerId
    for (let place = 0; place < 4; place += 1) {
      customerId = await bank.customer({ name: `丁${place}机械有限公司` })
      await record(bank.staff.li, card())
    }
    customerId = before
    expect((await bank.ask(bank.staff.leader, countUnmetNeeds)).body.rows).toContainEqual({ unit: '东城分行', domain: 'FINANCING', counted: { needs: 5, customers: 5, gaps: 0, escalated: 0, amountFen: '2500000000' } })
    expect((await bank.ask(bank.staff.leader, countUnmetNeeds, { query: { segment: 'PERSON' } })).body.rows).toEqual([])
    expect(((await bank.ask(bank.staff.li, listNeeds, { query: { segment: 'PERSON' } })).body.items ?? []).length).toBe(0)
    expect(((await bank.ask(bank.staff.li, listNeeds, { query: { segment: 'CORPORATE' } })).body.items ?? []).length).toBe(8)
    expect(told(await bank.ask(bank.staff.lead, assignCustomerContract, { params: { customerId }, body: { slices: [{ staffKey: bank.staff.wang.staffKey, sharePct: '100', main: true }], from: today, reason: '调整' } }))).toBe('ok')
    expect([await open(bank.staff.li), await open(bank.staff.wang)]).toEqual([4, 4])
  })
})
