import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { pino } from 'pino'
import { permissionTable } from '../../src/access/permission-table.ts'
import { setUpBank } from '../../src/flows/set-up-bank.ts'
import { tokenHash } from '../../src/foundation/access/actor.ts'
import { readConfig } from '../../src/foundation/config/config.ts'
import { sql } from '../../src/foundation/database/transaction.ts'
import { testDatabase, type TestDatabase } from '../../src/foundation/database/testing.ts'
import { buildApp, sendNotFound } from '../../src/foundation/http/app.ts'
import type { RefusalReply } from '../../src/foundation/http/contract.ts'
import type { JobAsker, Services } from '../../src/foundation/http/route.ts'
import { askForJob } from '../../src/foundation/jobs/run-job.ts'
import { add } from '../../src/foundation/store/store.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { routes } from '../../src/routes.ts'
import { makeServices } from '../../src/server.ts'

export type Answer = { status: number; text: string; json: unknown; refusal: string | null; headers: Headers; cookie: string | null }
export type Request = {
  method?: string
  body?: unknown
  /** The body as it is, instead of `body`. */
  raw?: string
  headers?: Record<string, string>
  /** Sent as a form with the body; each letter of the content is one byte. Null: a form without a file. */
  file?: { name: string; content: string } | null
  /** Idempotency-Key; made when absent, none when null. */
  key?: string | null
}

/** The product on a database of its own: a real HTTP server on a free port, with a bank and its head office. `token` null: nobody is signed in. */
export type TestApp = {
  bank: TestDatabase
  services: Services
  headOffice: { key: number; scopePath: string }
  /** Everything that the server logged. */
  log: string[]
  ask(token: string | null, path: string, request?: Request): Promise<Answer>
  /** A POST that is answered by a file. */
  bytes(token: string | null, path: string, body: unknown): Promise<{ status: number; content: Buffer }>
  /** A session as sign-in makes it, without the 60 ms of a password. */
  session(staffKey: number, postKey: number): Promise<string>
  close(): Promise<void>
}

export const testToday = '2026-11-23'

export async function startTestApp({ today = testToday }: { today?: string } = {}): Promise<TestApp> {
  const bank = await testDatabase()
  const { config } = readConfig({ YINQIAO_DATA: bank.folder, YINQIAO_KEYS: join(bank.folder, 'keys') }, bank.folder)
  const services = makeServices(config, bank.db)
  // long work is asked for and stays waiting: a test runs the kind that it is about
  services.jobs = { ask: (kind, params, askedBy) => askForJob(services, kind, params, askedBy) } satisfies JobAsker
  const { headOfficeKey, headOfficePath } = await setUpBank(services, { code: 'test', nameZh: '试验银行', nameEn: 'Test Bank', currency: 'CNY', calendar: 'china', businessDate: today, from: '2015-01-01' })
  const log: string[] = []
  const app = buildApp(routes, permissionTable, services, pino({ base: null, level: 'trace' }, { write: (line: string) => void log.push(line) }))
  app.setNotFoundHandler(sendNotFound)
  const address = await app.listen({ port: 0, host: '127.0.0.1' })

  return {
    bank, services, log, headOffice: { key: headOfficeKey, scopePath: headOfficePath },
    async ask(token, path, { method = 'GET', body, raw, headers = {}, file, key } = {}) {
      const sent: Record<string, string> = { Accept: 'application/json', 'Accept-Language': 'zh-CN', ...headers }
      if (token !== null) sent['Cookie'] = `yq_session=${token}`
      if (method !== 'GET') {
        sent['X-Yinqiao'] ??= '1'
        if (key !== null) sent['Idempotency-Key'] ??= key ?? randomBytes(12).toString('hex')
      }
      for (const [name, value] of Object.entries(sent)) if (value === '') delete sent[name]
      const text = raw ?? (body === undefined ? undefined : JSON.stringify(body))
      const content = file === undefined ? text : formOf(text, file)
      if (typeof content === 'string') sent['Content-Type'] ??= 'application/json'
      const answer = await fetch(`${address}${path}`, { method, headers: sent, ...(content === undefined ? {} : { body: content }) })
      const told = await answer.text()
      let json: unknown = null
      try {
        json = JSON.parse(told)
      } catch {
        // a file
      }
      const refusal = answer.ok ? null : ((json as RefusalReply | null)?.refusal ?? null)
      return { status: answer.status, text: told, json, refusal, headers: answer.headers, cookie: answer.headers.get('set-cookie') }
    },
    async bytes(token, path, body) {
      const answer = await fetch(`${address}${path}`, { method: 'POST', headers: { 'X-Yinqiao': '1', 'Content-Type': 'application/json', Cookie: `yq_session=${token}` }, body: JSON.stringify(body) })
      return { status: answer.status, content: Buffer.from(await answer.arrayBuffer()) }
    },
    async session(staffKey, postKey) {
      const token = randomBytes(32).toString('base64url')
      await bank.db.asPublic(async (tx) => {
        if (!(await tx.maybe(sql`SELECT 1 FROM credential WHERE staff_key = ${staffKey}`))) await add(tx, 'credential', { staff_key: staffKey, password_hash: 'none', must_change: false }, { why: 'test' })
        await add(tx, 'session', { token_hash: tokenHash(token), id: newId(), staff_key: staffKey, post_key: postKey, expires_at: new Date(Date.now() + 3_600_000).toISOString() }, { why: 'test' })
      })
      return token
    },
    async close() {
      await app.close()
      await bank.drop()
    },
  }
}

function formOf(body: string | undefined, file: { name: string; content: string } | null): FormData {
  const form = new FormData()
  if (body !== undefined) form.append('body', body)
  if (file) form.append('file', new Blob([Uint8Array.from([...file.content].map((letter) => letter.charCodeAt(0)))]), file.name)
  return form
}
