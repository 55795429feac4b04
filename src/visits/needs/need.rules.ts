import { needDomains, type NeedSegment, type NeedState } from './need.contract.ts'

/** Working days within which a need that the branch cannot meet is sent up, and within which the upper level answers (D-22). */
export const escalateWithin = 2
export const answerWithin = 5

/** What a card asks a customer of this kind about; what does not fit anywhere is OTHER. Only asked for: a card that was recorded keeps what stands on it. */
export function domainsOf(segment: NeedSegment): readonly (typeof needDomains)[number][] {
  const companies = ['CASH_MANAGEMENT', 'PAYROLL_RETAIL', 'INVESTMENT_BANKING']
  return segment === 'CORPORATE' ? needDomains : needDomains.filter((domain) => !companies.includes(domain))
}

/** What may become of a need from each state. MET and REJECTED are an end; an escalation ends by the answer of the upper level. */
const moves: Readonly<Record<NeedState, readonly NeedState[]>> = {
  OPEN: ['VERIFIED', 'CANNOT', 'MATCHED', 'ESCALATED', 'GAP', 'MET', 'REJECTED'],
  VERIFIED: ['CANNOT', 'MATCHED', 'ESCALATED', 'GAP', 'MET', 'REJECTED'],
  CANNOT: ['MATCHED', 'ESCALATED', 'GAP', 'MET', 'REJECTED'],
  MATCHED: ['CANNOT', 'ESCALATED', 'GAP', 'MET', 'REJECTED'],
  ESCALATED: [],
  GAP: ['MATCHED', 'MET', 'REJECTED'],
  MET: [],
  REJECTED: [],
}

export function mayMove(from: NeedState, to: NeedState): boolean {
  return moves[from].includes(to)
}

/** Which moves need a word of why. Matching names the product, verifying speaks for itself. */
export function needsNote(to: NeedState): boolean {
  return to !== 'VERIFIED' && to !== 'MATCHED'
}

/** What the answer of the upper level makes of a need: a product, a gap, or back to the branch, which then rejects it or finds another way. */
export function stateAfterAnswer(result: 'MATCHED' | 'GAP' | 'DECLINED'): NeedState {
  return result === 'DECLINED' ? 'CANNOT' : result
}

export type ToldCard = { surveyedOn: string; nextAction: string | null; nextOn: string | null; confirmation: 'SIGNATURE' | 'MESSAGE' | null; confirmationRef: string | null; needs: readonly { id: string }[] }
export type CardFault = 'survey-in-future' | 'next-incomplete' | 'next-before-survey' | 'need-twice' | 'confirmation-incomplete'

/** The first thing that is wrong with a card, the most fundamental first; null when it may be recorded. */
export function faultOfCard(card: ToldCard, today: string): CardFault | null {
  if (card.surveyedOn > today) return 'survey-in-future'
  if (new Set(card.needs.map(({ id }) => id)).size !== card.needs.length) return 'need-twice'
  if ((card.nextAction === null) !== (card.nextOn === null)) return 'next-incomplete'
  if (card.nextOn !== null && card.nextOn < card.surveyedOn) return 'next-before-survey'
  return card.confirmation === 'MESSAGE' && card.confirmationRef === null ? 'confirmation-incomplete' : null
}
