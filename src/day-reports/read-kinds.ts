import { z } from 'zod'
import { contributedViews, type ContributedView } from '../foundation/database/contributed-views.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { KindShown } from './day-report.contract.ts'
import type { ReportKind } from './day-report.rules.ts'

/** The kinds of report in force on a day. */
export function kindsOn(tx: Transaction, day: string): Promise<ReportKind[]> {
  return tx.all(sql<ReportKind>`
    SELECT code, version, name, name_en AS "nameEn", posts, receiver_posts AS "receiverPosts", period, due_time AS "dueTime", due_days AS "dueDays", closes_after AS "closesAfter", answer_days AS "answerDays", drafted_from AS "draftedFrom", sections,
      duty_code AS "dutyCode", answer_duty AS "answerDuty"
    FROM report_kind WHERE from_date <= ${day} AND (to_date IS NULL OR to_date > ${day}) ORDER BY period, code`)
}

export const kindShown = (kind: ReportKind): KindShown => ({ code: kind.code, zh: kind.name, en: kind.nameEn, period: kind.period, answers: kind.answerDays !== null })

/** What the comment of a view `…_workday_facts` says: its kinds in words. */
export const workdayComment = z.strictObject({ kinds: z.record(z.string().regex(/^[A-Z][A-Z0-9_]{1,39}$/), z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })) })
export type WorkdayView = ContributedView<z.output<typeof workdayComment>>
export const workdayViews = (tx: Transaction): Promise<WorkdayView[]> => contributedViews(tx, '_workday_facts', workdayComment)
