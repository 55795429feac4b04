import { verdictOf } from '../../foundation/access/permission.rules.ts'
import type { FormSheet } from '../../foundation/documents/form-sheet.ts'
import { writeFormsDocx } from '../../foundation/documents/write-docx.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { add } from '../../foundation/store/store.ts'
import { takeNumbers } from '../../foundation/store/take-numbers.ts'
import { monthOf, monthStart } from '../../foundation/values/business-date.ts'
import { exact } from '../../foundation/values/decimal.ts'
import { fen, yuanText } from '../../foundation/values/fen.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { markStale, payPlaceOf, type PayPlace } from '../deferral/pay-place.ts'
import { castVote, closeMotion, getMotion, printMinutes, putMotion, type MotionShown } from './group.contract.ts'
import { asOffice, motionTitle, namesOf, readGroups } from './keep-groups.ts'
import type { SchemeName } from '../read-scheme-name.ts'
import { itemsOf } from './give-marks.ts'
import { isTermFault } from '../inspection/run.rules.ts'
import { recusalsOf, tallyOf, type Recusal, type Tally, type Vote } from './vote.rules.ts'

type Appointment = { from: string; to: string; notHis: number[] }
type Proposal = { reasons: string; award: string | null; marks: { markId: string; mark: string; reason: string }[]; inspector?: Appointment }
type MotionRow = {
  id: string; number: string; groupId: string; groupName: string; chairKey: number; secretaryKey: number; kind: string; title: SchemeName; staffKey: number | null; aboutId: string | null; scheme: string | null; month: string | null; proposal: Proposal; recused: Recusal[]; voters: number[]; members: number[]; readers: number[]
  putBy: string; putOn: string; votes: (Vote & { reason: string | null; on: string })[]; result: 'PASSED' | 'REJECTED' | null
}
async function readMotion(tx: Transaction, id: string): Promise<MotionRow | undefined> {
  return tx.maybe(sql<MotionRow>`
    SELECT m.id, m.number, m.group_id AS "groupId", g.name AS "groupName", g.chair_key AS "chairKey", g.secretary_key AS "secretaryKey", m.kind, ${motionTitle} AS title, m.staff_key AS "staffKey", m.about_id AS "aboutId", m.scheme_code AS scheme, m.month, m.proposal, m.recused, m.voters, m.members_key AS members, m.readers, p.staff_name AS "putBy",
      m.put_on AS "putOn", coalesce((SELECT jsonb_agg(jsonb_build_object('staffKey', v.staff_key, 'vote', v.vote, 'reason', v.reason, 'on', v.voted_on) ORDER BY v.staff_key) FROM group_vote v WHERE v.motion_id = m.id), '[]'::jsonb) AS votes, d.result
    FROM group_motion m JOIN appraisal_group g ON g.id = m.group_id JOIN organisation_staff_facts p ON p.staff_key = m.put_by LEFT JOIN group_decision d ON d.motion_id = m.id WHERE m.id = ${id}`)
}

/** Who leads people on a day: the heads of their line and of the lines above it inside of a branch. */
export async function superiorsOf(tx: Transaction, people: readonly number[], day: string): Promise<number[]> {
  const rows = await tx.all(sql<{ key: number }>`
    SELECT DISTINCT h.staff_key AS key FROM organisation_post_facts f JOIN organisation_post_facts h ON h.line_path = f.line_path AND h.post_code IN ('TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD') AND h.staff_key <> f.staff_key AND h.from_date <= ${day}::date AND (h.to_date IS NULL OR h.to_date > ${day}::date)
    WHERE f.staff_key = ANY(${[...people]}::int[]) AND f.from_date <= ${day}::date AND (f.to_date IS NULL OR f.to_date > ${day}::date)`)
  return rows.map((row) => row.key)
}
const isClosed = async (tx: Transaction, scheme: string, month: string): Promise<boolean> => (await tx.maybe(sql`SELECT 1 FROM performance_closed_month_facts WHERE scheme_code = ${scheme} AND month = ${month}::date`)) !== undefined

type Subject = { groupId: string; kind: string; staffKey: number | null; aboutId: string | null; scheme: string | null; month: string | null; title: string; ratees: number[]; raters: number[]; settlers: number[]; proposal: Proposal }

export const putMotionRoute = handle(putMotion, async (tx, { body }, context) => {
  const { actor, businessDate: day } = context
  const subject = await tx.asRole('office', () => (body.kind === 'APPEAL' ? appealSubject(tx, body) : body.kind === 'INSPECTOR' ? inspectorSubject(tx, body, day) : calibrationSubject(tx, body)))
  if (!subject.ok) return subject
  const about = subject.value
  // only the group’s own people find it: who is none of them is told as if it were not there
  const group = (await readGroups(tx, day, about.groupId))[0]
  if (!group) return refuse('not-found')
  if (group.chairKey !== actor.staffKey && group.secretaryKey !== actor.staffKey) return refuse('not-of-the-group')
  if (!group.inForce) return refuse('term-over')
  const members = group.members.map((one) => one.staffKey)
  const recused = recusalsOf(members, { ratees: about.ratees, superiors: await superiorsOf(tx, about.ratees, day), raters: about.raters, settlers: about.settlers, relatives: body.relatives })
  const voters = members.filter((one) => !recused.some((gone) => gone.staffKey === one))
  if (voters.length * 3 < members.length * 2) return refuse('too-few-left')
  const number = `KH${day.slice(0, 4)}-${String(await tx.asRole('batch', () => takeNumbers(tx, `group-motion-${day.slice(0, 4)}`))).padStart(4, '0')}`
  await add(tx, 'group_motion', {
    id: body.id, group_id: group.id, number, kind: about.kind, staff_key: about.staffKey, about_id: about.aboutId, scheme_code: about.scheme, month: about.month, title: about.title, proposal: { ...about.proposal }, recused: recused.map((one) => ({ ...one })), voters, members_key: members, put_by: actor.staffKey, put_on: day, readers: group.readers,
  }, { why: body.reasons, action: 'PUT_MOTION' })
  return ok({ id: body.id, number })
})

type AppealRow = { groupId: string; staffKey: number; name: string; scheme: string; month: string; number: string; settledBy: number | null; ended: boolean; voting: boolean }
async function appealSubject(tx: Transaction, body: { appealId: string; award: string | null; reasons: string }): Promise<Outcome<Subject>> {
  const row = await tx.maybe(sql<AppealRow>`
    SELECT a.group_id AS "groupId", a.staff_key AS "staffKey", p.staff_name AS name, a.scheme_code AS scheme, a.month, a.number, a.settled_by AS "settledBy", EXISTS (SELECT FROM appeal_end e WHERE e.appeal_id = a.id) AS ended,
      EXISTS (SELECT FROM group_motion m LEFT JOIN group_decision d ON d.motion_id = m.id WHERE m.about_id = a.id AND (d.result IS NULL OR d.result = 'PASSED')) AS voting FROM appeal a JOIN organisation_staff_facts p ON p.staff_key = a.staff_key WHERE a.id = ${body.appealId}`)
  if (!row) return refuse('not-found')
  if (row.ended || row.voting) return refuse('appeal-ended')
  if (body.award !== null && BigInt(body.award) <= 0n) return refuse('award-not-positive', { field: 'award' })
  const raters = await tx.all(sql<{ key: number }>`SELECT DISTINCT given_by AS key FROM qualitative_mark WHERE staff_key = ${row.staffKey} AND scheme_code = ${row.scheme} AND month = ${row.month}::date`)
  return ok({
    groupId: row.groupId, kind: 'APPEAL', staffKey: row.staffKey, aboutId: body.appealId, scheme: row.scheme, month: row.month, ratees: [row.staffKey], raters: raters.map((one) => one.key), settlers: row.settledBy === null ? [] : [row.settledBy],
    title: `${row.number} ${row.name} ${monthOf(row.month)}`, proposal: { reasons: body.reasons, award: body.award, marks: [] },
  })
}

/** Until when the person is appointed already, within a term that is asked for. */
const appointedUntil = async (tx: Transaction, staffKey: number, { from, to }: Pick<Appointment, 'from' | 'to'>): Promise<string | null> =>
  (await tx.maybe(sql<{ until: string }>`SELECT to_date AS until FROM inspector WHERE staff_key = ${staffKey} AND from_date < ${to}::date AND to_date > ${from}::date ORDER BY to_date DESC LIMIT 1`))?.until ?? null

/** An inspector (3.7): for a term, with the managers whom he does not inspect because they are his relatives. */
async function inspectorSubject(tx: Transaction, body: { groupId: string; staffNo: string; from: string; to: string; notHis: string[]; reasons: string }, day: string): Promise<Outcome<Subject>> {
  const asked = [...new Set([body.staffNo, ...body.notHis])]
  const known = new Map((await tx.all(sql<{ no: string; key: number; name: string }>`
    SELECT DISTINCT staff_no AS no, staff_key AS key, staff_name AS name FROM organisation_post_facts WHERE staff_no = ANY(${asked}::text[]) AND from_date <= ${day}::date AND (to_date IS NULL OR to_date > ${day}::date)`)).map((row) => [row.no, row]))
  const missing = asked.find((no) => !known.has(no))
  if (missing !== undefined) return refuse('no-such-person', { field: missing === body.staffNo ? 'staffNo' : 'notHis', details: { staffNo: missing } })
  const person = known.get(body.staffNo)
  if (!person) return refuse('no-such-person', { field: 'staffNo', details: { staffNo: body.staffNo } })
  if (isTermFault(body.from, body.to) || body.to <= day) return refuse('term-too-long', { field: 'to' })
  if (body.notHis.includes(body.staffNo)) return refuse('own-relative', { field: 'notHis' })
  const until = await appointedUntil(tx, person.key, body)
  if (until !== null) return refuse('appointed-already', { details: { until } })
  const notHis = body.notHis.map((no) => known.get(no)?.key ?? 0)
  return ok({ groupId: body.groupId, kind: 'INSPECTOR', staffKey: person.key, aboutId: null, scheme: null, month: null, ratees: [person.key], raters: [], settlers: [], title: `${person.name} ${body.from} – ${body.to}`, proposal: { reasons: body.reasons, award: null, marks: [], inspector: { from: body.from, to: body.to, notHis } } })
}

async function calibrationSubject(tx: Transaction, body: { groupId: string; scheme: string; month: string; marks: { markId: string; mark: string; reason: string }[]; reasons: string }): Promise<Outcome<Subject>> {
  const month = monthStart(body.month)
  if (body.marks.some((one) => exact(one.mark).lt(0) || exact(one.mark).gt(100))) return refuse('mark-range', { field: 'marks' })
  if (await isClosed(tx, body.scheme, month)) return refuse('month-closed', { details: { month: body.month } })
  const rows = await tx.all(sql<{ id: string; staffKey: number; givenBy: number }>`
    SELECT m.id, m.staff_key AS "staffKey", m.given_by AS "givenBy" FROM qualitative_mark m WHERE m.id = ANY(${body.marks.map((one) => one.markId)}::uuid[]) AND m.scheme_code = ${body.scheme} AND m.month = ${month}::date AND NOT EXISTS (SELECT FROM calibrated_mark c WHERE c.mark_id = m.id)`)
  if (rows.length !== new Set(body.marks.map((one) => one.markId)).size || rows.length !== body.marks.length) return refuse('no-such-mark', { field: 'marks' })
  return ok({
    groupId: body.groupId, kind: 'CALIBRATION', staffKey: null, aboutId: null, scheme: body.scheme, month, ratees: rows.map((row) => row.staffKey), raters: rows.map((row) => row.givenBy), settlers: [], title: `${body.month} · ${body.scheme} · ${rows.length}`,
    proposal: { reasons: body.reasons, award: null, marks: body.marks },
  })
}

export const castVoteRoute = handle(castVote, async (tx, { params, body }, { actor, businessDate }) => {
  const motion = await readMotion(tx, params.motionId)
  if (!motion) return refuse('not-found')
  if (!motion.voters.includes(actor.staffKey)) return refuse('recused')
  if (motion.result !== null) return refuse('motion-closed')
  if (motion.votes.some((one) => one.staffKey === actor.staffKey)) return refuse('voted-already')
  if (body.vote === 'NO' && body.reason === '') return refuse('reason-missing', { field: 'reason' })
  await add(tx, 'group_vote', { motion_id: motion.id, staff_key: actor.staffKey, vote: body.vote, reason: body.reason === '' ? null : body.reason, voted_on: businessDate, voters: motion.voters, readers: motion.readers }, { why: null, action: 'CAST_VOTE' })
  return ok({ id: motion.id })
})

export const closeMotionRoute = handle(closeMotion, async (tx, { params, body }, { actor, businessDate: day }) => {
  await tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`group motion ${params.motionId}`}, 14))`)
  const motion = await readMotion(tx, params.motionId)
  if (!motion) return refuse('not-found')
  if (motion.chairKey !== actor.staffKey && motion.secretaryKey !== actor.staffKey) return refuse('not-of-the-group')
  if (motion.result !== null) return refuse('motion-closed')
  const tally = tallyOf(motion.members.length, motion.votes, motion.chairKey)
  if (tally.result === null) return refuse('no-quorum', { details: { needed: String(Math.ceil((motion.members.length * 2) / 3)), present: String(tally.present) } })
  if (motion.kind === 'INSPECTOR') return appoint(tx, motion, { tally, reasons: body.reasons, by: actor.staffKey, day })
  const { scheme, month } = motion
  if (scheme === null || month === null) return refuse('not-found')
  if (motion.kind === 'CALIBRATION' && (await tx.asRole('office', () => isClosed(tx, scheme, month)))) return refuse('month-closed', { details: { month: monthOf(month) } })
  if (motion.aboutId !== null && (await tx.asRole('office', () => tx.maybe(sql`SELECT 1 FROM appeal_end WHERE appeal_id = ${motion.aboutId}`)))) return refuse('appeal-ended')
  const awarded = tally.result === 'PASSED' && motion.kind === 'APPEAL' && motion.proposal.award !== null ? motion.staffKey : null
  const place = awarded === null ? null : await tx.asRole('office', () => payPlaceOf(tx, scheme, [awarded], month))
  if (awarded !== null && !place) return refuse('no-scheme-to-pay', { details: { scheme } })
  await decided(tx, motion, { tally, reasons: body.reasons, by: actor.staffKey, day })
  if (tally.result === 'PASSED') await tx.asRole('office', () => (motion.kind === 'APPEAL' ? answerAppeal(tx, motion, { place, reason: body.reasons, by: actor.staffKey, day }) : calibrate(tx, motion, actor.staffKey, day)))
  return ok({ id: motion.id, result: tally.result })
})

type Closing = { tally: Tally; reasons: string; by: number; day: string }
const decided = (tx: Transaction, motion: MotionRow, { tally, reasons, by, day }: Closing): Promise<void> =>
  add(tx, 'group_decision', { motion_id: motion.id, result: tally.result, members: motion.members.length, present: tally.present, yes: tally.yes, no: tally.no, by_chair: tally.byChair, reasons, closed_by: by, closed_on: day, readers: motion.readers }, { why: reasons, action: 'CLOSE_MOTION' })

/** A passed motion appoints the inspector for his term. */
async function appoint(tx: Transaction, motion: MotionRow, closing: Closing): Promise<Outcome<{ id: string; result: 'PASSED' | 'REJECTED' }>> {
  const { inspector } = motion.proposal
  const { result } = closing.tally
  const { staffKey } = motion
  if (inspector === undefined || staffKey === null || result === null) return refuse('not-found')
  const until = result === 'PASSED' ? await tx.asRole('office', () => appointedUntil(tx, staffKey, inspector)) : null
  if (until !== null) return refuse('appointed-already', { details: { until } })
  await decided(tx, motion, closing)
  if (result === 'PASSED') {
    await tx.asRole('office', () => add(tx, 'inspector', {
      id: newId(), staff_key: staffKey, group_id: motion.groupId, motion_id: motion.id, from_date: inspector.from, to_date: inspector.to, relatives: inspector.notHis, appointed_by: closing.by, appointed_on: closing.day,
    }, { why: closing.reasons, action: 'APPOINT_INSPECTOR' }))
  }
  return ok({ id: motion.id, result })
}

/** A passed motion answers the appeal: a reject, or an amount where the person is paid next. Nothing closed is edited. */
async function answerAppeal(tx: Transaction, motion: MotionRow, given: { place: PayPlace | null; reason: string; by: number; day: string }): Promise<void> {
  const appeal = await tx.one(sql<{ staff_key: number; answer_by: string; heads: number[]; scope_path: string }>`SELECT staff_key, answer_by, heads, scope_path FROM appeal WHERE id = ${motion.aboutId}`)
  const { place } = given
  const award = motion.proposal.award
  await add(tx, 'appeal_end', {
    appeal_id: motion.aboutId, staff_key: appeal.staff_key, result: award === null ? 'REJECTED' : 'ADJUSTED', reason: given.reason, motion_id: motion.id, ...(place === null ? {} : { money_fen: award, pay_month: place.month, pay_scheme: place.scheme }), done_by: given.by, decided_on: given.day, late: given.day > appeal.answer_by, heads: appeal.heads, scope_path: appeal.scope_path,
  }, { why: given.reason, action: award === null ? 'REJECT_APPEAL' : 'GRANT_APPEAL' })
  // the period that takes the line may be settled already, under the month in which it ends
  if (place) await markStale(tx, { scheme: place.scheme, from: place.month, why: `appeal ${motion.number}` })
}

async function calibrate(tx: Transaction, motion: MotionRow, by: number, day: string): Promise<void> {
  for (const one of motion.proposal.marks) {
    const mark = await tx.one(sql<{ staff_key: number; scope_path: string }>`SELECT staff_key, scope_path FROM qualitative_mark WHERE id = ${one.markId}`)
    await add(tx, 'calibrated_mark', { mark_id: one.markId, staff_key: mark.staff_key, mark: one.mark, reason: one.reason, motion_id: motion.id, decided_on: day, done_by: by, scope_path: mark.scope_path }, { why: one.reason, action: 'CALIBRATE_MARK' })
  }
}

type Told = { claim: string | null; name: string | null; reasons: string | null; by: string | null; on: string | null }
async function shownMotion(tx: Transaction, motion: MotionRow, { actor }: Pick<Context, 'actor'>): Promise<MotionShown> {
  const names = await namesOf(tx, [...motion.members, ...motion.votes.map((one) => one.staffKey), ...(motion.staffKey === null ? [] : [motion.staffKey]), ...(motion.proposal.inspector?.notHis ?? [])])
  // members read what they vote on: claim and marks stand in tables of their holders
  const told = await tx.asRole('office', () => tx.one(sql<Told>`
    SELECT (SELECT a.claim FROM appeal a WHERE a.id = ${motion.aboutId}::uuid) AS claim, (SELECT p.staff_name FROM organisation_staff_facts p WHERE p.staff_key = ${motion.staffKey}::int) AS name, d.reasons, c.staff_name AS by, d.closed_on AS "on"
    FROM (SELECT 1) one LEFT JOIN group_decision d ON d.motion_id = ${motion.id}::uuid LEFT JOIN organisation_staff_facts c ON c.staff_key = d.closed_by`))
  const marks = motion.proposal.marks.length === 0 ? [] : await tx.asRole('office', () => tx.all(sql<{ id: string; name: string; item: string; mark: string }>`
    SELECT m.id, p.staff_name AS name, m.item, m.mark::text AS mark FROM qualitative_mark m JOIN organisation_staff_facts p ON p.staff_key = m.staff_key WHERE m.id = ANY(${motion.proposal.marks.map((one) => one.markId)}::uuid[]) ORDER BY p.staff_no, m.item`))
  const items = new Map((marks.length === 0 || motion.scheme === null ? [] : await itemsOf(tx, motion.scheme, motion.month)).map((item) => [item.code, item.name]))
  const tally = tallyOf(motion.members.length, motion.votes, motion.chairKey)
  const voted = motion.votes.some((one) => one.staffKey === actor.staffKey)
  const heads = motion.chairKey === actor.staffKey || motion.secretaryKey === actor.staffKey
  return {
    id: motion.id, number: motion.number, groupId: motion.groupId, groupName: motion.groupName, kind: motion.kind, title: motion.title, proposal: motion.proposal.reasons, about: told.name === null ? null : { name: told.name, appealId: motion.aboutId, claim: told.claim }, moneyFen: motion.proposal.award, inspector: motion.proposal.inspector === undefined ? null : { from: motion.proposal.inspector.from, to: motion.proposal.inspector.to, relatives: motion.proposal.inspector.notHis.map((one) => names.get(one) ?? '') }, putBy: motion.putBy, putOn: motion.putOn,
    recused: motion.recused.map((one) => ({ name: names.get(one.staffKey) ?? '', why: one.why })), votes: motion.votes.map((one) => ({ name: names.get(one.staffKey) ?? '', vote: one.vote, reason: one.reason, on: one.on })),
    waiting: motion.result === null ? motion.voters.filter((key) => !motion.votes.some((one) => one.staffKey === key)).map((key) => names.get(key) ?? '') : [], members: motion.members.length,
    marks: marks.map((one) => { const to = motion.proposal.marks.find((given) => given.markId === one.id); return { name: one.name, item: items.get(one.item) ?? { zh: one.item, en: one.item }, from: one.mark, to: exact(to?.mark ?? '0').toFixed(2), reason: to?.reason ?? '' } }),
    decision: motion.result === null || told.by === null || told.on === null ? null : { result: motion.result, present: tally.present, yes: tally.yes, no: tally.no, byChair: tally.byChair, reasons: told.reasons ?? '', by: told.by, on: told.on },
    may: {
      vote: verdictOf(!motion.voters.includes(actor.staffKey) ? 'recused' : motion.result !== null ? 'motion-closed' : voted ? 'voted-already' : null), close: verdictOf(!heads ? 'not-of-the-group' : motion.result !== null ? 'motion-closed' : tally.result === null ? 'no-quorum' : null),
    },
  }
}

export const getMotionRoute = handle(getMotion, (tx, { params }, context) => asOffice(tx, context, async () => {
  const motion = await readMotion(tx, params.motionId)
  // a member whom the motion concerns reads the state of his appeal, not the vote on it
  return motion && motion.staffKey !== context.actor.staffKey ? ok({ motion: await shownMotion(tx, motion, context) }) : refuse('not-found')
}))

const voteWords = { YES: '同意', NO: '反对', ABSTAIN: '弃权' } as const
const whyWords: Readonly<Record<string, string>> = { SELF: '本人', SUPERIOR: '直属上级', RATER: '原评分人', SETTLER: '原结算人', RELATIVE: '亲属' }
/** Minutes of a day as Word: for each motion who was there, who left it, what was asked, how each voted and why, what was decided. */
export const printMinutesRoute = handle(printMinutes, (tx, { params, query }, context) => asOffice(tx, context, async () => {
  const group = (await readGroups(tx, context.businessDate, params.groupId))[0]
  if (!group) return refuse('not-found')
  const ids = await tx.all(sql<{ id: string }>`SELECT d.motion_id AS id FROM group_decision d JOIN group_motion m ON m.id = d.motion_id WHERE m.group_id = ${params.groupId} AND d.closed_on = ${query.day}::date ORDER BY m.number`)
  if (ids.length === 0) return refuse('not-found')
  const sheets: FormSheet[] = []
  for (const { id } of ids) {
    const row = await readMotion(tx, id)
    if (!row) continue
    const motion = await shownMotion(tx, row, context)
    sheets.push({
      title: '考核小组会议记录', number: motion.number,
      rows: [
        { kind: 'fields', cells: [{ label: '小组', text: group.name }, { label: '组长', text: group.chairName }, { label: '日期', text: query.day }] }, { kind: 'wide', label: '议题', text: motion.title.zh, lines: 1 },
        ...(motion.inspector ? [{ kind: 'fields' as const, cells: [{ label: '任期', text: `${motion.inspector.from} 至 ${motion.inspector.to}（不含）` }, { label: '不检查的近亲属', text: motion.inspector.relatives.join('、') || '无' }] }] : []),
        { kind: 'wide', label: '议案', text: `${motion.proposal}${motion.moneyFen === null ? (motion.kind === 'APPEAL' ? '（不予支持）' : '') : `（调整 ${yuanText(fen(motion.moneyFen))} 元）`}`, lines: 2 }, ...(motion.about?.claim == null ? [] : [{ kind: 'wide' as const, label: '申诉理由', text: motion.about.claim, lines: 2 }]),
        { kind: 'wide', label: '回避', text: motion.recused.map((one) => `${one.name}（${whyWords[one.why] ?? one.why}）`).join('、') || '无', lines: 1 },
        ...(motion.marks.length === 0 ? [] : [{ kind: 'table' as const, head: ['姓名', '项目', '原评分', '校准后', '理由'], widths: [2, 2, 1, 1, 4], rows: motion.marks.map((one) => [one.name, one.item.zh, one.from, one.to, one.reason]), least: 0 }]),
        { kind: 'table', head: ['成员', '表决', '理由'], widths: [2, 1, 5], rows: motion.votes.map((one) => [one.name, voteWords[one.vote], one.reason ?? '']), least: 0 },
        { kind: 'fields', cells: [{ label: '出席', text: `${motion.decision?.present ?? 0} / ${motion.members}` }, { label: '同意', text: String(motion.decision?.yes ?? 0) }, { label: '反对', text: String(motion.decision?.no ?? 0) }] },
        { kind: 'wide', label: '决议', text: `${motion.decision?.result === 'PASSED' ? '通过' : '未通过'}${motion.decision?.byChair ? '（票数相等，组长裁定）' : ''}。${motion.decision?.reasons ?? ''}`, lines: 2 },
      ],
      signatures: ['组长', '秘书', '成员'],
    })
  }
  const bank = await tx.one(sql<{ name: string }>`SELECT name_zh AS name FROM bank`)
  const content = await writeFormsDocx(sheets, { bank: bank.name, formCode: 'YQ-JX-01', mark: `${context.actor.name} ${context.businessDate}`, pageOf: (page, pages) => `${page} / ${pages}`, missingGlyphs: '' })
  return ok({ type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', content, fileName: `考核小组会议记录-${query.day}.docx` })
}))
