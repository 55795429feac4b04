import type { Actor } from '../../foundation/access/actor.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { recordReading } from '../../foundation/store/store.ts'
import { previousMonth } from '../../foundation/values/business-date.ts'
import { yuanText } from '../../foundation/values/fen.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { profitByCustomer, readProfitSums, type ProfitScope } from './engine-read-profit.ts'
import { exportProfit, getProfitView, listProfitCustomers, profitGroups, type ProfitGroup, type ProfitQuery, type ProfitView } from './profit.contract.ts'
import { otherParts } from './read-value.ts'
import { markedSheet } from '../../foundation/spreadsheets/export-mark.ts'

function scopeOf(actor: Pick<Actor, 'breadth' | 'linePath' | 'placeKey' | 'staffKey'>): ProfitScope {
  switch (actor.breadth) {
    case 'ALL': return { kind: 'ALL' }
    case 'UNIT': return { kind: 'UNIT', path: actor.linePath }
    case 'NONE': return { kind: 'PLACE', placeKey: actor.placeKey }
    case 'SELF': return { kind: 'PERSON', staffKey: actor.staffKey }
  }
}

/** The whole of a scope by product, outlet or manager; a person has products only. */
const groupsOf = (scope: ProfitScope, query: ProfitQuery): ProfitGroup[] => profitGroups.filter((group) =>
  (group === 'PRODUCT' ? query.part === undefined : scope.kind !== 'PERSON' && query.staff === undefined) && (group !== 'OUTLET' || (query.place === undefined && scope.kind !== 'PLACE')))

export const getProfitViewRoute = handle(getProfitView, async (tx, { query }, { actor }) => {
  const view = await readView(tx, query, actor)
  return view ? ok(view) : refuse('not-found')
})

async function readView(tx: Transaction, query: ProfitQuery, actor: Actor): Promise<ProfitView | undefined> {
  const scope = scopeOf(actor)
  if (query.staff !== undefined && scope.kind === 'PERSON' && query.staff !== scope.staffKey) return undefined
  const groups = groupsOf(scope, query)
  const by = query.by !== undefined && groups.includes(query.by) ? query.by : (groups[0] ?? 'PRODUCT')
  const bank = await tx.one(sql<{ currency: string; example: boolean }>`
    SELECT currency, EXISTS (SELECT FROM ftp_price p WHERE p.example AND p.currency = bank.currency AND NOT EXISTS (SELECT FROM ftp_price o WHERE o.currency = p.currency AND NOT o.example)) AS example FROM bank`)
  const worked = await tx.asRole('engine', () => tx.all(sql<{ month: string; missing: string[] }>`
    SELECT to_char(v.month_start, 'YYYY-MM') AS month, v.missing FROM value_month v WHERE EXISTS (SELECT FROM profit_sum s WHERE s.month_start = v.month_start) ORDER BY v.month_start DESC LIMIT 36`))
  const shown = query.month === undefined ? worked[0] : worked.find(({ month }) => month === query.month)
  const months = worked.map(({ month }) => month)
  const place = query.place === undefined ? null : await unitName(tx, query.place)
  const staff = query.staff === undefined ? null : await staffName(tx, query.staff)
  const part = query.part === undefined ? null : await partName(tx, query.part)
  if (place === undefined || staff === undefined || part === undefined || (query.month !== undefined && !shown)) return undefined
  const base = { months, currency: bank.currency, by, groups, example: bank.example, missing: shown?.missing ?? [], narrowed: { place, staff, part } }
  if (!shown) return { ...base, month: null, before: null, amountFen: '0', beforeFen: null, parts: [] }
  const [whole, ...rows] = await readProfitSums(tx, {
    month: shown.month, by, scopes: [scope, ...(query.place === undefined ? [] : [{ kind: 'PLACE' as const, placeKey: query.place }])], ...(query.staff === undefined ? {} : { staff: query.staff }), ...(query.part === undefined ? {} : { part: query.part }),
  })
  if (!whole) throw new Error('a grouping set without its whole')
  const before = previousMonth(shown.month)
  return {
    ...base, month: shown.month, before: months.includes(before) ? before : null, amountFen: whole.amountFen, beforeFen: whole.beforeFen,
    parts: rows.map(({ key, name, nameEn, unitName: within, customers, amountFen, beforeFen }) => ({
      key, name: name === null ? (key === null ? null : otherParts[key] ?? { zh: key, en: key }) : { zh: name, en: nameEn ?? name }, unitName: within, customers, amountFen, beforeFen,
    })),
  }
}

const unitName = async (tx: Transaction, key: number): Promise<string | undefined> => (await tx.maybe(sql<{ name: string }>`SELECT name FROM organisation_institution_facts WHERE institution_key = ${key} ORDER BY from_date DESC LIMIT 1`))?.name
const staffName = async (tx: Transaction, key: number): Promise<string | undefined> => (await tx.maybe(sql<{ name: string }>`SELECT staff_name AS name FROM organisation_staff_facts WHERE staff_key = ${key} LIMIT 1`))?.name
async function partName(tx: Transaction, code: string): Promise<{ zh: string; en: string } | undefined> {
  const product = await tx.maybe(sql<{ zh: string; en: string | null }>`SELECT name AS zh, name_en AS en FROM holdings_product_facts WHERE code = ${code}`)
  return product ? { zh: product.zh, en: product.en ?? product.zh } : otherParts[code]
}

/** The customers behind a manager's figure: names of those whom the reader sees now, the others as a sum. */
export const listProfitCustomersRoute = handle(listProfitCustomers, async (tx, { query: { month, staff, part } }, { actor }) => {
  const scope = scopeOf(actor)
  if (scope.kind === 'PERSON' && staff !== scope.staffKey) return refuse('not-found')
  const [whole] = await readProfitSums(tx, { month, by: 'MANAGER', scopes: [scope], staff, ...(part === undefined ? {} : { part }) })
  // who held no post in the reader's scope has no figure in it, and no customers
  if (!whole || whole.customers === null) return refuse('not-found')
  const { amountFen } = whole
  const { currency } = await tx.one(sql<{ currency: string }>`SELECT currency FROM bank`)
  const earned = await profitByCustomer(tx, { month, staff, ...(part === undefined ? {} : { part }) })
  const seen = await tx.all(sql<{ customerId: string; number: string | null; name: string; tier: string }>`
    SELECT customer_id AS "customerId", number, name, tier FROM customers_customer_facts WHERE customer_id = ANY(${[...earned.keys()]}::uuid[])`)
  const items = seen.flatMap((one) => { const fen = earned.get(one.customerId); return fen === undefined ? [] : [{ ...one, amountFen: fen }] })
    .sort((a, b) => (BigInt(a.amountFen) === BigInt(b.amountFen) ? (a.customerId < b.customerId ? -1 : 1) : BigInt(a.amountFen) > BigInt(b.amountFen) ? -1 : 1))
  const shown = items.slice(0, 500)
  return ok({ currency, items: shown, others: { amountFen: (BigInt(amountFen) - shown.reduce((sum, one) => sum + BigInt(one.amountFen), 0n)).toString() }, amountFen })
})

const groupWords: Readonly<Record<ProfitGroup, readonly [string, string]>> = { PRODUCT: ['产品', 'Product'], OUTLET: ['网点', 'Outlet'], MANAGER: ['客户经理', 'Manager'] }

/** The same as a workbook, the sum first, with name, moment and purpose above and below, and in the journal. Amounts to the fen. */
export const exportProfitRoute = handle(exportProfit, async (tx, { body: { purpose, ...query } }, { actor, language }) => {
  const view = await readView(tx, query, actor)
  if (!view) return refuse('not-found')
  if (view.month === null || view.parts.length === 0) return refuse('nothing-to-export')
  const zh = language === 'zh'
  const word = zh ? 0 : 1
  const title = zh ? '模拟利润' : 'Simulated profit'
  const money = (fen: string | null) => (fen === null ? null : { amount: yuanText(BigInt(fen)) })
  const within = [view.narrowed.place, view.narrowed.staff, view.narrowed.part?.[zh ? 'zh' : 'en']].filter((one) => one !== null && one !== undefined).join(' · ')
  const content = await markedSheet(tx, { actor, language }, {
    title, purpose, holds: 'INTERNAL', above: [`${within === '' ? (zh ? '本人权限范围' : 'Own scope') : within} · ${view.month} · ${view.currency}`],
    header: [groupWords[view.by][word], zh ? '所属机构' : 'Unit', zh ? '客户数' : 'Customers', zh ? '模拟利润' : 'Simulated profit', zh ? '上月' : 'Month before'],
    rows: [
      [zh ? '合计' : 'Sum', null, null, money(view.amountFen), money(view.beforeFen)],
      ...view.parts.map((part) => [part.name?.[zh ? 'zh' : 'en'] ?? (zh ? '公共池' : 'Pool'), part.unitName, part.customers === null ? null : { amount: String(part.customers) }, money(part.amountFen), money(part.beforeFen)]),
    ],
  })
  await recordReading(tx, { table: 'contribution', objectId: null, customerId: null, why: purpose, about: { export: 'profit', month: view.month, rows: view.parts.length, by: view.by } })
  return ok({ type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content, fileName: `${title}-${view.month}.xlsx` })
})
