import { loan } from '../../credit/pay-out-loan.ts'
export const store = loan
