import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { endEmploymentContract } from '../organisation/person.contract.ts'
import { routes } from '../routes.ts'
import { cancelAppointment, planAppointment } from './appointment.contract.ts'
import { getCalendarFeed, makeCalendarFeed, readCalendarFeed, revokeCalendarFeed, switchCalendarFeed } from './calendar-feed.contract.ts'

let bank: SmallBank
let customerId: string
beforeAll(async () => {
  bank = await smallBank(routes)
  customerId = await bank.customer()
})
afterAll(() => bank.close())

const told = (answer: { body: { refusal?: string } }): string => answer.body.refusal ?? 'ok'
const newSecret = (): string => randomBytes(32).toString('base64url')
const fetched = async (secret: string): Promise<{ status: number; text: string; refusal: string | undefined }> => {
  const answer = await bank.ask(null, readCalendarFeed, { params: { secret } })
  return { status: answer.status, text: answer.bytes.toString('utf8'), refusal: answer.body.refusal }
}
const make = (who: Colleague, secret: string) => bank.ask(who, makeCalendarFeed, { body: { id: newId(), secret } })
const allow = (allowed: boolean) => bank.ask(bank.staff.admin, switchCalendarFeed, { body: { id: newId(), allowed, reason: '行务会议' } })

describe('the calendar feed', () => {
  const secret = newSecret()
  test('off until the bank switches it on', async () => {
    const { li, admin } = bank.staff
    expect((await bank.ask(li, getCalendarFeed)).body).toMatchObject({ allowed: false, held: null, may: { switch: { allowed: false } } })
    expect(told(await make(li, secret))).toBe('feed-off')
    expect(told(await bank.ask(li, switchCalendarFeed, { body: { id: newId(), allowed: true, reason: '试试' } }))).toBe('not-allowed')
    expect(told(await bank.ask(admin, getCalendarFeed))).toBe('ok')
    expect(told(await allow(true))).toBe('ok')
    expect(told(await allow(true))).toBe('so-already')
    expect((await fetched(secret)).refusal).toBe('not-found')
  })
  test('on: times and two words, in the calendar’s own form', async () => {
    const { li } = bank.staff
    const plan = async (more: Record<string, unknown>): Promise<string> => {
      const body = { id: newId(), customerId, day: '2026-11-25', from: '09:30', to: '10:30', kind: 'VISIT', subject: '机密主题甲', place: '机密地点乙', ...more }
      expect(told(await bank.ask(li, planAppointment, { body }))).toBe('ok')
      return body.id
    }
    const visit = await plan({})
    await plan({ customerId: null, kind: 'INTERNAL', from: '14:00', to: '15:00' })
    const cancelled = await plan({ day: '2026-11-26' })
    await bank.ask(li, cancelAppointment, { params: { appointmentId: cancelled }, body: { reason: '客户出差' } })
    expect(told(await make(li, secret))).toBe('ok')
    const { status, text } = await fetched(secret)
    expect(status).toBe(200)
    expect(text.startsWith('BEGIN:VCALENDAR\r\n')).toBe(true)
    expect(text.match(/^SUMMARY:.*$/gm)).toEqual(['SUMMARY:客户拜访\r', 'SUMMARY:行内事务\r'].map((line) => line.replace('\r', '')))
    // 09:30 in Shanghai
    expect(text).toContain('DTSTART:20261125T013000Z')
    expect(text).toContain('DTEND:20261125T023000Z')
    expect(text).toContain(`UID:${visit}`)
    for (const word of ['机密主题甲', '机密地点乙', '晋泰', customerId, 'LOCATION', 'ATTENDEE', 'DESCRIPTION', cancelled, '李晓雯']) expect(text).not.toContain(word)
  })
  test('journaled once a day; of the address only a hash is kept', async () => {
    await fetched(secret)
    const lines = await bank.look<{ action: string }>(`SELECT action FROM journal_line WHERE table_name = 'calendar_feed' ORDER BY at`)
    expect(lines.map((line) => line.action)).toEqual(['MAKE_FEED', 'READ_FEED'])
    for (const table of ['journal_line', 'calendar_feed', 'accepted_request']) {
      const [found] = await bank.look<{ n: string }>(`SELECT count(*) AS n FROM ${table} t WHERE position($1 IN t::text) > 0`, [secret])
      expect([table, found?.n]).toEqual([table, '0'])
    }
  })
  test('a wrong secret, and what is no secret', async () => {
    for (const wrong of [newSecret(), 'x', `${secret}x`, secret.slice(0, -1)]) expect((await fetched(wrong)).refusal).toBe('not-found')
    expect(told(await make(bank.staff.li, 'a'.repeat(43)))).toBe('weak-secret')
    expect(told(await make(bank.staff.li, 'short'))).toBe('invalid-request')
  })
  test('a new address revokes the old one; revoked it answers nothing', async () => {
    const { li } = bank.staff
    const next = newSecret()
    expect(told(await make(li, next))).toBe('ok')
    expect((await fetched(secret)).refusal).toBe('not-found')
    expect((await fetched(next)).status).toBe(200)
    expect(told(await bank.ask(li, revokeCalendarFeed))).toBe('ok')
    expect((await fetched(next)).refusal).toBe('not-found')
    expect(told(await bank.ask(li, revokeCalendarFeed))).toBe('no-feed')
  })
  test('off again: every address is silent; on: it answers', async () => {
    const own = newSecret()
    await make(bank.staff.wang, own)
    await allow(false)
    expect((await fetched(own)).refusal).toBe('not-found')
    await allow(true)
    expect((await fetched(own)).status).toBe(200)
  })
  test('who leaves has no address any more', async () => {
    const { zhao, hr } = bank.staff
    const own = newSecret()
    await make(zhao, own)
    expect((await fetched(own)).status).toBe(200)
    expect(told(await bank.ask(hr, endEmploymentContract, { params: { staffKey: zhao.staffKey }, body: { from: today, reason: '辞职' } }))).toBe('ok')
    expect((await fetched(own)).refusal).toBe('not-found')
    expect(await bank.look(`SELECT revoke_reason FROM calendar_feed WHERE staff_key = ${zhao.staffKey}`)).toEqual([{ revoke_reason: '已离任' }])
  })
})
