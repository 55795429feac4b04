import { z } from 'zod'
import { endpoint } from '../../foundation/http/contract.ts'
import { dayText, fenText, monthText, safeText } from '../../foundation/values/api-values.ts'
import { directions, indicatorCode, indicatorUnits } from '../indicator.contract.ts'

const value = z.string().nullable()
const indicatorShape = z.strictObject({ code: indicatorCode, name: z.string(), nameEn: z.string(), unit: z.enum(indicatorUnits), direction: z.enum(directions), value, before: value, /** In the unit in which the indicator is told; money in yuan. */ target: value, completion: value })
export const analysisShape = z.strictObject({
  month: monthText, asOf: dayText, timeProgress: z.string(), unit: z.strictObject({ key: z.number().int(), name: z.string(), nameEn: z.string() }), currency: z.string(),
  indicators: z.array(indicatorShape),
  deposits: z.array(z.strictObject({ month: monthText, fen: fenText })), loans: z.array(z.strictObject({ month: monthText, fen: fenText })),
  customers: z.strictObject({ all: z.number().int(), corporate: z.number().int(), person: z.number().int(), opened: z.number().int() }),
  tiers: z.array(z.strictObject({ tier: z.string(), customers: z.number().int() })),
  moves: z.array(z.strictObject({ from: z.string(), to: z.string(), customers: z.number().int() })),
  movements: z.array(z.strictObject({ day: dayText, inFen: fenText, outFen: fenText, customers: z.number().int() })),
  people: z.array(z.strictObject({ staffKey: z.number().int(), name: z.string(), unitName: z.string(), depositFen: fenText.nullable(), loanFen: fenText.nullable(), customers: value, coverage: value, contacts: value })),
})
export type AnalysisShown = z.output<typeof analysisShape>
export type AnalysisIndicator = z.output<typeof indicatorShape>

const where = { month: monthText.optional(), unit: z.coerce.number().int().min(1).max(2_000_000_000).optional() }
export const analysisRefusals = {
  'no-figures': { status: 409, zh: '未能生成。{month} 还没有计算指标。请先在“考核指标”中计算', en: 'Not made. The indicators of {month} are not worked out yet. Work them out on the page of indicators first' },
} as const

/** 经营分析: the month of a unit of one's own line from the facts of one's scope. Without a unit one's own line. */
export const readAnalysis = endpoint({
  id: 'analysis.read', method: 'GET', path: '/api/business-analysis', text: { zh: '查看经营分析', en: 'Read the business analysis' }, permission: 'analysis.read', query: z.strictObject(where),
  reply: z.strictObject({ analysis: analysisShape.nullable(), months: z.array(monthText), units: z.array(z.strictObject({ key: z.number().int(), name: z.string(), nameEn: z.string(), level: z.number().int() })) }), refusals: analysisRefusals,
})
/** The same as Word or slides, with charts that open and change in Office; who, when and what for stand in it, a line in the journal. */
export const exportAnalysis = endpoint({
  id: 'analysis.export', method: 'POST', path: '/api/business-analysis/export', text: { zh: '下载经营分析', en: 'Download the business analysis' }, permission: 'analysis.read', raw: true,
  body: z.strictObject({ month: monthText, unit: z.number().int().min(1).max(2_000_000_000).optional(), format: z.enum(['DOCX', 'PPTX']), purpose: safeText(100, { min: 2 }) }), reply: z.unknown(), refusals: analysisRefusals,
})
