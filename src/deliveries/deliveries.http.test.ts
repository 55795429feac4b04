import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { encodeGb18030 } from '../demo/gb18030.ts'
import { feedJob, loadDelivery } from '../flows/load-delivery.ts'
import { NamedFailure } from '../foundation/config/named-failure.ts'
import { askForJob, runJob } from '../foundation/jobs/run-job.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { routes } from '../routes.ts'
import { getDelivery, getDeliveryState, listDeliveries, listJobs, listRejects, readRejectValue, signOffDelivery, startLoad, stopJob } from './delivery.contract.ts'
import { writeDelivery, type SmallDelivery } from './testing.ts'

let bank: SmallBank
let steward: Colleague
let admin: Colleague
let audit: Colleague
let good: string
let bad: string
const control = { layout: 'yinqiao-1', bank_name: '小银行', currency: 'CNY', calendar: 'china', date: '20261123', kind: 'DELTA' }
beforeAll(async () => {
  bank = await smallBank(routes)
  const head = bank.units.head.key
  steward = await bank.colleague('苏据', 'DATA_STEWARD', head)
  audit = await bank.colleague('田稽', 'AUDIT', head)
  admin = bank.staff.admin
  const [row] = await bank.look('SELECT code FROM bank') as { code: string }[]
  const write = (name: string, products: string[]): string => {
    const delivery: SmallDelivery = { control: { ...control, bank: row?.code ?? '' }, files: { products: ['code,name,name_en,line', ...products] } }
    mkdirSync(join(bank.services.config.dataDir, 'inbox'), { recursive: true })
    return writeDelivery(join(bank.services.config.dataDir, 'inbox', name), delivery, encodeGb18030)
  }
  good = (await loadDelivery(bank.services, { dir: write('2026-11-23', ['P1,定期存款,Fixed,DEPOSIT', 'P2,理财,Wealth,WEALTH']), profile: 'yinqiao' })).deliveryId
  const failure = await loadDelivery(bank.services, { dir: write('broken', ['P3,甲,A,DEPOSIT', 'P4,乙,B,秘密值', 'P5,丙,C,NONE']), profile: 'yinqiao' }).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(NamedFailure)
  bad = String((await bank.look("SELECT id FROM delivery WHERE state = 'REFUSED'") as { id: string }[])[0]?.id)
})
afterAll(() => bank.close())
const told = (answer: { status: number; body: { refusal?: string } }) => [answer.status, answer.body.refusal ?? null]

describe('deliveries', () => {
  test('the list, the newest first, and one with its totals and effects', async () => {
    const list = await bank.ask(steward, listDeliveries)
    expect(list.body.items?.map((item) => [item['state'], item['rowsRejected'], item['ties']])).toEqual([['REFUSED', 2, true], ['LOADED', 0, true]])
    const first = await bank.ask(steward, listDeliveries, { query: { limit: 1 } })
    const second = await bank.ask(steward, listDeliveries, { query: { limit: 1, cursor: first.body['nextCursor'] } })
    expect(second.body.items?.map((item) => item['id'])).toEqual([good])
    const one = await bank.ask(audit, getDelivery, { params: { deliveryId: good } })
    expect(one.body).toMatchObject({ totals: [{ file: 'products.csv', measure: 'rows', expected: '2', received: '2', difference: '0', ties: true }], effects: [{ table: 'product', what: 'add', rows: '2' }], may: { 'delivery.sign-off': { allowed: false } } })
    expect(told(await bank.ask(steward, getDelivery, { params: { deliveryId: newId() } }))).toEqual([404, 'not-found'])
    expect(told(await bank.ask(steward, listDeliveries, { query: { cursor: 'made-by-hand' } }))).toEqual([400, 'invalid-cursor'])
  })

  test('managers and heads may not look', async () => {
    for (const who of [bank.staff.li, bank.staff.outletHead, bank.staff.hr]) expect(told(await bank.ask(who, listDeliveries))).toEqual([403, 'not-allowed'])
  })

  test('rejects show file, row, column and reason to whoever may read; the value only to the data steward, journaled', async () => {
    const list = await bank.ask(audit, listRejects, { params: { deliveryId: bad } })
    expect(list.body.items).toMatchObject([{ number: 1, file: 'products.csv', row: 3, column: 'line', reason: { zh: '不是允许的取值' }, hasValue: true }, { number: 2, row: 4 }])
    expect(JSON.stringify(list.body)).not.toContain('秘密值')
    const params = { deliveryId: bad, number: 1 }
    expect(told(await bank.ask(audit, readRejectValue, { params, body: { purpose: '核对' } }))).toEqual([403, 'not-allowed'])
    expect(told(await bank.ask(admin, readRejectValue, { params, body: { purpose: '核对' } }))).toEqual([403, 'not-allowed'])
    expect((await bank.ask(steward, readRejectValue, { params, body: { purpose: '查明拒收原因' } })).body['value']).toBe('秘密值')
    const lines = await bank.look("SELECT person_key, why, after FROM journal_line WHERE action = 'READ' AND table_name = 'delivery_reject'") as Record<string, unknown>[]
    expect(lines).toMatchObject([{ person_key: steward.staffKey, why: '查明拒收原因', after: { file: 'products.csv', row: 3, column: 'line' } }])
    expect(JSON.stringify(lines)).not.toContain('秘密值')
  })

  test('is signed off once, by the data steward, and only when it was loaded', async () => {
    expect(told(await bank.ask(admin, signOffDelivery, { params: { deliveryId: good } }))).toEqual([403, 'not-allowed'])
    expect(told(await bank.ask(steward, signOffDelivery, { params: { deliveryId: bad } }))).toEqual([409, 'not-loaded'])
    expect((await bank.ask(steward, signOffDelivery, { params: { deliveryId: good } })).status).toBe(200)
    expect(told(await bank.ask(steward, signOffDelivery, { params: { deliveryId: good } }))).toEqual([409, 'already-signed'])
    expect((await bank.ask(steward, getDelivery, { params: { deliveryId: good } })).body['delivery']).toMatchObject({ signedBy: '苏据' })
  })

  test('totals that do not tie cannot be signed', async () => {
    const other = newId()
    await bank.look(`INSERT INTO delivery (id, profile, bank_code, business_date, kind, content_hash, folder, state) VALUES ($1, 'yinqiao', 'x', '2026-11-22', 'DELTA', '\\x00', 'old', 'LOADED')`, [other])
    expect(told(await bank.ask(steward, signOffDelivery, { params: { deliveryId: other } }))).toEqual([409, 'no-totals'])
    await bank.look(`INSERT INTO delivery_total (delivery_id, file_id, measure, expected, received) VALUES ($1, 'x', 'rows', 2, 1)`, [other])
    expect(told(await bank.ask(steward, signOffDelivery, { params: { deliveryId: other } }))).toEqual([409, 'totals-differ'])
  })
})

describe('a load from the inbox', () => {
  test('only a folder of the inbox, only a known profile', async () => {
    expect((await bank.ask(steward, getDeliveryState)).body).toMatchObject({ folders: ['2026-11-23', 'broken'], profiles: ['berka', 'yinqiao'], mayLoad: true })
    for (const folder of ['../inbox', '/etc', 'none']) expect(told(await bank.ask(steward, startLoad, { body: { folder, profile: 'yinqiao' } }))).toEqual([404, 'no-such-folder'])
    expect(told(await bank.ask(steward, startLoad, { body: { folder: 'broken', profile: '../x' } }))).toEqual([404, 'no-such-profile'])
    expect(told(await bank.ask(bank.staff.li, startLoad, { body: { folder: 'broken', profile: 'yinqiao' } }))).toEqual([403, 'not-allowed'])
  })

  test('runs as long work that others see and may stop', async () => {
    const id = await askForJob(bank.services, 'feed', { folder: '2026-11-23', profile: 'yinqiao' }, steward.staffKey)
    expect((await bank.ask(steward, listJobs)).body.items).toMatchObject([{ id, kind: 'feed', state: 'WAITING', askedBy: '苏据', mayStop: true }])
    expect(told(await bank.ask(steward, startLoad, { body: { folder: 'broken', profile: 'yinqiao' } }))).toEqual([409, 'load-running'])
    expect(await runJob(bank.services, feedJob, id)).toMatchObject({ same: true, changed: 0 })
    expect(told(await bank.ask(steward, stopJob, { params: { jobId: id } }))).toEqual([409, 'job-ended'])
    expect(told(await bank.ask(audit, listJobs))).toEqual([403, 'not-allowed'])
  })
})
