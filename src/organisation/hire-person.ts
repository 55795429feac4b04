import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { add } from '../foundation/store/store.ts'
import { takeNumbers } from '../foundation/store/take-numbers.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { pinyinOf } from '../foundation/values/person-name.ts'
import { valueOf } from './refused.ts'

export type NewPerson = { staffNo: string; name: string; from: string }

/** A person joins the bank on a day. A number that left comes back as the same person: a new span of employment. Refuses: the number is in use. Returns the staff key. */
export async function tryHirePerson(tx: Transaction, person: NewPerson): Promise<Outcome<number>> {
  const known = await tx.maybe(sql<{ key: number; name: string; taken: boolean }>`
    SELECT s.key, s.name, EXISTS (SELECT FROM employment e WHERE e.staff_key = s.key AND (e.to_date IS NULL OR e.to_date > ${person.from})) AS taken
    FROM staff s WHERE s.staff_no = ${person.staffNo} FOR UPDATE`)
  if (known && (known.taken || known.name !== person.name)) return refuse('staff-number-taken', { field: 'staffNo' })
  const key = known?.key ?? (await takeNumbers(tx, 'staff'))
  if (!known) {
    const spoken = pinyinOf(person.name, 'PERSON')
    await add(tx, 'staff', { key, staff_no: person.staffNo, name: person.name, name_pinyin: spoken.syllables, name_initials: spoken.initials }, { why: null })
  }
  await add(tx, 'employment', { staff_key: key, from_date: person.from }, { why: null, action: 'HIRE' })
  return ok(key)
}

/** The same for batches: throws when refused. */
export async function hirePerson(tx: Transaction, person: NewPerson): Promise<number> {
  return valueOf(await tryHirePerson(tx, person))
}
