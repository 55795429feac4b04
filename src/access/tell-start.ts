import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handleAlone } from '../foundation/http/route.ts'
import { ok } from '../foundation/values/outcome.ts'
import { setUpIsOffered } from './first-administrator.ts'
import { getStart, type StartView } from './start.contract.ts'

type BankRow = { name: string; nameEn: string; demo: boolean; businessDate: string; password: string | null }

/**
 * The door before sign-in: the bank's name; the demo's log-ins (`bank.settings.demoPassword`, and only when the bank is the demo); how far the demo has grown.
 * Nothing of a real bank but its name.
 */
export const getStartRoute = handleAlone(getStart, async (_input, { services }) => {
  const bank = await services.db.asPublic((tx) => tx.maybe(sql<BankRow>`
    SELECT name_zh AS name, name_en AS "nameEn", is_demo AS demo, business_date AS "businessDate", settings->>'demoPassword' AS password FROM bank`))
  const logIns = bank?.demo === true && bank.password !== null ? await services.db.asPublic((tx) => demoLogIns(tx, bank.businessDate, bank.password ?? '')) : []
  const work = bank === undefined || bank.demo ? await services.db.asBatch(growingWork) : null
  const setUp = bank === undefined && (await services.db.asPublic(setUpIsOffered))
  return ok({ ready: bank !== undefined, setUp, bank: bank === undefined ? null : { name: bank.name, nameEn: bank.nameEn, demo: bank.demo, businessDate: bank.businessDate }, logIns, work })
})

// one person of each post: the lowest staff number among those whose password was set and need not be changed
function demoLogIns(tx: Transaction, today: string, password: string): Promise<StartView['logIns']> {
  return tx.all(sql<StartView['logIns'][number]>`
    SELECT DISTINCT ON (f.post_code) f.staff_no AS "staffNo", ${password}::text AS password, f.staff_name AS name, f.post_code AS "postCode",
           f.post_name AS title, f.post_name_en AS "titleEn", f.line_name AS "unitName"
    FROM organisation_post_facts f JOIN credential c ON c.staff_key = f.staff_key AND NOT c.must_change
    WHERE f.main AND f.from_date <= ${today} AND (f.to_date IS NULL OR f.to_date > ${today})
    ORDER BY f.post_code, f.staff_no`)
}

async function growingWork(tx: Transaction): Promise<StartView['work']> {
  const job = await tx.maybe(sql<{ state: 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED' | 'STOPPED'; stage: string | null; done: string; total: string | null; startedAt: Date | null; beatAt: Date | null }>`
    SELECT state, stage, done::text, total::text, started_at AS "startedAt", beat_at AS "beatAt" FROM job_run WHERE kind LIKE 'demo%' ORDER BY asked_at DESC LIMIT 1`)
  if (job === undefined) return null
  return { state: job.state, stage: job.stage, done: Number(job.done), total: job.total === null ? null : Number(job.total), startedAt: isoOf(job.startedAt), beatAt: isoOf(job.beatAt) }
}

const isoOf = (moment: Date | string | null): string | null => (moment === null ? null : new Date(moment).toISOString())
