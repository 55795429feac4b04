import { expect, test } from 'vitest'
import { closingLine, countResults } from '../../tools/count-results.ts'

const file = (status: string, ...tests: string[]) => ({ status, assertionResults: tests.map((one) => ({ status: one })) })

test.each([
  ['all is well', [file('passed', 'passed', 'passed')], '2 passed, 0 failed'],
  ['one fails', [file('failed', 'passed', 'failed')], '1 passed, 1 failed'],
  ['skipped and to do are told', [file('passed', 'passed', 'skipped', 'todo', 'pending')], '1 passed, 0 failed, 3 skipped'],
  ['a file that cannot be loaded is a failure', [file('failed')], '0 passed, 1 failed'],
  ['a file whose set-up fails after skipping its tests is a failure', [file('failed', 'skipped')], '0 passed, 1 failed, 1 skipped'],
  ['nothing', [], '0 passed, 0 failed'],
])('%s', (_what, testResults, line) => {
  expect(closingLine(countResults({ testResults }))).toBe(line)
})

test('a report of another shape is our mistake', () => {
  expect(() => countResults({})).toThrow()
})
