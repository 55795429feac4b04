import { newId } from '../../src/foundation/values/uuid7.ts'
import { begin, settledMonth, type Post, type Relation, type Subject, type World } from './world.ts'

/**
 * What is expected of every endpoint, said once more and independently of the permission table: which posts may, standing how to the customer, what the one well-formed
 * request that is tried gives to who gets through, and whether the answer may tell of the customer.
 */
export type Expectation = {
  /** 'public': nobody needs to be signed in. 'signed-in': every post. */
  posts: 'public' | 'signed-in' | readonly Post[]
  /** Only for an endpoint that opens the customer. */
  relations?: readonly Relation[]
  /** A request that would do as little as possible. */
  ask?: (world: World, subject: Subject) => { params?: Record<string, string | number>; query?: Record<string, string | number>; body?: unknown }
  /** What who gets through is told: 'ok' or the refusal's name. */
  passes?: string | ((subject: Subject, world: World) => string)
  /** A list of customers or of their things: it holds the test's customer exactly for who stands to it by scope. */
  lists?: true
  /** Besides those who stand to the customer: who may be told its name, number or id. */
  tells?: (subject: Subject) => boolean
  /** Shows a number in full: that is what it is for. */
  reveals?: true
  /** Its own session for each try. */
  fresh?: true
}

const badIndicator = {
  code: 'DEPOSIT_ON_A_DAY', from: '2026-11-01', name: '时点存款', nameEn: 'Deposits on a day', direction: 'UP', owner: '计划财务部',
  terms: { source: 'DEPOSIT', measure: 'BALANCE', window: 'MONTH', owner: 'OWNER_AT_END', filter: { customerKind: null, tiers: [], products: [], only: null }, numerator: null },
}
const schemeAsked = {
  code: 'TRIED', from: '2026-12-01', name: '试一试方案', nameEn: 'A scheme', legalBasis: '试验', authorisation: null,
  version: {
    kind: 'BLOCKS', tariff: [],
    terms: {
      posts: ['RM'], grades: [], units: [], period: 'MONTH', gradeBases: {}, score: null, classes: {}, carryMonths: 12, correctionMonths: 12,
      blocks: [{ kind: 'SUM', code: 'F', unit: 'FEN', parts: [{ of: 'GRADE_BASE' }] }, { kind: 'PAYABLE', code: 'PAYABLE', of: 'NOWHERE', carryOut: 'CARRY_OUT' }],
    },
  },
}
const managers = ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD', 'BANK_LEADER'] as const
/** Who makes plans. */
const plans = ['RM', 'TEAM_LEAD', 'OUTLET_HEAD'] as const
const leads = ['TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD', 'BANK_LEADER'] as const
const seesCustomers = [...managers, 'LOBBY', 'AML'] as const
const readsByGrant = [...seesCustomers, 'OUTLET_HEAD_PLACE', 'REVIEWER', 'DISBURSEMENT', 'POST_LOAN', 'AUDIT', 'COMPLIANCE', 'PRODUCT'] as const
const everybody = [...readsByGrant, 'HR', 'PERFORMANCE', 'DATA_STEWARD', 'ADMIN'] as const
const office = ['HR', 'ADMIN'] as const
const anyWay = ['MAIN', 'ASSIST', 'SUBSTITUTE', 'ABSENT', 'UNIT', 'ALL', 'GRANT'] as const
const own = ['MAIN', 'ASSIST', 'SUBSTITUTE', 'UNIT'] as const

const ofTarget = (world: World): { params: { customerId: string } } => ({ params: { customerId: world.target.customerId } })
const ofSpare = (world: World): { params: { staffKey: number } } => ({ params: { staffKey: world.spare.staffKey } })
const auditors = (subject: Subject): boolean => subject.post === 'AUDIT' || subject.post === 'COMPLIANCE'
/** Who decides about retention names a customer by its number and is told the number back. */
const keepsRetention = (subject: Subject): boolean => subject.post === 'COMPLIANCE' || subject.post === 'ADMIN'
const readsSecret = (subject: Subject): boolean => subject.post === 'AML' || subject.named === 'SECRET'
const readsRestricted = (subject: Subject): boolean => subject.post === 'COMPLIANCE' || subject.named === 'RESTRICTED' || subject.relation === 'MAIN'
/** Who has any customer in his scope: the one of the test, that of the other branch, that of the leaver. */
const hasCustomers = (subject: Subject): boolean => ['MAIN', 'ASSIST', 'SUBSTITUTE', 'ABSENT', 'UNIT', 'ALL'].includes(subject.relation ?? '') || subject.post === 'BRANCH_HEAD' || subject.name === 'RM, other branch'
const paid = everybody
const appraised = [...managers, 'LOBBY'] as const
const grouped = [...managers, 'LOBBY', 'REVIEWER', 'POST_LOAN', 'AUDIT', 'COMPLIANCE', 'HR', 'PERFORMANCE', 'PRODUCT'] as const
/** Who leads the line of the main manager. */
const ledBy = (subject: Subject): string => (subject.relation === 'UNIT' || subject.relation === 'ALL' ? 'ok' : 'not-found')
const makers = ['RM', 'TEAM_LEAD', 'OUTLET_HEAD'] as const
/** An archive whose directory names the parts of a workbook and whose content is none. */
const brokenWorkbook = (() => {
  const entry = (name: string): string => `PK\u0001\u0002${'\u0000'.repeat(24)}${String.fromCharCode(name.length)}\u0000${'\u0000'.repeat(16)}${name}`
  const directory = entry('[Content_Types].xml') + entry('xl/workbook.xml')
  return `PK\u0003\u0004${'\u0000'.repeat(26)}${directory}PK\u0005\u0006\u0000\u0000\u0000\u0000\u0002\u0000\u0002\u0000${String.fromCharCode(directory.length)}\u0000\u0000\u0000\u001e\u0000\u0000\u0000\u0000\u0000`
})()
const keepsDuties = ['HR', 'PERFORMANCE', 'COMPLIANCE', 'ADMIN'] as const
const keepsCalendar = ['HR', 'COMPLIANCE', 'ADMIN'] as const
const holdsMeetings = ['TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD'] as const
/** Who belongs to the outlet's meeting, leads the outlet or a unit above it, or sees the whole bank. */
const readsMeeting = (passes: string) => (subject: Subject): string => (subject.lineOf === 'southOutlet' || subject.relation === 'UNIT' || subject.relation === 'ALL' ? passes : 'not-found')
/** Who sees the appointment of the main manager: those of the customer, and the heads of his line; changed by him alone: the substitute of the test stands in for another. */
const changesAppointment = (subject: Subject): string => (subject.relation === null || subject.relation === 'GRANT' ? 'not-found' : subject.relation === 'MAIN' ? 'in-the-past' : 'not-yours')
/** The task of the test was given by the lead of the outlet to the main manager, about the customer. */
const givenTo = (subject: Subject): boolean => subject.name === 'RM, main' || subject.name === 'TEAM_LEAD, of the unit'
const collectsForms = [...leads, 'REVIEWER', 'POST_LOAN', 'AUDIT', 'COMPLIANCE', 'PRODUCT', 'HR', 'PERFORMANCE', 'DATA_STEWARD', 'ADMIN'] as const
const collects = (subject: Subject): boolean => subject.name === 'PERFORMANCE, no relation'
/** Who collects, who was asked, who leads him by a post that sees its unit. */
const concernsForm = (subject: Subject): boolean => collects(subject) || subject.name === 'RM, main' || subject.name.endsWith(', of the unit') || subject.relation === 'ALL'
/** Only the head of the outlet confirms, and nothing was handed in yet; the lead of a team below him and the heads above him do not. */
const confirmsForm = (subject: Subject): string => (!concernsForm(subject) ? 'not-found' : subject.name === 'OUTLET_HEAD, of the unit' ? 'not-submitted' : 'not-the-head')
const ofForm = (world: World): { params: { formId: string } } => ({ params: { formId: world.formId } })
const ofFormAnswer = (world: World): { params: { answerId: string } } => ({ params: { answerId: world.formAnswerId } })
const someForm = { title: '试试收表', why: '试试', answersFor: 'PERSON', mostRows: 1, cells: [{ code: 'c1', label: '户数', type: 'WHOLE' }], addressees: { posts: ['RM'] }, dueOn: '2026-11-01' }
/** The case of the test: who asked, the line that he belongs to, the whole bank, and the desk of the head office that is asked. */
const partOfCase = (subject: Subject): boolean => subject.name === 'RM, main' || ['TEAM_LEAD, of the unit', 'OUTLET_HEAD, of the unit', 'BRANCH_HEAD, of the unit', 'LOBBY, of the unit'].includes(subject.name) || subject.relation === 'ALL'
const noState = { filters: [], sort: null, columns: null, unit: null }
const anybody = { match: 'ALL', groups: [{ match: 'ALL', conditions: [{ field: 'status', op: 'IN', values: ['ACTIVE', 'PROSPECT'] }] }] }
/** What the main manager shares with his outlet is seen by whose line is that outlet; nobody but him may change it. */
const sharedWithLine = (subject: Subject): boolean => subject.lineOf === 'southOutlet'
const ownerOfLists = (subject: Subject, seen: (subject: Subject) => boolean, owner = 'ok', other = 'view-not-yours'): string => (subject.name === 'RM, main' ? owner : seen(subject) ? other : 'not-found')
/** The group has the customer of the test and the one of the other branch: who sees either is told of both by name, and of the id of neither that he does not see. */
const inGroup = (subject: Subject): boolean => ['MAIN', 'ASSIST', 'SUBSTITUTE', 'ABSENT', 'UNIT', 'ALL'].includes(subject.relation ?? '') || subject.post === 'BRANCH_HEAD' || subject.name === 'RM, other branch'
const ofGroup = (told: string) => (subject: Subject): string => (inGroup(subject) ? told : 'not-found')
/** The three sides of the hand-over of the main manager, and whoever leads his line. */
const receives = (subject: Subject): boolean => subject.name === 'RM, colleague of the same outlet'
const leadsLine = (subject: Subject): boolean => subject.relation === 'UNIT' || subject.relation === 'ALL'
const seesHandOver = (subject: Subject): boolean => leadsLine(subject) || subject.relation === 'MAIN' || receives(subject)
const office3 = (subject: Subject): boolean => ['HR', 'AUDIT', 'COMPLIANCE'].includes(subject.post ?? '')
const isParty = (subject: Subject): boolean => subject.relation === 'MAIN' || receives(subject) || subject.name === 'TEAM_LEAD, of the unit'
const handOverPosts = [...managers, 'HR', 'AUDIT', 'COMPLIANCE'] as const
const ofHandOver = (world: World): { params: { handOverId: string } } => ({ params: { handOverId: world.handOverId } })
const ofSubstitution = (world: World): { params: { substitutionId: string } } => ({ params: { substitutionId: world.substitutionId } })
const seesSubstitution = (subject: Subject): boolean => leadsLine(subject) || subject.relation === 'ABSENT' || subject.relation === 'SUBSTITUTE'
const poolClaimers = ['RM', 'TEAM_LEAD', 'OUTLET_HEAD'] as const
// a picture of eight points
const photo = { name: '现场.png', content: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR42mOwsNmPFTEMLQkA+Fc3AQ0HHIMAAAAASUVORK5CYII=', 'base64').toString('latin1') }
const visit = { mode: 'PHONE', businessDate: '2026-11-23', summary: '试一次电话' }

const heads = ['OUTLET_HEAD', 'BRANCH_HEAD', 'BANK_LEADER'] as const
const someTerms = { t1Fen: '300', t2Fen: '200', t3Fen: '100', t1ContributionFen: null, t2ContributionFen: null, credit: null, linesMin: null, linesTier: null, strategic: null, confirmCore: true }
const noEdition = '0000000000000000'
/** A change of the file: managers of the customer, and the anti-money-laundering desk for its own group only. */
const fileWrite = (passes: string): Expectation => ({ posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'AML'], relations: [...own, 'ALL'], passes: (subject) => (subject.post === 'AML' ? 'not-allowed' : passes) })

export const expectations: Readonly<Record<string, Expectation>> = {
  // the product itself
  'system.health': { posts: 'public' },
  'system.readiness': { posts: 'public' },
  'system.api-description': { posts: 'public' },
  'start.get': { posts: 'public' },
  'set-up.begin': {
    posts: 'public', passes: 'bank-exists',
    ask: () => ({ body: { id: newId(), code: 'AAAA-BBBB', bankCode: 'other', nameZh: '另一家', nameEn: 'Other', currency: 'CNY', calendar: 'china', businessDate: '2026-11-23', administratorName: '某人', staffNo: 'AB12', password: 'a-long-word-77' } }),
  },
  'set-up.steps': { posts: ['ADMIN'] },

  // sign-in
  'session.get': { posts: 'signed-in' },
  'session.sign-in': { posts: 'public', passes: 'wrong-sign-in', ask: () => ({ body: { staffNo: `nobody-${Math.random()}`, password: 'x' } }) },
  'session.sign-out': { posts: 'public', fresh: true },
  'session.change-password': { posts: 'signed-in', passes: 'wrong-password', ask: () => ({ body: { oldPassword: 'not the old one', newPassword: 'a-long-word-77' } }) },
  'device.open': { posts: 'signed-in', ask: () => ({ body: { deviceId: newId(), label: '试试' } }) },
  'device.close': { posts: 'signed-in', ask: () => ({ body: { deviceId: newId() } }) },
  'device.list': { posts: 'signed-in' },
  'device.withdraw': { posts: 'signed-in', passes: 'not-found', ask: () => ({ body: { deviceId: newId(), reason: '试试停用' } }) },
  'session.switch-post': { posts: 'signed-in', ask: (_world, subject) => ({ body: { postKey: Math.max(subject.postKey, 1) } }) },
  'access.first-password': { posts: ['ADMIN'], passes: 'weak-password', ask: (world) => ({ ...ofSpare(world), body: { password: 'short' } }) },

  // rights, journal
  'access.rights': { posts: ['AUDIT', 'COMPLIANCE', 'HR', 'ADMIN'] },
  'access.data-inventory': { posts: ['COMPLIANCE', 'ADMIN', 'AUDIT', 'DATA_STEWARD'] },
  'retention.list': { posts: ['COMPLIANCE', 'ADMIN', 'AUDIT'] },
  'retention.rules': { posts: ['COMPLIANCE', 'ADMIN', 'AUDIT'] },
  // the customer of the test has an account
  'retention.propose': { posts: ['COMPLIANCE', 'ADMIN'], passes: 'live-products', ask: (world) => ({ body: { id: newId(), number: world.target.number, reason: '客户来信要求' } }), tells: keepsRetention },
  'retention.sign': { posts: ['COMPLIANCE', 'ADMIN'], passes: 'not-found', ask: (world) => ({ body: { caseIds: [world.nothing], said: 'AGREED' } }) },
  'retention.carry-out': { posts: ['COMPLIANCE', 'ADMIN'], passes: 'not-found', ask: (world) => ({ params: { caseId: world.nothing } }) },
  'legal-holds.list': { posts: ['COMPLIANCE', 'ADMIN', 'AUDIT'] },
  'legal-holds.enter': { posts: ['COMPLIANCE', 'ADMIN'], passes: 'reason-missing', ask: (world) => ({ body: { id: newId(), number: world.target.number, kind: 'LITIGATION', reason: '' } }) },
  'legal-holds.decide': { posts: ['COMPLIANCE', 'ADMIN'], passes: 'not-found', ask: (world) => ({ params: { holdId: world.nothing }, body: { decision: 'CONFIRMED' } }) },
  'legal-holds.ask-lift': { posts: ['COMPLIANCE', 'ADMIN'], passes: 'not-found', ask: (world) => ({ params: { holdId: world.nothing }, body: { reason: '案件已审结' } }) },
  'legal-holds.decide-lift': { posts: ['COMPLIANCE', 'ADMIN'], passes: 'not-found', ask: (world) => ({ params: { holdId: world.nothing }, body: { decision: 'CONFIRMED' } }) },
  'access.journal': { posts: ['AUDIT', 'COMPLIANCE'], tells: auditors },
  'access.verify-journal': { posts: ['AUDIT', 'COMPLIANCE', 'ADMIN'] },
  'customers.history': { posts: readsByGrant, relations: anyWay, ask: ofTarget },
  'access.person-history': { posts: ['HR', 'ADMIN', 'AUDIT'], ask: ofSpare },
  'access.institution-history': { posts: ['HR', 'ADMIN', 'AUDIT'], ask: (world) => ({ params: { key: world.units.south.key } }) },

  // organisation
  'organisation.institutions': { posts: everybody },
  'organisation.posts': { posts: everybody },
  'organisation.people': { posts: everybody },
  'organisation.person': { posts: everybody, ask: ofSpare },
  'organisation.add-institution': { posts: office, passes: 'parent-not-there', ask: (world) => ({ body: { code: 'X1', kind: 'OUTLET', name: '试', nameEn: 'try', parentKey: world.units.south.key, from: '1990-01-01' } }) },
  'organisation.rename-institution': { posts: office, passes: 'later-fact-exists', ask: (world) => ({ params: { key: world.units.south.key }, body: { name: '试', nameEn: 'try', from: begin, reason: '试' } }) },
  'organisation.close-institution': { posts: office, passes: 'unit-has-people', ask: (world) => ({ params: { key: world.units.southOutlet.key }, body: { from: '2026-11-23', reason: '试' } }) },
  'organisation.hire': { posts: office, passes: 'staff-number-taken', ask: (world) => ({ body: { staffNo: world.spare.staffNo, name: '试', from: '2026-11-23' } }) },
  'organisation.hold-post': {
    posts: office, passes: 'two-sequences', ask: (world) => ({ ...ofSpare(world), body: { postCode: 'REVIEWER', lineKey: world.units.head.key, placeKey: world.units.head.key, from: '2026-11-23' } }),
  },
  'organisation.end-post': { posts: office, passes: 'not-in-force', ask: (world) => ({ params: { staffKey: world.spare.staffKey, postKey: world.spare.postKey }, body: { from: begin, reason: '试' } }) },
  'organisation.transfer': {
    posts: office, passes: 'later-fact-exists', ask: (world) => ({ ...ofSpare(world), body: { postCode: 'RM', lineKey: world.units.head.key, placeKey: world.units.head.key, from: begin, reason: '试' } }),
  },
  'organisation.hold-grade': { posts: office, passes: 'not-employed', ask: (world) => ({ ...ofSpare(world), body: { grade: 'B', from: '1990-01-01', reason: '试' } }) },
  'organisation.leave': { posts: office, passes: 'not-employed', ask: (world) => ({ ...ofSpare(world), body: { from: '1990-01-01', reason: '试' } }) },

  // messages: nothing of them stands in the world of the test, so that every act on one finds nothing
  'message-templates.list': { posts: [...managers, 'COMPLIANCE', 'ADMIN'] },
  'message-templates.propose': { posts: ['COMPLIANCE', 'ADMIN'], passes: 'festival-unclear', ask: () => ({ body: { id: newId(), code: 'NY', name: '元旦', kind: 'BIRTHDAY', festival: 'NEW_YEAR', channel: 'SMS', content: '祝您新年快乐', platformCode: 'T1' } }) },
  'message-templates.confirm': { posts: ['COMPLIANCE', 'ADMIN'], passes: 'not-found', ask: (world) => ({ params: { templateId: world.nothing } }) },
  'message-templates.return': { posts: ['COMPLIANCE', 'ADMIN'], passes: 'not-found', ask: (world) => ({ params: { templateId: world.nothing }, body: { reason: '用词不妥' } }) },
  'greetings.preview': { posts: makers, passes: 'template-not-in-force', ask: (world) => ({ query: { templateId: world.nothing } }) },
  'greetings.send': { posts: makers, passes: 'template-not-in-force', ask: (world) => ({ body: { id: newId(), templateId: world.nothing, customerIds: [world.target.customerId] } }) },
  'greetings.batches': { posts: managers },
  'greetings.approve': { posts: leads, passes: 'not-found', ask: (world) => ({ params: { batchId: world.nothing } }) },
  'greetings.return': { posts: leads, passes: 'not-found', ask: (world) => ({ params: { batchId: world.nothing }, body: { reason: '用词不妥' } }) },
  'messages.list': { posts: managers },
  'messages.retry': { posts: makers, passes: 'not-found', ask: (world) => ({ params: { messageId: world.nothing } }) },
  'messages.withdraw': { posts: makers, passes: 'not-found', ask: (world) => ({ params: { messageId: world.nothing } }) },
  'message-channels.list': { posts: ['COMPLIANCE', 'ADMIN'] },
  'messages.answer': { posts: 'public', passes: 'wrong-signature', ask: () => ({ body: { time: '1', phone: '13800000000', text: 'T', signature: '0'.repeat(64) } }) },
  'messages.receipt': { posts: 'public', passes: 'wrong-signature', ask: (world) => ({ body: { time: '1', requestId: world.nothing, messageId: 'p1', status: 'DELIVERED', code: '0', signature: '0'.repeat(64) } }) },

  'notices.list': { posts: 'signed-in' },
  'notices.mark': { posts: 'signed-in', ask: (world) => ({ body: { ids: [world.nothing], read: true } }) },
  'notice-settings.get': { posts: 'signed-in' },
  'notice-settings.choose': { posts: 'signed-in', passes: 'kind-unknown', ask: () => ({ body: { kind: 'NO_SUCH_KIND', channel: 'WECOM', wanted: true } }) },
  'staff-addresses.list': { posts: ['ADMIN'] },
  'staff-addresses.set': { posts: ['ADMIN'], passes: 'address-wrong', ask: (world) => ({ params: { staffKey: world.spare.staffKey }, body: { channel: 'EMAIL', address: 'no address' } }) },

  // appointments and the calendar feed: the appointment of the test is the main manager's, with the customer
  'appointments.list': { posts: everybody, ask: () => ({ query: { from: '2026-11-01', to: '2026-11-30', team: 'true' } }) },
  'appointments.plan': { posts: managers, passes: (subject) => (subject.relation === null || subject.relation === 'GRANT' ? 'customer-not-seen' : subject.relation === 'ABSENT' ? 'standing-aside' : 'in-the-past'), ask: (world) => ({ body: { id: newId(), customerId: world.target.customerId, day: '2026-11-01', from: '09:00', to: '10:00', kind: 'VISIT', subject: '试一次' } }) },
  'appointments.move': { posts: managers, passes: (subject) => changesAppointment(subject), ask: (world) => ({ params: { appointmentId: world.appointmentId }, body: { day: '2026-11-01', from: '09:00', to: '10:00' } }) },
  'appointments.cancel': { posts: managers, passes: 'not-found', ask: (world) => ({ params: { appointmentId: world.nothing }, body: { reason: '客户出差' } }) },
  'appointments.finish': { posts: managers, passes: 'not-found', ask: (world) => ({ params: { appointmentId: world.nothing } }) },
  'calendar-feed.get': { posts: 'signed-in' },
  'calendar-feed.make': { posts: managers, passes: 'feed-off', ask: () => ({ body: { id: newId(), secret: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' } }) },
  'calendar-feed.revoke': { posts: managers, passes: 'no-feed' },
  'calendar-feed.switch': { posts: ['ADMIN', 'COMPLIANCE'], passes: 'so-already', ask: () => ({ body: { id: newId(), allowed: false, reason: '试试' } }) },
  'calendar-feed.read': { posts: 'public', passes: 'not-found', ask: () => ({ params: { secret: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' } }) },

  // morning meeting, praise: the meeting of the test was prepared by the lead of the outlet, who belongs to it and above him may read it
  'meetings.list': { posts: [...managers, 'LOBBY'] },
  'meetings.prepare': { posts: holdsMeetings, passes: 'in-the-past', ask: () => ({ body: { id: newId(), day: '2026-11-01' } }) },
  'meetings.get': { posts: [...managers, 'LOBBY'], passes: readsMeeting('ok'), ask: (world) => ({ params: { meetingId: world.meetingId } }) },
  'meetings.agenda': { posts: [...managers, 'LOBBY'], passes: readsMeeting('ok'), ask: (world) => ({ params: { meetingId: world.meetingId } }) },
  'meetings.overview': { posts: [...managers, 'LOBBY'], passes: readsMeeting('ok'), ask: (world) => ({ params: { meetingId: world.meetingId } }) },
  'meetings.minutes': { posts: [...managers, 'LOBBY'], passes: readsMeeting('not-closed'), ask: (world) => ({ params: { meetingId: world.meetingId } }) },
  'meetings.part': { posts: holdsMeetings, passes: 'not-found', ask: (world) => ({ params: { meetingId: world.nothing }, body: { part: 'GOALS', minutes: 3, content: '试', held: true } }) },
  'meetings.attendance': { posts: holdsMeetings, passes: 'not-found', ask: (world) => ({ params: { meetingId: world.nothing }, body: { marks: [{ staffKey: world.spare.staffKey, mark: 'PRESENT' }] } }) },
  'meetings.action': { posts: holdsMeetings, passes: readsMeeting('not-of-meeting'), ask: (world) => ({ params: { meetingId: world.meetingId }, body: { id: newId(), title: '试一次', ownerKey: world.by('ADMIN, no relation').staffKey, dueOn: '2026-11-30' } }) },
  'meetings.focus': { posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD'], relations: own, passes: 'meeting-unknown', ask: (world) => ({ ...ofTarget(world), body: { id: newId(), meetingId: world.nothing, part: 'ANALYSIS', note: '试一试' } }) },
  'meetings.turn': { posts: holdsMeetings, passes: 'not-found', ask: (world) => ({ params: { meetingId: world.nothing }, body: { to: 'CLOSED' } }) },
  // work plans: a draft of nobody is found by nobody; what is made here lies in the past
  'work-plans.mine': { posts: plans },
  'work-plans.list': { posts: plans },
  'work-plans.unit': { posts: leads },
  'work-plans.get': { posts: managers, passes: 'not-found', ask: (world) => ({ params: { planId: world.nothing } }) },
  'work-plans.document': { posts: managers, passes: 'not-found', ask: (world) => ({ params: { planId: world.nothing } }) },
  'work-plans.sheet': { posts: managers, passes: 'not-found', ask: (world) => ({ params: { planId: world.nothing } }) },
  'work-plans.unit-sheet': { posts: leads },
  'work-plans.make': { posts: plans, passes: 'period-over', ask: () => ({ body: { id: newId(), period: 'MONTH', periodKey: '2020-01', direction: '稳住存款', targets: [{ id: newId(), title: '走访', measure: '每天两户' }] } }) },
  'work-plans.save': { posts: plans, passes: 'not-found', ask: (world) => ({ params: { planId: world.nothing }, body: { direction: '稳住存款', targets: [{ id: newId(), title: '走访', measure: '每天两户' }] } }) },
  'work-plans.submit': { posts: plans, passes: 'not-found', ask: (world) => ({ params: { planId: world.nothing } }) },
  'work-plans.judge': { posts: leads, passes: 'not-found', ask: (world) => ({ params: { planId: world.nothing }, body: { decision: 'CONFIRMED' } }) },
  'work-plans.review': { posts: plans, passes: 'not-found', ask: (world) => ({ params: { planId: world.nothing }, body: { review: '完成' } }) },
  'praise.give': { posts: everybody, passes: (subject, world) => (subject.staffKey === world.spare.staffKey ? 'praise-oneself' : 'ok'), ask: (world) => ({ body: { id: newId(), toKey: world.spare.staffKey, content: '耐心解答客户', source: 'COLLEAGUE' } }) },
  'praise.list': { posts: everybody },
  'praise.retract': { posts: everybody, passes: 'not-found', ask: (world) => ({ params: { praiseId: world.nothing } }) },

  // reports of a day and of a month, the lobby's customer book
  'day-reports.mine': { posts: ['RM', 'LOBBY'] },
  'day-reports.mine-list': { posts: ['RM', 'LOBBY'] },
  'day-reports.confirm': { posts: ['RM', 'LOBBY'], passes: (subject) => (subject.post === 'RM' ? 'day-to-come' : 'kind-unknown'), ask: () => ({ body: { id: newId(), kind: 'DAILY', period: '2030-01-02', texts: [] } }) },
  'day-reports.phone': { posts: leads, passes: 'not-found', ask: () => ({ body: { id: newId(), kind: 'DAILY', period: '2026-11-23', staffKey: 2_000_000, texts: [] } }) },
  'day-reports.unit': { posts: leads },
  'day-reports.unit-month': { posts: leads },
  'day-reports.to-answer': { posts: leads },
  'day-reports.get': { posts: [...managers, 'LOBBY'], passes: 'not-found', ask: (world) => ({ params: { reportId: world.nothing } }) },
  'day-reports.note': { posts: [...managers, 'LOBBY'], passes: 'not-found', ask: (world) => ({ params: { reportId: world.nothing }, body: { id: newId(), note: '试' } }) },
  'day-reports.sign': { posts: leads, passes: 'not-found', ask: (world) => ({ params: { reportId: world.nothing }, body: {} }) },
  'day-reports.answer': { posts: leads, passes: 'not-found', ask: (world) => ({ params: { reportId: world.nothing }, body: { answer: '已安排', measures: [] } }) },
  'customer-book.list': { posts: ['LOBBY', 'OUTLET_HEAD', 'BRANCH_HEAD', 'BANK_LEADER'] },
  'customer-book.note': { posts: ['LOBBY'], passes: 'customer-not-seen', ask: (world) => ({ body: { id: newId(), customerId: world.nothing, facts: '试' } }) },

  // duties, assigned tasks, the working calendar
  'duties.mine': { posts: 'signed-in' },
  'duties.digest': { posts: 'signed-in' },
  'duties.finish': { posts: 'signed-in', passes: 'not-found', ask: (world) => ({ params: { instanceId: world.nothing }, body: { evidence: '已办理' } }) },
  'duties.team': { posts: leads },
  'duties.excuse': { posts: leads, passes: 'not-found', ask: (world) => ({ params: { instanceId: world.nothing }, body: { reason: '当日培训' } }) },
  'duties.list': { posts: everybody },
  'duties.propose': { posts: keepsDuties, passes: 'trigger-unclear', ask: () => ({ body: { id: newId(), code: 'B-01', name: '试', posts: ['RM'], due: { kind: 'PERIOD_END' }, content: '试', evidence: '试' } }) },
  'duties.confirm': { posts: keepsDuties, passes: 'decided-already', ask: () => ({ params: { code: 'D-01', version: 1 } }) },
  'duties.return': { posts: keepsDuties, passes: 'decided-already', ask: () => ({ params: { code: 'D-01', version: 1 }, body: { reason: '不妥' } }) },
  // collection forms: that of the test is collected by the performance officer and was asked of the main manager
  'forms.list': { posts: everybody },
  'forms.get': { posts: everybody, passes: (subject) => (concernsForm(subject) ? 'ok' : 'not-found'), ask: ofForm },
  'forms.make': { posts: collectsForms, passes: 'in-the-past', ask: () => ({ body: { id: newId(), ...someForm } }) },
  'forms.change': { posts: collectsForms, passes: (subject) => (collects(subject) ? 'not-draft' : concernsForm(subject) ? 'not-collector' : 'not-found'), ask: (world) => ({ ...ofForm(world), body: { edition: 1, ...someForm } }) },
  'forms.open': { posts: collectsForms, passes: (subject) => (collects(subject) ? 'form-state' : concernsForm(subject) ? 'not-collector' : 'not-found'), ask: ofForm },
  'forms.end': { posts: collectsForms, passes: (subject) => (collects(subject) ? 'note-missing' : concernsForm(subject) ? 'not-collector' : 'not-found'), ask: (world) => ({ ...ofForm(world), body: { as: 'WITHDRAWN' } }) },
  'forms.answers': { posts: everybody, passes: (subject) => (concernsForm(subject) ? 'ok' : 'not-found'), ask: ofForm },
  'forms.export': { posts: collectsForms, passes: (subject) => (collects(subject) ? 'nothing-to-export' : concernsForm(subject) ? 'not-collector' : 'not-found'), ask: (world) => ({ ...ofForm(world), body: { purpose: '核对' } }) },
  'forms.answer': { posts: everybody, passes: (subject) => (concernsForm(subject) ? 'ok' : 'not-found'), ask: ofFormAnswer },
  'forms.save': { posts: everybody, passes: (subject) => (subject.name === 'RM, main' ? 'cell-faults' : concernsForm(subject) ? 'not-yours-to-answer' : 'not-found'), ask: (world) => ({ ...ofFormAnswer(world), body: { edition: 1, rows: [{ values: { c1: 'x' } }] } }) },
  'forms.submit': { posts: everybody, passes: (subject) => (subject.name === 'RM, main' ? 'cell-faults' : concernsForm(subject) ? 'not-yours-to-answer' : 'not-found'), ask: (world) => ({ ...ofFormAnswer(world), body: { edition: 1, rows: [] } }) },
  'forms.return': { posts: collectsForms, passes: (subject) => (collects(subject) ? 'not-submitted' : concernsForm(subject) ? 'not-collector' : 'not-found'), ask: (world) => ({ ...ofFormAnswer(world), body: { reason: '试试' } }) },
  'forms.confirm': { posts: leads, passes: confirmsForm, ask: (world) => ({ ...ofFormAnswer(world), body: { edition: 1 } }) },
  'forms.sendBack': { posts: leads, passes: confirmsForm, ask: (world) => ({ ...ofFormAnswer(world), body: { edition: 1, reason: '试试' } }) },
  'forms.attach': { posts: everybody, passes: (subject) => (subject.name === 'RM, main' ? 'no-file-cell' : concernsForm(subject) ? 'not-yours-to-answer' : 'not-found'), ask: (world) => ({ ...ofFormAnswer(world), body: { id: newId(), cell: 'c1' } }) },
  'forms.file': { posts: everybody, passes: 'not-found', ask: (world) => ({ params: { answerId: world.formAnswerId, fileId: world.nothing }, body: { purpose: '核对' } }) },
  'forms.name': { posts: everybody, passes: (subject) => (concernsForm(subject) ? 'no-outlet-form' : 'not-found'), ask: (world) => ({ ...ofFormAnswer(world), body: { staffKey: null } }) },
  'forms.reviews': { posts: everybody },
  'forms.review': { posts: everybody, passes: 'not-found', ask: (world) => ({ params: { reviewId: world.nothing }, body: { decision: 'RELEASED', reason: '试试' } }) },
  'forms.sheet': { posts: everybody, passes: (subject) => (concernsForm(subject) ? 'ok' : 'not-found'), ask: ofFormAnswer },
  'forms.upload': { posts: everybody, passes: (subject) => (concernsForm(subject) ? 'workbook-damaged' : 'not-found'), ask: (world) => ({ ...ofFormAnswer(world), body: { edition: 1 }, file: { name: 'a.xlsx', content: brokenWorkbook } }) },
  // internal coordination: the case of the test was asked by the main manager of the credit department's head office, about the customer
  'coordination.list': { posts: everybody },
  'coordination.get': { posts: everybody, passes: (subject) => (partOfCase(subject) ? 'ok' : 'not-found'), ask: (world) => ({ params: { caseId: world.caseId } }) },
  'coordination.ask': { posts: everybody, passes: (subject) => (subject.relation === null || subject.relation === 'GRANT' ? 'customer-not-seen' : 'in-the-past'), ask: (world) => ({ body: { id: newId(), form: 'REQUEST', kind: 'LEVELS', title: '试试发起', content: '试试', customerId: world.target.customerId, unitKey: world.units.head.key, dueOn: '2026-11-01' } }) },
  'coordination.act': { posts: everybody, passes: (subject) => (!partOfCase(subject) ? 'not-found' : subject.name === 'RM, main' ? 'note-missing' : 'not-yours-to-do'), ask: (world) => ({ params: { caseId: world.caseId }, body: { act: 'WITHDRAW' } }) },
  'coordination.add-member': { posts: everybody, passes: (subject) => (!partOfCase(subject) ? 'not-found' : subject.name === 'RM, main' ? 'not-employed' : 'not-yours-to-arrange'), ask: (world) => ({ params: { caseId: world.caseId }, body: { id: newId(), staffKey: 999_999, part: 'RISK' } }) },
  'coordination.end-member': { posts: everybody, passes: 'not-found', ask: (world) => ({ params: { caseId: world.caseId, memberId: world.nothing }, body: { reason: '试试移出' } }) },
  'coordination.add-task': { posts: everybody, passes: (subject) => (!partOfCase(subject) ? 'not-found' : subject.name === 'RM, main' ? 'not-a-member' : 'not-yours-to-arrange'), ask: (world) => ({ params: { caseId: world.caseId }, body: { id: newId(), title: '试试', ownerKey: 999_999, dueOn: '2026-11-30' } }) },
  'coordination.end-task': { posts: everybody, passes: 'not-found', ask: (world) => ({ params: { caseId: world.caseId, taskId: world.nothing }, body: { as: 'DONE', evidence: '试试' } }) },
  'coordination.units': { posts: everybody },
  'coordination.people': { posts: everybody },
  'coordination.answer-times': { posts: [...leads, 'HR', 'PERFORMANCE', 'COMPLIANCE', 'AUDIT'], ask: () => ({ query: { from: '2026-11-01', to: '2026-11-30' } }) },
  'tasks.list': { posts: 'signed-in' },
  'tasks.get': { posts: 'signed-in', passes: (subject) => (givenTo(subject) ? 'ok' : 'not-found'), ask: (world) => ({ params: { taskId: world.taskId } }) },
  'tasks.give': {
    posts: everybody, passes: (subject) => (['TEAM_LEAD, of the unit', 'OUTLET_HEAD, of the unit', 'BRANCH_HEAD, of the unit', 'BANK_LEADER, whole bank'].includes(subject.name) ? 'ok' : 'not-your-line'),
    ask: (world) => ({ body: { id: newId(), title: '试一次', content: '试', source: 'LEADER', owners: [world.spare.staffKey], dueOn: '2026-11-30', evidenceAsked: '试' } }),
  },
  'tasks.act': { posts: 'signed-in', passes: (subject) => (!givenTo(subject) ? 'not-found' : subject.name === 'RM, main' ? 'note-missing' : 'not-yours-to-do'), ask: (world) => ({ params: { taskId: world.taskId }, body: { act: 'QUESTION' } }) },
  'tasks.owners': { posts: everybody },
  'calendar.list': { posts: everybody },
  'calendar.enter': { posts: keepsCalendar, passes: 'fixed-holiday-missing', ask: () => ({ body: { id: newId(), year: 2031, basis: '试', spans: [{ from: '2031-01-01', to: '2031-01-01', kind: 'OFF', name: '元旦' }] } }) },
  'calendar.confirm': { posts: keepsCalendar, passes: 'not-found', ask: (world) => ({ params: { yearId: world.nothing } }) },
  'calendar.return': { posts: keepsCalendar, passes: 'not-found', ask: (world) => ({ params: { yearId: world.nothing }, body: { reason: '不妥' } }) },

  // customers
  'customers.list': { posts: seesCustomers, lists: true },
  'customers.get': { posts: readsByGrant, relations: anyWay, ask: ofTarget },
  // lists: views, segments, tags
  'saved-views.posts': { posts: 'signed-in' },
  'saved-views.list': { posts: 'signed-in', ask: () => ({ query: { list: 'customers' } }) },
  'saved-views.create': { posts: 'signed-in', ask: () => ({ body: { id: newId(), list: 'customers', name: `视图${newId().slice(-10)}`, state: noState, share: { with: 'NONE' } } }) },
  'saved-views.change': { posts: 'signed-in', passes: (subject) => ownerOfLists(subject, sharedWithLine), ask: (world) => ({ params: { viewId: world.savedViewId }, body: { name: '探针视图', state: noState, share: { with: 'LINE' } } }) },
  'saved-views.end': { posts: 'signed-in', passes: 'not-found', ask: (world) => ({ params: { viewId: world.nothing } }) },
  'segments.list': { posts: managers },
  'segments.fields': { posts: managers },
  'segments.try': { posts: managers, lists: true, ask: () => ({ body: { definition: anybody } }) },
  'segments.create': { posts: managers, ask: () => ({ body: { id: newId(), name: `客群${newId().slice(-10)}`, definition: anybody, share: { with: 'NONE' } } }) },
  'segments.change': {
    posts: managers, passes: (subject) => ownerOfLists(subject, sharedWithLine, 'changed-meanwhile', 'segment-not-yours'),
    ask: (world) => ({ params: { segmentId: world.segmentId }, body: { changedAt: '2000-01-01T00:00:00.000Z', name: '探针客群', definition: anybody, share: { with: 'LINE' } } }),
  },
  'segments.end': { posts: managers, passes: 'not-found', ask: (world) => ({ params: { segmentId: world.nothing } }) },
  'tags.list': { posts: seesCustomers },
  'tags.create': { posts: managers, ask: () => ({ body: { id: newId(), word: `词${newId().slice(-10)}` } }) },
  'tags.end': { posts: managers, passes: 'not-found', ask: (world) => ({ params: { tagId: world.nothing } }) },
  'customers.tags': { posts: readsByGrant, relations: anyWay, ask: ofTarget },
  'customers.tag': { posts: managers, relations: own, passes: 'tag-gone', ask: (world) => ({ ...ofTarget(world), body: { id: newId(), tagId: world.nothing } }) },
  'customers.untag': { posts: managers, relations: own, passes: 'not-found', ask: (world) => ({ params: { customerId: world.target.customerId, tagId: world.nothing } }) },
  'customers.batch-tag': { posts: managers, passes: 'tag-gone', ask: (world) => ({ body: { selection: { ids: [world.target.customerId] }, tagId: world.nothing, take: 'ON' } }) },
  'customers.batch-plan': { posts: managers, ask: (world) => ({ body: { selection: { ids: [world.target.customerId] }, plannedOn: '2026-12-01', subject: '回访', dryRun: true } }) },
  'customers.batch-assign': { posts: leads, passes: 'assign-day', ask: (world) => ({ body: { selection: { ids: [world.target.customerId] }, staffKey: world.spare.staffKey, from: '2020-01-01', reason: '试' } }) },
  'exports.ask': { posts: managers, passes: 'search-in-export', ask: () => ({ body: { id: newId(), filters: { q: '试' }, purpose: '试试' } }) },
  'exports.list': { posts: managers },
  'exports.decide': { posts: leads, passes: 'not-found', ask: (world) => ({ params: { exportId: world.nothing }, body: { decision: 'DECLINED', reason: '试' } }) },
  'exports.withdraw': { posts: managers, passes: 'not-found', ask: (world) => ({ params: { exportId: world.nothing } }) },
  'exports.fetch': { posts: managers, passes: 'not-found', ask: (world) => ({ params: { exportId: world.nothing } }) },
  'imports.template': { posts: makers },
  'imports.check': { posts: makers, passes: 'workbook-damaged', ask: () => ({ body: { id: newId() }, file: { name: 'a.xlsx', content: brokenWorkbook } }) },
  'imports.list': { posts: makers },
  ...Object.fromEntries(['imports.get', 'imports.rows', 'imports.lines', 'imports.rejects', 'imports.run', 'imports.undo'].map((id) => [id, { posts: makers, passes: 'not-found', ask: (world: World) => ({ params: { importId: world.nothing } }) }])),
  'reports.timeline': { posts: readsByGrant, relations: anyWay, ask: ofTarget },
  'customers.create': { posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD'], passes: 'identity-number', ask: () => ({ body: { id: newId(), kind: 'CORPORATE', name: '试一家公司', identity: { kind: 'USCC', number: '91140100000000000X' } } }) },
  'customers.edit': { posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD'], relations: own, passes: 'changed-meanwhile', ask: (world) => ({ ...ofTarget(world), body: { changedAt: '2000-01-01T00:00:00.000Z', name: '试一试', reason: '试' } }) },
  'identity-changes.list': { posts: managers, lists: true },
  'customers.identity-changes': { posts: readsByGrant, relations: anyWay, ask: ofTarget },
  'identity-changes.propose': { posts: makers, relations: own, passes: 'nothing-changes', ask: (world) => ({ ...ofTarget(world), body: { id: newId(), field: 'NAME', name: world.target.name, proof: '试试', reason: '试试' } }) },
  'identity-changes.attach-proof': { posts: makers, relations: own, passes: (subject) => (subject.relation === 'MAIN' ? 'ok' : 'not-yours'), ask: (world) => ({ params: { customerId: world.target.customerId, changeId: world.identityChangeId }, body: { id: newId() } }) },
  'identity-changes.download-proof': { posts: seesCustomers, relations: ['MAIN', 'ASSIST', 'SUBSTITUTE', 'UNIT', 'ALL'], passes: 'not-found', ask: (world) => ({ params: { customerId: world.target.customerId, changeId: world.nothing }, body: { purpose: '核实' } }) },
  'identity-changes.decide': { posts: ['TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD'], relations: ['MAIN', 'ASSIST', 'UNIT'], passes: 'note-missing', ask: (world) => ({ params: { customerId: world.target.customerId, changeId: world.identityChangeId }, body: { decision: 'RETURNED' } }) },
  'identity-changes.withdraw': { posts: makers, relations: own, passes: 'not-found', ask: (world) => ({ params: { customerId: world.target.customerId, changeId: world.nothing }, body: { reason: '试试' } }) },
  'customers.assign': { posts: leads, relations: ['UNIT', 'ALL'], passes: 'assign-day', ask: (world) => ({ ...ofTarget(world), body: { slices: [], from: '2020-01-01', reason: '试' } }) },
  'customers.reveal': { reveals: true, posts: seesCustomers, relations: ['MAIN', 'ASSIST', 'SUBSTITUTE', 'UNIT', 'ALL'], ask: (world) => ({ ...ofTarget(world), body: { what: 'PHONE', id: world.phoneId, purpose: '核实' } }) },
  'customers.file': { posts: readsByGrant, relations: anyWay, ask: ofTarget },
  'customers.save-file-group': { ...fileWrite('changed-meanwhile'), ask: (world) => ({ ...ofTarget(world), body: { group: 'REGISTRATION', edition: noEdition, values: { companyType: '有限责任公司' } } }) },
  'customers.add-file-row': { ...fileWrite('ok'), ask: (world) => ({ ...ofTarget(world), body: { list: 'PEOPLE', id: newId(), values: { office: 'DIRECTOR', personName: '试一人' } } }) },
  'customers.change-file-row': { ...fileWrite('changed-meanwhile'), ask: (world) => ({ params: { customerId: world.target.customerId, rowId: world.personRowId }, body: { list: 'PEOPLE', edition: noEdition, values: { personNote: '试' } } }) },
  'customers.end-file-row': { ...fileWrite('row-ended'), ask: (world) => ({ params: { customerId: world.target.customerId, rowId: world.endedRowId }, body: { list: 'PEOPLE', on: '2026-11-20', reason: '试试' } }) },
  'customers.attach-file': { ...fileWrite('ok'), ask: (world) => ({ params: { customerId: world.target.customerId, rowId: world.documentRowId }, body: { id: newId(), list: 'DOCUMENTS' } }) },
  'customers.download-file': {
    posts: seesCustomers, relations: ['MAIN', 'ASSIST', 'SUBSTITUTE', 'UNIT', 'ALL'], reveals: true, ask: (world) => ({ params: { customerId: world.target.customerId, rowId: world.documentRowId }, body: { list: 'DOCUMENTS', purpose: '核实' } }),
  },
  'customers.add-identity': { ...fileWrite('identity-kind'), ask: (world) => ({ ...ofTarget(world), body: { id: newId(), kind: 'PASSPORT', number: 'E12345678', reason: '试试' } }) },
  'customers.renew-identity': { ...fileWrite('ok'), ask: (world) => ({ params: { customerId: world.target.customerId, identityId: world.identityId }, body: { expiresOn: null, originalSeen: true, reason: '试试' } }) },
  'customers.end-phone': { ...fileWrite('not-found'), ask: (world) => ({ params: { customerId: world.target.customerId, phoneId: world.nothing }, body: { reason: '试试' } }) },
  'customers.export': { posts: managers, passes: (subject) => (hasCustomers(subject) ? 'ok' : 'nothing-to-export'), ask: () => ({ body: { purpose: '核对' } }) },
  'customers.grants': { posts: readsByGrant, relations: anyWay, ask: ofTarget },
  'grants.give': { posts: leads, relations: ['UNIT', 'ALL'], passes: 'grant-to-oneself', ask: (world, subject) => ({ ...ofTarget(world), body: { id: newId(), staffKey: Math.max(subject.staffKey, 1), reason: '试试', until: '2026-11-30' } }) },
  'grants.withdraw': {
    posts: leads, relations: ['UNIT', 'ALL'], passes: 'grant-ended',
    ask: (world) => ({ params: { customerId: world.target.customerId, grantId: world.withdrawnGrantId }, body: { reason: '试试' } }),
  },

  // relations and groups: a group is there for whoever sees one of its members
  'relations.list': { posts: readsByGrant, relations: anyWay, ask: ofTarget },
  'relations.graph': { posts: readsByGrant, relations: anyWay, ask: ofTarget },
  'relations.record': {
    posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD'], relations: own, passes: 'share-needed',
    ask: (world) => ({ ...ofTarget(world), body: { id: newId(), kind: 'SHAREHOLDING', direction: 'IN', other: { kind: 'PERSON', name: '试试' }, evidence: '试试', from: '2026-11-23' } }),
  },
  'relations.end': {
    posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD'], relations: own, passes: 'ended-already',
    ask: (world) => ({ params: { customerId: world.target.customerId, relationId: world.endedRelationId }, body: { on: '2026-11-23', reason: '试试' } }),
  },
  'owners.get': { posts: readsByGrant, relations: anyWay, ask: ofTarget },
  'owners.work-out': { posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD'], relations: own, ask: (world) => ({ ...ofTarget(world), body: { id: newId() } }) },
  'owners.explain': { posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD'], relations: own, passes: 'nothing-differs', ask: (world) => ({ ...ofTarget(world), body: { id: newId(), filingId: newId(), findingId: null, reason: '试试看看' } }) },
  'owners.file': {
    posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD'], relations: own, passes: 'begins-later',
    ask: (world) => ({ ...ofTarget(world), body: { id: newId(), filedOn: '2026-11-24', owners: [{ name: '试试' }], evidence: '试试' } }),
  },
  'households.make': { posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD'], relations: own, passes: 'not-a-person', ask: (world) => ({ ...ofTarget(world), body: { id: newId(), name: '试试', from: '2026-11-23', evidence: '试试', members: [] } }) },
  'households.add': {
    posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD'], relations: own, passes: 'begins-later',
    ask: (world) => ({ params: { customerId: world.target.customerId, groupId: world.groupId }, body: { member: { customerId: world.foreign.customerId, role: 'OTHER' }, from: '2026-11-24', evidence: '试试' } }),
  },
  'households.end': {
    posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD'], relations: own, passes: 'not-found',
    ask: (world) => ({ params: { customerId: world.target.customerId, groupId: world.groupId }, body: { on: '2026-11-23', reason: '试试' } }),
  },
  'groups.list': { posts: managers, tells: inGroup },
  'groups.proposals': { posts: managers, tells: inGroup },
  'groups.proposal': { posts: managers, passes: ofGroup('ok'), tells: inGroup, ask: (world) => ({ params: { proposalId: world.proposalId } }) },
  'groups.confirm': { posts: managers, passes: ofGroup('decided-already'), ask: (world) => ({ params: { proposalId: world.proposalId }, body: { id: newId(), name: '试试', from: '2026-11-23', reason: '试试' } }) },
  'groups.decline': { posts: managers, passes: ofGroup('decided-already'), ask: (world) => ({ params: { proposalId: world.proposalId }, body: { reason: '试试' } }) },
  'groups.get': { posts: managers, passes: ofGroup('ok'), tells: inGroup, ask: (world) => ({ params: { groupId: world.groupId } }) },
  'groups.change': { posts: managers, passes: ofGroup('limit-incomplete'), ask: (world) => ({ params: { groupId: world.groupId }, body: { limitFen: '100', reason: '试试' } }) },
  'groups.end-member': { posts: managers, passes: ofGroup('end-day'), ask: (world) => ({ params: { groupId: world.groupId, memberId: world.memberId }, body: { on: '2020-01-01', reason: '试试' } }) },
  // ownership: load, pool, hand-over, substitution
  'customers.ownership': { posts: readsByGrant, relations: anyWay, ask: ofTarget },
  'load.list': { posts: managers },
  'load.person': { posts: managers, ask: (world) => ({ params: { staffKey: world.by('RM, main').staffKey } }) },
  'pool.list': { posts: managers },
  'pool.claims': { posts: managers },
  // the customer of the test has managers: for who claims it is not there
  'pool.claim': { posts: poolClaimers, passes: 'not-found', ask: (world) => ({ ...ofTarget(world), body: { id: newId(), reason: '熟悉该客户' } }) },
  'pool.contest': { posts: poolClaimers, passes: 'not-found', ask: (world) => ({ ...ofTarget(world), body: { id: newId(), reason: '原为我管户' } }) },
  'pool.withdraw-claim': { posts: poolClaimers, passes: 'not-found', ask: (world) => ({ params: { customerId: world.target.customerId, claimId: world.nothing }, body: { reason: '不认领了' } }) },
  'pool.decide': { posts: leads, relations: ['UNIT', 'ALL'], passes: 'no-open-claim', ask: (world) => ({ ...ofTarget(world), body: { claimId: null, reason: '留在池中' } }) },
  'pool.return': { posts: leads, relations: ['UNIT', 'ALL'], passes: 'return-day', ask: (world) => ({ ...ofTarget(world), body: { from: '2020-01-01', reason: '无人维护' } }) },
  'pool-allocations.list': { posts: leads },
  'pool-allocations.get': { posts: leads, passes: 'not-found', ask: (world) => ({ params: { allocationId: world.nothing } }) },
  'pool-allocations.propose': { posts: leads, passes: 'nothing-to-allocate', ask: () => ({ body: { id: newId(), reason: '季度分配' } }) },
  'pool-allocations.withdraw': { posts: leads, passes: 'not-found', ask: (world) => ({ params: { allocationId: world.nothing }, body: { reason: '不再分配' } }) },
  'pool-allocations.decide': { posts: leads, passes: 'not-found', ask: (world) => ({ params: { allocationId: world.nothing }, body: { confirm: true, reason: '同意分配' } }) },
  'pool.exclude': { posts: leads, relations: ['UNIT', 'ALL'], passes: 'not-a-manager', ask: (world) => ({ ...ofTarget(world), body: { id: newId(), staffKey: 2_000_000, kind: 'RELATIVE', reason: '经办人的近亲属' } }) },
  'hand-over.list': { posts: handOverPosts },
  'hand-over.get': { posts: handOverPosts, passes: (subject) => (seesHandOver(subject) || office3(subject) ? 'ok' : 'not-found'), ask: ofHandOver },
  // who shall receive the customer reads its line on the list
  'hand-over.items': { posts: handOverPosts, passes: (subject) => (seesHandOver(subject) ? 'ok' : 'not-found'), tells: receives, ask: ofHandOver },
  'hand-over.open': { posts: leads, passes: 'effective-day', ask: (world) => ({ body: { id: newId(), leaverKey: world.by('RM, main').staffKey, cause: 'TRANSFER', effectiveOn: '2020-01-01', receivers: [world.spare.staffKey], reason: '试试', customers: 'ALL' } }) },
  'hand-over.emergency': { posts: leads, passes: 'leaver-has-none', ask: (world) => ({ body: { id: newId(), leaverKey: world.spare.staffKey, cause: 'SUSPENSION', reason: '试一试吧' } }) },
  'hand-over.change-list': {
    posts: handOverPosts, passes: (subject) => (!seesHandOver(subject) ? 'not-found' : receives(subject) ? 'not-your-list' : 'list-changed'),
    ask: (world) => ({ ...ofHandOver(world), body: { listVersion: 999, change: 'REMOVE', customers: [world.target.customerId] } }),
  },
  'hand-over.finish-list': { posts: handOverPosts, passes: (subject) => (!seesHandOver(subject) ? 'not-found' : receives(subject) ? 'not-your-list' : 'list-changed'), ask: (world) => ({ ...ofHandOver(world), body: { listVersion: 999 } }) },
  'hand-over.sample': { posts: handOverPosts, passes: (subject) => (seesHandOver(subject) ? 'not-listed' : 'not-found'), ask: (world) => ({ ...ofHandOver(world), body: { customers: [world.target.customerId] } }) },
  'hand-over.sign': {
    posts: handOverPosts, passes: (subject) => (!seesHandOver(subject) ? 'not-found' : isParty(subject) ? 'not-listed' : 'not-a-party'), ask: (world) => ({ ...ofHandOver(world), body: { listVersion: 1, password: 'not the one' } }),
  },
  'hand-over.move-day': { posts: leads, passes: (subject) => (leadsLine(subject) ? 'effective-day' : 'not-found'), ask: (world) => ({ ...ofHandOver(world), body: { effectiveOn: '2020-01-01', reason: '试试' } }) },
  'hand-over.withdraw': { posts: leads, passes: (subject) => (leadsLine(subject) ? 'hand-over-ended' : 'not-found'), ask: (world) => ({ params: { handOverId: world.endedHandOverId }, body: { reason: '试试' } }) },
  'hand-over.close': { posts: leads, passes: (subject) => (leadsLine(subject) ? 'not-in-follow-up' : 'not-found'), ask: (world) => ({ ...ofHandOver(world), body: { reason: '试试' } }) },
  'substitution.list': { posts: managers },
  'substitution.find': { posts: managers },
  'substitution.ask': { posts: managers, passes: 'days-wrong', ask: (world) => ({ body: { id: newId(), substituteKey: world.spare.staffKey, from: '2020-01-01', until: '2020-01-02', reason: '试试', customers: 'ALL' } }) },
  'substitution.confirm': { posts: leads, passes: (subject) => (leadsLine(subject) ? 'not-asked' : 'not-found'), ask: (world) => ({ ...ofSubstitution(world), body: { agree: true } }) },
  'substitution.end': { posts: managers, passes: (subject) => (seesSubstitution(subject) ? 'ended-already' : 'not-found'), ask: (world) => ({ params: { substitutionId: world.endedSubstitutionId }, body: { reason: '试试' } }) },
  'substitution.happened': { posts: managers, passes: (subject) => (seesSubstitution(subject) ? 'ok' : 'not-found'), ask: ofSubstitution },
  // duplicates and merge: the other customer of the tests is of the other branch, so only who sees the whole bank sees both
  'duplicates.check': { posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD'], tells: (subject) => ['MAIN', 'ASSIST', 'UNIT', 'ALL'].includes(subject.relation ?? ''), ask: (world) => ({ body: { kind: 'CORPORATE', name: world.target.name } }) },
  'duplicates.list': { posts: [...managers, 'DATA_STEWARD'] },
  'duplicates.different': { posts: managers, relations: ['MAIN', 'ASSIST', 'UNIT', 'ALL'], passes: 'not-found', ask: (world) => ({ params: { customerId: world.target.customerId, pairId: world.nothing }, body: { reason: '试试' } }) },
  'duplicates.same': { posts: managers, relations: ['MAIN', 'ASSIST', 'UNIT', 'ALL'], passes: 'not-found', ask: (world) => ({ params: { customerId: world.target.customerId, pairId: world.nothing }, body: { reason: '试试' } }) },
  'duplicates.scan': { posts: ['DATA_STEWARD'] },
  'merges.preview': {
    posts: managers, relations: ['MAIN', 'ASSIST', 'UNIT', 'ALL'], passes: (subject) => (subject.relation === 'ALL' ? 'identity-differs' : 'not-found'),
    ask: (world) => ({ params: { customerId: world.target.customerId, otherId: world.foreign.customerId } }),
  },
  'merges.propose': {
    posts: managers, relations: ['MAIN', 'ASSIST', 'UNIT', 'ALL'], passes: (subject) => (subject.relation === 'ALL' ? 'identity-differs' : 'not-found'),
    ask: (world) => ({ params: { customerId: world.target.customerId }, body: { id: newId(), otherId: world.foreign.customerId, reason: '试试', choices: [] } }),
  },
  'merges.list': { posts: [...managers, 'DATA_STEWARD'] },
  'merges.get': { posts: [...managers, 'DATA_STEWARD'], passes: 'not-found', ask: (world) => ({ params: { caseId: world.nothing } }) },
  'merges.confirm': { posts: [...leads, 'DATA_STEWARD'], passes: 'not-found', ask: (world) => ({ params: { caseId: world.nothing }, body: { opinion: '试试' } }) },
  'merges.return': { posts: [...leads, 'DATA_STEWARD'], passes: 'not-found', ask: (world) => ({ params: { caseId: world.nothing }, body: { reason: '试试' } }) },
  'merges.undo': { posts: [...leads, 'DATA_STEWARD'], passes: 'not-found', ask: (world) => ({ params: { caseId: world.nothing }, body: { reason: '试试' } }) },
  'customers.alias': { posts: readsByGrant, passes: 'not-found', ask: ofTarget },

  // holdings
  'customers.holdings': { posts: readsByGrant, relations: anyWay, ask: ofTarget },
  'customers.transactions': { posts: readsByGrant, relations: anyWay, ask: ofTarget },
  'customers.value': { posts: readsByGrant, relations: anyWay, ask: ofTarget },
  'customers.reveal-account': {
    reveals: true, posts: seesCustomers, relations: ['MAIN', 'ASSIST', 'SUBSTITUTE', 'UNIT', 'ALL'], ask: (world) => ({ params: { customerId: world.target.customerId, accountId: world.accountId }, body: { purpose: '核实' } }),
  },
  'holdings.find-loans': { posts: seesCustomers, ask: () => ({ query: { q: 'JJ2026' } }) },
  'holdings.deposit-view': { posts: [...managers, 'OUTLET_HEAD_PLACE'] },
  'value.profit': { posts: [...managers, 'OUTLET_HEAD_PLACE'] },
  'value.profit-customers': { posts: [...managers, 'OUTLET_HEAD_PLACE'], passes: 'not-found', ask: () => ({ query: { month: '2026-10', staff: '1' } }) },
  'value.export-profit': { posts: [...managers, 'OUTLET_HEAD_PLACE'], passes: 'nothing-to-export', ask: () => ({ body: { purpose: '核对' } }) },
  'holdings.export-deposit-view': { posts: [...managers, 'OUTLET_HEAD_PLACE'], passes: 'nothing-to-export', ask: () => ({ body: { purpose: '核对' } }) },

  // contacts
  'contact.record': { posts: managers, relations: own, ask: (world) => ({ ...ofTarget(world), body: { id: newId(), ...visit } }) },
  'contact.correct': {
    posts: managers, relations: own, passes: 'contact-voided',
    ask: (world) => ({ params: { customerId: world.target.customerId, contactId: world.voidedContactId }, body: { id: newId(), ...visit, reason: '试试' } }),
  },
  'contact.void': {
    posts: managers, relations: own, passes: 'contact-voided',
    ask: (world) => ({ params: { customerId: world.target.customerId, contactId: world.voidedContactId }, body: { reason: '试试' } }),
  },
  'contact.list-customer': { posts: readsByGrant, relations: anyWay, ask: ofTarget },
  'contact.get': { posts: readsByGrant, relations: anyWay, ask: (world) => ({ params: { customerId: world.target.customerId, contactId: world.contactId } }) },
  'contact.list': { posts: managers, lists: true },
  'contact.check': { posts: leads, relations: ['UNIT', 'ALL'], passes: 'contact-voided', ask: (world) => ({ params: { customerId: world.target.customerId, contactId: world.voidedContactId } }) },
  'contact.act-on-promise': { posts: managers, relations: own, passes: 'not-found', ask: (world) => ({ params: { customerId: world.target.customerId, promiseId: world.nothing }, body: { act: 'KEEP' } }) },
  'contact.add-photo': { posts: managers, relations: own, passes: 'contact-voided', ask: (world) => ({ params: { customerId: world.target.customerId, contactId: world.voidedContactId }, body: { id: newId() }, file: photo }) },
  'contact.photos': { posts: readsByGrant, relations: anyWay, ask: (world) => ({ params: { customerId: world.target.customerId, contactId: world.contactId } }) },
  'contact.photo': { posts: readsByGrant, relations: anyWay, passes: 'not-found', ask: (world) => ({ params: { customerId: world.target.customerId, contactId: world.contactId, photoId: world.nothing } }) },
  'contact.remove-photo': { posts: managers, relations: own, passes: 'not-found', ask: (world) => ({ params: { customerId: world.target.customerId, contactId: world.nothing, photoId: world.nothing }, body: { reason: '试试移除' } }) },
  'contact.print': { posts: managers, relations: [...own, 'ALL'], ask: (world) => ({ params: { customerId: world.target.customerId, contactId: world.contactId }, body: { format: 'PDF', purpose: '检查存档' } }) },
  'contact.print-batch': { posts: managers, passes: 'period-too-long', ask: () => ({ body: { from: '2020-01-01', to: '2026-11-20', format: 'DOCX', purpose: '检查存档' } }) },
  'needs.print': { posts: managers, relations: [...own, 'ALL'], passes: 'not-found', ask: (world) => ({ params: { customerId: world.target.customerId, cardId: world.nothing }, body: { format: 'PDF', purpose: '检查存档' } }) },
  'needs.customer': { posts: readsByGrant, relations: anyWay, ask: ofTarget },
  'needs.record': {
    posts: managers, relations: own, passes: 'survey-in-future',
    ask: (world) => ({ ...ofTarget(world), body: {
      id: newId(), surveyedOn: '2030-01-01', channel: 'VISIT', decisionMaker: null, obstacles: null, suggestions: null, nextAction: null, nextOn: null, confirmation: null, confirmationRef: null, holdings: [],
      needs: [{ id: newId(), domain: 'DEPOSIT', description: '试一试', urgency: 'NOW', amountFen: null, expectedPrice: null, toldAs: 'STATED' }],
    } }),
  },
  'needs.move': { posts: managers, relations: own, passes: 'not-found', ask: (world) => ({ params: { customerId: world.target.customerId, needId: newId() }, body: { id: newId(), to: 'VERIFIED', note: null, productCode: null, ideaTitle: null } }) },
  'needs.answer': { posts: leads, relations: ['UNIT', 'ALL'], passes: 'not-found', ask: (world) => ({ params: { customerId: world.target.customerId, needId: newId() }, body: { result: 'DECLINED', answer: '试一试答复', productCode: null } }) },
  'needs.comment': { posts: leads, relations: ['UNIT', 'ALL'], passes: 'not-found', ask: (world) => ({ params: { customerId: world.target.customerId, cardId: newId() }, body: { comment: '试试' } }) },
  'needs.void': { posts: managers, relations: own, passes: 'not-found', ask: (world) => ({ params: { customerId: world.target.customerId, cardId: newId() }, body: { reason: '试试' } }) },
  'needs.list': { posts: managers },
  'needs.unmet': { posts: managers },
  'needs.products': { posts: managers },
  'contact.colleagues': { posts: 'signed-in' },
  'restricted-text.list': { posts: everybody, tells: readsRestricted },
  'restricted-text.read': { posts: everybody, passes: (subject) => (readsRestricted(subject) ? 'ok' : 'not-found'), tells: readsRestricted, ask: (world) => ({ params: { textId: world.restrictedTextId } }) },
  'restricted-text.readers': {
    posts: everybody, passes: (subject) => (subject.relation === 'MAIN' ? 'reader-unknown' : readsRestricted(subject) ? 'not-the-author' : 'not-found'),
    ask: (world) => ({ params: { textId: world.restrictedTextId }, body: { readers: [999_999] } }),
  },
  'coverage.get': { posts: [...managers, 'OUTLET_HEAD_PLACE'] },
  'coverage.today': { posts: [...managers, 'OUTLET_HEAD_PLACE'] },
  // the manager himself and the heads of his line
  'coverage.duties': { posts: [...managers, 'OUTLET_HEAD_PLACE'], passes: (subject) => (['MAIN', 'UNIT', 'ALL'].includes(subject.relation ?? '') ? 'ok' : 'not-found'), ask: (world) => ({ params: { staffKey: world.by('RM, main').staffKey } }) },
  'coverage.customer': { posts: readsByGrant, relations: anyWay, ask: ofTarget },
  'contact-plan.due': { posts: managers },
  'reports.commitments': { posts: managers },
  'reports.export-commitments': { posts: managers, passes: 'nothing-to-export', ask: () => ({ body: { purpose: '核对' } }) },
  'contact-plan.leader-visits': { posts: [...managers, 'OUTLET_HEAD_PLACE'] },
  'contact-plan.leader-visit': { posts: readsByGrant, relations: anyWay, ask: ofTarget },
  'contact-plan.note-key-event': { posts: managers, relations: own, ask: (world) => ({ ...ofTarget(world), body: { id: newId(), kind: 'OTHER', day: '2026-11-20', note: '试登记一次' } }) },
  'contact-plan.void-key-event': { posts: managers, relations: own, passes: 'not-found', ask: (world) => ({ params: { customerId: world.target.customerId, eventId: newId() }, body: { reason: '试试作废' } }) },
  // tiers and value
  'tier-moves.list': { posts: managers },
  'tier-moves.matrix': { posts: managers },
  'tier-moves.export': { posts: managers, passes: 'nothing-to-export', ask: () => ({ body: { purpose: '核对' } }) },
  'customers.tier': { posts: readsByGrant, relations: anyWay, ask: ofTarget },
  'tier-moves.decide': { posts: heads, relations: ['UNIT', 'ALL'], passes: 'not-found', ask: (world) => ({ params: { ...ofTarget(world).params, moveId: world.nothing }, body: { decision: 'CONFIRMED' } }) },
  'strategic.propose': { posts: heads, relations: ['UNIT', 'ALL'], passes: 'begins-in-the-past', ask: (world) => ({ ...ofTarget(world), body: { id: newId(), from: '2020-01-01', reason: '试试提名' } }) },
  'strategic.decide': { posts: heads, relations: ['UNIT', 'ALL'], passes: 'not-found', ask: (world) => ({ params: { ...ofTarget(world).params, entryId: world.nothing }, body: { decision: 'CONFIRMED' } }) },
  'strategic.end': { posts: heads, relations: ['UNIT', 'ALL'], passes: 'not-found', ask: (world) => ({ params: { ...ofTarget(world).params, entryId: world.nothing }, body: { reason: '试试移出' } }) },
  'tier-rules.list': { posts: everybody },
  'tier-rules.preview': { posts: ['ADMIN', 'BANK_LEADER'], passes: 'begins-in-the-past', ask: () => ({ body: { kind: 'PERSON', region: '*', from: '2020-01-01', terms: someTerms } }) },
  'tier-rules.propose': { posts: ['ADMIN', 'BANK_LEADER'], passes: 'begins-in-the-past', ask: () => ({ body: { id: newId(), kind: 'PERSON', region: '*', from: '2020-01-01', terms: someTerms, reason: '试试提交' } }) },
  'tier-rules.decide': { posts: ['ADMIN', 'BANK_LEADER'], passes: 'not-found', ask: () => ({ params: { changeId: newId() }, body: { decision: 'CONFIRMED' } }) },
  'watch.limits': { posts: everybody },
  'watch.propose-limit': { posts: ['ADMIN', 'BANK_LEADER'], passes: 'begins-in-the-past', ask: () => ({ body: { id: newId(), rule: 'AUM', kind: 'PERSON', from: '2020-01-01', terms: { leastFen: null, share: null, days: null, times: null, marketEffect: 'NET_INFLOW' }, reason: '试试提交' } }) },
  'watch.decide-limit': { posts: ['ADMIN', 'BANK_LEADER'], passes: 'not-found', ask: () => ({ params: { changeId: newId() }, body: { decision: 'CONFIRMED' } }) },
  'customers.contribution': { posts: readsByGrant, relations: anyWay, ask: ofTarget },
  'value.prices': { posts: [...managers, 'PERFORMANCE', 'HR', 'AUDIT', 'ADMIN'] },
  'value.propose': { posts: ['PERFORMANCE', 'BANK_LEADER', 'ADMIN'], passes: 'what-missing', ask: () => ({ body: { id: newId(), kind: 'PRICE', side: null, termMonths: null, name: null, from: '2030-01-01', value: '0.01', reason: '试试提交' } }) },
  'value.decide': { posts: ['PERFORMANCE', 'BANK_LEADER', 'ADMIN'], passes: 'not-found', ask: () => ({ params: { changeId: newId() }, body: { decision: 'CONFIRMED' } }) },
  'value.compute': { posts: ['PERFORMANCE', 'ADMIN'], ask: () => ({ body: { months: 1 } }) },
  'contact-policy.list': { posts: everybody },
  'contact-policy.propose': { posts: ['ADMIN', 'BANK_LEADER'], passes: 'begins-in-the-past', ask: () => ({ body: { id: newId(), tier: 'T1', region: '*', from: '2020-01-01', terms: null, reason: '试试提交' } }) },
  'contact-policy.decide': { posts: ['ADMIN', 'BANK_LEADER'], passes: 'not-found', ask: () => ({ params: { changeId: newId() }, body: { decision: 'CONFIRMED' } }) },

  // what is watched
  'watch.movements': { posts: managers, lists: true },
  // the customer of the test has no movement, gap or lead
  'watch.export-movements': { posts: managers, passes: 'nothing-to-export', ask: () => ({ body: { day: '2001-01-01', purpose: '核对' } }) },
  'watch.export-gaps': { posts: managers, passes: 'nothing-to-export', ask: () => ({ body: { kind: 'GAP', rule: 'NO_SUCH_RULE', purpose: '核对' } }) },
  'watch.export-leads': { posts: managers, passes: 'nothing-to-export', ask: () => ({ body: { direction: 'PAYEE', state: 'EXPLAINED', purpose: '核对' } }) },
  'watch.alerts': { posts: managers, lists: true },
  'watch.figures': { posts: managers },
  'watch.customer': { posts: readsByGrant, relations: anyWay, ask: ofTarget },
  'watch.answer': { posts: managers, relations: own, passes: 'alert-closed', ask: (world) => ({ params: { customerId: world.target.customerId, alertId: world.closedAlertId }, body: { reasonCode: 'UNKNOWN', done: true, judged: 'FALSE_ALARM' } }) },
  'watch.silence': { posts: managers, relations: own, passes: 'alert-closed', ask: (world) => ({ params: { customerId: world.target.customerId, alertId: world.closedAlertId }, body: { until: '2026-11-30', reason: '试试' } }) },
  'watch.maturities': { posts: managers, lists: true },
  'watch.export-maturities': { posts: managers, passes: (subject) => (subject.relation !== null && subject.relation !== 'GRANT' ? 'ok' : 'nothing-to-export'), ask: () => ({ body: { purpose: '核对' } }) },
  'watch.renewal-rates': { posts: managers },
  'watch.prepare-maturity': { posts: managers, relations: own, passes: 'not-found', ask: (world) => ({ params: { customerId: world.target.customerId, maturityId: world.nothing }, body: { note: '试试' } }) },
  'watch.maturity-result': { posts: managers, relations: own, passes: 'not-ended', ask: (world) => ({ params: { customerId: world.target.customerId, maturityId: world.maturityId }, body: { result: 'UNKNOWN' } }) },
  'watch.churn': { posts: managers },
  'watch.standings': { posts: managers, lists: true, ask: () => ({ query: { period: '2026-Q4', set: 'BASE' } }) },
  'watch.exclude': { posts: leads, relations: ['UNIT', 'ALL'], passes: 'not-in-base', ask: (world) => ({ params: { customerId: world.target.customerId, period: '2026-Q3' }, body: { reason: 'MERGED', note: '试试' } }) },
  'watch.leads': { posts: managers, lists: true },
  'watch.decide-lead': { posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD'], passes: 'lead-decided', ask: (world) => ({ params: { leadId: world.decidedLeadId }, body: { take: true } }) },

  // pay: one's own, of the line that one leads, with a purpose anybody's
  'getMyStatement': { posts: paid },
  'listMyStatementFacts': { posts: paid, passes: (subject) => (subject.post === 'RM' || subject.post === 'TEAM_LEAD' ? 'ok' : 'not-found'), ask: (world) => ({ query: { month: settledMonth, place: world.payPlace } }) },
  'listTeamStatements': { posts: leads },
  'getTeamStatement': { posts: leads, passes: ledBy, ask: (world) => ({ params: { staffKey: world.by('RM, main').staffKey } }) },
  'listTeamStatementFacts': { posts: leads, passes: ledBy, ask: (world) => ({ params: { staffKey: world.by('RM, main').staffKey }, query: { month: settledMonth, place: world.payPlace } }) },
  'listStatementPeople': { posts: ['HR', 'PERFORMANCE'] },
  'getAnyStatement': { posts: ['HR', 'PERFORMANCE'], ask: (world) => ({ params: { staffKey: world.by('RM, main').staffKey }, query: { purpose: '复核工资' } }) },
  'listAnyStatementFacts': { posts: ['HR', 'PERFORMANCE'], ask: (world) => ({ params: { staffKey: world.by('RM, main').staffKey }, query: { month: settledMonth, place: world.payPlace, purpose: '复核工资' } }) },
  'statement.print': { posts: paid, passes: (subject) => (subject.post === 'RM' || subject.post === 'TEAM_LEAD' ? 'ok' : 'not-found'), ask: () => ({ body: { month: settledMonth, format: 'XLSX', purpose: '本人核对' } }) },
  'statement.print-team': { posts: leads, passes: ledBy, ask: (world) => ({ params: { staffKey: world.by('RM, main').staffKey }, body: { month: settledMonth, format: 'XLSX', purpose: '团队核对' } }) },
  'statement.print-any': { posts: ['HR', 'PERFORMANCE'], ask: (world) => ({ params: { staffKey: world.by('RM, main').staffKey }, body: { month: settledMonth, format: 'XLSX', purpose: '复核工资' } }) },
  'getFactBookings': { posts: readsByGrant, relations: anyWay, ask: (world) => ({ params: { customerId: world.target.customerId, factId: world.accountId }, query: { month: '2026-11' } }) },
  'listSchemes': { posts: paid },
  'listBlockSchemes': { posts: paid },
  'tryRule': { posts: paid, ask: () => ({ body: { trial: { kind: 'CLAW_BACK', paidNowFen: '2359800', ratio: '1.00', tranches: [] } } }) },
  // schemes built of blocks: proposed by one, warnings acknowledged by compliance, confirmed by another; readable by each whom they pay
  'whatIf.open': { posts: paid },
  'whatIf.try': { posts: paid, passes: (subject) => (subject.post === 'RM' || subject.post === 'TEAM_LEAD' ? 'ok' : 'no-statement'), ask: () => ({ body: { loans: [], deposits: [], indicators: [] } }) },
  'schemes.desk': { posts: ['HR', 'PERFORMANCE', 'COMPLIANCE', 'AUDIT'] },
  'schemes.try': { posts: ['HR', 'PERFORMANCE'], ask: () => ({ body: { ...schemeAsked, example: null } }) },
  'schemes.compare': { posts: ['HR', 'PERFORMANCE'], passes: 'scheme-broken', ask: () => ({ body: { code: schemeAsked.code, version: schemeAsked.version } }) },
  'schemes.comparison': { posts: ['HR', 'PERFORMANCE'], passes: 'not-found', ask: (world) => ({ params: { jobId: world.nothing } }) },
  'schemes.propose': { posts: ['HR', 'PERFORMANCE'], passes: 'scheme-refused', ask: () => ({ body: { id: newId(), ...schemeAsked, reason: '试一试提交' } }) },
  'schemes.acknowledge': { posts: ['COMPLIANCE'], passes: 'not-found', ask: (world) => ({ params: { changeId: world.nothing }, body: { text: '已知悉并书面确认上述提示' } }) },
  'schemes.decide': { posts: ['HR', 'PERFORMANCE'], passes: 'not-found', ask: (world) => ({ params: { changeId: world.nothing }, body: { decision: 'CONFIRMED' } }) },
  'schemes.read': { posts: paid, ask: () => ({ params: { code: 'POINTS', version: 1 } }) },
  'listSettlements': { posts: ['HR', 'PERFORMANCE', 'AUDIT'] },
  'listSplitPeople': { posts: ['HR', 'PERFORMANCE', 'AUDIT'], ask: () => ({ params: { month: settledMonth } }) },
  'runSettlement': { posts: ['HR', 'PERFORMANCE'], ask: () => ({ params: { month: settledMonth, scheme: 'POINTS' }, body: { dryRun: true } }) },
  'watchSettlement': { posts: ['HR', 'PERFORMANCE', 'AUDIT'], ask: (world) => ({ params: { jobId: world.jobId } }) },
  'closeSettlement': { posts: ['HR', 'PERFORMANCE'], passes: 'not-settled', ask: () => ({ params: { month: '2026-09', scheme: 'POINTS' } }) },
  'listIndicatorFacts': { posts: ['PERFORMANCE', 'HR', 'AUDIT'] },
  'enterIndicatorFact': {
    posts: ['PERFORMANCE', 'HR', 'AUDIT'], passes: 'no-such-person',
    ask: () => ({ body: { id: newId(), indicator: 'MARKETING_SCORE', staffNo: 'NOBODY', month: settledMonth, businessDate: '2026-11-23', evidence: '评分表扫描件', value: '88.00' } }),
  },
  // the appraisal group: whoever is a member finds it
  'appraisal-groups.list': { posts: grouped },
  'appraisal-groups.people': { posts: grouped },
  'appraisal-groups.make': { posts: ['HR', 'BANK_LEADER'], passes: 'no-such-unit', ask: () => ({ body: { id: newId(), unitKey: 2_000_000_000, name: '考核小组', from: '2026-01-01', to: '2027-01-01', chair: 'X', secretary: 'X', members: [{ staffNo: 'X', side: 'HR' }], reason: '换届选举' } }) },
  'appraisal-groups.minutes': { posts: grouped, passes: 'not-found', ask: (world) => ({ params: { groupId: world.nothing }, query: { day: '2026-11-23' } }) },
  'group-motions.get': { posts: grouped, passes: 'not-found', ask: (world) => ({ params: { motionId: world.nothing } }) },
  'group-motions.put': { posts: grouped, passes: 'not-found', ask: (world) => ({ body: { id: newId(), kind: 'APPEAL', appealId: world.nothing, award: null, relatives: [], reasons: '理由充分' } }) },
  'group-motions.vote': { posts: grouped, passes: 'not-found', ask: (world) => ({ params: { motionId: world.nothing }, body: { vote: 'YES', reason: '' } }) },
  'group-motions.close': { posts: grouped, passes: 'not-found', ask: (world) => ({ params: { motionId: world.nothing }, body: { reasons: '理由充分' } }) },
  'marks.list': { posts: [...appraised, 'HR', 'PERFORMANCE', 'AUDIT'] },
  'marks.give': { posts: [...leads, 'HR', 'PERFORMANCE'], passes: 'no-such-person', ask: () => ({ body: { id: newId(), staffNo: 'NOBODY', scheme: 'HUNDRED', item: 'POLICY', month: '2026-10', mark: '88', text: '', evidence: '检查记录' } }) },
  // deferred pay and claims: everybody's by the offices, one's own by each; entered by who pays, decided by compliance
  'deferrals.list': { posts: ['HR', 'PERFORMANCE', 'COMPLIANCE', 'AUDIT'] },
  'deferrals.mine': { posts: paid },
  'pay-cases.list': { posts: ['HR', 'PERFORMANCE', 'COMPLIANCE', 'AUDIT'] },
  'pay-cases.get': { posts: paid, passes: 'not-found', ask: (world) => ({ params: { caseId: world.nothing } }) },
  'pay-cases.tranches': { posts: ['HR', 'PERFORMANCE'], passes: 'no-such-tranche', ask: (world) => ({ body: { id: newId(), kind: 'RELEASE', trancheIds: [world.nothing], evidence: '支付审批单', reason: '到期支付' } }) },
  'pay-cases.claw-back': { posts: ['HR', 'PERFORMANCE'], passes: 'no-such-person', ask: () => ({ body: { id: newId(), staffNo: 'NOBODY', scheme: 'POINTS', month: settledMonth, basis: 'A', ratio: '1', monthlyFen: null, evidence: '问责决定书', reason: '按决定书办理' } }) },
  'pay-cases.claim-part': { posts: ['HR', 'PERFORMANCE'], passes: 'not-found', ask: (world) => ({ params: { caseId: world.nothing }, body: { id: newId(), kind: 'REPAY', fen: '100', evidence: '缴款凭证', reason: '本人还款' } }) },
  'pay-cases.answer': { posts: paid, passes: 'not-found', ask: (world) => ({ params: { caseId: world.nothing }, body: { agrees: true, text: '无异议' } }) },
  'pay-cases.decide': { posts: ['COMPLIANCE'], passes: 'not-found', ask: (world) => ({ params: { caseId: world.nothing }, body: { confirm: true, reason: '材料齐全' } }) },
  'pay-cases.deductions': { posts: ['HR', 'PERFORMANCE'], ask: () => ({ query: { staffNo: 'NOBODY' } }) },
  'pay-cases.exemption': { posts: ['HR', 'PERFORMANCE'], passes: 'no-such-person', ask: (world) => ({ body: { id: newId(), staffNo: 'NOBODY', loanId: world.nothing, conclusion: 'DILIGENT', evidence: '问责委员会决定', reason: '认定尽职' } }) },
  // inspections: work of whoever is appointed, findings about oneself; planned and confirmed by the offices
  'inspections.inspectors': { posts: everybody },
  'inspections.list': { posts: everybody },
  'inspections.get': { posts: everybody, passes: 'not-found', ask: (world) => ({ params: { runId: world.nothing } }) },
  'inspections.mine': { posts: everybody },
  'inspections.options': { posts: ['HR', 'PERFORMANCE'], ask: () => ({ query: { month: settledMonth, object: 'REPORT' } }) },
  'inspections.plan': { posts: ['HR', 'PERFORMANCE'], passes: 'no-such-unit', ask: (world) => ({ body: { id: newId(), month: settledMonth, object: 'REPORT', unitKey: 2_000_000_000, appointmentId: world.nothing, managers: ['NOBODY'] } }) },
  'inspections.draw': { posts: everybody, passes: 'not-found', ask: (world) => ({ params: { runId: world.nothing } }) },
  'inspections.find': { posts: everybody, passes: 'not-found', ask: (world) => ({ params: { runId: world.nothing, objectId: world.nothing }, body: { id: newId(), sourceSeen: '信贷档案原件', finding: '数据均有来源', grade: 'PASS' } }) },
  'inspections.give': { posts: everybody, passes: 'not-found', ask: (world) => ({ params: { runId: world.nothing } }) },
  'inspections.object': { posts: everybody, passes: 'not-found', ask: (world) => ({ params: { runId: world.nothing, objectId: world.nothing }, body: { claim: '现场清点时存货在另一仓库，附入库单' } }) },
  'inspections.answer': { posts: everybody, passes: 'not-found', ask: (world) => ({ params: { runId: world.nothing, objectId: world.nothing }, body: { result: 'REJECTED', becomes: null, reason: '证据不足' } }) },
  'inspections.confirm': { posts: ['HR', 'PERFORMANCE', 'AUDIT'], passes: 'not-found', ask: (world) => ({ params: { runId: world.nothing } }) },
  'inspections.withdraw': { posts: ['HR', 'PERFORMANCE'], passes: 'not-found', ask: (world) => ({ params: { runId: world.nothing }, body: { reason: '检查人员调离' } }) },
  'inspections.evidence': { posts: everybody, passes: 'not-found', ask: (world) => ({ params: { runId: world.nothing, objectId: world.nothing }, body: { purpose: '核对证据' } }) },
  'inspections.lists': { posts: ['HR', 'PERFORMANCE', 'AUDIT'] },
  'inspections.enter-list': { posts: ['HR', 'PERFORMANCE', 'AUDIT'], passes: 'no-such-person', ask: () => ({ body: { id: newId(), month: settledMonth, staffNo: 'NOBODY', objects: [{ number: 'DH-1', loanNo: null }], evidence: '贷后检查台账' } }) },
  'inspections.decide-list': { posts: ['HR', 'PERFORMANCE', 'AUDIT'], passes: 'not-found', ask: (world) => ({ params: { listId: world.nothing }, body: { decision: 'CONFIRMED', reason: '' } }) },
  'appeals.list': { posts: everybody },
  'appeals.get': { posts: everybody, passes: 'not-found', ask: (world) => ({ params: { appealId: world.nothing } }) },
  'appeals.check': { posts: paid, ask: () => ({ query: { month: '2020-01' } }) },
  'appeals.open': { posts: paid, passes: 'no-such-line', ask: () => ({ body: { id: newId(), month: '2020-01', place: 1, claim: '该笔贷款应计入本人名下' } }) },
  'appeals.withdraw': { posts: paid, passes: 'not-found', ask: (world) => ({ params: { appealId: world.nothing }, body: { reason: '已核对清楚' } }) },
  'result-talks.list': { posts: everybody },
  'result-talks.record': { posts: leads, passes: 'no-such-person', ask: () => ({ body: { id: newId(), staffNo: 'NOBODY', month: '2026-10', heldOn: '2026-11-20', strengths: '走访扎实', gaps: '存款不足', measures: '每周复盘' } }) },
  'result-talks.sign': { posts: everybody, passes: 'not-found', ask: (world) => ({ params: { talkId: world.nothing }, body: { signed: true, witness: '', note: '' } }) },
  // appraisal plans: one's own, those of one's line, all of them by the offices
  'objectives.list': { posts: [...appraised, 'HR', 'PERFORMANCE', 'COMPLIANCE', 'AUDIT'] },
  'objectives.add': { posts: ['HR', 'PERFORMANCE', 'BANK_LEADER'], passes: 'no-such-unit', ask: () => ({ body: { id: newId(), code: 'S1', year: 2026, parentId: null, unitKey: 2_000_000_000, title: '高质量发展', titleEn: 'Quality', owner: '计划财务部' } }) },
  'objectives.end': { posts: ['HR', 'PERFORMANCE', 'BANK_LEADER'], passes: 'not-found', ask: (world) => ({ params: { objectiveId: world.nothing }, body: { reason: '不再需要' } }) },
  'appraisal-plans.list': { posts: [...leads, 'HR', 'PERFORMANCE', 'COMPLIANCE', 'AUDIT'] },
  'appraisal-plans.mine': { posts: [...appraised, 'HR', 'PERFORMANCE', 'COMPLIANCE', 'AUDIT'] },
  'appraisal-plans.get': { posts: [...appraised, 'HR', 'PERFORMANCE', 'COMPLIANCE', 'AUDIT'], passes: 'not-found', ask: (world) => ({ params: { planId: world.nothing } }) },
  'appraisal-plans.options': { posts: [...leads, 'HR', 'PERFORMANCE'] },
  'appraisal-plans.make': { posts: [...leads, 'HR', 'PERFORMANCE'], passes: 'one-of-two', ask: () => ({ body: { id: newId(), scheme: 'POINTS', from: '2026-01-01', to: '2027-01-01', parentId: null, unitKey: null, staffKey: null, followsId: null, items: [{ indicator: 'DEPOSIT_AVERAGE', objectiveId: null, weight: '100', cls: 'OPERATING', target: '1.00', split: 'WHOLE', parts: null, note: '' }] } }) },
  'appraisal-plans.act': { posts: [...appraised, 'HR', 'PERFORMANCE', 'COMPLIANCE', 'AUDIT'], passes: 'not-found', ask: (world) => ({ params: { planId: world.nothing }, body: { act: 'AGREE', items: null, note: '', transferPostKey: null, orderNo: '' } }) },
  'appraisal-plans.acknowledge': { posts: [...leads, 'HR', 'PERFORMANCE', 'COMPLIANCE'], passes: 'not-found', ask: (world) => ({ params: { planId: world.nothing }, body: { code: 'TARGET_TOO_HIGH', indicator: 'DEPOSIT_AVERAGE', reason: '说明理由' } }) },
  'appraisal-plans.authorise': { posts: ['BANK_LEADER'], passes: 'no-such-unit', ask: () => ({ body: { id: newId(), indicator: 'DEPOSIT_AVERAGE', scheme: null, unitKey: 2_000_000_000, factor: '1.05', from: '2026-01-01', to: '2027-01-01', number: '总行函 1 号', reason: '存量客户划转' } }) },
  // an indicator: one's own value, those of the line one leads, all of them by the offices; the rows behind only in one's scope
  'board.read': { posts: [...managers, 'HR', 'PERFORMANCE', 'AUDIT'], ask: (world) => ({ query: { person: world.by('RM, main').staffKey } }) },
  'analysis.read': { posts: leads },
  'analysis.export': { posts: leads, passes: 'no-figures', ask: () => ({ body: { month: '2020-01', format: 'PPTX', purpose: '经营分析会' } }) },
  'indicators.list': { posts: [...managers, 'HR', 'PERFORMANCE', 'AUDIT'] },
  'indicators.values': { posts: [...managers, 'HR', 'PERFORMANCE', 'AUDIT'], ask: () => ({ params: { code: 'DEPOSIT_AVERAGE' } }) },
  'indicators.rows': { posts: managers, passes: 'not-found', ask: (world) => ({ params: { code: 'DEPOSIT_AVERAGE', staffKey: world.by('RM, main').staffKey }, query: { month: '2020-01' } }) },
  'indicators.propose': { posts: ['HR', 'PERFORMANCE'], passes: 'point-in-time-deposit', ask: () => ({ body: { id: newId(), ...badIndicator, reason: '试一试提交' } }) },
  'indicators.try': { posts: ['HR', 'PERFORMANCE'], passes: 'point-in-time-deposit', ask: () => ({ body: { terms: badIndicator.terms } }) },
  'indicators.decide': { posts: ['HR', 'PERFORMANCE'], passes: 'not-found', ask: (world) => ({ params: { changeId: world.nothing }, body: { decision: 'CONFIRMED' } }) },
  'indicators.compute': { posts: ['HR', 'PERFORMANCE'], passes: 'month-in-the-future', ask: () => ({ body: { months: ['2099-01'] } }) },
  'confirmIndicatorFact': { posts: ['PERFORMANCE', 'HR', 'AUDIT'], passes: 'decided-already', ask: (world) => ({ params: { factId: world.factId } }) },
  'returnIndicatorFact': { posts: ['PERFORMANCE', 'HR', 'AUDIT'], passes: 'decided-already', ask: (world) => ({ params: { factId: world.factId }, body: { reason: '证据不足' } }) },

  // deliveries, long work
  'deliveries.list': { posts: ['DATA_STEWARD', 'ADMIN', 'AUDIT'] },
  'deliveries.state': { posts: ['DATA_STEWARD', 'ADMIN', 'AUDIT'] },
  'deliveries.get': { posts: ['DATA_STEWARD', 'ADMIN', 'AUDIT'], ask: (world) => ({ params: { deliveryId: world.deliveryId } }) },
  'deliveries.rejects': { posts: ['DATA_STEWARD', 'ADMIN', 'AUDIT'], ask: (world) => ({ params: { deliveryId: world.deliveryId } }) },
  'deliveries.reject-value': { reveals: true, posts: ['DATA_STEWARD'], ask: (world) => ({ params: { deliveryId: world.deliveryId, number: 1 }, body: { purpose: '查明拒收' } }) },
  'deliveries.sign-off': { posts: ['DATA_STEWARD'], passes: 'not-loaded', ask: (world) => ({ params: { deliveryId: world.deliveryId } }) },
  'deliveries.load': { posts: ['DATA_STEWARD', 'ADMIN'], passes: 'no-such-folder', ask: () => ({ body: { folder: 'not-there', profile: 'yinqiao' } }) },
  'jobs.list': { posts: ['ADMIN', 'DATA_STEWARD', 'HR', 'PERFORMANCE'] },
  'jobs.stop': { posts: ['ADMIN', 'DATA_STEWARD', 'HR', 'PERFORMANCE'], ask: (world) => ({ params: { jobId: world.jobId } }) },
  'reports.my-day': { posts: managers },
  'reports.my-agenda': { posts: 'signed-in' },
  'reports.team-day': { posts: managers },

  // the anti-money-laundering desk
  'secret-note.list': { posts: everybody, tells: readsSecret },
  'secret-note.read': { posts: everybody, passes: (subject) => (readsSecret(subject) ? 'ok' : 'not-found'), tells: readsSecret, ask: (world) => ({ params: { noteId: world.secretNoteId } }) },
  'secret-note.add': { posts: ['AML'], relations: ['ALL'], passes: 'reader-unknown', ask: (world) => ({ ...ofTarget(world), body: { id: newId(), text: '试试', readers: [999_999] } }) },
  'secret-note.readers': { posts: ['AML'], passes: 'reader-unknown', ask: (world) => ({ params: { noteId: world.secretNoteId }, body: { readers: [999_999] } }) },
}

export { leads, managers, own, anyWay, seesCustomers, readsByGrant, everybody, office }
