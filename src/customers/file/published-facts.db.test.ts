import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, type SmallBank } from '../../../tests/support/small-bank.ts'
import { sql } from '../../foundation/database/transaction.ts'
import { add } from '../../foundation/store/store.ts'
import { addDays } from '../../foundation/values/business-date.ts'
import { greetingOn, lunarOf } from '../../foundation/values/lunar-date.ts'
import { newId } from '../../foundation/values/uuid7.ts'

let bank: SmallBank
let company: string
beforeAll(async () => {
  bank = await smallBank([])
  company = await bank.customer()
})
afterAll(() => bank.close())

const read = <Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> => bank.services.db.asEngine((tx) => tx.all(query))
const put = (table: string, row: Parameters<typeof add>[2]): Promise<void> => bank.services.db.asBatch((tx) => add(tx, table, row, { why: 'test' }))

describe('the lunar calendar of the database', () => {
  test('is that of the library, every month from 1900 to 2100, without a gap', async () => {
    const months = await read(sql<{ lunar_year: number; month: number; leap: boolean; first_day: string; days: number }>`SELECT * FROM lunar_month ORDER BY first_day`)
    expect([months.length, months[0]?.first_day, months.at(-1)?.first_day]).toEqual([2486, '1900-01-31', '2100-12-31'])
    for (const [place, one] of months.entries()) {
      expect([one.first_day, lunarOf(one.first_day)]).toEqual([one.first_day, { year: one.lunar_year, month: one.month, leap: one.leap, day: 1 }])
      expect([one.first_day, lunarOf(addDays(one.first_day, one.days - 1)).day]).toEqual([one.first_day, one.days])
      const next = months[place + 1]
      if (next) expect(next.first_day).toBe(addDays(one.first_day, one.days))
    }
  })
})

describe('birthdays', () => {
  const births = [['1990-03-07', 'SOLAR'], ['2000-02-29', 'SOLAR'], ['1990-03-07', 'LUNAR'], ['1949-12-31', 'LUNAR'], ['1987-07-26', 'LUNAR'], ['1980-01-17', 'LUNAR'], ['1961-01-20', 'LUNAR'], ['2025-08-01', 'LUNAR']] as const
  test('the statement and the function name the same day, in every year', async () => {
    for (const [birth, calendar] of births) {
      const id = await bank.customer({ kind: 'PERSON', name: '王生日' })
      await put('person', { customer_id: id, birth_date: birth, birthday_calendar: calendar })
      const days = await read(sql<{ in_year: number; greet_on: string; calendar: string }>`SELECT in_year, greet_on, calendar FROM customers_birthday_facts WHERE customer_id = ${id} ORDER BY in_year`)
      const first = calendar === 'SOLAR' ? Number(birth.slice(0, 4)) : lunarOf(birth).year
      expect([birth, days.length, days[0]?.in_year, days[0]?.calendar]).toEqual([birth, 2100 - first, first + 1, calendar])
      for (const day of days) expect([birth, calendar, day.in_year, day.greet_on]).toEqual([birth, calendar, day.in_year, greetingOn(birth, calendar, day.in_year)])
    }
  })
})

describe('what runs out', () => {
  test('one row for each fact in force that has an end; the columns that others read', async () => {
    const person = await bank.customer({ kind: 'PERSON', name: '王到期' })
    const [document, ended, agent, card] = [newId(), newId(), newId(), newId()]
    const base = { document_kind: 'LICENCE', expires_on: '2026-12-01', remind_days: 45 }
    await put('customer_document', { customer_id: company, id: document, ...base, title: '副本' })
    await put('customer_document', { customer_id: company, id: ended, ...base, ended_on: '2026-11-01', end_reason: '换发' })
    await put('customer_document', { customer_id: company, id: newId(), document_kind: 'ARTICLES' })
    await put('company_person', { customer_id: company, id: agent, office: 'AGENT', name: '赵代理', authority: '开户', authority_until: '2026-12-31', id_expires_on: '2030-01-01' })
    await put('corporate_file', { customer_id: company, term_until: '2040-05-05', premises_until: '2027-01-01' })
    await put('customer_file', { customer_id: person, risk_tolerance: 'C3', risk_tolerance_on: '2025-12-01' })
    await put('identity_document', { customer_id: person, id: card, kind: 'RESIDENT_ID', number_cipher: Buffer.alloc(1), number_hash: Buffer.alloc(1), tail: '2317', checked: true, expires_on: '2027-02-28' })
    const facts = await read(sql`SELECT customer_id, fact_id, fact, kind, subject, expires_on, remind_days FROM customers_document_facts ORDER BY fact, expires_on`)
    expect(facts).toEqual([
      { customer_id: company, fact_id: agent, fact: 'AUTHORITY', kind: 'AGENT', subject: '赵代理', expires_on: '2026-12-31', remind_days: 30 },
      { customer_id: company, fact_id: company, fact: 'BUSINESS_TERM', kind: 'BUSINESS_TERM', subject: null, expires_on: '2040-05-05', remind_days: 60 },
      { customer_id: company, fact_id: document, fact: 'DOCUMENT', kind: 'LICENCE', subject: '副本', expires_on: '2026-12-01', remind_days: 45 },
      { customer_id: person, fact_id: card, fact: 'IDENTITY', kind: 'RESIDENT_ID', subject: null, expires_on: '2027-02-28', remind_days: 30 },
      { customer_id: company, fact_id: company, fact: 'LEASE', kind: 'LEASE', subject: null, expires_on: '2027-01-01', remind_days: 60 },
      { customer_id: company, fact_id: agent, fact: 'PERSON_IDENTITY', kind: 'AGENT', subject: '赵代理', expires_on: '2030-01-01', remind_days: 30 },
      { customer_id: person, fact_id: person, fact: 'RISK_TOLERANCE', kind: 'C3', subject: null, expires_on: '2026-11-30', remind_days: 30 },
    ])
  })
})

describe('consents', () => {
  test('with their days; the paper’s text is not told', async () => {
    const id = newId()
    await put('consent', { customer_id: company, id, consent_for: 'FAMILY_LINKS', stated_purpose: '登记家庭关系', given_on: '2026-01-05', proof: 'PAPER', valid_until: '2028-01-04', ended_on: '2026-06-01', end_reason: '来函撤回' })
    expect(await read(sql`SELECT * FROM customers_consent_facts`)).toEqual([{ customer_id: company, consent_id: id, consent_for: 'FAMILY_LINKS', given_on: '2026-01-05', valid_until: '2028-01-04', withdrawn_on: '2026-06-01' }])
  })
  test('a request that opened no customer reads none of it', async () => {
    const { li } = bank.staff
    for (const view of ['customers_consent_facts', 'customers_document_facts', 'customers_birthday_facts', 'customers_confidentiality_facts']) {
      await expect(bank.services.db.asPerson({ staffKey: li.staffKey, postKey: li.postKey, breadth: 'SELF', linePath: '' }, '2026-11-23', null, (tx) => tx.all(sql`SELECT 1 FROM ${sql.table(view)}`))).rejects.toThrow('permission denied')
    }
  })
})
