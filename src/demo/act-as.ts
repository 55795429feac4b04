import { permissionTable } from '../access/permission-table.ts'
import type { Actor } from '../foundation/access/actor.ts'
import { mayDoAction, type Relation } from '../foundation/access/permission.rules.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { UploadedFile } from '../foundation/http/contract.ts'
import type { Context, Route, Services } from '../foundation/http/route.ts'
import { once, requestKey } from '../foundation/http/twice-is-once.ts'

export type Act = {
  /** Who does it, in his main post, on which day (the bank's own today may be later). */
  staffNo: string
  day: string
  route: Route
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  /** For an endpoint that takes one. */
  file?: UploadedFile
  /** For acts that are no creation: the same key is the same act. */
  key?: string
}

/**
 * Somebody of the demo bank does something that the product lets people do, on a day of the past: the same endpoint, permission, scope and twice-is-once as over HTTP,
 * only without the wire. Throws when it is refused: the demo asks for nothing that may not be done.
 */
export async function actAs(services: Services, { staffNo, day, route, params = {}, query = {}, body = {}, file, key }: Act): Promise<unknown> {
  const { contract, run } = route
  if (!run) throw new Error(`${contract.id} runs its own transactions`)
  const actor = await actorOn(services, staffNo, day)
  const input = { params: contract.params.parse(params), query: contract.query.parse(query), body: contract.body.parse(body) }
  const may: Context['may'] = (action, object) => mayDoAction(permissionTable, actor.postCode, action, object)
  const verdict = contract.permission === 'signed-in' ? ({ allowed: true } as const) : may(contract.permission)
  if (!verdict.allowed) throw new Error(`${contract.id}: ${verdict.reason}`)
  return services.db.asPerson(actor, day, null, async (tx) => {
    const customerId = contract.opens === undefined ? null : String(params[contract.opens])
    const opened = customerId === null ? null : { customerId, relation: await relationTo(customerId) }
    if (opened) {
      const inState = may(contract.permission, { relation: opened.relation })
      if (!inState.allowed) throw new Error(`${contract.id}: ${inState.reason}`)
    }
    const context: Context = { services, actor, language: 'zh', requestId: 'demo', businessDate: day, opened, may }
    const inside = (): ReturnType<typeof run> => run(tx, file ? { ...input, file } : input, context)
    const work = (): ReturnType<typeof run> => (opened ? tx.asRole('opened', inside) : inside())
    const known = contract.writes === undefined ? null : requestKey(contract, input, actor.staffKey, key)
    const outcome = known === null ? await work() : await once(tx, contract, known, actor.staffKey, file ? { ...input, file: { name: file.name, hash: file.hash } } : input, work)
    if (!outcome.ok) throw new Error(`${contract.id} by ${staffNo} on ${day}: ${outcome.refusal.name}`)
    return outcome.value

    async function relationTo(id: string): Promise<Relation> {
      const { relation } = await tx.one(sql<{ relation: Relation | null }>`SELECT open_customer(${id}) AS relation`)
      if (relation === null) throw new Error(`${contract.id}: the customer is not open to ${staffNo}`)
      return relation
    }
  })
}

const known = new WeakMap<Services, Map<string, Actor>>()

async function actorOn(services: Services, staffNo: string, day: string): Promise<Actor> {
  const before = known.get(services)?.get(`${staffNo} ${day}`)
  if (before) return before
  const held = await services.db.asBatch((tx) => tx.maybe(sql<Omit<Actor, 'sessionId' | 'mustChangePassword'>>`
    SELECT staff_key AS "staffKey", staff_no AS "staffNo", staff_name AS name, post_key AS "postKey", post_code AS "postCode", post_name AS "postName", post_name_en AS "postNameEn", breadth,
           line_key AS "lineKey", line_name AS "lineName", line_path AS "linePath", place_key AS "placeKey", place_name AS "placeName"
    FROM organisation_post_facts WHERE staff_no = ${staffNo} AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day}) ORDER BY main DESC, post_key LIMIT 1`))
  if (!held) throw new Error(`${staffNo} holds no post on ${day}`)
  const actor: Actor = { ...held, sessionId: '00000000-0000-0000-0000-000000000000', mustChangePassword: false }
  const all = known.get(services) ?? new Map<string, Actor>()
  known.set(services, all.set(`${staffNo} ${day}`, actor))
  return actor
}
