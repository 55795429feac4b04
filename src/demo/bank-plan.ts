import { Chance } from './chance.ts'
import { people } from './known-cases.ts'
import { personName } from './person-names.ts'

/** The demo bank's organisation as data: units, people, posts, grades. Invented; the same in every run. */

export type PlannedUnit = {
  code: string; kind: 'HEAD_OFFICE' | 'BRANCH' | 'SUB_BRANCH' | 'OUTLET' | 'RM_DEPARTMENT' | 'DEPARTMENT' | 'TEAM'
  name: string; nameEn: string; parent: string | null; managersIn?: 'OUTLET' | 'RM_DEPARTMENT'
  /** District of an outlet (division code). */
  district?: string
}
export type PlannedPost = { post: string; line: string; place: string; from: string; to?: string; main: boolean; orderNo?: string }
export type PlannedGrade = { grade: 'A' | 'B' | 'C'; from: string }
export type PlannedPerson = { staffNo: string; name: string; from: string; to?: string; leaveReason?: string; posts: readonly PlannedPost[]; grades: readonly PlannedGrade[] }

/** A manager's work: which kind of customers, where. */
export type ManagerPlace = { staffNo: string; segment: 'CORPORATE' | 'PERSON'; outlet: string; line: string; since: string }
export type BankPlan = { units: readonly PlannedUnit[]; people: readonly PlannedPerson[]; managers: readonly ManagerPlace[]; outlets: readonly PlannedUnit[] }

/** As src/flows/set-up-bank.ts names it. */
export const headOffice = 'HO'
/** The organisation stands since before the history of the data begins. */
export const founded = '2018-01-01'

type BranchPlan = { code: string; city: string; en: string; managersIn: 'OUTLET' | 'RM_DEPARTMENT'; subBranches: readonly { name: string; en: string; outlets: readonly (readonly [name: string, en: string, district: string])[] }[] }

const branchPlans: readonly BranchPlan[] = [
  { code: '141000', city: '太原', en: 'Taiyuan', managersIn: 'OUTLET', subBranches: [
    { name: '城南支行', en: 'Chengnan', outlets: [['城南支行营业部', 'Chengnan Main Outlet', '140105'], ['学苑东街网点', 'Xueyuan East Outlet', '140105'], ['清徐网点', 'Qingxu Outlet', '140121']] },
    { name: '城西支行', en: 'Chengxi', outlets: [['城西支行营业部', 'Chengxi Main Outlet', '140109'], ['晋源网点', 'Jinyuan Outlet', '140110']] },
    { name: '迎泽支行', en: 'Yingze', outlets: [['迎泽支行营业部', 'Yingze Main Outlet', '140106'], ['杏花岭网点', 'Xinghualing Outlet', '140107']] },
  ] },
  { code: '142000', city: '晋中', en: 'Jinzhong', managersIn: 'OUTLET', subBranches: [
    { name: '榆次支行', en: 'Yuci', outlets: [['榆次支行营业部', 'Yuci Main Outlet', '140702'], ['锦纶北路网点', 'Jinlun North Outlet', '140702'], ['校园路网点', 'Xiaoyuan Road Outlet', '140702']] },
    { name: '太谷支行', en: 'Taigu', outlets: [['太谷支行营业部', 'Taigu Main Outlet', '140703'], ['灵石网点', 'Lingshi Outlet', '140729']] },
    { name: '平遥支行', en: 'Pingyao', outlets: [['平遥支行营业部', 'Pingyao Main Outlet', '140728'], ['曙华街网点', 'Shuhua Outlet', '140728']] },
  ] },
  { code: '143000', city: '长治', en: 'Changzhi', managersIn: 'RM_DEPARTMENT', subBranches: [
    { name: '潞州支行', en: 'Luzhou', outlets: [['潞州支行营业部', 'Luzhou Main Outlet', '140403'], ['漳泽路网点', 'Zhangze Outlet', '140403']] },
    { name: '上党支行', en: 'Shangdang', outlets: [['上党支行营业部', 'Shangdang Main Outlet', '140404'], ['长子网点', 'Zhangzi Outlet', '140428']] },
    { name: '潞城支行', en: 'Lucheng', outlets: [['潞城支行营业部', 'Lucheng Main Outlet', '140406'], ['潞水街网点', 'Lushui Outlet', '140406']] },
  ] },
]

const departments: readonly (readonly [code: string, name: string, nameEn: string])[] = [
  ['140010', '人力资源部', 'Human Resources'], ['140020', '授信审批部', 'Credit Approval'], ['140030', '信贷管理部', 'Credit Administration'], ['140040', '稽核部', 'Internal Audit'],
  ['140050', '法律合规部', 'Legal and Compliance'], ['140060', '产品与市场部', 'Products and Markets'], ['140070', '数据管理部', 'Data Management'], ['140080', '信息科技部', 'Information Technology'],
]

function plannedUnits(): PlannedUnit[] {
  const units: PlannedUnit[] = [{ code: headOffice, kind: 'HEAD_OFFICE', name: '晋河银行总行', nameEn: 'Jinhe Bank Head Office', parent: null }]
  for (const [code, name, nameEn] of departments) units.push({ code, kind: 'DEPARTMENT', name, nameEn, parent: headOffice })
  for (const branch of branchPlans) {
    units.push({ code: branch.code, kind: 'BRANCH', name: `${branch.city}分行`, nameEn: `${branch.en} Branch`, parent: headOffice, managersIn: branch.managersIn })
    branch.subBranches.forEach((sub, place) => {
      const code = String(Number(branch.code) + (place + 1) * 100)
      units.push({ code, kind: 'SUB_BRANCH', name: sub.name, nameEn: `${sub.en} Sub-branch`, parent: branch.code, managersIn: branch.managersIn })
      sub.outlets.forEach(([name, nameEn, district], outlet) => {
        units.push({ code: String(Number(code) + outlet + 1), kind: 'OUTLET', name, nameEn, parent: code, managersIn: branch.managersIn, district })
      })
    })
  }
  // teams: one in the largest outlet of each branch with managers in the outlets; the department of the third branch has one for each sub-branch
  units.push({ code: '141191', kind: 'TEAM', name: '城南客户团队', nameEn: 'Chengnan Team', parent: '141101' })
  units.push({ code: '141391', kind: 'TEAM', name: '迎泽公司客户团队', nameEn: 'Yingze Corporate Team', parent: '141301' })
  units.push({ code: '142191', kind: 'TEAM', name: '榆次公司客户团队', nameEn: 'Yuci Corporate Team', parent: '142101' })
  units.push({ code: '143900', kind: 'RM_DEPARTMENT', name: '长治分行客户经理部', nameEn: 'Changzhi RM Department', parent: '143000' })
  for (const [place, name, nameEn] of [[1, '潞州', 'Luzhou'], [2, '上党', 'Shangdang'], [3, '潞城', 'Lucheng']] as const) {
    units.push({ code: `14390${place}`, kind: 'TEAM', name: `${name}客户团队`, nameEn: `${nameEn} Team`, parent: '143900' })
  }
  return units
}

/** Two managers in each outlet (one in three for companies), three more in each team; in the third branch they belong to the department's teams and sit in the outlets. */
function managerPlaces(units: readonly PlannedUnit[]): Omit<ManagerPlace, 'staffNo'>[] {
  const places: Omit<ManagerPlace, 'staffNo'>[] = []
  const teams: Readonly<Record<string, string>> = { '141101': '141191', '141301': '141391', '142101': '142191' }
  for (const outlet of units.filter(({ kind }) => kind === 'OUTLET')) {
    const inDepartment = outlet.managersIn === 'RM_DEPARTMENT'
    const line = inDepartment ? `14390${outlet.code.slice(3, 4)}` : (teams[outlet.code] ?? outlet.code)
    const main = outlet.code.endsWith('01')
    const add = (segment: ManagerPlace['segment']): number => places.push({ segment, outlet: outlet.code, line, since: founded })
    add('PERSON')
    add(main ? 'CORPORATE' : 'PERSON')
    if (main && line !== outlet.code && !inDepartment) add('CORPORATE')
  }
  return places
}

let made: BankPlan | undefined

/** The plan, made once per process. */
export function bankPlan(): BankPlan {
  made ??= makePlan()
  return made
}

function makePlan(): BankPlan {
  const units = plannedUnits()
  const everybody: PlannedPerson[] = []
  const managers: ManagerPlace[] = []
  let number = 200_000
  const nameOf = (staffNo: string): string => personName(new Chance('demo', 'staff', staffNo), 1966 + (Number(staffNo) % 33)).name
  const joins = (staffNo: string): string => `${2008 + (Number(staffNo) % 15)}-${String(1 + (Number(staffNo) % 12)).padStart(2, '0')}-01`
  const since = (staffNo: string): string => (joins(staffNo) > founded ? joins(staffNo) : founded)
  const hire = (person: Omit<PlannedPerson, 'from' | 'grades'> & { from?: string; grades?: readonly PlannedGrade[] }): void => {
    everybody.push({ ...person, from: person.from ?? joins(person.staffNo), grades: person.grades ?? [] })
  }
  const simple = (staffNo: string | null, name: string | null, post: string, line: string, place: string, more: readonly string[] = []): void => {
    const no = staffNo ?? String((number += 1))
    const from = since(no)
    hire({ staffNo: no, name: name ?? nameOf(no), posts: [post, ...more].map((one, index) => ({ post: one, line, place, from, main: index === 0 })) })
  }
  const gradesOf = (staffNo: string, from: string): PlannedGrade[] => {
    const chance = new Chance('demo', 'grade', staffNo)
    const first = chance.weighted<PlannedGrade['grade']>([['A', 2], ['B', 5], ['C', 2]])
    if (first === 'C' || chance.hits(0.6)) return [{ grade: first, from }]
    return [{ grade: first, from }, { grade: first === 'A' ? 'B' : 'C', from: `2025-${String(chance.whole(1, 12)).padStart(2, '0')}-01` }]
  }

  // managers with a part in the stories
  const named: readonly [string, string, ManagerPlace['segment'], string, string][] = [
    [people.manager, '李晓雯', 'PERSON', '141101', '141191'], [people.colleague, '张子涵', 'PERSON', '141101', '141191'], [people.assistant, '曾丽', 'PERSON', '141102', '141102'],
    [people.otherBranchManager, '解志强', 'PERSON', '143101', '143901'], [people.corporateManager, '单文博', 'CORPORATE', '141101', '141191'], [people.formerlyGranted, '仇雪梅', 'PERSON', '141201', '141201'],
  ]
  const taken = new Map<string, number>()
  const manage = (staffNo: string, name: string, segment: ManagerPlace['segment'], outlet: string, line: string): void => {
    const from = since(staffNo)
    hire({ staffNo, name, posts: [{ post: 'RM', line, place: outlet, from, main: true }], grades: gradesOf(staffNo, from) })
    managers.push({ staffNo, segment, outlet, line, since: from })
  }
  for (const [staffNo, name, segment, outlet, line] of named) {
    manage(staffNo, name, segment, outlet, line)
    taken.set(`${outlet} ${segment}`, (taken.get(`${outlet} ${segment}`) ?? 0) + 1)
  }
  // transferred: 榆次 until March, then the team of 城南
  hire({
    staffNo: people.transferred, name: '欧阳建平', from: '2016-07-01', grades: [{ grade: 'B', from: founded }],
    posts: [{ post: 'RM', line: '142102', place: '142102', from: founded, to: '2026-03-01', main: true }, { post: 'RM', line: '141191', place: '141101', from: '2026-03-01', main: true, orderNo: '晋河人调〔2026〕17号' }],
  })
  managers.push({ staffNo: people.transferred, segment: 'CORPORATE', outlet: '141101', line: '141191', since: '2026-03-01' })
  taken.set('141101 CORPORATE', (taken.get('141101 CORPORATE') ?? 0) + 1)
  hire({
    staffNo: people.left, name: '冯建军', from: '2012-03-01', to: '2026-07-01', leaveReason: '本人申请离职', grades: [{ grade: 'B', from: founded }],
    posts: [{ post: 'RM', line: '141102', place: '141102', from: founded, main: true }],
  })
  for (const { segment, outlet, line } of managerPlaces(units)) {
    const left = taken.get(`${outlet} ${segment}`) ?? 0
    if (left > 0) {
      taken.set(`${outlet} ${segment}`, left - 1)
      continue
    }
    number += 1
    manage(String(number), nameOf(String(number)), segment, outlet, line)
  }

  // leads and heads
  simple(people.teamLead, '陈国栋', 'TEAM_LEAD', '141191', '141101')
  for (const [team, place] of [['141391', '141301'], ['142191', '142101'], ['143901', '143101'], ['143902', '143201'], ['143903', '143301']] as const) simple(null, null, 'TEAM_LEAD', team, place)
  for (const outlet of units.filter(({ kind }) => kind === 'OUTLET')) {
    const known = outlet.code === '141101' ? ([people.outletHead, '王丽萍'] as const) : outlet.code === '143101' ? ([people.outletHeadOfPlace, '皇甫玉洁'] as const) : ([null, null] as const)
    simple(known[0], known[1], outlet.managersIn === 'RM_DEPARTMENT' ? 'OUTLET_HEAD_PLACE' : 'OUTLET_HEAD', outlet.code, outlet.code)
    const lobby = outlet.code === '141101' ? ([people.lobby, '孙婷'] as const) : ([null, null] as const)
    simple(lobby[0], lobby[1], 'LOBBY', outlet.code, outlet.code)
  }
  for (const unit of units.filter(({ kind }) => kind === 'SUB_BRANCH' || kind === 'BRANCH')) {
    const known = unit.code === '141100' ? ([people.subBranchHead, '赵永强'] as const) : unit.code === '141000' ? ([people.branchHead, '令狐文清'] as const) : ([null, null] as const)
    simple(known[0], known[1], 'BRANCH_HEAD', unit.code, unit.kind === 'SUB_BRANCH' ? `${unit.code.slice(0, 4)}01` : unit.code)
  }
  // customer assistants of the two large teams
  simple(null, null, 'CUSTOMER_ASSISTANT', '141191', '141101')
  simple(null, null, 'CUSTOMER_ASSISTANT', '143901', '143101')

  // head office
  const officeOf = (staffNo: string | null, name: string | null, post: string, department: string, more: readonly string[] = []): void => simple(staffNo, name, post, department, department, more)
  officeOf(people.bankLeader, '郝明远', 'BANK_LEADER', headOffice)
  officeOf(null, null, 'BANK_LEADER', headOffice)
  officeOf(people.hr, '马会玲', 'HR', '140010')
  officeOf(people.performance, '薛宏伟', 'PERFORMANCE', '140010')
  officeOf(people.performanceChecker, '乔雅静', 'PERFORMANCE', '140010', ['HR'])
  officeOf(people.reviewer, '周文博', 'REVIEWER', '140020')
  officeOf(null, null, 'REVIEWER', '140020')
  officeOf(null, null, 'REVIEWER', '140020', ['POST_LOAN'])
  officeOf(people.disbursement, '武晓东', 'DISBURSEMENT', '140030')
  officeOf(null, null, 'DISBURSEMENT', '140030')
  officeOf(people.postLoan, '温静', 'POST_LOAN', '140030')
  officeOf(null, null, 'POST_LOAN', '140030')
  officeOf(people.audit, '任海平', 'AUDIT', '140040')
  officeOf(null, null, 'AUDIT', '140040')
  officeOf(people.compliance, '尉迟敏', 'COMPLIANCE', '140050')
  officeOf(null, null, 'COMPLIANCE', '140050')
  officeOf(people.aml, '段卫红', 'AML', '140050')
  officeOf(null, null, 'AML', '140050')
  officeOf(people.product, '程雨佳', 'PRODUCT', '140060')
  officeOf(null, null, 'PRODUCT', '140060')
  officeOf(people.dataSteward, '侯志刚', 'DATA_STEWARD', '140070')
  officeOf(null, null, 'DATA_STEWARD', '140070')
  officeOf(people.admin, '高翔', 'ADMIN', '140080')
  officeOf(null, null, 'ADMIN', '140080', ['DATA_STEWARD'])

  return { units, people: everybody, managers, outlets: units.filter(({ kind }) => kind === 'OUTLET') }
}
