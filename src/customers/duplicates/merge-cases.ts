import { unless } from '../../foundation/access/permission.rules.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../../foundation/http/cursor.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { roleOf } from './check-entry.ts'
import { findAlias, getMerge, listMerges, type MergeField, type MergePreview } from './duplicate.contract.ts'

export type CaseRow = {
  customerId: string; id: string; otherId: string; state: 'PROPOSED' | 'RETURNED' | 'MERGED' | 'UNDONE'; survivorName: string; survivorNumber: string; otherName: string; otherNumber: string; kind: 'CORPORATE' | 'PERSON'
  proposedBy: number; proposedName: string; proposedNo: string; proposedOn: string; reason: string; decidedName: string | null; decidedNo: string | null; decidedOn: string | null; decisionReason: string | null
  undoneName: string | null; undoneNo: string | null; undoneOn: string | null; undoReason: string | null; undoUntil: string | null; preview: MergePreview & { states?: unknown }; choices: MergeField[]
}

const columns = sql`m.customer_id AS "customerId", m.id, m.other_id AS "otherId", m.state, m.preview -> 'survivor' ->> 'name' AS "survivorName", m.preview -> 'survivor' ->> 'number' AS "survivorNumber", m.preview -> 'other' ->> 'name' AS "otherName",
  m.preview -> 'other' ->> 'number' AS "otherNumber", m.preview -> 'survivor' ->> 'kind' AS kind, m.proposed_by AS "proposedBy", p.staff_name AS "proposedName", p.staff_no AS "proposedNo", m.proposed_on AS "proposedOn", m.reason,
  d.staff_name AS "decidedName", d.staff_no AS "decidedNo", m.decided_on AS "decidedOn", m.decision_reason AS "decisionReason", u.staff_name AS "undoneName", u.staff_no AS "undoneNo", m.undone_on AS "undoneOn", m.undo_reason AS "undoReason",
  m.undo_until AS "undoUntil", m.preview, m.choices`
const tables = sql`merge_case m JOIN organisation_staff_facts p ON p.staff_key = m.proposed_by LEFT JOIN organisation_staff_facts d ON d.staff_key = m.decided_by LEFT JOIN organisation_staff_facts u ON u.staff_key = m.undone_by`

/** A data steward answers for every merge of the bank (the case, not the customers); everybody else sees those of customers whom he sees. */
export const caseRole = (context: Context): 'office' | 'self' | 'unit' | 'all' => (context.actor.postCode === 'DATA_STEWARD' ? 'office' : roleOf(context))

export const readCase = (tx: Transaction, context: Context, id: string): Promise<CaseRow | undefined> => tx.asRole(caseRole(context), () => tx.maybe(sql<CaseRow>`SELECT ${columns} FROM ${tables} WHERE m.id = ${id}`))

function shape(row: CaseRow) {
  const act = (name: string | null, staffNo: string | null, on: string | null, reason: string | null) => (name === null || on === null ? null : { name, staffNo: staffNo ?? '', on, reason })
  return {
    customerId: row.customerId, id: row.id, state: row.state, survivorName: row.survivorName, survivorNumber: row.survivorNumber, otherName: row.otherName, otherNumber: row.otherNumber, kind: row.kind,
    proposed: { name: row.proposedName, staffNo: row.proposedNo, on: row.proposedOn, reason: row.reason }, decided: act(row.decidedName, row.decidedNo, row.decidedOn, row.decisionReason),
    undone: act(row.undoneName, row.undoneNo, row.undoneOn, row.undoReason), undoUntil: row.undoUntil,
  }
}

export const listMergesRoute = handle(listMerges, async (tx, { query }, context) => {
  const { cursor, limit, state } = query
  const { keyring } = context.services.keys
  const list = `merges.list ${state ?? ''}`
  const place = readCursor(keyring, list, cursor)
  if (!place.ok) return place
  const wanted = state === undefined ? sql`true` : sql`m.state = ${state}`
  return tx.asRole(caseRole(context), async () => {
    const rows = await tx.all(sql<CaseRow>`SELECT ${columns} FROM ${tables} WHERE ${wanted} ${place.value ? sql`AND (m.proposed_on, m.id) < (${String(place.value[0])}::date, ${String(place.value[1])}::uuid)` : sql``} ORDER BY m.proposed_on DESC, m.id DESC LIMIT ${limit + 1}`)
    const { shown, nextCursor } = cutPage(keyring, list, rows, limit, (last) => [last.proposedOn, last.id])
    const { value } = await tx.one(sql<{ value: number }>`SELECT count(*)::int AS value FROM (SELECT 1 FROM merge_case m WHERE ${wanted} LIMIT 10001) k`)
    return ok({ items: shown.map(shape), nextCursor, count: { value: Math.min(value, 10_000), exact: value <= 10_000 } })
  })
})

export const getMergeRoute = handle(getMerge, async (tx, { params }, context) => {
  const row = await readCase(tx, context, params.caseId)
  if (!row) return refuse('not-found')
  const post = context.may('merge.decide')
  const own = row.proposedBy === context.actor.staffKey
  const { states: _states, ...preview } = row.preview
  return ok({
    ...shape(row), preview, choices: row.choices,
    may: {
      'merge.confirm': unless(post, row.state !== 'PROPOSED' ? 'not-proposed' : own ? 'same-person' : null), 'merge.return': unless(post, row.state !== 'PROPOSED' ? 'not-proposed' : own ? 'same-person' : null),
      'merge.undo': unless(post, row.state !== 'MERGED' ? 'not-merged' : row.undoUntil !== null && row.undoUntil < context.businessDate ? 'undo-too-late' : null),
    },
  })
})

/** The customer that stayed, for who may open it; a merge of a merge is followed to its end. Nobody else learns that there was one. */
export const findAliasRoute = handle(findAlias, async (tx, { params }) => {
  let at = params.customerId
  for (let steps = 0; steps < 10; steps++) {
    const { next } = await tx.one(sql<{ next: string | null }>`SELECT survivor_of(${at}) AS next`)
    if (next === null) break
    at = next
  }
  if (at === params.customerId) return refuse('not-found')
  const { relation } = await tx.one(sql<{ relation: string | null }>`SELECT open_customer(${at}) AS relation`)
  return relation === null ? refuse('not-found') : ok({ customerId: at })
})
