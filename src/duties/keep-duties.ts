import { unless } from '../foundation/access/permission.rules.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { add, change } from '../foundation/store/store.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { lacking } from './duty-table.ts'
import { confirmDuty, listDuties, proposeDuty, returnDuty, type DueRule, type DutyShown, type Escalation, type Period } from './duty.contract.ts'

type Row = {
  code: string; version: number; name: string; name_en: string; own: boolean; posts: string[]; unit_key: number | null; unit_name: string | null; trigger: DutyShown['trigger']; period: Period | null; event: string | null; due_rule: DueRule; content: string
  content_en: string; evidence: string; evidence_en: string; fact: string | null; escalation: Escalation; missing: string | null; source: string; from_date: string; to_date: string | null; entered_by: number | null; entered_name: string | null
  confirmed_on: string | null; confirmed_name: string | null; returned_by: number | null; return_reason: string | null; newest: boolean
}

export const listDutiesRoute = handle(listDuties, async (tx, _input, context) => {
  const { businessDate, may } = context
  const rows = await tx.all(sql<Row>`
    SELECT d.*, u.name AS unit_name, e.staff_name AS entered_name, c.staff_name AS confirmed_name FROM duty_kind d
    LEFT JOIN organisation_institution_facts u ON u.institution_key = d.unit_key AND u.from_date <= ${businessDate} AND (u.to_date IS NULL OR u.to_date > ${businessDate})
    LEFT JOIN organisation_staff_facts e ON e.staff_key = d.entered_by LEFT JOIN organisation_staff_facts c ON c.staff_key = d.confirmed_by
    WHERE d.version >= (SELECT max(b.version) FROM duty_kind b WHERE b.code = d.code AND b.confirmed_on IS NOT NULL AND b.from_date <= ${businessDate}) OR NOT EXISTS (SELECT FROM duty_kind b WHERE b.code = d.code AND b.confirmed_on IS NOT NULL AND b.from_date <= ${businessDate})
    ORDER BY d.own DESC, d.code, d.version`)
  const posts = await tx.all(sql<{ code: string; name: string; nameEn: string }>`SELECT post_code AS code, post_name AS name, post_name_en AS "nameEn" FROM organisation_post_kind_facts ORDER BY place, post_code`)
  return ok({ asOf: businessDate, posts, mayPropose: may('duty.keep').allowed, items: rows.filter((row) => row.returned_by === null || row.own).map((row) => shownOf(row, context)) })
})

function shownOf(row: Row, { actor, businessDate, may }: Context): DutyShown {
  const state = row.returned_by !== null ? 'RETURNED' : row.confirmed_on === null ? 'WAITING' : row.missing !== null ? 'INACTIVE' : row.to_date !== null && row.to_date <= businessDate ? 'ENDED' : row.from_date > businessDate ? 'COMING' : 'IN_FORCE'
  const decide = unless(may('duty.keep'), state !== 'WAITING' ? 'decided-already' : row.entered_by === actor.staffKey ? 'same-person' : null)
  return {
    code: row.code, name: row.name, nameEn: row.name_en, version: row.version, own: row.own, posts: row.posts, unitKey: row.unit_key, unitName: row.unit_name, trigger: row.trigger, period: row.period, event: row.event, due: row.due_rule, content: row.content,
    contentEn: row.content_en, evidence: row.evidence, evidenceEn: row.evidence_en, fact: row.fact, escalation: row.escalation, missing: row.missing === null ? null : { zh: row.missing, en: row.missing in lacking ? lacking[row.missing as keyof typeof lacking] : row.missing }, source: row.source, from: row.from_date, to: row.to_date, state, enteredBy: row.entered_name,
    confirmedBy: row.confirmed_name, returnReason: row.return_reason, may: { decide },
  }
}

/** The bank adds a duty of its own, or gives a recurring one of the product another deadline, content or escalation: a new version that waits for a second person. */
export const proposeDutyRoute = handle(proposeDuty, (tx, { body }, { actor, businessDate }) => tx.asRole('office', async () => {
  if ((body.period === null) === (body.event === null)) return refuse('trigger-unclear', { field: 'period' })
  if (!fits(body.period, body.due)) return refuse('due-does-not-fit', { field: 'due' })
  const known = new Set((await tx.all(sql<{ code: string }>`SELECT post_code AS code FROM organisation_post_kind_facts`)).map(({ code }) => code))
  const unknown = body.posts.find((post) => !known.has(post))
  if (unknown !== undefined) return refuse('post-unknown', { field: 'posts', details: { post: unknown } })
  if (body.unitKey !== null && !(await tx.maybe(sql`SELECT 1 FROM organisation_institution_facts WHERE institution_key = ${body.unitKey} AND from_date <= ${businessDate} AND (to_date IS NULL OR to_date > ${businessDate})`))) return refuse('unit-unknown', { field: 'unitKey' })
  const former = await tx.all(sql<Row>`SELECT * FROM duty_kind WHERE code = ${body.code} ORDER BY version DESC FOR UPDATE`)
  const inForce = former.find((row) => row.confirmed_on !== null)
  if (body.code.startsWith('D-') && (!inForce || inForce.missing !== null || inForce.period !== body.period || inForce.event !== body.event || inForce.fact !== null)) return refuse('product-duty', { field: 'code' })
  if (former.some((row) => row.confirmed_on === null && row.returned_by === null)) return refuse('waits-already', { field: 'code', details: { code: body.code } })
  const version = (former[0]?.version ?? 0) + 1
  await add(tx, 'duty_kind', {
    code: body.code, version, name: body.name, name_en: inForce && !inForce.own ? inForce.name_en : body.name, own: inForce?.own ?? true, posts: body.posts, unit_key: body.unitKey, trigger: body.period === null ? 'EVENT' : 'RECURRENCE', period: body.period, event: body.event,
    due_rule: body.due, content: body.content, content_en: body.content, evidence: body.evidence, evidence_en: body.evidence, fact: null, address: null, escalation: body.escalation, missing: null, source: '本行', from_date: addDays(businessDate, 1),
    entered_by: actor.staffKey, entered_on: businessDate,
  }, { why: null, action: 'PROPOSE_DUTY' })
  return ok({ code: body.code, version })
}))

function fits(period: Period | null, due: DueRule): boolean {
  if (period === null) return due.kind === 'AFTER_EVENT' || due.kind === 'AFTER_EVENT_DAYS' || due.kind === 'SAME_DAY'
  if (due.kind === 'AFTER_EVENT' || due.kind === 'AFTER_EVENT_DAYS' || due.kind === 'OWN') return false
  if (due.kind === 'SAME_DAY') return period === 'DAY'
  if (due.kind === 'DATE') return period === 'MONTH' ? due.month === undefined : period === 'YEAR'
  return period !== 'DAY' || due.kind === 'PERIOD_END'
}

type Pending = { entered_by: number | null; decided: boolean }

async function undecided(tx: Transaction, { code, version }: { code: string; version: number }, decider: number): Promise<Outcome<null>> {
  const found = await tx.maybe(sql<Pending>`SELECT entered_by, confirmed_on IS NOT NULL OR returned_by IS NOT NULL AS decided FROM duty_kind WHERE code = ${code} AND version = ${version} FOR UPDATE`)
  if (!found) return refuse('not-found')
  if (found.decided) return refuse('decided-already')
  return found.entered_by === decider ? refuse('same-person') : ok(null)
}

/** From the next day on it is in force; the version before ends with today. */
export const confirmDutyRoute = handle(confirmDuty, (tx, { params }, { actor, businessDate }) => tx.asRole('office', async () => {
  const may = await undecided(tx, params, actor.staffKey)
  if (!may.ok) return may
  const from = addDays(businessDate, 1)
  const before = await tx.all(sql<{ version: number }>`SELECT version FROM duty_kind WHERE code = ${params.code} AND version < ${params.version} AND confirmed_on IS NOT NULL AND to_date IS NULL`)
  for (const { version } of before) await change(tx, 'duty_kind', { code: params.code, version }, { to_date: from }, { why: 'a newer version', action: 'END' })
  await change(tx, 'duty_kind', { code: params.code, version: params.version }, { confirmed_by: actor.staffKey, confirmed_on: businessDate, from_date: from }, { why: null, action: 'CONFIRM_DUTY' })
  return ok({ from })
}))

export const returnDutyRoute = handle(returnDuty, (tx, { params, body }, { actor, businessDate }) => tx.asRole('office', async () => {
  const may = await undecided(tx, params, actor.staffKey)
  if (!may.ok) return may
  await change(tx, 'duty_kind', { code: params.code, version: params.version }, { returned_by: actor.staffKey, returned_on: businessDate, return_reason: body.reason }, { why: body.reason, action: 'RETURN_DUTY' })
  return ok({ code: params.code })
}))
