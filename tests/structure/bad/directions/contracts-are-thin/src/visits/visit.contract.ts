import { mayRecord } from './visit.rules.ts'
export const contract = mayRecord
