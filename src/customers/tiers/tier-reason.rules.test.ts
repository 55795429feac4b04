import { describe, expect, test } from 'vitest'
import { tierReason } from './tier-reason.rules.ts'

describe('why a tier is held, in English', () => {
  test.each([
    ['2026-10 月日均 4.98 万元，有贷款，连续三个月低于普通优质标准', 'average of 2026-10 CNY 49,800.00, has credit, three months below the line of Good'],
    ['2026-10 月日均 8,500.25 元', 'average of 2026-10 CNY 8,500.25'],
    ['2026-10 月日均 0.00 元', 'average of 2026-10 CNY 0.00'],
    ['2026-10 月日均 1,234.56 万元，在战略名单，近 12 个月贡献 -60.00 万元', 'average of 2026-10 CNY 12,345,600.00, on the strategic list, contribution of 12 months CNY -600,000.00'],
    ['2026-10 月日均 4.98 万元；年贡献暂无来源，未计入', 'average of 2026-10 CNY 49,800.00; contribution of the year has no source yet and was not counted'],
    ['尚无完整月份', 'no full month yet'],
    ['潜在客户', 'prospect'],
    // a person's words
    ['客户搬迁，暂按普通优质管理', '客户搬迁，暂按普通优质管理'],
    ['行长指定', '行长指定'],
  ])('%s', (kept, english) => expect(tierReason(kept, true, 'CNY')).toBe(english))
  test('in Chinese as it is kept', () => expect(tierReason('尚无完整月份', false, 'CNY')).toBe('尚无完整月份'))
})
