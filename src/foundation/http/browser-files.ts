import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { sendNotFound } from './app.ts'

const policy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

/** Serves the built browser files; every address that is neither a file nor an endpoint shows the one page, which finds its screen itself. */
export async function serveBrowserFiles(app: FastifyInstance, folder: string): Promise<void> {
  app.addHook('onSend', (_request, reply, _payload, done) => {
    reply.header('X-Content-Type-Options', 'nosniff')
    reply.header('Referrer-Policy', 'same-origin')
    reply.header('Content-Security-Policy', policy)
    done()
  })
  await app.register(fastifyStatic, { root: folder, index: false, wildcard: false, immutable: true, maxAge: '30d' })
  app.setNotFoundHandler((request, reply) => {
    if (request.method !== 'GET' || request.url.startsWith('/api/')) return sendNotFound(request, reply)
    return reply.header('Cache-Control', 'no-cache').sendFile('index.html', { maxAge: 0, immutable: false })
  })
}
