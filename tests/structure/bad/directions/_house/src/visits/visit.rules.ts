import { fen } from '../foundation/values/fen.ts'
import type { place } from './place.contract.ts'
import { late } from './late.rules.ts'
export const mayRecord = (given: typeof place) => [fen, late, given]
