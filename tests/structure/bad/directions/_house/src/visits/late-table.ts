import { fen } from '../foundation/values/fen.ts'
import type { LateTable } from './late.rules.ts'
export const lateTable: LateTable = { days: Number(fen) }
