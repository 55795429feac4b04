import { sql, type Sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { addDays, monthStart } from '../foundation/values/business-date.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { readMeetingAgenda } from './agenda.contract.ts'
import { rankUnit } from './engine-rank-units.ts'
import { maskCustomers } from './mask-customers.ts'
import { actionsOf } from './read-meetings.ts'

/** As many of each as a screen that is read from afar can hold. */
const shown = 7
const [back, ahead] = [7, 7]

type Of = { customerId: string; name: string; kind: string; manager: string | null }
type Ending = Of & { what: string; whatEn: string; on: string; amountFen: string | null }
type Moved = Of & { inFen: string | null; outFen: string | null; called: boolean }

/** The agenda of a day's meeting, from the views that other rooms publish: large movements of the last day first. The reader's own rights hold; on the projected screen names are masked. */
export const readMeetingAgendaRoute = handle(readMeetingAgenda, async (tx, { params: { meetingId }, query: { projected } }) => {
  const meeting = await tx.maybe(sql<{ day: string; unitKey: number; path: string }>`SELECT day, unit_key AS "unitKey", scope_path AS path FROM meeting WHERE id = ${meetingId}`)
  if (!meeting) return refuse('not-found')
  const { day, unitKey, path } = meeting
  const within = (table: 'm' | 'k' | 'a'): Sql => sql`${sql.ref(`${table}.scope_path`)} >= ${path} AND ${sql.ref(`${table}.scope_path`)} < ${`${path}/`}`
  const manager = sql`LEFT JOIN organisation_staff_facts s ON s.staff_key = k.main_staff_key`
  const { of } = await tx.one(sql<{ of: string | null }>`SELECT max(m.day) AS of FROM watch_movement_facts m WHERE m.day < ${day} AND m.day >= ${addDays(day, -back)} AND ${within('m')}`)
  const moved = of === null ? [] : await tx.all(sql<Moved & { total: number; open: number }>`
    SELECT m.customer_id AS "customerId", k.name, k.kind, s.staff_name AS manager, m.in_fen::text AS "inFen", m.out_fen::text AS "outFen", m.called, (count(*) OVER ())::int AS total, (count(*) FILTER (WHERE NOT m.called) OVER ())::int AS open
    FROM watch_movement_facts m JOIN customers_customer_facts k ON k.customer_id = m.customer_id ${manager} WHERE m.day = ${of} AND ${within('m')} ORDER BY m.called, greatest(m.in_fen, m.out_fen) DESC, k.name LIMIT ${shown}`)
  const core = await tx.all(sql<Of & { duty: number; contacted: number; met: boolean }>`
    SELECT c.*, (count(*) OVER ())::int AS duty, (count(*) FILTER (WHERE c.met) OVER ())::int AS contacted FROM (
      SELECT k.customer_id AS "customerId", k.name, k.kind, s.staff_name AS manager, EXISTS (SELECT FROM visits_contact_facts v WHERE v.customer_id = k.customer_id AND v.effective AND v.business_date BETWEEN ${monthStart(day)} AND ${day}) AS met
      FROM customers_customer_facts k ${manager} WHERE k.tier = 'T1' AND k.status = 'ACTIVE' AND ${within('k')}) c
    ORDER BY c.met, c.name LIMIT ${shown}`)
  const ending = (kinds: Sql): Promise<(Ending & { total: number; sumFen: string })[]> => tx.all(sql<Ending & { total: number; sumFen: string }>`
    SELECT m.customer_id AS "customerId", k.name, k.kind, s.staff_name AS manager, m.name_zh AS what, m.name_en AS "whatEn", m.ends_on AS "on", m.amount_fen::text AS "amountFen", (count(*) OVER ())::int AS total,
      (sum(CASE WHEN m.currency IS NULL OR m.currency = (SELECT currency FROM bank) THEN coalesce(m.amount_fen, 0) ELSE 0 END) OVER ())::text AS "sumFen"
    FROM watch_maturity_open_facts m JOIN customers_customer_facts k ON k.customer_id = m.customer_id ${manager}
    WHERE m.ends_on BETWEEN ${day} AND ${addDays(day, ahead)} AND ${kinds} AND ${within('m')} ORDER BY m.ends_on, m.amount_fen DESC NULLS LAST, k.name LIMIT ${shown}`)
  const maturities = await ending(sql`m.kind NOT IN ('LOAN', 'LOAN_INSTALMENT')`)
  const repayments = await ending(sql`m.kind IN ('LOAN', 'LOAN_INSTALMENT')`)
  const team = await tx.one(sql<{ of: string; contacts: number; visits: number; people: number; late: number; wins: number; wonFen: string }>`
    SELECT d.of, count(c.contact_id)::int AS contacts, (count(*) FILTER (WHERE c.in_person))::int AS visits, count(DISTINCT c.staff_key)::int AS people,
      (SELECT count(*)::int FROM visits_contact_facts m WHERE m.entered_on = d.of AND m.late AND ${within('m')}) AS late,
      (SELECT count(*)::int FROM watch_win_facts m WHERE m.won_on = d.of AND ${within('m')}) AS wins, (SELECT coalesce(sum(m.amount_fen), 0)::text FROM watch_win_facts m WHERE m.won_on = d.of AND ${within('m')}) AS "wonFen"
    FROM (SELECT coalesce(max(m.business_date), ${addDays(day, -1)}::date) AS of FROM visits_contact_facts m WHERE m.business_date < ${day} AND m.business_date >= ${addDays(day, -back)} AND ${within('m')}) d
    LEFT JOIN visits_contact_facts c ON c.business_date = d.of AND c.scope_path >= ${path} AND c.scope_path < ${`${path}/`} GROUP BY d.of`)
  const planned = await tx.all(sql<{ from: string; to: string; owner: string; what: string; customerId: string | null; kind: string | null; name: string | null }>`
    SELECT a.from_time AS "from", a.to_time AS "to", o.staff_name AS owner, a.subject AS what, a.customer_id AS "customerId", k.kind, k.name
    FROM appointment a JOIN organisation_staff_facts o ON o.staff_key = a.staff_key LEFT JOIN customers_customer_facts k ON k.customer_id = a.customer_id WHERE a.day = ${day} AND a.state = 'PLANNED' AND ${within('a')} ORDER BY a.from_time, a.id LIMIT ${shown * 2}`)
  const alerts = await tx.one(sql<{ open: number; overdue: number }>`
    SELECT count(*)::int AS open, (count(*) FILTER (WHERE f.due_on < ${day}))::int AS overdue FROM watch_alert_facts f JOIN customers_customer_facts k ON k.customer_id = f.customer_id
    WHERE f.state = 'OPEN' AND f.due_on IS NOT NULL AND (f.silenced_until IS NULL OR f.silenced_until < ${day}) AND ${within('k')}`)
  const before = await tx.maybe(sql<{ id: string; day: string }>`SELECT id, day FROM meeting WHERE unit_key = ${unitKey} AND day < ${day} ORDER BY day DESC LIMIT 1`)
  const actions = before ? await actionsOf(tx, before.id) : []
  const praise = await tx.all(sql<{ from: string; to: string; content: string }>`
    SELECT f.staff_name AS "from", t.staff_name AS "to", p.content FROM praise p JOIN organisation_staff_facts f ON f.staff_key = p.from_key JOIN organisation_staff_facts t ON t.staff_key = p.to_key
    WHERE p.retracted_on IS NULL AND p.day > ${before?.day ?? addDays(day, -back)} AND p.day <= ${day} AND p.scope_path >= ${path} AND p.scope_path < ${`${path}/`} ORDER BY p.day, p.id LIMIT ${shown}`)
  const { named, told: amount } = await maskCustomers(tx, [...moved, ...core, ...maturities, ...repayments], projected)
  const sum = (rows: readonly (Ending & { total: number; sumFen: string })[]) => ({
    count: rows[0]?.total ?? 0, amountFen: rows[0]?.sumFen ?? '0', items: rows.map((one) => ({ customer: named(one), what: projected ? one.what.replace(/（尾号.*?）/, '') : one.what, whatEn: projected ? one.whatEn.replace(/ \(tail.*?\)/, '') : one.whatEn, on: one.on, amountFen: amount(one, one.amountFen), manager: one.manager })),
  })
  const count = (outcome: string): number => actions.filter((one) => one.outcome === outcome).length
  return ok({
    day, team, alerts, praise, rank: await rankUnit(tx, unitKey, monthStart(day), day),
    movements: { of, count: moved[0]?.total ?? 0, open: moved[0]?.open ?? 0, items: moved.map((one) => ({ customer: named(one), inFen: amount(one, one.inFen), outFen: amount(one, one.outFen), manager: one.manager, called: one.called })) },
    core: { duty: core[0]?.duty ?? 0, contacted: core[0]?.contacted ?? 0, items: core.filter((one) => !one.met).map((one) => ({ customer: named(one), manager: one.manager })) },
    appointments: planned.map(({ from, to, owner, what, customerId, name, kind }) => ({ from, to, owner, what: customerId === null ? what : projected || name === null || kind === null ? '客户拜访' : name })),
    maturities: sum(maturities), repayments: sum(repayments),
    before: { of: before?.day ?? null, done: count('DONE'), moved: count('MOVED'), dropped: count('DROPPED'), open: count('OPEN'), items: actions.map(({ title, owner, dueOn, outcome }) => ({ title, owner, dueOn, outcome })) },
  })
})
