import { expect, test } from 'vitest'
import { trySupport } from './support-month.rules.ts'
import type { SupportExample } from './scheme-change.contract.ts'
import type { SupportSchemeTerms } from './support-terms.contract.ts'

const terms: SupportSchemeTerms = {
  served: [], schemes: ['POINTS'], poolRatio: '0.10', weights: { answerOnTime: '40', rightFirstTime: '30', disputes: '10', frontLineRating: '20' }, leastScore: '60', heldScore: '80.00', amberFactor: '0.50', departments: [{ code: 'K1', staffWeight: '3' }, { code: 'K2', staffWeight: '1' }],
  gradeFactors: { C: '2', '*': '1' }, controlBases: { C: '500000', '*': '400000' }, controlDepartments: [],
}
const hundred = { answerOnTime: '100', rightFirstTime: '100', disputesLost: 0, frontLineRating: '100' }
const person = (name: string, more: Partial<SupportExample['people'][number]> = {}): SupportExample['people'][number] => ({ department: 'K1', name, grade: null, mark: '100', days: 30, events: [], ...more })
// 40,000.00 of the front line: a pool of 4,000.00; K1 with three posts 3,000.00, K2 with one 1,000.00
const example = (more: Partial<SupportExample> = {}): SupportExample => ({ month: '2025-04', frontLineFen: ['4000000'], departments: [{ code: 'K1', marks: hundred }, { code: 'K2', marks: hundred }], people: [], control: [], ...more })
const paid = (more: Partial<SupportExample>) => {
  const found = trySupport(terms, example(more))
  if ('unknown' in found) return found.unknown
  return [...found.tried.departments.map(({ code, payFen, heldFen }) => [code, payFen, heldFen]), ...found.tried.people.map(({ name, payFen }) => [name, payFen, ''])]
}

test.each<[name: string, more: Partial<SupportExample>, found: unknown]>([
  ['shares by score × posts', {}, [['K1', '300000', '0'], ['K2', '100000', '0']]],
  ['grade C counts twice: 2 of 3, 1 of 3', { people: [person('甲', { grade: 'C' }), person('乙')] }, [['K1', '300000', '0'], ['K2', '100000', '0'], ['甲', '200000', ''], ['乙', '100000', '']]],
  ['whom nobody marked counts with the mean of the others', { people: [person('甲', { mark: '80' }), person('乙', { mark: null })] }, [['K1', '300000', '0'], ['K2', '100000', '0'], ['甲', '150000', ''], ['乙', '150000', '']]],
  ['half a month', { people: [person('甲'), person('乙', { days: 15 })] }, [['K1', '300000', '0'], ['K2', '100000', '0'], ['甲', '200000', ''], ['乙', '100000', '']]],
  ['an AMBER event: half; a RED one: nothing, and the others get no more', { people: [person('甲', { events: ['AMBER'] }), person('乙', { events: ['RED'] })] }, [['K1', '300000', '0'], ['K2', '100000', '0'], ['甲', '75000', ''], ['乙', '0', '']]],
  ['without data: K1 with 80 × 3 of 340 is held', { departments: [{ code: 'K2', marks: hundred }] }, [['K1', '0', '282353'], ['K2', '117647', '0']]],
  ['a dispute lost is 20 of 100 less, times 10 %: 98 × 3 of 394', { departments: [{ code: 'K1', marks: { ...hundred, disputesLost: 1 } }, { code: 'K2', marks: hundred }] }, [['K1', '298477', '0'], ['K2', '101523', '0']]],
  ['risk control: its own base by its own score, at most 120, nothing without one', { control: [{ name: '审', grade: 'C', score: '90' }, { name: '查', grade: 'A', score: '130' }, { name: '核', grade: null, score: null }] }, [['K1', '300000', '0'], ['K2', '100000', '0'], ['审', '450000', ''], ['查', '480000', ''], ['核', '0', '']]],
  ['a person of another department', { people: [person('甲', { department: 'K3' })] }, 'K3'],
])('%s', (_name, more, found) => expect(paid(more)).toEqual(found))
