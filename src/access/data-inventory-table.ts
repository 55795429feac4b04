import type { DataClass } from './data-inventory.rules.ts'

/** The data inventory (domain specification 2.13): classes that no rule finds, and for each room whose data it is, what for, and how long. In force from the first day; changed by decision record. */

type Words = { zh: string; en: string }
export type RoomAbout = { purpose: Words; owner: Words; retention: string }
const about = (zh: string, en: string, ownerZh: string, ownerEn: string, retention: string): RoomAbout => ({ purpose: { zh, en }, owner: { zh: ownerZh, en: ownerEn }, retention })

/** By the room that owns the table. */
export const rooms: Readonly<Record<string, RoomAbout>> = {
  foundation: about('系统运行、登录和操作日志', 'Running the system, sign-in and the journal', '系统管理', 'Administrator', 'CONDUCT'),
  organisation: about('机构、岗位和人员管理', 'Units, posts and people', '人力资源', 'Human resources', 'EMPLOYMENT'),
  access: about('权限和授权', 'Rights and grants', '合规', 'Compliance', 'CONDUCT'),
  customers: about('识别客户、维护客户关系', 'Knowing the customer and keeping the relation', '客户经理', 'Relationship managers', 'RELATION'),
  holdings: about('展示客户持有的产品和往来', 'What the customer holds and its transactions', '数据管理', 'Data steward', 'TRANSACTION'),
  deliveries: about('接收核心系统数据', 'Taking in deliveries of the core system', '数据管理', 'Data steward', 'CONDUCT'),
  visits: about('记录与客户的联系', 'Recording contacts with the customer', '客户经理', 'Relationship managers', 'RELATION'),
  'contact-plan': about('安排和考核联系频率', 'Planning and judging contacts', '营销管理', 'Marketing', 'LASTING'),
  performance: about('计算绩效工资', 'Working out pay by performance', '绩效管理', 'Performance officer', 'EMPLOYMENT'),
  watch: about('留意客户的资金变动、到期和流失', 'Watching movements, ends and churn', '客户经理', 'Relationship managers', 'RELATION'),
  'day-reports': about('汇报、工作日志与客户资源信息簿', 'Reports, work logs, the customer book', '网点负责人', 'Heads of outlets', 'RELATION'),
  meetings: about('晨会、日程与工作计划', 'Morning meetings, appointments, plans', '网点负责人', 'Heads of outlets', 'RELATION'),
  messages: about('向客户发送问候和提醒', 'Greetings and reminders to customers', '营销管理', 'Marketing', 'RELATION'),
  coordination: about('跨部门协调与专班', 'Coordination across departments, working groups', '各部门负责人', 'Heads of departments', 'RELATION'),
  forms: about('收表：向人员和网点收集数据', 'Collection forms: cells asked of people and outlets', '总行各部门', 'Departments of the head office', 'LASTING'),
  duties: about('职责、交办与督办', 'Duties, assigned tasks and supervision', '团队长', 'Team leads', 'RELATION'),
  conduct: about('反洗钱和行为管理', 'Anti-money-laundering and conduct', '反洗钱', 'Anti-money-laundering desk', 'CONDUCT'),
}

/** A room that nobody has declared yet: the page says so, the check of the inventory refuses it. */
export const undeclared: RoomAbout = about('尚未登记', 'Not declared yet', '尚未登记', 'Not declared yet', 'LASTING')

/** Where a table differs from its room. */
export const tableRetentions: Readonly<Record<string, string>> = {
  consent: 'CONSENT', session: 'WORK', sign_in_attempt: 'WORK', reveal_count: 'WORK', accepted_request: 'WORK', job_run: 'WORK', notice: 'WORK', notice_delivery: 'WORK', notice_choice: 'EMPLOYMENT', staff_address: 'EMPLOYMENT', counter: 'LASTING', bank: 'LASTING', lunar_month: 'LASTING', stored_file: 'RELATION', customer_key: 'RELATION',
}
/** Staging and drafts are emptied before each use. */
export const isWork = (table: string): boolean => /^staged_|_draft$/.test(table)

/** Fields whose class no rule finds. */
export const declaredClasses: Readonly<Record<string, DataClass>> = {
  'contact.place': 'GENERAL_SENSITIVE', // where somebody was
  'contact_photo.latitude': 'GENERAL_SENSITIVE', 'contact_photo.longitude': 'GENERAL_SENSITIVE',
  'customer_address.address': 'GENERAL', // of companies only, which is public; of persons it is encrypted
  'person_file.income_source': 'GENERAL_SENSITIVE',
  'customer_file.watch_list_note': 'GENERAL_SENSITIVE',
  'customer_file.aml_level': 'GENERAL_SENSITIVE',
  'customer_file.watch_list': 'GENERAL_SENSITIVE',
}
