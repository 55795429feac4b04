import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openKeyring } from '../secrets/keyring.ts'
import { cutPage, makeCursor, readCursor } from './cursor.ts'

const folder = mkdtempSync(join(tmpdir(), 'yq-cursor-'))
const keyring = openKeyring(folder)
afterAll(() => rmSync(folder, { recursive: true }))

describe('a cursor', () => {
  const cursor = makeCursor(keyring, 'customer.list adb', ['25888', null, 7])
  test('leads back to its place', () => expect(readCursor(keyring, 'customer.list adb', cursor)).toEqual({ ok: true, value: ['25888', null, 7] }))
  test('absent: the first page', () => expect(readCursor(keyring, 'customer.list adb', undefined)).toEqual({ ok: true, value: null }))
  test.each([
    ['made by hand', Buffer.from('["1",null,7]').toString('base64url')],
    ['with another place and the same mark', `${Buffer.from('["1",null,7]').toString('base64url')}.${cursor.split('.')[1]}`],
    ['cut off', cursor.slice(0, -3)],
    ['empty', ''],
    ['of text that is none', '����.%%%'],
  ])('%s is refused', (_what, made) => expect(readCursor(keyring, 'customer.list adb', made)).toMatchObject({ ok: false, refusal: { name: 'invalid-cursor' } }))
  test('of another list is refused', () => expect(readCursor(keyring, 'customer.list name', cursor)).toMatchObject({ ok: false }))
})

describe('a page', () => {
  const cut = (rows: number[], limit: number): { shown: number[]; nextCursor: string | null } => cutPage(keyring, 'numbers', rows, limit, (last) => [last])
  test('one row more than asked for: it is not shown, and the cursor is the place of the last row shown', () => {
    const { shown, nextCursor } = cut([1, 2, 3], 2)
    expect(shown).toEqual([1, 2])
    expect(readCursor(keyring, 'numbers', nextCursor ?? undefined)).toEqual({ ok: true, value: [2] })
  })
  test.each([[[1, 2]], [[1]], [[]]])('%j of at most two: the last page', (rows) => expect(cut(rows, 2)).toEqual({ shown: rows, nextCursor: null }))
})
