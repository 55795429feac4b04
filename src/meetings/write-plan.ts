import { Document, Packer, Paragraph, TextRun } from 'docx'
import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { recordReading } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { planShown, readable } from './read-plans.ts'
import { heading, page, song, table, text, title, type PrintFrame } from './word-parts.ts'
import { getPlanDocument, type Light, type PlanPeriod, type PlanShown } from './work-plan.contract.ts'

const periodNames: Readonly<Record<PlanPeriod, string>> = { WEEK: '周', MONTH: '月', QUARTER: '季', YEAR: '年' }
const lightNames: Readonly<Record<Light, string>> = { GREEN: '达到序时', YELLOW: '略落后', RED: '落后' }

/** 工作计划与总结 on A4: direction, targets with measure, resources and how far they are, the days of a week, the superior's word, the review. */
export function planDocument(plan: PlanShown, frame: PrintFrame): Document {
  const name = `${periodNames[plan.period]}工作计划`
  const figure = (value: string | null, unit: string | null): string => (value === null ? '' : `${value}${unit === null ? '' : ` ${unit}`}`)
  const rows = plan.targets.map((one, place) => [
    `${place + 1}`, one.title, figure(one.target, one.unit), figure(one.progress.actual, one.unit), [one.progress.completionPct === null ? '' : `${one.progress.completionPct}%`, one.progress.light === null ? '' : lightNames[one.progress.light]].filter((part) => part !== '').join(' '), one.measure, one.resources ?? '',
  ])
  return new Document({
    creator: frame.bank, title: `${name} ${plan.staffName} ${plan.periodKey}`, styles: { default: { document: { run: { font: song, size: 21 } } } },
    sections: [{
      ...page('工作计划 第 1 版', frame),
      children: [
        title(`${name}（${plan.periodKey}）`),
        ...text(`姓名：${plan.staffName}　　单位：${plan.unitName}　　期间：${plan.firstDay} 至 ${plan.lastDay}　　第 ${plan.edition} 版`),
        heading('一、工作方向'), ...text(plan.direction),
        heading('二、目标、措施与资源'), table([6, 18, 12, 12, 14, 22, 16], ['序号', '目标', '目标值', '完成', '进度', '措施', '所需资源'], rows),
        ...(plan.items.length === 0 ? [] : [heading('三、日程'), table([18, 62, 20], ['日期', '事项', '情况'], plan.items.map((one) => [one.day, one.customerName === null ? one.title : `${one.customerName}：${one.title}`, one.done === null ? '' : one.done ? '已办' : '未办']))]),
        heading(plan.items.length === 0 ? '三、审阅' : '四、审阅'),
        ...text(plan.commentedOn === null ? '____________________________________________' : `${plan.commentedBy ?? ''}（${plan.commentedOn}）${plan.state === 'CONFIRMED' ? '同意' : '退回'}${plan.comment === null ? '' : `：${plan.comment}`}`),
        heading(plan.items.length === 0 ? '四、总结' : '五、总结'),
        ...text(plan.review ?? '____________________________________________'),
        new Paragraph({ spacing: { before: 600 }, children: [new TextRun({ text: '本人：________________　　上级：________________　　日期：________________', font: song, size: 21 })] }),
      ],
    }],
  })
}

/** A print is an entry of the journal. */
export const getPlanDocumentRoute = handle(getPlanDocument, async (tx, { params }, context) => {
  const plan = await planShown(tx, context, readable(context, params.planId))
  if (!plan) return refuse('not-found')
  const { name } = await tx.one(sql<{ name: string }>`SELECT name_zh AS name FROM bank`)
  await recordReading(tx, { table: 'work_plan', objectId: plan.id, customerId: null, why: '打印工作计划', about: { period: plan.periodKey } })
  const content = await Packer.toBuffer(planDocument(plan, { bank: name, printedBy: context.actor.name, printedOn: context.businessDate }))
  return ok({ type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', content, fileName: `工作计划-${plan.staffName}-${plan.periodKey}.docx` })
})
