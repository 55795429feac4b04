import type { SupportExample } from '../../schemes/scheme-change.contract.ts'
import type { SupportSchemeTerms } from '../../schemes/support-terms.contract.ts'
import type { GridRow } from '../TypedGrid.tsx'
import { fenTyped, numberTyped, typedRows } from '../typed-trial.ts'

export const markNames = ['answerOnTime', 'rightFirstTime', 'disputes', 'frontLineRating'] as const
export type MarkName = (typeof markNames)[number]

/** A scheme of the support departments while it is being written: shares in percent, amounts in yuan. */
export type SupportDraft = {
  served: string[]; schemes: string[]; poolPercent: string; departments: GridRow[]; weights: Readonly<Record<MarkName, string>>; leastScore: string; heldScore: string; gradeFactors: GridRow[]; amberPercent: string; controlDepartments: string[]; controlBases: GridRow[]
}
/** The usual values of the house (3.5). */
export const emptySupport: SupportDraft = {
  served: [], schemes: [], poolPercent: '8', departments: [{ staffWeight: '1' }], weights: { answerOnTime: '40', rightFirstTime: '30', disputes: '10', frontLineRating: '20' }, leastScore: '60', heldScore: '80', gradeFactors: [{ grade: '*', factor: '1.00' }], amberPercent: '80',
  controlDepartments: [], controlBases: [],
}

const plain = (text: string): string => (text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text)
/** 0.08 as 8, moved by two places, never through a float. */
export const percentOf = (share: string): string => {
  const [whole = '0', part = ''] = share.split('.')
  const digits = `${whole}${part.padEnd(4, '0')}`
  return plain(`${digits.slice(0, -2).replace(/^0+(?=\d)/, '')}.${digits.slice(-2)}`)
}
/** 8 as 0.08; what is no percentage stays as it is typed, and is refused. */
export const shareOf = (percent: string): string => {
  const hundredths = fenTyped(percent)
  if (hundredths == null || hundredths.startsWith('-')) return 'x'
  const digits = hundredths.padStart(5, '0')
  return plain(`${digits.slice(0, -4)}.${digits.slice(-4)}`)
}
const yuanOf = (fen: string): string => `${fen.length > 2 ? fen.slice(0, -2) : '0'}.${fen.padStart(3, '0').slice(-2)}`.replace(/\.00$/, '')

export function draftOfSupport(terms: SupportSchemeTerms): SupportDraft {
  return {
    served: terms.served, schemes: terms.schemes, poolPercent: percentOf(terms.poolRatio), departments: terms.departments, weights: terms.weights, leastScore: terms.leastScore, heldScore: terms.heldScore,
    gradeFactors: Object.entries(terms.gradeFactors).map(([grade, factor]) => ({ grade, factor })), amberPercent: percentOf(terms.amberFactor), controlDepartments: terms.controlDepartments,
    controlBases: Object.entries(terms.controlBases).map(([grade, fen]) => ({ grade, base: yuanOf(fen) })),
  }
}

const filled = (rows: readonly GridRow[], key: string): GridRow[] => rows.filter((row) => (row[key] ?? '').trim() !== '')
const byGrade = (rows: readonly GridRow[], read: (row: GridRow) => string) => Object.fromEntries(filled(rows, 'grade').map((row) => [(row['grade'] ?? '').trim(), read(row)]))

/** The terms as they are written; the contract says what is missing. */
export const supportTermsOf = (draft: SupportDraft): Record<string, unknown> => ({
  served: draft.served, schemes: draft.schemes, poolRatio: shareOf(draft.poolPercent), weights: Object.fromEntries(markNames.map((name) => [name, draft.weights[name].trim()])), leastScore: draft.leastScore.trim(), heldScore: draft.heldScore.trim(), amberFactor: shareOf(draft.amberPercent),
  departments: filled(draft.departments, 'code').map((row) => ({ code: row['code'] ?? '', staffWeight: (row['staffWeight'] ?? '').trim() === '' ? '1' : (row['staffWeight'] ?? '').trim() })), gradeFactors: byGrade(draft.gradeFactors, (row) => (row['factor'] ?? '').trim()),
  controlBases: byGrade(draft.controlBases, (row) => fenTyped(row['base']) ?? 'x'), controlDepartments: draft.controlDepartments,
})

/** Figures of a month that are typed to try a scheme of support departments with. */
export type SupportExampleDraft = { month: string; front: GridRow[]; marks: GridRow[]; people: GridRow[]; control: GridRow[] }
export const emptySupportExample = (month: string): SupportExampleDraft => ({ month, front: [{}], marks: [], people: [], control: [] })

/** What is typed as an example; undefined: a figure is not well written. */
export function supportExampleOf(draft: SupportExampleDraft, departments: readonly string[]): SupportExample | undefined {
  const whole = (text: string | undefined): number | null | undefined => ((text ?? '').trim() === '' ? null : /^\d{1,3}$/.test((text ?? '').trim()) ? Number(text) : undefined)
  const front = typedRows(filled(draft.front, 'amount'), (row) => fenTyped(row['amount']))
  const marks = typedRows(draft.marks.filter((row) => departments.includes(row['code'] ?? '')), (row) => {
    const [answers, right, lost, rating] = [numberTyped(row['answerOnTime']), numberTyped(row['rightFirstTime']), whole(row['disputesLost']), numberTyped(row['frontLineRating'])]
    const four = [answers, right, lost, rating]
    // three marks of four are no month: all, or none
    if (four.includes(undefined) || (four.includes(null) && four.some((one) => one !== null))) return undefined
    return { code: row['code'] ?? '', marks: answers == null || right == null || lost == null || rating == null ? null : { answerOnTime: answers, rightFirstTime: right, disputesLost: lost, frontLineRating: rating } }
  })
  const people = typedRows(filled(draft.people, 'name'), (row) => ({
    name: (row['name'] ?? '').trim(), department: row['department'] ?? departments[0] ?? '', grade: (row['grade'] ?? '').trim() === '' ? null : (row['grade'] ?? '').trim(), mark: numberTyped(row['mark']), days: whole(row['days']) ?? undefined,
    events: row['event'] === 'RED' || row['event'] === 'AMBER' ? [row['event'] as 'RED' | 'AMBER'] : [],
  }))
  const control = typedRows(filled(draft.control, 'name'), (row) => ({ name: (row['name'] ?? '').trim(), grade: (row['grade'] ?? '').trim() === '' ? null : (row['grade'] ?? '').trim(), score: numberTyped(row['score']) }))
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(draft.month.trim()) || front === undefined || marks === undefined || people === undefined || control === undefined) return undefined
  return { month: draft.month.trim(), frontLineFen: front.map((one) => one ?? '0'), departments: marks, people: people.map((one) => ({ ...one, days: one.days ?? 0 })), control }
}
