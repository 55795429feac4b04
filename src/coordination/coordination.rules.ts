import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import type { CaseAct, CaseForm, CaseState } from './coordination.contract.ts'

/** The steps of what is coordinated: who may do which in which state, and what it becomes. Nothing here knows today or the database. */

export type CaseFacts = {
  form: CaseForm; state: CaseState
  /** Who acts for the asking side, who took it on, who may answer for the department that is asked now, who takes part, who leads the group. */
  holder: number; asker: number; answerer: number | null; desk: readonly number[]; members: readonly number[]; leads: readonly number[]
  tasksOpen: number; dueOn: string
}

type Side = 'HOLDER' | 'DESK' | 'ANSWERER' | 'PARTY'
type Step = { side: Side; from: readonly CaseState[]; to: CaseState | null; note: boolean; forms?: readonly CaseForm[] }

/** `to` null: the state stays. */
const steps: Readonly<Record<CaseAct, Step>> = {
  ACCEPT: { side: 'DESK', from: ['ASKED'], to: 'IN_WORK', note: false, forms: ['REQUEST'] },
  REFUSE: { side: 'DESK', from: ['ASKED'], to: 'REFUSED', note: true, forms: ['REQUEST'] },
  HAND_ON: { side: 'DESK', from: ['ASKED', 'IN_WORK'], to: 'ASKED', note: true, forms: ['REQUEST'] },
  REPORT: { side: 'ANSWERER', from: ['IN_WORK'], to: 'REPORTED', note: true },
  RETURN: { side: 'HOLDER', from: ['REPORTED'], to: 'IN_WORK', note: true },
  CLOSE: { side: 'HOLDER', from: ['IN_WORK', 'REPORTED'], to: 'CLOSED', note: true },
  REOPEN: { side: 'HOLDER', from: ['REFUSED', 'CLOSED'], to: 'ASKED', note: true },
  WITHDRAW: { side: 'HOLDER', from: ['ASKED', 'IN_WORK', 'REFUSED'], to: 'WITHDRAWN', note: true },
  EXTEND: { side: 'HOLDER', from: ['ASKED', 'IN_WORK', 'REPORTED'], to: null, note: true },
  NOTE: { side: 'PARTY', from: ['ASKED', 'IN_WORK', 'REFUSED', 'REPORTED'], to: null, note: true },
  MEETING: { side: 'PARTY', from: ['ASKED', 'IN_WORK', 'REPORTED'], to: null, note: true },
}

export const stateWords: Readonly<Record<CaseState, readonly [zh: string, en: string]>> = {
  ASKED: ['待答复', 'Waiting for an answer'], IN_WORK: ['办理中', 'In work'], REFUSED: ['不予受理', 'Refused'], REPORTED: ['待办结', 'Reported as done'], CLOSED: ['已办结', 'Closed'], WITHDRAWN: ['已撤回', 'Withdrawn'],
}
const sideWords: Readonly<Record<Side, readonly [zh: string, en: string]>> = { HOLDER: ['发起人', 'who asked'], DESK: ['承办部门', 'the department that is asked'], ANSWERER: ['承办人或牵头人', 'who took it on, or the lead'], PARTY: ['发起人、承办部门和成员', 'the parties'] }

/** In work, the department hands on by who took it on; before, by anybody of its desk. */
function standsAs(facts: CaseFacts, side: Side, person: number): boolean {
  switch (side) {
    case 'HOLDER': return person === facts.holder
    case 'DESK': return facts.state === 'IN_WORK' ? person === facts.answerer : facts.desk.includes(person)
    case 'ANSWERER': return person === facts.answerer || (facts.form === 'GROUP' && facts.leads.includes(person))
    case 'PARTY': return person === facts.holder || person === facts.answerer || facts.desk.includes(person) || facts.members.includes(person)
  }
}

export type Given = { person: number; note: string | null; unitKey: number | null; dueOn: string | null; longest: string }

/** What a step makes of it; refusals from the most fundamental on. */
export function stepOf(facts: CaseFacts, act: CaseAct, given: Given): Outcome<{ state: CaseState }> {
  const step = steps[act]
  if (!standsAs(facts, step.side, given.person)) return refuse('not-yours-to-do', { details: { who: sideWords[step.side][0], whoEn: sideWords[step.side][1] } })
  if (!step.from.includes(facts.state) || (step.forms && !step.forms.includes(facts.form))) return refuse('not-in-this-state', { details: { state: stateWords[facts.state][0], stateEn: stateWords[facts.state][1] } })
  // a person takes one side
  if (act === 'ACCEPT' && (given.person === facts.holder || given.person === facts.asker)) return refuse('own-request')
  if (act === 'CLOSE' && facts.form === 'REQUEST' && facts.state !== 'REPORTED') return refuse('not-in-this-state', { details: { state: stateWords[facts.state][0], stateEn: stateWords[facts.state][1] } })
  if (step.note && (given.note === null || given.note.trim() === '')) return refuse('note-missing', { field: 'note' })
  if (act === 'HAND_ON' && given.unitKey === null) return refuse('unit-missing', { field: 'unitKey' })
  if (act === 'EXTEND' && (given.dueOn === null || given.dueOn <= facts.dueOn || given.dueOn > given.longest)) return refuse('due-missing', { field: 'dueOn' })
  if (act === 'CLOSE' && facts.tasksOpen > 0) return refuse('tasks-open', { details: { count: String(facts.tasksOpen) } })
  // a working group goes on at once; nobody is asked again
  return ok({ state: act === 'REOPEN' && facts.form === 'GROUP' ? 'IN_WORK' : (step.to ?? facts.state) })
}

export const isOver = (state: CaseState): boolean => state === 'CLOSED' || state === 'WITHDRAWN'
/** Who arranges members and tasks: who asked, who took it on, who leads. */
export const arranges = (facts: Pick<CaseFacts, 'holder' | 'answerer' | 'leads'>, person: number): boolean => person === facts.holder || person === facts.answerer || facts.leads.includes(person)

/** What a page shows beside each button: the verdict without the words that the person is yet to write. */
export function mayStep(facts: CaseFacts, act: CaseAct, person: number): { allowed: boolean; reason: string | null } {
  const tried = stepOf(facts, act, { person, note: 'x', unitKey: 1, dueOn: '9999-12-30', longest: '9999-12-31' })
  return tried.ok ? { allowed: true, reason: null } : { allowed: false, reason: tried.refusal.name }
}

/** Whose turn it is. */
export function waitsFor(facts: CaseFacts, person: number): boolean {
  if (facts.state === 'ASKED') return facts.desk.includes(person)
  if (facts.state === 'IN_WORK') return person === facts.answerer || (facts.form === 'GROUP' && (person === facts.holder || facts.leads.includes(person)))
  return (facts.state === 'REPORTED' || facts.state === 'REFUSED') && person === facts.holder
}
