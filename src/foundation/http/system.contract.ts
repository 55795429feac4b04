import { z } from 'zod'
import { endpoint } from './contract.ts'

export const health = endpoint({
  id: 'system.health', method: 'GET', path: '/healthz', permission: 'public', ownTransaction: true,
  text: { zh: '进程是否存活', en: 'Is the process alive' },
  reply: z.strictObject({ alive: z.literal(true) }),
})

export const readiness = endpoint({
  id: 'system.readiness', method: 'GET', path: '/readyz', permission: 'public', ownTransaction: true,
  text: { zh: '是否可以使用', en: 'Is it ready for use' },
  reply: z.strictObject({ ready: z.literal(true), businessDate: z.string(), version: z.string() }),
})

export const apiDescription = endpoint({
  id: 'system.api-description', method: 'GET', path: '/api/openapi.json', permission: 'public', ownTransaction: true, raw: true,
  text: { zh: '接口说明（OpenAPI 3.1）', en: 'Description of the interface (OpenAPI 3.1)' },
  reply: z.unknown(),
})
