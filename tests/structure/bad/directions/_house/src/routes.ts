import { recordVisitRoute } from './flows/record-visit.ts'
import { coverageRoute } from './reports/read-coverage.ts'
export const routes = [recordVisitRoute, coverageRoute]
