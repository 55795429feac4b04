import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkIdentity } from '../customers/identity-number.rules.ts'
import { fenFromYuan, yuanText } from '../foundation/values/fen.ts'
import { bankPlan } from './bank-plan.ts'
import { inventedResidentId, inventedUscc } from './identity-numbers.ts'
import { customers } from './known-cases.ts'
import { writeDelivery, type DeliveryOrder } from './write-delivery.ts'

const folder = mkdtempSync(join(tmpdir(), 'yq-delivery-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const nothing = (): Promise<void> => Promise.resolve()
const numbers = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, place) => first + place)
const order = (more: Partial<DeliveryOrder> = {}): DeliveryOrder => ({
  indexes: numbers(1, 150), count: 150, historyFrom: '2026-05-01', historyTo: '2026-11-22', span: { after: null, to: '2026-11-22' }, kind: 'FULL', withOrganisation: true, ...more,
})
const lines = (dir: string, file: string): string[] => new TextDecoder('gb18030', { fatal: true }).decode(readFileSync(join(dir, file))).trimEnd().split('\n')
const hashOf = (dir: string): string => {
  const hash = createHash('sha256')
  for (const name of readdirSync(dir).sort()) hash.update(name).update(readFileSync(join(dir, name)))
  return hash.digest('hex')
}

describe('a demo delivery', () => {
  const dir = join(folder, 'a')
  let made: Awaited<ReturnType<typeof writeDelivery>>
  beforeAll(async () => {
    made = await writeDelivery(dir, order(), nothing)
  })

  test('is the same, byte for byte, whenever it is written', async () => {
    await writeDelivery(join(folder, 'b'), order(), nothing)
    expect(hashOf(join(folder, 'b'))).toBe(hashOf(dir))
  })

  test('its control file tells the rows and sums of the files', () => {
    const told = new Map(lines(dir, 'control.csv').slice(1).map((line) => line.split(',')).map(([file, item, value]) => [`${file ?? ''} ${item ?? ''}`, value ?? '']))
    expect(told.get('* date')).toBe('20261122')
    for (const [file, rows] of Object.entries(made.files)) {
      const name = readdirSync(dir).find((one) => one.startsWith(`${file}.`)) ?? ''
      expect(lines(dir, name).length - (name.endsWith('.csv') ? 1 : 0)).toBe(rows)
      expect(told.get(`${file} rows`)).toBe(String(rows))
    }
    const sums = { IN: 0n, OUT: 0n }
    for (const line of lines(dir, 'transactions.txt')) sums[line.slice(48, 51).trim() as 'IN' | 'OUT'] += fenFromYuan(line.slice(54, 70).trim())
    expect(told.get('transactions amount:IN')).toBe(yuanText(sums.IN))
    expect(told.get('transactions amount:OUT')).toBe(yuanText(sums.OUT))
    let balances = 0n
    for (const line of lines(dir, 'balances.txt')) balances += fenFromYuan(line.slice(28).trim())
    expect(told.get('balances balance')).toBe(yuanText(balances))
  })

  test('fixed lines have the bytes of the layout', () => {
    for (const [name, width] of [['balances.txt', 46], ['transactions.txt', 201]] as const) {
      const bytes = readFileSync(join(dir, name))
      expect(bytes.length % (width + 1)).toBe(0)
      for (let at = width; at < bytes.length; at += width + 1) if (bytes[at] !== 0x0a) expect.fail(`${name} at ${at}`)
    }
  })

  test('the closing balance of a day is the balance after its last transaction', () => {
    const closing = new Map(lines(dir, 'balances.txt').map((line) => [line.slice(0, 28), line.slice(28).trim()]))
    const last = new Map(lines(dir, 'transactions.txt').map((line) => [line.slice(20, 48), line.slice(70, 86).trim()]))
    for (const [accountDay, after] of last) expect(closing.get(accountDay)).toBe(after)
  })

  test('parts by date add up to the whole', async () => {
    const first = await writeDelivery(join(folder, 'c'), order({ span: { after: null, to: '2026-08-31' } }), nothing)
    const second = await writeDelivery(join(folder, 'd'), order({ span: { after: '2026-08-31', to: '2026-11-22' }, kind: 'DELTA', withOrganisation: false }), nothing)
    for (const file of ['balances', 'transactions', 'loan_states', 'customers']) expect((first.files[file] ?? 0) + (second.files[file] ?? 0)).toBe(made.files[file])
  })

  test('a folder that is not empty is refused', async () => {
    await expect(writeDelivery(dir, order(), nothing)).rejects.toThrow()
  })

  test('the known customers are there, the long name and the rare character too', () => {
    const rows = lines(dir, 'customers.csv').map((line) => line.split(','))
    const known = new Map(rows.map(([number, , name]) => [number, name]))
    for (const number of Object.values(customers)) expect(known.has(number)).toBe(true)
    expect(known.get(customers.longName)).toContain('昇垚同德')
  })
})

describe('invented numbers', () => {
  const set = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  const powers = (base: number, modulus: number, count: number): number[] => Array.from({ length: count }, (_, place) => base ** place % modulus)

  test('unified social credit codes: both check characters are right, none twice', () => {
    const seen = new Set<string>()
    const weights = powers(3, 31, 17)
    for (let index = 0; index < 5_000; index++) {
      const code = inventedUscc(index, '91', '140105')
      const sum = weights.reduce((total, weight, place) => total + weight * set.indexOf(code[place] ?? ''), 0)
      expect(set.indexOf(code[17] ?? '')).toBe((31 - (sum % 31)) % 31)
      const inner = [3, 7, 9, 10, 5, 8, 4, 2].reduce((total, weight, place) => total + weight * Number.parseInt(code[8 + place] ?? '0', 36), 0) % 11
      expect(code[16]).toBe({ 0: '0', 1: 'X' }[inner] ?? String(11 - inner))
      seen.add(code)
    }
    expect(seen.size).toBe(5_000)
  })

  test('resident identity cards: check character, day of birth and sex are right, none twice', () => {
    const seen = new Set<string>()
    for (let index = 0; index < 5_000; index++) {
      const sex = index % 2 === 0 ? 'F' : 'M'
      const { number, birthDate } = inventedResidentId(index, sex)
      // ISO 7064 mod 11-2: the weighted sum with the check character leaves 1
      let rest = 0
      for (const [place, digit] of [...number].entries()) rest = (rest + (digit === 'X' ? 10 : Number(digit)) * (2 ** (17 - place) % 11)) % 11
      expect(rest).toBe(1)
      expect(number.slice(6, 14)).toBe(birthDate.replaceAll('-', ''))
      expect(Number(number[16]) % 2).toBe(sex === 'M' ? 1 : 0)
      seen.add(number)
    }
    expect(seen.size).toBe(5_000)
  })
})

describe('the rules of customers accept every invented number', () => {
  test.each([['USCC', (index: number) => inventedUscc(index, '92', '140703')], ['RESIDENT_ID', (index: number) => inventedResidentId(index, index % 2 === 0 ? 'F' : 'M').number]] as const)('%s', (kind, made) => {
    for (let index = 0; index < 2_000; index++) expect(checkIdentity(kind, made(index * 37), '2026-11-23')).toMatchObject({ ok: true })
  })
})

describe('the plan of the demo bank', () => {
  const plan = bankPlan()

  test('one head office, 3 branches, 9 sub-branches, 20 outlets, one 客户经理部', () => {
    const count = (kind: string): number => plan.units.filter((unit) => unit.kind === kind).length
    expect({ head: count('HEAD_OFFICE'), branches: count('BRANCH'), sub: count('SUB_BRANCH'), outlets: count('OUTLET'), departments: count('RM_DEPARTMENT') }).toEqual({ head: 1, branches: 3, sub: 9, outlets: 20, departments: 1 })
    expect(new Set(plan.units.map(({ code }) => code)).size).toBe(plan.units.length)
    expect(new Set(plan.people.map(({ staffNo }) => staffNo)).size).toBe(plan.people.length)
  })

  test('every post of the house is held by somebody', () => {
    const held = new Set(plan.people.flatMap(({ posts }) => posts.map(({ post }) => post)))
    for (const post of ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'OUTLET_HEAD_PLACE', 'BRANCH_HEAD', 'BANK_LEADER', 'LOBBY', 'REVIEWER', 'DISBURSEMENT', 'POST_LOAN', 'AUDIT', 'COMPLIANCE', 'AML', 'HR', 'PERFORMANCE', 'PRODUCT', 'DATA_STEWARD', 'ADMIN']) {
      expect(held.has(post), post).toBe(true)
    }
  })
})
