import { hashPassword } from '../foundation/access/passwords.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { addInstitution } from '../organisation/add-institution.ts'
import { endEmployment } from '../organisation/end-employment.ts'
import { hirePerson } from '../organisation/hire-person.ts'
import { holdGrade } from '../organisation/hold-grade.ts'
import { holdPost } from '../organisation/hold-post.ts'
import { transferPerson } from '../organisation/transfer-person.ts'
import { bankPlan, founded, headOffice } from './bank-plan.ts'
import { demoPassword } from './known-cases.ts'

/** Units, people, posts and grades of the demo bank, each by the product's own step. Returns how many people. */
export async function makeOrganisation(tx: Transaction): Promise<number> {
  const plan = bankPlan()
  const head = await tx.one(sql<{ key: number }>`SELECT institution_key AS key FROM organisation_institution_facts WHERE code = ${headOffice}`)
  const units = new Map([[headOffice, head.key]])
  const keyOf = (code: string): number => {
    const key = units.get(code)
    if (key === undefined) throw new Error(`unit ${code} is used before it is made`)
    return key
  }
  for (const unit of plan.units) {
    if (unit.parent === null) continue
    const { key } = await addInstitution(tx, {
      code: unit.code, kind: unit.kind, name: unit.name, nameEn: unit.nameEn, parentKey: keyOf(unit.parent), from: founded, ...(unit.managersIn === undefined ? {} : { managersIn: unit.managersIn }),
    })
    units.set(unit.code, key)
  }
  for (const person of plan.people) {
    const staffKey = await hirePerson(tx, { staffNo: person.staffNo, name: person.name, from: person.from })
    for (const [place, held] of person.posts.entries()) {
      const to = { staffKey, postCode: held.post, lineKey: keyOf(held.line), placeKey: keyOf(held.place), from: held.from }
      // a post that follows one that ended is a transfer
      if (held.main && place > 0) await transferPerson(tx, { ...to, ...(held.orderNo === undefined ? {} : { orderNo: held.orderNo }), reason: '岗位调整' })
      else await holdPost(tx, { ...to, main: held.main })
    }
    for (const { grade, from } of person.grades) await holdGrade(tx, { staffKey, grade, from, reason: '等级评定' })
    if (person.to !== undefined) await endEmployment(tx, { staffKey, from: person.to, reason: person.leaveReason ?? '离职' })
  }
  return plan.people.length
}

/** Everybody in the demo bank can sign in with the one password that is told at the start. It needs not be changed; a bank that is no demo never gets it. */
export async function giveDemoPasswords(tx: Transaction, passwordHash: string): Promise<void> {
  const bank = await tx.one(sql<{ is_demo: boolean }>`SELECT is_demo FROM bank`)
  if (!bank.is_demo) throw new Error('demo passwords are for the demo bank only')
  await bulk(tx, {
    table: 'credential', what: 'add', why: 'demo bank', batch: newId(),
    statement: sql`INSERT INTO credential (staff_key, password_hash, must_change) SELECT staff_key, ${passwordHash}, false FROM organisation_staff_facts`,
  })
}

/** Takes 60 ms and is the same for all: made once. */
export function hashedDemoPassword(): Promise<string> {
  return hashPassword(demoPassword)
}
