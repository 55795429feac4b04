import { testDatabase } from '../foundation/database/testing.ts'
export const save = testDatabase
