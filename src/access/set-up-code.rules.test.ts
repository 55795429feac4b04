import { describe, expect, test } from 'vitest'
import { codeFrom, plainCode } from './set-up-code.rules.ts'

describe('the set-up code', () => {
  test.each([
    ['as printed', '23456-789AB-CDEFG-HJKMN', '23456789ABCDEFGHJKMN'],
    ['small letters and blanks', ' 23456 789ab cdefg hjkmn ', '23456789ABCDEFGHJKMN'],
    ['another hyphen', '23456–789AB—CDEFG‐HJKMN', '23456789ABCDEFGHJKMN'],
    ['full width from an input method', '２３４５６－７８９ＡＢ－ＣＤＥＦＧ－ＨＪＫＭＮ', '23456789ABCDEFGHJKMN'],
  ])('typed %s it is the same code', (_how, typed, plain) => expect(plainCode(typed)).toBe(plain))

  test('has four groups of five, takes each byte once and skips those that would favour a letter', () => {
    expect(codeFrom(Array.from({ length: 20 }, (_one, at) => at))).toBe('23456-789AB-CDEFG-HJKMN')
    expect(codeFrom([255, 240, ...Array.from({ length: 20 }, () => 239)])).toBe('ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ')
    expect(codeFrom([1, 2, 3])).toBeNull()
  })

  test('every letter is as likely as every other', () => {
    const counts = new Map<string, number>()
    for (let byte = 0; byte < 256; byte++) {
      const first = codeFrom([byte, ...Array.from({ length: 20 }, () => 0)])?.[0] ?? ''
      if (byte < 240) counts.set(first, (counts.get(first) ?? 0) + 1)
    }
    expect(counts.size).toBe(30)
    expect(new Set(counts.values())).toEqual(new Set([8]))
  })
})
