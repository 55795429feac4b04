import { spawn } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addPhone } from '../../src/customers/create-customer.ts'
import { add } from '../../src/foundation/store/store.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { confirmTemplate, proposeTemplate, sendGreetings } from '../../src/messages/message.contract.ts'
import { openChannels } from '../../src/messages/open-channels.ts'
import { sendDue } from '../../src/messages/run-outbox.ts'
import { routes } from '../../src/routes.ts'
import { smallBank, type SmallBank } from '../support/small-bank.ts'

// The process that sends is killed at random moments (decision 0026): each message arrived once or is told as unknown; none arrived twice, none is lost without a word.
const messages = Number(process.env['YINQIAO_KILL_MESSAGES'] ?? '40')
const kills = Number(process.env['YINQIAO_KILL_ROUNDS'] ?? '12')
const node = join(import.meta.dirname, '..', '..', 'node_modules', 'node', 'bin', 'node')

let bank: SmallBank
let sms: Server
let mail: SMTPServer
/** What the platform took, by its number of ours: a repeat is told the first answer again, as the contract with it says. */
const taken = new Map<string, string>()
let repeated = 0
const mails: string[] = []

beforeAll(async () => {
  sms = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const { requestId, phone } = JSON.parse(body) as { requestId: string; phone: string }
      if (taken.has(requestId)) repeated += 1
      else taken.set(requestId, phone)
      // long enough that a kill falls between the two
      setTimeout(() => response.writeHead(200).end(JSON.stringify({ code: 0, messageId: `P${requestId}` })), 30)
    })
  }).listen(0, '127.0.0.1')
  mail = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], logger: false,
    onData(stream, session, done) {
      stream.resume()
      stream.on('end', () => {
        mails.push(session.envelope.rcptTo.map(({ address }) => address).join())
        setTimeout(done, 30)
      })
    },
  })
  await Promise.all([new Promise((done) => sms.once('listening', () => done(null))), new Promise((done) => mail.listen(0, '127.0.0.1', () => done(null)))])
  bank = await smallBank(routes)
  await bank.look(`UPDATE bank SET business_date = '2026-12-31'`)
  Object.assign(bank.services.config, {
    smsUrl: `http://127.0.0.1:${(sms.address() as AddressInfo).port}/send`, smsAccount: 'bank', smsSecret: 'a-shared-secret-of-the-platform', smsSign: '试验银行', smtpUrl: `smtp://127.0.0.1:${(mail.server.address() as AddressInfo).port}`, mailFrom: 'bank@example.com',
  })
})
afterAll(async () => {
  sms.closeAllConnections()
  sms.close()
  await bank.close()
  await new Promise<void>((done) => mail.close(() => done()))
})

async function greet(channel: 'SMS' | 'EMAIL'): Promise<void> {
  const { admin, compliance, li } = bank.staff
  const templateId = newId()
  await bank.ask(admin, proposeTemplate, { body: { id: templateId, code: `KILL_${channel}`, name: '元旦', kind: 'FESTIVAL', festival: 'NEW_YEAR', channel, content: '尊敬的{客户}，祝您元旦快乐。', platformCode: channel === 'SMS' ? 'T1' : null, ...(channel === 'EMAIL' ? { subject: '新年问候' } : {}) } })
  await bank.ask(compliance, confirmTemplate, { params: { templateId } })
  const customerIds: string[] = []
  for (let place = 0; place < messages; place += 1) {
    const customerId = await bank.customer({ name: `${channel}客户${place}`, kind: 'PERSON', main: li })
    await bank.services.db.asBatch(async (tx) => {
      if (channel === 'SMS') await addPhone(tx, bank.services.keys, customerId, `139${String(10_000_000 + place)}`, 'test')
      else await add(tx, 'contact_person', { customer_id: customerId, id: newId(), name: '本人', mail_cipher: await bank.services.keys.encrypt(tx, customerId, `p${place}@example.com`), mail_masked: 'p***' }, { why: 'test' })
      await add(tx, 'consent', { customer_id: customerId, id: newId(), consent_for: 'MARKETING', stated_purpose: '问候', given_on: '2026-01-05', proof: 'PAPER' }, { why: 'test' })
    })
    customerIds.push(customerId)
  }
  expect((await bank.ask(li, sendGreetings, { body: { id: newId(), templateId, customerIds } })).status).toBeLessThan(300)
}

test('killed at any moment: each message arrived once, or a person is told that nobody knows', async () => {
  await greet('SMS')
  await greet('EMAIL')
  const { db, config } = bank.services
  const plain = (options: object): object => Object.fromEntries(Object.entries(options).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value)))
  let at = Date.parse('2026-12-31T02:00:00Z')
  const waiting = async (): Promise<number> => (await bank.look<{ n: number }>(`SELECT count(*)::int AS n FROM message WHERE state IN ('WAITING', 'SENDING')`))[0]?.n ?? 0
  let killed = 0
  for (let round = 0; round < kills && (await waiting()) > 0; round += 1) {
    // what a killed process left is found when three minutes have passed
    at += 240_000
    const told = JSON.stringify({ app: plain(db.pool.options), owner: plain(db.owner), config, at: new Date(at).toISOString(), day: '2026-12-31', time: '10:00' })
    const child = spawn(node, [join(import.meta.dirname, 'send-outbox-child.ts')], { env: { ...process.env, YINQIAO_KILL_OUTBOX: told }, stdio: ['ignore', 'pipe', 'ignore'] })
    const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)))
    await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended])
    await Promise.race([pause(150 + round * 37), ended])
    child.kill('SIGKILL')
    if ((await ended) === null) killed += 1
    for (let tries = 0; tries < 100 && (await bank.look(`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND query ILIKE '%message%' AND pid <> pg_backend_pid()`)).length > 0; tries += 1) await pause(50)
  }
  await sendDue(bank.services, openChannels(config), () => ({ day: '2026-12-31', time: '10:00', at: new Date(at + 240_000) }))
  const states = await bank.look<{ channel: string; state: string; reason: string | null; n: number }>(`SELECT channel, state, reason, count(*)::int AS n FROM message GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`)
  const lost = (await bank.look<{ n: number }>(`SELECT count(*)::int AS n FROM message_attempt WHERE result = 'LOST'`))[0]?.n ?? 0
  const count = (channel: string, state: string): number => states.filter((row) => row.channel === channel && row.state === state).reduce((sum, row) => sum + row.n, 0)
  console.log(`killed ${killed} times: ${lost} attempts without an end, ${repeated} numbers told again, ${count('EMAIL', 'UNCERTAIN')} mails uncertain`)
  // the platform takes a number once: every customer got one, and all are told as taken
  expect([count('SMS', 'ACCEPTED'), taken.size, new Set(taken.values()).size]).toEqual([messages, messages, messages])
  // of mails nobody can know: none came twice, those told as taken came, the others wait for a person
  expect(new Set(mails).size).toBe(mails.length)
  expect(count('EMAIL', 'ACCEPTED') + count('EMAIL', 'UNCERTAIN')).toBe(messages)
  expect(mails.length).toBeGreaterThanOrEqual(count('EMAIL', 'ACCEPTED'))
  expect(mails.length).toBeLessThanOrEqual(messages)
  // else nothing was tried
  expect(killed).toBeGreaterThan(0)
  expect(lost).toBeGreaterThan(0)
}, 600_000)
