import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../../tests/support/small-bank.ts'
import { inventedUscc } from '../../demo/identity-numbers.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { routes } from '../../routes.ts'
import { addPhone } from '../create-customer.ts'
import { createCustomer, editCustomer, getCustomer } from '../customer.contract.ts'
import { addRow, endRow, getFile } from '../file/file.contract.ts'
import { addHouseholdMember, changeGroup, confirmProposal, declineProposal, endHousehold, endMember, getGroup, getProposalGraph, listGroups, listProposals, makeHousehold } from './group.contract.ts'
import { explainOwners, fileOwners, getOwners, workOutOwners } from './owners.contract.ts'
import { proposeGroups } from './propose-groups.ts'
import { endRelation, getRelationGraph, listRelations, recordRelation } from './relation.contract.ts'

let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank(routes)
})
afterAll(() => bank.close())

const company = (name: string, main = bank.staff.li): Promise<string> => bank.customer({ name, main })
const relate = (who: Colleague, customerId: string, more: object) => bank.ask(who, recordRelation, { params: { customerId }, body: { id: newId(), kind: 'SHAREHOLDING', direction: 'OUT', evidence: '公司章程', from: '2026-01-01', ...more } })
const holds = (who: Colleague, holder: string, held: string, sharePct: string, more: object = {}) => relate(who, holder, { other: { customerId: held }, sharePct, ...more })
const told = (answer: { status: number; body: Record<string, unknown> & { refusal?: string } }) => answer.body.refusal ?? answer.status
const relationsOf = async (who: Colleague, customerId: string, query: object = {}) => (await bank.ask(who, listRelations, { params: { customerId }, query: { ...query } })).body
type Graph = { center: string; nodes: { partyId: string; name: string; customerId: string | null; kind: string; distance: number; more: number }[]; edges: { kind: string; amountFen: string | null; fromParty: string; toParty: string }[] }
const graphOf = async (who: Colleague, customerId: string, query: object = {}) => (await bank.ask(who, getRelationGraph, { params: { customerId }, query: { ...query } })).body as unknown as Graph

describe('recording', () => {
  test('a shareholder who is no customer, by name and number; the same number is the same party', async () => {
    const { li } = bank.staff
    const [one, two] = [await company('甲方制造有限公司'), await company('乙方制造有限公司')]
    const holder = { kind: 'PERSON', name: '张建国', number: '11010519491231002X' }
    const first = await relate(li, one, { direction: 'IN', other: holder, sharePct: '60', subscribedFen: '6000000', paidInFen: '3000000' })
    const second = await relate(li, two, { direction: 'IN', other: { ...holder, name: '张 建国' }, sharePct: '51.25' })
    expect([first.status, second.status]).toEqual([200, 200])
    expect(second.body['otherPartyId']).toBe(first.body['otherPartyId'])
    expect((await relationsOf(li, one)).items).toMatchObject([{ kind: 'SHAREHOLDING', direction: 'IN', sharePct: '60', subscribedFen: '6000000', paidInFen: '3000000', evidence: '公司章程', enteredBy: '李晓雯', recordedHere: true, other: { name: '张建国', kind: 'PERSON', customerId: null } }])
    const [line] = await bank.look<{ after: Record<string, unknown> }>(`SELECT after FROM journal_line WHERE action = 'RECORD_RELATION' AND customer_id = $1`, [one])
    expect(line?.after['evidence']).toHaveProperty('sealed')
    const [party] = await bank.look<{ after: Record<string, unknown> }>(`SELECT after FROM journal_line WHERE table_name = 'party' AND after ? 'name' AND customer_id = $1`, [one])
    expect(party?.after['name']).toHaveProperty('sealed')
  })
  test('twice is once', async () => {
    const { li } = bank.staff
    const one = await company('一次登记有限公司')
    const body = { id: newId(), kind: 'LEGAL_REPRESENTATIVE', direction: 'IN', other: { kind: 'PERSON', name: '钱法人' }, evidence: '营业执照', from: '2020-01-01' }
    const first = await bank.ask(li, recordRelation, { params: { customerId: one }, body })
    expect((await bank.ask(li, recordRelation, { params: { customerId: one }, body })).body).toEqual(first.body)
    expect((await relationsOf(li, one)).items).toHaveLength(1)
    expect(told(await relate(li, one, { kind: 'LEGAL_REPRESENTATIVE', direction: 'IN', other: { kind: 'PERSON', name: '孙法人' } }))).toBe('exists-already')
  })
  test('nothing is half saved: a refused relation leaves no party', async () => {
    const one = await company('半途有限公司')
    const before = await bank.look('SELECT id FROM party')
    expect(told(await relate(bank.staff.li, one, { direction: 'IN', other: { kind: 'COMPANY', name: '无据公司' }, sharePct: null }))).toBe('share-needed')
    expect(await bank.look('SELECT id FROM party')).toHaveLength(before.length)
  })
  test('shares of one company over 100 % are refused, on whatever day they would be', async () => {
    const { li } = bank.staff
    const one = await company('百分百有限公司')
    expect(told(await relate(li, one, { direction: 'IN', other: { kind: 'PERSON', name: '甲股东' }, sharePct: '70', to: '2026-06-01' }))).toBe(200)
    expect(told(await relate(li, one, { direction: 'IN', other: { kind: 'PERSON', name: '乙股东' }, sharePct: '30.0001', from: '2026-05-31' }))).toBe('shares-above-100')
    expect(told(await relate(li, one, { direction: 'IN', other: { kind: 'PERSON', name: '乙股东' }, sharePct: '100', from: '2026-06-01' }))).toBe(200)
  })
  test('the number of the other end is checked', async () => {
    const one = await company('核号有限公司')
    expect(told(await relate(bank.staff.li, one, { direction: 'IN', other: { kind: 'PERSON', name: '错号', number: '110105194912310021' }, sharePct: '10' }))).toBe('other-number')
  })
})

describe('loops', () => {
  test('a loop of shares and control is refused by name, in whatever order it is written, except as a cross-holding', async () => {
    const { li } = bank.staff
    const [a, b, c] = [await company('环甲有限公司'), await company('环乙有限公司'), await company('环丙有限公司')]
    expect(told(await holds(li, a, b, '40'))).toBe(200)
    expect(told(await relate(li, b, { kind: 'CONTROL', means: 'CONTRACT', other: { customerId: c } }))).toBe(200)
    const kept = () => bank.look('SELECT (SELECT count(*)::int FROM relation) AS relations, (SELECT count(*)::int FROM party) AS parties, (SELECT count(*)::int FROM group_proposal) AS proposals')
    const before = await kept()
    const refused = await holds(li, c, a, '5')
    expect(told(refused)).toBe('control-loop')
    expect(await kept()).toEqual(before)
    expect(String(refused.body['message'])).toContain('环丙有限公司 → 环甲有限公司 → 环乙有限公司 → 环丙有限公司')
    expect(told(await holds(li, c, a, '5', { crossHolding: true }))).toBe(200)
    expect(told(await holds(li, a, a, '5'))).toBe('same-party')
  })
  test('two who close a loop from both ends at once: one of them is refused', async () => {
    const { li, qian } = bank.staff
    for (let round = 0; round < 4; round++) {
      const [a, b] = [await company(`同时甲${round}有限公司`), await bank.customer({ name: `同时乙${round}有限公司`, main: qian, assist: li })]
      const answers = await Promise.all([holds(li, a, b, '30'), holds(li, b, a, '30')])
      expect(answers.map(told).sort()).toEqual([200, 'control-loop'])
    }
  })
  test('two who together sell more than the whole at once: one of them is refused', async () => {
    const { li } = bank.staff
    const one = await company('抢股有限公司')
    const answers = await Promise.all(['甲', '乙'].map((name) => relate(li, one, { direction: 'IN', other: { kind: 'PERSON', name: `${name}抢股` }, sharePct: '60' })))
    expect(answers.map(told).sort()).toEqual([200, 'shares-above-100'])
  })
  test('the verdict is the same for the manager who does not see the loop and the head who does', async () => {
    const { li, qian, leader, branchHead } = bank.staff
    const [mine, hidden] = [await company('看得见有限公司'), await bank.customer({ name: '看不见有限公司', main: qian })]
    const uscc = inventedUscc(77, '91', '140100')
    await bank.look(`INSERT INTO identifier (kind, value_hash, customer_id) VALUES ('USCC', $1, $2)`, [bank.services.keys.keyring.hash('USCC', uscc), hidden])
    // 李晓雯 tells the foreign customer by its public number; she is not told that it is one
    const first = await relate(li, mine, { other: { kind: 'COMPANY', name: '看不见有限公司', number: uscc }, sharePct: '30' })
    expect(first.status).toBe(200)
    expect((await relationsOf(li, mine)).items?.[0]).toMatchObject({ other: { name: '看不见有限公司', customerId: null } })
    const otherPartyId = first.body['otherPartyId']
    const back = { kind: 'SHAREHOLDING', direction: 'IN', other: { partyId: otherPartyId }, sharePct: '10' }
    expect(told(await relate(li, mine, back))).toBe('control-loop')
    expect(told(await relate(branchHead, mine, back))).toBe('control-loop')
    expect(told(await holds(qian, hidden, mine, '10'))).toBe('other-unknown')
    // head office sees both by name
    expect((await relationsOf(leader, mine)).items?.[0]).toMatchObject({ other: { name: '看不见有限公司', customerId: hidden } })
  })
})

describe('what a reader sees', () => {
  test('a customer of another branch looks exactly like a party that is none; a person is masked; foreign guarantees are not there', async () => {
    const { li, qian, leader } = bank.staff
    const [mine, foreign] = [await company('晋泰新材料有限公司'), await bank.customer({ name: '西城煤化工有限公司', main: qian })]
    const outside = (await relate(li, mine, { kind: 'GUARANTEE', other: { kind: 'COMPANY', name: '非客户公司' }, amountFen: '100000000' })).body['otherPartyId']
    const both = await bank.customer({ name: '两家管户有限公司', main: qian, assist: li })
    await relate(qian, both, { kind: 'GUARANTEE', other: { customerId: foreign }, amountFen: '300000000' })
    await relate(li, mine, { kind: 'GUARANTEE', other: { customerId: both }, amountFen: '200000000' })
    await relate(qian, foreign, { kind: 'GUARANTEE', other: { kind: 'COMPANY', name: '更远的公司' }, amountFen: '500000000' })
    const seen = await graphOf(li, mine, { depth: 4 })
    const node = (name: string) => seen.nodes.find((one) => one.name === name)
    expect(node('西城煤化工有限公司')).toMatchObject({ customerId: null, kind: 'COMPANY' })
    expect(Object.keys(node('西城煤化工有限公司') ?? {}).sort()).toEqual(Object.keys(node('非客户公司') ?? {}).sort())
    expect(outside).toBe(node('非客户公司')?.partyId)
    // beyond the foreign company nothing is told, not even that there is more
    expect(node('更远的公司')).toBeUndefined()
    expect(node('西城煤化工有限公司')?.more).toBe(0)
    expect(seen.nodes.map((one) => one.customerId)).not.toContain(foreign)
    const whole = await graphOf(leader, mine, { depth: 4 })
    expect(whole.nodes.map((one) => one.name)).toContain('更远的公司')
    expect(whole.nodes.find((one) => one.name === '西城煤化工有限公司')?.customerId).toBe(foreign)
    // the other way: 钱进 sees the edge of his customer, and 李晓雯's company by its name only
    expect((await graphOf(qian, foreign, { depth: 1 })).edges.map((edge) => edge.amountFen).sort()).toEqual(['300000000', '500000000'])
    expect(told(await bank.ask(qian, getRelationGraph, { params: { customerId: mine } }))).toBe('not-found')
  })
  test('depth, expanding and the kinds asked for', async () => {
    const { li } = bank.staff
    const chain = await Promise.all(['一', '二', '三', '四', '五'].map((name) => company(`链${name}有限公司`)))
    for (const [place, id] of chain.slice(0, 4).entries()) await holds(li, id, chain[place + 1] ?? '', '60')
    const near = await graphOf(li, chain[0] ?? '', { depth: 2 })
    expect(near.nodes.map((one) => [one.name, one.distance, one.more])).toEqual([['链一有限公司', 0, 0], ['链二有限公司', 1, 0], ['链三有限公司', 2, 1]])
    const rim = near.nodes.at(-1)?.partyId
    expect((await graphOf(li, chain[0] ?? '', { depth: 2, expand: rim })).nodes).toHaveLength(4)
    expect((await graphOf(li, chain[0] ?? '', { depth: 9 })).nodes).toHaveLength(5)
    expect((await graphOf(li, chain[0] ?? '', { depth: 9, kinds: 'GUARANTEE' })).nodes).toHaveLength(1)
    expect(told(await bank.ask(li, getRelationGraph, { params: { customerId: chain[0] }, query: { kinds: 'NONSENSE' } }))).toBe('invalid-request')
  })
  test('who may record: the managers of the customer and the heads of their line', async () => {
    const { li, wang, zhao, lead, branchHead, leader, qian, reviewer, hr } = bank.staff
    const one = await bank.customer({ name: '谁能登记有限公司', main: li, assist: wang })
    await bank.grant(one, zhao)
    const expected: [Colleague, unknown][] = [[li, 200], [wang, 200], [lead, 200], [branchHead, 200], [leader, 'not-allowed'], [zhao, 'not-allowed'], [qian, 'not-found'], [reviewer, 'not-allowed'], [hr, 'not-allowed']]
    for (const [place, [who, answer]] of expected.entries()) {
      expect([who.name, told(await relate(who, one, { direction: 'IN', kind: 'MANAGEMENT', means: 'DIRECTOR', other: { kind: 'PERSON', name: `董事${place}号` } }))]).toEqual([who.name, answer])
    }
    expect((await relationsOf(zhao, one)).items).toHaveLength(4)
  })
  test('it ends where it was recorded; a mistake ends on its first day and is gone', async () => {
    const { li, wang, qian } = bank.staff
    const [mine, his] = [await bank.customer({ name: '终止甲有限公司', main: li, assist: qian }), await bank.customer({ name: '终止乙有限公司', main: qian })]
    const relationId = String((await holds(qian, his, mine, '20')).body['relationId'])
    const finish = (who: Colleague, customerId: string, on: string) => bank.ask(who, endRelation, { params: { customerId, relationId }, body: { on, reason: '股权已转让' } })
    expect(told(await finish(li, mine, today))).toBe('recorded-elsewhere')
    expect(told(await finish(wang, his, today))).toBe('not-found')
    expect(told(await finish(qian, his, '2025-12-31'))).toBe('end-day')
    expect(told(await finish(qian, his, '2026-10-01'))).toBe(200)
    expect(told(await finish(qian, his, today))).toBe('ended-already')
    expect((await relationsOf(li, mine)).items).toHaveLength(0)
    expect((await relationsOf(li, mine, { ended: true })).items).toMatchObject([{ to: '2026-10-01', endReason: '股权已转让', inForce: false, evidence: null, enteredBy: null }])
    expect(told(await holds(qian, his, mine, '20', { from: '2026-10-01' }))).toBe(200)
  })
})

describe('groups', () => {
  type Proposal = { proposalId: string; kind: string; tests: string[]; members: { name: string; customerId: string | null }[]; memberCount: number; groupId: string | null; groupName: string | null; controllerName: string | null }
  const proposals = async (who: Colleague) => ((await bank.ask(who, listProposals, { query: { limit: 200 } })).body.items ?? []) as unknown as Proposal[]
  const withMember = async (who: Colleague, name: string) => (await proposals(who)).filter((one) => one.members.some((member) => member.name === name))
  const confirm = (who: Colleague, proposalId: string, more: object = {}) => bank.ask(who, confirmProposal, { params: { proposalId }, body: { id: newId(), name: '晋恒集团', from: '2026-11-01', reason: '同一实际控制人', ...more } })

  test('found by rule, confirmed by a person, summed once, extended, ended', async () => {
    const { li, qian, leader, zhao, branchHead } = bank.staff
    const [a, b, c] = [await company('晋恒控股有限公司'), await bank.customer({ name: '晋恒贸易有限公司', main: qian }), await company('晋恒物流有限公司')]
    await bank.look('UPDATE customer SET loan_fen = 500000, deposit_fen = 70000 WHERE customer_id = ANY($1)', [[a, b, c]])
    const boss = { kind: 'PERSON', name: '晋恒老板', number: '11010119900307811X' }
    expect(told(await relate(li, a, { direction: 'IN', other: boss, sharePct: '80' }))).toBe(200)
    expect(await withMember(li, '晋恒控股有限公司')).toEqual([])
    expect(told(await relate(qian, b, { direction: 'IN', other: boss, sharePct: '51' }))).toBe(200)
    const [found] = await withMember(li, '晋恒控股有限公司')
    expect(found).toMatchObject({ kind: 'GROUP', tests: ['C'], memberCount: 2, controllerName: '晋恒老板', groupId: null })
    // the member of the other branch is told by its public name only; each of the two managers, and head office, is told of the same proposal
    expect(found?.members.find((one) => one.name === '晋恒贸易有限公司')?.customerId).toBeNull()
    for (const who of [qian, leader, branchHead]) expect((await withMember(who, '晋恒控股有限公司')).map((one) => one.proposalId)).toEqual([found?.proposalId])
    expect(await withMember(zhao, '晋恒控股有限公司')).toEqual([])
    expect(told(await confirm(zhao, found?.proposalId ?? ''))).toBe('not-found')
    expect(told(await confirm(li, found?.proposalId ?? '', { from: '2026-11-24' }))).toBe('begins-later')
    const both = await Promise.all([confirm(li, found?.proposalId ?? ''), confirm(qian, found?.proposalId ?? '')])
    expect(both.map(told).sort()).toEqual([200, 'decided-already'])
    const groupId = String(both.find((answer) => answer.status === 200)?.body['groupId'])
    const group = async (who: Colleague) => (await bank.ask(who, getGroup, { params: { groupId } })).body as unknown as { members: { name: string; customerId: string | null; loanFen: string | null; role: string; memberId: string; partyId: string }[]; sums: object; hidden: { name: string }[]; overLimit: boolean; controller: { name: string }; leadOrg: { key: number } | null }
    // the sum is one number for everybody; what a member owes is told of those whom the reader sees
    for (const who of [li, qian, leader]) expect((await group(who)).sums).toMatchObject({ customers: 2, loanFen: '1000000', depositFen: '140000' })
    expect((await group(li)).members.map((one) => one.loanFen).sort()).toEqual(['500000', null])
    expect((await group(li)).controller.name).toBe('晋恒老板')
    expect(told(await bank.ask(zhao, getGroup, { params: { groupId } }))).toBe('not-found')
    // a third one comes: hidden until somebody confirms that it belongs
    expect(told(await holds(li, a, c, '100'))).toBe(200)
    expect((await group(li)).hidden.map((one) => one.name)).toEqual(['晋恒物流有限公司'])
    const [extension] = await withMember(li, '晋恒物流有限公司')
    expect(extension).toMatchObject({ groupId, groupName: '晋恒集团', memberCount: 3 })
    expect((await confirm(li, extension?.proposalId ?? '')).body['groupId']).toBe(groupId)
    expect((await group(leader)).sums).toMatchObject({ customers: 3, loanFen: '1500000' })
    expect((await group(li)).hidden).toEqual([])
    // the limit, the units, the lead
    const change = (more: object) => bank.ask(li, changeGroup, { params: { groupId }, body: { reason: '年度授信', ...more } })
    expect(told(await change({ limitFen: '100' }))).toBe('limit-incomplete')
    expect(told(await change({ limitFen: '1499999', limitFrom: '2026-11-01', limitUntil: '2027-10-31', leadOrg: bank.units.south.key, coOrgs: [bank.units.west.key] }))).toBe(200)
    expect(told(await change({ leadOrg: 999_999 }))).toBe('outlet-unknown')
    expect(await group(li)).toMatchObject({ overLimit: true, leadOrg: { key: bank.units.south.key } })
    const present = (await group(li)).members
    const lead = present.find((one) => one.role === 'LEAD')
    expect(lead?.name).toBe('晋恒控股有限公司')
    const leave = (memberId: string) => bank.ask(li, endMember, { params: { groupId, memberId }, body: { on: today, reason: '股权已转让' } })
    expect(told(await leave(lead?.memberId ?? ''))).toBe('lead-stays')
    expect(told(await change({ leadPartyId: present.find((one) => one.role !== 'LEAD')?.partyId }))).toBe(200)
    expect((await leave(lead?.memberId ?? '')).body).toMatchObject({ ended: false })
    // who sees nobody but former members does not see the group, whichever members he asks for
    await bank.look('UPDATE group_member SET to_date = $2 WHERE customer_id = $1', [c, today])
    for (const query of [{}, { ended: true }]) expect([told(await bank.ask(li, getGroup, { params: { groupId }, query })), told(await bank.ask(qian, getGroup, { params: { groupId }, query }))]).toEqual(['not-found', 200])
    await bank.look('UPDATE group_member SET to_date = NULL WHERE customer_id = $1', [c])
    const rest = (await group(leader)).members
    expect((await bank.ask(leader, endMember, { params: { groupId, memberId: rest[0]?.memberId }, body: { on: today, reason: '解散' } })).body).toMatchObject({ ended: true })
    expect(told(await change({ name: '又一名' }))).toBe('group-ended')
    const listed = async (query: object) => ((await bank.ask(leader, listGroups, { query: { ...query } })).body.items ?? []).map((one) => one['name'])
    expect(await listed({})).not.toContain('晋恒集团')
    expect(await listed({ ended: true })).toContain('晋恒集团')
    // of a group that has ended a former member is enough
    for (const query of [{}, { ended: true }]) expect(told(await bank.ask(li, getGroup, { params: { groupId }, query }))).toBe(200)
  })

  test('a declined set is not proposed again until it changes', async () => {
    const { li } = bank.staff
    const [a, b, c] = [await company('不认甲有限公司'), await company('不认乙有限公司'), await company('不认丙有限公司')]
    await holds(li, a, b, '60')
    const [found] = await withMember(li, '不认甲有限公司')
    const decline = () => bank.ask(li, declineProposal, { params: { proposalId: found?.proposalId }, body: { reason: '仅为财务投资' } })
    expect(told(await decline())).toBe(200)
    expect(told(await decline())).toBe('decided-already')
    await relate(li, a, { kind: 'MANAGEMENT', direction: 'IN', means: 'DIRECTOR', other: { kind: 'PERSON', name: '某董事' } })
    expect(await withMember(li, '不认甲有限公司')).toEqual([])
    await holds(li, b, c, '60')
    expect(await withMember(li, '不认甲有限公司')).toMatchObject([{ memberCount: 3 }])
  })

  test('a parent is seen as such from the one side and as a child from the other; nobody descends from his own child', async () => {
    const { li } = bank.staff
    const [gran, mum, kid] = [await bank.customer({ name: '祖母甲', kind: 'PERSON' }), await bank.customer({ name: '母亲乙', kind: 'PERSON' }), await bank.customer({ name: '孩子丙', kind: 'PERSON' })]
    const kin = (of: string, other: string, means: string) => relate(li, of, { kind: 'FAMILY', means, other: { customerId: other }, evidence: '户口簿，本人书面同意' })
    const seen = async (of: string) => ((await relationsOf(li, of)).items as { means: string; direction: string; other: { name: string } }[]).map((row) => `${row.other.name} ${row.means} ${row.direction}`).sort()
    expect(told(await kin(kid, mum, 'PARENT'))).toBe(200)
    expect(told(await kin(gran, mum, 'CHILD'))).toBe(200)
    expect([await seen(kid), await seen(mum), await seen(gran)]).toEqual([['母亲乙 PARENT NONE'], ['孩子丙 CHILD NONE', '祖母甲 PARENT NONE'], ['母亲乙 CHILD NONE']])
    // the same told from the other side is the same relation
    expect(told(await kin(mum, kid, 'CHILD'))).toBe('exists-already')
    expect(told(await kin(mum, kid, 'SIBLING'))).toBe('exists-already')
    expect(told(await kin(gran, kid, 'PARENT'))).toBe('family-loop')
    expect(told(await kin(kid, gran, 'CHILD'))).toBe('family-loop')
    expect(told(await kin(kid, gran, 'OTHER_RELATIVE'))).toBe(200)
    expect((await kin(gran, await bank.customer({ name: '旧户丁', kind: 'PERSON' }), 'PARENT_OR_CHILD')).body.refusal).toBe('means-needed')
  })

  test('relatives, key managers, economic dependence, guarantee circles', async () => {
    const { li } = bank.staff
    const [a, b, c, d] = [await company('亲属甲有限公司'), await company('亲属乙有限公司'), await company('高管丙有限公司'), await company('亲属丁有限公司')]
    const people = { husband: { kind: 'PERSON', name: '赵夫', number: '110101197801011113' }, wife: { kind: 'PERSON', name: '钱妻' } }
    const husband = await bank.customer({ name: '赵夫', kind: 'PERSON' })
    await relate(li, a, { direction: 'IN', other: { customerId: husband }, sharePct: '90' })
    const wife = (await relate(li, b, { direction: 'IN', other: people.wife, sharePct: '30' })).body['otherPartyId']
    expect(await withMember(li, '亲属甲有限公司')).toEqual([])
    // together they hold 60 % of 乙
    await relate(li, b, { direction: 'IN', other: { customerId: husband }, sharePct: '30' })
    expect(await withMember(li, '亲属甲有限公司')).toEqual([])
    expect(told(await relate(li, husband, { kind: 'FAMILY', means: 'SPOUSE', other: { partyId: wife }, evidence: '本人书面同意，结婚证' }))).toBe(200)
    expect(await withMember(li, '亲属甲有限公司')).toMatchObject([{ tests: ['C'], memberCount: 2 }])
    // the chairman of 丙 controls 甲
    await relate(li, c, { kind: 'MANAGEMENT', means: 'CHAIRMAN', direction: 'IN', other: { customerId: husband } })
    expect(await withMember(li, '高管丙有限公司')).toMatchObject([{ tests: ['C'], memberCount: 3 }])
    // half of the income from one buyer
    await relate(li, d, { kind: 'SUPPLY', other: { customerId: a }, incomePct: '49.9999' })
    expect(await withMember(li, '亲属丁有限公司')).toEqual([])
    await relate(li, d, { kind: 'SUPPLY', other: { customerId: c }, incomePct: '50' })
    expect(await withMember(li, '亲属丁有限公司')).toMatchObject([{ kind: 'DEPENDENCE', tests: ['ECONOMIC'], memberCount: 2 }])
    const ring = await Promise.all(['一', '二', '三'].map((name) => company(`互保${name}有限公司`)))
    for (const [place, id] of ring.entries()) await relate(li, id, { kind: 'GUARANTEE', other: { customerId: ring[(place + 1) % 3] }, amountFen: '1000000' })
    const [circle] = await withMember(li, '互保一有限公司')
    expect(circle).toMatchObject({ kind: 'CIRCLE', memberCount: 3 })
    const drawn = await bank.ask(li, getProposalGraph, { params: { proposalId: circle?.proposalId } })
    expect(drawn.body['circles']).toHaveLength(1)
    expect(drawn.body['edges']).toHaveLength(3)
    const groupId = (await confirm(li, circle?.proposalId ?? '', { name: '互保圈' })).body['groupId']
    expect((await bank.ask(li, getGroup, { params: { groupId } })).body['circles']).toHaveLength(1)
    expect((await bank.ask(li, listGroups, { query: { kind: 'CIRCLE' } })).body.items).toMatchObject([{ name: '互保圈', circles: 1, members: 3 }])
  })
})

describe('households', () => {
  test('a person may sit in several and rolls up in one; a household can be ended', async () => {
    const { li, qian } = bank.staff
    const [father, mother, child, foreign, firm] = [
      await bank.customer({ name: '周父', kind: 'PERSON' }), await bank.customer({ name: '吴母', kind: 'PERSON' }), await bank.customer({ name: '周小', kind: 'PERSON' }), await bank.customer({ name: '外人', kind: 'PERSON', main: qian }), await company('家族有限公司'),
    ]
    await bank.look('UPDATE customer SET deposit_fen = 100 WHERE customer_id = ANY($1)', [[father, mother, child]])
    const make = (customerId: string, members: object[], more: object = {}) => bank.ask(li, makeHousehold, { params: { customerId }, body: { id: newId(), name: '周家', from: '2026-01-01', evidence: '户口簿，本人同意', members, ...more } })
    expect(told(await make(father, [{ customerId: foreign, role: 'OTHER' }]))).toBe('other-unknown')
    expect(told(await make(father, [{ customerId: firm, role: 'OTHER' }]))).toBe('not-a-person')
    expect(told(await make(father, [{ customerId: father, role: 'SPOUSE' }]))).toBe('member-twice')
    const groupId = (await make(father, [{ customerId: mother, role: 'SPOUSE' }])).body['groupId']
    const add = (customerId: string, member: object) => bank.ask(li, addHouseholdMember, { params: { customerId, groupId }, body: { member, from: '2026-02-01', evidence: '户口簿' } })
    expect(told(await add(child, { customerId: child, role: 'CHILD' }))).toBe('not-found')
    expect(told(await add(father, { customerId: child, role: 'CHILD', rollsUp: false }))).toBe(200)
    expect(told(await add(father, { customerId: child, role: 'CHILD', rollsUp: false }))).toBe('member-twice')
    expect(told(await make(mother, []))).toBe('rolls-up-elsewhere')
    const own = (await make(child, [{ customerId: mother, role: 'PARENT', rollsUp: false }], { name: '小家' })).body['groupId']
    const sums = async (id: unknown) => (await bank.ask(li, getGroup, { params: { groupId: id } })).body['sums']
    expect(await sums(groupId)).toMatchObject({ customers: 2, depositFen: '200' })
    expect(await sums(own)).toMatchObject({ customers: 1, depositFen: '100' })
    expect((await relationsOf(li, child))['groups']).toMatchObject([{ name: '周家', role: 'CHILD', rollsUp: false }, { name: '小家', role: 'HEAD', rollsUp: true }])
    expect(told(await bank.ask(li, endHousehold, { params: { customerId: father, groupId }, body: { on: today, reason: '分家' } }))).toBe(200)
    expect(told(await bank.ask(li, endHousehold, { params: { customerId: father, groupId }, body: { on: today, reason: '分家' } }))).toBe('ended-already')
    expect(told(await make(mother, []))).toBe(200)
  })
})

describe('households by rule', () => {
  const live = async (who: Colleague, customerId: string, district: string, address: string, site = 'HOME') => {
    const id = newId()
    expect((await bank.ask(who, addRow, { params: { customerId }, body: { list: 'ADDRESSES', id, values: { site, district, address } } })).status).toBe(200)
    return id
  }
  type Waiting = { proposalId: string; kind: string; members: { name: string; customerId: string | null }[]; memberCount: number; tests: string[]; allSeen: boolean }
  const proposed = async (who: Colleague, query: object = {}) => (await bank.ask(who, listProposals, { query: { kind: 'HOUSEHOLD', ...query } })).body.items as unknown as Waiting[]
  const born = async (...told: [customerId: string, on: string][]) => bank.look('INSERT INTO person (customer_id, birth_date) SELECT * FROM unnest($1::uuid[], $2::date[])', [told.map(([id]) => id), told.map(([, on]) => on)])
  const around = async (customerId: string) => (await relationsOf(bank.staff.li, customerId))['waiting']

  test('one door in two spellings is proposed, shown, confirmed with its head, and summed once', async () => {
    const { li } = bank.staff
    const [he, she, neighbour] = [await bank.customer({ name: '郑同住', kind: 'PERSON' }), await bank.customer({ name: '孟同住', kind: 'PERSON' }), await bank.customer({ name: '楼上人', kind: 'PERSON' })]
    await born([he, '1970-01-01'], [she, '1968-01-01'])
    await bank.look('UPDATE customer SET deposit_fen = 700, loan_fen = 50 WHERE customer_id = ANY($1)', [[he, she]])
    await live(li, he, '山西省太原市小店区', '平阳路 8 号 3 号楼 2 单元 501 室')
    await live(li, neighbour, '小店区', '平阳路8号3号楼2单元502室')
    await live(li, neighbour, '小店区', '平阳路8号3-2-501', 'MAILING')
    expect(await proposed(li)).toEqual([])
    await live(li, she, '太原市小店区', '平阳路八号3栋2单元501')
    const [found] = await proposed(li)
    expect(found).toMatchObject({ kind: 'HOUSEHOLD', tests: ['HOME'], memberCount: 2, allSeen: true, members: expect.arrayContaining([expect.objectContaining({ name: '郑同住' }), expect.objectContaining({ name: '孟同住' })]) })
    expect((await bank.ask(li, listGroups, {})).body).toMatchObject({ waitingHouseholds: 1 })
    expect((await bank.ask(li, listProposals, {})).body.items).not.toContainEqual(expect.objectContaining({ kind: 'HOUSEHOLD' }))
    expect(await around(he)).toMatchObject([{ proposalId: found?.proposalId, kind: 'HOUSEHOLD', members: 2 }])
    const body = { id: newId(), name: '郑家', from: today, reason: '户口簿，本人同意' }
    expect(told(await bank.ask(li, confirmProposal, { params: { proposalId: found?.proposalId }, body: { ...body, headPartyId: newId() } }))).toBe('not-a-member')
    const { body: confirmed } = await bank.ask(li, confirmProposal, { params: { proposalId: found?.proposalId }, body })
    expect((await bank.ask(li, getGroup, { params: { groupId: confirmed['groupId'] } })).body).toMatchObject({ kind: 'HOUSEHOLD', controlBasis: ['HOME'], sums: { customers: 2, depositFen: '1400', loanFen: '100' }, members: [{ name: '孟同住', role: 'HEAD', rollsUp: true }, { name: '郑同住', role: 'OTHER' }] })
    expect((await relationsOf(li, he))['groups']).toMatchObject([{ name: '郑家', role: 'OTHER', sums: { customers: 2, depositFen: '1400' } }])
    expect(await proposed(li)).toEqual([])
    // the address is kept as a cipher and a keyed hash: nothing of it can be read
    const [kept] = await bank.look<{ hash: Buffer; clear: string | null }>('SELECT address_hash AS hash, address AS clear FROM customer_address WHERE customer_id = $1', [he])
    expect([kept?.hash.length, kept?.clear]).toEqual([32, null])
  })

  test('married, or parent of a child under age, is one; grown-up children are not; who rolls up elsewhere is summed there', async () => {
    const { li } = bank.staff
    const [father, son, wife, grandchild] = [await bank.customer({ name: '苗老', kind: 'PERSON' }), await bank.customer({ name: '苗青', kind: 'PERSON' }), await bank.customer({ name: '白青', kind: 'PERSON' }), await bank.customer({ name: '苗小', kind: 'PERSON' })]
    await born([father, '1950-01-01'], [son, '1985-01-01'], [wife, '1986-01-01'], [grandchild, '2015-05-05'])
    const family = (of: string, other: string, means: string) => relate(li, of, { kind: 'FAMILY', means, direction: 'OUT', other: { customerId: other }, evidence: '户口簿，本人同意' })
    expect(told(await family(son, father, 'PARENT'))).toBe(200)
    expect(await around(son)).toEqual([])
    const mother = await bank.customer({ name: '白母', kind: 'PERSON' })
    expect(told(await bank.ask(li, makeHousehold, { params: { customerId: wife }, body: { id: newId(), name: '娘家', from: '2026-01-01', evidence: '户口簿', members: [{ customerId: mother, role: 'PARENT' }] } }))).toBe(200)
    expect(told(await family(son, wife, 'SPOUSE'))).toBe(200)
    expect(told(await family(grandchild, son, 'PARENT'))).toBe(200)
    const [found] = await proposed(li)
    expect(found).toMatchObject({ tests: ['KIN'], memberCount: 3 })
    const groupId = (await bank.ask(li, confirmProposal, { params: { proposalId: found?.proposalId }, body: { id: newId(), name: '苗家', from: today, reason: '户口簿' } })).body['groupId']
    expect((await bank.ask(li, getGroup, { params: { groupId } })).body['members']).toMatchObject([{ name: '苗青', role: 'HEAD', rollsUp: true }, { name: '白青', role: 'SPOUSE', rollsUp: false }, { name: '苗小', role: 'CHILD', rollsUp: true }])
  })

  test('beyond the scope it is told masked and confirmed by who sees all; what is declined stays declined; who moves out leaves the others', async () => {
    const { li, qian, leader } = bank.staff
    const [mine, second, foreign] = [await bank.customer({ name: '安一', kind: 'PERSON' }), await bank.customer({ name: '安二', kind: 'PERSON' }), await bank.customer({ name: '毕外人', kind: 'PERSON', main: qian })]
    await live(li, mine, '迎泽区', '青年路 12 号 1 栋 3 单元 101')
    await live(qian, foreign, '迎泽区', '青年路12号1-3-101')
    const [two] = await proposed(li)
    expect(two).toMatchObject({ memberCount: 2, allSeen: false })
    expect(JSON.stringify(two)).not.toContain('毕外人')
    const confirm = (who: Colleague, proposalId: string | undefined) => bank.ask(who, confirmProposal, { params: { proposalId }, body: { id: newId(), name: '安家', from: today, reason: '面谈核实' } })
    expect(told(await confirm(li, two?.proposalId))).toBe('member-unseen')
    const moved = await live(li, second, '迎泽区', '青年路12号1幢3单元101室')
    const [three] = await proposed(li)
    expect(three).toMatchObject({ memberCount: 3 })
    expect(await proposed(leader)).toHaveLength(1)
    expect(told(await bank.ask(leader, declineProposal, { params: { proposalId: three?.proposalId }, body: { reason: '合租，各自独立' } }))).toBe(200)
    expect(await proposed(li)).toEqual([])
    expect(told(await bank.ask(li, endRow, { params: { customerId: second, rowId: moved }, body: { list: 'ADDRESSES', on: today, reason: '搬走' } }))).toBe(200)
    const [left] = await proposed(li)
    expect(left).toMatchObject({ memberCount: 2 })
    expect(told(await confirm(leader, left?.proposalId))).toBe(200)
  })

  test('more than the table’s number behind one door, and a phone that a company uses as well, tell nothing', async () => {
    const { li } = bank.staff
    const many = await Promise.all(Array.from({ length: 9 }, (_, place) => bank.customer({ name: `宿舍${place}`, kind: 'PERSON' })))
    for (const id of many) await live(li, id, '晋源区', '学府街1号2号楼101')
    expect(await proposed(li)).toEqual([])
    const [boss, clerk, firm] = [await bank.customer({ name: '老板', kind: 'PERSON' }), await bank.customer({ name: '店员', kind: 'PERSON' }), await company('门市有限公司')]
    for (const id of [boss, clerk, firm]) await bank.services.db.asBatch((tx) => addPhone(tx, bank.services.keys, id, '13935100001', '测试'))
    await bank.services.db.asBatch((tx) => proposeGroups(tx, today))
    expect(await proposed(li)).toEqual([])
    await bank.look(`UPDATE phone SET ended_on = $2, end_reason = '换号' WHERE customer_id = $1`, [firm, today])
    await bank.services.db.asBatch((tx) => proposeGroups(tx, today))
    expect(await proposed(li)).toMatchObject([{ tests: ['PHONE'], memberCount: 2 }])
  })
  test('a phone that is entered with a new person, or for a known one, proposes at once', async () => {
    const { li } = bank.staff
    const make = async (name: string, phone: string | null) => String((await bank.ask(li, createCustomer, { body: { id: newId(), kind: 'PERSON', name, identity: { kind: 'OTHER', number: `电话-${name}` }, phone } })).body['customerId'])
    const phone = '13935100088'
    const around88 = async () => (await proposed(li)).filter((one) => one.members.some(({ name }) => name.endsWith('八八')))
    await make('甲八八', phone)
    expect(await around88()).toEqual([])
    await make('乙八八', phone)
    expect(await around88()).toMatchObject([{ tests: ['PHONE'], memberCount: 2 }])
    const third = await make('丙八八', null)
    const { changedAt } = (await bank.ask(li, getCustomer, { params: { customerId: third } })).body
    expect(told(await bank.ask(li, editCustomer, { params: { customerId: third }, body: { changedAt, newPhone: phone, reason: '本人来电' } }))).toBe(200)
    expect(await around88()).toMatchObject([{ tests: ['PHONE'], memberCount: 3 }])
  })
})

describe('beneficial owners', () => {
  test('worked out with the path, stored, compared with the filing', async () => {
    const { li } = bank.staff
    const [top, mid] = [await company('受益上层有限公司'), await company('受益目标有限公司')]
    await relate(li, top, { direction: 'IN', other: { kind: 'PERSON', name: '受益人甲' }, sharePct: '60' })
    await holds(li, top, mid, '50')
    const filed = await bank.ask(li, fileOwners, { params: { customerId: mid }, body: { id: newId(), filedOn: '2025-10-31', owners: [{ name: '受益人乙', sharePct: '50' }], evidence: '备案回执' } })
    expect(filed.status).toBe(200)
    const found = await bank.ask(li, workOutOwners, { params: { customerId: mid }, body: { id: newId() } })
    expect(found.body).toMatchObject({
      method: 'SHARE', owners: [{ name: '受益人甲', sharePct: '30', paths: [{ names: ['受益人甲', '受益上层有限公司', '受益目标有限公司'], sharePct: '30' }] }], compared: true,
      differences: [{ name: '受益人甲', what: 'NOT_FILED' }, { name: '受益人乙', what: 'NOT_FOUND' }], version: '1', foundOn: today,
    })
    const now = async () => (await bank.ask(li, getOwners, { params: { customerId: mid } })).body
    expect(await now()).toMatchObject({ outdated: false, filing: { owners: [{ name: '受益人乙' }] }, finding: { method: 'SHARE' } })
    await relate(li, mid, { direction: 'IN', other: { kind: 'PERSON', name: '受益人丙' }, sharePct: '25' })
    expect(await now()).toMatchObject({ outdated: true })
    // what the law asks: a company among the holders must file; a small one of persons may promise; a sole trader, as the file says, need not
    expect(await now()).toMatchObject({ duty: 'FILE' })
    const small = await company('小微股东有限公司')
    await bank.look('INSERT INTO corporate (customer_id, registered_capital_fen) VALUES ($1, 1000000000)', [small])
    for (const [name, sharePct] of [['小股东甲', '70'], ['小股东乙', '30']]) await relate(li, small, { direction: 'IN', other: { kind: 'PERSON', name }, sharePct })
    const dutyOf = async () => (await bank.ask(li, getOwners, { params: { customerId: small } })).body['duty']
    expect(await dutyOf()).toBe('MAY_PROMISE')
    await bank.look("INSERT INTO corporate_file (customer_id, company_kind) VALUES ($1, 'GOVERNMENT')", [small])
    expect(await dutyOf()).toBe('NONE')
    await bank.look("UPDATE corporate_file SET company_kind = 'SOLE_TRADER' WHERE customer_id = $1", [small])
    expect(await dutyOf()).toBe('NONE')
    expect((await bank.ask(li, workOutOwners, { params: { customerId: small }, body: { id: newId() } })).body).toMatchObject({ method: 'EXEMPT', owners: [] })
    const person = await bank.customer({ name: '无需识别', kind: 'PERSON' })
    expect(told(await bank.ask(li, workOutOwners, { params: { customerId: person }, body: { id: newId() } }))).toBe('not-a-company')
  })
  const filing = (customerId: string, more: object, who = bank.staff.li) => bank.ask(who, fileOwners, { params: { customerId }, body: { id: newId(), filedOn: '2026-03-02', evidence: '登记系统查询', ...more } })
  const standing = async (customerId: string) => (await bank.ask(bank.staff.li, getOwners, { params: { customerId } })).body as unknown as { duty: string; filing: { id: string; state: string } | null; finding: { id: string } | null; comparison: { state: string; differences: { what: string; name: string }[]; explanation: { reason: string } | null } }
  const lacks = async (customerId: string) => ((await bank.ask(bank.staff.li, getFile, { params: { customerId } })).body['completeness'] as { missing: { code: string }[] }).missing.map((one) => one.code).filter((code) => code.startsWith('owners'))
  const firm = async (name: string, capitalFen: string | null, holders: readonly (readonly [string, string])[]): Promise<string> => {
    const id = await company(name)
    await bank.look('INSERT INTO corporate (customer_id, registered_capital_fen) VALUES ($1, $2)', [id, capitalFen])
    for (const [holder, sharePct] of holders) await relate(bank.staff.li, id, { direction: 'IN', other: { kind: holder.endsWith('公司') ? 'COMPANY' : 'PERSON', name: holder }, sharePct })
    return id
  }
  test('a promise instead of the filing: who may, and why not', async () => {
    const promise = { state: 'PROMISED', nobodyElse: true }
    for (const [name, capital, holders, more, answer] of [
      ['承诺甲有限公司', '1000000000', [['承诺股东甲', '60'], ['承诺股东乙', '40']], {}, 200],
      ['承诺乙有限公司', '1000000001', [['承诺股东甲', '100']], {}, 'promise-capital-above'],
      ['承诺丙有限公司', null, [['承诺股东甲', '100']], {}, 'promise-capital-unknown'],
      ['承诺丁有限公司', '1000000000', [['承诺股东甲', '60'], ['承诺上级有限公司', '40']], {}, 'promise-holder-no-person'],
      ['承诺戊有限公司', '1000000000', [['承诺股东甲', '60']], {}, 'promise-holders-unknown'],
      ['承诺己有限公司', '1000000000', [['承诺股东甲', '100']], { nobodyElse: false }, 'promise-other-beneficiary'],
      ['承诺庚有限公司', '1000000000', [['承诺股东甲', '100']], { filedOn: '2024-10-31' }, 'promise-before-rule'],
      ['承诺辛有限公司', '1000000000', [['承诺股东甲', '100']], { filedOn: '2024-11-01' }, 200],
      ['承诺壬有限公司', '1000000000', [['承诺股东甲', '100']], { owners: [{ name: '承诺股东甲' }] }, 'owners-with-nothing-filed'],
    ] as const) {
      const id = await firm(name, capital, holders)
      expect([name, told(await filing(id, { ...promise, ...more }))]).toEqual([name, answer])
      expect([name, (await bank.look('SELECT state, rule_version FROM beneficial_filing WHERE customer_id = $1', [id]))]).toEqual([name, answer === 200 ? [{ state: 'PROMISED', rule_version: '1' }] : []])
    }
    const controlled = await firm('承诺癸有限公司', '1000000000', [['承诺股东甲', '100']])
    await relate(bank.staff.li, controlled, { kind: 'CONTROL', direction: 'IN', other: { kind: 'PERSON', name: '协议控制人' }, means: 'CONTRACT' })
    expect(told(await filing(controlled, promise))).toBe('promise-controlled-otherwise')
    const trader = await firm('承诺个体户', '1000000', [['承诺股东甲', '100']])
    await bank.look("INSERT INTO corporate_file (customer_id, company_kind) VALUES ($1, 'SOLE_TRADER')", [trader])
    expect(told(await filing(trader, promise))).toBe('filing-not-needed')
    expect(await lacks(trader)).toEqual([])
    expect(told(await filing(controlled, {}))).toBe('owners-needed')
  })
  test('a promise that may not stand any more is a finding', async () => {
    const { li } = bank.staff
    const id = await firm('承诺之后有限公司', '900000000', [['之后股东', '100']])
    expect(await lacks(id)).toEqual(['owners-found', 'owners-filed'])
    await filing(id, { state: 'PROMISED', nobodyElse: true })
    await bank.ask(li, workOutOwners, { params: { customerId: id }, body: { id: newId() } })
    expect([await standing(id), await lacks(id)]).toMatchObject([{ comparison: { state: 'AGREES' } }, []])
    await bank.look('UPDATE corporate SET registered_capital_fen = 2000000000 WHERE customer_id = $1', [id])
    expect([await standing(id), await lacks(id)]).toMatchObject([{ duty: 'FILE', comparison: { state: 'DIFFERS', differences: [{ what: 'PROMISE', name: 'promise-capital-above' }] } }, ['owners-differ']])
    await filing(id, { filedOn: '2026-03-03', owners: [{ name: '之后股东', sharePct: '100' }] })
    expect([await standing(id), await lacks(id)]).toMatchObject([{ filing: { state: 'FILED' }, comparison: { state: 'AGREES' } }, []])
  })
  test('a difference stands until finding and filing agree, or its reason is recorded; another difference is a finding again', async () => {
    const { li } = bank.staff
    const id = await firm('差异目标有限公司', '5000000000', [['差异股东甲', '60'], ['差异股东乙', '40']])
    const explain = async (more: object = {}, who = li) => {
      const now = await standing(id)
      return bank.ask(who, explainOwners, { params: { customerId: id }, body: { id: newId(), filingId: now.filing?.id ?? newId(), findingId: now.finding?.id ?? null, reason: '乙为代持，已核实，已督促企业更正备案', ...more } })
    }
    expect(told(await explain())).toBe('nothing-differs')
    await filing(id, { state: 'NOT_FILED' })
    expect([await standing(id), await lacks(id)]).toMatchObject([{ comparison: { state: 'DIFFERS', differences: [{ what: 'NOTHING_FILED' }] } }, ['owners-differ', 'owners-found']])
    await bank.ask(li, workOutOwners, { params: { customerId: id }, body: { id: newId() } })
    await filing(id, { filedOn: '2026-03-03', owners: [{ name: '差异股东甲', sharePct: '60' }] })
    expect([await standing(id), await lacks(id)]).toMatchObject([{ comparison: { state: 'DIFFERS', differences: [{ what: 'NOT_FILED', name: '差异股东乙' }] } }, ['owners-differ']])
    expect(told(await explain({ filingId: newId() }))).toBe('compared-anew')
    expect(told(await explain({}, bank.staff.wang))).toBe('not-found')
    expect(told(await explain())).toBe(200)
    expect([await standing(id), await lacks(id)]).toMatchObject([{ comparison: { state: 'EXPLAINED', explanation: { reason: '乙为代持，已核实，已督促企业更正备案' } } }, []])
    expect(told(await explain())).toBe('nothing-differs')
    // worked out again with the same outcome the reason stands
    await bank.ask(li, workOutOwners, { params: { customerId: id }, body: { id: newId() } })
    expect(await standing(id)).toMatchObject({ comparison: { state: 'EXPLAINED' } })
    // another filing differs otherwise: a finding again, until it agrees
    await filing(id, { filedOn: '2026-03-04', owners: [{ name: '差异股东甲', sharePct: '59' }, { name: '差异股东乙', sharePct: '40' }] })
    expect([await standing(id), await lacks(id)]).toMatchObject([{ comparison: { state: 'DIFFERS', differences: [{ what: 'SHARE', name: '差异股东甲' }], explanation: null } }, ['owners-differ']])
    await filing(id, { filedOn: '2026-03-05', owners: [{ name: '差异股东甲', sharePct: '60' }, { name: '差异股东乙', sharePct: '40' }] })
    expect([await standing(id), await lacks(id)]).toMatchObject([{ comparison: { state: 'AGREES' } }, []])
    // the journal keeps the reason sealed, the timeline tells each act
    const lines = await bank.look<{ after: Record<string, unknown> }>("SELECT after FROM journal_line WHERE action = 'EXPLAIN_OWNERS' AND customer_id = $1", [id])
    expect(lines).toHaveLength(1)
    expect(lines[0]?.after['reason']).toHaveProperty('sealed')
    expect((await bank.look<{ title: string }>('SELECT title_zh AS title FROM customers_owners_timeline_facts WHERE customer_id = $1 ORDER BY day, id', [id])).map((one) => one.title)).toEqual([
      '查询受益所有人：未备案', '受益所有人备案', '受益所有人备案', '受益所有人备案', '识别受益所有人：与备案不一致', '说明受益所有人差异', '识别受益所有人：与备案不一致',
    ])
  })
})
