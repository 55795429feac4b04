import { describe, expect, test } from 'vitest'
import { isOpen, judgeSigning, stateOf, type HandOverFacts, type Signing } from './hand-over.rules.ts'

const facts = (more: Partial<HandOverFacts>): HandOverFacts => ({ listed: true, unsampled: 0, leaverSigned: false, receivers: 2, receiversSigned: 0, supervisorSigned: false, ...more })

test.each<[string, Partial<HandOverFacts>, string]>([
  ['opened', { listed: false, unsampled: 3 }, 'OPENED'],
  ['listed, samples to be taken', { unsampled: 1 }, 'LISTED'],
  ['every sample taken', {}, 'SAMPLED'],
  ['the leaver signed', { leaverSigned: true }, 'SIGNED_BY_LEAVER'],
  ['one of two receivers signed', { leaverSigned: true, receiversSigned: 1 }, 'SIGNED_BY_LEAVER'],
  ['both signed', { leaverSigned: true, receiversSigned: 2 }, 'SIGNED_BY_RECEIVER'],
  ['the supervisor signed', { leaverSigned: true, receiversSigned: 2, supervisorSigned: true }, 'SIGNED_BY_SUPERVISOR'],
  ['an item added after the last signature: no signature is of this version', { unsampled: 1, leaverSigned: false, receiversSigned: 0, supervisorSigned: false }, 'LISTED'],
  ['an empty list is received by nobody', { leaverSigned: true, receivers: 0, supervisorSigned: true }, 'SIGNED_BY_LEAVER'],
])('%s: %s', (_what, more, state) => {
  expect(stateOf(facts(more))).toBe(state)
})

describe('who may sign when', () => {
  const signing = (more: Partial<Signing>): Signing => ({
    state: 'SAMPLED', side: 'LEAVER', signedAlready: false, receives: true, declared: true, listVersion: 3, presentVersion: 3, effectiveOn: '2026-11-24', today: '2026-11-23', ...more,
  })
  test.each<[string, Partial<Signing>, string | null]>([
    ['the leaver, after the samples', {}, null],
    ['somebody else', { side: null }, 'not-a-party'],
    ['before the list is complete', { state: 'OPENED' }, 'not-listed'],
    ['before the samples are taken', { state: 'LISTED' }, 'samples-missing'],
    ['another list than he saw', { listVersion: 2 }, 'list-changed'],
    ['twice', { signedAlready: true }, 'signed-already'],
    ['the leaver without declaring', { declared: false }, 'not-declared'],
    ['the receiver before the leaver', { side: 'RECEIVER' }, 'leaver-first'],
    ['the receiver after the leaver', { side: 'RECEIVER', state: 'SIGNED_BY_LEAVER' }, null],
    ['a receiver without a customer', { side: 'RECEIVER', state: 'SIGNED_BY_LEAVER', receives: false }, 'receives-nothing'],
    ['the supervisor before the leaver', { side: 'SUPERVISOR' }, 'leaver-first'],
    ['the supervisor before the receivers', { side: 'SUPERVISOR', state: 'SIGNED_BY_LEAVER' }, 'receivers-first'],
    ['the supervisor last', { side: 'SUPERVISOR', state: 'SIGNED_BY_RECEIVER' }, null],
    ['on the day itself: its 00:00 has passed', { today: '2026-11-24' }, 'effective-day-passed'],
    ['after the effect', { state: 'FOLLOW_UP' }, 'hand-over-ended'],
    ['after it was withdrawn', { state: 'WITHDRAWN' }, 'hand-over-ended'],
  ])('%s: %s', (_what, more, refusal) => {
    const judged = judgeSigning(signing(more))
    expect(judged.ok ? null : judged.refusal.name).toBe(refusal)
  })
})

test('until the shares change a hand-over is open', () => {
  expect(['OPENED', 'SIGNED_BY_SUPERVISOR', 'EFFECTIVE', 'CLOSED', 'WITHDRAWN'].map((state) => isOpen(state as 'OPENED'))).toEqual([true, true, false, false, false])
})
