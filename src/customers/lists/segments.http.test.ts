import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../../tests/support/small-bank.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { createSavedView, changeSavedView, endSavedView, listSavedViews, listSharingPosts } from '../../foundation/http/saved-view.contract.ts'
import { routes } from '../../routes.ts'
import { listCustomers } from '../customer.contract.ts'
import { changeSegment, createSegment, endSegment, listSegmentFields, listSegments, trySegment, type SegmentCondition, type SegmentDefinition, type SegmentFieldView, type SegmentOp } from './segment.contract.ts'
import { createTag, endTag, listCustomerTags, listTags, tagCustomer, untagCustomer } from './tag.contract.ts'

let bank: SmallBank
const ids: Record<string, string> = {}
const names: Record<string, string> = { steel: '晋泰钢铁有限公司', shop: '城南餐饮有限公司', person: '李四', far: '西城纸业有限公司' }
beforeAll(async () => {
  bank = await smallBank(routes)
  const { li, wang, qian } = bank.staff
  ids['steel'] = await bank.customer({ name: names['steel'] ?? '', main: li, assist: wang, tier: 'T1' })
  ids['shop'] = await bank.customer({ name: names['shop'] ?? '', main: li, tier: 'T3', openedOn: '2026-11-01' })
  ids['person'] = await bank.customer({ name: names['person'] ?? '', main: li, tier: 'T4', kind: 'PERSON' })
  ids['far'] = await bank.customer({ name: names['far'] ?? '', main: qian, tier: 'T1' })
  const { steel, shop, person, far } = ids
  await bank.look('UPDATE customer SET month_adb_fen = 900000000, last_month_adb_fen = 1000000000, deposit_fen = 900000000, loan_fen = 300000000 WHERE customer_id = $1', [steel])
  await bank.look('UPDATE customer SET month_adb_fen = 5000000, deposit_fen = 5000000 WHERE customer_id = ANY($1)', [[shop, far]])
  await bank.look("INSERT INTO corporate (customer_id, size_class, registered_capital_fen, staff_count, established_on, industry_code) VALUES ($1, '中', 500000000, 120, '2010-05-01', 'C3110'), ($2, '微', NULL, 8, '2024-01-01', 'H6210')", [steel, shop])
  await bank.look("INSERT INTO person (customer_id, sex, birth_date, occupation) VALUES ($1, 'F', '1988-11-25', '教师')", [person])
  await bank.look("INSERT INTO product (code, name, name_en, line) VALUES ('D1', '单位定期', 'Time deposit', 'DEPOSIT'), ('L1', '流动资金贷款', 'Working capital loan', 'LOAN')")
  const [account, loan] = [newId(), newId()]
  await bank.look("INSERT INTO account (customer_id, id, core_key, product_code, outlet_key, opened_on, matures_on) VALUES ($1, $2, 'A1', 'D1', $3, '2021-05-06', '2026-12-10')", [steel, account, bank.units.south.key])
  await bank.look("INSERT INTO account_transaction (customer_id, id, account_id, core_key, booked_on, direction, amount_fen) VALUES ($1, $2, $3, 'X1', '2026-11-18', 'OUT', 62000000)", [steel, newId(), account])
  await bank.look("INSERT INTO loan (customer_id, id, core_key, product_code, outlet_key, amount_fen, paid_out_on, matures_on, term_months) VALUES ($1, $2, 'JJ1', 'L1', $3, 300000000, '2026-03-01', '2027-03-01', 12)", [steel, loan, bank.units.south.key])
  await bank.look("INSERT INTO loan_span (customer_id, loan_id, from_date, principal_fen, overdue_since, overdue_fen) VALUES ($1, $2, '2026-11-01', 300000000, '2026-11-01', 100)", [steel, loan])
  const contact = "INSERT INTO contact (customer_id, id, staff_key, mode, business_date, in_person, effective, entered_on, late, summary, policy_version, scope_path, viewers, next_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $5, false, 'x', '1', '001', '{}', $8)"
  await bank.look(contact, [steel, newId(), li.staffKey, 'VISIT', '2026-08-01', true, true, '2026-11-30'])
  await bank.look(contact, [steel, newId(), li.staffKey, 'GREETING', '2026-11-10', false, false, null])
  await bank.look(contact, [shop, newId(), li.staffKey, 'PHONE', '2026-11-20', false, true, null])
  await bank.look("INSERT INTO planned_contact (customer_id, id, staff_key, planned_on, subject, made_by, made_on) VALUES ($1, $2, $3, '2026-12-01', '回访', $3, $4)", [shop, newId(), li.staffKey, today])
  await bank.look("INSERT INTO identity_document (customer_id, id, kind, number_cipher, number_hash, tail, checked, expires_on) VALUES ($1, $2, 'RESIDENT_ID', '\\x00', '\\x00', '2317', true, '2026-12-31')", [person, newId()])
})
afterAll(() => bank.close())

const of = (...conditions: SegmentCondition[]): SegmentDefinition => ({ match: 'ALL', groups: [{ match: 'ALL', conditions }] })
const is = (field: string, op: SegmentOp, ...values: string[]): SegmentCondition => ({ field, op, values })
const tried = (who: Colleague, definition: unknown) => bank.ask(who, trySegment, { body: { definition } })
const found = async (who: Colleague, definition: SegmentDefinition): Promise<string[]> => {
  const { body, status } = await tried(who, definition)
  expect([status, body.refusal ?? null]).toEqual([200, null])
  const rows = body['rows'] as { name: string }[]
  expect(body['count']).toEqual({ value: rows.length, exact: true })
  return rows.map((row) => Object.keys(names).find((key) => names[key] === row.name) ?? row.name).sort()
}

describe('what a condition finds among 李晓雯’s three customers', () => {
  test.each<[field: string, op: SegmentOp, values: string[], found: string[]]>([
    ['kind', 'IN', ['CORPORATE'], ['shop', 'steel']], ['kind', 'NOT_IN', ['CORPORATE'], ['person']], ['tier', 'IN', ['T1', 'T4'], ['person', 'steel']], ['status', 'IN', ['CLOSED'], []],
    ['assisted', 'YES', [], ['steel']], ['assisted', 'NO', [], ['person', 'shop']], ['name', 'CONTAINS', ['有限'], ['shop', 'steel']], ['name', 'STARTS', ['李'], ['person']], ['name', 'CONTAINS', ['%'], []],
    ['source', 'EMPTY', [], ['person', 'shop', 'steel']], ['source', 'PRESENT', [], []], ['openedOn', 'LAST_DAYS', ['30'], ['shop']], ['openedOn', 'OVER_DAYS_AGO', ['365'], ['person', 'steel']],
    ['tierSince', 'BETWEEN', ['2026-01-01', '2026-01-01'], ['person', 'shop', 'steel']],
    ['deposit', 'AT_LEAST', ['900000000'], ['steel']], ['monthAdb', 'BETWEEN', ['5000000', '5000000'], ['shop']], ['lastMonthAdb', 'AT_MOST', ['0'], ['person', 'shop']], ['adbChange', 'AT_MOST', ['-1'], ['steel']], ['loan', 'AT_LEAST', ['1'], ['steel']],
    ['size', 'IN', ['中', '大'], ['steel']], ['size', 'NOT_IN', ['中'], ['person', 'shop']], ['registration', 'IN', ['存续'], ['shop', 'steel']], ['industry', 'STARTS', ['c31'], ['steel']], ['capital', 'AT_LEAST', ['1'], ['steel']],
    ['staffCount', 'AT_MOST', ['10'], ['shop']], ['establishedOn', 'FROM', ['2020-01-01'], ['shop']],
    ['sex', 'IN', ['F'], ['person']], ['age', 'AT_LEAST', ['38'], []], ['age', 'AT_LEAST', ['37'], ['person']], ['age', 'AT_MOST', ['37'], ['person']], ['age', 'AT_MOST', ['36'], []], ['age', 'BETWEEN', ['37', '37'], ['person']],
    ['birthday', 'NEXT_DAYS', ['2'], ['person']], ['birthday', 'NEXT_DAYS', ['1'], []], ['occupation', 'CONTAINS', ['教'], ['person']], ['employer', 'EMPTY', [], ['person', 'shop', 'steel']],
    ['productLine', 'IN', ['LOAN'], ['steel']], ['productLine', 'NOT_IN', ['DEPOSIT', 'LOAN'], ['person', 'shop']], ['product', 'IN', ['D1'], ['steel']], ['depositMatures', 'NEXT_DAYS', ['30'], ['steel']], ['depositMatures', 'NEXT_DAYS', ['10'], []],
    ['loanMatures', 'UNTIL', ['2027-03-01'], ['steel']], ['overdue', 'YES', [], ['steel']], ['overdue', 'NO', [], ['person', 'shop']], ['bigOut', 'AT_LEAST', ['62000000'], ['steel']], ['bigOut', 'AT_LEAST', ['62000001'], []],
    ['lastContact', 'OVER_DAYS_AGO', ['90'], ['steel']], ['lastContact', 'LAST_DAYS', ['7'], ['shop']], ['lastContact', 'EMPTY', [], ['person']], ['lastContact', 'PRESENT', [], ['shop', 'steel']], ['lastContact', 'BETWEEN', ['2026-08-01', '2026-08-01'], ['steel']],
    ['lastMeeting', 'PRESENT', [], ['steel']], ['plannedContact', 'NEXT_DAYS', ['10'], ['shop']], ['promise', 'NEXT_DAYS', ['7'], ['steel']], ['identityExpires', 'NEXT_DAYS', ['60'], ['person']],
  ])('%s %s %j', async (field, op, values, expected) => expect(await found(bank.staff.li, of(is(field, op, ...values)))).toEqual(expected))

  test('outlet, manager and tag', async () => {
    expect(await found(bank.staff.branchHead, of(is('outlet', 'IN', String(bank.units.south.key)), is('manager', 'IN', String(bank.staff.li.staffKey))))).toEqual(['person', 'shop', 'steel'])
    expect(await found(bank.staff.branchHead, of(is('outlet', 'IN', String(bank.units.north.key))))).toEqual([])
  })
  test('groups: all and any, five conditions at once', async () => {
    expect(await found(bank.staff.li, { match: 'ANY', groups: [{ match: 'ALL', conditions: [is('tier', 'IN', 'T1'), is('overdue', 'YES')] }, { match: 'ANY', conditions: [is('sex', 'IN', 'F'), is('tier', 'IN', 'T2')] }] })).toEqual(['person', 'steel'])
    expect(await found(bank.staff.li, of(is('kind', 'IN', 'CORPORATE'), is('monthAdb', 'AT_LEAST', '1'), is('productLine', 'IN', 'DEPOSIT'), is('lastContact', 'OVER_DAYS_AGO', '30'), is('size', 'NOT_IN', '微')))).toEqual(['steel'])
  })
  test('the same segment gives each person his own scope, and the count is his', async () => {
    const { leader, qian, zhao, branchHead } = bank.staff
    const core = of(is('tier', 'IN', 'T1'))
    expect(await found(leader, core)).toEqual(['far', 'steel'])
    expect(await found(qian, core)).toEqual(['far'])
    expect(await found(branchHead, core)).toEqual(['steel'])
    expect(await found(zhao, core)).toEqual([])
  })
  test('every field of the whitelist is answered by the database with every operator that it has', async () => {
    const { fields } = (await bank.ask(bank.staff.branchHead, listSegmentFields)).body as unknown as { fields: SegmentFieldView[] }
    let asked = 0
    for (const field of fields) {
      for (const op of field.ops) {
        const day = ['FROM', 'UNTIL'].includes(op) ? ['2026-01-01'] : op === 'BETWEEN' && field.type === 'day' ? ['2026-01-01', '2026-02-01'] : null
        const values = ['YES', 'NO', 'EMPTY', 'PRESENT'].includes(op) ? [] : day ?? (op === 'BETWEEN' ? ['1', '2'] : field.type === 'choice' ? [field.options?.[0]?.value ?? (field.code === 'tag' ? newId() : '1')] : ['7'])
        const answer = await tried(bank.staff.branchHead, of(is(field.code, op, ...values)))
        expect([field.code, op, answer.status, answer.body.refusal ?? null]).toEqual([field.code, op, 200, null])
        asked += 1
      }
    }
    expect(asked).toBeGreaterThan(130)
  })
  test.each([
    [is('name', 'CONTAINS', "' OR '1'='1")], [is('name', 'STARTS', "'; DROP TABLE customer; --")], [is('occupation', 'CONTAINS', '\\\\%_')], [is('source', 'CONTAINS', '${jndi}')],
  ])('hostile text is mere text: %j finds nothing', async (condition) => expect(await found(bank.staff.leader, of(condition))).toEqual([]))
  test.each([
    [of(is('grams', 'IN', 'x')), 'field-unknown'], [of(is('viewers', 'IN', '1')), 'field-unknown'], [of(is('tier', 'BETWEEN', 'T1', 'T2')), 'operator-wrong'], [of(is('deposit', 'AT_LEAST', '1; DROP TABLE customer')), 'value-wrong'],
    [of(is('outlet', 'IN', '1) OR (1=1')), 'value-wrong'], [of(is('product', 'IN', "D1' OR 'x")), 'value-wrong'], [{ match: 'ALL', groups: [{ match: 'ALL OR', conditions: [is('tier', 'IN', 'T1')] }] }, 'invalid-request'],
    [{ match: 'ALL', groups: [] }, 'invalid-request'], [{ match: 'ALL', groups: [1, 2].map(() => ({ match: 'ALL', conditions: Array.from({ length: 11 }, () => is('assisted', 'YES')) })) }, 'too-many-conditions'],
  ])('%j is refused: %s', async (definition, refusal) => expect((await tried(bank.staff.li, definition)).body.refusal).toBe(refusal))
  test('a field that a person may not be named: the other posts ask nothing', async () => {
    for (const who of [bank.staff.lobby, bank.staff.hr, bank.staff.admin]) expect((await tried(who, of(is('tier', 'IN', 'T1')))).body.refusal).toBe('not-allowed')
  })
})

const segment = (name: string, definition: SegmentDefinition, share: object = { with: 'NONE' }) => ({ id: newId(), name, definition, share })
const seen = async (who: Colleague): Promise<string[]> => ((await bank.ask(who, listSegments)).body.items ?? []).map((row) => String(row['name']))

describe('a segment is kept, shared and used', () => {
  test('mine, shared with my line, with one post of it; the other branch has none of them', async () => {
    const { branchHead, li, lead, qian, zhao } = bank.staff
    const core = of(is('tier', 'IN', 'T1'))
    for (const body of [segment('甲', core), segment('乙', core, { with: 'LINE' }), segment('丙', core, { with: 'LINE', post: 'TEAM_LEAD' })]) expect((await bank.ask(branchHead, createSegment, { body })).status).toBe(200)
    expect(await seen(branchHead)).toEqual(['丙', '乙', '甲'])
    expect(await seen(li)).toEqual(['乙'])
    expect(await seen(zhao)).toEqual(['乙'])
    expect(await seen(lead)).toEqual(['丙', '乙'])
    expect(await seen(qian)).toEqual([])
  })
  test('as a filter of the list, with other filters, a search, pages and the count; live: asked anew each time', async () => {
    const { li, zhao } = bank.staff
    const body = segment('公司户', of(is('kind', 'IN', 'CORPORATE')))
    await bank.ask(li, createSegment, { body })
    const list = async (query: object): Promise<string[]> => ((await bank.ask(li, listCustomers, { query: { segment: body.id, ...query } })).body.items ?? []).map((row) => String(row['name']))
    expect(await list({})).toEqual([names['steel'], names['shop']])
    expect(await list({ sort: 'adb' })).toEqual([names['shop'], names['steel']])
    expect(await list({ tier: 'T3' })).toEqual([names['shop']])
    expect(await list({ q: 'gangtie' })).toEqual([names['steel']])
    expect(await list({ q: '李' })).toEqual([])
    const first = await bank.ask(li, listCustomers, { query: { segment: body.id, limit: 1 } })
    expect(first.body['count']).toEqual({ value: 2, exact: true })
    expect(((await bank.ask(li, listCustomers, { query: { segment: body.id, limit: 1, cursor: first.body['nextCursor'] } })).body.items ?? []).map((row) => row['name'])).toEqual([names['shop']])
    await bank.look("UPDATE customer SET kind = 'PERSON' WHERE customer_id = $1", [ids['shop']])
    expect(await list({})).toEqual([names['steel']])
    await bank.look("UPDATE customer SET kind = 'CORPORATE' WHERE customer_id = $1", [ids['shop']])
    // another's private segment is none
    expect((await bank.ask(zhao, listCustomers, { query: { segment: body.id } })).body.refusal).toBe('segment-gone')
    expect((await bank.ask(li, endSegment, { params: { segmentId: body.id } })).status).toBe(200)
    expect((await bank.ask(li, listCustomers, { query: { segment: body.id } })).body.refusal).toBe('segment-gone')
  })
  test('only its maker changes it, on what he read; the same name twice is refused', async () => {
    const { branchHead, li } = bank.staff
    const own = segment('沉睡户', of(is('lastContact', 'OVER_DAYS_AGO', '90')), { with: 'LINE' })
    await bank.ask(branchHead, createSegment, { body: own })
    const { changedAt } = ((await bank.ask(branchHead, listSegments)).body.items ?? []).find((row) => row['name'] === '沉睡户') as unknown as { changedAt: string }
    const change = (who: Colleague, more: object = {}) => bank.ask(who, changeSegment, { params: { segmentId: own.id }, body: { name: '沉睡户', definition: own.definition, share: { with: 'NONE' }, changedAt, ...more } })
    expect((await change(li)).body.refusal).toBe('segment-not-yours')
    expect((await change(branchHead, { changedAt: '2026-01-01T00:00:00.000Z' })).body.refusal).toBe('changed-meanwhile')
    expect((await change(branchHead, { name: '甲' })).body.refusal).toBe('name-taken')
    expect((await change(branchHead)).status).toBe(200)
    expect((await change(li)).body.refusal).toBe('not-found') // no longer shared
    expect((await bank.ask(branchHead, createSegment, { body: { ...segment('沉睡户', own.definition) } })).body.refusal).toBe('name-taken')
    expect((await bank.ask(li, createSegment, { body: { ...own, name: '抢号' } })).body.refusal).toBe('key-reused')
  })
})

describe('tags', () => {
  test('a word of a unit, on a customer from a day to a day, a filter of the list; another line has no such word', async () => {
    const { li, wang, qian, branchHead } = bank.staff
    const tagId = newId()
    expect((await bank.ask(li, createTag, { body: { id: tagId, word: '上下游', meaning: '可做供应链' } })).status).toBe(200)
    expect((await bank.ask(wang, createTag, { body: { id: newId(), word: '上下游' } })).body.refusal).toBe('word-taken')
    const words = async (who: Colleague) => ((await bank.ask(who, listTags)).body.items ?? []).map((row) => row['word'])
    expect([await words(wang), await words(branchHead), await words(qian)]).toEqual([['上下游'], ['上下游'], []])
    const at = { params: { customerId: ids['steel'] ?? '' } }
    expect((await bank.ask(wang, tagCustomer, { ...at, body: { id: newId(), tagId } })).status).toBe(200)
    expect((await bank.ask(li, tagCustomer, { ...at, body: { id: newId(), tagId } })).body.refusal).toBe('tagged-already')
    expect(((await bank.ask(li, listCustomerTags, at)).body.items ?? []).map((row) => [row['word'], row['from'], row['taggedBy']])).toEqual([['上下游', today, '王凯']])
    const tagged = async (who: Colleague) => (await bank.ask(who, listCustomers, { query: { tag: tagId } })).body
    expect(((await tagged(li)).items ?? []).map((row) => row['name'])).toEqual([names['steel']])
    expect((await tagged(qian)).refusal).toBe('tag-gone')
    expect(await found(li, of(is('tag', 'IN', tagId)))).toEqual(['steel'])
    expect((await bank.ask(li, untagCustomer, { params: { customerId: ids['steel'] ?? '', tagId } })).status).toBe(200)
    expect((await tagged(li)).items).toEqual([])
    expect((await bank.ask(wang, endTag, { params: { tagId } })).body.refusal).toBe('tag-not-yours')
    expect((await bank.ask(li, endTag, { params: { tagId } })).status).toBe(200)
    expect((await tagged(li)).refusal).toBe('tag-gone')
    expect((await bank.ask(qian, tagCustomer, { params: { customerId: ids['far'] ?? '' }, body: { id: newId(), tagId } })).body.refusal).toBe('tag-gone')
  })
})

describe('saved views of a list', () => {
  const state = { filters: [{ name: 'tier', value: 'T1' }], sort: '-adb', columns: ['name', 'adb'], unit: 'yuan' }
  test('mine, shared, changed by its maker only, deleted', async () => {
    const { branchHead, li, qian } = bank.staff
    const id = newId()
    expect((await bank.ask(branchHead, createSavedView, { body: { id, list: 'customers', name: '核心户', state, share: { with: 'LINE' } } })).status).toBe(200)
    const of = async (who: Colleague, list = 'customers') => ((await bank.ask(who, listSavedViews, { query: { list } })).body.items ?? []).map((row) => [row['name'], row['mine'], row['state']])
    expect(await of(li)).toEqual([['核心户', false, state]])
    expect([await of(qian), await of(li, 'contacts')]).toEqual([[], []])
    const change = (who: Colleague) => bank.ask(who, changeSavedView, { params: { viewId: id }, body: { name: '核心户', state: { ...state, unit: null }, share: { with: 'NONE' } } })
    expect((await change(li)).body.refusal).toBe('view-not-yours')
    expect((await change(branchHead)).status).toBe(200)
    expect(await of(li)).toEqual([])
    expect((await bank.ask(branchHead, createSavedView, { body: { id: newId(), list: 'customers', name: '核心户', state, share: { with: 'NONE' } } })).body.refusal).toBe('name-taken')
    expect((await bank.ask(branchHead, endSavedView, { params: { viewId: id } })).status).toBe(200)
    expect(await of(branchHead)).toEqual([])
  })
  test('shared with one post of my unit: those who hold it see it, the others do not; the posts to choose from are those of my unit', async () => {
    const { branchHead, li, lead, qian } = bank.staff
    const posts = async (who: Colleague): Promise<unknown[]> => ((await bank.ask(who, listSharingPosts, {})).body.items ?? []).map((row) => row['code'])
    expect(await posts(branchHead)).toEqual(expect.arrayContaining(['RM', 'TEAM_LEAD', 'BRANCH_HEAD']))
    expect(await posts(li)).not.toContain('BRANCH_HEAD')
    const id = newId()
    expect((await bank.ask(branchHead, createSavedView, { body: { id, list: 'customers', name: '经理看板', state, share: { with: 'LINE', post: 'RM' } } })).status).toBe(200)
    const sees = async (who: Colleague): Promise<boolean> => ((await bank.ask(who, listSavedViews, { query: { list: 'customers' } })).body.items ?? []).some((row) => row['id'] === id)
    expect([await sees(branchHead), await sees(li), await sees(lead), await sees(qian)]).toEqual([true, true, false, false])
    expect((await bank.ask(branchHead, endSavedView, { params: { viewId: id } })).status).toBe(200)
  })
})
