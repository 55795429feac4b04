import { z } from 'zod'
import type { Endpoint } from '../../src/foundation/http/contract.ts'

/** The parts of a request, as its contract names them. */
export type Sent = { params?: Record<string, string | number>; query?: Record<string, string | number>; body?: unknown; file?: SentFile }
/** A file that goes with the request; null: none, though the endpoint wants one. */
export type SentFile = { name: string; content: string } | null

/** Stands in every bad value: neither the log nor an answer may hold it. */
export const trace = 'zzTRACEzz'

export type Bad = {
  what: string
  sent: Sent
  raw?: string
  headers?: Record<string, string>
  key?: string | null
  /** The refusals of which it must be one; absent: whatever is named, or (`mayPass`) success. */
  refusals?: readonly string[]
  mayPass?: true
}

type Schema = { type?: string; properties?: Record<string, Schema>; items?: Schema; anyOf?: Schema[]; oneOf?: Schema[]; enum?: unknown[]; const?: unknown; pattern?: string; additionalProperties?: unknown }
export type Field = { path: readonly (string | number)[]; schema: Schema }

const schemaOf = (shape: z.ZodType): Schema => z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) as Schema
const real = (schema: Schema): Schema => (schema.anyOf ?? schema.oneOf)?.find((one) => one.type !== 'null') ?? schema

/** Every field of a shape, those inside of objects and lists too. */
export function fieldsOf(shape: z.ZodType, path: readonly (string | number)[] = []): Field[] {
  const walk = (given: Schema, at: readonly (string | number)[]): Field[] => {
    const schema = real(given)
    const here: Field[] = at.length > path.length ? [{ path: at, schema }] : []
    const inside = Object.entries(schema.properties ?? {}).flatMap(([name, one]) => walk(one, [...at, name]))
    const items = schema.type === 'array' && schema.items ? walk(schema.items, [...at, 0]) : []
    return [...here, ...inside, ...items]
  }
  return walk(schemaOf(shape), path)
}

/** A copy with one value put in its place; what is missing on the way is made. */
export function withValue(root: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [first, ...rest] = path
  if (first === undefined) return value
  if (typeof first === 'number') {
    const list = Array.isArray(root) ? [...(root as unknown[])] : []
    list[first] = withValue(list[first], rest, value)
    return list
  }
  const object = root !== null && typeof root === 'object' && !Array.isArray(root) ? { ...(root as Record<string, unknown>) } : {}
  object[first] = withValue(object[first], rest, value)
  return object
}

const invalid = ['invalid-request'] as const
const texts = [`'; DROP TABLE customer; -- ${trace}`, `' OR '1'='1 ${trace}`, `<script>alert('${trace}')</script>`, `"><img src=x onerror=alert(1)> ${trace}`, `\${jndi:ldap://${trace}}`, `{{7*7}} ${trace} %s %n`, `../../../etc/passwd ${trace}`]
const controls = [`a\u0000b ${trace}`, `a\u0007b ${trace}`, `a\u202eb ${trace}`, `a\ud800b ${trace}`, `a\u200bb ${trace}`]
const isText = (schema: Schema): boolean => schema.type === 'string' && schema.enum === undefined && schema.const === undefined

function wrongTypes(schema: Schema): unknown[] {
  switch (schema.type) {
    case 'string': return [12345, { [trace]: 1 }, [trace], true]
    case 'number': case 'integer': return [trace, {}, [1], 1e308, -1.5, true]
    case 'boolean': return [trace, 'true', 1, {}]
    case 'array': return [trace, { 0: 'a' }, 7]
    case 'object': return [trace, [1], 7]
    default: return []
  }
}

/** Every bad request of one endpoint, made from its contract and one good request. */
export function badRequests(contract: Endpoint, good: Sent): Bad[] {
  const found: Bad[] = []
  const writes = contract.method !== 'GET'
  const bodyFields = writes ? fieldsOf(contract.body) : []
  const queryFields = fieldsOf(contract.query)
  const paramFields = fieldsOf(contract.params)

  if (writes) {
    for (const raw of [`{"a": "${trace}`, `${trace}`, `[1, 2`, `{"a":1}{"b":2}`, `{"__proto__": {"x": "${trace}"}}`, `\u0000`, `{"a": 0x10}`]) found.push({ what: `malformed: ${raw.slice(0, 12)}`, sent: good, raw, refusals: ['malformed-json'] })
    if (bodyFields.length > 0) for (const body of [[trace], trace, 7, true]) found.push({ what: `the body is ${JSON.stringify(body).slice(0, 12)}`, sent: { ...good, body }, refusals: invalid })
    found.push({ what: 'an unknown field', sent: { ...good, body: withValue(good.body ?? {}, ['surplus'], trace) }, refusals: invalid })
    found.push({ what: 'too large', sent: { ...good, body: withValue(good.body ?? {}, ['surplus'], 'x'.repeat(contract.maxBody ?? 300_000)) }, refusals: ['too-large'] })
    // another system does not send it: it proves itself by a signature
    if (!contract.callBack) {
      found.push({ what: 'the header of our pages is missing', sent: good, headers: { 'X-Yinqiao': '' }, refusals: ['bad-origin'] })
      found.push({ what: 'the header of our pages is wrong', sent: good, headers: { 'X-Yinqiao': 'yes' }, refusals: ['bad-origin'] })
    }
  }
  if (contract.upload) {
    const file = (what: string, sent: SentFile, refusals: readonly string[]): number => found.push({ what: `file: ${what}`, sent: { ...good, file: sent }, refusals })
    file('none', null, ['file-missing'])
    file('empty', { name: 'a.pdf', content: '' }, ['file-missing'])
    file('a picture named .pdf', { name: `${trace}.pdf`, content: '\u00ff\u00d8\u00ff\u00e0 picture' }, ['file-misnamed'])
    file('a program', { name: 'a.exe', content: 'MZ\u0090\u0000\u0003' }, ['file-unknown'])
    file('a page', { name: 'a.html', content: `<script>${trace}</script>` }, ['file-misnamed'])
    file('an archive', { name: 'a.zip', content: `PK\u0003\u0004${'\u0000'.repeat(40)}` }, ['file-kind'])
    file('an over-long name', { name: `${'长'.repeat(400)}.pdf`, content: '%PDF-1.7' }, invalid)
    file('too large', { name: 'a.pdf', content: `%PDF-${'x'.repeat(contract.upload.most)}` }, ['too-large'])
  }
  if (contract.writes === 'act') {
    for (const key of [null, 'short', `with blanks ${trace}`, 'x'.repeat(500)]) found.push({ what: `key ${String(key).slice(0, 12)}`, sent: good, key, refusals: ['key-missing'] })
  }
  for (const { path, schema } of bodyFields) {
    const at = path.join('.')
    const put = (what: string, value: unknown, more: Partial<Bad> = {}): number => found.push({ what: `body.${at}: ${what}`, sent: { ...good, body: withValue(good.body ?? {}, path, value) }, refusals: invalid, ...more })
    for (const value of wrongTypes(schema)) put(`wrong type ${JSON.stringify(value).slice(0, 12)}`, value)
    if (schema.type === 'object') put('an unknown field inside', { surplus: trace })
    if (schema.enum) put('no choice of the list', trace)
    if (isText(schema)) {
      put('over-long', `${trace}${'长'.repeat(20_000)}`, { refusals: ['invalid-request', 'too-large'] })
      // a password may hold any character: it is refused by its own name, or judged
      for (const value of controls) put('control character', value, /password/i.test(at) ? { refusals: undefined } : {})
      for (const value of texts) put(`text ${value.slice(0, 10)}`, value, { refusals: undefined, mayPass: true })
    }
  }
  for (const { path, schema } of queryFields) {
    const name = String(path[0])
    const put = (what: string, value: string, more: Partial<Bad> = {}): number => found.push({ what: `query.${name}: ${what}`, sent: { ...good, query: { ...good.query, [name]: value } }, refusals: invalid, ...more })
    if (name === 'cursor') {
      for (const value of [trace, 'eyJhdCI6MX0', Buffer.from('["2026-01-01","00000000-0000-7000-8000-000000000000"]').toString('base64url'), 'MQ.AAAAAAAAAAAAAAAA', `'; DROP TABLE customer; --`, '\u0000']) {
        put(`made by hand ${value.slice(0, 10)}`, value, { refusals: ['invalid-cursor', 'invalid-request'] })
      }
      put('over-long', 'A'.repeat(3000))
      continue
    }
    if (schema.enum) put('no choice of the list', trace)
    else if (isText(schema)) {
      put('over-long', `${trace}${'x'.repeat(5000)}`)
      for (const value of controls.filter((text) => text.isWellFormed())) put('control character', value)
      for (const value of texts) put(`text ${value.slice(0, 10)}`, value, { refusals: undefined, mayPass: true })
    } else if (schema.type === undefined || schema.type === 'integer' || schema.type === 'number') {
      for (const value of [trace, '-1', '1.5', '999999999999999999999', 'NaN', '1;2']) put(`no number ${value}`, value, { refusals: ['invalid-request', 'not-found'] })
    }
  }
  found.push({ what: 'an unknown query', sent: { ...good, query: { ...good.query, surplus: trace } }, refusals: invalid })
  for (const { path } of paramFields) {
    const name = String(path[0])
    for (const value of [trace, `' OR 1=1 --`, '\u0000', 'x'.repeat(400), '00000000-0000-0000-0000-00000000000', '-1', '0', '1e9', '999999999999999999999']) {
      found.push({ what: `address ${name}: ${value.slice(0, 12)}`, sent: { ...good, params: { ...good.params, [name]: value } }, refusals: ['not-found'] })
    }
  }
  return found
}
