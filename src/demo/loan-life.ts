import type { Fen } from '../foundation/values/fen.ts'
import { addMonths } from '../foundation/values/business-date.ts'
import type { Move } from './account-life.ts'
import type { Chance } from './chance.ts'
import type { PlannedCustomer } from './customer-plan.ts'
import { dayNumber, dayText, workingDayFrom } from './day-numbers.ts'

export type LoanState = { day: number; principal: Fen; overdueSince: number | null; overdue: Fen; loanClass: 'NORMAL' | 'SPECIAL_MENTION' | 'SUBSTANDARD' }
export type LoanLife = {
  product: string; amount: Fen; paidOutOn: number; maturesOn: number; termMonths: number; instalment: Fen | null
  /** Yearly fraction. */
  rate: string
  settledOn: number | null
  states: LoanState[]
  /** What it does on the current account. */
  moves: Move[]
}

type Kind = { product: string; least: number; most: number; terms: readonly number[]; rates: readonly [number, number]; bullet: boolean; chained: boolean }
const kinds: Readonly<Record<string, Kind>> = {
  L101: { product: 'L101', least: 280_000, most: 1_600_000, terms: [180, 240, 300], rates: [305, 360], bullet: false, chained: false },
  L102: { product: 'L102', least: 180_000, most: 1_500_000, terms: [12, 12, 12, 24, 36], rates: [385, 520], bullet: false, chained: true },
  L103: { product: 'L103', least: 50_000, most: 300_000, terms: [12, 12, 24], rates: [320, 480], bullet: false, chained: true },
  L201: { product: 'L201', least: 4_000_000, most: 36_000_000, terms: [12], rates: [320, 415], bullet: true, chained: true },
  L202: { product: 'L202', least: 18_000_000, most: 64_000_000, terms: [60, 84], rates: [310, 390], bullet: false, chained: false },
  L203: { product: 'L203', least: 500_000, most: 5_000_000, terms: [12, 12, 24], rates: [345, 430], bullet: true, chained: true },
}

/** The loans of a customer from the first day of the history to the last, and what they do on his current account. */
export function loanLives(chance: Chance, customer: PlannedCustomer, from: number, to: number): LoanLife[] {
  if (customer.story === 'core') return []
  const kind = kindOf(chance, customer)
  if (!kind) return []
  const lives: LoanLife[] = []
  const history = Math.max(to - from, 400)
  // the first one was paid out before or within the history; short ones follow each other
  let start = from - chance.whole(0, 300) + chance.whole(0, Math.round(history * 0.9))
  if (customer.story !== null && customer.story !== 'long-name') start = dayNumber(customer.story === 'settled-early' ? '2026-08-05' : '2026-08-18')
  for (let count = 0; count < 3 && start <= to - 3; count++) {
    const life = oneLoan(chance, customer, kind, workingDayFrom(start), from, to)
    if (life.settledOn === null || life.settledOn > from) lives.push(life)
    if (!kind.chained || life.settledOn === null || chance.hits(0.12)) break
    start = life.settledOn + chance.whole(3, 25)
  }
  return lives
}

function kindOf(chance: Chance, { kind, weight, story }: PlannedCustomer): Kind | undefined {
  if (story === 'withheld' || story === 'withheld-and-returned' || story === 'settled-early') return kinds['L102']
  if (kind === 'CORPORATE') {
    if (!chance.hits({ T1: 0.42, T2: 0.46, T3: 0.34, T4: 0.2 }[weight])) return undefined
    if (weight === 'T1') return kinds[chance.weighted([['L201', 8], ['L202', 2]])]
    return kinds[weight === 'T2' ? chance.weighted([['L201', 4], ['L203', 6]]) : 'L203']
  }
  if (!chance.hits({ T1: 0.24, T2: 0.52, T3: 0.58, T4: 0.34 }[weight])) return undefined
  return kinds[chance.weighted([['L101', 2], ['L102', 6], ['L103', 4]])]
}

type Fate = 'as-agreed' | 'early' | 'late-then-paid' | 'late' | 'bad'

function oneLoan(chance: Chance, { story, weight }: PlannedCustomer, kind: Kind, paidOutOn: number, from: number, to: number): LoanLife {
  const weightFactor = weight === 'T1' || weight === 'T2' ? 1 : 0.6
  const amount = BigInt(Math.max(1, Math.round((chance.size(kind.least, kind.most) * weightFactor) / 10_000))) * 1_000_000n
  const termMonths = story === null || story === 'long-name' ? chance.pick(kind.terms) : 24
  const paidOut = dayText(paidOutOn)
  const maturesOn = dayNumber(addMonths(paidOut, termMonths))
  const basisPoints = chance.whole(kind.rates[0] / 5, kind.rates[1] / 5) * 5
  const rate = `0.${String(basisPoints).padStart(4, '0')}`
  const instalment = kind.bullet ? null : amount / BigInt(termMonths)
  const fate = fateOf(chance, story)
  const life: LoanLife = { product: kind.product, amount, paidOutOn, maturesOn, termMonths, instalment, rate, settledOn: null, states: [], moves: [] }
  const month = (count: number): number => dayNumber(addMonths(paidOut, count))
  // when it goes wrong, or ends before its time
  const turn = story === 'settled-early' ? dayNumber('2026-09-16') : chance.hits(0.5) ? dayNumber('2026-08-05') + chance.whole(0, 100) : paidOutOn + chance.whole(60, Math.max(90, Math.min(maturesOn, to) - paidOutOn))
  const state = (day: number, principal: Fen, more: Partial<LoanState> = {}): void => {
    life.states.push({ day, principal, overdueSince: null, overdue: 0n, loanClass: 'NORMAL', ...more })
  }

  if (paidOutOn >= from) {
    state(paidOutOn, amount)
    life.moves.push({ day: paidOutOn, direction: 'IN', fen: amount, kind: 'LOAN_PAYOUT', memo: '贷款发放' })
    if (kind.product !== 'L103') life.moves.push({ day: workingDayFrom(paidOutOn + 1), direction: 'OUT', fen: amount, kind: 'TRANSFER', memo: '受托支付' })
  }
  let principal = amount
  for (let count = 1; count <= termMonths; count++) {
    const due = month(count)
    const ends = fate === 'early' && turn > paidOutOn + 40 && due > turn
    const day = ends ? turn : due
    if (day > to) break
    const interest = (principal * BigInt(basisPoints)) / 120_000n
    const part = ends || count === termMonths ? principal : (instalment ?? 0n)
    const wrong = !ends && (fate === 'late' || fate === 'bad' || fate === 'late-then-paid') && overdueNow(fate, story, turn, due, month(count + 1))
    if (wrong) {
      const paid = fate === 'late-then-paid' ? paidLate(story, due) : null
      const owed = part + interest
      if (due + 1 >= from) state(due + 1, principal, { overdueSince: due, overdue: owed, loanClass: fate === 'bad' ? 'SUBSTANDARD' : 'SPECIAL_MENTION' })
      if (paid === null || paid > to) return finished(life, from)
      principal -= part
      state(paid, principal)
      life.moves.push({ day: paid, direction: 'OUT', fen: owed, kind: 'LOAN_PAYMENT', memo: '归还逾期贷款本息' })
      if (principal === 0n) {
        life.settledOn = paid
        break
      }
      continue
    }
    principal -= part
    if (day > from) {
      if (part > 0n) state(day, principal)
      life.moves.push({ day, direction: 'OUT', fen: part + interest, kind: 'LOAN_PAYMENT', memo: ends ? '提前结清贷款' : part > 0n ? '归还贷款本息' : '归还贷款利息' })
    }
    if (principal === 0n) {
      life.settledOn = day
      break
    }
  }
  return finished(life, from)
}

/** A loan older than the history begins with what was left of it then. */
function finished(life: LoanLife, from: number): LoanLife {
  if (life.paidOutOn < from && (life.settledOn === null || life.settledOn > from)) {
    const paid = life.instalment === null ? 0n : life.instalment * BigInt(Math.max(0, Math.floor((from - life.paidOutOn) / 30.44)))
    const first = life.states[0]
    const before = first === undefined ? life.amount - paid : first.principal + (first.overdueSince === null ? (life.instalment ?? (first.principal === 0n ? life.amount : 0n)) : 0n)
    const principal = before > life.amount ? life.amount : before
    if (first === undefined || first.day > from) life.states.unshift({ day: from, principal, overdueSince: null, overdue: 0n, loanClass: 'NORMAL' })
  }
  // of two states of one day the later one holds
  life.states = life.states.filter(({ day }, place) => life.states[place + 1]?.day !== day)
  return life
}

function fateOf(chance: Chance, story: PlannedCustomer['story']): Fate {
  if (story === 'withheld') return 'late'
  if (story === 'withheld-and-returned') return 'late-then-paid'
  if (story === 'settled-early') return 'early'
  return chance.weighted<Fate>([['as-agreed', 88], ['early', 5], ['late-then-paid', 4], ['late', 2], ['bad', 1]])
}

function overdueNow(fate: Fate, story: PlannedCustomer['story'], turn: number, due: number, next: number): boolean {
  // the stories of the known cases: due on 18 September and paid on 12 October; due on 18 October and open
  if (story === 'withheld-and-returned') return due === dayNumber('2026-09-18')
  if (story === 'withheld') return due === dayNumber('2026-10-18')
  return fate !== 'as-agreed' && due <= turn && next > turn
}

function paidLate(story: PlannedCustomer['story'], due: number): number {
  return story === 'withheld-and-returned' ? dayNumber('2026-10-12') : due + 24
}
