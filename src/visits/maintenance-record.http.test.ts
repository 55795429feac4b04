import { inflateRawSync, inflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type SmallBank } from '../../tests/support/small-bank.ts'
import { closeDevice, listDevices, openDevice, withdrawDevice } from '../access/device.contract.ts'
import { sql } from '../foundation/database/transaction.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { listCommitments } from '../reports/commitments.contract.ts'
import { routes } from '../routes.ts'
import { actOnPromise, checkContact, correctContact, getContact, recordContact, voidContact } from './contact.contract.ts'
import { recordNeedCard } from './needs/need.contract.ts'
import { addPhoto, listPhotos, removePhoto, showPhoto } from './photo.contract.ts'
import { printContact, printContacts, printNeedCard } from './print.contract.ts'

let bank: SmallBank
let steel: string
let food: string
beforeAll(async () => {
  bank = await smallBank(routes)
  steel = await bank.customer({ main: bank.staff.li, assist: bank.staff.wang, name: '太原北方钢铁贸易有限公司' })
  food = await bank.customer({ main: bank.staff.li, name: '小店区晋味食品有限公司' })
})
afterAll(() => bank.close())

const told = '走访仓库，月末存货约一千二百吨，比上月多三成；财务王女士反映下游回款慢了二十天，请我行考虑延长票据期限。'
const whole = (more: Record<string, unknown> = {}) => ({
  id: newId(), mode: 'VISIT', businessDate: '2026-11-20', summary: told, contactPerson: '财务经理王女士', theirPeople: ['总经理任先生', '仓库主任郝先生'], ourPeople: [bank.staff.lead.staffKey], changedOperations: '新开一条剪切线', changedPeople: '财务经理换人',
  changedFunds: '票据结算增多', riskSignals: ['INVENTORY', 'RECEIVABLES'], riskNote: '存货比上月多三成，回款慢二十天',
  promises: [{ id: newId(), side: 'OURS', what: '送票据贴现报价', dueOn: today }, { id: newId(), side: 'THEIRS', what: '提供十月报表', dueOn: '2026-11-27' }], ...more,
})
const record = (customerId: string, body: Record<string, unknown>, who = bank.staff.li) => bank.ask(who, recordContact, { params: { customerId }, body })

describe('the whole record', () => {
  test('what was told is there, the promises stand on the day of the recorder, the number counts within the year', async () => {
    const body = whole()
    const answer = await record(steel, body)
    expect(answer.body).toMatchObject({ effective: true, late: false, like: null, number: expect.stringMatching(/^WH2026-\d{6}$/) as string })
    const { body: read } = await bank.ask(bank.staff.wang, getContact, { params: { customerId: steel, contactId: body.id } })
    expect(read).toMatchObject({ theirPeople: ['总经理任先生', '仓库主任郝先生'], ourPeople: ['陈立'], changedOperations: '新开一条剪切线', changedFinance: null, riskSignals: ['INVENTORY', 'RECEIVABLES'], riskNote: '存货比上月多三成，回款慢二十天', needCards: [] })
    expect((read['promises'] as { what: string; state: string; may: { act: { allowed: boolean } } }[]).map((one) => [one.what, one.state, one.may.act.allowed])).toEqual([['送票据贴现报价', 'OPEN', false], ['提供十月报表', 'OPEN', false]])
    const mine = await bank.ask(bank.staff.li, listCommitments, {})
    expect(mine.body.items?.map((one) => [one['what'], one['dueOn'], one['kind']])).toEqual([['送票据贴现报价', today, 'OURS'], ['提供十月报表', '2026-11-27', 'THEIRS']])
    expect((await bank.ask(bank.staff.wang, listCommitments, {})).body.items).toEqual([])
  })

  test('a promise is kept, put off with a reason, dropped with a reason; then it has ended', async () => {
    const body = whole({ summary: '电话沟通贴现安排，客户同意下周签约，由其财务准备合同副本和发票清单。', promises: [{ id: newId(), what: '约签约时间', dueOn: '2026-11-24' }, { id: newId(), what: '送合同样本', dueOn: '2026-11-24' }] })
    await record(steel, body)
    const [first, second] = body.promises.map((one) => one.id)
    const act = (who: keyof SmallBank['staff'], promiseId: string | undefined, sent: Record<string, unknown>) => bank.ask(bank.staff[who], actOnPromise, { params: { customerId: steel, promiseId }, body: sent })
    expect((await act('wang', first, { act: 'KEEP' })).body.refusal).toBe('not-your-promise')
    expect((await act('li', first, { act: 'PUT_OFF', dueOn: '2026-11-30' })).body.refusal).toBe('note-missing')
    expect((await act('li', first, { act: 'PUT_OFF', note: '客户出差', dueOn: '2026-11-01' })).body.refusal).toBe('due-in-past')
    expect((await act('li', first, { act: 'PUT_OFF', note: '客户出差', dueOn: '2026-11-30' })).body).toMatchObject({ state: 'OPEN' })
    expect((await act('li', first, { act: 'KEEP' })).body).toMatchObject({ state: 'KEPT' })
    expect((await act('lead', second, { act: 'DROP', note: '客户不再需要' })).body).toMatchObject({ state: 'DROPPED' })
    expect((await act('li', second, { act: 'KEEP' })).body.refusal).toBe('promise-ended')
    const { body: read } = await bank.ask(bank.staff.li, getContact, { params: { customerId: steel, contactId: body.id } })
    expect((read['promises'] as Record<string, unknown>[]).map((one) => [one['state'], one['firstDueOn'], one['dueOn']])).toContainEqual(['KEPT', '2026-11-24', '2026-11-30'])
  })

  test('a correction keeps promises and photos; with a void record its open promises fall away', async () => {
    const body = whole({ summary: '到厂区查看设备安装进度，客户希望十二月前放款，已告知还缺环评批复和设备发票。' })
    await record(food, body)
    const id = newId()
    expect((await bank.ask(bank.staff.li, correctContact, { params: { customerId: food, contactId: body.id }, body: { id, mode: 'VISIT', businessDate: '2026-11-20', summary: body.summary, reason: '补一人' } })).status).toBe(200)
    const { body: read } = await bank.ask(bank.staff.li, getContact, { params: { customerId: food, contactId: id } })
    expect((read['promises'] as unknown[]).length).toBe(2)
    await bank.ask(bank.staff.li, voidContact, { params: { customerId: food, contactId: id }, body: { reason: '记错客户' } })
    expect((await bank.ask(bank.staff.li, listCommitments, {})).body.items?.filter((one) => one['customerId'] === food)).toEqual([])
  })

  test('the supervisor marks what he has looked at; nobody his own', async () => {
    const body = whole({ summary: '陪同客户到车管所办理抵押登记，资料齐全，窗口当日受理，预计三日出证。' })
    await record(steel, body)
    const check = (who: keyof SmallBank['staff']) => bank.ask(bank.staff[who], checkContact, { params: { customerId: steel, contactId: body.id } })
    expect((await check('li')).body.refusal).toBe('not-allowed')
    expect((await check('lead')).status).toBe(200)
    expect((await bank.ask(bank.staff.li, getContact, { params: { customerId: steel, contactId: body.id } })).body).toMatchObject({ checkedBy: '陈立', checkedOn: today })
  })

  test('a restricted summary: the team sees the meeting, not what was said', async () => {
    const id = newId()
    expect((await record(steel, { id, mode: 'VISIT', businessDate: '2026-11-19', summary: '' })).body.refusal).toBe('summary-missing')
    expect((await record(steel, { id, mode: 'VISIT', businessDate: '2026-11-19', summary: '', restricted: { text: '股东拟转让全部股权' } })).status).toBe(200)
    const team = await bank.ask(bank.staff.wang, getContact, { params: { customerId: steel, contactId: id } })
    expect(team.body).toMatchObject({ mode: 'VISIT', summary: '', restricted: [] })
    expect(JSON.stringify(team.body)).not.toContain('股权')
    const mine = await bank.ask(bank.staff.li, getContact, { params: { customerId: steel, contactId: id } })
    expect(mine.body['restricted']).toHaveLength(1)
  })

  test('a text nearly equal to an earlier record names it, for who may see that customer', async () => {
    const first = whole({ summary: '上门了解四季度资金安排，年底集中支付工程款，账户余额会有阶段性下降，明年一月回升，请我行理解。', promises: [] })
    await record(food, first)
    const answer = await record(steel, whole({ summary: '上门了解四季度资金安排，年底集中支付材料款，账户余额会有阶段性下降，明年一月回升，请我行理解。', promises: [] }))
    expect(answer.body['like']).toMatchObject({ customerName: '小店区晋味食品有限公司', businessDate: '2026-11-20', percent: expect.any(Number) as number, address: `/customers/${food}/contacts/${first.id}` })
    // the assisting manager sees the one customer, not the other
    const { body } = await bank.ask(bank.staff.wang, getContact, { params: { customerId: steel, contactId: String(answer.body['id']) } })
    expect(body['like']).toMatchObject({ customerName: null, address: null })
    expect(JSON.stringify(body)).not.toContain('晋味')
  })

  test.each([
    ['in the future', { businessDate: '2026-11-24' }, 'contact-in-future'], ['a promise due before', { promises: [{ id: newId(), what: '送报价', dueOn: '2026-11-01' }] }, 'promise-before-contact'],
    ['risk without a word', { riskNote: null }, 'risk-unexplained'], ['a place without consent', { place: '小店区' }, 'place-without-consent'],
  ])('refused by name, and nothing is half saved: %s', async (_what, more, refusal) => {
    const body = whole(more)
    expect((await record(steel, body)).body.refusal).toBe(refusal)
    const { n } = await bank.services.db.asBatch((tx) => tx.one(sql<{ n: number }>`SELECT ((SELECT count(*) FROM contact WHERE id = ${body.id}) + (SELECT count(*) FROM contact_promise WHERE contact_id = ${body.id}))::int AS n`))
    expect(n).toBe(0)
  })
})

describe('a record kept on a device without connection', () => {
  test('sent later it is there once, however often it is sent; of a withdrawn or unknown device it is refused by name, and nothing is saved', async () => {
    const { li, wang } = bank.staff
    const deviceId = newId()
    const opened = await bank.ask(li, openDevice, { body: { deviceId, label: '手机' } })
    expect((await bank.ask(li, openDevice, { body: { deviceId, label: '手机' } })).body['key']).toBe(opened.body['key'])
    expect((await bank.ask(wang, openDevice, { body: { deviceId, label: '手机' } })).body['key']).not.toBe(opened.body['key'])
    const kept = (summary: string) => whole({ summary, promises: [], draft: { deviceId, keptAt: '2026-11-23T02:00:00.000Z' } })
    const first = kept('离线时记录：车间停电检修一天，明日恢复，对本月交付没有影响，已与厂长核对。')
    const answers = [await record(steel, first), await record(steel, first)]
    expect(answers.map((one) => [one.status, one.body['number']])).toEqual([[200, answers[0]?.body['number']], [200, answers[0]?.body['number']]])
    expect((await record(steel, { ...first, summary: '换成别的内容，编号还是那个' })).body.refusal).toBe('key-reused')
    expect((await record(steel, { ...kept('同事的设备上写的一条记录，不能用我的设备发出'), draft: { deviceId: newId(), keptAt: '2026-11-23T02:00:00.000Z' } })).body.refusal).toBe('device-withdrawn')
    // signed out: another key next time
    await bank.ask(li, closeDevice, { body: { deviceId } })
    expect((await bank.ask(li, openDevice, { body: { deviceId, label: '手机' } })).body['key']).not.toBe(opened.body['key'])
    await bank.ask(li, withdrawDevice, { body: { deviceId, reason: '手机遗失' } })
    const late = kept('手机遗失之后从那台手机上发出来的一条记录，不应被接收')
    expect((await record(steel, late)).body.refusal).toBe('device-withdrawn')
    expect(await bank.look(`SELECT 1 FROM contact WHERE id = '${late.id}'`)).toEqual([])
    expect((await bank.ask(li, openDevice, { body: { deviceId, label: '手机' } })).body.refusal).toBe('device-withdrawn')
    expect((await bank.ask(li, listDevices)).body.items).toMatchObject([{ id: deviceId, state: 'WITHDRAWN' }])
  })
})

describe('photos', () => {
  const picture = (seed: number): Promise<Buffer> => {
    const shapes = Array.from({ length: 14 }, (_, place) => `<rect x="${(seed * 37 + place * 61) % 380}" y="${(seed * 53 + place * 43) % 280}" width="${40 + ((seed + place * 29) % 120)}" height="${30 + ((seed * 3 + place * 17) % 110)}" fill="hsl(${(seed * 71 + place * 47) % 360},55%,${25 + ((place * 19 + seed) % 55)}%)"/>`).join('')
    return sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="400" height="300" fill="#99a"/>${shapes}</svg>`)).withExif({ IFD0: { Make: 'Test' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '37/1 48/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '112/1 33/1 0/1' } }).jpeg().toBuffer()
  }
  const send = (customerId: string, contactId: string, bytes: Buffer, more: Record<string, unknown> = {}, name = '现场.jpg', who = bank.staff.li) =>
    bank.ask(who, addPhoto, { params: { customerId, contactId }, body: { id: newId(), ...more }, file: { name, bytes: new Uint8Array(bytes) } })
  const here = () => ({ latitude: 37.8012, longitude: 112.5512, accuracyM: 20, at: new Date().toISOString() })
  let contactId: string
  let other: string
  beforeAll(async () => {
    contactId = String((await record(steel, whole({ summary: '现场拍照留存：原料堆场和成品库各两处，与账面数量大致相符，磅单抽查三份一致。', promises: [] }))).body['id'])
    other = String((await record(food, whole({ summary: '查看门店和冷库，冷链运转正常，库存以肉制品为主，食品经营许可证在有效期内。', promises: [] }))).body['id'])
  })

  test('kept with its place, coarsely; the file that is kept has no note of the camera; seen by the team', async () => {
    const answer = await send(steel, contactId, await picture(1), { position: here(), placeConsent: true })
    expect(answer.body).toMatchObject({ usedBefore: 'NO', usedOn: null })
    const { body } = await bank.ask(bank.staff.wang, listPhotos, { params: { customerId: steel, contactId } })
    expect(body.items).toMatchObject([{ place: { latitude: '37.80', longitude: '112.55' }, usedBefore: 'NO' }])
    const shown = await bank.ask(bank.staff.wang, showPhoto, { params: { customerId: steel, contactId, photoId: String(answer.body['id']) } })
    expect((await sharp(shown.bytes).metadata()).exif).toBeUndefined()
    expect((await bank.ask(bank.staff.zhao, showPhoto, { params: { customerId: steel, contactId, photoId: String(answer.body['id']) } })).body.refusal).toBe('not-found')
  })

  test('used again: for the same customer the record is named; elsewhere nobody is told where, however it was changed', async () => {
    await send(steel, contactId, await picture(2))
    expect((await send(steel, contactId, await sharp(await picture(2)).jpeg({ quality: 40 }).toBuffer())).body).toMatchObject({ usedBefore: 'SAME_CUSTOMER', usedOn: '2026-11-20' })
    for (const changed of [sharp(await picture(1)).linear(1.2, 5), sharp(await picture(1)).extract({ left: 20, top: 15, width: 360, height: 270 })]) {
      const answer = await send(food, other, await changed.jpeg({ quality: 70 }).toBuffer())
      expect(answer.body).toMatchObject({ usedBefore: 'ELSEWHERE', usedOn: null })
      expect(JSON.stringify(answer.body)).not.toContain(steel)
    }
    expect((await send(food, other, await picture(9))).body).toMatchObject({ usedBefore: 'NO' })
  })

  test.each([
    ['a picture named .pdf', '现场.pdf', {}, 'file-misnamed'], ['a forged place', '现场.jpg', { position: { latitude: 39.9, longitude: 116.4, accuracyM: 10, at: new Date().toISOString() }, placeConsent: true }, 'place-forged'],
    ['whole degrees', '现场.jpg', { position: { latitude: 38, longitude: 112, accuracyM: 10, at: new Date().toISOString() }, placeConsent: true }, 'place-forged'],
    ['a place without consent', '现场.jpg', { position: { latitude: 37.8012, longitude: 112.5512, accuracyM: 20, at: new Date().toISOString() } }, 'place-without-consent'],
  ])('refused by name: %s', async (_what, name, more, refusal) => {
    expect((await send(steel, contactId, await picture(3), more, name)).body.refusal).toBe(refusal)
  })
  test('over the limit, of another kind, damaged, of a colleague: refused, and nothing is kept', async () => {
    const before = await bank.ask(bank.staff.li, listPhotos, { params: { customerId: steel, contactId } })
    expect((await send(steel, contactId, Buffer.concat([await picture(3), Buffer.alloc(12 * 1024 * 1024)]))).body.refusal).toBe('too-large')
    expect((await send(steel, contactId, Buffer.from('%PDF-1.7\n%%EOF'), {}, '现场.pdf')).body.refusal).toBe('file-kind')
    expect((await send(steel, contactId, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]))).body.refusal).toBe('photo-unreadable')
    expect((await send(steel, contactId, await picture(3), {}, '现场.jpg', bank.staff.wang)).body.refusal).toBe('not-your-record')
    expect((await bank.ask(bank.staff.li, listPhotos, { params: { customerId: steel, contactId } })).body.items?.length).toBe(before.body.items?.length)
  })
  test('removed with a reason it is gone from the record, and still found when it is used again', async () => {
    const photoId = String((await send(food, other, await picture(5))).body['id'])
    expect((await bank.ask(bank.staff.li, removePhoto, { params: { customerId: food, contactId: other, photoId }, body: { reason: '拍糊了' } })).status).toBe(200)
    expect((await bank.ask(bank.staff.li, showPhoto, { params: { customerId: food, contactId: other, photoId } })).body.refusal).toBe('not-found')
    expect((await send(steel, contactId, await picture(5))).body).toMatchObject({ usedBefore: 'ELSEWHERE' })
  })
})

/** The text of a PDF of ours: pdfkit writes glyphs of a subset; the map at each font's end tells their characters. */
function textOfPdf(pdf: Buffer): { pages: number; text: string } {
  const streams: string[] = []
  const raw = pdf.toString('latin1')
  for (const found of raw.matchAll(/stream\r?\n/g)) {
    const from = found.index + found[0].length
    const to = raw.indexOf('endstream', from)
    try {
      streams.push(inflateSync(pdf.subarray(from, to)).toString('latin1'))
    } catch {
      // not a compressed stream of text
    }
  }
  const map = new Map<number, string>()
  for (const stream of streams.filter((one) => one.includes('beginbfrange'))) {
    for (const [, first, , list] of stream.matchAll(/<([0-9a-f]+)> <([0-9a-f]+)> \[([^\]]*)\]/gi)) {
      // a glyph may stand for several characters (“ff”): <0066 0066>
      ;[...(list ?? '').matchAll(/<([^>]*)>/g)].forEach(([, one], place) => map.set(parseInt(first ?? '0', 16) + place, Buffer.from((one ?? '').replace(/\s/g, ''), 'hex').swap16().toString('utf16le')))
    }
  }
  const glyphs = streams.filter((one) => one.includes('TJ')).flatMap((one) => [...one.matchAll(/\[([^\]]*)\] TJ/g)].map(([, part]) => [...(part ?? '').matchAll(/<([0-9a-f]+)>/gi)].map(([, hex]) => (hex ?? '').match(/.{4}/g)?.map((code) => map.get(parseInt(code, 16)) ?? '').join('') ?? '').join('')))
  return { pages: (raw.match(/\/Type \/Page\b/g) ?? []).length, text: glyphs.join('') }
}

function textOfDocx(docx: Buffer): string {
  const at = docx.indexOf('word/document.xml')
  const header = docx.subarray(at - 30, at)
  const start = at + header.readUInt16LE(26) + header.readUInt16LE(28)
  return inflateRawSync(docx.subarray(start)).toString('utf8').replace(/<[^>]+>/g, '')
}

describe('printed in the bank’s form', () => {
  test('PDF and Word hold every filled field, who printed and what for; the print left a line', async () => {
    const body = whole({ summary: '打印核对用：走访车间，焊接线两班倒，在手订单排到明年二月，希望增加票据额度五百万元。㙍' })
    await record(steel, body)
    const pdf = await bank.ask(bank.staff.li, printContact, { params: { customerId: steel, contactId: body.id }, body: { format: 'PDF', purpose: '检查存档' } })
    const { pages, text } = textOfPdf(pdf.bytes)
    expect(pages).toBe(1)
    for (const field of ['优质客户维护记录表', '太原北方钢铁贸易有限公司', '财务经理王女士', '总经理任先生', '陈立', '在手订单排到明年二月', '新开一条剪切线', '财务经理换人', '票据结算增多', '存货积压', '送票据贴现报价', '提供十月报表', '2026-11-27', '检查存档', '李晓雯', '第 1 页 共 1 页', '〔U+364D〕']) expect(text.replaceAll('\n', '')).toContain(field)
    const docx = await bank.ask(bank.staff.li, printContact, { params: { customerId: steel, contactId: body.id }, body: { format: 'DOCX', purpose: '检查存档' } })
    for (const field of ['太原北方钢铁贸易有限公司', '总经理任先生', '送票据贴现报价', '存货积压', '㙍']) expect(textOfDocx(docx.bytes)).toContain(field)
    expect(await bank.look(`SELECT after->>'format' AS format FROM journal_line WHERE object_id = '${body.id}' AND action = 'READ' AND why = '检查存档' ORDER BY id`)).toEqual([{ format: 'PDF' }, { format: 'DOCX' }])
  })

  test('with the longest texts that are allowed it is one page', async () => {
    const long = (count: number): string => '长字段验证文本内容甲乙丙丁戊己庚辛壬癸'.repeat(60).slice(0, count)
    const body = whole({
      summary: long(1000), contactPerson: long(100), theirPeople: Array.from({ length: 10 }, (_, place) => `${place}${long(39)}`), changedOperations: long(100), changedPeople: long(100), changedFinance: long(100), changedFunds: long(100), riskNote: long(150),
      nextAction: long(200), nextOn: '2026-12-01', place: long(60), placeConsent: true, promises: Array.from({ length: 8 }, () => ({ id: newId(), what: long(80), dueOn: '2026-12-01' })),
    })
    expect((await record(steel, body)).status).toBe(200)
    const { bytes } = await bank.ask(bank.staff.li, printContact, { params: { customerId: steel, contactId: body.id }, body: { format: 'PDF', purpose: '检查存档' } })
    const { pages, text } = textOfPdf(bytes)
    expect(pages).toBe(1)
    expect(text).toContain('第 1 页 共 1 页')
    const id = newId()
    expect((await bank.ask(bank.staff.li, recordNeedCard, { params: { customerId: steel }, body: {
      id, surveyedOn: '2026-11-20', channel: 'VISIT', decisionMaker: long(100), obstacles: long(200), suggestions: long(200), nextAction: long(200), nextOn: '2026-12-01', confirmation: 'MESSAGE', confirmationRef: long(80),
      holdings: Array.from({ length: 8 }, () => ({ bank: long(30), product: long(40), amountFen: '100000000000', price: long(20), maturesOn: '2027-01-01' })),
      needs: Array.from({ length: 8 }, () => ({ id: newId(), domain: 'FINANCING', description: long(200), urgency: 'NOW', amountFen: '100000000000', expectedPrice: long(20), toldAs: 'STATED' })),
    } })).status).toBe(200)
    const card = await bank.ask(bank.staff.li, printNeedCard, { params: { customerId: steel, cardId: id }, body: { format: 'PDF', purpose: '检查存档' } })
    expect(textOfPdf(card.bytes).pages).toBe(1)
  })

  test('in a batch: sorted by customer, after a list that marks missing months; only one’s scope', async () => {
    const ask = (who: keyof SmallBank['staff'], more: Record<string, unknown> = {}) => bank.ask(bank.staff[who], printContacts, { body: { from: '2026-10-01', to: '2026-11-30', format: 'PDF', purpose: '省行检查', ...more } })
    const { pages, text } = textOfPdf((await ask('li', { customerIds: [food] })).bytes)
    expect(pages).toBe(3)
    for (const field of ['清单', '小店区晋味食品有限公司', '2026-10', '省行检查']) expect(text).toContain(field)
    expect(text).not.toContain('太原北方')
    expect((await ask('qian')).body.refusal).toBe('nothing-to-print')
    expect((await ask('li', { to: '2026-09-01' })).body.refusal).toBe('period-too-long')
    expect((await ask('hr')).body.refusal).toBe('not-allowed')
  })
})
