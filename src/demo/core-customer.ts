import type { Fen } from '../foundation/values/fen.ts'
import { currentAccountLife, yuan, type Booked, type Closing, type Move } from './account-life.ts'
import { Chance } from './chance.ts'
import { company } from './company-names.ts'
import { plannedCustomer, type PlannedCustomer, type Weight } from './customer-plan.ts'
import { dayNumber, dayText } from './day-numbers.ts'
import { customers, people } from './known-cases.ts'
import { accountNumber, inventedMobile, inventedResidentId, inventedUscc } from './identity-numbers.ts'
import { loanLives, type LoanLife } from './loan-life.ts'
import { personName } from './person-names.ts'
import { companyAddress, districtOf, homeAddress } from './places.ts'

/** Everything that the core system of the demo bank knows of one customer, from the first day of the history to the last. It follows from the running number alone. */
export type CoreAccount = {
  key: string; number: string; product: string; outlet: string; openedOn: number; closedOn: number | null; maturesOn: number | null; rate: string | null
  booked: readonly Booked[]; closings: readonly Closing[]
}
export type CoreAssignment = { staffNo: string; sharePct: string; main: boolean; from: string; to: string | null; baseAdb: Fen }
export type CoreLoan = LoanLife & { key: string; accountKey: string; outlet: string }
export type CoreCustomer = {
  plan: PlannedCustomer
  /** Fields of things.contract.ts. */
  facts: Readonly<Record<string, string>>
  assignments: readonly CoreAssignment[]
  accounts: readonly CoreAccount[]
  loans: readonly CoreLoan[]
  cards: readonly { key: string; accountKey: string; product: string; issuedOn: number; expiresOn: number }[]
  orders: readonly { key: string; accountKey: string; fen: Fen; purpose: string; bank: string; account: string }[]
}

// Average balance now, in yuan. The lines between the tiers are those of the domain specification 2.4; nobody stands on a line.
const sizes: Readonly<Record<PlannedCustomer['kind'], Readonly<Record<Weight, readonly [number, number]>>>> = {
  CORPORATE: { T1: [22_500_000, 120_000_000], T2: [5_600_000, 17_500_000], T3: [580_000, 4_400_000], T4: [6_000, 420_000] },
  PERSON: { T1: [6_700_000, 19_000_000], T2: [570_000, 5_200_000], T3: [58_000, 440_000], T4: [300, 42_000] },
}

export function coreCustomer(index: number, from: number, to: number): CoreCustomer {
  const plan = plannedCustomer(index)
  const chance = new Chance('demo', 'customer', index)
  const sort = sizes[plan.kind][plan.weight]
  const size = chance.size(sort[0], sort[1])
  // most grow a little, some much, some shrink
  const growth = plan.story === 'core' ? chance.between(0.04, 0.2) : plan.kind === 'PERSON'
      ? chance.weighted([[chance.between(0.06, 0.19), 10], [chance.between(0.2, 0.6), 3], [chance.between(-0.25, -0.03), 2.5]])
      : chance.weighted([[chance.between(0.02, 0.14), 10], [chance.between(0.15, 0.6), 3], [chance.between(-0.3, -0.03), 4]])
  const openedOn = from - chance.whole(30, 3_800)
  const facts = plan.kind === 'PERSON' ? personFacts(chance, plan, openedOn) : companyFacts(chance, plan, openedOn)
  const loans = loanLives(new Chance('demo', 'loans', index), plan, from, to)
  const money = accountsOf(new Chance('demo', 'accounts', index), plan, { size, growth, openedOn, from, to, moves: loans.flatMap(({ moves }) => moves), name: facts['name'] ?? '' })
  const current = money[0]
  if (!current) throw new Error('a customer without an account')
  return {
    plan, facts, accounts: money, assignments: assignmentsOf(chance, plan, money, openedOn, from),
    loans: loans.map((loan, place) => ({ ...loan, key: `${plan.number}L${place + 1}`, accountKey: current.key, outlet: plan.outlet })),
    cards: plan.kind === 'PERSON' ? [cardOf({ key: `${plan.number}C1`, accountKey: current.key, product: plan.weight === 'T1' ? 'C102' : 'C101', issuedOn: Math.min(openedOn + chance.whole(0, 900), to) }, to)] : [],
    orders: chance.hits(0.12) ? [{
      key: `${plan.number}S1`, accountKey: current.key, fen: yuan(chance.whole(2, 60) * 100), purpose: plan.kind === 'PERSON' ? chance.pick(['房租', '保险费', '赡养费', '学费']) : chance.pick(['物业费', '租金', '设备租赁费']),
      bank: chance.pick(['工商银行', '建设银行', '农业银行', '邮储银行']), account: accountNumber('CARD', 9, index * 100 + 77),
    }] : [],
  }
}

function personFacts(chance: Chance, plan: PlannedCustomer, openedOn: number): Record<string, string> {
  const sex = chance.hits(0.52) ? 'M' : 'F'
  const identity = inventedResidentId(plan.index, sex)
  const birthYear = Number(identity.birthDate.slice(0, 4))
  const district = districtOf(plan.district)
  const age = 2026 - birthYear
  return {
    number: plan.number, kind: 'PERSON', name: personName(chance, birthYear, sex).name, outlet_code: plan.outlet, opened_on: dayText(openedOn), status: 'ACTIVE', source: chance.pick(['柜面', '转介', '网点厅堂', '活动', '老客户推荐']),
    identity_kind: 'RESIDENT_ID', identity_number: identity.number, identity_expires_on: age > 46 && chance.hits(0.6) ? '' : `${2027 + chance.whole(0, 15)}-${String(chance.whole(1, 12)).padStart(2, '0')}-15`,
    phone: inventedMobile(plan.index), sex, birth_date: identity.birthDate, nationality: '中国',
    occupation: age >= 61 ? '退休' : chance.pick(['企业负责人', '个体经营', '公务员', '教师', '医生', '工程师', '会计', '销售', '职员', '自由职业']),
    employer: age >= 61 || chance.hits(0.3) ? '' : company(chance, district, chance.pick(['中', '小', '小'])).name,
    address: homeAddress(chance, district), district: district.name, risk_level: chance.pick(['C1', 'C2', 'C2', 'C3', 'C3', 'C4', 'C5']),
  }
}

const staffOf = { 大: [800, 6_000], 中: [150, 800], 小: [20, 150], 微: [2, 20] } as const
const capitalOf = { 大: [80_000_000, 900_000_000], 中: [10_000_000, 80_000_000], 小: [1_000_000, 12_000_000], 微: [30_000, 2_000_000] } as const

function companyFacts(chance: Chance, plan: PlannedCustomer, openedOn: number): Record<string, string> {
  const district = districtOf(plan.district)
  const size = ({ T1: chance.pick(['大', '中'] as const), T2: chance.pick(['中', '小'] as const), T3: '小', T4: '微' } as const)[plan.weight]
  const made = company(chance, district, size)
  const name = plan.story === 'long-name' ? '太原市小店区昇垚同德精密铸造设备制造与市政管廊安装工程技术咨询服务有限责任公司' : made.name
  const registered = companyAddress(chance, district)
  return {
    number: plan.number, kind: 'CORPORATE', name, outlet_code: plan.outlet, opened_on: dayText(openedOn), status: 'ACTIVE', source: chance.pick(['外拓', '转介', '柜面', '老客户推荐', '公私联动']),
    identity_kind: 'USCC', identity_number: inventedUscc(plan.index, plan.story === 'long-name' ? '91' : made.uscCategory, plan.district), phone: inventedMobile(900_000_000 + plan.index),
    company_type: plan.story === 'long-name' ? '企业法人' : made.kind, established_on: dayText(openedOn - chance.whole(30, 5_000)), registered_address: registered, operating_address: chance.hits(0.8) ? registered : companyAddress(chance, district),
    registration_status: chance.hits(0.985) ? '存续' : chance.pick(['歇业', '注销']), business_scope: made.scope, industry_code: made.industryCode, size_class: size,
    registered_capital: `${Math.round(chance.size(capitalOf[size][0], capitalOf[size][1]) / 10_000) * 10_000}.00`, legal_representative: made.legalRepresentative,
    staff_count: String(Math.round(chance.size(staffOf[size][0], staffOf[size][1]))), district: district.name,
  }
}

/** A card is renewed every five years. */
function cardOf(card: Omit<CoreCustomer['cards'][number], 'expiresOn'>, to: number): CoreCustomer['cards'][number] {
  const term = 1_826
  return { ...card, expiresOn: card.issuedOn + term * Math.max(1, Math.ceil((to + 1 - card.issuedOn) / term)) }
}

type Money = { size: number; growth: number; openedOn: number; from: number; to: number; moves: readonly Move[]; name: string }

function accountsOf(chance: Chance, plan: PlannedCustomer, { size, growth, openedOn, from, to, moves, name }: Money): CoreAccount[] {
  const corporate = plan.kind === 'CORPORATE'
  const serial = plan.index * 10
  const key = (place: number): string => `${plan.number}A${place}`
  const wealthy = plan.weight === 'T1' || plan.weight === 'T2'
  const saves = corporate ? wealthy && chance.hits(0.35) : plan.weight !== 'T4' && chance.hits(wealthy ? 0.85 : 0.5)
  const saved = saves ? size * chance.between(0.35, 0.7) : 0
  const deposits = saved > 10_000 ? timeDeposits(chance, { plan, saved, growth, openedOn, from, to }) : []
  const current = size - saved
  const phase = chance.between(0, 6.28)
  const story = watchStory(plan, current, to)
  const rise = riseOf(plan, size)
  const wave = chance.between(0.01, corporate ? 0.05 : 0.035)
  // money that came from time deposits, or went into them, passes through the current account
  const through: Move[] = deposits.flatMap(({ fen, startsOn, endsOn }) => [
    ...(startsOn > from ? [{ day: startsOn, direction: 'IN', fen, kind: 'TRANSFER', memo: '跨行转入' } as const, { day: startsOn, direction: 'OUT', fen, kind: 'TIME_DEPOSIT', memo: '转存定期' } as const] : []),
    ...(endsOn !== null ? [{ day: endsOn, direction: 'IN', fen, kind: 'TIME_DEPOSIT', memo: '定期到期转入' } as const, { day: Math.min(endsOn + 4, to), direction: 'OUT', fen, kind: 'TRANSFER', memo: '转往他行' } as const] : []),
  ])
  const lively = corporate ? { T1: 9, T2: 7, T3: 5, T4: 3 }[plan.weight] : { T1: 5, T2: 5, T3: 4, T4: 2 }[plan.weight]
  const level = (day: number): number => {
    const years = (day - to) / 365
    const season = Math.sin((day / 365) * 6.283 + phase) * wave
    return Math.max(current * (1 + growth) ** years * (1 + season) * (story.leavesOn !== null && day > story.leavesOn ? 0.25 : 1) + (rise !== null && day >= rise.day ? rise.yuan : 0), 60)
  }
  const life = currentAccountLife(chance, yuan(level(from)), from, to, { kind: plan.kind, level, fixed: [...moves, ...through, ...story.moves, ...(rise === null || rise.day > to ? [] : [{ day: rise.day, direction: 'IN', fen: yuan(rise.yuan), kind: 'TRANSFER', memo: plan.kind === 'PERSON' ? '房屋征收补偿款' : '股权转让款' } as const])], lively, ownNameElsewhere: story.elsewhere ? name : null })
  return [
    {
      key: key(1), number: accountNumber(corporate ? 'CORPORATE' : 'CARD', Number(plan.outlet.slice(2)), serial + 1), product: corporate ? 'D201' : 'D101', outlet: plan.outlet, openedOn, closedOn: null, maturesOn: null,
      rate: '0.0005', booked: life.booked, closings: life.closings,
    },
    ...deposits.map(({ fen, startsOn, endsOn, maturesOn, rate }, place): CoreAccount => ({
      key: key(place + 2), number: accountNumber('CORPORATE', Number(plan.outlet.slice(2)), serial + 2 + place), product: corporate ? 'D202' : 'D102', outlet: plan.outlet, openedOn: startsOn, closedOn: endsOn, maturesOn: (place === 0 ? story.maturesOn : null) ?? maturesOn, rate,
      booked: [
        ...(startsOn > from ? [{ day: startsOn, direction: 'IN', fen, kind: 'TIME_DEPOSIT', memo: '定期存入', after: fen } as const] : []),
        ...(endsOn !== null ? [{ day: endsOn, direction: 'OUT', fen, kind: 'TIME_DEPOSIT', memo: '定期支取', after: 0n } as const] : []),
      ],
      closings: [{ day: Math.max(startsOn, from), fen }, ...(endsOn !== null ? [{ day: endsOn, fen: 0n }] : [])],
    })),
    ...furtherProducts(plan, { size, openedOn, from, to, place: deposits.length + 2, serial }),
  ]
}

const storyPeople = new Set<string>(Object.values(people))

/** Some of 赵永强's larger customers, none of the stories, received much at the beginning of October: their way into the core tier waits for him. */
function riseOf(plan: PlannedCustomer, size: number): { day: number; yuan: number } | null {
  const core = plan.kind === 'PERSON' ? 6_000_000 : 20_000_000
  if (plan.weight !== 'T2' || plan.story !== null || !plan.manager || storyPeople.has(plan.manager.staffNo) || !plan.manager.outlet.startsWith('1411') || size < core * 0.3) return null
  return new Chance('demo', 'rise', plan.index).hits(0.2) ? { day: dayNumber('2026-10-02'), yuan: Math.round((core * 1.15 - size) / 1_000) * 1_000 } : null
}

type WatchStory = { moves: Move[]; maturesOn: number | null; elsewhere: boolean; leavesOn: number | null }

/** What the alerts of the demo bank are about: who paid out much yesterday, whose deposit ends these days, who sends the surplus to his own account elsewhere, who is leaving. Drawn apart, so that the lives of the others stay. */
function watchStory(plan: PlannedCustomer, current: number, to: number): WatchStory {
  const chance = new Chance('demo', 'watch', plan.index)
  const told: WatchStory = { moves: [], maturesOn: null, elsewhere: chance.hits(0.07), leavesOn: null }
  if (plan.number === customers.sharedCompany) told.moves.push({ day: to, direction: 'OUT', fen: yuan(Math.round(current * 0.16)), kind: 'TRANSFER', memo: '设备采购款', partner: '山西恒泰重型机械有限公司', partnerBank: '建设银行' })
  if (plan.number === customers.own) told.maturesOn = dayNumber('2026-11-27')
  if (plan.number === customers.shared) told.maturesOn = dayNumber('2026-12-03')
  if (plan.story !== null || (plan.weight !== 'T1' && plan.weight !== 'T2')) return told
  if (chance.hits(0.025)) told.leavesOn = dayNumber(chance.hits(0.5) ? '2026-10-12' : '2026-11-12')
  if (chance.hits(0.12)) told.maturesOn = to + chance.whole(0, 40)
  return told
}

/** Wealth products of those who have money, held since before the history, and e-banking: it holds no money. */
function furtherProducts(plan: PlannedCustomer, { size, openedOn, from, to, place, serial }: { size: number; openedOn: number; from: number; to: number; place: number; serial: number }): CoreAccount[] {
  const chance = new Chance('demo', 'further products', plan.index)
  const made: CoreAccount[] = []
  const add = (product: string, day: number, more: Pick<CoreAccount, 'maturesOn' | 'rate' | 'closings'>): void => {
    const at = place + made.length
    made.push({ key: `${plan.number}A${at}`, number: accountNumber('CORPORATE', Number(plan.outlet.slice(2)), serial + at), product, outlet: plan.outlet, openedOn: day, closedOn: null, booked: [], ...more })
  }
  const wealthy = plan.weight === 'T1' || plan.weight === 'T2'
  if (plan.kind === 'PERSON' && wealthy && chance.hits(0.3)) {
    add('W101', Math.max(openedOn, from - chance.whole(5, 300)), { maturesOn: to + chance.whole(1, 180), rate: '0.0265', closings: [{ day: Math.max(openedOn, from), fen: BigInt(Math.max(1, Math.round((size * chance.between(0.05, 0.25)) / 10_000))) * 1_000_000n }] })
  }
  if (chance.hits(plan.kind === 'PERSON' ? 0.55 : 0.6)) add(plan.kind === 'PERSON' ? 'E101' : 'E201', Math.min(openedOn + chance.whole(0, 60), to), { maturesOn: null, rate: null, closings: [] })
  return made
}

type TimeDeposit = { fen: Fen; startsOn: number; endsOn: number | null; maturesOn: number; rate: string }

function timeDeposits(chance: Chance, { plan, saved, growth, openedOn, from, to }: { plan: PlannedCustomer; saved: number; growth: number; openedOn: number; from: number; to: number }): TimeDeposit[] {
  const round = (amount: number): Fen => BigInt(Math.max(1, Math.round(amount / 10_000))) * 1_000_000n
  const one = (amount: number, startsOn: number, endsOn: number | null): TimeDeposit => {
    const years = chance.pick([1, 2, 3])
    // one that has run out since is prolonged by its own term
    const term = years * 365
    const maturesOn = endsOn ?? startsOn + term * Math.max(1, Math.ceil((to + 1 - startsOn) / term))
    return { fen: round(amount), startsOn, endsOn, maturesOn, rate: { 1: '0.0115', 2: '0.0125', 3: '0.0155' }[years] ?? '0.0115' }
  }
  const old = (): number => Math.max(openedOn, from - chance.whole(10, 700))
  if (growth > 0.12) {
    const share = Math.min(growth, 0.5)
    return [one(saved * (1 - share), old(), null), one(saved * share, from + chance.whole(20, Math.max(21, to - from - 10)), null)]
  }
  if (growth < -0.02) return [one(saved * 0.75, old(), null), one(saved * 0.25, old(), null), one(saved * Math.min(-growth, 0.4), old(), from + chance.whole(30, Math.max(31, to - from - 10)))]
  return plan.weight === 'T1' ? [one(saved * 0.6, old(), null), one(saved * 0.4, old(), null)] : [one(saved, old(), null)]
}

/** Who looks after the customer, with which share, since when; the base is the average balance of the year up to then. The plan of 2026 froze the bases anew on 1 January. */
function assignmentsOf(chance: Chance, plan: PlannedCustomer, accounts: readonly CoreAccount[], openedOn: number, from: number): CoreAssignment[] {
  const { manager, assisted, formerly } = plan
  if (!manager) return []
  const planYear = '2026-01-01'
  const begun = [dayText(openedOn), '2019-01-01', formerly ? '2019-01-01' : manager.since].reduce((late, day) => (day > late ? day : late))
  const slice = (staffNo: string, sharePct: string, main: boolean, first: string, to: string | null): CoreAssignment => ({ staffNo, sharePct, main, from: first, to, baseAdb: averageOf(accounts, from, first) })
  /** One manager alone, with a new base at the beginning of the plan's year. */
  const alone = (staffNo: string, first: string, to: string): CoreAssignment[] =>
    first < planYear && planYear < to ? [slice(staffNo, '100.00', true, first, planYear), slice(staffNo, '100.00', true, planYear, to)] : first < to ? [slice(staffNo, '100.00', true, first, to)] : []
  // some were nobody's until they were given to him this year
  const since = formerly ? formerly.until : chance.hits(0.12) ? `2026-0${chance.whole(2, 6)}-01` : begun > planYear ? begun : planYear
  const before = formerly ? alone(formerly.staffNo, begun, since) : since === planYear ? alone(manager.staffNo, begun, since) : []
  const present = slice(manager.staffNo, assisted ? `${100 - assisted.sharePct}.00` : '100.00', true, since, null)
  return [...before, present, ...(assisted ? [slice(assisted.staffNo, `${assisted.sharePct}.00`, false, since, null)] : [])]
}

/** The average of all balances in [start of that year or of the history, day), in fen; on 1 January that of the whole year before. */
function averageOf(accounts: readonly CoreAccount[], from: number, day: string): Fen {
  const until = dayNumber(day)
  const year = day.endsWith('-01-01') ? Number(day.slice(0, 4)) - 1 : Number(day.slice(0, 4))
  const start = Math.max(from, dayNumber(`${year}-01-01`))
  if (until <= start) return accounts.reduce((sum, { closings }) => sum + (closings[0]?.fen ?? 0n), 0n)
  let sum = 0n
  for (const { closings } of accounts) {
    closings.forEach(({ day: first, fen }, place) => {
      const end = closings[place + 1]?.day ?? until
      const days = Math.min(end, until) - Math.max(first, start)
      if (days > 0) sum += fen * BigInt(days)
    })
  }
  return sum / BigInt(until - start)
}
