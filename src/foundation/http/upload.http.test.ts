import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { smallBank, type SmallBank } from '../../../tests/support/small-bank.ts'
import { newIdText } from '../values/api-values.ts'
import { ok } from '../values/outcome.ts'
import { newId } from '../values/uuid7.ts'
import { endpoint } from './contract.ts'
import { handle, handleUpload } from './route.ts'

// Two endpoints of the test: one takes a file, one does not.
const takesFile = endpoint({
  id: 'test.upload', method: 'POST', path: '/api/test/upload', text: { zh: '试', en: 'try' }, permission: 'signed-in', writes: 'create',
  body: z.strictObject({ id: newIdText, note: z.string().max(10).default('') }), upload: { kinds: ['PDF', 'JPEG'], most: 400_000 },
  reply: z.strictObject({ id: z.string(), name: z.string(), kind: z.string(), size: z.number(), note: z.string() }),
})
const takesNone = endpoint({ id: 'test.plain', method: 'POST', path: '/api/test/plain', text: { zh: '试', en: 'try' }, permission: 'signed-in', body: z.strictObject({}), reply: z.strictObject({}) })

let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank([
    handleUpload(takesFile, async (_tx, { body, file }) => ok({ id: body.id, name: file.name, kind: file.kind, size: file.bytes.length, note: body.note })),
    handle(takesNone, async () => ok({})),
  ])
})
afterAll(() => bank.close())

const bytes = (text: string): Uint8Array => Uint8Array.from([...text].map((letter) => letter.charCodeAt(0)))
const pdf = { name: '营业执照.pdf', bytes: bytes(`%PDF-1.7${'x'.repeat(300_000)}`) }
const send = (body: object, file: { name: string; bytes: Uint8Array } = pdf) => bank.ask(bank.staff.li, takesFile, { body, file })
const told = (answer: { status: number; body: { refusal?: string } }) => [answer.status, answer.body.refusal ?? null]

describe('a file through the door', () => {
  test('comes with its particulars, larger than a request without file may be', async () => {
    const id = newId()
    expect((await send({ id, note: '副本' })).body).toEqual({ id, name: '营业执照.pdf', kind: 'PDF', size: 300_008, note: '副本' })
  })
  test('twice is once: the same file again is the same answer, another file under the same id is refused', async () => {
    const id = newId()
    const first = await send({ id })
    expect((await send({ id })).body).toEqual(first.body)
    expect(told(await send({ id }, { name: '营业执照.pdf', bytes: bytes('%PDF-1.7 other') }))).toEqual([409, 'key-reused'])
    expect(told(await send({ id }, { ...pdf, name: '另名.pdf' }))).toEqual([409, 'key-reused'])
  })
  test('the form is judged before the file, the session before both', async () => {
    expect(told(await send({ id: 'no' }, { name: 'a.exe', bytes: bytes('MZ\u0000') }))).toEqual([400, 'invalid-request'])
    expect(told(await bank.ask(null, takesFile, { body: { id: newId() }, file: pdf }))).toEqual([401, 'not-signed-in'])
    expect(told(await send({ id: newId() }, { name: '执照.pdf', bytes: bytes('\u00ff\u00d8\u00ff\u00e0') }))).toEqual([422, 'file-misnamed'])
    expect(told(await send({ id: newId() }, { name: 'a.pdf', bytes: bytes(`%PDF-${'x'.repeat(400_000)}`) }))).toEqual([413, 'too-large'])
    expect(told(await send({ id: newId() }, { name: 'a.pdf', bytes: bytes(`%PDF-${'x'.repeat(800_000)}`) }))).toEqual([413, 'too-large'])
  })
  test('without a file, as JSON that pretends to be a form, or where none is wanted', async () => {
    expect(told(await bank.ask(bank.staff.li, takesFile, { body: { id: newId() } }))).toEqual([400, 'file-missing'])
    expect(told(await bank.ask(bank.staff.li, takesFile, { body: { isForm: true, body: { id: newId() }, file: { name: 'a.pdf', bytes: {} } } }))).toEqual([400, 'invalid-request'])
    expect(told(await bank.ask(bank.staff.li, takesNone, { body: {}, file: pdf }))).toEqual([413, 'too-large'])
    expect(told(await bank.ask(bank.staff.li, takesNone, { body: {}, file: { name: 'a.pdf', bytes: bytes('%PDF-') } }))).toEqual([400, 'invalid-request'])
  })
})
