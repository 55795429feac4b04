import { AlignmentType, Document, Footer, Header, HeadingLevel, Packer, PageNumber, Paragraph, Table, TableCell, TableRow, TextRun, WidthType } from 'docx'
import JSZip from 'jszip'
import { kept, type OfficeReport, type OfficeTable } from './office-chart.ts'
import { writeChartParts } from './write-pptx.ts'

const wide = 9_070 // twentieths of a point between the margins of official papers
const font = { ascii: 'Arial', eastAsia: '宋体', hAnsi: 'Arial' }
const markOf = (place: number): string => `__chart_${place}__`

/** A report as Word. Charts are Office's own: the parts in which a presentation keeps a chart and its table are the same in a document, so they are put in here. */
export async function writeReportDocx(report: OfficeReport): Promise<Buffer> {
  const charts = report.parts.flatMap(({ chart }) => (chart ? [chart] : []))
  let place = 0
  const children = report.parts.flatMap((part) => [
    new Paragraph({ heading: HeadingLevel.HEADING_1, keepNext: true, children: [new TextRun({ text: part.title, font: { ...font, eastAsia: '黑体' } })] }),
    ...part.lines.map((text, at) => new Paragraph({ spacing: { after: 80 }, keepNext: at < part.lines.length - 1 || part.chart !== undefined || part.table !== undefined, children: [new TextRun({ text: kept(text), size: 24 })] })),
    ...(part.chart ? [new Paragraph({ children: [new TextRun({ text: markOf((place += 1)) })] })] : []),
    ...(part.table ? [tableOf(part.table), new Paragraph({ children: [] })] : []),
  ])
  const document = new Document({
    creator: report.author, title: report.title, subject: report.purpose, description: report.mark, keywords: report.mark,
    styles: { default: { document: { run: { font } }, heading1: { run: { size: 28, bold: true, color: '000000' }, paragraph: { spacing: { before: 240, after: 120 } } } } },
    sections: [{
      properties: { page: { size: { width: 11_906, height: 16_838 }, margin: { top: 2_098, bottom: 1_984, left: 1_587, right: 1_474 } } },
      headers: { default: new Header({ children: [new Paragraph({ alignment: AlignmentType.RIGHT, children: [new TextRun({ text: report.mark, size: 14, color: '808080' })] })] }) },
      footers: { default: new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES], size: 16 })] })] }) },
      children: [
        new Paragraph({ children: [new TextRun({ text: report.bank, size: 20 })] }),
        new Paragraph({ alignment: AlignmentType.CENTER, spacing: { before: 200, after: 80 }, children: [new TextRun({ text: report.title, size: 36, bold: true, font: { ...font, eastAsia: '黑体' } })] }),
        new Paragraph({ alignment: AlignmentType.CENTER, spacing: { after: 200 }, children: [new TextRun({ text: report.subtitle, size: 22 })] }),
        ...children,
      ],
    }],
  })
  const written = await Packer.toBuffer(document)
  return charts.length === 0 ? written : withCharts(written, await writeChartParts(charts), charts.map(({ categories }) => categories.length))
}

/** As wide as its longest text asks, within limits; together as wide as the page. A Chinese character counts twice; a head is bold and breaks between its words only; each cell has its margins. */
function widthsOf(head: readonly string[], rows: OfficeTable['rows']): number[] {
  const length = (text: string): number => [...text].reduce((sum, one) => sum + (one > '\u2e80' ? 2 : 1.15), 0)
  const longestWord = (title: string): number => Math.max(...title.split(' ').map(length))
  const asked = head.map((title, place) => Math.min(26, Math.max(6, longestWord(title) * 1.25, ...rows.map((row) => length(row[place] ?? '')))) + 1.8)
  const whole = asked.reduce((sum, one) => sum + one, 0)
  return asked.map((one) => Math.floor((wide * one) / whole))
}

function tableOf({ head, right, rows }: OfficeTable): Table {
  const widths = widthsOf(head, rows)
  const line = (cells: readonly string[], isHead: boolean): TableRow => new TableRow({
    tableHeader: isHead, cantSplit: true,
    children: cells.map((text, place) => new TableCell({
      width: { size: widths[place] ?? 0, type: WidthType.DXA }, margins: { top: 40, bottom: 40, left: 80, right: 80 }, ...(isHead ? { shading: { fill: 'EEF2F3' } } : {}),
      children: [new Paragraph({ keepNext: isHead, alignment: right.includes(place) ? AlignmentType.RIGHT : AlignmentType.LEFT, children: [new TextRun({ text, size: 19, bold: isHead })] })],
    })),
  })
  return new Table({ width: { size: wide, type: WidthType.DXA }, columnWidths: widths, rows: [line(head, true), ...rows.map((row) => line(row, false))] })
}

const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart'
const chartType = 'application/vnd.openxmlformats-officedocument.drawingml.chart+xml'

/** Puts each chart with its table into the document where its mark stands. */
async function withCharts(docx: Buffer, deck: Buffer, categories: readonly number[]): Promise<Buffer> {
  const [target, source] = [await JSZip.loadAsync(docx), await JSZip.loadAsync(deck)]
  const text = async (archive: JSZip, name: string): Promise<string> => {
    const file = archive.file(name)
    if (!file) throw new Error(`no ${name} in the document`)
    return file.async('string')
  }
  // charts are numbered as the library made them, one a slide: the slide says which is its own
  let [body, relations, types] = [await text(target, 'word/document.xml'), await text(target, 'word/_rels/document.xml.rels'), await text(target, '[Content_Types].xml')]
  for (let place = 1; place <= categories.length; place++) {
    const [, chart = ''] = /charts\/(chart\d+)\.xml/.exec(await text(source, `ppt/slides/_rels/slide${place}.xml.rels`)) ?? []
    const chartRelations = await text(source, `ppt/charts/_rels/${chart}.xml.rels`)
    const [, table = ''] = /embeddings\/([^"]+\.xlsx)/.exec(chartRelations) ?? []
    target.file(`word/charts/${chart}.xml`, await text(source, `ppt/charts/${chart}.xml`))
    target.file(`word/charts/_rels/${chart}.xml.rels`, chartRelations)
    const kept = source.file(`ppt/embeddings/${table}`)
    if (!kept) throw new Error('a chart without its table')
    target.file(`word/embeddings/${table}`, await kept.async('nodebuffer'))
    relations = relations.replace('</Relationships>', `<Relationship Id="rIdChart${place}" Type="${relation}" Target="charts/${chart}.xml"/></Relationships>`)
    types = types.replace('</Types>', `<Override PartName="/word/charts/${chart}.xml" ContentType="${chartType}"/></Types>`)
    const run = new RegExp(`<w:r>(?:(?!</w:r>).)*${markOf(place)}</w:t></w:r>`, 's')
    if (!run.test(body)) throw new Error('the mark of a chart is not in the document')
    body = body.replace(run, `<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="5580000" cy="${(categories[place - 1] ?? 0) > 12 ? 4_320_000 : 2_880_000}"/><wp:docPr id="${100 + place}" name="chart ${place}"/><wp:cNvGraphicFramePr/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rIdChart${place}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`)
  }
  if (!types.includes('Extension="xlsx"')) types = types.replace(/(<Types[^>]*>)/, '$1<Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>')
  target.file('word/document.xml', body).file('word/_rels/document.xml.rels', relations).file('[Content_Types].xml', types)
  return target.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' })
}
