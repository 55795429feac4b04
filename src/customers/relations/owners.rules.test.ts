import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Exact, exact } from '../../foundation/values/decimal.ts'
import { filingRuleOn } from './filing-table.ts'
import { compareOwners, compareWithFiling, controlledBy, controllersOf, faultOfPromise, filingDutyOf, findOwners, holdersOf, sameDifferences, shareSums, type HoldingEdge, type OwnerDifference } from './owners.rules.ts'

// "Pa60": P holds 60 % of a; "Pa!": P controls a by board or contract. Capitals are persons.
const edge = (text: string): HoldingEdge => ({ from: text[0] ?? '', to: text[1] ?? '', sharePct: text.slice(2) === '!' ? null : text.slice(2), crossHolding: false })
const given = (structure: string, managers: string[] = []) => {
  const edges = structure.split(' ').filter(Boolean).map(edge)
  const names = [...new Set(edges.flatMap(({ from, to }) => [from, to]).concat(managers))]
  return { company: 'a', edges, parties: names.map((id) => ({ id, kind: id === id.toUpperCase() ? ('PERSON' as const) : ('COMPANY' as const) })), managers, ownerPct: '25', controlPct: '50' }
}

describe('beneficial owners (2.1)', () => {
  test.each<[what: string, structure: string, managers: string[], method: string, owners: string[]]>([
    ['directly', 'Pa60 Qa40', [], 'SHARE', ['P 60', 'Q 40']],
    ['exactly a quarter is enough', 'Pa25 Qa75', [], 'SHARE', ['Q 75', 'P 25']],
    ['just below a quarter is not', 'Pa24.9999 ba75.0001', ['M'], 'SENIOR_MANAGER', ['M null']],
    ['indirectly, the product', 'Pb60 ba50', [], 'SHARE', ['P 30']],
    ['several paths are summed', 'Pb50 ba30 Pc40 ca25 Pa1', [], 'SHARE', ['P 26']],
    ['through three companies', 'Pd80 dc70 cb60 ba90', [], 'SHARE', ['P 30.24']],
    ['control by contract where nobody holds a quarter', 'Pa10 Qa! ba20', ['M'], 'CONTROL', ['Q null']],
    ['control down a chain of majorities: 13.2651 % held, but in control', 'Pb51 bc51 ca51', [], 'CONTROL', ['P 13.2651']],
    ['the senior manager where there is nobody else', 'ba100', ['M', 'N'], 'SENIOR_MANAGER', ['M null']],
    ['nobody is known', 'ba100', [], 'NONE', []],
    ['a cross-holding does not multiply', 'Pb60 ba50 ab10', [], 'SHARE', ['P 30']],
  ])('%s', (_what, structure, managers, method, owners) => {
    const found = findOwners(given(structure, managers))
    expect([found.method, found.owners.map((owner) => `${owner.partyId} ${owner.sharePct ?? 'null'}`)]).toEqual([method, owners])
    expect(found.complete).toBe(true)
  })
  test('the path of the shares is told', () => {
    expect(findOwners(given('Pb50 ba60 Pa5')).owners[0]?.paths).toEqual([{ parties: ['P', 'b', 'a'], sharePct: '30' }, { parties: ['P', 'a'], sharePct: '5' }])
  })
  test('a third of three thirds is never rounded up to a quarter of anything', () => {
    const found = findOwners(given('Pb33.3333 ba75'))
    expect([found.method, shareSums('a', given('Pb33.3333 ba75').edges).sums.get('P')?.share.toFixed()]).toEqual(['NONE', '24.999975'])
  })
})

describe('control', () => {
  test.each<[what: string, structure: string, controllers: string]>([
    ['a majority', 'Pa50.0001 Qa49.9999', 'P'], ['half is no majority', 'Pa50 Qa50', ''], ['with what one controls already', 'Pb51 ba30 Pa21', 'P'],
    ['two companies of one person', 'Pb100 Pc100 ba30 ca30 Qa40', 'P'], ['by contract through a company', 'Pb! ba60', 'Pb'],
  ])('%s: %s', (_what, structure, controllers) => expect([...controllersOf('a', given(structure).edges, '50')].sort().join('')).toBe(controllers))
  test('relatives hold together', () => expect([...controlledBy(['P', 'Q'], given('Pa30 Qa30 ab60').edges, '50')].sort()).toEqual(['a', 'b']))
})

test('found against filed: who is missing, who is too much, whose share differs', () => {
  expect(compareOwners([{ name: '张建国', sharePct: '60' }, { name: '李敏', sharePct: '30.126' }, { name: '阿不都·热合曼', sharePct: '26' }], [{ name: '张建国', sharePct: '60.00' }, { name: '李 敏', sharePct: '30.12' }, { name: '王五', sharePct: null }, { name: '阿不都•热合曼', sharePct: null }])).toEqual([
    { name: '李敏', what: 'SHARE', foundPct: '30.126', filedPct: '30.12' }, { name: '王五', what: 'NOT_FOUND', foundPct: null, filedPct: null },
  ])
  expect(compareOwners([{ name: '甲', sharePct: '60' }], [])).toEqual([{ name: '甲', what: 'NOT_FILED', foundPct: '60', filedPct: null }])
})

test('on random structures without loops the shares are those of the exact recursion: own share + sum over companies held of share × what these hold', () => {
  const names = [...'abcdefgh']
  const structure = fc.array(fc.record({ up: fc.integer({ min: 1, max: 7 }), down: fc.integer({ min: 0, max: 6 }), share: fc.integer({ min: 1, max: 1_000_000 }) }), { maxLength: 18 })
  fc.assert(fc.property(structure, (told) => {
    const edges: HoldingEdge[] = told.filter(({ up, down }) => up > down).map(({ up, down, share }) => ({ from: names[up] ?? '', to: names[down] ?? '', sharePct: new Exact(share).div(10_000).toFixed(), crossHolding: false }))
    const held = (holder: string): Exact => edges.filter((one) => one.from === holder).reduce((sum, one) => sum.plus(exact(one.sharePct ?? '0').times(one.to === 'a' ? new Exact(100) : held(one.to)).div(100)), new Exact(0))
    const { sums, complete } = shareSums('a', edges)
    expect(complete).toBe(true)
    for (const name of names.slice(1)) expect((sums.get(name)?.share ?? new Exact(0)).minus(held(name)).abs().lt('1e-25')).toBe(true)
  }), { numRuns: 300 })
})

describe('who must file, and who may promise instead (2.1)', () => {
  const fen = (yuan: bigint): bigint => yuan * 100n
  test.each<[what: string, structure: string, files: boolean, capital: bigint | null, day: string, duty: string, fault: string | null]>([
    ['a sole trader', 'Pa100', false, fen(100_000n), '2026-11-29', 'NONE', 'filing-not-needed'],
    ['exactly 10,000,000 yuan, all holders persons', 'Pa60 Qa40', true, fen(10_000_000n), '2026-11-29', 'MAY_PROMISE', null],
    ['one fen more', 'Pa60 Qa40', true, fen(10_000_000n) + 1n, '2026-11-29', 'FILE', 'promise-capital-above'],
    ['capital unknown', 'Pa60 Qa40', true, null, '2026-11-29', 'FILE', 'promise-capital-unknown'],
    ['one holder is a company', 'Pa60 ba40', true, fen(1_000_000n), '2026-11-29', 'FILE', 'promise-holder-no-person'],
    ['a company holds, and not all is known', 'Pa60 ba30', true, fen(1_000_000n), '2026-11-29', 'FILE', 'promise-holder-no-person'],
    ['a hundredth of the holders is not known', 'Pa60 Qa39.99', true, fen(1_000_000n), '2026-11-29', 'FILE', 'promise-holders-unknown'],
    ['somebody else controls by contract', 'Pa60 Qa40 Ra!', true, fen(1_000_000n), '2026-11-29', 'FILE', 'promise-controlled-otherwise'],
    ['a holder controls by contract as well', 'Pa60 Qa40 Qa!', true, fen(1_000_000n), '2026-11-29', 'MAY_PROMISE', null],
    ['nobody is known', '', true, fen(1_000_000n), '2026-11-29', 'FILE', 'promise-holders-unknown'],
    ['the first day of the rule', 'Pa100', true, fen(1_000_000n), '2024-11-01', 'MAY_PROMISE', null],
    ['the day before it', 'Pa100', true, fen(1_000_000n), '2024-10-31', 'NO_RULE', 'promise-before-rule'],
    ['a large one on the day before it', 'ba100', true, fen(90_000_000n), '2024-10-31', 'NO_RULE', 'promise-before-rule'],
  ])('%s', (_what, structure, files, capitalFen, day, duty, fault) => {
    const facts = { files, capitalFen, holders: holdersOf(given(structure)) }
    expect([filingDutyOf(facts, filingRuleOn(day)), faultOfPromise(facts, filingRuleOn(day))]).toEqual([duty, fault])
  })
})

describe('the finding against what the registration system says', () => {
  const found = (names: string, method: 'SHARE' | 'EXEMPT' = 'SHARE') => ({ method, owners: names.split(' ').filter(Boolean).map((name) => ({ name, sharePct: null })) })
  const filed = (state: 'FILED' | 'PROMISED' | 'NOT_FILED', names = '') => ({ state, owners: found(names).owners })
  test.each<[what: string, ...Parameters<typeof compareWithFiling>, state: string, differences: string]>([
    ['the same persons', found('张建国 李敏'), filed('FILED', '李敏 张建国'), 'promise-capital-above', 'AGREES', ''],
    ['one is not filed', found('张建国 李敏'), filed('FILED', '李敏'), 'promise-capital-above', 'DIFFERS', 'NOT_FILED 张建国'],
    ['one was not found', found('李敏'), filed('FILED', '李敏 王五'), null, 'DIFFERS', 'NOT_FOUND 王五'],
    ['nothing was entered yet', found('李敏'), null, null, 'NOT_COMPARED', ''],
    ['filed, and not worked out yet', null, filed('FILED', '李敏'), null, 'NOT_COMPARED', ''],
    ['promised, and it may', found('李敏'), filed('PROMISED'), null, 'AGREES', ''],
    ['promised, and the capital has grown since', found('李敏'), filed('PROMISED'), 'promise-capital-above', 'DIFFERS', 'PROMISE promise-capital-above'],
    ['promised, and a company became a holder, nothing worked out', null, filed('PROMISED'), 'promise-holder-no-person', 'DIFFERS', 'PROMISE promise-holder-no-person'],
    ['looked up, nothing filed, a promise would do', found('李敏'), filed('NOT_FILED'), null, 'DIFFERS', 'NOTHING_FILED '],
    ['looked up, nothing filed by who must', null, filed('NOT_FILED'), 'promise-capital-above', 'DIFFERS', 'NOTHING_FILED '],
    ['looked up, nothing filed by a sole trader', found('', 'EXEMPT'), filed('NOT_FILED'), 'filing-not-needed', 'NOT_COMPARED', ''],
    ['a sole trader who filed nevertheless', found('', 'EXEMPT'), filed('FILED', '李敏'), 'filing-not-needed', 'NOT_COMPARED', ''],
  ])('%s', (_what, finding, filing, fault, state, differences) => {
    const compared = compareWithFiling(finding, filing, fault)
    expect([compared.state, compared.differences.map((one) => `${one.what} ${one.name}`).join(', ')]).toEqual([state, differences])
  })
  test('a reason is one of the same differences, in whatever order they stand', () => {
    const one = (what: OwnerDifference['what'], name: string, filedPct: string | null = null): OwnerDifference => ({ what, name, foundPct: null, filedPct })
    expect(sameDifferences([one('NOT_FILED', '张建国'), one('NOT_FOUND', '王五')], [one('NOT_FOUND', '王五'), one('NOT_FILED', '张建国')])).toBe(true)
    expect(sameDifferences([one('NOT_FILED', '张建国')], [one('NOT_FILED', '张建国'), one('NOT_FOUND', '王五')])).toBe(false)
    expect(sameDifferences([one('SHARE', '李敏', '30')], [one('SHARE', '李敏', '31')])).toBe(false)
  })
})

test('on random structures control is what pebbles give: one at a time until nobody can be added', () => {
  const name = fc.constantFrom(...'abcdef')
  fc.assert(fc.property(fc.array(fc.record({ from: name, to: name, share: fc.constantFrom('20', '30', '51', '!') }), { maxLength: 14 }), name, (told, root) => {
    const edges = told.filter(({ from, to }) => from !== to).map(({ from, to, share }) => edge(`${from}${to}${share}`))
    const held = new Set([root])
    for (let again = true; again;) {
      again = false
      for (const to of 'abcdef') {
        if (held.has(to)) continue
        const into = edges.filter((one) => one.to === to && held.has(one.from))
        if (into.some((one) => one.sharePct === null) || into.reduce((sum, one) => sum + Number(one.sharePct), 0) > 50) {
          held.add(to)
          again = true
        }
      }
    }
    held.delete(root)
    expect([...controlledBy([root], edges, '50')].sort()).toEqual([...held].sort())
  }))
})
