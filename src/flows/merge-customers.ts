import { grantForCoordination } from '../access/grant-for-coordination.ts'
import { fieldLabel, tableLabel } from '../access/journal-words.ts'
import { followCases } from '../coordination/follow-cases.ts'
import { applyMerge, keepMoved, reverseMerge, staying, type MergeTrace } from '../customers/duplicates/apply-merge.ts'
import { judgeTwo, readSides, roleOf } from '../customers/duplicates/check-entry.ts'
import { confirmMerge, previewMerge, proposeMerge, returnMerge, undoMerge, type MergeField, type MergePreview } from '../customers/duplicates/duplicate.contract.ts'
import { duplicateSchemeOn } from '../customers/duplicates/duplicate-table.ts'
import { followPairs } from '../customers/duplicates/follow-pairs.ts'
import { readCase } from '../customers/duplicates/merge-cases.ts'
import { faultOfMerge, keptFields } from '../customers/duplicates/merge.rules.ts'
import { fieldPairs, readMergeSide, type MergeSide } from '../customers/duplicates/read-merge-side.ts'
import { saveConfirmation, saveProposal, saveReturn, saveUndo } from '../customers/duplicates/save-merge-case.ts'
import { closeForMerge, reopenAfterMerge } from '../customers/identity/follow-changes.ts'
import { openWork } from '../customers/ownership/engine-find-open-work.ts'
import { carryParties, partiesChangedSince, returnParties, wouldLoop } from '../customers/relations/carry-parties.ts'
import { lockStructure } from '../customers/relations/engine-check-structure.ts'
import { proposeAroundCustomers } from '../customers/relations/propose-groups.ts'
import { refreshScopes } from '../customers/assign-customer.ts'
import { refreshFigures } from '../customers/refresh-figures.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { carryFiles } from '../foundation/files/keep-file.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { allTables } from '../foundation/store/catalogue.ts'
import { carryRows, planMove, planReturn, RowsClash, type Moved } from '../foundation/store/move-owned.ts'
import { addDays, monthOf } from '../foundation/values/business-date.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { yearAverage } from '../holdings/balance-figures.ts'
import { followAppointments } from '../meetings/follow-appointments.ts'
import { followWatched } from '../watch/refresh-watch.ts'

/** Two customers become one: proposed by who sees both, confirmed by another, undone within the term. Everything of every room goes over in one transaction or nothing. */

type Both = { survivor: MergeSide; other: MergeSide }

/** Both customers by the eyes of the person; refuses like a customer that is not there when he may not see one, and by name when they cannot be one. */
async function bothOpened(tx: Transaction, context: Context, survivorId: string, otherId: string): Promise<Outcome<Both>> {
  if (survivorId === otherId) return refuse('merge-with-itself')
  const read = async (customerId: string): Promise<MergeSide | undefined> => {
    const { relation } = await tx.asRole(roleOf(context), () => tx.one(sql<{ relation: string | null }>`SELECT open_customer(${customerId}) AS relation`))
    return relation === null || relation === 'GRANT' ? undefined : tx.asRole('opened', () => readMergeSide(tx, customerId, context.businessDate, null))
  }
  const other = await read(otherId)
  const survivor = await read(survivorId) // last: it is the one that is written
  if (!other || !survivor) return refuse('not-found')
  const fault = faultOfMerge(survivor.party, other.party) ?? (await tx.asRole('batch', () => underWay(tx, survivorId, otherId, context.businessDate)))
  return fault ? refuse(fault) : ok({ survivor, other })
}

/** What of other rooms stands against it. Run as `batch`. */
async function underWay(tx: Transaction, survivorId: string, otherId: string, day: string): Promise<'in-hand-over' | 'claimed' | 'merge-loop' | 'merge-family-loop' | null> {
  return (await openWork(tx, [survivorId, otherId])) ?? (await wouldLoop(tx, survivorId, otherId, day))
}

async function previewOf(tx: Transaction, { survivor, other }: Both, choices: readonly MergeField[], day: string): Promise<MergePreview> {
  const { level, signs } = judgeTwo(survivor.subject, other.subject, day)
  const tables = new Map((await allTables(tx)).map((facts) => [facts.name, facts]))
  const plan = await tx.asRole('batch', () => planMove(tx, other.party.customerId, survivor.party.customerId, staying))
  return {
    survivor: survivor.shown, other: other.shown, level, signs, fields: keptFields(fieldPairs(survivor, other), choices),
    // what is kept without a line of its own is bookkeeping; of classed rows nobody is told
    moves: plan.filter(({ table }) => tables.get(table)?.secrecy === 'NORMAL' && tables.get(table)?.journal !== 'none').map(({ table, keys }) => ({ table, zh: tableLabel(table, 'zh'), en: tableLabel(table, 'en'), count: keys.length })),
    payFrom: day, undoDays: duplicateSchemeOn(day).undoDays,
  }
}

/** Scans whose contents must follow their rows. */
const fileIds = (moved: readonly Moved[]): string[] => moved.filter(({ table }) => table === 'stored_file').flatMap(({ keys }) => keys.map((key) => key['id'] ?? ''))

export const previewMergeRoute = handle(previewMerge, async (tx, { params }, context) => {
  const both = await bothOpened(tx, context, params.customerId, params.otherId)
  return both.ok ? ok(await previewOf(tx, both.value, [], context.businessDate)) : both
})

export const proposeMergeRoute = handle(proposeMerge, async (tx, { params, body }, context) => {
  const { actor, businessDate: day } = context
  const both = await bothOpened(tx, context, params.customerId, body.otherId)
  if (!both.ok) return both
  const preview = await previewOf(tx, both.value, body.choices, day)
  await saveProposal(tx, { survivorId: params.customerId, caseId: body.id }, { ...both.value, preview, choices: body.choices, reason: body.reason, by: { staffKey: actor.staffKey, on: day } })
  return ok({ id: body.id })
})

export const returnMergeRoute = handle(returnMerge, async (tx, { params, body }, context) => {
  const found = await readCase(tx, context, params.caseId)
  if (!found) return refuse('not-found')
  if (found.state !== 'PROPOSED') return refuse('not-proposed')
  if (found.proposedBy === context.actor.staffKey) return refuse('same-person')
  await tx.asRole('batch', () => saveReturn(tx, { survivorId: found.customerId, caseId: found.id }, { staffKey: context.actor.staffKey, on: context.businessDate }, body.reason))
  return ok({ id: found.id })
})

export const confirmMergeRoute = handle(confirmMerge, async (tx, { params, body }, context) => {
  const { actor, businessDate: day, services } = context
  const found = await readCase(tx, context, params.caseId)
  if (!found) return refuse('not-found')
  if (found.state !== 'PROPOSED') return refuse('not-proposed')
  if (found.proposedBy === actor.staffKey) return refuse('same-person')
  const { customerId: survivorId, otherId, id: caseId } = found
  // a head confirms what he sees; the data steward answers for the case
  if (actor.postCode !== 'DATA_STEWARD' && (await readSides(tx, context, [survivorId, otherId])).length < 2) return refuse('not-found')
  return clashAsRefusal(() => tx.asRole('batch', async (): Promise<Outcome<{ customerId: string; moved: number }>> => {
    // two at once for one customer wait for each other here
    await tx.all(sql`SELECT 1 FROM customer WHERE customer_id IN (${survivorId}, ${otherId}) ORDER BY customer_id FOR UPDATE`)
    const survivor = await readMergeSide(tx, survivorId, day, caseId)
    const other = await readMergeSide(tx, otherId, day, caseId)
    if (!survivor || !other) return refuse('in-other-merge')
    // who hands over, claims or tells a shareholding waits, or is seen
    await lockStructure(tx)
    const fault = faultOfMerge(survivor.party, other.party) ?? (await underWay(tx, survivorId, otherId, day))
    if (fault) return refuse(fault)
    const states = found.preview.states as [string, string]
    const apart = survivor.state !== states[0] ? survivor : other.state !== states[1] ? other : null
    if (apart) return refuse('changed-meanwhile', { details: { which: apart.shown.name, whichEn: apart.shown.name } })
    const why = `${found.reason}；复核：${body.opinion}`
    const batch = newId()
    const otherAverageFen = await yearAverage(tx, otherId, day)
    const closed = await closeForMerge(tx, otherId, day, why)
    const moved = await carryRows(tx, services.keys, await planMove(tx, otherId, survivorId, staying), { from: otherId, to: survivorId, scope: survivor, batch, why })
    await carryFiles(tx, services, { from: otherId, to: survivorId, ids: fileIds(moved), why })
    const parties = await carryParties(tx, { from: otherId, to: survivorId, day, why })
    const trace = await applyMerge(tx, services.keys.keyring, { caseId, survivorId, otherId, day, fields: keptFields(fieldPairs(survivor, other), found.choices), why, batch, otherAverageFen })
    await saveConfirmation(tx, { survivorId, caseId }, { staffKey: actor.staffKey, on: day }, { opinion: body.opinion, undoUntil: addDays(day, duplicateSchemeOn(day).undoDays), before: { ...trace, parties, closed }, why })
    await keepMoved(tx, { caseId, survivorId, otherId, day }, moved)
    await proposeAroundCustomers(tx, [survivorId, otherId], day)
    await refreshFigures({ tx, batch, why, businessDate: day, effects: [] }, [survivorId, otherId])
    await followPairs(tx, batch, survivorId)
    await followPairs(tx, batch, otherId)
    await followWatched(tx, batch, survivorId)
    await followAppointments(tx, batch, survivorId)
    await followCases(tx, batch)
    await grantForCoordination(tx, batch)
    return ok({ customerId: survivorId, moved: moved.reduce((sum, { keys }) => sum + keys.length, 0) })
  }), 'records-clash')
})

export const undoMergeRoute = handle(undoMerge, async (tx, { params, body }, context) => {
  const { actor, businessDate: day, services } = context
  const found = await readCase(tx, context, params.caseId)
  if (!found) return refuse('not-found')
  if (found.state !== 'MERGED') return refuse('not-merged')
  if (found.undoUntil !== null && found.undoUntil < day) return refuse('undo-too-late', { details: { until: found.undoUntil } })
  const { customerId: survivorId, otherId, id: caseId } = found
  return clashAsRefusal(() => tx.asRole('batch', async (): Promise<Outcome<{ customerId: string; otherId: string }>> => {
    await tx.all(sql`SELECT 1 FROM customer WHERE customer_id IN (${survivorId}, ${otherId}) ORDER BY customer_id FOR UPDATE`)
    const { again } = await tx.one(sql<{ again: boolean }>`SELECT EXISTS (SELECT FROM merge_case WHERE customer_id = ${survivorId} AND state = 'MERGED' AND id <> ${caseId} AND id > ${caseId})
      OR EXISTS (SELECT FROM customer WHERE customer_id = ${survivorId} AND merged_into IS NOT NULL) AS again`)
    if (again) return refuse('merged-again')
    const closed = await tx.maybe(sql<{ month: string }>`SELECT to_char(month, 'YYYY-MM') AS month FROM performance_closed_month_facts WHERE month >= ${`${monthOf(found.decidedOn ?? day)}-01`}::date ORDER BY month LIMIT 1`)
    if (closed) return refuse('month-closed-since', { details: { month: closed.month } })
    const { before: trace, scope_path: scopePath, viewers } = await tx.one(sql<{ before: MergeTrace; scope_path: string; viewers: number[] }>`
      SELECT m.before, c.scope_path, c.viewers FROM merge_case m JOIN customer c ON c.customer_id = m.customer_id WHERE m.customer_id = ${survivorId} AND m.id = ${caseId}`)
    const rows = await tx.all(sql<{ table: string; column: string; keys: Moved['keys'] }>`SELECT table_name AS "table", column_name AS "column", row_keys AS keys FROM merged_row WHERE customer_id = ${survivorId} AND case_id = ${caseId}`)
    const stale = await partiesChangedSince(tx, trace.parties ?? [])
    if (stale !== null) throw new RowsClash(stale)
    const batch = newId()
    const former = trace.changed.find(({ table, key }) => table === 'customer' && key['customer_id'] === otherId)?.before ?? {}
    const scope = { scopePath: String(former['scope_path'] ?? scopePath), viewers: (former['viewers'] as number[] | undefined) ?? viewers }
    const reversed = await reverseMerge(tx, { survivorId, otherId, caseId, day, why: body.reason, batch }, trace)
    if (!reversed.ok) return localised(reversed)
    await returnParties(tx, trace.parties ?? [], body.reason)
    const returned = await carryRows(tx, services.keys, await planReturn(tx, rows, survivorId, staying), { from: survivorId, to: otherId, scope, batch, why: body.reason })
    await carryFiles(tx, services, { from: survivorId, to: otherId, ids: fileIds(returned), why: body.reason })
    await reopenAfterMerge(tx, otherId, trace.closed ?? [], body.reason)
    await proposeAroundCustomers(tx, [survivorId, otherId], day)
    await saveUndo(tx, { survivorId, caseId }, { staffKey: actor.staffKey, on: day }, body.reason)
    await refreshFigures({ tx, batch, why: body.reason, businessDate: day, effects: [] }, [survivorId, otherId])
    // who looks after them may have another line by now
    for (const staffKey of new Set([...viewers, ...scope.viewers])) await refreshScopes(tx, { day, batch, why: body.reason, staffKey })
    await followPairs(tx, batch, survivorId)
    await followPairs(tx, batch, otherId)
    await followWatched(tx, batch, survivorId)
    await followAppointments(tx, batch, survivorId)
    await followCases(tx, batch)
    await grantForCoordination(tx, batch)
    return ok({ customerId: survivorId, otherId })
  }), 'records-clash')
})

async function clashAsRefusal<T>(work: () => Promise<Outcome<T>>, name: string): Promise<Outcome<T>> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof RowsClash) return refuse(name, { details: { table: tableLabel(error.table, 'zh'), tableEn: tableLabel(error.table, 'en') } })
    throw error
  }
}

// the field that was changed since, in the journal's words
function localised(outcome: Outcome<null>): Outcome<never> {
  if (outcome.ok) throw new Error('nothing to say')
  const field = outcome.refusal.details?.['field'] ?? ''
  const english = outcome.refusal.details?.['fieldEn'] ?? field
  return refuse(outcome.refusal.name, { details: { field: fieldLabel('customer', field, 'zh'), fieldEn: fieldLabel('customer', english, 'en') } })
}
