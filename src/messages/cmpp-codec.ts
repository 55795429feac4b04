import { createHash, timingSafeEqual } from 'node:crypto'
import type { Part } from './split-text.ts'

/**
 * The packets of CMPP 2.0 and 3.0 (China Mobile Peer to Peer, between a service and the gateway ISMG), as far as a service needs them: connect, submit, deliver (reports and what customers answer), active test, terminate.
 * Numbers are unsigned and big endian, texts ASCII, filled up with zeros. Both versions differ in the width of numbers of terminals and of results.
 */
export type CmppVersion = '2.0' | '3.0'

export const cmppCommands = {
  CONNECT: 0x00000001, CONNECT_RESP: 0x80000001, TERMINATE: 0x00000002, TERMINATE_RESP: 0x80000002, SUBMIT: 0x00000004, SUBMIT_RESP: 0x80000004, DELIVER: 0x00000005, DELIVER_RESP: 0x80000005, ACTIVE_TEST: 0x00000008, ACTIVE_TEST_RESP: 0x80000008,
} as const

export type Packet = { command: number; sequence: number; body: Buffer }

/** Total length, command, sequence; then the body. */
export function packet(command: number, sequence: number, body: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt32BE(12 + body.length, 0)
  head.writeUInt32BE(command, 4)
  head.writeUInt32BE(sequence, 8)
  return Buffer.concat([head, body])
}

/** The first whole packet of what came, and what follows it; null: more must come. Throws on a length that no packet has. */
export function readPacket(bytes: Buffer): { packet: Packet; rest: Buffer } | null {
  if (bytes.length < 4) return null
  const length = bytes.readUInt32BE(0)
  if (length < 12 || length > 8192) throw new Error('a packet of an impossible length')
  if (bytes.length < length) return null
  return { packet: { command: bytes.readUInt32BE(4), sequence: bytes.readUInt32BE(8), body: bytes.subarray(12, length) }, rest: bytes.subarray(length) }
}

const octets = (text: string, width: number): Buffer => {
  const bytes = Buffer.alloc(width)
  bytes.write(text.slice(0, width), 'latin1')
  return bytes
}
const textAt = (bytes: Buffer, from: number, width: number): string => bytes.subarray(from, from + width).toString('latin1').replace(/\0.*$/s, '')
const byteOf = (version: CmppVersion): number => (version === '3.0' ? 0x30 : 0x20)
const terminalWidth = (version: CmppVersion): number => (version === '3.0' ? 32 : 21)
const resultWidth = (version: CmppVersion): number => (version === '3.0' ? 4 : 1)

/** MD5(source address + nine zero bytes + shared secret + time as MMDDHHMMSS). */
export function sourceAuthenticator(source: string, secret: string, time: string): Buffer {
  return createHash('md5').update(Buffer.concat([Buffer.from(source, 'latin1'), Buffer.alloc(9), Buffer.from(secret, 'latin1'), Buffer.from(time, 'latin1')])).digest()
}

/** MD5(status + the authenticator that was sent + shared secret): by it the gateway proves itself. */
export function gatewayAuthenticator(version: CmppVersion, status: number, sent: Buffer, secret: string): Buffer {
  const width = Buffer.alloc(resultWidth(version))
  width.writeUIntBE(status, 0, width.length)
  return createHash('md5').update(Buffer.concat([width, sent, Buffer.from(secret, 'latin1')])).digest()
}

/** CMPP_CONNECT: source address 6, authenticator 16, version 1, time 4. */
export function connectBody(version: CmppVersion, source: string, authenticator: Buffer, time: string): Buffer {
  const rest = Buffer.alloc(5)
  rest.writeUInt8(byteOf(version), 0)
  rest.writeUInt32BE(Number(time), 1)
  return Buffer.concat([octets(source, 6), authenticator, rest])
}

/** CMPP_CONNECT_RESP: status 1 (3.0: 4), authenticator of the gateway 16, version 1. */
export function readConnectAnswer(version: CmppVersion, body: Buffer): { status: number; authenticator: Buffer; version: number } {
  const width = resultWidth(version)
  return { status: body.readUIntBE(0, width), authenticator: body.subarray(width, width + 16), version: body.readUInt8(width + 16) }
}
export const isGateway = (version: CmppVersion, answer: { status: number; authenticator: Buffer }, sent: Buffer, secret: string): boolean => {
  const wanted = gatewayAuthenticator(version, answer.status, sent, secret)
  return wanted.length === answer.authenticator.length && timingSafeEqual(wanted, answer.authenticator)
}

export type Submission = { part: Part; phone: string; serviceId: string; source: string; sourceNumber: string }

/**
 * CMPP_SUBMIT of one part to one number. Msg_Id 8 (made by the gateway), Pk_total, Pk_number, Registered_Delivery (1: a report is asked for), Msg_level, Service_Id 10, Fee_UserType (2: the service pays), Fee_terminal_Id
 * 21 (3.0: 32 and its type 1), TP_pId, TP_udhi, Msg_Fmt (8: UCS-2), Msg_src 6, FeeType 2 ("01": free), FeeCode 6, Valid_Time 17, At_Time 17, Src_Id 21, DestUsr_tl, Dest_terminal_Id 21 (3.0: 32 and its type 1),
 * Msg_Length, Msg_Content, Reserve 8 (3.0: LinkID 20).
 */
export function submitBody(version: CmppVersion, { part, phone, serviceId, source, sourceNumber }: Submission): Buffer {
  const third = version === '3.0'
  return Buffer.concat([
    Buffer.alloc(8), Buffer.from([part.total, part.number, 1, 1]), octets(serviceId, 10), Buffer.from([2]), octets('', terminalWidth(version)), ...(third ? [Buffer.from([0])] : []),
    Buffer.from([0, part.hasHeader ? 1 : 0, 8]), octets(source, 6), octets('01', 2), octets('', 6), octets('', 17), octets('', 17), octets(sourceNumber, 21),
    Buffer.from([1]), octets(phone, terminalWidth(version)), ...(third ? [Buffer.from([0])] : []), Buffer.from([part.content.length]), part.content, Buffer.alloc(third ? 20 : 8),
  ])
}

export function readSubmit(version: CmppVersion, body: Buffer): { total: number; number: number; report: boolean; hasHeader: boolean; format: number; serviceId: string; source: string; sourceNumber: string; phone: string; content: Buffer; length: number } {
  const third = version === '3.0'
  const terminal = terminalWidth(version)
  const afterFee = 23 + terminal + (third ? 1 : 0)
  const destinations = afterFee + 3 + 6 + 2 + 6 + 17 + 17 + 21
  const length = destinations + 1 + terminal + (third ? 1 : 0)
  return {
    total: body.readUInt8(8), number: body.readUInt8(9), report: body.readUInt8(10) === 1, serviceId: textAt(body, 12, 10), hasHeader: body.readUInt8(afterFee + 1) === 1, format: body.readUInt8(afterFee + 2), source: textAt(body, afterFee + 3, 6),
    sourceNumber: textAt(body, destinations - 21, 21), phone: textAt(body, destinations + 1, terminal), content: body.subarray(length + 1, length + 1 + body.readUInt8(length)), length: body.length,
  }
}

/** CMPP_SUBMIT_RESP and CMPP_DELIVER_RESP: Msg_Id 8, result 1 (3.0: 4). The number of a message is told in hex. */
export function readMessageAnswer(version: CmppVersion, body: Buffer): { messageId: string; result: number } {
  return { messageId: body.subarray(0, 8).toString('hex'), result: body.readUIntBE(8, resultWidth(version)) }
}
export function messageAnswerBody(version: CmppVersion, messageId: Buffer, result: number): Buffer {
  const width = Buffer.alloc(resultWidth(version))
  width.writeUIntBE(result, 0, width.length)
  return Buffer.concat([messageId, width])
}

export type Report = { messageId: string; stat: string; phone: string }
export type Delivery = { messageId: Buffer; report: Report | null; from: string; format: number; content: Buffer }

/**
 * CMPP_DELIVER: Msg_Id 8, Dest_Id 21, Service_Id 10, TP_pid, TP_udhi, Msg_Fmt, Src_terminal_Id 21 (3.0: 32 and its type 1), Registered_Delivery (1: a report), Msg_Length, Msg_Content, reserved 8 (3.0: LinkID 20).
 * A report: Msg_Id 8 (of the submitted message), Stat 7, Submit_time 10, Done_time 10, Dest_terminal_Id 21 (3.0: 32), SMSC_sequence 4.
 */
export function readDelivery(version: CmppVersion, body: Buffer): Delivery {
  const third = version === '3.0'
  const terminal = terminalWidth(version)
  const registered = 42 + terminal + (third ? 1 : 0)
  const content = body.subarray(registered + 2, registered + 2 + body.readUInt8(registered + 1))
  const report = body.readUInt8(registered) === 1 ? { messageId: content.subarray(0, 8).toString('hex'), stat: textAt(content, 8, 7), phone: textAt(content, 35, terminal) } : null
  return { messageId: body.subarray(0, 8), report, from: textAt(body, 42, terminal), format: body.readUInt8(41), content }
}
