import type { endpoint } from '../foundation/http/contract.ts'
export const call = (given: typeof endpoint) => given
