import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../src/routes.ts'
import { looksRight } from '../support/looks-right.ts'
import { smallBank, type Colleague, type SmallBank } from '../support/small-bank.ts'
import { openStoryDesk, type StoryDesk } from '../support/story-desk.ts'

// A manager plans an appointment on the phone and finds it on his day; recording the visit closes it. A head prepares and holds the morning meeting: the agenda stands written, the wall shows it masked, an action
// becomes the manager's task, the minutes are fetched.

let bank: SmallBank
let story: StoryDesk
beforeAll(async () => {
  bank = await smallBank(routes)
  story = await openStoryDesk(bank)
}, 300_000)
afterAll(() => story?.close())

const as = (person: Colleague, path: string, width: number): Promise<Page> => story.as(person, path, width)

/** What of the one page does not fit: the page itself when it would scroll, and each block whose lines are cut. */
const cutOff = (page: Page): Promise<string[]> => page.evaluate(() => [...document.querySelectorAll('.yq-wall, .yq-piece')].filter((one) => one.scrollHeight > one.clientHeight).map((one) => `${one.className} ${one.getAttribute('data-topic') ?? ''} ${one.scrollHeight} > ${one.clientHeight}`))

describe('an appointment', () => {
  test('planned on the phone, found on the day, moved and seen in the calendar at the desk, closed by recording the visit', async () => {
    const { li, lead } = bank.staff
    const customerId = await bank.customer()
    const phone = await as(li, `/customers/${customerId}`, 375)
    await phone.getByRole('button', { name: '安排日程' }).click()
    const drawer = phone.getByRole('dialog')
    await drawer.getByRole('textbox', { name: /^事由/ }).fill('旺季资金安排')
    await drawer.getByRole('textbox', { name: /^地点/ }).fill('开发区晋泰大厦')
    await looksRight(phone, 'meetings-plan')
    await drawer.getByRole('button', { name: '安排日程' }).click()
    await drawer.waitFor({ state: 'detached' })
    await phone.getByRole('button', { name: /山西晋泰新材料有限公司/ }).first().waitFor()
    await looksRight(phone, 'meetings-week')
    await phone.getByText('月', { exact: true }).click()
    await phone.getByRole('button', { name: /11-23 周一 的日程/ }).waitFor()
    await looksRight(phone, 'meetings-month')

    await phone.goto(`${story.address}/my-day`)
    await phone.getByRole('listitem').filter({ hasText: '旺季资金安排' }).waitFor()
    await looksRight(phone, 'meetings-day')

    const desk = await as(lead, '/calendar?team=true&view=month', 1440)
    await desk.getByRole('button', { name: /山西晋泰新材料有限公司/ }).first().waitFor()
    await looksRight(desk, 'meetings-month')
    await desk.getByText('周', { exact: true }).click()
    await desk.getByRole('button', { name: /09:30–10:30 山西晋泰/ }).click()
    await desk.getByRole('dialog').getByText('旺季资金安排').waitFor()
    await looksRight(desk, 'meetings-appointment')

    const line = phone.getByRole('listitem').filter({ hasText: '旺季资金安排' })
    await line.getByRole('link', { name: /记录联系/ }).click()
    await phone.getByText('见面', { exact: true }).click()
    await phone.getByRole('textbox', { name: /^内容/ }).fill('旺季资金约 500 万元，月末到账')
    await phone.getByRole('button', { name: '提交', exact: true }).click()
    await phone.waitForURL(new RegExp(`/customers/${customerId}$`))
    await phone.goto(`${story.address}/calendar`)
    await phone.getByRole('button', { name: /山西晋泰新材料有限公司.*已办/ }).waitFor()
    expect(await bank.look(`SELECT state FROM appointment`)).toEqual([{ state: 'DONE' }])
  })
})

describe('the morning meeting', () => {
  test('prepared, projected, an action, attendance, closed, the minutes fetched', async () => {
    const { lead, wang } = bank.staff
    await bank.customer({ kind: 'PERSON', name: '张建国', main: wang })
    const desk = await as(lead, '/meetings', 1440)
    await desk.getByRole('button', { name: '准备晨会' }).click()
    await desk.getByText('核心客户本月已联系', { exact: false }).waitFor()
    const write = async (part: string, words: string): Promise<void> => {
      await desk.getByRole('button', { name: `填写 ${part}` }).click()
      const drawer = desk.getByRole('dialog')
      await drawer.getByRole('textbox', { name: /^内容/ }).fill(words)
      await drawer.getByRole('checkbox', { name: '已进行' }).check()
      await drawer.getByRole('button', { name: '填写', exact: true }).click()
      await drawer.waitFor({ state: 'detached' })
      await desk.getByText(words).waitFor()
    }
    await write('宣布目标', '本月存款净增 800 万元，时间进度 76%')
    await write('通知与安排', '周三下午反洗钱培训')
    await desk.getByRole('button', { name: '开始', exact: true }).click()
    await desk.getByText('进行中').waitFor()
    await desk.evaluate(() => window.scrollTo(0, 0))
    await looksRight(desk, 'meetings-meeting')

    await desk.getByRole('button', { name: '投影' }).click()
    // the morning on one page, whole at both widths of a wall; a digit or a click leads to a topic, Home back
    await desk.getByRole('heading', { level: 1, name: '晨会一屏' }).waitFor()
    await desk.getByText('本月存款净增 800 万元，时间进度 76%').waitFor()
    await desk.getByText('还没有存款数据').waitFor()
    for (const [width, height] of [[1920, 1080], [1440, 900]] as const) {
      await desk.setViewportSize({ width, height })
      expect(await cutOff(desk), `${width}`).toEqual([])
      await looksRight(desk, 'meetings-one')
    }
    await desk.keyboard.press('3')
    await desk.getByRole('heading', { level: 1, name: '大额变动' }).waitFor()
    await desk.keyboard.press('Home')
    await desk.getByRole('button', { name: '逾期任务' }).click()
    await desk.getByRole('heading', { level: 1, name: '逾期任务 0' }).waitFor()
    await desk.getByRole('button', { name: '晨会一屏' }).click()
    await desk.keyboard.press('ArrowRight')
    await desk.getByRole('heading', { level: 1, name: '宣布目标' }).waitFor()
    for (let step = 0; step < 5; step += 1) await desk.keyboard.press('ArrowRight')
    await desk.getByText('张*').first().waitFor()
    expect(await desk.getByText('张建国').count()).toBe(0)
    await looksRight(desk, 'meetings-wall')
    await desk.keyboard.press('a')
    const drawer = desk.getByRole('dialog')
    await drawer.getByRole('textbox', { name: /^事项/ }).fill('约见晋泰财务负责人')
    await drawer.getByRole('combobox', { name: /责任人/ }).click()
    await desk.getByTitle('王凯', { exact: true }).last().click()
    await drawer.getByRole('button', { name: '添加行动项' }).click()
    await drawer.waitFor({ state: 'detached' })
    await desk.getByRole('button', { name: '返回' }).click()
    await desk.getByRole('link', { name: '约见晋泰财务负责人' }).waitFor()
    await desk.getByRole('button', { name: '其余全部到会' }).click()
    await desk.getByText('到会 5/5').waitFor()
    await desk.getByRole('button', { name: '结束晨会' }).click()
    await desk.getByRole('dialog').getByRole('button', { name: '结束晨会' }).click()
    const [download] = await Promise.all([desk.waitForEvent('download'), desk.getByRole('link', { name: '下载晨会记录' }).click()])
    expect(decodeURIComponent(download.suggestedFilename())).toBe('晨会记录-城南网点-2026-11-23.docx')

    const phone = await as(wang, '/tasks', 375)
    await phone.getByText('约见晋泰财务负责人').first().waitFor()
    await phone.goto(`${story.address}${new URL(desk.url()).pathname}/screen`)
    await phone.getByRole('button', { name: '宣布目标' }).waitFor()
    // a manager is told no deposits of the unit
    expect(await phone.getByRole('button', { name: '存款', exact: true }).count()).toBe(0)
    await looksRight(phone, 'meetings-one')
    await phone.getByRole('button', { name: '表扬' }).click()
    await phone.getByRole('heading', { level: 1, name: '表扬' }).waitFor()
    await looksRight(phone, 'meetings-wall')
    await phone.goto(`${story.address}/meetings`)
    await phone.getByText('5/5').waitFor()
    await looksRight(phone, 'meetings-list')
  })
})
