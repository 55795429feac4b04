import { expect, test } from 'vitest'
import { inLines } from './chart-view.ts'

test.each([
  ['存款月日均增量', 12, '存款月日\n均增量'], ['联系次数', 12, '联系次数'], ['Deposit average increment', 12, 'Deposit\naverage\nincrement'], ['Accounts opened', 18, 'Accounts opened'], ['NPL 比率', 12, 'NPL 比率'], ['', 12, ''],
])('%s in lines of %s', (name, most, told) => expect(inLines(name, most)).toBe(told))
