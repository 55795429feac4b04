/** Circles in a directed graph: who guarantees whom until it comes back (担保圈), money that returns to where it started. */

export type Edge = { from: string; to: string }
export type Cycles<E extends Edge> = { cycles: E[][]; /** False: there are more than `most`. */ complete: boolean }
export type CycleSearch = {
  /** The most edges of a circle. */
  longest: number
  /** The most circles that are told. */
  most: number
}

/**
 * Every simple circle of at most `longest` edges, each once. Only strongly connected parts are searched; from each start only nodes from which the start can still be reached in the
 * edges that are left. Several edges between the same two nodes are circles of their own.
 */
export function cyclesUpTo<E extends Edge>(edges: readonly E[], { longest, most }: CycleSearch): Cycles<E> {
  const { index, component } = strongComponents(edges)
  const out: { edge: E; to: number }[][] = index.names.map(() => [])
  const into: number[][] = index.names.map(() => [])
  for (const edge of edges) {
    const [from, to] = [index.of(edge.from), index.of(edge.to)]
    if (from === to || component[from] !== component[to]) continue
    out[from]?.push({ edge, to })
    into[to]?.push(from)
  }
  // the order of nodes is that of their names, so that the same graph told in another order gives the same circles
  const order = [...index.names.keys()].sort((a, b) => ((index.names[a] ?? '') < (index.names[b] ?? '') ? -1 : 1))
  const rank: number[] = []
  for (const [place, node] of order.entries()) rank[node] = place
  const cycles: E[][] = []
  const path: E[] = []
  const onPath = new Set<number>()

  for (const start of order) {
    if ((out[start]?.length ?? 0) === 0) continue
    const left = distancesTo(start, into, longest - 1, (node) => (rank[node] ?? 0) > (rank[start] ?? 0))
    const walk = (node: number): boolean => {
      for (const { edge, to } of out[node] ?? []) {
        const closes = to === start
        const still = left.get(to)
        if (!closes && (still === undefined || onPath.has(to) || path.length + 1 + still > longest)) continue
        path.push(edge)
        if (closes) {
          if (cycles.length >= most) return false
          cycles.push([...path])
        } else {
          onPath.add(to)
          const goOn = walk(to)
          onPath.delete(to)
          if (!goOn) return false
        }
        path.pop()
      }
      return true
    }
    onPath.add(start)
    const goOn = walk(start)
    onPath.delete(start)
    path.length = 0
    if (!goOn) return { cycles, complete: false }
  }
  return { cycles, complete: true }
}

/** Parts of at least two nodes in which each reaches each: the circles of any length, as sets. Names sorted. */
export function circlesOf(edges: readonly Edge[]): string[][] {
  const { index, component } = strongComponents(edges)
  const parts = new Map<number, string[]>()
  for (const [node, name] of index.names.entries()) {
    const part = parts.get(component[node] ?? -1)
    if (part) part.push(name)
    else parts.set(component[node] ?? -1, [name])
  }
  return [...parts.values()].filter((part) => part.length > 1).map((part) => part.sort()).sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1))
}

/** How far each node is from `start` against the direction of the edges, up to `most` edges, through allowed nodes. */
function distancesTo(start: number, into: readonly (readonly number[])[], most: number, allowed: (node: number) => boolean): Map<number, number> {
  const left = new Map<number, number>()
  let edge = [start]
  for (let distance = 1; distance <= most && edge.length > 0; distance++) {
    const next: number[] = []
    for (const node of edge) for (const before of into[node] ?? []) {
      if (before === start || left.has(before) || !allowed(before)) continue
      left.set(before, distance)
      next.push(before)
    }
    edge = next
  }
  return left
}

type Index = { names: string[]; of(name: string): number }

function indexOf(edges: readonly Edge[]): Index {
  const numbers = new Map<string, number>()
  const names: string[] = []
  const of = (name: string): number => {
    const known = numbers.get(name)
    if (known !== undefined) return known
    numbers.set(name, names.length)
    names.push(name)
    return names.length - 1
  }
  for (const { from, to } of edges) {
    of(from)
    of(to)
  }
  return { names, of }
}

/** Tarjan's strongly connected components, without recursion: a chain of a hundred thousand is no deeper than the heap. */
function strongComponents(edges: readonly Edge[]): { index: Index; component: number[] } {
  const index = indexOf(edges)
  const count = index.names.length
  const out: number[][] = index.names.map(() => [])
  for (const { from, to } of edges) out[index.of(from)]?.push(index.of(to))
  const component = new Array<number>(count).fill(-1)
  const seen = new Array<number>(count).fill(-1)
  const low = new Array<number>(count).fill(0)
  const open: number[] = []
  const isOpen = new Array<boolean>(count).fill(false)
  let clock = 0
  let parts = 0
  for (let root = 0; root < count; root++) {
    if (seen[root] !== -1) continue
    const work: { node: number; next: number }[] = [{ node: root, next: 0 }]
    while (work.length > 0) {
      const top = work[work.length - 1]
      if (!top) break
      const { node } = top
      if (top.next === 0 && seen[node] === -1) {
        seen[node] = low[node] = clock++
        open.push(node)
        isOpen[node] = true
      }
      const to = out[node]?.[top.next]
      if (to !== undefined) {
        top.next += 1
        if (seen[to] === -1) work.push({ node: to, next: 0 })
        else if (isOpen[to]) low[node] = Math.min(low[node] ?? 0, seen[to] ?? 0)
        continue
      }
      work.pop()
      const above = work[work.length - 1]
      if (above) low[above.node] = Math.min(low[above.node] ?? 0, low[node] ?? 0)
      if (low[node] !== seen[node]) continue
      for (let last = open.pop(); last !== undefined; last = open.pop()) {
        isOpen[last] = false
        component[last] = parts
        if (last === node) break
      }
      parts += 1
    }
  }
  return { index, component }
}
