import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { Exact, exact } from '../../src/foundation/values/decimal.ts'

export type PdfText = { text: string; x: number; y: number; width: number }

/** The upright texts of each page of a PDF with their places, by another library than the one that wrote it: what a reader sees, without the watermark across the page. */
export async function pdfPages(pdf: Buffer): Promise<PdfText[][]> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0, useSystemFonts: false })
  const document = await task.promise
  const pages: PdfText[][] = []
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent()
    pages.push(items.flatMap((item) => ('str' in item && item.str.trim() !== '' && Math.abs(Number(item.transform[1])) < 0.01 ? [{ text: item.str, x: Number(item.transform[4]), y: Number(item.transform[5]), width: item.width }] : [])))
  }
  await task.destroy()
  return pages
}

const mm = 72 / 25.4

/** Rows of the tables of a report, cut at its columns; a cell that goes on below belongs to the row above it. */
export function tableOfPdf(pages: readonly PdfText[][], widths: readonly number[]): string[][] {
  const inner = 595.28 - 54 * mm
  const total = widths.reduce((sum, one) => sum + one, 0)
  let edge = 28 * mm
  const edges = widths.map((one) => (edge += (inner * one) / total))
  const rows: string[][] = []
  for (const page of pages) {
    const lines = new Map<number, PdfText[]>()
    for (const item of page) {
      const line = [...lines.keys()].find((y) => Math.abs(y - item.y) < 2) ?? item.y
      lines.set(line, [...(lines.get(line) ?? []), item])
    }
    for (const [, items] of [...lines].sort(([a], [b]) => b - a)) {
      const cells = widths.map((_one, place) => items.filter(({ x, width }) => edges.findIndex((right) => x + Math.min(width, 2) < right) === place).sort((a, b) => a.x - b.x).map(({ text }) => text).join(''))
      const last = rows.at(-1)
      if ((cells[0] ?? '') === '' && last) cells.forEach((text, place) => { if (text !== '') last[place] = `${last[place] ?? ''}${place === 3 ? ' ' : ''}${text}` })
      else rows.push(cells)
    }
  }
  return rows
}

/** "−1,234.50 *" is -1234.50. */
export const figureOf = (text: string): string => text.replace(/[,*\s]/g, '').replace('−', '-')

/** What of a formula's text a person types into a calculator; null: nothing to type (a sum of facts, a band, a reason). */
export function calculatorText(how: string): string | null {
  if (/之和|分档|^为零/.test(how)) return null
  const typed = how.replace(/（[^）]*）/g, ' ').replace(/[^\d.,+−×÷() ]/g, ' ').replace(/\s+/g, ' ').trim()
  return /[+−×÷]/.test(typed) ? typed : null
}

/** A calculator with × and ÷ before + and −, and brackets. */
export function calculate(typed: string): Exact {
  const parts = typed.replaceAll(',', '').match(/\d+(\.\d+)?|[+−×÷()]/g) ?? []
  let place = 0
  const factor = (): Exact => {
    const part = parts[place++]
    if (part === '(') {
      const inside = sum()
      place += 1
      return inside
    }
    return part === '−' ? factor().neg() : exact(part ?? '0')
  }
  const product = (): Exact => {
    let value = factor()
    while (parts[place] === '×' || parts[place] === '÷') value = parts[place++] === '×' ? value.times(factor()) : value.div(factor())
    return value
  }
  const sum = (): Exact => {
    let value = product()
    while (parts[place] === '+' || parts[place] === '−') value = parts[place++] === '+' ? value.plus(product()) : value.minus(product())
    return value
  }
  return sum()
}
