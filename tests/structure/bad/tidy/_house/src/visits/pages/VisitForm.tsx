import { Amount } from '../../ui/Amount.tsx'
export const VisitForm = Amount
