import { recordVisitRoute } from './visits/save-visit.ts'
export const routes = [
  recordVisitRoute,
  recordVisitRoute,
]
