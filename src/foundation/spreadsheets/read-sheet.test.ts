import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NamedFailure } from '../config/named-failure.ts'
import { readSheet } from './read-sheet.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yq-sheet-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function rowsOf(path: string, sheet?: string): Promise<[number, string[]][]> {
  const found: [number, string[]][] = []
  await readSheet(path, sheet, (fields, row) => {
    found.push([row, fields])
    return Promise.resolve()
  })
  return found
}

describe('a sheet is read as texts', () => {
  test('names, amounts, days, flags, empty cells; a sheet by its name', async () => {
    const path = join(folder, 'book.xlsx')
    const content = await writeXlsx({ sheets: [
      { name: '首页', rows: [['说明']] },
      { name: '客户', rows: [['客户号', '名称', '金额', '日期', '是'], ['C1', '远大机械', 12.3, new Date(Date.UTC(2026, 10, 20)), true], ['C2', '尉迟敏', null, null, false]] },
    ] })
    writeFileSync(path, content)
    expect(await rowsOf(path)).toEqual([[1, ['说明']]])
    const rows = await rowsOf(path, '客户')
    expect(rows[0]).toEqual([1, ['客户号', '名称', '金额', '日期', '是']])
    expect(rows[1]).toEqual([2, ['C1', '远大机械', '12.3', '2026-11-20', '1']])
    expect(rows[2]?.[1].slice(0, 3)).toEqual(['C2', '尉迟敏', ''])
    await expect(rowsOf(path, '没有')).rejects.toMatchObject({ failure: 'sheet' })
  })

  test('what is no workbook is refused by name', async () => {
    const path = join(folder, 'text.xlsx')
    writeFileSync(path, 'a,b,c\n1,2,3\n')
    await expect(rowsOf(path)).rejects.toBeInstanceOf(NamedFailure)
  })

  test('a small file that says it unpacks to gigabytes is refused before it is read', async () => {
    const path = join(folder, 'bomb.xlsx')
    writeFileSync(path, zipSaying(3_000_000_000))
    await expect(rowsOf(path)).rejects.toMatchObject({ failure: 'sheet', text: { en: expect.stringContaining('1 GiB') as string } })
  })
})

/** An archive of one entry whose directory says that it unpacks to so many bytes. */
function zipSaying(size: number): Buffer {
  const name = Buffer.from('xl/worksheets/sheet1.xml')
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(20, 4)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(2, 18)
  local.writeUInt32LE(size, 22)
  local.writeUInt16LE(name.length, 26)
  const data = Buffer.from([3, 0])
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(20, 4)
  central.writeUInt16LE(20, 6)
  central.writeUInt16LE(8, 10)
  central.writeUInt32LE(2, 20)
  central.writeUInt32LE(size, 24)
  central.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length + name.length, 12)
  end.writeUInt32LE(local.length + name.length + data.length, 16)
  return Buffer.concat([local, name, data, central, name, end])
}
