import { dueAfter } from '../due.rules.ts'
export const DueContacts = dueAfter
