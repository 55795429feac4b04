import type { Step } from '../blocks.rules.ts'
import { decimalText, exact } from '../../foundation/values/decimal.ts'

/** The mean of the own results of those who are paid in one line: what a team result counts with. Fen are rounded to whole ones, other values to two decimals. */
export function teamResults(members: readonly { key: number; line: string; step: Pick<Step, 'unit' | 'value'> | undefined }[]): Map<string, { value: string; people: number }> {
  const lines = new Map<string, Pick<Step, 'unit' | 'value'>[]>()
  for (const { line, step } of members) if (step) lines.set(line, [...(lines.get(line) ?? []), step])
  return new Map([...lines].map(([line, steps]) => {
    const sum = steps.reduce((total, { value }) => total.plus(exact(value)), exact('0'))
    return [line, { value: decimalText(sum.div(steps.length), steps[0]?.unit === 'FEN' ? 0 : steps[0]?.unit === 'COEFFICIENT' ? 4 : 2), people: steps.length }]
  }))
}
