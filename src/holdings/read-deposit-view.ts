import type { Actor } from '../foundation/access/actor.ts'
import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { writeBook } from '../foundation/spreadsheets/write-sheet.ts'
import { recordReading } from '../foundation/store/store.ts'
import { yuanText } from '../foundation/values/fen.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { figuresView } from './balance-figures.ts'
import { readDepositSums, type SumScope } from './engine-read-deposit-sums.ts'
import { depositGroups, exportDepositView, getDepositView, type DepositGroup, type DepositKind, type DepositMover, type DepositQuery, type DepositView } from './holdings.contract.ts'
import { exportMark } from '../foundation/spreadsheets/export-mark.ts'

/** How many customers of each direction are named. */
const moversShown = 20

/** Whose deposits a person sees: his own; those of his line and below; as head of a place whose managers report elsewhere, of the place; the bank's. */
function scopeOf(actor: Pick<Actor, 'breadth' | 'linePath' | 'placeKey' | 'staffKey'>): SumScope {
  switch (actor.breadth) {
    case 'ALL': return { kind: 'ALL' }
    case 'UNIT': return { kind: 'UNIT', path: actor.linePath }
    case 'NONE': return { kind: 'PLACE', placeKey: actor.placeKey }
    case 'SELF': return { kind: 'PERSON', staffKey: actor.staffKey }
  }
}

// What a scope can be added up by, the usual one first.
function groupsOf(scope: SumScope, postCode: string): readonly DepositGroup[] {
  if (scope.kind === 'ALL') return ['BRANCH', 'SUB_BRANCH', 'OUTLET', 'MANAGER']
  return scope.kind === 'UNIT' && postCode === 'BRANCH_HEAD' ? ['OUTLET', 'SUB_BRANCH', 'MANAGER'] : ['MANAGER']
}

/** Deposit figures (2.8) of the reader's own scope, or of a unit inside it, as the last delivery left them, with the parts that they are the sum of. */
export const getDepositViewRoute = handle(getDepositView, async (tx, { query }, { actor, businessDate }) => {
  const { detail, ...rest } = query
  const view = await readView(tx, rest, actor, businessDate, detail)
  return view ? ok(view) : refuse('not-found')
})

const heads = [
  ['存款余额', 'Deposits'], ['较上日', 'Against yesterday'], ['较月初', 'Since the month began'], ['较季初', 'Since the quarter began'], ['较年初', 'Since the year began'], ['月日均', 'Month average'], ['年日均', 'Year average'],
  ['上年日均', 'Average of last year'], ['年日均增量', 'Growth of the year average'], ['贷款余额', 'Loans'],
] as const
const groupWords: Readonly<Record<DepositGroup, readonly [string, string]>> = { MANAGER: ['客户经理', 'Manager'], OUTLET: ['网点', 'Outlet'], SUB_BRANCH: ['支行', 'Sub-branch'], BRANCH: ['分行', 'Branch'] }

const customerKindWords = { CORPORATE: ['对公', 'Companies'], PERSON: ['个人', 'Persons'] } as const
const depositKindWordsShown: Readonly<Record<DepositKind, readonly [string, string]>> = { DEMAND: ['活期', 'Demand'], TIME: ['定期', 'Time'], AGREEMENT: ['协定', 'Agreement'], STRUCTURED: ['结构性', 'Structured'], MARGIN: ['保证金', 'Margin'] }
const yuan = (fen: string): string => yuanText(BigInt(fen))

/** The same as a workbook (the parts, the kinds, the ups and downs), the sum first, with name, moment and purpose above and below, and in the journal. Amounts in the bank's currency, to the fen. */
export const exportDepositViewRoute = handle(exportDepositView, async (tx, { body: { purpose, ...query } }, { actor, businessDate, language }) => {
  const view = await readView(tx, query, actor, businessDate, true)
  if (!view) return refuse('not-found')
  if (view.parts.length === 0) return refuse('nothing-to-export')
  const zh = language === 'zh'
  const word = zh ? 0 : 1
  const mark = await exportMark(tx, { actor, language }, purpose, 'INTERNAL')
  const title = zh ? '存款看板' : 'Deposits'
  const money = ({ deposits: d, loanFen }: Pick<DepositView['kinds'][number], 'deposits' | 'loanFen'>) =>
    [d.balanceFen, d.toYesterdayFen, d.toMonthBeginFen, d.toQuarterBeginFen, d.toYearBeginFen, d.monthAdbFen, d.yearAdbFen, d.lastYearAdbFen, d.yearAdbIncrementFen, loanFen].map((fen) => (fen === null ? null : { amount: yuan(fen) }))
  const nobody = view.by === 'MANAGER' ? (['公共池', 'Pool'] as const) : (['其他', 'Elsewhere'] as const)
  const above = [`${view.unitName ?? (zh ? '本人权限范围' : 'Own scope')} · ${zh ? '数据日期' : 'as of'} ${view.asOf} · ${view.currency}`, mark.line]
  const sum = [zh ? '合计' : 'Sum', null, ...money(view)]
  const { up, down } = view.movers ?? { up: [], down: [] }
  const content = await writeBook([
    { name: title, above, below: [mark.line], header: [groupWords[view.by][word], zh ? '所属机构' : 'Unit', ...heads.map((head) => head[word])], rows: [sum, ...view.parts.map((part) => [part.name ?? nobody[word], part.unitName, ...money(part)])] },
    ...(view.kinds.length === 0 ? [] : [{
      name: zh ? '客户与存款种类' : 'By kind', above, below: [mark.line], header: zh ? ['客户类别', '存款种类', ...heads.map((head) => head[0])] : ['Customers', 'Deposits', ...heads.map((head) => head[1])],
      rows: [sum, ...view.kinds.map((row) => [customerKindWords[row.customerKind][word], row.depositKind === null ? (zh ? '小计' : 'All') : depositKindWordsShown[row.depositKind][word], ...money(row)])],
    }]),
    ...(up.length + down.length === 0 ? [] : [{
      name: zh ? '较上日变动' : 'Ups and downs', above, below: [mark.line], header: zh ? ['方向', '客户号', '客户', '主办客户经理', '存款余额', '较上日'] : ['Direction', 'Number', 'Customer', 'Main manager', 'Deposits', 'Against yesterday'],
      rows: [...up.map((one) => ({ ...one, way: zh ? '增加' : 'Up' })), ...down.map((one) => ({ ...one, way: zh ? '减少' : 'Down' }))].map((one) => [one.way, one.number, one.name, one.managerName, { amount: yuan(one.balanceFen) }, { amount: yuan(one.changeFen) }]),
    }]),
  ], { title, ...mark })
  await recordReading(tx, { table: 'balance_span', objectId: null, customerId: null, why: purpose, about: { export: 'deposit-view', rows: view.parts.length, customers: up.length + down.length, by: view.by, unit: query.unitKey ?? null } })
  return ok({ type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content, fileName: `${title}-${view.asOf}.xlsx` })
})

async function readView(tx: Transaction, query: DepositQuery, actor: Actor, businessDate: string, detail: boolean): Promise<DepositView | undefined> {
  const scope = scopeOf(actor)
  const groups = groupsOf(scope, actor.postCode)
  const by = query.by !== undefined && groups.includes(query.by) ? query.by : (groups[0] ?? 'MANAGER')
  const unit = query.unitKey === undefined ? null : await unitOn(tx, query.unitKey, businessDate)
  if (unit === undefined || (unit && scope.kind === 'PERSON')) return undefined
  const scopes = unit ? [scope, unit.scope] : [scope]
  const { asOf: told, currency, whole, parts, kinds } = await readDepositSums(tx, scopes, by, { kinds: detail })
  const asOf = told ?? businessDate
  return {
    asOf, currency, by, groups: depositGroups.filter((group) => groups.includes(group)), unitName: unit?.name ?? null, deposits: figuresView(whole, asOf), loanFen: whole.loan,
    parts: parts.map((row) => ({ key: row.key, name: row.name, unitName: row.unit_name, deposits: figuresView(row, asOf), loanFen: row.loan })),
    kinds: kinds.map((row) => ({ customerKind: row.customerKind, depositKind: row.depositKind, deposits: figuresView(row, asOf), loanFen: row.depositKind === null ? row.loan : null })),
    movers: detail ? await readMovers(tx, unit?.scope ?? null) : null,
  }
}

/** The largest of each direction among the customers that the reader's own role shows him. */
async function readMovers(tx: Transaction, within: SumScope | null): Promise<NonNullable<DepositView['movers']>> {
  const inside = within?.kind === 'UNIT' ? sql`AND d.scope_path >= ${within.path} AND d.scope_path < ${`${within.path}/`}` : within?.kind === 'PLACE' ? sql`AND d.outlet_key = ${within.placeKey}` : sql``
  const most = (direction: Sql, order: Sql): Promise<DepositMover[]> => tx.all(sql<DepositMover>`
    SELECT d.customer_id AS "customerId", d.number, d.name, s.staff_name AS "managerName", d.deposit_fen::text AS "balanceFen", d.deposit_change_fen::text AS "changeFen"
    FROM customers_deposit_facts d LEFT JOIN organisation_staff_facts s ON s.staff_key = d.main_staff_key
    WHERE d.deposit_change_fen ${direction} 0 ${inside} ORDER BY d.deposit_change_fen ${order}, d.number LIMIT ${moversShown}`)
  return { up: await most(sql`>`, sql`DESC`), down: await most(sql`<`, sql`ASC`) }
}

async function unitOn(tx: Transaction, unitKey: number, day: string): Promise<{ name: string; scope: SumScope } | undefined> {
  const unit = await tx.maybe(sql<{ name: string; kind: string; scope_path: string }>`
    SELECT name, kind, scope_path FROM organisation_institution_facts WHERE institution_key = ${unitKey} AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})`)
  return unit && { name: unit.name, scope: unit.kind === 'OUTLET' ? { kind: 'PLACE', placeKey: unitKey } : { kind: 'UNIT', path: unit.scope_path } }
}
