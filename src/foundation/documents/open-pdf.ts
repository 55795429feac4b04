import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import PDFDocument from 'pdfkit'

/** A PDF that is being drawn in Chinese. `drawable` gives what can be drawn of a text: a character that the font lacks is told by its number, never as an empty box, and `missing` says so for the note at the foot. */
export type PdfPen = { doc: PDFKit.PDFDocument; missing: boolean; drawable(text: string): string; close(): Promise<Buffer> }

/** A4 without a page yet; the pages stay open until `close`, for feet that tell how many there are. */
export async function openPdf(info: PDFKit.DocumentInfo): Promise<PdfPen> {
  const doc = new PDFDocument({ size: 'A4', margin: 0, bufferPages: true, autoFirstPage: false, info })
  const done = new Promise<Buffer>((resolve, reject) => {
    const parts: Buffer[] = []
    doc.on('data', (part: Buffer) => parts.push(part))
    doc.on('end', () => resolve(Buffer.concat(parts)))
    doc.on('error', reject)
  })
  doc.registerFont('han', await chineseFont())
  doc.font('han')
  // pdfkit does not tell which characters a font has; the font that it opened does
  const opened = (doc as unknown as { _font: { font: { hasGlyphForCodePoint(code: number): boolean } } })._font.font
  const pen: PdfPen = {
    doc,
    missing: false,
    drawable: (text) => [...text].map((letter) => {
      const code = letter.codePointAt(0) ?? 0
      if (letter === '\n' || opened.hasGlyphForCodePoint(code)) return letter
      pen.missing = true
      return `〔U+${code.toString(16).toUpperCase()}〕`
    }).join(''),
    close() {
      doc.end()
      return done
    },
  }
  return pen
}

let font: Promise<Buffer> | undefined

/** The Chinese font as TrueType: the package brings it as .woff2, which a PDF would take in whole (5 MB a file). Made once in the life of a process, in about half a second. */
function chineseFont(): Promise<Buffer> {
  font ??= (async () => {
    const require = createRequire(import.meta.url)
    const subset = require('subset-font') as (font: Buffer, text: string, options: { targetFormat: 'truetype' }) => Promise<Buffer>
    const folder = dirname(require.resolve('@fontsource/noto-sans-sc/package.json'))
    return subset(await readFile(join(folder, 'files', 'noto-sans-sc-chinese-simplified-400-normal.woff2')), everyCharacter(), { targetFormat: 'truetype' })
  })()
  return font
}

function everyCharacter(): string {
  const blocks: readonly (readonly [number, number])[] = [[0x20, 0x24f], [0x2000, 0x27bf], [0x3000, 0x303f], [0x3400, 0x4dbf], [0x4e00, 0x9fff], [0xff00, 0xffef]]
  let all = ''
  for (const [from, to] of blocks) for (let code = from; code <= to; code++) all += String.fromCodePoint(code)
  return all
}
