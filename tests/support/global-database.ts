import { startTestRun } from '../../src/foundation/database/testing.ts'

/** One PostgreSQL and one migrated template for the whole run; each test copies its own database from it. */
export default function setup(): Promise<() => Promise<void>> {
  return startTestRun()
}
