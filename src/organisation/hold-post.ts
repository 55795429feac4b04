import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { add } from '../foundation/store/store.ts'
import { takeNumbers } from '../foundation/store/take-numbers.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { valueOf } from './refused.ts'

export type NewPostHeld = {
  staffKey: number
  postCode: string
  /** To whom one reports: decides whose customers one sees. */
  lineKey: number
  /** Where one's desk is. */
  placeKey: number
  from: string
  /** Absent: main when the person has no other main post then. */
  main?: boolean
  orderNo?: string
}

/**
 * A person holds a post from a day on. Refuses, most fundamental first: not employed then, no such post or unit then, a post of another sequence at the same
 * time (4.5: one person never sells and controls), the same post in the same line, a second main post. Returns the key of the post held.
 */
export async function tryHoldPost(tx: Transaction, held: NewPostHeld): Promise<Outcome<number>> {
  // two at once for one person wait for each other here, so that both see the other's post
  const person = await tx.maybe(sql<{ employed: boolean }>`
    SELECT EXISTS (SELECT FROM employment e WHERE e.staff_key = s.key AND e.from_date <= ${held.from} AND (e.to_date IS NULL OR e.to_date > ${held.from})) AS employed
    FROM staff s WHERE s.key = ${held.staffKey} FOR UPDATE`)
  if (!person?.employed) return refuse('not-employed', { field: 'from' })
  const post = await tx.maybe(sql<{ sequence: string }>`SELECT sequence FROM post WHERE code = ${held.postCode}`)
  if (!post) return refuse('post-unknown', { field: 'postCode' })
  const units = await tx.one(sql<{ line: boolean; place: boolean }>`
    SELECT EXISTS (SELECT FROM institution_span WHERE institution_key = ${held.lineKey} AND from_date <= ${held.from} AND (to_date IS NULL OR to_date > ${held.from})) AS line,
           EXISTS (SELECT FROM institution_span WHERE institution_key = ${held.placeKey} AND from_date <= ${held.from} AND (to_date IS NULL OR to_date > ${held.from})) AS place`)
  if (!units.line) return refuse('unit-not-there', { field: 'lineKey' })
  if (!units.place) return refuse('unit-not-there', { field: 'placeKey' })

  const others = await tx.all(sql<{ post_code: string; line_key: number; main: boolean; sequence: string; name: string; name_en: string }>`
    SELECT h.post_code, h.line_key, h.main, p.sequence, p.name, p.name_en FROM post_held h JOIN post p ON p.code = h.post_code
    WHERE h.staff_key = ${held.staffKey} AND (h.to_date IS NULL OR h.to_date > ${held.from}) ORDER BY h.from_date`)
  const otherSequence = others.find((other) => other.sequence !== post.sequence)
  if (otherSequence) return refuse('two-sequences', { field: 'postCode', details: { post: otherSequence.name, postEn: otherSequence.name_en } })
  if (others.some((other) => other.post_code === held.postCode && other.line_key === held.lineKey)) return refuse('post-already-held', { field: 'postCode' })
  const hasMain = others.some((other) => other.main)
  if (held.main === true && hasMain) return refuse('second-main-post', { field: 'main' })

  const key = await takeNumbers(tx, 'post_held')
  await add(tx, 'post_held', {
    key, staff_key: held.staffKey, post_code: held.postCode, line_key: held.lineKey, place_key: held.placeKey, from_date: held.from, main: held.main ?? !hasMain, order_no: held.orderNo,
  }, { why: null, action: 'HOLD_POST' })
  return ok(key)
}

/** The same for batches: throws when refused. */
export async function holdPost(tx: Transaction, held: NewPostHeld): Promise<number> {
  return valueOf(await tryHoldPost(tx, held))
}
