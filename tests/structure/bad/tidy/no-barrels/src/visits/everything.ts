export { saveVisits } from './save-visit.ts'
export * from './visit.rules.ts'
