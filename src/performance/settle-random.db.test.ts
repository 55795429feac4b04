import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, addMonths, daysBetween } from '../foundation/values/business-date.ts'
import { decimalText, exact } from '../foundation/values/decimal.ts'
import { installScheme } from './install-scheme-version.ts'
import { payBank, type PayBank } from './pay-bank-testing.ts'
import { payOfMonth, splitPoints, type PointsTerms } from './points.rules.ts'
import { schemeTemplates } from './psbc-scheme.ts'
import { settleScheme } from './settle-one-month.ts'

// The statements against a slow calculation in TypeScript that goes day by day, on data that chance made.

let house: PayBank
beforeAll(async () => {
  house = await payBank()
  await house.bank.db.asOffice((tx) => installScheme(tx, { code: 'POINTS', from: '2020-01-01' }))
})
afterAll(() => house.drop())

type Slice = { who: number; share: number; from: string; to: string | null; base: number }
type Span = { from: string; to: string | null; fen: number }
type Customer = { slices: Slice[]; deposits: Span[]; loans: { amount: number; paidOut: string }[] }
const [first, last] = ['2025-04-01', '2025-04-30']

function chance(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function someCustomer(next: (below: number) => number, people: readonly number[]): Customer {
  const change = addDays(first, next(30) - 5)
  const two = next(2) === 0
  const who = (place: number): number => people[(place + next(people.length)) % people.length] ?? 0
  const [a, b] = [who(0), who(1)]
  const share = two && a !== b ? 1 + next(98) : 100
  const slices: Slice[] = [{ who: a, share, from: '2025-01-01', to: next(3) === 0 ? change : null, base: next(5_000_000) }]
  if (share < 100) slices.push({ who: b, share: 100 - share, from: '2025-01-01', to: null, base: next(5_000_000) })
  const deposits: Span[] = []
  for (let day = addDays(first, -next(40)); day <= last;) {
    const until = addDays(day, 1 + next(20))
    deposits.push({ from: day, to: until > last ? null : until, fen: next(2_000_000_000) })
    day = until
  }
  return { slices, deposits, loans: Array.from({ length: next(3) }, () => ({ amount: 100_000 + next(90_000_000), paidOut: addDays(first, next(30)) })) }
}

/** Days of [from, to) that lie in April. */
const inMonth = (from: string, to: string | null): number => Math.max(0, daysBetween(from > first ? from : first, to !== null && to < addDays(last, 1) ? to : addDays(last, 1)))

function slowly(customers: readonly Customer[], who: number): { small: string; deposit: string } {
  let small = exact('0')
  let measure = exact('0')
  for (const { slices, deposits, loans } of customers) {
    const fenDays = deposits.reduce((sum, span) => sum + BigInt(span.fen) * BigInt(inMonth(span.from, span.to)), 0n)
    for (const slice of slices.filter((one) => one.who === who)) {
      const shareDays = BigInt(slice.share * inMonth(slice.from, slice.to))
      measure = measure.plus(exact((fenDays - BigInt(slice.base) * 30n) * shareDays))
    }
    for (const loan of loans) {
      const held = slices.filter((slice) => slice.from <= loan.paidOut && (slice.to === null || slice.to > loan.paidOut))
      const parts = splitPoints('20', held.map(({ share }) => share.toFixed(2)))
      held.forEach((slice, place) => {
        if (slice.who === who) small = small.plus(exact(parts[place] ?? '0'))
      })
    }
  }
  const average = measure.div(100 * 30 * 30).toDecimalPlaces(0, 4)
  return { small: decimalText(small, 2), deposit: decimalText(average.div(10_000_000), 2) }
}

test('statements and day-by-day calculation agree to the fen, and the control report ties', async () => {
  const people = [house.staff.an.key, house.staff.bo.key, house.staff.chen.key]
  const terms = schemeTemplates['POINTS']?.terms as PointsTerms
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 31 }), async (seed) => {
    await house.put(`TRUNCATE pay_statement, pay_line, pay_fact, settlement_run, settled_month, closed_month, loan_span, loan, balance_span, account, assignment, customer CASCADE`)
    const next = chance(seed)
    const customers = Array.from({ length: 12 }, () => someCustomer(next, people))
    for (const customer of customers) {
      const id = await house.customer()
      for (const [place, slice] of customer.slices.entries()) await house.assign(id, slice.who, String(slice.share), slice.from, slice.to, place === 0, slice.base)
      await house.deposit(id, customer.deposits.map(({ from, to, fen }) => [from, to, fen] as const))
      for (const loan of customer.loans) await house.loan(id, { amount: loan.amount, paidOut: loan.paidOut, matures: addMonths(loan.paidOut, 12), term: 12 })
    }
    const settled = await settleScheme(house.bank, { month: '2025-04', scheme: 'POINTS', dryRun: false })
    expect(settled.ok && settled.value.control.ties).toBe(true)
    for (const who of people) {
      const { rows } = await house.owner.query<{ code: string; points: string }>(`SELECT code, points FROM pay_line WHERE staff_key = $1 AND points IS NOT NULL`, [who])
      const lines = new Map(rows.map(({ code, points }) => [code, points]))
      const expected = slowly(customers, who)
      expect([seed, who, lines.get('NEW_SMALL_LOAN'), lines.get('DEPOSIT_ADB_INCREMENT')]).toEqual([seed, who, expected.small, expected.deposit])
      const pay = payOfMonth(terms, {
        month: '2025-04', points: [{ code: 'small', points: expected.small }, { code: 'deposit', points: expected.deposit }], f: null, marketing: { score: null, coefficient: '1.0000' }, early: [], overdue: [], refunds: [],
        supervisor: null, corrections: [], carryIn: [],
      })
      const { rows: [stored] } = await house.owner.query<{ payable: string; carry: string }>(`SELECT payable_fen::text AS payable, carry_out_fen::text AS carry FROM pay_statement WHERE staff_key = $1`, [who])
      expect(stored).toEqual({ payable: pay.payableFen.toString(), carry: pay.carryOutFen.toString() })
    }
  }), { numRuns: 15 })
})
