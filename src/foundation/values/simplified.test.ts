import { describe, expect, test } from 'vitest'
import { simplified } from './simplified.ts'

describe('traditional and variant characters', () => {
  test.each([['鑫發貿易', '鑫发贸易'], ['臺灣', '台湾'], ['山西晉泰新材料', '山西晋泰新材料'], ['乾坤', '乾坤'], ['李曉雯', '李晓雯'], ['ABC 12', 'ABC 12']])('%s is compared as %s', (written, compared) => {
    expect(simplified(written)).toBe(compared)
  })
})
