import { describe, expect, test } from 'vitest'
import type { Cell, CustomersAsked } from './form.contract.ts'
import { dataClassOf, faultOfConfirming, faultOfFile, faultOfFilling, faultOfForm, faultOfValue, faultsOf, isChanged, knownBySubject, rowsBySubject, tidyRows } from './form.rules.ts'

const cell = (more: Partial<Cell>): Cell => ({ code: 'c1', label: '栏', type: 'TEXT', required: true, choices: [], least: null, most: null, source: null, ...more })

describe('what may stand in a cell', () => {
  test.each([
    [{ type: 'WHOLE' }, '12', null], [{ type: 'WHOLE' }, '-3', null], [{ type: 'WHOLE' }, '012', '应为整数'], [{ type: 'WHOLE' }, '1.5', '应为整数'], [{ type: 'WHOLE' }, '1e3', '应为整数'], [{ type: 'WHOLE', least: '0' }, '-1', '不能小于 0'], [{ type: 'WHOLE', most: '100' }, '101', '不能大于 100'],
    [{ type: 'AMOUNT' }, '1234567890123456', null], [{ type: 'AMOUNT' }, '12.50', '应为金额'], [{ type: 'AMOUNT', least: '0' }, '-1', '不能小于 0.00'], [{ type: 'AMOUNT', most: '500000' }, '500001', '不能大于 5000.00'], [{ type: 'AMOUNT', most: '5' }, '6', '不能大于 0.05'],
    [{ type: 'DATE' }, '2026-02-28', null], [{ type: 'DATE' }, '2026-02-29', '日期不存在，应为 YYYY-MM-DD'], [{ type: 'DATE' }, '26-2-1', '日期不存在，应为 YYYY-MM-DD'], [{ type: 'CHOICE', choices: ['是', '否'] }, '是', null], [{ type: 'CHOICE', choices: ['是', '否'] }, '也许', '不在选项中'],
    [{ type: 'FILE' }, '01890000-0000-7000-8000-000000000001', null], [{ type: 'FILE' }, 'a.pdf', '附件不存在'], [{ type: 'FILE' }, Array.from({ length: 6 }, () => '01890000-0000-7000-8000-000000000001').join(' '), '最多 5 个附件'],
    [{ type: 'TEXT' }, '字'.repeat(500), null], [{ type: 'TEXT' }, '字'.repeat(501), '最多 500 个字'],
  ] as [Partial<Cell>, string, string | null][])('%j %s', (more, value, fault) => {
    expect(faultOfValue(cell(more), value)?.zh ?? null).toBe(fault)
  })
})

describe('an answer', () => {
  const cells = [cell({ code: 'c1', type: 'WHOLE', source: 'CUSTOMERS' }), cell({ code: 'c2', required: false }), cell({ code: 'c3', type: 'WHOLE', source: 'LAST' })]
  const prefilled = { c1: '31', c3: '5' }
  test('a figure of the system is changed with a reason; what was answered last may change freely', () => {
    expect(isChanged(cells[0] ?? cell({}), '30', prefilled)).toBe(true)
    expect(faultsOf(cells, [{ values: { c1: '30', c3: '9' }, reasons: {} }], prefilled, true)).toEqual([{ row: 0, code: 'c1', text: { zh: '与系统数不同，请填写原因', en: 'differs from the system: say why' } }])
    expect(faultsOf(cells, [{ values: { c1: '30', c3: '9' }, reasons: { c1: '一户已销户' } }], prefilled, true)).toEqual([])
  })
  test('a draft may lack, what is handed in may not; nothing wrong stands in either', () => {
    expect(faultsOf(cells, [{ values: { c1: '31' }, reasons: {} }], prefilled, false)).toEqual([])
    expect(faultsOf(cells, [{ values: { c1: '31' }, reasons: {} }], prefilled, true).map((one) => one.code)).toEqual(['c3'])
    expect(faultsOf(cells, [{ values: { c1: 'x' }, reasons: {} }], prefilled, false).map((one) => one.code)).toEqual(['c1'])
    expect(faultsOf(cells, [], prefilled, true).map((one) => one.code)).toEqual(['c1'])
    expect(faultsOf([cell({ required: false })], [], {}, true)).toEqual([])
  })
  test('is tidied: blanks, foreign cells, empty rows and idle reasons go', () => {
    expect(tidyRows(cells, [{ values: { c1: ' 31 ', c2: '  ', c9: 'x' }, reasons: { c1: '无' } }, { values: { c2: ' ' }, reasons: {} }], prefilled)).toEqual([{ values: { c1: '31' }, reasons: {} }])
  })
})

describe('rows about customers', () => {
  const cells = [cell({ code: 'c1', type: 'AMOUNT', source: 'DEPOSITS' }), cell({ code: 'c2' })]
  const subjects = [{ of: 'a', prefilled: { c1: '500' } }, { of: 'b', prefilled: { c1: '0' } }]
  const known = knownBySubject(subjects)
  test('each stands beside its customer, in their order; whoever is not asked about is dropped', () => {
    expect(rowsBySubject(subjects, [{ values: { c2: '要' }, reasons: {}, of: 'b' }, { values: { c2: '不要' }, reasons: {}, of: 'x' }])).toEqual([{ values: {}, reasons: {}, of: 'a' }, { values: { c2: '要' }, reasons: {}, of: 'b' }])
  })
  test('each customer has his own figure of the system, and none may lack', () => {
    const rows = rowsBySubject(subjects, [{ values: { c1: '500', c2: '要' }, reasons: {}, of: 'a' }, { values: { c1: '500', c2: '要' }, reasons: {}, of: 'b' }])
    expect(faultsOf(cells, rows, known, true).map((one) => [one.row, one.code, one.text.zh])).toEqual([[1, 'c1', '与系统数不同，请填写原因']])
    expect(faultsOf(cells, rowsBySubject(subjects, rows.slice(0, 1)), known, true).map((one) => [one.row, one.code])).toEqual([[1, 'c1'], [1, 'c2']])
    expect(tidyRows(cells, rowsBySubject(subjects, rows.slice(0, 1)), known)).toEqual(rows.slice(0, 1))
  })
})

describe('who may have a file of an answer', () => {
  const [filler, asker, head, lead] = [1, 2, 3, 4]
  const facts = { reader: asker, filler, collector: asker, confirmers: [head], answer: 'SUBMITTED', seesCustomer: true } as const
  test.each([
    ['who fills in, from the beginning', { reader: filler, answer: 'OPEN' }, null], ['who asked', {}, null], ['who confirms, while it waits', { reader: head, answer: 'WAITING' }, null],
    ['who asked, of a draft', { answer: 'OPEN' }, 'file-of-others'], ['who confirms, of a draft', { reader: head, answer: 'RETURNED' }, 'file-of-others'], ['who leads and does not confirm', { reader: lead }, 'file-of-others'],
    ['who asked and may not see the customer', { seesCustomer: false }, 'customer-out-of-sight'], ['who filled in and lost the customer', { reader: filler, seesCustomer: false }, 'customer-out-of-sight'],
  ] as [string, Partial<Parameters<typeof faultOfFile>[0]>, string | null][])('%s', (_who, more, fault) => {
    expect(faultOfFile({ ...facts, ...more })).toBe(fault)
  })
})

describe('a form', () => {
  const typed = cell({ code: 'c9' })
  const form = { answersFor: 'PERSON', cells: [typed], mostRows: 1, copiedFrom: null, customers: null, purpose: null } as const
  const customers: CustomersAsked = { of: 'OWN', kind: null, tiers: [], segment: null }
  const about = { answersFor: 'CUSTOMER', customers, purpose: '旺季营销' } as const
  test.each([
    [{ mostRows: 5 }, null],
    [{ cells: [typed, typed] }, 'cell-codes'],
    [{ cells: [cell({ type: 'CHOICE', choices: ['是', '是'] })] }, 'choices-missing'],
    [{ cells: [cell({ type: 'WHOLE', least: '5', most: '4' })] }, 'limits-reversed'],
    [{ cells: [cell({ type: 'WHOLE', source: 'DEPOSITS' }), typed] }, 'source-does-not-fit'],
    [{ cells: [cell({ source: 'LAST' }), typed] }, 'last-needs-copy'],
    [{ cells: [cell({ source: 'LAST' }), typed], copiedFrom: 'former' }, null],
    [{ cells: [cell({ type: 'WHOLE', source: 'CUSTOMERS' }), typed], mostRows: 3 }, 'source-needs-one-row'],
    [{ cells: [cell({ type: 'WHOLE', source: 'CUSTOMERS' })] }, 'ledger-has-it'],
    [{ cells: [cell({ type: 'WHOLE', source: 'CUSTOMERS' }), typed] }, null],
    [{ cells: [cell({ type: 'FILE', source: 'LAST' })], copiedFrom: 'former' }, 'file-prefilled'],
    // about customers: whose and what for; no figure that is none of a customer
    [about, null],
    [{ ...about, customers: null }, 'customers-unsaid'],
    [{ ...about, customers: { ...about.customers, of: 'SEGMENT' } }, 'customers-unsaid'],
    [{ ...about, purpose: null }, 'purpose-unsaid'],
    [{ ...about, cells: [cell({ type: 'AMOUNT', source: 'DEPOSITS' }), typed] }, null],
    [{ ...about, cells: [cell({ type: 'WHOLE', source: 'CUSTOMERS' }), typed] }, 'source-not-per-customer'],
    [{ ...about, cells: [cell({ type: 'AMOUNT', source: 'DEPOSITS' })] }, 'ledger-has-it'],
  ] as [Partial<Parameters<typeof faultOfForm>[0]>, string | null][])('%#', (more, name) => {
    expect(faultOfForm({ ...form, ...more })?.name ?? null).toBe(name)
  })
  test.each([
    ['身份证号', 'classed-cell', null], ['手机', 'classed-cell', null], ['联系电话', 'classed-cell', null], ['收款账号', 'classed-cell', null], ['家庭住址', 'classed-cell', null], ['征信情况', 'classed-cell', null], ['健康状况', 'classed-cell', null],
    ['客户身份证号', 'classed-cell', 'classed-cell'], ['法人电话', 'classed-cell', 'classed-cell'], ['客户姓名', null, 'customers-by-name'], ['借款人名单', null, 'customers-by-name'], ['客户名称', null, 'customers-by-name'], ['资金用途', null, null], ['客户数', null, null], ['客户经理姓名', null, null],
  ])('a column “%s”: about customers %s, else %s', (label, aboutCustomers, otherwise) => {
    expect([faultOfForm({ ...form, ...about, cells: [cell({ label })] })?.name ?? null, faultOfForm({ ...form, cells: [cell({ label })] })?.name ?? null]).toEqual([aboutCustomers, otherwise])
  })
  test('amounts and files about customers are sensitive', () => {
    expect(([['CUSTOMER', 'TEXT'], ['CUSTOMER', 'AMOUNT'], ['CUSTOMER', 'FILE'], ['OUTLET', 'FILE'], ['PERSON', 'AMOUNT']] as const).map(([answersFor, type]) => dataClassOf({ answersFor, cells: [cell({ type })] }))).toEqual(['GENERAL', 'GENERAL_SENSITIVE', 'GENERAL_SENSITIVE', 'GENERAL', 'GENERAL'])
  })
  test('who may fill in when', () => {
    const facts = { own: true, form: 'OPEN', answer: 'OPEN' } as const
    expect([facts, { ...facts, own: false }, { ...facts, form: 'CLOSED' as const }, { ...facts, answer: 'SUBMITTED' as const }, { ...facts, answer: 'RETURNED' as const }, { ...facts, answer: 'ENDED' as const }, { ...facts, answer: 'WAITING' as const }, { ...facts, named: true }].map(faultOfFilling)).toEqual([null, 'not-yours-to-answer', 'form-state', 'submitted-already', null, 'form-state', 'waits-for-head', 'filled-by-another'])
  })
})

describe('who confirms what was handed in', () => {
  const [manager, head, other] = [1, 2, 3]
  const waits = { reader: head, answeredBy: manager, confirmers: [head], confirms: true, form: 'OPEN', answer: 'WAITING' } as const
  test.each([
    ['the head of the outlet', {}, null],
    ['one of two heads', { confirmers: [other, head] }, null],
    ['another head', { reader: other }, 'not-the-head'],
    ['the manager himself', { reader: manager }, 'own-answer'],
    ['himself, even if he were named', { reader: manager, confirmers: [manager] }, 'own-answer'],
    ['a head, his own answer', { answeredBy: head, confirmers: [other] }, 'own-answer'],
    ['where nobody is there', { confirmers: [] }, 'nobody-confirms'],
    ['where the form asks for none', { confirms: false, confirmers: [], answer: 'SUBMITTED' }, 'asks-no-confirmation'],
    ['after the form was closed', { form: 'CLOSED' }, 'form-state'],
    ['before it was handed in', { answer: 'OPEN' }, 'not-submitted'],
    ['after it was returned', { answer: 'RETURNED' }, 'not-submitted'],
    ['a second time', { answer: 'SUBMITTED' }, 'confirmed-already'],
  ] as [string, Partial<Parameters<typeof faultOfConfirming>[0]>, string | null][])('%s', (_who, more, fault) => {
    expect(faultOfConfirming({ ...waits, ...more })).toBe(fault)
  })
})
