import { z } from 'zod'

export type Count = { passed: number; failed: number; skipped: number }

// What the json reporter of vitest writes, as far as it is counted.
const report = z.object({
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
})

/** Counts the tests of a report. A file that could not even be loaded has no tests in the report and is one failure. */
export function countResults(json: unknown): Count {
  const count: Count = { passed: 0, failed: 0, skipped: 0 }
  for (const file of report.parse(json).testResults) {
    const before = count.failed
    for (const { status } of file.assertionResults) count[status === 'passed' ? 'passed' : status === 'failed' ? 'failed' : 'skipped']++
    if (file.status === 'failed' && count.failed === before) count.failed++
  }
  return count
}

/** The line that closes every run: "N passed, N failed", and how many were skipped when some were. */
export function closingLine(count: Count): string {
  return `${count.passed} passed, ${count.failed} failed${count.skipped > 0 ? `, ${count.skipped} skipped` : ''}`
}
