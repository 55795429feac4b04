import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { add, change, type Row } from '../../foundation/store/store.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { columnsToWrite, groupsFor, lastChange, lockFile, readGroups } from './file-values.ts'
import { hasAll, judgeGroup } from './file.rules.ts'
import { saveGroup } from './file.contract.ts'
import { factsOfId, groupAction } from './read-file.ts'

/** One group of a file changes: what was read must still stand, the group as it would be is judged whole. */
export const saveGroupRoute = handle(saveGroup, async (tx, { params: { customerId }, body }, context) => {
  const { businessDate: today, opened, services, may } = context
  if (!opened) return refuse('not-found')
  const verdict = may(groupAction(body.group), { relation: opened.relation })
  if (!verdict.allowed) return refuse('not-allowed')
  const kind = await lockFile(tx, customerId)
  const group = groupsFor(kind).find((one) => one.code === body.group)
  if (!group) return refuse('wrong-part', { field: 'group' })
  const foreign = Object.keys(body.values).find((name) => !group.fields.some((field) => field.name === name))
  if (foreign !== undefined) return refuse('wrong-part', { field: `values.${foreign}` })
  const now = (await readGroups(tx, services.keys, customerId, kind)).find((one) => one.code === group.code)
  if (!now) throw new Error(`group ${group.code} was not read`)
  const tables = [...new Set(group.fields.map((field) => field.table ?? 'customer'))]
  if (now.edition !== body.edition) return refuse('changed-meanwhile', { details: await lastChange(tx, customerId, tables) })

  const after = { ...now.values, ...body.values }
  for (const outcome of [hasAll(group.fields, after), judgeGroup(group.code, after, { today, fromId: group.code === 'PERSONAL' ? await factsOfId(tx, context, customerId) : null })]) if (!outcome.ok) return outcome
  const why = body.reason ?? `档案：${group.zh}`
  for (const table of tables) {
    const patch = await columnsToWrite(tx, services.keys, customerId, kind, group.fields.filter((field) => field.table === table), body.values)
    if (Object.keys(patch).length > 0) await put(tx, table, customerId, patch, why)
  }
  const saved = (await readGroups(tx, services.keys, customerId, kind)).find((one) => one.code === group.code)
  return ok({ edition: saved?.edition ?? now.edition })
})

/** Changes the customer's row of a table, or makes it. */
async function put(tx: Transaction, table: string, customerId: string, patch: Row, why: string): Promise<void> {
  const there = await tx.maybe(sql`SELECT 1 FROM ${sql.table(table)} WHERE customer_id = ${customerId}`)
  if (there) await change(tx, table, { customer_id: customerId }, patch, { why })
  else await add(tx, table, { customer_id: customerId, ...patch }, { why })
}
