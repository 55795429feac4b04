import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { routes } from '../../src/routes.ts'
import { recordContact } from '../../src/visits/contact.contract.ts'
import { addSecretNote } from '../../src/conduct/secret-note.contract.ts'
import { looksRight } from '../support/looks-right.ts'
import { smallBank, type Colleague, type SmallBank } from '../support/small-bank.ts'
import { heading, openStoryDesk, type StoryDesk } from '../support/story-desk.ts'

// A contact on the phone: from the tab, with a draft that a closed tab does not lose; corrected, voided; restricted and secret texts seen by their readers only.

let bank: SmallBank
let story: StoryDesk
let customers: { steel: string; shop: string; cold: string }
beforeAll(async () => {
  bank = await smallBank(routes)
  const { li, wang } = bank.staff
  customers = { cold: await bank.customer({ main: li, name: '晋中冷链物流有限公司', tier: 'T3' }), steel: await bank.customer({ main: li, assist: wang, name: '太原北方钢铁贸易有限公司' }), shop: await bank.customer({ main: li, name: '小店区晋味食品有限公司' }) }
  story = await openStoryDesk(bank)
}, 300_000)
afterAll(() => story?.close())

const photo = (): Promise<Buffer> => sharp({ create: { width: 640, height: 480, channels: 3, background: '#8aa' } }).composite([{ input: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect x="60" y="200" width="300" height="240" fill="#654"/><circle cx="480" cy="120" r="90" fill="#dd8"/></svg>') }]).jpeg().toBuffer()
const as = (person: Colleague, path: string, width = 375): Promise<Page> => story.as(person, path, width)

describe('on the phone', () => {
  test('the day says whom to contact and why; the tab leads to the form; the draft outlives the tab; the figure changes', async () => {
    const { li } = bank.staff
    const page = await as(li, '/my-day')
    await page.getByText('核心客户本月未联系').first().waitFor()
    await page.getByText('0/2 户').waitFor()
    await looksRight(page, 'contact-day')
    await page.getByRole('link', { name: '记录', exact: true }).click()
    await page.getByText('先选择客户').waitFor()
    await page.getByRole('link', { name: /太原北方钢铁/ }).click()
    await heading(page, '记录联系')
    await page.getByText('见面', { exact: true }).click()
    await page.getByRole('textbox', { name: /^内容/ }).fill('走访仓库，年底备货需资金')
    await page.getByRole('button', { name: '添加承诺' }).click()
    await page.getByRole('textbox', { name: '承诺 1 事项' }).fill('送贴现报价')
    await page.getByRole('textbox', { name: '承诺 1 期限' }).fill('2026-11-23')
    await page.getByRole('textbox', { name: '承诺 1 期限' }).press('Tab')
    await page.getByRole('button', { name: '补充更多' }).click()
    await page.getByRole('textbox', { name: '经营' }).fill('新开一条剪切线')
    // at its end, where the bar of the form covers no field
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
    await looksRight(page, 'contact-form')
    // kept by itself every few seconds
    await page.getByText(/草稿.*已/).first().waitFor()
    const address = page.url()
    const again = await page.context().newPage()
    await page.close()
    await again.goto(address)
    await again.getByText('走访仓库，年底备货需资金').waitFor()
    await looksRight(again, 'contact-draft')
    await again.getByRole('button', { name: '提交' }).click()
    await heading(again, '太原北方钢铁贸易有限公司')
    await again.goto(`${story.address}/my-day`)
    await again.getByText('1/2 户').waitFor()
    await again.getByText('今天已联系 1').waitFor()
    // once among what was done today, once with the promise of today
    expect(await again.getByText('太原北方钢铁贸易有限公司').count()).toBe(2)
    // down to the contact
    await again.getByRole('link', { name: '本月联系覆盖率' }).click()
    await again.getByText('未联系').first().waitFor()
    await looksRight(again, 'contact-coverage')
    await again.getByRole('link', { name: /11-23/ }).first().click()
    await heading(again, '优质客户维护记录表')
    await again.getByText('走访仓库，年底备货需资金').waitFor()
    await again.getByText('新开一条剪切线').waitFor()
    // a photo of the visit, and what becomes of the promise
    await again.getByText('没有照片').waitFor()
    await again.getByRole('button', { name: '添加照片' }).click()
    await again.getByRole('dialog').locator('input[type=file]').setInputFiles({ name: '现场.jpg', mimeType: 'image/jpeg', buffer: await photo() })
    await again.getByRole('dialog').getByRole('button', { name: '提交' }).click()
    await again.getByRole('img', { name: '照片 1' }).waitFor()
    await again.getByRole('button', { name: '已兑现' }).waitFor()
    await looksRight(again, 'contact-record')
    const [file] = await Promise.all([again.waitForEvent('download'), (async () => {
      await again.getByRole('button', { name: '打印', exact: true }).click()
      await again.getByRole('dialog').getByRole('textbox', { name: /^用途/ }).fill('检查存档')
      await again.getByRole('dialog').getByRole('button', { name: '打印' }).click()
    })()])
    expect(file.suggestedFilename()).toMatch(/^维护记录表-WH2026-\d{6}\.pdf$/)
    await again.goto(`${story.address}/my-day`)
    await again.getByText(/送贴现报价/).first().click()
    await heading(again, '优质客户维护记录表')
    await again.getByRole('button', { name: '已兑现' }).click()
    await again.getByText('已处理').waitFor()
  })

  test('a day in the future is not taken: the sentence stands at the field', async () => {
    const page = await as(bank.staff.li, `/customers/${customers.shop}/contacts/new`)
    await heading(page, '记录联系')
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByRole('alert').first().waitFor()
    await page.getByText('请选择方式').first().waitFor()
    await page.getByText('请填写内容').first().waitFor()
  })

  test('the connection is cut in the middle: what was written waits on the phone, unreadable, outlives the tab, and is sent once', async () => {
    const page = await as(bank.staff.li, `/customers/${customers.cold}/contacts/new`)
    await heading(page, '记录联系')
    await page.getByText('见面', { exact: true }).click()
    await page.context().setOffline(true)
    await page.getByRole('textbox', { name: /^内容/ }).fill('地下冷库没有信号，店主说下月扩一间冷库')
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText('离线 · 1 条待发送').waitFor()
    const kept = await page.evaluate(() => new Promise<string>((resolve) => {
      const opening = indexedDB.open('yinqiao-kept')
      opening.onsuccess = () => {
        const all = opening.result.transaction('kept').objectStore('kept').getAll()
        all.onsuccess = () => resolve(all.result.map((one: { name: string; sealed: ArrayBuffer }) => `${one.name} ${new TextDecoder().decode(one.sealed)}`).join('\n'))
      }
    }))
    expect(kept).toContain('waits.')
    expect(kept).not.toMatch(/冷库|店主/)
    const again = await page.context().newPage()
    await page.close()
    await page.context().setOffline(false)
    await again.goto(`${story.address}/customers/${customers.cold}?tab=contacts`)
    await again.getByText('地下冷库没有信号，店主说下月扩一间冷库').waitFor()
    expect(await bank.look(`SELECT count(*)::int AS n, bool_and(kept_at IS NOT NULL) AS kept FROM contact WHERE summary LIKE '地下冷库%'`)).toEqual([{ n: 1, kept: true }])
    await again.goto(`${story.address}/waiting`)
    await again.getByText('没有待发送的内容').waitFor()
  })

  test('a way that is one-sided says that it does not count', async () => {
    const page = await as(bank.staff.li, `/customers/${customers.shop}/contacts/new`)
    await page.getByText('节日问候', { exact: true }).click()
    await page.getByText('此方式为单向，不计入联系要求').waitFor()
    await page.getByText('企业微信', { exact: true }).click()
    await page.getByText('客户已回复').waitFor()
  })
})

describe('at the desk', () => {
  test('corrected and voided with a reason, the old record stays to be seen', async () => {
    const { li } = bank.staff
    const id = newId()
    await bank.ask(li, recordContact, { params: { customerId: customers.shop }, body: { id, mode: 'PHONE', businessDate: '2026-11-20', summary: '电话核对地址' } })
    const page = await as(li, `/customers/${customers.shop}?tab=contacts`, 1440)
    await page.getByText('电话核对地址').waitFor()
    await page.getByRole('button', { name: '更正' }).first().click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('textbox', { name: /^内容/ }).fill('电话核对地址和开户日')
    await drawer.getByRole('textbox', { name: /^更正原因/ }).fill('漏记开户日')
    await drawer.getByRole('button', { name: '更正', exact: true }).click()
    await page.getByText('电话核对地址和开户日').waitFor()
    await page.getByRole('button', { name: '作废', exact: true }).first().click()
    await page.getByRole('dialog').getByRole('textbox', { name: /^作废原因/ }).fill('记错客户')
    await page.getByRole('dialog').getByRole('button', { name: '作废', exact: true }).click()
    await page.getByText('还没有联系记录').waitFor()
    await page.getByRole('button', { name: '含已作废' }).click()
    await page.getByText('作废原因：漏记开户日').waitFor()
    await page.getByText('作废原因：记错客户').waitFor()
    await looksRight(page, 'contact-void')
  })

  test('a restricted text opens for its reader, and the assisting manager sees no trace of it', async () => {
    const { li, wang } = bank.staff
    await bank.ask(li, recordContact, { params: { customerId: customers.steel }, body: { id: newId(), mode: 'VISIT', businessDate: '2026-11-19', summary: '例行走访', restricted: { text: '拟更换控制人', readers: [] } } })
    const mine = await as(li, `/customers/${customers.steel}?tab=contacts`, 1440)
    await mine.getByText(/限制内容 · 李晓雯/).waitFor()
    await mine.getByRole('button', { name: '查看', exact: true }).first().click()
    await mine.getByText('拟更换控制人').waitFor()
    const his = await as(wang, `/customers/${customers.steel}?tab=contacts`, 1440)
    await his.getByText('例行走访').waitFor()
    expect(await his.getByText(/限制内容 ·|拟更换/).count()).toBe(0)
    const compliance = await as(bank.staff.compliance, '/restricted-texts', 1440)
    await compliance.getByText('太原北方钢铁贸易有限公司').first().waitFor()
  })

  test('notes of the anti-money-laundering desk are there for the desk and for nobody else', async () => {
    const { aml, admin, branchHead } = bank.staff
    await bank.ask(aml, addSecretNote, { params: { customerId: customers.steel }, body: { id: newId(), text: '资金快进快出' } })
    const desk = await as(aml, '/secret-notes', 1440)
    await desk.getByText('太原北方钢铁贸易有限公司').waitFor()
    await desk.getByRole('button', { name: /^查看/ }).click()
    await desk.getByText('资金快进快出').waitFor()
    for (const other of [branchHead, admin]) {
      const page = await as(other, '/secret-notes', 1440)
      await page.getByText('没有您可读的备注').waitFor()
      expect(await page.getByText('太原北方钢铁贸易有限公司').count()).toBe(0)
    }
  })

  test('a head sees his people, worst first, and opens one down to the customers', async () => {
    const page = await as(bank.staff.lead, '/my-day', 1440)
    await heading(page, '团队的一天')
    await looksRight(page, 'team-day')
    await page.getByRole('link', { name: '李晓雯' }).first().click()
    await page.getByText('李晓雯的核心客户').first().waitFor()
    await page.getByRole('link', { name: '太原北方钢铁贸易有限公司' }).waitFor()
  })

  test('a post without customers is told what it can do', async () => {
    const page = await as(bank.staff.reviewer, '/my-day', 1440)
    await page.getByText('您可以办理').waitFor()
    await looksRight(page, 'other-home')
  })
})
