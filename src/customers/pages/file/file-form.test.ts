import { describe, expect, test } from 'vitest'
import { groupOf, listOf, type Values } from '../../file/file-fields.contract.ts'
import { changedValues, conflictsOf, fromForm, toForm } from './file-form.ts'

const people = listOf('PEOPLE')?.fields ?? []
const profile = groupOf('PROFILE')?.fields ?? []
const finances = groupOf('FINANCES')?.fields ?? []
const registration = groupOf('REGISTRATION')?.fields ?? []
const changes = (fields: typeof people, known: Values, typed: Record<string, string | boolean | null>) => changedValues(fields, fromForm(fields, { ...toForm(fields, known), ...typed }, known), known)

describe('from what was read to the form and back', () => {
  test('nothing typed, nothing sent', () => {
    for (const [fields, known] of [
      [people, { office: 'AGENT', personName: '李四', idKind: 'PASSPORT', idNumber: '***********5678', personPhone: '138****5678', authorityUntil: '2026-12-31' }],
      [registration, { registrationStatus: '存续', formerNames: ['甲厂', '乙厂'], establishedOn: '2010-05-06' }], [profile, { staffCount: 12, premises: null }], [finances, { incomeFen: '***', assetsFen: null }],
    ] as const) expect(changes(fields, known, {})).toEqual({})
  })
  test.each<[what: string, fields: typeof people, known: Values, typed: Record<string, string | boolean | null>, sent: Record<string, unknown>]>([
    ['a count', profile, { staffCount: 12 }, { staffCount: '13' }, { staffCount: 13 }],
    ['a count emptied', profile, { staffCount: 12 }, { staffCount: '' }, { staffCount: null }],
    ['lines of names', registration, { formerNames: [] }, { formerNames: ' 甲厂 \n\n乙厂' }, { formerNames: ['甲厂', '乙厂'] }],
    ['a secret typed anew', people, { personPhone: '138****5678' }, { personPhone: '13900001111' }, { personPhone: '13900001111' }],
    ['a secret removed', people, { personPhone: '138****5678' }, { 'personPhone!': true }, { personPhone: null }],
    ['a first secret', people, { personPhone: null }, { personPhone: '13900001111' }, { personPhone: '13900001111' }],
    ['masked money typed anew', finances, { incomeFen: '***' }, { incomeFen: '18000000' }, { incomeFen: '18000000' }],
  ])('%s', (_what, fields, known, typed, sent) => expect(changes(fields, known, typed)).toEqual(sent))
})

test('both changed: only where it differs, and only what I changed', () => {
  const before = { staffCount: 10, sizeClass: '小', mainProducts: '钢', premises: null }
  const theirs = { staffCount: 12, sizeClass: '中', mainProducts: '钢', premises: 'OWNED' }
  expect(conflictsOf(profile, { staffCount: 15, sizeClass: '中', mainProducts: '铝' }, before, theirs).map(({ field, ...rest }) => ({ name: field.name, ...rest }))).toEqual([{ name: 'staffCount', before: 10, theirs: 12, mine: 15 }])
})
