import { z } from 'zod'
import { endpoint } from '../../foundation/http/contract.ts'
import { monthText, safeText } from '../../foundation/values/api-values.ts'
import { schemeOfStatement } from '../statement.contract.ts'

const body = z.strictObject({ month: monthText, scheme: schemeOfStatement, format: z.enum(['PDF', 'XLSX']), purpose: safeText(100, { min: 2 }) })
const params = z.strictObject({ staffKey: z.coerce.number().int().min(1).max(2_000_000_000) })
/** Facts that a print lists; a workbook lists more. */
export const factsInPrint = 400
export const factsInBook = 20_000

/** A statement with its whole calculation and the facts, as PDF or workbook, with name, moment and purpose; it leaves a line in the journal. */
export const printMyStatement = endpoint({ id: 'statement.print', method: 'POST', path: '/api/statement/print', text: { zh: '下载自己的绩效工资单', en: 'Download one’s own pay statement' }, permission: 'statement.read-own', raw: true, body, reply: z.unknown() })
export const printTeamStatement = endpoint({
  id: 'statement.print-team', method: 'POST', path: '/api/team-statements/:staffKey/print', text: { zh: '下载团队成员的绩效工资单', en: 'Download a team member’s pay statement' }, permission: 'statement.read-team', raw: true, params, body, reply: z.unknown(),
})
export const printAnyStatement = endpoint({
  id: 'statement.print-any', method: 'POST', path: '/api/statements/:staffKey/print', text: { zh: '按用途下载他人的绩效工资单', en: 'Download another’s pay statement with a purpose' }, permission: 'statement.read-any', raw: true, params, body, reply: z.unknown(),
})
