import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../../tests/support/small-bank.ts'
import { readSheet } from '../../foundation/spreadsheets/read-sheet.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { routes } from '../../routes.ts'
import { exportCustomers, listCustomers } from '../customer.contract.ts'
import { askExport, decideExport, fetchExport, listExports, withdrawExport, type ExportView } from './export.contract.ts'
import { changeSegment, createSegment, listSegments } from './segment.contract.ts'

let bank: SmallBank
let folder: string
beforeAll(async () => {
  bank = await smallBank(routes)
  folder = mkdtempSync(join(tmpdir(), 'yq-exports-'))
  for (const [place, name] of ['东城机械有限公司', '东风汽配有限公司', '东海渔业有限公司', '=1+1 公式贸易有限公司'].entries()) await bank.customer({ name, main: bank.staff.li, tier: place === 0 ? 'T1' : 'T3' })
  await bank.customer({ name: '王五', main: bank.staff.li, kind: 'PERSON', tier: 'T4' })
  await bank.customer({ name: '城北饮食有限公司', main: bank.staff.zhao, tier: 'T3' })
  await policy({ export_free_rows: 2 })
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await bank.close()
})

const policy = (values: Record<string, number>) => bank.look(`UPDATE list_policy SET ${Object.entries(values).map(([name, value]) => `${name} = ${value}`).join(', ')}`)
const ask = (who: Colleague, filters: object = {}, id = newId()) => bank.ask(who, askExport, { body: { id, filters, purpose: '季度走访安排' } })
const asked = async (who: Colleague, filters: object = {}): Promise<string> => {
  const answer = await ask(who, filters)
  expect([answer.status, answer.body.refusal ?? null]).toEqual([200, null])
  return String(answer.body['id'])
}
const decide = (who: Colleague, exportId: string, body: object = { decision: 'APPROVED' }) => bank.ask(who, decideExport, { params: { exportId }, body })
const fetched = (who: Colleague, exportId: string) => bank.ask(who, fetchExport, { params: { exportId } })
const shown = async (who: Colleague, query: Record<string, unknown> = {}): Promise<ExportView[]> => (await bank.ask(who, listExports, { query })).body['items'] as ExportView[]
async function rowsOf(content: Buffer): Promise<string[][]> {
  const path = join(folder, `${newId()}.xlsx`)
  writeFileSync(path, content)
  const rows: string[][] = []
  await readSheet(path, undefined, (fields) => Promise.resolve(void rows.push(fields)))
  return rows
}

describe('an export above the free number of rows', () => {
  test('is not given directly, below it is; both say who, when and what for', async () => {
    const direct = await bank.ask(bank.staff.li, exportCustomers, { body: { purpose: '核对', tier: 'T1' } })
    expect(direct.status).toBe(200)
    const rows = await rowsOf(direct.bytes)
    expect(rows[0]?.[0]).toMatch(/^李晓雯（000001） .*用途：核对。客户信息，禁止外传$/)
    expect(rows.map((row) => row[1])).toContain('东城机械有限公司')
    const refused = await bank.ask(bank.staff.li, exportCustomers, { body: { purpose: '核对' } })
    expect([refused.body.refusal, refused.body['message']]).toEqual(['needs-approval', '未直接导出。共 5 位，超过 2 位须经审批。请提交导出申请'])
  })
  test('is asked for, decided by who leads the line, made then, and fetched once', async () => {
    const { li, wang, zhao, lead, otherBranchHead } = bank.staff
    const id = await asked(li, { kind: 'CORPORATE' })
    // whoever decides sees purpose, filter, count, and that he may
    expect((await shown(lead, { waiting: 'yes' })).find((one) => one.id === id)).toMatchObject({ state: 'WAITING', purpose: '季度走访安排', told: { zh: '类别 企业' }, rowCount: 4, personCount: 0, askedBy: '李晓雯', unitName: '城南网点', decide: { allowed: true } })
    expect((await shown(li)).find((one) => one.id === id)).toMatchObject({ mine: true, decide: { allowed: false } })
    for (const who of [wang, zhao]) expect(await shown(who)).toEqual([])
    expect(await shown(otherBranchHead)).toEqual([])
    expect((await fetched(li, id)).body.refusal).toBe('not-approved')
    expect((await decide(otherBranchHead, id)).body.refusal).toBe('not-found')
    for (const who of [li, wang]) expect((await decide(who, id)).body.refusal).toBe('not-allowed')
    // a company that came since is in the file, one of another outlet is not
    await bank.customer({ name: '东山陶瓷有限公司', main: li, tier: 'T3' })
    const approved = await decide(lead, id)
    expect(approved.body).toMatchObject({ rows: 5, fetchUntil: '2026-11-26' })
    expect((await decide(lead, id)).body.refusal).toBe('export-settled')
    for (const who of [lead, wang]) expect((await fetched(who, id)).body.refusal).toBe('not-found')
    const [sealed] = await bank.look<{ content_sealed: Buffer }>('SELECT content_sealed FROM customer_export_file WHERE export_id = $1', [id])
    // the four bytes with which a workbook begins: two of them stand in many a cipher by chance
    expect(sealed?.content_sealed.includes(Buffer.from('PK\x03\x04'))).toBe(false)
    const file = await fetched(li, id)
    expect(file.status).toBe(200)
    const rows = await rowsOf(file.bytes)
    expect(rows[0]?.[0]).toMatch(/^李晓雯（000001） .*陈立 000004 同意，用途：季度走访安排。/)
    expect(rows.slice(2, -1).map((row) => row[1]).sort()).toEqual(['=1+1 公式贸易有限公司', '东城机械有限公司', '东山陶瓷有限公司', '东风汽配有限公司', '东海渔业有限公司'].sort())
    expect((await fetched(li, id)).body.refusal).toBe('fetched-already')
    expect(await bank.look('SELECT 1 FROM customer_export_file WHERE export_id = $1', [id])).toEqual([])
    expect((await bank.look<{ action: string; person_key: number }>("SELECT action, person_key FROM journal_line WHERE table_name = 'customer_export' AND object_id = $1 ORDER BY at", [id])).map((line) => [line.action, line.person_key]))
      .toEqual([['ASK_EXPORT', li.staffKey], ['APPROVE_EXPORT', lead.staffKey], ['FETCH_EXPORT', li.staffKey]])
  })
  test('customers that were chosen one by one: only those of one’s own scope', async () => {
    const { li, zhao } = bank.staff
    const [first] = (await bank.ask(li, listCustomers, { query: { tier: 'T1' } })).body.items ?? []
    const [other] = (await bank.ask(zhao, listCustomers)).body.items ?? []
    const file = await bank.ask(li, exportCustomers, { body: { purpose: '核对', ids: [first?.['customerId'], other?.['customerId']] } })
    expect((await rowsOf(file.bytes)).slice(2, -1).map((row) => row[1])).toEqual(['东城机械有限公司'])
  })
  test('a lead cannot decide his own; who leads him can', async () => {
    const { lead, branchHead } = bank.staff
    const id = await asked(lead)
    expect((await decide(lead, id)).body.refusal).toBe('own-export')
    expect((await decide(branchHead, id)).status).toBe(200)
    expect((await fetched(lead, id)).status).toBe(200)
    // the database itself lets nobody stand on both sides
    await expect(bank.look('UPDATE customer_export SET decided_by = asked_by WHERE id = $1', [id])).rejects.toThrow(/check/)
  })
  test('declined with a reason, withdrawn, over after its days', async () => {
    const { li, lead } = bank.staff
    const declined = await asked(li)
    expect((await decide(lead, declined, { decision: 'DECLINED' })).body.refusal).toBe('reason-needed')
    expect((await decide(lead, declined, { decision: 'DECLINED', reason: '范围过大' })).status).toBe(200)
    expect((await fetched(li, declined)).body.refusal).toBe('not-approved')
    const withdrawn = await asked(li)
    expect((await bank.ask(li, withdrawExport, { params: { exportId: withdrawn } })).status).toBe(200)
    expect((await decide(lead, withdrawn)).body.refusal).toBe('export-settled')
    const late = await asked(li)
    expect((await decide(lead, late)).status).toBe(200)
    await bank.look("UPDATE customer_export SET fetch_until = '2026-11-22' WHERE id = $1", [late])
    expect((await fetched(li, late)).body.refusal).toBe('fetch-over')
    expect((await shown(li)).map((one) => one.state).slice(0, 3)).toEqual(['OVER', 'WITHDRAWN', 'DECLINED'])
  })
  test('a segment stands as it was when it was asked for', async () => {
    const { li, lead } = bank.staff
    const tier = (code: string) => ({ match: 'ALL', groups: [{ match: 'ALL', conditions: [{ field: 'tier', op: 'IN', values: [code] }] }] })
    const segmentId = newId()
    await bank.ask(li, createSegment, { body: { id: segmentId, name: '三级户', definition: tier('T3'), share: { with: 'NONE' } } })
    const id = await asked(li, { segment: segmentId })
    const { changedAt } = ((await bank.ask(li, listSegments)).body.items ?? [])[0] as unknown as { changedAt: string }
    expect((await bank.ask(li, changeSegment, { params: { segmentId }, body: { changedAt, name: '一级户', definition: tier('T1'), share: { with: 'NONE' } } })).status).toBe(200)
    expect((await shown(lead)).find((one) => one.id === id)?.told.zh).toBe('客群“三级户”')
    expect((await decide(lead, id)).body).toMatchObject({ rows: 4 })
  })
  test('many more than were asked for are another export; an asker who left gets none', async () => {
    const { lead } = bank.staff
    const gone = await bank.colleague('蒋离', 'RM', bank.units.south.key)
    for (const name of ['离任一公司', '离任二公司', '离任三公司']) await bank.customer({ name, main: gone })
    const grown = await asked(gone)
    for (const name of ['离任四公司', '离任五公司']) await bank.customer({ name, main: gone })
    expect((await decide(lead, grown)).body).toMatchObject({ refusal: 'export-grew', details: { asked: '3', now: '5' } })
    await bank.look('UPDATE employment SET to_date = $2 WHERE staff_key = $1', [gone.staffKey, today])
    expect((await decide(lead, grown)).body.refusal).toBe('asker-gone')
  })
  test('IMPORTANT data never leave; too many rows; nobody who could approve; what was searched is not written down', async () => {
    const { li, leader } = bank.staff
    await policy({ export_important_persons: 0 })
    expect((await ask(li)).body.refusal).toBe('important-data')
    expect((await ask(li, { kind: 'CORPORATE' })).status).toBe(200)
    expect((await bank.ask(li, exportCustomers, { body: { purpose: '核对', kind: 'PERSON' } })).body.refusal).toBe('important-data')
    await policy({ export_important_persons: 1_000_000, export_most_rows: 3 })
    expect((await ask(li)).body.refusal).toBe('too-many-rows')
    await policy({ export_most_rows: 100_000 })
    expect((await ask(leader)).body.refusal).toBe('no-approver')
    expect((await ask(li, { q: '东' })).body.refusal).toBe('search-in-export')
    expect((await ask(li, { tier: 'P' })).body.refusal).toBe('nothing-to-export')
  })
})
