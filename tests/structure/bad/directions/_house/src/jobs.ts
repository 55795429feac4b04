import { closeMonth } from './flows/close-month.ts'
export const jobs = [closeMonth]
