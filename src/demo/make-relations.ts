import { addRowRoute } from '../customers/file/save-row.ts'
import { confirmProposalRoute, declineProposalRoute, changeGroupRoute } from '../customers/relations/decide-group.ts'
import { makeHouseholdRoute } from '../customers/relations/change-household.ts'
import { recordRelationRoute } from '../customers/relations/record-relation.ts'
import { explainOwnersRoute, fileOwnersRoute, workOutOwnersRoute } from '../customers/relations/work-out-owners.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { actAs } from './act-as.ts'
import { Chance } from './chance.ts'
import { plannedCustomer } from './customer-plan.ts'
import { demoId } from './demo-id.ts'
import { inventedResidentId } from './identity-numbers.ts'
import { customers, people } from './known-cases.ts'

const day = '2026-11-16'
const decided = '2026-11-18'
type Kept = { id: string; number: string; name: string; by: string }
type Told = Record<string, unknown>

/**
 * Several groups, as their managers would have recorded them: one of some forty members under a family, a guarantee circle of five, two that hold each other, a set held by a couple that
 * still waits, one that depends on a buyer, one that was declined; households; beneficial owners that agree with the filing, that differ from it, that differ with a reason, and a promise instead of it. A second run finds all of it.
 */
export async function makeRelations(services: Services, indexes: readonly number[]): Promise<void> {
  const planned = indexes.map(plannedCustomer).filter((one) => one.kind === 'CORPORATE' && one.manager !== null)
  const rank = new Map<string, number>([[people.corporateManager, 0]])
  const chosen = planned.sort((a, b) => (rank.get(a.manager?.staffNo ?? '') ?? 1) - (rank.get(b.manager?.staffNo ?? '') ?? 1) || a.index - b.index).slice(0, 60)
  const rows = new Map((await services.db.asBatch((tx) => tx.all(sql<{ number: string; customer_id: string; name: string }>`
    SELECT number, customer_id, name FROM customers_customer_facts WHERE number = ANY(${[...chosen.map((one) => one.number), ...Object.values(customers)]}::text[])`))).map((row) => [row.number, row]))
  const companies = chosen.flatMap((one): Kept[] => {
    const row = rows.get(one.number)
    return row && one.manager ? [{ id: row.customer_id, number: one.number, name: row.name, by: one.manager.staffNo }] : []
  })
  if (companies.length < 8) return
  const known = new Set((await services.db.asBatch((tx) => tx.all(sql<{ id: string }>`SELECT relation_id AS id FROM customers_relation_facts`))).map((row) => row.id))
  const partyOf = async (id: string): Promise<string | null> => (await services.db.asBatch((tx) => tx.maybe(sql<{ party: string }>`SELECT id AS party FROM party WHERE as_customer = ${id}`)))?.party ?? null

  let number = 0
  /** Recorded on the company's file by who looks after it: the other party holds, guarantees … the company, or the other way round. */
  const record = async (on: Kept, told: Told): Promise<{ other: string; own: string }> => {
    const id = demoId(day, 'relation', (number += 1))
    if (known.has(id)) {
      const [edge] = await services.db.asBatch((tx) => tx.all(sql<{ from: string; to: string }>`SELECT from_party AS "from", to_party AS "to" FROM customers_relation_facts WHERE relation_id = ${id}`))
      const own = (await partyOf(on.id)) ?? ''
      return { own, other: edge?.from === own ? edge.to : (edge?.from ?? '') }
    }
    const reply = (await actAs(services, { staffNo: on.by, day, route: recordRelationRoute, params: { customerId: on.id }, body: { id, direction: 'IN', evidence: '工商登记信息查询', from: '2020-03-01', ...told } })) as { partyId: string; otherPartyId: string }
    return { own: reply.partyId, other: reply.otherPartyId }
  }
  const person = (index: number, name: string): Told => ({ kind: 'PERSON', name, number: inventedResidentId(700_000 + index, index % 2 === 0 ? 'M' : 'F').number })

  await forty(companies.slice(0, Math.min(22, companies.length - 6)))
  const rest = companies.slice(Math.min(22, companies.length - 6))
  await circle(rest.slice(0, Math.min(5, rest.length - 1)))
  if (rest.length > 14) await smaller(rest.slice(5, 14))
  await promised(rest.slice(14))
  await households()

  /** A family above, a company on top, branches of customers and of companies that are none, some forty in all. */
  async function forty(own: readonly Kept[]): Promise<void> {
    const [top, ...below] = own
    if (!top) return
    const chance = new Chance('demo', 'group', 40)
    const father = await record(top, { kind: 'SHAREHOLDING', other: person(1, '阎晋恒'), sharePct: '62.5', subscribedFen: '6250000000', paidInFen: '6250000000' })
    await record(top, { kind: 'SHAREHOLDING', other: person(2, '武秀莲'), sharePct: '37.5', subscribedFen: '3750000000', paidInFen: '1500000000' })
    await record(top, { kind: 'LEGAL_REPRESENTATIVE', other: { partyId: father.other } })
    await record(top, { kind: 'MANAGEMENT', means: 'CHAIRMAN', other: { partyId: father.other } })
    const holders = [father.own]
    for (const [place, company] of below.entries()) {
      const above = holders[Math.floor((place + 1) / 4)] ?? father.own
      const { own: party } = await record(company, { kind: 'SHAREHOLDING', other: { partyId: above }, sharePct: String(chance.pick([51, 55, 60, 70, 80, 100])) })
      holders.push(party)
    }
    // companies of the group with which the bank has no business yet
    for (let place = 0; place < 40 - own.length; place++) {
      const holder = below[place % Math.max(1, below.length)] ?? top
      await record(holder, { kind: 'SHAREHOLDING', direction: 'OUT', other: { kind: 'COMPANY', name: `晋恒${['物流', '煤化工', '新材料', '建设', '置业', '商贸', '电力工程', '环保科技', '农业', '物业'][place % 10] ?? ''}（${['太原', '晋中', '长治', '临汾'][Math.floor(place / 10)] ?? '太原'}）有限公司` }, sharePct: String(chance.pick([51, 67, 80, 100])) })
    }
    await confirm(top, '晋恒集团', '同一家族控制，股权结构经工商登记核实', { limitFen: '80000000000', limitFrom: '2026-11-18', limitUntil: '2027-11-17' })
    await owners(top, [{ name: '阎晋恒', sharePct: '62.5' }, { name: '武秀莲', sharePct: '37.5' }])
    if (below[0]) await owners(below[0], [{ name: '阎晋恒', sharePct: '100' }])
    const [, nominee] = below
    if (nominee) {
      await owners(nominee, [{ name: '武秀莲', sharePct: '40' }])
      await actAs(services, {
        staffNo: nominee.by, day: decided, route: explainOwnersRoute, params: { customerId: nominee.id },
        body: { id: demoId(decided, 'explained', nominee.number), filingId: demoId(day, 'filing', nominee.number), findingId: demoId(decided, 'owners', nominee.number), reason: '备案沿用股权变更前的信息，已督促企业办理变更备案' },
      })
    }
  }

  async function circle(ring: readonly Kept[]): Promise<void> {
    for (const [place, company] of ring.entries()) {
      const next = ring[(place + 1) % ring.length]
      const party = next && (await partyOf(next.id))
      // the first time round the next one has no node yet: its own manager tells it from the other side
      if (party) await record(company, { kind: 'GUARANTEE', direction: 'OUT', other: { partyId: party }, amountFen: String((place + 2) * 500_000_000), evidence: '保证合同', from: '2026-03-10' })
      else if (next) {
        const own = (await partyOf(company.id)) ?? (await record(company, { kind: 'MANAGEMENT', means: 'GENERAL_MANAGER', other: person(20 + place, `任职${place + 1}`) })).own
        await record(next, { kind: 'GUARANTEE', direction: 'IN', other: { partyId: own }, amountFen: String((place + 2) * 500_000_000), evidence: '保证合同', from: '2026-03-10' })
      }
    }
  }

  async function smaller(own: readonly Kept[]): Promise<void> {
    const [a, b, c, d, e, f, g, h] = own
    if (!a || !b || !c || !d || !e || !f || !g || !h) return
    // two that hold each other
    const first = await record(a, { kind: 'SHAREHOLDING', other: person(40, '上官文'), sharePct: '70' })
    const held = await record(b, { kind: 'SHAREHOLDING', other: { partyId: first.own }, sharePct: '55' })
    await record(a, { kind: 'SHAREHOLDING', other: { partyId: held.own }, sharePct: '8', crossHolding: true })
    // a couple, each with a company
    const wife = await record(c, { kind: 'SHAREHOLDING', other: person(41, '郝敏'), sharePct: '75' })
    await record(d, { kind: 'SHAREHOLDING', other: person(42, '段志刚'), sharePct: '90' })
    await record(d, { kind: 'MANAGEMENT', means: 'GENERAL_MANAGER', other: { partyId: wife.other } })
    // two thirds of the income from one buyer
    const buyer = await record(f, { kind: 'MANAGEMENT', means: 'GENERAL_MANAGER', other: person(43, '令狐远') })
    await record(e, { kind: 'SUPPLY', direction: 'OUT', other: { partyId: buyer.own }, incomePct: '66.4', amountFen: '1280000000', evidence: '购销合同及开票明细' })
    // an investment that nobody takes for a group
    const invested = await record(g, { kind: 'MANAGEMENT', means: 'CHAIRMAN', other: person(44, '慕容清') })
    await record(h, { kind: 'SHAREHOLDING', other: { partyId: invested.own }, sharePct: '51' })
    await decide(g, declineProposalRoute, { reason: '财务投资，不参与经营，人员、资金各自独立' })
  }

  async function decide(of: Kept, route: typeof confirmProposalRoute | typeof declineProposalRoute, body: Told): Promise<unknown> {
    const waiting = await services.db.asBatch((tx) => tx.maybe(sql<{ id: string }>`SELECT id FROM group_proposal WHERE state = 'OPEN' AND customers @> ARRAY[${of.id}::uuid] ORDER BY cardinality(parties) DESC LIMIT 1`))
    return waiting ? actAs(services, { staffNo: of.by, day: decided, route, params: { proposalId: waiting.id }, body, key: `demo-decide-${of.number}` }) : undefined
  }

  async function confirm(of: Kept, name: string, reason: string, limit: Told): Promise<void> {
    const reply = (await decide(of, confirmProposalRoute, { id: demoId(decided, 'group', of.number), name, from: decided, reason })) as { groupId: string } | undefined
    if (reply) await actAs(services, { staffNo: of.by, day: decided, route: changeGroupRoute, params: { groupId: reply.groupId }, body: { ...limit, reason: '年度统一授信批复' }, key: `demo-limit-${of.number}` })
  }

  /** A small firm of one person promises instead of filing. */
  async function promised(own: readonly Kept[]): Promise<void> {
    const small = new Set((await services.db.asBatch((tx) => tx.all(sql<{ id: string }>`
      SELECT k.customer_id AS id FROM corporate k WHERE k.customer_id = ANY(${own.map((one) => one.id)}::uuid[]) AND k.registered_capital_fen <= 1000000000 AND k.company_type IS DISTINCT FROM '个体工商户'`))).map((row) => row.id))
    const firm = own.find((one) => small.has(one.id))
    if (!firm) return
    await record(firm, { kind: 'SHAREHOLDING', other: person(45, '栗文海'), sharePct: '100' })
    await actAs(services, { staffNo: firm.by, day, route: fileOwnersRoute, params: { customerId: firm.id }, body: { id: demoId(day, 'filing', firm.number), state: 'PROMISED', nobodyElse: true, filedOn: '2025-09-16', evidence: '承诺书及登记系统查询记录' } })
    await actAs(services, { staffNo: firm.by, day: decided, route: workOutOwnersRoute, params: { customerId: firm.id }, body: { id: demoId(decided, 'owners', firm.number) } })
  }

  async function owners(of: Kept, filed: readonly Told[]): Promise<void> {
    await actAs(services, { staffNo: of.by, day, route: fileOwnersRoute, params: { customerId: of.id }, body: { id: demoId(day, 'filing', of.number), filedOn: '2025-10-20', owners: filed, evidence: '受益所有人备案回执' } })
    await actAs(services, { staffNo: of.by, day: decided, route: workOutOwnersRoute, params: { customerId: of.id }, body: { id: demoId(decided, 'owners', of.number) } })
  }

  async function households(): Promise<void> {
    const id = (numberOf: string): string => rows.get(numberOf)?.customer_id ?? ''
    // found by rule and waiting: two of her own behind one door, and one of hers with one of a colleague's, which only who leads both may confirm
    const homes = [
      [people.manager, customers.withheldAndReturned, '平阳路 8 号 3 号楼 2 单元 501 室'], [people.manager, customers.settledEarly, '平阳路八号3-2-501'],
      [people.manager, customers.withRestrictedText, '亲贤街 61 号 2 号楼 1 单元 1102'], [people.colleague, customers.colleagues, '亲贤街61号2栋1单元1102室'],
    ] as const
    for (const [staffNo, of, address] of homes) {
      await actAs(services, { staffNo, day, route: addRowRoute, params: { customerId: id(of) }, body: { list: 'ADDRESSES', id: demoId(day, 'home', of), values: { site: 'HOME', district: '山西省太原市小店区', address } } })
    }
    const there = await services.db.asBatch((tx) => tx.maybe(sql`SELECT FROM customers_group_facts WHERE kind = 'HOUSEHOLD'`))
    if (there) return
    const make = (head: string, name: string, members: readonly Told[]): Promise<unknown> => actAs(services, {
      staffNo: people.manager, day, route: makeHouseholdRoute, params: { customerId: id(head) }, body: { id: demoId(day, 'household', head), name, from: '2026-01-01', evidence: '户口簿复印件，本人书面同意', members },
    })
    await make(customers.own, '滨河家园一户', [{ customerId: id(customers.notYetContacted), role: 'SPOUSE' }, { customerId: id(customers.withheld), role: 'CHILD' }])
    await make(customers.shared, '并州路一户', [{ customerId: id(customers.withheld), role: 'PARENT', rollsUp: false }])
  }
}
