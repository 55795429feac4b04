import * as opened from 'fastify'
export const found = opened
