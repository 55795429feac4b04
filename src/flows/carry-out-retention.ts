import { lapseOvertaken, proposeDue, retentionOf } from '../access/retention/find-due.ts'
import { agreedCases, lockAgreed, saveDone } from '../access/retention/keep-cases.ts'
import { carryOutRetention } from '../access/retention/retention.contract.ts'
import { faultOfRetention } from '../access/retention/retention.rules.ts'
import { markErased, withAliases } from '../customers/ownership/mark-erased.ts'
import { openWork } from '../customers/ownership/engine-find-open-work.ts'
import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { removeContents } from '../foundation/files/keep-file.ts'
import { handleAlone, type Services } from '../foundation/http/route.ts'
import type { JobKind } from '../foundation/jobs/run-job.ts'
import { eraseCustomers, forgetKeys, type ErasePlan } from '../foundation/store/erase-owned.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'

/** Nobody’s values: who proposed, signed, held, and that it was done. */
const keeps = new Set(['retention_case', 'retention_signature', 'legal_hold'])

/** Rows of a customer that are words, numbers of documents, scans: nothing of them is left. In every other table of his the figures stay and the words go. */
const removes = new Set([
  'corporate', 'person', 'identity_document', 'phone', 'corporate_file', 'person_file', 'customer_file', 'company_person', 'contact_person', 'customer_address', 'banking_elsewhere', 'trade_partner', 'litigation', 'customer_document', 'consent',
  'stored_file', 'beneficial_filing', 'beneficial_finding', 'beneficial_explanation', 'customer_match', 'duplicate_pair', 'merged_row', 'merged_thing', 'merge_case', 'identity_change', 'customer_tag', 'planned_contact', 'key_event', 'meeting_focus', 'contact_photo', 'photo_print',
  'contact_promise', 'need_idea', 'need_escalation', 'need', 'need_card_holding', 'need_card',
])

const of = (column: string) => (ids: Sql): Sql => sql`${sql.ref(column)} = ANY(${ids})`
const under = (column: string, table: string, by = 'customer_id') => (ids: Sql): Sql => sql`${sql.ref(column)} IN (SELECT id FROM ${sql.table(table)} WHERE ${sql.ref(by)} = ANY(${ids}))`
const otherCase = (ids: Sql): Sql => sql`(customer_id, case_id) IN (SELECT customer_id, id FROM merge_case WHERE other_id = ANY(${ids}))`

/** What is destroyed when a retention has run out, beyond the customer's own tables: the numbers that find him, what names him in tables of the bank, his place in the relation graph. */
export const erasePlan: ErasePlan = {
  keeps, removes,
  elsewhere: [
    { table: 'identifier', where: of('customer_id'), columns: 'removed' },
    { table: 'search_hash', where: of('customer_id'), columns: 'removed' },
    { table: 'customer_import_line', where: of('customer_id'), columns: 'removed' },
    { table: 'customer_import_row', where: of('customer_id'), columns: 'removed' },
    { table: 'duplicate_pair', where: of('other_id'), columns: 'removed' },
    { table: 'merged_row', where: otherCase, columns: 'removed' },
    { table: 'merged_thing', where: otherCase, columns: 'removed' },
    { table: 'merge_case', where: of('other_id'), columns: 'removed' },
    { table: 'notice_delivery', where: under('notice_id', 'notice'), columns: 'removed' },
    { table: 'notice', where: of('customer_id'), columns: 'removed' },
    { table: 'collection_subject', where: of('customer_id'), columns: 'removed' },
    { table: 'message_attempt', where: under('message_id', 'message'), columns: ['text_hash'] },
    { table: 'task_event', where: under('task_id', 'assigned_task'), columns: ['note'] },
    { table: 'assigned_task', where: of('customer_id'), columns: ['title', 'content', 'asked_why'] },
    { table: 'duty_instance', where: of('customer_id'), columns: ['evidence', 'excuse_reason', 'moved_why'] },
    { table: 'appointment', where: of('customer_id'), columns: ['subject', 'place', 'cancel_reason'] },
    { table: 'work_plan_item', where: of('customer_id'), columns: ['title'] },
    { table: 'customer_book_entry', where: of('customer_id'), columns: ['facts', 'service', 'needs'] },
    { table: 'day_report_fact', where: of('customer_id'), columns: ['title_zh', 'title_en'] },
    { table: 'coordination_event', where: under('case_id', 'coordination_case'), columns: ['note'] },
    { table: 'coordination_task', where: under('case_id', 'coordination_case'), columns: ['title', 'evidence'] },
    { table: 'coordination_answer', where: under('case_id', 'coordination_case'), columns: ['reason'] },
    { table: 'coordination_member', where: under('case_id', 'coordination_case'), columns: ['left_note'] },
    { table: 'coordination_case', where: of('customer_id'), columns: ['title', 'content', 'evidence'] },
    // in the relation graph: what stood on his file, and what names him; a party that others' files name keeps its name there
    { table: 'relation', where: of('customer_id'), columns: ['evidence', 'end_reason'] },
    { table: 'relation', where: under('from_party', 'party', 'as_customer'), columns: ['evidence', 'end_reason'] },
    { table: 'relation', where: under('to_party', 'party', 'as_customer'), columns: ['evidence', 'end_reason'] },
    { table: 'group_member', where: of('customer_id'), columns: ['basis', 'end_reason'] },
    { table: 'customer_group', columns: ['name', 'reason', 'end_reason'], where: (ids) => sql`id IN (SELECT group_id FROM group_member WHERE customer_id = ANY(${ids}))
      AND NOT EXISTS (SELECT FROM group_member m JOIN customer c ON c.customer_id = m.customer_id WHERE m.group_id = customer_group.id AND c.erased_on IS NULL AND m.customer_id <> ALL(${ids}))` },
    { table: 'party', where: of('as_customer'), columns: ['name', 'number_kind', 'number_hash'] },
    { table: 'party', columns: ['name', 'number_kind', 'number_hash'], where: (ids) => sql`customer_id = ANY(${ids}) AND as_customer IS NULL
      AND NOT EXISTS (SELECT FROM relation r WHERE (r.from_party = party.id OR r.to_party = party.id) AND r.customer_id <> ALL(${ids}))` },
  ],
}

type Store = Pick<Services, 'db' | 'config'>
type Done = { tables: number; rows: number }

/**
 * What two people agreed to, for one customer, in one transaction: killed at any moment, everything is there or nothing. Asked again is everything that would have stopped it: a hold that came since, a product, a new
 * record, open work. Afterwards no value can be read from any table: texts, numbers and hashes are gone, and what a backup or the journal still holds is under a key that is gone. Figures, sums and the journal's chain stay.
 */
export async function carryOut({ db, config }: Store, caseId: string, day: string, author: { personKey: number | null; postKey: number | null; requestId: string | null }): Promise<Outcome<Done>> {
  const told = await db.asBatch(async (tx): Promise<Outcome<Done & { customerIds: readonly string[]; contents: readonly string[] }>> => {
    const found = await lockAgreed(tx, caseId)
    if (!found) return refuse('not-found')
    if (!found.agreed) return refuse('not-agreed')
    const { customerId, number } = found
    const details = { number }
    await tx.all(sql`SELECT 1 FROM customer WHERE customer_id = ${customerId} FOR UPDATE`)
    const known = await retentionOf(tx, customerId, day)
    if (!known) return refuse('not-found')
    const fault = faultOfRetention(known, day)
    if (fault !== null) return refuse(fault, { details })
    const customerIds = await withAliases(tx, customerId)
    if ((await openWork(tx, customerIds)) !== null || (await mergeUnderWay(tx, customerIds))) return refuse('open-work', { details })
    const batch = newId()
    const why = `保存期限届满销毁 ${number}`
    const contents = (await tx.all(sql<{ hash: string }>`SELECT encode(content_hash, 'hex') AS hash FROM stored_file WHERE customer_id = ANY(${customerIds}::uuid[])`)).map(({ hash }) => hash)
    await markErased(tx, customerIds, day, { why, batch })
    const done = await eraseCustomers(tx, customerIds, erasePlan, { why, batch, action: 'DESTROY' })
    await saveDone(tx, { customerId, caseId }, day, done, why)
    return ok({ tables: done.tables, rows: done.rows, customerIds, contents })
  }, author)
  if (!told.ok) return told
  forgetKeys(told.value.customerIds)
  // under a key that is gone; what a kill leaves here is swept at the next start
  removeContents(config, told.value.contents)
  return ok({ tables: told.value.tables, rows: told.value.rows })
}

const mergeUnderWay = async (tx: Transaction, customerIds: readonly string[]): Promise<boolean> =>
  (await tx.maybe(sql`SELECT 1 FROM merge_case WHERE state = 'PROPOSED' AND (customer_id = ANY(${[...customerIds]}::uuid[]) OR other_id = ANY(${[...customerIds]}::uuid[]))`)) !== undefined

export const carryOutRetentionRoute = handleAlone(carryOutRetention, async ({ params: { caseId } }, { services, actor, businessDate, requestId }) =>
  actor === null ? refuse('not-allowed') : carryOut(services, caseId, businessDate, { personKey: actor.staffKey, postKey: actor.postKey, requestId }))

/**
 * The night's part: proposals that no longer hold lapse, what has passed its retention is proposed, what two people agreed to is carried out, each customer in a transaction of its own. A hold leaves its case standing.
 * Twice does nothing more; killed, the next run goes on.
 */
export const retentionJob: JobKind = {
  kind: 'retention',
  async run(services, _params, onProgress) {
    const bank = await services.db.asBatch((tx) => tx.one(sql<{ today: string }>`SELECT business_date AS today FROM bank`))
    const day = bank.today
    const { proposed, lapsed, agreed } = await services.db.asBatch(async (tx) => {
      const batch = newId()
      const gone = await lapseOvertaken(tx, day, batch)
      const found = await proposeDue(tx, day, batch)
      return { proposed: found.count, lapsed: gone.count, agreed: await agreedCases(tx) }
    })
    let destroyed = 0
    for (const [place, caseId] of agreed.entries()) {
      await onProgress('执行销毁 / destroying', place, agreed.length)
      if ((await carryOut(services, caseId, day, nobody)).ok) destroyed += 1
    }
    return { day, proposed, lapsed, destroyed, stopped: agreed.length - destroyed }
  },
}

const nobody = { personKey: null, postKey: null, requestId: null }

/** Asks for the day's run unless it was made: when the server starts (after a delivery its job asks). */
export async function askRetention(services: Services): Promise<void> {
  const stale = await services.db.asBatch((tx) => tx.maybe(sql`
    SELECT FROM bank b WHERE NOT EXISTS (SELECT FROM job_run j WHERE j.kind = ${retentionJob.kind} AND (j.state IN ('WAITING', 'RUNNING') OR j.result ->> 'day' = b.business_date::text))`))
  if (stale) await services.jobs?.ask(retentionJob.kind, {}, null)
}
