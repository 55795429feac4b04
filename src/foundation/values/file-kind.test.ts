import { describe, expect, test } from 'vitest'
import { extensionOf, kindOfFile, nameFits } from './file-kind.ts'

const bytes = (text: string): Uint8Array => Uint8Array.from([...text].map((letter) => letter.charCodeAt(0)))
/** An archive with empty entries of these names. */
function archive(...names: string[]): Uint8Array {
  const u16 = (value: number): number[] => [value & 255, value >> 8]
  const u32 = (value: number): number[] => [...u16(value & 65_535), ...u16(value >>> 16)]
  const local = names.map((name) => [0x50, 0x4b, 3, 4, ...Array.from({ length: 22 }, () => 0), ...u16(name.length), ...u16(0), ...bytes(name)])
  let place = 0
  const central = names.map((name, index) => {
    const entry = [0x50, 0x4b, 1, 2, ...Array.from({ length: 24 }, () => 0), ...u16(name.length), ...u16(0), ...u16(0), ...u16(0), ...u16(0), ...u32(0), ...u32(place), ...bytes(name)]
    place += local[index]?.length ?? 0
    return entry
  })
  return Uint8Array.from([...local.flat(), ...central.flat(), 0x50, 0x4b, 5, 6, 0, 0, 0, 0, ...u16(names.length), ...u16(names.length), ...u32(central.flat().length), ...u32(place), 0, 0])
}

describe('what a file is, by its content', () => {
  test.each([
    ['a PDF', bytes('%PDF-1.7\n…'), 'PDF'],
    ['a photo', bytes('\u00ff\u00d8\u00ff\u00e0 JFIF'), 'JPEG'],
    ['a picture of the screen', bytes('\u0089PNG\r\n\u001a\n'), 'PNG'],
    ['a WebP picture', bytes('RIFF\u0000\u0000\u0000\u0000WEBPVP8 '), 'WEBP'],
    ['a photo of a phone', bytes('\u0000\u0000\u0000\u0018ftypheic\u0000'), 'HEIC'],
    ['an electronic invoice', archive('OFD.xml', 'Doc_0/Document.xml'), 'OFD'],
    ['a workbook', archive('[Content_Types].xml', 'xl/workbook.xml'), 'XLSX'],
    ['a letter', archive('[Content_Types].xml', 'word/document.xml'), 'DOCX'],
    ['any archive', archive('a.exe'), 'ZIP'],
    ['an archive cut off', archive('[Content_Types].xml', 'xl/workbook.xml').subarray(0, 60), 'ZIP'],
    ['an old workbook', bytes('\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1'), 'OLD_OFFICE'],
    ['a list in UTF-8', new TextEncoder().encode('名称,代码\n晋泰,1\n'), 'CSV'],
    ['a list in GB18030', Uint8Array.from([0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0x61, 0x0a]), 'CSV'],
    ['a program', bytes('\u007fELF\u0002\u0001\u0001\u0000\u0000'), null],
    ['a Windows program', bytes('MZ\u0090\u0000\u0003'), null],
    ['nothing', new Uint8Array(), null],
  ])('%s', (_what, content, kind) => expect(kindOfFile(content)).toBe(kind))
})

test.each([
  ['执照.pdf', 'PDF', true], ['执照.PDF', 'PDF', true], ['照片.pdf', 'JPEG', false], ['照片.jpeg', 'JPEG', true], ['照片', 'JPEG', false], ['a.pdf.exe', 'PDF', false], ['网页.html', 'CSV', false],
] as const)('%s may hold %s: %s', (name, kind, fits) => expect(nameFits(name, kind)).toBe(fits))
test('what stands after the last point', () => expect(['a.b.PDF', 'none', '.bashrc'].map(extensionOf)).toEqual(['pdf', '', 'bashrc']))
