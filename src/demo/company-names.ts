import { Chance } from './chance.ts'
import { personName } from './person-names.ts'
import type { District } from './places.ts'

/** An industry: code of GB/T 4754 (class), words of the name, what stands in the licence. */
type Industry = { code: string; words: readonly string[]; scope: string; large?: true }

const industries: readonly Industry[] = [
  { code: 'C3311', words: ['金属结构', '钢结构', '金属制品'], scope: '金属结构制造；金属制品销售；普通机械设备安装服务', large: true },
  { code: 'C3421', words: ['机械制造', '精密机械', '机床附件', '重型机械'], scope: '通用设备制造；机械零件加工；机械设备销售', large: true },
  { code: 'C2710', words: ['医药', '生物制药', '药业'], scope: '药品生产；药品批发；医学研究和试验发展', large: true },
  { code: 'C3091', words: ['碳素材料', '新材料', '耐火材料'], scope: '新型陶瓷材料销售；耐火材料生产；新材料技术研发', large: true },
  { code: 'C2511', words: ['能源化工', '煤化工', '新能源'], scope: '煤制品制造；化工产品销售；新兴能源技术研发', large: true },
  { code: 'C1469', words: ['醋业', '食品', '调味品'], scope: '食品生产；食品销售；食品添加剂销售' },
  { code: 'C1521', words: ['酒业', '饮品'], scope: '酒制品生产；酒类经营；饮料生产' },
  { code: 'C1713', words: ['纺织', '服饰', '制衣'], scope: '面料纺织加工；服装制造；服饰批发' },
  { code: 'C3021', words: ['建材', '水泥制品', '门窗'], scope: '水泥制品制造；建筑材料销售；门窗制造加工' },
  { code: 'F5162', words: ['商贸', '贸易', '物资'], scope: '建筑材料销售；五金产品批发；日用百货销售' },
  { code: 'F5241', words: ['超市', '百货', '家居'], scope: '食品销售；日用百货销售；家居用品销售' },
  { code: 'F5261', words: ['汽车销售服务', '汽贸'], scope: '汽车销售；汽车零配件零售；机动车修理和维护' },
  { code: 'G5430', words: ['物流', '运输', '供应链管理'], scope: '道路货物运输；普通货物仓储服务；供应链管理服务' },
  { code: 'E4710', words: ['建筑工程', '建设', '市政工程'], scope: '建设工程施工；建筑劳务分包；工程管理服务', large: true },
  { code: 'E5011', words: ['装饰工程', '园林绿化'], scope: '住宅室内装饰装修；城市绿化管理；园林绿化工程施工' },
  { code: 'K7010', words: ['房地产开发', '置业'], scope: '房地产开发经营；非居住房地产租赁；物业管理', large: true },
  { code: 'K7020', words: ['物业服务', '物业管理'], scope: '物业管理；停车场服务；建筑物清洁服务' },
  { code: 'I6513', words: ['信息技术', '软件', '数据科技', '智能科技'], scope: '软件开发；信息系统集成服务；数据处理服务' },
  { code: 'L7212', words: ['企业管理', '人力资源', '咨询'], scope: '企业管理咨询；人力资源服务；会议及展览服务' },
  { code: 'M7320', words: ['环保科技', '检测技术', '节能科技'], scope: '环保咨询服务；环境保护监测；节能管理服务' },
  { code: 'H6110', words: ['酒店管理', '餐饮管理', '文化旅游'], scope: '酒店管理；餐饮服务；旅游开发项目策划咨询' },
  { code: 'Q8311', words: ['医疗器械', '口腔医疗', '康养'], scope: '医疗器械销售；医疗服务；养老服务' },
  { code: 'P8391', words: ['教育科技', '文化传媒'], scope: '教育咨询服务；文化艺术交流活动组织；广告制作' },
  { code: 'A0141', words: ['农业科技', '种业', '农产品'], scope: '蔬菜种植；农产品的生产、销售、加工；农业科学研究' },
  { code: 'B0610', words: ['矿业', '煤业', '洗选煤'], scope: '煤炭开采；煤炭洗选；煤炭及制品销售', large: true },
  { code: 'D4420', words: ['热力', '电力工程', '燃气'], scope: '热力生产和供应；输电、供电、受电电力设施的安装；燃气经营', large: true },
]
const heads = [...'恒瑞盛华金泰鼎隆宏安嘉信天和云锦晟源汇通博润启明远景凯达永兴福祥东昇众诚卓越亿丰立德三晋汾晋同创新辰景合昌德晶峰宇']
const tails = [...'泰源达通盛隆昌兴和顺诚信邦辰宇峰博睿腾翔锋源润洋威美宁丰硕康佳骏杰业']
const shops = ['刀削面馆', '便利店', '五金商行', '烟酒副食店', '理发店', '汽修厂', '水果店', '家电维修部', '母婴用品店', '茶庄', '文具店', '干洗店', '粮油店', '早餐店', '建材经营部']

export type CompanyKind = '企业法人' | '非法人企业' | '个体工商户' | '其他'
export type Company = { name: string; kind: CompanyKind; size: '大' | '中' | '小' | '微'; industryCode: string; scope: string; legalRepresentative: string; uscCategory: '91' | '92' | '93' }

/** An invented company: city, word, industry, legal form. One in forty has a very long name. */
export function company(chance: Chance, district: District, size: Company['size']): Company {
  const birthYear = chance.whole(1955, 1995)
  const legalRepresentative = personName(chance, birthYear).name
  if (size === '微' && chance.hits(0.45)) {
    const owner = [...legalRepresentative][0] ?? '王'
    return {
      name: `${district.city}市${district.name}${chance.hits(0.4) ? `${owner}记` : chance.pick(heads) + chance.pick(tails)}${chance.pick(shops)}`, kind: '个体工商户', size, industryCode: 'F5299',
      scope: '食品销售；日用百货销售；居民日常生活服务', legalRepresentative, uscCategory: '92',
    }
  }
  if ((size === '微' || size === '小') && chance.hits(0.06)) {
    return { name: `${district.name}${chance.pick(heads)}${chance.pick(tails)}${chance.pick(['种植', '养殖', '农机服务'])}专业合作社`, kind: '其他', size, industryCode: 'A0190', scope: '农产品种植、销售；农业技术服务', legalRepresentative, uscCategory: '93' }
  }
  const industry = chance.pick(size === '大' ? industries.filter(({ large }) => large) : industries)
  const word = chance.pick(heads) + chance.pick(tails)
  const place = chance.weighted([[`山西`, size === '大' ? 6 : 3], [`${district.city}`, 4], [`${district.city}市`, 3], [`${district.city}市${district.name}`, 1], ['', 1]])
  const form = chance.weighted<string>(size === '大' ? [['集团有限公司', 4], ['股份有限公司', 3], ['有限责任公司', 2]] : [['有限公司', 8], ['有限责任公司', 3], ['股份有限公司', size === '中' ? 1 : 0]])
  const long = chance.hits(1 / 40)
  const name = long
    ? `${district.city}市${district.name}${word}${industry.words.join('')}设备制造安装与工程技术咨询服务${form}`
    : `${place}${word}${chance.pick(industry.words)}${form}`
  if (chance.hits(0.03)) return { name: `${name}${district.city}分公司`, kind: '非法人企业', size, industryCode: industry.code, scope: industry.scope, legalRepresentative, uscCategory: '91' }
  return { name, kind: '企业法人', size, industryCode: industry.code, scope: industry.scope, legalRepresentative, uscCategory: '91' }
}

/** A short invented trading partner, for the other side of a transaction. */
export function partnerName(chance: Chance): string {
  const industry = chance.pick(industries)
  return `${chance.pick(['山西', '河北', '河南', '陕西', '北京', '太原', '晋中', '长治', '郑州', '石家庄'])}${chance.pick(heads)}${chance.pick(tails)}${chance.pick(industry.words)}有限公司`
}

const regulars = 90
/** Some of the partners are the same for many companies of the region, and are not always written alike. It follows from the name that was drawn, so that nothing else changes. */
export function regularPartner(drawn: string): string {
  const sum = [...drawn].reduce((whole, character) => whole + (character.codePointAt(0) ?? 0), 0)
  if (sum % 5 > 1) return drawn
  const name = partnerName(new Chance('demo', 'regular partner', sum % regulars))
  return sum % 7 === 0 ? name.replace('有限公司', '有限责任公司') : name
}
