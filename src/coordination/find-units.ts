import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { ok } from '../foundation/values/outcome.ts'
import { findPeople, findUnits } from './coordination.contract.ts'

/** Departments first, then units by their code; only those in which somebody works. */
export const findUnitsRoute = handle(findUnits, async (tx, { query }, { businessDate: day }) => ok({
  items: await tx.all(sql<{ unitKey: number; name: string; nameEn: string; people: number }>`
    SELECT i.institution_key AS "unitKey", i.name, i.name_en AS "nameEn", n.people FROM organisation_institution_facts i
    CROSS JOIN LATERAL (SELECT count(DISTINCT f.staff_key)::int AS people FROM organisation_post_facts f WHERE i.institution_key IN (f.line_key, f.place_key) AND f.from_date <= ${day} AND (f.to_date IS NULL OR f.to_date > ${day})) n
    WHERE i.from_date <= ${day} AND (i.to_date IS NULL OR i.to_date > ${day}) AND n.people > 0 ${query.search === undefined ? sql`` : sql`AND (position(${query.search} in i.name) > 0 OR position(lower(${query.search}) in lower(i.name_en)) > 0)`}
    ORDER BY i.kind = 'DEPARTMENT' DESC, i.code LIMIT 30`),
}))

export const findPeopleRoute = handle(findPeople, async (tx, { query }, { actor, businessDate: day }) => ok({
  items: await tx.all(sql<{ staffKey: number; staffNo: string; name: string; postName: string; unitName: string }>`
    SELECT f.staff_key AS "staffKey", f.staff_no AS "staffNo", f.staff_name AS name, min(f.post_name) AS "postName", min(f.place_name) AS "unitName" FROM organisation_post_facts f
    WHERE f.from_date <= ${day} AND (f.to_date IS NULL OR f.to_date > ${day}) AND f.staff_key <> ${actor.staffKey} ${query.search === undefined ? sql`` : sql`AND (position(${query.search} in f.staff_name) > 0 OR starts_with(f.staff_no, ${query.search}) OR position(${query.search} in f.place_name) > 0)`}
    GROUP BY f.staff_key, f.staff_no, f.staff_name ORDER BY f.staff_no LIMIT 20`),
}))
