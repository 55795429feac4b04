import { describe, expect, test } from 'vitest'
import { afterAttempt, dayInWords, exclusionOf, momentOf, sellingWords, textOf, unknownPlaces, windowOf, type RecipientFacts, type SendResult, isOptOut, nationalNumber } from './message.rules.ts'

const good: RecipientFacts = { status: 'ACTIVE', mine: true, consent: 'HELD', noMessages: false, greeted: false, hasAddress: true, recent: 0 }

describe('who is greeted', () => {
  test.each<[string, Partial<RecipientFacts>, string | null]>([
    ['consents, is reached, not greeted yet', {}, null],
    ['third message of the month', { recent: 3 }, null],
    ['fifth message of the month', { recent: 4 }, 'TOO_MANY'],
    ['no number', { hasAddress: false }, 'NO_ADDRESS'],
    ['consents and wants no messages', { noMessages: true }, 'NO_MESSAGES'],
    ['greeted by a colleague', { greeted: true }, 'GREETED_ALREADY'],
    ['never consented', { consent: 'NONE' }, 'NO_CONSENT'],
    ['withdrew', { consent: 'WITHDRAWN' }, 'CONSENT_WITHDRAWN'],
    ['ran out', { consent: 'EXPIRED' }, 'CONSENT_EXPIRED'],
    ['another manager now; also withdrew', { mine: false, consent: 'WITHDRAWN' }, 'NOT_YOURS'],
    ['left the bank', { status: 'CLOSED', consent: 'NONE', hasAddress: false }, 'CLOSED'],
  ])('%s', (_what, facts, reason) => expect(exclusionOf({ ...good, ...facts }, 4)).toBe(reason))
})

describe('when', () => {
  const quiet = { from: '20:00', to: '09:00' }
  test('a birthday between nine and noon, a festival outside of the quiet hours', () => {
    expect(windowOf('BIRTHDAY', quiet)).toEqual({ from: '09:00', to: '12:00' })
    expect(windowOf('BIRTHDAY', { from: '11:30', to: '10:00' })).toEqual({ from: '10:00', to: '11:30' })
    expect(windowOf('FESTIVAL', quiet)).toEqual({ from: '09:00', to: '20:00' })
  })
  const birthday = { sendOn: '2026-11-23', untilDay: '2026-11-23', fromTime: '09:00', toTime: '12:00' }
  const festival = { sendOn: '2026-12-31', untilDay: '2027-01-01', fromTime: '09:00', toTime: '20:00' }
  test.each([
    [birthday, '2026-11-22', '10:00', 'WAIT'], [birthday, '2026-11-23', '08:59', 'WAIT'], [birthday, '2026-11-23', '09:00', 'SEND'], [birthday, '2026-11-23', '11:59', 'SEND'], [birthday, '2026-11-23', '12:00', 'LATE'],
    [festival, '2026-12-30', '10:00', 'WAIT'], [festival, '2026-12-31', '20:00', 'WAIT'], [festival, '2027-01-01', '09:00', 'SEND'], [festival, '2027-01-01', '20:00', 'LATE'], [festival, '2027-01-02', '09:00', 'LATE'],
  ] as const)('%j at %s %s: %s', (message, day, time, moment) => expect(momentOf(message, { day, time })).toBe(moment))
})

describe('what follows from the answer of the peer', () => {
  const fault = (result: 'THROTTLED' | 'UNREACHABLE' | 'TIMED_OUT' | 'PEER_FAULT', after?: number): SendResult => ({ result, code: 'x', ...(after === undefined ? {} : { after }) })
  test.each<[SendResult, number, boolean, string, number | null]>([
    [{ result: 'ACCEPTED', providerId: 'p', code: '0' }, 1, true, 'ACCEPTED', null],
    [{ result: 'REFUSED', code: 'BLACKLIST' }, 1, true, 'FAILED', null],
    [fault('UNREACHABLE'), 1, false, 'WAITING', 60], [fault('UNREACHABLE'), 3, false, 'WAITING', 900], [fault('UNREACHABLE'), 6, false, 'FAILED', null],
    [fault('THROTTLED', 120), 1, true, 'WAITING', 120], [fault('THROTTLED', 1), 2, true, 'WAITING', 300],
    // perhaps it was taken: again only where the peer takes one number once
    [fault('TIMED_OUT'), 1, true, 'WAITING', 60], [fault('TIMED_OUT'), 1, false, 'UNCERTAIN', null], [fault('PEER_FAULT'), 1, false, 'UNCERTAIN', null],
  ])('%j at try %i', (sent, tries, once, state, wait) => expect(afterAttempt(sent, tries, 6, once)).toMatchObject({ state, waitSeconds: wait }))
})

describe('the text', () => {
  test('places are filled once', () => {
    expect(textOf('尊敬的{客户}，{银行}{客户经理}祝您新年快乐。', null, { 客户: '{银行}公司', 客户经理: '李晓雯', 银行: '试验银行' }, '退订回T')).toBe('尊敬的{银行}公司，试验银行李晓雯祝您新年快乐。退订回T')
    expect(textOf('您好。', '愿您平安。', { 客户: '', 客户经理: '', 银行: '' }, '')).toBe('您好。愿您平安。')
  })
  test('unknown places and selling words are found', () => {
    expect(unknownPlaces('{客户}{余额}', 'FESTIVAL')).toEqual(['余额'])
    expect(unknownPlaces('{客户}的{产品}于{到期日}到期', 'MATURITY')).toEqual([])
    expect(unknownPlaces('{客户}的{产品}于{联系日}', 'CALL_BACK')).toEqual(['产品'])
    expect(sellingWords('到期保证兑付')).toEqual(['保证'])
    expect(dayInWords('2026-12-05')).toBe('12月5日')
    // a name of JavaScript's own is a name like any other
    expect(textOf('{constructor}{产品}', null, { 客户: '', 客户经理: '', 银行: '' }, '')).toBe('{constructor}{产品}')
    expect(sellingWords('祝您生日快乐，理财产品收益率4%')).toEqual(['理财', '收益率'])
    expect(sellingWords('祝您生日快乐')).toEqual([])
  })
})

describe('what a customer answers', () => {
  test.each([
    ['T', true], ['t', true], ['ＴＤ', true], [' td。', true], ['退订', true], ['回复T', true], ['回T', true], ['【退订】', true], ['T\0', true],
    ['谢谢', false], ['', false], ['TT', false], ['不要退订', false], ['退订费用是多少', false], ['The', false],
  ])('%s: no more of these? %s', (text, no) => expect(isOptOut(text)).toBe(no))
  test.each([['13911112222', '13911112222'], ['8613911112222', '13911112222'], ['+86 139-1111-2222', '13911112222'], ['008613911112222', '13911112222'], ['8610690001', '8610690001']])('%s is %s in the file', (told, number) => expect(nationalNumber(told)).toBe(number))
})
