import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'
import { confirmersOf } from './engine-find-confirmers.ts'
import { reviewersOf } from './engine-find-reviewers.ts'

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
      UPDATE collection_answer a SET staff_key = n.head, filler_key = nullif(a.filler_key, n.head), batch_id = ${batch}::uuid
      FROM collection_form f, (
        SELECT o.id, (SELECT p.staff_key FROM organisation_post_facts p WHERE p.place_key = o.unit_key AND p.post_code IN ('OUTLET_HEAD', 'OUTLET_HEAD_PLACE', 'TEAM_LEAD') AND p.from_date <= ${today} AND (p.to_date IS NULL OR p.to_date > ${today}) ORDER BY p.post_code = 'TEAM_LEAD', p.main DESC, p.staff_no LIMIT 1) AS head
        FROM collection_answer o WHERE o.state IN ('OPEN', 'RETURNED')) n
      WHERE n.id = a.id AND ${open} AND f.answers_for = 'OUTLET' AND n.head IS NOT NULL AND n.head <> a.staff_key AND n.head <> a.collector_key`,
  })
  // whom the head named fills in while he works there, and never for a head that he became himself
  await bulk(tx, {
    table: 'collection_answer', what: 'change', why, batch, alias: 'a',
    statement: sql`
      UPDATE collection_answer a SET filler_key = NULL, batch_id = ${batch}::uuid FROM collection_form f
      WHERE ${open} AND a.filler_key IS NOT NULL AND NOT EXISTS (SELECT FROM organisation_post_facts p WHERE p.staff_key = a.filler_key AND (p.place_key = a.unit_key OR p.line_key = a.unit_key) AND p.from_date <= ${today} AND (p.to_date IS NULL OR p.to_date > ${today}))`,
  })
  await followSubjects(tx, batch)
  await bulk(tx, {
    table: 'collection_answer', what: 'change', why, batch, alias: 'a',
    statement: sql`UPDATE collection_answer a SET state = 'ENDED', batch_id = ${batch}::uuid FROM collection_form f WHERE ${open} AND f.answers_for <> 'OUTLET' AND NOT EXISTS (SELECT FROM organisation_post_facts p WHERE p.staff_key = a.staff_key AND p.from_date <= ${today} AND (p.to_date IS NULL OR p.to_date > ${today}))`,
  })
  await bulk(tx, {
    table: 'collection_answer', what: 'change', why, batch, alias: 'a',
    statement: sql`
      UPDATE collection_answer a SET scope_path = n.line_path, batch_id = ${batch}::uuid
      FROM collection_form g, (SELECT o.id, (SELECT f.line_path FROM organisation_post_facts f WHERE f.staff_key = o.staff_key AND ${held('f')} ORDER BY f.main DESC, f.post_key LIMIT 1) AS line_path FROM collection_answer o WHERE o.state IN ('OPEN', 'RETURNED') OR (o.state = 'SUBMITTED' AND o.confirmed_on IS NULL)) n
      WHERE n.id = a.id AND g.id = a.form_id AND g.state = 'OPEN' AND g.answers_for <> 'OUTLET' AND (a.state <> 'SUBMITTED' OR g.confirms) AND n.line_path IS NOT NULL AND n.line_path <> a.scope_path`,
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
      FROM collection_form g, (SELECT o.id, (SELECT f.staff_key FROM organisation_post_facts f WHERE f.post_code IN ('TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD', 'BANK_LEADER') AND (o.scope_path = f.line_path OR starts_with(o.scope_path, f.line_path || '.')) AND ${held('f')} AND f.staff_key <> o.staff_key AND (t.answers_for <> 'OUTLET' OR f.post_code IN ('BRANCH_HEAD', 'BANK_LEADER'))
          ORDER BY length(f.line_path) DESC, f.post_code = 'TEAM_LEAD' DESC, f.staff_no LIMIT 1) AS superior FROM collection_answer o JOIN collection_form t ON t.id = o.form_id WHERE o.state IN ('OPEN', 'RETURNED') AND o.due_on < ${today}) n
      WHERE n.id = a.id AND g.id = a.form_id AND g.state = 'OPEN' AND n.superior IS NOT NULL AND a.superior_key IS DISTINCT FROM n.superior`,
  })
  await bulk(tx, {
    table: 'collection_review', what: 'change', why: 'who answers for a figure', batch, alias: 'r',
    statement: sql`
      UPDATE collection_review r SET reviewers = n.reviewers, batch_id = ${batch}::uuid FROM (${reviewersOf(sql`SELECT v.id, v.owner, v.asked_by FROM collection_review v WHERE v.decision IS NULL AND v.withdrawn_on IS NULL`, today)}) n
      WHERE n.id = r.id AND r.reviewers IS DISTINCT FROM n.reviewers`,
  })
}

/** A customer who has another main manager is told of by him, unless he handed in already; who has no customer left answers no more. */
async function followSubjects(tx: Transaction, batch: string): Promise<void> {
  const why = 'customers of a form follow their managers'
  const moved = sql`
    SELECT s.form_id, s.customer_id, k.main_staff_key AS staff_key FROM collection_subject s JOIN collection_answer a ON a.id = s.answer_id JOIN collection_form f ON f.id = s.form_id JOIN customers_customer_facts k ON k.customer_id = s.customer_id
    WHERE f.state = 'OPEN' AND a.state IN ('OPEN', 'RETURNED') AND k.status <> 'CLOSED' AND k.main_staff_key <> a.staff_key AND k.main_staff_key <> a.collector_key`
  await bulk(tx, {
    table: 'collection_answer', what: 'add', why, batch,
    statement: sql`
      INSERT INTO collection_answer (id, form_id, staff_key, unit_key, collector_key, due_on, state, prefilled, prefilled_on, rows, scope_path, batch_id)
      SELECT uuid7(), f.id, m.staff_key, p.line_key, f.collector_key, f.due_on, 'OPEN', '{}'::jsonb, b.business_date, '[]'::jsonb, p.line_path, ${batch}::uuid
      FROM bank b CROSS JOIN (SELECT DISTINCT form_id, staff_key FROM (${moved}) x) m JOIN collection_form f ON f.id = m.form_id
      JOIN LATERAL (SELECT o.line_key, o.line_path FROM organisation_post_facts o WHERE o.staff_key = m.staff_key AND o.from_date <= b.business_date AND (o.to_date IS NULL OR o.to_date > b.business_date) ORDER BY o.main DESC, o.post_key LIMIT 1) p ON true
      WHERE NOT EXISTS (SELECT FROM collection_answer a WHERE a.form_id = m.form_id AND a.staff_key = m.staff_key)`,
  })
  await bulk(tx, {
    table: 'collection_subject', what: 'change', why, batch, alias: 's',
    statement: sql`
      UPDATE collection_subject s SET answer_id = a.id, batch_id = ${batch}::uuid FROM (${moved}) m JOIN collection_answer a ON a.form_id = m.form_id AND a.staff_key = m.staff_key AND a.state IN ('OPEN', 'RETURNED')
      WHERE s.form_id = m.form_id AND s.customer_id = m.customer_id`,
  })
  await bulk(tx, {
    table: 'collection_answer', what: 'change', why, batch, alias: 'a',
    statement: sql`UPDATE collection_answer a SET state = 'ENDED', batch_id = ${batch}::uuid FROM collection_form f WHERE f.id = a.form_id AND f.state = 'OPEN' AND f.answers_for = 'CUSTOMER' AND a.state = 'OPEN' AND NOT EXISTS (SELECT FROM collection_subject s WHERE s.answer_id = a.id)`,
  })
}
