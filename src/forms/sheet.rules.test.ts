import { expect, test } from 'vitest'
import type { Cell } from './form.contract.ts'
import { cellText, valueOf } from './sheet.rules.ts'

const cell = (type: Cell['type']): Cell => ({ code: 'c1', label: '栏', type, required: true, choices: [], least: null, most: null, source: null })
test.each([
  ['AMOUNT', '1,234.5', '123450'], ['AMOUNT', '35000', '3500000'], ['AMOUNT', '-0.05', '-5'], ['AMOUNT', '0', '0'], ['AMOUNT', '1.234', '1.234'], ['AMOUNT', '三万', '三万'],
  ['WHOLE', '1,200', '1200'], ['WHOLE', '12.0', '12'], ['WHOLE', '12.5', '12.5'], ['DATE', '2026/3/5', '2026-03-05'], ['DATE', '2026年11月3日', '2026-11-03'], ['TEXT', ' 已走访 ', '已走访'],
] as const)('%s %s', (type, text, value) => {
  expect(valueOf(cell(type), text)).toBe(value)
  expect(cellText(cell(type), value)).toBe(value)
})
