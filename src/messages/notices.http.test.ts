import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { runDutyDay } from '../duties/run-duty-day.ts'
import { giveTask } from '../duties/task.contract.ts'
import { sessionCookie } from '../foundation/http/app.ts'
import { add } from '../foundation/store/store.ts'
import { sql } from '../foundation/database/transaction.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { routes } from '../routes.ts'
import { dropOldNotices } from './collect-notices.ts'
import { deliverNotices, type Delivered } from './deliver-notices.ts'
import { chooseNotices, getNoticeSettings, listNotices, listStaffAddresses, markNotices, setStaffAddress, type NoticeShown } from './notice.contract.ts'
import { openStaffChannels } from './open-channels.ts'
import { collectNow } from './run-messages.ts'
import { cutBytes, WeComSender } from './send-wecom.ts'

/** The interface of 企业微信 as its documents tell it: a token that lasts, error codes, the same content once. `how` makes it fail. */
const wecom = { tokens: 0, valid: '', sent: [] as { touser: string; textcard: { title: string; description: string; url: string; btntxt: string }; agentid: number }[], how: [] as ('EXPIRED' | 'FREQUENCY' | 'BUSY' | 'CUT' | 'TAKE_AND_CUT' | 'NO_USER' | 'NO_RIGHT' | '502' | 'SLOW_TOKEN')[], seen: new Map<string, string>() }
let server: Server
let mailServer: SMTPServer
const mails: string[] = []
let bank: SmallBank

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://x')
    const answer = (body: Record<string, unknown>, status = 200): void => void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
    if (url.pathname === '/cgi-bin/gettoken') {
      if (url.searchParams.get('corpsecret') !== 'the-secret-of-the-app') return answer({ errcode: 40001, errmsg: 'invalid credential' })
      wecom.tokens += 1
      wecom.valid = `TOKEN${wecom.tokens}`
      return answer({ errcode: 0, errmsg: 'ok', access_token: wecom.valid, expires_in: 7200 })
    }
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const how = wecom.how.shift()
      if (how === 'EXPIRED' || url.searchParams.get('access_token') !== wecom.valid) return answer({ errcode: 42001, errmsg: 'access_token expired' })
      if (how === 'FREQUENCY') return answer({ errcode: 45009, errmsg: 'reach max api daily quota limit' })
      if (how === 'BUSY') return answer({ errcode: -1, errmsg: 'system busy' })
      if (how === 'CUT') return void request.socket.destroy()
      if (how === 'NO_USER') return answer({ errcode: 81013, errmsg: 'user & party & tag all invalid' })
      if (how === 'NO_RIGHT') return answer({ errcode: 0, errmsg: 'ok', invaliduser: 'x', msgid: 'm' })
      if (how === '502') return answer({}, 502)
      // enable_duplicate_check: the same content to the same people is delivered once
      if (!wecom.seen.has(body)) {
        wecom.seen.set(body, `msg${wecom.seen.size + 1}`)
        wecom.sent.push(JSON.parse(body) as (typeof wecom.sent)[number])
      }
      if (how === 'TAKE_AND_CUT') return void request.socket.destroy()
      answer({ errcode: 0, errmsg: 'ok', invaliduser: '', msgid: wecom.seen.get(body) })
    })
  }).listen(0, '127.0.0.1')
  mailServer = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], logger: false,
    onData(stream, session, done) {
      let content = ''
      stream.on('data', (chunk: Buffer) => (content += chunk.toString()))
      stream.on('end', () => {
        mails.push(`${session.envelope.rcptTo.map(({ address }) => address).join()}\n${content}`)
        done()
      })
    },
  })
  await Promise.all([new Promise((done) => server.once('listening', () => done(null))), new Promise((done) => mailServer.listen(0, '127.0.0.1', () => done(null)))])
  bank = await smallBank(routes)
  Object.assign(bank.services.config, {
    publicUrl: 'https://crm.bank.example', wecomUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, wecomCorp: 'ww1', wecomAgent: 1000002, wecomSecret: 'the-secret-of-the-app',
    smtpUrl: `smtp://127.0.0.1:${(mailServer.server.address() as AddressInfo).port}`, mailFrom: 'crm@bank.example',
  })
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await new Promise<void>((done) => mailServer.close(() => done()))
  await bank.close()
})

const told = (answer: { body: { refusal?: string } }): string => answer.body.refusal ?? 'ok'
const notices = async (who: Colleague, query: Record<string, unknown> = {}): Promise<NoticeShown[]> => (await bank.ask(who, listNotices, { query })).body.items as unknown as NoticeShown[]
const titles = async (who: Colleague, kind?: string): Promise<string[]> => (await notices(who)).filter((one) => kind === undefined || one.kind === kind).map(({ title }) => title.zh)
const collect = (day = today): Promise<number | null> => collectNow(bank.services, day, 31)
const unread = async (who: Colleague): Promise<string> => String((await bank.app.inject({ method: 'GET', url: '/api/session', headers: { cookie: `${sessionCookie}=${await bank.session(who)}` } })).headers['x-unread'])
const give = async (to: Colleague, more: Record<string, unknown> = {}): Promise<string> => {
  const id = newId()
  expect(told(await bank.ask(bank.staff.lead, giveTask, { body: { id, title: '走访张三的工厂', content: '走访', source: 'LEADER', owners: [to.staffKey], dueOn: '2026-11-30', evidenceAsked: '记录', ...more } }))).toBe('ok')
  return id
}
const at = (time = '10:00', day = today) => () => ({ day, time, at: new Date() })
const deliver = (time?: string, day?: string): Promise<Delivered> => deliverNotices(bank.services, openStaffChannels(bank.services.config), at(time, day))

describe('the notice centre', () => {
  test('what happened is told once to whom it concerns; names no customer and no text; the count comes with every answer', async () => {
    const { li, wang, lead } = bank.staff
    const customerId = await bank.customer({ name: '山西晋泰新材料有限公司', main: li })
    expect(await unread(li)).toBe('0')
    await give(li, { customerId })
    expect(await collect()).toBeGreaterThan(0)
    expect(await collect()).toBe(0)
    const [task] = await notices(li)
    expect(task).toMatchObject({ kind: 'TASK', kindName: { zh: '任务' }, title: { zh: '陈立交办任务，11-30 前完成', en: '陈立 gave a task, due 11-30' }, customer: { name: '山西晋泰新材料有限公司' }, read: false, standsInFor: null, day: today })
    expect(task?.address).toMatch(/^\/tasks\?task=/)
    expect(await notices(wang)).toEqual([])
    expect(await notices(lead)).toEqual([])
    expect(await unread(li)).toBe('1')
    const kept = JSON.stringify(await bank.look('SELECT to_jsonb(n) FROM notice n'))
    for (const value of ['晋泰', '张三', '走访']) expect(kept.includes(value)).toBe(false)
    // who does not see the customer any more reads neither his name nor the way to him
    await bank.look(`UPDATE customer SET viewers = '{}', main_staff_key = NULL WHERE customer_id = $1`, [customerId])
    expect((await notices(li))[0]).toMatchObject({ customer: null, address: null })
    await bank.look(`UPDATE customer SET viewers = ARRAY[$2::int], main_staff_key = $2 WHERE customer_id = $1`, [customerId, li.staffKey])
  })
  test('read, unread, all; never another’s', async () => {
    const { li, wang } = bank.staff
    const [first] = await notices(li)
    const mark = (who: Colleague, ids: string[] | null, read: boolean) => bank.ask(who, markNotices, { body: { ids, read } })
    expect((await mark(wang, [first?.id ?? ''], true)).body).toEqual({ marked: 0 })
    expect((await mark(li, [first?.id ?? ''], true)).body).toEqual({ marked: 1 })
    expect(await notices(li, { unread: 'yes' })).toEqual([])
    expect(await unread(li)).toBe('0')
    expect((await mark(li, [first?.id ?? ''], false)).body).toEqual({ marked: 1 })
    expect((await mark(li, null, true)).body).toEqual({ marked: 1 })
    expect((await mark(li, null, true)).body).toEqual({ marked: 0 })
  })
  test('one digest a person a day; the new one takes the place of the unread old one', async () => {
    const { li } = bank.staff
    await runDutyDay(bank.services.db, today)
    await collect()
    const digests = (await notices(li, { kind: 'DIGEST' }))
    expect(digests.length).toBe(1)
    expect(digests[0]?.title.zh).toMatch(/今日到期 \d+ 项/)
    await bank.look(`UPDATE bank SET business_date = '2026-11-24'`)
    await runDutyDay(bank.services.db, '2026-11-24')
    await collect('2026-11-24')
    expect((await notices(li, { kind: 'DIGEST' })).map(({ day, read }) => ({ day, read }))).toEqual([{ day: '2026-11-24', read: false }, { day: today, read: true }])
    await bank.look(`UPDATE bank SET business_date = $1`, [today])
  })
  test('who stands in is told as well, and reads for whom; a substitution is told to both', async () => {
    const { li, wang, lead } = bank.staff
    await bank.services.db.asBatch((tx) => add(tx, 'substitution', {
      id: newId(), absent_key: li.staffKey, substitute_key: wang.staffKey, from_date: today, until_date: '2026-11-27', customers: 'ALL', reason: '年假', state: 'CONFIRMED', asked_by: li.staffKey, asked_on: today, confirmed_by: lead.staffKey, confirmed_on: today,
      policy_version: '1', scope_path: '001', viewers: [li.staffKey, wang.staffKey],
    }, { why: 'test' }))
    await give(li, { dueOn: '2026-12-01' })
    await collect()
    expect(await titles(wang, 'SUBSTITUTION')).toEqual(['由您代李晓雯的班，11-23 至 11-27'])
    expect(await titles(li, 'SUBSTITUTION')).toEqual(['王凯代您的班，11-23 至 11-27'])
    expect((await notices(wang, { kind: 'TASK' })).find(({ title }) => title.zh.includes('12-01'))).toMatchObject({ standsInFor: '李晓雯' })
    expect((await notices(wang, { kind: 'DIGEST' })).every(({ standsInFor }) => standsInFor === null)).toBe(true)
  })
  test('what waits for a leader’s word goes to who leads nearest; a hand-over to whose turn it is', async () => {
    const { li, zhao, lead, outletHead, branchHead } = bank.staff
    await bank.services.db.asBatch(async (tx) => {
      const { path } = await tx.one(sql<{ path: string }>`SELECT line_path AS path FROM organisation_post_facts WHERE staff_key = ${li.staffKey}`)
      await add(tx, 'substitution', { id: newId(), absent_key: zhao.staffKey, substitute_key: li.staffKey, from_date: '2026-12-01', until_date: '2026-12-02', customers: 'ALL', reason: '年假', state: 'ASKED', asked_by: li.staffKey, asked_on: today, policy_version: '1', scope_path: path, viewers: [] }, { why: 'test' })
      const handOver = newId()
      await add(tx, 'hand_over', { id: handOver, number: 'J1', kind: 'ORDINARY', cause: 'TRANSFER', leaver_key: zhao.staffKey, supervisor_key: branchHead.staffKey, reason: '调岗', effective_on: '2026-12-01', state: 'SIGNED_BY_LEAVER', opened_by: branchHead.staffKey, opened_on: today, listed_on: today, policy_version: '1', scope_path: path, viewers: [] }, { why: 'test' })
      for (const [person, side] of [[zhao, 'LEAVER'], [li, 'RECEIVER'], [branchHead, 'SUPERVISOR']] as const) await add(tx, 'hand_over_party', { hand_over_id: handOver, staff_key: person.staffKey, side }, { why: 'test' })
    })
    await collect()
    // team lead and head of the outlet lead the same unit: both, and nobody above
    expect(await titles(lead, 'SUBSTITUTION')).toEqual(['赵敏请李晓雯代班，待您同意'])
    expect(await titles(outletHead, 'SUBSTITUTION')).toEqual(['赵敏请李晓雯代班，待您同意'])
    expect(await titles(branchHead, 'SUBSTITUTION')).toEqual([])
    expect(await titles(li, 'HAND_OVER')).toEqual(['移交 J1 待您签字'])
    expect(await titles(branchHead, 'HAND_OVER')).toEqual([])
    await bank.look(`UPDATE hand_over SET state = 'SIGNED_BY_RECEIVER' WHERE number = 'J1'`)
    await collect()
    expect(await titles(branchHead, 'HAND_OVER')).toEqual(['移交 J1 待您签字'])
  })
  test('what is older than the policy keeps goes', async () => {
    const { li } = bank.staff
    const before = (await notices(li)).length
    for (const day of ['2026-08-24', '2026-08-25']) await bank.look(`INSERT INTO notice (id, staff_key, kind, thing_id, day, title_zh, title_en) VALUES ($1, $2, 'TASK', $1, $3, '旧', 'old')`, [newId(), li.staffKey, day])
    expect(await bank.services.db.asBatch((tx) => dropOldNotices(tx, today))).toBe(1)
    expect((await notices(li)).length).toBe(before + 1)
  })
})

describe('outside of the notice centre', () => {
  const clear = (): Promise<unknown> => bank.look(`UPDATE notice_delivery SET state = 'WITHDRAWN', reason = 'TEST' WHERE state IN ('WAITING', 'SENDING')`)
  test('a kind goes by the channels that the person chose; the address is the administration’s', async () => {
    const { zhao, admin, li } = bank.staff
    expect(told(await bank.ask(li, listStaffAddresses))).toBe('not-allowed')
    const set = (channel: string, address: string | null, person = zhao) => bank.ask(admin, setStaffAddress, { params: { staffKey: person.staffKey }, body: { channel, address } })
    expect(told(await set('EMAIL', 'zhao@@bank'))).toBe('address-wrong')
    expect(told(await set('EMAIL', 'zhao@bank.example\r\nBcc: x@y.z'))).not.toBe('ok')
    expect(told(await set('EMAIL', 'zhao@bank.example'))).toBe('ok')
    expect(told(await set('EMAIL', 'ZHAO@bank.example', li))).toBe('address-taken')
    expect(told(await set('WECOM', 'ZhaoMin'))).toBe('ok')
    expect((await bank.ask(admin, listStaffAddresses, { query: { q: '赵敏' } })).body.items).toMatchObject([{ name: '赵敏', email: 'zhao@bank.example', wecom: 'ZhaoMin' }])
    expect(told(await bank.ask(zhao, chooseNotices, { body: { kind: 'TASK', channel: 'EMAIL', wanted: true } }))).toBe('ok')
    const settings = (await bank.ask(zhao, getNoticeSettings)).body as unknown as { channels: unknown; kinds: { code: string; wanted: Record<string, boolean> }[] }
    expect(settings.channels).toEqual([{ channel: 'EMAIL', ready: true, address: 'zhao@bank.example' }, { channel: 'WECOM', ready: true, address: 'ZhaoMin' }])
    expect(settings.kinds.find(({ code }) => code === 'TASK')?.wanted).toEqual({ EMAIL: true, WECOM: true })
    await clear()
    await bank.ask(bank.staff.branchHead, giveTask, { body: { id: newId(), title: '核对', content: '核对', source: 'LEADER', owners: [zhao.staffKey], dueOn: '2026-11-30', evidenceAsked: '记录' } })
    await collect()
    expect(await deliver('07:29')).toMatchObject({ accepted: 0 }) // not in the night
    expect(await deliver()).toMatchObject({ accepted: 2, failed: 0 })
    expect(wecom.sent.at(-1)).toMatchObject({ touser: 'ZhaoMin', agentid: 1000002, textcard: { title: '任务', description: '周正交办任务，11-30 前完成', btntxt: '查看' } })
    const link = wecom.sent.at(-1)?.textcard.url ?? ''
    expect(link).toMatch(/^https:\/\/crm\.bank\.example\/notices\?open=/)
    expect((await notices(zhao)).map(({ id }) => id)).toContain(link.split('open=')[1])
    expect(mails.length).toBe(1)
    expect(mails[0]).toMatch(/^zhao@bank\.example\n/)
    expect(wecom.tokens).toBe(1)
    expect(await deliver()).toMatchObject({ accepted: 0 }) // once
  })
  async function waiting(): Promise<void> {
    await clear()
    await give(bank.staff.wang)
    await collect()
  }
  const states = async (): Promise<string> => (await bank.look<{ told: string }>(`SELECT string_agg(state || ' ' || coalesce(reason, '') || ' ' || coalesce(peer_code, ''), '; ') AS told FROM notice_delivery WHERE channel = 'WECOM' AND state NOT IN ('ACCEPTED', 'WITHDRAWN')`))[0]?.told ?? ''
  const again = (): Promise<unknown> => bank.look(`UPDATE notice_delivery SET next_at = NULL WHERE state = 'WAITING'`)
  test.each([['FREQUENCY', 'WAITING THROTTLED 45009'], ['BUSY', 'WAITING THROTTLED -1'], ['502', 'WAITING PEER_FAULT 502'], ['CUT', 'WAITING PEER_FAULT UND_ERR_SOCKET']] as const)('%s: later, and then once', async (how, stands) => {
    await waiting()
    wecom.how.push(how)
    expect(await deliver()).toMatchObject({ later: 1, accepted: 0 })
    expect(await states()).toBe(stands)
    expect(await deliver()).toMatchObject({ accepted: 0, later: 0 })
    await again()
    expect(await deliver()).toMatchObject({ accepted: 1 })
  })
  test('a token that ended is fetched anew, once; taken and then cut: the repeat is not delivered twice; a wrong user is dead', async () => {
    await waiting()
    const [tokens, sent] = [wecom.tokens, wecom.sent.length]
    wecom.how.push('EXPIRED')
    expect(await deliver()).toMatchObject({ accepted: 1 })
    expect(wecom.tokens).toBe(tokens + 2) // the sender of this round, and once more
    await waiting()
    wecom.how.push('TAKE_AND_CUT')
    expect(await deliver()).toMatchObject({ later: 1 })
    await again()
    expect(await deliver()).toMatchObject({ accepted: 1 })
    expect(wecom.sent.length).toBe(sent + 2)
    for (const [how, code] of [['NO_USER', '81013'], ['NO_RIGHT', 'INVALID_USER']] as const) {
      await waiting()
      wecom.how.push(how)
      expect(await deliver()).toMatchObject({ failed: 1 })
      expect(await states()).toContain(`FAILED REFUSED ${code}`)
      await bank.look(`UPDATE notice_delivery SET state = 'WITHDRAWN' WHERE state = 'FAILED'`)
    }
  })
  test('one token for many who wait at once; a wrong secret hands nothing over; text is cut by bytes', async () => {
    const settings = { url: bank.services.config.wecomUrl, corpId: 'ww1', agentId: 1, secret: 'the-secret-of-the-app' }
    const before = wecom.tokens
    const sender = new WeComSender(settings)
    const card = { to: 'a', title: 't', description: 'd', link: 'https://x/', button: '查看' }
    const results = await Promise.all([1, 2, 3, 4].map((n) => sender.send({ ...card, description: `d${n}` })))
    expect(results.map(({ result }) => result)).toEqual(['ACCEPTED', 'ACCEPTED', 'ACCEPTED', 'ACCEPTED'])
    expect(wecom.tokens).toBe(before + 1)
    let clock = Date.now()
    const aging = new WeComSender(settings, { now: () => clock })
    await aging.send({ ...card, description: 'old' })
    clock += 6_901_000 // five minutes before it ends it is fetched anew
    await aging.send({ ...card, description: 'new' })
    expect(wecom.tokens).toBe(before + 3)
    expect(await new WeComSender({ ...settings, secret: 'another-secret' }).send(card)).toMatchObject({ result: 'UNREACHABLE', code: 'TOKEN_40001' })
    expect((await new WeComSender({ ...settings, url: 'http://127.0.0.1:9' }).send(card)).result).toBe('UNREACHABLE')
    expect(cutBytes('客户经理', 12)).toBe('客户经理')
    expect(cutBytes('客户经理工作', 12)).toBe('客户经…')
  })
  test('killed while sending: asked again where the same content is delivered once, else uncertain; read meanwhile or a day later: not sent', async () => {
    await waiting()
    await bank.look(`UPDATE notice_delivery SET state = 'SENDING', begun_at = now() - interval '10 minutes' WHERE state = 'WAITING'`)
    expect(await deliver()).toMatchObject({ accepted: 1 })
    await waiting()
    await bank.look(`UPDATE notice_delivery SET state = 'SENDING', channel = 'EMAIL', begun_at = now() - interval '10 minutes' WHERE state = 'WAITING'`)
    expect(await deliver()).toMatchObject({ accepted: 0 })
    expect(await bank.look(`SELECT reason FROM notice_delivery WHERE state = 'UNCERTAIN'`)).toEqual([{ reason: 'LOST' }])
    await waiting()
    await bank.ask(bank.staff.wang, markNotices, { body: { ids: null, read: true } })
    expect(await deliver()).toMatchObject({ accepted: 0, withdrawn: 1 })
    await waiting()
    expect(await deliver('10:00', '2026-11-25')).toMatchObject({ accepted: 0, withdrawn: 1 })
  })
})
