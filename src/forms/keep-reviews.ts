import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { verdictOf } from '../foundation/access/permission.rules.ts'
import { add, change, end } from '../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { reviewersToday } from './engine-find-reviewers.ts'
import { figuresOf, resemblancesOf } from './figure.rules.ts'
import { decideReview, listReviews, type Cell, type Review } from './form.contract.ts'

type Kept = { id: string; cell: string; label: string; figure: string }

/** What the ledgers and the catalogue of indicators call their figures today. */
async function figuresToday(tx: Transaction, day: string) {
  return figuresOf(await tx.all(sql<{ code: string; name: string; nameEn: string; owner: string }>`
    SELECT code, name, name_en AS "nameEn", owner FROM performance_indicator_name_facts WHERE from_date <= ${day}::date AND (to_date IS NULL OR to_date > ${day}::date) ORDER BY code`))
}

/** Columns of a draft that a ledger seems to hold are put to the owners of the figures; what no longer stands there is withdrawn, what was decided of the same words stays decided. Returns how many wait. */
export async function askReviews(tx: Transaction, form: { id: string; number: string; title: string; why: string; cells: readonly Cell[] }, { actor, businessDate: day }: Context): Promise<Outcome<number>> {
  const found = resemblancesOf(form.cells, await figuresToday(tx, day))
  const kept = await tx.all(sql<Kept & { decision: string | null }>`SELECT id, cell, label, figure, decision FROM collection_review WHERE form_id = ${form.id} AND withdrawn_on IS NULL`)
  const same = (one: Kept, other: (typeof found)[number]): boolean => one.cell === other.cell && one.label === other.label && one.figure === other.figure.code
  const gone = kept.filter((one) => !found.some((other) => same(one, other)))
  const fresh = found.filter((one) => !kept.some((other) => same(other, one)))
  const asked: { one: (typeof found)[number]; reviewers: number[] }[] = []
  for (const one of fresh) {
    const reviewers = await reviewersToday(tx, one.figure.owner, actor.staffKey, day)
    const { words, where } = one.figure
    if (reviewers.length === 0) return refuse('nobody-reviews', { field: 'cells', details: { label: one.label, figure: words.zh, figureEn: words.en, where: where.zh, whereEn: where.en } })
    asked.push({ one, reviewers })
  }
  await tx.asRole('batch', async () => {
    for (const { id } of gone) await end(tx, 'collection_review', { id }, { withdrawn_on: day }, { why: null, action: 'WITHDRAW_REVIEW' })
    for (const { one: { cell, label, figure }, reviewers } of asked) {
      await add(tx, 'collection_review', {
        id: newId(), form_id: form.id, form_number: form.number, form_title: form.title, form_why: form.why, cell, label, figure: figure.code, figure_zh: figure.words.zh, figure_en: figure.words.en, where_zh: figure.where.zh, where_en: figure.where.en, owner: figure.owner,
        reviewers, asked_by: actor.staffKey, asked_on: day,
      }, { why: form.why, action: 'ASK_REVIEW' })
    }
  })
  return ok(asked.length + kept.filter((one) => one.decision === null && found.some((other) => same(one, other))).length)
}

/** The form is over: nothing waits any more. */
export async function withdrawReviews(tx: Transaction, formId: string, day: string): Promise<void> {
  const open = await tx.all(sql<{ id: string }>`SELECT id FROM collection_review WHERE form_id = ${formId} AND decision IS NULL AND withdrawn_on IS NULL`)
  await tx.asRole('batch', async () => {
    for (const { id } of open) await end(tx, 'collection_review', { id }, { withdrawn_on: day }, { why: null, action: 'WITHDRAW_REVIEW' })
  })
}

const nobody = { zh: '合规或管理员', en: 'compliance or administration' }

/** Why a draft may not go out yet: a column waits for its owner, or was not released. Null when none does. */
export async function openReview(tx: Transaction, formId: string): Promise<Outcome<never> | null> {
  const row = await tx.maybe(sql<{ label: string; figure_zh: string; figure_en: string; where_zh: string; where_en: string; owner: string | null; decision: string | null; reason: string | null }>`
    SELECT label, figure_zh, figure_en, where_zh, where_en, owner, decision, reason FROM collection_review WHERE form_id = ${formId} AND withdrawn_on IS NULL AND decision IS DISTINCT FROM 'RELEASED' ORDER BY decision NULLS LAST, cell LIMIT 1`)
  if (!row) return null
  const { label, figure_zh: figure, figure_en: figureEn, where_zh: where, where_en: whereEn } = row
  return row.decision === 'REFUSED' ? refuse('review-refused', { details: { label, reason: row.reason ?? '', where, whereEn } })
    : refuse('review-waits', { details: { label, figure, figureEn, where, whereEn, owner: row.owner ?? nobody.zh, ownerEn: row.owner ?? nobody.en } })
}

type Shown = Omit<Review, 'may' | 'askedBy' | 'reviewers' | 'figure' | 'where'> & { figureZh: string; figureEn: string; whereZh: string; whereEn: string; askedKey: number; askedName: string; reviewers: number[]; names: string[]; withdrawn: boolean }
const shown = sql`
  r.id, r.form_id AS "formId", r.form_number AS "formNumber", r.form_title AS "formTitle", r.form_why AS why, r.label, r.figure_zh AS "figureZh", r.figure_en AS "figureEn", r.where_zh AS "whereZh", r.where_en AS "whereEn", r.owner, r.asked_by AS "askedKey", a.staff_name AS "askedName", r.asked_on AS "askedOn", r.reviewers,
  ARRAY(SELECT s.staff_name FROM unnest(r.reviewers) WITH ORDINALITY k(staff_key, place) JOIN organisation_staff_facts s ON s.staff_key = k.staff_key ORDER BY k.place) AS names, r.decision, d.staff_name AS "decidedBy", r.decided_on AS "decidedOn", r.reason, r.withdrawn_on IS NOT NULL AS withdrawn
  FROM collection_review r JOIN organisation_staff_facts a ON a.staff_key = r.asked_by LEFT JOIN organisation_staff_facts d ON d.staff_key = r.decided_by`

function faultOfDeciding(row: Shown, reader: number): 'own-form' | 'not-the-owner' | 'decided-already' | 'review-withdrawn' | null {
  if (row.askedKey === reader) return 'own-form'
  if (!row.reviewers.includes(reader)) return 'not-the-owner'
  return row.decision !== null ? 'decided-already' : row.withdrawn ? 'review-withdrawn' : null
}

const told = ({ figureZh, figureEn, whereZh, whereEn, askedKey, askedName, names, reviewers, withdrawn: _withdrawn, ...row }: Shown, fault: ReturnType<typeof faultOfDeciding>): Review => ({
  ...row, figure: { zh: figureZh, en: figureEn }, where: { zh: whereZh, en: whereEn }, askedBy: { staffKey: askedKey, name: askedName }, reviewers: reviewers.map((staffKey, place) => ({ staffKey, name: names[place] ?? '' })), may: { decide: verdictOf(fault) },
})

/** Of one form, for who collects it. */
export async function reviewsOf(tx: Transaction, formId: string, reader: number): Promise<Review[]> {
  return (await tx.all(sql<Shown>`SELECT ${shown} WHERE r.form_id = ${formId} AND r.withdrawn_on IS NULL ORDER BY r.cell`)).map((row) => told(row, faultOfDeciding(row, reader)))
}

/** What waits for the reader or was asked by him; `over`: what was decided. */
export const listReviewsRoute = handle(listReviews, async (tx, { query }, { actor, services }) => {
  const list = `reviews ${actor.staffKey} ${query.over}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const rows = await tx.all(sql<Shown>`
    SELECT ${shown} WHERE ${query.over ? sql`r.decision IS NOT NULL` : sql`r.decision IS NULL AND r.withdrawn_on IS NULL`} ${place.value === null ? sql`` : sql`AND (r.asked_on, r.id) < (${String(place.value[0])}::date, ${String(place.value[1])}::uuid)`}
    ORDER BY r.asked_on DESC, r.id DESC LIMIT ${query.limit + 1}`)
  const { shown: items, nextCursor } = cutPage(services.keys.keyring, list, rows, query.limit, (last) => [last.askedOn, last.id])
  return ok({ items: items.map((row) => told(row, faultOfDeciding(row, actor.staffKey))), nextCursor, count: null })
})

/** Released or not, with the reason: who answers for the figure today is asked at this moment. */
export const decideReviewRoute = handle(decideReview, async (tx, { params: { reviewId }, body }, { actor, businessDate: day }) => {
  const seen = await tx.maybe(sql<Shown>`SELECT ${shown} WHERE r.id = ${reviewId}`)
  if (!seen) return refuse('not-found')
  await tx.asRole('batch', () => tx.one(sql`SELECT 1 FROM collection_review WHERE id = ${reviewId} FOR UPDATE`))
  const row = (await tx.maybe(sql<Shown>`SELECT ${shown} WHERE r.id = ${reviewId}`)) ?? seen
  const fault = faultOfDeciding({ ...row, reviewers: await reviewersToday(tx, row.owner, row.askedKey, day) }, actor.staffKey)
  if (fault) return fault === 'decided-already' ? refuse(fault, { details: { name: row.decidedBy ?? '' } }) : refuse(fault)
  await tx.asRole('batch', () => change(tx, 'collection_review', { id: reviewId }, { decision: body.decision, decided_by: actor.staffKey, decided_on: day, reason: body.reason }, { why: body.reason, action: body.decision === 'RELEASED' ? 'RELEASE_COLUMN' : 'REFUSE_COLUMN' }))
  return ok({ decision: body.decision })
})
