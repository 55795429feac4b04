import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { recordContactRoute } from '../flows/record-contact.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { recordContact } from '../visits/contact.contract.ts'
import { getCoverage, getCustomerDuty } from './coverage.contract.ts'
import { keepCoverage } from './keep-coverage.ts'
import { decidePolicyRoute, listPoliciesRoute, proposePolicyRoute } from './keep-policy.ts'
import { getLeaderVisit, listLeaderVisits, noteKeyEvent, voidKeyEvent } from './leader-visit.contract.ts'
import { getLeaderVisitRoute, listLeaderVisitsRoute, noteKeyEventRoute, voidKeyEventRoute } from './list-leader-visits.ts'
import { decidePolicy, listPolicies, proposePolicy, type PolicyChange, type PolicyRow, type PolicyTerms } from './policy.contract.ts'
import { getCoverageRoute, getCustomerDutyRoute } from './read-coverage.ts'

let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank([listPoliciesRoute, proposePolicyRoute, decidePolicyRoute, listLeaderVisitsRoute, getLeaderVisitRoute, noteKeyEventRoute, voidKeyEventRoute, recordContactRoute, getCoverageRoute, getCustomerDutyRoute])
})
afterAll(() => bank.close())

type Answer = Awaited<ReturnType<SmallBank['ask']>>
const told = ({ status, body }: Answer) => (status === 200 || status === 201 ? 'ok' : [status, body.refusal])
const terms: PolicyTerms = { everyMonths: 1, faceEveryMonths: 3, leaderEveryMonths: 3, window: 'CALENDAR_MONTH', recordWithin: 2, firstDutyUntilDay: 15 }

describe('a contact policy is proposed by one and decided by another', () => {
  const propose = (who: Colleague, more: Record<string, unknown> = {}) => {
    const id = newId()
    return bank.ask(who, proposePolicy, { body: { id, tier: 'T1', region: '*', from: '2026-12-01', terms, reason: '〔2026〕18 号通知', ...more } }).then((answer) => ({ id, answer }))
  }
  const decide = (who: Colleague, changeId: string, decision = 'CONFIRMED', note?: string) => bank.ask(who, decidePolicy, { params: { changeId }, body: { decision, ...(note === undefined ? {} : { note }) } })
  const listed = async (who: Colleague) => (await bank.ask(who, listPolicies)).body as unknown as { rows: PolicyRow[]; changes: PolicyChange[]; mayPropose: { allowed: boolean } }

  test('everybody reads it, only head office changes it', async () => {
    expect((await listed(bank.staff.li)).rows.filter((row) => row.region === '*')).toHaveLength(4)
    expect((await listed(bank.staff.li)).mayPropose.allowed).toBe(false)
    for (const who of [bank.staff.li, bank.staff.branchHead, bank.staff.hr]) expect(told((await propose(who)).answer)).toEqual([403, 'not-allowed'])
  })

  test('refusals are named and nothing is stored', async () => {
    expect(told((await propose(bank.staff.admin, { from: '2026-11-01' })).answer)).toEqual([422, 'begins-in-the-past'])
    expect(told((await propose(bank.staff.admin, { region: '火星' })).answer)).toEqual([422, 'region-unknown'])
    expect(told((await propose(bank.staff.admin, { terms: null })).answer)).toEqual([409, 'nothing-to-end'])
    expect(told((await propose(bank.staff.admin, { terms: { ...terms, everyMonths: 5 } })).answer)).toEqual([400, 'invalid-request'])
    expect(await bank.look('SELECT id FROM contact_policy_change')).toEqual([])
  })

  test('the proposer does not decide; returned with a reason; the second one confirmed: the old row ends, the new one follows', async () => {
    const first = await propose(bank.staff.admin)
    expect(told(first.answer)).toBe('ok')
    expect(told((await propose(bank.staff.leader)).answer)).toEqual([409, 'proposal-open'])
    expect(told(await decide(bank.staff.admin, first.id))).toEqual([409, 'same-person'])
    expect(told(await decide(bank.staff.leader, first.id, 'RETURNED'))).toEqual([422, 'note-missing'])
    expect(told(await decide(bank.staff.leader, first.id, 'RETURNED', '缺少文号'))).toBe('ok')
    expect(told(await decide(bank.staff.leader, first.id))).toEqual([409, 'decided-already'])

    await bank.customer({ name: '甲有限公司' })
    const second = await propose(bank.staff.admin)
    expect((await listed(bank.staff.leader)).changes.find((change) => change.id === second.id)).toMatchObject({ customers: 1, may: { allowed: true, reason: null }, terms })
    expect(told(await decide(bank.staff.leader, second.id))).toBe('ok')
    const rows = (await listed(bank.staff.li)).rows.filter((row) => row.tier === 'T1' && row.region === '*')
    expect(rows).toMatchObject([{ from: '2026-12-01', to: null, version: '2', recordWithin: 2, leaderEveryMonths: 3, basis: '〔2026〕18 号通知' }, { from: '1900-01-01', to: '2026-12-01', version: '1' }])
    expect(await bank.look("SELECT action FROM journal_line WHERE table_name IN ('contact_policy', 'contact_policy_change') AND person_key IS NOT NULL ORDER BY at, id")).toEqual([
      { action: 'PROPOSE_POLICY' }, { action: 'RETURN_POLICY' }, { action: 'PROPOSE_POLICY' }, { action: 'CONFIRM_POLICY' }, { action: 'END' }, { action: 'ADD' },
    ])
  })

  test('the rule of a region goes before that of the bank, on the customer’s page too', async () => {
    const customerId = await bank.customer({ name: '乙有限公司', tier: 'T2' })
    const of = async () => (await bank.ask(bank.staff.li, getCustomerDuty, { params: { customerId } })).body['everyMonths']
    expect(await of()).toBe(2)
    const owner = await bank.services.db.connectOwner()
    await owner.query("UPDATE institution_span SET region = '太原' WHERE institution_key = $1", [bank.units.south.key])
    await owner.query("INSERT INTO contact_policy (tier, region, from_date, version, every_months, legal_basis) VALUES ('T2', '太原', '2026-01-01', '1', 3, 'test')")
    await owner.end()
    expect(await of()).toBe(3)
  })
})

describe('leaders visit key customers', () => {
  let customerId: string
  beforeAll(async () => {
    customerId = await bank.customer({ name: '丙实业有限公司', main: bank.staff.li, assist: bank.staff.wang })
    await bank.grant(customerId, bank.staff.zhao)
  })
  const note = (who: Colleague, more: Record<string, unknown> = {}) => {
    const id = newId()
    return bank.ask(who, noteKeyEvent, { params: { customerId }, body: { id, kind: 'COMPLAINT', day: '2026-11-20', note: '客户书面投诉汇款延误', ...more } }).then((answer) => ({ id, answer }))
  }
  const seen = async (who: Colleague) => ((await bank.ask(who, listLeaderVisits)).body.items ?? []).map((item) => item['customerId'])
  const visitOf = async (who: Colleague) => (await bank.ask(who, getLeaderVisit, { params: { customerId } })).body

  test('a key event asks for a leader at once: the manager and the heads of the line see it, others do not', async () => {
    expect(await seen(bank.staff.li)).toEqual([])
    expect(told((await note(bank.staff.zhao)).answer)).toEqual([403, 'not-allowed'])
    expect(told((await note(bank.staff.qian)).answer)).toEqual([404, 'not-found'])
    expect(told((await note(bank.staff.li, { day: '2026-11-24' })).answer)).toEqual([422, 'in-the-future'])
    expect(told((await note(bank.staff.li)).answer)).toBe('ok')
    for (const who of [bank.staff.li, bank.staff.wang, bank.staff.outletHead, bank.staff.branchHead, bank.staff.leader]) expect(await seen(who)).toEqual([customerId])
    for (const who of [bank.staff.zhao, bank.staff.qian, bank.staff.otherBranchHead, bank.staff.placeHead]) expect(await seen(who)).toEqual([])
    expect(await visitOf(bank.staff.li)).toMatchObject({ everyMonths: 6, lastLeaderVisit: null, due: { reason: 'KEY_EVENT', kind: 'COMPLAINT', dueOn: '2026-11-24' }, events: [{ note: '客户书面投诉汇款延误', notedBy: '李晓雯', mayVoid: true }] })
    expect(await visitOf(bank.staff.zhao)).toMatchObject({ events: [{ mayVoid: false }], mayNote: { allowed: false } })
  })

  test('a call by the leader and a visit without one do not answer it; a visit with the leader present does', async () => {
    const contact = (mode: string, by: Colleague, ourPeople: number[]) => bank.ask(by, recordContact, { params: { customerId }, body: { id: newId(), mode, businessDate: '2026-11-23', summary: '为投诉的事致歉并说明', ourPeople } })
    expect(told(await contact('PHONE', bank.staff.outletHead, []))).toBe('ok')
    expect(told(await contact('VISIT', bank.staff.li, [bank.staff.lead.staffKey]))).toBe('ok')
    expect(await seen(bank.staff.li)).toEqual([customerId])
    expect(told(await contact('VISIT', bank.staff.li, [bank.staff.outletHead.staffKey]))).toBe('ok')
    expect(await seen(bank.staff.li)).toEqual([])
    expect(await visitOf(bank.staff.li)).toMatchObject({ lastLeaderVisit: '2026-11-23', due: null })
  })

  test('an event is voided with a reason, once', async () => {
    const { id } = await note(bank.staff.li, { kind: 'OTHER', day: '2026-11-23', note: '董事长更替传闻' })
    const gone = (who: Colleague) => bank.ask(who, voidKeyEvent, { params: { customerId, eventId: id }, body: { reason: '传闻不实' } })
    expect(told(await gone(bank.staff.qian))).toEqual([404, 'not-found'])
    expect(told(await gone(bank.staff.li))).toBe('ok')
    expect(told(await gone(bank.staff.li))).toEqual([409, 'event-voided'])
    expect((await visitOf(bank.staff.li))['events']).toHaveLength(1)
  })
})

describe('coverage of a past day comes from the ledger', () => {
  const coverage = (query: Record<string, string>) => bank.ask(bank.staff.branchHead, getCoverage, { query })
  test('named refusals, and the figures of the day', async () => {
    expect(told(await coverage({ asOf: '2026-11-23' }))).toEqual([422, 'day-not-over'])
    expect(told(await coverage({ month: '2026-11', asOf: '2026-10-31' }))).toEqual([422, 'day-before-month'])
    expect(told(await coverage({ asOf: '2026-11-20' }))).toEqual([409, 'ledger-unknown'])
    const now = (await coverage({})).body
    await bank.services.db.asBatch((tx) => keepCoverage(tx, '2026-11-20'))
    // written late, the ledger of the 20th knows what the 20th knew: the visit that was entered on the 23rd is none of it
    const { total } = (await coverage({ asOf: '2026-11-20' })).body as unknown as { total: Record<string, unknown> }
    expect(now['total']).toMatchObject({ duties: 2, met: 1 })
    expect(total).toMatchObject({ duties: 2, met: 0, coveragePct: '0.00', late: 0 })
  })
})
