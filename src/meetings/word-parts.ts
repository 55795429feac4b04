import { AlignmentType, Footer, Header, PageNumber, Paragraph, Table, TableCell, TableRow, TextRun, WidthType, type ISectionOptions } from 'docx'

/** What the Word documents of this room are made of: fonts, margins of official papers, headings, tables, head and foot. */

export const song = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '宋体', cs: 'Times New Roman' }
export const hei = { ...song, eastAsia: '黑体' }
// millimetres in twentieths of a point: 37/26/35/28, the margins of official papers (GB/T 9704)
const mm = (value: number): number => Math.round(value * 56.6929)

export const text = (content: string, size = 21): Paragraph[] => content.split('\n').map((line) => new Paragraph({ children: [new TextRun({ text: line, font: song, size })] }))
export const heading = (content: string): Paragraph => new Paragraph({ spacing: { before: 200, after: 80 }, children: [new TextRun({ text: content, font: hei, size: 24, bold: true })] })
const cell = (content: string, width: number, head = false): TableCell => new TableCell({ width: { size: width, type: WidthType.PERCENTAGE }, children: content.split('\n').map((line) => new Paragraph({ children: [new TextRun({ text: line, font: head ? hei : song, size: 20 })] })) })
export const table = (widths: readonly number[], head: readonly string[], rows: readonly (readonly string[])[]): Table => new Table({
  width: { size: 100, type: WidthType.PERCENTAGE },
  rows: [new TableRow({ tableHeader: true, children: head.map((one, place) => cell(one, widths[place] ?? 0, true)) }), ...rows.map((row) => new TableRow({ cantSplit: true, children: row.map((one, place) => cell(one, widths[place] ?? 0)) }))],
})
export const title = (content: string): Paragraph => new Paragraph({ alignment: AlignmentType.CENTER, spacing: { after: 200 }, children: [new TextRun({ text: content, font: hei, size: 36, bold: true })] })

export type PrintFrame = { bank: string; printedBy: string; printedOn: string }

/** A4 with the bank's name above; the form and its version, who printed it, page x of y below. */
export function page(form: string, frame: PrintFrame): Omit<ISectionOptions, 'children'> {
  const centred = { alignment: AlignmentType.CENTER } as const
  return {
    properties: { page: { size: { width: mm(210), height: mm(297) }, margin: { top: mm(37), right: mm(26), bottom: mm(35), left: mm(28) } } },
    headers: { default: new Header({ children: [new Paragraph({ ...centred, children: [new TextRun({ text: frame.bank, font: song, size: 18 })] })] }) },
    footers: {
      default: new Footer({
        children: [new Paragraph({ ...centred, children: [new TextRun({ font: song, size: 18, children: [`${form} · 打印 ${frame.printedBy} ${frame.printedOn} · 第 `, PageNumber.CURRENT, ' 页 共 ', PageNumber.TOTAL_PAGES, ' 页'] })] })],
      }),
    },
  }
}
