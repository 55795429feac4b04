import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { recordContactRoute } from '../flows/record-contact.ts'
import { assignCustomerRoute } from '../flows/assign-customer.ts'
import { assignCustomerContract } from '../customers/customer.contract.ts'
import { moveBusinessDate } from '../deliveries/add-bank.ts'
import { unzipText } from '../../tests/support/unzip-text.ts'
import { readSheet } from '../foundation/spreadsheets/read-sheet.ts'
import { add, type BulkResult } from '../foundation/store/store.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { recordContact } from '../visits/contact.contract.ts'
import { answerAlert, exportGaps, exportLeads, exportMovements, getAlertFigures, getCustomerWatch, listAlerts, listMovements, silenceAlert } from './alert.contract.ts'
import { answerAlertRoute, silenceAlertRoute } from './answer-alert.ts'
import { exportGapsRoute, exportLeadsRoute, exportMovementsRoute } from './export-watched.ts'
import { excludeFromChurn, getChurn, listStandings } from './churn.contract.ts'
import { decideLead, listLeads } from './lead.contract.ts'
import { getAlertFiguresRoute, getCustomerWatchRoute, listAlertsRoute } from './list-alerts.ts'
import { decideLeadRoute, listLeadsRoute } from './list-leads.ts'
import { exportMaturitiesRoute, getRenewalRatesRoute, listMaturitiesRoute } from './list-maturities.ts'
import { listMovementsRoute } from './list-movements.ts'
import { getRenewalRates, listMaturities, prepareMaturity, setMaturityResult } from './maturity.contract.ts'
import { prepareMaturityRoute, setMaturityResultRoute } from './prepare-maturity.ts'
import { excludeFromChurnRoute, getChurnRoute, listStandingsRoute } from './read-churn.ts'
import { refreshWatch } from './refresh-watch.ts'

// Each endpoint through the door: who may and who may not, and that an answer stays an answer.

let bank: SmallBank
let mine: string
let foreign: string
let effects: BulkResult[] = []
const refresh = async (businessDate = today): Promise<void> => {
  effects = []
  await bank.services.db.asBatch((tx) => refreshWatch({ tx, batch: newId(), why: 'test', businessDate, formerDate: null, kind: 'DELTA', effects }))
}
type Item = Record<string, unknown> & { id: string }
const items = (answer: { body: { items?: Record<string, unknown>[] } }): Item[] => (answer.body.items ?? []) as Item[]
const sameName = '鑫源机械有限公司'

async function holds(customerId: string, flow: bigint): Promise<void> {
  await bank.services.db.asBatch(async (tx) => {
    const why = { why: 'test' }
    const [current, time] = [newId(), newId()]
    const key = newId()
    await add(tx, 'account', { customer_id: customerId, id: current, core_key: `C${key}`, product_code: 'CUR', outlet_key: bank.units.south.key, opened_on: '2022-01-01' }, why)
    await add(tx, 'balance_span', { customer_id: customerId, account_id: current, from_date: '2022-01-01', to_date: today, balance_fen: 800_000_000n }, why)
    await add(tx, 'balance_span', { customer_id: customerId, account_id: current, from_date: today, balance_fen: 800_000_000n - flow }, why)
    await add(tx, 'account', { customer_id: customerId, id: time, core_key: `T${key}`, product_code: 'TIME', outlet_key: bank.units.south.key, opened_on: '2025-11-26', matures_on: '2026-11-26' }, why)
    await add(tx, 'balance_span', { customer_id: customerId, account_id: time, from_date: '2025-11-26', balance_fen: 50_000_000n }, why)
    for (const [name, fen] of [[sameName, flow / 2n], ['王小明', flow - flow / 2n]] as const) {
      await add(tx, 'account_transaction', { customer_id: customerId, id: newId(), account_id: current, core_key: newId(), booked_on: today, direction: 'OUT', amount_fen: fen, counterparty_name: name, counterparty_bank: '建设银行' }, why)
    }
  })
}

beforeAll(async () => {
  bank = await smallBank([
    listAlertsRoute, getCustomerWatchRoute, answerAlertRoute, silenceAlertRoute, getAlertFiguresRoute, listMovementsRoute, listMaturitiesRoute, exportMaturitiesRoute, getRenewalRatesRoute, prepareMaturityRoute, setMaturityResultRoute,
    getChurnRoute, listStandingsRoute, excludeFromChurnRoute, listLeadsRoute, decideLeadRoute, exportMovementsRoute, exportGapsRoute, exportLeadsRoute, recordContactRoute, assignCustomerRoute,
  ])
  const { li, wang, qian } = bank.staff
  await bank.services.db.asBatch(async (tx) => {
    await add(tx, 'product', { code: 'CUR', name: '单位活期', name_en: 'Current', line: 'DEPOSIT' }, { why: 'test' })
    await add(tx, 'product', { code: 'TIME', name: '单位定期', name_en: 'Time', line: 'DEPOSIT' }, { why: 'test' })
  })
  mine = await bank.customer({ main: li, assist: wang, name: '太原北方钢铁贸易有限公司' })
  foreign = await bank.customer({ main: qian, name: '西城物资有限公司' })
  await holds(mine, 300_000_000n)
  await holds(foreign, 120_000_000n)
  await refresh()
}, 120_000)
afterAll(() => bank.close())

const movementsOf = async (who: Colleague): Promise<Item[]> => items(await bank.ask(who, listMovements, { query: {} }))
const alertOf = async (who: Colleague, kind: string, state = 'OPEN'): Promise<Item | undefined> => items(await bank.ask(who, listAlerts, { query: { state } })).find((one) => one['kind'] === kind)

describe('large movements', () => {
  test('the manager sees his, the assisting manager too, the head of the line those of the line, another branch its own', async () => {
    const { li, wang, zhao, lead, branchHead, leader, qian } = bank.staff
    const seen = async (who: Colleague): Promise<string[]> => (await movementsOf(who)).map((row) => String(row['customerId'])).sort()
    expect(await seen(li)).toEqual([mine])
    expect(await seen(wang)).toEqual([mine])
    expect(await seen(zhao)).toEqual([])
    expect(await seen(lead)).toEqual([mine])
    expect(await seen(branchHead)).toEqual([mine])
    expect(await seen(qian)).toEqual([foreign])
    expect(await seen(leader)).toEqual([mine, foreign].sort())
    for (const other of [bank.staff.lobby, bank.staff.reviewer, bank.staff.admin]) expect((await bank.ask(other, listMovements, {})).body.refusal).toBe('not-allowed')
    expect((await bank.ask(null, listMovements, {})).body.refusal).toBe('not-signed-in')
  })
  test('what stands in the row; names of persons on the other side only for who looks after the customer', async () => {
    const [row] = await movementsOf(bank.staff.li)
    expect(row).toMatchObject({ outFen: '300000000', inFen: '0', listedOut: true, listedIn: false, balanceAfterFen: '550000000', maturing: 1, maturingFen: '50000000', managerSharePct: '100.00', lastContact: null, mine: true })
    expect((row?.['parties'] as { name: string }[]).map(({ name }) => name).sort()).toEqual(['王小明', sameName].sort())
    const [far] = (await movementsOf(bank.staff.leader)).filter((one) => one['customerId'] === mine)
    expect((far?.['parties'] as { name: string }[]).map(({ name }) => name).sort()).toEqual(['王*', sameName].sort())
    expect(far?.['mine']).toBe(false)
  })
})

describe('an alert is called about, judged and closed', () => {
  test('who may not', async () => {
    const alert = await alertOf(bank.staff.li, 'MOVEMENT_OUT')
    const params = { customerId: mine, alertId: alert?.id }
    const body = { reasonCode: 'PURCHASE', done: true, judged: 'FALSE_ALARM' }
    await bank.grant(mine, bank.staff.zhao)
    expect((await bank.ask(bank.staff.zhao, answerAlert, { params, body })).body.refusal).toBe('not-allowed')
    expect((await bank.ask(bank.staff.qian, answerAlert, { params, body })).body.refusal).toBe('not-found')
    expect((await bank.ask(bank.staff.leader, answerAlert, { params, body })).body.refusal).toBe('not-allowed')
    expect((await bank.ask(bank.staff.li, answerAlert, { params: { customerId: foreign, alertId: alert?.id }, body })).body.refusal).toBe('not-found')
    // of one's own customer, but another's alert
    const theirs = await alertOf(bank.staff.qian, 'MOVEMENT_OUT')
    expect((await bank.ask(bank.staff.li, answerAlert, { params: { customerId: mine, alertId: theirs?.id }, body })).body.refusal).toBe('not-found')
    // by grant it is read
    expect((await bank.ask(bank.staff.zhao, getCustomerWatch, { params: { customerId: mine } })).body['may']).toEqual({ 'watch.answer': { allowed: false, reason: 'read-only-grant' } })
  })
  test('justified needs a contact of this customer; then it stays closed, whatever the next delivery says', async () => {
    const { li } = bank.staff
    const alert = await alertOf(li, 'MOVEMENT_OUT')
    expect(alert?.['reason']).toMatchObject({ zh: '2026-11-23 转出 300.00 万元，达到标准 100.00 万元' })
    const params = { customerId: mine, alertId: alert?.id }
    const answer = (more: Record<string, unknown>) => bank.ask(li, answerAlert, { params, body: { reasonCode: 'PURCHASE', done: true, judged: 'JUSTIFIED', ...more } })
    expect((await answer({ judged: null })).body.refusal).toBe('judgement-needed')
    expect((await answer({})).body.refusal).toBe('contact-needed')
    expect((await answer({ contactId: newId() })).body.refusal).toBe('contact-unknown')
    const contactId = newId()
    expect((await bank.ask(li, recordContact, { params: { customerId: mine }, body: { id: contactId, mode: 'PHONE', businessDate: today, summary: '采购付款，月底回款' } })).status).toBe(200)
    expect((await answer({ contactId, done: false, judged: null })).body).toMatchObject({ state: 'OPEN' })
    expect(await alertOf(li, 'MOVEMENT_OUT')).toMatchObject({ reasonCode: 'PURCHASE', contactedOn: today, state: 'OPEN' })
    expect((await answer({ note: '核实无误' })).body).toMatchObject({ state: 'CLOSED' })
    expect((await answer({})).body.refusal).toBe('alert-closed')
    await refresh()
    expect(await alertOf(li, 'MOVEMENT_OUT')).toBeUndefined()
    expect(await alertOf(li, 'MOVEMENT_OUT', 'CLOSED')).toMatchObject({ judged: 'JUSTIFIED', closedBy: li.name, note: '核实无误' })
  })
  test('false alarms by kind and month', async () => {
    const { qian } = bank.staff
    const alert = await alertOf(qian, 'MOVEMENT_OUT')
    await bank.ask(qian, answerAlert, { params: { customerId: foreign, alertId: alert?.id }, body: { reasonCode: 'SEASONAL', done: true, judged: 'FALSE_ALARM' } })
    const figures = items(await bank.ask(qian, getAlertFigures, { query: {} })).find((one) => one['kind'] === 'MOVEMENT_OUT')
    expect(figures).toMatchObject({ month: '2026-11', raised: 1, closed: 1, falseAlarms: 1, falsePct: '100.00' })
    const bankWide = items(await bank.ask(bank.staff.leader, getAlertFigures, { query: {} })).find((one) => one['kind'] === 'MOVEMENT_OUT')
    expect(bankWide).toMatchObject({ raised: 2, falsePct: '50.00' })
    expect(items(await bank.ask(bank.staff.li, getAlertFigures, { query: {} })).find((one) => one['kind'] === 'GAP')?.['falsePct'] ?? null).toBeNull()
  })
})

describe('silence', () => {
  test('an alert is silent with a reason up to a day, and is there again after it', async () => {
    const { li } = bank.staff
    const alert = await alertOf(li, 'MATURITY')
    const params = { customerId: mine, alertId: alert?.id }
    expect((await bank.ask(li, silenceAlert, { params, body: { until: today, reason: '客户出差' } })).body.refusal).toBe('silence-day')
    expect((await bank.ask(li, silenceAlert, { params, body: { until: '2027-03-01', reason: '客户出差' } })).body.refusal).toBe('silence-day')
    expect((await bank.ask(li, silenceAlert, { params, body: { until: '2026-11-24', reason: '客户出差' } })).status).toBe(200)
    expect(await alertOf(li, 'MATURITY')).toBeUndefined()
    expect(await alertOf(li, 'MATURITY', 'SILENT')).toMatchObject({ silencedUntil: '2026-11-24', silenceReason: '客户出差' })
    await bank.services.db.asBatch((tx) => moveBusinessDate(tx, '2026-11-24'))
    await refresh('2026-11-24')
    expect(await alertOf(li, 'MATURITY')).toBeUndefined()
    await bank.services.db.asBatch((tx) => moveBusinessDate(tx, '2026-11-25'))
    expect(await alertOf(li, 'MATURITY')).toMatchObject({ state: 'OPEN' })
  })
})

describe('what ends', () => {
  test('this week’s, with days left and working day; prepared it is no alert any more; the result when it has ended; the sheet', async () => {
    const { li, lead, lobby } = bank.staff
    const week = await bank.ask(li, listMaturities, { query: { view: 'THIS_WEEK' } })
    const [row] = items(week)
    expect(row).toMatchObject({ customerId: mine, kind: 'TIME_DEPOSIT', amountFen: '50000000', endsOn: '2026-11-26', daysLeft: 1, colour: 'red', nextWorkday: '2026-11-26', preparedOn: null, result: null, mine: true })
    expect([week.body['from'], week.body['to']]).toEqual(['2026-11-23', '2026-11-29'])
    expect((await bank.ask(lobby, listMaturities, {})).body.refusal).toBe('not-allowed')
    const params = { customerId: mine, maturityId: row?.id }
    expect((await bank.ask(bank.staff.qian, prepareMaturity, { params, body: { note: '续存' } })).body.refusal).toBe('not-found')
    expect((await bank.ask(li, setMaturityResult, { params, body: { result: 'RENEWED' } })).body.refusal).toBe('not-ended')
    expect((await bank.ask(li, prepareMaturity, { params, body: { note: '有续存意向' } })).status).toBe(200)
    expect(await alertOf(li, 'MATURITY')).toBeUndefined()
    await bank.services.db.asBatch((tx) => moveBusinessDate(tx, '2026-11-27'))
    await refresh('2026-11-27')
    expect(items(await bank.ask(lead, listMaturities, { query: { view: 'OVERDUE' } })).map((one) => one.id)).toEqual([row?.id])
    expect((await bank.ask(li, setMaturityResult, { params, body: { result: 'RENEWED', renewedFen: '50000001' } })).body.refusal).toBe('renewed-amount')
    expect((await bank.ask(li, setMaturityResult, { params, body: { result: 'RENEWED', renewedFen: '30000000' } })).status).toBe(200)
    expect(items(await bank.ask(li, listMaturities, { query: { view: 'OVERDUE' } }))).toEqual([])
    await refresh('2026-11-27')
    expect(items(await bank.ask(li, listMaturities, { query: { view: 'THIS_WEEK' } }))).toMatchObject([{ result: 'RENEWED', resultFen: '30000000', derived: false }])
    expect((await bank.ask(li, getRenewalRates, {})).body['months']).toMatchObject([{ month: '2026-11', maturedFen: '50000000', renewedFen: '30000000', ratePct: '60.00', open: 0 }])

    const cookie = await bank.session(li)
    const answer = await bank.app.inject({ method: 'POST', url: '/api/maturities/export', headers: { 'x-yinqiao': '1', 'content-type': 'application/json', cookie: `yq_session=${cookie}` }, payload: JSON.stringify({ purpose: '周例会', view: 'THIS_WEEK' }) })
    expect(answer.statusCode).toBe(200)
    const sheet = JSON.stringify(await readSheetRows(answer.rawPayload))
    for (const word of ['序号', '客户', '类别', '产品', '金额(万元)', '到期日', '客户经理', '联系情况', '结果', '太原北方钢铁贸易有限公司', '有续存意向', '用途：周例会', '续作']) expect(sheet).toContain(word)
    expect(await bank.look("SELECT why, after->>'rows' AS rows FROM journal_line WHERE action = 'READ' AND table_name = 'maturity'")).toEqual([{ why: '周例会', rows: '1' }])
  })
})

describe('churn', () => {
  test('the manager his own, the head his managers; a customer left out with a reason is not counted', async () => {
    const { li, lead, zhao } = bank.staff
    const own = await bank.ask(li, getChurn, {})
    expect(own.body).toMatchObject({ period: '2026-Q4', by: 'MANAGER', total: { base: 1, counted: 1, lost: 0, churnPct: '0.00' } })
    expect((await bank.ask(zhao, getChurn, {})).body).toMatchObject({ total: { base: 0, churnPct: null } })
    expect((await bank.ask(lead, getChurn, { query: { period: '2026' } })).body).toMatchObject({ period: '2026', total: { base: 1 } })
    expect((await bank.ask(bank.staff.lobby, getChurn, {})).body.refusal).toBe('not-allowed')
    const params = { customerId: mine, period: '2026-Q4' }
    expect((await bank.ask(li, excludeFromChurn, { params, body: { reason: 'MERGED', note: '并入北方集团' } })).body.refusal).toBe('not-allowed')
    expect((await bank.ask(lead, excludeFromChurn, { params, body: { reason: 'MERGED', note: '并入北方集团' } })).status).toBe(200)
    expect((await bank.ask(li, getChurn, {})).body).toMatchObject({ total: { base: 1, excluded: 1, counted: 0, churnPct: null } })
    await refresh('2026-11-27')
    expect(items(await bank.ask(li, listStandings, { query: { period: '2026-Q4', set: 'EXCLUDED' } }))).toMatchObject([{ excluded: 'MERGED', excludedNote: '并入北方集团', excludedBy: lead.name }])
    expect(items(await bank.ask(zhao, listStandings, { query: { period: '2026-Q4', set: 'BASE' } }))).toEqual([])
  })
})

describe('leads', () => {
  test('everybody sees the name, only who sees the customer its payer; taken by one', async () => {
    const { li, zhao, leader, lobby } = bank.staff
    const leadsOf = async (who: Colleague): Promise<Item | undefined> => items(await bank.ask(who, listLeads, {})).find((one) => one['name'] === sameName)
    expect(await leadsOf(li)).toMatchObject({ customers: 2, known: [{ customerId: mine }] })
    expect(await leadsOf(zhao)).toMatchObject({ customers: 2, known: [] })
    expect((await leadsOf(leader))?.['known']).toHaveLength(2)
    expect((await bank.ask(lobby, listLeads, {})).body.refusal).toBe('not-allowed')
    const params = { leadId: (await leadsOf(li))?.id }
    expect((await bank.ask(leader, decideLead, { params, body: { take: true } })).body.refusal).toBe('not-allowed')
    expect((await bank.ask(zhao, decideLead, { params, body: { take: false } })).body.refusal).toBe('reason-needed')
    expect((await bank.ask(zhao, decideLead, { params, body: { take: true } })).body).toMatchObject({ state: 'TAKEN' })
    expect((await bank.ask(li, decideLead, { params, body: { take: true } })).body).toMatchObject({ refusal: 'lead-decided' })
    await refresh('2026-11-27')
    expect(items(await bank.ask(li, listLeads, { query: { state: 'TAKEN' } }))).toMatchObject([{ name: sameName, decidedBy: zhao.name }])
  })
})

describe('as Excel', () => {
  test('what the list shows, with who, when and what for above and below, and a line of the journal; only of one’s scope', async () => {
    const { li, zhao, lobby } = bank.staff
    const movements = await bank.ask(li, exportMovements, { body: { day: '2026-11-20', purpose: '周例会核对' } })
    const day = (await movementsOf(li))[0]?.['day']
    const found = movements.status === 200 ? movements : await bank.ask(li, exportMovements, { body: { day, purpose: '周例会核对' } })
    expect(found.status).toBe(200)
    const sheet = await readSheetRows(found.bytes)
    const mark = `${li.name}（${li.staffNo}）`
    expect([JSON.stringify(sheet[0]).includes(mark), JSON.stringify(sheet.at(-1)).includes('周例会核对')]).toEqual([true, true])
    // the file says it of itself too, whatever becomes of its rows
    expect(await unzipText(found.bytes, 'docProps/core.xml')).toContain('周例会核对')
    for (const word of ['客户号', '转出(万元)', '太原北方钢铁贸易有限公司']) expect(JSON.stringify(sheet)).toContain(word)
    expect(JSON.stringify(sheet)).not.toContain('西城物资有限公司')
    const leads = await bank.ask(li, exportLeads, { body: { direction: 'PAYEE', state: 'TAKEN', purpose: '拓客' } })
    expect([leads.status, JSON.stringify(await readSheetRows(leads.bytes)).includes(sameName)]).toEqual([200, true])
    expect((await bank.ask(li, exportGaps, { body: { kind: 'GAP', rule: 'NONE_SUCH', purpose: '拓客' } })).body.refusal).toBe('nothing-to-export')
    expect((await bank.ask(zhao, exportMovements, { body: { day, purpose: '周例会核对' } })).body.refusal).toBe('nothing-to-export')
    expect((await bank.ask(lobby, exportLeads, { body: { direction: 'PAYEE', purpose: '拓客' } })).body.refusal).toBe('not-allowed')
    expect((await bank.ask(li, exportLeads, { body: { direction: 'PAYEE', purpose: '' } })).body.refusal).toBe('invalid-request')
    expect(await bank.look("SELECT table_name, why FROM journal_line WHERE action = 'READ' AND table_name IN ('movement', 'payee_lead') ORDER BY at")).toEqual([{ table_name: 'movement', why: '周例会核对' }, { table_name: 'payee_lead', why: '拓客' }])
  })
})

test('a customer that is handed over takes its alerts and movements along', async () => {
  const { li, wang, zhao, branchHead } = bank.staff
  const given = await bank.ask(branchHead, assignCustomerContract, { params: { customerId: mine }, body: { slices: [{ staffKey: zhao.staffKey, sharePct: '100', main: true }], from: '2026-11-27', reason: '移交' } })
  expect(given.body).toMatchObject({ customerId: mine })
  expect(await movementsOf(li)).toEqual([])
  expect(await movementsOf(wang)).toEqual([])
  expect((await movementsOf(zhao)).map((row) => row['customerId'])).toEqual([mine])
  expect(await bank.look('SELECT DISTINCT owner_key FROM alert WHERE customer_id = $1', [mine])).toEqual([{ owner_key: zhao.staffKey }])
})

async function readSheetRows(content: Buffer): Promise<unknown[]> {
  const rows: unknown[] = []
  const folder = mkdtempSync(join(tmpdir(), 'yq-sheet-'))
  try {
    writeFileSync(join(folder, 'ends.xlsx'), content)
    await readSheet(join(folder, 'ends.xlsx'), undefined, (fields) => {
      rows.push(fields)
      return Promise.resolve()
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
  return rows
}
