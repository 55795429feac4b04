import type { Explained } from '../../ui/ExplanationTree.tsx'
import type { Told } from '../statement/tell-statement.rules.ts'

/** A told calculation as the tree of a page; lines lead to their facts. */
export function explainTold(told: Told, factsTo: ((place: number) => string) | null, factsLabel: (n: number) => string): Explained {
  const { line } = told
  return {
    key: told.key, name: told.name, result: told.value, as: told.money ? 'fen' : 'decimal', decimals: told.decimals, rounded: told.rounded, ...(told.zero === null ? { how: told.how } : { zero: told.zero }),
    links: line === null || factsTo === null ? [] : [{ label: factsLabel(line.facts), to: factsTo(line.place) }], children: told.children.map((child) => explainTold(child, factsTo, factsLabel)),
  }
}
