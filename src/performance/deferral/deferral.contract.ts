import { z } from 'zod'
import { endpoint, mayDo, page, pageQuery, verdict } from '../../foundation/http/contract.ts'
import { dayText, decimalText, fenText, idText, monthText, newIdText, safeText } from '../../foundation/values/api-values.ts'

export const trancheStates = ['HELD', 'RELEASED', 'REDUCED', 'FORFEITED'] as const
export const caseKinds = ['RELEASE', 'FORFEIT', 'CLAW_BACK', 'EXEMPTION', 'WAIVE', 'REPAY'] as const
export type CaseKind = (typeof caseKinds)[number]
export const caseStates = ['WAITING', 'CONFIRMED', 'RETURNED', 'OPEN', 'DISPUTED', 'AGREED', 'RECOVERED', 'WAIVED'] as const

const schemeName = z.strictObject({ zh: z.string(), en: z.string() })
const tranche = z.strictObject({
  /** Null while the month is settled and not closed: worked out, not yet held. */
  id: idText.nullable(), staffNo: z.string(), name: z.string(), scheme: z.string(), schemeName, month: monthText, kind: z.enum(['DEFERRED', 'HELD_SHARE']), lineCode: z.string(), part: z.number().int(), parts: z.number().int(), fen: fenText, heldFen: fenText, forfeitedFen: fenText,
  dueOn: dayText.nullable(), state: z.enum(['ACCRUED', ...trancheStates]), /** Of what was released: the month whose statement has the line, and whether it is closed. */ payMonth: monthText.nullable(), paid: z.boolean(), openCase: z.strictObject({ id: idText, number: z.string() }).nullable(),
})
export type TrancheShown = z.output<typeof tranche>

const item = z.strictObject({
  id: idText, name: z.string(), kind: z.enum(['TRANCHE', 'CLAIM', 'REVERSAL', 'KEPT', 'PART']), month: monthText, lineCode: z.string(), fen: fenText, points: z.string().nullable(), why: z.string().nullable(), detail: z.record(z.string(), z.string().nullable()),
})
const payCase = z.strictObject({
  id: idText, number: z.string(), kind: z.enum(caseKinds), state: z.enum(caseStates), people: z.array(z.string()), mine: z.boolean(), scheme: z.string(), schemeName, month: monthText.nullable(), basis: z.enum(['A', 'B', 'C']).nullable(), ratio: z.string().nullable(), conclusion: z.enum(['DILIGENT', 'BASICALLY_DILIGENT']).nullable(), score: z.strictObject({ total: z.string(), worst: z.string() }).nullable(),
  monthlyFen: fenText.nullable(), evidence: z.string(), reason: z.string(), hearUntil: dayText.nullable(), enteredBy: z.string(), enteredOn: dayText, fen: fenText,
  answer: z.strictObject({ agrees: z.boolean(), text: z.string(), on: dayText }).nullable(), end: z.strictObject({ reason: z.string(), by: z.string(), on: dayText, payMonth: monthText.nullable() }).nullable(),
  claim: z.strictObject({ claimFen: fenText, takenFen: fenText, waivedFen: fenText, repaidFen: fenText, leftFen: fenText, months: z.array(z.strictObject({ month: monthText, fen: fenText, closed: z.boolean() })) }).nullable(),
  about: z.strictObject({ id: idText, number: z.string() }).nullable(), may: mayDo,
})
export type PayCaseShown = z.output<typeof payCase>
export type PayCaseItem = z.output<typeof item>

/** Tranches of everybody, the next due first; those of months that are not closed stand apart. */
export const listDeferrals = endpoint({
  id: 'deferrals.list', method: 'GET', path: '/api/deferred-pay', text: { zh: '查看延期支付', en: 'See deferred pay' }, permission: 'deferral.read', query: z.strictObject({ state: z.enum(trancheStates).optional(), dueBy: dayText.optional(), q: safeText(40, { min: 0 }).optional(), ...pageQuery }),
  reply: page(tranche).extend({ accrued: z.array(tranche), mayPropose: verdict, currency: z.string() }),
})
/** One's own tranches and cases, beside the own statement. */
export const listMyDeferrals = endpoint({ id: 'deferrals.mine', method: 'GET', path: '/api/my-deferred-pay', text: { zh: '查看本人延期支付与追索', en: 'See one’s own deferred pay' }, permission: 'statement.read-own', reply: z.strictObject({ tranches: z.array(tranche), cases: z.array(payCase), currency: z.string() }) })
export const listPayCases = endpoint({ id: 'pay-cases.list', method: 'GET', path: '/api/pay-cases', text: { zh: '查看支付与追索事项', en: 'See the cases of deferred pay' }, permission: 'deferral.read', reply: z.strictObject({ cases: z.array(payCase), currency: z.string() }) })
export const getPayCase = endpoint({ id: 'pay-cases.get', method: 'GET', path: '/api/pay-cases/:caseId', text: { zh: '查看一项支付与追索事项', en: 'See a case of deferred pay' }, permission: 'statement.read-own', params: z.strictObject({ caseId: idText }), reply: z.strictObject({ case: payCase, items: z.array(item), currency: z.string() }) })

const told = { evidence: safeText(500, { min: 4, multiline: true }), reason: safeText(500, { min: 4, multiline: true }) }
const reply = z.strictObject({ id: idText, number: z.string() })
const ownCase = { status: 409, zh: '未能提请。不能为本人提请。请由同事提请', en: 'Not entered. Nobody enters a case about himself. Ask a colleague' } as const
const noSuchPerson = { status: 422, zh: '未能提请。没有工号 {staffNo}。请核对工号', en: 'Not entered. There is no staff number {staffNo}. Check the number' } as const
const noScheme = { status: 409, zh: '未能办理。{scheme} 已停用，相关人员当前不在同一方案下领取绩效。请按人分别提请', en: 'Not done. {scheme} is no longer in force and the people concerned are not paid by one scheme now. Enter a case for each' } as const

/** Held tranches of one scheme are to be paid, or to lapse; a second person decides. */
export const proposeTranches = endpoint({
  id: 'pay-cases.tranches', method: 'POST', path: '/api/pay-cases/tranches', text: { zh: '提请支付或不再支付延期绩效', en: 'Enter a release or forfeiture of tranches' }, permission: 'deferral.propose', writes: 'create',
  body: z.strictObject({ id: newIdText, kind: z.enum(['RELEASE', 'FORFEIT']), trancheIds: z.array(idText).min(1).max(500), ...told }), reply,
  refusals: {
    'no-such-tranche': { status: 422, zh: '未能提请。所选期次不存在，或不属于同一方案。请刷新后重选', en: 'Not entered. A tranche is not there, or they are not of one scheme. Reload and choose again' },
    'own-case': ownCase,
    'nothing-held': { status: 409, zh: '未能提请。{name} 的 {line} 已支付或已不再支付', en: 'Not entered. {line} of {name} is released or forfeited' },
    'in-a-case': { status: 409, zh: '未能提请。{name} 的 {line} 正由 {number} 处理。请等待该事项办结', en: 'Not entered. {line} of {name} stands in {number}. Wait until it is decided' },
    'claim-open': { status: 409, zh: '未能提请。{name} 该期绩效正由 {number} 追索，未决定前停止支付', en: 'Not entered. The pay of {name} of that period is claimed by {number}: nothing is released before it is decided' },
    'not-due': { status: 409, zh: '未能提请。{name} 的 {line} 到 {day} 才到期', en: 'Not entered. {line} of {name} is due on {day}' },
    'no-scheme-to-pay': noScheme,
  },
})
export const decisionText = { reason: safeText(500, { min: 4, multiline: true }) }
/** The second person confirms or returns. What is paid or taken stands in the first month of the scheme that is not closed. */
export const decidePayCase = endpoint({
  id: 'pay-cases.decide', method: 'POST', path: '/api/pay-cases/:caseId/decision', text: { zh: '复核支付与追索事项', en: 'Decide a case of deferred pay' }, permission: 'deferral.decide', writes: 'act', params: z.strictObject({ caseId: idText }), body: z.strictObject({ confirm: z.boolean(), ...decisionText }),
  reply: z.strictObject({ id: idText }),
  refusals: {
    'same-person': { status: 409, zh: '未能复核。提请和复核须由两人办理。请由另一位同事复核', en: 'Not decided. Entering and deciding need two people. Ask a colleague' },
    'own-case': { status: 409, zh: '未能复核。不能复核涉及本人的事项。请由同事复核', en: 'Not decided. Nobody decides a case about himself. Ask a colleague' },
    'decided-already': { status: 409, zh: '未能复核。此事项已有决定。请刷新后查看', en: 'Not decided. The case is decided already. Reload to see it' },
    'not-heard-yet': { status: 409, zh: '未能确认。当事人尚未申辩，申辩期至 {until}。请等待申辩或期满', en: 'Not confirmed. The person was not heard yet and may answer until {until}. Wait for the answer or that day' },
    'no-scheme-to-pay': noScheme,
  },
})
/** The person’s word on a claim: agrees, or objects. */
export const answerPayCase = endpoint({
  id: 'pay-cases.answer', method: 'POST', path: '/api/pay-cases/:caseId/answer', text: { zh: '对追索事项申辩', en: 'Answer a claim' }, permission: 'statement.read-own', writes: 'act', params: z.strictObject({ caseId: idText }), body: z.strictObject({ agrees: z.boolean(), text: safeText(1000, { min: 2, multiline: true }) }), reply: z.strictObject({ id: idText }),
  refusals: {
    'answered-already': { status: 409, zh: '未能提交。您已对此事项申辩', en: 'Not sent. You have answered already' },
    'decided-already': { status: 409, zh: '未能提交。此事项已有决定。可对工资条目提出申诉', en: 'Not sent. The case is decided. You may appeal against the line of the statement' },
  },
})
/** A claw-back of a closed period: the ratio applies to what is held and to what was paid, each on its own. */
export const proposeClawBack = endpoint({
  id: 'pay-cases.claw-back', method: 'POST', path: '/api/pay-cases/claw-back', text: { zh: '提请追索扣回', en: 'Enter a claw-back' }, permission: 'deferral.propose', writes: 'create',
  body: z.strictObject({ id: newIdText, staffNo: safeText(20), scheme: safeText(31), month: monthText, basis: z.enum(['A', 'B', 'C']), ratio: decimalText(4), monthlyFen: fenText.nullable(), ...told }), reply,
  refusals: {
    'no-such-person': noSuchPerson, 'own-case': ownCase,
    'ratio-range': { status: 422, zh: '未能提请。追索比例应大于 0、不超过 1。请修改', en: 'Not entered. The ratio is above 0 and at most 1. Change it' },
    'amount-not-positive': { status: 422, zh: '未能提请。金额应大于 0。请修改', en: 'Not entered. The amount must be above 0. Change it' },
    'no-closed-pay': { status: 422, zh: '未能提请。{scheme} {month} 没有已关账的绩效工资。请核对方案和月份', en: 'Not entered. There is no closed pay of {month} under {scheme}. Check scheme and month' },
    'claimed-already': { status: 409, zh: '未能提请。该期绩效已由 {number} 追索', en: 'Not entered. The pay of that period is claimed by {number}' },
    'in-a-case': { status: 409, zh: '未能提请。该期延期绩效正由 {number} 处理。请等待该事项办结', en: 'Not entered. Deferred pay of that period stands in {number}. Wait until it is decided' },
    'nothing-to-claim': { status: 409, zh: '未能提请。该期没有已发或留存的绩效', en: 'Not entered. Nothing was paid or is held of that period' },
    'calendar-unknown': { status: 422, zh: '未能办理。工作日历缺少 {day}。请联系管理员录入日历', en: 'Not done. The working calendar does not know {day}. Ask the administrator to enter it' },
  },
})
/** What is left of an agreed claim is waived, or was repaid outside of the pay. */
export const proposeClaimPart = endpoint({
  id: 'pay-cases.claim-part', method: 'POST', path: '/api/pay-cases/:caseId/parts', text: { zh: '提请减免或登记还款', en: 'Enter a waiver or repayment of a claim' }, permission: 'deferral.propose', writes: 'create', params: z.strictObject({ caseId: idText }),
  body: z.strictObject({ id: newIdText, kind: z.enum(['WAIVE', 'REPAY']), fen: fenText, ...told }), reply,
  refusals: {
    'own-case': ownCase,
    'not-agreed': { status: 409, zh: '未能提请。追索尚未决定，或已结清', en: 'Not entered. The claim is not decided, or nothing is left of it' },
    'amount-not-positive': { status: 422, zh: '未能提请。金额应大于 0。请修改', en: 'Not entered. The amount must be above 0. Change it' },
    'more-than-left': { status: 422, zh: '未能提请。金额超过余额 {left} 元。请修改', en: 'Not entered. It is more than the {left} yuan that are left. Change it' },
    'part-open': { status: 409, zh: '未能提请。{number} 尚待复核', en: 'Not entered. {number} waits for its decision' },
  },
})

const deduction = z.strictObject({ loanId: idText.nullable(), month: monthText, lineCode: z.string(), /** The indicator of a scheme of blocks; null: the house's word for the line. */ lineName: z.string().nullable(), lineNameEn: z.string().nullable(), fen: fenText, points: z.string().nullable(), kind: z.enum(['CONSEQUENCE_OF_LOSS', 'OWN_FAULT']), object: z.string().nullable(), exempted: z.boolean() })
/** Deductions of a person in closed months, with the loan that caused them. */
export const listDeductions = endpoint({ id: 'pay-cases.deductions', method: 'GET', path: '/api/pay-deductions', text: { zh: '查看某人的扣减', en: 'See the deductions of a person' }, permission: 'deferral.propose', query: z.strictObject({ staffNo: safeText(20) }), reply: z.strictObject({ name: z.string().nullable(), deductions: z.array(deduction), currency: z.string() }) })
/** An exemption decision (尽职免责) of the accountability committee: gives back what is a consequence of the loss, leaves what is an own fault. */
export const proposeExemption = endpoint({
  id: 'pay-cases.exemption', method: 'POST', path: '/api/pay-cases/exemption', text: { zh: '登记尽职免责决定', en: 'Enter an exemption decision' }, permission: 'deferral.propose', writes: 'create',
  body: z.strictObject({ id: newIdText, staffNo: safeText(20), loanId: idText, conclusion: z.enum(['DILIGENT', 'BASICALLY_DILIGENT']), /** Of the scorecard, where the decision states it: its total and its worst stage, of 100. */ score: z.strictObject({ total: decimalText(2), worst: decimalText(2) }).optional(), ...told }), reply,
  refusals: {
    'no-such-person': noSuchPerson, 'own-case': ownCase,
    'moral-risk': { status: 409, zh: '未能登记。此借据有道德风险记录（重大不实、虚假报告或红色事件），不适用免责', en: 'Not entered. There is moral risk about this loan (a grossly untrue or false report, a RED event): no exemption' },
    'mark-range': { status: 422, zh: '未能登记。评分应在 0 到 100 之间。请修改', en: 'Not entered. A mark is between 0 and 100. Change it' },
    'score-says-otherwise': { status: 422, zh: '未能登记。按评分结论为“{conclusion}”。请核对评分和结论', en: 'Not entered. By these marks the conclusion is “{conclusionEn}”. Check the marks and the conclusion' },
    'nothing-to-reverse': { status: 422, zh: '未能登记。此人没有由该借据损失引起、可冲回的扣减', en: 'Not entered. The person has no deduction that follows from the loss of that loan' },
    'exemption-waits': { status: 409, zh: '未能登记。此人同一期的免责 {number} 尚未决定，请在其决定后再登记', en: 'Not entered. {number}, an exemption of the person about the same period, is not decided yet. Enter this one after it' },
    'exempted-already': { status: 409, zh: '未能登记。该借据的扣减已由 {number} 处理', en: 'Not entered. Deductions of that loan stand in {number}' },
    'no-scheme-to-pay': noScheme,
  },
})
