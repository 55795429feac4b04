import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../foundation/values/uuid7.ts'
import { routes } from '../../routes.ts'
import { smallBank, type Colleague, type SmallBank } from '../../../tests/support/small-bank.ts'
import { pointsBlocks } from '../points.rules.ts'
import { schemeTemplates } from '../psbc-scheme.ts'
import type { ReplyOf } from '../../foundation/http/contract.ts'
import { listSchemes, pointsTerms } from '../scheme.contract.ts'
import { scorecardBlocks } from '../scorecard-scheme.ts'
import { installBlockScheme } from '../install-scheme-version.ts'
import { askForJob, runJob } from '../../foundation/jobs/run-job.ts'
import { settleScheme } from '../settle-one-month.ts'
import { compareSchemesJob } from './compare-schemes.ts'
import { giveAuthorisation } from '../plan/plan.contract.ts'
import { acknowledgeScheme, compareScheme, decideScheme, openSchemeDesk, proposeScheme, readScheme, tryScheme, watchComparison } from './scheme-change.contract.ts'

let bank: SmallBank
let perf: Colleague
let perf2: Colleague
let compliance: Colleague
let branch: Colleague
beforeAll(async () => {
  bank = await smallBank(routes)
  perf = await bank.colleague('马绩', 'PERFORMANCE', bank.units.head.key)
  perf2 = await bank.colleague('卢效', 'PERFORMANCE', bank.units.head.key)
  compliance = await bank.colleague('何规', 'COMPLIANCE', bank.units.head.key)
  branch = await bank.colleague('冯人', 'HR', bank.units.first.key)
})
afterAll(() => bank.close())

const template = schemeTemplates['POINTS']
if (!template) throw new Error('no points scheme')
const terms = pointsTerms.parse({ ...template.terms, earlyPosition: 'BEFORE_LINK' })
const points = { kind: 'POINTS' as const, terms: { ...terms, blocks: pointsBlocks(terms) }, tariff: template.tariff.map((row) => ({ ...row, unitFen: row.unitFen === null ? null : row.unitFen.toString() })) }
const card = {
  kind: 'BLOCKS' as const, tariff: [],
  terms: { blocks: [...scorecardBlocks], posts: ['LOBBY'], grades: [], units: [], period: 'MONTH' as const, gradeBases: { '*': '800000' }, score: 'TOTAL', classes: { P1: 'risk', P2: 'compliance', P3: 'risk', L1: 'development', L2: 'development', L3: 'development' }, carryMonths: 12, correctionMonths: 12 },
}
const asked = { code: 'NEW_POINTS', from: '2026-12-01', name: '新积分方案', nameEn: 'New points', legalBasis: '办法', authorisation: null, version: points }
const example = {
  from: '2025-04-01', grade: null, post: 'RM', events: [], indicators: [], marks: [], points: [['A', '120.00'], ['B', '280.00'], ['C', '210.00'], ['D', '26.00'], ['E', '-5.00'], ['F', '-8.00']].map(([code = '', of = '']) => ({ code, points: of })),
  values: [['EARLY', 'FEN', '10333'], ['OVERDUE', 'FEN', '29000'], ['REFUND', 'FEN', '7500'], ['CORRECTION', 'FEN', '0'], ['CARRY_IN', 'FEN', '0'], ['MARKETING', 'COEFFICIENT', '1.00'], ['LINK_F', 'COEFFICIENT', '0.8700']].map(([code = '', unit = '', value = '']) => ({ code, unit, value })),
}
const propose = (person: Colleague, body: object = {}, id = newId()) => bank.ask(person, proposeScheme, { body: { id, ...asked, reason: '新的积分办法', ...body } })
const decide = (person: Colleague, changeId: string, decision: 'CONFIRMED' | 'RETURNED', note?: string) => bank.ask(person, decideScheme, { params: { changeId }, body: { decision, ...(note === undefined ? {} : { note }) } })

describe('a points scheme from blocks', () => {
  test('tried, it gives psbc-1 with every intermediate value', async () => {
    const reply = await bank.ask(perf, tryScheme, { body: { ...asked, example } })
    expect(reply.status).toBe(200)
    expect(reply.body.findings).toEqual([])
    expect(Object.fromEntries((reply.body as ReplyOf<typeof tryScheme>).steps?.map(({ code, value }) => [code, value]) ?? [])).toMatchObject({
      P: '623.00', A: '311500', B: '301167', FIXED: '180700', LINK_BASE: '120467', LINK_PAY: '104806', C: '285506', D: '285506', E: '264006', PAYABLE: '264006',
    })
  })
  test('an example that lacks a figure is refused and names it; what a month may be without is not asked for', async () => {
    // a coefficient that was not typed ended as an error of the server
    const without = (...codes: string[]) => bank.ask(perf, tryScheme, { body: { ...asked, example: { ...example, values: example.values.filter(({ code }) => !codes.includes(code)) } } })
    const lacking = await without('MARKETING', 'EARLY')
    expect([lacking.status, lacking.body.refusal]).toEqual([422, 'example-lacks'])
    expect(JSON.stringify(lacking.body)).toContain('EARLY, MARKETING')
    expect((await without('LINK_F')).body).toMatchObject({ findings: [], payable: '279667' })
  })
  test('blocks in the wrong order are told and not worked out', async () => {
    const [first, ...rest] = points.terms.blocks
    const reply = await bank.ask(perf, tryScheme, { body: { ...asked, version: { ...points, terms: { ...points.terms, blocks: [...rest, first] } }, example } })
    expect(reply.body.findings).toContainEqual({ code: 'STANDS_LATER', level: 'REFUSE', block: 'A', item: 'P' })
    expect(reply.body.steps).toBeNull()
  })
  test('proposed by one, confirmed by another; then readable, with the tariff, by whom it pays', async () => {
    const id = newId()
    expect((await propose(perf, {}, id)).status).toBe(200)
    expect((await propose(perf2)).body.refusal).toBe('change-waiting')
    expect((await decide(perf, id, 'CONFIRMED')).body.refusal).toBe('same-person')
    expect((await decide(perf2, id, 'CONFIRMED')).status).toBe(200)
    expect((await decide(perf2, id, 'CONFIRMED')).body.refusal).toBe('decided-already')
    const listed = async (person: Colleague, code: string) => ((await bank.ask(person, listSchemes, {})).body as ReplyOf<typeof listSchemes>).schemes.find((one) => one.code === code)
    const shown = await listed(bank.staff.li, 'NEW_POINTS')
    expect(shown).toMatchObject({ version: 1, from: '2026-12-01', inForce: false, readOn: null })
    expect(shown?.rules).toHaveLength(template.tariff.length)
    const read = () => bank.ask(bank.staff.li, readScheme, { params: { code: 'NEW_POINTS', version: 1 } })
    expect((await read()).body).toEqual({ readOn: '2026-11-23' })
    expect((await read()).body).toEqual({ readOn: '2026-11-23' })
    expect(await listed(bank.staff.li, 'NEW_POINTS')).toMatchObject({ readOn: '2026-11-23', readers: null })
    expect(await listed(perf, 'NEW_POINTS')).toMatchObject({ readOn: null, readers: 1 })
  })
  test.each<[name: string, change: object, refusal: string]>([
    ['in the month that runs, over what is there', { from: '2026-11-01' }, 'scheme-refused'],
    ['the same people as another scheme', { code: 'SECOND', from: '2027-01-01' }, 'scheme-refused'],
    ['another kind under the same code', { version: card, from: '2027-01-01' }, 'another-kind'],
    ['a contest, by what it says and not by its name', { code: 'THIRD', name: '新方案', from: '2027-01-01', version: { ...card, terms: { ...card.terms, posts: ['LOBBY'], contest: ['ACCOUNT_OPENED'] } } }, 'scheme-refused'],
  ])('refused: %s', async (_name, change, refusal) => expect((await propose(perf, change)).body.refusal).toBe(refusal))
  test('below head office only with its authorisation', async () => {
    const body = { code: 'BRANCH_CARD', version: card, from: '2027-01-01', name: '分行方案' }
    const scoped = (units: string[]) => ({ ...body, version: { ...card, terms: { ...card.terms, units } }, authorisation: '总行〔2026〕88 号' })
    const first = async (given: object) => (await bank.ask(branch, tryScheme, { body: { ...asked, ...given, example: null } })).body['findings']
    const refusal = (code: string, item: string | null) => ({ code, level: 'REFUSE', block: null, item })
    expect((await propose(branch, body)).body).toMatchObject({ refusal: 'scheme-refused' })
    expect(await first(body)).toContainEqual(refusal('BELOW_HEAD_OFFICE', null))
    // any words lifted it before: head office must have given it
    expect(await first(scoped(['O1']))).toContainEqual(refusal('AUTHORISATION_UNKNOWN', '总行〔2026〕88 号'))
    const give = (given: object) => bank.ask(bank.staff.leader, giveAuthorisation, { body: { id: newId(), indicator: null, factor: null, scheme: 'BRANCH_CARD', unitKey: bank.units.first.key, from: '2026-01-01', to: '2026-12-31', number: '总行〔2026〕88 号', reason: '试点分行自定办法', ...given } })
    expect((await give({ indicator: 'DEPOSIT_AVERAGE' })).body.refusal).toBe('one-of-two')
    expect((await give({})).status).toBe(200)
    expect(await first(scoped(['O1']))).toContainEqual(refusal('AUTHORISATION_NOT_IN_FORCE', '总行〔2026〕88 号'))
    expect((await give({ from: '2027-01-01', to: '2028-01-01' })).status).toBe(200)
    for (const units of [[], ['O1', 'O3']]) expect(await first(scoped(units))).toContainEqual(refusal('AUTHORISATION_OTHER_UNIT', '总行〔2026〕88 号'))
    const id = newId()
    expect((await propose(branch, scoped(['O1']), id)).status).toBe(200)
    expect((await decide(perf2, id, 'RETURNED')).body.refusal).toBe('note-missing')
    expect((await decide(perf2, id, 'RETURNED', '授权文号不符')).status).toBe(200)
  })
})

describe('a scheme with warnings', () => {
  test('waits for compliance, in writing', async () => {
    const id = newId()
    expect((await propose(perf, { code: 'CARD', version: card, name: '平衡计分卡' }, id)).status).toBe(200)
    expect((await decide(perf2, id, 'CONFIRMED')).body.refusal).toBe('not-acknowledged')
    const desk = await bank.ask(compliance, openSchemeDesk, {})
    expect((desk.body as ReplyOf<typeof openSchemeDesk>).changes.find((one) => one.id === id)).toMatchObject({ findings: [{ code: 'RISK_COMPLIANCE_NOT_ABOVE', level: 'WARN' }], mayAcknowledge: { allowed: true }, may: { allowed: false } })
    expect((await bank.ask(perf2, acknowledgeScheme, { params: { changeId: id }, body: { text: '已知悉并书面确认上述提示' } })).status).toBe(403)
    expect((await bank.ask(compliance, acknowledgeScheme, { params: { changeId: id }, body: { text: '已知悉风险类权重为 20，试行一年后调整' } })).status).toBe(200)
    expect((await decide(perf2, id, 'CONFIRMED')).status).toBe(200)
    const { body } = await bank.ask(perf, listSchemes, {})
    expect((body as ReplyOf<typeof listSchemes>).schemes.find(({ code }) => code === 'CARD')).toMatchObject({ blocks: { period: 'MONTH' }, terms: null })
    // its items are read by the names of their indicators
    expect((body as ReplyOf<typeof listSchemes>).names['indicator NPL_RATIO']).toEqual({ zh: '不良贷款率', en: 'NPL ratio' })
  })
})

describe('a changed scheme over what was settled', () => {
  const flat = (base: string) => ({
    kind: 'BLOCKS' as const, tariff: [],
    terms: { blocks: [{ kind: 'PRODUCT' as const, code: 'F', unit: 'FEN' as const, factors: [{ of: 'GRADE_BASE' }] }, { kind: 'PAYABLE' as const, code: 'PAYABLE', of: 'F', carryOut: 'CARRY_OUT' }], posts: ['PRODUCT'], grades: [], units: [], period: 'MONTH' as const, gradeBases: { '*': base }, score: null, classes: {}, carryMonths: 12, correctionMonths: 12 },
  })
  const compare = async (base: string) => {
    bank.services.jobs = { ask: (kind, params, askedBy) => askForJob(bank.services, kind, params, askedBy) }
    const jobId = String((await bank.ask(perf, compareScheme, { body: { code: 'FLAT', version: flat(base) } })).body['jobId'])
    bank.services.jobs = null
    expect((await bank.ask(perf, watchComparison, { params: { jobId } })).body).toMatchObject({ state: 'WAITING', found: null })
    await runJob(bank.services, compareSchemesJob, jobId)
    const { body } = await bank.ask(perf, watchComparison, { params: { jobId } })
    expect(body['state']).toBe('DONE')
    return body['found']
  }
  test('nothing settled: nothing is told; then who gains and what it costs, of five people and more', async () => {
    expect(await compare('200000')).toBeNull()
    await bank.services.db.asOffice((tx) => installBlockScheme(tx, { code: 'FLAT', from: '2026-01-01', name: '定额', nameEn: 'Flat', legalBasis: '试验', terms: flat('100000').terms }))
    for (let n = 0; n < 4; n += 1) await bank.colleague(`产品${n}`, 'PRODUCT', bank.units.head.key)
    expect((await settleScheme(bank.services, { month: '2026-09', scheme: 'FLAT', dryRun: false })).ok).toBe(true)
    // four people, or whoever the world had before them
    const few = await compare('200000')
    for (let n = 4; n < 6; n += 1) await bank.colleague(`产品${n}`, 'PRODUCT', bank.units.head.key)
    expect((await settleScheme(bank.services, { month: '2026-09', scheme: 'FLAT', dryRun: false })).ok).toBe(true)
    expect((await settleScheme(bank.services, { month: '2026-10', scheme: 'FLAT', dryRun: false })).ok).toBe(true)
    expect(few).toBeNull()
    expect(await compare('200000')).toMatchObject({ from: '2026-09', to: '2026-10', months: 2, people: 6, gain: 6, lose: 0, same: 0, beforeFen: '1200000', afterFen: '2400000', carryAfterFen: '0', lacking: [], lackingAll: 0 })
  })
})
