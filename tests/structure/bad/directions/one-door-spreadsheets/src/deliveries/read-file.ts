import * as opened from 'hucre'
export const found = opened
