import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { monthStart } from '../../foundation/values/business-date.ts'
import { ok } from '../../foundation/values/outcome.ts'
import { pathsOf } from '../collect-facts.ts'
import { pointsTerms } from '../scheme.contract.ts'
import { blocksTerms } from '../schemes/block-terms.contract.ts'
import { periodOf, type Period } from '../schemes/scheme-period.rules.ts'
import { supportSchemeTerms } from '../schemes/support-terms.contract.ts'
import type { StatementShown } from '../statement.contract.ts'
import { listSplitPeople, type SplitPerson } from '../settlement.contract.ts'
import { daysTwice, postsPaid, type PostSpan, type PostsOfScheme } from './split.rules.ts'

type Paid = { scheme: string; name: string; nameEn: string; kind: 'POINTS' | 'BLOCKS' | 'SUPPORT'; terms: unknown; payableFen: string; points: string }

/** Posts that a version of a scheme pays, and the period in which the month lies. */
async function postsOf(tx: Transaction, { kind, terms }: Pick<Paid, 'kind' | 'terms'>, month: string): Promise<{ period: Period; paid: PostsOfScheme }> {
  if (kind === 'SUPPORT') {
    const { departments, controlDepartments } = supportSchemeTerms.parse(terms)
    const period = periodOf('MONTH', month)
    return { period, paid: { posts: null, inside: await pathsOf(tx, [...departments.map(({ code }) => code), ...controlDepartments], period.to), outside: [] } }
  }
  const own = kind === 'BLOCKS' ? blocksTerms.parse(terms) : pointsTerms.parse(terms)
  const period = periodOf('period' in own ? own.period : 'MONTH', month)
  const units = own.units ?? []
  const posts = 'supervisorPosts' in own ? [...own.posts, ...own.supervisorPosts] : own.posts
  return { period, paid: { posts, inside: units.length === 0 ? null : await pathsOf(tx, units, period.to), outside: 'exceptUnits' in own ? await pathsOf(tx, own.exceptUnits ?? [], period.to) : [] } }
}

/**
 * How a month was split between the schemes that paid a person in it: what each of them pays, for which of his posts, on how many days of its period. Nothing, when one scheme paid him alone. As far as the role of the transaction
 * reads his statements: a head of the new post does not see what the old one brought.
 */
export async function readSplit(tx: Transaction, staffKey: number, month: string): Promise<StatementShown['split']> {
  const statements = await tx.all(sql<Paid>`
    SELECT m.scheme_code AS scheme, k.name, k.name_en AS "nameEn", k.kind, k.terms, s.payable_fen::text AS "payableFen", s.points::text AS points
    FROM pay_statement s JOIN settled_month m ON m.run_id = s.run_id JOIN settlement_run r ON r.id = s.run_id JOIN scheme k ON k.code = r.scheme_code AND k.version = r.scheme_version
    WHERE s.staff_key = ${staffKey} AND m.month = ${monthStart(month)}::date ORDER BY m.scheme_code`)
  if (statements.length < 2) return []
  const found = []
  for (const one of statements) found.push({ ...one, ...(await postsOf(tx, one, month)) })
  const from = found.reduce((first, { period }) => (period.from < first ? period.from : first), monthStart(month))
  const held = await tx.all(sql<PostSpan>`
    SELECT post_code AS "postCode", post_name AS post, post_name_en AS "postEn", line_key AS "lineKey", line_path AS "linePath", line_name AS "unitName", from_date AS from, to_date AS to FROM organisation_post_facts
    WHERE staff_key = ${staffKey} AND (to_date IS NULL OR to_date > ${from}::date) ORDER BY from_date, post_key`)
  return found.map(({ scheme, name, nameEn, kind, payableFen, points, period, paid }) => ({ scheme, name, nameEn, kind, payableFen, points, from: period.from, to: period.to, wholeDays: period.days, ...postsPaid(paid, period, held) }))
    // in the order of the days
    .sort((a, b) => ((a.posts[0]?.from ?? '') < (b.posts[0]?.from ?? '') ? -1 : (a.posts[0]?.from ?? '') > (b.posts[0]?.from ?? '') ? 1 : 0))
}

const mostTold = 100
/** Names and days, no amounts: one's pay is read with a purpose. */
export const listSplitPeopleRoute = handle(listSplitPeople, (tx, { params: { month } }) => tx.asRole('office', async () => {
  const several = await tx.all(sql<{ staffKey: number; of: number }>`
    SELECT s.staff_key AS "staffKey", count(*) OVER ()::int AS of FROM settled_month m JOIN pay_statement s ON s.run_id = m.run_id WHERE m.month = ${monthStart(month)}::date GROUP BY s.staff_key HAVING count(*) > 1 ORDER BY s.staff_key LIMIT ${mostTold}`)
  const people: SplitPerson[] = []
  for (const { staffKey } of several) {
    const { staffNo, name } = await tx.one(sql<{ staffNo: string; name: string }>`SELECT staff_no AS "staffNo", staff_name AS name FROM organisation_staff_facts WHERE staff_key = ${staffKey}`)
    const split = await readSplit(tx, staffKey, month)
    people.push({ staffNo, name, twice: daysTwice(split), schemes: split.map(({ scheme, name: zh, nameEn: en, days, wholeDays }) => ({ scheme, name: zh, nameEn: en, days, wholeDays })) })
  }
  return ok({ people, of: several[0]?.of ?? 0 })
}))
