import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Exact, exact } from '../../foundation/values/decimal.ts'
import { compareOwners, controlledBy, controllersOf, filingDutyOf, findOwners, heldByPersonsOnly, shareSums, type HoldingEdge } from './owners.rules.ts'

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

describe('who must file (2.1)', () => {
  const fen = (yuan: bigint): bigint => yuan * 100n
  test.each<[what: string, structure: string, files: boolean, capital: bigint | null, duty: string]>([
    ['a sole trader', 'Pa100', false, fen(100_000n), 'NONE'],
    ['exactly 10,000,000 yuan, all holders persons', 'Pa60 Qa40', true, fen(10_000_000n), 'MAY_PROMISE'],
    ['one fen more', 'Pa60 Qa40', true, fen(10_000_000n) + 1n, 'FILE'],
    ['capital unknown', 'Pa60 Qa40', true, null, 'FILE'],
    ['one holder is a company', 'Pa60 ba40', true, fen(1_000_000n), 'FILE'],
    ['a hundredth of the holders is not known', 'Pa60 Qa39.99', true, fen(1_000_000n), 'FILE'],
    ['somebody else controls by contract', 'Pa60 Qa40 Ra!', true, fen(1_000_000n), 'FILE'],
    ['a holder controls by contract as well', 'Pa60 Qa40 Qa!', true, fen(1_000_000n), 'MAY_PROMISE'],
    ['nobody is known', '', true, fen(1_000_000n), 'FILE'],
  ])('%s', (_what, structure, files, capitalFen, duty) => {
    expect(filingDutyOf({ files, capitalFen, personsOnly: heldByPersonsOnly(given(structure)) }, fen(10_000_000n))).toBe(duty)
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
