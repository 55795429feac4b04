import type { Transaction } from '../database/transaction.ts'
import type { BulkResult } from './store.ts'

/** What every merge of a delivery is handed: one transaction for all of them. Each tells what it wrote. */
export type MergeRun = {
  tx: Transaction
  /** The delivery: each row carries it. */
  batch: string
  /** For the journal. */
  why: string
  /** Today after the delivery. */
  businessDate: string
  /** Today before the delivery; null in a new bank. */
  formerDate: string | null
  /** FULL: a balance of an old day mends this day only. */
  kind: 'FULL' | 'DELTA' | 'CORRECTION'
  effects: BulkResult[]
}
