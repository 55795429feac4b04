import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'
import { confirmersOf } from './engine-find-confirmers.ts'

/**
 * Answers that are not handed in follow their people: an outlet is answered for by who heads it today, who left the bank answers no more, the line is that of today; what is late comes to the
 * nearest leader above. What was handed in and waits for its head follows too: it is seen from the line of today, and waits for who is the head today, or for nobody. The day is the bank's. Runs as batch; twice is once.
 */
export async function followAnswers(tx: Transaction, batch: string): Promise<void> {
  const today = sql`(SELECT business_date FROM bank)`
  const held = (key: 'f'): ReturnType<typeof sql> => sql`${sql.ref(`${key}.from_date`)} <= ${today} AND (${sql.ref(`${key}.to_date`)} IS NULL OR ${sql.ref(`${key}.to_date`)} > ${today})`
  const open = sql`f.id = a.form_id AND f.state = 'OPEN' AND a.state IN ('OPEN', 'RETURNED')`
  const waits = sql`f.confirms AND f.state = 'OPEN' AND o.state = 'SUBMITTED' AND o.confirmed_on IS NULL`
  const why = 'answers of a form follow their people'
  await bulk(tx, {
    table: 'collection_answer', what: 'change', why, batch, alias: 'a',
    statement: sql`
      UPDATE collection_answer a SET staff_key = n.head, batch_id = ${batch}::uuid
      FROM collection_form f, (
        SELECT o.id, (SELECT p.staff_key FROM organisation_post_facts p WHERE p.place_key = o.unit_key AND p.post_code IN ('OUTLET_HEAD', 'OUTLET_HEAD_PLACE', 'TEAM_LEAD') AND p.from_date <= ${today} AND (p.to_date IS NULL OR p.to_date > ${today}) ORDER BY p.post_code = 'TEAM_LEAD', p.main DESC, p.staff_no LIMIT 1) AS head
        FROM collection_answer o WHERE o.state IN ('OPEN', 'RETURNED')) n
      WHERE n.id = a.id AND ${open} AND f.answers_for = 'OUTLET' AND n.head IS NOT NULL AND n.head <> a.staff_key AND n.head <> a.collector_key`,
  })
  await bulk(tx, {
    table: 'collection_answer', what: 'change', why, batch, alias: 'a',
    statement: sql`UPDATE collection_answer a SET state = 'ENDED', batch_id = ${batch}::uuid FROM collection_form f WHERE ${open} AND f.answers_for = 'PERSON' AND NOT EXISTS (SELECT FROM organisation_post_facts p WHERE p.staff_key = a.staff_key AND p.from_date <= ${today} AND (p.to_date IS NULL OR p.to_date > ${today}))`,
  })
  await bulk(tx, {
    table: 'collection_answer', what: 'change', why, batch, alias: 'a',
    statement: sql`
      UPDATE collection_answer a SET scope_path = n.line_path, batch_id = ${batch}::uuid
      FROM collection_form g, (SELECT o.id, (SELECT f.line_path FROM organisation_post_facts f WHERE f.staff_key = o.staff_key AND ${held('f')} ORDER BY f.main DESC, f.post_key LIMIT 1) AS line_path FROM collection_answer o WHERE o.state IN ('OPEN', 'RETURNED') OR (o.state = 'SUBMITTED' AND o.confirmed_on IS NULL)) n
      WHERE n.id = a.id AND g.id = a.form_id AND g.state = 'OPEN' AND g.answers_for = 'PERSON' AND (a.state <> 'SUBMITTED' OR g.confirms) AND n.line_path IS NOT NULL AND n.line_path <> a.scope_path`,
  })
  await bulk(tx, {
    table: 'collection_answer', what: 'change', why: 'who confirms an answer', batch, alias: 'a',
    statement: sql`
      UPDATE collection_answer a SET confirmer_key = n.confirmer, batch_id = ${batch}::uuid
      FROM (
        SELECT w.id, c.staff_key AS confirmer FROM (SELECT o.id FROM collection_answer o JOIN collection_form f ON f.id = o.form_id WHERE ${waits}) w
        LEFT JOIN (${confirmersOf(sql`SELECT o.id, o.submitted_by AS staff_key, o.scope_path FROM collection_answer o JOIN collection_form f ON f.id = o.form_id WHERE ${waits}`, today)}) c ON c.id = w.id AND c.place = 1) n
      WHERE n.id = a.id AND a.confirmer_key IS DISTINCT FROM n.confirmer`,
  })
  await bulk(tx, {
    table: 'collection_answer', what: 'change', why: 'an answer is late', batch, alias: 'a',
    statement: sql`
      UPDATE collection_answer a SET superior_key = n.superior, batch_id = ${batch}::uuid
      FROM collection_form g, (SELECT o.id, (SELECT f.staff_key FROM organisation_post_facts f WHERE f.post_code IN ('TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD', 'BANK_LEADER') AND (o.scope_path = f.line_path OR starts_with(o.scope_path, f.line_path || '.')) AND ${held('f')} AND f.staff_key <> o.staff_key
          ORDER BY length(f.line_path) DESC, f.post_code = 'TEAM_LEAD' DESC, f.staff_no LIMIT 1) AS superior FROM collection_answer o WHERE o.state IN ('OPEN', 'RETURNED') AND o.due_on < ${today}) n
      WHERE n.id = a.id AND g.id = a.form_id AND g.state = 'OPEN' AND n.superior IS NOT NULL AND a.superior_key IS DISTINCT FROM n.superior`,
  })
}
