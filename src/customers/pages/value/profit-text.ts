import { defineText } from '../../../ui/text.ts'

export const profitText = defineText({
  title: { zh: '模拟利润', en: 'Simulated profit' }, rule: { zh: '客户税前贡献按每日管户归属和占比分给客户经理；按产品、网点、客户经理合计相同', en: 'Customers’ pre-tax contribution, shared by who held them on each day; by product, outlet or manager the sum is the same' },
  back: { zh: '全部', en: 'All' }, figures: { zh: '利润', en: 'Profit' }, month: { zh: '月份', en: 'Month' }, by: { zh: '分组', en: 'By' },
  PRODUCT: { zh: '产品', en: 'Product' }, OUTLET: { zh: '网点', en: 'Outlet' }, MANAGER: { zh: '客户经理', en: 'Manager' },
  amount: { zh: '模拟利润', en: 'Profit' }, share: { zh: '占比 %', en: 'Share %' }, before: { zh: '较上月', en: 'Against the month before' }, customers: { zh: '客户数', en: 'Customers' }, unit: { zh: '所属机构', en: 'Unit' }, pool: { zh: '公共池', en: 'Pool' },
  best: { zh: '最高', en: 'Highest' }, none: { zh: '还没有算出的月份', en: 'No month was worked out yet' }, noneHint: { zh: '每月数据装入后自动计算上月', en: 'The last month is worked out when its data is loaded' },
  example: { zh: '当前使用安装时的示例价格和参数，仅供试用', en: 'Worked out with the example prices and parameters of the installation' }, missing: { zh: '未计入：{list}', en: 'Not counted: {list}' }, listMark: { zh: '、', en: ', ' },
  BILLS: { zh: '银行承兑汇票和保函', en: 'acceptances and guarantees' }, WEALTH_FEES: { zh: '理财和代销手续费', en: 'fees of wealth products' }, FEES: { zh: '手续费（交易没有手续费类别）', en: 'fees (bookings carry none)' },
  ofCustomers: { zh: '客户构成', en: 'By customer' }, customer: { zh: '客户', en: 'Customer' }, number: { zh: '客户号', en: 'Number' }, tier: { zh: '层级', en: 'Tier' }, others: { zh: '已不在权限范围，或 500 户以后', en: 'No longer in scope, or beyond the first 500' }, noCustomers: { zh: '没有客户', en: 'No customers' },
  exportIt: { zh: '导出', en: 'Export' },
})
