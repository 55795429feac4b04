import { z } from 'zod'
import { endpoint, mayDo, page, pageQuery } from '../foundation/http/contract.ts'
import { dayText, idText, safeText } from '../foundation/values/api-values.ts'

const state = z.enum(['CHECKING', 'LOADING', 'LOADED', 'REFUSED'])
const bilingual = z.strictObject({ zh: z.string(), en: z.string() })
const job = z.strictObject({
  id: z.string(), kind: z.string(), state: z.enum(['WAITING', 'RUNNING', 'DONE', 'FAILED', 'STOPPED']), stage: z.string().nullable(), done: z.number().int().nullable(), total: z.number().int().nullable(),
  startedAt: z.string().nullable(), beatAt: z.string().nullable(), message: z.string().nullable(),
})

const delivery = z.strictObject({
  id: z.string(), profile: z.string(), businessDate: dayText, kind: z.enum(['FULL', 'DELTA', 'CORRECTION']), folder: z.string(), state,
  rowsRead: z.string(), rowsRejected: z.number().int(), rowsLater: z.number().int(), rowsChanged: z.string(), receivedAt: z.string(), loadedAt: z.string().nullable(), seconds: z.string().nullable(),
  refusal: bilingual.nullable(), signedBy: z.string().nullable(), signedAt: z.string().nullable(),
  /** Whether every control total that the sender tells ties with what was read; null while it is read. */
  ties: z.boolean().nullable(),
})
export type DeliveryRow = z.output<typeof delivery>

export const listDeliveries = endpoint({
  id: 'deliveries.list', method: 'GET', path: '/api/deliveries', text: { zh: '数据批次列表', en: 'List deliveries' }, permission: 'delivery.read', query: z.strictObject(pageQuery),
  reply: page(delivery),
})

/** How far today's delivery is, and whether it is late: due at seven o'clock of the day after the working day. Null in a bank whose days lie in the past (demo, public data). */
export const getDeliveryState = endpoint({
  id: 'deliveries.state', method: 'GET', path: '/api/delivery-state', text: { zh: '数据是否按时', en: 'Whether the data are on time' }, permission: 'delivery.read',
  reply: z.strictObject({
    businessDate: dayText, next: z.strictObject({ day: dayText, dueAt: z.string(), lateHours: z.number().int() }).nullable(), job: job.nullable(),
    folders: z.array(z.string()), profiles: z.array(z.string()), inbox: z.string(), mayLoad: z.boolean(), mayStop: z.boolean(),
  }),
})

const params = z.strictObject({ deliveryId: idText })
export const getDelivery = endpoint({
  id: 'deliveries.get', method: 'GET', path: '/api/deliveries/:deliveryId', text: { zh: '查看数据批次', en: 'Look at a delivery' }, permission: 'delivery.read', params,
  reply: z.strictObject({
    delivery, job: job.nullable(), may: mayDo,
    files: z.array(z.strictObject({ id: z.string(), name: z.string(), bytes: z.string(), rows: z.string().nullable() })),
    totals: z.array(z.strictObject({ file: z.string(), measure: z.string(), expected: z.string().nullable(), received: z.string(), difference: z.string().nullable(), ties: z.boolean() })),
    effects: z.array(z.strictObject({ table: z.string(), what: z.enum(['add', 'change', 'remove']), rows: z.string() })),
  }),
})

export const listRejects = endpoint({
  id: 'deliveries.rejects', method: 'GET', path: '/api/deliveries/:deliveryId/rejects', text: { zh: '拒收清单', en: 'Rejected rows' }, permission: 'delivery.read', params, query: z.strictObject(pageQuery),
  reply: page(z.strictObject({ number: z.number().int(), file: z.string(), row: z.number().int(), column: z.string(), reason: bilingual, hasValue: z.boolean() })),
})

/** The value of a rejected row may be a person's number: only the data steward, with a purpose, each look in the journal. */
export const readRejectValue = endpoint({
  id: 'deliveries.reject-value', method: 'POST', path: '/api/deliveries/:deliveryId/rejects/:number/value', text: { zh: '查看拒收行的值', en: 'Look at a rejected value' }, permission: 'delivery.reject-value',
  params: z.strictObject({ deliveryId: idText, number: z.coerce.number().int().min(1).max(10_000) }), body: z.strictObject({ purpose: safeText(200, { min: 2 }) }),
  reply: z.strictObject({ value: z.string() }),
})

export const signOffDelivery = endpoint({
  id: 'deliveries.sign-off', method: 'POST', path: '/api/deliveries/:deliveryId/sign-off', text: { zh: '签收数据批次', en: 'Sign a delivery off' }, permission: 'delivery.sign-off', writes: 'act', params,
  reply: z.strictObject({ signedAt: z.string() }),
  refusals: {
    'not-loaded': { status: 409, zh: '未能签收。该批次没有装入。请先装入', en: 'Not signed off. The delivery is not loaded. Load it first' },
    'totals-differ': { status: 409, zh: '未能签收。对账不符。请先查明差额', en: 'Not signed off. The control totals do not tie. Find the difference first' },
    'no-totals': { status: 409, zh: '未能签收。交付没有控制总数，无法对账', en: 'Not signed off. The delivery has no control totals to compare' },
    'already-signed': { status: 409, zh: '该批次已经签收', en: 'The delivery is signed off already' },
  },
})

export const startLoad = endpoint({
  id: 'deliveries.load', method: 'POST', path: '/api/delivery-loads', text: { zh: '装入收件目录中的交付', en: 'Load a delivery of the inbox' }, permission: 'delivery.load', writes: 'act',
  body: z.strictObject({ folder: safeText(200, { min: 1 }), profile: safeText(100, { min: 1 }) }),
  reply: z.strictObject({ jobId: z.string() }),
  refusals: {
    'no-such-folder': { status: 404, zh: '收件目录中没有 {folder}', en: 'There is no {folder} in the inbox' },
    'no-such-profile': { status: 404, zh: '没有映射方案 {profile}', en: 'There is no profile {profile}' },
    'load-running': { status: 409, zh: '另一个交付正在装入。请等它结束', en: 'Another delivery is being loaded. Wait until it has ended' },
  },
})

export const listJobs = endpoint({
  id: 'jobs.list', method: 'GET', path: '/api/jobs', text: { zh: '后台作业', en: 'Long work' }, permission: 'job.read', query: z.strictObject(pageQuery),
  reply: page(z.strictObject({ ...job.shape, askedBy: z.string().nullable(), askedAt: z.string(), endedAt: z.string().nullable(), mayStop: z.boolean() })),
})

export const stopJob = endpoint({
  id: 'jobs.stop', method: 'POST', path: '/api/jobs/:jobId/stop', text: { zh: '停止作业', en: 'Stop long work' }, permission: 'job.stop', writes: 'act', params: z.strictObject({ jobId: idText }),
  reply: z.strictObject({}),
  refusals: { 'job-ended': { status: 409, zh: '作业已经结束', en: 'The work has ended already' } },
})
