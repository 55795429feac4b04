import type { CoverSheet, FormFrame, FormSheet } from '../foundation/documents/form-sheet.ts'
import { writeFormsDocx } from '../foundation/documents/write-docx.ts'
import { writeFormsPdf } from '../foundation/documents/write-pdf.ts'
import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle, type Context, type RawReply } from '../foundation/http/route.ts'
import { recordReading } from '../foundation/store/store.ts'
import { addDays, monthOf, shiftMonth } from '../foundation/values/business-date.ts'
import { aboutKinds } from '../foundation/values/file-kind.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import type { ContactMode, ContactPurpose, PromiseSide, RiskSignal } from './contact.contract.ts'
import { modeWords, purposeWords, riskWords, yuan } from './form-words.ts'
import { mostSheets, printContact, printContacts } from './print.contract.ts'

type Sheet = {
  id: string; customer_id: string; customer_name: string; customer_number: string; tier: string; number: string | null; business_date: string; start_time: string | null; mode: ContactMode; purpose: ContactPurpose; place: string | null; staff_name: string
  people: string[] | null; contact_person: string | null; their_people: string[]; summary: string; changed_operations: string | null; changed_people: string | null; changed_finance: string | null; changed_funds: string | null
  risk_signals: RiskSignal[]; risk_note: string | null; next_action: string | null; next_on: string | null; entered_on: string; late: boolean; effective: boolean; checked_name: string | null; checked_on: string | null
}
type Promised = { contact_id: string; side: PromiseSide; what: string; due_on: string; owner: string; state: string; ended_on: string | null }
type Around = { contact_id: string; before: string | null; after: string | null; photos: number; cards: string[] | null }

function readSheets(tx: Transaction, where: Sql, limit: number): Promise<Sheet[]> {
  return tx.all(sql<Sheet>`
    SELECT c.id, c.customer_id, k.name AS customer_name, k.number AS customer_number, k.tier, c.number, c.business_date, c.start_time, c.mode, c.purpose, c.place, s.staff_name,
      (SELECT array_agg(o.staff_name ORDER BY o.staff_no) FROM organisation_staff_facts o WHERE o.staff_key = ANY(c.our_people)) AS people,
      c.contact_person, c.their_people, c.summary, c.changed_operations, c.changed_people, c.changed_finance, c.changed_funds, c.risk_signals, c.risk_note, c.next_action, c.next_on, c.entered_on, c.late, c.effective,
      m.staff_name AS checked_name, c.checked_on
    FROM contact c JOIN customers_customer_facts k ON k.customer_id = c.customer_id JOIN organisation_staff_facts s ON s.staff_key = c.staff_key LEFT JOIN organisation_staff_facts m ON m.staff_key = c.checked_by
    WHERE ${where} ORDER BY k.number, c.business_date, c.id LIMIT ${limit}`)
}

/** Promises, deposits around the contact, photos and cards of records that the person has just read in his own role. */
function readAround(tx: Transaction, sheets: readonly Sheet[], day: string): Promise<{ promises: Promised[]; around: Around[] }> {
  const customers = [...new Set(sheets.map((sheet) => sheet.customer_id))]
  const ids = sheets.map((sheet) => sheet.id)
  return tx.asRole('engine', async () => ({
    promises: await tx.all(sql<Promised>`SELECT p.contact_id, p.side, p.what, p.due_on, s.staff_name AS owner, p.state, p.ended_on FROM contact_promise p JOIN organisation_staff_facts s ON s.staff_key = p.owner_key
      WHERE p.customer_id = ANY(${customers}::uuid[]) AND p.contact_id = ANY(${ids}::uuid[]) AND p.state <> 'VOID' ORDER BY p.due_on, p.id`),
    around: await tx.all(sql<Around>`
      SELECT c.id AS contact_id,
        (SELECT sum(b.balance_fen)::text FROM holdings_balance_facts b WHERE b.customer_id = c.customer_id AND b.line = 'DEPOSIT' AND b.currency = 'CNY' AND b.from_date < c.business_date AND (b.to_date IS NULL OR b.to_date >= c.business_date)) AS before,
        (SELECT sum(b.balance_fen)::text FROM holdings_balance_facts b WHERE b.customer_id = c.customer_id AND b.line = 'DEPOSIT' AND b.currency = 'CNY' AND b.from_date <= ${day} AND (b.to_date IS NULL OR b.to_date > ${day})) AS after,
        (SELECT count(*)::int FROM contact_photo f WHERE f.customer_id = c.customer_id AND f.contact_id = c.id AND f.removed_on IS NULL) AS photos,
        (SELECT array_agg(n.number ORDER BY n.number) FROM need_card n WHERE n.customer_id = c.customer_id AND n.contact_id = c.id AND n.voided_on IS NULL) AS cards
      FROM contact c WHERE c.customer_id = ANY(${customers}::uuid[]) AND c.id = ANY(${ids}::uuid[])`),
  }))
}

const none = ''
const stateWords: Readonly<Record<string, string>> = { OPEN: '待办', KEPT: '已兑现', DROPPED: '已取消' }

function formOf(sheet: Sheet, promises: readonly Promised[], around: Around | undefined): FormSheet {
  const changes = [['经营', sheet.changed_operations], ['人员', sheet.changed_people], ['财务', sheet.changed_finance], ['资金', sheet.changed_funds]] as const
  const files = [around && around.photos > 0 ? `照片 ${around.photos} 张` : null, around?.cards ? `需求卡 ${around.cards.join('、')}` : null].filter((one) => one !== null)
  return {
    title: '优质客户维护记录表', number: `编号：${sheet.number ?? none}`,
    rows: [
      { kind: 'fields', cells: [{ label: '客户名称', text: sheet.customer_name }] },
      { kind: 'fields', cells: [{ label: '客户号', text: sheet.customer_number }, { label: '客户层级', text: sheet.tier }, { label: '客户经理', text: sheet.staff_name }] },
      { kind: 'fields', cells: [{ label: '联系日期', text: `${sheet.business_date} ${sheet.start_time ?? ''}`.trim() }, { label: '联系方式', text: modeWords[sheet.mode] }, { label: '联系目的', text: purposeWords[sheet.purpose] }] },
      { kind: 'fields', cells: [{ label: '地点', text: sheet.place ?? none }, { label: '我行参加人', text: (sheet.people ?? [sheet.staff_name]).join('、') }] },
      { kind: 'wide', label: '客户方参加人', text: [sheet.contact_person, ...sheet.their_people].filter((one) => one !== null).join('、'), lines: 1 },
      { kind: 'wide', label: '联系内容', text: sheet.summary === '' ? '（内容限阅）' : sheet.summary, lines: 8 },
      { kind: 'heading', text: '注意到的变化' },
      ...changes.map(([label, text]) => ({ kind: 'wide' as const, label, text: text ?? none, lines: 1 })),
      { kind: 'wide', label: '风险信号', text: [sheet.risk_signals.map((code) => riskWords[code]).join('、'), sheet.risk_note ?? ''].filter((one) => one !== '').join('：'), lines: 2 },
      { kind: 'heading', text: '承诺与期限' },
      { kind: 'table', head: ['事项', '承诺方', '期限', '经办', '结果'], widths: [48, 12, 14, 12, 14], least: 3, rows: promises.map((one) => [one.what, one.side === 'OURS' ? '我行' : '客户', one.due_on, one.owner, `${stateWords[one.state] ?? ''}${one.ended_on ? ` ${one.ended_on}` : ''}`]) },
      { kind: 'fields', cells: [{ label: '下一步', text: sheet.next_action ?? none }, { label: '下次日期', text: sheet.next_on ?? none }] },
      { kind: 'fields', cells: [{ label: '存款（前）', text: yuan(around?.before ?? null) }, { label: '存款（现）', text: yuan(around?.after ?? null) }] },
      { kind: 'fields', cells: [{ label: '录入日期', text: `${sheet.entered_on}${sheet.late ? '（补录）' : ''}` }, { label: '是否计入', text: sheet.effective ? '是' : '否' }, { label: '审阅', text: sheet.checked_name === null ? none : `${sheet.checked_name} ${sheet.checked_on ?? ''}` }] },
      { kind: 'wide', label: '附件', text: files.join('；'), lines: 1 },
    ],
    signatures: ['客户经理签字', '负责人签字', '日期'],
  }
}

export type FormFormat = 'PDF' | 'DOCX'

/** The frame of every print: the bank, the form, and who printed when and what for. */
export async function frameOf(tx: Transaction, { actor }: Context, formCode: string, purpose: string): Promise<FormFrame> {
  const { bank, at } = await tx.one(sql<{ bank: string; at: string }>`SELECT name_zh AS bank, to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS at FROM bank`)
  return { bank, formCode, mark: `${actor.name}（${actor.staffNo}） ${at} 打印，用途：${purpose}。客户信息，禁止外传`, pageOf: (page, pages) => `第 ${page} 页 共 ${pages} 页`, missingGlyphs: '字库缺字以编码代替，请手工填写' }
}

export async function writeForms(format: FormFormat, sheets: readonly FormSheet[], frame: FormFrame, name: string, cover: CoverSheet | null = null): Promise<RawReply> {
  const content = format === 'PDF' ? await writeFormsPdf(sheets, frame, cover) : await writeFormsDocx(sheets, frame, cover)
  return { type: aboutKinds[format].type, content, fileName: `${name}.${format.toLowerCase()}` }
}

export const printContactRoute = handle(printContact, async (tx, { params: { customerId, contactId }, body }, context) => {
  const [sheet] = await readSheets(tx, sql`c.customer_id = ${customerId} AND c.id = ${contactId}`, 1)
  if (!sheet) return refuse('not-found')
  const { promises, around } = await readAround(tx, [sheet], context.businessDate)
  await recordReading(tx, { table: 'contact', objectId: contactId, customerId, why: body.purpose, about: { print: 'YQ-KH-02', format: body.format } })
  return ok(await writeForms(body.format, [formOf(sheet, promises, around[0])], await frameOf(tx, context, 'YQ-KH-02 第 2 版', body.purpose), `维护记录表-${sheet.number ?? sheet.business_date}`))
})

/** Months of the period, both ends included. */
function monthsOf(from: string, to: string): string[] {
  const months = [monthOf(from)]
  for (let month = months[0] ?? ''; month < monthOf(to);) {
    month = shiftMonth(month, 1)
    months.push(month)
  }
  return months
}

export const printContactsRoute = handle(printContacts, async (tx, { body }, context) => {
  const { from, to, customerIds, mine, purpose, format } = body
  if (to < from || to > addDays(from, 366)) return refuse('period-too-long', { field: 'to' })
  const where = sql.join([
    sql`c.voided_on IS NULL AND c.business_date >= ${from} AND c.business_date <= ${to}`, ...(customerIds.length === 0 ? [] : [sql`c.customer_id = ANY(${customerIds}::uuid[])`]), ...(mine ? [sql`c.staff_key = ${context.actor.staffKey}`] : []),
  ], sql` AND `)
  const sheets = await readSheets(tx, where, mostSheets + 1)
  if (sheets.length === 0) return refuse('nothing-to-print')
  if (sheets.length > mostSheets) {
    const { n } = await tx.one(sql<{ n: number }>`SELECT count(*)::int AS n FROM contact c WHERE ${where}`)
    return refuse('too-many-sheets', { details: { count: String(n), most: String(mostSheets) } })
  }
  const { promises, around } = await readAround(tx, sheets, context.businessDate)
  // chosen customers stand on the cover even when no record of theirs is there
  const chosen = await tx.all(sql<{ customer_id: string; name: string; number: string; tier: string }>`SELECT customer_id, name, number, tier FROM customers_customer_facts WHERE customer_id = ANY(${[...new Set([...customerIds, ...sheets.map((sheet) => sheet.customer_id)])]}::uuid[]) ORDER BY number`)
  const months = monthsOf(from, to)
  const cover: CoverSheet = {
    title: '优质客户维护记录表 · 清单',
    facts: [{ label: '期间', text: `${from} 至 ${to}` }, { label: '客户', text: `${chosen.length} 户` }, { label: '记录', text: `${sheets.length} 张` }],
    head: ['序号', '客户号', '客户', '层级', '张数', '缺少有效联系的月份'], widths: [7, 18, 37, 8, 8, 22],
    rows: chosen.map((customer, place) => {
      const own = sheets.filter((sheet) => sheet.customer_id === customer.customer_id)
      const missing = months.filter((month) => !own.some((sheet) => sheet.effective && monthOf(sheet.business_date) === month))
      return [String(place + 1), customer.number, customer.name, customer.tier, String(own.length), missing.join('、') || '无']
    }),
  }
  await recordReading(tx, { table: 'contact', objectId: null, customerId: null, why: purpose, about: { print: 'YQ-KH-02', format, sheets: sheets.length, customers: chosen.length, from, to } })
  const byContact = new Map(around.map((one) => [one.contact_id, one]))
  const forms = sheets.map((sheet) => formOf(sheet, promises.filter((one) => one.contact_id === sheet.id), byContact.get(sheet.id)))
  return ok(await writeForms(format, forms, await frameOf(tx, context, 'YQ-KH-02 第 2 版', purpose), `维护记录表-${from}-${to}`, cover))
})
