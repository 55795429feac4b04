import JSZip from 'jszip'
import PptxGenJS from 'pptxgenjs'
import { kept, officeColours, type OfficeChart, type OfficeReport } from './office-chart.ts'

// the package's types describe the namespace, not what an ES module gets from it
const Deck = ((PptxGenJS as unknown as { default?: unknown }).default ?? PptxGenJS) as new () => import('pptxgenjs').default
type Deck = InstanceType<typeof Deck>
type Slide = ReturnType<Deck['addSlide']>

const font = 'Microsoft YaHei'
const page = { wide: 13.333, high: 7.5, side: 0.6 }
const rowsOnSlide = 14

/** The place of a slide behind its title, in the brackets of the title's language. */
const numbered = (title: string, place: string): string => (/[\u4e00-\u9fff]/.test(title) ? `${title}（${place}）` : `${title} (${place})`)

/** Slides, one a part, with charts of Office itself. A long table goes on over slides with its head. */
export async function writePptx(report: OfficeReport): Promise<Buffer> {
  const deck = new Deck()
  deck.layout = 'LAYOUT_WIDE'
  deck.title = report.title
  deck.author = report.author
  deck.company = report.bank
  deck.subject = report.purpose
  deck.theme = { headFontFace: font, bodyFontFace: font }
  const first = deck.addSlide()
  first.background = { color: '0E3442' }
  first.addText(report.title, { x: page.side, y: 2.4, w: page.wide - 2 * page.side, h: 1, fontSize: 36, bold: true, color: 'FFFFFF', fontFace: font })
  first.addText(report.subtitle, { x: page.side, y: 3.5, w: page.wide - 2 * page.side, h: 0.6, fontSize: 18, color: 'D3E4EA', fontFace: font })
  first.addText(`${report.bank}\n${report.mark}`, { x: page.side, y: 6.3, w: page.wide - 2 * page.side, h: 0.8, fontSize: 11, color: 'D3E4EA', fontFace: font })
  for (const part of report.parts) {
    const pages = part.table ? Math.max(1, Math.ceil(part.table.rows.length / rowsOnSlide)) : 1
    for (let at = 0; at < pages; at++) {
      const slide = deck.addSlide()
      frame(slide, pages > 1 ? numbered(part.title, `${at + 1}/${pages}`) : part.title, report.mark)
      const top = 1.1
      // a slide of sentences alone is read from the back of the room
      const alone = part.chart === undefined && part.table === undefined
      if (at === 0) slide.addText(part.lines.map((text) => ({ text: kept(text), options: { bullet: part.lines.length > 1, breakLine: true, ...(alone ? { paraSpaceAfter: 14 } : {}) } })), { x: page.side, y: top, w: page.wide - 2 * page.side, h: (alone ? 0.75 : 0.35) * Math.max(1, part.lines.length) + 0.15, fontSize: alone ? 22 : 14, color: '1B2529', fontFace: font, valign: 'top' })
      const below = top + (at === 0 ? 0.35 * Math.max(1, part.lines.length) + 0.3 : 0)
      const both = part.chart !== undefined && part.table !== undefined
      if (part.chart && at === 0) addChart(deck, slide, part.chart, { x: page.side, y: below, w: both ? 7.4 : page.wide - 2 * page.side, h: page.high - below - 0.7 })
      if (part.table) {
        const { head, right, rows } = part.table
        const cell = (text: string, place: number, isHead: boolean) => ({ text, options: { align: right.includes(place) ? 'right' as const : 'left' as const, bold: isHead, ...(isHead ? { fill: { color: 'EEF2F3' } } : {}) } })
        const beside = both && at === 0
        slide.addTable([head.map((text, place) => cell(text, place, true)), ...rows.slice(at * rowsOnSlide, (at + 1) * rowsOnSlide).map((row) => row.map((text, place) => cell(text, place, false)))], {
          x: beside ? 8.3 : page.side, y: below, w: beside ? page.wide - 8.3 - page.side : page.wide - 2 * page.side, fontSize: beside ? 10 : 12, fontFace: font, color: '1B2529', border: { type: 'solid', pt: 0.5, color: 'DDE3E6' }, margin: [0.03, 0.06, 0.03, 0.06],
        })
      }
    }
  }
  return withoutEmptyNames((await deck.write({ outputType: 'nodebuffer' })) as Buffer)
}

/** The library names a master in the table of contents for each slide, and writes one: what is named and not there is left out, as strict readers want it. Packed, which the library does not do. */
async function withoutEmptyNames(deck: Buffer): Promise<Buffer> {
  const archive = await JSZip.loadAsync(deck)
  const contents = '[Content_Types].xml'
  const named = (await archive.file(contents)?.async('string')) ?? ''
  archive.file(contents, named.replace(/<Override PartName="\/([^"]+)"[^>]*\/>/g, (whole, part: string) => (archive.file(part) === null ? '' : whole)))
  return archive.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' })
}

function frame(slide: Slide, title: string, mark: string): void {
  slide.addText(title, { x: page.side, y: 0.35, w: page.wide - 2 * page.side, h: 0.6, fontSize: 24, bold: true, color: '0E3442', fontFace: font })
  slide.addText(mark, { x: page.side, y: page.high - 0.45, w: page.wide - 2 * page.side - 0.8, h: 0.3, fontSize: 9, color: '5A666C', fontFace: font })
  slide.slideNumber = { x: page.wide - 1, y: page.high - 0.45, fontSize: 9, color: '5A666C', fontFace: font }
}

export function addChart(deck: Deck, slide: Slide, { kind, categories, series, unit }: OfficeChart, at: { x: number; y: number; w: number; h: number }): void {
  slide.addChart(kind === 'line' ? deck.ChartType.line : deck.ChartType.bar, series.map(({ name, values }) => ({ name, labels: [...categories], values: values.map((one) => one ?? 0) })), {
    // the library paints each bar of a single series in another colour, and Office leaves out every second label where it is narrow; a share ends at 100
    ...at, chartColors: series.length === 1 ? officeColours.slice(0, 1) : [...officeColours], catAxisLabelFrequency: '1', ...(unit === '%' && series.every(({ values }) => values.every((value) => (value ?? 0) <= 100)) ? { valAxisMaxVal: 100 } : {}), barDir: kind === 'bar' ? 'bar' : 'col', showLegend: series.length > 1, legendPos: 'b', legendFontFace: font, catAxisLabelFontFace: font, valAxisLabelFontFace: font, catAxisLabelFontSize: 10, valAxisLabelFontSize: 10,
    showValAxisTitle: true, valAxisTitle: unit, valAxisTitleFontSize: 10, valAxisTitleFontFace: font, valGridLine: { color: 'DDE3E6', size: 0.5 }, lineSize: 2, dataLabelFormatCode: series.every(({ values }) => values.every((value) => value === null || Number.isInteger(value))) ? '#,##0' : '#,##0.00', valAxisLabelFormatCode: '#,##0', showValue: kind !== 'line' && categories.length <= 16 && series.length === 1, dataLabelFontSize: 9,
    ...(kind === 'bar' ? { catAxisOrientation: 'maxMin' as const } : {}), roundedCorners: false, ...(kind === 'line' ? {} : { valAxisMinVal: undefined }),
  } as Parameters<Slide['addChart']>[2])
}

/** Only the charts of a report, each on a slide: the parts that a Word document takes over. */
export async function writeChartParts(charts: readonly OfficeChart[]): Promise<Buffer> {
  const deck = new Deck()
  for (const chart of charts) addChart(deck, deck.addSlide(), chart, { x: 0, y: 0, w: 6, h: 3 })
  return (await deck.write({ outputType: 'nodebuffer' })) as Buffer
}
