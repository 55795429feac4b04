import { sql, type Transaction } from '../../foundation/database/transaction.ts'

export type ListPolicy = {
  version: string; segmentMostConditions: number; batchMost: number; batchAssignMost: number; exportFreeRows: number; exportMostRows: number; exportFetchDays: number; exportImportantPersons: number
  importMostRows: number; importUndoDays: number
}

/** The numbers by which lists, exports and imports are judged on a day; what is stored keeps their version. */
export function readListPolicy(tx: Transaction, day: string): Promise<ListPolicy> {
  return tx.one(sql<ListPolicy>`
    SELECT version, segment_most_conditions AS "segmentMostConditions", batch_most AS "batchMost", batch_assign_most AS "batchAssignMost", export_free_rows AS "exportFreeRows", export_most_rows AS "exportMostRows",
      export_fetch_days AS "exportFetchDays", export_important_persons AS "exportImportantPersons", import_most_rows AS "importMostRows", import_undo_days AS "importUndoDays"
    FROM list_policy WHERE from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})`)
}
