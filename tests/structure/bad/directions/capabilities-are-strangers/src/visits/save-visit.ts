import { tierOf } from '../customers/read-tier.ts'
export const save = tierOf
