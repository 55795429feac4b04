import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { sql } from '../foundation/database/transaction.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { addSecretNote, listSecretNotes, nameSecretReaders, readSecretNote } from './secret-note.contract.ts'
import { addSecretNoteRoute, listSecretNotesRoute, nameSecretReadersRoute, readSecretNoteRoute } from './secret-notes.ts'

let bank: SmallBank
let customerId: string
const noteId = newId()
const secret = '连续三日分散转入集中转出，疑似过渡账户'

beforeAll(async () => {
  bank = await smallBank([listSecretNotesRoute, readSecretNoteRoute, addSecretNoteRoute, nameSecretReadersRoute])
  customerId = await bank.customer({ main: bank.staff.li, assist: bank.staff.wang })
  await bank.grant(customerId, bank.staff.zhao)
  await write(bank.staff.aml)
})
afterAll(() => bank.close())

const write = (who: Colleague, more: Record<string, unknown> = {}) => bank.ask(who, addSecretNote, { params: { customerId }, body: { id: noteId, text: secret, readers: [bank.staff.reviewer.staffKey], ...more } })
const list = (who: Colleague, of = customerId) => bank.ask(who, listSecretNotes, { query: { customerId: of } })
const read = (who: Colleague, id = noteId) => bank.ask(who, readSecretNote, { params: { noteId: id } })

describe('notes of the anti-money-laundering desk', () => {
  test('the desk and the person named read it; each reading leaves a SECRET line', async () => {
    for (const who of [bank.staff.aml, bank.staff.reviewer]) {
      expect((await list(who)).body.items).toMatchObject([{ id: noteId, customerName: '山西晋泰新材料有限公司', authorName: '韩密' }])
      expect((await read(who)).body).toMatchObject({ text: secret, readers: [{ name: '杨审' }] })
    }
    const lines = await bank.look<{ person_key: number; secrecy: string; customer_id: string | null }>(`SELECT person_key, secrecy, customer_id FROM journal_line WHERE table_name = 'secret_note' AND action = 'READ' AND object_id = $1`, [noteId])
    expect(lines).toHaveLength(2)
    expect(new Set(lines.map((line) => `${line.secrecy} ${line.customer_id}`))).toEqual(new Set(['SECRET null']))
  })

  const others = ['li', 'wang', 'zhao', 'lead', 'outletHead', 'branchHead', 'leader', 'qian', 'placeHead', 'otherBranchHead', 'lobby', 'compliance', 'hr', 'admin'] as const
  test.each(others)('%s: it does not exist, nor is a number of notes told', async (who) => {
    const person = bank.staff[who]
    expect((await read(person)).body.refusal).toBe('not-found')
    const told = (answer: Awaited<ReturnType<typeof read>>) => [answer.status, { ...answer.body, requestId: '' }]
    expect(told(await read(person))).toEqual(told(await read(person, newId())))
    expect(told(await list(person))).toEqual(told(await list(person, newId())))
    expect((await list(person)).body).toEqual({ items: [], nextCursor: null, count: null })
    expect((await write(person, { id: newId() })).body.refusal).toBe('not-allowed')
    expect((await bank.ask(person, nameSecretReaders, { params: { noteId }, body: { readers: [person.staffKey] } })).body.refusal).toBe('not-allowed')
  })

  test('nothing in NORMAL tables or lines tells of it, and the text is encrypted', async () => {
    const lines = await bank.look<{ line: string }>(`SELECT journal_line::text AS line FROM journal_line WHERE secrecy <> 'SECRET'`)
    expect(lines.filter(({ line }) => line.includes('secret_note') || line.includes(noteId) || line.includes(secret))).toEqual([])
    const [stored] = await bank.look<{ text: string }>('SELECT secret_note::text AS text FROM secret_note WHERE id = $1', [noteId])
    expect(stored?.text).not.toContain(secret)
    // the database itself shows the main manager none, in whichever role the server would ask for him
    const { li } = bank.staff
    const { n } = await bank.services.db.asPerson({ staffKey: li.staffKey, postKey: li.postKey, breadth: 'SELF', linePath: '' }, today, null, (tx) => tx.asRole('secret', () => tx.one(sql<{ n: number }>`SELECT count(*)::int AS n FROM secret_note`)))
    expect(n).toBe(0)
    for (const role of ['opened', 'self', 'engine', 'compliance', 'restricted'] as const) {
      await expect(bank.services.db.asPerson({ staffKey: li.staffKey, postKey: li.postKey, breadth: 'SELF', linePath: '' }, today, null, (tx) => tx.asRole(role, () => tx.all(sql`SELECT 1 FROM secret_note`)))).rejects.toThrow('permission denied')
    }
  })

  test('twice is once; other content under the same id is refused', async () => {
    expect((await write(bank.staff.aml)).body).toEqual({ id: noteId })
    expect((await write(bank.staff.aml, { text: '另一内容' })).body.refusal).toBe('key-reused')
    expect(await bank.look('SELECT 1 FROM secret_note WHERE customer_id = $1', [customerId])).toHaveLength(1)
  })
  test('readers are people of today; the desk changes them, and who is no longer named sees nothing', async () => {
    const name = (readers: number[]) => bank.ask(bank.staff.aml, nameSecretReaders, { params: { noteId }, body: { readers } })
    expect((await name([999_999])).body.refusal).toBe('reader-unknown')
    expect((await write(bank.staff.aml, { id: newId(), readers: [999_999] })).body.refusal).toBe('reader-unknown')
    expect((await name([bank.staff.compliance.staffKey])).status).toBe(200)
    expect((await read(bank.staff.compliance)).body).toMatchObject({ text: secret, mayNameReaders: false })
    expect((await read(bank.staff.reviewer)).body.refusal).toBe('not-found')
    expect((await name([bank.staff.reviewer.staffKey])).status).toBe(200)
  })
  test.each([['a text of 2,001 characters', { text: '字'.repeat(2001) }], ['no text', { text: ' ' }], ['an unknown field', { secrecy: 'NORMAL' }], ['an id that is none', { id: 'x' }]])('%s: refused', async (_what, more) => {
    expect((await write(bank.staff.aml, more)).body.refusal).toBe('invalid-request')
  })
  test('a customer that does not exist', async () => {
    expect((await bank.ask(bank.staff.aml, addSecretNote, { params: { customerId: newId() }, body: { id: newId(), text: secret } })).body.refusal).toBe('not-found')
  })
})
