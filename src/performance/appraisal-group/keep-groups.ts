import { verdictOf } from '../../foundation/access/permission.rules.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { add } from '../../foundation/store/store.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { findGroupPeople, listAppraisalGroups, makeAppraisalGroup, type GroupShown } from './group.contract.ts'
import { schemeNameOf, type SchemeName } from '../read-scheme-name.ts'
import { faultOfGroup, type Member } from './vote.rules.ts'

export type GroupRow = { id: string; name: string; unitName: string; unitPath: string; from: string; to: string; chairKey: number; chairName: string; secretaryKey: number; secretaryName: string; members: Member[]; readers: number[]; inForce: boolean }
/** Groups that the role may read, in office on a day or not. */
export function readGroups(tx: Transaction, day: string, id?: string): Promise<GroupRow[]> {
  return tx.all(sql<GroupRow>`
    SELECT g.id, g.name, coalesce(i.name, '') AS "unitName", coalesce(i.scope_path, '') AS "unitPath", g.from_date AS "from", g.to_date AS "to", g.chair_key AS "chairKey", c.staff_name AS "chairName", g.secretary_key AS "secretaryKey", s.staff_name AS "secretaryName", g.members, g.readers,
      g.from_date <= ${day}::date AND g.to_date > ${day}::date AND NOT EXISTS (SELECT FROM appraisal_group n WHERE n.replaces_id = g.id) AS "inForce"
    FROM appraisal_group g JOIN organisation_staff_facts c ON c.staff_key = g.chair_key JOIN organisation_staff_facts s ON s.staff_key = g.secretary_key
    LEFT JOIN LATERAL (SELECT f.name, f.scope_path FROM organisation_institution_facts f WHERE f.institution_key = g.unit_key ORDER BY f.from_date DESC LIMIT 1) i ON true
    WHERE ${id === undefined ? sql`true` : sql`g.id = ${id}`} ORDER BY g.from_date DESC, g.id DESC LIMIT 50`)
}
/** Reads as the offices do when the post may keep groups, else as a member. */
export const asOffice = <T>(tx: Transaction, { may }: Pick<Context, 'may'>, work: () => Promise<T>): Promise<T> => (may('appraisal-group.keep').allowed ? tx.asRole('office', work) : work())

/** Names of people by their keys. */
export async function namesOf(tx: Transaction, keys: readonly number[]): Promise<Map<number, string>> {
  const rows = await tx.all(sql<{ key: number; name: string }>`SELECT staff_key AS key, staff_name AS name FROM organisation_staff_facts WHERE staff_key = ANY(${[...new Set(keys)]}::int[])`)
  return new Map(rows.map((row) => [row.key, row.name]))
}

/** What a motion `m` is about, in words: of a calibration the scheme by its name, of an appointment that it is one. */
export const motionTitle = sql`CASE WHEN m.kind = 'INSPECTOR' THEN jsonb_build_object('zh', '任命检查人员：' || m.title, 'en', 'Appoint the inspector: ' || m.title) WHEN m.kind = 'CALIBRATION' THEN (SELECT jsonb_build_object(
  'zh', to_char(m.month, 'YYYY-MM') || ' ' || (c.name ->> 'zh') || ' 定性评分校准（' || jsonb_array_length(m.proposal -> 'marks') || ' 项）',
  'en', to_char(m.month, 'YYYY-MM') || ' ' || (c.name ->> 'en') || ', marks calibrated: ' || jsonb_array_length(m.proposal -> 'marks')) FROM (SELECT ${schemeNameOf(sql`m.scheme_code`)} AS name) c) ELSE jsonb_build_object('zh', m.title, 'en', m.title) END`

type MotionLine = { id: string; groupId: string; number: string; kind: string; title: SchemeName; putOn: string; closedOn: string | null; result: 'PASSED' | 'REJECTED' | null; votes: number; voters: number[]; voted: boolean }

export const listAppraisalGroupsRoute = handle(listAppraisalGroups, (tx, _input, { actor, may, businessDate: day }) => asOffice(tx, { may }, async () => {
  const rows = await readGroups(tx, day)
  const names = await namesOf(tx, rows.flatMap((row) => row.members.map((one) => one.staffKey)))
  const motions = await tx.all(sql<MotionLine>`
    SELECT m.id, m.group_id AS "groupId", m.number, m.kind, ${motionTitle} AS title, m.put_on AS "putOn", d.closed_on AS "closedOn", d.result, (SELECT count(*)::int FROM group_vote v WHERE v.motion_id = m.id) AS votes, m.voters, EXISTS (SELECT FROM group_vote v WHERE v.motion_id = m.id AND v.staff_key = ${actor.staffKey}) AS voted
    FROM group_motion m LEFT JOIN group_decision d ON d.motion_id = m.id WHERE m.staff_key IS DISTINCT FROM ${actor.staffKey}::int ORDER BY m.put_on DESC, m.id DESC LIMIT 100`)
  const groups = rows.map((row): GroupShown => ({
    id: row.id, name: row.name, unitName: row.unitName, from: row.from, to: row.to, chair: { staffKey: row.chairKey, name: row.chairName }, secretary: { staffKey: row.secretaryKey, name: row.secretaryName }, inForce: row.inForce, mine: row.readers.includes(actor.staffKey), mayPut: verdictOf(row.chairKey !== actor.staffKey && row.secretaryKey !== actor.staffKey ? 'not-of-the-group' : row.inForce ? null : 'term-over'),
    members: row.members.map((one) => ({ ...one, name: names.get(one.staffKey) ?? '' })),
    motions: motions.filter((one) => one.groupId === row.id).map(({ groupId: _group, voters, voted, ...one }) => ({ ...one, waitsForMe: one.result === null && voters.includes(actor.staffKey) && !voted, waitsForClosing: one.result === null && one.votes === voters.length && (row.chairKey === actor.staffKey || row.secretaryKey === actor.staffKey) })),
  }))
  const mayMake = may('appraisal-group.keep')
  const units = mayMake.allowed ? await tx.all(sql<{ key: number; name: string }>`
    SELECT institution_key AS key, name FROM organisation_institution_facts WHERE kind IN ('HEAD_OFFICE', 'BRANCH') AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day}) ORDER BY scope_path LIMIT 200`) : []
  return ok({ groups, mayMake, units })
}))

export const findGroupPeopleRoute = handle(findGroupPeople, async (tx, { query: { search } }, { businessDate: day }) => ok({
  items: await tx.all(sql<{ staffNo: string; name: string; unitName: string }>`
    SELECT f.staff_no AS "staffNo", f.staff_name AS name, min(f.place_name) AS "unitName" FROM organisation_post_facts f
    WHERE f.from_date <= ${day} AND (f.to_date IS NULL OR f.to_date > ${day}) ${search === undefined ? sql`` : sql`AND (position(${search} in f.staff_name) > 0 OR starts_with(f.staff_no, ${search}) OR position(${search} in f.place_name) > 0)`}
    GROUP BY f.staff_key, f.staff_no, f.staff_name ORDER BY f.staff_no LIMIT 20`),
}))

export const makeAppraisalGroupRoute = handle(makeAppraisalGroup, (tx, { body }, { actor, businessDate }) => tx.asRole('office', async () => {
  if (!(await tx.maybe(sql`SELECT 1 FROM organisation_institution_facts WHERE institution_key = ${body.unitKey}`))) return refuse('no-such-unit', { field: 'unitKey' })
  const asked = [...new Set([...body.members.map((one) => one.staffNo), body.chair, body.secretary])]
  const known = new Map((await tx.all(sql<{ no: string; key: number }>`
    SELECT DISTINCT staff_no AS no, staff_key AS key FROM organisation_post_facts WHERE staff_no = ANY(${asked}::text[]) AND from_date <= ${businessDate}::date AND (to_date IS NULL OR to_date > ${businessDate}::date)`)).map((row) => [row.no, row.key]))
  const missing = asked.find((no) => !known.has(no))
  if (missing !== undefined) return refuse('no-such-person', { field: 'members', details: { staffNo: missing } })
  const keyOf = (no: string): number => known.get(no) ?? 0
  const members: Member[] = body.members.map((one) => ({ staffKey: keyOf(one.staffNo), side: one.side }))
  const [chair, secretary] = [keyOf(body.chair), keyOf(body.secretary)]
  const fault = faultOfGroup(members, chair, body.from, body.to)
  if (fault !== null) return refuse(fault, { field: fault === 'term-too-long' ? 'to' : 'members' })
  const keys = members.map((one) => one.staffKey)
  await add(tx, 'appraisal_group', {
    id: body.id, unit_key: body.unitKey, name: body.name, chair_key: chair, secretary_key: secretary, from_date: body.from, to_date: body.to, members: members.map((one) => ({ ...one })), members_key: keys, readers: [...new Set([...keys, secretary])], made_by: actor.staffKey, made_on: businessDate, reason: body.reason,
  }, { why: body.reason, action: 'SET_UP_GROUP' })
  return ok({ id: body.id })
}))
