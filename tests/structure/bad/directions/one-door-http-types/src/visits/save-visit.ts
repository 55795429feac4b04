import type * as opened from 'fastify'
export const found = (given: typeof opened) => given
