import { QueryClient, keepPreviousData, useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Endpoint, ReplyOf, SentOf } from '../foundation/http/contract.ts'
import { tellUnread } from './unread.ts'
import { addressOf, randomKey, signInAddress } from './client-path.ts'
import { settingsNow } from './settings.ts'

/** A request that the server refused, by name; `message` is its sentence in the reader's language. Our own mistakes come in the same form ('our-mistake'). */
export class RefusalError extends Error {
  override readonly name: string
  readonly status: number
  readonly field: string | null
  readonly fields: readonly { field: string; message: string }[]
  readonly details: Readonly<Record<string, string>>
  readonly requestId: string
  constructor(told: { refusal: string; message: string; status: number; field?: string | null; fields?: readonly { field: string; message: string }[]; details?: Readonly<Record<string, string>>; requestId?: string }) {
    super(told.message)
    this.name = told.refusal
    this.status = told.status
    this.field = told.field ?? null
    this.fields = told.fields ?? []
    this.details = told.details ?? {}
    this.requestId = told.requestId ?? ''
  }
}

/** The parts of a request that a contract wants; a part without obligatory fields may be left out. */
type Part<Name extends string, T> = Record<never, never> extends T ? { [K in Name]?: T } : { [K in Name]: T }
export type Sent<E extends Endpoint> = Part<'params', SentOf<E>['params']> & Part<'query', SentOf<E>['query']> & Part<'body', SentOf<E>['body']>
type Loose = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown }
export type CallOptions = {
  signal?: AbortSignal
  /** Of an 'act': the same key is the same deed, however often it is sent. Made when absent. */
  idempotencyKey?: string
  /** A page that shows the refusal "not signed in" itself (sign-in, first start). */
  stay?: boolean
}

/** Asks the server. Throws RefusalError for every answer that is not the contract's reply; a session that ended leads to sign-in and back. */
export async function call<E extends Endpoint>(contract: E, sent: Sent<E>, options: CallOptions = {}): Promise<ReplyOf<E>> {
  const answer = await send(contract, sent as Loose, options)
  return (await answer.json()) as ReplyOf<E>
}

/** Sends a file with its particulars to an endpoint whose contract says `upload`. The server finds the kind in the content; throws RefusalError like `call`. */
export async function upload<E extends Endpoint>(contract: E, sent: Sent<E>, file: File, options: CallOptions = {}): Promise<ReplyOf<E>> {
  const answer = await send(contract, sent as Loose, { ...options, file })
  return (await answer.json()) as ReplyOf<E>
}

/** Fetches a `raw` endpoint and hands the file to the browser. */
export async function download<E extends Endpoint>(contract: E, sent: Sent<E>, options: CallOptions = {}): Promise<void> {
  const answer = await send(contract, sent as Loose, options)
  const named = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1]
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = named === undefined ? contract.id : decodeURIComponent(named)
  link.click()
  URL.revokeObjectURL(link.href)
}

async function send(contract: Endpoint, sent: Loose, options: CallOptions & { file?: File }): Promise<Response> {
  const { language } = settingsNow()
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': language === 'en' ? 'en' : 'zh-CN' }
  if (contract.method !== 'GET') headers['X-Yinqiao'] = '1'
  if (contract.writes === 'act') headers['Idempotency-Key'] = options.idempotencyKey ?? randomKey()
  const hasBody = contract.method !== 'GET' && sent.body !== undefined
  const content = options.file ? formOf(sent.body, options.file) : hasBody ? JSON.stringify(sent.body) : null
  // the browser itself says where the parts of a form begin
  if (hasBody && !options.file) headers['Content-Type'] = 'application/json'
  let answer: Response
  try {
    answer = await fetch(addressOf(contract.path, sent.params, sent.query), {
      method: contract.method, headers, credentials: 'same-origin', ...(content === null ? {} : { body: content }), ...(options.signal ? { signal: options.signal } : {}),
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new RefusalError({ refusal: 'offline', status: 0, message: language === 'en' ? 'Offline. What you entered is kept on this device. Try again when the network is back' : '离线，未能连接服务器。已填内容保留在本机，联网后请重试' })
  }
  tellUnread(answer.headers.get('X-Unread'))
  if (answer.ok) return answer
  const refused = await refusalOf(answer)
  // elsewhere in the product a session ended: keep the address, sign in, come back
  if (refused.name === 'not-signed-in' && !options.stay && typeof location !== 'undefined' && !location.pathname.startsWith('/sign-in')) {
    onSessionEnd(signInAddress(`${location.pathname}${location.search}`))
  }
  if (refused.name === 'must-change-password' && !options.stay && typeof location !== 'undefined' && location.pathname !== '/password') onSessionEnd('/password')
  throw refused
}

function formOf(body: unknown, file: File): FormData {
  const form = new FormData()
  form.append('body', JSON.stringify(body ?? {}))
  form.append('file', file)
  return form
}

async function refusalOf(answer: Response): Promise<RefusalError> {
  const requestId = answer.headers.get('X-Request-Id') ?? ''
  try {
    const told = (await answer.json()) as { refusal?: unknown; message?: unknown; field?: string | null; fields?: { field: string; message: string }[]; details?: Record<string, string>; requestId?: string }
    if (typeof told.refusal === 'string' && typeof told.message === 'string') {
      return new RefusalError({ refusal: told.refusal, message: told.message, status: answer.status, field: told.field ?? null, fields: told.fields ?? [], details: told.details ?? {}, requestId: told.requestId ?? requestId })
    }
  } catch {
    // not our JSON: a proxy answered
  }
  const message = settingsNow().language === 'en' ? 'Could not be done now. Try again later' : '暂时无法处理，请稍后重试'
  return new RefusalError({ refusal: 'our-mistake', message, status: answer.status, requestId })
}

let onSessionEnd: (address: string) => void = (address) => location.assign(address)
/** The shell hands over the router's way of going, so that drafts in other components live on. */
export function whenSessionEnds(go: (address: string) => void): void {
  onSessionEnd = go
}

/** One cache for the page. Refusals are not asked again by themselves; a lost connection twice. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { networkMode: 'always', staleTime: 15_000, refetchOnWindowFocus: false, retry: (times, error) => error instanceof RefusalError && (error.status === 0 || error.status === 503) && times < 2 },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}

/** The key under which a reply is kept: the contract's id first, so that `useRefresh()('customers')` finds a whole family. */
export const keyOf = <E extends Endpoint>(contract: E, sent: Sent<E>): readonly unknown[] => {
  const { params, query, body } = sent as Loose
  return [...contract.id.split('.'), params ?? null, query ?? null, body ?? null, settingsNow().language]
}

export type ReadOptions = { enabled?: boolean; stay?: boolean; refetchEvery?: number | false; staleTime?: number; keepOld?: boolean }

/** Reads: `const { data, error, isPending, refetch } = useContract(getCustomer, { params: { customerId } })`. The old rows stay while new ones come. */
export function useContract<E extends Endpoint>(contract: E, sent: Sent<E>, { enabled = true, stay, refetchEvery = false, staleTime, keepOld = true }: ReadOptions = {}): UseQueryResult<ReplyOf<E>, Error> {
  return useQuery<ReplyOf<E>, Error>({
    queryKey: keyOf(contract, sent),
    queryFn: ({ signal }) => call(contract, sent, { signal, ...(stay === undefined ? {} : { stay }) }),
    enabled,
    refetchInterval: refetchEvery,
    ...(keepOld ? { placeholderData: keepPreviousData } : {}),
    ...(staleTime === undefined ? {} : { staleTime }),
  })
}

/**
 * Writes: `const save = useAct(recordContact, { refresh: ['contacts', 'customers'] }); save.mutate({ params, body })`.
 * Sending the same content again after a lost answer is the same deed: its key is kept until it succeeded or the content changed.
 */
export function useAct<E extends Endpoint>(contract: E, { refresh = [], stay, onDone }: { refresh?: readonly string[]; stay?: boolean; onDone?: (reply: ReplyOf<E>, sent: Sent<E>) => void } = {}): UseMutationResult<ReplyOf<E>, Error, Sent<E>> {
  const queries = useQueryClient()
  const last = useRef<{ content: string; key: string } | null>(null)
  return useMutation<ReplyOf<E>, Error, Sent<E>>({
    mutationFn: (sent) => {
      const content = JSON.stringify(sent)
      if (last.current?.content !== content) last.current = { content, key: randomKey() }
      return call(contract, sent, { idempotencyKey: last.current.key, ...(stay === undefined ? {} : { stay }) })
    },
    onSuccess: async (reply, sent) => {
      last.current = null
      await Promise.all(refresh.map((family) => queries.invalidateQueries({ queryKey: family.split('.') })))
      onDone?.(reply, sent)
    },
  })
}

/** `const send = useUpload(uploadDocument, { refresh: ['customers'] }); send.mutate({ params, body, file })`: like useAct, with the file; a repeat of the same is the same deed. */
export function useUpload<E extends Endpoint>(contract: E, { refresh = [], onDone }: { refresh?: readonly string[]; onDone?: (reply: ReplyOf<E>, sent: Sent<E> & { file: File }) => void } = {}): UseMutationResult<ReplyOf<E>, Error, Sent<E> & { file: File }> {
  const queries = useQueryClient()
  const last = useRef<{ content: string; key: string } | null>(null)
  return useMutation<ReplyOf<E>, Error, Sent<E> & { file: File }>({
    mutationFn: ({ file, ...sent }) => {
      const content = JSON.stringify([sent, file.name, file.size, file.lastModified])
      if (last.current?.content !== content) last.current = { content, key: randomKey() }
      return upload(contract, sent as unknown as Sent<E>, file, { idempotencyKey: last.current.key })
    },
    onSuccess: async (reply, sent) => {
      last.current = null
      await Promise.all(refresh.map((family) => queries.invalidateQueries({ queryKey: family.split('.') })))
      onDone?.(reply, sent)
    },
  })
}

/** Marks families of replies as old: `refresh('customers')` after something changed them. */
export function useRefresh(): (...families: readonly string[]) => void {
  const queries = useQueryClient()
  return (...families) => families.forEach((family) => void queries.invalidateQueries({ queryKey: family.split('.') }))
}
