import { expect, test } from 'vitest'
import { exact, fenOf, yuanOf } from '../../foundation/values/decimal.ts'
import { controlSteps } from './support-steps.rules.ts'

test.each([[400_000n, '96.50', 386_000n], [400_000n, '130.00', 480_000n], [400_000n, null, 0n]] as const)('risk control: base %s by %s', (base, score, pay) => {
  const [first, payable] = controlSteps(base, score, pay)
  const operands = first?.terms.flatMap((term) => ('value' in term ? [term.value] : [])) ?? []
  expect(payable?.value).toBe(pay.toString())
  // what is printed gives what is paid
  expect(fenOf(yuanOf(BigInt(operands[0] ?? '0')).times(exact(operands[1] ?? '0')).div(100))).toBe(pay)
})
