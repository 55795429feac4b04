import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { daysBetween, monthOf, monthStart, nextMonth, shiftMonth, yearStart } from '../../foundation/values/business-date.ts'
import { exact } from '../../foundation/values/decimal.ts'
import { annualView, improvementOf, planScore, type AnnualTerms } from '../annual.rules.ts'
import { weightByDays } from '../plan.rules.ts'
import { reachedSoFar } from '../plan/engine-target-beside.ts'
import { addsOverPeople, addsOverTime } from '../plan/plan-target.rules.ts'
import { definitionsFor, nameOf, readPlans } from '../plan/read-plan.ts'
import { blocksTerms } from '../schemes/block-terms.contract.ts'
import { periodOf, targetOf } from '../schemes/scheme-period.rules.ts'
import type { AnnualShown } from '../statement.contract.ts'
import { readReadiness } from './engine-read-readiness.ts'

type Span = { from: string; to: string }
type Task = Pick<AnnualShown['task'], 'score' | 'basis' | 'periods'> & { items: AnnualShown['management']['items'] }

/**
 * The year of a person up to a month in three parts (3.5): score of the tasks, competency, management targets with the points of the improvement; as far as the role of the transaction may read it. Null: nothing of it is known.
 * The tasks are the scores of the settled periods, each for its days; under a scheme that gives points and no score, the completion of the plan's operating targets. Management targets are the plan's targets of the other classes.
 */
export async function readAnnual(tx: Transaction, staffKey: number, month: string): Promise<AnnualShown | null> {
  const end = monthStart(nextMonth(month))
  const year = { from: yearStart(monthStart(month)), to: end }
  const before = { from: monthStart(shiftMonth(monthOf(year.from), -12)), to: year.from }
  const policy = await tx.one(sql<AnnualTerms & { version: string }>`
    SELECT version, trim_scale(task)::text AS task, trim_scale(competency)::text AS competency, trim_scale(management)::text AS management FROM annual_policy WHERE from_date < ${end}::date AND (to_date IS NULL OR to_date >= ${end}::date)`)
  const plans = await plansOf(tx, staffKey, year)
  const task = await tasksOf(tx, staffKey, year, plans)
  // a year that is told otherwise than this one is not comparable: its plans are read only where this year is told by a plan
  const last = task.basis === null ? null : await tasksOf(tx, staffKey, before, task.basis === 'PLAN' ? await plansOf(tx, staffKey, before) : noPlans)
  const competency = await readReadiness(tx, staffKey, year, before)
  const own = plans.management
  if (task.score === null && competency.score === null && own.score === null) return null
  const comparable = last !== null && last.basis === task.basis ? last.score : null
  const improvement = task.score === null ? { change: null, points: '0.00', why: 'no-earlier-period' as const } : improvementOf(task.score, comparable, comparable !== null && (await changedJob(tx, staffKey, { from: before.from, to: end })))
  const { version, ...terms } = policy
  const view = annualView(terms, { task: task.score, competency: competency.score, management: own.score, improvement })
  return {
    year: year.from.slice(0, 4), from: monthOf(year.from), to: month, policyVersion: version, weights: terms, task: { score: task.score, basis: task.basis, periods: task.periods, items: task.items, last: comparable === null ? null : { year: before.from.slice(0, 4), score: comparable } },
    improvement, competency, management: { own: own.score, score: view.management, items: own.items }, parts: view.parts, score: view.score,
  }
}

type OfPlan = { score: string | null; items: AnnualShown['management']['items'] }
type Plans = { operating: OfPlan; management: OfPlan }
const noPlans: Plans = { operating: { score: null, items: [] }, management: { score: null, items: [] } }

/** Completion of what the person's locked plans ask for in these days, targets of operating apart from the others; after a job transfer each plan for its days. */
async function plansOf(tx: Transaction, staffKey: number, span: Span): Promise<Plans> {
  const rows = (await readPlans(tx, sql`p.staff_key = ${staffKey} AND p.from_date < ${span.to}::date AND p.to_date > ${span.from}::date AND l.version IS NOT NULL`, 20)).filter(({ targets }) => targets.length > 0)
  if (rows.length === 0) return noPlans
  const definitions = await definitionsFor(tx, span)
  const found = { operating: [] as { score: string; days: number }[], management: [] as { score: string; days: number }[] }
  const items: Record<keyof Plans, OfPlan['items']> = { operating: [], management: [] }
  for (const plan of rows) {
    const parts = plan.targets.flatMap((item) => item.parts)
    const within = { from: [span.from, parts.map(({ from }) => from).sort()[0] ?? plan.from].sort()[1] ?? span.from, to: [span.to, parts.map(({ to }) => to).sort().at(-1) ?? plan.to].sort()[0] ?? span.to }
    if (within.from >= within.to) continue
    const known = plan.targets.flatMap((item) => { const definition = definitions.get(item.indicator); return item.target !== null && definition ? [{ item, definition }] : [] })
    const reached = await reachedSoFar(tx, { unitKey: plan.unitKey, unitPath: plan.unitPath, staffKey }, within, known.map(({ item, definition }) => ({ indicator: item.indicator, terms: definition.terms })))
    for (const group of ['operating', 'management'] as const) {
      const asked = known.filter(({ item }) => (item.cls === 'OPERATING') === (group === 'operating')).map(({ item, definition }) => ({
        code: item.indicator, weight: item.weight, direction: definition.direction, actual: reached.get(item.indicator)?.value ?? null,
        target: targetOf(item.parts.map((part) => ({ ...part, planId: plan.id, planVersion: plan.version ?? 1 })), within, { overTime: addsOverTime(definition.terms), byDays: addsOverPeople(definition.terms) })?.target ?? null,
      }))
      const { score, items: scored } = planScore(asked)
      items[group].push(...scored.map((one, place) => ({ ...one, name: nameOf(definitions, one.code), weight: asked[place]?.weight ?? '0', target: asked[place]?.target ?? null, actual: asked[place]?.actual ?? null })))
      if (score !== null) found[group].push({ score, days: daysBetween(within.from, within.to) })
    }
  }
  return { operating: { score: weightByDays(found.operating), items: items.operating }, management: { score: weightByDays(found.management), items: items.management } }
}

/** Scores of the periods that ended in these days under schemes that give a score; without one the operating targets of the plans. */
async function tasksOf(tx: Transaction, staffKey: number, span: Span, plans: Plans): Promise<Task> {
  const rows = await tx.all(sql<{ month: string; score: string; name: string; nameEn: string; terms: unknown }>`
    SELECT to_char(m.month, 'YYYY-MM') AS month, s.points::text AS score, k.name, k.name_en AS "nameEn", k.terms
    FROM pay_statement s JOIN settled_month m ON m.run_id = s.run_id JOIN settlement_run r ON r.id = s.run_id JOIN scheme k ON k.code = r.scheme_code AND k.version = r.scheme_version
    WHERE s.staff_key = ${staffKey} AND k.kind = 'BLOCKS' AND k.terms ->> 'score' IS NOT NULL AND m.month >= ${span.from}::date AND m.month < ${span.to}::date ORDER BY m.month, m.scheme_code`)
  const periods = rows.flatMap(({ month, score, name, nameEn, terms }) => {
    const { period } = blocksTerms.parse(terms)
    const days = periodOf(period, month)
    return days.isEnd ? [{ name: { zh: name, en: nameEn }, from: days.from, to: days.to, days: days.days, score: exact(score).toFixed(2), long: period === 'YEAR' }] : []
  })
  if (periods.length > 0) return { score: weightByDays(periods), basis: 'SCORE', periods, items: [] }
  const { score, items } = plans.operating
  return { score, basis: score === null ? null : 'PLAN', periods: [], items }
}

/** Whether the person's main post or line changed inside of these days. */
async function changedJob(tx: Transaction, staffKey: number, span: Span): Promise<boolean> {
  const { posts } = await tx.one(sql<{ posts: number }>`
    SELECT count(DISTINCT (post_code, line_key))::int AS posts FROM organisation_post_facts WHERE staff_key = ${staffKey} AND main AND from_date < ${span.to}::date AND (to_date IS NULL OR to_date > ${span.from}::date)`)
  return posts > 1
}
