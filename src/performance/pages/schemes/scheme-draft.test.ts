import { expect, test } from 'vitest'
import { pointsBlocks } from '../../points.rules.ts'
import { schemeTemplates } from '../../psbc-scheme.ts'
import { pointsTerms } from '../../scheme.contract.ts'
import { schemeVersion } from '../../schemes/scheme-change.contract.ts'
import { scorecardBlocks } from '../../scorecard-scheme.ts'
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

test.each([['the points scheme', points('AFTER_ALL')], ['with the early deduction before the link', points('BEFORE_LINK')], ['the scorecard', card]])('%s is written and read the same', (_name, version) => {
  expect(versionOf(draftOfVersion({ ...about, version }, '2026-01-01')).version).toEqual(version)
})
test('what is missing is told by block and parameter', () => {
  const draft = emptyDraft('BLOCKS', '2026-01-01')
  expect(versionOf(draft).wrong).toEqual(['blocks'])
  expect(versionOf({ ...draft, blocks: [{ kind: 'LINK', code: 'C', zh: '', en: '', fields: { of: 'A', weight: '1.4', factor: 'LINK_F', fixed: 'FIXED', base: 'BASE', linked: 'LINKED' }, grids: {} }] }).wrong).toEqual(['C · weight'])
})
