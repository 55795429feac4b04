import { Amount } from '../../ui/Amount.tsx'
export const DueContacts = Amount
