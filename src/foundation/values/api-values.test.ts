import { describe, expect, test } from 'vitest'
import { dayText, decimalText, fenText, idText, newIdText, safeText } from './api-values.ts'
import { newId } from './uuid7.ts'

const accepts = (shape: { safeParse(value: unknown): { success: boolean } }, value: unknown): boolean => shape.safeParse(value).success

describe('values of requests', () => {
  test.each([
    ['张三', true], ['  张三  ', true], ['', false], ['   ', false], ['a\u0000b', false], ['a\nb', false], ['a\u202eb', false], ['\ud800', false], ["'; DROP TABLE customer; --", true], ['<script>alert(1)</script>', true],
    ['𠮷野', true], ['x'.repeat(41), false],
  ])('one line of at most 40 characters: %j %s', (text, good) => {
    expect(accepts(safeText(40), text)).toBe(good)
  })
  test('characters are counted as people count them, ends of lines become one kind', () => {
    expect(safeText(2).parse('𠮷𠮷')).toBe('𠮷𠮷')
    expect(safeText(20, { multiline: true }).parse(' 一\r\n二 ')).toBe('一\n二')
  })
  test.each([['0', true], ['-25888', true], ['007', false], ['1.5', false], ['', false], ['9'.repeat(19), false]])('fen %j: %s', (text, good) => {
    expect(accepts(fenText, text)).toBe(good)
  })
  test.each([['33.33', true], ['100', true], ['33.333', false], ['1e3', false], ['.5', false]])('decimal with two places %j: %s', (text, good) => {
    expect(accepts(decimalText(2), text)).toBe(good)
  })
  test.each([['2026-02-28', true], ['2026-02-30', false], ['20260228', false]])('day %j: %s', (text, good) => {
    expect(accepts(dayText, text)).toBe(good)
  })
  test('ids: what a client makes is a UUIDv7, in order of time', () => {
    const made = newId()
    expect(accepts(newIdText, made) && accepts(idText, made)).toBe(true)
    expect(accepts(newIdText, '00000000-0000-4000-8000-000000000000')).toBe(false)
    expect(new Set(Array.from({ length: 1000 }, newId)).size).toBe(1000)
    expect(made.slice(0, 8) >= '0192f000').toBe(true)
  })
})
