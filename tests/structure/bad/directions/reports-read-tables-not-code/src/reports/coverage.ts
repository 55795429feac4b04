import { dueContacts } from '../contact-plan/read-due.ts'
export const coverage = dueContacts
