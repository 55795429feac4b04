import * as opened from '@node-rs/argon2'
export const found = opened
