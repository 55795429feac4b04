import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordRelation } from '../../src/customers/relations/relation.contract.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { routes } from '../../src/routes.ts'
import { looksRight } from '../support/looks-right.ts'
import { smallBank, type Colleague, type SmallBank } from '../support/small-bank.ts'
import { heading, openStoryDesk, type StoryDesk } from '../support/story-desk.ts'

// A group with a guarantee circle: recorded on the page, found by rule, drawn, confirmed; the same on the phone.

let bank: SmallBank
let story: StoryDesk
const ids: Record<string, string> = {}
beforeAll(async () => {
  bank = await smallBank(routes)
  const { li, qian } = bank.staff
  for (const name of ['控股', '钢贸', '物流']) ids[name] = await bank.customer({ main: li, name: `晋恒${name}有限公司` })
  ids['外省'] = await bank.customer({ main: qian, name: '西城机电有限公司' })
  await bank.look('UPDATE customer SET loan_fen = 500000000, deposit_fen = 120000000, figures_as_of = $1', ['2026-11-20'])
  const relate = (from: string, body: object) => bank.ask(li, recordRelation, { params: { customerId: ids[from] }, body: { id: newId(), direction: 'OUT', evidence: '工商登记', from: '2025-01-01', ...body } })
  for (const [from, body] of [
    ['控股', { kind: 'SHAREHOLDING', other: { customerId: ids['钢贸'] }, sharePct: '60' }], ['控股', { kind: 'SHAREHOLDING', other: { customerId: ids['物流'] }, sharePct: '100' }],
    ['控股', { kind: 'GUARANTEE', other: { customerId: ids['钢贸'] }, amountFen: '100000000' }], ['钢贸', { kind: 'GUARANTEE', other: { customerId: ids['物流'] }, amountFen: '300000000' }], ['物流', { kind: 'GUARANTEE', other: { customerId: ids['控股'] }, amountFen: '200000000' }],
  ] as const) expect((await relate(from, body)).status).toBe(200)
  story = await openStoryDesk(bank)
}, 300_000)
afterAll(() => story?.close())

const as = (person: Colleague, path: string, width = 1440): Promise<Page> => story.as(person, path, width)

describe('at the desk', () => {
  test('a shareholder is recorded, a loop is refused at its field, the drawing grows, arrow keys walk, the table holds the same', async () => {
    const page = await as(bank.staff.li, `/customers/${ids['控股']}?tab=relations`)
    await page.getByRole('button', { name: /晋恒钢贸有限公司，/ }).waitFor()
    await page.getByRole('button', { name: '登记关系' }).first().click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('textbox', { name: /^对方名称/ }).fill('阎晋恒')
    await drawer.getByRole('textbox', { name: /^持股比例/ }).fill('62.5')
    await drawer.getByRole('textbox', { name: /^依据/ }).fill('公司章程')
    await drawer.getByRole('button', { name: '登记关系' }).click()
    // a drawer that closes gives the focus back to the button that opened it
    await drawer.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: /阎晋恒，/ }).waitFor()
    const top = page.getByRole('button', { name: /阎晋恒，/ })
    await top.focus()
    await page.keyboard.press('ArrowDown')
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label')?.startsWith('晋恒控股有限公司') === true)
    await page.getByRole('region', { name: '选中' }).getByText('阎晋恒').first().waitFor()
    await looksRight(page, 'relations-tab')
    await page.getByRole('button', { name: '表', exact: true }).click()
    await page.getByText('持有本户 62.5%').waitFor()
    await page.getByText('由本户担保').waitFor()
    await page.getByText('为本户担保').waitFor()
    await looksRight(page, 'relations-table')
    // beneficial owners
    await page.getByRole('button', { name: '识别', exact: true }).click()
    await page.getByText('阎晋恒 → 晋恒控股有限公司（62.5%）').waitFor()
    // a promise that may not stand is refused by its reason; a filing that differs is a finding until its reason is recorded
    await page.getByText('须备案，不能承诺免报：注册资本尚未登记').waitFor()
    await page.getByRole('button', { name: '登记备案' }).click()
    const filing = page.getByRole('dialog')
    await filing.getByRole('radio', { name: '承诺免报' }).check()
    await filing.getByRole('checkbox', { name: /^企业已声明/ }).check()
    await filing.getByRole('textbox', { name: /^承诺日/ }).fill('2026-11-20')
    await filing.getByRole('textbox', { name: /^承诺日/ }).press('Enter')
    await filing.getByRole('textbox', { name: /^依据/ }).fill('登记系统查询记录')
    await filing.getByRole('button', { name: '登记备案' }).click()
    await filing.getByText(/注册资本尚未登记，不能判断可否承诺免报/).first().waitFor()
    await looksRight(page, 'owners-filing')
    await filing.getByRole('radio', { name: '已备案' }).check()
    await filing.getByRole('textbox', { name: /^备案的受益所有人/ }).fill('阎晋恒 60\n武秀莲 40')
    await filing.getByRole('button', { name: '登记备案' }).click()
    await filing.waitFor({ state: 'hidden' })
    await page.getByText('武秀莲 已备案，但未识别出').waitFor()
    await looksRight(page, 'owners-differ')
    const phone = await as(bank.staff.li, `/customers/${ids['控股']}?tab=relations`, 375)
    await phone.getByText('武秀莲 已备案，但未识别出').waitFor()
    await looksRight(phone, 'owners-differ')
    await phone.goto(`${new URL(phone.url()).origin}/customers/${ids['控股']}?tab=file`)
    await phone.getByRole('link', { name: '受益所有人与备案不一致，请更正或说明原因' }).click()
    await phone.getByRole('button', { name: '说明差异' }).click()
    const reason = phone.getByRole('dialog')
    await reason.getByRole('textbox', { name: /^原因及处理/ }).fill('武秀莲为名义股东，已核实，已督促企业更正备案')
    await looksRight(phone, 'owners-explain')
    await reason.getByRole('button', { name: '说明差异' }).click()
    await phone.getByText('差异已说明').waitFor()
    await phone.goto(`${new URL(phone.url()).origin}/customers/${ids['控股']}?tab=file`)
    await phone.getByText('完整度').first().waitFor()
    expect(await phone.getByText('受益所有人与备案不一致').count()).toBe(0)
  })

  test('a loop is told by its names and can be marked as a cross-holding', async () => {
    const page = await as(bank.staff.li, `/customers/${ids['物流']}?tab=relations`)
    await page.getByRole('button', { name: '登记关系' }).first().click()
    const drawer = page.getByRole('dialog')
    await drawer.getByText('本户 → 对方').click()
    await drawer.getByText('我的客户', { exact: true }).click()
    const find = drawer.getByRole('combobox', { name: /^对方是我的客户/ })
    await find.click()
    await find.fill('晋恒控股')
    await page.getByTitle(/晋恒控股有限公司/).first().click()
    await drawer.getByRole('textbox', { name: /^持股比例/ }).fill('5')
    await drawer.getByRole('textbox', { name: /^依据/ }).fill('公司章程')
    await drawer.getByRole('button', { name: '登记关系' }).click()
    await drawer.getByText(/晋恒物流有限公司 → 晋恒控股有限公司 → 晋恒物流有限公司/).first().waitFor()
    await drawer.getByRole('checkbox', { name: /交叉持股/ }).check()
    await drawer.getByRole('button', { name: '登记关系' }).click()
    await drawer.waitFor({ state: 'detached' })
  })

  test('what the rules found waits, is drawn with its circle, and is confirmed with a reason', async () => {
    const page = await as(bank.staff.li, '/groups')
    await heading(page, '集团与关系')
    await page.getByText('还没有集团').waitFor()
    await looksRight(page, 'groups-empty')
    await page.getByRole('button', { name: /^待确认( \d+)?$/ }).click()
    await page.getByText('一方控制另一方', { exact: false }).first().waitFor()
    await looksRight(page, 'groups-proposals')
    await page.getByRole('row').filter({ hasText: '一方控制另一方' }).getByRole('link').first().click()
    await page.getByText('圈 1 处').waitFor()
    await page.getByRole('button', { name: /晋恒物流有限公司，/ }).waitFor()
    await looksRight(page, 'groups-proposal')
    await page.getByRole('button', { name: '认定', exact: true }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('textbox', { name: /^集团名称/ }).fill('晋恒集团')
    await drawer.getByRole('textbox', { name: /^原因/ }).fill('同一控制人，工商登记核实')
    await drawer.getByRole('button', { name: '认定', exact: true }).click()
    await heading(page, '晋恒集团')
    // three loans of five million, each once
    await page.getByText('1,500.00').first().waitFor()
    await page.getByText('3 位客户合计，每户只计一次').waitFor()
    await page.getByText(/晋恒.*→.*晋恒.*→.*晋恒/).first().waitFor()
    await looksRight(page, 'group')
    await page.getByRole('button', { name: '维护', exact: true }).click()
    const change = page.getByRole('dialog')
    await change.getByRole('textbox', { name: /^统一授信额度/ }).fill('1000万')
    await change.getByRole('textbox', { name: /^原因/ }).fill('年度授信')
    await change.getByRole('button', { name: '维护', exact: true }).click()
    await change.getByText(/统一授信须填写额度、起始日和到期日/).first().waitFor()
  })
})

describe('on the phone', () => {
  test('the table comes first; the drawing shows one party with its neighbours', async () => {
    const page = await as(bank.staff.li, `/customers/${ids['控股']}?tab=relations`, 375)
    await page.getByText('持有本户 62.5%').waitFor()
    await looksRight(page, 'relations-tab')
    await page.getByRole('button', { name: '图', exact: true }).click()
    await page.getByRole('button', { name: /晋恒控股有限公司，/ }).waitFor()
    // the buttons of the drawing lie on no party
    const tools = await page.getByRole('group', { name: '缩放' }).boundingBox()
    const flow = await page.locator('.yq-graph-canvas .react-flow').boundingBox()
    expect((tools?.y ?? 0)).toBeGreaterThanOrEqual((flow?.y ?? 0) + (flow?.height ?? 0))
    await looksRight(page, 'relations-graph')
    await page.goto(`${story.address}/groups`)
    await page.getByText('晋恒集团').waitFor()
    await looksRight(page, 'groups')
    await page.getByRole('link', { name: '晋恒集团' }).click()
    await heading(page, '晋恒集团')
    await looksRight(page, 'group')
  })
})
