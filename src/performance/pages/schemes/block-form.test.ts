import { expect, test } from 'vitest'
import { schemeBlock } from '../../block.contract.ts'
import { pointsBlocks } from '../../points.rules.ts'
import { schemeTemplates } from '../../psbc-scheme.ts'
import { hundredBlocks, scorecardBlocks } from '../../scorecard-scheme.ts'
import { blockOf, blockShapes, draftOf, newBlock } from './block-form.ts'

const points = schemeTemplates['POINTS']?.terms
if (!points) throw new Error('no points scheme')
const more = [
  { kind: 'TEAM', code: 'JOINED', unit: 'SCORE', own: 'TOTAL', team: 'TEAM_RESULT', weight: '0.20' },
  { kind: 'RATIOS', code: 'STEPS', mode: 'PERCENT', floor: '0', cap: '120', items: [{ code: 'X', name: { zh: '差错', en: 'errors' }, indicator: 'ERRORS', weight: '100', direction: 'DOWN', steps: [{ from: '3', value: '0' }, { from: '0', value: '100' }] }] },
].map((block) => schemeBlock.parse(block))

test.each([...pointsBlocks(points), ...pointsBlocks({ ...points, earlyPosition: 'BEFORE_LINK' }), ...scorecardBlocks, ...hundredBlocks, ...more].map((block) => [`${block.kind} ${block.code}`, block] as const))('%s is written and read the same', (_name, block) => {
  expect(schemeBlock.parse(blockOf(draftOf(block)))).toEqual(block)
})

test('a new block takes a free code and asks for every parameter', () => {
  expect(newBlock('SUM', ['F', 'F2']).code).toBe('F3')
  for (const kind of Object.keys(blockShapes) as (keyof typeof blockShapes)[]) expect(blockOf(newBlock(kind, []))).toMatchObject({ kind })
})
