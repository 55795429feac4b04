import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { bulk } from '../../foundation/store/store.ts'

/** Gives for each of `customers` (a query of ids) the deposits' year average on a day: customer_id, year_adb. Handed in by the flow: holdings keeps the balances. */
export type YearAverages = (customers: Sql, day: string) => Sql

export type SharesToMove = {
  handOverId: string
  /** From this day on the receivers hold them; a frozen base is that of this day. */
  day: string
  /** The business date on which that is carried out. */
  today: string
  batch: string
  why: string
  averages: YearAverages
}

/**
 * The shares of a whole list change hands on a day, by set: the leaver's slice ends, the receiver gets share and role from that day. Who was an assistant there already gets
 * both shares as one slice and keeps his base. A customer whom the leaver holds no more is GONE. Throws when a slice could not be joined: then nothing of the case changes.
 * Run as batch; returns how many moved.
 */
export async function moveShares(tx: Transaction, { handOverId, day, today, batch, why, averages }: SharesToMove): Promise<number> {
  const about = { hand_over: handOverId, day }
  // everything that writes a customer's slices waits here, in one order
  await tx.run(sql`SELECT k.customer_id FROM customer k WHERE k.customer_id IN (SELECT customer_id FROM hand_over_item WHERE hand_over_id = ${handOverId} AND state = 'OPEN') ORDER BY k.customer_id FOR UPDATE`)
  await bulk(tx, {
    table: 'hand_over_item', what: 'change', why, batch, about, alias: 'hand_over_item',
    statement: sql`UPDATE hand_over_item SET state = 'GONE', batch_id = ${batch}::uuid WHERE hand_over_id = ${handOverId} AND state = 'OPEN'
      AND NOT EXISTS (SELECT FROM assignment a WHERE a.customer_id = hand_over_item.customer_id AND a.staff_key = hand_over_item.leaver_key AND a.from_date <= ${day} AND (a.to_date IS NULL OR a.to_date > ${day}))`,
  })
  // a later beginning of either of the two, or two ends, would leave a day with another sum
  const crossed = await tx.maybe(sql`
    SELECT 1 FROM hand_over_item i JOIN assignment l ON l.customer_id = i.customer_id AND l.staff_key = i.leaver_key AND l.from_date <= ${day} AND (l.to_date IS NULL OR l.to_date > ${day})
    LEFT JOIN assignment r ON r.customer_id = i.customer_id AND r.staff_key = i.receiver_key AND (r.to_date IS NULL OR r.to_date > ${day}) AND r.to_date IS DISTINCT FROM r.from_date
    WHERE i.hand_over_id = ${handOverId} AND i.state = 'OPEN' AND r.id IS NOT NULL AND (r.from_date > ${day} OR r.to_date IS DISTINCT FROM l.to_date) LIMIT 1`)
  if (crossed) throw new Error('a receiver has another slice of a customer that begins or ends on its own day')
  // an end that was planned before stays planned
  await bulk(tx, {
    table: 'hand_over_item', what: 'change', why, batch, about, alias: 'i',
    statement: sql`UPDATE hand_over_item i SET slice_until = l.to_date, batch_id = ${batch}::uuid FROM assignment l
      WHERE i.hand_over_id = ${handOverId} AND i.state = 'OPEN' AND l.customer_id = i.customer_id AND l.staff_key = i.leaver_key AND l.from_date <= ${day} AND l.to_date > ${day}`,
  })
  const moving = sql`SELECT customer_id, leaver_key, receiver_key, slice_until FROM hand_over_item WHERE hand_over_id = ${handOverId} AND state = 'OPEN'`
  await bulk(tx, {
    table: 'assignment', what: 'change', why, batch, about, alias: 'a',
    statement: sql`UPDATE assignment a SET to_date = ${day}, end_known_on = ${today}, batch_id = ${batch}::uuid FROM (${moving}) m
      WHERE a.customer_id = m.customer_id AND a.staff_key IN (m.leaver_key, m.receiver_key) AND a.from_date <= ${day} AND (a.to_date IS NULL OR a.to_date > ${day})`,
  })
  const { count } = await bulk(tx, {
    table: 'assignment', what: 'add', why, batch, about, sums: ['share_pct'],
    statement: sql`
      INSERT INTO assignment (customer_id, id, staff_key, share_pct, main, from_date, to_date, known_on, end_known_on, base_adb_fen, base_as_of, reason, batch_id)
      SELECT l.customer_id, uuid7(), m.receiver_key, l.share_pct + coalesce(r.share_pct, 0), l.main OR coalesce(r.main, false), ${day}, m.slice_until, ${today}::date, CASE WHEN m.slice_until IS NOT NULL THEN ${today}::date END,
        CASE WHEN r.id IS NULL THEN coalesce(y.year_adb, 0) ELSE r.base_adb_fen END, CASE WHEN r.id IS NULL THEN ${day}::date ELSE r.base_as_of END, ${why}, ${batch}::uuid
      FROM (${moving}) m
      JOIN assignment l ON l.customer_id = m.customer_id AND l.staff_key = m.leaver_key AND l.to_date = ${day} AND l.batch_id = ${batch}::uuid
      LEFT JOIN assignment r ON r.customer_id = m.customer_id AND r.staff_key = m.receiver_key AND r.to_date = ${day} AND r.batch_id = ${batch}::uuid
      LEFT JOIN (${averages(sql`SELECT customer_id FROM (${moving}) n`, day)}) y ON y.customer_id = m.customer_id
      ORDER BY l.customer_id`,
  })
  await bulk(tx, {
    table: 'hand_over_item', what: 'change', why, batch, about, alias: 'hand_over_item',
    statement: sql`UPDATE hand_over_item SET state = 'MOVED', batch_id = ${batch}::uuid WHERE hand_over_id = ${handOverId} AND state = 'OPEN'`,
  })
  return count
}
