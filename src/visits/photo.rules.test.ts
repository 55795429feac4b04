import { describe, expect, test } from 'vitest'
import { judgePhoto, judgePlace, kilometresBetween, type CameraFacts, type PlacePolicy, type Position } from './photo.rules.ts'

const policy: PlacePolicy = { kept: true, minutesApart: 30, kilometresFromCamera: 20, worstAccuracyM: 5_000 }
const now = '2026-11-23T03:00:00.000Z'
const here: Position = { latitude: 37.7953412, longitude: 112.5487621, accuracyM: 18, at: '2026-11-23T02:59:00.000Z' }
const nothing: CameraFacts = { takenAt: null, position: null }
const judged = (position: Position | null, more: Partial<Parameters<typeof judgePlace>[1]> = {}): string => {
  const outcome = judgePlace(position, { consent: true, policy, now, camera: nothing, ...more })
  return outcome.ok ? JSON.stringify(outcome.value) : outcome.refusal.name
}

describe('the place of a photo', () => {
  test.each([
    ['none told', null, {}, 'null'],
    ['kept coarsely', here, {}, '{"latitude":"37.80","longitude":"112.55","accuracyM":18}'],
    ['the bank keeps none', here, { policy: { ...policy, kept: false } }, 'place-not-kept'],
    ['the customer did not agree', here, { consent: false }, 'place-without-consent'],
    ['whole degrees are made up', { ...here, latitude: 38, longitude: 112 }, {}, 'place-forged'],
    ['0, 0 is nowhere', { ...here, latitude: 0, longitude: 0 }, {}, 'place-forged'],
    ['known to the centimetre', { ...here, accuracyM: 0 }, {}, 'place-forged'],
    ['of another hour', { ...here, at: '2026-11-23T01:10:00.000Z' }, {}, 'place-forged'],
    ['of tomorrow', { ...here, at: '2026-11-24T02:59:00.000Z' }, {}, 'place-forged'],
    ['the camera was in another town', here, { camera: { takenAt: null, position: { latitude: 39.9, longitude: 116.4 } } }, 'place-forged'],
    ['the camera was in the next street', here, { camera: { takenAt: null, position: { latitude: 37.8, longitude: 112.55 } } }, '{"latitude":"37.80","longitude":"112.55","accuracyM":18}'],
    ['so vague that it says nothing', { ...here, accuracyM: 20_000 }, {}, 'null'],
  ] as const)('%s', (_what, position, more, expected) => expect(judged(position, more)).toBe(expected))
  test('kilometres', () => expect(Math.round(kilometresBetween({ latitude: 37.87, longitude: 112.55 }, { latitude: 39.9, longitude: 116.4 }))).toBe(402))
})

test('a photo from the future is none', () => {
  expect(judgePhoto({ takenAt: '2026-11-23T20:00:00.000Z', position: null }, now).ok).toBe(true)
  expect(judgePhoto({ takenAt: '2026-11-25T03:00:00.000Z', position: null }, now)).toMatchObject({ ok: false, refusal: { name: 'photo-in-future' } })
  expect(judgePhoto(nothing, now).ok).toBe(true)
})
