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
    // Enter takes the day and sends the form
    await desk.keyboard.press('Enter')
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
})
