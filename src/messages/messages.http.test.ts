import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import smpp, { type Pdu, type Session } from 'smpp'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { addPhone } from '../customers/create-customer.ts'
import { add } from '../foundation/store/store.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { routes } from '../routes.ts'
import { approveBatch, confirmTemplate, listBatches, listChannels, listMessages, listTemplates, previewGreetings, proposeTemplate, retryMessage, returnBatch, sendGreetings, takeAnswer, takeReceipt, withdrawMessage } from './message.contract.ts'
import { openChannels, type OpenChannel } from './open-channels.ts'
import { sendDue, type Round } from './run-outbox.ts'
import { optOutsOf } from '../flows/take-opt-out.ts'
import { answerSignature, receiptSignature, sendSms } from './send-sms.ts'
import { receiptsOf } from './take-receipt.ts'
import { sendMail } from './send-mail.ts'
import type { Now } from './sending-times.ts'

const secret = 'a-shared-secret-of-the-platform'
type Got = { requestId: string; phone: string; content: string; templateId: string; sign: string; account: string; time: string }
/** A platform as banks have them: checks the signature, takes one number once, gives its own number. `how` makes it fail. */
const platform = { got: [] as Got[], taken: new Map<string, string>(), how: [] as ('429' | '500' | 'CUT' | 'SLOW' | 'GARBAGE' | 'BLACKLIST' | 'TAKE_AND_CUT')[] }
let sms: Server
let mailServer: SMTPServer
const mails: string[] = []
let mailMood: 'TAKE' | 'LATER' | 'NEVER' | 'CUT' = 'TAKE'
let bank: SmallBank
const day1 = { day: '2026-12-31', time: '10:00' }
const now = (at: { day: string; time: string }) => (): Now => ({ ...at, at: new Date() })
const send = (at = day1, open = openChannels(bank.services.config)): Promise<Round> => sendDue(bank.services, open, now(at))
const told = (answer: { body: { refusal?: string } }): string => answer.body.refusal ?? 'ok'

beforeAll(async () => {
  sms = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const answer = (status: number, content: string, headers: Record<string, string> = {}): void => void response.writeHead(status, headers).end(content)
      const sent = JSON.parse(body) as Got
      if (request.headers['x-signature'] !== createHmac('sha256', secret).update(`${sent.time}\n${body}`).digest('hex')) return answer(200, '{"code":"SIGN"}')
      const how = platform.how.shift()
      if (how === '429') return answer(429, '', { 'Retry-After': '90' })
      if (how === '500') return answer(500, 'oops')
      if (how === 'CUT') return void request.socket.destroy()
      if (how === 'SLOW') return void setTimeout(() => answer(200, '{}'), 2000).unref()
      if (how === 'GARBAGE') return answer(200, '<html>')
      if (how === 'BLACKLIST') return answer(200, '{"code":"BLACKLIST"}')
      if (!platform.taken.has(sent.requestId)) {
        platform.got.push(sent)
        platform.taken.set(sent.requestId, `P${platform.got.length}`)
      }
      if (how === 'TAKE_AND_CUT') return void request.socket.destroy()
      answer(200, JSON.stringify({ code: 0, messageId: platform.taken.get(sent.requestId) }))
    })
  }).listen(0, '127.0.0.1')
  mailServer = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], logger: false,
    onRcptTo: (_address, _session, done) => done(mailMood === 'LATER' ? Object.assign(new Error('later'), { responseCode: 451 }) : mailMood === 'NEVER' ? Object.assign(new Error('no such box'), { responseCode: 550 }) : null),
    onData(stream, session, done) {
      let content = ''
      stream.on('data', (chunk: Buffer) => (content += chunk.toString()))
      stream.on('end', () => {
        mails.push(`${session.envelope.rcptTo.map(({ address }) => address).join()}\n${content}`)
        if (mailMood === 'CUT') return mailServer.close()
        done()
      })
    },
  })
  await Promise.all([new Promise((done) => sms.once('listening', () => done(null))), new Promise((done) => mailServer.listen(0, '127.0.0.1', () => done(null)))])
  bank = await smallBank(routes)
  // New Year's Eve is the working day before the festival
  await bank.look(`UPDATE bank SET business_date = '2026-12-31'`)
  Object.assign(bank.services.config, { smsUrl: `http://127.0.0.1:${(sms.address() as AddressInfo).port}/send`, smsAccount: 'bank', smsSecret: secret, smsSign: '试验银行' })
})
afterAll(async () => {
  sms.closeAllConnections()
  sms.close()
  await bank.close()
  await new Promise<void>((done) => mailServer.close(() => done()))
})

const templateBody = (more: Record<string, unknown> = {}) => ({ id: newId(), code: 'NEW_YEAR_SMS', name: '元旦短信', kind: 'FESTIVAL', festival: 'NEW_YEAR', channel: 'SMS', content: '尊敬的{客户}，{银行}客户经理{客户经理}祝您元旦快乐。', platformCode: 'TPL_1001', ...more })
async function inForce(more: Record<string, unknown> = {}): Promise<string> {
  const body = templateBody(more)
  expect(told(await bank.ask(bank.staff.admin, proposeTemplate, { body }))).toBe('ok')
  expect(told(await bank.ask(bank.staff.compliance, confirmTemplate, { params: { templateId: body.id } }))).toBe('ok')
  return body.id
}
/** A customer with a number and a marketing consent, unless told otherwise. */
async function person(name: string, main: Colleague, more: { phone?: string | null; mail?: string; consent?: { from: string; until?: string; ended?: string } | null; born?: [string, 'SOLAR' | 'LUNAR'] } = {}): Promise<string> {
  const customerId = await bank.customer({ name, kind: 'PERSON', main })
  const { phone = '13800001234', consent = { from: '2026-01-05' } } = more
  await bank.services.db.asBatch(async (tx) => {
    if (phone !== null) await addPhone(tx, bank.services.keys, customerId, phone, 'test')
    if (more.mail !== undefined) await add(tx, 'contact_person', { customer_id: customerId, id: newId(), name: '本人', mail_cipher: await bank.services.keys.encrypt(tx, customerId, more.mail), mail_masked: 'a***' }, { why: 'test' })
    if (consent) await add(tx, 'consent', { customer_id: customerId, id: newId(), consent_for: 'MARKETING', stated_purpose: '问候', given_on: consent.from, proof: 'PAPER', valid_until: consent.until ?? null, ended_on: consent.ended ?? null, end_reason: consent.ended ? '来函' : null }, { why: 'test' })
    if (more.born) await add(tx, 'person', { customer_id: customerId, birth_date: more.born[0], birthday_calendar: more.born[1] }, { why: 'test' })
  })
  return customerId
}
const greet = (who: Colleague, templateId: string, customerIds: string[], more: Record<string, unknown> = {}) => bank.ask(who, sendGreetings, { body: { id: newId(), templateId, customerIds, ...more } })
const outbox = async (who: Colleague) => (await bank.ask(who, listMessages, {})).body.items as unknown as { id: string; customerName: string | null; state: string; reason: string | null; tries: number; attempts: { result: string }[]; may: Record<string, { allowed: boolean; reason: string | null }> }[]
const of = async (who: Colleague, name: string) => (await outbox(who)).find((one) => one.customerName === name)
const receipt = (told: { requestId: string; messageId: string; status?: string; code?: string }, key = secret) => {
  const body = { time: '1767150000', status: 'DELIVERED', code: '0', ...told }
  return { ...body, signature: receiptSignature(key, body) }
}

describe('templates', () => {
  test('a second person confirms; the newest counts; nothing is sold', async () => {
    const { admin, compliance, li } = bank.staff
    const body = templateBody({ code: 'FIRST' })
    for (const [more, refusal] of [[{ festival: null }, 'festival-unclear'], [{ platformCode: null }, 'channel-incomplete'], [{ channel: 'EMAIL' }, 'channel-incomplete'], [{ content: '尊敬的{余额}，新年好' }, 'place-unknown'], [{ content: '新年好，理财收益率高' }, 'sells-something']] as const) {
      expect(told(await bank.ask(admin, proposeTemplate, { body: { ...body, id: newId(), ...more } }))).toBe(refusal)
    }
    expect(told(await bank.ask(admin, proposeTemplate, { body }))).toBe('ok')
    expect(told(await bank.ask(compliance, proposeTemplate, { body: { ...body, id: newId() } }))).toBe('waits-already')
    expect(told(await bank.ask(admin, confirmTemplate, { params: { templateId: body.id } }))).toBe('own-entry')
    expect(told(await bank.ask(li, previewGreetings, { query: { templateId: body.id } }))).toBe('template-not-in-force')
    expect(told(await bank.ask(compliance, confirmTemplate, { params: { templateId: body.id } }))).toBe('ok')
    expect(told(await bank.ask(compliance, confirmTemplate, { params: { templateId: body.id } }))).toBe('decided-already')
    const newer = await inForce({ code: 'FIRST', content: '祝您新年快乐安康。' })
    expect(told(await bank.ask(li, previewGreetings, { query: { templateId: body.id } }))).toBe('template-not-in-force')
    const items = (await bank.ask(li, listTemplates, {})).body.items as { id: string; state: string }[]
    expect(items.filter(({ id }) => [body.id, newer].includes(id)).map(({ state }) => state).sort()).toEqual(['ENDED', 'IN_FORCE'])
  })
})

describe('greetings of a manager', () => {
  test('preview names who is excluded and why; the peer receives; the receipt shows; nothing personal stays', async () => {
    const { wang, zhao, lead, admin } = bank.staff
    const templateId = await inForce()
    const happy = await person('王建国', wang, { phone: '13911112222' })
    await person('无同意', wang, { consent: null })
    await person('已撤回', wang, { consent: { from: '2026-01-05', ended: '2026-06-01' } })
    await person('已过期', wang, { consent: { from: '2025-01-05', until: '2026-12-30' } })
    await person('无号码', wang, { phone: null })
    const other = await person('别人的', zhao)
    const preview = (await bank.ask(wang, previewGreetings, { query: { templateId } })).body as unknown as { receivers: { name: string }[]; excluded: { name: string; reason: string }[]; sendOn: string; occasionDay: string; sample: string; from: string }
    expect(preview).toMatchObject({ sendOn: '2026-12-31', occasionDay: '2027-01-01', from: '09:00', channelReady: true, sample: '尊敬的王建国，试验银行客户经理王凯祝您元旦快乐。退订回T' })
    expect(preview.receivers.map(({ name }) => name)).toEqual(['王建国'])
    expect(Object.fromEntries(preview.excluded.map(({ name, reason }) => [name, reason]))).toEqual({ 无同意: 'NO_CONSENT', 已撤回: 'CONSENT_WITHDRAWN', 已过期: 'CONSENT_EXPIRED', 无号码: 'NO_ADDRESS' })
    expect(told(await greet(wang, templateId, [other]))).toBe('nobody-left')
    expect((await greet(wang, templateId, [happy, other])).body).toMatchObject({ made: 1, left: 1, waitsForApproval: false })
    expect(told(await greet(wang, templateId, [happy]))).toBe('nobody-left') // once for an occasion
    // not in the quiet hours
    expect(await send({ day: '2026-12-31', time: '08:59' })).toMatchObject({ accepted: 0 })
    expect(await send()).toMatchObject({ accepted: 1 })
    expect(platform.got.at(-1)).toMatchObject({ phone: '13911112222', content: '尊敬的王建国，试验银行客户经理王凯祝您元旦快乐。退订回T', templateId: 'TPL_1001', sign: '试验银行', account: 'bank' })
    const message = await of(wang, '王建国')
    expect(message).toMatchObject({ state: 'ACCEPTED', tries: 1, attempts: [{ result: 'ACCEPTED' }] })
    const messageId = platform.taken.get(message?.id ?? '') ?? ''
    for (const [body, refusal] of [[receipt({ requestId: message?.id ?? '', messageId }, 'another secret altogether'), 'wrong-signature'], [receipt({ requestId: newId(), messageId }), 'receipt-unknown'], [receipt({ requestId: message?.id ?? '', messageId: 'P999' }), 'receipt-unknown']] as const) {
      expect(told(await bank.ask(null, takeReceipt, { body }))).toBe(refusal)
    }
    // as a platform calls: without the header of our pages
    const bare = await bank.app.inject({ method: 'POST', url: takeReceipt.path, headers: { 'content-type': 'application/json' }, payload: JSON.stringify(receipt({ requestId: message?.id ?? '', messageId })) })
    expect(JSON.parse(bare.body)).toEqual({ taken: true })
    expect((await bank.ask(null, takeReceipt, { body: receipt({ requestId: message?.id ?? '', messageId }) })).body).toEqual({ taken: false })
    expect((await bank.ask(null, takeReceipt, { body: receipt({ requestId: message?.id ?? '', messageId, status: 'FAILED', code: 'UNDELIV' }) })).body).toEqual({ taken: true })
    expect((await of(wang, '王建国'))?.state).toBe('DELIVERED') // delivered is final
    // the line sees it, another line does not; who does not see the customer reads no name
    expect((await of(lead, '王建国'))?.may['withdraw']).toEqual({ allowed: false, reason: 'not-yours' })
    expect((await outbox(zhao)).length).toBe(0)
    expect((await bank.ask(admin, listChannels, {})).body.items).toMatchObject([{ channel: 'SMS', ready: true, delivered: 1 }, { channel: 'EMAIL', ready: false }])
    const kept = JSON.stringify(await bank.look(`SELECT to_jsonb(m) FROM message m UNION ALL SELECT to_jsonb(a) FROM message_attempt a UNION ALL SELECT to_jsonb(b) FROM message_batch b UNION ALL SELECT to_jsonb(j) FROM journal_line j WHERE table_name IN ('message', 'message_batch')`))
    expect(kept.length).toBeGreaterThan(1000)
    for (const value of ['13911112222', '王建国', '元旦快乐']) expect(kept.includes(value)).toBe(false)
  })

  test('who answers T gets no more: told by the platform with its signature, or over a gateway; what waited is withdrawn, other words change nothing', async () => {
    const { li } = bank.staff
    const templateId = await inForce({ code: 'OPT_OUT' })
    const [one, two] = [await person('回退订者', li, { phone: '13911112222' }), await person('留下者', li, { phone: '13911113333' })]
    await greet(li, templateId, [one, two])
    const said = (phone: string, text: string, key = secret) => {
      const body = { time: '1767150000', phone, text }
      return bank.ask(null, takeAnswer, { body: { ...body, signature: answerSignature(key, body) } })
    }
    expect(told(await said('13911112222', 'T', 'another-secret-of-somebody'))).toBe('wrong-signature')
    expect((await said('13911112222', '谢谢')).body).toEqual({ taken: false })
    expect((await said('13999999999', 'T')).body).toEqual({ taken: false })
    expect((await said('8613911112222', 'Ｔ')).body).toEqual({ taken: true })
    // twice is once
    expect((await said('8613911112222', 'TD')).body).toEqual({ taken: false })
    const wishes = () => bank.look<{ customer_id: string }>(`SELECT customer_id FROM customer_file WHERE no_messages AND customer_id = ANY($1::uuid[]) ORDER BY 1`, [[one, two]])
    expect((await wishes()).map((row) => row.customer_id)).toEqual([one])
    await send()
    expect(await of(li, '回退订者')).toMatchObject({ state: 'WITHDRAWN', reason: 'NO_MESSAGES' })
    expect((await of(li, '留下者'))?.state).toBe('ACCEPTED')
    expect(await optOutsOf(bank.services)({ from: '+8613911113333', text: '退订' })).toBe(true)
    expect((await wishes()).length).toBe(2)
    expect(await bank.look(`SELECT action FROM journal_line WHERE action = 'TAKE_OPT_OUT' AND customer_id = ANY($1::uuid[])`, [[one, two]])).toHaveLength(2)
  })
  test('consent withdrawn between making and sending: not sent, and the reason is kept', async () => {
    const { wang } = bank.staff
    const templateId = await inForce({ code: 'AGAIN' })
    const customerId = await person('改主意', wang)
    expect((await greet(wang, templateId, [customerId])).body).toMatchObject({ made: 1 })
    await bank.look(`UPDATE consent SET ended_on = '2026-12-31', end_reason = '来电' WHERE customer_id = $1`, [customerId])
    const before = platform.got.length
    expect(await send()).toMatchObject({ withdrawn: 1, accepted: 0 })
    expect(platform.got.length).toBe(before)
    expect(await of(wang, '改主意')).toMatchObject({ state: 'WITHDRAWN', reason: 'CONSENT_WITHDRAWN' })
  })

  test('a line of one’s own waits for the line; never for oneself; returned is not sent', async () => {
    const { li, lead, otherBranchHead } = bank.staff
    const templateId = await inForce({ code: 'OWN' })
    const [first, second] = [await person('甲客户', li), await person('乙客户', li)]
    expect(told(await greet(li, templateId, [first], { ownLine: '买理财' }))).toBe('sells-something')
    expect((await greet(li, templateId, [first], { ownLine: '愿您平安。' })).body).toMatchObject({ waitsForApproval: true })
    expect(await send()).toMatchObject({ accepted: 0 })
    const waiting = ((await bank.ask(lead, listBatches, {})).body.items as { id: string; state: string }[]).filter(({ state }) => state === 'PROPOSED')
    expect(waiting.length).toBe(1)
    const batchId = waiting[0]?.id ?? ''
    expect(told(await bank.ask(otherBranchHead, approveBatch, { params: { batchId } }))).toBe('not-found')
    expect(told(await bank.ask(lead, approveBatch, { params: { batchId } }))).toBe('ok')
    expect(told(await bank.ask(lead, returnBatch, { params: { batchId }, body: { reason: '用词不妥' } }))).toBe('decided-already')
    expect(await send()).toMatchObject({ accepted: 1 })
    expect(platform.got.at(-1)?.content).toContain('愿您平安。退订回T')
    const batch2 = (await greet(li, templateId, [second], { ownLine: '恭喜发财。' })).body['id'] as string
    expect(told(await bank.ask(lead, returnBatch, { params: { batchId: batch2 }, body: { reason: '用词不妥' } }))).toBe('ok')
    expect(await of(li, '乙客户')).toMatchObject({ state: 'WITHDRAWN', reason: 'RETURNED' })
  })

  test('birthdays: each by its own calendar, within seven days, in the morning of the day', async () => {
    const { qian } = bank.staff
    const templateId = await inForce({ code: 'BIRTHDAY', kind: 'BIRTHDAY', festival: null, content: '尊敬的{客户}，祝您生日快乐。' })
    // the 25th of the eleventh lunar month, which in this winter is 2 January 2027
    const [born] = await bank.look<{ day: string }>(`SELECT (first_day + 24)::text AS day FROM lunar_month WHERE lunar_year = 1988 AND month = 11 AND NOT leap`)
    await person('阳历生日', qian, { born: ['1990-12-31', 'SOLAR'] })
    await person('农历生日', qian, { born: [born?.day ?? '', 'LUNAR'] })
    await person('按阳历不是', qian, { born: [born?.day ?? '', 'SOLAR'] })
    await person('七天之后', qian, { born: ['1990-01-07', 'SOLAR'] })
    const { receivers } = (await bank.ask(qian, previewGreetings, { query: { templateId } })).body as unknown as { receivers: { name: string; sendOn: string; customerId: string }[] }
    const greeted = Object.fromEntries(receivers.map(({ name, sendOn }) => [name, sendOn]))
    expect(greeted).toEqual({ 阳历生日: '2026-12-31', 农历生日: '2027-01-02', ...(greeted['按阳历不是'] === undefined ? {} : { 按阳历不是: `2027${born?.day.slice(4)}` }) })
    await greet(qian, templateId, receivers.filter(({ name }) => name === '阳历生日').map(({ customerId }) => customerId))
    expect(await send({ day: '2026-12-31', time: '12:00' })).toMatchObject({ accepted: 0, withdrawn: 1 })
    expect(await of(qian, '阳历生日')).toMatchObject({ state: 'WITHDRAWN', reason: 'TOO_LATE' })
  })
})

describe('reminders', () => {
  const ends = (customerId: string, main: Colleague, endsOn: string, name = '定期存款三个月（尾号 1208）', kind = 'TIME_DEPOSIT'): Promise<string> => bank.services.db.asBatch(async (tx) => {
    const id = newId()
    await add(tx, 'maturity', { customer_id: customerId, id, source: 'holdings', kind, object_key: id, name_zh: name, name_en: 'Time deposit', amount_fen: 1_000_000n, currency: 'CNY', ends_on: endsOn, scope_path: '001', viewers: [main.staffKey] }, { why: 'test' })
    return id
  })
  test('of what ends: so many days before, product and day in the text and no amount; settled meanwhile: not sent', async () => {
    const { zhao, admin } = bank.staff
    expect(told(await bank.ask(admin, proposeTemplate, { body: templateBody({ code: 'NO_LEAD', kind: 'MATURITY', festival: null }) }))).toBe('lead-unclear')
    expect(told(await bank.ask(admin, proposeTemplate, { body: templateBody({ code: 'PROMISE', kind: 'MATURITY', festival: null, leadDays: 7, content: '您的{产品}到期保证兑付' }) }))).toBe('sells-something')
    const templateId = await inForce({ code: 'ENDS_7', name: '到期提醒', kind: 'MATURITY', festival: null, leadDays: 7, content: '尊敬的{客户}，您的{产品}将于{到期日}到期，{银行}客户经理{客户经理}。' })
    const [first, second, silent] = [await person('到期甲', zhao), await person('到期乙', zhao), await person('不要消息', zhao)]
    await bank.services.db.asBatch((tx) => add(tx, 'customer_file', { customer_id: silent, no_messages: true }, { why: 'test' }))
    await ends(first, zhao, '2027-01-07')
    await ends(first, zhao, '2027-02-20')
    await ends(first, zhao, '2027-01-07', '居民身份证', 'IDENTITY')
    const settled = await ends(second, zhao, '2027-01-07')
    await ends(silent, zhao, '2027-01-07')
    const preview = (await bank.ask(zhao, previewGreetings, { query: { templateId } })).body as unknown as { receivers: { name: string; sendOn: string }[]; excluded: { name: string; reason: string }[]; sample: string }
    expect(preview.receivers.map(({ name, sendOn }) => `${name} ${sendOn}`).sort()).toEqual(['到期乙 2026-12-31', '到期甲 2026-12-31'])
    expect(preview.excluded).toMatchObject([{ name: '不要消息', reason: 'NO_MESSAGES' }])
    expect(preview.sample).toMatch(/^尊敬的到期[甲乙]，您的定期存款三个月（尾号 1208）将于1月7日到期，试验银行客户经理赵敏。退订回T$/)
    expect((await greet(zhao, templateId, [first, second, silent])).body).toMatchObject({ made: 2, left: 1 })
    expect(told(await greet(zhao, templateId, [first]))).toBe('nobody-left')
    await bank.look(`UPDATE maturity SET result = 'RENEWED', result_on = '2026-12-31' WHERE id = $1`, [settled])
    expect(await send()).toMatchObject({ accepted: 1, withdrawn: 1 })
    expect(platform.got.at(-1)?.content).toBe('尊敬的到期甲，您的定期存款三个月（尾号 1208）将于1月7日到期，试验银行客户经理赵敏。退订回T')
    expect(await of(zhao, '到期乙')).toMatchObject({ state: 'WITHDRAWN', reason: 'SETTLED' })
  })
  test('of a call that was planned: the day before, with its day; moved: not sent', async () => {
    const { qian } = bank.staff
    const templateId = await inForce({ code: 'CALL', name: '回访提醒', kind: 'CALL_BACK', festival: null, content: '尊敬的{客户}，客户经理{客户经理}将于{联系日}致电回访。' })
    const [first, moved] = [await person('回访甲', qian), await person('回访乙', qian)]
    await bank.services.db.asBatch(async (tx) => {
      for (const customerId of [first, moved]) await add(tx, 'planned_contact', { customer_id: customerId, id: newId(), staff_key: qian.staffKey, planned_on: '2027-01-01', subject: '回访', made_by: qian.staffKey, made_on: '2026-12-30' }, { why: 'test' })
    })
    expect((await greet(qian, templateId, [first, moved])).body).toMatchObject({ made: 2 })
    await bank.look(`UPDATE planned_contact SET ended_on = '2026-12-31' WHERE customer_id = $1`, [moved])
    expect(await send()).toMatchObject({ accepted: 1, withdrawn: 1 })
    expect(platform.got.at(-1)?.content).toBe('尊敬的回访甲，客户经理钱进将于1月1日致电回访。退订回T')
  })
  test('two at once of one sender make one; two senders do not wait for each other', async () => {
    const { li, wang } = bank.staff
    const templateId = await inForce({ code: 'TWICE' })
    const customerId = await person('只一次', li)
    const both = await Promise.all([greet(li, templateId, [customerId]), greet(li, templateId, [customerId])])
    expect(both.map(told).sort()).toEqual(['nobody-left', 'ok'])
    await send()
    // the lock of one sender is held: another one greets all the same
    const owner = await bank.services.db.connectOwner()
    await owner.query('BEGIN')
    await owner.query(`SELECT pg_advisory_xact_lock(hashtextextended('greetings ${li.staffKey}', 46))`)
    const other = await person('不必等', wang)
    expect((await greet(wang, templateId, [other])).body).toMatchObject({ made: 1 })
    await owner.query('COMMIT')
    await owner.end()
    await send()
  })
})

describe('over a gateway', () => {
  test('SMPP: sent once in parts, delivered when every part is; a report before its message is told again; a cut is uncertain', async () => {
    const { outletHead } = bank.staff
    const sessions: Session[] = []
    let parts = 0
    let cut = false
    const smsc = smpp.createServer((session) => {
      sessions.push(session)
      session.on('error', () => undefined)
      session.on('bind_transceiver', (asked: Pdu) => session.send(asked.response({ system_id: 'smsc' })))
      session.on('unbind', (asked: Pdu) => { session.send(asked.response()); session.close() })
      session.on('submit_sm', (asked: Pdu) => {
        if (cut) return session.destroy()
        parts += 1
        session.send(asked.response({ message_id: `G${parts}` }))
      })
    }).listen(0, '127.0.0.1')
    await new Promise((done) => smsc.once('listening', () => done(null)))
    const config = { ...bank.services.config, smsUrl: null, smsGateway: `smpp://bank:secret@127.0.0.1:${(smsc.address() as AddressInfo).port}?number=10690001` }
    const open = openChannels(config)
    open.SMS?.start?.(receiptsOf(bank.services, { tries: 2, waitMs: 20 }), optOutsOf(bank.services))
    const templateId = await inForce({ code: 'LONG', content: `尊敬的{客户}，${'岁末将至，感谢一路相伴。'.repeat(8)}` })
    await greet(outletHead, templateId, [await person('网关客户', outletHead)])
    expect(await send(day1, open)).toMatchObject({ accepted: 1 })
    expect(parts).toBe(2)
    const answers: unknown[] = []
    const report = (id: string, stat: string): Promise<void> => new Promise((done) => sessions[0]?.deliver_sm({ source_addr: '13800001234', destination_addr: '10690001', esm_class: 4, short_message: `id:${id} stat:${stat} err:000` }, (answer) => { answers.push(answer['command_status']); done() }))
    await report('G1', 'DELIVRD')
    expect((await of(outletHead, '网关客户'))?.state).toBe('ACCEPTED')
    await report('G2', 'DELIVRD')
    expect((await of(outletHead, '网关客户'))?.state).toBe('DELIVERED')
    await report('G99', 'DELIVRD')
    expect(answers).toEqual([0, 0, 0x64])
    await greet(outletHead, templateId, [await person('断线的客户', outletHead)])
    cut = true
    expect(await send(day1, open)).toMatchObject({ uncertain: 1 })
    expect(await send(day1, open)).toMatchObject({ accepted: 0 }) // never by itself
    expect(await of(outletHead, '断线的客户')).toMatchObject({ state: 'UNCERTAIN', reason: 'PEER_FAULT' })
    await open.SMS?.close?.()
    smsc.close()
  })
})

describe('when the peer fails', () => {
  let number = 0
  async function waiting(main: Colleague = bank.staff.li): Promise<{ name: string; id: string }> {
    number += 1
    const name = `故障客户${number}`
    const customerId = await person(name, main)
    const templateId = await inForce({ code: `FAULT${number}` })
    await greet(main, templateId, [customerId])
    return { name, id: (await of(main, name))?.id ?? '' }
  }
  test.each([['429', 'THROTTLED'], ['500', 'PEER_FAULT'], ['CUT', 'PEER_FAULT'], ['GARBAGE', 'PEER_FAULT']] as const)('%s: tried again later, with the same number', async (how, reason) => {
    const { name, id } = await waiting()
    platform.how.push(how)
    expect(await send()).toMatchObject({ later: 1 })
    expect(await of(bank.staff.li, name)).toMatchObject({ state: 'WAITING', reason })
    expect(await send()).toMatchObject({ accepted: 0, later: 0 }) // not before its time
    await bank.look(`UPDATE message SET next_at = now() - interval '1 second' WHERE id = $1`, [id])
    expect(await send()).toMatchObject({ accepted: 1 })
    expect((await of(bank.staff.li, name))?.attempts.map(({ result }) => result)).toEqual([reason, 'ACCEPTED'])
  })
  test('taken, then the line broke: the repeat is not a second message', async () => {
    const { name, id } = await waiting()
    const before = platform.got.length
    platform.how.push('TAKE_AND_CUT')
    await send()
    await bank.look(`UPDATE message SET next_at = NULL WHERE id = $1`, [id])
    expect(await send()).toMatchObject({ accepted: 1 })
    expect(platform.got.length).toBe(before + 1)
    expect((await of(bank.staff.li, name))?.state).toBe('ACCEPTED')
  })
  test('killed while sending: seen by the next round and told again under the same number', async () => {
    const { name, id } = await waiting()
    const killed: OpenChannel = { takenOnce: true, send: async (message) => {
      await openChannels(bank.services.config).SMS?.send(message)
      throw new Error('killed')
    } }
    const before = platform.got.length
    await expect(send(day1, { SMS: killed })).rejects.toThrow('killed')
    expect(await of(bank.staff.li, name)).toMatchObject({ state: 'SENDING' })
    expect(await send()).toMatchObject({ recovered: 0, accepted: 0 })
    await bank.look(`UPDATE message_attempt SET begun_at = begun_at - interval '10 minutes' WHERE message_id = $1`, [id])
    expect(await send()).toMatchObject({ recovered: 1, accepted: 1 })
    expect(platform.got.length).toBe(before + 1)
    expect((await of(bank.staff.li, name))?.attempts.map(({ result }) => result)).toEqual(['LOST', 'ACCEPTED'])
  })
  test('refused is dead until its sender tries again; two servers at once send it once', async () => {
    const { li, wang } = bank.staff
    const { name, id } = await waiting()
    platform.how.push('BLACKLIST')
    expect(await send()).toMatchObject({ failed: 1 })
    expect(await of(li, name)).toMatchObject({ state: 'FAILED', reason: 'REFUSED' })
    expect(told(await bank.ask(wang, retryMessage, { params: { messageId: id } }))).toBe('not-found')
    expect(told(await bank.ask(li, retryMessage, { params: { messageId: id } }))).toBe('ok')
    const before = platform.got.length
    const rounds = await Promise.all([send(), send(), send()])
    expect(rounds.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(1)
    expect(platform.got.length).toBe(before + 1)
    expect(told(await bank.ask(li, withdrawMessage, { params: { messageId: id } }))).toBe('state-does-not-fit')
  })
  test('without configuration it stays in the outbox and may be withdrawn', async () => {
    const { name, id } = await waiting()
    expect(await send(day1, {})).toMatchObject({ accepted: 0, withdrawn: 0 })
    expect((await of(bank.staff.li, name))?.state).toBe('WAITING')
    // the outbox says for which channel it waits, as long as it waits and the channel is not set up
    const waitFor = async (): Promise<unknown> => (await bank.ask(bank.staff.li, listMessages)).body['waitFor']
    expect(await waitFor()).toEqual([])
    const { smsUrl } = bank.services.config
    Object.assign(bank.services.config, { smsUrl: null })
    expect(await waitFor()).toEqual(['SMS'])
    expect((await bank.ask(bank.staff.li, listMessages, { query: { state: 'FAILED' } })).body['waitFor']).toEqual([])
    Object.assign(bank.services.config, { smsUrl })
    expect(told(await bank.ask(bank.staff.li, withdrawMessage, { params: { messageId: id } }))).toBe('ok')
  })
  test('a peer that does not answer in time, and one that is not there', async () => {
    platform.how.push('SLOW')
    const settings = { url: bank.services.config.smsUrl ?? '', account: 'bank', secret, sign: '试' }
    const one = { requestId: newId(), phone: '1', text: 'x', templateCode: 't' }
    expect(await sendSms(settings, one, '1', 200)).toMatchObject({ result: 'TIMED_OUT' })
    expect(await sendSms({ ...settings, url: 'http://127.0.0.1:9/send' }, one, '1')).toMatchObject({ result: expect.stringMatching(/UNREACHABLE|PEER_FAULT/) })
    expect(await sendSms({ ...settings, secret: 'another-secret-of-16' }, one, '1')).toEqual({ result: 'REFUSED', code: 'SIGN' })
  })
})

describe('e-mail', () => {
  test('goes over SMTP; a broken end is uncertain and a person decides', async () => {
    const { zhao } = bank.staff
    const port = (mailServer.server.address() as AddressInfo).port
    Object.assign(bank.services.config, { smtpUrl: `smtp://127.0.0.1:${port}`, mailFrom: 'greetings@bank.example' })
    const templateId = await inForce({ code: 'MAIL', channel: 'EMAIL', subject: '新年问候', platformCode: null })
    const [first, second] = [await person('邮件客户', zhao, { mail: 'a@customer.example' }), await person('断线客户', zhao, { mail: 'b@customer.example' })]
    await greet(zhao, templateId, [first])
    mailMood = 'LATER'
    expect(await send()).toMatchObject({ later: 1 })
    await bank.look(`UPDATE message SET next_at = NULL WHERE channel = 'EMAIL'`)
    mailMood = 'TAKE'
    expect(await send()).toMatchObject({ accepted: 1 })
    expect(mails.length).toBe(1)
    expect(mails[0]).toMatch(/^a@customer\.example\n/)
    expect(mails[0]).toContain((await of(zhao, '邮件客户'))?.id)
    const letter = { messageId: newId(), to: 'x@customer.example', subject: '问候', text: '您好' }
    const settings = { url: `smtp://127.0.0.1:${port}`, from: 'greetings@bank.example' }
    mailMood = 'NEVER'
    expect(await sendMail(settings, letter)).toEqual({ result: 'REFUSED', code: '550' })
    expect((await sendMail({ ...settings, url: 'smtp://127.0.0.1:9' }, letter)).result).toBe('UNREACHABLE')
    // content handed over, no answer
    await greet(zhao, templateId, [second])
    const silent: OpenChannel = { takenOnce: false, send: () => Promise.resolve({ result: 'TIMED_OUT', code: 'ETIMEDOUT' }) }
    expect(await send(day1, { EMAIL: silent })).toMatchObject({ uncertain: 1 })
    expect(await of(zhao, '断线客户')).toMatchObject({ state: 'UNCERTAIN', may: { retry: { allowed: true }, withdraw: { allowed: true } } })
    mailMood = 'TAKE'
    expect(await send()).toMatchObject({ accepted: 0 }) // never by itself
  })
})
