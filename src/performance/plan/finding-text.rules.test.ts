import { expect, test } from 'vitest'
import { refusedCodes, warnedCodes } from '../plan.rules.ts'
import { findingText } from './finding-text.rules.ts'

test.each([...refusedCodes, ...warnedCodes, 'PARTS_NOT_WHOLE', 'PERIOD_DOES_NOT_DIVIDE'] as const)('%s has its sentence in both languages', (code) => {
  const told = findingText({ code, indicator: 'DEPOSIT_AVERAGE', value: '1.00', details: {} })
  expect([/\p{Script=Han}/u.test(told.zh), /\p{Script=Han}/u.test(told.en), told.en.length > 10]).toEqual([true, false, true])
})
