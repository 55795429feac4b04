import { describe, expect, test } from 'vitest'
import type { Cell } from './form.contract.ts'
import { faultOfConfirming, faultOfFilling, faultOfForm, faultOfValue, faultsOf, isChanged, tidyRows } from './form.rules.ts'

const cell = (more: Partial<Cell>): Cell => ({ code: 'c1', label: '栏', type: 'TEXT', required: true, choices: [], least: null, most: null, source: null, ...more })

describe('what may stand in a cell', () => {
  test.each([
    [{ type: 'WHOLE' }, '12', null], [{ type: 'WHOLE' }, '-3', null], [{ type: 'WHOLE' }, '012', '应为整数'], [{ type: 'WHOLE' }, '1.5', '应为整数'], [{ type: 'WHOLE' }, '1e3', '应为整数'], [{ type: 'WHOLE', least: '0' }, '-1', '不能小于 0'], [{ type: 'WHOLE', most: '100' }, '101', '不能大于 100'],
    [{ type: 'AMOUNT' }, '1234567890123456', null], [{ type: 'AMOUNT' }, '12.50', '应为金额'], [{ type: 'AMOUNT', least: '0' }, '-1', '不能小于 0.00'], [{ type: 'AMOUNT', most: '500000' }, '500001', '不能大于 5000.00'], [{ type: 'AMOUNT', most: '5' }, '6', '不能大于 0.05'],
    [{ type: 'DATE' }, '2026-02-28', null], [{ type: 'DATE' }, '2026-02-29', '日期不存在，应为 YYYY-MM-DD'], [{ type: 'DATE' }, '26-2-1', '日期不存在，应为 YYYY-MM-DD'], [{ type: 'CHOICE', choices: ['是', '否'] }, '是', null], [{ type: 'CHOICE', choices: ['是', '否'] }, '也许', '不在选项中'],
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

describe('a form', () => {
  const typed = cell({ code: 'c9' })
  test.each([
    [{ cells: [typed], mostRows: 5, copiedFrom: null }, null],
    [{ cells: [typed, typed], mostRows: 1, copiedFrom: null }, 'cell-codes'],
    [{ cells: [cell({ type: 'CHOICE', choices: ['是', '是'] })], mostRows: 1, copiedFrom: null }, 'choices-missing'],
    [{ cells: [cell({ type: 'WHOLE', least: '5', most: '4' })], mostRows: 1, copiedFrom: null }, 'limits-reversed'],
    [{ cells: [cell({ type: 'WHOLE', source: 'DEPOSITS' }), typed], mostRows: 1, copiedFrom: null }, 'source-does-not-fit'],
    [{ cells: [cell({ source: 'LAST' }), typed], mostRows: 1, copiedFrom: null }, 'last-needs-copy'],
    [{ cells: [cell({ source: 'LAST' }), typed], mostRows: 1, copiedFrom: 'former' }, null],
    [{ cells: [cell({ type: 'WHOLE', source: 'CUSTOMERS' }), typed], mostRows: 3, copiedFrom: null }, 'source-needs-one-row'],
    [{ cells: [cell({ type: 'WHOLE', source: 'CUSTOMERS' })], mostRows: 1, copiedFrom: null }, 'ledger-has-it'],
    [{ cells: [cell({ type: 'WHOLE', source: 'CUSTOMERS' }), typed], mostRows: 1, copiedFrom: null }, null],
  ] as [Parameters<typeof faultOfForm>[0], string | null][])('%#', (form, name) => {
    expect(faultOfForm(form)?.name ?? null).toBe(name)
  })
  test('who may fill in when', () => {
    const facts = { own: true, form: 'OPEN', answer: 'OPEN' } as const
    expect([facts, { ...facts, own: false }, { ...facts, form: 'CLOSED' as const }, { ...facts, answer: 'SUBMITTED' as const }, { ...facts, answer: 'RETURNED' as const }, { ...facts, answer: 'ENDED' as const }, { ...facts, answer: 'WAITING' as const }].map(faultOfFilling)).toEqual([null, 'not-yours-to-answer', 'form-state', 'submitted-already', null, 'form-state', 'waits-for-head'])
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
