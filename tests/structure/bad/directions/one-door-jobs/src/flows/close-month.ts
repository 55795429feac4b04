import * as opened from 'pg-boss'
export const found = opened
