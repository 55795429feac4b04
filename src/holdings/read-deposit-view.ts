import type { Actor } from '../foundation/access/actor.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { writeSheet } from '../foundation/spreadsheets/write-sheet.ts'
import { recordReading } from '../foundation/store/store.ts'
import { decimalText, exact } from '../foundation/values/decimal.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { figuresView } from './balance-figures.ts'
import { readDepositSums, type SumScope } from './engine-read-deposit-sums.ts'
import { depositGroups, exportDepositView, getDepositView, type DepositGroup, type DepositQuery, type DepositView } from './holdings.contract.ts'

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
  const view = await readView(tx, query, actor, businessDate)
  return view ? ok(view) : refuse('not-found')
})

const heads = [
  ['存款余额', 'Deposits'], ['较上日', 'Against yesterday'], ['较月初', 'Since the month began'], ['较季初', 'Since the quarter began'], ['较年初', 'Since the year began'], ['月日均', 'Month average'], ['年日均', 'Year average'],
  ['上年日均', 'Average of last year'], ['年日均增量', 'Growth of the year average'], ['贷款余额', 'Loans'],
] as const
const groupWords: Readonly<Record<DepositGroup, readonly [string, string]>> = { MANAGER: ['客户经理', 'Manager'], OUTLET: ['网点', 'Outlet'], SUB_BRANCH: ['支行', 'Sub-branch'], BRANCH: ['分行', 'Branch'] }

/** The same as a workbook, the sum first, with name, moment and purpose above and below, and in the journal. Amounts in the bank's currency, to the fen. */
export const exportDepositViewRoute = handle(exportDepositView, async (tx, { body: { purpose, ...query } }, { actor, businessDate, language }) => {
  const view = await readView(tx, query, actor, businessDate)
  if (!view) return refuse('not-found')
  if (view.parts.length === 0) return refuse('nothing-to-export')
  const zh = language === 'zh'
  const word = zh ? 0 : 1
  const { at } = await tx.one(sql<{ at: string }>`SELECT to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS at`)
  const mark = zh ? `${actor.name}（${actor.staffNo}） ${at} 导出，用途：${purpose}。内部资料，禁止外传` : `Exported by ${actor.name} (${actor.staffNo}) ${at}, for: ${purpose}. Internal, not to be passed on`
  const title = zh ? '存款看板' : 'Deposits'
  const money = ({ deposits: d, loanFen }: Pick<(typeof view.parts)[number], 'deposits' | 'loanFen'>) =>
    [d.balanceFen, d.toYesterdayFen, d.toMonthBeginFen, d.toQuarterBeginFen, d.toYearBeginFen, d.monthAdbFen, d.yearAdbFen, d.lastYearAdbFen, d.yearAdbIncrementFen, loanFen].map((fen) => ({ amount: decimalText(exact(BigInt(fen)).div(100), 2) }))
  const nobody = view.by === 'MANAGER' ? (['公共池', 'Pool'] as const) : (['其他', 'Elsewhere'] as const)
  const content = await writeSheet({
    name: title, above: [`${view.unitName ?? (zh ? '本人权限范围' : 'Own scope')} · ${zh ? '数据日期' : 'as of'} ${view.asOf} · ${view.currency}`, mark], below: [mark],
    header: [groupWords[view.by][word], zh ? '所属机构' : 'Unit', ...heads.map((head) => head[word])],
    rows: [[zh ? '合计' : 'Sum', null, ...money(view)], ...view.parts.map((part) => [part.name ?? nobody[word], part.unitName, ...money(part)])],
    mark: { title, author: `${actor.name} ${actor.staffNo}`, purpose, line: mark },
  })
  await recordReading(tx, { table: 'balance_span', objectId: null, customerId: null, why: purpose, about: { export: 'deposit-view', rows: view.parts.length, by: view.by, unit: query.unitKey ?? null } })
  return ok({ type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content, fileName: `${title}-${view.asOf}.xlsx` })
})

async function readView(tx: Transaction, query: DepositQuery, actor: Actor, businessDate: string): Promise<DepositView | undefined> {
  const scope = scopeOf(actor)
  const groups = groupsOf(scope, actor.postCode)
  const by = query.by !== undefined && groups.includes(query.by) ? query.by : (groups[0] ?? 'MANAGER')
  const unit = query.unitKey === undefined ? null : await unitOn(tx, query.unitKey, businessDate)
  if (unit === undefined || (unit && scope.kind === 'PERSON')) return undefined
  const [whole, ...rows] = await readDepositSums(tx, unit ? [scope, unit.scope] : [scope], by)
  const asOf = whole?.as_of ?? businessDate
  if (!whole) throw new Error('a grouping set without its whole')
  return {
    asOf, currency: whole.bank_currency, by, groups: depositGroups.filter((group) => groups.includes(group)), unitName: unit?.name ?? null, deposits: figuresView(whole, asOf), loanFen: whole.loan,
    parts: rows.map((row) => ({ key: row.key, name: row.name, unitName: row.unit_name, deposits: figuresView(row, asOf), loanFen: row.loan })),
  }
}

async function unitOn(tx: Transaction, unitKey: number, day: string): Promise<{ name: string; scope: SumScope } | undefined> {
  const unit = await tx.maybe(sql<{ name: string; kind: string; scope_path: string }>`
    SELECT name, kind, scope_path FROM organisation_institution_facts WHERE institution_key = ${unitKey} AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})`)
  return unit && { name: unit.name, scope: unit.kind === 'OUTLET' ? { kind: 'PLACE', placeKey: unitKey } : { kind: 'UNIT', path: unit.scope_path } }
}
