import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { circlesOf, cyclesUpTo, type Edge } from './circles.rules.ts'

const edges = (text: string): Edge[] => text.split(' ').filter(Boolean).map((pair) => ({ from: pair[0] ?? '', to: pair[1] ?? '' }))
const told = (found: readonly (readonly Edge[])[]): string[] => found.map((cycle) => cycle.map((edge) => edge.from).join('')).sort()

describe('circles of guarantees', () => {
  test.each<[what: string, graph: string, longest: number, circles: string[]]>([
    ['nobody guarantees anybody', '', 5, []],
    ['a chain is no circle', 'ab bc cd', 5, []],
    ['two for each other', 'ab ba', 5, ['ab']],
    ['three in a ring', 'ab bc ca', 5, ['abc']],
    ['a ring of four is longer than three', 'ab bc cd da', 3, []],
    ['two rings that share a company', 'ab ba ac ca', 5, ['ab', 'ac']],
    ['a ring with a short cut', 'ab bc cd da ca', 5, ['abc', 'abcd']],
    ['for oneself is no circle of companies', 'aa ab', 5, []],
  ])('%s', (_what, graph, longest, circles) => expect(told(cyclesUpTo(edges(graph), { longest, most: 100 }).cycles)).toEqual(circles))

  test('there may be more than are told', () => {
    const dense = [...'abcdefgh'].flatMap((from) => [...'abcdefgh'].filter((to) => to !== from).map((to) => ({ from, to })))
    const few = cyclesUpTo(dense, { longest: 8, most: 10 })
    expect([few.cycles.length, few.complete]).toEqual([10, false])
  })
  test('a chain of a hundred thousand is searched without a deep stack', () => {
    const chain = Array.from({ length: 100_000 }, (_, n) => ({ from: `n${n}`, to: `n${n + 1}` }))
    expect(cyclesUpTo(chain, { longest: 8, most: 10 })).toEqual({ cycles: [], complete: true })
    expect(circlesOf([...chain, { from: 'n100000', to: 'n0' }])[0]?.length).toBe(100_001)
  })
})

// every closed walk that visits a node once, by trying all ways
function naive(all: readonly Edge[], longest: number): string[] {
  const found = new Set<string>()
  const walk = (path: readonly Edge[]): void => {
    const last = path.at(-1)
    const first = path[0]
    if (!last || !first) return
    if (last.to === first.from) {
      const names = path.map((edge) => edge.from)
      const least = names.indexOf([...names].sort()[0] ?? '')
      found.add([...names.slice(least), ...names.slice(0, least)].join(''))
      return
    }
    if (path.length === longest || path.some((edge) => edge.from === last.to)) return
    for (const next of all) if (next.from === last.to) walk([...path, next])
  }
  for (const edge of all) if (edge.from !== edge.to) walk([edge])
  return [...found].sort()
}

test('on random graphs: the same circles as trying all ways; sets are the parts in which each reaches each', () => {
  const node = fc.constantFrom(...'abcdefg')
  fc.assert(fc.property(fc.uniqueArray(fc.record({ from: node, to: node }), { maxLength: 22, selector: ({ from, to }) => from + to }), fc.integer({ min: 2, max: 7 }), (graph, longest) => {
    expect(told(cyclesUpTo(graph, { longest, most: 100_000 }).cycles)).toEqual(naive(graph, longest))
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean => graph.some((edge) => edge.from === from && (edge.to === to || (!seen.has(edge.to) && reaches(edge.to, to, seen.add(edge.to)))))
    const names = [...new Set(graph.flatMap(({ from, to }) => [from, to]))].sort()
    const parts = new Set(names.map((name) => names.filter((other) => other === name || (reaches(name, other) && reaches(other, name))).join('')).filter((part) => part.length > 1))
    expect(circlesOf(graph).map((part) => part.join('')).sort()).toEqual([...parts].sort())
  }), { numRuns: 200 })
})
