import { describe, expect, test } from 'vitest'
import { amountText, capitalAmount, decimalText, exactText, parseMoney, percentText, plainAmount, unitFor, unitName } from './amount-format.ts'
import { addressOf, backAddress, queryText, signInAddress } from './client-path.ts'
import { dateText, dayOfMoment, daysBetween, momentText, weekdayOf } from './date-format.ts'
import { changedListState, readListState, writeListState } from './list-state.ts'
import { settingsFrom } from './settings.ts'
import { countText, fill, inLanguage } from './text.ts'

describe('amounts are whole fen, written in a unit', () => {
  test.each([
    ['1241670902', 'wan', '1,241.67'], ['1241670902', 'yuan', '12,416,709.02'], ['351200000000', 'yi', '35.12'],
    ['0', 'wan', '0.00'], ['1', 'wan', '<0.01'], ['-1', 'wan', '\u2212<0.01'], ['4999', 'wan', '<0.01'], ['5000', 'wan', '0.01'], ['15000', 'wan', '0.02'],
    ['-29000', 'yuan', '\u2212290.00'], ['123456789012', 'yuan', '1,234,567,890.12'],
  ] as const)('%s fen in %s is %s', (fen, unit, text) => {
    expect(amountText(fen, unit)).toBe(text)
  })
  test('changes are signed, zero is not', () => {
    expect([amountText('385000', 'yuan', { signed: true }), amountText('-385000', 'yuan', { signed: true }), amountText('0', 'yuan', { signed: true })]).toEqual(['+3,850.00', '\u22123,850.00', '0.00'])
  })
  test.each([['99999999', 'yuan'], ['100000000', 'wan'], ['99999999999', 'wan'], ['100000000000', 'yi'], ['-100000000', 'wan']] as const)('%s fen alone is shown in %s', (fen, unit) => {
    expect(unitFor(fen)).toBe(unit)
  })
  test('the unit takes the currency of the bank', () => {
    expect([unitName('wan', 'zh'), unitName('wan', 'en'), unitName('yuan', 'zh', { zh: '克朗', en: 'CZK' }), exactText('100', 'zh', { zh: '克朗', en: 'CZK' })]).toEqual(['万元', 'CNY 10k', '克朗', '1.00 克朗'])
  })
  test('copies have an ASCII minus and no separators', () => {
    expect(plainAmount('-123456789')).toBe('-1234567.89')
  })
  test.each([['3.5万', 3_500_000n], ['１２，３４５．６７', 1_234_567n], ['1.2亿', 12_000_000_000n], ['35,000.00', 3_500_000n], ['¥100', 10_000n], ['100元', 10_000n]] as const)('%s typed is %s fen', (typed, fen) => {
    expect(parseMoney(typed)).toBe(fen)
  })
  test.each(['', 'abc', '1.234', '1.2.3', '--1', '万'])('“%s” is no amount', (typed) => {
    expect(parseMoney(typed)).toBeNull()
  })
  test.each([
    ['1640902', '人民币壹万陆仟肆佰零玖元零贰分'], ['998000000', '人民币玖佰玖拾捌万元整'], ['10050', '人民币壹佰元零伍角整'], ['32510', '人民币叁佰贰拾伍元壹角整'], ['0', '人民币零元整'],
    ['5', '人民币伍分'], ['10000000000', '人民币壹亿元整'], ['1000000000100', '人民币壹佰亿零壹元整'],
  ])('%s fen in capitals is %s', (fen, capitals) => {
    expect(capitalAmount(fen)).toBe(capitals)
  })
})

describe('exact decimals and ratios', () => {
  test.each([['0.96', 2, '96.00%'], ['-0.021', 2, '\u22122.10%'], ['0.00005', 2, '0.01%'], ['1', 2, '100.00%'], ['0.0385', 2, '3.85%'], ['0.68', 0, '68%']])('%s with %i decimals is %s', (ratio, decimals, text) => {
    expect(percentText(ratio, decimals)).toBe(text)
  })
  test.each([['1234.565', 2, '1,234.57'], ['-0.004', 2, '0.00'], ['0.87', 4, '0.8700'], ['12', 0, '12'], ['2.5', 0, '3']])('%s with %i decimals is %s', (value, decimals, text) => {
    expect(decimalText(value, decimals)).toBe(text)
  })
})

describe('dates need no clock', () => {
  test('forms', () => {
    const today = '2026-11-23'
    expect([dateText('2026-11-23', 'list', 'zh', today), dateText('2025-11-23', 'list', 'zh', today), dateText('2026-11-23', 'prose', 'zh', today), dateText('2026-11-23', 'prose', 'en', today), dateText('2026-11-22', 'short', 'zh', today), dateText('2026-11-22', 'month', 'zh', today)])
      .toEqual(['11-23 周一', '2025-11-23', '2026年11月23日', '23 November 2026', '11-22', '2026-11'])
    expect([weekdayOf('2026-11-23', 'en'), daysBetween('2026-11-23', '2026-12-01'), daysBetween('2026-11-23', '2026-11-20')]).toEqual(['Mon', 8, -3])
  })
  test('a moment is Chinese time, wherever the browser is', () => {
    expect(momentText('2026-11-22T18:30:00Z', '2026-11-23')).toBe('11-23 02:30')
    expect([dayOfMoment('2026-11-22T15:59:59Z'), dayOfMoment('2026-11-22T16:00:00Z')]).toEqual(['2026-11-22', '2026-11-23'])
  })
})

describe('the state of a list is its address', () => {
  const filters = ['tier', 'outlet']
  test('there and back', () => {
    const address = new URLSearchParams('q=晋泰&tier=T1&sort=-adb&cols=name.adb&unit=yi&view=v1&at=c1&at=c2&tab=x')
    const state = readListState(address, filters)
    expect(state).toEqual({ search: '晋泰', filters: { tier: 'T1' }, sort: { by: 'adb', descending: true }, columns: ['name', 'adb'], unit: 'yi', view: 'v1', cursors: ['c1', 'c2'] })
    const again = writeListState(new URLSearchParams('tab=x'), state, filters)
    expect(again.get('tab')).toBe('x')
    expect(readListState(again, filters)).toEqual(state)
  })
  test('what is searched, filtered or sorted begins at the first page; columns stay where one is', () => {
    const state = readListState(new URLSearchParams('at=c1'), filters)
    expect([changedListState(state, { search: 'x' }).cursors, changedListState(state, { filters: {} }).cursors, changedListState(state, { columns: ['a'] }).cursors]).toEqual([[], [], ['c1']])
  })
  test('what is no unit is none', () => {
    expect(readListState(new URLSearchParams('unit=dollar'), []).unit).toBeNull()
  })
})

describe('addresses', () => {
  test('parameters are encoded, empty ones are our mistake, absent queries are not asked', () => {
    expect(addressOf('/api/x/:id', { id: 'a/b' }, { q: '', cursor: undefined, tier: ['A', 'B'] })).toBe('/api/x/a%2Fb?tier=A&tier=B')
    expect(() => addressOf('/api/x/:id', {})).toThrow('needs id')
    expect(queryText({ a: null })).toBe('')
  })
  test.each([['//evil.example', '/'], ['https://evil.example', '/'], ['/\\evil.example', '/'], ['/customers?q=1', '/customers?q=1'], ['/sign-in?back=/x', '/'], [null, '/']])('coming back to %s leads to %s', (back, there) => {
    expect(backAddress(back)).toBe(there)
  })
  test('the way back is kept', () => {
    expect([signInAddress('/customers?q=1'), signInAddress('/')]).toEqual(['/sign-in?back=%2Fcustomers%3Fq%3D1', '/sign-in'])
  })
})

describe('settings and texts', () => {
  test('what is no choice counts as the standard', () => {
    expect(settingsFrom('{"theme":"pink","language":"en","density":7}')).toMatchObject({ theme: 'system', language: 'en', density: 'comfortable' })
    expect(settingsFrom('no json').language).toBe('zh')
  })
  test('places and plurals', () => {
    expect([fill('{n} {n|day|days}', { n: 1 }), fill('{n} {n|day|days}', { n: 2 }), fill('{a}{b}', { a: 'x' })]).toEqual(['1 day', '2 days', 'x{b}'])
  })
  test('a count is exact to its bound', () => {
    expect([countText({ value: 1284, exact: true }, 'zh'), countText({ value: 10_000, exact: false }, 'zh'), countText({ value: 10_000, exact: false }, 'en')]).toEqual(['1,284', '1 万以上', '10,000+'])
  })
  test('a text in both languages gives the reader’s part', () => {
    expect([inLanguage('装载 交易 / loading transactions', 'zh'), inLanguage('装载 交易 / loading transactions', 'en'), inLanguage('W1', 'en'), inLanguage(null, 'zh')]).toEqual(['装载 交易', 'loading transactions', 'W1', null])
  })
})
