import type pg from 'pg'
import type { Endpoint } from '../../src/foundation/http/contract.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import type { Answer } from '../support/test-app.ts'
import type { Bad, Sent, SentFile } from './bad-requests.ts'
import type { Expectation } from './expectations-table.ts'
import { marks, type Subject, type World } from './world.ts'

/** What the table says that this person is told: 'ok' or a refusal's name. */
export function expectedOf(contract: Endpoint, row: Expectation, subject: Subject, world: World): string {
  if (row.posts !== 'public') {
    if (subject.state !== 'here' || subject.post === null) return 'not-signed-in'
    if (row.posts !== 'signed-in' && !row.posts.includes(subject.post)) return 'not-allowed'
  }
  if (contract.opens !== undefined) {
    if (subject.relation === null) return 'not-found'
    if (!row.relations?.includes(subject.relation)) return 'not-allowed'
  }
  return typeof row.passes === 'function' ? row.passes(subject, world) : (row.passes ?? 'ok')
}

// a file that an endpoint would take, unless the try says another
const goodFile: SentFile = { name: '扫描件.pdf', content: '%PDF-1.7\n%%EOF' }

export function send(world: World, contract: Endpoint, token: string | null, sent: Sent): Promise<Answer> {
  const path = contract.path.replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(String(sent.params?.[name] ?? '')))
  const query = new URLSearchParams(Object.entries(sent.query ?? {}).map(([name, value]) => [name, String(value)])).toString()
  return world.app.ask(token, query === '' ? path : `${path}?${query}`, { method: contract.method, ...(sent.body === undefined ? {} : { body: sent.body }), ...(contract.upload ? { file: sent.file === undefined ? goodFile : sent.file } : {}), key: contract.writes === 'act' ? newId() : null })
}

/** The answer without what must differ. */
export const plain = (answer: Answer): string => `${answer.status} ${answer.text.replace(/"requestId":"[^"]*"/g, '').replace(/[0-9a-f-]{36}/g, '')}`

/** Words of the customer, of its RESTRICTED text and its SECRET note that stand in an answer and should not. */
export function leaks(world: World, row: Expectation, subject: Subject, answer: Answer): string[] {
  const found: string[] = []
  const told = row.tells?.(subject) ?? false
  const { customerId, number, name } = world.target
  if (subject.relation === null && !told) for (const word of [customerId, number, name, marks.summary, marks.account, marks.memo]) if (answer.text.includes(word)) found.push(`tells ${word}`)
  if (subject.post !== 'DATA_STEWARD' && answer.text.includes(marks.rejected)) found.push('tells a rejected value')
  // secrets are told by the endpoints that reveal one, and by nothing else, whoever asks
  if (!row.reveals) for (const word of [marks.phone, marks.personId, marks.personPhone, marks.contactPhone, marks.mail, marks.account]) if (answer.text.includes(word)) found.push(`tells ${word} in full`)
  const secret = subject.post === 'AML' || subject.named === 'SECRET'
  if (!secret) for (const word of [marks.secret, world.secretNoteId]) if (answer.text.includes(word)) found.push(`tells SECRET ${word}`)
  const restricted = subject.post === 'COMPLIANCE' || subject.named === 'RESTRICTED' || subject.relation === 'MAIN'
  if (!restricted) for (const word of [marks.restricted, world.restrictedTextId]) if (answer.text.includes(word)) found.push(`tells RESTRICTED ${word}`)
  return found
}

/** Somebody whose request reaches the thing itself: refused neither by the session, the post nor the relation. */
export function whoGetsThrough(contract: Endpoint, row: Expectation, world: World): Subject {
  const stopped = ['not-signed-in', 'not-allowed', 'not-found']
  const at = (wanted: (got: string, one: Subject) => boolean): Subject | undefined => world.subjects.find((one) => one.state === 'here' && wanted(expectedOf(contract, row, one, world), one))
  // an example that leads to nothing (a line that is not there) reaches the thing too
  const found = at((got) => !stopped.includes(got)) ?? at((got) => got === row.passes)
    ?? at((got, one) => one.relation !== null && typeof row.passes === 'function' && got === row.passes(one, world) && got !== 'not-allowed')
  if (!found) throw new Error(`nobody gets through to ${contract.id}`)
  return found
}

export function askThrough(world: World, contract: Endpoint, subject: Subject, bad: Bad): Promise<Answer> {
  const { sent } = bad
  const path = contract.path.replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(String(sent.params?.[name] ?? '')))
  const query = new URLSearchParams(Object.entries(sent.query ?? {}).map(([name, value]) => [name, String(value)])).toString()
  return world.app.ask(subject.token, query === '' ? path : `${path}?${query}`, {
    method: contract.method, key: bad.key !== undefined ? bad.key : contract.writes === 'act' ? newId() : null, ...(bad.headers ? { headers: bad.headers } : {}),
    ...(contract.upload ? { file: sent.file === undefined ? goodFile : sent.file } : {}),
    ...(bad.raw !== undefined ? { raw: bad.raw } : sent.body === undefined ? {} : { body: sent.body }),
  })
}

// asked twice for each of thousands of requests: planning a sum over two hundred tables takes longer than counting them
const countTexts = new WeakMap<pg.ClientBase, string>()

/** How many rows each table has. */
export async function countRows(owner: pg.ClientBase): Promise<Record<string, number>> {
  let text = countTexts.get(owner)
  if (text === undefined) {
    const { rows } = await owner.query<{ name: string }>(`SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1`)
    text = rows.map(({ name }) => `SELECT '${name}' AS name, count(*)::int AS n FROM "${name}"`).join(' UNION ALL ')
    countTexts.set(owner, text)
    // starting helpers for a sum over small tables takes longer than counting
    await owner.query('SET max_parallel_workers_per_gather = 0')
  }
  const counted = await owner.query<{ name: string; n: number }>({ name: 'rows of every table', text })
  return Object.fromEntries(counted.rows.map((row) => [row.name, row.n]))
}
