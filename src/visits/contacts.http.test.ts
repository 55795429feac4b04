import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { getCoverage, getCustomerDuty, listCoverageDuties, listDueContacts } from '../contact-plan/coverage.contract.ts'
import { correctContactRoute, recordContactRoute, voidContactRoute } from '../flows/record-contact.ts'
import { getCoverageRoute, getCustomerDutyRoute, listCoverageDutiesRoute } from '../contact-plan/read-coverage.ts'
import { listDueContactsRoute } from '../contact-plan/list-due-contacts.ts'
import { readCustomerDuty } from '../contact-plan/engine-read-coverage.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { endEmployment } from '../organisation/end-employment.ts'
import { listCommitments } from '../reports/commitments.contract.ts'
import { listCommitmentsRoute } from '../reports/list-commitments.ts'
import { correctContact, findColleagues, getContact, listContacts, listCustomerContacts, recordContact, voidContact } from './contact.contract.ts'
import { findColleaguesRoute } from './find-colleagues.ts'
import { getContactRoute, listContactsRoute, listCustomerContactsRoute } from './list-contacts.ts'
import { listRestrictedTexts, nameRestrictedReaders, readRestrictedText } from './restricted-text.contract.ts'
import { listRestrictedTextsRoute, nameRestrictedReadersRoute, readRestrictedTextRoute } from './restricted-texts.ts'

let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank([
    recordContactRoute, correctContactRoute, voidContactRoute, listCustomerContactsRoute, getContactRoute, listContactsRoute, listCommitmentsRoute, findColleaguesRoute, listRestrictedTextsRoute, readRestrictedTextRoute,
    nameRestrictedReadersRoute, getCoverageRoute, listCoverageDutiesRoute, getCustomerDutyRoute, listDueContactsRoute,
  ])
})
afterAll(() => bank.close())

const visit = (more: Record<string, unknown> = {}): Record<string, unknown> & { id: string } => ({ id: newId(), mode: 'VISIT', businessDate: '2026-11-20', summary: '走访厂区，谈扩产资金安排', ...more })
const record = (who: Colleague | null, customerId: string, more: Record<string, unknown> = {}) => bank.ask(who, recordContact, { params: { customerId }, body: visit(more) })
const contactsOf = (who: Colleague, customerId: string, query: Record<string, unknown> = {}) => bank.ask(who, listCustomerContacts, { params: { customerId }, query })

describe('who may record, who may read', () => {
  let customerId: string
  let contactId: string
  beforeAll(async () => {
    const { staff } = bank
    customerId = await bank.customer({ main: staff.li, assist: staff.wang })
    await bank.grant(customerId, staff.zhao)
    await bank.grant(customerId, staff.reviewer)
    await bank.grant(customerId, staff.qian, -3)
    contactId = String((await record(staff.li, customerId)).body['id'])
  })

  type Who = keyof SmallBank['staff']
  const expectations: [who: Who, relation: string, records: string | null, reads: string | null, lists: string | null][] = [
    ['li', 'main', null, null, null],
    ['wang', 'assisting', null, null, null],
    ['lead', 'head of the line', null, null, null],
    ['outletHead', 'head of the outlet', null, null, null],
    ['branchHead', 'head of the branch', null, null, null],
    ['leader', 'sees the whole bank', 'not-allowed', null, null],
    ['zhao', 'colleague with a grant', 'not-allowed', null, null],
    ['reviewer', 'reviewer with a grant', 'not-allowed', null, 'not-allowed'],
    ['qian', 'other branch, grant ran out', 'not-found', 'not-found', null],
    ['otherBranchHead', 'head of another branch', 'not-found', 'not-found', null],
    ['placeHead', 'head of a place without customers', 'not-allowed', 'not-found', 'not-allowed'],
    ['lobby', 'lobby of the outlet', 'not-allowed', null, 'not-allowed'],
    ['compliance', 'compliance', 'not-allowed', 'not-found', 'not-allowed'],
    ['aml', 'anti-money-laundering desk', 'not-allowed', null, 'not-allowed'],
    ['hr', 'human resources', 'not-allowed', 'not-allowed', 'not-allowed'],
    ['admin', 'administrator', 'not-allowed', 'not-allowed', 'not-allowed'],
  ]
  test.each(expectations)('%s (%s): records %s, reads %s, lists %s', async (who, _relation, records, reads, lists) => {
    const person = bank.staff[who]
    expect((await record(person, customerId)).body.refusal ?? null).toBe(records)
    expect((await contactsOf(person, customerId)).body.refusal ?? null).toBe(reads)
    expect((await bank.ask(person, getContact, { params: { customerId, contactId } })).body.refusal ?? null).toBe(reads)
    expect((await bank.ask(person, listContacts)).body.refusal ?? null).toBe(lists)
  })
  test('nobody is signed in', async () => {
    expect((await record(null, customerId)).body.refusal).toBe('not-signed-in')
  })
  test('a foreign customer and one that does not exist get the same answer, letter for letter', async () => {
    const answers = await Promise.all([customerId, newId(), 'nonsense'].map((id) => bank.ask(bank.staff.otherBranchHead, listCustomerContacts, { params: { customerId: id } })))
    const told = answers.map(({ status, body: { requestId: _number, ...rest } }) => [status, rest])
    expect(told[0]).toEqual(told[1])
    expect(told[1]).toEqual(told[2])
  })
  test('what one reads by grant leaves a line', async () => {
    const lines = await bank.look<{ why: string }>('SELECT why FROM journal_line WHERE action = $1 AND person_key = $2 AND customer_id = $3', ['READ', bank.staff.zhao.staffKey, customerId])
    expect(lines.map((line) => line.why)).toContain('contact.list-customer: opened by grant')
  })
  test('a list holds what lies in the scope and nothing else', async () => {
    const foreign = await bank.customer({ name: '西山煤业有限公司', main: bank.staff.qian })
    await record(bank.staff.qian, foreign)
    const seen = async (who: Who) => new Set((await bank.ask(bank.staff[who], listContacts, { query: { limit: 200 } })).body.items?.map((item) => item['customerId']))
    expect(await seen('li')).toEqual(new Set([customerId]))
    expect(await seen('zhao')).toEqual(new Set())
    expect(await seen('branchHead')).toEqual(new Set([customerId]))
    expect(await seen('otherBranchHead')).toEqual(new Set([foreign]))
    expect(await seen('leader')).toEqual(new Set([customerId, foreign]))
  })
  test('a leaver is out at once, with the session that he had', async () => {
    const gone = await bank.colleague('离职', 'RM', bank.units.south.key)
    const own = await bank.customer({ main: gone })
    expect((await record(gone, own)).status).toBe(200)
    await bank.services.db.asOffice((tx) => endEmployment(tx, { staffKey: gone.staffKey, from: today, reason: '辞职' }))
    expect((await record(gone, own)).body.refusal).toBe('not-signed-in')
    expect((await contactsOf(gone, own)).body.refusal).toBe('not-signed-in')
    // his contact stays, and the head reads it
    expect((await contactsOf(bank.staff.lead, own)).body.items).toHaveLength(1)
  })
})

describe('recording', () => {
  test('what counts, and whether it was entered in time', async () => {
    const customerId = await bank.customer()
    const { li } = bank.staff
    const friday = await record(li, customerId, { businessDate: '2026-11-20' })
    expect(friday.body).toMatchObject({ effective: true, late: false })
    expect((await record(li, customerId, { businessDate: '2026-11-19' })).body).toMatchObject({ late: true })
    expect((await record(li, customerId, { mode: 'WECHAT' })).body).toMatchObject({ effective: false })
    expect((await record(li, customerId, { mode: 'WECHAT', replied: true })).body).toMatchObject({ effective: true })
    expect((await record(li, customerId, { mode: 'GREETING', replied: true })).body).toMatchObject({ effective: false })
    const { body } = await contactsOf(li, customerId)
    expect(body['count']).toEqual({ value: 5, exact: true })
    expect(body.items?.[0]).toMatchObject({ businessDate: '2026-11-20', enteredOn: today, staffName: '李晓雯', customerName: '山西晋泰新材料有限公司' })
  })
  test('twice is once; the same id with other content or from another person is refused', async () => {
    const customerId = await bank.customer()
    const body = visit()
    const first = await bank.ask(bank.staff.li, recordContact, { params: { customerId }, body })
    const again = await bank.ask(bank.staff.li, recordContact, { params: { customerId }, body })
    expect(again.body).toEqual(first.body)
    expect((await bank.ask(bank.staff.li, recordContact, { params: { customerId }, body: { ...body, summary: '另一内容' } })).body.refusal).toBe('key-reused')
    expect((await bank.ask(bank.staff.lead, recordContact, { params: { customerId }, body })).body.refusal).toBe('key-reused')
    expect((await contactsOf(bank.staff.li, customerId)).body.items).toHaveLength(1)
    const lines = await bank.look<{ after: { summary: unknown } }>(`SELECT after FROM journal_line WHERE action = 'RECORD_CONTACT' AND customer_id = $1`, [customerId])
    expect(lines).toHaveLength(1)
    expect(lines[0]?.after.summary).toHaveProperty('sealed') // what was said is personal: sealed with the customer's key
  })

  const bad: [what: string, more: Record<string, unknown>, refusal: string, field: string][] = [
    ['in the future', { businessDate: '2026-11-24' }, 'contact-in-future', 'businessDate'],
    ['before the relation began', { businessDate: '2021-05-05' }, 'before-relation', 'businessDate'],
    ['30 February', { businessDate: '2026-02-30' }, 'invalid-request', 'businessDate'],
    ['an unknown way', { mode: 'TELEPATHY' }, 'invalid-request', 'mode'],
    ['no text', { summary: '   ' }, 'summary-missing', 'summary'],
    ['a text of 1,001 characters', { summary: '字'.repeat(1001) }, 'invalid-request', 'summary'],
    ['control characters', { summary: 'ab\u0000c' }, 'invalid-request', 'summary'],
    ['an unknown field', { scopePath: '001' }, 'invalid-request', 'scopePath'],
    ['an id that is no UUIDv7', { id: '00000000-0000-4000-8000-000000000000' }, 'invalid-request', 'id'],
    ['a step without a day', { nextAction: '送方案' }, 'next-incomplete', 'nextOn'],
    ['a step before the contact', { nextAction: '送方案', nextOn: '2026-11-01' }, 'next-before-contact', 'nextOn'],
    ['a place without consent', { place: '小店区' }, 'place-without-consent', 'place'],
    ['a colleague who does not exist', { ourPeople: [999_999] }, 'colleague-unknown', 'ourPeople'],
    ['a reader who does not exist', { restricted: { text: '仅限知情人', readers: [999_999] } }, 'reader-unknown', 'restricted'],
  ]
  test.each(bad)('%s: %s', async (_what, more, refusal, field) => {
    const customerId = await bank.customer()
    const answer = await record(bank.staff.li, customerId, more)
    expect([answer.body.refusal, answer.status >= 400 && answer.status < 500]).toEqual([refusal, true])
    expect([answer.body['field'], ...((answer.body['fields'] ?? []) as { field: string }[]).map((one) => one.field)]).toContain(field)
    expect((await contactsOf(bank.staff.li, customerId)).body.items).toEqual([])
    expect(await bank.look('SELECT 1 FROM contact_restricted WHERE customer_id = $1', [customerId])).toEqual([])
  })
  test('SQL and HTML in a text are text', async () => {
    const customerId = await bank.customer()
    const summary = `'); DROP TABLE contact; -- <script>alert(1)</script>`
    expect((await record(bank.staff.li, customerId, { summary })).status).toBe(200)
    expect((await contactsOf(bank.staff.li, customerId)).body.items?.[0]).toMatchObject({ summary })
  })
  test('colleagues who took part are named; who left is not offered', async () => {
    const customerId = await bank.customer()
    await record(bank.staff.li, customerId, { ourPeople: [bank.staff.lead.staffKey, bank.staff.wang.staffKey] })
    expect((await contactsOf(bank.staff.li, customerId)).body.items?.[0]).toMatchObject({ ourPeople: ['王凯', '陈立'] })
    const found = await bank.ask(bank.staff.li, findColleagues, { query: { search: '陈' } })
    expect(found.body.items).toEqual([{ staffKey: bank.staff.lead.staffKey, staffNo: '000004', name: '陈立', postName: '团队长', unitName: '城南网点' }])
    expect((await bank.ask(bank.staff.li, findColleagues, { query: { search: '离职' } })).body.items).toEqual([])
  })
})

describe('correcting and voiding', () => {
  test('a correction is a new fact; the old one stays, void, with the reason; on time stays on time', async () => {
    const customerId = await bank.customer({ assist: bank.staff.wang })
    const { li, wang, lead } = bank.staff
    const old = visit()
    await bank.ask(li, recordContact, { params: { customerId }, body: old })
    const correct = (who: Colleague, more: Record<string, unknown> = {}) => bank.ask(who, correctContact, { params: { customerId, contactId: old.id }, body: { ...visit({ mode: 'PHONE', summary: '电话沟通，非走访' }), reason: '方式填错', ...more } })
    expect((await correct(wang)).body.refusal).toBe('not-your-record')
    expect((await correct(li, { businessDate: '2026-11-25' })).body.refusal).toBe('contact-in-future')
    const corrected = await correct(li)
    expect(corrected.body).toMatchObject({ effective: true, late: false })
    expect((await correct(li)).body.refusal).toBe('contact-voided')
    const { body } = await contactsOf(li, customerId)
    expect(body.items).toHaveLength(1)
    expect(body.items?.[0]).toMatchObject({ mode: 'PHONE', replaces: old.id, staffName: '李晓雯' })
    const whole = await contactsOf(li, customerId, { withVoid: 'true' })
    expect(whole.body.items?.find((item) => item['id'] === old.id)).toMatchObject({ mode: 'VISIT', voidedOn: today, voidReason: '方式填错' })
    // a head of the line corrects too; the contact stays the manager's
    const byHead = await bank.ask(lead, correctContact, { params: { customerId, contactId: corrected.body['id'] }, body: { ...visit({ businessDate: '2026-11-18' }), reason: '日期填错' } })
    expect(byHead.body).toMatchObject({ late: true })
    expect((await contactsOf(li, customerId)).body.items?.[0]).toMatchObject({ staffName: '李晓雯', businessDate: '2026-11-18' })
  })
  test('voided it counts no more; the same act twice is once', async () => {
    const customerId = await bank.customer()
    const { li } = bank.staff
    const { body: { id: contactId } } = await record(li, customerId)
    expect((await bank.ask(li, getCustomerDuty, { params: { customerId } })).body['duty']).toMatchObject({ state: 'MET' })
    const key = newId()
    const first = await bank.ask(li, voidContact, { params: { customerId, contactId }, body: { reason: '记错客户' }, key })
    expect(first.status).toBe(200)
    expect((await bank.ask(li, voidContact, { params: { customerId, contactId }, body: { reason: '记错客户' }, key })).body).toEqual(first.body)
    expect((await bank.ask(li, voidContact, { params: { customerId, contactId }, body: { reason: '记错客户' } })).body.refusal).toBe('contact-voided')
    expect((await bank.ask(li, getCustomerDuty, { params: { customerId } })).body['duty']).toMatchObject({ state: 'OPEN' })
  })
})

describe('lists', () => {
  test('pages follow each other without gap or double; a cursor made by hand or of another list is refused', async () => {
    const customerId = await bank.customer()
    for (let day = 1; day <= 7; day += 1) await record(bank.staff.li, customerId, { businessDate: `2026-11-0${day}`, mode: day % 2 === 0 ? 'PHONE' : 'VISIT' })
    const seen: unknown[] = []
    let cursor: unknown
    do {
      const { body }: Awaited<ReturnType<typeof contactsOf>> = await contactsOf(bank.staff.li, customerId, { limit: 3, ...(cursor ? { cursor } : {}) })
      seen.push(...(body.items ?? []).map((item) => item['businessDate']))
      cursor = body['nextCursor']
    } while (cursor)
    expect(seen).toEqual(['2026-11-07', '2026-11-06', '2026-11-05', '2026-11-04', '2026-11-03', '2026-11-02', '2026-11-01'])
    const { body: first } = await contactsOf(bank.staff.li, customerId, { limit: 3 })
    expect((await contactsOf(bank.staff.li, customerId, { cursor: 'WyIyMDI2LTExLTAxIl0.AAAA' })).body.refusal).toBe('invalid-cursor')
    expect((await bank.ask(bank.staff.li, listContacts, { query: { cursor: first['nextCursor'] } })).body.refusal).toBe('invalid-cursor')
  })
  test('filters', async () => {
    const customerId = await bank.customer({ main: bank.staff.zhao })
    for (const [mode, businessDate] of [['VISIT', '2026-11-20'], ['PHONE', '2026-11-20'], ['GREETING', '2026-11-10'], ['PHONE', '2026-10-02']]) await record(bank.staff.zhao, customerId, { mode, businessDate })
    const found = async (query: Record<string, unknown>) => (await bank.ask(bank.staff.zhao, listContacts, { query })).body.items?.length
    expect(await found({})).toBe(4)
    expect(await found({ mode: 'PHONE' })).toBe(2)
    expect(await found({ effective: 'false' })).toBe(1)
    expect(await found({ late: 'true' })).toBe(2)
    expect(await found({ from: '2026-11-01', to: '2026-11-15' })).toBe(1)
    expect(await found({ mine: 'true' })).toBe(4)
    expect(await found({ staffKey: bank.staff.li.staffKey })).toBe(0)
  })
  test('next steps wait until a later contact answers them', async () => {
    const customerId = await bank.customer({ main: bank.staff.wang })
    await record(bank.staff.wang, customerId, { businessDate: '2026-11-12', nextAction: '送授信方案', nextOn: '2026-11-22' })
    expect((await bank.ask(bank.staff.wang, listCommitments)).body.items).toMatchObject([{ customerId, kind: 'NEXT_STEP', what: '送授信方案', dueOn: '2026-11-22', daysPast: 1 }])
    expect((await bank.ask(bank.staff.lead, listCommitments)).body.items).toEqual([])
    await record(bank.staff.wang, customerId, { businessDate: '2026-11-23', mode: 'NO_ANSWER' })
    expect((await bank.ask(bank.staff.wang, listCommitments)).body.items).toHaveLength(1)
    await record(bank.staff.wang, customerId, { businessDate: '2026-11-23' })
    expect((await bank.ask(bank.staff.wang, listCommitments)).body.items).toEqual([])
  })
})

describe('restricted texts', () => {
  let customerId: string
  let textId: string
  const secret = '客户私下告知拟更换实际控制人'
  beforeAll(async () => {
    customerId = await bank.customer({ main: bank.staff.li, assist: bank.staff.wang })
    await record(bank.staff.li, customerId, { restricted: { text: secret, readers: [bank.staff.reviewer.staffKey] } })
    textId = String((await bank.ask(bank.staff.li, listRestrictedTexts, { query: { customerId } })).body.items?.[0]?.['id'])
  })
  const reads = (who: Colleague) => bank.ask(who, readRestrictedText, { params: { textId } })

  test('author, the reader named and compliance read it, each reading leaves a line of its own class', async () => {
    for (const who of [bank.staff.li, bank.staff.reviewer, bank.staff.compliance]) {
      expect((await bank.ask(who, listRestrictedTexts, { query: { customerId } })).body.items).toHaveLength(1)
      expect((await reads(who)).body).toMatchObject({ text: secret, authorName: '李晓雯' })
    }
    const lines = await bank.look<{ person_key: number; customer_id: string | null; secrecy: string }>(`SELECT person_key, customer_id, secrecy FROM journal_line WHERE action = 'READ' AND table_name = 'contact_restricted' AND object_id = $1`, [textId])
    expect(lines.map((line) => line.person_key).sort()).toEqual([bank.staff.li, bank.staff.reviewer, bank.staff.compliance].map((one) => one.staffKey).sort())
    expect(new Set(lines.map((line) => `${line.secrecy} ${line.customer_id}`))).toEqual(new Set(['RESTRICTED null']))
  })
  test.each(['wang', 'lead', 'outletHead', 'branchHead', 'leader', 'aml', 'admin', 'hr', 'qian'] as const)('%s: not even a trace', async (who) => {
    const person = bank.staff[who]
    expect((await reads(person)).body.refusal).toBe('not-found')
    const { body } = await bank.ask(person, listRestrictedTexts, { query: { customerId } })
    expect(body).toEqual((await bank.ask(person, listRestrictedTexts, { query: { customerId: newId() } })).body)
    const contacts = await contactsOf(person, customerId)
    if (contacts.status === 200) {
      expect(contacts.body.items?.map((item) => item['restricted'])).toEqual([[]])
      expect(JSON.stringify(contacts.body)).not.toContain(secret)
    }
  })
  test('nothing in NORMAL tables or lines tells of it, and the text is encrypted', async () => {
    const lines = await bank.look<{ line: string }>(`SELECT journal_line::text AS line FROM journal_line WHERE secrecy = 'NORMAL' AND (customer_id = $1 OR after::text LIKE '%estricted%')`, [customerId])
    expect(lines.filter(({ line }) => line.includes('restricted') || line.includes(textId) || line.includes(secret))).toEqual([])
    const [stored] = await bank.look<{ text: string }>('SELECT contact_restricted::text AS text FROM contact_restricted WHERE id = $1', [textId])
    expect(stored?.text).not.toContain(secret)
    const answers = await bank.look<{ text: string }>('SELECT answer::text AS text FROM accepted_request')
    expect(answers.filter(({ text }) => text.includes(textId))).toEqual([])
  })
  test('the author names readers; nobody else does', async () => {
    const name = (who: Colleague, readers: number[]) => bank.ask(who, nameRestrictedReaders, { params: { textId }, body: { readers } })
    expect((await name(bank.staff.reviewer, [])).body.refusal).toBe('not-the-author')
    expect((await name(bank.staff.compliance, [])).body.refusal).toBe('not-the-author')
    expect((await name(bank.staff.lead, [])).body.refusal).toBe('not-found')
    expect((await name(bank.staff.li, [999_999])).body.refusal).toBe('reader-unknown')
    expect((await name(bank.staff.li, [bank.staff.lead.staffKey])).status).toBe(200)
    expect((await reads(bank.staff.lead)).body).toMatchObject({ text: secret })
    expect((await reads(bank.staff.reviewer)).body.refusal).toBe('not-found')
  })
})

describe('coverage', () => {
  test('a contact changes the figure; the head opens it down to the contact; other units stay apart', async () => {
    const fresh = await bank.colleague('覆盖', 'RM', bank.units.north.key)
    const [first, second] = [await bank.customer({ main: fresh, name: '太原一号有限公司' }), await bank.customer({ main: fresh, name: '太原二号有限公司' })]
    const mine = async () => (await bank.ask(fresh, getCoverage)).body['total']
    expect(await mine()).toEqual({ duties: 2, met: 0, late: 0, coveragePct: '0.00', latePct: null })
    expect((await bank.ask(fresh, listDueContacts)).body.items).toMatchObject([{ reason: 'MONTHLY', dueOn: '2026-11-30' }, { reason: 'MONTHLY' }])
    const { body: { id: contactId } } = await record(fresh, first)
    expect(await mine()).toEqual({ duties: 2, met: 1, late: 0, coveragePct: '50.00', latePct: '0.00' })
    expect((await bank.ask(fresh, listDueContacts)).body.items).toMatchObject([{ customerId: second }])
    const duties = await bank.ask(bank.staff.branchHead, listCoverageDuties, { params: { staffKey: fresh.staffKey } })
    expect(duties.body.items).toMatchObject([{ customerId: second, state: 'OPEN', contactId: null }, { customerId: first, state: 'MET', contactId, contactBy: '覆盖', contactMode: 'VISIT' }])
    expect((await bank.ask(bank.staff.branchHead, getContact, { params: { customerId: first, contactId } })).body).toMatchObject({ staffName: '覆盖' })
    const outlets = await bank.ask(bank.staff.branchHead, getCoverage, { query: { by: 'OUTLET' } })
    expect(outlets.body['rows']).toContainEqual(expect.objectContaining({ name: '城北网点', unitName: '东城分行' }))
    expect(JSON.stringify(outlets.body)).not.toContain('城西')
    // by unit, down to the manager
    const north = await bank.ask(bank.staff.branchHead, getCoverage, { query: { by: 'MANAGER', unitKey: bank.units.north.key } })
    expect(north.body['rows']).toContainEqual(expect.objectContaining({ key: fresh.staffKey, duties: 2, met: 1 }))
    expect((await bank.ask(bank.staff.otherBranchHead, listCoverageDuties, { params: { staffKey: fresh.staffKey } })).body.refusal).toBe('not-found')
    expect((await bank.ask(bank.staff.li, listCoverageDuties, { params: { staffKey: fresh.staffKey } })).body.refusal).toBe('not-found')
    expect((await bank.ask(fresh, getCoverage, { query: { month: '2026-12' } })).body.refusal).toBe('month-not-begun')
  })
  test('the head of a place whose managers belong to a department sees the sum, no customer', async () => {
    await bank.customer({ main: bank.staff.qian, name: '西山二矿有限公司' })
    const { body } = await bank.ask(bank.staff.placeHead, getCoverage)
    expect(body['rows']).toMatchObject([{ key: bank.staff.qian.staffKey, name: '钱进', unitName: '城西网点' }])
    const behind = await bank.ask(bank.staff.placeHead, listCoverageDuties, { params: { staffKey: bank.staff.qian.staffKey } })
    expect(behind.body.items).toEqual([])
    expect(behind.body['hidden']).toBeGreaterThan(0)
    expect((await bank.ask(bank.staff.placeHead, listCoverageDuties, { params: { staffKey: bank.staff.li.staffKey } })).body.refusal).toBe('not-found')
  })
  test('a decision by engine read is the same for a manager, an assisting one, a head, a reader by grant and the engine', async () => {
    const { staff } = bank
    const customerId = await bank.customer({ main: staff.li, assist: staff.wang })
    await bank.grant(customerId, staff.zhao)
    await bank.grant(customerId, staff.reviewer)
    const before = await bank.ask(staff.li, getCustomerDuty, { params: { customerId } })
    await record(staff.lead, customerId)
    const asked = []
    for (const who of [staff.li, staff.wang, staff.lead, staff.outletHead, staff.branchHead, staff.leader, staff.zhao, staff.reviewer, staff.aml]) {
      asked.push((await bank.ask(who, getCustomerDuty, { params: { customerId } })).body['duty'])
    }
    const engine = await bank.services.db.asEngine((tx) => readCustomerDuty(tx, '2026-11', customerId))
    expect(before.body['duty']).toMatchObject({ state: 'OPEN' })
    for (const one of asked) expect(one).toEqual({ state: engine?.state, ownerName: '李晓雯', contactId: engine?.contactId })
    expect(engine).toMatchObject({ state: 'MET', staffKey: staff.li.staffKey })
    const figure = async (who: Colleague, query: Record<string, unknown> = {}) => ((await bank.ask(who, getCoverage, { query: { by: 'MANAGER', ...query } })).body['rows'] as { key: number }[]).find((row) => row.key === staff.li.staffKey)
    const own = await figure(staff.li)
    for (const who of [staff.lead, staff.outletHead, staff.branchHead, staff.leader]) expect(await figure(who)).toEqual(own)
  })
})
