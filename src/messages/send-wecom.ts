import { z } from 'zod'
import type { SendResult } from './message.rules.ts'

/** An application of 企业微信 (WeCom). `url`: its interface, or a proxy of the bank's before it. */
export type WeComSettings = { url: string; corpId: string; agentId: number; secret: string }
export type WeComCard = { to: string; title: string; description: string; link: string; button: string }

const answered = z.looseObject({ errcode: z.number().int() })
const tokenOf = answered.extend({ access_token: z.string().min(1).max(1024).optional(), expires_in: z.number().int().positive().optional() })
const sentOf = answered.extend({ invaliduser: z.string().optional(), unlicenseduser: z.string().optional(), msgid: z.string().max(200).optional() })

// the token is worth nothing any more: fetched anew, once
const tokenGone = [40001, 40014, 42001, 42007, 42009, 41001]
// too often, too many at once, busy: tried again later
const throttled = [-1, 45009, 45011, 45033, 50001, 60011]
/** So long the interface knows a content again and delivers it once (the longest that it allows is four hours). */
const sameWithinSeconds = 4 * 3600

type Asked = { status: number; body: unknown; retryAfter: number | null }
type Broken = Extract<SendResult, { result: 'TIMED_OUT' | 'UNREACHABLE' | 'PEER_FAULT' | 'THROTTLED' }>

/** Cuts a text to so many bytes of UTF-8, never inside of a character: the interface counts bytes. */
export function cutBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text
  let kept = ''
  for (const character of text) {
    if (Buffer.byteLength(kept) + Buffer.byteLength(character) > most - 3) break
    kept += character
  }
  return `${kept}…`
}

/** Sends cards to colleagues. The token is fetched when it is needed, kept as long as it lasts less five minutes, fetched once for several who wait. Never throws; neither token nor secret is told in an error. */
export class WeComSender {
  readonly #settings: WeComSettings
  readonly #timeoutMs: number
  readonly #now: () => number
  #token: { value: string; until: number } | null = null
  #fetching: Promise<string | SendResult> | null = null

  constructor(settings: WeComSettings, { timeoutMs = 10_000, now = Date.now }: { timeoutMs?: number; now?: () => number } = {}) {
    this.#settings = settings
    this.#timeoutMs = timeoutMs
    this.#now = now
  }

  async send(card: WeComCard): Promise<SendResult> {
    for (let again = false; ; again = true) {
      const token = await this.#tokenNow()
      if (typeof token !== 'string') return token
      const answer = await this.#ask(`/cgi-bin/message/send?access_token=${encodeURIComponent(token)}`, {
        touser: card.to, msgtype: 'textcard', agentid: this.#settings.agentId,
        textcard: { title: cutBytes(card.title, 128), description: cutBytes(card.description, 512), url: card.link, btntxt: card.button },
        // asked again after a lost answer the same content is delivered once
        enable_duplicate_check: 1, duplicate_check_interval: sameWithinSeconds,
      })
      if ('result' in answer) return answer
      const read = sentOf.safeParse(answer.body)
      if (answer.status !== 200 || !read.success) return { result: 'PEER_FAULT', code: answer.status === 200 ? 'UNREADABLE' : String(answer.status) }
      const { errcode, invaliduser, unlicenseduser, msgid } = read.data
      if (tokenGone.includes(errcode)) {
        this.#token = null
        if (!again) continue
        return { result: 'THROTTLED', code: String(errcode), after: 300 }
      }
      if (throttled.includes(errcode)) return { result: 'THROTTLED', code: String(errcode), after: errcode === 45009 ? 3600 : 60 }
      if (errcode !== 0) return { result: 'REFUSED', code: String(errcode) }
      // "ok" with the only receiver named as unknown or unlicensed is no delivery
      if ((invaliduser ?? '') !== '') return { result: 'REFUSED', code: 'INVALID_USER' }
      if ((unlicenseduser ?? '') !== '') return { result: 'REFUSED', code: 'UNLICENSED_USER' }
      return { result: 'ACCEPTED', providerId: msgid ?? '', code: '0' }
    }
  }

  #tokenNow(): Promise<string | SendResult> {
    if (this.#token !== null && this.#token.until > this.#now()) return Promise.resolve(this.#token.value)
    this.#fetching ??= this.#fetchToken().finally(() => (this.#fetching = null))
    return this.#fetching
  }

  // nothing of a message was handed over here: whatever goes wrong, it may be tried again
  async #fetchToken(): Promise<string | SendResult> {
    const answer = await this.#ask(`/cgi-bin/gettoken?corpid=${encodeURIComponent(this.#settings.corpId)}&corpsecret=${encodeURIComponent(this.#settings.secret)}`, null)
    if ('result' in answer) return { result: 'UNREACHABLE', code: answer.code, ...(answer.after === undefined ? {} : { after: answer.after }) }
    const read = tokenOf.safeParse(answer.body)
    if (answer.status !== 200 || !read.success) return { result: 'UNREACHABLE', code: 'TOKEN' }
    const { errcode, access_token: value, expires_in: seconds } = read.data
    if (errcode !== 0 || value === undefined) return { result: throttled.includes(errcode) ? 'THROTTLED' : 'UNREACHABLE', code: `TOKEN_${errcode}`, after: 300 }
    this.#token = { value, until: this.#now() + Math.max(30, (seconds ?? 7200) - 300) * 1000 }
    return value
  }

  async #ask(path: string, body: unknown): Promise<Asked | Broken> {
    try {
      const answer = await fetch(`${this.#settings.url}${path}`, {
        method: body === null ? 'GET' : 'POST', redirect: 'error', signal: AbortSignal.timeout(this.#timeoutMs), ...(body === null ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json; charset=utf-8' } }),
      })
      const text = (await answer.text()).slice(0, 20_000)
      const after = answer.headers.get('retry-after')
      const retryAfter = after !== null && /^\d{1,5}$/.test(after) ? Number(after) : null
      if (answer.status === 429) return { result: 'THROTTLED', code: '429', after: retryAfter ?? 60 }
      return { status: answer.status, body: parsed(text), retryAfter }
    } catch (error) {
      if (error instanceof Error && error.name === 'TimeoutError') return { result: 'TIMED_OUT', code: 'TIMEOUT' }
      const { code } = ((error as { cause?: { code?: string } }).cause ?? {}) as { code?: string }
      return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN' ? { result: 'UNREACHABLE', code } : { result: 'PEER_FAULT', code: code ?? 'CONNECTION' }
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
