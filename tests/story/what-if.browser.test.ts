import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settleMonth } from '../../src/flows/settle-month.ts'
import { routes } from '../../src/routes.ts'
import { looksRight } from '../support/looks-right.ts'
import { pieces } from '../support/pay-pieces.ts'
import { smallBank, type SmallBank } from '../support/small-bank.ts'
import { heading, openStoryDesk, type StoryDesk } from '../support/story-desk.ts'

// A manager asks on the phone what two more loans of 500,000 yuan would have brought.

let bank: SmallBank
let story: StoryDesk
beforeAll(async () => {
  bank = await smallBank(routes)
  await (await pieces(bank)).monthOfLi()
  expect((await settleMonth(bank.services, { month: '2026-10', scheme: 'POINTS', dryRun: false })).ok).toBe(true)
  story = await openStoryDesk(bank)
}, 300_000)
afterAll(() => story?.close())

describe('what if', () => {
  test.each([375, 1440])('two more loans of 500,000 yuan, at %i', async (width) => {
    const page = await story.as(bank.staff.li, '/what-if', width)
    await heading(page, '我的测算')
    const loan = page.getByRole('group', { name: '新发放贷款 1' })
    await loan.getByRole('textbox', { name: '笔数' }).fill('2')
    await loan.getByRole('textbox', { name: '每笔金额（元）' }).fill('500000')
    await loan.getByRole('textbox', { name: '放款日' }).fill('2026-10-22')
    await page.getByRole('button', { name: /^试\s?算$/ }).click()
    await page.getByText('1,124.92', { exact: false }).first().waitFor()
    for (const figure of ['756.00', '368.92']) expect(await page.getByText(figure, { exact: false }).count(), figure).toBeGreaterThan(0)
    await looksRight(page, 'what-if-loans')
    await page.context().close()
  })
})
