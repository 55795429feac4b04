import { describe, expect, test } from 'vitest'
import { likeness, mostLike, shingles } from './like-text.rules.ts'

const visit = '走访企业，厂区开工正常，本月订单较上月略增。财务反映回款周期仍在两个月左右，暂无新增融资需求。'
const line = { leastPieces: 12, percent: 80 }

describe('a text nearly equal to an earlier one', () => {
  test.each([
    ['the same', visit, 100],
    ['other marks and spaces', visit.replaceAll('，', ', ').replaceAll('。', ' '), 100],
    ['one figure changed', visit.replace('两个月', '三个月'), 80],
    ['one word left out', visit.replace('略增', '增'), 80],
    ['a sentence of his own added', `${visit}另约下周与法定代表人面谈。`, 65],
    ['another visit', '贷后检查：查看仓库和近三个月纳税记录，存货周转正常，用途与合同一致，影像已留存。', 0],
  ])('%s', (_what, text, least) => {
    const percent = likeness(shingles(visit), shingles(text))
    expect(percent).toBeGreaterThanOrEqual(least)
    if (least === 0) expect(percent).toBeLessThan(10)
  })

  test('the most alike is named, the newest of equals; short texts are like nothing', () => {
    const earlier = [
      { customerId: 'a', contactId: '1', businessDate: '2026-10-01', summary: visit }, { customerId: 'b', contactId: '2', businessDate: '2026-10-09', summary: visit },
      { customerId: 'c', contactId: '3', businessDate: '2026-11-01', summary: visit.replace('两个月', '三个月') }, { customerId: 'd', contactId: '4', businessDate: '2026-11-02', summary: '电话无人接听' },
    ]
    expect(mostLike(visit, earlier, line)).toEqual({ customerId: 'b', contactId: '2', percent: 100 })
    expect(mostLike('电话无人接听', earlier, line)).toBeNull()
    expect(mostLike('了解四季度资金安排，年底集中支付工程款，账户余额会有阶段性下降', earlier, line)).toBeNull()
  })
})
