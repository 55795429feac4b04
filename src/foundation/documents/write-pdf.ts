import type { CoverSheet, FormFrame, FormRow, FormSheet } from './form-sheet.ts'
import { openPdf, type PdfPen } from './open-pdf.ts'

const paper = { width: 595.28, height: 841.89, side: 42, top: 40, foot: 40 }
const inner = paper.width - 2 * paper.side
/** The font's own lines are wide (1.45 of the letter): they are brought to 1.3. */
const leading = -0.15
/** Sizes that are tried: a form stays on one page with the longest texts. */
const sizes: readonly number[] = [9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6, 5.5, 5, 4.5]

/** Forms as one PDF, each on its own page, after a cover if there is one. */
export async function writeFormsPdf(sheets: readonly FormSheet[], frame: FormFrame, cover: CoverSheet | null = null): Promise<Buffer> {
  const pen = await openPdf({ Title: sheets[0]?.title ?? cover?.title ?? '', Creator: frame.bank })
  const { doc } = pen
  const lacking: boolean[] = []
  if (cover) coverPages(pen, cover, frame, lacking)
  for (const sheet of sheets) {
    pen.missing = false
    const from = doc.bufferedPageRange().count
    doc.addPage()
    drawSheet(pen, sheet, frame)
    for (let page = from; page < doc.bufferedPageRange().count; page++) lacking.push(pen.missing)
  }
  const { count } = doc.bufferedPageRange()
  for (let page = 0; page < count; page++) {
    doc.switchToPage(page)
    foot(pen, frame, page + 1, count, lacking[page] ?? false)
  }
  return pen.close()
}

const heightOf = (pen: PdfPen, text: string, width: number, size: number): number => pen.doc.fontSize(size).heightOfString(text === '' ? ' ' : text, { width, lineGap: size * leading })
const pad = 3

function rowHeight(pen: PdfPen, row: FormRow, size: number): number {
  if (row.kind === 'heading') return size * 2
  if (row.kind === 'fields') return Math.max(...fieldWidths(row.cells.length, size).map((place, index) => heightOf(pen, pen.drawable(row.cells[index]?.text ?? ''), place.width - 2 * pad, size))) + 2 * pad
  if (row.kind === 'wide') return Math.max(heightOf(pen, pen.drawable(row.text), inner - labelWidth(size) - 2 * pad, size), heightOf(pen, ' ', 100, size) * row.lines) + 2 * pad
  return tableHeights(pen, row, size).reduce((sum, height) => sum + height, 0)
}

const labelWidth = (size: number): number => size * 7.5
function fieldWidths(count: number, size: number): { x: number; width: number }[] {
  const whole = inner / count
  return Array.from({ length: count }, (_, place) => ({ x: paper.side + place * whole + labelWidth(size), width: whole - labelWidth(size) }))
}

function tableHeights(pen: PdfPen, row: Extract<FormRow, { kind: 'table' }>, size: number): number[] {
  const total = row.widths.reduce((sum, width) => sum + width, 0)
  const empty = Array.from({ length: Math.max(0, row.least - row.rows.length) }, () => row.head.map(() => ''))
  return [row.head, ...row.rows, ...empty].map((cells) => Math.max(...cells.map((text, place) => heightOf(pen, pen.drawable(text), (inner * (row.widths[place] ?? 1)) / total - 2 * pad, size))) + 2 * pad)
}

function drawSheet(pen: PdfPen, sheet: FormSheet, frame: FormFrame): void {
  const { doc } = pen
  const room = paper.height - paper.top - paper.foot - 84
  const size = sizes.find((one) => sheet.rows.reduce((sum, row) => sum + rowHeight(pen, row, one), 0) <= room) ?? sizes[sizes.length - 1] ?? 5
  pen.missing = false
  const write = (text: string, x: number, y: number, width: number, at = size, align: 'left' | 'center' | 'right' = 'left'): void => {
    doc.fontSize(at).fillColor('#111').text(pen.drawable(text), x, y, { width, align, lineGap: at * leading })
  }
  write(frame.bank, paper.side, paper.top, inner, 9)
  write(sheet.number, paper.side, paper.top, inner, 9, 'right')
  write(sheet.title, paper.side, paper.top + 14, inner, 15, 'center')
  let y = paper.top + 42
  doc.lineWidth(0.6).strokeColor('#333')
  const bottom = paper.height - paper.foot - 34
  for (const row of sheet.rows) {
    const height = rowHeight(pen, row, size)
    // what does not fit even in the smallest letter goes on; nothing is cut off
    if (y + height > bottom && y > paper.top + 42) {
      doc.addPage()
      doc.lineWidth(0.6).strokeColor('#333')
      y = paper.top
    }
    if (row.kind === 'heading') {
      doc.rect(paper.side, y, inner, height).fillAndStroke('#EEF2F3', '#333')
      write(row.text, paper.side + pad, y + size * 0.4, inner - 2 * pad)
    } else if (row.kind === 'fields') {
      fieldWidths(row.cells.length, size).forEach(({ x, width }, place) => {
        const label = labelWidth(size)
        doc.rect(x - label, y, label, height).stroke()
        doc.rect(x, y, width, height).stroke()
        write(row.cells[place]?.label ?? '', x - label + pad, y + pad, label - 2 * pad)
        write(row.cells[place]?.text ?? '', x + pad, y + pad, width - 2 * pad)
      })
    } else if (row.kind === 'wide') {
      const label = labelWidth(size)
      doc.rect(paper.side, y, label, height).stroke()
      doc.rect(paper.side + label, y, inner - label, height).stroke()
      write(row.label, paper.side + pad, y + pad, label - 2 * pad)
      write(row.text, paper.side + label + pad, y + pad, inner - label - 2 * pad)
    } else {
      drawTable(pen, row, y, size, write)
    }
    y += height
  }
  const each = inner / Math.max(1, sheet.signatures.length)
  sheet.signatures.forEach((label, place) => write(`${label}：________________`, paper.side + place * each, paper.height - paper.foot - 26, each, 9))
}

function drawTable(pen: PdfPen, row: Extract<FormRow, { kind: 'table' }>, top: number, size: number, write: (text: string, x: number, y: number, width: number, at?: number) => void): void {
  const total = row.widths.reduce((sum, width) => sum + width, 0)
  const heights = tableHeights(pen, row, size)
  let y = top
  heights.forEach((height, line) => {
    const cells = line === 0 ? row.head : (row.rows[line - 1] ?? row.head.map(() => ''))
    let x = paper.side
    cells.forEach((text, place) => {
      const width = (inner * (row.widths[place] ?? 1)) / total
      if (line === 0) pen.doc.rect(x, y, width, height).fillAndStroke('#F5F7F8', '#333')
      else pen.doc.rect(x, y, width, height).stroke()
      write(text, x + pad, y + pad, width - 2 * pad, size)
      x += width
    })
    y += height
  })
}

function coverPages(pen: PdfPen, cover: CoverSheet, frame: FormFrame, lacking: boolean[]): void {
  const { doc } = pen
  const size = 9
  const total = cover.widths.reduce((sum, width) => sum + width, 0)
  let y = 0
  const begin = (first: boolean): void => {
    doc.addPage()
    lacking.push(false)
    doc.lineWidth(0.6).strokeColor('#333')
    doc.fontSize(9).fillColor('#111').text(pen.drawable(frame.bank), paper.side, paper.top, { width: inner })
    y = paper.top + 22
    if (!first) return
    doc.fontSize(15).text(pen.drawable(cover.title), paper.side, y, { width: inner, align: 'center' })
    y += 30
    for (const { label, text } of cover.facts) {
      doc.fontSize(size).text(pen.drawable(`${label}：${text}`), paper.side, y, { width: inner })
      y += heightOf(pen, `${label}：${text}`, inner, size) + 2
    }
    y += 6
  }
  begin(true)
  for (const cells of [cover.head, ...cover.rows]) {
    const height = Math.max(...cells.map((text, place) => heightOf(pen, pen.drawable(text), (inner * (cover.widths[place] ?? 1)) / total - 2 * pad, size))) + 2 * pad
    if (y + height > paper.height - paper.foot - 20) begin(false)
    let x = paper.side
    cells.forEach((text, place) => {
      const width = (inner * (cover.widths[place] ?? 1)) / total
      doc.rect(x, y, width, height).stroke()
      doc.fontSize(size).fillColor('#111').text(pen.drawable(text), x + pad, y + pad, { width: width - 2 * pad, lineGap: size * leading })
      x += width
    })
    y += height
  }
}

function foot(pen: PdfPen, frame: FormFrame, page: number, pages: number, missing: boolean): void {
  const { doc } = pen
  const y = paper.height - paper.foot + 2
  doc.fontSize(7).fillColor('#444')
  doc.text(pen.drawable(`${frame.formCode}    ${frame.mark}${missing ? `    ${frame.missingGlyphs}` : ''}`), paper.side, y, { width: inner - 80, height: 20, ellipsis: true })
  doc.text(frame.pageOf(page, pages), paper.side, y, { width: inner, align: 'right', lineBreak: false })
}
