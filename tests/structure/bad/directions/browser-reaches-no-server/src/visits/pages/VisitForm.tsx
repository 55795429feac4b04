import { visit } from '../visit.contract.ts'
export const VisitForm = visit
