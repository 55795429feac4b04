import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { refreshFigures } from '../customers/refresh-figures.ts'
import { addDays, daysBetween, monthStart, previousMonth, quarterStart, yearStart } from '../foundation/values/business-date.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { routes } from '../routes.ts'
import { balanceOn, daySum, divideFen, type Span } from './balance.rules.ts'
import { getDepositView } from './holdings.contract.ts'
import { refreshDepositSums } from './refresh-deposit-sums.ts'

// Customers by chance, held, shared, left and taken over; every figure of every manager, unit and pool beside the rules of 2.8 applied day by day.

type Piece = { staffKey: number; from: string; to: string | null; share: number }
type Made = { id: string; kind: 'CORPORATE' | 'PERSON'; deposit: string; spans: Span[]; pieces: Piece[]; loanFen: bigint; path: string; placeKey: number }

let bank: SmallBank
let made: Made[] = []
let people: Colleague[] = []
let wangNow: Colleague
/** Who stood where when: the second of them moved in October, the third left at the end of September. */
let posts: { staffKey: number; path: string; placeKey: number; from: string; to: string | null }[] = []
beforeAll(async () => {
  bank = await smallBank(routes)
  const { li, wang, zhao, qian } = bank.staff
  people = [li, wang, zhao, qian]
  await bank.look(`UPDATE post_held SET to_date = '2026-10-12' WHERE staff_key = ${wang.staffKey}`)
  const [moved] = await bank.look<{ key: number }>(`INSERT INTO post_held (key, staff_key, post_code, line_key, place_key, from_date) SELECT (SELECT max(key) + 1 FROM post_held), staff_key, post_code, ${bank.units.north.key}, ${bank.units.north.key}, '2026-10-12' FROM post_held WHERE staff_key = ${wang.staffKey} RETURNING key`)
  wangNow = { ...wang, postKey: moved?.key ?? 0 }
  await bank.look(`UPDATE post_held SET to_date = '2026-10-01' WHERE staff_key = ${zhao.staffKey}`)
  posts = (await bank.look<{ staff_key: number; line_path: string; place_key: number; from_date: string; to_date: string | null }>(`SELECT staff_key, line_path, place_key, from_date::text, to_date::text FROM organisation_post_facts WHERE staff_key = ANY('{${people.map((one) => one.staffKey).join(',')}}'::int[]) ORDER BY from_date`))
    .map((row) => ({ staffKey: row.staff_key, path: row.line_path, placeKey: row.place_key, from: row.from_date, to: row.to_date }))
  await bank.look("INSERT INTO product (code, name, name_en, line) VALUES ('D', '活期存款', 'Current account', 'DEPOSIT'), ('L', '流动资金贷款', 'Working capital loan', 'LOAN'), ('T', '单位存款', 'Deposit', 'DEPOSIT'), ('M', '银行承兑汇票保证金', 'Margin', 'DEPOSIT'), ('S', '结构性存款', 'Structured', 'DEPOSIT'), ('A', '协定存款', 'Agreement', 'DEPOSIT'), ('N', '七天通知存款', 'Call deposit', 'DEPOSIT')")
  let seed = 7
  const chance = (most: number): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % most
  for (let n = 0; n < 60; n++) made.push(await makeCustomer(chance))
  await bank.services.db.asBatch((tx) => refreshDepositSums(tx, { day: today, batch: newId(), why: 'test' }))
})
afterAll(() => bank.close())

async function makeCustomer(chance: (most: number) => number): Promise<Made> {
  const main = people[chance(people.length)] ?? bank.staff.li
  const kind = chance(2) === 0 ? 'CORPORATE' as const : 'PERSON' as const
  const id = await bank.customer({ main: bank.staff.li, bare: true, kind })
  // the product's name says what it is; without one that says so, whether it ends
  const [code, matures, deposit] = ([['D', null, 'DEMAND'], ['T', '2027-01-01', 'TIME'], ['T', null, 'DEMAND'], ['M', '2027-01-01', 'MARGIN'], ['S', '2027-01-01', 'STRUCTURED'], ['A', null, 'AGREEMENT'], ['N', null, 'TIME']] as const)[chance(7)] ?? ['D', null, 'DEMAND']
  const day = (): string => addDays('2024-11-01', chance(750))
  const account = newId()
  const starts = [...new Set([day(), day(), day(), chance(3) === 0 ? today : day()])].sort()
  const spans = starts.map((from, at): Span => ({ from, to: starts[at + 1] ?? (chance(4) === 0 ? addDays(from, 30) : null), balanceFen: BigInt(chance(1_000_000_000)) - 1000n }))
  await bank.look("INSERT INTO account (customer_id, id, core_key, product_code, outlet_key, opened_on, matures_on) VALUES ($1, $2, $3, $4, $5, '2024-01-01', $6)", [id, account, `A${id}`, code, bank.units.south.key, matures])
  for (const span of spans) await bank.look('INSERT INTO balance_span (customer_id, account_id, from_date, to_date, balance_fen) VALUES ($1, $2, $3, $4, $5)', [id, account, span.from, span.to, span.balanceFen.toString()])
  // of a foreign currency: in no sum
  const foreign = newId()
  await bank.look("INSERT INTO account (customer_id, id, core_key, product_code, currency, outlet_key, opened_on) VALUES ($1, $2, $3, 'D', 'USD', $4, '2024-01-01')", [id, foreign, `U${id}`, bank.units.south.key])
  await bank.look("INSERT INTO balance_span (customer_id, account_id, from_date, balance_fen) VALUES ($1, $2, '2025-01-01', 777)", [id, foreign])
  const loanFen = BigInt(chance(3) === 0 ? chance(1_000_000) : 0)
  if (loanFen > 0n) {
    const loan = newId()
    await bank.look("INSERT INTO loan (customer_id, id, core_key, account_id, product_code, outlet_key, amount_fen, paid_out_on, matures_on, term_months) VALUES ($1, $2, $3, $4, 'L', $5, $6, '2026-01-01', '2027-01-01', 12)", [id, loan, `L${id}`, account, bank.units.south.key, loanFen.toString()])
    await bank.look("INSERT INTO loan_span (customer_id, loan_id, from_date, principal_fen, overdue_fen) VALUES ($1, $2, '2026-01-01', $3, 0)", [id, loan, loanFen.toString()])
  }
  // nobody's, one man's, shared 60 to 40, or handed on in the middle
  const held = chance(4)
  const other = people[(people.indexOf(main) + 1) % people.length] ?? main
  const middle = day()
  const pieces: Piece[] = held === 0 ? [] : held === 1 ? [{ staffKey: main.staffKey, from: '2025-02-01', to: null, share: 100 }]
    : held === 2 ? [{ staffKey: main.staffKey, from: '2025-02-01', to: null, share: 60 }, { staffKey: other.staffKey, from: '2025-02-01', to: null, share: 40 }]
      : [{ staffKey: main.staffKey, from: '2024-01-01', to: middle, share: 100 }, { staffKey: other.staffKey, from: middle, to: null, share: 100 }]
  for (const piece of pieces) await bank.look('INSERT INTO assignment (customer_id, id, staff_key, share_pct, main, from_date, to_date) VALUES ($1, $2, $3, $4, $5, $6, $7)', [id, newId(), piece.staffKey, piece.share, piece.share > 50, piece.from, piece.to])
  const [at] = await bank.look<{ scope_path: string; outlet_key: number }>('SELECT scope_path, outlet_key FROM customer WHERE customer_id = $1', [id])
  return { id, kind, deposit, spans, pieces, loanFen, path: at?.scope_path ?? '', placeKey: at?.outlet_key ?? 0 }
}

/** Fen times percent of a customer that count for `who` (a manager at a line, or null: what is left for the pool), as spans. */
type Part = { of: Made; staffKey: number | null; path: string; placeKey: number; spans: Span[]; loan: bigint }
function partsOf(one: Made): Part[] {
  const parts: Part[] = []
  const clip = (spans: readonly Span[], from: string, to: string | null, share: number): Span[] => spans.map((span) => ({ from: span.from > from ? span.from : from, to: span.to === null ? to : to === null || span.to < to ? span.to : to, balanceFen: span.balanceFen * BigInt(share) }))
    .filter((span) => span.to === null || span.from < span.to)
  for (const piece of one.pieces) {
    for (const post of posts.filter((one) => one.staffKey === piece.staffKey)) {
      const from = piece.from > post.from ? piece.from : post.from
      const to = piece.to === null ? post.to : post.to === null || piece.to < post.to ? piece.to : post.to
      if (to !== null && from >= to) continue
      parts.push({ of: one, staffKey: piece.staffKey, path: post.path, placeKey: post.placeKey, spans: clip(one.spans, from, to, piece.share), loan: from <= today && (to === null || to > today) ? one.loanFen * BigInt(piece.share) : 0n })
    }
  }
  const taken = parts.flatMap((part) => part.spans.map((span) => ({ ...span, balanceFen: -span.balanceFen })))
  return [...parts, { of: one, staffKey: null, path: one.path, placeKey: one.placeKey, spans: [...clip(one.spans, '1900-01-01', null, 100), ...taken], loan: one.loanFen * 100n - parts.reduce((sum, part) => sum + part.loan, 0n) }]
}

function expected(holds: (part: Part) => boolean) {
  const parts = made.flatMap(partsOf).filter(holds)
  const spans = parts.flatMap((part) => part.spans)
  const month = monthStart(today)
  const year = yearStart(today)
  const after = addDays(today, 1)
  const on = (day: string): bigint => divideFen(balanceOn(spans, day), 100)
  const average = (from: string, to: string): string => divideFen(daySum(spans, from, to), 100 * daysBetween(from, to)).toString()
  const balance = on(today)
  const since = (day: string): string => (balance - on(addDays(day, -1))).toString()
  return {
    balanceFen: balance.toString(), toYesterdayFen: since(today), toMonthBeginFen: since(month), toQuarterBeginFen: since(quarterStart(today)), toYearBeginFen: since(year), monthAdbFen: average(month, after), yearAdbFen: average(year, after),
    lastYearAdbFen: average(yearStart(addDays(year, -1)), year), lastMonthAdbFen: average(monthStart(previousMonth(today)), month), loanFen: divideFen(parts.reduce((sum, part) => sum + part.loan, 0n), 100).toString(),
  }
}

type Kind = { customerKind: string; depositKind: string | null; deposits: Record<string, string>; loanFen: string | null }
type View = { asOf: string; kinds: Kind[]; movers: { up: Mover[]; down: Mover[] } | null; deposits: Record<string, unknown>; loanFen: string; by: string; groups: string[]; unitName: string | null; parts: { key: number | null; name: string | null; deposits: Record<string, string>; loanFen: string }[] }
type Mover = { customerId: string; changeFen: string; balanceFen: string }
const view = async (who: Colleague, query: Record<string, unknown> = {}): Promise<View> => (await bank.ask(who, getDepositView, { query })).body as unknown as View
const told = (given: { deposits: Record<string, unknown>; loanFen: string }) => ({ ...given.deposits, loanFen: given.loanFen })

describe('deposit figures of units and people', () => {
  test('a manager sees his own', async () => {
    for (const who of [bank.staff.li, wangNow, bank.staff.qian]) expect(told(await view(who))).toMatchObject(expected((part) => part.staffKey === who.staffKey))
  })
  test('a unit is whoever stood in it on each day, and the pools of its outlets', async () => {
    expect(told(await view(bank.staff.outletHead))).toMatchObject(expected((part) => part.path === '001.001.001'))
    expect(told(await view(bank.staff.branchHead))).toMatchObject(expected((part) => part.path.startsWith('001.001')))
    expect(told(await view(bank.staff.placeHead))).toMatchObject(expected((part) => part.placeKey === bank.units.west.key))
  })
  test('managers and pools sum to the bank, which is the sum of its customers', async () => {
    const whole = await view(bank.staff.leader, { by: 'MANAGER' })
    expect(told(whole)).toMatchObject(expected(() => true))
    const [{ sum } = { sum: '' }] = await bank.look<{ sum: string }>(`SELECT sum(balance_fen)::text AS sum FROM balance_span b JOIN account a ON a.id = b.account_id WHERE a.currency = 'CNY' AND b.from_date <= '${today}' AND (b.to_date IS NULL OR b.to_date > '${today}')`)
    expect(whole.deposits['balanceFen']).toBe(sum)
    expect(whole.parts.find((part) => part.key === null)).toMatchObject({ name: null })
    for (const part of whole.parts) expect([part.key, told(part)]).toMatchObject([part.key, expected((one) => one.staffKey === part.key)])
    // exact sums are rounded once: the parts may lack a fen each, never more
    const off = whole.parts.reduce((total, part) => total + BigInt(part.deposits['balanceFen'] ?? '0'), 0n) - BigInt(sum)
    expect(off >= -BigInt(whole.parts.length) && off <= BigInt(whole.parts.length)).toBe(true)
  })
  test('by branch and outlet, down to one unit', async () => {
    const branches = await view(bank.staff.leader)
    expect([branches.by, branches.groups]).toEqual(['BRANCH', ['BRANCH', 'SUB_BRANCH', 'OUTLET', 'MANAGER']])
    for (const part of branches.parts) expect(told(part)).toMatchObject(expected((one) => (part.name === '东城分行' ? one.path.startsWith('001.001') : one.path.startsWith('001.002'))))
    const first = await view(bank.staff.leader, { unitKey: bank.units.first.key, by: 'OUTLET' })
    expect(first.unitName).toBe('东城分行')
    expect(told(first)).toMatchObject(expected((one) => one.path.startsWith('001.001')))
    // another branch: nothing of it is told, not even that it is empty
    const strange = await view(bank.staff.branchHead, { unitKey: bank.units.second.key })
    expect([strange.deposits['balanceFen'], strange.parts]).toEqual(['0', []])
    expect((await bank.ask(bank.staff.li, getDepositView, { query: { unitKey: bank.units.south.key } })).body.refusal).toBe('not-found')
  })
  test('kinds of customers sum to the whole and kinds of deposits to their customers, to the fen in every column; each is what its accounts hold', async () => {
    for (const who of [bank.staff.leader, bank.staff.branchHead, bank.staff.outletHead, bank.staff.placeHead, bank.staff.li, wangNow, bank.staff.qian]) {
      const whole = await view(who, { detail: true })
      const holds = (one: Part): boolean => (who === bank.staff.leader ? true : who === bank.staff.branchHead ? one.path.startsWith('001.001') : who === bank.staff.outletHead ? one.path === '001.001.001' : who === bank.staff.placeHead ? one.placeKey === bank.units.west.key : one.staffKey === who.staffKey)
      // whose line or place nobody's money stood in has nothing to tell by kind
      expect([who.name, whole.kinds.length > 2]).toEqual([who.name, made.some((one) => partsOf(one).some((part) => holds(part) && part.spans.length > 0))])
      const columns = Object.entries(whole.deposits).flatMap(([name, value]) => (name.endsWith('Fen') && typeof value === 'string' ? [name] : []))
      const add = (rows: readonly Kind[], column: string): string => rows.reduce((sum, row) => sum + BigInt(row.deposits[column] ?? '0'), 0n).toString()
      for (const column of columns) expect([who.name, column, add(whole.kinds.filter((row) => row.depositKind === null), column)]).toEqual([who.name, column, whole.deposits[column]])
      expect(whole.kinds.reduce((sum, row) => sum + BigInt(row.loanFen ?? '0'), 0n).toString()).toBe(whole.loanFen)
      for (const row of whole.kinds) {
        if (row.depositKind === null) for (const column of columns) expect([who.name, row.customerKind, column, add(whole.kinds.filter((one) => one.depositKind !== null && one.customerKind === row.customerKind), column)]).toEqual([who.name, row.customerKind, column, row.deposits[column]])
        const exactly = expected((part) => holds(part) && part.of.kind === row.customerKind && (row.depositKind === null || part.of.deposit === row.depositKind)) as Record<string, string>
        // a fen more or less, so that they sum
        for (const column of ['balanceFen', 'monthAdbFen', 'yearAdbFen', 'lastYearAdbFen']) expect([1n, 0n, -1n]).toContain(BigInt(row.deposits[column] ?? '') - BigInt(exactly[column] ?? ''))
      }
    }
  })
  test('the twenty largest ups and the twenty largest downs since yesterday, of customers whom the reader may open', async () => {
    const { li, branchHead, leader, placeHead } = bank.staff
    await bank.services.db.asBatch((tx) => refreshFigures({ tx, batch: newId(), why: 'test', businessDate: today, effects: [] }))
    const changes = made.map((one) => ({ id: one.id, path: one.path, change: balanceOn(one.spans, today) - balanceOn(one.spans, addDays(today, -1)) }))
    expect(changes.filter(({ change }) => change !== 0n).length).toBeGreaterThan(0)
    const bigger = (a: { change: bigint }, b: { change: bigint }): number => (a.change === b.change ? 0 : a.change > b.change ? -1 : 1)
    for (const [who, mine] of [[leader, () => true], [branchHead, (path: string) => path.startsWith('001.001')]] as const) {
      const { movers } = await view(who, { detail: true })
      const inside = changes.filter(({ path }) => mine(path))
      expect(movers?.up.map((one) => [one.customerId, one.changeFen])).toEqual(inside.filter(({ change }) => change > 0n).sort(bigger).slice(0, 20).map((one) => [one.id, one.change.toString()]))
      expect(movers?.down.map((one) => [one.customerId, one.changeFen])).toEqual(inside.filter(({ change }) => change < 0n).sort((a, b) => bigger(b, a)).slice(0, 20).map((one) => [one.id, one.change.toString()]))
    }
    // whose customers report elsewhere sees sums only; a manager his own
    expect((await view(placeHead, { detail: true })).movers).toEqual({ up: [], down: [] })
    const own = (await view(li, { detail: true })).movers ?? { up: [], down: [] }
    // the head's home asks for the sums alone
    expect(await view(li)).toMatchObject({ kinds: [], movers: null })
    const visible = new Set((await bank.look<{ customer_id: string }>('SELECT customer_id FROM customer WHERE $1 = ANY(viewers)', [li.staffKey])).map((row) => row.customer_id))
    expect([...own.up, ...own.down].every((one) => visible.has(one.customerId))).toBe(true)
  })
  test('made again nothing changes', async () => {
    const rows = () => bank.look('SELECT staff_key, line_path, place_key, customer_kind, deposit_kind, balance::text, month_sum::text, year_sum::text, loan::text FROM deposit_sum ORDER BY 1, 2, 3, 4, 5')
    const before = await rows()
    await bank.services.db.asBatch((tx) => refreshDepositSums(tx, { day: today, batch: newId(), why: 'test' }))
    expect(await rows()).toEqual(before)
  })
})
