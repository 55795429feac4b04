/** The parts of the OpenAPI description that the page shows. */
export type Schema = {
  type?: string | readonly string[]
  description?: string
  enum?: readonly unknown[]
  const?: unknown
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  default?: unknown
  properties?: Readonly<Record<string, Schema>>
  required?: readonly string[]
  items?: Schema
  anyOf?: readonly Schema[]
  oneOf?: readonly Schema[]
  additionalProperties?: Schema | boolean
}
export type Operation = {
  method: string
  path: string
  operationId: string
  tags: readonly string[]
  summary: string
  description: string
  'x-permission': { action: string; posts: readonly string[] | null; relations: readonly string[] | null; secrecy: string | null }
  'x-writes'?: string
  parameters: readonly { name: string; in: string; required: boolean; schema: Schema }[]
  requestBody?: { content: Readonly<Record<string, { schema: Schema }>> }
  responses: Readonly<Record<string, { description: string; 'x-refusals'?: Readonly<Record<string, { zh: string; en: string }>>; content?: Readonly<Record<string, { schema?: Schema }>> }>>
}
export type ApiDescription = { openapi: string; info: { title: string; version: string; description: string }; paths: Readonly<Record<string, Readonly<Record<string, Omit<Operation, 'method' | 'path'>>>>> }

/** Every operation, by its first tag, in the order of the list. */
export function operationsByTag(api: ApiDescription): Map<string, Operation[]> {
  const found = new Map<string, Operation[]>()
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags[0] ?? ''
      found.set(tag, [...(found.get(tag) ?? []), { ...operation, method: method.toUpperCase(), path }])
    }
  }
  return found
}

/** A type in words: "string, 1–40", "integer", "'A' | 'B'". */
export function typeText(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ')
  const either = schema.anyOf ?? schema.oneOf
  if (either) return either.map(typeText).join(' | ')
  if (schema.type === 'array') return `${schema.items ? typeText(schema.items) : ''}[]`
  const kind = Array.isArray(schema.type) ? schema.type.join(' | ') : String(schema.type ?? '')
  const [low, high] = [schema.minLength ?? schema.minimum, schema.maxLength ?? schema.maximum]
  const shownHigh = high !== undefined && Math.abs(high) < Number.MAX_SAFE_INTEGER ? String(high) : ''
  const shownLow = low !== undefined && Math.abs(low) < Number.MAX_SAFE_INTEGER ? String(low) : ''
  const bounds = shownLow === '' && shownHigh === '' ? '' : `, ${shownLow}–${shownHigh}`
  return `${kind}${schema.format ? ` (${schema.format})` : ''}${bounds}`
}
