import { tierTable } from './tier-table.ts'
export const dueAfter = () => tierTable
