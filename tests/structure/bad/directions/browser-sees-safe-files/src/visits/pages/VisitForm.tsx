import { mask } from '../mask-phone.ts'
export const VisitForm = mask
