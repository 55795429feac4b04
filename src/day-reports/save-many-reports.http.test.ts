import { afterAll, beforeAll, expect, test } from 'vitest'
import { smallBank, today, type SmallBank } from '../../tests/support/small-bank.ts'
import { confirmMyReport, getReport, listUnitReports, type ReportShown } from './day-report.contract.ts'
import { saveManyReports } from './save-many-reports.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { routes } from '../routes.ts'
import { recordContact } from '../visits/contact.contract.ts'

let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank(routes)
})
afterAll(() => bank.close())

test('reports of many are as if each had been confirmed: place, reader, lateness, signature, what the system saw; twice is once', async () => {
  const { li, wang, lead, zhao } = bank.staff
  const customerId = await bank.customer()
  await bank.ask(li, recordContact, { params: { customerId }, body: { id: newId(), mode: 'VISIT', businessDate: today, summary: '谈扩产' } })
  const [byHand, many, late] = [newId(), newId(), newId()]
  const texts = [{ section: 'problems', text: '需要分行支持' }]
  await bank.ask(zhao, confirmMyReport, { body: { id: byHand, kind: 'DAILY', period: today, texts } })
  const save = () => bank.services.db.asBatch((tx) => saveManyReports(tx, newId(), 'DAILY', [
    { id: many, staffNo: li.staffNo, day: today, confirmedOn: today, texts, signedOn: null }, { id: late, staffNo: wang.staffNo, day: '2026-11-19', confirmedOn: '2026-11-20', texts, signedOn: '2026-11-23' },
    // a head writes no daily report: none is made
    { id: newId(), staffNo: lead.staffNo, day: today, confirmedOn: today, texts, signedOn: null },
  ], 'test'))
  expect(await save()).toBe(2)
  expect(await save()).toBe(0)
  const see = async (id: string): Promise<ReportShown> => ((await bank.ask(lead, getReport, { params: { reportId: id } })).body as unknown as { report: ReportShown }).report
  const shown = await see(many)
  expect(shown).toMatchObject({ staffName: li.name, receiver: lead.name, late: false, channel: 'SELF', signedOn: null, dueOn: today })
  expect(shown.sections.map((section) => [section.code, section.facts.map((fact) => fact.kind), section.text])).toEqual([['contacts', ['CONTACT'], null], ['duties', [], null], ['problems', [], '需要分行支持'], ['plan', [], null]])
  expect(await see(late)).toMatchObject({ staffName: wang.name, late: true, dueOn: '2026-11-19', confirmedOn: '2026-11-20', signedBy: lead.name, signedOn: '2026-11-23' })
  expect(((await bank.ask(lead, listUnitReports, { query: { day: '2026-11-19' } })).body as unknown as { items: { staffName: string; state: string }[] }).items.map((one) => [one.staffName, one.state])).toContainEqual([wang.name, 'LATE'])
})
