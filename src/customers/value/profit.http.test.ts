import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readBook } from '../../../tests/support/read-book.ts'
import { smallBank, type Colleague, type SmallBank } from '../../../tests/support/small-bank.ts'
import { chance } from '../../contact-plan/contact-coverage-testing.ts'
import { splitFen, sumFen } from '../../foundation/values/fen.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { routes } from '../../routes.ts'
import { byProduct, type ValueLine } from './contribution.rules.ts'
import { exportProfit, getProfitView, listProfitCustomers, type ProfitView } from './profit.contract.ts'
import { refreshProfitSums } from './refresh-profit-sums.ts'

let bank: SmallBank
let owner: Awaited<ReturnType<SmallBank['services']['db']['connectOwner']>>
const month = '2026-10'
/** Who held a customer from when to when in October, with which share; the days are 31. */
type Held = { who: Colleague; share: number; from: number; to: number }
type Made = { id: string; lines: ValueLine[]; held: Held[] }
const made: Made[] = []

async function customerWith(held: Held[], lines: ValueLine[], main = bank.staff.li): Promise<string> {
  const id = await bank.customer({ bare: true, main, kind: 'PERSON', name: '某某' })
  const day = (n: number): string | null => (n > 31 ? null : `2026-10-${String(n).padStart(2, '0')}`)
  for (const [place, { who, share, from, to }] of held.entries()) {
    await owner.query(`INSERT INTO assignment (customer_id, id, staff_key, share_pct, main, from_date, to_date) VALUES ($1, $2, $3, $4, $5, $6, $7)`, [id, newId(), who.staffKey, share, place === held.findIndex((one) => one.to === to), from === 1 ? '2025-01-01' : day(from), day(to)])
  }
  // whoever held him in the month sees him: what is left out is asked for by itself
  await owner.query('UPDATE customer SET viewers = (SELECT array_agg(DISTINCT s ORDER BY s) FROM unnest(viewers || $2::int[]) s) WHERE customer_id = $1', [id, held.map(({ who }) => who.staffKey)])
  const sum = sumFen(lines.map(({ amountFen }) => amountFen)).toString()
  await owner.query(`INSERT INTO contribution VALUES ($1, $2, 31, 0, 0, $3, 0, $3, 0, 0, $3, '{}')`, [id, `${month}-01`, sum])
  for (const [place, { kind, productCode, baseFen, amountFen }] of lines.entries()) {
    await owner.query(`INSERT INTO contribution_line (customer_id, month_start, part, kind, product_code, base_fen, amount_fen) VALUES ($1, $2, $3, $4, $5, $6, $7)`, [id, `${month}-01`, place + 1, kind, productCode, baseFen?.toString() ?? null, amountFen.toString()])
  }
  made.push({ id, lines, held })
  return id
}
const line = (kind: string, productCode: string | null, baseFen: number | null, amountFen: number): ValueLine => ({ kind, productCode, baseFen: baseFen === null ? null : BigInt(baseFen), amountFen: BigInt(amountFen) })

/** The rule's answer for a customer: his whole among who held him, nobody last. */
function sharesOf({ lines, held }: Made): Map<number, bigint> {
  const weights = new Map<number, number>()
  for (const { who, share, from, to } of held) weights.set(who.staffKey, (weights.get(who.staffKey) ?? 0) + share * (Math.min(to, 32) - from))
  const free = 3100 - [...weights.values()].reduce((sum, one) => sum + one, 0)
  const order = [...weights].sort(([a], [b]) => a - b)
  if (free > 0) order.push([0, free])
  const split = splitFen(sumFen(byProduct(lines).map(({ amountFen }) => amountFen)), order.map(([, weight]) => String(weight)))
  return new Map(order.map(([staff], place) => [staff, split[place] ?? 0n]))
}

let shared: string
beforeAll(async () => {
  bank = await smallBank(routes)
  owner = await bank.services.db.connectOwner()
  const { li, wang, zhao, qian } = bank.staff
  await bank.look(`INSERT INTO product (code, name, name_en, line) VALUES ('D1', '活期存款', 'Current', 'DEPOSIT'), ('D2', '定期存款', 'Time', 'DEPOSIT'), ('L1', '流动资金贷款', 'Working capital', 'LOAN')`)
  await bank.look(`INSERT INTO value_month (month_start, days, computed_on, customers, parameters, missing) VALUES ($1, 31, '2026-11-02', 1, '{}', '{BILLS}')`, [`${month}-01`])
  // ftp-contribution: 123,389.12, of two managers 60 : 40
  shared = await customerWith([{ who: li, share: 60, from: 1, to: 32 }, { who: wang, share: 40, from: 1, to: 32 }], [
    line('DEPOSIT', 'D1', 1_700_000_000, 4_587_500), line('DEPOSIT', 'D2', 2_000_000_000, 2_500_000), line('DEPOSIT_INSURANCE', null, 3_700_000_000, -148_000), line('LOAN_INTEREST', 'L1', 3_000_000_000, 28_875_000), line('LOAN_FUNDING', 'L1', 3_000_000_000, -15_750_000),
    line('LOAN_VAT', null, 28_875_000, -1_634_434), line('LOAN_SURCHARGE', null, 1_634_434, -196_132), line('EXPECTED_LOSS', null, 3_000_000_000, -4_725_000), line('FEES', null, null, 1_420_000), line('FEE_VAT', null, 1_420_000, -80_377), line('FEE_SURCHARGE', null, 80_377, -9_645),
    line('TRANSACTIONS', null, null, -2_500_000),
  ])
  await customerWith([{ who: li, share: 100, from: 1, to: 16 }, { who: zhao, share: 100, from: 16, to: 32 }], [line('DEPOSIT', 'D1', 1_000, 100_001)])
  await customerWith([], [line('DEPOSIT', 'D2', 1_000, 5_000), line('DEPOSIT_INSURANCE', null, 1_000, -3)])
  await customerWith([{ who: qian, share: 100, from: 1, to: 32 }], [line('TRANSACTIONS', null, null, -777)], qian)
  for (let seed = 0; seed < 24; seed += 1) {
    const roll = chance(seed)
    const lines = [
      ...(roll(4) > 0 ? [line('DEPOSIT', 'D1', roll(100_000), roll(200_001) - 60_000)] : []), ...(roll(2) > 0 ? [line('DEPOSIT', 'D2', 1 + roll(100_000), roll(100_001))] : []), ...(roll(2) > 0 ? [line('DEPOSIT_INSURANCE', null, 1, -roll(999))] : []),
      ...(roll(2) > 0 ? [line('LOAN_INTEREST', 'L1', 1 + roll(1_000_000), roll(500_001)), line('LOAN_FUNDING', 'L1', 1, -roll(400_001)), line('LOAN_VAT', null, 1, -roll(30_001)), line('EXPECTED_LOSS', null, 1, -roll(30_001))] : []),
      ...(roll(3) === 0 ? [line('FEES', null, null, roll(5_001)), line('FEE_VAT', null, 1, -roll(300))] : []), ...(roll(2) > 0 ? [line('CONTACTS', null, null, -roll(3_001))] : []),
    ]
    const [a, b, c] = [1 + roll(98), 2 + roll(30), roll(4)]
    const held = [[{ who: li, share: 100, from: 1, to: 32 }], [{ who: li, share: a, from: 1, to: 32 }, { who: wang, share: 100 - a, from: 1, to: 32 }], [{ who: zhao, share: 100, from: b, to: 32 }], [{ who: wang, share: 100, from: 1, to: b }, { who: li, share: 33.33, from: b, to: 32 }, { who: zhao, share: 66.67, from: b, to: 32 }]][c]
    await customerWith(held ?? [], lines)
  }
  await owner.end()
  await bank.services.db.asBatch((tx) => refreshProfitSums(tx, month, newId()))
}, 300_000)
afterAll(() => bank.close())

const view = async (who: Colleague, query: Record<string, unknown> = {}): Promise<ProfitView> => (await bank.ask(who, getProfitView, { query })).body as unknown as ProfitView
const sumOf = (told: ProfitView): bigint => sumFen(told.parts.map(({ amountFen }) => BigInt(amountFen)))

describe('simulated profit by product, outlet and manager', () => {
  test('whichever way it is told the parts sum to the same whole, which is that of the customers', async () => {
    const whole = sumFen(made.flatMap(({ lines }) => lines.map(({ amountFen }) => amountFen)))
    for (const by of ['PRODUCT', 'OUTLET', 'MANAGER']) {
      const told = await view(bank.staff.leader, { by })
      expect([by, told.by, told.amountFen, sumOf(told)]).toEqual([by, by, whole.toString(), whole])
    }
  })
  test('each manager has his share of each customer, each product what the customers’ pages say of it, to the fen', async () => {
    const managers = new Map<string | null, bigint>()
    const products = new Map<string | null, bigint>()
    for (const one of made) {
      for (const [staff, fen] of sharesOf(one)) managers.set(staff === 0 ? null : String(staff), (managers.get(staff === 0 ? null : String(staff)) ?? 0n) + fen)
      for (const { product, amountFen } of byProduct(one.lines)) products.set(product, (products.get(product) ?? 0n) + amountFen)
    }
    const by = async (group: string) => new Map((await view(bank.staff.leader, { by: group })).parts.map(({ key, amountFen }) => [key, BigInt(amountFen)]))
    expect(await by('MANAGER')).toEqual(new Map([...managers].sort(([, a], [, b]) => (a > b ? -1 : 1))))
    expect(new Map([...(await by('PRODUCT'))].sort())).toEqual(new Map([...products].filter(([, fen]) => fen !== 0n).sort()))
  })
  test('ftp-contribution: 123,389.12 of two managers 60 : 40 is 74,033.47 and 49,355.65', async () => {
    const of = async (who: Colleague) => ((await bank.ask(who, listProfitCustomers, { query: { month, staff: who.staffKey } })).body.items ?? []).find((one) => one['customerId'] === shared)?.['amountFen']
    expect([await of(bank.staff.li), await of(bank.staff.wang)]).toEqual(['7403347', '4935565'])
  })
  test('narrowed: a product by manager, a manager by product, an outlet by manager; each sums to the row it came from', async () => {
    const { leader, li } = bank.staff
    const products = await view(leader, { by: 'PRODUCT' })
    for (const { key, amountFen } of products.parts) {
      const told = await view(leader, { part: key, by: 'MANAGER' })
      expect([key, told.amountFen, sumOf(told)]).toEqual([key, amountFen, BigInt(amountFen)])
    }
    const own = (await view(leader, { by: 'MANAGER' })).parts.find(({ key }) => key === String(li.staffKey))
    const told = await view(leader, { staff: li.staffKey })
    expect([told.by, told.groups, told.narrowed.staff, told.amountFen, sumOf(told)]).toEqual(['PRODUCT', ['PRODUCT'], '李晓雯', own?.amountFen, BigInt(own?.amountFen ?? '0')])
    expect((await view(leader, { by: 'MANAGER' })).parts.find(({ key }) => key === null)?.name).toBeNull()
    const south = (await view(leader, { by: 'OUTLET' })).parts.find(({ key }) => key === String(bank.units.south.key))
    expect((await view(leader, { place: bank.units.south.key, by: 'MANAGER' })).amountFen).toBe(south?.amountFen)
  })
  test('down to the customers: they sum to the manager’s figure, of a product too; who is not seen any more stands in the rest', async () => {
    const { li, lead } = bank.staff
    for (const part of [undefined, 'D1']) {
      const { amountFen } = await view(li, part === undefined ? {} : { part })
      const { body } = await bank.ask(li, listProfitCustomers, { query: { month, staff: li.staffKey, ...(part === undefined ? {} : { part }) } })
      expect(body).toMatchObject({ amountFen, others: { amountFen: '0' } })
      expect(sumFen((body.items ?? []).map((one) => BigInt(String(one['amountFen'])))).toString()).toBe(amountFen)
    }
    await bank.look(`UPDATE customer SET viewers = '{}' WHERE customer_id = $1`, [shared])
    const { body } = await bank.ask(li, listProfitCustomers, { query: { month, staff: li.staffKey } })
    expect(body['others']).toEqual({ amountFen: '7403347' })
    expect((await bank.ask(lead, listProfitCustomers, { query: { month, staff: li.staffKey } })).body['others']).toEqual({ amountFen: '0' })
  })
  test('each sees his own scope and no other: manager, lead, head of the other branch, head of a place; other posts nothing', async () => {
    const { li, wang, lead, otherBranchHead, placeHead, qian, reviewer } = bank.staff
    expect((await view(li)).groups).toEqual(['PRODUCT'])
    expect(BigInt((await view(lead)).amountFen)).toBe(BigInt((await view(li)).amountFen) + BigInt((await view(wang)).amountFen) + (await view(lead, { by: 'MANAGER' })).parts.filter(({ key }) => key === null).reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n))
    for (const who of [otherBranchHead, placeHead, qian]) expect((await view(who)).amountFen).toBe('-777')
    expect((await bank.ask(wang, listProfitCustomers, { query: { month, staff: li.staffKey } })).body.refusal).toBe('not-found')
    expect((await bank.ask(wang, getProfitView, { query: { staff: li.staffKey } })).body.refusal).toBe('not-found')
    expect((await bank.ask(otherBranchHead, listProfitCustomers, { query: { month, staff: li.staffKey } })).body.refusal).toBe('not-found')
    expect((await bank.ask(reviewer, getProfitView)).body.refusal).toBe('not-allowed')
    expect((await bank.ask(li, getProfitView, { query: { month: '2026-01' } })).body.refusal).toBe('not-found')
  })
  test('as a workbook: its rows sum to its first one; purpose in sheet and journal', async () => {
    const { lead } = bank.staff
    const [sheet = []] = await readBook((await bank.ask(lead, exportProfit, { body: { by: 'MANAGER', purpose: '经营分析会' } })).bytes)
    expect(sheet[1]?.[0]).toMatch(/导出，用途：经营分析会。内部资料，禁止外传$/)
    expect(sheet[2]).toEqual(['客户经理', '所属机构', '客户数', '模拟利润', '上月'])
    const [sum, ...parts] = sheet.slice(3, -1)
    expect(Math.round(parts.reduce((all, row) => all + Number(row[3]) * 100, 0))).toBe(Math.round(Number(sum?.[3]) * 100))
    expect(await bank.look("SELECT why FROM journal_line WHERE after ->> 'export' = 'profit'")).toEqual([{ why: '经营分析会' }])
    await bank.services.db.asBatch((tx) => refreshProfitSums(tx, month, newId()))
    expect((await view(lead, { by: 'MANAGER' })).parts.length).toBe(parts.length)
  })
})
