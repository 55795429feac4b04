import type * as opened from 'pg'
export const found = (given: typeof opened) => given
