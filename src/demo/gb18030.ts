/** Node.js reads GB18030 but does not write it: the tables are turned round from its own decoder. */

let bytesOfUnit: Uint32Array | undefined

function tables(): Uint32Array {
  if (bytesOfUnit) return bytesOfUnit
  const decoder = new TextDecoder('gb18030')
  const table = new Uint32Array(65_536)
  const four = new Uint8Array(39_420 * 4)
  for (let index = 0; index < 39_420; index++) four.set(fourBytes(index), index * 4)
  const long = decoder.decode(four)
  let place = 0
  for (let index = 0; index < 39_420; index++) {
    const point = long.codePointAt(place) ?? 0xfffd
    place += point > 0xffff ? 2 : 1
    const [a, b, c, d] = four.subarray(index * 4, index * 4 + 4)
    if (point !== 0xfffd && point < 65_536) table[point] = (((a ?? 0) << 24) | ((b ?? 0) << 16) | ((c ?? 0) << 8) | (d ?? 0)) >>> 0
  }
  // what has two bytes is written with two
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue
      const text = decoder.decode(new Uint8Array([lead, trail]))
      const unit = text.charCodeAt(0)
      if (text.length === 1 && unit !== 0xfffd) table[unit] = (lead << 8) | trail
    }
  }
  bytesOfUnit = table
  return table
}

function fourBytes(index: number): [number, number, number, number] {
  return [0x81 + Math.floor(index / 12_600), 0x30 + (Math.floor(index / 1_260) % 10), 0x81 + (Math.floor(index / 10) % 126), 0x30 + (index % 10)]
}

/** Writes a text in GB18030 into a buffer from `at` on; returns how many bytes it took. With `most`, no more than so many and no character cut in two. The buffer must have room for 4 bytes a character. */
export function writeGb18030(text: string, target: Buffer, at: number, most = Number.POSITIVE_INFINITY): number {
  const table = tables()
  let size = 0
  for (let place = 0; place < text.length; place++) {
    const unit = text.charCodeAt(place)
    if (unit < 0x80) {
      if (size + 1 > most) break
      target[at + size] = unit
      size += 1
      continue
    }
    const point = text.codePointAt(place) ?? 0xfffd
    const code = point > 0xffff ? 0 : (table[point] ?? 0)
    const bytes = point > 0xffff || code > 0xffff ? 4 : 2
    if (size + bytes > most) break
    if (point > 0xffff) {
      target.set(fourBytes(189_000 + point - 0x10000), at + size)
      place += 1
    } else if (bytes === 4) target.writeUInt32BE(code, at + size)
    else target.writeUInt16BE(code, at + size)
    size += bytes
  }
  return size
}

/** The bytes of a text in GB18030. */
export function encodeGb18030(text: string): Buffer {
  const target = Buffer.alloc(text.length * 4)
  return target.subarray(0, writeGb18030(text, target, 0))
}
