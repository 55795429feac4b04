import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { ok } from '../foundation/values/outcome.ts'
import { listInstitutions, type InstitutionView } from './institution.contract.ts'

/** The tree as it was on a day, parents before children, with how many people report to each unit and sit in it. */
export const listInstitutionsRoute = handle(listInstitutions, async (tx, { query }, { businessDate, may }) => {
  const day = query.day ?? businessDate
  const items = await tx.all(sql<InstitutionView>`
    WITH held AS (SELECT DISTINCT staff_key, line_key, place_key FROM organisation_post_facts WHERE from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})),
      lines AS (SELECT line_key AS key, count(DISTINCT staff_key)::int AS people FROM held GROUP BY line_key),
      places AS (SELECT place_key AS key, count(DISTINCT staff_key)::int AS people FROM held GROUP BY place_key)
    SELECT u.institution_key AS key, u.code, u.kind, u.name, u.name_en AS "nameEn", u.parent_key AS "parentKey", u.scope_path AS path, u.region, u.managers_in AS "managersIn",
      u.from_date AS "from", u.to_date AS "to", coalesce(l.people, 0) AS "inLine", coalesce(p.people, 0) AS "atPlace"
    FROM organisation_institution_facts u LEFT JOIN lines l ON l.key = u.institution_key LEFT JOIN places p ON p.key = u.institution_key
    WHERE u.from_date <= ${day} AND (u.to_date IS NULL OR u.to_date > ${day})
    ORDER BY u.scope_path`)
  return ok({ day, items, mayChange: may('organisation.change').allowed })
})
