import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import type { OnProgress } from '../foundation/jobs/run-job.ts'
import { add, bulk, change } from '../foundation/store/store.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { baseFacts, eventFacts, formFacts, growthFacts, readCovered, scoreFacts, spanOf, stockFacts, storeFacts, targetFacts, type Collected } from './collect-facts.ts'
import { collectLaterEffects } from './collect-later-effects.ts'
import { controlReport, notProved, type ControlReport } from './control-report.ts'
import { correctClosedMonths } from './correct-closed-months.ts'
import { readRulesThen, readTariff, stockRules } from './read-points-rules.ts'
import { pointsTerms } from './scheme.contract.ts'
import { blocksTerms } from './schemes/block-terms.contract.ts'
import { periodOf } from './schemes/scheme-period.rules.ts'
import { mayPoolBeMade, settleSupport } from './schemes/settle-support.ts'
import { monthWithoutContribution } from './schemes/collect-block-facts.ts'
import { settleBlocks } from './schemes/settle-blocks.ts'
import type { Sandbox } from './sandbox.ts'
import type { WorkedOut } from './store-pay.ts'
import { workOutStatements } from './work-out-statements.ts'

export type Settlement = {
  month: string; scheme: string; version: number; currency: string
  /** Null after a dry run, and when nothing changed since the last run. */
  runId: string | null
  unchanged: boolean
  hash: string; people: number; facts: number; corrections: number; points: string; payableFen: string; carryOutFen: string
  control: ControlReport
}
export type SettleAsked = {
  month: string; scheme: string; dryRun: boolean; settledBy?: number | null; onProgress?: OnProgress
  /** A version tried over past months under a code of its own, and undone: see Sandbox. */
  sandbox?: Sandbox
  /** Reads what a dry run brought, inside its transaction, before it is undone. */
  beforeUndone?: (tx: Transaction, runId: string) => Promise<void>
}

/** Thrown to roll back: a dry run stores nothing, an unchanged month is not stored again, a refusal leaves nothing. */
class NotKept extends Error {
  readonly outcome: Outcome<Settlement>
  constructor(outcome: Outcome<Settlement>) {
    super('not kept')
    this.outcome = outcome
  }
}

/**
 * Settles a month under a scheme in one transaction: a kill at any moment leaves nothing, and the next run gives the same. Points are worked out anew from the published
 * facts, never accumulated. A dry run does all the same and keeps nothing. Refuses: no such scheme, the month is closed, a later month is closed, the month is not over (a dry run may).
 */
export async function settleScheme(services: Pick<Services, 'db'>, asked: SettleAsked): Promise<Outcome<Settlement>> {
  const author = { personKey: asked.settledBy ?? null, postKey: null, requestId: null }
  try {
    return await services.db.asBatch((tx) => settleIn(tx, asked), author)
  } catch (error) {
    if (!(error instanceof NotKept)) throw error
    const { outcome } = error
    if (outcome.ok && outcome.value.unchanged) {
      // worked out again after a month before it changed, with the same result: it counts as it is
      await services.db.asBatch((tx) => change(tx, 'settled_month', { month: spanOf(asked.month).from, scheme_code: asked.scheme }, { stale: false }, { why: `settlement ${asked.month}: unchanged` }), author)
    }
    return outcome
  }
}

type Ground = { bank: { currency: string; business_date: string }; scheme: { version: number; kind: 'POINTS' | 'BLOCKS' | 'SUPPORT'; terms: unknown } }

/** Whether the month can be settled under the scheme, and on what ground. Most fundamental first: no such scheme in force, closed, a later month closed, not over, not the last of its period, without its contribution, without its pool. */
export async function mayBeSettled(tx: Transaction, asked: Pick<SettleAsked, 'month' | 'scheme' | 'dryRun'>): Promise<Outcome<Ground>> {
  const { from, to } = spanOf(asked.month)
  const bank = await tx.one(sql<Ground['bank']>`SELECT currency, business_date FROM bank`)
  const scheme = await tx.maybe(sql<Ground['scheme']>`SELECT version, kind, terms FROM scheme WHERE code = ${asked.scheme} AND from_date < ${to}::date AND (to_date IS NULL OR to_date >= ${to}::date)`)
  if (!scheme) return refuse('no-scheme', { details: { scheme: asked.scheme, month: asked.month } })
  const closed = await tx.maybe(sql<{ month: string }>`SELECT month FROM closed_month WHERE scheme_code = ${asked.scheme} AND month >= ${from}::date ORDER BY month LIMIT 1`)
  if (closed) return refuse(closed.month === from ? 'month-closed' : 'later-month-closed', { details: { month: closed.month.slice(0, 7) } })
  if (!asked.dryRun && addDays(to, -1) > bank.business_date) return refuse('month-not-over', { details: { month: asked.month } })
  if (!asked.dryRun && scheme.kind === 'BLOCKS' && !periodOf(blocksTerms.parse(scheme.terms).period, asked.month).isEnd) return refuse('period-not-over', { details: { scheme: asked.scheme, month: asked.month } })
  if (!asked.dryRun && scheme.kind === 'BLOCKS') {
    const terms = blocksTerms.parse(scheme.terms)
    const missing = await monthWithoutContribution(tx, { terms, period: periodOf(terms.period, asked.month), month: asked.month, today: bank.business_date })
    if (missing !== null) return refuse('contribution-missing', { details: { scheme: asked.scheme, month: missing } })
  }
  if (!asked.dryRun && scheme.kind === 'SUPPORT') {
    const pool = await mayPoolBeMade(tx, scheme.terms, asked.month)
    if (!pool.ok) return pool
  }
  return ok({ bank, scheme })
}

/** The settlement inside a transaction that somebody else keeps or undoes. */
export async function settleIn(tx: Transaction, asked: SettleAsked): Promise<Outcome<Settlement>> {
  const told = asked.onProgress ?? (() => Promise.resolve())
  const { from } = spanOf(asked.month)
  // two at once for one scheme wait for each other: carrying in needs the month before
  await tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`settle ${asked.scheme}`}, 11))`)
  const possible = await mayBeSettled(tx, asked)
  if (!possible.ok) throw new NotKept(possible)
  const { bank, scheme } = possible.value
  const runId = newId()
  const month = { month: asked.month, schemeCode: asked.scheme, version: scheme.version, terms: scheme.terms, currency: bank.currency, today: bank.business_date, ...(asked.sandbox ? { sandbox: asked.sandbox } : {}) }
  const { facts, corrections, worked, control } = scheme.kind === 'BLOCKS' ? await settleBlocks(tx, month, runId, told) : scheme.kind === 'SUPPORT' ? await settleSupport(tx, month, runId, told)
    : await settlePoints(tx, asked, { bank, scheme }, runId, told)
  await add(tx, 'settlement_run', {
    id: runId, month: from, scheme_code: asked.scheme, scheme_version: scheme.version, currency: bank.currency, hash: worked.hash, people: worked.people, facts, points: worked.points,
    payable_fen: worked.payableFen, carry_out_fen: worked.carryOutFen, control, settled_by: asked.settledBy ?? null, settled_on: bank.business_date,
  }, { why: `settlement ${asked.month}, scheme ${asked.scheme}` })
  const settlement: Settlement = {
    month: asked.month, scheme: asked.scheme, version: scheme.version, currency: bank.currency, runId, unchanged: false, hash: worked.hash, people: worked.people, facts, corrections, points: worked.points,
    payableFen: worked.payableFen.toString(), carryOutFen: worked.carryOutFen.toString(), control,
  }
  if (asked.dryRun) {
    await asked.beforeUndone?.(tx, runId)
    throw new NotKept(ok({ ...settlement, runId: null }))
  }
  const counted = await tx.maybe(sql<{ hash: string }>`
    SELECT r.hash FROM settled_month m JOIN settlement_run r ON r.id = m.run_id WHERE m.month = ${from}::date AND m.scheme_code = ${asked.scheme}`)
  if (counted?.hash === worked.hash) throw new NotKept(ok({ ...settlement, runId: null, unchanged: true }))
  const why = `settlement ${asked.month}, scheme ${asked.scheme}`
  if (counted) await change(tx, 'settled_month', { month: from, scheme_code: asked.scheme }, { run_id: runId, stale: false }, { why, action: 'SETTLE' })
  else await add(tx, 'settled_month', { month: from, scheme_code: asked.scheme, run_id: runId }, { why, action: 'SETTLE' })
  // what a later open month carried in may be another amount now
  await bulk(tx, {
    table: 'settled_month', what: 'change', why: `${asked.month} was settled again`, batch: runId,
    statement: sql`UPDATE settled_month SET stale = true WHERE scheme_code = ${asked.scheme} AND month > ${from}::date AND NOT stale`,
  })
  return ok(settlement)
}

type Work = { facts: number; corrections: number; worked: WorkedOut; control: ControlReport }

async function settlePoints(tx: Transaction, asked: SettleAsked, { bank, scheme }: Ground, runId: string, told: OnProgress): Promise<Work> {
  const terms = pointsTerms.parse(scheme.terms)
  const collected: Collected = { month: asked.month, schemeCode: asked.scheme, currency: bank.currency, terms, people: await readCovered(tx, asked.month, terms), ...(asked.sandbox ? { sandbox: asked.sandbox } : {}) }
  const tariff = await readTariff(tx, asked.scheme, asked.month)
  const stocks = stockRules(tariff)
  let facts = 0
  const collect = async (what: string, fragment: Sql): Promise<void> => {
    facts += await storeFacts(tx, collected, runId, what, fragment)
    await told('收集业务事实 / collecting facts', facts, null)
  }
  await collect('loans paid out', eventFacts(collected))
  if (stocks.loans) await collect('loans managed', stockFacts(collected, 'MANAGED_LOAN_ADB', stocks.loans.products))
  if (stocks.deposits) {
    await collect('deposits', stockFacts(collected, 'DEPOSIT_ADB_INCREMENT', null))
    await collect('frozen bases', baseFacts(collected))
  }
  await collect('forms', formFacts(collected, runId))
  await collect('scores and targets', scoreFacts(collected))
  await collect('targets of growth', targetFacts(collected))
  await collect('net growth', growthFacts(collected, runId))
  facts += await collectLaterEffects(tx, collected, runId)
  const then = await readRulesThen(tx, collected)
  const corrections = await correctClosedMonths(tx, collected, runId, then)
  facts += corrections
  const worked = await workOutStatements(tx, collected, runId, { tariff, stocks, then }, (done, total) => told('计算工资单 / working out statements', done, total))
  await told('核对 / control report', 0, null)
  const control = collected.sandbox ? notProved : await controlReport(tx, collected, runId, stocks)
  return { facts, corrections, worked, control }
}
