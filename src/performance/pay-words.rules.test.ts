import { describe, expect, test } from 'vitest'
import { codeNames, gradeNames, named, reasons, reasonText, stepName } from './pay-words.rules.ts'

const zh = (word: { zh: string; en: string }): string => word.zh
const en = (word: { zh: string; en: string }): string => word.en

describe('words of pay', () => {
  test('each word stands in both languages', () => {
    for (const words of [codeNames, reasons, gradeNames]) for (const [code, word] of Object.entries(words)) expect([code, word.zh !== '', word.en !== '', word.en.match(/[\u4e00-\u9fff]/)]).toEqual([code, true, true, null])
  })
  test.each([
    [{ code: 'PAYABLE' }, '应发', 'Payable'],
    [{ code: 'K1.SCORE', name: { zh: '存款', en: 'Deposits' } }, '存款得分', 'Deposits: score'],
    [{ code: 'DEFERRED.2' }, '第 2 期', 'tranche 2'],
    [{ code: 'RATE.1' }, '规模部分', 'part of scale'],
    [{ code: 'OWN_CODE' }, 'OWN_CODE', 'OWN_CODE'],
    [{ code: '2#GRADE_BASE' }, '第 2 段 · 职级基数', 'part 2 · Base of the grade'],
    [{ code: '1#K1.SCORE', name: { zh: '存款', en: 'Deposits' } }, '第 1 段 · 存款得分', 'part 1 · Deposits: score'],
  ])('%o is called %s', (step, chinese, english) => expect([stepName(step, zh), stepName(step, en)]).toEqual([chinese, english]))
  test.each([
    ['missed: A, B', '未达标 2 项', '2 missed'],
    ['from 2026-01-01', '2026-01-01 起的阶段', 'phase from 2026-01-01'],
    ['no-target', '没有净增目标，不挂钩', 'no target of net growth, the link is not applied'],
    ['unheard-of', 'unheard-of', 'unheard-of'],
  ])('%s is told', (why, chinese, english) => expect([reasonText(why, zh), reasonText(why, en)]).toEqual([chinese, english]))
  test('a code without a word stays itself', () => expect(named(codeNames, 'X')).toEqual({ zh: 'X', en: 'X' }))
})
