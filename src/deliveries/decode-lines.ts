import { isUtf8 } from 'node:buffer'
import type { RejectReason } from './reject-reasons.contract.ts'

/** A place in a file that is not as it should be: `row` counts lines from 1, the header among them. */
export type Fault = { row: number; column: string; reason: RejectReason; value: string }
export type Encoding = 'utf-8' | 'gb18030'

/** Told when a file cannot be read at all: a wrong encoding is found at its first place. */
export class UnreadableFile extends Error {
  readonly fault: Fault
  readonly detail: string
  constructor(fault: Fault, detail: string) {
    super(`${fault.reason} at row ${fault.row}: ${detail}`)
    this.fault = fault
    this.detail = detail
  }
}

/**
 * Finds a wrong encoding early: bytes of another encoding often decode without a complaint, so a GB18030 file whose bytes are all valid UTF-8 is
 * refused, and so is any byte order mark of another encoding.
 */
export class EncodingGuard {
  readonly #encoding: Encoding
  #beyondAscii = 0
  #couldBeUtf8 = true
  #firstLine = 0
  #linesBefore = 0
  #atStart = true

  constructor(encoding: Encoding) {
    this.#encoding = encoding
  }

  /** Looks at whole lines; returns them without a byte order mark. Throws UnreadableFile. */
  check(lines: Buffer): Buffer {
    let block = lines
    if (this.#atStart) {
      this.#atStart = false
      const mark = block.subarray(0, 3).toString('hex')
      if (mark.startsWith('fffe') || mark.startsWith('feff')) throw wrong(1, 'UTF-16')
      if (mark === 'efbbbf') {
        if (this.#encoding !== 'utf-8') throw wrong(1, 'UTF-8')
        block = block.subarray(3)
      }
    }
    if (this.#encoding === 'gb18030' && this.#couldBeUtf8) {
      const text = block.toString('latin1')
      const beyond = text.match(/[\x80-\xff]/g)?.length ?? 0
      if (beyond > 0) {
        if (this.#firstLine === 0) this.#firstLine = this.#linesBefore + text.slice(0, text.search(/[\x80-\xff]/)).split('\n').length
        this.#beyondAscii += beyond
        if (!isUtf8(block)) this.#couldBeUtf8 = false
      }
      this.#linesBefore += text.split('\n').length - 1
    }
    return block
  }

  /** At the end of the file: a few characters may be valid in both by chance, six bytes of them hardly. */
  end(): void {
    if (this.#encoding === 'gb18030' && this.#couldBeUtf8 && this.#beyondAscii >= 6) throw wrong(this.#firstLine, 'UTF-8')
  }
}

function wrong(row: number, found: string): UnreadableFile {
  return new UnreadableFile({ row, column: '', reason: 'encoding', value: '' }, found)
}

const decoders = { 'utf-8': new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }), gb18030: new TextDecoder('gb18030', { fatal: true }) }

/** Decodes bytes that hold whole characters; undefined when they are none of this encoding. */
export function decode(encoding: Encoding, bytes: Buffer): string | undefined {
  try {
    return decoders[encoding].decode(bytes)
  } catch {
    return undefined
  }
}

/** Decodes a block of whole lines; throws UnreadableFile with the first line and column that cannot be read. */
export function decodeBlock(encoding: Encoding, block: Buffer, firstRow: number, columnOf: (before: string) => string): string {
  const text = decode(encoding, block)
  if (text !== undefined) return text
  // most often the whole file is in the other encoding: that is the more useful thing to say
  if (encoding === 'gb18030' && isUtf8(block)) {
    const bytes = block.toString('latin1')
    throw wrong(firstRow + bytes.slice(0, bytes.search(/[\x80-\xff]/)).split('\n').length - 1, 'UTF-8')
  }
  let row = firstRow
  for (let at = 0; at < block.length; row++) {
    const end = block.indexOf(10, at)
    const line = block.subarray(at, end < 0 ? block.length : end)
    if (decode(encoding, line) === undefined) {
      let good = line.length
      while (good > 0 && decode(encoding, line.subarray(0, good)) === undefined) good--
      throw new UnreadableFile({ row, column: columnOf(decode(encoding, line.subarray(0, good)) ?? ''), reason: 'encoding', value: '' }, encoding)
    }
    at += line.length + 1
  }
  throw new UnreadableFile({ row: firstRow, column: '', reason: 'encoding', value: '' }, encoding)
}
