import type * as opened from 'hucre'
export const found = (given: typeof opened) => given
