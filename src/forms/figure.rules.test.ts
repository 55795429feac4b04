import { describe, expect, test } from 'vitest'
import type { Cell } from './form.contract.ts'
import { figuresOf, plainName, resemblancesOf } from './figure.rules.ts'

const indicators = [
  { code: 'DEPOSIT_AVERAGE', name: '存款月日均', nameEn: 'Deposits, month average', owner: '计划财务部' }, { code: 'NPL_RATIO', name: '不良贷款率', nameEn: 'NPL ratio', owner: '风险管理部' },
  { code: 'CUSTOMERS_HELD', name: '管户数', nameEn: 'Customers held', owner: '个人金融部' }, { code: 'CARDS_ISSUED', name: '发卡量', nameEn: 'Cards issued', owner: '个人金融部' }, { code: 'NEW_LOANS', name: '新发放贷款笔数', nameEn: 'New loans', owner: '公司业务部' },
]
const cell = (label: string, more: Partial<Cell> = {}): Cell => ({ code: 'c1', label, type: 'WHOLE', required: true, choices: [], least: null, most: null, source: null, ...more })
const found = (label: string, more: Partial<Cell> = {}) => resemblancesOf([cell(label, more)], figuresOf(indicators)).map(({ figure }) => [figure.code, figure.where.zh, figure.owner].join(' '))

describe('a typed column resembles', () => {
  test.each([
    ['管户数', 'CUSTOMERS 客户列表 个人金融部'], ['本月管户数（户）', 'CUSTOMERS 客户列表 个人金融部'], ['不良贷款率', 'NPL_RATIO 业绩指标 风险管理部'], ['年末不良贷款率（%）', 'NPL_RATIO 业绩指标 风险管理部'],
    ['发卡量', 'CARDS_ISSUED 业绩指标 个人金融部'], ['网点存款余额（万元）', 'DEPOSITS 存款 计划财务部'], ['本季存款月日均', 'DEPOSITS_MONTH 存款 计划财务部'], ['ＮＰＬ ratio', 'NPL_RATIO 业绩指标 风险管理部'], ['新发放贷款笔数', 'NEW_LOANS 业绩指标 公司业务部'],
    ['拜访次数', 'VISITS_MONTH 拜访与联系 '],
  ])('%s: %s', (label, told) => {
    expect(found(label)).toEqual([told])
  })
  test.each(['拟新增存款', '存款目标', '预计发卡量', '需增援人数', '拟走访户数', '宣传折页（册）', '礼品预算', '主要困难', '设备', '台数', '户数', '客户情况', '存款情况说明', '年末家庭资产配置意向'])('nothing: %s', (label) => {
    expect(found(label)).toEqual([])
  })
  test('nothing where the ledger fills it in, nor by a day, a choice or a file', () => {
    expect(found('管户数', { source: 'CUSTOMERS' })).toEqual([])
    for (const type of ['DATE', 'CHOICE', 'FILE'] as const) expect(found('管户数', { type })).toEqual([])
    // what was answered last is typed all the same
    expect(found('管户数', { source: 'LAST' })).not.toEqual([])
  })
})

test.each([['本月 管户数（户）', '管户'], ['存款余额（万元）', '存款余额'], ['Customers held', 'customersheld'], ['户', '户']])('%s is plainly %s', (text, plain) => {
  expect(plainName(text)).toBe(plain)
})
