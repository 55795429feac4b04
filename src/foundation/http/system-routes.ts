import type { PermissionTable } from '../access/permission.rules.ts'
import { sql } from '../database/transaction.ts'
import { ok, refuse } from '../values/outcome.ts'
import { describeApi } from './openapi.ts'
import { handleAlone, type RawReply, type Route } from './route.ts'
import { apiDescription, health, readiness } from './system.contract.ts'

export const version = '0.1.0'

export const healthRoute = handleAlone(health, async () => ok({ alive: true as const }))

/** Ready when the database answers and the bank is set up. */
export const readinessRoute = handleAlone(readiness, async (_input, { services }) => {
  const bank = await services.db.asPublic((tx) => tx.maybe(sql<{ business_date: string }>`SELECT business_date FROM bank`))
  return bank ? ok({ ready: true as const, businessDate: bank.business_date, version }) : refuse('unavailable')
})

/** Describes the routes that it is given, itself included. */
export function apiDescriptionRoute(routes: () => readonly Route[], permissions: PermissionTable): Route {
  let described: string | undefined
  return handleAlone(apiDescription, async () => {
    described ??= JSON.stringify(describeApi(routes().map((route) => route.contract), permissions, version))
    return ok<RawReply>({ type: 'application/json; charset=utf-8', content: described })
  })
}
