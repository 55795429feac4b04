import { refreshDue } from '../contact-plan/refresh-due.ts'
import { visit } from '../visits/visit.contract.ts'
import { mayRecord } from '../visits/visit.rules.ts'
import { saveVisit } from '../visits/save-visit.ts'
export const recordVisitRoute = [visit, mayRecord, saveVisit, refreshDue]
