import { describe, expect, test } from 'vitest'
import { mergeField } from './duplicate.contract.ts'
import { faultOfMerge, keptFields, mergeColumns, type MergeParty } from './merge.rules.ts'

describe('which value stays', () => {
  test.each([
    ['张三', '李四', [], 'survivor', true], ['张三', '李四', ['occupation'], 'other', true], [null, '李四', [], 'other', false], ['张三', null, ['occupation'], 'survivor', false], ['张三', '张三', [], 'survivor', false], ['', '李四', [], 'other', false],
  ] as const)('%s and %s, chosen %j: %s, conflict %s', (survivor, other, choices, kept, conflict) => {
    expect(keptFields([{ field: 'occupation', survivor, other }], choices)).toEqual([{ field: 'occupation', survivor, other, kept, conflict }])
  })
  test('what both lack is not shown', () => {
    expect(keptFields([{ field: 'employer', survivor: null, other: null }], [])).toEqual([])
  })
  test('every field has its column', () => {
    expect(Object.keys(mergeColumns).sort()).toEqual([...mergeField.options].sort())
  })
})

describe('why two customers are not merged', () => {
  const party = (more: Partial<MergeParty> = {}): MergeParty => ({ customerId: 'a', kind: 'CORPORATE', status: 'ACTIVE', inMerge: false, checked: [], ...more })
  test.each([
    [party(), party(), 'merge-with-itself'],
    [party(), party({ customerId: 'b', kind: 'PERSON' }), 'other-kind'],
    [party(), party({ customerId: 'b', inMerge: true }), 'in-other-merge'],
    [party({ status: 'CLOSED' }), party({ customerId: 'b' }), 'survivor-closed'],
    [party(), party({ customerId: 'b', status: 'CLOSED' }), null],
    [party({ checked: [{ kind: 'USCC', hash: '1' }] }), party({ customerId: 'b', checked: [{ kind: 'USCC', hash: '2' }] }), 'identity-differs'],
    [party({ checked: [{ kind: 'USCC', hash: '1' }] }), party({ customerId: 'b', checked: [{ kind: 'LEGACY_ORG_CODE', hash: '2' }] }), null],
    [party({ kind: 'PERSON', inMerge: true }), party({ customerId: 'b' }), 'other-kind'],
  ])('%#: %s', (survivor, other, fault) => {
    expect(faultOfMerge(survivor, other)).toBe(fault)
  })
})
