import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'

export type SubstitutionGround = {
  sameperson: boolean
  from: string
  until: string
  today: string
  workingDays: number
  most: number
  absent: { lineKey: number; rank: number; grade: 'A' | 'B' | 'C' | null }
  substitute: { lineKey: number; rank: number; grade: 'A' | 'B' | 'C' | null } | null
}

// who leads stands above the grades of managers; a manager without a grade counts as an assistant
const height = (person: { rank: number; grade: 'A' | 'B' | 'C' | null }): number => (person.rank > 0 ? 10 + person.rank : { A: 1, B: 2, C: 3 }[person.grade ?? 'A'])

/** May these two be agreed to? The same line, at least the same grade, no longer than the rule allows (W9). */
export function judgeSubstitution(ground: SubstitutionGround): Outcome<null> {
  if (ground.sameperson) return refuse('same-person', { field: 'substituteKey' })
  if (ground.from < ground.today || ground.until < ground.from) return refuse('days-wrong', { field: 'from' })
  if (ground.workingDays > ground.most) return refuse('too-long', { field: 'until', details: { days: String(ground.workingDays), most: String(ground.most) } })
  if (!ground.substitute || ground.substitute.lineKey !== ground.absent.lineKey) return refuse('other-line', { field: 'substituteKey' })
  if (height(ground.substitute) < height(ground.absent)) return refuse('lower-grade', { field: 'substituteKey' })
  return ok(null)
}

/** Needs nobody's word: the lead had agreed to the pair, and it was planned at least a day ahead. */
export function byRule(given: { agreedPair: boolean; from: string; today: string }): boolean {
  return given.agreedPair && given.from > given.today
}
