import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../foundation/database/testing.ts'
import { actionSentence, fieldLabel, hasField, hasTable, isTold, reasonText, valueWord } from './journal-words.ts'

let bank: TestDatabase
let tables: { name: string; columns: string[]; codes: string[] }[]
beforeAll(async () => {
  bank = await testDatabase()
  const owner = await bank.db.connectOwner()
  const { rows } = await owner.query<{ name: string; comment: { journal?: string; hidden?: string[]; skip?: string[] }; columns: { name: string; type: string }[]; checks: string }>(`
    SELECT c.relname AS name, obj_description(c.oid, 'pg_class')::jsonb AS comment,
      (SELECT jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, NULL))) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
      (SELECT string_agg(pg_get_constraintdef(k.oid), ' ') FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c') AS checks
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND obj_description(c.oid, 'pg_class') LIKE '{%'`).finally(() => owner.end())
  tables = rows.filter((row) => row.comment.journal !== 'none').map((row) => ({
    name: row.name,
    columns: row.columns.map((column) => column.name).filter((name) => !(row.comment.hidden ?? []).includes(name) && !(row.comment.skip ?? []).includes(name) && isTold(row.name, name)),
    codes: [...(row.checks ?? '').matchAll(/'([A-Z][A-Z0-9_]+)'::text/g)].map((found) => found[1] ?? ''),
  }))
})
afterAll(() => bank.drop())

describe('the journal is told in words', () => {
  test('every table that leaves lines has a name, every field that is told has one', () => {
    expect(tables.length).toBeGreaterThan(20)
    expect(tables.filter((table) => !hasTable(table.name)).map((table) => table.name)).toEqual([])
    expect(tables.flatMap((table) => table.columns.filter((column) => !hasField(table.name, column)).map((column) => `${table.name}.${column}`))).toEqual([])
  })
  test('every code that a table allows has a word', () => {
    const without = tables.flatMap((table) => [...new Set(table.codes)].filter((code) => valueWord(table.name, 'kind', code, 'zh') === code && !/^(T[1-4]|C[1-5]|A{1,3}|B{1,3}|C{1,3}|[A-Z]|CNY)$/.test(code)).map((code) => `${table.name} ${code}`))
    expect(without).toEqual([])
  })
  test.each([
    ['CHANGE', 'customer', null, '修改客户', 'changed customer'],
    ['BULK_ADD', 'balance_span', 1_056_320, '批量新增余额 1,056,320 行', 'added in bulk balance, 1,056,320 rows'],
    ['TRANSFER', 'post_held', null, '调动（任职）', 'transferred (post held)'],
    ['HIRE', 'employment', null, '入职', 'joined'],
  ])('%s %s', (action, table, rows, zh, en) => {
    expect([actionSentence(action, table, rows, 'zh'), actionSentence(action, table, rows, 'en')]).toEqual([zh, en])
  })
  test('the same field may mean something else', () => expect([fieldLabel('staff', 'name', 'zh'), fieldLabel('institution_span', 'name', 'zh')]).toEqual(['姓名', '名称']))
  test.each([
    ['coverage.customer: opened by grant', '凭只读授权打开', 'opened by a read grant'],
    ['delivery 2026-11-22 DELTA', '数据批次 2026-11-22（增量）', 'delivery 2026-11-22, changes'],
    ['settlement 2026-10, scheme POINTS', '结算 2026-10（方案 POINTS）', 'settlement 2026-10, scheme POINTS'],
    ['客户子女在太原购房，两行配合', '客户子女在太原购房，两行配合', '客户子女在太原购房，两行配合'],
  ])('a reason of the product is told in the reader’s language, one of a person as it was written: %s', (why, zh, en) => {
    expect([reasonText(why, 'zh'), reasonText(why, 'en'), reasonText(null, 'zh')]).toEqual([zh, en, null])
  })
  test('contacts are told as acts', () => {
    expect(['RECORD_CONTACT', 'CORRECT_CONTACT', 'VOID_CONTACT'].map((action) => actionSentence(action, 'contact', null, 'zh'))).toEqual(['新增联系记录', '更正联系记录', '作废联系记录'])
  })
})
