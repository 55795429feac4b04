import { describe, expect, test } from 'vitest'
import { encodeGb18030, writeGb18030 } from './gb18030.ts'

const decoder = new TextDecoder('gb18030')

describe('GB18030', () => {
  test.each([['银桥', '\xd2\xf8\xc7\xc5'], ['A1', 'A1'], ['€', '\xa2\xe3']])('%s', (text, bytes) => {
    expect(encodeGb18030(text).toString('latin1')).toBe(bytes)
  })

  test('rare characters, outside GBK and outside the basic plane, come back as they were', () => {
    for (const text of ['㙍䶮㛃', '𬍛𠅤𠮷', '阿依古丽·买买提', 'ёñ…—～']) expect(decoder.decode(encodeGb18030(text))).toBe(text)
  })

  test('every character of the basic plane comes back', () => {
    for (let unit = 0x20; unit < 0xffff; unit++) {
      if (unit >= 0xd800 && unit <= 0xdfff) continue
      const text = String.fromCharCode(unit)
      // private use and U+FFFD itself stand apart
      if ((unit >= 0xe000 && unit <= 0xf8ff) || unit >= 0xfffd || unit === 0xfeff) continue
      if (decoder.decode(encodeGb18030(text)) !== text) expect.fail(`U+${unit.toString(16)}`)
    }
  })

  test('a text is cut between characters', () => {
    const target = Buffer.alloc(40)
    expect(writeGb18030('银桥银行', target, 0, 5)).toBe(4)
    expect(writeGb18030('a𠮷b', target, 0, 4)).toBe(1)
    expect(writeGb18030('a𠮷b', target, 0, 5)).toBe(5)
  })
})
