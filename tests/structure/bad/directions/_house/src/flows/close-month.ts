import { month } from './close-month.contract.ts'
export const closeMonth = month
