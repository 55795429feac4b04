import { expect, test } from 'vitest'
import { pointsBlocks } from '../../points.rules.ts'
import { schemeTemplates } from '../../psbc-scheme.ts'
import { pointsTerms } from '../../scheme.contract.ts'
import { schemeVersion } from '../../schemes/scheme-change.contract.ts'
import { scorecardBlocks } from '../../scorecard-scheme.ts'
import { percentOf, shareOf } from './support-draft.ts'
import { draftOfVersion, emptyDraft, versionOf } from './scheme-draft.ts'

const about = { code: 'X', name: '某', nameEn: 'x', legalBasis: '某' }
const template = schemeTemplates['POINTS']
if (!template) throw new Error('no points scheme')
const points = (earlyPosition: 'AFTER_ALL' | 'BEFORE_LINK') => {
  const terms = pointsTerms.parse({ ...template.terms, earlyPosition })
  return schemeVersion.parse({ kind: 'POINTS', terms: { ...terms, blocks: pointsBlocks(terms) }, tariff: template.tariff.map((row) => ({ ...row, unitFen: row.unitFen === null ? null : row.unitFen.toString() })) })
}
const card = schemeVersion.parse({
  kind: 'BLOCKS', tariff: [], terms: { blocks: scorecardBlocks, posts: ['RM'], grades: ['A', 'B'], units: ['O1'], period: 'QUARTER', gradeBases: { A: '600000', '*': '800050' }, score: 'TOTAL', classes: { P1: 'risk' }, carryMonths: 12, correctionMonths: 6 },
})

const support = schemeVersion.parse({
  kind: 'SUPPORT', tariff: [], terms: {
    served: ['B1'], schemes: ['POINTS'], poolRatio: '0.0825', weights: { answerOnTime: '40', rightFirstTime: '30', disputes: '10', frontLineRating: '20' }, leastScore: '60', heldScore: '80.00', amberFactor: '0.8', departments: [{ code: 'K1', staffWeight: '1' }, { code: 'K2', staffWeight: '4.5' }],
    gradeFactors: { C: '1.20', '*': '1.00' }, controlBases: { '*': '400050' }, controlDepartments: ['CR'],
  },
})

test.each([['the points scheme', points('AFTER_ALL')], ['with the early deduction before the link', points('BEFORE_LINK')], ['the scorecard', card], ['that of the support departments', support]])('%s is written and read the same', (_name, version) => {
  expect(versionOf(draftOfVersion({ ...about, version }, '2026-01-01')).version).toEqual(version)
})
test('what is missing is told by block and parameter', () => {
  const draft = emptyDraft('BLOCKS', '2026-01-01')
  expect(versionOf(draft).wrong).toEqual(['blocks'])
  expect(versionOf({ ...draft, blocks: [{ kind: 'LINK', code: 'C', zh: '', en: '', fields: { of: 'A', weight: '1.4', factor: 'LINK_F', fixed: 'FIXED', base: 'BASE', linked: 'LINKED' }, grids: {} }] }).wrong).toEqual(['C · weight'])
})
test('shares are typed in percent', () => {
  expect(['0.08', '0.0825', '0.8', '1', '0.005'].map(percentOf)).toEqual(['8', '8.25', '80', '100', '0.5'])
  expect(['8', '8.25', '80', '100', '0.5', '-8', 'x', ''].map(shareOf)).toEqual(['0.08', '0.0825', '0.8', '1', '0.005', 'x', 'x', 'x'])
})
test('what a support scheme still lacks', () => expect(versionOf({ ...emptyDraft('SUPPORT', '2026-01-01'), support: { ...emptyDraft('SUPPORT', '2026-01-01').support, poolPercent: '108' } }).wrong).toEqual(['schemes', 'poolRatio', 'departments']))
