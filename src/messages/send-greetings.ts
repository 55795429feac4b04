import { bankCalendar, inKnownDays } from '../foundation/calendar/read-calendar.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { unless } from '../foundation/access/permission.rules.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { add, bulk, change } from '../foundation/store/store.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { addWorkingDays } from '../foundation/values/working-calendar.ts'
import { judgeRecipients, policyOn, type Candidate, type Policy, type Recipient } from './choose-recipients.ts'
import { festivals, type Festival } from './festival-table.ts'
import { approveBatch, listBatches, previewGreetings, returnBatch, sendGreetings, type BatchShown, type Channel, type TemplateKind } from './message.contract.ts'
import { dayInWords, optOutOf, sellingWords, textOf, windowOf, type Filling, type Window } from './message.rules.ts'
import { openChannels } from './open-channels.ts'

type Template = { id: string; kind: TemplateKind; festival: string | null; leadDays: number | null; channel: Channel; content: string }
type Plan = { template: Template; policy: Policy; window: Window; occasionDay: string | null; sendOn: string | null; untilDays: Map<string, string>; recipients: Recipient[] }

/** The next day of a festival from `today` on. */
export async function festivalOn(tx: Transaction, { month, day, lunar }: Festival, today: string): Promise<string> {
  if (!lunar) {
    const inYear = (year: number): string => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
    return inYear(Number(today.slice(0, 4))) >= today ? inYear(Number(today.slice(0, 4))) : inYear(Number(today.slice(0, 4)) + 1)
  }
  return (await tx.one(sql<{ on: string }>`SELECT (first_day + ${day - 1}::int) AS "on" FROM lunar_month WHERE month = ${month} AND NOT leap AND first_day + ${day - 1}::int >= ${today}::date ORDER BY first_day LIMIT 1`)).on
}

/** Whom a template would greet: the sender's own customers; with a birthday template those whose birthday is within seven days, each by his own calendar. */
async function planOf(tx: Transaction, templateId: string, { actor, businessDate }: Context): Promise<Outcome<Plan>> {
  const template = await tx.maybe(sql<Template>`
    SELECT t.id, t.kind, t.festival, t.lead_days AS "leadDays", t.channel, t.content FROM message_template t
    WHERE t.id = ${templateId} AND t.confirmed_by IS NOT NULL AND t.from_date <= ${businessDate} AND NOT EXISTS (SELECT FROM message_template n WHERE n.code = t.code AND n.confirmed_at > t.confirmed_at)`)
  if (!template) return refuse('template-not-in-force', { field: 'templateId' })
  const policy = await policyOn(tx, businessDate)
  const window = windowOf(template.kind, { from: policy.quietFrom, to: policy.quietTo })
  const festival = festivals.find(({ code }) => code === template.festival)
  return inKnownDays(async () => {
    const occasionDay = festival ? await festivalOn(tx, festival, businessDate) : null
    const before = occasionDay === null ? null : addWorkingDays(await bankCalendar(tx), occasionDay, -1)
    const sendOn = before !== null && before < businessDate ? businessDate : before
    // the request's own role says whose customers they are; consents and addresses are asked of these only
    const mine = (await tx.all(sql<{ id: string }>`SELECT customer_id AS id FROM customers_customer_facts WHERE viewers @> ARRAY[${actor.staffKey}::int] AND main_staff_key = ${actor.staffKey} AND status <> 'CLOSED'`)).map(({ id }) => id)
    return tx.asRole('batch', async () => {
      const candidates: Candidate[] = occasionDay !== null && sendOn !== null
        ? mine.map((customerId) => ({ customerId, sendOn, untilDay: occasionDay, occasion: `${template.festival ?? ''} ${occasionDay.slice(0, 4)}` }))
        : await candidatesOf(tx, template, mine, actor.staffKey, businessDate)
      const recipients = await judgeRecipients(tx, candidates, { staffKey: actor.staffKey, channel: template.channel, most: policy.most })
      return ok({ template, policy, window, occasionDay, sendOn, untilDays: new Map(candidates.map((one) => [`${one.customerId} ${one.occasion}`, one.untilDay ?? one.sendOn])), recipients })
    })
  })
}

/** Customers with an occasion of their own within seven days: a birthday, a deposit or wealth product that ends so many days later and has no result, a call that the sender planned. One reminder a customer at a time. */
async function candidatesOf(tx: Transaction, { kind, leadDays }: Template, mine: readonly string[], staffKey: number, today: string): Promise<Candidate[]> {
  const last = addDays(today, 6)
  if (kind === 'BIRTHDAY') {
    const year = Number(today.slice(0, 4))
    const born = await tx.all(sql<{ customerId: string; sendOn: string }>`
      SELECT b.customer_id AS "customerId", b.greet_on AS "sendOn" FROM customers_birthday_facts b WHERE b.customer_id = ANY(${mine}::uuid[]) AND b.in_year IN (${year - 1}, ${year}, ${year + 1}) AND b.greet_on BETWEEN ${today}::date AND ${last}::date`)
    return born.map((one) => ({ ...one, occasion: `BIRTHDAY ${one.sendOn}` }))
  }
  if (kind === 'MATURITY') {
    return tx.all(sql<Candidate>`
      SELECT DISTINCT ON (m.customer_id) m.customer_id AS "customerId", m.ends_on - ${leadDays}::int AS "sendOn", m.ends_on - 1 AS "untilDay", 'MATURITY ' || m.maturity_id AS occasion
      FROM watch_maturity_open_facts m WHERE m.customer_id = ANY(${mine}::uuid[]) AND m.kind IN ('TIME_DEPOSIT', 'WEALTH') AND m.ends_on BETWEEN ${today}::date + ${leadDays}::int AND ${last}::date + ${leadDays}::int
        AND NOT EXISTS (SELECT FROM message s WHERE s.customer_id = m.customer_id AND s.occasion = 'MATURITY ' || m.maturity_id AND s.send_on >= m.ends_on - ${leadDays}::int AND s.state NOT IN ('WITHDRAWN', 'FAILED'))
      ORDER BY m.customer_id, m.ends_on, m.maturity_id`)
  }
  return tx.all(sql<Candidate>`
    SELECT p.customer_id AS "customerId", p.planned_on - 1 AS "sendOn", p.planned_on - 1 AS "untilDay", 'CALL_BACK ' || p.planned_id AS occasion
    FROM contact_plan_planned_facts p WHERE p.customer_id = ANY(${mine}::uuid[]) AND p.staff_key = ${staffKey} AND p.planned_on - 1 BETWEEN ${today}::date AND ${last}::date`)
}

/** What a reminder is about, now; null: it was settled, withdrawn or moved to another day, and there is nothing to remind of. A greeting is about nothing. */
export async function aboutOf(tx: Transaction, occasion: string, sendDay: string): Promise<Partial<Filling> | null> {
  const [kind, id] = occasion.split(' ')
  if (kind === 'MATURITY') {
    const row = await tx.maybe(sql<{ name: string; day: string }>`SELECT name_zh AS name, ends_on AS day FROM watch_maturity_open_facts WHERE maturity_id = ${id} AND ends_on > ${sendDay}`)
    return row ? { 产品: row.name, 到期日: dayInWords(row.day) } : null
  }
  if (kind === 'CALL_BACK') {
    const row = await tx.maybe(sql<{ day: string }>`SELECT planned_on AS day FROM contact_plan_planned_facts WHERE planned_id = ${id} AND planned_on > ${sendDay}`)
    return row ? { 联系日: dayInWords(row.day) } : null
  }
  return {}
}

export const previewGreetingsRoute = handle(previewGreetings, async (tx, { query }, context) => {
  const planned = await planOf(tx, query.templateId, context)
  if (!planned.ok) return planned
  const { template, window, occasionDay, sendOn, recipients } = planned.value
  const told = ({ customerId, name, number, sendOn: day }: Recipient) => ({ customerId, name, number, sendOn: day })
  const receivers = recipients.filter(({ reason }) => reason === null)
  const { bank, sender } = await tx.one(sql<{ bank: string; sender: string }>`SELECT b.name_zh AS bank, s.staff_name AS sender FROM bank b, organisation_staff_facts s WHERE s.staff_key = ${context.actor.staffKey}`)
  return ok({
    kind: template.kind, channel: template.channel, occasionDay, sendOn, ...window, channelReady: openChannels(context.services.config)[template.channel] !== undefined,
    sample: textOf(template.content, null, { ...(receivers[0] ? await tx.asRole('batch', () => aboutOf(tx, receivers[0]?.occasion ?? '', context.businessDate)) ?? {} : {}), 客户: receivers[0]?.name ?? '……', 客户经理: sender, 银行: bank }, optOutOf(template.channel)),
    receivers: receivers.map(told), excluded: recipients.flatMap((one) => (one.reason === null ? [] : [{ ...told(one), reason: one.reason }])),
  })
})

export const sendGreetingsRoute = handle(sendGreetings, async (tx, { body }, context) => {
  const { actor, businessDate } = context
  if (body.ownLine !== null && /[{}]/.test(body.ownLine)) return refuse('place-unknown', { field: 'ownLine' })
  const sold = sellingWords(body.ownLine ?? '')
  if (sold.length > 0) return refuse('sells-something', { field: 'ownLine', details: { words: sold.join('、') } })
  // two at once of one sender: one after the other, so that nobody is greeted twice. Another sender has other customers: a customer has one main manager, and who is none any more is left out when it is sent
  await tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`greetings ${actor.staffKey}`}, 46))`)
  const planned = await planOf(tx, body.templateId, context)
  if (!planned.ok) return planned
  const { template, policy, window, untilDays, recipients } = planned.value
  const chosen = new Set(body.customerIds)
  const greeted = recipients.filter(({ customerId, reason }) => reason === null && chosen.has(customerId))
  const [first] = greeted
  if (!first) return refuse('nobody-left', { field: 'customerIds' })
  const waitsForApproval = body.ownLine !== null
  await tx.asRole('batch', async () => {
    const scope = { scope_path: actor.linePath, viewers: [actor.staffKey] }
    await add(tx, 'message_batch', {
      id: body.id, template_id: template.id, staff_key: actor.staffKey, occasion: template.kind === 'FESTIVAL' ? first.occasion : template.kind, own_line: body.ownLine, send_on: first.sendOn, policy_version: policy.version, state: waitsForApproval ? 'PROPOSED' : 'APPROVED', entered_on: businessDate, ...scope,
    }, { why: null, action: 'SEND_GREETINGS' })
    await bulk(tx, {
      table: 'message', what: 'add', why: 'greetings of a manager', batch: body.id,
      statement: sql`
        INSERT INTO message (id, batch_id, customer_id, staff_key, channel, occasion, send_on, until_day, from_time, to_time, state, scope_path, viewers)
        SELECT o.id, ${body.id}, o.customer_id, ${actor.staffKey}, ${template.channel}, o.occasion, o.send_on, o.until_day, ${window.from}, ${window.to}, 'WAITING', ${actor.linePath}, ARRAY[${actor.staffKey}::int]
        FROM unnest(${greeted.map(() => newId())}::uuid[], ${greeted.map((one) => one.customerId)}::uuid[], ${greeted.map((one) => one.occasion)}::text[], ${greeted.map((one) => one.sendOn)}::date[],
          ${greeted.map((one) => untilDays.get(`${one.customerId} ${one.occasion}`) ?? one.sendOn)}::date[]) o(id, customer_id, occasion, send_on, until_day)`,
    })
  })
  return ok({ id: body.id, made: greeted.length, left: chosen.size - greeted.length, waitsForApproval })
})

export const listBatchesRoute = handle(listBatches, async (tx, _input, context) => {
  const approve = context.may('message.approve')
  const rows = await tx.all(sql<Omit<BatchShown, 'may'> & { staffKey: number }>`
    SELECT b.id, t.name AS "templateName", t.content, b.own_line AS "ownLine", s.staff_name AS "senderName", b.staff_key AS "staffKey", b.send_on AS "sendOn", b.state, b.return_reason AS "returnReason", (SELECT count(*)::int FROM message m WHERE m.batch_id = b.id) AS messages
    FROM message_batch b JOIN message_template t ON t.id = b.template_id JOIN organisation_staff_facts s ON s.staff_key = b.staff_key
    WHERE b.own_line IS NOT NULL AND (b.state = 'PROPOSED' OR b.staff_key = ${context.actor.staffKey}) ORDER BY b.state = 'PROPOSED' DESC, b.id DESC LIMIT 100`)
  return ok({ items: rows.map(({ staffKey, ...row }) => ({ ...row, may: { decide: unless(approve, row.state !== 'PROPOSED' ? 'decided-already' : staffKey === context.actor.staffKey ? 'own-entry' : null) } })) })
})

// Who sees the greetings by his line may decide them; never the sender.
async function proposed(tx: Transaction, batchId: string, staffKey: number): Promise<Outcome<null>> {
  const row = await tx.maybe(sql<{ staff_key: number; state: string }>`SELECT staff_key, state FROM message_batch WHERE id = ${batchId}`)
  if (!row) return refuse('not-found')
  if (row.staff_key === staffKey) return refuse('own-entry')
  return row.state === 'PROPOSED' ? ok(null) : refuse('decided-already')
}

export const approveBatchRoute = handle(approveBatch, async (tx, { params: { batchId } }, { actor, businessDate }) => {
  const may = await proposed(tx, batchId, actor.staffKey)
  if (!may.ok) return may
  return tx.asRole('batch', async () => {
    const done = await change(tx, 'message_batch', { id: batchId, state: 'PROPOSED' }, { state: 'APPROVED', decided_by: actor.staffKey, decided_on: businessDate }, { why: null, action: 'APPROVE_GREETINGS' })
    return done ? ok({ id: batchId }) : refuse('decided-already')
  })
})

export const returnBatchRoute = handle(returnBatch, async (tx, { params: { batchId }, body }, { actor, businessDate }) => {
  const may = await proposed(tx, batchId, actor.staffKey)
  if (!may.ok) return may
  return tx.asRole('batch', async () => {
    const done = await change(tx, 'message_batch', { id: batchId, state: 'PROPOSED' }, { state: 'RETURNED', decided_by: actor.staffKey, decided_on: businessDate, return_reason: body.reason }, { why: body.reason, action: 'RETURN_GREETINGS' })
    if (!done) return refuse('decided-already')
    await bulk(tx, { table: 'message', what: 'change', why: body.reason, batch: batchId, statement: sql`UPDATE message SET state = 'WITHDRAWN', reason = 'RETURNED' WHERE batch_id = ${batchId} AND state = 'WAITING'` })
    return ok({ id: batchId })
  })
})
