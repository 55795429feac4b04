import type * as opened from '@node-rs/argon2'
export const found = (given: typeof opened) => given
