import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'
import { superiorsOn } from './find-superiors.ts'

type Run = { today: string; batch: string; why: string }

/**
 * Who must do today what is still open: the person himself; while he is away his substitute; when he left, or the substitute is away too, his superior; when there is none, the head of the
 * bank, else the administrator. What is open is seen from the line in which the person works today. All people, or one who moved.
 */
export async function followHolders(tx: Transaction, { today, batch, why }: Run, staffKey: number | null): Promise<number> {
  const { count } = await bulk(tx, {
    table: 'duty_instance', what: 'change', why, batch, alias: 'i',
    statement: sql`
      UPDATE duty_instance i SET holder_key = n.holder_key, moved_why = n.moved_why, scope_path = n.line_path, batch_id = ${batch}::uuid
      FROM (
        WITH below AS MATERIALIZED (
          SELECT DISTINCT staff_key, scope_path FROM duty_instance o WHERE (o.state IN ('PLANNED', 'OPEN') OR (o.state = 'MISSED' AND o.due_on > ${today}::date - 31)) ${staffKey === null ? sql`` : sql`AND o.staff_key = ${staffKey}`}),
        ${superiorsOn(today)}
        SELECT b.staff_key, b.scope_path, coalesce(s.line_path, b.scope_path) AS line_path,
          CASE WHEN s.staff_key IS NOT NULL AND a.absent_key IS NULL THEN b.staff_key ELSE coalesce(t.staff_key, u.superior_key, (SELECT staff_key FROM top), b.staff_key) END AS holder_key,
          CASE WHEN s.staff_key IS NULL THEN 'LEFT' WHEN a.absent_key IS NOT NULL THEN 'AWAY' END AS moved_why
        FROM below b LEFT JOIN seat s ON s.staff_key = b.staff_key
        LEFT JOIN LATERAL (SELECT absent_key, substitute_key FROM away w WHERE w.absent_key = b.staff_key ORDER BY substitute_key LIMIT 1) a ON true
        LEFT JOIN seat t ON s.staff_key IS NOT NULL AND t.staff_key = a.substitute_key AND NOT EXISTS (SELECT FROM away w WHERE w.absent_key = a.substitute_key)
        LEFT JOIN superior u ON u.staff_key = b.staff_key AND u.scope_path = b.scope_path AND u.level = 1) n
      WHERE i.staff_key = n.staff_key AND i.scope_path = n.scope_path AND (i.state IN ('PLANNED', 'OPEN') OR (i.state = 'MISSED' AND i.due_on > ${today}::date - 31))
        AND (i.holder_key, i.moved_why, i.scope_path) IS DISTINCT FROM (n.holder_key, n.moved_why, n.line_path)`,
  })
  return count
}
