import { cmppCommands, connectBody, isGateway, messageAnswerBody, packet, readConnectAnswer, readDelivery, readMessageAnswer, readPacket, sourceAuthenticator, submitBody, type CmppVersion } from './cmpp-codec.ts'
import type { SendResult } from './message.rules.ts'
import type { Meaning, Protocol } from './short-message-link.ts'
import { bindBody, pdu, readDeliver, readMessageId, readPdu, smppCommands, submitPduBody } from './smpp-codec.ts'

/** Where short messages go when a gateway speaks SMPP or CMPP: read from one address, smpp(s)://system:password@host:port?number=… or cmpp://source:secret@host:port?version=3.0&service=YQ&number=10690001. */
export type Gateway = { protocol: 'SMPP' | 'CMPP'; host: string; port: number; tls: boolean; user: string; password: string; version: CmppVersion; serviceId: string; number: string }

/** Null: the address is none of a gateway. */
export function readGateway(address: string): Gateway | null {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  const scheme = /^(smpps?|cmpp):$/.exec(url.protocol)?.[1]
  const version = url.searchParams.get('version') ?? '2.0'
  if (scheme === undefined || url.hostname === '' || url.username === '' || (version !== '2.0' && version !== '3.0')) return null
  const cmpp = scheme === 'cmpp'
  return {
    protocol: cmpp ? 'CMPP' : 'SMPP', host: url.hostname, port: url.port === '' ? (cmpp ? 7890 : 2775) : Number(url.port), tls: scheme === 'smpps', user: decodeURIComponent(url.username), password: decodeURIComponent(url.password), version,
    serviceId: url.searchParams.get('service') ?? '', number: url.searchParams.get('number') ?? '',
  }
}

/** The text of what a customer wrote, by the coding that the peer names: 8 is UCS-2 (big endian), 15 GBK, all else ASCII. What cannot be read is empty: nobody is taken to have said it. */
function wordOf(coding: number, content: Buffer): string {
  if (coding === 8) return content.length % 2 === 0 ? Buffer.from(content).swap16().toString('utf16le') : ''
  return coding === 15 ? new TextDecoder('gb18030').decode(content) : content.toString('latin1')
}

// ESME_RMSGQFUL, ESME_RTHROTTLED, ESME_RSYSERR, ESME_RX_T_APPN: not taken, and the next time it may be
const smppLater = [0x14, 0x58, 0x08, 0x64]

export function smppProtocol({ user, password, serviceId, number }: Gateway): Protocol {
  const understand = (command: number, status: number, sequence: number, body: Buffer): Meaning => {
    switch (command) {
      case smppCommands.BIND_RESP: return { kind: 'WELCOME', accepted: status === 0, code: `BIND_${status}` }
      case smppCommands.SUBMIT_RESP: return { kind: 'ANSWER', sequence, sent: smppAnswer(status, body) }
      // the peer could not read a packet of ours: nothing was taken
      case smppCommands.GENERIC_NACK: return { kind: 'ANSWER', sequence, sent: { result: 'REFUSED', code: String(status) } }
      case smppCommands.ENQUIRE_LINK: return { kind: 'ALIVE_ASKED', reply: pdu(smppCommands.ENQUIRE_LINK_RESP, 0, sequence) }
      case smppCommands.UNBIND: return { kind: 'BYE_ASKED', reply: pdu(smppCommands.UNBIND_RESP, 0, sequence) }
      case smppCommands.DELIVER: {
        const { receipt, from, coding, content } = readDeliver(body)
        const reply = (taken: boolean): Buffer => pdu(smppCommands.DELIVER_RESP, taken ? 0 : 0x64, sequence, Buffer.from([0]))
        return receipt === null ? { kind: 'WORD', word: { from, text: wordOf(coding, content) }, reply } : { kind: 'RECEIPT', receipt: { providerId: receipt.messageId, stat: receipt.stat }, reply }
      }
      case smppCommands.ENQUIRE_LINK_RESP: return { kind: 'ALIVE' }
      default: return { kind: 'OTHER', reply: command < 0x80000000 ? pdu(smppCommands.GENERIC_NACK, 0x03, sequence) : null }
    }
  }
  return {
    greet: (sequence) => pdu(smppCommands.BIND, 0, sequence, bindBody({ systemId: user, password, systemType: serviceId })),
    submit: (sequence, part, phone) => pdu(smppCommands.SUBMIT, 0, sequence, submitPduBody({ part, phone, source: number })),
    alive: (sequence) => pdu(smppCommands.ENQUIRE_LINK, 0, sequence), bye: (sequence) => pdu(smppCommands.UNBIND, 0, sequence),
    read(bytes) {
      const found = readPdu(bytes)
      return found && { meaning: understand(found.pdu.command, found.pdu.status, found.pdu.sequence, found.pdu.body), rest: found.rest }
    },
  }
}

function smppAnswer(status: number, body: Buffer): SendResult {
  if (status === 0) {
    const providerId = readMessageId(body)
    return providerId === '' ? { result: 'PEER_FAULT', code: 'NO_NUMBER' } : { result: 'ACCEPTED', providerId, code: '0' }
  }
  return { result: smppLater.includes(status) ? 'THROTTLED' : 'REFUSED', code: String(status), ...(smppLater.includes(status) ? { after: 5 } : {}) }
}

/** MMDDHHMMSS of the moment, in China. */
export function cmppTime(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().replace(/\D/g, '').slice(4, 14)
}

export function cmppProtocol({ user, password, serviceId, number, version }: Gateway, now: () => Date = () => new Date()): Protocol {
  let sent: Buffer = Buffer.alloc(16)
  const understand = (command: number, sequence: number, body: Buffer): Meaning => {
    switch (command) {
      case cmppCommands.CONNECT_RESP: {
        const answer = readConnectAnswer(version, body)
        // who does not know the secret is not our gateway: no number of a customer is told to it
        return answer.status !== 0 ? { kind: 'WELCOME', accepted: false, code: `CONNECT_${answer.status}` } : { kind: 'WELCOME', accepted: isGateway(version, answer, sent, password), code: 'GATEWAY_UNPROVEN' }
      }
      case cmppCommands.SUBMIT_RESP: {
        const { messageId, result } = readMessageAnswer(version, body)
        // 8: flow control
        return { kind: 'ANSWER', sequence, sent: result === 0 ? { result: 'ACCEPTED', providerId: messageId, code: '0' } : result === 8 ? { result: 'THROTTLED', code: '8', after: 5 } : { result: 'REFUSED', code: String(result) } }
      }
      case cmppCommands.ACTIVE_TEST: return { kind: 'ALIVE_ASKED', reply: packet(cmppCommands.ACTIVE_TEST_RESP, sequence, Buffer.from([0])) }
      case cmppCommands.TERMINATE: return { kind: 'BYE_ASKED', reply: packet(cmppCommands.TERMINATE_RESP, sequence) }
      case cmppCommands.DELIVER: {
        const delivery = readDelivery(version, body)
        const reply = (taken: boolean): Buffer => packet(cmppCommands.DELIVER_RESP, sequence, messageAnswerBody(version, delivery.messageId, taken ? 0 : 8))
        return delivery.report === null ? { kind: 'WORD', word: { from: delivery.from, text: wordOf(delivery.format, delivery.content) }, reply } : { kind: 'RECEIPT', receipt: { providerId: delivery.report.messageId, stat: delivery.report.stat }, reply }
      }
      case cmppCommands.ACTIVE_TEST_RESP: return { kind: 'ALIVE' }
      default: return { kind: 'OTHER', reply: null }
    }
  }
  return {
    greet(sequence) {
      const time = cmppTime(now())
      sent = sourceAuthenticator(user, password, time)
      return packet(cmppCommands.CONNECT, sequence, connectBody(version, user, sent, time))
    },
    submit: (sequence, part, phone) => packet(cmppCommands.SUBMIT, sequence, submitBody(version, { part, phone, serviceId, source: user, sourceNumber: number })),
    alive: (sequence) => packet(cmppCommands.ACTIVE_TEST, sequence), bye: (sequence) => packet(cmppCommands.TERMINATE, sequence),
    read(bytes) {
      const found = readPacket(bytes)
      return found && { meaning: understand(found.packet.command, found.packet.sequence, found.packet.body), rest: found.rest }
    },
  }
}
