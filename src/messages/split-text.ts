import { randomInt } from 'node:crypto'

/** One part of a short message as it goes over the air: UCS-2, with the header that joins the parts when there are several. */
export type Part = { total: number; number: number; hasHeader: boolean; content: Buffer }

/** A single message holds 70 units of UTF-16; a part of several holds 67, for its header takes six bytes of the 140. */
const single = 70
const ofSeveral = 67

/** Cuts a text into parts (3GPP TS 23.040: header 05 00 03 reference total number). A character of two units is never torn. More than 255 parts there are none: a text of ours has at most some hundred characters. */
export function partsOf(text: string, reference: number = randomInt(256)): Part[] {
  if (text.length <= single) return [{ total: 1, number: 1, hasHeader: false, content: ucs2(text) }]
  const pieces: string[] = []
  let piece = ''
  for (const character of text) {
    if (piece.length + character.length > ofSeveral) {
      pieces.push(piece)
      piece = ''
    }
    piece += character
  }
  pieces.push(piece)
  if (pieces.length > 255) throw new Error('a short message of more than 255 parts')
  return pieces.map((content, place) => ({ total: pieces.length, number: place + 1, hasHeader: true, content: Buffer.concat([Buffer.from([5, 0, 3, reference & 0xff, pieces.length, place + 1]), ucs2(content)]) }))
}

/** UCS-2 in the order of the network (big endian). */
export const ucs2 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()
