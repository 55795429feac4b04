import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, type SmallBank } from '../../tests/support/small-bank.ts'
import { sql } from '../foundation/database/transaction.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { decideLimitRoute, listLimitsRoute, proposeLimitRoute } from './keep-limits.ts'
import { decideLimit, listLimits, proposeLimit, type LimitTerms, type LimitView } from './limit.contract.ts'
import { limitsOf, marketEffectOf } from './watch-run.ts'

let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank([listLimitsRoute, proposeLimitRoute, decideLimitRoute])
})
afterAll(() => bank.close())

const none: LimitTerms = { leastFen: null, share: null, days: null, times: null, marketEffect: null }
const netInflow = { rule: 'AUM', kind: 'PERSON', from: '2027-01-01', terms: { ...none, marketEffect: 'NET_INFLOW' as const }, reason: '总行 2026 年第 30 号' } as const
const held = async (): Promise<LimitView[]> => (await bank.ask(bank.staff.li, listLimits, {})).body['limits'] as LimitView[]
const code = async (): Promise<string> => ((await bank.look('SELECT code FROM bank')) as { code: string }[])[0]?.code ?? ''

describe('limits of watching', () => {
  test('everybody reads them; each says only what may be set of it', async () => {
    const limits = await held()
    expect(limits.filter(({ rule }) => rule === 'LARGE_MOVEMENT').map(({ kind, terms, installed }) => ({ kind, terms, installed }))).toEqual([
      { kind: 'CORPORATE', terms: { ...none, leastFen: '100000000', share: '0.1' }, installed: true }, { kind: 'PERSON', terms: { ...none, leastFen: '20000000', share: '0.2' }, installed: true },
    ])
    expect(limits.filter(({ rule }) => rule === 'AUM').map(({ kind, terms }) => ({ kind, terms }))).toEqual([{ kind: 'PERSON', terms: { ...none, marketEffect: 'INCLUDE' } }])
    expect(limits.filter(({ rule }) => rule === 'PAYEE_LEAD').map(({ kind }) => kind)).toEqual(['BOTH'])
    expect((await bank.ask(bank.staff.li, listLimits, {})).body).toMatchObject({ earliest: '2026-11-24', nextQuarter: '2027-01-01', mayPropose: { allowed: false } })
  })

  test('the market’s part (aum.marketEffect): proposed by one, confirmed by another; the quarter that runs keeps what it began with', async () => {
    const { leader, admin, li } = bank.staff
    const id = newId()
    expect((await bank.ask(li, proposeLimit, { body: { id, ...netInflow } })).body.refusal).toBe('not-allowed')
    expect((await bank.ask(leader, proposeLimit, { body: { id, ...netInflow, from: '2026-12-01' } })).body.refusal).toBe('not-first-of-quarter')
    expect((await bank.ask(leader, proposeLimit, { body: { id, ...netInflow, terms: { ...none, marketEffect: 'INCLUDE' } } })).body.refusal).toBe('same-limit')
    expect((await bank.ask(leader, proposeLimit, { body: { id, ...netInflow } })).status).toBe(200)
    expect((await bank.ask(admin, proposeLimit, { body: { id: newId(), ...netInflow } })).body.refusal).toBe('proposal-open')
    expect((await bank.ask(leader, decideLimit, { params: { changeId: id }, body: { decision: 'CONFIRMED' } })).body.refusal).toBe('same-person')
    expect((await bank.ask(admin, decideLimit, { params: { changeId: id }, body: { decision: 'RETURNED' } })).body.refusal).toBe('note-missing')
    expect((await bank.ask(admin, decideLimit, { params: { changeId: id }, body: { decision: 'CONFIRMED' } })).status).toBe(200)
    expect((await bank.ask(admin, decideLimit, { params: { changeId: id }, body: { decision: 'CONFIRMED' } })).body.refusal).toBe('decided-already')
    const own = await code()
    expect((await held()).filter(({ rule }) => rule === 'AUM').map(({ from, to, version, installed, basis }) => ({ from, to, version, installed, basis }))).toEqual([
      { from: '2027-01-01', to: null, version: `${own}-2`, installed: false, basis: netInflow.reason }, { from: '1900-01-01', to: '2027-01-01', version: '1', installed: true, basis: '一般做法' },
    ])
    // what the refresh reads: by the first day of the period
    const effect = (day: string) => bank.services.db.asBatch((tx) => tx.all(sql`SELECT customer_kind, market_effect FROM (${marketEffectOf(own, day)}) e WHERE customer_kind = 'PERSON'`))
    expect([await effect('2026-10-01'), await effect('2027-01-01')]).toEqual([[{ customer_kind: 'PERSON', market_effect: 'INCLUDE' }], [{ customer_kind: 'PERSON', market_effect: 'NET_INFLOW' }]])
    expect(await bank.look("SELECT action FROM journal_line WHERE table_name = 'watch_limit_change' ORDER BY action")).toEqual([{ action: 'CONFIRM_WATCH_LIMIT' }, { action: 'PROPOSE_WATCH_LIMIT' }])
  })

  test('a second change ends the first; what may not be set stays as it came', async () => {
    const { leader, admin } = bank.staff
    const own = await code()
    const set = async (from: string, leastFen: string, share: string): Promise<void> => {
      const id = newId()
      expect((await bank.ask(leader, proposeLimit, { body: { id, rule: 'LARGE_MOVEMENT', kind: 'PERSON', from, terms: { ...none, leastFen, share }, reason: '分行 2026 年要求' } })).status).toBe(200)
      expect((await bank.ask(admin, decideLimit, { params: { changeId: id }, body: { decision: 'CONFIRMED' } })).status).toBe(200)
    }
    await set('2026-12-01', '30000000', '0.25')
    await set('2027-02-01', '50000000', '0.2')
    const limit = (day: string) => bank.services.db.asBatch((tx) => tx.all(sql`SELECT version, least_fen::text AS least, trim_scale(share)::text AS share, days FROM (${limitsOf('LARGE_MOVEMENT', own, day)}) l WHERE customer_kind = 'PERSON'`))
    expect([await limit('2026-11-30'), await limit('2026-12-01'), await limit('2027-01-31'), await limit('2027-02-01')]).toEqual([
      [{ version: '1', least: '20000000', share: '0.2', days: 30 }], [{ version: `${own}-2`, least: '30000000', share: '0.25', days: 30 }], [{ version: `${own}-2`, least: '30000000', share: '0.25', days: 30 }], [{ version: `${own}-3`, least: '50000000', share: '0.2', days: 30 }],
    ])
    expect((await bank.ask(leader, proposeLimit, { body: { id: newId(), rule: 'LARGE_MOVEMENT', kind: 'PERSON', from: '2027-01-01', terms: { ...none, leastFen: '10000000', share: '0.2' }, reason: '分行 2026 年要求' } })).body).toMatchObject({ refusal: 'later-limit', details: { day: '2027-02-01' } })
  })

  test('a list that does not part the kinds is changed for both; a returned change leaves everything as it was', async () => {
    const { leader, admin } = bank.staff
    const own = await code()
    const [id, other] = [newId(), newId()]
    const payees = { rule: 'PAYEE_LEAD', kind: 'BOTH', from: '2026-11-24', terms: { ...none, leastFen: '80000000', times: 5 }, reason: '线索过多' }
    await bank.ask(leader, proposeLimit, { body: { id, ...payees } })
    expect((await bank.ask(admin, decideLimit, { params: { changeId: id }, body: { decision: 'RETURNED', note: '先看一个月' } })).status).toBe(200)
    expect(await bank.look("SELECT count(*)::int AS n FROM watch_limit WHERE rule = 'PAYEE_LEAD' AND bank <> '*' AND bank <> 'berka'")).toEqual([{ n: 0 }])
    await bank.ask(leader, proposeLimit, { body: { id: other, ...payees } })
    expect((await bank.ask(admin, decideLimit, { params: { changeId: other }, body: { decision: 'CONFIRMED' } })).status).toBe(200)
    expect(await bank.look(`SELECT customer_kind, least_fen::text AS least, times, days FROM watch_limit WHERE rule = 'PAYEE_LEAD' AND bank = '${own}' ORDER BY 1`)).toEqual(['CORPORATE', 'PERSON'].map((kind) => ({ customer_kind: kind, least: '80000000', times: 5, days: 90 })))
  })
})
