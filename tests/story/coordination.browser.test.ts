import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../src/routes.ts'
import { looksRight } from '../support/looks-right.ts'
import { smallBank, type Colleague, type SmallBank } from '../support/small-bank.ts'
import { openStoryDesk, type StoryDesk } from '../support/story-desk.ts'

// A manager asks another department about a customer, its head accepts on the phone and sees the customer meanwhile; HR collects a form that a manager fills in on the phone and the head of his outlet confirms.

let bank: SmallBank
let story: StoryDesk
let customerId: string
beforeAll(async () => {
  bank = await smallBank(routes)
  customerId = await bank.customer({ main: bank.staff.li, name: '密云化工有限公司' })
  story = await openStoryDesk(bank)
}, 300_000)
afterAll(() => story?.close())

const as = (person: Colleague, path: string, width: number): Promise<Page> => story.as(person, path, width)
const fill = (page: Page, label: RegExp, text: string): Promise<void> => page.getByRole('textbox', { name: label }).fill(text)

describe('internal coordination', () => {
  test('asked at the desk, accepted and reported on the phone, closed at the desk', async () => {
    const { li, otherBranchHead } = bank.staff
    const desk = await as(li, '/coordination', 1440)
    await desk.getByText('没有等您处理的协调事项').waitFor()
    await looksRight(desk, 'coordination-empty')
    await desk.goto(`${story.address}/coordination/new?customer=${customerId}`)
    await fill(desk, /^事项/, '厂区抵押物核实')
    await fill(desk, /^需要协调的内容/, '请贵行协助核实厂区抵押物现状')
    await desk.getByRole('combobox', { name: /承办部门/ }).fill('西城')
    await desk.getByTitle('西城分行').or(desk.getByText('西城分行')).last().click()
    await looksRight(desk, 'coordination-ask')
    await desk.locator('input[id*="dueOn"]').first().fill('2026-12-04')
    // Enter takes the day; the form is sent by its button
    await desk.keyboard.press('Enter')
    await desk.getByRole('button', { name: '发起协调', exact: true }).click()
    await desk.getByRole('heading', { level: 1, name: '厂区抵押物核实' }).waitFor()
    await looksRight(desk, 'coordination-case')

    const phone = await as(otherBranchHead, '/coordination', 375)
    await phone.getByText('厂区抵押物核实').first().click()
    await phone.getByText('涉及客户，受理后可查看').waitFor()
    await phone.getByRole('button', { name: '受理', exact: true }).first().click()
    await phone.getByRole('dialog').getByRole('button', { name: '受理' }).click()
    await phone.getByRole('link', { name: '密云化工有限公司' }).waitFor()
    await looksRight(phone, 'coordination-case')
    await phone.getByRole('button', { name: '报告完成', exact: true }).first().click()
    await phone.getByRole('textbox', { name: /^办理结果/ }).fill('现场照片和查档结果已交')
    await phone.getByRole('dialog').getByRole('button', { name: '报告完成' }).click()
    await phone.getByText('待办结').first().waitFor()

    await desk.reload()
    await desk.getByRole('button', { name: '办结', exact: true }).first().click()
    await desk.getByRole('textbox', { name: /^办理结果/ }).fill('核实报告 12 号')
    await desk.getByRole('dialog').getByRole('button', { name: '办结' }).click()
    await desk.getByText('已办结').first().waitFor()
    await desk.close()
    // it is over: the customer is in sight no more
    await phone.goto(`${story.address}/customers/${customerId}`)
    await phone.getByText('没有找到，或不在您的权限内').first().waitFor()
  })
})

describe('a collection form', () => {
  test('built and sent out at the desk, filled in on the phone, confirmed by the head of the outlet, merged at the desk', async () => {
    const { hr, li, outletHead } = bank.staff
    const desk = await as(hr, '/collection-forms/new', 1440)
    await fill(desk, /^表名/, '旺季人员需求')
    await fill(desk, /^用途与依据/, '旺季排班')
    await desk.locator('input[id*="dueOn"]').first().fill('2026-11-27')
    await desk.keyboard.press('Enter')
    await desk.getByRole('textbox', { name: '第 1 栏 栏目名称' }).fill('需增援人数')
    await desk.getByRole('checkbox', { name: '须经网点负责人确认才算报送' }).check()
    await looksRight(desk, 'forms-build')
    await desk.getByRole('button', { name: '保存', exact: true }).last().click()
    await desk.getByText('将收 4 份').waitFor()
    await desk.getByRole('button', { name: '发出', exact: true }).click()
    await desk.getByRole('dialog').getByRole('button', { name: '发出' }).click()
    await desk.getByText('0/4').first().waitFor()

    const phone = await as(li, '/collection-forms', 375)
    await looksRight(phone, 'forms-list')
    await phone.getByText('旺季人员需求').first().click()
    await phone.getByRole('textbox', { name: /需增援人数/ }).fill('两')
    await phone.getByText('应为整数').waitFor()
    await phone.getByRole('textbox', { name: /需增援人数/ }).fill('2')
    await looksRight(phone, 'forms-answer')
    await phone.getByRole('button', { name: '报送', exact: true }).click()
    await phone.getByText('待 孙涛 确认').first().waitFor()

    await desk.reload()
    await desk.getByText('0/4（待确认 1）').first().waitFor()
    const head = await as(outletHead, '/my-day', 375)
    await head.getByText(/旺季人员需求：1 份待确认/).first().click()
    // in sight without scrolling sideways
    expect((await head.getByRole('button', { name: '退回 李晓雯 修改' }).boundingBox())?.x).toBeLessThan(300)
    await looksRight(head, 'forms-to-confirm')
    await head.getByRole('link', { name: '李晓雯' }).click()
    await head.getByRole('button', { name: '退回修改' }).waitFor()
    await looksRight(head, 'forms-confirm-answer')
    await head.getByRole('button', { name: '确认', exact: true }).click()
    await head.getByRole('dialog').getByRole('button', { name: '确认', exact: true }).click()
    await head.getByText(/孙涛 于 .* 确认/).waitFor()

    await desk.reload()
    await desk.getByText('1/4').first().waitFor()
    await desk.getByText('合计').waitFor()
    await looksRight(desk, 'forms-merged')
  })

  test('head office asks about customers, with a file: filled in on the phone, confirmed, merged and exported; a column that a ledger holds waits for its owner', async () => {
    const { leader, li, outletHead, compliance } = bank.staff
    const desk = await as(leader, '/collection-forms/new', 1440)
    await fill(desk, /^表名/, '年末续作意向')
    await fill(desk, /^用途与依据/, '年末资金安排')
    await desk.locator('input[id*="dueOn"]').first().fill('2026-11-27')
    await desk.keyboard.press('Enter')
    await desk.getByRole('radio', { name: /每位客户一行/ }).check()
    await fill(desk, /^客户信息使用目的/, '安排年末续作额度')
    const choose = async (place: number, type: string): Promise<void> => {
      await desk.getByRole('combobox', { name: `第 ${place} 栏 类型` }).click()
      await desk.locator('.ant-select-item-option:visible', { hasText: type }).last().click()
    }
    await desk.getByRole('textbox', { name: '第 1 栏 栏目名称' }).fill('管户数')
    await desk.getByRole('button', { name: '加一栏' }).click()
    await desk.getByRole('textbox', { name: '第 2 栏 栏目名称' }).fill('意向书')
    await choose(2, '附件')
    await desk.getByRole('checkbox', { name: '须经网点负责人确认才算报送' }).check()
    await looksRight(desk, 'forms-build-customers')
    await desk.getByRole('button', { name: '保存', exact: true }).last().click()
    // the ledger has the first column: its owner would have to release it
    await desk.getByText('将收 1 份，涉及 1 位客户').waitFor()
    await desk.getByText(/系统里可看客户列表/).waitFor()
    await looksRight(desk, 'forms-review-waits')
    const owner = await as(compliance, '/my-day', 375)
    await owner.getByText(/放行收表栏目：管户数/).first().click()
    await looksRight(owner, 'forms-reviews')
    await owner.getByRole('button', { name: '不予放行“管户数”' }).first().click()
    await owner.getByRole('textbox', { name: /^原因/ }).fill('请直接看客户列表')
    await owner.getByRole('dialog').getByRole('button', { name: '不予放行', exact: true }).click()
    await owner.getByText('没有待放行的栏目').waitFor()
    await desk.reload()
    await desk.getByText(/沈严 于 .*：请直接看客户列表/).waitFor()
    // he asks for something that no ledger holds
    await desk.getByRole('button', { name: '新建收表', exact: true }).click()
    await desk.getByRole('textbox', { name: '第 1 栏 栏目名称' }).fill('拟续作金额')
    await choose(1, '金额（元）')
    await desk.getByRole('button', { name: '保存', exact: true }).last().click()
    await desk.getByText('将收 1 份，涉及 1 位客户').waitFor()
    await desk.getByRole('button', { name: '发出', exact: true }).click()
    await desk.getByRole('dialog').getByRole('button', { name: '发出' }).click()
    await desk.getByText('0/1').first().waitFor()

    const phone = await as(li, '/collection-forms', 375)
    await phone.getByText('年末续作意向').first().click()
    await phone.getByRole('heading', { name: /密云化工有限公司/ }).waitFor()
    await phone.getByRole('textbox', { name: /拟续作金额/ }).fill('50万')
    await phone.getByRole('button', { name: '为“意向书”上传附件' }).click()
    const drawer = phone.getByRole('dialog')
    await drawer.locator('input[type=file]').setInputFiles({ name: '意向书.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF') })
    await looksRight(phone, 'forms-attach')
    await drawer.getByRole('button', { name: '上传附件' }).last().click()
    await phone.getByRole('button', { name: '移除 意向书.pdf' }).waitFor()
    await phone.getByText('已填 1/1 位客户').waitFor()
    await looksRight(phone, 'forms-answer-customers')
    // saved, the customer stands in one line until he is opened again
    await phone.getByRole('button', { name: '存草稿' }).click()
    await phone.getByRole('button', { name: '修改 密云化工有限公司' }).waitFor()
    expect(await phone.getByRole('textbox', { name: /拟续作金额/ }).count()).toBe(0)
    await looksRight(phone, 'forms-answer-folded')
    await phone.getByRole('button', { name: '修改 密云化工有限公司' }).click()
    await phone.getByRole('textbox', { name: /拟续作金额/ }).waitFor()
    await phone.getByRole('button', { name: '报送', exact: true }).click()
    await phone.getByText('待 孙涛 确认').first().waitFor()
    await looksRight(phone, 'forms-answer-customers-read')

    const head = await as(outletHead, '/my-day', 375)
    await head.getByText(/年末续作意向：1 份待确认/).first().click()
    // his day names her too, with a link to her coverage: the page of the form must have come first
    await head.getByRole('heading', { name: '年末续作意向', level: 1 }).waitFor()
    await head.getByRole('link', { name: '李晓雯' }).click()
    await head.getByText('密云化工有限公司').waitFor()
    await head.getByRole('button', { name: '确认', exact: true }).click()
    await head.getByRole('dialog').getByRole('button', { name: '确认', exact: true }).click()
    await head.getByText(/孙涛 于 .* 确认/).waitFor()

    await desk.reload()
    await desk.getByText('1/1').first().waitFor()
    await desk.getByText('密云化工有限公司').waitFor()
    await looksRight(desk, 'forms-merged-customers')
    await desk.getByRole('button', { name: '下载 意向书.pdf' }).click()
    await desk.getByRole('textbox', { name: /^用途/ }).fill('核对意向')
    const [file] = await Promise.all([desk.waitForEvent('download'), desk.getByRole('dialog').getByRole('button', { name: '下载' }).click()])
    expect(file.suggestedFilename()).toBe('意向书.pdf')
    await desk.getByRole('dialog').waitFor({ state: 'hidden' })
    await desk.getByRole('button', { name: '导出汇总', exact: true }).click()
    await desk.getByRole('textbox', { name: /^用途/ }).fill('年末续作汇报')
    const [book] = await Promise.all([desk.waitForEvent('download'), desk.getByRole('dialog').getByRole('button', { name: '导出汇总' }).click()])
    expect(book.suggestedFilename()).toMatch(/^SB2026-\d{4}-2026-11-23\.xlsx$/)
    // in English, on the phone too
    for (const width of [1440, 375]) {
      const page = await as(leader, new URL(desk.url()).pathname, width)
      await page.evaluate(() => localStorage.setItem('yq.settings', JSON.stringify({ ...JSON.parse(localStorage.getItem('yq.settings') ?? '{}'), language: 'en' })))
      await page.reload()
      await page.getByText('What the customers’ data is needed for').waitFor()
      await looksRight(page, 'forms-merged-customers-en')
      await page.close()
    }
  })
})
