import { bankCalendar, inKnownDays } from '../../foundation/calendar/read-calendar.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { InputOf } from '../../foundation/http/contract.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { add, change, end } from '../../foundation/store/store.ts'
import { takeNumbers } from '../../foundation/store/take-numbers.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { addWorkingDays } from '../../foundation/values/working-calendar.ts'
import { answerNeed, commentNeedCard, moveNeed, recordNeedCard, voidNeedCard, type NeedState } from './need.contract.ts'
import { answerWithin, escalateWithin, faultOfCard, mayMove, needsNote, stateAfterAnswer } from './need.rules.ts'

type Scope = { scope_path: string; viewers: number[] }
/** Who sends up what cannot be met: the main manager, without one who says so. */
const escalator = async (tx: Transaction, customerId: string, else_: number): Promise<number> => (await tx.one(sql<{ key: number | null }>`SELECT main_staff_key AS key FROM customers_customer_facts WHERE customer_id = ${customerId}`)).key ?? else_
const scopeOf = (tx: Transaction, customerId: string): Promise<Scope> => tx.one(sql<Scope>`SELECT scope_path, viewers FROM customers_customer_facts WHERE customer_id = ${customerId}`)

/** A day so many working days from today; refuses by name where the calendar does not know: a deadline is never guessed. */
function deadline(tx: Transaction, today: string, days: number): Promise<Outcome<string>> {
  return inKnownDays(async () => ok(addWorkingDays(await bankCalendar(tx), today, days)))
}

/** A card with its needs and what the customer has, in one act. Its number counts within the year. */
export async function keepNeedCard(tx: Transaction, { params: { customerId }, body }: InputOf<typeof recordNeedCard>, { actor, businessDate }: Pick<Context, 'actor' | 'businessDate'>): Promise<Outcome<{ id: string; number: string }>> {
  const fault = faultOfCard(body, businessDate)
  if (fault) return refuse(fault, { field: fault === 'survey-in-future' ? 'surveyedOn' : fault === 'next-before-survey' ? 'nextOn' : fault === 'confirmation-incomplete' ? 'confirmationRef' : fault === 'need-twice' ? 'needs' : 'nextAction', details: { day: body.surveyedOn } })
  if (body.contactId !== null && !(await tx.maybe(sql`SELECT 1 FROM contact WHERE customer_id = ${customerId} AND id = ${body.contactId} AND voided_on IS NULL`))) return refuse('contact-unknown', { field: 'contactId' })
  const { scope_path, viewers } = await scopeOf(tx, customerId)
  const year = businessDate.slice(0, 4)
  const number = `XQ${year}-${String(await takeNumbers(tx, `need card ${year}`)).padStart(6, '0')}`
  await add(tx, 'need_card', {
    customer_id: customerId, id: body.id, number, staff_key: actor.staffKey, surveyed_on: body.surveyedOn, channel: body.channel, contact_id: body.contactId, decision_maker: body.decisionMaker, obstacles: body.obstacles,
    suggestions: body.suggestions, next_action: body.nextAction, next_on: body.nextOn, confirmation: body.confirmation, confirmation_ref: body.confirmationRef, entered_on: businessDate, scope_path, viewers,
  }, { why: null, action: 'RECORD_NEED_CARD' })
  for (const [place, held] of body.holdings.entries()) {
    await add(tx, 'need_card_holding', { customer_id: customerId, id: newId(), card_id: body.id, place, bank: held.bank, product: held.product, amount_fen: held.amountFen, price: held.price, matures_on: held.maturesOn }, { why: null })
  }
  for (const [place, need] of body.needs.entries()) {
    await add(tx, 'need', {
      customer_id: customerId, id: need.id, card_id: body.id, place, domain: need.domain, description: need.description, urgency: need.urgency, amount_fen: need.amountFen, expected_price: need.expectedPrice, told_as: need.toldAs,
      state: 'OPEN', state_on: businessDate, state_by: actor.staffKey, scope_path, viewers,
    }, { why: null })
  }
  return ok({ id: body.id, number })
}

type Held = { state: NeedState; voided: boolean; escalate_by: string | null }
const stateWords: Readonly<Record<NeedState, readonly [zh: string, en: string]>> = {
  OPEN: ['待核实', 'open'], VERIFIED: ['有效需求', 'verified'], CANNOT: ['本行暂不能满足', 'not to be met here'], MATCHED: ['已匹配产品', 'matched'], ESCALATED: ['已上报', 'sent up'], GAP: ['产品空白', 'a product gap'], MET: ['已满足', 'met'],
  REJECTED: ['无效', 'rejected'],
}

function lockNeed(tx: Transaction, customerId: string, needId: string): Promise<Held | undefined> {
  return tx.maybe(sql<Held>`
    SELECT n.state, c.voided_on IS NOT NULL AS voided, n.escalate_by FROM need n JOIN need_card c ON c.customer_id = n.customer_id AND c.id = n.card_id
    WHERE n.customer_id = ${customerId} AND n.id = ${needId} FOR UPDATE OF n`)
}

async function productFault(tx: Transaction, needed: boolean, code: string | null): Promise<Outcome<null>> {
  if (code === null) return needed ? refuse('product-unknown', { field: 'productCode', details: { code: '' } }) : ok(null)
  return (await tx.maybe(sql`SELECT 1 FROM holdings_product_facts WHERE code = ${code}`)) ? ok(null) : refuse('product-unknown', { field: 'productCode', details: { code } })
}

export const moveNeedRoute = handle(moveNeed, async (tx, { params: { customerId, needId }, body }, { actor, businessDate }) => {
  const held = await lockNeed(tx, customerId, needId)
  if (!held) return refuse('not-found')
  if (held.voided) return refuse('card-voided')
  if (!mayMove(held.state, body.to)) return refuse('not-possible-now', { details: { state: stateWords[held.state][0], stateEn: stateWords[held.state][1] } })
  if (needsNote(body.to) && body.note === null) return refuse('note-missing', { field: 'note' })
  const product = await productFault(tx, body.to === 'MATCHED', body.productCode)
  if (!product.ok) return product
  const patch: Record<string, string | number | null> = { state: body.to, state_on: businessDate, state_by: actor.staffKey, state_note: body.note }
  if (body.to === 'MATCHED' || body.to === 'MET') patch['product_code'] = body.productCode
  if (body.to === 'CANNOT') {
    const until = await deadline(tx, businessDate, escalateWithin)
    if (!until.ok) return until
    Object.assign(patch, { cannot_since: businessDate, escalate_by: until.value, escalate_owner_key: await escalator(tx, customerId, actor.staffKey) })
  }
  if (body.to === 'ESCALATED') {
    const until = await deadline(tx, businessDate, answerWithin)
    if (!until.ok) return until
    const { scope_path, viewers } = await scopeOf(tx, customerId)
    await add(tx, 'need_escalation', {
      customer_id: customerId, id: body.id, need_id: needId, reason: body.note, escalated_by: actor.staffKey, escalated_on: businessDate, late: held.escalate_by !== null && businessDate > held.escalate_by, answer_by: until.value, scope_path, viewers,
    }, { why: body.note, action: 'ESCALATE_NEED' })
  }
  if (body.to === 'GAP') await raiseIdea(tx, { customerId, needId, id: body.id, title: body.ideaTitle, text: body.note ?? '', by: actor.staffKey, on: businessDate })
  await change(tx, 'need', { customer_id: customerId, id: needId }, patch, { why: body.note, action: 'MOVE_NEED' })
  return ok({ id: body.id, state: body.to })
})

/** A gap becomes an idea, once: a need that was a gap before keeps its idea. */
async function raiseIdea(tx: Transaction, idea: { customerId: string; needId: string; id: string; title: string | null; text: string; by: number; on: string }): Promise<void> {
  if (await tx.maybe(sql`SELECT 1 FROM need_idea WHERE customer_id = ${idea.customerId} AND need_id = ${idea.needId}`)) return
  await add(tx, 'need_idea', { customer_id: idea.customerId, id: idea.id, need_id: idea.needId, title: idea.title ?? idea.text.slice(0, 40), text: idea.text, raised_by: idea.by, raised_on: idea.on }, { why: null, action: 'RAISE_IDEA' })
}

export const answerNeedRoute = handle(answerNeed, async (tx, { params: { customerId, needId }, body }, { actor, businessDate }) => {
  const held = await lockNeed(tx, customerId, needId)
  if (!held) return refuse('not-found')
  if (held.voided) return refuse('card-voided')
  const open = await tx.maybe(sql<{ id: string; escalated_by: number; answer_by: string }>`SELECT id, escalated_by, answer_by FROM need_escalation WHERE customer_id = ${customerId} AND need_id = ${needId} AND answered_on IS NULL FOR UPDATE`)
  if (!open) return refuse('not-escalated')
  if (open.escalated_by === actor.staffKey) return refuse('same-person')
  const product = await productFault(tx, body.result === 'MATCHED', body.productCode)
  if (!product.ok) return product
  const state = stateAfterAnswer(body.result)
  await end(tx, 'need_escalation', { customer_id: customerId, id: open.id }, { result: body.result, answer: body.answer, answered_by: actor.staffKey, answered_on: businessDate, answered_late: businessDate > open.answer_by }, { why: body.answer, action: 'ANSWER_NEED' })
  const patch: Record<string, string | number | null> = { state, state_on: businessDate, state_by: actor.staffKey, state_note: body.answer, product_code: body.productCode }
  if (state === 'CANNOT') {
    // the upper level cannot help either: the clock of sending up does not run again
    Object.assign(patch, { cannot_since: businessDate, escalate_by: businessDate, escalate_owner_key: await escalator(tx, customerId, open.escalated_by) })
  }
  if (state === 'GAP') await raiseIdea(tx, { customerId, needId, id: newId(), title: null, text: body.answer, by: actor.staffKey, on: businessDate })
  await change(tx, 'need', { customer_id: customerId, id: needId }, patch, { why: body.answer, action: 'MOVE_NEED' })
  return ok({ id: open.id, state })
})

type Card = { staff_key: number; voided: boolean }
const lockCard = (tx: Transaction, customerId: string, cardId: string): Promise<Card | undefined> =>
  tx.maybe(sql<Card>`SELECT staff_key, voided_on IS NOT NULL AS voided FROM need_card WHERE customer_id = ${customerId} AND id = ${cardId} FOR UPDATE`)

export const commentNeedCardRoute = handle(commentNeedCard, async (tx, { params: { customerId, cardId }, body }, { actor, businessDate }) => {
  const card = await lockCard(tx, customerId, cardId)
  if (!card) return refuse('not-found')
  if (card.voided) return refuse('card-voided')
  if (card.staff_key === actor.staffKey) return refuse('own-card')
  await change(tx, 'need_card', { customer_id: customerId, id: cardId }, { comment: body.comment, commented_by: actor.staffKey, commented_on: businessDate }, { why: null, action: 'COMMENT' })
  return ok({ id: cardId })
})

export const voidNeedCardRoute = handle(voidNeedCard, async (tx, { params: { customerId, cardId }, body }, { actor, businessDate }: Context) => {
  const card = await lockCard(tx, customerId, cardId)
  if (!card) return refuse('not-found')
  if (card.voided) return refuse('card-voided')
  if (card.staff_key !== actor.staffKey) return refuse('not-your-card')
  const sent = await tx.maybe(sql`SELECT 1 FROM need n JOIN need_escalation e ON e.customer_id = n.customer_id AND e.need_id = n.id WHERE n.customer_id = ${customerId} AND n.card_id = ${cardId} AND e.answered_on IS NULL`)
  if (sent) return refuse('card-in-work')
  await end(tx, 'need_card', { customer_id: customerId, id: cardId }, { voided_on: businessDate, voided_by: actor.staffKey, void_reason: body.reason }, { why: body.reason, action: 'VOID_NEED_CARD' })
  return ok({ id: cardId })
})
