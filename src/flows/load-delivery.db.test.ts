import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hashHomes, homeHash } from '../customers/file/keep-home.ts'
import { balanceLine, smallDelivery, transactionLine, writeDelivery, type SmallDelivery } from '../deliveries/testing.ts'
import { readProfile } from '../deliveries/read-profile.ts'
import { encodeGb18030 } from '../demo/gb18030.ts'
import { readConfig } from '../foundation/config/config.ts'
import { NamedFailure } from '../foundation/config/named-failure.ts'
import { testDatabase, type TestDatabase } from '../foundation/database/testing.ts'
import { sql, type Sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { makeServices } from '../server.ts'
import { loadDelivery, type Loaded } from './load-delivery.ts'

let database: TestDatabase
let services: Services
const servicesOf = (of: TestDatabase): Services => makeServices(readConfig({ YINQIAO_DATA: of.folder }, of.folder).config, of.db)
const rows = <Row>(query: Sql<Row>): Promise<Row[]> => services.db.asBatch((tx) => tx.all(query))
const folder = (name: string): string => join(database.folder, name)
const load = (dir: string): Promise<Loaded> => loadDelivery(services, { dir, profile: 'yinqiao', firstPasswords: false })
const write = (name: string, delivery: SmallDelivery, more: Parameters<typeof writeDelivery>[3] = {}): string => writeDelivery(folder(name), delivery, encodeGb18030, more)

/** Every row of the bank that a delivery may touch, as text: two of them are equal when nothing changed. */
const everything = async (): Promise<string> => {
  const tables = ['bank', 'institution', 'staff', 'post_held', 'product', 'customer', 'corporate', 'person', 'identity_document', 'phone', 'identifier', 'search_hash', 'assignment', 'account', 'balance_span', 'account_transaction', 'loan', 'loan_span', 'card', 'tier_held']
  const owner = await database.db.connectOwner()
  try {
    const found: string[] = []
    for (const table of tables) {
      const { rows: [row] } = await owner.query<{ hash: string }>(`SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' ORDER BY t::text)), '') AS hash FROM ${table} t`)
      found.push(`${table} ${row?.hash ?? ''}`)
    }
    return found.join('\n')
  } finally {
    await owner.end()
  }
}

async function refused(dir: string): Promise<NamedFailure> {
  const before = await everything()
  const failure = await load(dir).then(() => undefined, (error: unknown) => error)
  if (!(failure instanceof NamedFailure)) throw new Error(`was not refused by name: ${String(failure)}`)
  expect(await everything()).toBe(before)
  return failure
}

beforeAll(async () => {
  database = await testDatabase()
  services = servicesOf(database)
})
afterAll(() => database.drop())

const spans = (account: string): Promise<{ from: string; to: string | null; fen: string }[]> =>
  rows(sql`SELECT b.from_date AS "from", b.to_date AS "to", b.balance_fen AS fen FROM balance_span b JOIN account a ON a.customer_id = b.customer_id AND a.id = b.account_id WHERE a.core_key = ${account} ORDER BY 1`)

describe('the first delivery in the own layout (GB18030, fixed width and CSV)', () => {
  test('begins the bank and ties', async () => {
    const loaded = await load(write('first', smallDelivery(), { gzip: ['transactions', 'customers'] }))
    expect(loaded).toMatchObject({ same: false, businessDate: '2026-11-20', rejected: 0, rows: { customers: 2, balances: 4, transactions: 3 } })
    expect(loaded.totals.filter((total) => total.expected !== null && total.expected !== total.received)).toEqual([])
    expect(await rows(sql`SELECT code, currency, business_date FROM bank`)).toEqual([{ code: 'small', currency: 'CNY', business_date: '2026-11-20' }])
  })

  test('customers are found, seen by their managers, and keep their numbers encrypted', async () => {
    const found = await rows(sql<Record<string, unknown>>`SELECT number, name, name_initials, scope_path, viewers, deposit_fen, month_adb_fen, last_month_adb_fen, figures_as_of FROM customer ORDER BY number`)
    expect(found).toMatchObject([
      { number: 'C1', name: '远大机械有限公司', name_initials: 'ydjxyxgs', deposit_fen: '150000', month_adb_fen: '102500', last_month_adb_fen: '0', figures_as_of: '2026-11-20' },
      { number: 'C2', name: '尉迟敏', name_initials: 'ycm', deposit_fen: '8880', month_adb_fen: '8880', last_month_adb_fen: '3437' },
    ])
    const main = await rows(sql<{ path: string }>`SELECT line_path AS path FROM organisation_post_facts WHERE staff_no = '000101'`)
    expect(found[0]?.['scope_path']).toBe(main[0]?.path)
    expect(found[0]?.['viewers']).toHaveLength(2)
    const [document] = await rows(sql<{ number_cipher: Buffer; customer_id: string; tail: string; checked: boolean; number_hash: Buffer }>`SELECT d.* FROM identity_document d JOIN customer c USING (customer_id) WHERE c.number = 'C2'`)
    if (!document) throw new Error('no document')
    expect(document).toMatchObject({ tail: '002X', checked: true })
    expect(document.number_cipher.toString('latin1')).not.toContain('11010519491231')
    expect(await services.db.asBatch((tx) => services.keys.decrypt(tx, document.customer_id, document.number_cipher))).toBe('11010519491231002X')
    expect(document.number_hash.equals(services.keys.keyring.hash('RESIDENT_ID', '11010519491231002X'))).toBe(true)
    expect(await rows(sql`SELECT uscc, registered_address FROM corporate`)).toEqual([{ uscc: '91350100M000100Y43', registered_address: '城南路1号,甲栋' }])
  })

  test('balances are spans, a backslash in a memo survives', async () => {
    expect(await spans('A1')).toEqual([{ from: '2026-11-01', to: '2026-11-20', fen: '100000' }, { from: '2026-11-20', to: null, fen: '150000' }])
    expect(await rows(sql`SELECT memo, counterparty_name, counterparty_tail FROM account_transaction WHERE core_key = 'T2'`)).toEqual([{ memo: '工资 \\ 奖金', counterparty_name: '南山五金厂', counterparty_tail: '2222' }])
  })

  test('twice is once', async () => {
    const before = await everything()
    expect(await load(folder('first'))).toMatchObject({ same: true, changed: 0 })
    // the same facts in files that are packed otherwise, or called a delta: read again, nothing differs
    expect(await load(write('again', smallDelivery()))).toMatchObject({ same: false, changed: 0 })
    const delta = smallDelivery()
    delta.control['kind'] = 'DELTA'
    const third = await load(write('again', delta))
    expect(third).toMatchObject({ same: false, changed: 0 })
    expect(await everything()).toBe(before)
  })
})

describe('full, delta, correction', () => {
  const only = (kind: string, date: string, files: SmallDelivery['files']): SmallDelivery => ({ control: { ...smallDelivery().control, kind, date }, files })

  test('a delta moves the day, its balance holds until the next change', async () => {
    await load(write('delta', only('DELTA', '20261121', { balances: [balanceLine('A1', '20261121', '1600.00')], transactions: [transactionLine('T4', 'A1', '20261121', 'IN', '100.00')] })))
    expect(await spans('A1')).toEqual([{ from: '2026-11-01', to: '2026-11-20', fen: '100000' }, { from: '2026-11-20', to: '2026-11-21', fen: '150000' }, { from: '2026-11-21', to: null, fen: '160000' }])
    expect(await rows(sql`SELECT business_date FROM bank`)).toEqual([{ business_date: '2026-11-21' }])
  })

  test('a correction of an old day re-opens the span and does not move the day back', async () => {
    await load(write('correction', only('CORRECTION', '20261110', { balances: [balanceLine('A1', '20261110', '900.00')] })))
    expect(await spans('A1')).toEqual([
      { from: '2026-11-01', to: '2026-11-10', fen: '100000' }, { from: '2026-11-10', to: '2026-11-20', fen: '90000' }, { from: '2026-11-20', to: '2026-11-21', fen: '150000' }, { from: '2026-11-21', to: null, fen: '160000' },
    ])
    expect(await rows(sql`SELECT business_date FROM bank`)).toEqual([{ business_date: '2026-11-21' }])
    expect(await rows(sql`SELECT month_adb_fen AS fen FROM customer WHERE number = 'C1'`)).toEqual([{ fen: '100476' }]) // (9 × 1000 + 10 × 900 + 1500 + 1600) ÷ 21
  })

  test('in FULL a balance of an old day mends this day only', async () => {
    await load(write('full-old', only('FULL', '20261115', { balances: [balanceLine('A1', '20261115', '700.00')] })))
    expect((await spans('A1')).slice(1, 4)).toEqual([{ from: '2026-11-10', to: '2026-11-15', fen: '90000' }, { from: '2026-11-15', to: '2026-11-16', fen: '70000' }, { from: '2026-11-16', to: '2026-11-20', fen: '90000' }])
  })

  test('the day mended back: the spans grow together again', async () => {
    await load(write('mended', only('CORRECTION', '20261115', { balances: [balanceLine('A1', '20261115', '900.00')] })))
    expect((await spans('A1')).slice(1, 3)).toEqual([{ from: '2026-11-10', to: '2026-11-20', fen: '90000' }, { from: '2026-11-20', to: '2026-11-21', fen: '150000' }])
  })

  test('a new address of a person takes the place of the old one; its keyed hash finds who lives behind the same door, also where it was not kept before', async () => {
    type Home = { cipher: Buffer; hash: Buffer | null; customer: string }
    const home = async (): Promise<Home> => (await rows(sql<Home>`SELECT p.address_cipher AS cipher, p.address_hash AS hash, p.customer_id AS customer FROM person p JOIN customer c USING (customer_id) WHERE c.number = 'C2'`))[0] ?? { cipher: Buffer.of(), hash: null, customer: '' }
    const [header = '', , person = ''] = smallDelivery().files['customers'] ?? []
    const moved = (name: string, address: string) => load(write(name, only('DELTA', '20261121', { customers: [header, person.replace('北京某路 9 号', address)] })))
    expect((await home()).hash?.length).toBe(16)
    await moved('moved', '山西省太原市小店区平阳路8号3号楼2单元501室')
    const after = await home()
    expect(await services.db.asBatch((tx) => services.keys.decrypt(tx, after.customer, after.cipher))).toBe('山西省太原市小店区平阳路8号3号楼2单元501室')
    expect(after.hash?.equals(homeHash(services.keys.keyring, '小店区平阳路8号3栋2单元501', null))).toBe(true)
    expect(await moved('same-door', '小店区平阳路8号3-2-501')).toMatchObject({ changed: 0 })
    const owner = await database.db.connectOwner()
    await owner.query('UPDATE person SET address_hash = NULL')
    await owner.end()
    expect(await services.db.asBatch((tx) => hashHomes(tx, services.keys))).toBe(1)
    expect((await home()).hash?.equals(after.hash ?? Buffer.of())).toBe(true)
  })

  test('a customer whose files tell no opening day began with his first account or loan, once that is there; a day that is told stays', async () => {
    const [customers = '', , person = ''] = smallDelivery().files['customers'] ?? []
    const [accounts = ''] = smallDelivery().files['accounts'] ?? []
    const without = (number: string, document: string): string => person.replace('C2,', `${number},`).replace(',20210301,', ',,').replace('RESIDENT_ID,11010519491231002X', `PASSPORT,${document}`)
    const account = (key: string, number: string, day: string): string => `${key},${number},62220000000001${key.slice(1)},CUR,CNY,O2,${day},,,`
    const began = () => rows(sql<{ number: string; day: string | null }>`SELECT number, opened_on AS day FROM customer WHERE number >= 'C2' ORDER BY number`)
    const told = { customers: [customers, without('C3', 'E1'), without('C4', 'E2')], accounts: [accounts, account('A31', 'C3', '20261118'), account('A32', 'C3', '20261103')] }
    await load(write('no-day', only('DELTA', '20261121', told)))
    expect(await began()).toEqual([{ number: 'C2', day: '2021-03-01' }, { number: 'C3', day: '2026-11-03' }, { number: 'C4', day: null }])
    // C4 comes without a day again, and with a loan of before his account
    const [loans = ''] = smallDelivery().files['loans'] ?? []
    await load(write('no-day-2', only('DELTA', '20261121', { customers: told.customers, accounts: [accounts, account('A41', 'C4', '20261120')], loans: [loans, 'L4,C4,A41,LOAN,CNY,O2,1000.00,20261119,20271119,12,90.00,0.0385,,'] })))
    expect(await began()).toEqual([{ number: 'C2', day: '2021-03-01' }, { number: 'C3', day: '2026-11-03' }, { number: 'C4', day: '2026-11-19' }])
    expect(await load(write('no-day-3', only('DELTA', '20261121', { customers: told.customers })))).toMatchObject({ same: false, changed: 0 })
  })

  test('a closed month is changed only by a correction', async () => {
    const owner = await database.db.connectOwner()
    try {
      await owner.query("SET session_replication_role = replica; INSERT INTO closed_month (month, scheme_code, run_id, closed_on) VALUES ('2026-10-01', 'POINTS', gen_random_uuid(), '2026-11-05')")
    } finally {
      await owner.end()
    }
    const late = { balances: [balanceLine('A3', '20261025', '99.00')], transactions: [transactionLine('T5', 'A3', '20261025', 'IN', '10.20')] }
    const failure = await refused(write('late', only('DELTA', '20261121', late)))
    expect(failure.failure).toBe('rows-rejected')
    expect(failure.text.zh).toMatch(/transactions\.txt 第 1 行 booked_on 列：会改动已关账的月份.*balances\.txt 第 1 行 day 列/)
    // what is there already and the same is no change
    await load(write('same', only('DELTA', '20261121', { balances: [balanceLine('A3', '20261025', '88.80')] })))
    await load(write('late', only('CORRECTION', '20261121', late)))
    expect(await spans('A3')).toEqual([{ from: '2026-10-20', to: '2026-10-25', fen: '8880' }, { from: '2026-10-25', to: null, fen: '9900' }])
  })
})

describe('bad deliveries: refused with file, row and column, nothing half-loaded', () => {
  let delivery: SmallDelivery
  let serial = 0
  beforeEach(() => {
    delivery = smallDelivery()
    delivery.control['date'] = '20261122'
    serial++
  })
  const bad = (more: Parameters<typeof writeDelivery>[3] = {}): string => write(`bad-${serial}`, delivery, more)
  const line = (file: string, place: number, change: (text: string) => string): void => {
    const lines = delivery.files[file] ?? []
    lines[place] = change(lines[place] ?? '')
  }

  test('a missing file', async () => {
    const dir = bad()
    rmSync(join(dir, 'accounts.csv'))
    expect(await refused(dir)).toMatchObject({ failure: 'files-missing', text: { en: 'missing files: accounts.csv' } })
  })

  test('a cut-off gzip', async () => {
    const dir = bad({ gzip: ['transactions'] })
    const path = join(dir, 'transactions.txt.gz')
    writeFileSync(path, readFileSync(path).subarray(0, statSync(path).size - 12))
    expect((await refused(dir)).text.en).toMatch(/^transactions\.txt\.gz: the gzip file is cut off \(after row \d+\)/)
  })

  test('another order of columns', async () => {
    line('accounts', 0, (text) => text.replace('account_key,customer_number', 'customer_number,account_key'))
    expect((await refused(bad())).text.en).toContain('accounts.csv, row 1: column 1 should be account_key, but is customer_number')
  })

  test('a wrong total: rows, and a sum', async () => {
    const failure = await refused(bad({ totals: { 'transactions amount:IN': '588.81', 'customers rows': '3' } }))
    expect(failure.failure).toBe('totals-differ')
    expect(failure.text.en).toContain('customers rows: 3 expected, 2 received, difference -1')
    expect(failure.text.en).toContain('transactions amount:IN: 588.81 expected, 588.80 received, difference -0.01')
  })

  test('30 February', async () => {
    line('accounts', 2, (text) => text.replace('20210301', '20210230'))
    expect((await refused(bad())).text.zh).toContain('accounts.csv 第 3 行 opened_on 列：不是有效的日期')
  })

  test('a wrong encoding: UTF-8 instead of GB18030', async () => {
    const dir = bad()
    writeFileSync(join(dir, 'customers.csv'), `${(delivery.files['customers'] ?? []).join('\n')}\n`, 'utf8')
    expect(await refused(dir)).toMatchObject({ failure: 'wrong-encoding', text: { en: expect.stringContaining('customers.csv, row 2: the encoding is not gb18030 as the profile says, it looks like UTF-8') as string } })
  })

  test('a wrong encoding in the middle of a line', async () => {
    const dir = bad()
    const path = join(dir, 'customers.csv')
    const bytes = readFileSync(path)
    bytes[bytes.indexOf(encodeGb18030('尉迟敏')) + 1] = 0xff
    writeFileSync(path, bytes)
    expect((await refused(dir)).text.zh).toContain('customers.csv 第 3 行 name 列')
  })

  test('a duplicate key', async () => {
    delivery.files['transactions']?.push(transactionLine('T1', 'A3', '20261021', 'IN', '1.00'))
    expect((await refused(bad())).text.en).toContain('transactions.txt, row 4, column transaction_key: the key stands twice')
  })

  test('two currencies: an account, and a booking', async () => {
    line('accounts', 3, (text) => text.replace(',CNY,', ',USD,'))
    line('transactions', 0, () => transactionLine('T1', 'A1', '20261120', 'IN', '500.00', { currency: 'USD' }))
    const failure = await refused(bad())
    expect(failure.text.en).toContain('accounts.csv, row 4, column currency')
    expect(failure.text.en).toContain('transactions.txt, row 1, column currency')
  })

  test('another bank', async () => {
    delivery.control['bank'] = 'other'
    expect((await refused(bad())).failure).toBe('another-bank')
  })

  test.each([
    ['an account without customer', 'accounts', 1, (text: string) => text.replace(',C1,', ',C9,'), 'accounts.csv 第 2 行 customer_number 列：没有这个客户号'],
    ['a booking without account', 'transactions', 1, (text: string) => text.replace('A3 ', 'A9 '), 'transactions.txt 第 2 行 account_key 列：没有这个账户'],
    ['an identity number with a wrong check character', 'customers', 2, (text: string) => text.replace('11010519491231002X', '110105194912310021'), 'customers.csv 第 3 行 identity_number 列：证件号码校验不通过'],
    ['shares that do not sum to 100', 'assignments', 2, (text: string) => text.replace('30.00', '20.00'), 'assignments.csv 第 2 行 share_pct 列：同一天的份额合计不是 100%'],
    ['an amount with three decimals', 'loans', 1, (text: string) => text.replace('300000.00', '300000.005'), 'loans.csv 第 2 行 amount 列：不是金额'],
    ['a line that is too short', 'balances', 2, (text: string) => text.slice(1), 'balances.txt 第 3 行：行长与方案不符'],
    ['a quote that is not closed', 'customers', 1, (text: string) => text.replace('甲栋"', '甲栋'), 'customers.csv 第 2 行：引号没有成对'],
    ['a control character', 'staff', 1, (text: string) => text.replace('李晓雯', '李\u0007雯'), 'staff.csv 第 2 行 name 列：含有控制字符'],
    ['a day after the business date', 'transactions', 0, (text: string) => text.replace('20261120', '20261123'), 'transactions.txt 第 1 行 booked_on 列：日期晚于交付的业务日期'],
    ['a number that another customer has', 'customers', 2, (text: string) => text.replace('C2,PERSON', 'C3,PERSON'), 'customers.csv 第 3 行 identity_number 列：证件号码已属于另一客户'],
  ])('%s', async (_what, file, place, change, told) => {
    line(file, place, change)
    expect((await refused(bad())).text.zh).toContain(told)
  })

  test('rejects are kept with their place, the values sealed and in a file for its owner only', async () => {
    line('customers', 2, (text) => text.replace('11010519491231002X', '110105194912310021'))
    await refused(bad())
    const [reject] = await rows(sql<{ delivery_id: string; value_sealed: Buffer; row_no: number }>`SELECT r.* FROM delivery_reject r JOIN delivery d ON d.id = r.delivery_id WHERE r.reason = 'identity-number' ORDER BY d.received_at DESC LIMIT 1`)
    if (!reject) throw new Error('no reject')
    expect(reject.value_sealed.toString('latin1')).not.toContain('1101051949')
    const path = join(database.folder, 'deliveries', `${reject.delivery_id}-rejects.csv`)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readFileSync(path, 'utf8')).toContain('"customers.csv","3","identity_number","110105194912310021"')
  })
})

describe('a bank that lets a few rows be rejected', () => {
  test('a bad customer takes what hangs on him along; the rest is loaded, all of it is told', async () => {
    const other = await testDatabase()
    try {
      const own = servicesOf(other)
      const delivery = smallDelivery()
      const customers = delivery.files['customers'] ?? []
      customers[2] = (customers[2] ?? '').replace('11010519491231002X', '110105194912310021')
      const dir = writeDelivery(join(other.folder, 'few'), delivery, encodeGb18030)
      const lenient = { ...readProfile('yinqiao'), mostRejects: 10 }
      const loaded = await loadDelivery(own, { dir, profile: lenient, firstPasswords: false })
      // the customer, his assignment, his account, its balance and its two bookings
      expect(loaded.rejected).toBe(6)
      const { customer, account, transaction } = await own.db.asBatch((tx) => tx.one(sql<{ customer: number; account: number; transaction: number }>`
        SELECT (SELECT count(*)::int FROM customer) AS customer, (SELECT count(*)::int FROM account) AS account, (SELECT count(*)::int FROM account_transaction) AS transaction`))
      expect([customer, account, transaction]).toEqual([1, 2, 1])
      await expect(loadDelivery(servicesOf(other), { dir, profile: { ...lenient, mostRejects: 5 }, firstPasswords: false })).rejects.toMatchObject({ failure: 'rows-rejected' })
    } finally {
      await other.drop()
    }
  })

  test('the first people of a new bank get passwords once, in a file for its owner only', async () => {
    const other = await testDatabase()
    try {
      const own = servicesOf(other)
      const loaded = await loadDelivery(own, { dir: writeDelivery(join(other.folder, 'first'), smallDelivery(), encodeGb18030), profile: 'yinqiao' })
      if (loaded.passwordsFile === null) throw new Error('no passwords')
      expect(statSync(loaded.passwordsFile).mode & 0o777).toBe(0o600)
      const lines = readFileSync(loaded.passwordsFile, 'utf8').trim().split('\n').slice(1).map((line) => line.split('\t'))
      expect(lines.map(([staffNo, , post]) => `${staffNo ?? ''} ${post ?? ''}`)).toEqual(['A0001 ADMIN', 'A0002 DATA_STEWARD', 'A0003 HR', 'A0004 PERFORMANCE', 'A0005 BANK_LEADER', 'A0006 AUDIT', 'A0007 COMPLIANCE', '000101 RM', '000102 RM'])
      expect(new Set(lines.map(([, password]) => password)).size).toBe(9)
      const { must } = await own.db.asBatch((tx) => tx.one(sql<{ must: number }>`SELECT count(*) FILTER (WHERE must_change)::int AS must FROM credential`))
      expect(must).toBe(9)
    } finally {
      await other.drop()
    }
  })
})

const berka = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'berka')
describe.skipIf(!existsSync(berka))('Berka (the public data beside the project; skipped where they are not)', () => {
  let bank: TestDatabase
  let own: Services
  beforeAll(async () => {
    bank = await testDatabase()
    own = servicesOf(bank)
  })
  afterAll(() => bank.drop())
  const count = (query: Sql<{ n: number }>): Promise<number> => own.db.asBatch(async (tx) => (await tx.one(query)).n)

  test('loads with every control total tied, and a second run changes nothing', async () => {
    const loaded = await loadDelivery(own, { dir: berka, profile: 'berka', firstPasswords: false })
    expect(loaded.rows).toEqual({ account: 4500, card: 892, client: 5369, disp: 5369, district: 77, loan: 682, order: 6471, trans: 49102 })
    expect(loaded.totals.filter((total) => total.expected !== total.received)).toEqual([])
    expect(loaded.businessDate).toBe('1994-03-30')
    expect(await loadDelivery(own, { dir: berka, profile: 'berka' })).toMatchObject({ same: true, changed: 0 })
  }, 240_000)

  test('is what the domain specification says', async () => {
    expect(await count(sql`SELECT count(*)::int AS n FROM customer WHERE name_is_made AND name = '客户 ' || number`)).toBe(5369)
    expect(await count(sql`SELECT count(*)::int AS n FROM account_agent`)).toBe(869)
    expect(await count(sql`SELECT count(*)::int AS n FROM person WHERE sex = 'F'`)).toBe(2645)
    expect(await count(sql`SELECT count(*)::int AS n FROM identity_document WHERE kind = 'OTHER' AND NOT checked`)).toBe(5369)
    expect(await count(sql`SELECT count(DISTINCT outlet_key)::int AS n FROM account`)).toBe(77)
    expect(await count(sql`SELECT count(*)::int AS n FROM institution WHERE kind = 'BRANCH'`)).toBe(8)
    // the last day's month-end interest is counted, not in force: no balance after the business date
    expect(await count(sql`SELECT count(*)::int AS n FROM account_transaction WHERE booked_on > '1994-03-30'`)).toBe(2105)
    expect(await count(sql`SELECT count(*)::int AS n FROM balance_span WHERE from_date > '1994-03-30'`)).toBe(0)
    expect(await count(sql`SELECT count(*)::int AS n FROM loan_span WHERE NOT derived`)).toBe(0)
    expect(await count(sql`SELECT count(DISTINCT loan_id)::int AS n FROM loan_span`)).toBe(await count(sql`SELECT count(*)::int AS n FROM loan WHERE paid_out_on <= '1994-03-30'`))
    expect(await count(sql`SELECT count(*)::int AS n FROM customer WHERE main_staff_key IS NULL`)).toBe(0)
  })
})

test('a database that crashes after the staging leaves nothing told as loaded; loaded again, all of it is there', async () => {
  const own = await testDatabase()
  try {
    const bank = servicesOf(own)
    const request = { dir: writeDelivery(join(own.folder, 'crash'), smallDelivery(), encodeGb18030), profile: 'yinqiao', firstPasswords: false }
    let struck = false
    // what a crash does: every connection is gone, and so is what lay in the tables of the staging
    const crash = async (stage: string): Promise<void> => {
      if (struck || !stage.startsWith('装载')) return
      struck = true
      const owner = await own.db.connectOwner()
      await owner.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()')
      const { rows: staged } = await owner.query<{ name: string }>("SELECT relname AS name FROM pg_class WHERE relname LIKE 'staged\\_%' AND relkind = 'r'")
      await owner.query(`TRUNCATE ${staged.map(({ name }) => name).join(', ')}`)
      await owner.end()
    }
    await expect(loadDelivery(bank, { ...request, onProgress: crash })).rejects.toThrow()
    expect(struck).toBe(true)
    const told = () => bank.db.asBatch((tx) => tx.one(sql<{ loaded: number; customers: number }>`SELECT (SELECT count(*)::int FROM delivery WHERE state = 'LOADED') AS loaded, (SELECT count(*)::int FROM customer) AS customers`))
    expect(await told()).toEqual({ loaded: 0, customers: 0 })
    expect(await loadDelivery(bank, request)).toMatchObject({ same: false })
    expect(await told()).toEqual({ loaded: 1, customers: 2 })
  } finally {
    await own.drop()
  }
})
