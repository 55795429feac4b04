import { daysBetween } from '../foundation/values/business-date.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import type { TaskAct, TaskState } from './task.contract.ts'

/** Who may do what with an assigned task in which state (domain specification 9.1). */

export type TaskFacts = { state: TaskState; giver: number; owner: number; helpers: readonly number[]; questioned: boolean; questionUntil: string | null; dueOn: string; askedDue: string | null }
type Who = 'OWNER' | 'WORKER' | 'GIVER'
type Step = { who: Who; in: readonly TaskState[]; to: TaskState | 'SAME' | 'WORK'; note: boolean }

const open = ['GIVEN', 'QUESTIONED', 'ACCEPTED', 'IN_WORK', 'REPORTED', 'RETURNED'] as const
const inHand = ['ACCEPTED', 'IN_WORK', 'RETURNED'] as const

/** `note`: words are needed. WORK: what was accepted or returned is in work from then on. */
export const taskSteps: Readonly<Record<TaskAct, Step>> = {
  QUESTION: { who: 'OWNER', in: ['GIVEN'], to: 'QUESTIONED', note: true },
  ANSWER: { who: 'GIVER', in: ['QUESTIONED'], to: 'GIVEN', note: true },
  ACCEPT: { who: 'OWNER', in: ['GIVEN'], to: 'ACCEPTED', note: false },
  NOTE: { who: 'WORKER', in: inHand, to: 'WORK', note: true },
  REPORT: { who: 'OWNER', in: inHand, to: 'REPORTED', note: true },
  RETURN: { who: 'GIVER', in: ['REPORTED'], to: 'RETURNED', note: true },
  CONFIRM: { who: 'GIVER', in: ['REPORTED'], to: 'CONFIRMED', note: false },
  ASK_EXTENSION: { who: 'OWNER', in: [...inHand, 'GIVEN'], to: 'SAME', note: true },
  EXTEND: { who: 'GIVER', in: open, to: 'SAME', note: false },
  KEEP_DUE: { who: 'GIVER', in: open, to: 'SAME', note: true },
  WITHDRAW: { who: 'GIVER', in: open, to: 'WITHDRAWN', note: true },
  REFUSE_TASK: { who: 'OWNER', in: ['GIVEN', 'QUESTIONED', ...inHand], to: 'REFUSED', note: true },
}

const stateNames: Readonly<Record<TaskState, readonly [string, string]>> = {
  GIVEN: ['待接收', 'given'], QUESTIONED: ['待答复', 'questioned'], ACCEPTED: ['已接收', 'accepted'], IN_WORK: ['办理中', 'in work'], REPORTED: ['待确认', 'reported'], RETURNED: ['已退回', 'returned'],
  CONFIRMED: ['已确认', 'confirmed'], CLOSED: ['已办结', 'closed'], WITHDRAWN: ['已撤回', 'withdrawn'], REFUSED: ['已拒办', 'refused'],
}
const whoNames: Readonly<Record<Who, readonly [string, string]>> = { OWNER: ['责任人', 'its owner'], WORKER: ['责任人或协办人', 'its owner or a helper'], GIVER: ['交办人', 'its giver'] }

/** The state after a step; refuses by name, the most fundamental first. One's own task needs nobody's confirmation: reporting it ends it. */
export function stepOf(task: TaskFacts, act: TaskAct, { person, today, note, dueOn }: { person: number; today: string; note: string | null; dueOn: string | null }): Outcome<{ state: TaskState }> {
  const step = taskSteps[act]
  const may = step.who === 'GIVER' ? person === task.giver : person === task.owner || (step.who === 'WORKER' && task.helpers.includes(person))
  if (!may) return refuse('not-yours-to-do', { details: { who: whoNames[step.who][0], whoEn: whoNames[step.who][1] } })
  if (!step.in.includes(task.state)) return refuse('not-in-this-state', { details: { state: stateNames[task.state][0], stateEn: stateNames[task.state][1] } })
  if (act === 'QUESTION' && task.questioned) return refuse('questioned-already')
  if (act === 'QUESTION' && task.questionUntil !== null && today > task.questionUntil) return refuse('question-too-late', { details: { day: task.questionUntil } })
  if (act === 'ASK_EXTENSION' && task.askedDue !== null) return refuse('asked-already')
  if ((act === 'EXTEND' || act === 'KEEP_DUE') && task.askedDue === null) return refuse('nothing-asked')
  if (step.note && note === null) return refuse('note-missing', { field: 'note' })
  if (act === 'ASK_EXTENSION' && (dueOn === null || dueOn <= task.dueOn || dueOn < today)) return refuse('due-missing', { field: 'dueOn' })
  if (act === 'REPORT' && task.giver === task.owner) return ok({ state: 'CLOSED' })
  return ok({ state: step.to === 'SAME' ? task.state : step.to === 'WORK' ? 'IN_WORK' : step.to })
}

/** Does the task wait for this person? */
export function waitsFor(task: TaskFacts, person: number): boolean {
  if (person === task.giver && (task.state === 'QUESTIONED' || task.state === 'REPORTED' || (task.askedDue !== null && (open as readonly TaskState[]).includes(task.state)))) return true
  return person === task.owner && ['GIVEN', 'ACCEPTED', 'IN_WORK', 'RETURNED'].includes(task.state)
}

/** Green while more than two days are left, amber from then on, red once it is overdue. */
export function lightOf(dueOn: string, today: string): 'GREEN' | 'AMBER' | 'RED' {
  const left = daysBetween(today, dueOn)
  return left < 0 ? 'RED' : left <= 2 ? 'AMBER' : 'GREEN'
}

export const isOver = (state: TaskState): boolean => ['CONFIRMED', 'CLOSED', 'WITHDRAWN', 'REFUSED'].includes(state)
