import { sql, type Transaction } from '../database/transaction.ts'
import type { BookMark } from './write-sheet.ts'

const closings = {
  CUSTOMERS: { zh: '。客户信息，禁止外传', en: '. Customer data, not to be passed on' },
  INTERNAL: { zh: '。内部资料，禁止外传', en: '. Internal, not to be passed on' },
  PLAIN: { zh: '', en: '' },
} as const

/** Who fetches a workbook, when and what for: the line above and below its rows; with a title it is the mark of the whole book. `holds`: what the file holds, which says to whom it may go. */
export async function exportMark(tx: Transaction, { actor, language }: { actor: { name: string; staffNo: string }; language: 'zh' | 'en' }, purpose: string, holds: keyof typeof closings): Promise<Omit<BookMark, 'title'>> {
  const { at } = await tx.one(sql<{ at: string }>`SELECT to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS at`)
  const closing = closings[holds][language]
  const line = language === 'zh' ? `${actor.name}（${actor.staffNo}） ${at} 导出，用途：${purpose}${closing}` : `Exported by ${actor.name} (${actor.staffNo}) ${at}, for: ${purpose}${closing}`
  return { author: `${actor.name} ${actor.staffNo}`, purpose, line }
}
