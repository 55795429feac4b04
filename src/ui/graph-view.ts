/** A thing drawn in a graph. */
export type GraphThing = {
  id: string
  label: string
  shape: 'square' | 'round'
  /** Filled: one's own. */
  filled: boolean
  /** Where the reader began; drawn with a strong border. */
  centre?: boolean
  /** Below the name: "3 条未显示". */
  note?: string | undefined
  /** Edges that are not drawn yet: a press on "+" asks for them. */
  more?: number
}
/** `layered`: it goes from above to below. `tie`: no direction. */
export type GraphTie = { id: string; from: string; to: string; label?: string | undefined; line: 'solid' | 'dashed' | 'dotted'; layered: boolean; directed: boolean; /** Part of a circle: said by colour, width and the table. */ circle?: boolean }

export type Clustered = { things: GraphThing[]; ties: GraphTie[]; /** Id of a cluster → what it holds. */ clusters: Map<string, string[]> }

/**
 * At most `most` things: what lies farther from `start` is put together by the branch of the tree on which it hangs, the farthest first. `opened`: things whose branch stays open. A graph
 * that is small enough is given back as it is.
 */
export function clusterGraph(things: readonly GraphThing[], ties: readonly GraphTie[], start: string | null, most: number, opened: ReadonlySet<string>, labelOf: (count: number) => string): Clustered {
  if (things.length <= most) return { things: [...things], ties: [...ties], clusters: new Map() }
  const { parent, depth, order } = treeFrom(things, ties, start)
  const deepest = Math.max(...depth.values())
  for (let limit = deepest; limit >= 1; limit--) {
    // the nearest thing above that is still drawn, and from where on the branch is hidden
    const shown = new Set<string>()
    const hidden = new Map<string, string>()
    for (const id of order) {
      const above = parent.get(id)
      if (above === undefined || ((depth.get(id) ?? 0) <= limit && shown.has(above)) || (opened.has(above) && shown.has(above))) shown.add(id)
      else hidden.set(id, shown.has(above) ? above : (hidden.get(above) ?? above))
    }
    const branches = new Map<string, string[]>()
    for (const [id, above] of hidden) branches.set(above, [...(branches.get(above) ?? []), id])
    if (shown.size + branches.size > most && limit > 1) continue
    const clusters = new Map<string, string[]>()
    const at = new Map<string, string>()
    // even the nearest are too many: the last of them are put together as well
    const kept = [...shown].slice(0, Math.max(1, most - branches.size - 1))
    const rest = [...shown].slice(kept.length)
    if (rest.length > 0) branches.set(kept[0] ?? '', [...(branches.get(kept[0] ?? '') ?? []), ...rest, ...rest.flatMap((id) => branches.get(id) ?? [])])
    for (const id of rest) branches.delete(id)
    for (const [above, ids] of branches) {
      const cluster = `cluster:${above}`
      clusters.set(cluster, ids)
      for (const id of ids) at.set(id, cluster)
    }
    const byId = new Map(things.map((thing) => [thing.id, thing]))
    const drawn = kept.flatMap((id) => byId.get(id) ?? [])
    for (const [id, ids] of clusters) drawn.push({ id, label: labelOf(ids.length), shape: 'square', filled: false, more: ids.length })
    const lines = new Map<string, GraphTie>()
    for (const tie of ties) {
      const [from, to] = [at.get(tie.from) ?? tie.from, at.get(tie.to) ?? tie.to]
      if (from === to) continue
      const bundled = from !== tie.from || to !== tie.to
      const key = bundled ? `${from} ${to}` : tie.id
      if (!lines.has(key)) lines.set(key, bundled ? { ...tie, id: key, from, to, label: undefined } : tie)
    }
    return { things: drawn, ties: [...lines.values()], clusters }
  }
  return { things: things.slice(0, most), ties: [...ties], clusters: new Map() }
}

/** A tree over all things, breadth first from the start, then from whatever was not reached. */
function treeFrom(things: readonly GraphThing[], ties: readonly GraphTie[], start: string | null): { parent: Map<string, string>; depth: Map<string, number>; order: string[] } {
  const near = new Map<string, string[]>(things.map((thing) => [thing.id, []]))
  for (const { from, to } of ties) {
    near.get(from)?.push(to)
    near.get(to)?.push(from)
  }
  const parent = new Map<string, string>()
  const depth = new Map<string, number>()
  const order: string[] = []
  for (const root of [...(start === null ? [] : [start]), ...things.map((thing) => thing.id)]) {
    if (depth.has(root) || !near.has(root)) continue
    depth.set(root, 0)
    let layer = [root]
    while (layer.length > 0) {
      order.push(...layer)
      const next: string[] = []
      for (const id of layer) for (const other of near.get(id) ?? []) if (!depth.has(other)) {
        depth.set(other, (depth.get(id) ?? 0) + 1)
        parent.set(other, id)
        next.push(other)
      }
      layer = next
    }
  }
  return { parent, depth, order }
}

export type BranchRow = { id: string; deep: number }

/**
 * Small branches that are pure trees, as indented lists in columns below their parent: those that in all have three to two columns' worth of things, and leaves however many. A thing
 * belongs to a pure tree when exactly one thing is above it and nothing else touches it but what is below.
 */
export function branchColumns(ids: readonly string[], ties: readonly GraphTie[], rowsMost: number): { parent: string; columns: BranchRow[][] }[] {
  const touching = new Map<string, GraphTie[]>(ids.map((id) => [id, []]))
  for (const tie of ties) for (const end of [tie.from, tie.to]) touching.get(end)?.push(tie)
  const below = (id: string): string[] => (touching.get(id) ?? []).filter((tie) => tie.from === id && tie.layered).map((tie) => tie.to)
  // of each thing its branch as a list, or null when it is no pure tree
  const branches = new Map<string, BranchRow[] | null>()
  const branchOf = (id: string, above: ReadonlySet<string>): BranchRow[] | null => {
    const known = branches.get(id)
    if (known !== undefined) return known
    const own = touching.get(id) ?? []
    const up = own.filter((tie) => tie.to === id)
    let rows: BranchRow[] | null = null
    if (up.length === 1 && own.every((tie) => tie.layered) && !above.has(id)) {
      rows = [{ id, deep: 1 }]
      for (const child of below(id)) {
        const branch = branchOf(child, new Set([...above, id]))
        rows = rows === null || branch === null ? null : [...rows, ...branch.map((row) => ({ ...row, deep: row.deep + 1 }))]
      }
    }
    branches.set(id, rows)
    return rows
  }
  const found: { parent: string; columns: BranchRow[][] }[] = []
  const taken = new Set<string>()
  const visit = (parent: string): void => {
    const all = below(parent).filter((child) => !taken.has(child)).map((child) => branchOf(child, new Set([parent])))
    // beside a child that is no pure tree only leaves stand in columns: branches of unlike kinds in one row are hard to follow
    const children = all.filter((branch) => branch !== null && (branch.length === 1 || !all.includes(null))).filter((branch) => branch !== null)
    const total = children.reduce((sum, branch) => sum + branch.length, 0)
    if (total < 3 || (total > 2 * rowsMost && children.some((branch) => branch.length > 1)) || taken.has(parent)) return
    const columns: BranchRow[][] = []
    const rows = Math.ceil(total / Math.ceil(total / rowsMost))
    for (const branch of children) {
      const last = columns.at(-1)
      if (last && last.length + branch.length <= Math.max(rows, rowsMost)) last.push(...branch)
      else columns.push([...branch])
      for (const row of branch) taken.add(row.id)
    }
    found.push({ parent, columns })
  }
  // from above to below: a branch that is taken whole is not looked at again
  const order = [...ids].sort((a, b) => (branchOf(a, new Set()) === null ? 0 : 1) - (branchOf(b, new Set()) === null ? 0 : 1) || (branches.get(b)?.length ?? 0) - (branches.get(a)?.length ?? 0))
  for (const id of order) if (!taken.has(id)) visit(id)
  return found
}

export type Way = 'up' | 'down' | 'left' | 'right'

/** Where an arrow key leads: up and down along an edge to the nearest thing above or below, left and right to the neighbour in the row. Null: nowhere. */
export function walkFrom(here: string, way: Way, ties: readonly GraphTie[], place: ReadonlyMap<string, { x: number; y: number }>): string | null {
  const own = place.get(here)
  if (!own) return null
  const sideways = way === 'left' || way === 'right'
  const candidates = sideways
    ? [...place].filter(([id, { y }]) => id !== here && Math.abs(y - own.y) < 1).map(([id]) => id)
    : ties.flatMap((tie) => (tie.from === here ? [tie.to] : tie.to === here ? [tie.from] : []))
  let best: { id: string; far: number } | null = null
  for (const id of candidates) {
    const other = place.get(id)
    if (!other) continue
    const [dx, dy] = [other.x - own.x, other.y - own.y]
    const fits = way === 'up' ? dy < 0 : way === 'down' ? dy > 0 : way === 'left' ? dx < 0 : dx > 0
    const far = Math.hypot(dx, dy)
    if (fits && (best === null || far < best.far)) best = { id, far }
  }
  return best?.id ?? null
}
