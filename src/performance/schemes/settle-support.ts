import { createHash } from 'node:crypto'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { OnProgress } from '../../foundation/jobs/run-job.ts'
import { bulk } from '../../foundation/store/store.ts'
import { addDays, monthStart, nextMonth } from '../../foundation/values/business-date.ts'
import { decimalText, exact, Exact } from '../../foundation/values/decimal.ts'
import { sumFen } from '../../foundation/values/fen.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { percentage } from '../annual.rules.ts'
import { adjustmentLine, payAdjustments } from '../appeal/pay-adjustments.ts'
import { controlTransactions, type ControlReport } from '../control-report.ts'
import { addOnTop } from '../deferral/add-on-top.ts'
import { claimLines, dueClaims } from '../deferral/recover-claims.ts'
import { storePay, type LineRow, type PersonPaid, type WorkedOut } from '../store-pay.ts'
import { markOfDisputes, supportPool, type Department, type Marks } from '../support-pay.rules.ts'
import type { BlockMonth } from './settle-blocks.ts'
import { readGateEvents, type GateEvent } from './read-plan-facts.ts'
import { payOfControl, sharesOfDepartment } from './support-month.rules.ts'
import { supportSchemeTerms, type SupportSchemeTerms } from './support-terms.contract.ts'

type Work = { facts: number; corrections: number; worked: WorkedOut; control: ControlReport }
type Unit = { code: string; key: number; path: string; name: string; nameEn: string }
type Member = { staffKey: number; staffNo: string; postCode: string; linePath: string; sequence: string; grade: string | null; days: number }

/** The pool comes from closed months only: the first scheme whose month is still open is named. */
export async function mayPoolBeMade(tx: Transaction, terms: unknown, month: string): Promise<Outcome<null>> {
  const { schemes } = supportSchemeTerms.parse(terms)
  const open = await tx.all(sql<{ code: string }>`
    SELECT s AS code FROM unnest(${[...schemes]}::text[]) s WHERE NOT EXISTS (SELECT FROM closed_month c WHERE c.scheme_code = s AND c.month = ${monthStart(month)}::date) ORDER BY s`)
  const [first] = open
  return first ? refuse('front-line-open', { details: { scheme: first.code, month } }) : ok(null)
}

/**
 * Settles a month of the support departments: the pool of what the front line of the units served was paid, shared by the scores of the departments and inside of them by grade, own mark and days. Posts of risk control never take
 * part: they are paid by the quality of their own work.
 */
export async function settleSupport(tx: Transaction, asked: BlockMonth, runId: string, told: OnProgress): Promise<Work> {
  const terms = supportSchemeTerms.parse(asked.terms)
  const [from, to] = [monthStart(asked.month), monthStart(nextMonth(asked.month))]
  const last = addDays(to, -1)
  const units = await tx.all(sql<Unit>`
    SELECT code, institution_key AS key, scope_path AS path, name, name_en AS "nameEn" FROM organisation_institution_facts WHERE from_date <= ${last}::date AND (to_date IS NULL OR to_date > ${last}::date) ORDER BY code`)
  const front = await frontLinePay(tx, terms, asked.month, units)
  await told('奖金池 / the pool', front.length, null)
  const departments = terms.departments.flatMap(({ code, staffWeight }) => {
    const unit = units.find((one) => one.code === code)
    return unit ? [{ unit, staffWeight }] : []
  })
  const controlUnits = units.filter(({ code }) => terms.controlDepartments.includes(code))
  const members = await membersOf(tx, [...departments.map(({ unit }) => unit), ...controlUnits], from, to, last)
  const forms = await formValues(tx, members.map(({ staffKey }) => staffKey), from)
  const events = await readGateEvents(tx, { from, to })
  const answers = await answersOf(tx, departments.map(({ unit }) => unit), from, to)
  const within = (unit: Unit) => members.filter(({ linePath }) => linePath === unit.path || linePath.startsWith(`${unit.path}.`))
  const marked = departments.map(({ unit, staffWeight }): Department & { unit: Unit; staff: Member[] } => {
    const staff = within(unit)
    return { code: unit.code, staffWeight, riskControl: false, unit, staff: staff.filter(({ sequence }) => sequence !== 'RISK_CONTROL'), marks: marksOf(staff, forms, answers.filter(({ unitKey }) => unitKey === unit.key)) }
  })
  const pay = supportPool(terms, front.map(({ fen }) => fen), marked)

  const people: PersonPaid[] = []
  const facts: Fact[] = []
  for (const department of pay.departments) {
    const own = marked.find(({ code }) => code === department.code)
    if (!own) continue
    const members = own.staff.map((member) => ({
      person: String(member.staffKey), grade: member.grade, mark: meanOf(forms.get(member.staffKey)?.get('SUPPORT_OWN_MARK')), days: member.days, events: (events.get(member.staffKey) ?? []).map((event) => event.class),
    }))
    const shares = sharesOfDepartment(terms, { pay, department, marks: own.marks, month: asked.month, members })
    for (const [place, member] of own.staff.entries()) {
      const found = shares[place]
      if (!found) continue
      const { share, mark, steps } = found
      const lines = [
        line(1, 'FRONT_LINE', { money_fen: pay.frontLineFen.toString(), quantity: String(front.length), detail: { units: terms.served.join('、') } }),
        line(2, 'DEPARTMENT', { quantity: department.score, facts: 0, detail: { name: own.unit.name, nameEn: own.unit.nameEn, held: department.heldFen.toString() }, why: department.why }),
        ...(own.marks === null ? [] : (['answerOnTime', 'rightFirstTime', 'disputes', 'frontLineRating'] as const).map((part, at) => line(3 + at, `MARK.${part}`, { quantity: own.marks?.[part] ?? null, by_form: part !== 'answerOnTime' || answers.every(({ unitKey }) => unitKey !== own.unit.key), facts: part === 'answerOnTime' ? answers.filter(({ unitKey }) => unitKey === own.unit.key).length : 0 }))),
        line(7, 'MARK.OWN', { quantity: mark, by_form: true, facts: forms.get(member.staffKey)?.get('SUPPORT_OWN_MARK')?.length ?? 0, why: members[place]?.mark == null ? 'no-mark' : null }),
      ]
      const gates = events.get(member.staffKey) ?? []
      if (gates.length > 0) lines.push(line(8, 'GATE', { quantity: String(gates.length), facts: gates.length, by_form: true, detail: { class: gates.some((event) => event.class === 'RED') ? 'RED' : 'AMBER' } }))
      for (const gate of gates) facts.push({ staff_key: member.staffKey, scope_path: member.linePath, line_code: 'GATE', fact_id: gate.eventId, kind: 'EVENT', fact_date: `${gate.month}-01`, value: null, note: gate.class })
      people.push(paidPerson(member, department.score ?? '0.00', share.payFen, steps, lines, { department: department.code, marks: own.marks, share }, events.get(member.staffKey) ?? []))
      for (const answer of answers.filter(({ unitKey }) => unitKey === own.unit.key)) facts.push({ staff_key: member.staffKey, scope_path: member.linePath, line_code: 'MARK.answerOnTime', fact_id: answer.answerId, kind: 'ANSWER', fact_date: answer.answerBy, value: answer.onTime ? '100' : '0' })
      for (const one of forms.get(member.staffKey)?.get('SUPPORT_OWN_MARK') ?? []) facts.push({ staff_key: member.staffKey, scope_path: member.linePath, line_code: 'MARK.OWN', fact_id: one.id, kind: 'FORM', fact_date: one.date, value: one.value })
    }
  }
  const controlled = members.filter(({ sequence }) => sequence === 'RISK_CONTROL')
  for (const member of controlled) {
    const score = meanOf(forms.get(member.staffKey)?.get('CONTROL_QUALITY'))
    const { baseFen, payFen, steps } = payOfControl(terms, { grade: member.grade, score })
    const used = forms.get(member.staffKey)?.get('CONTROL_QUALITY') ?? []
    people.push(paidPerson(member, score ?? '0.00', payFen, steps, [
      line(1, 'CONTROL_BASE', { money_fen: baseFen.toString(), detail: { grade: member.grade } }), line(2, 'MARK.CONTROL', { quantity: score, by_form: true, facts: used.length, why: score === null ? 'no-mark' : null }),
    ], { control: true, score }, events.get(member.staffKey) ?? []))
    for (const one of used) facts.push({ staff_key: member.staffKey, scope_path: member.linePath, line_code: 'MARK.CONTROL', fact_id: one.id, kind: 'FORM', fact_date: one.date, value: one.value })
  }
  await storeFacts(tx, asked, runId, from, facts)
  people.sort((a, b) => a.statement.staff_key - b.statement.staff_key)
  const content = createHash('sha256').update(JSON.stringify([asked.month, asked.schemeCode, asked.currency, terms, front.map(({ unit, fen }) => [unit, fen.toString()])]))
  // held shares that were released since: on top of the pool, which they were taken from when they were held; after everything else what the month's pay gives for claims on pay of before
  const adjusted = (await payAdjustments(tx, { runId, scheme: asked.schemeCode, month: asked.month, ...(asked.sandbox ? { sandbox: asked.sandbox } : {}) })).map((one): OnTop => ({ ...one, line: adjustmentLine(one) }))
  const claimed = asked.sandbox ? [] : await claimsOn(tx, asked, addOnTop(people, adjusted, ({ line: told }) => told))
  const paid = addOnTop(people, [...adjusted, ...claimed], ({ line: told }) => told).sort((a, b) => a.statement.staff_key - b.statement.staff_key)
  await storePay(tx, asked, runId, paid, content, told)
  const payableFen = sumFen(paid.map(({ statement }) => statement.payable_fen))
  const fromPool = sumFen(people.filter(({ statement }) => !(statement.input as { control?: true }).control).map(({ statement }) => statement.payable_fen))
  const total = sumFen(front.map(({ fen }) => fen))
  const control: ControlReport = {
    rows: [
      { source: 'FRONT_LINE', unit: 'FEN', facts: front.length, total: total.toString(), inLines: total.toString(), outside: '0', withoutManager: '0', otherCurrency: 0, ties: total === pay.frontLineFen },
      // what is held for want of data, and what nobody gets: below the least score, taken by a gate, without people
      { source: 'POOL', unit: 'FEN', facts: people.length, total: pay.poolFen.toString(), inLines: fromPool.toString(), outside: pay.heldFen.toString(), withoutManager: (pay.poolFen - fromPool - pay.heldFen).toString(), otherCurrency: 0, ties: fromPool + pay.heldFen <= pay.poolFen && pay.paidFen + pay.heldFen + pay.unpaidFen === pay.poolFen },
    ],
    transactions: await controlTransactions(tx, asked, runId), withoutResult: [], ties: true,
  }
  return { facts: facts.length, corrections: 0, worked: { hash: content.digest('hex'), people: paid.length, points: '0.00', payableFen, carryOutFen: 0n }, control: { ...control, ties: control.rows.every(({ ties }) => ties) } }
}

type OnTop = { staffKey: number; postCode: string; scopePath: string; fen: bigint; line: Partial<LineRow> }
/** What the month's pay of each gives for claims, after everything else and never more than it pays. */
async function claimsOn(tx: Transaction, asked: BlockMonth, people: readonly PersonPaid[]): Promise<OnTop[]> {
  const due = await dueClaims(tx, { scheme: asked.schemeCode, month: asked.month })
  return people.flatMap(({ statement }) => claimLines(statement.payable_fen, due.get(statement.staff_key) ?? []).map(({ fen, line: told }) => ({ staffKey: statement.staff_key, postCode: statement.post_code, scopePath: statement.scope_path, fen, line: told })))
}

// ---- inputs -----------------------------------------------------------------------------------------------------------

/** What was paid to the front line of the units served in the month, by unit; supervisors' own pay is left out, nobody counts below 0. */
async function frontLinePay(tx: Transaction, terms: SupportSchemeTerms, month: string, units: readonly Unit[]): Promise<{ unit: string; fen: bigint }[]> {
  const paths = terms.served.length === 0 ? null : units.filter(({ code }) => terms.served.includes(code)).map(({ path }) => path)
  const rows = await tx.all(sql<{ unit: string; fen: string }>`
    SELECT s.scope_path AS unit, sum(greatest(s.payable_fen - coalesce((SELECT sum((step ->> 'value')::bigint) FROM jsonb_array_elements(s.steps) step WHERE step ->> 'code' = 'SUPERVISOR'), 0), 0))::text AS fen
    FROM pay_statement s JOIN settled_month m ON m.run_id = s.run_id JOIN scheme k ON k.code = m.scheme_code AND k.version = (SELECT r.scheme_version FROM settlement_run r WHERE r.id = m.run_id)
    WHERE m.month = ${monthStart(month)}::date AND m.scheme_code = ANY(${[...terms.schemes]}::text[]) AND k.kind <> 'SUPPORT'
      AND ${paths === null ? sql`true` : sql`EXISTS (SELECT FROM unnest(${paths}::text[]) u WHERE s.scope_path = u OR starts_with(s.scope_path, u || '.'))`}
    GROUP BY s.scope_path ORDER BY s.scope_path`)
  return rows.map(({ unit, fen }) => ({ unit, fen: BigInt(fen) }))
}

async function membersOf(tx: Transaction, units: readonly Unit[], from: string, to: string, last: string): Promise<Member[]> {
  await tx.run(sql`SET LOCAL enable_nestloop = off`)
  const rows = await tx.all(sql<Member>`
    SELECT p.staff_key AS "staffKey", min(p.staff_no) AS "staffNo", min(p.post_code) AS "postCode", min(p.line_path) AS "linePath", min(p.sequence) AS sequence, (SELECT g.grade FROM organisation_grade_facts g WHERE g.staff_key = p.staff_key AND g.from_date <= ${last}::date AND (g.to_date IS NULL OR g.to_date > ${last}::date) LIMIT 1) AS grade,
      sum(least(coalesce(p.to_date, ${to}::date), ${to}::date) - greatest(p.from_date, ${from}::date))::int AS days
    FROM organisation_post_facts p
    WHERE p.main AND p.from_date < ${to}::date AND (p.to_date IS NULL OR p.to_date > ${from}::date) AND EXISTS (SELECT FROM unnest(${units.map(({ path }) => path)}::text[]) u WHERE p.line_path = u OR starts_with(p.line_path, u || '.'))
    GROUP BY p.staff_key ORDER BY p.staff_key`)
  await tx.run(sql`SET LOCAL enable_nestloop = on`)
  return rows
}

type Entry = { id: string; value: string; date: string }
async function formValues(tx: Transaction, staff: readonly number[], from: string): Promise<Map<number, Map<string, Entry[]>>> {
  const rows = await tx.all(sql<{ staff_key: number; indicator: string } & Entry>`
    SELECT staff_key, indicator, id, value::text AS value, business_date AS date FROM indicator_fact
    WHERE confirmed_by IS NOT NULL AND month = ${from}::date AND value IS NOT NULL AND indicator LIKE ANY(ARRAY['SUPPORT%', 'CONTROL%']) AND staff_key = ANY(${[...staff]}::int[]) ORDER BY staff_key, indicator, id`)
  const found = new Map<number, Map<string, Entry[]>>()
  for (const { staff_key: staffKey, indicator, ...entry } of rows) {
    const own = found.get(staffKey) ?? new Map<string, Entry[]>()
    found.set(staffKey, own)
    own.set(indicator, [...(own.get(indicator) ?? []), entry])
  }
  return found
}

type Answer = { answerId: string; unitKey: number; answerBy: string; onTime: boolean }
/** Times a department was to answer a request of another by a day of the month. */
async function answersOf(tx: Transaction, units: readonly Unit[], from: string, to: string): Promise<Answer[]> {
  return tx.all(sql<Answer>`
    SELECT answer_id AS "answerId", unit_key AS "unitKey", answer_by AS "answerBy", answered_on IS NOT NULL AND NOT coalesce(late, false) AS "onTime" FROM coordination_answer_facts
    WHERE unit_key = ANY(${units.map(({ key }) => key)}::int[]) AND answer_by >= ${from}::date AND answer_by < ${to}::date AND coalesce(answer, '') <> 'WITHDRAWN' ORDER BY answer_id`)
}

const meanOf = (entries: readonly Entry[] | undefined): string | null => (entries === undefined || entries.length === 0 ? null : decimalText(entries.reduce((sum, { value }) => sum.plus(exact(value)), new Exact(0)).div(entries.length), 2))

/** The four marks of a department: answers from the requests of the month where there are any, the rest by form; null where one of them has no data. */
function marksOf(staff: readonly Member[], forms: ReadonlyMap<number, ReadonlyMap<string, Entry[]>>, answers: readonly Answer[]): Marks | null {
  const byForm = (code: string): string | null => meanOf(staff.flatMap(({ staffKey }) => forms.get(staffKey)?.get(code) ?? []))
  const answerOnTime = answers.length > 0 ? percentage(answers.filter(({ onTime }) => onTime).length, answers.length) : byForm('SUPPORT_ANSWERS')
  const [rightFirstTime, lost, frontLineRating] = [byForm('SUPPORT_RIGHT_FIRST'), byForm('SUPPORT_DISPUTES_LOST'), byForm('SUPPORT_RATING')]
  if (answerOnTime === null || rightFirstTime === null || lost === null || frontLineRating === null) return null
  return { answerOnTime, rightFirstTime, disputes: markOfDisputes(Number(lost)), frontLineRating }
}

// ---- what is stored ---------------------------------------------------------------------------------------------------

function line(place: number, code: string, row: Partial<LineRow>): LineRow {
  return { place, code, quantity: null, unit_fen: null, each: null, measured_fen: null, points: null, money_fen: null, facts: 0, by_form: false, corrects_month: null, corrects_code: null, detail: {}, why: null, ...row }
}

function paidPerson(member: Member, score: string, payFen: bigint, steps: readonly unknown[], lines: readonly LineRow[], input: unknown, events: readonly GateEvent[]): PersonPaid {
  return {
    statement: {
      staff_key: member.staffKey, scope_path: member.linePath, post_code: member.postCode, points: score, before_carry_fen: payFen, carry_in_fen: 0n, payable_fen: payFen, carry_out_fen: 0n, input, steps, set_off: [], carry_out: [], expired: [],
    },
    lines, hashed: events.map((event) => [event.class, event.month, event.eventId]),
  }
}

type Fact = { staff_key: number; scope_path: string; line_code: string; fact_id: string; kind: string; fact_date: string; value: string | null; note?: string }
async function storeFacts(tx: Transaction, asked: BlockMonth, runId: string, from: string, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return
  await bulk(tx, {
    table: 'pay_fact', what: 'add', why: `settlement ${asked.month}: marks of departments`, batch: runId, about: { month: asked.month, scheme: asked.schemeCode },
    statement: sql`INSERT INTO pay_fact (run_id, staff_key, line_code, of_month, fact_id, kind, fact_date, value, note, scope_path)
      SELECT ${runId}::uuid, f.staff_key, f.line_code, ${from}::date, f.fact_id, f.kind, f.fact_date, f.value, f.note, f.scope_path
      FROM jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) AS f(staff_key int, scope_path text, line_code text, fact_id uuid, kind text, fact_date date, value numeric, note text)`,
  })
}
