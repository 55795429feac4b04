import { expect, test } from 'vitest'
import { emptySupportExample, supportExampleOf, type SupportExampleDraft } from './support-draft.ts'

const full = { code: 'K1', answerOnTime: '94', rightFirstTime: '91', disputesLost: '1', frontLineRating: '85.5' }
const of = (more: Partial<SupportExampleDraft>) => supportExampleOf({ ...emptySupportExample('2025-04'), ...more }, ['K1', 'K2'])

test.each<[name: string, draft: Partial<SupportExampleDraft>, found: unknown]>([
  ['nothing typed: a month without anything', {}, { month: '2025-04', frontLineFen: [], departments: [], people: [], control: [] }],
  ['amounts in yuan, marks of the departments of the scheme only', { front: [{ unit: '一支行', amount: '78,000.00' }, {}], marks: [full, { ...full, code: 'K9' }] }, { frontLineFen: ['7800000'], departments: [{ code: 'K1', marks: { answerOnTime: '94', rightFirstTime: '91', disputesLost: 1, frontLineRating: '85.5' } }] }],
  ['no mark typed: no data', { marks: [{ code: 'K1' }] }, { departments: [{ code: 'K1', marks: null }] }],
  ['a person without a mark and department: of the first department', { people: [{ name: '甲', days: '30' }] }, { people: [{ name: '甲', department: 'K1', grade: null, mark: null, days: 30, events: [] }] }],
])('%s', (_name, draft, found) => expect(of(draft)).toMatchObject(found as object))
test.each<[name: string, draft: Partial<SupportExampleDraft>]>([
  ['three marks of four', { marks: [{ ...full, frontLineRating: '' }] }], ['half a dispute', { marks: [{ ...full, disputesLost: '0.5' }] }], ['a person without days', { people: [{ name: '甲', mark: '90' }] }], ['a month that is none', { month: '2025-13' }], ['an amount with letters', { front: [{ amount: '7万' }] }],
])('not well written: %s', (_name, draft) => expect(of(draft)).toBeUndefined())
