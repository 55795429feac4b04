import { add } from '../foundation/store/store.ts'
export const rename = (tx: unknown) => add(tx, 'customer', {})
