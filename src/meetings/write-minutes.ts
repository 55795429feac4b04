import { Document, Packer, Paragraph, TextRun } from 'docx'
import { handle } from '../foundation/http/route.ts'
import { recordReading } from '../foundation/store/store.ts'
import { sql } from '../foundation/database/transaction.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { getMinutes, type AttendanceMark, type MeetingPart, type MeetingView } from './meeting.contract.ts'
import { readMeeting } from './read-meetings.ts'
import { heading, page, song, table, text, title, type PrintFrame } from './word-parts.ts'

const partNames: Readonly<Record<MeetingPart, string>> = { GOALS: '宣布目标', YESTERDAY: '昨日回顾与表扬', MORALE: '鼓舞士气', NOTICES: '通知与安排', PROSPECT: '优质客户开发研究', ANALYSIS: '客户分析', TECHNIQUE: '营销技巧训练', AWARENESS: '营销意识' }
const markNames: Readonly<Record<AttendanceMark, string>> = { PRESENT: '到', LEAVE: '假', OUT: '外出' }
const outcomeNames = { DONE: '已完成', MOVED: '已延期', DROPPED: '已取消', OPEN: '未完成' } as const

/** 晨会记录 on A4: form code and version at the foot, page x of y, who printed it; signature lines. */
export function minutesDocument(meeting: MeetingView, frame: PrintFrame): Document {
  const present = meeting.attendance.filter((one) => one.mark === 'PRESENT').length
  return new Document({
    creator: frame.bank, title: `晨会记录 ${meeting.unitName} ${meeting.day}`, styles: { default: { document: { run: { font: song, size: 21 } } } },
    sections: [{
      ...page('晨会记录 第 1 版', frame),
      children: [
        title('晨会记录'),
        ...text(`单位：${meeting.unitName}　　日期：${meeting.day}　　时间：${meeting.from}—${meeting.to}　　主持：${meeting.chairName}`),
        heading(`一、到会（${present}/${meeting.attendance.length}）`),
        table([25, 25, 15, 35], ['姓名', '岗位', '到会', '原因'], meeting.attendance.map((one) => [one.name, one.postName, one.mark === null ? '' : markNames[one.mark], one.reason ?? ''])),
        heading('二、内容'),
        table([24, 14, 10, 52], ['环节', '负责', '分钟', '内容'], meeting.parts.map((one) => [partNames[one.part], one.owner?.name ?? '', String(one.minutes), one.held ? (one.content ?? '') : '（未进行）'])),
        heading('三、重点客户'),
        ...(meeting.focus.length === 0 ? text('无') : [table([34, 22, 44], ['客户', '环节', '要点'], meeting.focus.map((one) => [one.customerName, partNames[one.part], one.note]))]),
        heading('四、行动项'),
        ...(meeting.actions.length === 0 ? text('无') : [table([46, 18, 20, 16], ['事项', '责任人', '期限', '情况'], meeting.actions.map((one) => [one.title, one.owner, one.dueOn, one.outcome === null ? '' : outcomeNames[one.outcome]]))]),
        new Paragraph({ spacing: { before: 600 }, children: [new TextRun({ text: '主持人：________________　　记录人：________________　　日期：________________', font: song, size: 21 })] }),
      ],
    }],
  })
}

/** A print is an entry of the journal. */
export const getMinutesRoute = handle(getMinutes, async (tx, { params: { meetingId } }, context) => {
  const meeting = await readMeeting(tx, context, meetingId, false)
  if (!meeting) return refuse('not-found')
  if (meeting.state !== 'CLOSED') return refuse('not-closed')
  const { name } = await tx.one(sql<{ name: string }>`SELECT name_zh AS name FROM bank`)
  await recordReading(tx, { table: 'meeting', objectId: meetingId, customerId: null, why: '打印晨会记录', about: { day: meeting.day } })
  const content = await Packer.toBuffer(minutesDocument(meeting, { bank: name, printedBy: context.actor.name, printedOn: context.businessDate }))
  return ok({ type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', content, fileName: `晨会记录-${meeting.unitName}-${meeting.day}.docx` })
})
