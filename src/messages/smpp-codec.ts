import type { Part } from './split-text.ts'

/** The packets of SMPP 3.4 that an ESME needs: bind as transceiver, submit, deliver (receipts and what customers answer), enquire link, unbind. Numbers are big endian, texts end with a zero. */
export const smppCommands = {
  GENERIC_NACK: 0x80000000, BIND: 0x00000009, BIND_RESP: 0x80000009, SUBMIT: 0x00000004, SUBMIT_RESP: 0x80000004, DELIVER: 0x00000005, DELIVER_RESP: 0x80000005, UNBIND: 0x00000006, UNBIND_RESP: 0x80000006, ENQUIRE_LINK: 0x00000015, ENQUIRE_LINK_RESP: 0x80000015,
} as const

export type Pdu = { command: number; status: number; sequence: number; body: Buffer }

/** Length, command, status, sequence; then the body. */
export function pdu(command: number, status: number, sequence: number, body: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(16)
  head.writeUInt32BE(16 + body.length, 0)
  head.writeUInt32BE(command, 4)
  head.writeUInt32BE(status, 8)
  head.writeUInt32BE(sequence, 12)
  return Buffer.concat([head, body])
}

/** The first whole packet of what came, and what follows it; null: more must come. Throws on a length that no packet has. */
export function readPdu(bytes: Buffer): { pdu: Pdu; rest: Buffer } | null {
  if (bytes.length < 4) return null
  const length = bytes.readUInt32BE(0)
  if (length < 16 || length > 70_000) throw new Error('a packet of an impossible length')
  if (bytes.length < length) return null
  return { pdu: { command: bytes.readUInt32BE(4), status: bytes.readUInt32BE(8), sequence: bytes.readUInt32BE(12), body: bytes.subarray(16, length) }, rest: bytes.subarray(length) }
}

const ended = (text: string, most: number): Buffer => Buffer.from(`${text.slice(0, most - 1)}\0`, 'latin1')

/** bind_transceiver: system_id 16, password 9, system_type 13, interface_version 0x34, addr_ton, addr_npi, address_range. */
export function bindBody({ systemId, password, systemType }: { systemId: string; password: string; systemType: string }): Buffer {
  return Buffer.concat([ended(systemId, 16), ended(password, 9), ended(systemType, 13), Buffer.from([0x34, 0, 0]), ended('', 41)])
}

/** submit_sm of one part: UCS-2, a receipt is asked for; the flag of esm_class says that the text begins with a header. */
export function submitPduBody({ part, phone, source }: { part: Part; phone: string; source: string }): Buffer {
  const national = /^\d{11}$/.test(phone)
  return Buffer.concat([
    ended('', 6), Buffer.from([0, 1]), ended(source, 21), Buffer.from([national ? 2 : 1, 1]), ended(phone.replace(/^\+/, ''), 21), Buffer.from([part.hasHeader ? 0x40 : 0, 0, 0]), ended('', 17), ended('', 17),
    Buffer.from([1, 0, 8, 0, part.content.length]), part.content,
  ])
}

class Reader {
  readonly #bytes: Buffer
  #at = 0
  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }
  get left(): number {
    return this.#bytes.length - this.#at
  }
  byte(): number {
    return this.#bytes.readUInt8(this.#at++)
  }
  short(): number {
    const value = this.#bytes.readUInt16BE(this.#at)
    this.#at += 2
    return value
  }
  take(count: number): Buffer {
    if (count > this.left) throw new RangeError('a packet that ends too early')
    const value = this.#bytes.subarray(this.#at, this.#at + count)
    this.#at += count
    return value
  }
  ended(): string {
    const end = this.#bytes.indexOf(0, this.#at)
    if (end < 0) throw new RangeError('a text without its end')
    const value = this.#bytes.subarray(this.#at, end).toString('latin1')
    this.#at = end + 1
    return value
  }
}

/** submit_sm_resp: message_id. */
export function readMessageId(body: Buffer): string {
  return body.length === 0 ? '' : new Reader(body).ended()
}

export type Delivered = { from: string; coding: number; content: Buffer; receipt: { messageId: string; stat: string; error: string } | null }

const states: Readonly<Record<number, string>> = { 1: 'ENROUTE', 2: 'DELIVRD', 3: 'EXPIRED', 4: 'DELETED', 5: 'UNDELIV', 6: 'ACCEPTD', 7: 'UNKNOWN', 8: 'REJECTD' }

/** deliver_sm. A receipt tells the number and the state by its own parameters (receipted_message_id, message_state), else in the usual text "id:… stat:… err:…". */
export function readDeliver(body: Buffer): Delivered {
  const reader = new Reader(body)
  reader.ended()
  reader.take(2)
  const from = reader.ended()
  reader.take(2)
  reader.ended()
  const kind = reader.byte()
  reader.take(2)
  reader.ended()
  reader.ended()
  reader.take(2)
  const coding = reader.byte()
  reader.byte()
  const content = reader.take(reader.byte())
  let messageId: string | null = null
  let state: string | null = null
  while (reader.left >= 4) {
    const tag = reader.short()
    const value = reader.take(reader.short())
    if (tag === 0x001e) messageId = value.toString('latin1').replace(/\0.*$/s, '')
    if (tag === 0x0427 && value.length === 1) state = states[value.readUInt8(0)] ?? 'UNKNOWN'
  }
  if ((kind & 0x3c) !== 0x04) return { from, coding, content, receipt: null }
  const text = content.toString('latin1')
  const id = messageId ?? /\bid:(\S+)/.exec(text)?.[1] ?? ''
  return { from, coding, content, receipt: { messageId: id, stat: state ?? /\bstat:(\w{1,10})/.exec(text)?.[1] ?? 'UNKNOWN', error: /\berr:(\w{1,10})/.exec(text)?.[1] ?? '' } }
}
