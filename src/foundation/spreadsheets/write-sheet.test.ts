import { readXlsx } from 'hucre/xlsx'
import { expect, test } from 'vitest'
import { writeBook, writeSheet } from './write-sheet.ts'

test('who, when and what for stand above and below the rows, in the properties and on each printed page', async () => {
  const mark = { title: '客户导出', author: '李晓雯 000001', purpose: '走访 & 核对', line: '李晓雯（000001）导出，用途：走访 & 核对' }
  const book = await readXlsx(await writeSheet({ name: '客户', above: [mark.line], header: ['客户', '金额'], rows: [['=1+1 公司', { amount: '1234.50' }], [null, { amount: '-0.01' }]], below: [mark.line], mark }))
  const [sheet] = book.sheets
  expect(sheet?.rows.map((row) => row.slice(0, 2))).toEqual([[mark.line, null], ['客户', '金额'], ['=1+1 公司', 1234.5], [null, -0.01], [mark.line, null]].map((row, place) => (sheet?.rows[place]?.length === 1 ? row.slice(0, 1) : row)))
  expect([book.properties?.creator, book.properties?.subject, book.properties?.title]).toEqual(['李晓雯 000001', '走访 & 核对', '客户导出'])
  expect(sheet?.headerFooter?.oddFooter).toContain('走访 && 核对')
})

test('figures stand with thousands and the decimals that they were given, their heads on the same side', async () => {
  const [sheet] = (await readXlsx(await writeSheet({ name: '工资单', header: ['项目', '金额', '天数'], rows: [['应发', { amount: '1969.00' }, { amount: '31' }], ['系数', { amount: '0.6294' }, null]] }), { readStyles: true })).sheets
  expect(['1,1', '1,2', '2,1'].map((place) => sheet?.cells?.get(place)?.style?.numFmt)).toEqual(['#,##0.00', '0', '#,##0.0000'])
  expect(['0,0', '0,1', '0,2'].map((place) => sheet?.cells?.get(place)?.style?.alignment?.horizontal ?? null)).toEqual([null, 'right', 'right'])
})

test('choices of a column and comments at a cell', async () => {
  const [list, notes] = (await readXlsx(await writeBook([
    { name: '客户', header: ['类别', '名称'], rows: [], choices: [{ column: 0, words: ['企业', '个人'] }] },
    { name: '拒收', header: ['值'], rows: [[{ text: 'x', comment: '不在可选值内' }]] },
  ]))).sheets
  expect(list?.dataValidations?.[0]).toMatchObject({ type: 'list', range: 'A2:A20000' })
  expect(notes?.cells?.get('1,0')?.comment?.text).toBe('不在可选值内')
})

test('fifteen digits are a number, more of them stay as they are', async () => {
  const amounts = ['123456789012345', '-1234567890123.45', '1234567890123456', '12345678901234567.89', '0.01']
  const book = await readXlsx(await writeSheet({ name: '汇总', header: ['数'], rows: amounts.map((amount) => [{ amount }]) }))
  expect(book.sheets[0]?.rows.slice(1).map(([cell]) => cell)).toEqual([123456789012345, -1234567890123.45, '1234567890123456', '12345678901234567.89', 0.01])
})
