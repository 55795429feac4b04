import { createHash } from 'node:crypto'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import smpp, { type Pdu, type Session } from 'smpp'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { cmppCommands, packet, readPacket, readSubmit, sourceAuthenticator, submitBody } from './cmpp-codec.ts'
import { cmppProtocol, cmppTime, readGateway, smppProtocol, type Gateway } from './gateway-protocols.ts'
import { sendText, ShortMessageLink, usualLink, type LinkSettings, type ReceiptOfPeer, type Word } from './short-message-link.ts'
import { partsOf } from './split-text.ts'

const phone = '13911112222'
const short = '【试验银行】尊敬的客户，祝您元旦快乐。退订回T'
const long = `【试验银行】${'尊敬的客户，您的存款将于十二月五日到期，欢迎联系您的客户经理。'.repeat(6)}退订回T`
const addressOf = (server: Server): number => (server.address() as AddressInfo).port
const until = async (what: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 200 && !what(); tries++) await pause(10)
  expect(what()).toBe(true)
}
const links: ShortMessageLink[] = []
function linkTo(gateway: Gateway, more: Partial<LinkSettings> = {}): ShortMessageLink {
  const link = new ShortMessageLink(gateway.protocol === 'SMPP' ? smppProtocol(gateway) : cmppProtocol(gateway), { ...usualLink, host: gateway.host, port: gateway.port, tls: gateway.tls, backoffMs: 20, ...more })
  links.push(link)
  return link
}
afterEach(async () => {
  await Promise.all(links.splice(0).map((link) => link.close()))
})
function gatewayAt(address: string): Gateway {
  const gateway = readGateway(address)
  if (!gateway) throw new Error(address)
  return gateway
}

describe('a text in parts', () => {
  test('70 characters are one message, 71 are two; the header joins them', () => {
    expect(partsOf('字'.repeat(70)).map(({ content, hasHeader }) => [content.length, hasHeader])).toEqual([[140, false]])
    const two = partsOf('字'.repeat(71), 7)
    expect(two.map(({ content }) => content.length)).toEqual([140, 14])
    expect(two.map(({ content }) => [...content.subarray(0, 6)])).toEqual([[5, 0, 3, 7, 2, 1], [5, 0, 3, 7, 2, 2]])
  })
  test('whatever the text: no part is longer than the air takes, no character is torn, together they are the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      const parts = partsOf(text)
      expect(parts.every(({ content }) => content.length <= 140)).toBe(true)
      const pieces = parts.map(({ content, hasHeader }) => Buffer.from(content.subarray(hasHeader ? 6 : 0)).swap16().toString('utf16le'))
      expect(pieces.join('')).toBe(text)
      for (const piece of pieces) expect(piece.isWellFormed()).toBe(text.isWellFormed() || piece.isWellFormed())
    }))
  })
})

describe('the address of a gateway', () => {
  test.each([
    ['smpp://bank:secret@10.1.1.1', { protocol: 'SMPP', host: '10.1.1.1', port: 2775, tls: false, user: 'bank', password: 'secret' }],
    ['smpps://bank:se%40cret@sms.example:3550?number=10690001', { protocol: 'SMPP', port: 3550, tls: true, password: 'se@cret', number: '10690001' }],
    ['cmpp://901234:1234@10.1.1.2?version=3.0&service=YQ&number=10690001', { protocol: 'CMPP', port: 7890, version: '3.0', serviceId: 'YQ', number: '10690001' }],
  ] as const)('%s', (address, read) => {
    expect(readGateway(address)).toMatchObject(read)
  })
  test.each(['http://a:b@c', 'cmpp://a:b@c?version=1.2', 'smpp://host', 'nothing'])('%s is none', (address) => {
    expect(readGateway(address)).toBeNull()
  })
})

describe('SMPP 3.4, against the server of the library smpp', () => {
  let server: Server
  const got: { text: string; to: unknown; udh: unknown; coding: unknown; receipt: unknown; from: unknown }[] = []
  const peer = { mood: [] as ('THROTTLED' | 'BAD_NUMBER' | 'SILENT' | 'CUT' | 'NO_BIND' | 'TAKE')[], sessions: [] as Session[], binds: 0, asked: 0, most: 0, open: 0, hold: 0, deaf: false }
  beforeAll(async () => {
    server = smpp.createServer((session) => {
      peer.sessions.push(session)
      session.on('error', () => undefined)
      session.on('bind_transceiver', (asked: Pdu) => {
        peer.binds += 1
        const ok = asked['system_id'] === 'bank' && asked['password'] === 'secret' && peer.mood[0] !== 'NO_BIND'
        if (peer.mood[0] === 'NO_BIND') peer.mood.shift()
        session.send(asked.response({ command_status: ok ? 0 : smpp.ESME_RBINDFAIL, system_id: 'smsc' }))
      })
      session.on('enquire_link', (asked: Pdu) => {
        peer.asked += 1
        if (!peer.deaf) session.send(asked.response())
      })
      session.on('unbind', (asked: Pdu) => {
        session.send(asked.response())
        session.close()
      })
      session.on('submit_sm', (asked: Pdu) => {
        const mood = peer.mood.shift()
        if (mood === 'THROTTLED') return session.send(asked.response({ command_status: smpp.ESME_RTHROTTLED }))
        if (mood === 'BAD_NUMBER') return session.send(asked.response({ command_status: smpp.ESME_RINVDSTADR }))
        const message = asked['short_message'] as { message: string; udh?: unknown }
        got.push({ text: message.message, udh: message.udh, to: asked['destination_addr'], coding: asked['data_coding'], receipt: asked['registered_delivery'], from: asked['source_addr'] })
        if (mood === 'SILENT') return
        if (mood === 'CUT') return session.destroy()
        const number = `M${got.length}`
        peer.open += 1
        peer.most = Math.max(peer.most, peer.open)
        setTimeout(() => {
          peer.open -= 1
          session.send(asked.response({ message_id: number }))
        }, peer.hold)
      })
    }).listen(0, '127.0.0.1')
    await new Promise((done) => server.once('listening', () => done(null)))
  })
  afterAll(() => {
    for (const session of peer.sessions) session.destroy()
    server.close()
  })
  const gateway = (password = 'secret'): Gateway => gatewayAt(`smpp://bank:${password}@127.0.0.1:${addressOf(server)}?number=10690001`)

  test('a short text: UCS-2, a receipt is asked for, the number of the peer is told', async () => {
    expect(await sendText(linkTo(gateway()), phone, short)).toEqual({ result: 'ACCEPTED', providerId: `M${got.length}`, code: '0' })
    expect(got.at(-1)).toMatchObject({ text: short, to: phone, coding: 8, receipt: 1, from: '10690001' })
  })
  test('a long text: parts with their header, together the text', async () => {
    const before = got.length
    const sent = await sendText(linkTo(gateway()), phone, long)
    const parts = got.slice(before)
    expect(parts.length).toBe(3)
    expect(sent).toMatchObject({ result: 'ACCEPTED', providerId: [1, 2, 3].map((n) => `M${before + n}`).join(' ') })
    expect(parts.map(({ text }) => text).join('')).toBe(long)
    expect(parts.every(({ udh }) => udh !== undefined)).toBe(true)
  })
  test.each([['THROTTLED', 'THROTTLED'], ['BAD_NUMBER', 'REFUSED'], ['CUT', 'PEER_FAULT'], ['SILENT', 'TIMED_OUT'], ['NO_BIND', 'UNREACHABLE']] as const)('%s is told as %s', async (mood, result) => {
    peer.mood.push(mood)
    expect((await sendText(linkTo(gateway(), { answerMs: 150 }), phone, short)).result).toBe(result)
  })
  test('a wrong password, a peer that is not there: nothing was handed over', async () => {
    const before = got.length
    expect((await sendText(linkTo(gateway('other')), phone, short)).result).toBe('UNREACHABLE')
    expect(await sendText(linkTo({ ...gateway(), port: 9 }), phone, short)).toMatchObject({ result: 'UNREACHABLE', code: 'ECONNREFUSED' })
    expect(got.length).toBe(before)
  })
  test('some parts taken and one not: uncertain, never told as failed', async () => {
    const link = linkTo(gateway(), { answerMs: 100 })
    const before = got.length
    peer.mood.push('THROTTLED')
    expect((await sendText(link, phone, long, 5)).result).toBe('THROTTLED') // the first part: nothing has gone
    expect(got.length).toBe(before)
    peer.mood.push('TAKE', 'THROTTLED', 'TAKE', 'THROTTLED', 'THROTTLED', 'THROTTLED')
    expect(await sendText(link, phone, long, 5)).toMatchObject({ result: 'PEER_FAULT', code: 'PARTLY' })
    expect(peer.mood).toEqual([]) // the second part was tried again and taken, the third was not
    expect(got.length).toBe(before + 2)
  })
  test('the window: never more unanswered than agreed', async () => {
    Object.assign(peer, { most: 0, hold: 30 })
    const link = linkTo(gateway(), { window: 4 })
    const all = await Promise.all(Array.from({ length: 20 }, (_, n) => sendText(link, phone, `第 ${n} 条`)))
    expect(all.every(({ result }) => result === 'ACCEPTED')).toBe(true)
    expect(new Set(all.map((one) => (one.result === 'ACCEPTED' ? one.providerId : ''))).size).toBe(20)
    expect(peer.most).toBe(4)
    peer.hold = 0
  })
  test('receipts arrive on the connection, in both forms; what cannot be placed is told to the peer', async () => {
    const told: ReceiptOfPeer[] = []
    const before = peer.sessions.length
    const words: Word[] = []
    linkTo(gateway()).start((receipt) => {
      told.push(receipt)
      return Promise.resolve(receipt.providerId !== 'unknown')
    }, (word) => {
      words.push(word)
      return Promise.resolve(true)
    })
    await until(() => peer.sessions.length > before)
    await pause(50)
    const session = peer.sessions.at(-1)
    const answers: unknown[] = []
    const report = (fields: Record<string, unknown>): void => session?.deliver_sm({ source_addr: phone, destination_addr: '10690001', ...fields }, (answer) => answers.push(answer['command_status']))
    report({ esm_class: 4, short_message: 'id:M1 sub:001 dlvrd:001 submit date:2611231000 done date:2611231001 stat:DELIVRD err:000 text:' })
    report({ esm_class: 4, short_message: '', receipted_message_id: 'M2', message_state: 5 })
    report({ esm_class: 4, short_message: 'id:unknown stat:DELIVRD err:000' })
    // answers of customers, in both codings: no receipts
    report({ esm_class: 0, data_coding: 0, short_message: 'T' })
    report({ esm_class: 0, data_coding: 8, short_message: '退订' })
    await until(() => answers.length === 5)
    expect(words).toEqual([{ from: phone, text: 'T' }, { from: phone, text: '退订' }])
    expect(told).toEqual([{ providerId: 'M1', stat: 'DELIVRD' }, { providerId: 'M2', stat: 'UNDELIV' }, { providerId: 'unknown', stat: 'DELIVRD' }])
    expect(answers.sort()).toEqual([0, 0, 0, 0, 0x64])
    // the peer asks whether we live
    let lives = false
    session?.enquire_link(() => (lives = true))
    await until(() => lives)
  })
  test('silence: asked whether it lives; a deaf peer is left and connected anew; a cut connection comes back by itself', async () => {
    const before = peer.asked
    const binds = peer.binds
    linkTo(gateway(), { aliveMs: 40, answerMs: 60 }).start(() => Promise.resolve(true))
    await until(() => peer.asked > before + 1)
    expect(peer.binds).toBe(binds + 1)
    peer.deaf = true
    await until(() => peer.binds > binds + 1)
    peer.deaf = false
    const again = peer.binds
    for (const session of peer.sessions) session.destroy()
    await until(() => peer.binds > again)
  })
  test('bytes that are no SMPP end the connection, not the process', async () => {
    const link = linkTo(gateway())
    expect((await sendText(link, phone, short)).result).toBe('ACCEPTED')
    peer.sessions.at(-1)?.socket.write(Buffer.from('HTTP/1.1 200 OK\r\n\r\n'))
    await pause(50)
    expect((await sendText(link, phone, short)).result).toBe('ACCEPTED')
  })
})

/**
 * A gateway (ISMG) after the text of the standard: it reads and writes by offsets of its own, so that it shares no mistake with the codec. It proves itself, answers each submit with its own number, sends reports and asks
 * whether we live.
 */
class Ismg {
  readonly server: Server
  readonly got: { number: string; to: string; udhi: number; format: number; total: number; place: number; content: Buffer; service: string; source: string; from: string; report: number; length: number }[] = []
  readonly answers: number[] = []
  mood: ('FLOW' | 'BAD_FEE' | 'CUT' | 'SILENT' | 'IMPOSTOR')[] = []
  sockets: Socket[] = []
  connects = 0
  actives = 0
  activesAnswered = 0
  terminated = 0
  deaf = false
  #numbers = 0
  readonly #third: boolean
  readonly #secret: string
  constructor(version: '2.0' | '3.0', secret: string) {
    this.#third = version === '3.0'
    this.#secret = secret
    this.server = createServer((socket) => this.#serve(socket)).listen(0, '127.0.0.1')
  }
  #result(value: number): Buffer {
    const bytes = Buffer.alloc(this.#third ? 4 : 1)
    bytes.writeUIntBE(value, 0, bytes.length)
    return bytes
  }
  #serve(socket: Socket): void {
    this.sockets.push(socket)
    socket.on('error', () => undefined)
    let all = Buffer.alloc(0)
    socket.on('data', (bytes: Buffer) => {
      all = Buffer.concat([all, bytes])
      while (all.length >= 12 && all.length >= all.readUInt32BE(0)) {
        const one = all.subarray(0, all.readUInt32BE(0))
        all = all.subarray(one.length)
        this.#answer(socket, one)
      }
    })
  }
  send(socket: Socket | undefined, command: number, sequence: number, body: Buffer): void {
    const head = Buffer.alloc(12)
    head.writeUInt32BE(12 + body.length, 0)
    head.writeUInt32BE(command, 4)
    head.writeUInt32BE(sequence, 8)
    const whole = Buffer.concat([head, body])
    // as a network does: in pieces
    socket?.write(whole.subarray(0, 7))
    socket?.write(whole.subarray(7))
  }
  #answer(socket: Socket, one: Buffer): void {
    const [command, sequence] = [one.readUInt32BE(4), one.readUInt32BE(8)]
    if (command === 0x00000001) {
      this.connects += 1
      const [source, sent, version, time] = [one.subarray(12, 18), one.subarray(18, 34), one[34], String(one.readUInt32BE(35)).padStart(10, '0')]
      const wanted = createHash('md5').update(Buffer.concat([source.subarray(0, source.indexOf(0) < 0 ? 6 : source.indexOf(0)), Buffer.alloc(9), Buffer.from(this.#secret), Buffer.from(time)])).digest()
      const status = !wanted.equals(sent) ? 3 : version !== (this.#third ? 0x30 : 0x20) ? 4 : 0
      const proof = createHash('md5').update(Buffer.concat([this.#result(status), sent, Buffer.from(this.mood[0] === 'IMPOSTOR' ? 'guessed' : this.#secret)])).digest()
      if (this.mood[0] === 'IMPOSTOR') this.mood.shift()
      return this.send(socket, 0x80000001, sequence, Buffer.concat([this.#result(status), proof, Buffer.from([this.#third ? 0x30 : 0x20])]))
    }
    if (command === 0x00000008) {
      this.actives += 1
      if (!this.deaf) this.send(socket, 0x80000008, sequence, Buffer.from([0]))
    }
    if (command === 0x80000008) this.activesAnswered += 1
    if (command === 0x00000002) {
      this.terminated += 1
      this.send(socket, 0x80000002, sequence, Buffer.alloc(0))
      socket.end()
    }
    if (command === 0x80000005) this.answers.push(one.readUIntBE(20, this.#third ? 4 : 1))
    if (command !== 0x00000004) return
    const mood = this.mood.shift()
    if (mood === 'FLOW') return this.send(socket, 0x80000004, sequence, Buffer.concat([Buffer.alloc(8), this.#result(8)]))
    if (mood === 'BAD_FEE') return this.send(socket, 0x80000004, sequence, Buffer.concat([Buffer.alloc(8), this.#result(5)]))
    // offsets of the standard, from the beginning of the packet: 2.0 / 3.0
    const at = this.#third ? { udhi: 69, format: 70, msgSrc: 71, from: 119, to: 141, length: 174, ofNumber: 32 } : { udhi: 57, format: 58, msgSrc: 59, from: 107, to: 129, length: 150, ofNumber: 21 }
    const text = (from: number, width: number): string => one.subarray(from, from + width).toString('latin1').replace(/\0+$/, '')
    this.#numbers += 1
    const number = Buffer.alloc(8)
    number.writeUInt32BE(0x0badcafe, 0)
    number.writeUInt32BE(this.#numbers, 4)
    this.got.push({
      number: number.toString('hex'), total: one[20] ?? 0, place: one[21] ?? 0, report: one[22] ?? 0, service: text(24, 10), udhi: one[at.udhi] ?? 9, format: one[at.format] ?? 9, source: text(at.msgSrc, 6), from: text(at.from, 21), to: text(at.to, at.ofNumber),
      content: one.subarray(at.length + 1, at.length + 1 + (one[at.length] ?? 0)), length: one.length,
    })
    if (mood === 'CUT') return void socket.destroy()
    if (mood === 'SILENT') return
    this.send(socket, 0x80000004, sequence, Buffer.concat([number, this.#result(0)]))
  }
  /** A report on a submitted message; in 3.0 the numbers of terminals have 32 places. */
  report(number: string, stat: string, sequence: number): void {
    const wide = this.#third ? 32 : 21
    const fixed = (value: string, width: number): Buffer => Buffer.concat([Buffer.from(value), Buffer.alloc(width - value.length)])
    const content = Buffer.concat([Buffer.from(number, 'hex'), fixed(stat, 7), fixed('2611231000', 10), fixed('2611231001', 10), fixed(phone, wide), Buffer.alloc(4)])
    this.send(this.sockets.at(-1), 0x00000005, sequence, Buffer.concat([
      Buffer.from('0000000000000063', 'hex'), fixed('10690001', 21), fixed('YQ', 10), Buffer.from([0, 0, 0]), fixed(phone, wide), ...(this.#third ? [Buffer.from([0])] : []), Buffer.from([1, content.length]), content, Buffer.alloc(this.#third ? 20 : 8),
    ]))
  }
  /** What a customer wrote: no report. */
  answer(sequence: number, format: number, content: Buffer): void {
    const wide = this.#third ? 32 : 21
    const fixed = (text: string, width: number): Buffer => Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(width)]).subarray(0, width)
    this.send(this.sockets.at(-1), 0x00000005, sequence, Buffer.concat([
      Buffer.from('0000000000000077', 'hex'), fixed('10690001', 21), fixed('YQ', 10), Buffer.from([0, 0, format]), fixed(`86${phone}`, wide), ...(this.#third ? [Buffer.from([0])] : []), Buffer.from([0, content.length]), content, Buffer.alloc(this.#third ? 20 : 8),
    ]))
  }
  close(): void {
    for (const socket of this.sockets) socket.destroy()
    this.server.close()
  }
}

describe.each(['2.0', '3.0'] as const)('CMPP %s, against a gateway after the standard', (version) => {
  let ismg: Ismg
  beforeAll(async () => {
    ismg = new Ismg(version, 'shared')
    await new Promise((done) => ismg.server.once('listening', () => done(null)))
  })
  afterAll(() => ismg.close())
  const gateway = (secret = 'shared'): Gateway => gatewayAt(`cmpp://901234:${secret}@127.0.0.1:${addressOf(ismg.server)}?version=${version}&service=YQ&number=10690001`)

  test('connects with its proof, submits, is told the number of the gateway, takes its leave', async () => {
    const link = linkTo(gateway())
    expect(await sendText(link, phone, short)).toEqual({ result: 'ACCEPTED', providerId: ismg.got.at(-1)?.number, code: '0' })
    expect(ismg.got.at(-1)).toMatchObject({ to: phone, udhi: 0, format: 8, total: 1, place: 1, service: 'YQ', source: '901234', from: '10690001', report: 1 })
    expect(Buffer.from(ismg.got.at(-1)?.content ?? '').swap16().toString('utf16le')).toBe(short)
    // 12 of the head, 147 (183) of fixed fields, the text
    expect(ismg.got.at(-1)?.length).toBe((version === '3.0' ? 195 : 159) + short.length * 2)
    await link.close()
    expect(ismg.terminated).toBe(1)
  })
  test('a long text: each part says which of how many it is and begins with its header', async () => {
    const before = ismg.got.length
    const sent = await sendText(linkTo(gateway()), phone, long)
    const parts = ismg.got.slice(before)
    expect(parts.map(({ total, place, udhi }) => [total, place, udhi])).toEqual([[3, 1, 1], [3, 2, 1], [3, 3, 1]])
    expect(parts.map(({ content }) => [...content.subarray(0, 3), ...content.subarray(4, 6)])).toEqual([[5, 0, 3, 3, 1], [5, 0, 3, 3, 2], [5, 0, 3, 3, 3]])
    expect(new Set(parts.map(({ content }) => content[3])).size).toBe(1)
    expect(parts.map(({ content }) => Buffer.from(content.subarray(6)).swap16().toString('utf16le')).join('')).toBe(long)
    expect(sent).toMatchObject({ providerId: parts.map(({ number }) => number).join(' ') })
  })
  test.each([['FLOW', 'THROTTLED', '8'], ['BAD_FEE', 'REFUSED', '5'], ['CUT', 'PEER_FAULT', 'CONNECTION'], ['SILENT', 'TIMED_OUT', 'TIMEOUT'], ['IMPOSTOR', 'UNREACHABLE', 'GATEWAY_UNPROVEN']] as const)('%s is told as %s', async (mood, result, code) => {
    ismg.mood.push(mood)
    expect(await sendText(linkTo(gateway(), { answerMs: 150 }), phone, short)).toMatchObject({ result, code })
  })
  test('a wrong secret, the other version: nothing was handed over', async () => {
    const before = ismg.got.length
    expect(await sendText(linkTo(gateway('other')), phone, short)).toMatchObject({ result: 'UNREACHABLE', code: 'CONNECT_3' })
    expect((await sendText(linkTo({ ...gateway(), version: version === '2.0' ? '3.0' : '2.0' }, { connectMs: 300 }), phone, short)).result).toBe('UNREACHABLE')
    expect(ismg.got.length).toBe(before)
  })
  test('reports on the connection; what cannot be placed is answered so that it comes again; active test both ways; comes back by itself', async () => {
    const told: ReceiptOfPeer[] = []
    const before = ismg.connects
    const words: Word[] = []
    linkTo(gateway(), { aliveMs: 60, answerMs: 80 }).start((receipt) => {
      told.push(receipt)
      return Promise.resolve(receipt.stat === 'DELIVRD')
    }, (word) => {
      words.push(word)
      return Promise.resolve(true)
    })
    await until(() => ismg.connects > before)
    await pause(30)
    const answered = ismg.answers.length
    ismg.report('0badcafe00000001', 'DELIVRD', 71)
    ismg.report('0badcafe00000002', 'UNDELIV', 72)
    await until(() => ismg.answers.length === answered + 2)
    expect(told).toEqual([{ providerId: '0badcafe00000001', stat: 'DELIVRD' }, { providerId: '0badcafe00000002', stat: 'UNDELIV' }])
    expect(ismg.answers.slice(answered)).toEqual([0, 8])
    // ASCII, UCS-2 and GBK
    ismg.answer(81, 0, Buffer.from('TD'))
    ismg.answer(82, 8, Buffer.from('退订', 'utf16le').swap16())
    ismg.answer(83, 15, Buffer.from([0xcd, 0xcb, 0xb6, 0xa9]))
    await until(() => words.length === 3)
    expect(words).toEqual(['TD', '退订', '退订'].map((text) => ({ from: `86${phone}`, text })))
    await until(() => ismg.answers.length === answered + 5)
    ismg.send(ismg.sockets.at(-1), 0x00000008, 900, Buffer.alloc(0))
    await until(() => ismg.activesAnswered > 0)
    await until(() => ismg.actives > 0)
    const connects = ismg.connects
    ismg.deaf = true
    await until(() => ismg.connects > connects)
    ismg.deaf = false
    const again = ismg.connects
    for (const socket of ismg.sockets) socket.destroy()
    await until(() => ismg.connects > again)
  })
})

describe('the packets of CMPP', () => {
  test('the proof is that of the standard: MD5 of source, nine zeros, secret and time', () => {
    const bytes = Buffer.from(`393031323334${'00'.repeat(9)}3132333430313031313233303435`, 'hex')
    expect(sourceAuthenticator('901234', '1234', '0101123045').equals(createHash('md5').update(bytes).digest())).toBe(true)
    expect(cmppTime(new Date('2026-01-01T04:30:45Z'))).toBe('0101123045')
  })
  test('what is written is read back, in both versions', () => {
    for (const version of ['2.0', '3.0'] as const) {
      const [part] = partsOf(short)
      if (!part) throw new Error('a text has a part')
      const body = submitBody(version, { part, phone, serviceId: 'YQ', source: '901234', sourceNumber: '10690001' })
      expect(readSubmit(version, body)).toMatchObject({ total: 1, number: 1, report: true, hasHeader: false, format: 8, serviceId: 'YQ', source: '901234', sourceNumber: '10690001', phone, content: part.content })
      expect(readPacket(packet(cmppCommands.SUBMIT, 5, body))).toMatchObject({ packet: { command: 4, sequence: 5, body }, rest: Buffer.alloc(0) })
      expect(readPacket(packet(cmppCommands.SUBMIT, 5, body).subarray(0, 40))).toBeNull()
    }
    expect(() => readPacket(Buffer.from([0, 0, 0, 1, 0]))).toThrow('impossible length')
  })
})
