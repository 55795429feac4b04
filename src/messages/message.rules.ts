import type { Channel, ExclusionReason, TemplateKind } from './message.contract.ts'

/** What is known of one customer on the day of a message. Asked when it is made and again when it is sent. */
export type RecipientFacts = {
  status: string
  /** The sender is (still) the main manager. */
  mine: boolean
  /** The marketing consent on the day: held, never given, withdrawn, run out. */
  consent: 'HELD' | 'NONE' | 'WITHDRAWN' | 'EXPIRED'
  /** He told that he wants no messages. */
  noMessages: boolean
  /** Another message for the same occasion is on its way or was sent. */
  greeted: boolean
  hasAddress: boolean
  /** Messages of the 30 days before. */
  recent: number
}

/** Why a customer gets no message, the most fundamental first; null: he gets it. */
export function exclusionOf(facts: RecipientFacts, mostIn30Days: number): ExclusionReason | null {
  if (facts.status === 'CLOSED') return 'CLOSED'
  if (!facts.mine) return 'NOT_YOURS'
  if (facts.consent === 'NONE') return 'NO_CONSENT'
  if (facts.consent === 'WITHDRAWN') return 'CONSENT_WITHDRAWN'
  if (facts.consent === 'EXPIRED') return 'CONSENT_EXPIRED'
  if (facts.noMessages) return 'NO_MESSAGES'
  if (facts.greeted) return 'GREETED_ALREADY'
  if (!facts.hasAddress) return 'NO_ADDRESS'
  if (facts.recent >= mostIn30Days) return 'TOO_MANY'
  return null
}

export type Window = { from: string; to: string }

/** When of the day a message may go: its own hours without the quiet ones (the quiet hours go over midnight). A birthday greeting goes between nine and noon. */
export function windowOf(kind: TemplateKind, quiet: Window): Window {
  const own = kind === 'BIRTHDAY' ? { from: '09:00', to: '12:00' } : { from: '00:00', to: '24:00' }
  return { from: own.from > quiet.to ? own.from : quiet.to, to: own.to < quiet.from ? own.to : quiet.from }
}

/** What to do with a waiting message now: SEND, WAIT (not yet, or not at this hour), LATE (its day has passed). */
export function momentOf(message: { sendOn: string; untilDay: string; fromTime: string; toTime: string }, now: { day: string; time: string }): 'SEND' | 'WAIT' | 'LATE' {
  if (now.day > message.untilDay || (now.day === message.untilDay && now.time >= message.toTime)) return 'LATE'
  return now.day >= message.sendOn && now.time >= message.fromTime && now.time < message.toTime ? 'SEND' : 'WAIT'
}

/** What a peer answered. `after`: seconds that it asks to wait. */
export type SendResult =
  | { result: 'ACCEPTED'; providerId: string; code: string }
  | { result: 'REFUSED'; code: string }
  | { result: 'THROTTLED' | 'UNREACHABLE' | 'TIMED_OUT' | 'PEER_FAULT'; code: string; after?: number }

const waits = [60, 300, 900, 3600, 14_400]

/**
 * What follows from an answer. Not taken for certain (throttled, never reached): tried again later. Perhaps taken (time-out, a broken answer): tried again only where the peer knows the message's number and takes
 * it once; else a person decides. After the last try it is dead.
 */
export function afterAttempt(sent: SendResult, tries: number, most: number, takenOnce: boolean): { state: 'ACCEPTED' | 'WAITING' | 'UNCERTAIN' | 'FAILED'; reason: string | null; waitSeconds: number | null } {
  if (sent.result === 'ACCEPTED') return { state: 'ACCEPTED', reason: null, waitSeconds: null }
  if (sent.result === 'REFUSED') return { state: 'FAILED', reason: 'REFUSED', waitSeconds: null }
  if (!takenOnce && (sent.result === 'TIMED_OUT' || sent.result === 'PEER_FAULT')) return { state: 'UNCERTAIN', reason: sent.result, waitSeconds: null }
  if (tries >= most) return { state: 'FAILED', reason: sent.result, waitSeconds: null }
  return { state: 'WAITING', reason: sent.result, waitSeconds: Math.max(waits[Math.min(tries, waits.length) - 1] ?? 60, sent.after ?? 0) }
}

/** Places that a template may have. */
export const places = ['客户', '客户经理', '银行'] as const
/** Further ones of a reminder: what it is about. */
const morePlaces = { FESTIVAL: [], BIRTHDAY: [], MATURITY: ['产品', '到期日'], CALL_BACK: ['联系日'] } as const satisfies Record<TemplateKind, readonly string[]>
export type Filling = Record<(typeof places)[number], string> & Partial<Record<'产品' | '到期日' | '联系日', string>>
export const placesOf = (kind: TemplateKind): readonly string[] => [...places, ...morePlaces[kind]]

/** Names in braces that are no places of a template of this kind. */
export function unknownPlaces(content: string, kind: TemplateKind): string[] {
  return [...content.matchAll(/\{([^}]*)\}/g)].map((found) => found[1] ?? '').filter((name) => !placesOf(kind).includes(name))
}

/** A day as a customer reads it: 12月5日. */
export const dayInWords = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`

/** The text of one message: places are filled once (a name that contains braces stays what it is), then the sender's own line, then how to opt out. */
export function textOf(content: string, ownLine: string | null, filling: Filling, optOut: string): string {
  const filled = content.replace(/\{([^}]*)\}/g, (whole, name: string) => (Object.hasOwn(filling, name) ? (filling[name as keyof Filling] ?? whole) : whole))
  return `${filled}${ownLine === null ? '' : ownLine}${optOut}`
}

/** A greeting sells nothing (D-13), a reminder promises nothing (D-14): words that would make it an advertisement or a promise. */
const selling = ['理财', '收益率', '利率', '优惠', '购买', '申购', '额度', '办理贷款', '限时', '保本', '保证', '承诺', '刚兑', 'http://', 'https://']
export function sellingWords(text: string): string[] {
  return selling.filter((word) => text.includes(word))
}

/** How a customer says that he wants no more. */
export const optOutOf = (channel: Channel): string => (channel === 'SMS' ? '退订回T' : '\n\n如不愿再收到问候，请回复本邮件“退订”，或告知您的客户经理。')

/** An e-mail address of the usual form, or an account of 企业微信 (letters, digits, - _ . @, at most 64). */
export function isStaffAddress(channel: 'EMAIL' | 'WECOM', address: string): boolean {
  return channel === 'EMAIL' ? /^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$/.test(address) && address.length <= 120 : /^[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}$/.test(address)
}

/** Does the answer of a customer to a short message mean "no more of these"? T, TD, 退订, whatever its width, case and what stands around it; anything else is not ours to judge. */
export function isOptOut(text: string): boolean {
  return /^(回复?)?(T|TD|退订|退订T|退订TD)$/.test(text.normalize('NFKC').toUpperCase().replace(/[\s\p{P}\0]/gu, ''))
}

/** A mobile number as the customer's file has it: gateways put the country before it. */
export function nationalNumber(told: string): string {
  return told.replace(/\D/g, '').replace(/^(00)?86(?=1\d{10}$)/, '')
}
