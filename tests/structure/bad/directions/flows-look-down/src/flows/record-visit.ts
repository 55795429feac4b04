import { coverage } from '../reports/coverage.ts'
export const record = coverage
