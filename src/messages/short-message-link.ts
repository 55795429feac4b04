import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { setTimeout as pause } from 'node:timers/promises'
import type { SendResult } from './message.rules.ts'
import { partsOf, type Part } from './split-text.ts'

/** What a frame of the peer means to the link. */
export type Meaning =
  | { kind: 'WELCOME'; accepted: boolean; code: string }
  | { kind: 'ANSWER'; sequence: number; sent: SendResult }
  | { kind: 'ALIVE_ASKED'; reply: Buffer }
  | { kind: 'ALIVE' }
  | { kind: 'RECEIPT'; receipt: ReceiptOfPeer; reply(taken: boolean): Buffer }
  | { kind: 'WORD'; word: Word; reply(taken: boolean): Buffer }
  | { kind: 'BYE_ASKED'; reply: Buffer }
  | { kind: 'OTHER'; reply: Buffer | null }

export type ReceiptOfPeer = { providerId: string; stat: string }
/** What a customer answered to a short message. */
export type Word = { from: string; text: string }
/** Takes what a customer answered; false: it could not be kept just now, the peer may tell it again. */
export type OnWord = (word: Word) => Promise<boolean>
/** Keeps a receipt; false: no message fits it (yet), the peer may tell it again. */
export type OnReceipt = (receipt: ReceiptOfPeer) => Promise<boolean>

/** A protocol over one connection: how its frames are written and read. */
export type Protocol = {
  greet(sequence: number): Buffer
  submit(sequence: number, part: Part, phone: string): Buffer
  alive(sequence: number): Buffer
  bye(sequence: number): Buffer
  /** The first whole frame, understood, and what follows it; null: more must come. Throws when the stream is none of this protocol. */
  read(bytes: Buffer): { meaning: Meaning; rest: Buffer } | null
}

export type LinkSettings = { host: string; port: number; tls: boolean; window: number; answerMs: number; connectMs: number; aliveMs: number; backoffMs: number }
export const usualLink = { window: 16, answerMs: 10_000, connectMs: 5_000, aliveMs: 30_000, backoffMs: 1_000 } as const

type Waiting = { settle: (sent: SendResult) => void; timer: NodeJS.Timeout }

/**
 * One connection to a gateway of short messages: signs in, has at most so many messages unanswered (the window), asks whether the peer lives, answers its reports, connects anew. What was not written to the connection was
 * surely not taken (UNREACHABLE); what was written and not answered is told as TIMED_OUT or PEER_FAULT: such a gateway takes no number once, so a person decides. Never throws.
 */
export class ShortMessageLink {
  readonly #protocol: Protocol
  readonly #settings: LinkSettings
  #socket: Socket | null = null
  #connecting: Promise<string | null> | null = null
  #bytes: Buffer = Buffer.alloc(0)
  #sequence = 0
  #failures = 0
  #heardAt = 0
  #alive: NodeJS.Timeout | undefined
  #again: NodeJS.Timeout | undefined
  #closed = false
  #kept = false
  #onReceipt: OnReceipt = () => Promise.resolve(false)
  #onWord: OnWord = () => Promise.resolve(true)
  readonly #waiting = new Map<number, Waiting>()
  readonly #queue: (() => void)[] = []
  #onWelcome: ((code: string | null) => void) | null = null

  constructor(protocol: Protocol, settings: LinkSettings) {
    this.#protocol = protocol
    this.#settings = settings
  }

  /** Keeps the connection, so that reports and answers of customers arrive also when nothing is sent. */
  start(onReceipt: OnReceipt, onWord?: OnWord): void {
    this.#onReceipt = onReceipt
    if (onWord) this.#onWord = onWord
    this.#kept = true
    void this.#ready()
  }

  /** How many messages the peer has not answered. */
  get unanswered(): number {
    return this.#waiting.size
  }

  async submit(part: Part, phone: string): Promise<SendResult> {
    const refused = await this.#ready()
    if (refused !== null) return { result: 'UNREACHABLE', code: refused }
    while (this.#waiting.size >= this.#settings.window) await new Promise<void>((free) => this.#queue.push(free))
    const socket = this.#socket
    if (!socket || this.#closed) return { result: 'UNREACHABLE', code: 'CONNECTION' }
    const sequence = this.#next()
    return new Promise((done) => {
      const settle = (sent: SendResult): void => {
        clearTimeout(this.#waiting.get(sequence)?.timer)
        this.#waiting.delete(sequence)
        this.#queue.shift()?.()
        done(sent)
      }
      const timer = setTimeout(() => settle({ result: 'TIMED_OUT', code: 'TIMEOUT' }), this.#settings.answerMs)
      this.#waiting.set(sequence, { settle, timer })
      socket.write(this.#protocol.submit(sequence, part, phone))
    })
  }

  /** Says good-bye and ends; what is unanswered is given a moment. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#again)
    clearTimeout(this.#alive)
    const socket = this.#socket
    if (!socket) return
    for (let waited = 0; this.#waiting.size > 0 && waited < 20; waited++) await pause(100)
    socket.write(this.#protocol.bye(this.#next()))
    await Promise.race([new Promise<void>((ended) => socket.once('close', () => ended())), pause(500, undefined, { ref: false })])
    socket.destroy()
  }

  #next(): number {
    this.#sequence = this.#sequence >= 0x7fffffff ? 1 : this.#sequence + 1
    return this.#sequence
  }

  // null: signed in; else why not
  #ready(): Promise<string | null> {
    if (this.#closed) return Promise.resolve('CLOSED')
    if (this.#socket && this.#onWelcome === null) return Promise.resolve(null)
    this.#connecting ??= this.#connect().finally(() => (this.#connecting = null))
    return this.#connecting
  }

  #connect(): Promise<string | null> {
    const { host, port, tls, connectMs } = this.#settings
    const socket = tls ? connectTls({ host, port, servername: host }) : connect({ host, port, noDelay: true })
    this.#socket = socket
    this.#bytes = Buffer.alloc(0)
    return new Promise((done) => {
      const timer = setTimeout(() => this.#drop(socket, 'CONNECT_TIMEOUT'), connectMs)
      this.#onWelcome = (code) => {
        clearTimeout(timer)
        this.#onWelcome = null
        if (code === null) {
          this.#failures = 0
          this.#listen(socket)
        } else this.#drop(socket, code)
        done(code)
      }
      socket.once(tls ? 'secureConnect' : 'connect', () => socket.write(this.#protocol.greet(this.#next())))
      socket.on('data', (bytes: Buffer) => this.#take(socket, bytes))
      socket.on('error', (error: NodeJS.ErrnoException) => this.#drop(socket, error.code ?? 'CONNECTION'))
      socket.on('close', () => this.#drop(socket, 'CONNECTION'))
    })
  }

  #listen(socket: Socket): void {
    this.#heardAt = Date.now()
    const { aliveMs, answerMs } = this.#settings
    const look = (): void => {
      const silent = Date.now() - this.#heardAt
      if (silent >= aliveMs + answerMs) return this.#drop(socket, 'SILENT')
      if (silent >= aliveMs) socket.write(this.#protocol.alive(this.#next()))
      this.#alive = setTimeout(look, Math.max(20, Math.min(aliveMs, answerMs) / 2)).unref()
    }
    this.#alive = setTimeout(look, aliveMs).unref()
  }

  #take(socket: Socket, bytes: Buffer): void {
    if (socket !== this.#socket) return
    this.#heardAt = Date.now()
    this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes])
    try {
      for (let found = this.#protocol.read(this.#bytes); found !== null; found = this.#protocol.read(this.#bytes)) {
        this.#bytes = found.rest
        this.#understand(socket, found.meaning)
      }
    } catch {
      this.#drop(socket, 'PROTOCOL')
    }
  }

  #understand(socket: Socket, meaning: Meaning): void {
    switch (meaning.kind) {
      case 'WELCOME': return this.#onWelcome?.(meaning.accepted ? null : meaning.code)
      case 'ANSWER': return this.#waiting.get(meaning.sequence)?.settle(meaning.sent)
      case 'ALIVE_ASKED': return void socket.write(meaning.reply)
      case 'RECEIPT':
      case 'WORD': {
        const answer = (taken: boolean): void => {
          if (!socket.destroyed) socket.write(meaning.reply(taken))
        }
        return void (meaning.kind === 'RECEIPT' ? this.#onReceipt(meaning.receipt) : this.#onWord(meaning.word)).then(answer, () => answer(false))
      }
      case 'BYE_ASKED':
        socket.write(meaning.reply)
        return void socket.end()
      case 'OTHER': return void (meaning.reply !== null && socket.write(meaning.reply))
      case 'ALIVE': return
    }
  }

  #drop(socket: Socket, code: string): void {
    socket.destroy()
    if (socket !== this.#socket) return
    this.#socket = null
    clearTimeout(this.#alive)
    this.#onWelcome?.(code)
    for (const { settle } of [...this.#waiting.values()]) settle({ result: 'PEER_FAULT', code: 'CONNECTION' })
    for (const free of this.#queue.splice(0)) free()
    if (!this.#kept || this.#closed) return
    const wait = Math.min(60_000, this.#settings.backoffMs * 2 ** Math.min(this.#failures, 6))
    this.#failures += 1
    clearTimeout(this.#again)
    this.#again = setTimeout(() => void this.#ready(), wait).unref()
  }
}

/**
 * Sends one text, part after part: a part that the peer throttles is tried again twice. Several parts are one message: when some were taken and one was not, it is told as PEER_FAULT "PARTLY". The numbers of all parts are
 * the message's number, parted by a space.
 */
export async function sendText(link: ShortMessageLink, phone: string, text: string, waitMs = 1_000): Promise<SendResult> {
  const numbers: string[] = []
  for (const part of partsOf(text)) {
    let sent = await link.submit(part, phone)
    for (let tries = 0; tries < 2 && sent.result === 'THROTTLED' && numbers.length > 0; tries++) {
      await pause(waitMs)
      sent = await link.submit(part, phone)
    }
    if (sent.result !== 'ACCEPTED') return numbers.length === 0 ? sent : { result: 'PEER_FAULT', code: 'PARTLY' }
    numbers.push(sent.providerId)
  }
  return { result: 'ACCEPTED', providerId: numbers.join(' '), code: '0' }
}
