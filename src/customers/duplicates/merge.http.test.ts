import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordContact } from '../../visits/contact.contract.ts'
import { addSecretNote, readSecretNote } from '../../conduct/secret-note.contract.ts'
import { listRestrictedTexts, readRestrictedText } from '../../visits/restricted-text.contract.ts'
import { sql } from '../../foundation/database/transaction.ts'
import { add } from '../../foundation/store/store.ts'
import { addRow, attachFile, downloadFile } from '../file/file.contract.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { routes } from '../../routes.ts'
import { smallBank, today, type Colleague, type SmallBank } from '../../../tests/support/small-bank.ts'
import { createCustomer, editCustomer, getCustomer, listCustomers, revealNumber } from '../customer.contract.ts'
import { decideIdentityChange, proposeIdentityChange } from '../identity/identity-change.contract.ts'
import { listProposals } from '../relations/group.contract.ts'
import { checkDuplicates, confirmMerge, decideDifferent, findAlias, getMerge, listDuplicates, listMerges, previewMerge, proposeMerge, returnMerge, undoMerge } from './duplicate.contract.ts'
import { proposeGroups } from '../relations/propose-groups.ts'
import { scanDuplicates } from './scan-duplicates.ts'

let bank: SmallBank
let steward: Colleague
const silent = () => Promise.resolve()
beforeAll(async () => {
  bank = await smallBank(routes)
  steward = await bank.colleague('侯志', 'DATA_STEWARD', bank.units.head.key)
  await bank.services.db.asBatch((tx) => add(tx, 'product', { code: 'D1', name: '活期', name_en: 'Current', line: 'DEPOSIT' }, { why: 'test' }))
})
afterAll(() => bank?.close())

let made = 0
const uscc = (): string => {
  made += 1
  const body = `91140105MA${String(made).padStart(7, '0')}`
  const set = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
  return body + set.charAt((31 - (weights.reduce((sum, weight, place) => sum + set.indexOf(body.charAt(place)) * weight, 0) % 31)) % 31)
}
const create = async (maker: Colleague, name: string, more: Record<string, unknown> = {}) => bank.ask(maker, createCustomer, { body: { id: newId(), kind: 'CORPORATE', name, identity: { kind: 'OTHER', number: `档案${(made += 1)}` }, ...more } })
const entered = async (maker: Colleague, name: string, more: Record<string, unknown> = {}): Promise<string> => {
  const answer = await create(maker, name, more)
  if (answer.status !== 200) throw new Error(`${name}: ${JSON.stringify(answer.body)}`)
  return String(answer.body['customerId'])
}

describe('at entry', () => {
  beforeAll(() => entered(bank.staff.qian, '山西远晨精工有限公司', { phone: '13900001111', corporate: { legalRepresentative: '何远晨' } }))

  test.each(['远晨精工（山西）有限责任公司', '山西省远晨精工有限公司', '山西遠晨精工有限公司', '远晨精工'])('%s, entered by another branch: it is told where, and nothing else', async (name) => {
    const check = await bank.ask(bank.staff.li, checkDuplicates, { body: { kind: 'CORPORATE', name } })
    expect(check.body).toEqual({ inside: [], outside: [{ zh: '城西网点', en: 'West outlet' }] })
    const answer = await create(bank.staff.li, name)
    expect([answer.status, answer.body.refusal, answer.body['message']]).toEqual([409, 'same-name', '未能保存。疑似已存在，归属城西网点，请联系该网点。如确为另一客户，请勾选后再保存'])
    expect(JSON.stringify([check.body, answer.body])).not.toContain('何远晨')
  })
  test('inside of one’s own scope who it is, with the signs', async () => {
    const { body } = await bank.ask(bank.staff.qian, checkDuplicates, { body: { kind: 'CORPORATE', name: '远晨精工有限公司', phone: '13900001111', legalRepresentative: '何远晨' } })
    expect(body).toMatchObject({ outside: [], inside: [{ name: '山西远晨精工有限公司', outletName: '城西网点', managerName: '钱进', level: 'LIKELY', signs: ['name-place-left-out', 'phone', 'representative'] }] })
  })
  test('what is only possible is told to nobody outside', async () => {
    expect((await bank.ask(bank.staff.li, checkDuplicates, { body: { kind: 'CORPORATE', name: '河北远晨精工有限公司', legalRepresentative: '何远晨' } })).body).toEqual({ inside: [], outside: [] })
    expect((await bank.ask(bank.staff.qian, checkDuplicates, { body: { kind: 'CORPORATE', name: '河北远晨精工有限公司', legalRepresentative: '何远晨' } })).body).toMatchObject({ inside: [{ level: 'POSSIBLE' }] })
  })
  test('a new name that is asked for is held against the bank too', async () => {
    const customerId = await entered(bank.staff.li, '临时名称一有限公司')
    const edit = (name: string, seen: boolean) => bank.ask(bank.staff.li, proposeIdentityChange, { params: { customerId }, body: { id: newId(), field: 'NAME', name, proof: '变更通知书', reason: '更名', sameNameSeen: seen } })
    expect((await edit('山西远晨精工有限责任公司', false)).body.refusal).toBe('same-name')
    expect((await bank.look('SELECT name FROM customer WHERE customer_id = $1', [customerId]))[0]).toEqual({ name: '临时名称一有限公司' })
    expect((await edit('山西远晨精工有限责任公司', true)).status).toBe(200)
  })
  test('is counted per person and hour, also when the entry is refused: no way to try names', async () => {
    const used = async (kind: string): Promise<number | undefined> => (await bank.look<{ used: number }>('SELECT used FROM reveal_count WHERE person_key = $1 AND kind = $2', [bank.staff.zhao.staffKey, kind]))[0]?.used
    await create(bank.staff.zhao, '山西远晨精工有限公司')
    expect(await used('NUMBER')).toBe(1)
    for (let n = 0; n < 60; n++) await bank.ask(bank.staff.zhao, checkDuplicates, { body: { kind: 'CORPORATE', name: '别的名称有限公司' } })
    expect((await bank.ask(bank.staff.zhao, checkDuplicates, { body: { kind: 'CORPORATE', name: '别的名称有限公司' } })).body.refusal).toBe('too-many')
    for (let n = 0; n < 29; n++) await create(bank.staff.zhao, '山西远晨精工有限公司')
    expect((await create(bank.staff.zhao, '山西远晨精工有限公司')).body.refusal).toBe('too-many')
    expect((await create(bank.staff.zhao, '赵敏自己的新客户有限公司')).status).toBe(200)
    await bank.look('DELETE FROM reveal_count')
  })
})

// every row of every table that a merge may touch; ciphers are left out (they are made anew), scope and ids are not
const snapshot = async (ids: readonly string[]): Promise<Record<string, unknown[]>> => {
  const tables = await bank.look<{ name: string }>("SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'customer_id' WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname NOT IN ('journal_line', 'merge_case', 'duplicate_pair', 'merged_row', 'merged_thing', 'customer_match') AND c.relname NOT LIKE 'staged_%' ORDER BY 1")
  const all: Record<string, unknown[]> = {}
  for (const { name } of tables) {
    all[name] = await bank.look(`SELECT to_jsonb(t) - 'number_cipher' - 'text_cipher' - 'address_cipher' - 'changed_at' - 'batch_id' - 'wrapped_key' - 'made_at' AS row FROM ${name} t WHERE customer_id = ANY($1) ${name === 'assignment' ? 'AND to_date IS DISTINCT FROM from_date' : ''} ORDER BY (to_jsonb(t) - 'number_cipher' - 'text_cipher')::text`, [ids])
  }
  return all
}

describe('merging', () => {
  type Two = { survivor: string; other: string; accountId: string; phone: string }
  let n = 0
  // the survivor is 李晓雯's in the south, the other 赵敏's in the north: the branch head sees both
  const two = async (): Promise<Two> => {
    n += 1
    const phone = `1370000${String(1000 + n)}`
    const name = `合并样本${'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳'.charAt(n - 1)}号商贸`
    const survivor = await entered(bank.staff.li, `山西${name}有限公司`, { phone, identity: { kind: 'USCC', number: uscc() }, corporate: { legalRepresentative: '贺并' } })
    const other = await entered(bank.staff.zhao, `${name}有限责任公司`, { phone, sameNameSeen: true, corporate: { legalRepresentative: '贺并', operatingAddress: '太原市小店区长风街12号', sizeClass: '小' } })
    const accountId = newId()
    await bank.services.db.asBatch(async (tx) => {
      const { keys } = bank.services
      await add(tx, 'account', { customer_id: other, id: accountId, core_key: `K${n}`, number_cipher: await keys.encrypt(tx, other, `62220000000${n}`), number_hash: keys.keyring.hash('ACCOUNT', `62220000000${n}`), tail: '0001', product_code: 'D1', outlet_key: bank.units.north.key, opened_on: '2026-01-05' }, { why: 'test' })
      await add(tx, 'balance_span', { customer_id: other, account_id: accountId, from_date: '2026-01-05', balance_fen: 500_000_00n }, { why: 'test' })
      await add(tx, 'account_transaction', { customer_id: other, id: newId(), account_id: accountId, core_key: `T${n}`, booked_on: '2026-01-05', direction: 'IN', amount_fen: 500_000_00n }, { why: 'test' })
    })
    await bank.ask(bank.staff.zhao, recordContact, { params: { customerId: other }, body: { id: newId(), mode: 'PHONE', businessDate: today, summary: '谈续存', restricted: { text: '仅限本人', readers: [bank.staff.wang.staffKey] } } })
    await bank.ask(bank.staff.aml, addSecretNote, { params: { customerId: other }, body: { id: newId(), text: '机密要点', readers: [] } })
    return { survivor, other, accountId, phone }
  }
  const propose = async ({ survivor, other }: Two, by = bank.staff.branchHead, choices: string[] = []) => {
    const id = newId()
    return { id, answer: await bank.ask(by, proposeMerge, { params: { customerId: survivor }, body: { id, otherId: other, reason: '同一企业两次建档', choices } }) }
  }
  const confirm = (caseId: string, by: Colleague = steward) => bank.ask(by, confirmMerge, { params: { caseId }, body: { opinion: '证照一致' } })
  const undo = (caseId: string, by: Colleague = steward) => bank.ask(by, undoMerge, { params: { caseId }, body: { reason: '合并有误' } })

  test('a scan goes over with its document, can be read under the survivor’s key, and comes back when the merge is undone', async () => {
    const pair = await two()
    const rowId = newId()
    const { zhao, li } = bank.staff
    expect((await bank.ask(zhao, addRow, { params: { customerId: pair.other }, body: { list: 'DOCUMENTS', id: rowId, values: { documentKind: 'LICENCE' } } })).status).toBe(200)
    const scan = { name: '营业执照.pdf', bytes: new TextEncoder().encode('%PDF-1.7 the licence') }
    expect((await bank.ask(zhao, attachFile, { params: { customerId: pair.other, rowId }, body: { id: newId(), list: 'DOCUMENTS' }, file: scan })).status).toBe(200)
    const read = async (who: Colleague, customerId: string) => {
      const answer = await bank.ask(who, downloadFile, { params: { customerId, rowId }, body: { list: 'DOCUMENTS', purpose: '核对执照' } })
      return [answer.status, answer.status === 200 ? answer.bytes.toString() : answer.body.refusal]
    }
    const { id } = await propose(pair)
    expect((await confirm(id)).status).toBe(200)
    expect(await read(li, pair.survivor)).toEqual([200, '%PDF-1.7 the licence'])
    expect((await undo(id)).status).toBe(200)
    expect(await read(zhao, pair.other)).toEqual([200, '%PDF-1.7 the licence'])
    expect(await read(li, pair.survivor)).toEqual([404, 'not-found'])
  })

  // the one that goes is known as a party by its proposal; the survivor is none before the merge, or one with a household of its own
  test.each([['is no party yet', false], ['lives with somebody himself', true]])('the home of a person goes over: who lives there is proposed with the survivor at once, who %s, and as before when it is undone', async (_which, own) => {
    const { li, zhao, branchHead } = bank.staff
    const person = (maker: Colleague, name: string) => entered(maker, name, { kind: 'PERSON', sameNameSeen: true })
    const lives = async (maker: Colleague, customerId: string, address: string) => expect((await bank.ask(maker, addRow, { params: { customerId }, body: { list: 'ADDRESSES', id: newId(), values: { site: 'HOME', district: '太原市迎泽区', address } } })).status).toBe(200)
    const door = `双塔西街 ${own ? 38 : 36} 号 2 号楼 3 单元 702`
    const [survivor, other, mate] = [await person(li, `并户人${own}`), await person(zhao, `并户人${own}`), await person(li, `同住人${own}`)]
    if (own) {
      const wife = await person(li, '并户人之妻')
      for (const id of [survivor, wife]) await lives(li, id, '新建路 5 号 1 单元 201')
    }
    await lives(zhao, other, door)
    await lives(li, mate, door)
    const proposed = async () => ((await bank.ask(branchHead, listProposals, { query: { kind: 'HOUSEHOLD' } })).body.items ?? []).map((one) => (one['members'] as { customerId: string }[]).map(({ customerId }) => customerId)).filter((members) => members.includes(mate))
    expect((await proposed()).map((members) => members.sort())).toEqual([[other, mate].sort()])
    const { id, answer } = await propose({ survivor, other, accountId: '', phone: '' })
    expect([answer.status, (await confirm(id)).status]).toEqual([200, 200])
    const [merged] = await proposed()
    expect([merged?.includes(survivor), merged?.includes(other), merged?.length]).toEqual([true, false, own ? 3 : 2])
    expect(await bank.look('SELECT octet_length(address_hash) AS door FROM customer_address WHERE customer_id = $1 ORDER BY address_hash', [survivor])).toEqual(Array.from({ length: own ? 2 : 1 }, () => ({ door: 32 })))
    expect((await undo(id)).status).toBe(200)
    expect((await proposed()).map((members) => members.sort())).toEqual([[other, mate].sort()])
  })

  test('the preview says which values stay, what conflicts and what goes over, and nothing of classed rows', async () => {
    const pair = await two()
    const { body, status } = await bank.ask(bank.staff.branchHead, previewMerge, { params: { customerId: pair.survivor, otherId: pair.other } })
    expect([status, body['level'], body['signs']]).toEqual([200, 'LIKELY', ['name-place-left-out', 'phone', 'representative']])
    const fields = body['fields'] as { field: string; kept: string; conflict: boolean }[]
    expect(fields.filter(({ field }) => ['name', 'operatingAddress', 'legalRepresentative'].includes(field)).map(({ field, kept, conflict }) => [field, kept, conflict])).toEqual([['name', 'survivor', true], ['operatingAddress', 'other', false], ['legalRepresentative', 'survivor', false]])
    const moves = Object.fromEntries((body['moves'] as { table: string; count: number }[]).map(({ table, count }) => [table, count]))
    expect(moves).toMatchObject({ account: 1, balance_span: 1, account_transaction: 1, contact: 1, identity_document: 1, phone: 1 })
    expect(Object.keys(moves).filter((table) => /restricted|secret|grant|assignment|tier/.test(table))).toEqual([])
  })

  test('proposed by one, confirmed by another, everything goes over; the former number and address lead to the survivor', async () => {
    const pair = await two()
    const { id, answer } = await propose(pair, bank.staff.branchHead, ['sizeClass'])
    expect(answer.status).toBe(200)
    expect((await confirm(id, bank.staff.branchHead)).body.refusal).toBe('same-person')
    expect((await confirm(id, bank.staff.li)).body.refusal).toBe('not-allowed')
    expect((await confirm(id, bank.staff.outletHead)).body.refusal).toBe('not-found') // sees one of the two
    const steps = await confirm(id)
    expect([steps.status, steps.body]).toMatchObject([200, { customerId: pair.survivor }])
    expect((await confirm(id)).body.refusal).toBe('not-proposed')

    const [alias] = await bank.look<Record<string, unknown>>('SELECT number, merged_into, status, viewers, main_staff_key FROM customer WHERE customer_id = $1', [pair.other])
    expect(alias).toMatchObject({ merged_into: pair.survivor, status: 'CLOSED', viewers: [], main_staff_key: null })
    for (const table of ['account', 'balance_span', 'account_transaction', 'contact', 'contact_restricted', 'secret_note', 'identity_document', 'phone']) {
      expect([table, (await bank.look<{ n: number }>(`SELECT count(*)::int AS n FROM ${table} WHERE customer_id = $1`, [pair.other]))[0]?.n]).toEqual([table, 0])
    }
    // the survivor's manager sees them, the former one no more
    expect((await bank.ask(bank.staff.zhao, getCustomer, { params: { customerId: pair.other } })).body.refusal).toBe('not-found')
    const shown = (await bank.ask(bank.staff.li, getCustomer, { params: { customerId: pair.survivor } })).body
    expect(shown).toMatchObject({ figures: { depositFen: '50000000' }, corporate: { operatingAddress: '太原市小店区长风街12号', sizeClass: '小', legalRepresentative: '贺并' } })
    expect(shown['formerNames']).toHaveLength(1)
    expect((await bank.ask(bank.staff.li, findAlias, { params: { customerId: pair.other } })).body).toEqual({ customerId: pair.survivor })
    expect((await bank.ask(bank.staff.zhao, findAlias, { params: { customerId: pair.other } })).body.refusal).toBe('not-found')
    const found = async (q: string, by = bank.staff.li) => (await bank.ask(by, listCustomers, { query: { q } })).body.items?.map((row) => row['customerId'])
    expect(await found(String(alias?.['number']))).toEqual([pair.survivor])
    expect(await found(String(shown['number']))).toEqual([pair.survivor])
    expect(await found(`合并样本${'甲乙丙丁'.charAt(n - 1)}号`, bank.staff.leader)).toEqual([pair.survivor])
    // encrypted values are readable under the survivor's key
    const phones = shown['phones'] as { id: string }[]
    for (const { id: phoneId } of phones) expect((await bank.ask(bank.staff.li, revealNumber, { params: { customerId: pair.survivor }, body: { what: 'PHONE', id: phoneId, purpose: '核对' } })).body['value']).toBe(pair.phone)
    const texts = (await bank.ask(bank.staff.wang, listRestrictedTexts)).body.items ?? []
    const [text] = await bank.look<{ id: string }>('SELECT id FROM contact_restricted WHERE customer_id = $1', [pair.survivor])
    expect(texts.map((row) => row['id'])).toContain(text?.id)
    expect((await bank.ask(bank.staff.wang, readRestrictedText, { params: { textId: text?.id } })).body['text']).toBe('仅限本人')
    const [note] = await bank.look<{ id: string }>('SELECT id FROM secret_note WHERE customer_id = $1', [pair.survivor])
    expect((await bank.ask(bank.staff.aml, readSecretNote, { params: { noteId: note?.id } })).body['text']).toBe('机密要点')
    // shares: those of the survivor stand, 100 in all; the other's end today
    expect(await bank.look("SELECT sum(share_pct)::text AS sum FROM assignment WHERE customer_id = $1 AND from_date <= $2 AND (to_date IS NULL OR to_date > $2)", [pair.survivor, today])).toEqual([{ sum: '100.00' }])
    expect(await bank.look("SELECT count(*)::int AS n FROM assignment WHERE customer_id = $1 AND from_date <= $2 AND (to_date IS NULL OR to_date > $2)", [pair.other, today])).toEqual([{ n: 0 }])
    // journal lines stay where they were
    expect((await bank.look<{ n: number }>('SELECT count(*)::int AS n FROM journal_line WHERE customer_id = $1', [pair.other]))[0]?.n).toBeGreaterThan(5)
    expect((await bank.ask(bank.staff.li, getMerge, { params: { caseId: id } })).body).toMatchObject({ state: 'MERGED', proposed: { name: '周正' }, decided: { name: '侯志' }, undoUntil: '2026-12-23' })
  })

  test('undone, everything is as it was, to the row', async () => {
    const pair = await two()
    await bank.services.db.asBatch((tx) => scanNothing(tx))
    const before = await snapshot([pair.survivor, pair.other])
    const { id } = await propose(pair, bank.staff.branchHead, ['name', 'sizeClass'])
    expect((await confirm(id)).status).toBe(200)
    expect(await snapshot([pair.survivor, pair.other])).not.toEqual(before)
    const undone = await undo(id)
    expect([undone.status, undone.body]).toEqual([200, { customerId: pair.survivor, otherId: pair.other }])
    expect(withoutFigureDay(await snapshot([pair.survivor, pair.other]))).toEqual(withoutFigureDay(before))
    expect((await bank.ask(bank.staff.zhao, getCustomer, { params: { customerId: pair.other } })).status).toBe(200)
    const [phone] = (await bank.ask(bank.staff.zhao, getCustomer, { params: { customerId: pair.other } })).body['phones'] as { id: string }[]
    expect((await bank.ask(bank.staff.zhao, revealNumber, { params: { customerId: pair.other }, body: { what: 'PHONE', id: phone?.id, purpose: '核对' } })).body['value']).toBe(pair.phone)
    expect((await undo(id)).body.refusal).toBe('not-merged')
  })

  test('what was booked since on an account that went over goes back with it; what the survivor did since stays', async () => {
    const pair = await two()
    const { id } = await propose(pair)
    await confirm(id)
    await bank.services.db.asBatch((tx) => add(tx, 'account_transaction', { customer_id: pair.survivor, id: newId(), account_id: pair.accountId, core_key: `L${n}`, booked_on: today, direction: 'OUT', amount_fen: 1n }, { why: 'test' }))
    await bank.ask(bank.staff.li, recordContact, { params: { customerId: pair.survivor }, body: { id: newId(), mode: 'PHONE', businessDate: today, summary: '合并后的联系' } })
    expect((await undo(id)).status).toBe(200)
    expect(await bank.look('SELECT count(*)::int AS n FROM account_transaction WHERE customer_id = $1', [pair.other])).toEqual([{ n: 2 }])
    expect(await bank.look('SELECT count(*)::int AS n FROM contact WHERE customer_id = $1', [pair.survivor])).toEqual([{ n: 1 }])
  })

  test('what waits of the other one’s identity is void with the merge and waits again when it is undone; both may have had one', async () => {
    const pair = await two()
    const asked = async (who: Colleague, customerId: string): Promise<void> => {
      expect((await bank.ask(who, proposeIdentityChange, { params: { customerId }, body: { id: newId(), field: 'NAME', name: `改名中的商贸有限公司${customerId.slice(-4)}`, proof: '变更通知书', reason: '更名' } })).status).toBe(200)
    }
    await asked(bank.staff.li, pair.survivor)
    await asked(bank.staff.zhao, pair.other)
    const states = async (customerId: string) => (await bank.look<{ state: string }>('SELECT state FROM identity_change WHERE customer_id = $1 ORDER BY state', [customerId])).map(({ state }) => state)
    const { id } = await propose(pair)
    expect((await confirm(id)).status).toBe(200)
    expect([await states(pair.survivor), await states(pair.other)]).toEqual([['OPEN', 'OVERTAKEN'], []])
    expect((await undo(id)).status).toBe(200)
    expect([await states(pair.survivor), await states(pair.other)]).toEqual([['OPEN'], ['OPEN']])
  })

  test('later facts that make it impossible are named', async () => {
    const pair = await two()
    const { id } = await propose(pair)
    await confirm(id)
    const changeId = newId()
    await bank.ask(bank.staff.li, proposeIdentityChange, { params: { customerId: pair.survivor }, body: { id: changeId, field: 'NAME', name: '改名之后商贸有限公司', proof: '变更通知书', reason: '更名' } })
    expect((await bank.ask(bank.staff.lead, decideIdentityChange, { params: { customerId: pair.survivor, changeId }, body: { decision: 'CONFIRMED' } })).status).toBe(200)
    const answer = await undo(id)
    expect([answer.body.refusal, answer.body['message']]).toEqual(['changed-since', expect.stringContaining('名称')])
  })

  test('refused by name: himself, another kind, in another merge, checked numbers that differ, changed since the proposal', async () => {
    const pair = await two()
    const preview = (survivor: string, other: string, by = bank.staff.branchHead) => bank.ask(by, previewMerge, { params: { customerId: survivor, otherId: other } })
    expect((await preview(pair.survivor, pair.survivor)).body.refusal).toBe('merge-with-itself')
    expect((await propose({ ...pair, other: pair.survivor })).answer.body.refusal).toBe('merge-with-itself')
    expect(await bank.look('SELECT 1 FROM merge_case WHERE customer_id = $1', [pair.survivor])).toEqual([])
    const person = await bank.customer({ kind: 'PERSON', name: '李四', main: bank.staff.li })
    expect((await preview(pair.survivor, person)).body.refusal).toBe('other-kind')
    const coded = await entered(bank.staff.wang, '另有代码的商贸有限公司', { identity: { kind: 'USCC', number: uscc() } })
    expect((await preview(pair.survivor, coded)).body.refusal).toBe('identity-differs')
    expect((await preview(pair.survivor, pair.other, bank.staff.li)).body.refusal).toBe('not-found') // sees one of the two
    expect((await preview(pair.survivor, newId())).body.refusal).toBe('not-found')
    const { id } = await propose(pair)
    expect((await propose({ ...pair, other: coded, survivor: pair.other })).answer.body.refusal).toBe('in-other-merge')
    await bank.services.db.asBatch((tx) => tx.all(sql`SELECT 1`))
    const { changedAt } = (await bank.ask(bank.staff.zhao, getCustomer, { params: { customerId: pair.other } })).body
    await bank.ask(bank.staff.zhao, editCustomer, { params: { customerId: pair.other }, body: { changedAt, corporate: { staffCount: 7 }, reason: '补充' } })
    expect((await confirm(id)).body.refusal).toBe('changed-meanwhile')
    expect((await bank.ask(bank.staff.branchHead, returnMerge, { params: { caseId: id }, body: { reason: '重来' } })).body.refusal).toBe('same-person')
    expect((await bank.ask(steward, returnMerge, { params: { caseId: id }, body: { reason: '资料已变' } })).status).toBe(200)
    expect((await propose(pair)).answer.status).toBe(200)
    expect((await bank.ask(steward, listMerges, { query: { state: 'RETURNED' } })).body.items?.length).toBeGreaterThan(0)
  })

  describe('relations and groups', () => {
    const party = async (customerId: string | null, file: string, name = '往来企业'): Promise<string> => {
      const id = newId()
      await bank.services.db.asBatch((tx) => add(tx, 'party', { id, customer_id: file, kind: 'COMPANY', as_customer: customerId, name: customerId === null ? name : null }, { why: 'test' }))
      return id
    }
    const edge = async (kind: string, from: string, to: string, file: string, more: Record<string, string | bigint | boolean> = {}): Promise<string> => {
      const id = newId()
      await bank.services.db.asBatch((tx) => add(tx, 'relation', { id, customer_id: file, kind, from_party: from, to_party: to, evidence: '工商登记', from_date: '2026-01-01', entered_on: '2026-01-01', ...more }, { why: 'test' }))
      return id
    }
    const all = async () => {
      const told: Record<string, unknown[]> = {}
      for (const table of ['party', 'relation', 'group_member', 'customer_group', 'group_proposal']) told[table] = await bank.look(`SELECT to_jsonb(t) - 'batch_id' AS row FROM ${table} t ${table === 'group_proposal' ? `WHERE state <> 'GONE'` : ''} ORDER BY id`)
      return told
    }

    test('edges, places in groups and control follow the merge; what would be double or of itself ends; undone, all is as it was', async () => {
      const pair = await two()
      const staying = await party(pair.survivor, pair.survivor)
      const leaving = await party(pair.other, pair.other)
      const [x, y] = [await party(null, pair.other), await party(null, pair.other)]
      const held = await edge('SHAREHOLDING', leaving, x, pair.other, { share_pct: '60' })
      const double = await edge('SHAREHOLDING', leaving, y, pair.other, { share_pct: '40' })
      await edge('SHAREHOLDING', staying, y, pair.survivor, { share_pct: '40' })
      const itself = await edge('CONTROL', staying, leaving, pair.survivor, { means: 'BOARD' })
      const guaranteed = await edge('GUARANTEE', x, leaving, pair.other, { amount_fen: 100n })
      const [lone, both] = [newId(), newId()]
      const [placed, doublePlace] = [newId(), newId()]
      await bank.services.db.asBatch(async (tx) => {
        for (const id of [lone, both]) await add(tx, 'customer_group', { id, kind: 'GROUP', name: `集团${id.slice(-4)}`, controller_party: id === lone ? leaving : null, from_date: '2026-01-01', reason: 'test' }, { why: 'test' })
        await add(tx, 'group_member', { id: placed, group_id: lone, party_id: leaving, customer_id: pair.other, from_date: '2026-01-01' }, { why: 'test' })
        await add(tx, 'group_member', { id: doublePlace, group_id: both, party_id: leaving, customer_id: pair.other, from_date: '2026-01-01' }, { why: 'test' })
        await add(tx, 'group_member', { id: newId(), group_id: both, party_id: staying, customer_id: pair.survivor, from_date: '2026-01-01' }, { why: 'test' })
      })
      await bank.services.db.asBatch((tx) => proposeGroups(tx, today))
      const before = await all()
      const { id } = await propose(pair)
      expect((await confirm(id)).status).toBe(200)
      // what is proposed names the survivor
      expect(await bank.look("SELECT 1 FROM group_proposal WHERE state = 'OPEN' AND (parties @> ARRAY[$1::uuid] OR customers @> ARRAY[$2::uuid])", [leaving, pair.other])).toEqual([])
      const ends = async (relation: string) => (await bank.look<Record<string, unknown>>('SELECT from_party, to_party, to_date::text, end_reason, customer_id FROM relation WHERE id = $1', [relation]))[0]
      expect(await ends(held)).toEqual({ from_party: staying, to_party: x, to_date: null, end_reason: null, customer_id: pair.survivor })
      expect(await ends(guaranteed)).toMatchObject({ from_party: x, to_party: staying, to_date: null })
      expect(await ends(double)).toMatchObject({ from_party: leaving, to_date: today, end_reason: '合并后重复' })
      expect(await ends(itself)).toMatchObject({ to_date: today, end_reason: '合并后为同一主体' })
      expect(await bank.look('SELECT party_id, customer_id, to_date FROM group_member WHERE id = $1', [placed])).toEqual([{ party_id: staying, customer_id: pair.survivor, to_date: null }])
      expect(await bank.look('SELECT to_date::text, end_reason FROM group_member WHERE id = $1', [doublePlace])).toEqual([{ to_date: today, end_reason: '合并后重复' }])
      expect(await bank.look('SELECT controller_party FROM customer_group WHERE id = $1', [lone])).toEqual([{ controller_party: staying }])
      expect((await undo(id)).status).toBe(200)
      expect(await all()).toEqual(before)
    })
    test('tasks, duties and appointments about him name the survivor, and come back', async () => {
      const pair = await two()
      const { zhao, branchHead } = bank.staff
      await bank.look("INSERT INTO assigned_task (id, group_id, title, content, source, priority, given_by, given_on, owner_key, customer_id, due_on, evidence_asked, state, viewers) VALUES (gen_random_uuid(), gen_random_uuid(), '回访', 'x', 'LEADER', 'USUAL', $2, $4, $3, $1, $4, 'x', 'GIVEN', ARRAY[$2, $3]::int[])", [pair.other, branchHead.staffKey, zhao.staffKey, today])
      const [task] = await bank.look<{ id: string }>('SELECT id FROM assigned_task WHERE customer_id = $1', [pair.other])
      const { id } = await propose(pair)
      expect((await confirm(id)).status).toBe(200)
      const about = () => bank.look('SELECT customer_id FROM assigned_task WHERE id = $1', [task?.id])
      expect(await about()).toEqual([{ customer_id: pair.survivor }])
      expect((await undo(id)).status).toBe(200)
      expect(await about()).toEqual([{ customer_id: pair.other }])
    })
    test('who is no party yet but becomes the survivor is that party; an edge that was changed since keeps the merge', async () => {
      const pair = await two()
      const leaving = await party(pair.other, pair.other)
      const x = await party(null, pair.other)
      const held = await edge('SHAREHOLDING', leaving, x, pair.other, { share_pct: '60' })
      const { id } = await propose(pair)
      await confirm(id)
      expect(await bank.look('SELECT as_customer FROM party WHERE id = $1', [leaving])).toEqual([{ as_customer: pair.survivor }])
      expect(await bank.look('SELECT from_party FROM relation WHERE id = $1', [held])).toEqual([{ from_party: leaving }])
      await bank.look('UPDATE party SET as_customer = NULL, name = $2 WHERE id = $1', [leaving, '改过的'])
      expect((await undo(id)).body.refusal).toBe('records-clash')
    })
    test('a loop of shares or control that the merge would close is refused by name', async () => {
      const pair = await two()
      const [staying, leaving] = [await party(pair.survivor, pair.survivor), await party(pair.other, pair.other)]
      const x = await party(null, pair.other)
      await edge('SHAREHOLDING', staying, x, pair.survivor, { share_pct: '60' })
      await edge('SHAREHOLDING', x, leaving, pair.other, { share_pct: '60' })
      expect((await propose(pair)).answer.body.refusal).toBe('merge-loop')
      await bank.look("UPDATE relation SET cross_holding = true WHERE to_party = $1", [leaving])
      expect((await propose(pair)).answer.status).toBe(200)
    })
    test('one who is recorded as an ancestor of the other is another person: refused by name, also when the edge has ended, not when it was a mistake', async () => {
      const pair = await two()
      const [staying, leaving] = [await party(pair.survivor, pair.survivor), await party(pair.other, pair.other)]
      const child = await party(null, pair.other)
      const first = await edge('FAMILY', staying, child, pair.survivor, { means: 'PARENT' })
      await edge('FAMILY', child, leaving, pair.other, { means: 'PARENT' })
      await edge('FAMILY', staying, leaving, pair.survivor, { means: 'SIBLING' })
      expect((await propose(pair)).answer.body.refusal).toBe('merge-family-loop')
      await bank.look("UPDATE relation SET to_date = '2026-06-01' WHERE id = $1", [first])
      expect((await propose(pair)).answer.body.refusal).toBe('merge-family-loop')
      await bank.look('UPDATE relation SET to_date = from_date WHERE id = $1', [first])
      expect((await propose(pair)).answer.status).toBe(200)
    })
    test('not while one of them is being handed over or claimed, at the proposal and at the confirmation', async () => {
      const pair = await two()
      const { id } = await propose(pair)
      const handOver = newId()
      const { li, wang, lead } = bank.staff
      await bank.look("INSERT INTO hand_over (id, number, kind, cause, leaver_key, supervisor_key, reason, effective_on, state, opened_by, opened_on, policy_version, scope_path, viewers) VALUES ($1, $2, 'ORDINARY', 'TRANSFER', $3, $4, 'x', '2026-12-01', 'LISTED', $4, $5, '1', '001.001.001', '{}')", [handOver, `J-${handOver.slice(-6)}`, li.staffKey, lead.staffKey, today])
      await bank.look("INSERT INTO hand_over_item (customer_id, id, hand_over_id, leaver_key, receiver_key, since_version, customer_number, customer_name, kind, tier, month_adb_fen, loan_fen, share_pct, main, must_sample, scope_path, viewers) SELECT customer_id, gen_random_uuid(), $2, $3, $4, 1, number, name, kind, tier, 0, 0, 100, true, false, scope_path, viewers FROM customer WHERE customer_id = $1", [pair.survivor, handOver, li.staffKey, wang.staffKey])
      expect((await confirm(id)).body.refusal).toBe('in-hand-over')
      await bank.look("UPDATE hand_over SET state = 'WITHDRAWN' WHERE id = $1", [handOver])
      await bank.look("INSERT INTO pool_claim (customer_id, id, staff_key, kind, reason, claimed_on, open_until, policy_version, customer_number, customer_name, scope_path, viewers) SELECT customer_id, gen_random_uuid(), $2, 'CLAIM', 'x', $3, $3, '1', number, name, scope_path, viewers FROM customer WHERE customer_id = $1", [pair.other, wang.staffKey, today])
      expect((await confirm(id)).body.refusal).toBe('claimed')
      await bank.look("UPDATE pool_claim SET state = 'REFUSED', decided_on = $2 WHERE customer_id = $1", [pair.other, today])
      expect((await confirm(id)).status).toBe(200)
    })
  })

  test('all or nothing: a record that clashes stops it whole', async () => {
    const pair = await two()
    const { id } = await propose(pair)
    const before = await snapshot([pair.survivor, pair.other])
    // a later room's table that only the one may have once, with something hanging on it
    await bank.look('CREATE TABLE clash_a (customer_id uuid, id uuid, once text UNIQUE, PRIMARY KEY (customer_id, id))')
    await bank.look('CREATE TABLE clash_b (customer_id uuid, id uuid, a_id uuid, PRIMARY KEY (customer_id, id), FOREIGN KEY (customer_id, a_id) REFERENCES clash_a)')
    for (const table of ['clash_a', 'clash_b']) {
      await bank.look(`COMMENT ON TABLE ${table} IS '{"owner":"visits","kind":"owned","secrecy":"NORMAL"}'`)
      await bank.look(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO yq_batch`)
    }
    const [a, b] = [newId(), newId()]
    await bank.look('INSERT INTO clash_a VALUES ($1, $2, $3)', [pair.other, a, 'x'])
    await bank.look('INSERT INTO clash_b VALUES ($1, $2, $3)', [pair.other, b, a])
    await bank.services.db.asBatch((tx) => add(tx, 'clash_a', { customer_id: pair.survivor, id: newId(), once: 'y' }, { why: 'the catalogue is read anew' }))
    const answer = await confirm(id)
    expect([answer.status, answer.body.refusal]).toEqual([409, 'records-clash'])
    const after = await snapshot([pair.survivor, pair.other])
    expect({ ...after, clash_a: [], clash_b: [] }).toEqual({ ...before, clash_a: [], clash_b: [] })
    // without the clash the later room's rows go over too
    await bank.look('ALTER TABLE clash_a DROP CONSTRAINT clash_a_once_key')
    expect((await confirm(id)).status).toBe(200)
    expect(await bank.look('SELECT customer_id FROM clash_b')).toEqual([{ customer_id: pair.survivor }])
    await bank.look('DROP TABLE clash_b, clash_a')
  })
})

const scanNothing = (tx: Parameters<Parameters<SmallBank['services']['db']['asBatch']>[0]>[0]) => tx.all(sql`SELECT 1`)
const withoutFigureDay = (all: Record<string, unknown[]>) => ({ ...all, customer: (all['customer'] ?? []).map((one) => ({ ...(one as { row: Record<string, unknown> }).row, figures_as_of: null, deposit_fen: null, month_adb_fen: null, last_month_adb_fen: null })), customer_key: [] })

describe('the scan of the book', () => {
  test('proposes pairs to who sees both; what was said to be different is not proposed again until a new sign comes', async () => {
    const one = await entered(bank.staff.li, '山西查重样本有限公司')
    const other = await entered(bank.staff.wang, '查重样本有限公司', { sameNameSeen: true })
    const far = await entered(bank.staff.qian, '山西省查重样本有限公司', { sameNameSeen: true })
    await scanDuplicates(bank.services.db, silent)
    const pairs = async (by: Colleague, state = 'OPEN') => ((await bank.ask(by, listDuplicates, { query: { state, limit: 200 } })).body.items ?? []).filter((row) => JSON.stringify(row).includes('查重样本'))
    const mine = await pairs(bank.staff.outletHead)
    expect(mine).toHaveLength(1)
    expect(mine[0]).toMatchObject({ level: 'LIKELY', signs: ['name-place-left-out'] })
    expect(await pairs(bank.staff.li)).toHaveLength(0)
    expect(await pairs(bank.staff.leader)).toHaveLength(3)
    expect(await pairs(bank.staff.qian)).toHaveLength(0)
    expect(JSON.stringify(mine)).not.toContain(far)
    const [pair] = mine as unknown as { customerId: string; id: string }[]
    const different = (by: Colleague) => bank.ask(by, decideDifferent, { params: { customerId: pair?.customerId, pairId: pair?.id }, body: { reason: '两家不同的企业' } })
    expect((await different(bank.staff.zhao)).body.refusal).toBe('not-found')
    expect((await different(pair?.customerId === one ? bank.staff.li : bank.staff.wang)).body.refusal).toBe('not-found') // sees one of the two
    expect((await different(bank.staff.outletHead)).status).toBe(200)
    expect((await different(bank.staff.outletHead)).body.refusal).toBe('pair-decided')
    expect(await scanDuplicates(bank.services.db, silent)).toMatchObject({ opened: 0 })
    expect(await pairs(bank.staff.outletHead)).toHaveLength(0)
    expect(await pairs(bank.staff.outletHead, 'DECIDED')).toHaveLength(1)
    // both get the same phone
    for (const [by, customerId] of [[bank.staff.li, one], [bank.staff.wang, other]] as const) {
      const { changedAt } = (await bank.ask(by, getCustomer, { params: { customerId } })).body
      expect((await bank.ask(by, editCustomer, { params: { customerId }, body: { changedAt, newPhone: '13612345678', reason: '补电话', sameNameSeen: true } })).status).toBe(200)
    }
    expect(await scanDuplicates(bank.services.db, silent)).toMatchObject({ opened: 1 })
    expect(await pairs(bank.staff.outletHead)).toMatchObject([{ signs: ['name-place-left-out', 'phone'], decidedBy: null }])
  })
})
