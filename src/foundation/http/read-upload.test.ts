import { describe, expect, test } from 'vitest'
import { Form, judgeFile, readForm } from './read-upload.ts'

const bytes = (text: string): Uint8Array => Uint8Array.from([...text].map((letter) => letter.charCodeAt(0)))
const rule = { kinds: ['PDF', 'JPEG'], most: 1_000 } as const
const picture = '\u00ff\u00d8\u00ff\u00e0 JFIF'

async function sent(body: string | null, file: { name: string; content: string } | null): Promise<{ content: Buffer; type: string }> {
  const form = new FormData()
  if (body !== null) form.append('body', body)
  if (file) form.append('file', new Blob([new Uint8Array(bytes(file.content))]), file.name)
  const response = new Response(form)
  return { content: Buffer.from(await response.arrayBuffer()), type: response.headers.get('content-type') ?? '' }
}
const read = async (body: string | null, file: { name: string; content: string } | null): Promise<Form> => {
  const { content, type } = await sent(body, file)
  return readForm(content, type)
}

describe('may this file be taken?', () => {
  test.each([
    ['a PDF', { name: '营业执照.pdf', content: '%PDF-1.7' }, null],
    ['a photo with capitals', { name: '照片.JPG', content: picture }, null],
    ['none', null, 'file-missing'],
    ['an empty one', { name: 'a.pdf', content: '' }, 'file-missing'],
    ['a picture named .pdf', { name: '营业执照.pdf', content: picture }, 'file-misnamed'],
    ['a PDF without an ending', { name: '营业执照', content: '%PDF-1.7' }, 'file-misnamed'],
    ['a program', { name: 'a.pdf', content: 'MZ\u0090\u0000' }, 'file-unknown'],
    ['an archive', { name: 'a.zip', content: `PK\u0003\u0004${'\u0000'.repeat(30)}` }, 'file-kind'],
    ['too large', { name: 'a.pdf', content: `%PDF-${'x'.repeat(1_000)}` }, 'too-large'],
    ['too large and a program: the size first', { name: 'a.exe', content: `MZ\u0000${'x'.repeat(1_000)}` }, 'too-large'],
    ['an over-long name', { name: `${'长'.repeat(200)}.pdf`, content: '%PDF-' }, 'invalid-request'],
    ['a path: only its last part counts', { name: 'C:\\证件\\执照.pdf', content: '%PDF-' }, null],
  ])('%s', async (_what, file, refusal) => {
    const outcome = judgeFile(rule, await read('{}', file), 'zh')
    expect(outcome.ok ? null : outcome.refusal.name).toBe(refusal)
  })
  test('the name that is kept has no folder, the hash is that of the content', async () => {
    const outcome = judgeFile(rule, await read('{}', { name: '../../证件/执照.pdf', content: '%PDF-' }), 'zh')
    expect(outcome).toMatchObject({ ok: true, value: { name: '执照.pdf', kind: 'PDF', hash: '38523c087796e5d5dd1cf9bad1fb026781a838dd9dd2cf8af58b9f6502a46778' } })
  })
})

describe('the form', () => {
  test('its body is JSON, and nothing but a form can be one', async () => {
    expect((await read('{"id":"x"}', { name: 'a.pdf', content: '%PDF-' })).body).toEqual({ id: 'x' })
    expect((await read(null, { name: 'a.pdf', content: '%PDF-' })).body).toEqual({})
    await expect(read('{"a":', null)).rejects.toThrow()
    await expect(read('{"__proto__":{}}', null)).rejects.toThrow()
    await expect(readForm(Buffer.from('no form'), 'multipart/form-data; boundary=x')).rejects.toThrow()
    await expect(readForm(Buffer.from('no form'), 'multipart/form-data')).rejects.toThrow()
  })
})
