import { vi, type MockInstance } from 'vitest'
import type { Services } from '../../src/foundation/http/route.ts'

/** The first word of each statement that the work asks the database besides the frame of its transactions (begin, role, session, and the counters that tests read). */
export async function statementsOf({ db }: Services, work: () => Promise<unknown>): Promise<(string | undefined)[]> {
  const spies = new Map<object, MockInstance>()
  const watch = (client: { query: unknown }): void => void (spies.has(client) || spies.set(client, vi.spyOn(client as { query: () => unknown }, 'query')))
  db.pool.on('acquire', watch)
  try {
    await work()
    const asked = [...spies.values()].flatMap((spy) => spy.mock.calls.map(([query], at) => ({ order: spy.mock.invocationCallOrder[at] ?? 0, text: (typeof query === 'string' ? query : (query as { text: string }).text).trim() })))
    return asked.sort((one, other) => one.order - other.order).filter(({ text }) => !/^(BEGIN|SET LOCAL|COMMIT|SELECT relname AS table)/.test(text)).map(({ text }) => /\w+/.exec(text)?.[0])
  } finally {
    db.pool.off('acquire', watch)
    for (const spy of spies.values()) spy.mockRestore()
  }
}
