import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSheet } from '../../src/foundation/spreadsheets/read-sheet.ts'
import type { Endpoint } from '../../src/foundation/http/contract.ts'
import { routes } from '../../src/routes.ts'
import { fieldsOf, type Sent } from './bad-requests.ts'
import { expectations, type Expectation } from './expectations-table.ts'
import { expectedOf, leaks, send } from './try-endpoint.ts'
import { buildWorld, marks, type Subject, type World } from './world.ts'

// The scope test again, with every filter of every list (each value that could single the customer out), each secrecy, and the content of exports.
let world: World
let tried = 0
const folder = mkdtempSync(join(tmpdir(), 'yq-scope-'))
beforeAll(async () => {
  world = await buildWorld()
})
afterAll(async () => {
  console.log(`scope, long: ${tried} requests with filters, classes of secrecy and exports`)
  await world.close()
  rmSync(folder, { recursive: true })
})

/** What could be asked of a filter so that it finds the customer: by its name, number, manager, outlet, day. */
function values(name: string, choices: readonly unknown[] | undefined): (string | number)[] {
  if (choices) return choices.map(String)
  const main = world.by('RM, main')
  if (/^(q|search)$/.test(name)) return [world.target.name, '探针', '针', 'tanzhen', 'tzjm', world.target.number, '13800138001', '8001', marks.account, marks.account.slice(-4)]
  if (/customerId/i.test(name)) return [world.target.customerId]
  if (/staffKey|managerKey/i.test(name)) return [main.staffKey]
  if (/unitKey|outletKey/i.test(name)) return [world.units.southOutlet.key, world.units.south.key, world.units.head.key]
  if (/^(from|day|until)$/.test(name)) return ['2026-01-01', '2026-11-23']
  if (name === 'to') return ['2026-12-31']
  if (name === 'month') return ['2026-10', '2026-11']
  if (name === 'limit') return [1, 200]
  if (/^(mine|withVoid|effective|late)$/.test(name)) return ['true', 'false']
  return []
}

function variants(contract: Endpoint, base: Sent): Sent[] {
  return fieldsOf(contract.query).filter((field) => field.path[0] !== 'cursor').flatMap(({ path, schema }) => {
    const name = String(path[0])
    return values(name, schema.enum).map((value) => ({ ...base, query: { ...base.query, [name]: value } }))
  })
}

const sees = (subject: Subject): boolean => subject.relation !== null && subject.relation !== 'GRANT'

describe('every list × role × relation × filter', () => {
  const filtered = routes.map((route) => route.contract).filter((contract) => contract.method === 'GET' && contract.permission !== 'public' && fieldsOf(contract.query).length > 0)
  test.each(filtered.map((contract) => [contract.id, contract] as const))('%s', async (id, contract) => {
    const row = expectations[id] as Expectation
    const wrong: string[] = []
    for (const subject of world.subjects) {
      const expected = expectedOf(contract, row, subject, world)
      const all = variants(contract, row.ask?.(world, subject) ?? {})
      // whom the post or the session stops, it stops whatever the filter: once is enough
      for (const sent of ['not-signed-in', 'not-allowed'].includes(expected) ? all.slice(0, 1) : all) {
        const answer = await send(world, contract, subject.token, sent)
        tried += 1
        const got = answer.status === 200 ? 'ok' : (answer.refusal ?? String(answer.status))
        const what = `${subject.name} ${JSON.stringify(sent.query)}`
        if (answer.status >= 500) wrong.push(`${what}: ${answer.status}`)
        if (['not-signed-in', 'not-allowed', 'not-found'].includes(expected) && got !== expected) wrong.push(`${what}: expected ${expected}, got ${got}`)
        // restricted lines of the journal are for compliance alone
        const forCompliance = id === 'access.journal' && sent.query?.['secrecy'] === 'RESTRICTED' && subject.post === 'AUDIT'
        if (expected === 'ok' && got === (forCompliance ? 'ok' : 'not-allowed')) wrong.push(`${what}: expected ok or a named refusal, got ${got}`)
        for (const leak of leaks(world, row, subject, answer)) wrong.push(`${what}: ${leak}`)
      }
    }
    expect(wrong).toEqual([])
  })
})

describe('searching by number finds only what one may see', () => {
  test.each(['13800138001', '8001', marks.account, marks.account.slice(-4), '探针', '针', 'tanzhen', 'tzjm'])('%s', async (q) => {
    const wrong: string[] = []
    for (const subject of world.subjects.filter((one) => one.state === 'here' && ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD', 'BANK_LEADER', 'LOBBY', 'AML'].includes(one.post ?? ''))) {
      const answer = await world.app.ask(subject.token, `/api/customers?q=${encodeURIComponent(q)}`)
      tried += 1
      const found = answer.text.includes(world.target.customerId)
      // an account that came in by a test's hand stands in no search table: it must not be found by strangers, it need not be found by its managers
      if (found && !sees(subject)) wrong.push(`${subject.name} finds it`)
      if (!found && sees(subject) && !q.startsWith(marks.account.slice(0, 4)) && q !== marks.account.slice(-4)) wrong.push(`${subject.name} does not find it`)
      const { count } = answer.json as { count: { value: number } | null }
      if (!sees(subject) && subject.post !== 'BRANCH_HEAD' && subject.name !== 'RM, other branch' && (count?.value ?? 0) > 0) wrong.push(`${subject.name}: the count tells of it`)
    }
    expect(wrong).toEqual([])
  })
})

describe('each class of secrecy', () => {
  const here = () => world.subjects.filter((one) => one.state === 'here')
  test('SECRET: the note is in no list, no history, no journal, no count but of the desk and the person named', async () => {
    const wrong: string[] = []
    for (const subject of here()) {
      const allowed = subject.post === 'AML' || subject.named === 'SECRET'
      for (const path of [`/api/secret-notes`, `/api/secret-notes?customerId=${world.target.customerId}`]) {
        const answer = await world.app.ask(subject.token, path)
        tried += 1
        if (answer.status === 200 && (answer.json as { items: unknown[] }).items.length > 0 !== allowed) wrong.push(`${subject.name}: ${path} ${answer.text.slice(0, 80)}`)
      }
      for (const path of [`/api/customers/${world.target.customerId}/history`, `/api/journal`, `/api/journal?customerId=${world.target.customerId}`, `/api/journal?table=secret_note`]) {
        const answer = await world.app.ask(subject.token, path)
        tried += 1
        if (/机密内容|secret_note/.test(answer.text.replace(/"tables":\[[^\]]*\]/, '')) || answer.text.includes(world.secretNoteId)) wrong.push(`${subject.name}: ${path} tells of the note`)
      }
    }
    expect(wrong).toEqual([])
  })
  test('RESTRICTED: the contact does not tell that there is a text; its readers and compliance find it', async () => {
    const wrong: string[] = []
    for (const subject of here()) {
      const allowed = subject.post === 'COMPLIANCE' || subject.named === 'RESTRICTED' || subject.relation === 'MAIN'
      const listed = await world.app.ask(subject.token, '/api/restricted-texts')
      tried += 1
      if (listed.status === 200 && (listed.json as { items: unknown[] }).items.length > 0 !== allowed) wrong.push(`${subject.name}: the list`)
      const contact = await world.app.ask(subject.token, `/api/customers/${world.target.customerId}/contacts/${world.contactId}`)
      tried += 1
      if (contact.status === 200 && (contact.json as { restricted: unknown[] }).restricted.length > 0 !== allowed) wrong.push(`${subject.name}: the contact tells of a text`)
    }
    expect(wrong).toEqual([])
  })
})

describe('exports', () => {
  test('a workbook holds the customers of the list and no other; a purpose is needed', async () => {
    const wrong: string[] = []
    for (const subject of world.subjects.filter((one) => one.state === 'here')) {
      const answer = await world.app.bytes(subject.token, '/api/customers/export', { purpose: '核对' })
      tried += 1
      if (answer.status !== 200) continue
      const path = join(folder, `${subject.staffNo}.xlsx`)
      writeFileSync(path, answer.content)
      const rows: string[][] = []
      await readSheet(path, undefined, (fields) => Promise.resolve(void rows.push(fields)))
      const text = JSON.stringify(rows)
      if (text.includes(world.target.name) !== sees(subject)) wrong.push(`${subject.name}: the workbook ${sees(subject) ? 'lacks' : 'holds'} the customer`)
      if (!text.includes(subject.staffNo)) wrong.push(`${subject.name}: no watermark`)
      if (/13800138001|6222020405060708091/.test(text)) wrong.push(`${subject.name}: a number in full`)
    }
    expect(wrong).toEqual([])
  })
})
