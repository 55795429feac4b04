import { readVisit } from './read-visit.ts'
export const mayRecord = readVisit
