import { expect, test } from 'vitest'
import { parseYuan } from './yuan.rules.ts'

test.each([['1234.56', '123456'], ['1,234,567.8', '123456780'], ['0.00', '0'], ['-12', '-1200'], ['007.10', '710'], ['1.005', null], ['1e5', null], ['', null], ['12,34', null], ['999999999999999.99', '99999999999999999']] as const)('%s', (text, fen) => {
  expect(parseYuan(text)).toBe(fen)
})
