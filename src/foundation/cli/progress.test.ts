import { describe, expect, test } from 'vitest'
import { languageOf, inOneLine } from './language.ts'
import { describeProgress, duration, Progress } from './progress.ts'

const stage = { zh: '装入', en: 'loading' }

describe('how far work is', () => {
  test.each([
    [{ stage, done: 0, total: null, seconds: 0 }, 'loading'],
    [{ stage, done: 500, total: 2000, seconds: 0.1 }, 'loading  500 / 2,000 (25%)'],
    [{ stage, done: 50_000, total: 1_000_000, seconds: 5 }, 'loading  50,000 / 1,000,000 (5%)  10,000/s  1 min 35 s left'],
    [{ stage, done: 3, total: null, seconds: 2 }, 'loading  3  1.5/s'],
    [{ stage, done: 10, total: 10, seconds: 4 }, 'loading  10 / 10 (100%)  2.5/s'],
  ])('%j', (state, line) => {
    expect(describeProgress(state, 'en')).toBe(line)
  })

  test.each([[0.4, '0 s'], [59.4, '59 s'], [200, '3 min 20 s'], [7500, '2 h 05 min']])('%d seconds', (seconds, text) => {
    expect(duration(seconds)).toBe(text)
  })

  test('a terminal has one line that is rewritten, a file a line for each stage and every ten seconds', () => {
    for (const [isTTY, lines] of [[true, 0], [false, 3]] as const) {
      let text = ''
      let now = 0
      const progress = new Progress('zh', { isTTY, columns: 40, write: (part) => (text += part) }, () => now)
      for (; now < 15_000; now += 1000) progress.show(stage, now, 60_000)
      progress.show({ zh: '检查', en: 'checking' })
      progress.end()
      expect(text.split('\n').length - 1).toBe(lines)
      expect(text.includes('\u001b[K')).toBe(isTTY)
    }
  })
})

test.each([
  [['--lang', 'en'], {}, 'en'], [['x', '--lang=zh'], { YINQIAO_LANG: 'en' }, 'zh'], [[], { YINQIAO_LANG: 'en', LANG: 'zh_CN.UTF-8' }, 'en'],
  [[], { LANG: 'zh_CN.UTF-8' }, 'zh'], [[], { LANG: 'C.UTF-8' }, 'both'], [[], {}, 'both'],
])('language of %j with %j', (args, environment, language) => {
  expect(languageOf(args, environment)).toBe(language)
})

test('both languages in one line', () => {
  expect(inOneLine({ zh: '是', en: 'yes' }, 'both')).toBe('是 / yes')
})
