import { checkGrades, reportGrades } from '../inspection.contract.ts'
import type { RunObject, RunState } from './run.contract.ts'

/** The run of inspections (3.7): who may inspect whom, where a run stands, what a list of objects says. */
/** What the tariff and the facts call the object. */
export const objectOf = (object: RunObject): 'REPORT' | 'CHECK' => (object === 'REPORT' ? 'REPORT' : 'CHECK')
/** Grades better than this one, the best first: an objection that is upheld never makes it worse, and one to the best grade asks for nothing. */
export const betterGrades = (object: RunObject, grade: string): readonly string[] => {
  const grades: readonly string[] = object === 'REPORT' ? reportGrades : checkGrades
  return grades.slice(0, Math.max(0, grades.indexOf(grade)))
}
export const indicatorOf = (object: RunObject): 'INSPECTION_REPORT' | 'INSPECTION_CHECK' => (object === 'REPORT' ? 'INSPECTION_REPORT' : 'INSPECTION_CHECK')
/** How a fact by form names the object: the same words as on the list, so that it can be found again. */
export const labelOf = (object: RunObject, number: string): string => `${object === 'REPORT' ? '调查报告' : '贷后检查'} ${number}`

/** Working days in which the manager may object, the day of the hand-over not counted. */
export const objectionDays = 5

export type HeldPost = { linePath: string; placeKey: number; /** Leads the line in which it is held. */ leads: boolean }
export type InspectorSeen = { key: number; posts: readonly HeldPost[]; relatives: readonly number[] }
export type ManagerSeen = { key: number; posts: readonly Omit<HeldPost, 'leads'>[]; /** Who inspects the same kind of object of him the time before and the time after. */ neighbours: readonly number[] }
export type InspectorFault = 'inspects-himself' | 'relative' | 'own-line' | 'same-twice'

const within = (path: string, above: string): boolean => path === above || path.startsWith(`${above}.`)

/**
 * Why this inspector may not look at this manager, the most fundamental first; null: he may. His own line is: the same line or one inside of it, the same outlet, and whoever leads the manager's line. An office that stands above all
 * lines without leading one (audit, risk) is none.
 */
export function inspectorFault(inspector: InspectorSeen, manager: ManagerSeen): InspectorFault | null {
  if (inspector.key === manager.key) return 'inspects-himself'
  if (inspector.relatives.includes(manager.key)) return 'relative'
  const own = inspector.posts.some((his) => manager.posts.some((one) => within(his.linePath, one.linePath) || his.placeKey === one.placeKey || (his.leads && within(one.linePath, his.linePath))))
  if (own) return 'own-line'
  return manager.neighbours.includes(inspector.key) ? 'same-twice' : null
}

/** Two years at most, like the term of the group that appoints. */
export const isTermFault = (from: string, to: string): boolean => to <= from || to > `${Number(from.slice(0, 4)) + 2}${from.slice(4)}`

export type RunFacts = { sampled: boolean; findings: number; given: boolean; objections: number; confirmed: boolean; counted: boolean; withdrawn: boolean }
/** Where a run stands, from what was done: no state is kept that could say otherwise. OBJECTION: somebody objected within the days for it. */
export function runState(run: RunFacts): RunState {
  if (run.withdrawn) return 'WITHDRAWN'
  if (run.confirmed) return run.counted ? 'SETTLED' : 'CONFIRMED'
  if (run.given) return run.objections > 0 ? 'OBJECTION' : 'FINDINGS_GIVEN'
  if (run.findings > 0) return 'IN_WORK'
  return run.sampled ? 'SAMPLED' : 'PLANNED'
}

export type ListLine = { number: string; loanNo: string | null }
/** What a spreadsheet shows of a long number in a narrow column: its last digits are lost. */
const rounded = /^\d(\.\d+)?E\+\d+$/i
/**
 * A list as it is pasted: each line a number of the check, and the number of the loan after a blank or a comma; out of a spreadsheet the cells stand between tabs. A first line without
 * any digit is the heading. Null: a line says more than that or lacks its number, a number stands twice, or the spreadsheet has rounded it.
 */
export function readListLines(text: string): ListLine[] | null {
  const rows = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '').map((line) => (line.includes('\t') ? line.replace(/[\s]+$/, '').split('\t').map((cell) => cell.trim()) : line.trim().split(/[\s,，;；]+/)))
  const lines = rows[0] && rows[0].every((cell) => !/\d/.test(cell)) ? rows.slice(1) : rows
  if (lines.some((cells) => cells.length > 2 || (cells[0] ?? '') === '' || cells.some((cell) => rounded.test(cell)))) return null
  const found = lines.map(([number = '', loanNo = '']) => ({ number, loanNo: loanNo === '' ? null : loanNo }))
  return new Set(found.map(({ number }) => number)).size === found.length ? found : null
}
