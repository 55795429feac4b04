import { sql } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { recordReading } from '../../foundation/store/store.ts'
import { decimalText, exact } from '../../foundation/values/decimal.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { readMoves } from './list-moves.ts'
import { tierReason } from './tier-reason.rules.ts'
import { exportTierMoves, type MoveFilters } from './tier.contract.ts'
import { markedSheet } from '../../foundation/spreadsheets/export-mark.ts'

const most = 10_000
const tierWords: Readonly<Record<string, readonly [string, string]>> = { T1: ['核心优质', 'Core'], T2: ['重点', 'Key'], T3: ['普通优质', 'Good'], T4: ['基础', 'Basic'], P: ['潜在', 'Prospect'] }
const stateWords: Readonly<Record<string, readonly [string, string]>> = {
  WAITING: ['待确认', 'Waiting'], APPLIED: ['已生效', 'In force'], CONFIRMED: ['已确认', 'Confirmed'], DECLINED: ['不同意', 'Declined'], REPLACED: ['已被新评定取代', 'Replaced'],
}
const heads = [
  ['序号', 'No.'], ['客户号', 'Number'], ['客户', 'Customer'], ['原层级', 'From'], ['新层级', 'To'], ['状态', 'State'], ['评定月份', 'Month judged'], ['生效日', 'Holds from'], ['月日均(万元)', 'Month average (10,000 yuan)'], ['原因', 'Reason'],
  ['主办', 'Manager'], ['确认人', 'Decided by'], ['确认日', 'Decided on'], ['说明', 'Note'],
] as const

/** Who moved from which tier to which, when and why, with name, moment and purpose above and below, and in the journal. */
export const exportTierMovesRoute = handle(exportTierMoves, async (tx, { body }, { actor, businessDate, language }) => {
  const { purpose, ...filters } = body
  const rows = await readMoves(tx, filters satisfies MoveFilters, most + 1)
  if (rows.length === 0) return refuse('nothing-to-export')
  if (rows.length > most) return refuse('too-many-rows', { details: { most: String(most) } })
  const zh = language === 'zh'
  const word = zh ? 0 : 1
  const { currency } = await tx.one(sql<{ currency: string }>`SELECT currency FROM bank`)
  const title = zh ? '层级变动' : 'Moves between tiers'
  const content = await markedSheet(tx, { actor, language }, {
    title, purpose, holds: 'CUSTOMERS', header: heads.map((head) => head[word]),
    rows: rows.map((row, place) => [
      String(place + 1), row.number, row.name, tierWords[row.from]?.[word] ?? row.from, tierWords[row.to]?.[word] ?? row.to, stateWords[row.state]?.[word] ?? row.state, row.month, row.effectiveOn,
      row.adbFen === null ? null : { amount: decimalText(exact(BigInt(row.adbFen)).div(1_000_000), 6).replace(/0{1,4}$/, '') }, tierReason(row.reason, !zh, currency), row.managerName, row.decidedBy, row.decidedOn, row.decisionNote,
    ]),
  })
  await recordReading(tx, { table: 'tier_move', objectId: null, customerId: null, why: purpose, about: { export: 'tier-moves', rows: rows.length, state: filters.state ?? null, month: filters.month ?? null, from: filters.from ?? null, to: filters.to ?? null } })
  return ok({ type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content, fileName: `${zh ? '层级变动' : 'tier-moves'}-${businessDate}.xlsx` })
})
