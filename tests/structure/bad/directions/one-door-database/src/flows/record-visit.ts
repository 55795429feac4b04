import * as opened from 'pg'
export const found = opened
