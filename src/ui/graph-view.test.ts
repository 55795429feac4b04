import { describe, expect, test } from 'vitest'
import { branchColumns, clusterGraph, walkFrom, type GraphThing, type GraphTie } from './graph-view.ts'

const thing = (id: string): GraphThing => ({ id, label: id, shape: 'square', filled: false })
const tie = (from: string, to: string): GraphTie => ({ id: `${from}${to}`, from, to, line: 'solid', layered: true, directed: true })
const label = (count: number): string => `${count}`

/** A tree: each thing of a layer has `width` below it. */
function tree(width: number, layers: number): { things: GraphThing[]; ties: GraphTie[] } {
  const things = [thing('r')]
  const ties: GraphTie[] = []
  let layer = ['r']
  for (let deep = 0; deep < layers; deep++) {
    layer = layer.flatMap((above) => Array.from({ length: width }, (_, n) => {
      const id = `${above}.${n}`
      things.push(thing(id))
      ties.push(tie(above, id))
      return id
    }))
  }
  return { things, ties }
}

describe('more than can be read is put together by branch', () => {
  test('what fits is drawn as it is', () => {
    const { things, ties } = tree(3, 3)
    expect(clusterGraph(things, ties, 'r', 200, new Set(), label)).toEqual({ things, ties, clusters: new Map() })
  })
  test('the farthest layer first; each branch says how many it holds; every thing is drawn or in one cluster', () => {
    const { things, ties } = tree(6, 4)
    const drawn = clusterGraph(things, ties, 'r', 200, new Set(), label)
    expect(drawn.things.length).toBeLessThanOrEqual(200)
    const inside = [...drawn.clusters.values()].flat()
    expect(new Set([...drawn.things.map((one) => one.id).filter((id) => !id.startsWith('cluster:')), ...inside]).size).toBe(things.length)
    expect(inside.length + drawn.things.length - drawn.clusters.size).toBe(things.length)
    const ids = new Set(drawn.things.map((one) => one.id))
    for (const line of drawn.ties) expect([ids.has(line.from), ids.has(line.to)]).toEqual([true, true])
  })
  test('a branch that was opened stays open', () => {
    const { things, ties } = tree(6, 4)
    const drawn = clusterGraph(things, ties, 'r', 200, new Set(['r.0', 'r.0.0']), label)
    expect(drawn.things.map((one) => one.id)).toContain('r.0.0.3')
  })
  test('a star of a thousand: the first ones and one cluster', () => {
    const things = [thing('r'), ...Array.from({ length: 1000 }, (_, n) => thing(`n${n}`))]
    const drawn = clusterGraph(things, things.slice(1).map((one) => tie('r', one.id)), 'r', 200, new Set(), label)
    expect(drawn.things.length).toBeLessThanOrEqual(200)
    expect([...drawn.clusters.values()].flat().length).toBe(1001 - (drawn.things.length - 1))
  })
})

test('arrow keys walk along edges, up and down, and sideways in the row', () => {
  const ties = [tie('a', 'b'), tie('a', 'c'), tie('c', 'd')]
  const place = new Map([['a', { x: 100, y: 0 }], ['b', { x: 0, y: 100 }], ['c', { x: 180, y: 100 }], ['d', { x: 180, y: 200 }]])
  expect(walkFrom('a', 'down', ties, place)).toBe('c')
  expect(walkFrom('c', 'up', ties, place)).toBe('a')
  expect(walkFrom('c', 'left', ties, place)).toBe('b')
  expect(walkFrom('b', 'right', ties, place)).toBe('c')
  expect(walkFrom('b', 'down', ties, place)).toBeNull()
  expect(walkFrom('nowhere', 'up', ties, place)).toBeNull()
})

describe('small branches stand in columns', () => {
  const columns = (text: string): string[] => {
    const ties = text.split(' ').map((pair) => tie(pair[0] ?? '', pair[1] ?? ''))
    const ids = [...new Set(ties.flatMap((one) => [one.from, one.to]))].sort()
    return branchColumns(ids, ties, 3).map(({ parent, columns: all }) => `${parent}: ${all.map((rows) => rows.map((row) => `${row.id}${row.deep}`).join('')).join(' ')}`)
  }
  test.each<[what: string, ties: string, columns: string[]]>([
    ['two below are drawn beside each other', 'ab ac', []],
    ['three leaves in a column', 'ab ac ad', ['a: b1c1d1']],
    ['leaves in as many columns as they need', 'ab ac ad ae af ag ah', ['a: b1c1d1 e1f1g1 h1']],
    ['a branch with its own, indented', 'ab bc bd', ['a: b1c2d2']],
    ['branches too large together stand side by side, each with its own column', 'ab ac bd be bf cg ch ci', ['b: d1e1f1', 'c: g1h1i1']],
    ['beside a child that is no tree only leaves stand in a column', 'ab ac ad ae bf gf', ['a: c1d1e1']],
    ['what two hold is no branch of either', 'ac bc ad ae af', ['a: d1e1f1']],
  ])('%s', (_what, ties, expected) => expect(columns(ties).sort()).toEqual(expected))
})
