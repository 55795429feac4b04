import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCustomer } from '../../src/customers/customer.contract.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { routes } from '../../src/routes.ts'
import { looksRight } from '../support/looks-right.ts'
import { smallBank, type Colleague, type SmallBank } from '../support/small-bank.ts'
import { openStoryDesk, type StoryDesk } from '../support/story-desk.ts'

// Who a customer is, is changed by two: the manager asks on his phone with the paper that proves it, everybody sees that it waits, the lead finds it on his agenda and confirms it; a new legal representative is returned.

let bank: SmallBank
let story: StoryDesk
let customerId: string

beforeAll(async () => {
  bank = await smallBank(routes)
  const made = await bank.ask(bank.staff.li, createCustomer, { body: { id: newId(), kind: 'CORPORATE', name: '山西晋泰新材料有限公司', identity: { kind: 'USCC', number: '91140105MA0TEXT127' }, corporate: { legalRepresentative: '张建国' } } })
  customerId = String(made.body['customerId'])
  story = await openStoryDesk(bank)
}, 300_000)
afterAll(() => story?.close())

const as = (person: Colleague, path: string, width: number): Promise<Page> => story.as(person, path, width)
const done = (page: Page): Promise<void> => page.context().close()

test('asked on the phone with its proof, seen by all, found on the agenda, confirmed; another one is returned', async () => {
  const phone = await as(bank.staff.li, `/customers/${customerId}?tab=file`, 375)
  await phone.getByRole('button', { name: '申请变更' }).click()
  const drawer = phone.getByRole('dialog')
  await drawer.getByRole('radio', { name: '名称' }).check()
  await drawer.getByRole('button', { name: '提交申请' }).click()
  await drawer.getByText('有 3 处需要修改').waitFor()
  await drawer.getByRole('textbox', { name: /^新名称/ }).fill('晋泰新材料集团有限公司')
  await drawer.getByRole('textbox', { name: /^证明文件/ }).fill('准予变更登记通知书（并）登字〔2026〕第 118 号')
  await drawer.getByLabel('扫描件').setInputFiles({ name: '通知书.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') })
  await drawer.getByRole('textbox', { name: /^变更原因/ }).fill('集团化改制')
  await looksRight(phone, 'identity-ask')
  await drawer.getByRole('button', { name: '提交申请' }).click()
  await phone.getByText('已提交，待另一人复核').waitFor()
  // the old name holds; that it waits stands in the head of the page
  await phone.getByRole('heading', { level: 1, name: '山西晋泰新材料有限公司' }).waitFor()
  await phone.getByText('名称变更待复核').waitFor()
  await phone.getByRole('button', { name: '撤回' }).waitFor()
  await looksRight(phone, 'identity-file')

  const desk = await as(bank.staff.outletHead, '/', 1440)
  await desk.getByText('复核身份变更：名称').first().waitFor()
  await desk.getByRole('link', { name: /复核身份变更/ }).first().click()
  await desk.getByRole('heading', { level: 1, name: '身份变更' }).waitFor()
  await looksRight(desk, 'identity-changes')
  await desk.getByRole('button', { name: '复核 山西晋泰新材料有限公司' }).click()
  const decision = desk.getByRole('dialog')
  await decision.getByRole('button', { name: '通知书.pdf' }).waitFor()
  await decision.getByRole('radio', { name: '同意变更' }).check()
  await looksRight(desk, 'identity-decide')
  await decision.getByRole('button', { name: '同意变更' }).click()
  await desk.getByText('已同意，新值生效').waitFor()
  await desk.getByRole('link', { name: '晋泰新材料集团有限公司' }).waitFor()
  await done(desk)

  await phone.reload()
  await phone.getByRole('heading', { level: 1, name: '晋泰新材料集团有限公司' }).waitFor()
  await phone.getByRole('button', { name: '申请变更' }).click()
  await phone.getByRole('dialog').getByRole('radio', { name: '法定代表人' }).check()
  await phone.getByRole('dialog').getByRole('textbox', { name: /^新法定代表人/ }).fill('李国强')
  await phone.getByRole('dialog').getByRole('textbox', { name: /^证明文件/ }).fill('股东会决议')
  await phone.getByRole('dialog').getByRole('textbox', { name: /^变更原因/ }).fill('换届')
  await phone.getByRole('dialog').getByRole('button', { name: '提交申请' }).click()
  await phone.getByText('法定代表人变更待复核').waitFor()
  await done(phone)

  const lead = await as(bank.staff.lead, '/identity-changes?state=OPEN', 375)
  await lead.getByRole('button', { name: '复核 晋泰新材料集团有限公司' }).click()
  await lead.getByRole('dialog').getByRole('radio', { name: '退回' }).check()
  await lead.getByRole('dialog').getByRole('button', { name: '退回' }).click()
  await lead.getByRole('dialog').getByText('请写明退回原因').first().waitFor()
  await lead.getByRole('dialog').getByRole('textbox', { name: /^复核意见/ }).fill('请补登记机关的通知书')
  await looksRight(lead, 'identity-decide')
  await lead.getByRole('dialog').getByRole('button', { name: '退回' }).click()
  await lead.getByText('已退回').first().waitFor()
  await looksRight(lead, 'identity-changes')
  await done(lead)
  expect(await bank.look("SELECT name, former_names FROM customer WHERE customer_id = $1", [customerId])).toEqual([{ name: '晋泰新材料集团有限公司', former_names: ['山西晋泰新材料有限公司'] }])
  expect(await bank.look('SELECT legal_representative FROM corporate WHERE customer_id = $1', [customerId])).toEqual([{ legal_representative: '张建国' }])
}, 120_000)
