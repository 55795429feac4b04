import { z } from 'zod'
import type { PermissionTable } from '../access/permission.rules.ts'
import { generalRefusals, refusalReply, type Endpoint, type Refusals } from './contract.ts'

type Json = Record<string, unknown>

/** The OpenAPI 3.1 description of every endpoint, from the contracts alone: nothing in it is written by hand. */
export function describeApi(contracts: readonly Endpoint[], permissions: PermissionTable, version: string): Json {
  const paths: Record<string, Json> = {}
  for (const contract of contracts) {
    const path = contract.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [contract.method.toLowerCase()]: operation(contract, permissions) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '银桥 Yinqiao', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description: '金额为整数分（字符串）；比率为十进制小数（字符串）；日期为 YYYY-MM-DD。Money: whole fen as a string of digits; rates: exact decimals as strings; dates: YYYY-MM-DD. ' +
        'Every request that is no GET needs the header X-Yinqiao: 1. A create carries a UUIDv7 in body.id; other writes carry an Idempotency-Key.',
    },
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'yq_session' } },
      schemas: { Refusal: schemaOf(refusalReply, 'output') },
    },
  }
}

function operation(contract: Endpoint, permissions: PermissionTable): Json {
  const row = permissions.find((candidate) => candidate.action === contract.permission)
  return {
    operationId: contract.id,
    tags: [contract.id.split('.')[0]],
    summary: contract.text.zh,
    description: contract.text.en,
    security: contract.permission === 'public' ? [] : [{ session: [] }],
    'x-permission': { action: contract.permission, posts: row?.posts ?? null, relations: row?.relations ?? null, secrecy: row?.secrecy ?? null },
    ...(contract.writes ? { 'x-writes': contract.writes } : {}),
    parameters: [...parameters(contract.params, 'path'), ...parameters(contract.query, 'query'), ...headers(contract)],
    ...requestBody(contract),
    responses: {
      200: { description: 'OK', content: contract.raw ? { 'application/octet-stream': {} } : { 'application/json': { schema: schemaOf(contract.reply, 'output') } } },
      ...refusalResponses({ ...generalRefusals, ...contract.refusals }),
    },
  }
}

function requestBody({ body, upload }: Endpoint): Json {
  if (upload) {
    const file = { type: 'string', format: 'binary', description: `${upload.kinds.join(', ')}; at most ${upload.most} bytes` }
    return { requestBody: { required: true, content: { 'multipart/form-data': { schema: { type: 'object', properties: { body: schemaOf(body, 'input'), file }, required: ['body', 'file'] }, encoding: { body: { contentType: 'application/json' } } } } } }
  }
  return hasFields(body) ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } } } : {}
}

function headers(contract: Endpoint): Json[] {
  const found: Json[] = []
  if (contract.method !== 'GET') found.push({ name: 'X-Yinqiao', in: 'header', required: true, schema: { const: '1' } })
  if (contract.writes === 'act') found.push({ name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', pattern: '^[\\w-]{8,100}$' } })
  return found
}

function parameters(shape: z.ZodType, place: 'path' | 'query'): Json[] {
  const schema = schemaOf(shape, 'input')
  const required = new Set((schema['required'] as string[] | undefined) ?? [])
  return Object.entries((schema['properties'] as Record<string, Json> | undefined) ?? {}).map(([name, property]) => ({
    name, in: place, required: place === 'path' || required.has(name), schema: property,
  }))
}

function hasFields(shape: z.ZodType): boolean {
  const schema = schemaOf(shape, 'input')
  return schema['type'] !== 'object' || Object.keys((schema['properties'] as Json | undefined) ?? {}).length > 0
}

// one response for each status; the named refusals stand in its description and as an extension
function refusalResponses(refusals: Refusals): Record<string, Json> {
  const byStatus: Record<string, Json> = {}
  for (const [name, text] of Object.entries(refusals)) {
    const known = byStatus[text.status] as { 'x-refusals': Json; description: string } | undefined
    const line = `${name}: ${text.zh} (${text.en})`
    byStatus[text.status] = {
      description: known ? `${known.description}\n${line}` : line,
      'x-refusals': { ...(known?.['x-refusals'] ?? {}), [name]: { zh: text.zh, en: text.en } },
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
    }
  }
  return byStatus
}

function schemaOf(shape: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: 'any' }) as Json
  return schema
}
