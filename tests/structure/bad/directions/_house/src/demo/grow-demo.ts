import { saveVisit } from '../visits/save-visit.ts'
import { refreshDue } from '../contact-plan/refresh-due.ts'
export const growDemo = [saveVisit, refreshDue]
