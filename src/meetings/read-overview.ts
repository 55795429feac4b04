import { sql, type Sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { maskCustomers, type Known } from './mask-customers.ts'
import { readMeetingOverview } from './overview.contract.ts'

/** As many of each as a screen that is read from afar can hold. */
const shown = 7
/** As the list of supervision, and that of promises: what nobody did for so long is no longer told. */
const [dutiesBack, promisesBack] = [31, 183]

type Of = { customerId: string | null; name: string | null; kind: string | null }
type Owed = Of & { zh: string; en: string; owner: string; dueOn: string; today: number; overdue: number }
type Task = Of & { title: string | null; source: 'LEADER' | 'MEETING' | 'LOBBY_REPORT' | 'AUDIT' | 'UPPER_LEVEL'; owner: string; dueOn: string; total: number }
type Promised = Known & { side: 'OURS' | 'THEIRS' | 'NEXT_STEP'; what: string; owner: string; dueOn: string; total: number }

const known = ({ customerId, name, kind }: Of): Known | null => (customerId === null || name === null || kind === null ? null : { customerId, name, kind })

/** What is behind in the unit of a meeting on its day, and who is away; from the views that other rooms publish, with the reader's own rights. */
export const readMeetingOverviewRoute = handle(readMeetingOverview, async (tx, { params: { meetingId }, query: { projected } }, { actor, may }) => {
  const meeting = await tx.maybe(sql<{ day: string; unitKey: number; path: string }>`SELECT day, unit_key AS "unitKey", scope_path AS path FROM meeting WHERE id = ${meetingId}`)
  if (!meeting) return refuse('not-found')
  const { day, unitKey, path } = meeting
  const within = (column: Sql): Sql => sql`${column} >= ${path} AND ${column} < ${`${path}/`}`
  const people = sql`SELECT p.staff_key FROM organisation_post_facts p WHERE ${within(sql`p.line_path`)} AND p.from_date <= ${day} AND (p.to_date IS NULL OR p.to_date > ${day})`
  // who supervises sees what his people owe, as in his supervision; who does not, what he owes himself
  const owed = sql`
    FROM duties_owed_facts d WHERE ${within(sql`d.scope_path`)} AND d.due_on <= ${day} AND d.due_on > ${addDays(day, -dutiesBack)}
    AND ${may('duty.supervise').allowed ? sql`d.holder_key <> ${actor.staffKey} AND d.staff_key <> ${actor.staffKey}` : sql`d.holder_key = ${actor.staffKey}`}`
  const debtors = await tx.all(sql<{ name: string; today: number; overdue: number; allToday: number; allOverdue: number }>`
    SELECT s.staff_name AS name, o.today, o.overdue, (sum(o.today) OVER ())::int AS "allToday", (sum(o.overdue) OVER ())::int AS "allOverdue"
    FROM (SELECT d.holder_key, (count(*) FILTER (WHERE d.due_on = ${day}))::int AS today, (count(*) FILTER (WHERE d.due_on < ${day}))::int AS overdue ${owed} GROUP BY d.holder_key) o
    JOIN organisation_staff_facts s ON s.staff_key = o.holder_key ORDER BY o.overdue DESC, o.today DESC, s.staff_no LIMIT ${shown}`)
  const duties = await tx.all(sql<Owed>`
    SELECT d.name_zh AS zh, d.name_en AS en, s.staff_name AS owner, d.due_on AS "dueOn", k.customer_id AS "customerId", k.name, k.kind
    FROM (SELECT d.* ${owed} ORDER BY d.due_on DESC, d.duty_code, d.instance_id LIMIT ${shown}) d
    JOIN organisation_staff_facts s ON s.staff_key = d.holder_key LEFT JOIN customers_customer_facts k ON k.customer_id = d.customer_id ORDER BY d.due_on DESC, d.duty_code, d.instance_id`)
  const tasks = await tx.all(sql<Task>`
    SELECT a.title, t.source, s.staff_name AS owner, t.due_on AS "dueOn", k.customer_id AS "customerId", k.name, k.kind, (count(*) OVER ())::int AS total
    FROM duties_task_facts t JOIN organisation_staff_facts s ON s.staff_key = t.owner_key LEFT JOIN meeting_action a ON a.task_id = t.task_id LEFT JOIN customers_customer_facts k ON k.customer_id = t.customer_id
    WHERE t.ended_on IS NULL AND t.state NOT IN ('REPORTED', 'CONFIRMED') AND t.source <> 'RM_OWN' AND t.due_on < ${day} AND t.owner_key IN (${people}) ORDER BY t.due_on, t.task_id LIMIT ${shown}`)
  const since = (column: Sql): Sql => sql`${column} < ${day} AND ${column} >= ${addDays(day, -promisesBack)}`
  const promises = await tx.all(sql<Promised>`
    SELECT p.side, p.what, s.staff_name AS owner, p.due_on AS "dueOn", k.customer_id AS "customerId", k.name, k.kind, (count(*) OVER ())::int AS total
    FROM (
      SELECT f.promise_id AS id, f.side, f.what, f.due_on, f.owner_key, f.customer_id FROM visits_promise_facts f WHERE f.state = 'OPEN' AND ${since(sql`f.due_on`)}
      UNION ALL
      SELECT f.id, 'NEXT_STEP', f.title_zh, f.due_on, f.staff_key, f.customer_id FROM visits_agenda_facts f WHERE f.kind = 'PROMISE' AND ${since(sql`f.due_on`)}) p
    JOIN customers_customer_facts k ON k.customer_id = p.customer_id JOIN organisation_staff_facts s ON s.staff_key = p.owner_key WHERE ${within(sql`k.scope_path`)} ORDER BY p.due_on, p.id LIMIT ${shown}`)
  const absent = await tx.all(sql<{ name: string; substitute: string; until: string }>`
    SELECT a.staff_name AS name, s.staff_name AS substitute, (f.to_date - 1) AS until
    FROM customers_absence_facts f JOIN organisation_staff_facts a ON a.staff_key = f.absent_key JOIN organisation_staff_facts s ON s.staff_key = f.substitute_key
    WHERE f.from_date <= ${day} AND f.to_date > ${day} AND f.absent_key IN (${people}) ORDER BY f.to_date, a.staff_no LIMIT ${shown}`)
  const { named, told } = await maskCustomers(tx, [...duties, ...tasks, ...promises].flatMap((one) => known(one) ?? []), projected)
  const about = (one: Of): { id: string | null; name: string } | null => { const customer = known(one); return customer && named(customer) }
  return ok({
    day,
    deposits: !may('holdings.sums').allowed || actor.breadth === 'SELF' || actor.breadth === 'NONE' ? null : { unitKey: unitKey === actor.lineKey ? null : unitKey },
    duties: {
      today: debtors[0]?.allToday ?? 0, overdue: debtors[0]?.allOverdue ?? 0, people: debtors.map(({ name, today, overdue }) => ({ name, today, overdue })),
      items: duties.map((one) => ({ name: one.zh, nameEn: one.en, owner: one.owner, customer: about(one), dueOn: one.dueOn, overdue: one.dueOn < day })),
    },
    tasks: { overdue: tasks[0]?.total ?? 0, items: tasks.map((one) => ({ title: one.title, source: one.source, owner: one.owner, customer: about(one), dueOn: one.dueOn })) },
    promises: { overdue: promises[0]?.total ?? 0, items: promises.map((one) => ({ side: one.side, what: told(one, one.what), owner: one.owner, customer: named(one), dueOn: one.dueOn })) },
    absent,
  })
})
