import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { conductOf, correctionOf, drawSample, inspectionTerms, pointsOfFinding, pointsOfFindings, reportQuality, sampleSize, type Finding } from './inspection.rules.ts'
import { schemeTemplates } from './psbc-scheme.ts'

const tariff = Object.fromEntries((schemeTemplates['POINTS']?.tariff ?? []).map(({ event, points }) => [event, points]))

describe('inspection-1: RM A, April 2025', () => {
  test.each([['reports', 6, 3], ['post-loan checks', 9, 3], ['eleven', 11, 4], ['two of two', 2, 2], ['none', 0, 0]])('sample of %s: %i objects → %i', (_what, objects, size) => expect(sampleSize(inspectionTerms, objects)).toBe(size))
  const findings: [object: string, finding: Finding, points: string][] = [
    ['report L11', { object: 'REPORT', grade: 'EXCELLENT' }, '10.00'], ['report L12', { object: 'REPORT', grade: 'PASS' }, '0.00'], ['report L13', { object: 'REPORT', grade: 'UNTRUE_MINOR' }, '-15.00'],
    ['check L9', { object: 'CHECK', grade: 'MISSING' }, '-8.00'], ['check L10', { object: 'CHECK', grade: 'PASS' }, '0.00'], ['check L14', { object: 'CHECK', grade: 'PASS' }, '0.00'],
  ]
  test.each(findings)('%s: %o → %s', (_object, finding, points) => expect(pointsOfFinding(tariff, finding)).toBe(points))
  test('together', () => expect(pointsOfFindings(tariff, findings.map(([, finding]) => finding))).toEqual({ reports: '-5.00', checks: '-8.00', total: '-13.00' }))
  test('the objection to L13 is upheld in May: +15.00 in May', () => expect(correctionOf(tariff, { object: 'REPORT', grade: 'UNTRUE_MINOR' }, 'PASS')).toBe('15.00'))
})

test.each([
  ['REPORT', 'UNTRUE_MAJOR', '-50.00', 'AMBER'], ['REPORT', 'FALSE', '0.00', 'RED'], ['CHECK', 'LATE', '-3.00', null], ['CHECK', 'COPIED', '-20.00', 'AMBER'], ['CHECK', 'PASS', '0.00', null],
] as const)('%s %s: %s points, conduct case %s', (object, grade, points, conduct) => expect([pointsOfFinding(tariff, { object, grade }), conductOf({ object, grade })]).toEqual([points, conduct]))
test('a grade that the tariff does not know has no points', () => expect(pointsOfFinding(tariff, { object: 'CHECK', grade: 'GOOD' })).toBeUndefined())
test('report quality stays within 0 and 120', () => expect([reportQuality(['10', '0', '-15']), reportQuality(['10', '10', '10']), reportQuality(['-50', '-50', '-15'])]).toEqual(['95.00', '120.00', '0.00']))

describe('the draw', () => {
  const object = (place: number, loanFen: bigint | null = null) => ({ id: `r${String(place).padStart(3, '0')}`, loanFen })
  test('can be repeated from its seed', () => {
    const objects = Array.from({ length: 20 }, (_, place) => object(place))
    expect(drawSample(inspectionTerms, objects, 7)).toHaveLength(6)
    expect(drawSample(inspectionTerms, objects, 7)).toEqual(drawSample(inspectionTerms, [...objects].reverse(), 7))
    expect(drawSample(inspectionTerms, objects, 7)).not.toEqual(drawSample(inspectionTerms, objects, 8))
  })
  test('a loan above 5,000,000 is always in, one of exactly 5,000,000 is not', () => {
    const objects = [...Array.from({ length: 9 }, (_, place) => object(place)), object(900, 500_000_001n), object(901, 500_000_000n)]
    const counts = new Map<string, number>()
    for (let seed = 0; seed < 60; seed += 1) for (const id of drawSample(inspectionTerms, objects, seed)) counts.set(id, (counts.get(id) ?? 0) + 1)
    expect(counts.get('r900')).toBe(60)
    expect(counts.get('r901') ?? 0).toBeLessThan(60)
    expect(counts.size).toBe(11) // every object is drawn by some seed
  })
  test('the right number, each once, all known', () => fc.assert(fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }), fc.nat(), (count, large, seed) => {
    const objects = Array.from({ length: count }, (_, place) => object(place, place < large ? 900_000_000n : null))
    const sample = drawSample(inspectionTerms, objects, seed)
    expect(sample).toHaveLength(Math.max(sampleSize(inspectionTerms, count), Math.min(count, large)))
    expect(new Set(sample).size).toBe(sample.length)
    expect(sample.every((id) => objects.some((one) => one.id === id))).toBe(true)
  })))
})
