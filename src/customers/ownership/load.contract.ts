import { z } from 'zod'
import { endpoint } from '../../foundation/http/contract.ts'

const verdict = z.enum(['OK', 'WARN', 'STOP'])
const tiers = z.strictObject({ T1: z.number().int(), T2: z.number().int(), T3: z.number().int(), T4: z.number().int(), P: z.number().int() })
export const managerLoad = z.strictObject({
  staffKey: z.number().int(), name: z.string(), grade: z.enum(['A', 'B', 'C']).nullable(), unitKey: z.number().int(), unitName: z.string(), tiers, credit: z.number().int(), assisting: z.number().int(),
  /** Four decimals; 1.0000 is full. */
  ratio: z.string(), verdict,
})
export type ManagerLoadView = z.output<typeof managerLoad>

/** Planning view: how full the managers of one's line are, the fullest first. Whoever leads nobody sees himself. */
export const listLoads = endpoint({
  id: 'load.list', method: 'GET', path: '/api/loads',
  text: { zh: '查看管户负荷', en: 'See how full managers are' },
  permission: 'load.read',
  query: z.strictObject({ unitKey: z.coerce.number().int().min(1).max(2_000_000_000).optional() }),
  reply: z.strictObject({
    asOf: z.string(), policyVersion: z.string(), warnAbove: z.string(), stopAbove: z.string(),
    items: z.array(managerLoad),
    /** Sums of the places where the managers sit. */
    units: z.array(z.strictObject({ unitKey: z.number().int(), unitName: z.string(), managers: z.number().int(), tiers, credit: z.number().int(), full: z.number().int(), stopped: z.number().int(), pool: z.number().int() })),
    rules: z.strictObject({ weight: z.record(z.string(), z.string()), capacity: z.record(z.string(), z.string()), factor: z.record(z.string(), z.string()) }),
  }),
})

/** How full one colleague is: asked by a dialog that is about to give him a customer. */
export const readLoad = endpoint({
  id: 'load.person', method: 'GET', path: '/api/loads/:staffKey',
  text: { zh: '查看一位客户经理的负荷', en: 'See how full a manager is' },
  permission: 'load.read',
  params: z.strictObject({ staffKey: z.string().regex(/^[1-9]\d{0,8}$/, { error: 'key' }).transform(Number) }),
  reply: z.strictObject({ asOf: z.string(), load: managerLoad.nullable() }),
})
