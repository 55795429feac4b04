import { createHash } from 'node:crypto'
import { aboutKinds, extensionOf, kindOfFile, nameFits, type FileKind } from '../values/file-kind.ts'
import { safeText } from '../values/api-values.ts'
import { ok, refuse, type Outcome } from '../values/outcome.ts'
import type { UploadedFile, UploadRule } from './contract.ts'
import { fieldMessages, withoutPrototypes, type Language } from './invalid-request.ts'

/** A form as it came: the JSON of its part `body`, and its file. A class, so that no JSON can pass for one. */
export class Form {
  readonly body: unknown
  /** Bytes of the part `body`. */
  readonly size: number
  readonly file: { name: string; bytes: Uint8Array } | null
  constructor(body: unknown, size: number, file: Form['file']) {
    this.body = body
    this.size = size
    this.file = file
  }
}

/** Reads a form of parts. Throws when it is none, or when its `body` is no JSON. */
export async function readForm(content: Buffer, contentType: string): Promise<Form> {
  // the reader of forms that comes with Node.js
  const form = await new Response(new Uint8Array(content), { headers: { 'content-type': contentType } }).formData()
  const [body, file] = [form.get('body'), form.get('file')]
  const text = body === null ? '{}' : typeof body === 'string' ? body : await body.text()
  return new Form(text === '' ? {} : (JSON.parse(text, withoutPrototypes) as unknown), Buffer.byteLength(text), file === null || typeof file === 'string' ? null : { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })
}

const fileName = safeText(120)
const called = (kinds: readonly FileKind[], language: 'zh' | 'en'): string => kinds.map((kind) => aboutKinds[kind][language]).join(language === 'zh' ? '、' : ', ')

/**
 * May this file be taken? Most fundamental first: none or an empty one, a name that is no name, too large, of no kind that we know, called something that it is not
 * (a picture named .pdf), of a kind that is not wanted here.
 */
export function judgeFile(rule: UploadRule, form: Form | null, language: Language): Outcome<UploadedFile> {
  const file = form?.file
  if (!file || file.bytes.length === 0) return refuse('file-missing', { field: 'file' })
  const name = fileName.safeParse(file.name.split(/[\\/]/).at(-1) ?? '')
  if (!name.success) return refuse('invalid-request', { details: { count: '1' }, fields: fieldMessages(name.error.issues, 'file', language) })
  if (file.bytes.length > rule.most) return refuse('too-large', { field: 'file' })
  const kind = kindOfFile(file.bytes)
  const accepted = { accepted: called(rule.kinds, 'zh'), acceptedEn: called(rule.kinds, 'en') }
  if (kind === null) return refuse('file-unknown', { field: 'file', details: accepted })
  const found = { found: aboutKinds[kind].zh, foundEn: aboutKinds[kind].en }
  if (!nameFits(name.data, kind)) return refuse('file-misnamed', { field: 'file', details: { ...found, extension: extensionOf(name.data).replace(/[^a-z0-9]/g, '?').slice(0, 10) } })
  if (!rule.kinds.includes(kind)) return refuse('file-kind', { field: 'file', details: { ...found, ...accepted } })
  return ok({ name: name.data, kind, bytes: file.bytes, hash: createHash('sha256').update(file.bytes).digest('hex') })
}
