import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settleMonth } from '../../src/flows/settle-month.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { holdPost } from '../../src/organisation/hold-post.ts'
import { installBlockScheme, installScheme } from '../../src/performance/install-scheme-version.ts'
import { routes } from '../../src/routes.ts'
import { looksRight } from '../support/looks-right.ts'
import { smallBank, type Colleague, type SmallBank } from '../support/small-bank.ts'
import { heading, openStoryDesk, type StoryDesk } from '../support/story-desk.ts'

// A manager who went to the lobby on 16 October reads how the month was split, opens the other statement and its facts; the desk sees it beside the control report.
let bank: SmallBank
let story: StoryDesk
let wang: Colleague
let desk: Colleague
beforeAll(async () => {
  bank = await smallBank(routes)
  desk = await bank.colleague('马绩', 'PERFORMANCE', bank.units.head.key)
  const old = bank.staff.wang
  const customerId = await bank.customer({ main: old })
  await bank.look(`INSERT INTO product (code, name, name_en, line) VALUES ('L103', '小额', 's', 'LOAN')`)
  await bank.look(`INSERT INTO loan (customer_id, id, core_key, product_code, outlet_key, amount_fen, paid_out_on, matures_on, term_months) VALUES ($1, $2, 'L1', 'L103', $3, 5000000, '2026-10-05', '2027-10-08', 12)`, [customerId, newId(), bank.units.south.key])
  await bank.look(`UPDATE post_held SET to_date = '2026-10-16' WHERE key = $1`, [old.postKey])
  const postKey = await bank.services.db.asOffice(async (tx) => {
    await installScheme(tx, { code: 'POINTS', from: '2000-01-01' })
    await installBlockScheme(tx, {
      code: 'LOBBY', from: '2026-01-01', name: '大堂经理绩效方案', nameEn: 'Lobby pay', legalBasis: '试验', terms: {
        blocks: [{ kind: 'SUM', code: 'F', unit: 'FEN', parts: [{ of: 'GRADE_BASE' }, { of: 'CORRECTION', leaveOut: 'ABSENT' }] }, { kind: 'PAYABLE', code: 'PAYABLE', of: 'F', carryOut: 'CARRY_OUT' }],
        posts: ['LOBBY'], grades: [], units: [], period: 'MONTH', gradeBases: { '*': '310000' }, score: null, classes: {}, carryMonths: 12, correctionMonths: 12,
      },
    })
    return holdPost(tx, { staffKey: old.staffKey, postCode: 'LOBBY', lineKey: bank.units.south.key, placeKey: bank.units.south.key, from: '2026-10-16', main: true })
  })
  wang = { ...old, postKey, postCode: 'LOBBY' }
  for (const scheme of ['POINTS', 'LOBBY']) expect((await settleMonth(bank.services, { month: '2026-10', scheme, dryRun: false })).ok).toBe(true)
  story = await openStoryDesk(bank)
}, 300_000)
afterAll(() => story?.close())

describe.each([1440, 375])('at %i', (width) => {
  test('the statement says how the month was split and leads to the other one and its facts', async () => {
    const page = await story.as(wang, '/statement', width)
    await heading(page, '我的工资单 2026-10')
    for (const told of ['本月由 2 个方案计酬', '15 / 31 天', '16 / 31 天', '本月应发合计', '在岗 16 天：3,100.00 × 16 ÷ 31']) await page.getByText(told).first().waitFor()
    expect(await page.getByText('1,700.00').count()).toBeGreaterThan(0)
    await looksRight(page, 'statement-split')
    await page.getByRole('link', { name: '客户经理积分方案' }).click()
    await page.getByText('客户经理积分方案（本页）').first().waitFor()
    expect(page.url()).toContain('scheme=POINTS')
    await page.goto(`${story.address}/statement/facts?month=2026-10&scheme=POINTS&place=1`)
    await page.getByText('2026-10-05').first().waitFor()
    await page.getByRole('link', { name: '我的工资单 2026-10' }).click()
    await page.getByText('客户经理积分方案（本页）').first().waitFor()
    await page.context().close()
  })
  test('beside the control report stands whom two schemes paid', async () => {
    const page = await story.as(desk, '/settlement', width)
    await page.getByText('由几个方案计酬的人员（1 人）').first().waitFor()
    await page.getByText('客户经理积分方案 15 / 31 天；大堂经理绩效方案 16 / 31 天').first().waitFor()
    await looksRight(page, 'settlement-split')
    await page.context().close()
  })
})
