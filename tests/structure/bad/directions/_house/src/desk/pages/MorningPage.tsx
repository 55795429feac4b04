import { DueContacts } from '../../contact-plan/pages/DueContacts.tsx'
import { coverage } from '../../reports/coverage.contract.ts'
export const MorningPage = [DueContacts, coverage]
