import type { OfficeReport } from '../../foundation/documents/office-chart.ts'
import { writePptx } from '../../foundation/documents/write-pptx.ts'
import { writeReportDocx } from '../../foundation/documents/write-report-docx.ts'
import { sql } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { recordReading } from '../../foundation/store/store.ts'
import { aboutKinds } from '../../foundation/values/file-kind.ts'
import { ok } from '../../foundation/values/outcome.ts'
import { exportAnalysis } from './analysis.contract.ts'
import { analyse } from './read-analysis.ts'
import { tellAnalysis } from './tell-analysis.rules.ts'

const slides = 'application/vnd.openxmlformats-officedocument.presentationml.presentation'

export const exportAnalysisRoute = handle(exportAnalysis, async (tx, { body }, context) => {
  const { actor, language } = context
  const found = await analyse(tx, body, context)
  if (!found.ok) return found
  const { unit, month, asOf } = found.value
  const zh = language === 'zh'
  const { bank, at } = await tx.one(sql<{ bank: string; at: string }>`SELECT CASE WHEN ${language} = 'zh' THEN name_zh ELSE name_en END AS bank, to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS at FROM bank`)
  await recordReading(tx, { table: 'indicator_value', objectId: String(unit.key), customerId: null, why: body.purpose, about: { export: 'analysis', month, format: body.format } })
  const report: OfficeReport = {
    title: zh ? `${unit.name} ${month} 经营分析` : `${month} business analysis: ${unit.nameEn}`, subtitle: zh ? `数据截至 ${asOf}，按下载人的权限范围统计` : `as of ${asOf}, within the scope of the person who downloaded it`, bank, purpose: body.purpose, author: `${actor.name} ${actor.staffNo}`,
    mark: zh ? `${actor.name}（${actor.staffNo}） ${at} 下载，用途：${body.purpose}。内部资料，禁止外传` : `Downloaded by ${actor.name} (${actor.staffNo}) ${at}, for: ${body.purpose}. Internal, not to be passed on`, parts: tellAnalysis(found.value, zh ? 'zh' : 'en'),
  }
  const [content, type] = body.format === 'PPTX' ? [await writePptx(report), slides] : [await writeReportDocx(report), aboutKinds.DOCX.type]
  return ok({ type, content, fileName: `${zh ? '经营分析' : 'business-analysis'}-${zh ? unit.name : unit.nameEn}-${month}.${body.format.toLowerCase()}` })
})
