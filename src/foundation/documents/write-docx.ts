import { AlignmentType, BorderStyle, Document, Footer, Packer, PageBreak, PageNumber, Paragraph, Table, TableCell, TableRow, TextRun, VerticalAlign, WidthType } from 'docx'
import type { CoverSheet, FormFrame, FormRow, FormSheet } from './form-sheet.ts'

const width = 10_000 // twentieths of a point between the margins
const label = 1_300
const line = { style: BorderStyle.SINGLE, size: 4, color: '333333' } as const
const borders = { top: line, bottom: line, left: line, right: line }
const half = (points: number): number => Math.round(points * 2)

const run = (text: string, size: number, bold = false): TextRun[] => text.split('\n').map((part, place) => new TextRun({ text: part, size: half(size), bold, ...(place === 0 ? {} : { break: 1 }) }))
const paragraph = (text: string, size: number, more: { align?: 'center' | 'right'; bold?: boolean } = {}): Paragraph =>
  new Paragraph({ children: run(text, size, more.bold ?? false), ...(more.align === undefined ? {} : { alignment: more.align === 'center' ? AlignmentType.CENTER : AlignmentType.RIGHT }) })

function cell(text: string, wide: number, size: number, more: { shade?: boolean; span?: number; lines?: number } = {}): TableCell {
  const empty = Math.max(0, (more.lines ?? 1) - Math.max(1, Math.ceil([...text].length / 55)))
  return new TableCell({
    width: { size: wide, type: WidthType.DXA }, borders, verticalAlign: VerticalAlign.TOP, margins: { top: 40, bottom: 40, left: 80, right: 80 },
    ...(more.shade ? { shading: { fill: 'EEF2F3' } } : {}), ...(more.span === undefined ? {} : { columnSpan: more.span }),
    children: [paragraph(text, size), ...Array.from({ length: empty }, () => paragraph('', size))],
  })
}

function tableOf(row: FormRow, size: number): Table {
  const whole = (rows: TableRow[], columnWidths: number[]): Table => new Table({ width: { size: width, type: WidthType.DXA }, columnWidths, rows })
  if (row.kind === 'heading') return whole([new TableRow({ children: [cell(row.text, width, size, { shade: true })] })], [width])
  if (row.kind === 'wide') return whole([new TableRow({ children: [cell(row.label, label, size), cell(row.text, width - label, size, { lines: row.lines })] })], [label, width - label])
  if (row.kind === 'fields') {
    const each = Math.floor(width / row.cells.length)
    return whole([new TableRow({ children: row.cells.flatMap((one) => [cell(one.label, label, size), cell(one.text, each - label, size)]) })], row.cells.flatMap(() => [label, each - label]))
  }
  const total = row.widths.reduce((sum, one) => sum + one, 0)
  const widths = row.widths.map((one) => Math.floor((width * one) / total))
  const empty = Array.from({ length: Math.max(0, row.least - row.rows.length) }, () => row.head.map(() => ''))
  const lineOf = (cells: readonly string[], shade: boolean): TableRow => new TableRow({ children: cells.map((text, place) => cell(text, widths[place] ?? 1_000, size, { shade })) })
  return whole([lineOf(row.head, true), ...[...row.rows, ...empty].map((cells) => lineOf(cells, false))], widths)
}

/** The same forms as a Word document (.docx), to be filled in and kept by the bank: one form a page. Long texts get a smaller letter, as in the PDF. */
export async function writeFormsDocx(sheets: readonly FormSheet[], frame: FormFrame, cover: CoverSheet | null = null): Promise<Buffer> {
  const children: (Paragraph | Table)[] = []
  if (cover) {
    children.push(paragraph(frame.bank, 9), paragraph(cover.title, 15, { align: 'center', bold: true }), ...cover.facts.map((one) => paragraph(`${one.label}：${one.text}`, 9)))
    children.push(tableOf({ kind: 'table', head: cover.head, widths: cover.widths, rows: cover.rows, least: 0 }, 9))
  }
  sheets.forEach((sheet, place) => {
    const letters = sheet.rows.reduce((sum, row) => sum + (row.kind === 'table' ? row.rows.flat().join('').length + 40 * Math.max(row.least, row.rows.length) : row.kind === 'wide' ? Math.max(row.text.length, row.lines * 50) : 60), 0)
    const size = letters > 2_600 ? 6.5 : letters > 1_800 ? 7.5 : 9
    if (place > 0 || cover) children.push(new Paragraph({ children: [new PageBreak()] }))
    children.push(paragraph(frame.bank, 9), paragraph(sheet.number, 9, { align: 'right' }), paragraph(sheet.title, 15, { align: 'center', bold: true }))
    for (const row of sheet.rows) children.push(tableOf(row, size))
    children.push(paragraph('', 9), paragraph(sheet.signatures.map((one) => `${one}：______________`).join('    '), 9))
  })
  const document = new Document({
    creator: frame.bank, title: sheets[0]?.title ?? cover?.title ?? '',
    styles: { default: { document: { run: { font: { ascii: 'Arial', eastAsia: '宋体', hAnsi: 'Arial' } }, paragraph: { spacing: { before: 0, after: 0 } } } } },
    sections: [{
      properties: { page: { size: { width: 11_906, height: 16_838 }, margin: { top: 700, bottom: 700, left: 950, right: 950 } } },
      footers: { default: new Footer({ children: [new Paragraph({ children: [new TextRun({ text: `${frame.formCode}    ${frame.mark}    `, size: 14 }), new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES], size: 14 })] })] }) },
      children,
    }],
  })
  return Packer.toBuffer(document)
}
