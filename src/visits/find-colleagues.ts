import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { ok } from '../foundation/values/outcome.ts'
import { findColleagues } from './contact.contract.ts'

/** Colleagues of today, those of one's own line first; at most 20. */
export const findColleaguesRoute = handle(findColleagues, async (tx, { query }, { actor, businessDate }) => {
  const wanted = query.search?.toLowerCase() ?? ''
  const rows = await tx.all(sql<{ staff_key: number; staff_no: string; staff_name: string; post_name: string; place_name: string }>`
    SELECT * FROM (
      SELECT DISTINCT ON (staff_key) staff_key, staff_no, staff_name, post_name, place_name, line_path = ${actor.linePath} AS near FROM organisation_post_facts
      WHERE from_date <= ${businessDate} AND (to_date IS NULL OR to_date > ${businessDate}) AND staff_key <> ${actor.staffKey}
        AND (${wanted} = '' OR position(${wanted} in staff_name) > 0 OR starts_with(staff_no, ${wanted}))
      ORDER BY staff_key, main DESC, post_key) f
    ORDER BY near DESC, staff_no LIMIT 20`)
  return ok({ items: rows.map((row) => ({ staffKey: row.staff_key, staffNo: row.staff_no, name: row.staff_name, postName: row.post_name, unitName: row.place_name })) })
})
