import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkDirections, directionRules } from '../../tools/check-directions.ts'

const bad = join(import.meta.dirname, 'bad', 'directions')
const samples = readdirSync(bad).filter((name) => name !== '_house').sort()

describe('who may import whom', () => {
  test('every rule has a bad sample', async () => {
    expect(samples).toEqual((await directionRules()).sort())
  })

  test('a small house with a file of every kind is in order', async () => {
    expect((await checkDirections(join(bad, '_house'))).findings).toEqual([])
  })

  // A sample shows one fault; that nothing uses its files is no news, except where it is the fault.
  test.each(samples)('the bad sample fails: %s', async (sample) => {
    const { findings } = await checkDirections(join(bad, sample))
    const rules = new Set(findings.map((found) => found.rule).filter((rule) => rule !== 'no-orphans' || rule === sample))
    expect([...rules]).toContain(sample)
    expect([...rules].filter((rule) => rule !== sample && !(accompanies[sample] ?? []).includes(rule))).toEqual([])
  })

  test('a file that was not read is a finding', async () => {
    const { findings } = await checkDirections(join(bad, 'no-circles'), { reads: () => false })
    expect(findings.filter((found) => found.rule === 'every-file-is-read').map((found) => found.file).sort())
      .toEqual(['src/visits/read-visit.ts', 'src/visits/save-visit.ts'])
  })

  test('a tree without source files is a finding', async () => {
    const { findings } = await checkDirections(join(bad, '..'))
    expect(findings).toMatchObject([{ rule: 'every-file-is-read' }])
  })

  test('the house itself has no finding', async () => {
    const { findings, looked } = await checkDirections()
    expect(findings).toEqual([])
    expect(looked).toBeGreaterThan(30)
  })
})

/** A fault at a distance needs a link in between that is a fault too. */
const accompanies: Record<string, string[]> = {
  'browser-reaches-no-thresholds': ['rules-are-pure'],
  'browser-reaches-no-server': ['contracts-are-thin'],
}
