import type * as opened from 'pg-boss'
export const found = (given: typeof opened) => given
