import { afterAll, beforeAll, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { listDueContacts } from '../contact-plan/coverage.contract.ts'
import { editCustomer, getCustomer, listCustomers } from '../customers/customer.contract.ts'
import { readOwnership } from '../customers/ownership/ownership.contract.ts'
import { askSubstitution, confirmSubstitution, endSubstitution, findSubstitutes, listSubstitutions, readHappened } from '../customers/ownership/substitution.contract.ts'
import { moveBusinessDate } from '../deliveries/add-bank.ts'
import { sql } from '../foundation/database/transaction.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { holdGrade } from '../organisation/hold-grade.ts'
import { routes } from '../routes.ts'
import { listCustomerContacts, recordContact } from '../visits/contact.contract.ts'
import { startDay } from './parts/start-day.ts'

let bank: SmallBank
let core: string
let other: string
beforeAll(async () => {
  bank = await smallBank(routes)
  core = await bank.customer({ main: bank.staff.li, name: '甲核心有限公司' })
  other = await bank.customer({ main: bank.staff.li, name: '乙普通有限公司', tier: 'T3' })
})
afterAll(() => bank.close())

const ask = (who: Colleague, more: object = {}) => bank.ask(who, askSubstitution, { body: { id: newId(), substituteKey: bank.staff.wang.staffKey, from: today, until: '2026-11-25', reason: '休假', customers: 'ALL', ...more } })
const decide = (who: Colleague, substitutionId: string, more: object = {}) => bank.ask(who, confirmSubstitution, { params: { substitutionId }, body: { agree: true, ...more } })
const relation = async (who: Colleague, customerId: string): Promise<unknown> => {
  const answer = await bank.ask(who, getCustomer, { params: { customerId } })
  return answer.status === 200 ? answer.body['relation'] : answer.status
}
const names = async (who: Colleague): Promise<unknown[]> => ((await bank.ask(who, listCustomers)).body.items ?? []).map((row) => row['name']).sort()
const phone = (who: Colleague, customerId: string, id = newId()) => bank.ask(who, recordContact, { params: { customerId }, body: { id, mode: 'PHONE', businessDate: today, summary: '代班联系', nextAction: '回电', nextOn: '2026-11-24' } })
const nextDay = async (day: string): Promise<void> => {
  await bank.services.db.asBatch((tx) => moveBusinessDate(tx, day))
  expect((await startDay(bank.services))?.failed).toEqual([])
}

test('who may stand in: the same line, at least the same grade, fifteen working days at most, nobody twice', async () => {
  const { staff, services } = bank
  expect((await ask(staff.li, { substituteKey: staff.zhao.staffKey })).body.refusal).toBe('other-line')
  expect((await ask(staff.li, { until: '2026-12-14' })).body).toMatchObject({ refusal: 'too-long', details: { days: '16', most: '15' } })
  expect((await ask(staff.li, { until: '2027-03-01' })).body.refusal).toBe('calendar-unknown')
  expect((await ask(staff.zhao, { absentKey: staff.li.staffKey })).body.refusal).toBe('not-your-absent')
  expect((await ask(staff.wang, { substituteKey: staff.li.staffKey })).body.refusal).toBe('has-no-customers')
  expect((await ask(staff.li, { customers: [await bank.customer({ main: staff.wang, tier: 'T4' })] })).body.refusal).toBe('has-no-customers')
  await services.db.asOffice(async (tx) => {
    await holdGrade(tx, { staffKey: staff.li.staffKey, grade: 'B', from: '2026-01-01', reason: '定级' })
    await holdGrade(tx, { staffKey: staff.wang.staffKey, grade: 'A', from: '2026-01-01', reason: '定级' })
  })
  expect((await ask(staff.li)).body.refusal).toBe('lower-grade')
  expect((await bank.ask(staff.li, findSubstitutes)).body).toMatchObject({ longest: 15, items: [{ name: staff.lead.name }, { name: staff.outletHead.name }] })
  await services.db.asOffice((tx) => holdGrade(tx, { staffKey: staff.wang.staffKey, grade: 'C', from: '2026-02-01', reason: '晋级' }))
  expect(((await bank.ask(staff.li, findSubstitutes)).body.items ?? []).map((one) => one['name'])).toContain(staff.wang.name)
})

test('asked for, confirmed by the lead: from then on the substitute sees and does, in his own name for the absent, who only reads', async () => {
  const { staff } = bank
  const id = newId()
  expect((await ask(staff.li, { id })).body).toEqual({ id, state: 'ASKED' })
  expect((await ask(staff.li, { from: '2026-11-25', until: '2026-11-26' })).body.refusal).toBe('overlaps')
  expect(await relation(staff.wang, core)).toBe(404)
  expect((await decide(staff.wang, id)).body.refusal).toBe('not-allowed')
  expect((await decide(staff.otherBranchHead, id)).status).toBe(404)
  expect((await decide(staff.lead, id, { agree: false })).body.refusal).toBe('reason-needed')
  expect((await decide(staff.lead, id, { pair: true })).body).toEqual({ state: 'CONFIRMED' })
  expect((await decide(staff.lead, id)).body.refusal).toBe('not-asked')

  expect([await relation(staff.wang, core), await relation(staff.wang, other), await relation(staff.li, core)]).toEqual(['SUBSTITUTE', 'SUBSTITUTE', 'ABSENT'])
  expect(await names(staff.wang)).toEqual(expect.arrayContaining(['甲核心有限公司', '乙普通有限公司']))
  expect(await names(staff.li)).toEqual(expect.arrayContaining(['甲核心有限公司']))
  // no share moved
  expect(await bank.look('SELECT staff_key, share_pct::text FROM assignment WHERE customer_id = $1 AND to_date IS NULL', [core])).toEqual([{ staff_key: staff.li.staffKey, share_pct: '100.00' }])
  const due = (await bank.ask(staff.wang, listDueContacts)).body.items ?? []
  expect(due.map((row) => row['name'])).toContain('甲核心有限公司')

  expect((await phone(staff.li, core)).body.refusal).toBe('not-allowed')
  expect((await bank.ask(staff.li, editCustomer, { params: { customerId: core }, body: { changedAt: '2000-01-01T00:00:00.000Z', name: '改名', reason: '试' } })).body.refusal).toBe('not-allowed')
  expect((await phone(staff.wang, core)).status).toBe(200)
  const listed = (await bank.ask(staff.li, listCustomerContacts, { params: { customerId: core } })).body.items ?? []
  expect(listed).toMatchObject([{ staffName: staff.wang.name, forName: staff.li.name }])
  // counts for the customer: his duty is met, and stays his
  expect(((await bank.ask(staff.wang, listDueContacts)).body.items ?? []).map((row) => row['name'])).not.toContain('甲核心有限公司')
  expect((await bank.ask(staff.lead, readOwnership, { params: { customerId: core } })).body).toMatchObject({ standIns: [{ absent: staff.li.name, substitute: staff.wang.name, until: '2026-11-25' }] })
})

test('four eyes see both as one side on every day of it', async () => {
  const { li, wang, lead } = bank.staff
  const oneSide = (a: Colleague, b: Colleague, day: string) => bank.services.db.asBatch(async (tx) => (await tx.maybe(sql`SELECT 1 FROM customers_one_side_facts WHERE staff_key = ${a.staffKey} AND other_key = ${b.staffKey} AND from_date <= ${day} AND to_date > ${day}`)) !== undefined)
  expect([await oneSide(li, wang, today), await oneSide(wang, li, '2026-11-25'), await oneSide(li, wang, '2026-11-26'), await oneSide(li, lead, today)]).toEqual([true, true, false, false])
})

test('it ends by itself after its last day, with the list of what happened', async () => {
  const { staff } = bank
  await nextDay('2026-11-25')
  expect(await relation(staff.wang, core)).toBe('SUBSTITUTE')
  await nextDay('2026-11-26')
  expect([await relation(staff.wang, core), await relation(staff.li, core)]).toEqual([404, 'MAIN'])
  const [ended] = (await bank.ask(staff.li, listSubstitutions, { query: { when: 'PAST' } })).body.items ?? []
  expect(ended).toMatchObject({ state: 'ENDED', confirmedBy: staff.lead.name })
  const happened = await bank.ask(staff.li, readHappened, { params: { substitutionId: ended?.['id'] } })
  expect(happened.body).toMatchObject({ contacts: [{ customerName: '甲核心有限公司', summary: '代班联系', nextAction: '回电' }], more: false })
})

test('planned a day ahead by a pair the lead agreed to, it needs nobody’s word; chosen customers only; ended early it is over at once', async () => {
  const { staff } = bank
  const id = newId()
  expect((await ask(staff.li, { id, from: '2026-11-27', until: '2026-12-01', customers: [other] })).body).toEqual({ id, state: 'CONFIRMED' })
  expect(await relation(staff.wang, other)).toBe(404)
  await nextDay('2026-11-27')
  expect([await relation(staff.wang, other), await relation(staff.wang, core), await relation(staff.li, other), await relation(staff.li, core)]).toEqual(['SUBSTITUTE', 404, 'ABSENT', 'MAIN'])
  expect((await bank.ask(staff.zhao, endSubstitution, { params: { substitutionId: id }, body: { reason: '试' } })).status).toBe(404)
  expect((await bank.ask(staff.li, endSubstitution, { params: { substitutionId: id }, body: { reason: '提前返岗' } })).body).toEqual({ state: 'ENDED' })
  expect([await relation(staff.wang, other), await relation(staff.li, other)]).toEqual([404, 'MAIN'])
  expect((await bank.ask(staff.li, endSubstitution, { params: { substitutionId: id }, body: { reason: '试' } })).body.refusal).toBe('ended-already')
})
