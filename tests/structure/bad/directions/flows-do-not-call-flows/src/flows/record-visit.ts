import { closeMonth } from './close-month.ts'
export const record = closeMonth
