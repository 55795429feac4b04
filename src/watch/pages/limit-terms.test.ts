import { expect, test } from 'vitest'
import { fill, type Say } from '../../ui/text.ts'
import type { LimitTerms } from '../limit.contract.ts'
import { limitDifferences, limitTold, shareTold, shareTyped, shareTyping, sumTold, type MoneyTold } from './limit-terms.ts'
import { limitText } from './limit-text.ts'

const yuan = { zh: '元', en: 'CNY' }
const zh: MoneyTold = { language: 'zh', money: yuan }
const en: MoneyTold = { language: 'en', money: { zh: '克朗', en: 'CZK' } }
const say = (language: 'zh' | 'en'): Say<typeof limitText> => (key, ...[values]) => fill(limitText[key][language], values as Record<string, string | number> | undefined)
const none: LimitTerms = { leastFen: null, share: null, days: null, times: null, marketEffect: null }

test.each([['100000000', '100 万元', 'CZK 1,000,000'], ['20000000', '20 万元', 'CZK 200,000'], ['800000', '8,000 元', 'CZK 8,000'], ['1234567', '1.23 万元', 'CZK 12,345.67']])('%s fen: %s, %s', (fen, chinese, english) => expect([sumTold(fen, zh), sumTold(fen, en)]).toEqual([chinese, english]))
test.each([['0.1', '10%', '10'], ['0.125', '12.5%', '12.5'], ['0.0005', '0.05%', '0.05'], ['1', '100%', '100'], ['0.7', '70%', '70']])('%s is told as %s and typed as %s', (share, told, typed) => expect([shareTold(share), shareTyping(share), shareTyped(typed)]).toEqual([told, typed, share]))
test.each(['', 'ten', '10.123', '-5', '1000.5.1'])('%s is no percentage', (typed) => expect(shareTyped(typed)).toBeNull())
test('a limit is told in a sentence, a change by what differs', () => {
  const movement = { ...none, leastFen: '100000000', share: '0.1' }
  expect(limitTold('LARGE_MOVEMENT', movement, say('zh'), zh)).toBe('一日转入或转出达到标准：100 万元与近 30 天日均的 10%，取较大者')
  expect(limitTold('AUM', { ...none, marketEffect: 'NET_INFLOW' }, say('en'), en)).toBe('Net inflow only, the market does not count')
  expect(limitDifferences('LARGE_MOVEMENT', movement, { ...movement, share: '0.15' }, say('zh'), zh)).toEqual([{ name: '比例', from: '10%', to: '15%' }])
  expect(limitDifferences('AUM', { ...none, marketEffect: 'INCLUDE' }, { ...none, marketEffect: 'NET_INFLOW' }, say('zh'), zh)).toEqual([{ name: '市值涨跌', from: '市值涨跌计入', to: '只计净流入，市值涨跌不计' }])
})
