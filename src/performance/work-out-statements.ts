import { createHash } from 'node:crypto'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { daysInMonth, monthOf, yearStart } from '../foundation/values/business-date.ts'
import { Exact, decimalText, exact, roundHalfUp } from '../foundation/values/decimal.ts'
import type { Fen } from '../foundation/values/fen.ts'
import { adjustmentLine, payAdjustments, type Adjustment } from './appeal/pay-adjustments.ts'
import { claimLines, dueClaims, type DueClaim } from './deferral/recover-claims.ts'
import { growthCode, spanOf, walkRun, type Collected, type StockRules } from './collect-facts.ts'
import { timePassed, weighFactors, type GrowthPart } from './growth.rules.ts'
import {
  linkFactor, marketingCoefficient, payOfMonth, stockPoints, supervisorPay, type CarryLot, type PointsMonth, type PointsPay,
} from './points.rules.ts'
import type { LedgerRule, RulesThen } from './read-points-rules.ts'
import { storePay, type LineRow, type PersonPaid, type WorkedOut } from './store-pay.ts'

type Sum = {
  staff_key: number; line_code: string; of_month: string; facts: number; points: string | null; measure: string | null; weighted: string | null; money_fen: string | null; value: string | null; held_days: number | null
  amount_fen: string | null; counted: string | null; by_form: boolean; hash: string; scope_path: string
}
type Person = { scopePath: string; postCode: string; covered: boolean; sums: Sum[]; carryIn: CarryLot[]; effects: Effect[]; adjustments: Adjustment[]; lines: LineRow[]; input: PointsMonth; pay?: PointsPay }
type Effect = { staff_key: number; line_code: 'EARLY' | 'OVERDUE' | 'REFUND'; since: string; money_fen: string }
/** The rules of the month, and of the closed months that it may correct. */
export type PointsRules = { tariff: readonly LedgerRule[]; stocks: StockRules; then: ReadonlyMap<string, RulesThen> }

const stockLines = ['MANAGED_LOAN_ADB', 'DEPOSIT_ADB_INCREMENT']
const pointLines = ['NEW_SMALL_LOAN', 'MERCHANT_LOAN_AMOUNT', ...stockLines, 'INSPECTION_REPORT', 'INSPECTION_CHECK', 'RETAIL_EVALUATION']

/**
 * From the collected facts of a run to statements and lines: the rules work out each person's month, the results are stored set by set. The hash covers every fact, line and
 * step but no id of the run: the same inputs give the same hash.
 */
export async function workOutStatements(tx: Transaction, collected: Collected, runId: string, rules: PointsRules, progress: (done: number, total: number) => Promise<void>): Promise<WorkedOut> {
  const { tariff } = rules
  const people = await gather(tx, collected, runId)
  const content = createHash('sha256').update(JSON.stringify([collected.month, collected.schemeCode, collected.currency, collected.terms, tariff]))
  const known = await knownMonths(tx, collected, people)
  const keys = [...people.keys()].sort((a, b) => a - b)
  for (const key of keys) {
    const person = people.get(key)
    if (!person) continue
    preparePerson(collected, person, rules, known.get(key) ?? new Map(), collected.people.growth.get(key) ?? [])
    const { keys: apart, from, to } = collected.people.apart
    const days = apart.flatMap((one, place) => (one === key ? [{ from: from[place] ?? '', to: to[place] ?? '' }] : []))
    if (days.length > 0) person.input = { ...person.input, days, forms: 'BY_DAYS' }
  }
  for (const key of keys) {
    const person = people.get(key)
    if (person) judgeTeam(collected, key, person, people)
  }
  for (const [key, claims] of collected.sandbox ? [] : await dueClaims(tx, { scheme: collected.schemeCode, month: collected.month })) recover(collected, people.get(key), claims)
  let points = new Exact(0)
  let payableFen = 0n
  let carryOutFen = 0n
  for (let start = 0; start < keys.length; start += 2000) {
    const chunk = keys.slice(start, start + 2000)
    const found: PersonPaid[] = []
    for (const key of chunk) {
      const person = people.get(key)
      if (!person) continue
      const pay = payOfMonth(collected.terms, person.input)
      points = points.plus(exact(pay.P))
      payableFen += pay.payableFen
      carryOutFen += pay.carryOutFen
      found.push({
        statement: {
          staff_key: key, scope_path: person.scopePath, post_code: person.postCode, points: pay.P, before_carry_fen: pay.F, carry_in_fen: pay.carryInFen, payable_fen: pay.payableFen, carry_out_fen: pay.carryOutFen,
          input: person.input, steps: pay.steps, set_off: pay.setOff, carry_out: pay.carryOut, expired: pay.expired,
        },
        lines: person.lines, hashed: person.sums.map((sum) => [sum.line_code, sum.of_month, sum.facts, sum.hash]),
      })
    }
    await storePay(tx, collected, runId, found, content, (_stage, done) => progress(start + done, keys.length))
  }
  return { hash: content.digest('hex'), people: keys.length, points: decimalText(points, 2), payableFen, carryOutFen }
}

/** What the month's pay gives for claims on pay of before: after everything else, never more than is paid. */
function recover(collected: Collected, person: Person | undefined, claims: readonly DueClaim[]): void {
  if (!person) return
  const taken = claimLines(payOfMonth(collected.terms, person.input).payableFen, claims)
  const blank = { quantity: null, unit_fen: null, each: null, measured_fen: null, points: null, money_fen: null, facts: 0, by_form: false, corrects_month: null, corrects_code: null, detail: {}, why: null }
  for (const { line } of taken) person.lines.push({ ...blank, ...line, place: person.lines.length + 1, code: 'CORRECTION' })
  person.input = { ...person.input, corrections: [...person.input.corrections, ...taken.map(({ fen }) => ({ fen }))] }
}

/** Everybody whom the month concerns: who is paid by the scheme, who has facts of it, who carries something in. */
async function gather(tx: Transaction, collected: Collected, runId: string): Promise<Map<number, Person>> {
  const { from } = spanOf(collected.month)
  const people = new Map<number, Person>()
  const person = (key: number, scopePath: string, postCode: string): Person => {
    const found = people.get(key) ?? { scopePath, postCode, covered: false, sums: [], carryIn: [], effects: [], adjustments: [], lines: [], input: emptyMonth(collected.month) }
    people.set(key, found)
    return found
  }
  collected.people.keys.forEach((key, place) => { person(key, collected.people.paths[place] ?? '', collected.people.posts[place] ?? '').covered = true })
  const sums = await walkRun(tx, sql<Sum>`
    SELECT staff_key, line_code, of_month, count(*)::int AS facts, sum(points) AS points, sum(fen_days * share_days) AS measure, sum(amount_fen * share_pct) AS weighted, sum(money_fen) AS money_fen, max(value) AS value, max(held_days) FILTER (WHERE kind = 'FORM') AS held_days,
      max(amount_fen) AS amount_fen, sum(amount_fen) FILTER (WHERE kind = 'LOAN') AS counted, bool_or(kind = 'FORM') AS by_form, min(scope_path) AS scope_path,
      sum(hash_record_extended(ROW(fact_id, fact_date, amount_fen, share_pct, held_days, fen_days, share_days, points, money_fen, value, why, note), 0)::numeric)::text AS hash
    FROM pay_fact WHERE run_id = ${runId}::uuid GROUP BY staff_key, line_code, of_month ORDER BY staff_key, line_code, of_month`)
  for (const sum of sums) person(sum.staff_key, sum.scope_path, collected.terms.posts[0] ?? '').sums.push(sum)
  const effects = await tx.all(sql<Effect & { scope_path: string }>`
    SELECT f.staff_key, f.line_code, CASE f.line_code WHEN 'EARLY' THEN l.paid_out_on ELSE f.fact_date END AS since, f.money_fen, f.scope_path
    FROM pay_fact f LEFT JOIN holdings_loan_facts l ON l.customer_id = f.customer_id AND l.loan_id = f.fact_id
    WHERE f.run_id = ${runId}::uuid AND f.line_code IN ('EARLY', 'OVERDUE', 'REFUND') ORDER BY since, f.fact_id`)
  for (const effect of effects) person(effect.staff_key, effect.scope_path, '').effects.push(effect)
  for (const one of await payAdjustments(tx, { runId, scheme: collected.schemeCode, month: collected.month, ...(collected.sandbox ? { sandbox: collected.sandbox } : {}) })) person(one.staffKey, one.scopePath, '').adjustments.push(one)
  const carried = await tx.all(sql<{ staff_key: number; scope_path: string; post_code: string; carry_out: { month: string; cause: CarryLot['cause']; fen: string }[] }>`
    SELECT s.staff_key, s.scope_path, s.post_code, s.carry_out FROM pay_statement s JOIN settled_month m ON m.run_id = s.run_id
    WHERE m.scheme_code = ${collected.schemeCode} AND m.month = (SELECT max(b.month) FROM settled_month b WHERE b.scheme_code = ${collected.schemeCode} AND b.month < ${from}::date) AND s.carry_out_fen < 0`)
  for (const row of carried) person(row.staff_key, row.scope_path, row.post_code).carryIn = row.carry_out.map((lot) => ({ ...lot, fen: BigInt(lot.fen) }))
  return people
}

const emptyMonth = (month: string): PointsMonth => ({
  month, points: [], f: null, marketing: { score: null, coefficient: '1.0000' }, early: [], overdue: [], refunds: [], supervisor: null, corrections: [], carryIn: [],
})

type KnownLine = { points: string; measure: string }
type KnownMonth = { input: PointsMonth | null; lines: Map<string, KnownLine> }

/** For those with a late correction: what the closed month was worked out from, and what is known of its lines by the closed run and earlier corrections. */
async function knownMonths(tx: Transaction, collected: Collected, people: ReadonlyMap<number, Person>): Promise<Map<number, Map<string, KnownMonth>>> {
  const { from } = spanOf(collected.month)
  const known = new Map<number, Map<string, KnownMonth>>()
  const wanted = [...people].filter(([, person]) => person.sums.some((sum) => isCorrection(sum, from))).map(([key]) => key)
  if (wanted.length === 0) return known
  const of = (key: number, month: string): KnownMonth => {
    const months = known.get(key) ?? new Map<string, KnownMonth>()
    known.set(key, months)
    const found = months.get(month) ?? { input: null, lines: new Map<string, KnownLine>() }
    months.set(month, found)
    return found
  }
  const inputs = await tx.all(sql<{ staff_key: number; month: string; input: SentMonth }>`
    SELECT s.staff_key, c.month, s.input FROM closed_month c JOIN pay_statement s ON s.run_id = c.run_id WHERE c.scheme_code = ${collected.schemeCode} AND c.month < ${from}::date AND s.staff_key = ANY(${wanted}::int[])`)
  for (const row of inputs) of(row.staff_key, row.month).input = readMonth(row.input)
  const lines = await tx.all(sql<{ staff_key: number; of_month: string; line_code: string; points: string | null; measure: string | null }>`
    SELECT f.staff_key, f.of_month, f.line_code, sum(f.points) AS points, sum(f.fen_days * f.share_days) AS measure
    FROM pay_fact f JOIN settled_month s ON s.run_id = f.run_id AND s.scheme_code = ${collected.schemeCode} AND s.month < ${from}::date
    WHERE f.of_month < ${from}::date AND f.staff_key = ANY(${wanted}::int[]) AND f.line_code = ANY(${pointLines}::text[]) GROUP BY f.staff_key, f.of_month, f.line_code`)
  for (const row of lines) of(row.staff_key, row.of_month).lines.set(row.line_code, { points: row.points ?? '0', measure: row.measure ?? '0' })
  return known
}

const isCorrection = (sum: Sum, from: string): boolean => sum.of_month < from && pointLines.includes(sum.line_code)
export type SentMonth = Omit<PointsMonth, 'early' | 'overdue' | 'refunds' | 'supervisor' | 'corrections' | 'carryIn'> & {
  early: { since: string; fen: string }[]; overdue: { since: string; fen: string }[]; refunds: { fen: string }[]; supervisor: { coefficient: string | null; payFen: string } | null; corrections: { fen: string }[]
  carryIn: { month: string; cause: CarryLot['cause']; fen: string }[]
}
export function readMonth(sent: SentMonth): PointsMonth {
  const whole = <T extends { fen: string }>(list: readonly T[]): (Omit<T, 'fen'> & { fen: Fen })[] => list.map((entry) => ({ ...entry, fen: BigInt(entry.fen) }))
  return {
    ...sent, early: whole(sent.early), overdue: whole(sent.overdue), refunds: whole(sent.refunds), corrections: whole(sent.corrections), carryIn: whole(sent.carryIn),
    supervisor: sent.supervisor && { ...sent.supervisor, payFen: BigInt(sent.supervisor.payFen) },
  }
}

/** The lines of a person and what the rule is given. */
function preparePerson(collected: Collected, person: Person, { tariff, stocks, then }: PointsRules, known: ReadonlyMap<string, KnownMonth>, growthOf: readonly GrowthPart[]): void {
  const { month, terms } = collected
  const { from } = spanOf(month)
  const own = new Map(person.sums.filter((sum) => sum.of_month === from).map((sum) => [sum.line_code, sum]))
  const lines: LineRow[] = []
  const line = (code: string, row: Partial<LineRow>): void => {
    lines.push({
      place: lines.length + 1, code, quantity: null, unit_fen: null, each: null, measured_fen: null, points: null, money_fen: null, facts: 0, by_form: false, corrects_month: null, corrects_code: null, detail: {}, why: null, ...row,
    })
  }
  const isPaid = person.covered && terms.posts.includes(person.postCode)
  for (const rule of tariff) {
    const sum = own.get(rule.event)
    if (!sum && !isPaid) continue
    line(rule.event, ledgerLine(rule, sum, month, stocks))
  }
  for (const code of ['INSPECTION_REPORT', 'INSPECTION_CHECK', 'RETAIL_EVALUATION']) {
    const sum = own.get(code)
    const inPost: Record<string, string> = code === 'RETAIL_EVALUATION' && sum?.held_days != null ? { days: String(sum.held_days), wholeDays: String(daysInMonth(month)), rate: terms.evaluationPointRate } : {}
    if (sum) line(code, { detail: inPost, quantity: code === 'RETAIL_EVALUATION' ? sum.value : String(sum.facts), points: decimalText(exact(sum.points ?? '0'), 2), facts: sum.facts, by_form: true })
  }
  const points = lines.map(({ code, points: given }) => ({ code, points: given ?? '0.00' }))

  const f = growthLines(collected, own, growthOf, line)
  const scored = own.get('MARKETING')
  const score = scored?.value == null ? null : decimalText(exact(scored.value), 2)
  const marketing = { score, coefficient: marketingCoefficient(terms, score) }
  line('MARKETING', { facts: scored?.facts ?? 0, by_form: true, detail: marketing, why: score === null ? 'no-marketing-score' : null })

  for (const code of ['EARLY', 'OVERDUE', 'REFUND'] as const) {
    const sums = person.sums.filter((sum) => sum.line_code === code)
    if (sums.length === 0) continue
    const money = sums.reduce((sum, entry) => sum + BigInt(entry.money_fen ?? '0'), 0n)
    const facts = sums.reduce((sum, entry) => sum + entry.facts, 0)
    line(code, { quantity: String(facts), money_fen: money.toString(), facts, why: money !== 0n ? null : code === 'REFUND' ? 'later-than-next-month' : 'nothing-to-deduct' })
  }
  const effects = (code: Effect['line_code']): { since: string; fen: Fen }[] =>
    person.effects.filter((effect) => effect.line_code === code).map(({ since, money_fen }) => ({ since, fen: code === 'REFUND' ? BigInt(money_fen) : -BigInt(money_fen) }))
  person.input = {
    month, points, f, marketing, early: effects('EARLY'), overdue: effects('OVERDUE'), refunds: effects('REFUND'), supervisor: null,
    corrections: [...correctionLines(collected, person, then, known, line), ...person.adjustments.map((one) => awarded(one, line))], carryIn: person.carryIn,
  }
  person.lines = lines
}

/** The growth that pay is linked to: one line, or of several posts one for each and their factor by days (decision 0062). Gives f. */
function growthLines({ month, terms }: Collected, own: ReadonlyMap<string, Sum>, parts: readonly GrowthPart[], line: (code: string, row: Partial<LineRow>) => void): string | null {
  const one = (part: GrowthPart | undefined, place: number): { f: string | null; days: number; targeted: boolean } => {
    const sum = (code: 'NET_GROWTH' | 'NET_GROWTH_END' | 'NET_GROWTH_START'): Sum | undefined => own.get(growthCode(code, place, parts.length))
    const amount = (of: Sum | undefined): Fen => BigInt(roundHalfUp(exact(of?.weighted ?? '0').div(100), 0).toFixed(0))
    const [target, end, start] = [sum('NET_GROWTH'), sum('NET_GROWTH_END'), sum('NET_GROWTH_START')]
    const actualFen = amount(end) - amount(start)
    const time = part && timePassed(terms.timeProgress, part.since ?? yearStart(part.from), part.to)
    const link = linkFactor(terms, month, target?.amount_fen == null ? null : BigInt(target.amount_fen), actualFen, time)
    line(growthCode('NET_GROWTH', place, parts.length), {
      measured_fen: target ? actualFen.toString() : null, facts: [target, end, start].reduce((count, of) => count + (of?.facts ?? 0), 0), by_form: target !== undefined, why: link.why,
      detail: {
        targetFen: target?.amount_fen ?? null, completion: link.completion, timeProgress: link.timeProgress, f: link.f,
        ...(part && time ? { from: part.from, to: part.to, days: String(part.days), since: part.since, passed: time.how, whole: time.of } : {}),
      },
    })
    return { f: link.f, days: part?.days ?? 0, targeted: target !== undefined }
  }
  if (parts.length <= 1) return one(parts[0], 0).f
  const worked = parts.map(one)
  const f = weighFactors(worked)
  line('NET_GROWTH', { by_form: worked.some(({ targeted }) => targeted), why: f === null ? 'no-target' : 'weighted-by-days', detail: { f, weighed: worked.map((part) => `${part.f ?? '1.0000'} × ${part.days}`).join(' + '), days: String(worked.reduce((sum, { days }) => sum + days, 0)) } })
  return f
}

/** An award of the appraisal group: a line of this month that names the closed one. */
function awarded(one: Adjustment, line: (code: string, row: Partial<LineRow>) => void): { fen: Fen } {
  line('CORRECTION', adjustmentLine(one))
  return { fen: one.fen }
}

function ledgerLine(rule: LedgerRule, sum: Sum | undefined, month: string, stocks: StockRules): Partial<LineRow> {
  const shared = { unit_fen: rule.unit_fen, each: decimalText(exact(rule.points), 4), facts: sum?.facts ?? 0 }
  if (!sum) return { ...shared, points: '0.00', quantity: '0', why: 'no-facts' }
  const stock = rule.event === 'MANAGED_LOAN_ADB' ? stocks.loans : rule.event === 'DEPOSIT_ADB_INCREMENT' ? stocks.deposits : undefined
  if (stock) {
    const { averageFen: average, points } = stockPoints(sum.measure ?? '0', month, stock)
    return { ...shared, measured_fen: average.toString(), quantity: decimalText(exact(average).div(exact(stock.unitFen)), 6), points, why: points === '0.00' ? 'too-small' : null }
  }
  const points = decimalText(exact(sum.points ?? '0'), 2)
  const amount = BigInt(roundHalfUp(exact(sum.weighted ?? '0').div(100), 0).toFixed(0))
  // a joint fact counts with its share: six loans, one of them by half, are 5.5
  const quantity = rule.unit_fen === null ? exact(rule.points).isZero() ? String(sum.facts) : decimalText(exact(points).div(exact(rule.points)), 6) : decimalText(exact(amount).div(exact(rule.unit_fen)), 6)
  return { ...shared, measured_fen: amount.toString(), quantity, points, why: points === '0.00' ? 'too-small' : null }
}

/** Late corrections of closed months: the month is worked out again by the rules of then with what is known now, the difference before carrying is paid now. */
function correctionLines(collected: Collected, person: Person, rules: ReadonlyMap<string, RulesThen>, known: ReadonlyMap<string, KnownMonth>, line: (code: string, row: Partial<LineRow>) => void): { fen: Fen }[] {
  const { from } = spanOf(collected.month)
  const sums = person.sums.filter((sum) => isCorrection(sum, from))
  const worth = (ofMonth: string, entry: { code: string; points: string; measure: string }): string => {
    const stocks = rules.get(ofMonth)?.stocks
    const stock = entry.code === 'MANAGED_LOAN_ADB' ? stocks?.loans : entry.code === 'DEPOSIT_ADB_INCREMENT' ? stocks?.deposits : undefined
    return stock ? stockPoints(entry.measure, monthOf(ofMonth), stock).points : decimalText(exact(entry.points), 2)
  }
  const corrections: { fen: Fen }[] = []
  for (const ofMonth of [...new Set(sums.map((sum) => sum.of_month))].sort()) {
    const then = known.get(ofMonth)
    const input = then?.input ?? emptyMonth(monthOf(ofMonth))
    // the lines of the closed month as they are known, then one after the other as they are now: each line gets its own difference
    const values = new Map(input.points.map(({ code, points }) => [code, points]))
    for (const [code, { points, measure }] of then?.lines ?? []) values.set(code, worth(ofMonth, { code, points, measure }))
    const pay = (): Fen => payOfMonth(rules.get(ofMonth)?.terms ?? collected.terms, { ...input, points: [...values].map(([code, points]) => ({ code, points })) }).F
    let before = pay()
    for (const sum of sums.filter((entry) => entry.of_month === ofMonth)) {
      const was = values.get(sum.line_code) ?? '0.00'
      const stored = then?.lines.get(sum.line_code) ?? { points: '0', measure: '0' }
      const is = worth(ofMonth, { code: sum.line_code, points: exact(stored.points).plus(exact(sum.points ?? '0')).toFixed(), measure: exact(stored.measure).plus(exact(sum.measure ?? '0')).toFixed() })
      values.set(sum.line_code, is)
      const now = pay()
      line('CORRECTION', {
        points: decimalText(exact(is).minus(exact(was)), 2), money_fen: (now - before).toString(), facts: sum.facts, corrects_month: ofMonth, corrects_code: sum.line_code,
        detail: { was, is, payWas: before.toString(), payIs: now.toString() }, why: now === before ? 'no-difference-in-pay' : null,
      })
      corrections.push({ fen: now - before })
      before = now
    }
  }
  return corrections
}

/** A supervisor is paid by the points of the line he leads (3.1), for the days on which he held the post. */
function judgeTeam(collected: Collected, key: number, person: Person, people: ReadonlyMap<number, Person>): void {
  const { terms, month } = collected
  const led = collected.people.leads.get(key)
  if (!person.covered || !led) return
  let points = new Exact(0)
  for (const [other, member] of people) {
    if (other === key || terms.supervisorPosts.includes(member.postCode)) continue
    if (member.scopePath !== led.path && !member.scopePath.startsWith(`${led.path}.`)) continue
    for (const line of member.input.points) points = points.plus(exact(line.points))
  }
  const target = person.sums.find((sum) => sum.line_code === 'TEAM' && sum.of_month === spanOf(month).from)
  const teamPoints = decimalText(points, 2)
  const teamTarget = target?.value == null ? null : decimalText(exact(target.value), 2)
  const supervisor = supervisorPay(terms, teamPoints, teamTarget, { days: led.days, of: daysInMonth(month) })
  person.input = { ...person.input, supervisor }
  person.lines.push({
    place: person.lines.length + 1, code: 'TEAM', quantity: teamPoints, unit_fen: null, each: null, measured_fen: null, points: null, money_fen: supervisor.payFen.toString(), facts: target?.facts ?? 0, by_form: true,
    corrects_month: null, corrects_code: null, detail: { teamPoints, teamTarget, coefficient: supervisor.coefficient, ...(supervisor.inPost ? { days: String(supervisor.inPost.days), wholeDays: String(supervisor.inPost.of) } : {}) },
    why: supervisor.coefficient === null ? 'no-team-target' : null,
  })
}
