import { describe, expect, test } from 'vitest'
import { bandsToAsk, bandsToStore, bitsApart, photosApart, printsOf, windows } from './photo-print.rules.ts'

const side = 160
// soft hills of brightness: every seed is another picture
const drawn = (seed: number, change: (value: number, x: number, y: number) => number = (value) => value, from = 0, part = 1): Uint8Array => {
  const waves = Array.from({ length: 9 }, (_, place) => ({ fx: ((seed * 7 + place * 13) % 9) + 1, fy: ((seed * 5 + place * 11) % 7) + 1, at: ((seed * 31 + place * 17) % 63) / 10, high: 6 + ((seed + place * 3) % 9) * 2 }))
  return Uint8Array.from({ length: side * side }, (_, place) => {
    const [x, y] = [from + (part * (place % side)) / side, from + (part * Math.floor(place / side)) / side]
    const value = 110 + waves.reduce((sum, wave) => sum + wave.high * Math.sin(wave.fx * 3.1 * x + wave.fy * 2.7 * y + wave.at), 0)
    return Math.max(0, Math.min(255, Math.round(change(value, x, y))))
  })
}
const printed = (gray: Uint8Array): bigint[] => printsOf(gray, side)

describe('prints of photos', () => {
  test('as many as windows, 63 bits each', () => {
    const prints = printed(drawn(1))
    expect(prints).toHaveLength(windows.length)
    expect(prints.every((print) => print >= 0n && print < 1n << 63n)).toBe(true)
    expect(bitsApart(0b1011n, 0b0010n)).toBe(2)
  })

  test.each([
    ['the same', drawn(4)], ['brighter', drawn(4, (value) => value * 1.2 + 8)], ['darker', drawn(4, (value) => value * 0.8)], ['grained', drawn(4, (value, x, y) => value + ((x * 977 + y * 613) % 1) * 12 - 6)],
    ['a tenth cut all around', drawn(4, undefined, 0.1, 0.8)], ['a twentieth cut all around', drawn(4, undefined, 0.05, 0.9)], ['a corner of nine tenths', drawn(4, undefined, 0, 0.9)],
  ])('found again: %s', (_what, changed) => {
    const [first, second] = [printed(drawn(4)), printed(changed)]
    expect(photosApart(first, second)).toBeLessThanOrEqual(10)
    expect(photosApart(second, first)).toBe(photosApart(first, second))
    // and the index finds the pair, whichever of the two was there first
    for (const [stored, asked] of [[first, second], [second, first]] as const) expect(bandsToAsk(asked).some((band) => bandsToStore(stored).includes(band))).toBe(true)
  })

  test('other pictures are other pictures', () => {
    for (const other of [5, 6, 7, 8, 9, 10]) expect(photosApart(printed(drawn(4)), printed(drawn(other)))).toBeGreaterThan(10)
  })
})
