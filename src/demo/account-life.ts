import type { Fen } from '../foundation/values/fen.ts'
import type { Chance } from './chance.ts'
import { partnerName, regularPartner } from './company-names.ts'
import { dayNumber, dayText, workingDayFrom } from './day-numbers.ts'
import { personName } from './person-names.ts'

/** A movement of money that is meant to happen; `fen` is positive. */
export type Move = { day: number; direction: 'IN' | 'OUT'; fen: Fen; kind: string; memo: string; partner?: string; partnerBank?: string; partnerAccount?: string }
export type Booked = Move & { after: Fen }
export type Closing = { day: number; fen: Fen }
export type AccountLife = { booked: Booked[]; closings: Closing[] }

export const yuan = (amount: number): Fen => BigInt(Math.round(amount)) * 100n
/** With jiao and fen, as bills have. */
export const bill = (chance: Chance, amount: number): Fen => BigInt(Math.round(amount)) * 100n + BigInt(chance.whole(0, 99))

const otherBanks = ['工商银行', '农业银行', '中国银行', '建设银行', '交通银行', '邮储银行', '招商银行', '农村信用社']

/** How much should be on the account at the end of a month, in yuan. */
export type Level = (day: number) => number
export type Habits = {
  kind: 'CORPORATE' | 'PERSON'
  level: Level
  /** Movements that come from elsewhere: loans, time deposits. */
  fixed: readonly Move[]
  /** How many movements a month, about. */
  lively: number
  /** Keeps an account of the same name at another bank, to which the surplus goes. */
  ownNameElsewhere: string | null
}

/**
 * Tells the life of a current account from `from` (closing balance of that day is `opening`) to `to`, month by month: money comes and goes as such people do, and at the end of
 * each month the balance is near the level. A payment that the balance does not allow is made smaller: an account is never overdrawn.
 */
export function currentAccountLife(chance: Chance, opening: Fen, from: number, to: number, habits: Habits): AccountLife {
  const life: AccountLife = { booked: [], closings: [{ day: from, fen: opening }] }
  let balance = opening
  for (let first = from + 1; first <= to; ) {
    const month = dayText(first).slice(0, 7)
    const start = dayNumber(`${month}-01`)
    const end = nextMonthStart(month) - 1
    const planned = monthOfMoves(chance, balance, start, end, habits)
    const moves = planned.filter(({ day }) => day >= first && day <= Math.min(end, to))
    // on one day money comes in before it goes out
    moves.sort((a, b) => a.day - b.day || (a.direction === b.direction ? 0 : a.direction === 'IN' ? -1 : 1))
    balance = book(life, balance, moves)
    first = end + 1
  }
  return life
}

function book(life: AccountLife, opening: Fen, moves: readonly Move[]): Fen {
  let balance = opening
  for (const move of moves) {
    let { fen } = move
    if (move.direction === 'OUT' && fen > balance) fen = (balance * 6n) / 10n
    if (fen < 100n) continue
    balance += move.direction === 'IN' ? fen : -fen
    life.booked.push({ ...move, fen, after: balance })
    const last = life.closings[life.closings.length - 1]
    if (last?.day === move.day) last.fen = balance
    else life.closings.push({ day: move.day, fen: balance })
  }
  return balance
}

function nextMonthStart(month: string): number {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))]
  return dayNumber(number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`)
}

function monthOfMoves(chance: Chance, balance: Fen, start: number, end: number, habits: Habits): Move[] {
  const moves: Move[] = habits.fixed.filter(({ day }) => day >= start && day <= end)
  const wanted = habits.level(end)
  moves.push(...(habits.kind === 'CORPORATE' ? companyPayments : personPayments)(chance, wanted, start, end, habits.lively))
  const month = dayText(start).slice(5, 7)
  // interest on current accounts is paid on the 21st of the last month of a quarter: 0.05 % a year
  if (Number(month) % 3 === 0) moves.push({ day: start + 20, direction: 'IN', fen: (balance * 5n) / 40_000n, kind: 'INTEREST', memo: '活期结息' })
  let net = 0n
  for (const { direction, fen } of moves) net += direction === 'IN' ? fen : -fen
  const missing = yuan(wanted) - balance - net
  moves.push(...(missing > 0n ? receipts : withdrawals)(chance, missing > 0n ? missing : -missing, start, end, habits))
  return moves
}

function companyPayments(chance: Chance, level: number, start: number, end: number, lively: number): Move[] {
  const turnover = Math.max(level * chance.between(0.25, 0.7), 8_000)
  const moves: Move[] = []
  const pay = (day: number, amount: number, kind: string, memo: string, partner?: string): void => {
    const day1 = Math.min(workingDayFrom(day), end)
    moves.push({ day: day1, direction: 'OUT', fen: bill(chance, amount), kind, memo, ...(partner === undefined ? {} : { partner, partnerBank: chance.pick(otherBanks) }) })
  }
  pay(start + 9, turnover * chance.between(0.1, 0.16), 'SALARY', '代发工资')
  pay(start + 14, turnover * chance.between(0.02, 0.05), 'TAX', '缴纳税款', '国家金库')
  if (lively > 4) {
    pay(start + 19, turnover * 0.01 + 500, 'UTILITY', '电费')
    // what the bank itself charges: settlement and agency, some half of a thousandth of what is paid
    moves.push({ day: Math.min(workingDayFrom(start + 20), end), direction: 'OUT', fen: yuan(Math.round(turnover * 0.0005) + 50), kind: 'FEE', memo: '结算手续费' })
  }
  const suppliers = Math.max(1, Math.round(lively / 3))
  for (let count = 0; count < suppliers; count++) pay(start + chance.whole(0, 26), (turnover * chance.between(0.4, 0.7)) / suppliers, 'TRANSFER', chance.pick(['货款', '材料款', '设备款', '运费', '工程进度款', '服务费']), regularPartner(partnerName(chance)))
  return moves
}

function personPayments(chance: Chance, level: number, start: number, end: number, lively: number): Move[] {
  const salary = Math.min(Math.max(level * chance.between(0.02, 0.15), 3_200), 38_000)
  const moves: Move[] = [{ day: Math.min(workingDayFrom(start + 9), end), direction: 'IN', fen: bill(chance, salary), kind: chance.hits(0.18) ? 'PENSION' : 'SALARY', memo: '工资' }]
  for (const move of moves) if (move.kind === 'PENSION') move.memo = '养老金'
  for (let count = 0; count < lively; count++) {
    const [kind, memo] = chance.weighted<readonly [string, string]>([[['CARD', '财付通快捷支付'], 5], [['CARD', '支付宝快捷支付'], 4], [['CARD', '商户消费'], 3], [['CASH', 'ATM取款'], 1], [['UTILITY', '水电燃气费'], 1], [['TRANSFER', '手机银行转账'], 2]])
    const transfer = kind === 'TRANSFER'
    moves.push({
      day: start + chance.whole(0, end - start), direction: 'OUT', fen: kind === 'CASH' ? yuan(chance.whole(2, 40) * 100) : bill(chance, (salary * chance.between(0.3, 1.1)) / lively), kind, memo,
      ...(transfer ? { partner: personName(chance, 1980).name, partnerBank: chance.pick(otherBanks) } : {}),
    })
  }
  return moves
}

/** What must come in so that the month ends near the level. */
function receipts(chance: Chance, amount: Fen, start: number, end: number, habits: Habits): Move[] {
  const parts = habits.kind === 'CORPORATE' ? Math.max(1, Math.min(4, Math.round(habits.lively / 3))) : 1
  const corporate = habits.kind === 'CORPORATE'
  const moves: Move[] = []
  let left = amount
  for (let part = 1; part <= parts; part++) {
    const fen = part === parts ? left : (left * BigInt(chance.whole(20, 60))) / 100n
    left -= fen
    moves.push({
      // the earlier the money, the fewer payments must wait
      day: corporate ? Math.min(workingDayFrom(start + chance.whole(0, 12) + part * 2), end) : start + chance.whole(0, 24), direction: 'IN', fen, kind: 'TRANSFER',
      memo: corporate ? chance.pick(['销售回款', '货款', '工程款', '服务费', '往来款']) : chance.pick(['跨行转入', '货款', '理财赎回', '房租', '转账']),
      partner: corporate ? regularPartner(partnerName(chance)) : personName(chance, 1975).name, partnerBank: chance.pick(otherBanks),
    })
  }
  return moves
}

/** What must go out when there is more than the level. */
function withdrawals(chance: Chance, amount: Fen, start: number, end: number, habits: Habits): Move[] {
  if (amount < 10_000n) return []
  const corporate = habits.kind === 'CORPORATE'
  return [{
    day: corporate ? Math.min(workingDayFrom(start + chance.whole(15, 27)), end) : start + chance.whole(15, end - start), direction: 'OUT', fen: amount, kind: 'TRANSFER',
    memo: corporate ? chance.pick(['往来款', '采购款', '归集上划']) : chance.pick(['跨行转出', '购车款', '购买理财', '学费', '装修款', '转账']),
    partner: elsewhere(habits, corporate ? partnerName(chance) : personName(chance, 1980).name), partnerBank: chance.pick(otherBanks),
  }]
}

const elsewhere = (habits: Habits, drawn: string): string => habits.ownNameElsewhere ?? drawn
