import { openPdf, type PdfPen } from './open-pdf.ts'

/** A report of headings, sentences, facts and long tables that go on over pages with their heads. */
export type ReportColumn = { title: string; width: number; right?: boolean }
export type ReportRow = { cells: readonly string[]; /** Levels by which the second cell stands in. */ indent?: number; strong?: boolean }
export type ReportPart =
  | { kind: 'heading'; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'facts'; facts: readonly { label: string; text: string }[] }
  | { kind: 'table'; columns: readonly ReportColumn[]; rows: readonly ReportRow[]; /** The column whose text stands in by `indent`. */ indented?: number }
export type Report = { title: string; number: string; parts: readonly ReportPart[]; signatures: readonly string[] }
/** What every page carries: the bank above, who, when and what for below, and the same faintly across it. */
export type ReportFrame = { bank: string; mark: string; watermark: string; pageOf: (page: number, pages: number) => string; missingGlyphs: string }

// margins of official papers (GB/T 9704), in points
const mm = 72 / 25.4
const paper = { width: 595.28, height: 841.89, left: 28 * mm, right: 26 * mm, top: 37 * mm, bottom: 35 * mm }
const inner = paper.width - paper.left - paper.right
const size = 9
const pad = 3
const gap = -1.2

type Pen = PdfPen & { y: number }

export async function writeReportPdf(report: Report, frame: ReportFrame): Promise<Buffer> {
  const pen: Pen = Object.assign(await openPdf({ Title: report.title, Creator: frame.bank, Subject: frame.mark }), { y: 0 })
  const { doc, drawable } = pen
  newPage(pen, frame)
  doc.fontSize(9).fillColor('#111').text(drawable(frame.bank), paper.left, pen.y, { width: inner, lineBreak: false })
  doc.text(drawable(report.number), paper.left, pen.y, { width: inner, align: 'right', lineBreak: false })
  doc.fontSize(16).text(drawable(report.title), paper.left, pen.y + 18, { width: inner, align: 'center' })
  pen.y += 50
  for (const part of report.parts) drawPart(pen, part, frame)
  if (report.signatures.length > 0) {
    room(pen, 40, frame)
    const each = inner / report.signatures.length
    report.signatures.forEach((label, place) => doc.fontSize(size).fillColor('#111').text(drawable(`${label}：____________`), paper.left + place * each, pen.y + 16, { width: each, lineBreak: false }))
  }
  const { count } = doc.bufferedPageRange()
  for (let page = 0; page < count; page++) {
    doc.switchToPage(page)
    const y = paper.height - paper.bottom + 18
    doc.fontSize(7).fillColor('#444')
    const mark = drawable(frame.mark)
    doc.text(`${mark}${pen.missing ? `    ${frame.missingGlyphs}` : ''}`, paper.left, y, { width: inner - 80, height: 24, ellipsis: true })
    doc.text(frame.pageOf(page + 1, count), paper.left, y, { width: inner, align: 'right', lineBreak: false })
  }
  return pen.close()
}

function newPage(pen: Pen, frame: ReportFrame): void {
  const { doc } = pen
  doc.addPage()
  pen.y = paper.top
  doc.save().fillColor('#000').fillOpacity(0.06).fontSize(20)
  for (const [x, y] of [[90, 300], [250, 480], [90, 640]] as const) {
    doc.save().rotate(-28, { origin: [x, y] })
    doc.text(pen.drawable(frame.watermark), x, y, { width: 420, height: 26, lineBreak: false })
    doc.restore()
  }
  doc.restore().fillOpacity(1).lineWidth(0.5).strokeColor('#333')
}

/** Begins a new page unless so much is left of this one. */
function room(pen: Pen, height: number, frame: ReportFrame): boolean {
  if (pen.y + height <= paper.height - paper.bottom) return false
  newPage(pen, frame)
  return true
}

const heightOf = ({ doc, drawable }: Pen, text: string, width: number): number => doc.fontSize(size).heightOfString(text === '' ? ' ' : drawable(text), { width, lineGap: gap })

function drawPart(pen: Pen, part: ReportPart, frame: ReportFrame): void {
  const { doc, drawable } = pen
  if (part.kind === 'heading') {
    room(pen, 60, frame)
    doc.fontSize(11).fillColor('#111').text(drawable(part.text), paper.left, pen.y + 8, { width: inner })
    pen.y += 28
  } else if (part.kind === 'text') {
    const height = heightOf(pen, part.text, inner)
    room(pen, height + 4, frame)
    doc.fontSize(size).fillColor('#333').text(drawable(part.text), paper.left, pen.y, { width: inner, lineGap: gap })
    pen.y += height + 4
  } else if (part.kind === 'facts') {
    for (const { label, text } of part.facts) {
      const height = Math.max(heightOf(pen, text, inner - 110), 14)
      room(pen, height + 2, frame)
      doc.fontSize(size).fillColor('#444').text(drawable(label), paper.left, pen.y, { width: 104, lineBreak: false })
      doc.fillColor('#111').text(drawable(text), paper.left + 110, pen.y, { width: inner - 110, lineGap: gap })
      pen.y += height + 2
    }
    pen.y += 6
  } else drawTable(pen, part, frame)
}

function drawTable(pen: Pen, { columns, rows, indented = 0 }: Extract<ReportPart, { kind: 'table' }>, frame: ReportFrame): void {
  const { doc, drawable } = pen
  const total = columns.reduce((sum, column) => sum + column.width, 0)
  const widths = columns.map((column) => (inner * column.width) / total)
  const line = (row: ReportRow, head: boolean): void => {
    const inset = (place: number): number => (place === indented ? Math.min(row.indent ?? 0, 8) * 7 : 0)
    const height = Math.max(...row.cells.map((text, place) => heightOf(pen, text, (widths[place] ?? 60) - 2 * pad - inset(place)))) + 2 * pad
    if (room(pen, height, frame) && !head) line({ cells: columns.map(({ title }) => title) }, true)
    let x = paper.left
    row.cells.forEach((text, place) => {
      const width = widths[place] ?? 60
      if (head) doc.rect(x, pen.y, width, height).fillAndStroke('#EEF2F3', '#333')
      else doc.rect(x, pen.y, width, height).stroke()
      doc.fontSize(size).fillColor(row.strong === true || head ? '#000' : '#222')
        .text(drawable(text), x + pad + inset(place), pen.y + pad, { width: width - 2 * pad - inset(place), lineGap: gap, align: columns[place]?.right === true ? 'right' : 'left' })
      x += width
    })
    pen.y += height
  }
  room(pen, 40, frame)
  line({ cells: columns.map(({ title }) => title) }, true)
  for (const row of rows) line(row, false)
  pen.y += 8
}
