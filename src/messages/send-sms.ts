import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { SendResult } from './message.rules.ts'

/** The generic HTTP platform. Whoever has another one puts a small translator before it. */
export type SmsSettings = { url: string; account: string; secret: string; sign: string }
export type Sms = { requestId: string; phone: string; text: string; templateCode: string }

const answerOf = z.looseObject({ code: z.union([z.string(), z.number()]).transform(String), messageId: z.string().regex(/^[\w-]{1,80}$/).optional() })

const signed = (secret: string, ...parts: string[]): string => createHmac('sha256', secret).update(parts.join('\n')).digest('hex')

/**
 * Hands one message to the platform: POST of JSON, header X-Signature = HMAC-SHA-256 in hex over time and body. Code "0" with messageId: taken. The requestId is the message's number: the platform takes it once,
 * so that a repeat after a lost answer is harmless. Never throws.
 */
export async function sendSms(settings: SmsSettings, sms: Sms, time: string, timeoutMs = 10_000): Promise<SendResult> {
  const body = JSON.stringify({ account: settings.account, requestId: sms.requestId, sign: settings.sign, templateId: sms.templateCode, phone: sms.phone, content: sms.text, time })
  let answer: Response
  let told: string
  try {
    answer = await fetch(settings.url, { method: 'POST', body, redirect: 'error', signal: AbortSignal.timeout(timeoutMs), headers: { 'Content-Type': 'application/json; charset=utf-8', 'X-Signature': signed(settings.secret, time, body) } })
    told = (await answer.text()).slice(0, 10_000)
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') return { result: 'TIMED_OUT', code: 'TIMEOUT' }
    const { code } = ((error as { cause?: { code?: string } }).cause ?? {}) as { code?: string }
    // refused before anything was sent; a connection that broke later may have carried the message
    return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN' ? { result: 'UNREACHABLE', code } : { result: 'PEER_FAULT', code: code ?? 'CONNECTION' }
  }
  if (answer.status === 429) return { result: 'THROTTLED', code: '429', after: wholeSeconds(answer.headers.get('retry-after')) }
  if (answer.status >= 500) return { result: 'PEER_FAULT', code: String(answer.status) }
  const read = answerOf.safeParse(parsed(told))
  if (!read.success) return { result: 'PEER_FAULT', code: 'UNREADABLE' }
  const { code, messageId } = read.data
  if (code === '0') return messageId === undefined ? { result: 'PEER_FAULT', code: 'NO_NUMBER' } : { result: 'ACCEPTED', providerId: messageId, code }
  return { result: code === 'THROTTLED' ? 'THROTTLED' : 'REFUSED', code: /^[\w.-]{1,40}$/.test(code) ? code : 'OTHER' }
}

function wholeSeconds(text: string | null): number {
  return text !== null && /^\d{1,5}$/.test(text) ? Number(text) : 60
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export type ReceiptTold = { time: string; requestId: string; messageId: string; status: string; code: string; signature: string }

/** The signature of a receipt: HMAC-SHA-256 in hex over time, our number, its number, status and code, a line each. */
export function receiptSignature(secret: string, told: Omit<ReceiptTold, 'signature'>): string {
  return signed(secret, told.time, told.requestId, told.messageId, told.status, told.code)
}

export function isSigned(secret: string, told: ReceiptTold): boolean {
  const [wanted, given] = [Buffer.from(receiptSignature(secret, told), 'hex'), Buffer.from(told.signature, 'hex')]
  return wanted.length === given.length && timingSafeEqual(wanted, given)
}

export type AnswerTold = { time: string; phone: string; text: string; signature: string }

export const answerSignature = (secret: string, told: Omit<AnswerTold, 'signature'>): string => signed(secret, told.time, told.phone, told.text)

export function isSignedAnswer(secret: string, told: AnswerTold): boolean {
  const [wanted, given] = [Buffer.from(answerSignature(secret, told), 'hex'), Buffer.from(told.signature, 'hex')]
  return wanted.length === given.length && timingSafeEqual(wanted, given)
}
