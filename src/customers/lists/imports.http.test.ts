import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../../tests/support/small-bank.ts'
import { readSheet } from '../../foundation/spreadsheets/read-sheet.ts'
import { writeBook } from '../../foundation/spreadsheets/write-sheet.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { routes } from '../../routes.ts'
import { recordContact } from '../../visits/contact.contract.ts'
import { createCustomer, editCustomer, getCustomer, listCustomers, revealNumber } from '../customer.contract.ts'
import { decideIdentityChange, listIdentityChanges } from '../identity/identity-change.contract.ts'
import { usccCheckCharacter } from '../identity-number.rules.ts'
import { addRow, changeRow, getFile } from '../file/file.contract.ts'
import { listProposals } from '../relations/group.contract.ts'
import { checkImport, importRejects, importTemplate, listImportLines, listImportRows, listImports, runImport, undoImport } from './import.contract.ts'

let bank: SmallBank
let folder: string
let mine: string
let foreignNumber: string
beforeAll(async () => {
  bank = await smallBank(routes)
  folder = mkdtempSync(join(tmpdir(), 'yq-imports-'))
  const make = async (who: Colleague, name: string, body: string) => (await bank.ask(who, createCustomer, { body: { id: newId(), kind: 'CORPORATE', name, identity: { kind: 'USCC', number: uscc(body) }, phone: '13800000001', corporate: { operatingAddress: '旧址', staffCount: 5 } } })).body as { customerId: string; number: string }
  mine = (await make(bank.staff.li, '已有机械有限公司', 'MA0TEXT10')).customerId
  foreignNumber = (await make(bank.staff.qian, '西城纸业有限公司', 'MA0TEXT11')).number
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await bank.close()
})

const uscc = (body: string): string => `91140100${body}${usccCheckCharacter(`91140100${body}`)}`
const heads = ['客户号', '客户类别*', '客户名称*', '证件种类*', '证件号码*', '电话', '经营地址', '员工人数', '职业', '已核对同名']
const company = (name: string, body: string, more: readonly (string | null)[] = []) => [null, '企业', name, '统一社会信用代码', uscc(body), ...more]
const book = (rows: readonly (readonly (string | null)[])[], header: readonly string[] = heads) => writeBook([{ name: '客户', above: ['请按模板填写'], header, rows }])
const check = async (who: Colleague, bytes: Uint8Array, name = '客户.xlsx', id = newId()) => bank.ask(who, checkImport, { body: { id }, file: { name, bytes } })
const run = (who: Colleague, importId: string) => bank.ask(who, runImport, { params: { importId } })
const undo = (who: Colleague, importId: string) => bank.ask(who, undoImport, { params: { importId } })
const counts = async () => (await bank.look<{ n: number }>('SELECT count(*)::int AS n FROM customer'))[0]?.n
const names = async (who: Colleague, query: Record<string, unknown> = {}) => ((await bank.ask(who, listCustomers, { query: { limit: 200, ...query } })).body.items ?? []).map((row) => String(row['name']))
async function rowsOf(content: Buffer): Promise<string[][]> {
  const path = join(folder, `${newId()}.xlsx`)
  writeFileSync(path, content)
  const rows: string[][] = []
  await readSheet(path, undefined, (fields) => Promise.resolve(void rows.push(fields)))
  return rows
}

describe('checked, previewed, run, undone', () => {
  let importId: string
  test('each row gets its verdict: new, an update of one’s own, the same, or rejected with column and reason; nothing is written', async () => {
    const before = await counts()
    const answer = await check(bank.staff.li, await book([
      company('新来新材料有限公司', 'MA0TEXT20', ['138 1234 5678', '并州路 1 号', '120']),
      [null, '个人', '尉迟敏', '居民身份证', '140105199003072317', '13912349999', null, null, '教师'],
      company('已有机械有限公司', 'MA0TEXT10', ['13900000002', '新址', '5']), // my own, by its credit code
      company('西城纸业有限公司', 'MA0TEXT11'), // somebody else's
      [foreignNumber, null, null, null, null, null, '别家'],
      company('新来新材料有限公司', 'MA0TEXT20'), // the first row again
      company('已有机械有限公司', 'MA0TEXT30'), // another of this name
      company('错码有限公司', 'MA0TEXT31').map((cell, place) => (place === 4 ? `${uscc('MA0TEXT31').slice(0, 17)}${uscc('MA0TEXT31').endsWith('1') ? '2' : '1'}` : cell)),
      company('错字段有限公司', 'MA0TEXT32', [null, null, '很多', '教师']),
      company('改名有限公司', 'MA0TEXT10'),
    ]))
    importId = String(answer.body['id'])
    expect([answer.status, answer.body]).toEqual([200, { id: importId, rowsNew: 2, rowsUpdate: 1, rowsSame: 0, rowsRejected: 7, linesNew: 0, linesSame: 0, linesRejected: 0 }])
    expect(await counts()).toBe(before)
    const rows = (await bank.ask(bank.staff.li, listImportRows, { params: { importId }, query: { limit: 200 } })).body['items'] as { row: number; verdict: string; changes: string[]; rejects: { column: string; zh: string; value: string | null }[] }[]
    expect(rows.map((row) => [row.row, row.verdict, row.changes.join(' '), row.rejects.map((one) => `${one.column}：${one.zh}`).join(' ')])).toEqual([
      [3, 'NEW', '', ''], [4, 'NEW', '', ''], [5, 'UPDATE', '经营地址 电话', ''],
      [6, 'REJECT', '', '证件号码：该号码已有客户，归属城西网点，请联系该网点'],
      [7, 'REJECT', '', '客户号：没有找到该客户号，或不由您管理'],
      [8, 'REJECT', '', '证件号码：与第 3 行是同一客户'],
      [9, 'REJECT', '', '客户名称：全行已有 1 位同名客户（城南网点）。如确为另一客户，请在“已核对同名”填“是”'],
      [10, 'REJECT', '', expect.stringMatching(/^证件号码：证件号码.*不符/) as string],
      [11, 'REJECT', '', '员工人数：不是整数 职业：不适用于此类客户，请留空'],
      [12, 'REJECT', '', '证件号码：与第 5 行是同一客户'],
    ])
    // of a number nothing is kept; of other cells what was typed
    expect(rows[7]?.rejects[0]?.value).toBeNull()
    expect(rows[8]?.rejects.map((one) => one.value)).toEqual(['很多', '教师'])
    expect(JSON.stringify(await bank.look('SELECT reasons, given, name FROM customer_import_row'))).not.toContain('140105199003072317')
  })
  test('the rejected rows as a workbook: row, column, value where it may be shown, reason', async () => {
    const file = await bank.ask(bank.staff.li, importRejects, { params: { importId } })
    const rows = await rowsOf(file.bytes)
    expect(rows[1]).toEqual(['行', '客户名称', '列', '值', '原因'])
    expect(rows).toContainEqual(['11', '错字段有限公司', '员工人数', '很多', '不是整数'])
    expect(rows.filter((row) => row[2] === '证件号码').every((row) => row[3] === '')).toBe(true)
    expect(rows).toHaveLength(10)
  })
  test('somebody else has no such import', async () => {
    const { wang, lead, lobby } = bank.staff
    for (const who of [wang, lead]) for (const contract of [runImport, undoImport, importRejects, listImportRows]) expect((await bank.ask(who, contract, { params: { importId } })).body.refusal).toBe('not-found')
    expect((await run(lobby, importId)).body.refusal).toBe('not-allowed')
    expect((await bank.ask(wang, listImports)).body.items).toEqual([])
  })
  test('run: prospects with their numbers sealed and found, my own updated, one line for each table', async () => {
    const { li, zhao } = bank.staff
    const answer = await run(li, importId)
    expect([answer.status, answer.body]).toEqual([200, { id: importId, added: 2, updated: 1, lines: 0, undoUntil: '2026-11-30' }])
    expect((await run(li, importId)).body.refusal).toBe('import-gone')
    expect((await names(li)).sort()).toEqual(['尉迟敏', '已有机械有限公司', '新来新材料有限公司'].sort())
    for (const q of ['xlxcl', '5678', uscc('MA0TEXT20')]) expect([q, await names(li, { q })]).toEqual([q, ['新来新材料有限公司']])
    expect(await names(zhao, { q: 'xlxcl' })).toEqual([])
    const [found] = (await bank.ask(li, listCustomers, { query: { q: '尉迟' } })).body.items ?? []
    const { body } = await bank.ask(li, getCustomer, { params: { customerId: found?.['customerId'] } })
    expect(body).toMatchObject({ status: 'PROSPECT', tier: 'P', relation: 'MAIN', person: { sex: 'M', birthDate: '1990-03-07', occupation: '教师' }, identities: [{ kind: 'RESIDENT_ID', masked: '***********2317' }], phones: [{ masked: '139****9999' }], assignments: [{ person: { name: '李晓雯' }, sharePct: '100.00', main: true }] })
    const { phones } = body as unknown as { phones: { id: string }[] }
    expect((await bank.ask(li, revealNumber, { params: { customerId: found?.['customerId'] }, body: { what: 'PHONE', id: phones[0]?.id, purpose: '回访' } })).body).toEqual({ value: '13912349999' })
    expect((await bank.ask(li, getCustomer, { params: { customerId: mine } })).body).toMatchObject({ corporate: { operatingAddress: '新址', staffCount: 5 }, phones: [{ masked: '138****0001' }, { masked: '139****0002' }] })
    const lines = await bank.look<{ table_name: string; action: string; rows: string }>("SELECT table_name, action, after ->> 'rows' AS rows FROM journal_line WHERE batch_id = $1", [importId])
    expect(lines.map((line) => `${line.table_name} ${line.action} ${line.rows}`).sort()).toEqual([
      'assignment BULK_ADD 2', 'corporate BULK_ADD 1', 'corporate BULK_CHANGE 1', 'customer BULK_ADD 2', 'customer BULK_CHANGE 1', 'identity_document BULK_ADD 2', 'person BULK_ADD 1', 'phone BULK_ADD 3', 'tier_held BULK_ADD 2',
    ])
    expect(await bank.look('SELECT 1 FROM customer_import_row WHERE identity_sealed IS NOT NULL OR phone_sealed IS NOT NULL')).toEqual([])
    // the same file again: nothing new
    const again = await check(li, await book([company('新来新材料有限公司', 'MA0TEXT20', ['138 1234 5678', '并州路 1 号', '120'])]))
    expect(again.body).toMatchObject({ rowsNew: 0, rowsUpdate: 0, rowsSame: 1, rowsRejected: 0 })
    expect((await run(li, String(again.body['id']))).body.refusal).toBe('nothing-to-import')
  })
  test('undone: what nobody touched is as before, what was touched since stays and is counted', async () => {
    const { li, outletHead } = bank.staff
    const [company] = (await bank.ask(li, listCustomers, { query: { q: 'xlxcl' } })).body.items ?? []
    expect((await bank.ask(li, recordContact, { params: { customerId: company?.['customerId'] }, body: { id: newId(), mode: 'PHONE', businessDate: today, summary: '初次联系' } })).status).toBe(200)
    expect((await undo(li, importId)).body).toEqual({ id: importId, undone: 2, kept: 1, linesUndone: 0, linesKept: 0 })
    expect((await undo(li, importId)).body.refusal).toBe('not-run')
    expect((await names(li)).sort()).toEqual(['已有机械有限公司', '新来新材料有限公司'].sort())
    expect((await bank.ask(li, getCustomer, { params: { customerId: mine } })).body).toMatchObject({ corporate: { operatingAddress: '旧址', staffCount: 5 }, phones: [{ masked: '138****0001' }], identities: [{ kind: 'USCC' }] })
    expect(await names(li, { q: '0002' })).toEqual([])
    expect(await names(outletHead, { status: 'CLOSED' })).toEqual(['尉迟敏'])
    // its number is free again
    const again = await check(li, await book([[null, '个人', '尉迟敏', '居民身份证', '140105199003072317']]))
    expect(again.body).toMatchObject({ rowsNew: 1, rowsRejected: 0 })
    expect((await run(li, String(again.body['id']))).status).toBe(200)
  })
  test('an update is put back only while nobody changed the customer; after its days nothing is', async () => {
    const { li } = bank.staff
    const { body } = await check(li, await book([company('已有机械有限公司', 'MA0TEXT10', [null, '三址', '9'])]))
    const id = String(body['id'])
    await run(li, id)
    const { changedAt } = (await bank.ask(li, getCustomer, { params: { customerId: mine } })).body as unknown as { changedAt: string }
    await bank.ask(li, editCustomer, { params: { customerId: mine }, body: { changedAt, reason: '核实', corporate: { staffCount: 10 } } })
    await bank.look("UPDATE customer_import SET undo_until = '2026-11-22' WHERE id = $1", [id])
    expect((await undo(li, id)).body.refusal).toBe('undo-over')
    await bank.look("UPDATE customer_import SET undo_until = '2026-11-23' WHERE id = $1", [id])
    expect((await undo(li, id)).body).toEqual({ id, undone: 0, kept: 1, linesUndone: 0, linesKept: 0 })
    expect((await bank.ask(li, getCustomer, { params: { customerId: mine } })).body).toMatchObject({ corporate: { operatingAddress: '三址', staffCount: 10 } })
  })
  test('what changed between check and run stops it whole', async () => {
    const { li } = bank.staff
    const { body } = await check(li, await book([company('先到先得有限公司', 'MA0TEXT40'), company('另外一家有限公司', 'MA0TEXT41')]))
    await bank.ask(bank.staff.qian, createCustomer, { body: { id: newId(), kind: 'CORPORATE', name: '抢先一步有限公司', identity: { kind: 'USCC', number: uscc('MA0TEXT41') } } })
    const before = await counts()
    expect((await run(li, String(body['id']))).body).toMatchObject({ refusal: 'check-again', details: { count: '1' } })
    expect(await counts()).toBe(before)
  })
})

describe('the template', () => {
  test('filled in as it is, it is taken; its columns are explained', async () => {
    const { bytes } = await bank.ask(bank.staff.li, importTemplate)
    const [header] = await rowsOf(bytes)
    expect(header?.slice(0, 5)).toEqual(['客户号', '客户类别*', '客户名称*', '证件种类*', '证件号码*'])
    expect((await check(bank.staff.li, bytes)).body.refusal).toBe('no-rows')
  })
})

describe('what is no workbook of customers is refused by name, and nothing is kept', () => {
  const cases: readonly [what: string, bytes: () => Promise<Uint8Array>, name: string, refusal: string][] = [
    ['a text named .xlsx', () => Promise.resolve(Buffer.from('客户号,名称\n1,甲\n')), '客户.xlsx', 'file-misnamed'],
    ['a workbook with macros under its own name', () => zip({ '[Content_Types].xml': '<Types/>', 'xl/vbaProject.bin': 'x' }), '客户.xlsm', 'file-misnamed'],
    ['a workbook with macros named .xlsx', () => zip({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>', 'xl/vbaProject.bin': 'x' }), '客户.xlsx', 'workbook-macros'],
    ['links to other files', () => zip({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>', 'xl/externalLinks/externalLink1.xml': 'x' }), '客户.xlsx', 'workbook-links'],
    ['a formula', () => zip({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>', 'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${'<row><c r="A1"><v>1</v></c></row>'.repeat(5000)}<row r="2"><c r="C7" t="str"><f>HYPERLINK("x")</f><v>1</v></c></row></sheetData></worksheet>` }), '客户.xlsx', 'workbook-formulas'],
    ['a small archive that unpacks to gigabytes', () => zip({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>', 'xl/worksheets/sheet1.xml': Buffer.alloc(70 * 1024 * 1024) }), '客户.xlsx', 'workbook-huge'],
    ['an archive that lies about its size', async () => lying(await zip({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>', 'xl/worksheets/sheet1.xml': Buffer.alloc(70 * 1024 * 1024) })), '客户.xlsx', 'workbook-damaged'],
    ['a workbook that is cut off', async () => (await book([company('甲有限公司', 'MA0TEXT50')])).subarray(0, 900), '客户.xlsx', 'file-misnamed'],
    ['another table', () => book([['1']], ['序号']), '客户.xlsx', 'no-header'],
    ['a column that we do not know', () => book([['甲有限公司', 'x']], ['客户名称*', '微信号']), '客户.xlsx', 'unknown-column'],
    ['a column twice', () => book([['甲有限公司', '乙']], ['客户名称*', '客户名称']), '客户.xlsx', 'column-twice'],
  ]
  test.each(cases)('%s', async (_what, bytes, name, refusal) => {
    const answer = await check(bank.staff.li, await bytes(), name)
    expect([answer.body.refusal, answer.status < 500]).toEqual([refusal, true])
    if (refusal === 'workbook-formulas') expect(answer.body['message']).toContain('C7')
    expect((await bank.ask(bank.staff.li, listImports)).body.items?.some((row) => row['fileName'] === name && row['rowsNew'] === 0 && row['rowsUpdate'] === 0 && row['rowsRejected'] === 0 && row['rowsSame'] === 0)).toBe(false)
  })
  test('5,000 bad rows are each explained, in a page at a time and as a workbook; one row more than the bound is refused', async () => {
    const { li } = bank.staff
    const rows = Array.from({ length: 5000 }, (_, place) => [null, place % 2 === 0 ? '公司' : '企业', `坏行${place}有限公司`, '统一社会信用代码', `9114010${place}`])
    const began = performance.now()
    const customers = await counts()
    const answer = await check(li, await book(rows))
    expect(answer.body).toMatchObject({ rowsNew: 0, rowsRejected: 5000 })
    const { body } = await bank.ask(li, listImportRows, { params: { importId: answer.body['id'] }, query: { verdict: 'REJECT', limit: 50 } })
    expect([body.items?.length, body['count']]).toEqual([50, { value: 5000, exact: true }])
    const file = await bank.ask(li, importRejects, { params: { importId: answer.body['id'] } })
    expect((await rowsOf(file.bytes)).length).toBe(2 + 5000 + 2500)
    // nothing of it can be run, and nobody came into being
    expect((await run(li, String(answer.body['id']))).body.refusal).toBe('nothing-to-import')
    expect(await counts()).toBe(customers)
    console.log(`5,000 bad rows checked and explained in ${Math.round(performance.now() - began)} ms`)
    await bank.look('UPDATE list_policy SET import_most_rows = 2')
    expect((await check(li, await book(rows.slice(0, 3)))).body).toMatchObject({ refusal: 'workbook-rows', details: { most: '2' } })
    await bank.look('UPDATE list_policy SET import_most_rows = 10000')
  })
  test('2,000 good rows are run and undone by statements', async () => {
    const { zhao } = bank.staff
    const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
    const code = (n: number): string => `MB${[4, 3, 2, 1, 0].map((power) => letters[Math.floor(n / 31 ** power) % 31]).join('')}00`
    const rows = Array.from({ length: 2000 }, (_, place) => company(`批量${String(place).padStart(5, '0')}贸易有限公司`, code(place), ['13912345678', `大街 ${place} 号`, '3']))
    const began = performance.now()
    const checked = await check(zhao, await book(rows))
    expect(checked.body).toMatchObject({ rowsNew: 2000, rowsRejected: 0 })
    const ran = performance.now()
    expect((await run(zhao, String(checked.body['id']))).body).toMatchObject({ added: 2000 })
    const undone = performance.now()
    expect((await undo(zhao, String(checked.body['id']))).body).toMatchObject({ undone: 2000, kept: 0 })
    console.log(`2,000 rows: check ${Math.round(ran - began)} ms, run ${Math.round(undone - ran)} ms, undo ${Math.round(performance.now() - undone)} ms`)
    expect(await names(zhao)).toEqual([])
  })
})

/** An archive of these parts, deflated. */
async function zip(parts: Record<string, string | Buffer>): Promise<Buffer> {
  const { deflateRawSync, crc32 } = await import('node:zlib')
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const [path, content] of Object.entries(parts)) {
    const raw = Buffer.from(content)
    const name = Buffer.from(path)
    const packed = deflateRawSync(raw)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(crc32(raw), 14)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(raw.length, 22)
    local.writeUInt16LE(name.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(20, 4)
    central.writeUInt16LE(20, 6)
    central.writeUInt16LE(8, 10)
    central.writeUInt32LE(crc32(raw), 16)
    central.writeUInt32LE(packed.length, 20)
    central.writeUInt32LE(raw.length, 24)
    central.writeUInt16LE(name.length, 28)
    central.writeUInt32LE(offset, 42)
    locals.push(local, name, packed)
    centrals.push(central, name)
    offset += local.length + name.length + packed.length
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(parts).length, 8)
  end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}

/** The same archive, whose directory says that its last entry unpacks to a kilobyte. */
function lying(archive: Buffer): Buffer {
  const copy = Buffer.from(archive)
  const at = copy.lastIndexOf(Buffer.from('xl/worksheets/sheet1.xml')) - 46
  copy.writeUInt32LE(1024, at + 24)
  return copy
}

describe('the whole file, and who a customer is', () => {
  const headsOf = ['客户号', '客户类别*', '客户名称*', '证件种类*', '证件号码*', '法定代表人', '变更依据', '主体类型', '登记状态', '曾用名称', '信用评级', '评级日期', '不接受电话', '主办银行', '年收入（元）', '了解日期', '婚姻状况', '性别']
  const row = (values: Readonly<Record<string, string>>): (string | null)[] => headsOf.map((head) => values[head] ?? null)
  const rowsOfImport = async (importId: string) => (await bank.ask(bank.staff.li, listImportRows, { params: { importId }, query: {} })).body.items ?? []
  let customerId: string
  let number: string
  test('every part that a person may type: kept for a new customer and for a known one; what goes together, a wrong choice and the other kind are told', async () => {
    const { li } = bank.staff
    const made = await bank.ask(li, createCustomer, { body: { id: newId(), kind: 'CORPORATE', name: '全档案机械有限公司', identity: { kind: 'USCC', number: uscc('MA0TEXT60') }, corporate: { legalRepresentative: '张建国' } } })
    customerId = String(made.body['customerId'])
    number = String(made.body['number'])
    const checked = await check(li, await book([
      row({ 客户号: number, 主体类型: '企业法人', 曾用名称: '老机械厂；老机械公司', 信用评级: 'AA', 评级日期: '2026-03-01', 不接受电话: '是', 主办银行: '工商银行' }),
      row({ '客户类别*': '个人', '客户名称*': '司马若兰', '证件种类*': '居民身份证', '证件号码*': '140105200002298846', '年收入（元）': '180,000.50', 了解日期: '2026-05-01', 婚姻状况: '已婚', 性别: '女' }),
      row({ '客户类别*': '企业', '客户名称*': '缺日期有限公司', '证件种类*': '统一社会信用代码', '证件号码*': uscc('MA0TEXT61'), 信用评级: 'AA' }),
      row({ '客户类别*': '企业', '客户名称*': '错选项有限公司', '证件种类*': '统一社会信用代码', '证件号码*': uscc('MA0TEXT62'), 登记状态: '开业' }),
      row({ '客户类别*': '企业', '客户名称*': '填错类有限公司', '证件种类*': '统一社会信用代码', '证件号码*': uscc('MA0TEXT63'), 婚姻状况: '已婚' }),
      row({ '客户类别*': '个人', '客户名称*': '司徒敏行', '证件种类*': '居民身份证', '证件号码*': '140105199003072317', 性别: '女' }),
    ], headsOf))
    expect(checked.body).toMatchObject({ rowsNew: 1, rowsUpdate: 1, rowsRejected: 4 })
    const importId = String(checked.body['id'])
    const told = (await rowsOfImport(importId)).map((one) => [one['verdict'], (one['rejects'] as { column: string; zh: string }[]).map(({ column, zh }) => `${column}：${zh}`).join()])
    expect(told).toEqual([['UPDATE', ''], ['NEW', ''], ['REJECT', '评级日期：须一并填写评级日期'], ['REJECT', '登记状态：不在可选值内'], ['REJECT', '婚姻状况：不适用于此类客户，请留空'], ['REJECT', '性别：与身份证号码不符']])
    expect((await run(li, importId)).status).toBe(200)
    const look = async () => (await bank.look('SELECT c.former_names, f.company_kind, k.credit_rating, k.credit_rating_on::text, k.no_calls, k.no_visits, k.main_bank FROM customer c LEFT JOIN corporate_file f USING (customer_id) LEFT JOIN customer_file k USING (customer_id) WHERE c.customer_id = $1', [customerId]))[0]
    expect(await look()).toEqual({ former_names: ['老机械厂', '老机械公司'], company_kind: 'LEGAL_ENTERPRISE', credit_rating: 'AA', credit_rating_on: '2026-03-01', no_calls: true, no_visits: false, main_bank: '工商银行' })
    expect(await bank.look("SELECT f.income_fen::text, f.marital_status, p.sex FROM person_file f JOIN customer c USING (customer_id) JOIN person p USING (customer_id) WHERE c.name = '司马若兰'")).toEqual([{ income_fen: '18000050', marital_status: 'MARRIED', sex: 'F' }])
    expect((await undo(li, importId)).body).toMatchObject({ undone: 2, kept: 0 })
    expect(await look()).toEqual({ former_names: [], company_kind: null, credit_rating: null, credit_rating_on: null, no_calls: null, no_visits: null, main_bank: null })
  })
  test('a part that was edited since the import stays, and is counted', async () => {
    const { li } = bank.staff
    const checked = await check(li, await book([row({ 客户号: number, 主办银行: '建设银行' })], headsOf))
    const importId = String(checked.body['id'])
    expect((await run(li, importId)).status).toBe(200)
    await bank.look("UPDATE customer_file SET main_bank = '农业银行' WHERE customer_id = $1", [customerId])
    expect((await undo(li, importId)).body).toMatchObject({ undone: 0, kept: 1 })
    expect(await bank.look('SELECT main_bank FROM customer_file WHERE customer_id = $1', [customerId])).toEqual([{ main_bank: '农业银行' }])
  })
  test('another name, number or legal representative of a known customer is asked for and never written; undone, it is withdrawn', async () => {
    const { li, lead } = bank.staff
    const other = { 客户号: number, '客户名称*': '全档案重工有限公司', '证件种类*': '统一社会信用代码', '证件号码*': uscc('MA0TEXT64'), 法定代表人: '李国强' }
    const without = await check(li, await book([row(other)], headsOf))
    expect((await rowsOfImport(String(without.body['id'])))[0]).toMatchObject({ verdict: 'REJECT', rejects: [{ column: '变更依据' }] })
    const checked = await check(li, await book([row({ ...other, 变更依据: '准予变更登记通知书', 主办银行: '交通银行' })], headsOf))
    const importId = String(checked.body['id'])
    expect((await rowsOfImport(importId))[0]).toMatchObject({ verdict: 'UPDATE', changes: ['主办银行'], asks: ['客户名称', '证件号码', '法定代表人'] })
    expect((await run(li, importId)).status).toBe(200)
    expect((await bank.ask(li, getCustomer, { params: { customerId } })).body).toMatchObject({ name: '全档案机械有限公司', corporate: { uscc: uscc('MA0TEXT60'), legalRepresentative: '张建国' }, changesRequested: ['IDENTITY', 'LEGAL_REPRESENTATIVE', 'NAME'] })
    const waiting = (await bank.ask(lead, listIdentityChanges, { query: { state: 'OPEN' } })).body.items ?? []
    expect(waiting.map((one) => [one['field'], one['to'], one['proof']]).sort()).toEqual([['IDENTITY', 'USCC', '准予变更登记通知书'], ['LEGAL_REPRESENTATIVE', '李国强', '准予变更登记通知书'], ['NAME', '全档案重工有限公司', '准予变更登记通知书']])
    const again = await check(li, await book([row({ ...other, 变更依据: '准予变更登记通知书' })], headsOf))
    expect((await rowsOfImport(String(again.body['id'])))[0]).toMatchObject({ verdict: 'REJECT', rejects: [{ column: '客户名称' }] })
    expect((await undo(li, importId)).body).toMatchObject({ undone: 1, kept: 0 })
    expect(await bank.look("SELECT DISTINCT state FROM identity_change WHERE customer_id = $1", [customerId])).toEqual([{ state: 'WITHDRAWN' }])
    // confirmed, the number is the customer's; that import is not taken back any more
    const last = await check(li, await book([row({ ...other, 变更依据: '准予变更登记通知书' })], headsOf))
    expect((await run(li, String(last.body['id']))).status).toBe(200)
    for (const one of (await bank.ask(lead, listIdentityChanges, { query: { state: 'OPEN' } })).body.items ?? []) {
      expect((await bank.ask(lead, decideIdentityChange, { params: { customerId, changeId: String(one['id']) }, body: { decision: 'CONFIRMED' } })).body.refusal).toBeUndefined()
    }
    expect((await bank.ask(li, getCustomer, { params: { customerId } })).body).toMatchObject({ name: '全档案重工有限公司', formerNames: ['全档案机械有限公司'], corporate: { uscc: uscc('MA0TEXT64'), legalRepresentative: '李国强' }, changesRequested: [] })
    expect((await undo(li, String(last.body['id']))).body).toMatchObject({ undone: 0, kept: 1 })
  })
})

describe('further sheets: contact persons, addresses, accounts elsewhere, papers', () => {
  const contactHeads = ['客户号', '客户名称', '姓名*', '职务或关系', '首要联系人', '电话', '邮箱']
  const addressHeads = ['客户号', '客户名称', '种类*', '省市区县*', '详细地址']
  const bankHeads = ['客户号', '客户名称', '银行*', '业务*', '金额（元）', '年利率', '了解日期*']
  const paperHeads = ['客户号', '客户名称', '资料种类*', '签发日期', '有效期至']
  type Rows = readonly (readonly (string | null)[])[]
  const whole = (rows: Rows, more: { contacts?: Rows; addresses?: Rows; banks?: Rows; papers?: Rows }) => writeBook([
    { name: '客户', header: heads, rows }, { name: '联系人', above: ['一行一位'], header: contactHeads, rows: more.contacts ?? [] }, { name: '地址', header: addressHeads, rows: more.addresses ?? [] },
    { name: '他行', header: bankHeads, rows: more.banks ?? [] }, { name: '资料', header: paperHeads, rows: more.papers ?? [] },
  ])
  const linesOf = async (who: Colleague, importId: string) => ((await bank.ask(who, listImportLines, { params: { importId }, query: { limit: 200 } })).body.items ?? []).map((one) => [one['sheet'], one['row'], one['verdict'], (one['rejects'] as { column: string; zh: string }[]).map(({ column, zh }) => `${column}：${zh}`).join(' ')])
  const kept = async () => ({
    contacts: await bank.look('SELECT p.name, p.phone_masked, p.mail_masked, p.is_main FROM contact_person p JOIN customer c USING (customer_id) WHERE c.main_staff_key = $1 ORDER BY p.name', [bank.staff.wang.staffKey]),
    addresses: await bank.look('SELECT a.site, a.address, octet_length(a.address_hash) AS door FROM customer_address a JOIN customer c USING (customer_id) WHERE c.main_staff_key = $1 ORDER BY a.site', [bank.staff.wang.staffKey]),
    banks: await bank.look('SELECT b.bank_name, b.amount_fen::text, b.rate::text, b.known_on::text FROM banking_elsewhere b JOIN customer c USING (customer_id) WHERE c.main_staff_key = $1', [bank.staff.wang.staffKey]),
    papers: await bank.look('SELECT d.document_kind AS kind, d.remind_days FROM customer_document d JOIN customer c USING (customer_id) WHERE c.main_staff_key = $1', [bank.staff.wang.staffKey]),
  })
  let importId: string
  let number: string
  let customerId: string

  test('each line gets its verdict, whose it is by number or by a name of the first sheet; nothing is written', async () => {
    const { wang } = bank.staff
    const made = await bank.ask(wang, createCustomer, { body: { id: newId(), kind: 'CORPORATE', name: '明细旧户有限公司', identity: { kind: 'USCC', number: uscc('MA0TEXT80') } } })
    number = String(made.body['number'])
    customerId = String(made.body['customerId'])
    const checked = await check(wang, await whole([company('明细新户有限公司', 'MA0TEXT81'), [null, '个人', '明细新人', '居民身份证', '140105200002298846'], company('错码有限公司', 'MA0TEXT82').map((cell, place) => (place === 4 ? '123' : cell))], {
      contacts: [
        [null, '明细新户有限公司', '王芳', '财务', '是', '139 1111 2222', 'wang@example.com'], [number, null, '李强', '出纳', null, '139 3333 4444', null], [number, null, '李强', '出纳', null, '139 3333 4444', null],
        [null, '没有这一户', '赵六', null, null, null, null], [null, '错码有限公司', '钱七', null, null, null, null], [foreignNumber, null, '孙八', null, null, null, null], [number, null, null, '经理', null, '看名片', null], [null, null, '周九', null, null, null, null],
      ],
      addresses: [[null, '明细新人', '住址', '太原市小店区', '平阳路 8 号 3 号楼 2 单元 501'], [number, null, '厂区', '太原市小店区', '园区路 1 号'], [number, null, '住址', '太原市小店区', '园区路 2 号'], [null, '明细新人', '厂区', '太原市小店区', '园区路 3 号']],
      banks: [[number, null, '工商银行', '存款', '8,600,000.25', '0.0115', '2026-10-14'], [number, null, '工商银行', '存款', '一百万', '1.15%', '2026-13-01']],
      papers: [[number, null, '营业执照', '2020-01-01', '2030-01-01'], [number, null, '公司章程', '2026-02-01', '2026-01-01']],
    }))
    importId = String(checked.body['id'])
    expect(checked.body).toMatchObject({ rowsNew: 2, rowsRejected: 1, linesNew: 6, linesSame: 0, linesRejected: 10 })
    expect(await linesOf(wang, importId)).toEqual([
      ['ADDRESSES', 2, 'NEW', ''], ['ADDRESSES', 3, 'NEW', ''], ['ADDRESSES', 4, 'REJECT', '种类：此类客户没有这个选项'], ['ADDRESSES', 5, 'REJECT', '种类：此类客户没有这个选项'],
      ['BANKS', 2, 'NEW', ''], ['BANKS', 3, 'REJECT', '金额（元）：不是金额，最多两位小数 年利率：不是利率，应为小数如 0.0385，最多 6 位 了解日期：不是有效日期，应如 2030-12-31'],
      ['CONTACTS', 3, 'NEW', ''], ['CONTACTS', 4, 'NEW', ''], ['CONTACTS', 5, 'REJECT', '客户号：与第 4 行相同'], ['CONTACTS', 6, 'REJECT', '客户名称：请填写客户号，或与“客户”表中一行相同的客户名称'],
      ['CONTACTS', 7, 'REJECT', '客户名称：该客户在“客户”表中被拒收（第 4 行）'], ['CONTACTS', 8, 'REJECT', '客户号：没有找到该客户号，或不由您管理'], ['CONTACTS', 9, 'REJECT', '电话：不是电话号码 姓名：必填'],
      ['CONTACTS', 10, 'REJECT', '客户号：请填写客户号，或与“客户”表中一行相同的客户名称'],
      ['DOCUMENTS', 2, 'NEW', ''], ['DOCUMENTS', 3, 'REJECT', '有效期至：到期日早于起始日'],
    ])
    expect(await kept()).toEqual({ contacts: [], addresses: [], banks: [], papers: [] })
    // numbers of persons stand nowhere in clear
    expect(JSON.stringify(await bank.look('SELECT reasons, given, name FROM customer_import_line'))).not.toMatch(/13911112222|wang@example|平阳路/)
    const rejects = await bank.ask(wang, importRejects, { params: { importId } })
    expect(rejects.status).toBe(200)
    expect((await bank.ask(bank.staff.li, listImportLines, { params: { importId } })).body.refusal).toBe('not-found')
  })

  test('run: rows of the file, secrets under the key of their customer, found by number; the same again is the same', async () => {
    const { wang } = bank.staff
    expect((await run(wang, importId)).body).toMatchObject({ added: 2, updated: 0, lines: 6 })
    expect(await kept()).toEqual({
      contacts: [{ name: '李强', phone_masked: '139****4444', mail_masked: null, is_main: false }, { name: '王芳', phone_masked: '139****2222', mail_masked: 'w***@example.com', is_main: true }],
      addresses: [{ site: 'HOME', address: null, door: 32 }, { site: 'PLANT', address: '园区路 1 号', door: null }],
      banks: [{ bank_name: '工商银行', amount_fen: '860000025', rate: '0.011500', known_on: '2026-10-14' }], papers: [{ kind: 'LICENCE', remind_days: 30 }],
    })
    expect(await names(wang, { q: '2222' })).toEqual(['明细新户有限公司'])
    const file = (await bank.ask(wang, getFile, { params: { customerId } })).body as unknown as { lists: { code: string; rows: { id: string; edition: string }[] }[] }
    const contact = file.lists.find((one) => one.code === 'CONTACTS')?.rows[0]
    expect((await bank.ask(wang, revealNumber, { params: { customerId }, body: { what: 'CONTACT_PHONE', id: contact?.id, purpose: '回访' } })).body).toEqual({ value: '13933334444' })
    expect(await bank.look('SELECT 1 FROM customer_import_line WHERE sealed IS NOT NULL')).toEqual([])
    const again = await check(wang, await whole([], { contacts: [[number, null, '李强', '出纳', null, '139 3333 4444', null]], banks: [[number, null, '工商银行', '存款', '8600000.25', '0.0115', '2026-10-14']], papers: [[number, null, '营业执照', '2020-01-01', '2030-01-01']] }))
    expect(again.body).toMatchObject({ rowsNew: 0, linesNew: 0, linesSame: 3, linesRejected: 0 })
    expect((await run(wang, String(again.body['id']))).body.refusal).toBe('nothing-to-import')
  })

  test('undone: lines that nobody touched go with their numbers, one that was edited since stays; a column that we do not know is refused', async () => {
    const { wang } = bank.staff
    const file = (await bank.ask(wang, getFile, { params: { customerId } })).body as unknown as { lists: { code: string; rows: { id: string; edition: string }[] }[] }
    const paper = file.lists.find((one) => one.code === 'DOCUMENTS')?.rows[0]
    expect((await bank.ask(wang, changeRow, { params: { customerId, rowId: paper?.id }, body: { list: 'DOCUMENTS', edition: paper?.edition, values: { documentNote: '正本' } } })).status).toBe(200)
    expect((await undo(wang, importId)).body).toMatchObject({ undone: 2, kept: 0, linesUndone: 5, linesKept: 1 })
    expect(await bank.look('SELECT 1 FROM contact_person WHERE customer_id = $1', [customerId])).toEqual([])
    expect(await bank.look('SELECT note FROM customer_document WHERE customer_id = $1', [customerId])).toEqual([{ note: '正本' }])
    expect(await names(wang, { q: '4444' })).toEqual([])
    const odd = await writeBook([{ name: '客户', header: heads, rows: [] }, { name: '联系人', header: ['客户号', '姓名*', '微信号'], rows: [[number, '王', 'x']] }])
    expect((await check(wang, odd)).body).toMatchObject({ refusal: 'unknown-column', details: { column: '微信号' } })
    const headless = await writeBook([{ name: '客户', header: heads, rows: [] }, { name: '联系人', header: ['序号', '名字'], rows: [['1', '王']] }])
    expect((await check(wang, headless)).body).toMatchObject({ refusal: 'no-sheet-header' })
  })

  test('who moves in with a known customer by the workbook is proposed as his household at once, and no more when the import is undone', async () => {
    const { wang } = bank.staff
    const proposed = async () => ((await bank.ask(wang, listProposals, { query: { kind: 'HOUSEHOLD' } })).body.items ?? []).map((one) => [one['tests'], (one['members'] as { name: string }[]).map(({ name }) => name).sort()])
    const home = ['太原市小店区', '平阳路八号 3 栋 2 单元 501'] as const
    const man = await bank.ask(wang, createCustomer, { body: { id: newId(), kind: 'PERSON', name: '秦同门', identity: { kind: 'OTHER', number: '同门一' } } })
    expect((await bank.ask(wang, addRow, { params: { customerId: man.body['customerId'] }, body: { list: 'ADDRESSES', id: newId(), values: { site: 'HOME', district: home[0], address: '平阳路 8 号 3 号楼 2 单元 501 室' } } })).status).toBe(200)
    const person = (name: string, number: string, phone: string | null = null) => [null, '个人', name, '其他', number, phone]
    // three behind one door by the file and the workbook, two of one phone, and one who lives elsewhere
    const { body } = await check(wang, await whole([person('秦家妻', '同门二'), person('秦家子', '同门三'), person('同号甲', '同门四', '13866660001'), person('同号乙', '同门五', '13866660001'), person('独居人', '同门六')], {
      addresses: [[null, '秦家妻', '住址', ...home], [null, '秦家子', '住址', ...home], [null, '独居人', '住址', home[0], '平阳路 9 号 1 单元 101']],
    }))
    expect(await proposed()).toEqual([])
    expect((await run(wang, String(body['id']))).body).toMatchObject({ added: 5, lines: 3 })
    expect((await proposed()).sort()).toEqual([[['HOME'], ['秦同门', '秦家妻', '秦家子'].sort()], [['PHONE'], ['同号乙', '同号甲'].sort()]].sort())
    expect((await undo(wang, String(body['id']))).body).toMatchObject({ undone: 5, linesUndone: 3 })
    expect(await proposed()).toEqual([])
  })
})
