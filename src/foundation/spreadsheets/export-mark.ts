import { sql, type Transaction } from '../database/transaction.ts'
import { writeSheet, type BookMark, type SheetPart } from './write-sheet.ts'

const closings = {
  CUSTOMERS: { zh: '。客户信息，禁止外传', en: '. Customer data, not to be passed on' },
  INTERNAL: { zh: '。内部资料，禁止外传', en: '. Internal, not to be passed on' },
  PLAIN: { zh: '', en: '' },
} as const

type Who = { actor: { name: string; staffNo: string }; language: 'zh' | 'en' }

/** Who fetches a workbook, when and what for: the line above and below its rows; with a title it is the mark of the whole book. `holds`: what the file holds, which says to whom it may go. */
export async function exportMark(tx: Transaction, { actor, language }: Who, purpose: string, holds: keyof typeof closings): Promise<Omit<BookMark, 'title'>> {
  const { at } = await tx.one(sql<{ at: string }>`SELECT to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS at`)
  const closing = closings[holds][language]
  const line = language === 'zh' ? `${actor.name}（${actor.staffNo}） ${at} 导出，用途：${purpose}${closing}` : `Exported by ${actor.name} (${actor.staffNo}) ${at}, for: ${purpose}${closing}`
  return { author: `${actor.name} ${actor.staffNo}`, purpose, line }
}

/** A list as a workbook of one sheet that says who fetched it, when and what for: above (after what the caller puts there) and below its rows, in its properties and on each printed page. */
export async function markedSheet(tx: Transaction, who: Who, { title, purpose, holds, above = [], ...part }: { title: string; purpose: string; holds: keyof typeof closings } & Omit<SheetPart, 'name' | 'below'>): Promise<Buffer> {
  const mark = await exportMark(tx, who, purpose, holds)
  return writeSheet({ ...part, name: title, above: [...above, mark.line], below: [mark.line], mark: { title, ...mark } })
}
