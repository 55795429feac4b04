// without 0 and O, 1 and I and L, U: read aloud and typed without doubt
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
export const codeLength = 20

/** A code in groups of five from random bytes, each taken once: 20 letters of 30 are 98 bits. Bytes that would favour some letters are skipped. Null: not enough bytes. */
export function codeFrom(bytes: Iterable<number>): string | null {
  let text = ''
  for (const byte of bytes) {
    if (byte >= 240) continue // 8 × 30
    text += letters[byte % letters.length]
    if (text.length === codeLength) return text.replace(/(.{5})(?=.)/g, '$1-')
  }
  return null
}

/** A code as people type it: small letters, blanks, other hyphens and full-width letters are the same code. */
export function plainCode(typed: string): string {
  return typed.normalize('NFKC').toUpperCase().replace(/[^A-Z0-9]/g, '')
}
