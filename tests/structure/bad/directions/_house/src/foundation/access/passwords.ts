import { hash } from '@node-rs/argon2'
export const hashPassword = hash
