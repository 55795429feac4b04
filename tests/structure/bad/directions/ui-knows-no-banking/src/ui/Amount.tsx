import { loan } from '../credit/loan.contract.ts'
export const Amount = loan
