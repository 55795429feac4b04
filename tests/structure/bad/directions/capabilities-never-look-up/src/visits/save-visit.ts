import { recordVisit } from '../flows/record-visit.ts'
export const save = recordVisit
