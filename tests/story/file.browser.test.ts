import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCustomer } from '../../src/customers/customer.contract.ts'
import { getFile, saveGroup, type FileView } from '../../src/customers/file/file.contract.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { routes } from '../../src/routes.ts'
import { looksRight } from '../support/looks-right.ts'
import { smallBank, today, type Colleague, type SmallBank } from '../support/small-bank.ts'
import { openStoryDesk, type StoryDesk } from '../support/story-desk.ts'

// A manager completes the file of a customer, on the phone and at the desk: what is missing says what to do, each part is saved on its own.

let bank: SmallBank
let story: StoryDesk
let steel: string
let person: string
beforeAll(async () => {
  bank = await smallBank(routes)
  const { li, wang } = bank.staff
  steel = await bank.customer({ main: li, assist: wang, name: '太原北方钢铁贸易有限公司' })
  const made = await bank.ask(li, createCustomer, { body: { id: newId(), kind: 'PERSON', name: '欧阳若兰', identity: { kind: 'RESIDENT_ID', number: '140105199003072317', expiresOn: '2026-12-10' }, phone: '138 1234 5678' } })
  person = String(made.body['customerId'])
  story = await openStoryDesk(bank)
}, 300_000)
afterAll(() => story?.close())

const as = (who: Colleague, customerId: string, width: number): Promise<Page> => story.as(who, `/customers/${customerId}?tab=file`, width)
const fileOf = async (customerId: string): Promise<FileView> => (await bank.ask(bank.staff.li, getFile, { params: { customerId } })).body as unknown as FileView
const choose = async (page: Page, label: string | RegExp, option: string): Promise<void> => {
  await page.getByRole('combobox', { name: label }).click()
  await page.locator('.ant-select-dropdown:visible').getByText(option, { exact: true }).click()
}
const saved = (page: Page): Promise<void> => page.getByText('已保存').first().waitFor()
// what lies half under a bar that sticks has no size of its own: the page is looked at from its top
const right = async (page: Page, name: string): Promise<void> => {
  await page.evaluate(() => scrollTo(0, 0))
  await looksRight(page, name)
}
const pdf = { name: '营业执照.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF') }
const picture = { name: '营业执照.pdf', mimeType: 'application/pdf', buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]) }

describe.each([375, 1440])('at %i pixels', (width) => {
  const phone = width === 375
  test('the file says what is missing; a person with a wrong number is refused at the field, with the right one taken', async () => {
    const page = await as(bank.staff.li, steel, width)
    await page.getByRole('heading', { name: '档案完整度' }).waitFor()
    // the first six are shown; the head of finance stands behind the beneficial owners
    if (!phone) await page.getByRole('button', { name: /^全部 \d+ 项$/ }).click()
    await page.getByRole('link', { name: phone ? '补全法定代表人（或负责人）的证件和电话' : '登记财务负责人' }).click()
    await page.getByRole('button', { name: '新增企业人员' }).click()
    const drawer = page.getByRole('dialog')
    await choose(page, /^身份/, phone ? '法定代表人' : '财务负责人')
    await drawer.getByRole('textbox', { name: /^姓名/ }).fill(phone ? '张建国' : '李会计')
    await choose(page, /^证件种类/, '居民身份证')
    await drawer.getByRole('textbox', { name: /^证件号码/ }).fill('140105199003072316')
    await drawer.getByRole('textbox', { name: /^电话/ }).fill('13935123456')
    await drawer.getByRole('button', { name: '保存' }).click()
    await drawer.getByText(/校验不符/).first().waitFor()
    await right(page, 'file-person')
    await drawer.getByRole('textbox', { name: /^证件号码/ }).fill('140105199003072317')
    await drawer.getByRole('button', { name: '保存' }).click()
    await saved(page)
    await page.getByText('139****3456').first().waitFor()
    expect(await page.getByRole('link', { name: phone ? '补全法定代表人（或负责人）的证件和电话' : '登记财务负责人' }).count()).toBe(0)
    await page.close()
  })

  test('a scan: a picture named .pdf is told at once; the right file is kept, and given back with a purpose', async () => {
    const page = await as(bank.staff.li, steel, width)
    await page.getByRole('button', { name: '新增资料' }).click()
    const drawer = page.getByRole('dialog')
    await choose(page, /^资料种类/, phone ? '营业执照' : '公司章程')
    await drawer.getByLabel('扫描件').setInputFiles(picture)
    await drawer.getByText('文件名与内容不符：内容是JPEG 图片').waitFor()
    await drawer.getByLabel('扫描件').setInputFiles(pdf)
    await drawer.getByText('营业执照.pdf').waitFor()
    await drawer.getByRole('button', { name: '保存' }).click()
    await saved(page)
    await page.getByText('扫描件：营业执照.pdf').first().waitFor()
    await page.getByRole('button', { name: '下载：营业执照.pdf' }).first().click()
    await page.getByRole('dialog').getByRole('textbox', { name: /^用途/ }).fill('核对执照')
    const arrives = page.waitForEvent('download')
    await page.getByRole('dialog').getByRole('button', { name: '下载' }).click()
    expect((await arrives).suggestedFilename()).toBe('营业执照.pdf')
    await page.close()
  })

  test('somebody else saved meanwhile: one chooses field by field, nothing is lost', async () => {
    const { li, wang } = bank.staff
    const page = await as(li, steel, width)
    await page.getByRole('button', { name: '编辑经营概况' }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('textbox', { name: /^员工人数/ }).fill(String(width))
    await drawer.getByRole('textbox', { name: /^主要产品/ }).fill(`钢材 ${width}`)
    const profile = (await fileOf(steel)).groups.find((one) => one.code === 'PROFILE')
    const other = await bank.ask(wang, saveGroup, { params: { customerId: steel }, body: { group: 'PROFILE', edition: profile?.edition, values: { staffCount: width + 1, industryCode: phone ? 'F5164' : 'F5165' } } })
    expect(other.status).toBe(200)
    await drawer.getByRole('button', { name: '保存' }).click()
    await drawer.getByText(/王凯 .* 改过这一部分。未冲突的字段已更新/).waitFor()
    await right(page, 'file-conflict')
    await drawer.getByText(new RegExp(`用对方的：${(width + 1).toLocaleString('en-US')}`)).click()
    await drawer.getByRole('button', { name: '保存' }).click()
    await saved(page)
    const now = (await fileOf(steel)).groups.find((one) => one.code === 'PROFILE')?.values
    expect(now).toMatchObject({ staffCount: width + 1, mainProducts: `钢材 ${width}`, industryCode: phone ? 'F5164' : 'F5165' })
    await page.close()
  })

  test('a contact’s attitude is changed in place; a consent is given and withdrawn', async () => {
    const page = await as(bank.staff.li, person, width)
    await page.getByRole('button', { name: '新增联系人' }).click()
    await page.getByRole('dialog').getByRole('textbox', { name: /^姓名/ }).fill(`王女士${width}`)
    await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
    await page.getByText(`王女士${width}`).first().waitFor()
    const card = page.getByRole('listitem').filter({ hasText: `王女士${width}` })
    // an empty note is no line of its own; the attitude invites to be chosen
    expect(await card.getByText('备注').count()).toBe(0)
    await card.getByRole('combobox', { name: '对我行态度' }).click()
    await page.locator('.ant-select-dropdown:visible').getByText('支持', { exact: true }).click()
    await expect.poll(async () => (await fileOf(person)).lists.find((one) => one.code === 'CONTACTS')?.rows.find((row) => row.values['contactName'] === `王女士${width}`)?.values['attitude']).toBe('SUPPORTIVE')

    await page.getByRole('button', { name: '新增同意与授权' }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByText('营销信息', { exact: true }).click()
    await drawer.getByRole('textbox', { name: /^授权用途/ }).fill('接收理财产品信息')
    await drawer.getByText('书面签字').click()
    // Enter takes the day; the form, complete by now, is not sent by it
    await drawer.getByRole('textbox', { name: /^给予日期/ }).fill(today)
    await page.keyboard.press('Enter')
    await page.locator('.ant-picker-dropdown:visible').waitFor({ state: 'detached' })
    await page.waitForTimeout(300)
    expect(await drawer.count()).toBe(1)
    await drawer.getByRole('button', { name: '保存' }).click()
    await page.getByText('接收理财产品信息').first().waitFor()
    await page.getByRole('button', { name: /^撤回 营销信息/ }).click()
    await page.getByRole('dialog').getByRole('textbox', { name: /^撤回方式/ }).fill('电话撤回，录音留存')
    await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click()
    await page.getByRole('button', { name: /^撤回 营销信息/ }).waitFor({ state: 'detached' })
    await right(page, 'file-of-person')
    await page.close()
  })

  test('a phone is replaced: the former one is seen on demand, with day and reason', async () => {
    const [before, after] = phone ? ['138****5678', '137****0375'] : ['137****0375', '136****1440']
    const page = await as(bank.staff.li, person, width)
    await page.getByRole('button', { name: `停用或更换 ${before}` }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('textbox', { name: /^新电话/ }).fill(phone ? '13700000375' : '13600001440')
    await drawer.getByRole('textbox', { name: /^修改原因/ }).fill('客户换号')
    await right(page, 'file-phone')
    await drawer.getByRole('button', { name: '保存' }).click()
    await page.getByRole('button', { name: `停用或更换 ${after}` }).waitFor()
    expect(await page.getByText(before).count()).toBe(0)
    await page.getByRole('button', { name: '含已终止' }).click()
    await page.getByText('曾用电话').first().waitFor()
    await page.getByText(`${today} 停用：客户换号`).first().waitFor()
    await right(page, 'file-former-phone')
    await page.close()
  })

  test('the whole file looks right', async () => {
    const page = await as(bank.staff.li, steel, width)
    await page.getByRole('heading', { name: '企业人员' }).waitFor()
    await right(page, 'file-of-company')
    await page.close()
  })
})
