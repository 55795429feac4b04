import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settleMonth } from '../../src/flows/settle-month.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { workOutForecast } from '../../src/performance/statement/work-out-forecast.ts'
import { workOutIndicators } from '../../src/performance/work-out-indicators.ts'
import { routes } from '../../src/routes.ts'
import { pdfPages } from '../support/pdf-text.ts'
import { looksRight } from '../support/looks-right.ts'
import { smallBank, type Colleague, type SmallBank } from '../support/small-bank.ts'
import { heading, openStoryDesk, type StoryDesk } from '../support/story-desk.ts'

// Pay on screen: from the pay down to the booking, facts by form with two people, settling and closing with two people, another's statement with a purpose.

let bank: SmallBank
let story: StoryDesk
let desk: Colleague
let second: Colleague
beforeAll(async () => {
  bank = await smallBank(routes)
  desk = await bank.colleague('马绩', 'PERFORMANCE', bank.units.head.key)
  second = await bank.colleague('卢效', 'PERFORMANCE', bank.units.head.key)
  const customerId = await bank.customer({ main: bank.staff.li, assist: bank.staff.wang })
  const accountId = newId()
  await bank.look(`INSERT INTO product (code, name, name_en, line) VALUES ('D1', '活期', 'd', 'DEPOSIT'), ('L103', '小额', 's', 'LOAN')`)
  await bank.look(`INSERT INTO account (customer_id, id, core_key, product_code, outlet_key, opened_on) VALUES ($1, $2, 'A1', 'D1', $3, '2021-05-06')`, [customerId, accountId, bank.units.south.key])
  await bank.look(`INSERT INTO balance_span (customer_id, account_id, from_date, balance_fen) VALUES ($1, $2, '2026-01-01', 1000000000)`, [customerId, accountId])
  await bank.look(`INSERT INTO account_transaction (customer_id, id, account_id, core_key, booked_on, direction, amount_fen, kind) VALUES ($1, $2, $3, 'T1', '2026-10-05', 'IN', 8880000, 'TRANSFER')`, [customerId, newId(), accountId])
  for (let n = 0; n < 3; n++) {
    await bank.look(`INSERT INTO loan (customer_id, id, core_key, product_code, outlet_key, amount_fen, paid_out_on, matures_on, term_months) VALUES ($1, $2, $3, 'L103', $4, 5000000, $5, '2027-10-08', 12)`, [customerId, newId(), `L${n}`, bank.units.south.key, `2026-10-0${n + 1}`])
  }
  expect((await settleMonth(bank.services, { month: '2026-09', dryRun: false })).ok).toBe(true)
  story = await openStoryDesk(bank)
}, 300_000)
afterAll(() => story?.close())

const as = (person: Colleague, path: string, width = 1440): Promise<Page> => story.as(person, path, width)

describe('pay on screen', () => {
  test('facts by form: one enters, another confirms', async () => {
    const page = await as(desk, '/indicator-facts')
    await page.getByRole('button', { name: '登记' }).click()
    await page.getByRole('textbox', { name: /工号/ }).fill(bank.staff.li.staffNo)
    await page.getByRole('textbox', { name: /数值/ }).fill('95')
    await page.getByRole('textbox', { name: /依据/ }).fill('市场部评分表 2026-10')
    await page.getByRole('dialog').getByRole('button', { name: '登记' }).click()
    await page.getByText('待复核').first().waitFor()
    await looksRight(page, 'statement-forms')
    const other = await as(second, '/indicator-facts')
    await other.getByRole('button', { name: '复核' }).click()
    await other.getByText('已复核').first().waitFor()
  })

  test('the desk tries, settles with progress, and a second person closes', async () => {
    const page = await as(desk, '/settlement')
    await page.getByRole('button', { name: '试算' }).click()
    await page.getByText('试算结果（未保存）').waitFor()
    await looksRight(page, 'statement-dry-run')
    await page.getByRole('button', { name: '结算', exact: true }).click()
    await page.getByText('结算结果').waitFor()
    await looksRight(page, 'statement-settled')
    const other = await as(second, '/settlement')
    await other.getByRole('button', { name: '关账' }).last().click()
    await other.getByRole('dialog').getByRole('button', { name: '关账' }).click()
    await other.getByText('已关账').first().waitFor()
  })

  test.each([1440, 375])('at %i: from the pay down to the booking', async (width) => {
    const page = await as(bank.staff.li, '/statement?month=2026-10', width)
    await heading(page, /我的工资单 2026-10/)
    await page.getByText('480.00').first().waitFor()
    await looksRight(page, `statement-own-${width}`)
    await page.goto(`${story.address}/statement/facts?month=2026-10&place=4`)
    await page.getByText('山西晋泰新材料有限公司').first().waitFor()
    await looksRight(page, `statement-facts-${width}`)
    if (width === 375) return
    await page.getByRole('link', { name: '看流水' }).click()
    await page.getByText('88,800.00').first().waitFor()
    await looksRight(page, `statement-bookings-${width}`)
  })

  test('on the phone: the year to date, what may come, and the PDF', async () => {
    await workOutForecast(bank.services)
    const page = await as(bank.staff.li, '/statement', 375)
    await heading(page, /我的工资单 2026-10/)
    await page.getByText('2026-01 至 2026-10，2 个月', { exact: false }).first().waitFor()
    await page.getByText('测算，不是应发', { exact: false }).waitFor()
    await page.getByRole('button', { name: '下载' }).click()
    const fetched = page.waitForEvent('download')
    await page.getByRole('dialog').getByRole('button', { name: '下载' }).click()
    const file = await fetched
    expect(file.suggestedFilename()).toBe(`绩效工资单-${bank.staff.li.staffNo}-2026-10.pdf`)
    const text = (await pdfPages(readFileSync(await file.path()))).flat().map((one) => one.text).join('')
    for (const word of ['李晓雯', '新发放小额贷款', '用途：本人核对']) expect(text).toContain(word)
    await page.context().close()
  })

  test.each([1440, 375])('at %i: the head opens board and business analysis and takes the slides along', async (width) => {
    if (width === 1440) for (const code of ['DEPOSIT_AVERAGE', 'NEW_LOANS', 'NEW_LOAN_AMOUNT', 'CUSTOMERS_HELD']) await workOutIndicators(bank.services, { months: ['2026-09', '2026-10'], code })
    const page = await as(bank.staff.branchHead, '/board?month=2026-10', width)
    await heading(page, '业绩看板')
    await page.getByText('存款月日均：近 24 个月').first().waitFor()
    await page.getByText('不足 5 人，不显示排名').waitFor()
    await looksRight(page, `board-${width}`)
    await page.goto(`${story.address}/business-analysis?month=2026-10`)
    await page.getByText('一、概览').waitFor()
    await looksRight(page, `business-analysis-${width}`)
    if (width === 375) return
    await page.getByRole('button', { name: '下载' }).click()
    const fetched = page.waitForEvent('download')
    await page.getByRole('dialog').getByRole('button', { name: '下载' }).click()
    expect((await fetched).suggestedFilename()).toBe('经营分析-东城分行-2026-10.pptx')
  })

  test.each([1440, 375])('at %i: the lead opens the team, HR another’s with a purpose, the scheme is readable', async (width) => {
    const lead = await as(bank.staff.lead, '/team-statements?month=2026-10', width)
    await lead.getByRole('link', { name: '李晓雯' }).first().waitFor()
    await looksRight(lead, `statement-team-${width}`)
    await lead.getByRole('link', { name: '李晓雯' }).first().click()
    await heading(lead, /绩效工资单 2026-10/)
    const hr = await as(bank.staff.hr, '/statements?month=2026-10', width)
    await hr.getByText('李晓雯').first().waitFor()
    await looksRight(hr, `statement-people-${width}`)
    await hr.getByRole('button', { name: '查看工资单' }).first().click()
    await hr.getByRole('textbox', { name: /用途/ }).fill('核对个税申报')
    await hr.getByRole('dialog').getByRole('button', { name: '查看工资单' }).click()
    await hr.getByText('用途：核对个税申报').waitFor()
    const scheme = await as(bank.staff.li, '/schemes', width)
    await scheme.getByText('积分标准').first().waitFor()
    await looksRight(scheme, `statement-scheme-${width}`)
  })
})
