import { expect, test } from 'vitest'
import { teamResults } from './team-result.rules.ts'

test.each([
  ['scores: two decimals', [['A', 'SCORE', '90.00'], ['A', 'SCORE', '80.01'], ['B', 'SCORE', '70.00']], { A: ['85.01', 2], B: ['70.00', 1] }],
  ['fen: whole ones', [['A', 'FEN', '100'], ['A', 'FEN', '101']], { A: ['101', 2] }],
  ['nobody has a result', [], {}],
] as const)('%s', (_name, members, expected) => {
  const found = teamResults(members.map(([line, unit, value], key) => ({ key, line, step: { unit, value } })))
  expect(Object.fromEntries([...found].map(([line, { value, people }]) => [line, [value, people]]))).toEqual(expected)
})
