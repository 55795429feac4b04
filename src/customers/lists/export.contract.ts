import { z } from 'zod'
import { endpoint, page, pageQuery, verdict } from '../../foundation/http/contract.ts'
import { idText, newIdText, safeText } from '../../foundation/values/api-values.ts'
import { customerFiltersInBody, exportRefusals } from '../customer.contract.ts'

export const exportStates = ['WAITING', 'WITHDRAWN', 'DECLINED', 'READY', 'FETCHED', 'OVER'] as const
const exportView = z.strictObject({
  id: z.string(), state: z.enum(exportStates), purpose: z.string(), told: z.strictObject({ zh: z.string(), en: z.string() }), rowCount: z.number().int(), personCount: z.number().int(), madeRows: z.number().int().nullable(),
  askedBy: z.string(), askedByNo: z.string(), unitName: z.string(), askedOn: z.string(), askedAt: z.string(), mine: z.boolean(),
  decidedBy: z.string().nullable(), decidedOn: z.string().nullable(), decisionReason: z.string().nullable(), fetchUntil: z.string().nullable(), fetchedAt: z.string().nullable(),
  /** May the reader decide it, and why not. */
  decide: verdict,
})
export type ExportView = z.output<typeof exportView>

const one = z.strictObject({ exportId: idText })
const settled = { status: 409, zh: '未能办理。该申请已审批或已撤回', en: 'Not done. It was decided or withdrawn already' }

/** Asks for an export above the free number of rows. Who leads the asker's line sees purpose, filter and count, and decides. */
export const askExport = endpoint({
  id: 'exports.ask', method: 'POST', path: '/api/exports',
  text: { zh: '申请导出客户', en: 'Ask for an export' },
  permission: 'customer.export', writes: 'create',
  body: z.strictObject({ id: newIdText, filters: z.strictObject(customerFiltersInBody), purpose: safeText(100, { min: 2 }) }),
  reply: z.strictObject({ id: z.string(), rowCount: z.number().int() }),
  refusals: {
    'search-in-export': { status: 422, zh: '未能申请。搜索词可能是姓名或号码，不能写入申请。请改用筛选、标签或客群', en: 'Not asked. What was searched may be a name or a number. Use filters, tags or a segment' },
    ...exportRefusals,
    'no-approver': { status: 422, zh: '未能申请。没有符合条件的审批人，已停止', en: 'Not asked. There is nobody who could approve it' },
  },
})
export const listExports = endpoint({
  id: 'exports.list', method: 'GET', path: '/api/exports',
  text: { zh: '查看导出申请', en: 'List exports' },
  permission: 'customer.export',
  query: z.strictObject({ ...pageQuery, waiting: z.enum(['yes']).optional() }),
  reply: page(exportView),
})
/** Approving makes the file, in the asker's sight; he fetches it once within days. */
export const decideExport = endpoint({
  id: 'exports.decide', method: 'PUT', path: '/api/exports/:exportId/decision',
  text: { zh: '审批导出申请', en: 'Decide an export' },
  permission: 'customer.export-approve', writes: 'act',
  params: one,
  body: z.strictObject({ decision: z.enum(['APPROVED', 'DECLINED']), reason: safeText(200).nullable().default(null) }),
  reply: z.strictObject({ id: z.string(), rows: z.number().int().nullable(), fetchUntil: z.string().nullable() }),
  refusals: {
    'own-export': { status: 403, zh: '未能审批。您是申请人，不能审批', en: 'Not decided. It is your own' },
    'export-settled': settled,
    'reason-needed': { status: 422, zh: '未能否决。请写明原因', en: 'Not declined. Say why' },
    'asker-gone': { status: 422, zh: '未能同意。申请人已离职或换岗，请否决', en: 'Not approved. The asker has left or changed his post; decline it' },
    'export-grew': { status: 422, zh: '未能同意。符合条件的客户已由 {asked} 位变为 {now} 位，请申请人重新提交', en: 'Not approved. {asked} customers have become {now}; let it be asked for anew' },
    ...exportRefusals,
  },
})
export const withdrawExport = endpoint({
  id: 'exports.withdraw', method: 'PUT', path: '/api/exports/:exportId/withdraw',
  text: { zh: '撤回导出申请', en: 'Withdraw an export' },
  permission: 'customer.export', writes: 'act', params: one,
  reply: z.strictObject({ id: z.string() }),
  refusals: { 'export-settled': settled },
})
/** The file, once. Journaled as a reading. */
export const fetchExport = endpoint({
  id: 'exports.fetch', method: 'POST', path: '/api/exports/:exportId/file',
  text: { zh: '领取导出文件', en: 'Fetch an export' },
  permission: 'customer.export', raw: true, params: one,
  reply: z.unknown(),
  refusals: {
    'not-approved': { status: 409, zh: '未能领取。申请尚未同意', en: 'Not fetched. It is not approved' },
    'fetched-already': { status: 410, zh: '未能领取。文件只能领取一次，已于 {at} 领取', en: 'Not fetched. The file is fetched once; it was at {at}' },
    'fetch-over': { status: 410, zh: '未能领取。领取期限 {day} 已过，文件已删除', en: 'Not fetched. It was to be fetched until {day}; the file is gone' },
  },
})
