import cookie from '@fastify/cookie'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { pino, type Logger } from 'pino'
import { z } from 'zod'
import { NoBankYet, readSession, type Actor } from '../access/actor.ts'
import { minutesLeft, numbersPerHour, takeHourly } from '../access/hourly-limit.ts'
import { mayDoAction, type PermissionTable, type Relation } from '../access/permission.rules.ts'
import { PostNotInForce, isConnectionError } from '../database/database.ts'
import { sql, type Transaction } from '../database/transaction.ts'
import { newId } from '../values/uuid7.ts'
import { refuse, type Outcome, type Refusal } from '../values/outcome.ts'
import { recordReading } from '../store/store.ts'
import { generalRefusals, type Endpoint, type RefusalReply, type RefusalText } from './contract.ts'
import { fieldMessages, withoutPrototypes, type Language } from './invalid-request.ts'
import type { AloneContext, Context, Input, RawReply, Route, Services } from './route.ts'
import { Form, judgeFile, readForm } from './read-upload.ts'
import { once, requestKey } from './twice-is-once.ts'

export const sessionCookie = 'yq_session'

const mostBody = 256 * 1024

type Asked = { contract: Endpoint; language: Language; requestId: string; personKey: number | null }

/** Builds the HTTP server from the list of routes. Every request passes the same door: form, session, permission, opening, twice-is-once, then the one thing. */
export function buildApp(routes: readonly Route[], permissions: PermissionTable, services: Services, log: Logger = pino({ level: 'silent' })): FastifyInstance {
  const app = fastify({
    logger: false, bodyLimit: mostBody, genReqId: () => newId(), trustProxy: services.config.trustProxy,
    // an address that cannot be read is no address
    frameworkErrors: (_error, request, reply) => sendNotFound(request, reply as FastifyReply),
  })
  app.register(cookie)
  // an empty body is an empty object; anything but JSON is refused by name
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, undefined)
    try {
      done(null, JSON.parse(body as string, withoutPrototypes))
    } catch {
      done(Object.assign(new Error('malformed'), { statusCode: 400, code: 'MALFORMED_JSON' }))
    }
  })

  // a file comes as a form, whole: the address that takes one says how large it may be
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (request, body, done) => {
    readForm(body as Buffer, request.headers['content-type'] ?? '').then((form) => done(null, form), () => done(Object.assign(new Error('malformed'), { statusCode: 400, code: 'MALFORMED_JSON' })))
  })

  for (const route of routes) {
    checkDoor(route, permissions)
    app.route({
      method: route.contract.method,
      url: route.contract.path,
      bodyLimit: (route.contract.maxBody ?? mostBody) + (route.contract.upload?.most ?? 0),
      // who is not signed in sends no file into our memory
      ...(route.contract.upload ? { onRequest: [(request: FastifyRequest, reply: FastifyReply, done: () => void) => (request.cookies[sessionCookie] === undefined ? refuseUnread(route.contract, request, reply) : done())] } : {}),
      handler: (request, reply) => answer(route, request, reply, { permissions, services, log }),
      errorHandler: (error, request, reply) => {
        const asked = { contract: route.contract, language: languageOf(request), requestId: request.id, personKey: null }
        sendFailure(error, asked, reply, log)
      },
    })
  }
  app.setErrorHandler((error, request, reply) => {
    sendFailure(error, { contract: unknownEndpoint, language: languageOf(request), requestId: request.id, personKey: null }, reply, log)
  })
  return app
}

function refuseUnread(contract: Endpoint, request: FastifyRequest, reply: FastifyReply): void {
  const refusal = refuse(request.headers['x-yinqiao'] === '1' ? 'not-signed-in' : 'bad-origin').refusal
  sendRefusal(refusal, { contract, language: languageOf(request), requestId: request.id, personKey: null }, reply.header('X-Request-Id', request.id))
}

// An endpoint that would pass the door by mistake does not start: a customer that is never opened, a relation that is never judged, a key that is never kept.
function checkDoor({ contract, runAlone }: Route, permissions: PermissionTable): void {
  const fault = (what: string): never => {
    throw new Error(`endpoint ${contract.id} ${what}`)
  }
  const row = permissions.find((candidate) => candidate.action === contract.permission)
  if (contract.callBack && contract.permission !== 'public') fault('is called by another system and is not public: a page elsewhere could use a session')
  if (contract.permission !== 'public' && contract.permission !== 'signed-in' && !row) fault(`asks for ${contract.permission}, which is no action`)
  if (contract.opens !== undefined && runAlone) fault('opens a customer and has its own transactions')
  if (contract.writes !== undefined && runAlone) fault('keeps a key and has its own transactions')
  if (contract.writes !== undefined && contract.method === 'GET') fault('writes by GET')
  if (contract.upload && (contract.method === 'GET' || runAlone || contract.permission === 'public')) fault('takes a file: that is a write with a session, in the transaction of its request')
  if (row?.relations && contract.opens === undefined) fault(`asks for ${contract.permission}, which depends on the relation to a customer, and opens none`)
}

/** The answer to an address that is no endpoint: the same as for an object that is not there. */
export function sendNotFound(request: FastifyRequest, reply: FastifyReply): void {
  sendRefusal(refuse('not-found').refusal, { contract: unknownEndpoint, language: languageOf(request), requestId: request.id, personKey: null }, reply)
}

const unknownEndpoint: Endpoint = { id: 'unknown', method: 'GET', path: '/', text: { zh: '未知地址', en: 'Unknown address' }, permission: 'public', params: z.unknown(), query: z.unknown(), body: z.unknown(), reply: z.unknown(), refusals: {} }

type Door = { permissions: PermissionTable; services: Services; log: Logger }

async function answer(route: Route, request: FastifyRequest, reply: FastifyReply, door: Door): Promise<void> {
  const started = performance.now()
  const { contract } = route
  const asked: Asked = { contract, language: languageOf(request), requestId: request.id, personKey: null }
  reply.header('X-Request-Id', request.id)
  try {
    const outcome = await outcomeOf(route, request, reply, asked, door)
    if (outcome.ok) sendValue(contract, outcome.value, reply)
    else sendRefusal(outcome.refusal, asked, reply)
    // what was asked for is in the endpoint's name; addresses and bodies may hold personal data and are not logged
    door.log.info({ endpoint: contract.id, status: reply.statusCode, refusal: outcome.ok ? undefined : outcome.refusal.name, ms: Math.round(performance.now() - started), request: request.id, person: asked.personKey })
  } catch (error) {
    sendFailure(error, asked, reply, door.log)
  }
}

async function outcomeOf(route: Route, request: FastifyRequest, reply: FastifyReply, asked: Asked, { permissions, services }: Door): Promise<Outcome<unknown>> {
  const { contract } = route
  if (contract.method !== 'GET' && !contract.callBack && request.headers['x-yinqiao'] !== '1') return refuse('bad-origin')

  const token = request.cookies[sessionCookie] ?? null
  if (contract.permission === 'public' && (token === null || contract.callBack)) return openToAll(route, request, reply, asked, services)
  const session = await readSession(services.db, token).catch((error: unknown) => {
    if (error instanceof NoBankYet) return null
    throw error
  })
  // a cookie of another data directory: before there is a bank it is worth as much as none
  if (session === null) return contract.permission === 'public' ? openToAll(route, request, reply, asked, services) : refuse('unavailable')
  const { businessDate, actor, unread } = session
  asked.personKey = actor?.staffKey ?? null
  // told with every answer, counted in the statement that read the session: the bell asks nothing of its own
  if (actor) reply.header('X-Unread', unread)
  if (contract.permission !== 'public') {
    if (!actor) return refuse('not-signed-in')
    if (actor.mustChangePassword && contract.permission !== 'signed-in') return refuse('must-change-password')
  }

  const input = parse(contract, request, asked.language)
  const may: Context['may'] = (action, object) => (actor ? mayDoAction(permissions, actor.postCode, action, object) : { allowed: false, reason: 'not-signed-in' })
  // the post first: who may never do it is told so before the form is judged; an object that he may not see is judged like one that is not there
  if (contract.permission !== 'public' && contract.permission !== 'signed-in') {
    const verdict = may(contract.permission)
    if (!verdict.allowed) return refuse(verdict.reason)
  }
  if (!input.ok) return input

  const shared = { services, language: asked.language, requestId: request.id, businessDate, may }
  if (route.runAlone) {
    const context: AloneContext = { ...shared, actor, address: request.ip, sessionToken: token, setSession: (value, expiresAt) => setSession(reply, services, value, expiresAt) }
    return route.runAlone(input.value, context)
  }
  if (!actor || !route.run) throw new Error(`endpoint ${contract.id} needs a session and a handler`)
  return inTransaction({ route, run: route.run, input: input.value, request, actor, shared })
}

// Nobody is signed in and nobody needs to be: health, sign-in, the description. Works before the bank is set up.
async function openToAll(route: Route, request: FastifyRequest, reply: FastifyReply, asked: Asked, services: Services): Promise<Outcome<unknown>> {
  const input = parse(route.contract, request, asked.language)
  if (!input.ok) return input
  if (!route.runAlone) throw new Error(`endpoint ${route.contract.id} is public and needs its own transactions`)
  return route.runAlone(input.value, {
    services, actor: null, language: asked.language, requestId: request.id, businessDate: '', address: request.ip, sessionToken: null,
    may: () => ({ allowed: false, reason: 'not-signed-in' }), setSession: (value, expiresAt) => setSession(reply, services, value, expiresAt),
  })
}

type Call = {
  route: Route
  run: NonNullable<Route['run']>
  input: Input
  request: FastifyRequest
  actor: Actor
  shared: Omit<Context, 'actor' | 'opened'>
}

/** Thrown to roll back: a refusal leaves nothing behind. */
class Refused extends Error {
  readonly outcome: Outcome<never>
  constructor(outcome: Outcome<never>) {
    super('refused')
    this.outcome = outcome
  }
}

async function inTransaction(call: Call): Promise<Outcome<unknown>> {
  const { route, run, input, request, actor, shared } = call
  const { contract } = route
  const key = contract.writes ? requestKey(contract, input, actor.staffKey, request.headers['idempotency-key'] as string | undefined) : null
  if (contract.writes && key === null) return refuse('key-missing')
  try {
    return await shared.services.db.asPerson(actor, shared.businessDate, request.id, async (tx) => {
      const opened = contract.opens === undefined ? null : await openCustomer(tx, (input.params as Record<string, string>)[contract.opens])
      if (contract.opens !== undefined && !opened) throw new Refused(refuse('not-found'))
      if (opened) {
        const verdict = shared.may(contract.permission, { relation: opened.relation })
        if (!verdict.allowed) throw new Refused(refuse(verdict.reason === 'read-only-grant' || verdict.reason === 'absent' || verdict.reason === 'not-your-customer' ? 'not-allowed' : verdict.reason))
      }
      const context: Context = { ...shared, actor, opened }
      const work = async (): Promise<Outcome<unknown>> => {
        const inside = async (): Promise<Outcome<unknown>> => {
          // an ordinary reading leaves no line; one by grant does (architecture, section 5)
          if (opened?.relation === 'GRANT') await recordReading(tx, { table: 'customer', objectId: opened.customerId, customerId: opened.customerId, why: `${contract.id}: opened by grant` })
          return run(tx, input, context)
        }
        return opened ? tx.asRole('opened', inside) : inside()
      }
      const outcome = key === null ? await work() : await once(tx, contract, key, actor.staffKey, withFileHash(input), work)
      if (!outcome.ok) throw new Refused(outcome)
      return outcome
    })
  } catch (error) {
    if (error instanceof Refused) return countRefusal(error.outcome, call)
    if (error instanceof PostNotInForce) return refuse('not-signed-in')
    throw error
  }
}

// after the rollback, in a transaction of its own: what was refused is counted all the same
async function countRefusal(outcome: Outcome<never>, { actor, shared, request }: Call): Promise<Outcome<unknown>> {
  if (outcome.ok || outcome.refusal.counts === undefined) return outcome
  const within = await shared.services.db.asPerson(actor, shared.businessDate, request.id, (tx) => takeHourly(tx, actor.staffKey, 'NUMBER', numbersPerHour))
  return within ? outcome : refuse('too-many', { details: { minutes: minutesLeft(new Date()) } })
}

// two requests are the same when their files are: by hash
function withFileHash({ file, ...input }: Input): object {
  return file ? { ...input, file: { name: file.name, hash: file.hash } } : input
}

async function openCustomer(tx: Transaction, customerId: string | undefined): Promise<{ customerId: string; relation: Relation } | null> {
  if (customerId === undefined) throw new Error('the contract opens a parameter that its path does not have')
  const { relation } = await tx.one(sql<{ relation: Relation | null }>`SELECT open_customer(${customerId}) AS relation`)
  return relation === null ? null : { customerId, relation }
}

function parse(contract: Endpoint, request: FastifyRequest, language: Language): Outcome<Call['input']> {
  const form = request.body instanceof Form ? request.body : null
  if (form && form.size > (contract.maxBody ?? mostBody)) return refuse('too-large')
  const body = form && contract.upload ? form.body : form ? { form: true } : request.body
  const parts = { params: contract.params.safeParse(request.params ?? {}), query: contract.query.safeParse(request.query ?? {}), body: contract.body.safeParse(body ?? {}) }
  const fields = Object.entries(parts).flatMap(([part, result]) => (result.success ? [] : fieldMessages(result.error.issues, part, language)))
  if (parts.params.success && parts.query.success && parts.body.success) {
    const value: Input = { params: parts.params.data, query: parts.query.data, body: parts.body.data }
    if (!contract.upload) return { ok: true, value }
    const file = judgeFile(contract.upload, form, language)
    return file.ok ? { ok: true, value: { ...value, file: file.value } } : file
  }
  // an id in the address that has not even the form of an id is not there
  if (!parts.params.success && parts.query.success && parts.body.success) return refuse('not-found')
  return refuse('invalid-request', { details: { count: String(fields.length) }, fields })
}

function setSession(reply: FastifyReply, services: Services, token: string | null, expiresAt?: Date): void {
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure: services.config.secureCookies } as const
  if (token === null) reply.clearCookie(sessionCookie, options)
  else reply.setCookie(sessionCookie, token, { ...options, ...(expiresAt ? { expires: expiresAt } : {}) })
}

function sendValue(contract: Endpoint, value: unknown, reply: FastifyReply): void {
  reply.header('Cache-Control', 'no-store')
  if (contract.raw) {
    const raw = value as RawReply
    // what somebody uploaded is never taken for a page
    reply.header('X-Content-Type-Options', 'nosniff')
    if (raw.fileName !== undefined) reply.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(raw.fileName)}`)
    reply.type(raw.type).send(raw.content)
    return
  }
  reply.type('application/json; charset=utf-8').send(JSON.stringify(value))
}

function sendRefusal(refusal: Refusal, asked: Asked, reply: FastifyReply): void {
  const known: RefusalText | undefined = asked.contract.refusals[refusal.name] ?? (generalRefusals as Record<string, RefusalText>)[refusal.name]
  const text = known ?? generalRefusals['our-mistake']
  const details = { ...refusal.details, requestId: asked.requestId }
  const body: RefusalReply = {
    refusal: known ? refusal.name : 'our-mistake',
    message: filled(text[asked.language], details),
    field: refusal.field ?? null,
    fields: [...(refusal.fields ?? [])],
    details: refusal.details ?? {},
    requestId: asked.requestId,
  }
  reply.code(text.status).header('Cache-Control', 'no-store').type('application/json; charset=utf-8').send(JSON.stringify(body))
}

function sendFailure(error: unknown, asked: Asked, reply: FastifyReply, log: Logger): void {
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (code === 'MALFORMED_JSON') return sendRefusal(refuse('malformed-json').refusal, asked, reply)
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || statusCode === 413) return sendRefusal(refuse('too-large').refusal, asked, reply)
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return sendRefusal(refuse('malformed-json').refusal, asked, reply)
  const gone = isConnectionError(error)
  // the message of an error may quote a value (a row, a piece of JSON): only its name, code and place are logged
  log.error({ endpoint: asked.contract.id, request: asked.requestId, person: asked.personKey, code, error: error instanceof Error ? error.name : typeof error, place: error instanceof Error ? placeOf(error) : undefined })
  sendRefusal(refuse(gone ? 'unavailable' : 'our-mistake').refusal, asked, reply)
}

function placeOf(error: Error): string[] {
  return (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 12).map((line) => line.trim())
}

function filled(text: string, details: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => details[name] ?? whole)
}

function languageOf(request: FastifyRequest): Language {
  return (request.headers['accept-language'] ?? '').toLowerCase().startsWith('en') ? 'en' : 'zh'
}
