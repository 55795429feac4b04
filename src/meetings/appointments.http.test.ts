import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { assignCustomerContract } from '../customers/customer.contract.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { readTimeline } from '../reports/timeline.contract.ts'
import { routes } from '../routes.ts'
import { correctContact, recordContact, voidContact } from '../visits/contact.contract.ts'
import { cancelAppointment, finishAppointment, listAppointments, moveAppointment, planAppointment, type AppointmentView } from './appointment.contract.ts'

let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank(routes)
})
afterAll(() => bank.close())

const told = (answer: { body: { refusal?: string } }): string => answer.body.refusal ?? 'ok'
const wanted = (more: Record<string, unknown> = {}) => ({ id: newId(), customerId: null as string | null, day: '2026-11-25', from: '09:30', to: '10:30', kind: 'VISIT', subject: '旺季资金安排', place: '客户处', ...more })
const plan = (who: Colleague, body: Record<string, unknown>) => bank.ask(who, planAppointment, { body })
const seen = async (who: Colleague, team = false): Promise<AppointmentView[]> => (await bank.ask(who, listAppointments, { query: { from: '2026-11-01', to: '2026-12-31', team: String(team) } })).body.items as unknown as AppointmentView[]
const one = async (who: Colleague, id: string, team = false): Promise<AppointmentView | undefined> => (await seen(who, team)).find((each) => each.id === id)
const contact = (more: Record<string, unknown> = {}) => ({ id: newId(), mode: 'VISIT', businessDate: today, summary: '面谈旺季资金安排', ...more })

describe('planning', () => {
  test('a customer of one’s own; a clash is told and not refused; others see time only', async () => {
    const { li, wang, lead, zhao, reviewer, otherBranchHead } = bank.staff
    const customerId = await bank.customer()
    const first = wanted({ customerId, people: [wang.staffKey, reviewer.staffKey] })
    expect((await plan(li, first)).body).toEqual({ id: first.id, clashes: [] })
    const second = wanted({ from: '10:00', to: '11:00', kind: 'INTERNAL', subject: '产品培训' })
    expect((await plan(wang, second)).body).toEqual({ id: second.id, clashes: [{ name: '王凯', from: '09:30', to: '10:30' }] })
    expect(await one(li, first.id)).toMatchObject({ customerName: '山西晋泰新材料有限公司', core: true, mine: true, people: ['王凯', '杨审'], subject: '旺季资金安排', state: 'PLANNED', may: { move: { allowed: true }, finish: { allowed: false, reason: 'record-the-contact' } } })
    expect((await one(wang, second.id))?.clashes).toBe(true)
    // who was asked along and may not see the customer knows when and for what, not with whom
    expect(await one(reviewer, first.id)).toMatchObject({ withCustomer: true, customerId: null, customerName: null, subject: '旺季资金安排', may: { move: { allowed: false } } })
    expect(await one(lead, first.id)).toBeUndefined()
    expect(await one(lead, first.id, true)).toMatchObject({ customerName: '山西晋泰新材料有限公司', mine: false, ownerName: '李晓雯' })
    for (const other of [zhao, otherBranchHead]) expect(await one(other, first.id, true)).toBeUndefined()
  })
  test('holidays on weekdays and worked weekends come along', async () => {
    const { body } = await bank.ask(bank.staff.li, listAppointments, { query: { from: '2026-09-14', to: '2026-10-11' } })
    expect(body['off']).toContain('2026-10-01')
    expect((body['worked'] as string[]).length).toBeGreaterThan(0)
    expect(told(await bank.ask(bank.staff.li, listAppointments, { query: { from: '2026-01-01', to: '2026-11-11' } }))).toBe('period-too-long')
  })
  const bad: [string, Record<string, unknown>, string][] = [
    ['yesterday', { day: '2026-11-22' }, 'in-the-past'], ['more than a year ahead', { day: '2027-11-24' }, 'too-far'], ['reversed', { from: '11:00', to: '10:00' }, 'times-reversed'], ['25 o’clock', { to: '25:00' }, 'invalid-request'],
    ['a colleague who does not exist', { people: [999_999] }, 'colleague-unknown'], ['no customer of this id', { customerId: newId() }, 'customer-not-seen'],
  ]
  test.each(bad)('%s: %s', async (_what, more, refusal) => {
    const before = (await seen(bank.staff.li)).length
    expect(told(await plan(bank.staff.li, wanted(more)))).toBe(refusal)
    expect((await seen(bank.staff.li)).length).toBe(before)
  })
  test('another’s customer is not there; what is inside has none; a post without customers plans nothing', async () => {
    const customerId = await bank.customer({ main: bank.staff.zhao })
    expect(told(await plan(bank.staff.li, wanted({ customerId })))).toBe('customer-not-seen')
    expect(told(await plan(bank.staff.zhao, wanted({ customerId, kind: 'INTERNAL' })))).toBe('inside-with-customer')
    expect(told(await plan(bank.staff.reviewer, wanted()))).toBe('not-allowed')
  })
})

describe('what becomes of it', () => {
  test('moved by its owner only, cancelled with a reason, then at an end', async () => {
    const { li, wang, lead } = bank.staff
    const body = wanted({ people: [wang.staffKey], kind: 'INTERNAL' })
    await plan(li, body)
    const move = (who: Colleague, more: Record<string, unknown> = {}) => bank.ask(who, moveAppointment, { params: { appointmentId: body.id }, body: { day: '2026-11-26', from: '14:00', to: '15:00', ...more } })
    expect(told(await move(wang))).toBe('not-yours')
    expect(told(await move(lead))).toBe('not-yours')
    expect(told(await move(li, { day: '2026-11-01' }))).toBe('in-the-past')
    expect(told(await move(li))).toBe('ok')
    expect(await one(li, body.id)).toMatchObject({ day: '2026-11-26', from: '14:00', moves: 1, place: null })
    expect(told(await bank.ask(li, finishAppointment, { params: { appointmentId: body.id } }))).toBe('not-yet')
    expect(told(await bank.ask(li, cancelAppointment, { params: { appointmentId: body.id }, body: { reason: '讲师请假' } }))).toBe('ok')
    expect(told(await move(li))).toBe('ended-already')
    expect(await one(li, body.id)).toMatchObject({ state: 'CANCELLED', cancelReason: '讲师请假' })
    const lines = await bank.look<{ action: string; after: Record<string, unknown> }>(`SELECT action, after FROM journal_line WHERE table_name = 'appointment' AND object_id = $1 ORDER BY at`, [body.id])
    expect(lines.map((line) => line.action)).toEqual(['PLAN_APPOINTMENT', 'MOVE_APPOINTMENT', 'CANCEL_APPOINTMENT'])
    expect(JSON.stringify(lines)).not.toContain('旺季')
  })
  test('a recorded contact closes it, also when it was kept days later; a corrected one keeps it closed, a void one opens it again', async () => {
    const { li } = bank.staff
    const customerId = await bank.customer()
    const body = wanted({ customerId, day: today })
    await plan(li, body)
    const visit = contact()
    await bank.ask(li, recordContact, { params: { customerId }, body: contact({ mode: 'NO_ANSWER', summary: '电话未接通' }) })
    expect((await one(li, body.id))?.state).toBe('PLANNED')
    await bank.ask(li, recordContact, { params: { customerId }, body: visit })
    expect(await one(li, body.id)).toMatchObject({ state: 'DONE', contactId: visit.id })
    const again = contact({ mode: 'PHONE', reason: '方式填错' })
    expect(told(await bank.ask(li, correctContact, { params: { customerId, contactId: visit.id }, body: again }))).toBe('ok')
    expect(await one(li, body.id)).toMatchObject({ state: 'DONE', contactId: again.id })
    expect(told(await bank.ask(li, voidContact, { params: { customerId, contactId: again.id }, body: { reason: '重复记录' } }))).toBe('ok')
    expect(await one(li, body.id)).toMatchObject({ state: 'PLANNED', contactId: null })
    // a week back at most
    const late = wanted({ customerId, day: today })
    await plan(li, late)
    await bank.services.db.asBatch(async () => undefined)
    expect((await bank.ask(li, readTimeline, { params: { customerId }, query: {} })).body.items?.filter((item) => item['kind'] === 'APPOINTMENT')).toHaveLength(2)
  })
  test('another colleague’s contact does not close it', async () => {
    const { li, wang } = bank.staff
    const customerId = await bank.customer({ assist: wang })
    const body = wanted({ customerId, day: today })
    await plan(li, body)
    await bank.ask(wang, recordContact, { params: { customerId }, body: contact() })
    expect((await one(li, body.id))?.state).toBe('PLANNED')
    await bank.ask(wang, recordContact, { params: { customerId }, body: contact({ ourPeople: [li.staffKey] }) })
    expect((await one(li, body.id))?.state).toBe('DONE')
  })
  test('the customer goes to another manager and the appointment with him; what was cancelled stays with its history', async () => {
    const { li, wang, zhao, outletHead } = bank.staff
    const customerId = await bank.customer()
    const body = wanted({ customerId })
    const visitOfHead = wanted({ customerId, from: '15:00', to: '16:00' })
    await plan(li, body)
    await plan(outletHead, visitOfHead)
    expect(told(await bank.ask(outletHead, assignCustomerContract, { params: { customerId }, body: { slices: [{ staffKey: wang.staffKey, sharePct: '100', main: true }], from: today, reason: '调整管户' } }))).toBe('ok')
    expect(await one(wang, body.id)).toMatchObject({ mine: true, ownerName: '王凯', people: [] })
    expect(await one(li, body.id)).toBeUndefined()
    // the head's own visit stays his
    expect(await one(outletHead, visitOfHead.id)).toMatchObject({ mine: true })
    expect(await one(zhao, body.id, true)).toBeUndefined()
  })
})
