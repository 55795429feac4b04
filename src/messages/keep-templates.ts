import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { unless } from '../foundation/access/permission.rules.ts'
import { handle } from '../foundation/http/route.ts'
import { add, change } from '../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { festivals } from './festival-table.ts'
import { confirmTemplate, listTemplates, proposeTemplate, returnTemplate, type TemplateShown } from './message.contract.ts'
import { placesOf, sellingWords, unknownPlaces } from './message.rules.ts'

type Row = Omit<TemplateShown, 'may'> & { enteredKey: number }

export const listTemplatesRoute = handle(listTemplates, async (tx, _input, context) => {
  const keep = context.may('message-template.keep')
  const rows = await tx.all(sql<Row>`
    SELECT t.id, t.code, t.name, t.kind, t.festival, t.lead_days AS "leadDays", t.channel, t.subject, t.content, t.platform_code AS "platformCode", t.from_date AS "from", e.staff_name AS "enteredBy", t.entered_by AS "enteredKey", c.staff_name AS "confirmedBy", t.return_reason AS "returnReason",
      CASE WHEN t.returned_by IS NOT NULL THEN 'RETURNED' WHEN t.confirmed_by IS NULL THEN 'WAITING' WHEN EXISTS (SELECT FROM message_template n WHERE n.code = t.code AND n.confirmed_at > t.confirmed_at) THEN 'ENDED' ELSE 'IN_FORCE' END AS state
    FROM message_template t JOIN organisation_staff_facts e ON e.staff_key = t.entered_by LEFT JOIN organisation_staff_facts c ON c.staff_key = t.confirmed_by ORDER BY t.code, t.entered_on DESC, t.id DESC LIMIT 500`)
  return ok({
    mayPropose: keep.allowed, festivals: festivals.map(({ code, zh, en }) => ({ code: code as 'NEW_YEAR', zh, en })),
    items: rows.map(({ enteredKey, ...row }) => ({ ...row, may: { decide: unless(keep, row.state !== 'WAITING' ? 'decided-already' : enteredKey === context.actor.staffKey ? 'own-entry' : null) } })),
  })
})

export const proposeTemplateRoute = handle(proposeTemplate, (tx, { body }, { actor, businessDate }) => tx.asRole('office', async () => {
  if ((body.kind === 'FESTIVAL') !== (body.festival !== null)) return refuse('festival-unclear', { field: 'festival' })
  if ((body.kind === 'MATURITY') !== (body.leadDays !== null)) return refuse('lead-unclear', { field: 'leadDays' })
  if ((body.channel === 'EMAIL') !== (body.subject !== null) || (body.channel === 'SMS') !== (body.platformCode !== null)) return refuse('channel-incomplete', { field: body.channel === 'SMS' ? 'platformCode' : 'subject' })
  const text = `${body.subject ?? ''}${body.content}`
  const unknown = unknownPlaces(text, body.kind)[0]
  if (unknown !== undefined) return refuse('place-unknown', { field: 'content', details: { place: `{${unknown}}`, places: placesOf(body.kind).map((place) => `{${place}}`).join(' ') } })
  const sold = sellingWords(text)
  if (sold.length > 0) return refuse('sells-something', { field: 'content', details: { words: sold.join('、') } })
  if (await tx.maybe(sql`SELECT 1 FROM message_template WHERE code = ${body.code} AND confirmed_by IS NULL AND returned_by IS NULL`)) return refuse('waits-already', { field: 'code', details: { code: body.code } })
  await add(tx, 'message_template', {
    id: body.id, code: body.code, name: body.name, kind: body.kind, festival: body.festival, lead_days: body.leadDays, channel: body.channel, subject: body.subject, content: body.content, platform_code: body.platformCode, from_date: businessDate, entered_by: actor.staffKey, entered_on: businessDate,
  }, { why: null, action: 'PROPOSE_TEMPLATE' })
  return ok({ id: body.id })
}))

async function undecided(tx: Transaction, templateId: string, staffKey: number): Promise<Outcome<null>> {
  const row = await tx.maybe(sql<{ entered_by: number; decided: boolean }>`SELECT entered_by, confirmed_by IS NOT NULL OR returned_by IS NOT NULL AS decided FROM message_template WHERE id = ${templateId} FOR UPDATE`)
  if (!row) return refuse('not-found')
  if (row.decided) return refuse('decided-already')
  return row.entered_by === staffKey ? refuse('own-entry') : ok(null)
}

export const confirmTemplateRoute = handle(confirmTemplate, (tx, { params: { templateId } }, { actor, businessDate }) => tx.asRole('office', async () => {
  const may = await undecided(tx, templateId, actor.staffKey)
  if (!may.ok) return may
  await change(tx, 'message_template', { id: templateId }, { confirmed_by: actor.staffKey, confirmed_on: businessDate, confirmed_at: new Date(), from_date: businessDate }, { why: null, action: 'CONFIRM_TEMPLATE' })
  return ok({ id: templateId })
}))

export const returnTemplateRoute = handle(returnTemplate, (tx, { params: { templateId }, body }, { actor, businessDate }) => tx.asRole('office', async () => {
  const may = await undecided(tx, templateId, actor.staffKey)
  if (!may.ok) return may
  await change(tx, 'message_template', { id: templateId }, { returned_by: actor.staffKey, returned_on: businessDate, return_reason: body.reason }, { why: body.reason, action: 'RETURN_TEMPLATE' })
  return ok({ id: templateId })
}))
