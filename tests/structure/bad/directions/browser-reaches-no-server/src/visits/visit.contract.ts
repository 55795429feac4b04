import { add } from '../foundation/store/store.ts'
export const visit = add
