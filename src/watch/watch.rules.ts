import { decimalText, exact } from '../foundation/values/decimal.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import type { AlertKind } from './alert.contract.ts'

/** part ÷ whole × 100 with two decimals, rounded half up; null when there is no whole (never 0). */
export function percentOf(part: bigint | number, whole: bigint | number): string | null {
  if (BigInt(whole) === 0n) return null
  return decimalText(exact(BigInt(part)).times(100).div(exact(BigInt(whole))), 2)
}

export type ChurnCounts = { base: number; excluded: number; lost: number }
/** Churn (2.7): excluded customers count neither above nor below the line. */
export function churnOf({ base, excluded, lost }: ChurnCounts): { counted: number; churnPct: string | null } {
  const counted = base - excluded
  return { counted, churnPct: percentOf(lost, counted) }
}

export type IncrementCase = { baseFen: bigint | null; endFen: bigint }
/** Customer asset increment (2.7): end value less base over those on the list at the end (`baseFen` null: not on it). */
export function incrementOf(customers: readonly IncrementCase[]): bigint {
  return customers.reduce((sum, { baseFen, endFen }) => (baseFen === null ? sum : sum + endFen - baseFen), 0n)
}

/** How an end is coloured by the days left: within 1, 7, 30 days; what is past is red while its result is not known. */
export function colourOf(daysLeft: number): 'red' | 'orange' | 'yellow' | 'none' {
  if (daysLeft <= 1) return 'red'
  if (daysLeft <= 7) return 'orange'
  return daysLeft <= 30 ? 'yellow' : 'none'
}

/** A natural person's name for who does not look after the customer: 王*. A company's name is public. */
export function maskParty(name: string): string {
  return [...name].length <= 4 && !/公司|厂|店|行|部|社|院|校|中心|银行/.test(name) ? `${[...name][0] ?? ''}*` : name
}

const mostSilentDays = 90
/** How long an alert may be silent: at least until tomorrow, at most 90 days. */
export function judgeSilence(today: string, until: string, last: string): Outcome<null> {
  return until > today && until <= last ? ok(null) : refuse('silence-day', { field: 'until', details: { last } })
}
export { mostSilentDays }

export type Answer = { done: boolean; judged: 'JUSTIFIED' | 'FALSE_ALARM' | null; contactId: string | null; wonFen: bigint | null }
const needContact: readonly AlertKind[] = ['MOVEMENT_IN', 'MOVEMENT_OUT', 'OUTFLOW', 'BELOW_BASE']

/** May this alert be answered so? Most fundamental first. What was said before (`contactedBefore`) counts. */
export function judgeAnswer(alert: { kind: AlertKind; state: string; contactedBefore: boolean }, answer: Answer): Outcome<null> {
  if (alert.state === 'CLOSED') return refuse('alert-closed')
  if (alert.state === 'GONE') return refuse('alert-gone')
  if (answer.wonFen !== null && answer.wonFen < 0n) return refuse('won-negative', { field: 'wonFen' })
  if (!answer.done) return ok(null)
  if (answer.judged === null) return refuse('judgement-needed', { field: 'judged' })
  if (answer.judged === 'JUSTIFIED' && needContact.includes(alert.kind) && answer.contactId === null && !alert.contactedBefore) return refuse('contact-needed')
  return ok(null)
}

const kinds: Readonly<Record<string, readonly [string, string]>> = {
  TIME_DEPOSIT: ['定期存款到期', 'Time deposit ends'], WEALTH: ['理财到期', 'Wealth product ends'], LOAN: ['贷款到期', 'Loan ends'], CARD: ['银行卡到期', 'Card expires'], IDENTITY: ['证件到期', 'Document expires'], LOAN_INSTALMENT: ['贷款应还', 'Instalment due'],
  RISK_TOLERANCE: ['风险测评到期', 'Risk test runs out'], CONSENT: ['授权同意到期', 'Consent runs out'],
}

const yuan = (fen: unknown): string => {
  const whole = BigInt(typeof fen === 'string' ? fen : 0)
  const wan = decimalText(exact(whole).div(1_000_000), 2)
  return wan.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}
// English knows no ten thousands: whole units of the bank's money
const whole = (fen: unknown): string => decimalText(exact(BigInt(typeof fen === 'string' ? fen : 0)).div(100), 0).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

/** Why the alert was raised, in words with its figures. */
export function reasonOf(kind: AlertKind, detail: Readonly<Record<string, unknown>>): { zh: string; en: string } {
  const d = detail
  switch (kind) {
    case 'MOVEMENT_OUT': return { zh: `${text(d['day'])} 转出 ${yuan(d['outFen'])} 万元，达到标准 ${yuan(d['thresholdFen'])} 万元`, en: `${text(d['day'])}: ${whole(d['outFen'])} went out, threshold ${whole(d['thresholdFen'])}` }
    case 'MOVEMENT_IN': return { zh: `${text(d['day'])} 转入 ${yuan(d['inFen'])} 万元，达到标准 ${yuan(d['thresholdFen'])} 万元`, en: `${text(d['day'])}: ${whole(d['inFen'])} came in, threshold ${whole(d['thresholdFen'])}` }
    case 'OUTFLOW': return { zh: `5 个工作日内由 ${yuan(d['fromFen'])} 万元降至 ${yuan(d['toFen'])} 万元，余 ${text(d['leftPct'])}%`, en: `Within 5 working days from ${whole(d['fromFen'])} to ${whole(d['toFen'])}, ${text(d['leftPct'])}% left` }
    case 'BELOW_BASE': return { zh: `近 30 天日均 ${yuan(d['toFen'])} 万元，为期初 ${yuan(d['fromFen'])} 万元的 ${text(d['leftPct'])}%`, en: `Average of 30 days ${whole(d['toFen'])}, ${text(d['leftPct'])}% of ${whole(d['fromFen'])} at the start` }
    case 'MATURITY': return { zh: `${kinds[text(d['what'])]?.[0] ?? '到期'}：${text(d['nameZh'])}，尚未沟通`, en: `${kinds[text(d['what'])]?.[1] ?? 'Ends'}: ${text(d['nameEn'])}, not talked about` }
    case 'LEAKAGE': return { zh: `90 天内转往他行同名账户 ${yuan(d['leakFen'])} 万元，占转出 ${percentText(d['share'])}，月均 ${yuan(d['perMonthFen'])} 万元`, en: `${whole(d['leakFen'])} to its own accounts elsewhere in 90 days, ${percentText(d['share'])} of what was paid out, ${whole(d['perMonthFen'])} a month` }
    case 'GAP': return d['perUnitFen'] === null || d['perUnitFen'] === undefined
      ? { zh: text(d['nameZh']), en: text(d['nameEn']) }
      : { zh: `${text(d['nameZh'])}，预计年贡献 ${yuan(d['perUnitFen'])} 万元（${text(d['holders'])} 位持有人中位数）`, en: `${text(d['nameEn'])}, expected ${whole(d['perUnitFen'])} a year (median of ${text(d['holders'])} holders)` }
  }
}

const percentText = (share: unknown): string => (typeof share === 'string' ? `${decimalText(exact(share).times(100), 2)}%` : '--')
