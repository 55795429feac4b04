/**
 * What a photo looks like, as whole numbers: the signs of its low frequencies (discrete cosine transform of the brightness, 8 × 8 without the mean, above or below their median). Compressing anew and
 * brightening move few of them. A cropped photo is another picture to such a print; so the prints of windows are kept too: the one of two that was cropped is found among the windows of the other.
 */

type Window = { x: number; y: number; width: number; height: number }
const places = [0, 0.05, 0.1] as const

/** The whole first; then what is left when up to a tenth is cut from one side or both, or a twentieth or a tenth all around. */
export const windows: readonly Window[] = [
  { x: 0, y: 0, width: 1, height: 1 },
  ...places.flatMap((x) => places.map((y) => ({ x, y, width: 0.9, height: 0.9 }))),
  ...places.map((x) => ({ x, y: 0, width: 0.9, height: 1 })),
  ...places.map((y) => ({ x: 0, y, width: 1, height: 0.9 })),
  ...[0, 0.05].flatMap((x) => [0, 0.05].map((y) => ({ x, y, width: 0.95, height: 0.95 }))),
  { x: 0.1, y: 0.1, width: 0.8, height: 0.8 },
]

const edge = 32
const kept = 8
const cosines: readonly (readonly number[])[] = Array.from({ length: kept }, (_, u) => Array.from({ length: edge }, (_value, x) => Math.cos(((2 * x + 1) * u * Math.PI) / (2 * edge))))

/** Brightness of a window in 32 × 32 fields, by averages over the points that lie in each. `gray`: side × side points. */
function fieldsOf(gray: Uint8Array, side: number, window: Window): number[] {
  const fields: number[] = []
  for (let row = 0; row < edge; row++) {
    const [top, bottom] = between(window.y, window.height, row, side)
    for (let column = 0; column < edge; column++) {
      const [left, right] = between(window.x, window.width, column, side)
      let sum = 0
      for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += gray[y * side + x] ?? 0
      fields.push(sum / ((bottom - top) * (right - left)))
    }
  }
  return fields
}

function between(from: number, length: number, place: number, side: number): [number, number] {
  const first = Math.min(side - 1, Math.floor(side * (from + (length * place) / edge)))
  return [first, Math.max(first + 1, Math.min(side, Math.floor(side * (from + (length * (place + 1)) / edge))))]
}

function printOf(fields: readonly number[]): bigint {
  // rows first, then columns: 8 of 32 frequencies each way
  const rows = Array.from({ length: edge }, (_, y) => cosines.map((wave) => wave.reduce((sum, factor, x) => sum + factor * (fields[y * edge + x] ?? 0), 0)))
  const values: number[] = []
  for (let v = 0; v < kept; v++) for (let u = 0; u < kept; u++) if (u > 0 || v > 0) values.push(rows.reduce((sum, row, y) => sum + (cosines[v]?.[y] ?? 0) * (row[u] ?? 0), 0))
  const median = [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
  return values.reduce((bits, value, place) => (value > median ? bits | (1n << BigInt(place)) : bits), 0n)
}

/** The prints of a photo, the whole first, 63 bits each. */
export function printsOf(gray: Uint8Array, side: number): bigint[] {
  return windows.map((window) => printOf(fieldsOf(gray, side, window)))
}

/** In how many bits two prints differ. */
export function bitsApart(a: bigint, b: bigint): number {
  let rest = a ^ b
  let count = 0
  while (rest > 0n) {
    rest &= rest - 1n
    count += 1
  }
  return count
}

/** How far two photos are apart: the nearest of whole to whole and whole to window, either way. */
export function photosApart(one: readonly bigint[], other: readonly bigint[]): number {
  const [whole = 0n] = one
  const [otherWhole = 0n] = other
  return Math.min(...other.map((print) => bitsApart(whole, print)), ...one.map((print) => bitsApart(otherWhole, print)))
}

const bandsOfPrint = (print: bigint): number[] => [0, 1, 2, 3].map((band) => (band << 16) | Number((print >> BigInt(16 * band)) & 0xffffn))
const ofWhole = 1 << 20
const ofWindow = 1 << 21

/** Pieces by which a stored photo is found: those of its whole and those of its windows, marked apart. */
export function bandsToStore(prints: readonly bigint[]): number[] {
  return [...new Set(prints.flatMap((print, place) => bandsOfPrint(print).map((band) => band | (place === 0 ? ofWhole : ofWindow))))]
}

/** Pieces by which a new photo looks for stored ones: all of its prints among wholes, its whole among windows too. */
export function bandsToAsk(prints: readonly bigint[]): number[] {
  return [...new Set(prints.flatMap((print, place) => bandsOfPrint(print).flatMap((band) => (place === 0 ? [band | ofWhole, band | ofWindow] : [band | ofWhole]))))]
}
