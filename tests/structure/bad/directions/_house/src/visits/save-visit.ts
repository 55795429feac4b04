import { createHash } from 'node:crypto'
import { pinyin } from 'pinyin-pro'
import { sql } from '../foundation/database/transaction.ts'
import { add } from '../foundation/store/store.ts'
import { lateTable } from './late-table.ts'
export const saveVisit = [sql, add, lateTable, createHash, pinyin]
