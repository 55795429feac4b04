import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { ok } from '../foundation/values/outcome.ts'
import { readSetUp } from './set-up.contract.ts'

type Found = {
  bankName: string; bankNameEn: string; bankCode: string; administrators: number; units: number; outlets: number; people: number; managers: number
  deliveries: number; refusedDeliveries: number; lastDelivery: string | null
}

/** How far a new bank is: units, people and deliveries as they stand today. A step is done when there is something of its kind with which work can begin. */
export const readSetUpRoute = handle(readSetUp, async (tx, _input, { businessDate }) => {
  const found = await tx.one(sql<Found>`
    WITH unit AS (SELECT kind FROM organisation_institution_facts WHERE from_date <= ${businessDate} AND (to_date IS NULL OR to_date > ${businessDate})),
         holder AS (SELECT staff_key, bool_or(post_code = 'ADMIN') AS administrates, bool_or(post_code = 'RM') AS manages
                    FROM organisation_post_facts WHERE from_date <= ${businessDate} AND (to_date IS NULL OR to_date > ${businessDate}) GROUP BY staff_key)
    SELECT b.name_zh AS "bankName", b.name_en AS "bankNameEn", b.code AS "bankCode",
           (SELECT count(*)::int FROM holder WHERE administrates) AS administrators,
           (SELECT count(*)::int FROM unit WHERE kind <> 'HEAD_OFFICE') AS units, (SELECT count(*)::int FROM unit WHERE kind = 'OUTLET') AS outlets,
           (SELECT count(*)::int FROM holder WHERE NOT administrates) AS people, (SELECT count(*)::int FROM holder WHERE manages) AS managers,
           (SELECT count(*)::int FROM delivery WHERE state = 'LOADED') AS deliveries, (SELECT count(*)::int FROM delivery WHERE state = 'REFUSED') AS "refusedDeliveries",
           (SELECT max(business_date) FROM delivery WHERE state = 'LOADED') AS "lastDelivery"
    FROM bank b`)
  return ok({ ...found, businessDate, done: { organisation: found.outlets > 0, people: found.managers > 0, delivery: found.deliveries > 0 } })
})
