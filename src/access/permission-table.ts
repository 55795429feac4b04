import type { PermissionTable } from '../foundation/access/permission.rules.ts'

// Posts by what they do (domain specification 1.1, ux section 3). The codes are rows of the table `post`.
const managers = ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD', 'BANK_LEADER'] as const
const seesCustomers = [...managers, 'LOBBY', 'AML'] as const
const leads = ['TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD', 'BANK_LEADER'] as const
/** May read a customer that was opened to them by a grant. */
const mayBeGranted = [...seesCustomers, 'OUTLET_HEAD_PLACE', 'REVIEWER', 'DISBURSEMENT', 'POST_LOAN', 'AUDIT', 'COMPLIANCE', 'PRODUCT'] as const
const everybody = [...mayBeGranted, 'HR', 'PERFORMANCE', 'DATA_STEWARD', 'ADMIN'] as const
// SUBSTITUTE stands in for a manager and works in his own name; ABSENT is the manager himself, who only reads meanwhile
const anyRelation = ['MAIN', 'ASSIST', 'SUBSTITUTE', 'ABSENT', 'UNIT', 'ALL', 'GRANT'] as const
const own = ['MAIN', 'ASSIST', 'SUBSTITUTE', 'UNIT'] as const

/** Every action of the product: who may, standing how to the customer. Changed by decision record only; the scope test holds it against its table of expectations. */
export const permissionTable: PermissionTable = [
  // customers
  { action: 'customer.list', posts: seesCustomers },
  { action: 'customer.read', posts: mayBeGranted, relations: anyRelation },
  { action: 'customer.create', posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD'] },
  { action: 'customer.edit', posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD'], relations: own },
  { action: 'customer.assign', posts: leads, relations: ['UNIT', 'ALL'] },
  { action: 'customer.reveal', posts: seesCustomers, relations: ['MAIN', 'ASSIST', 'SUBSTITUTE', 'UNIT', 'ALL'] },
  // of a confidential customer: SENSITIVE not to assisting managers and the lobby, STRICT only to the main manager and the anti-money-laundering desk
  { action: 'customer.reveal-sensitive', posts: [...managers, 'AML'], relations: ['MAIN', 'UNIT', 'ALL'] },
  { action: 'customer.reveal-strict', posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD', 'AML'], relations: ['MAIN', 'ALL'] },
  // the file: `customer.file` opens the door, the group or list asks for its own
  { action: 'customer.file', posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'AML'], relations: [...own, 'ALL'] },
  { action: 'customer.file-edit', posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD'], relations: own },
  { action: 'customer.file-screening', posts: ['AML'], relations: ['ALL'] },
  { action: 'customer.file-class', posts: ['TEAM_LEAD', 'OUTLET_HEAD'], relations: ['MAIN', 'UNIT'] },
  { action: 'customer.export', posts: [...managers] },
  { action: 'customer.segment', posts: managers },
  { action: 'customer.export-approve', posts: leads },
  { action: 'customer.import', posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD'] },
  { action: 'customer.batch', posts: managers },
  { action: 'customer.batch-assign', posts: leads },
  { action: 'tag.keep', posts: managers },
  { action: 'customer.tag', posts: managers, relations: own },
  // who a customer is, is changed by two persons: asked by who edits, decided by a head who sees the customer
  { action: 'identity.read', posts: managers },
  { action: 'identity.propose', posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD'], relations: own },
  { action: 'identity.decide', posts: ['TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD'], relations: ['MAIN', 'ASSIST', 'UNIT'] },
  // duplicates and merge
  { action: 'duplicate.check', posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD'] },
  { action: 'duplicate.list', posts: [...managers, 'DATA_STEWARD'] },
  { action: 'duplicate.decide', posts: [...managers], relations: ['MAIN', 'ASSIST', 'UNIT', 'ALL'] },
  { action: 'duplicate.scan', posts: ['DATA_STEWARD'] },
  { action: 'merge.propose', posts: [...managers], relations: ['MAIN', 'ASSIST', 'UNIT', 'ALL'] },
  { action: 'merge.read', posts: [...managers, 'DATA_STEWARD'] },
  { action: 'merge.decide', posts: [...leads, 'DATA_STEWARD'] },
  { action: 'customer.read-alias', posts: mayBeGranted },
  { action: 'holdings.sums', posts: [...managers, 'OUTLET_HEAD_PLACE'] },
  // tiers and value: core moves wait for a head, of a customer that is not his own
  { action: 'tier.read', posts: managers },
  { action: 'tier.export', posts: managers },
  { action: 'tier.decide', posts: ['OUTLET_HEAD', 'BRANCH_HEAD', 'BANK_LEADER'], relations: ['UNIT', 'ALL'] },
  { action: 'strategic.change', posts: ['OUTLET_HEAD', 'BRANCH_HEAD', 'BANK_LEADER'], relations: ['UNIT', 'ALL'] },
  { action: 'tier-rule.change', posts: ['ADMIN', 'BANK_LEADER'] },
  { action: 'watch-limit.change', posts: ['ADMIN', 'BANK_LEADER'] },
  { action: 'value.read', posts: [...managers, 'PERFORMANCE', 'HR', 'AUDIT', 'ADMIN'] },
  { action: 'value.change', posts: ['PERFORMANCE', 'BANK_LEADER', 'ADMIN'] },
  { action: 'value.compute', posts: ['PERFORMANCE', 'ADMIN'] },
  { action: 'profit.read', posts: [...managers, 'OUTLET_HEAD_PLACE'] },
  // relations and groups
  { action: 'relation.read', posts: mayBeGranted, relations: anyRelation },
  { action: 'relation.record', posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD'], relations: own },
  { action: 'household.change', posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD'], relations: own },
  { action: 'group.read', posts: managers },
  { action: 'group.decide', posts: managers },
  // ownership: load, pool, hand-over, substitution
  { action: 'load.read', posts: managers },
  { action: 'ownership.read', posts: mayBeGranted, relations: anyRelation },
  { action: 'pool.read', posts: managers },
  { action: 'pool.claim', posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD'] },
  { action: 'pool.decide', posts: leads, relations: ['UNIT', 'ALL'] },
  { action: 'pool.return', posts: leads, relations: ['UNIT', 'ALL'] },
  // the public pool is dealt out by two heads: one proposes, another one decides
  { action: 'pool.allocate', posts: leads },
  { action: 'pool.exclude', posts: leads, relations: ['UNIT', 'ALL'] },
  { action: 'hand-over.read', posts: [...managers, 'HR', 'AUDIT', 'COMPLIANCE'] },
  { action: 'hand-over.open', posts: leads },
  { action: 'substitution.read', posts: managers },
  { action: 'substitution.ask', posts: managers },
  { action: 'substitution.confirm', posts: leads },
  // grants
  { action: 'grant.give', posts: leads, relations: ['UNIT', 'ALL'] },
  { action: 'grant.withdraw', posts: leads, relations: ['UNIT', 'ALL'] },
  // contacts
  { action: 'contact.record', posts: managers, relations: own },
  { action: 'contact.read', posts: mayBeGranted, relations: anyRelation },
  { action: 'contact.list', posts: managers },
  { action: 'contact.check', posts: leads, relations: ['UNIT', 'ALL'] },
  { action: 'contact.print', posts: managers, relations: [...own, 'ALL'] },
  { action: 'contact.print-batch', posts: managers },
  // need cards: who leads the customer's line answers what is sent up
  { action: 'need.record', posts: managers, relations: own },
  { action: 'need.read', posts: mayBeGranted, relations: anyRelation },
  { action: 'need.list', posts: managers },
  { action: 'need.answer', posts: leads, relations: ['UNIT', 'ALL'] },
  { action: 'contact.restricted.read', posts: everybody, secrecy: 'RESTRICTED' },
  { action: 'contact.restricted.review', posts: ['COMPLIANCE'], secrecy: 'RESTRICTED' },
  { action: 'coverage.read', posts: [...managers, 'OUTLET_HEAD_PLACE'] },
  // what is watched
  { action: 'watch.read', posts: managers },
  { action: 'watch.customer', posts: mayBeGranted, relations: anyRelation },
  { action: 'watch.answer', posts: managers, relations: own },
  { action: 'watch.export', posts: managers },
  { action: 'churn.read', posts: managers },
  { action: 'churn.exclude', posts: leads, relations: ['UNIT', 'ALL'] },
  { action: 'lead.take', posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD'] },
  // secret notes of the anti-money-laundering desk
  { action: 'secret-note.read', posts: everybody, secrecy: 'SECRET' },
  { action: 'secret-note.write', posts: ['AML'], secrecy: 'SECRET' },
  // appointments and the calendar feed: who was asked to take part sees them, of whatever post
  { action: 'appointment.plan', posts: managers },
  { action: 'appointment.read', posts: everybody },
  { action: 'meeting.read', posts: [...managers, 'LOBBY'] },
  { action: 'meeting.hold', posts: ['TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD'] },
  { action: 'meeting.focus', posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD'], relations: own },
  // a work plan: its author, and who leads his line
  { action: 'work-plan.write', posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD'] },
  { action: 'work-plan.read', posts: managers },
  { action: 'work-plan.supervise', posts: leads },
  { action: 'praise.give', posts: everybody },
  { action: 'calendar-feed.hold', posts: managers },
  { action: 'calendar-feed.switch', posts: ['ADMIN', 'COMPLIANCE'] },
  // messages to customers: one sends to one's own, who leads the line approves a text of one's own; templates are kept by two people of compliance or administration
  { action: 'message.send', posts: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD'] },
  { action: 'message.read', posts: managers },
  { action: 'message.approve', posts: leads },
  { action: 'message-template.read', posts: [...managers, 'COMPLIANCE', 'ADMIN'] },
  { action: 'message-template.keep', posts: ['COMPLIANCE', 'ADMIN'] },
  { action: 'message-channel.read', posts: ['COMPLIANCE', 'ADMIN'] },
  { action: 'staff-address.keep', posts: ['ADMIN'] },
  // duties, assigned tasks, the working calendar
  { action: 'duty.read', posts: everybody },
  { action: 'duty.supervise', posts: leads },
  { action: 'duty.keep', posts: ['HR', 'PERFORMANCE', 'COMPLIANCE', 'ADMIN'] },
  { action: 'task.give', posts: everybody },
  { action: 'calendar.keep', posts: ['HR', 'COMPLIANCE', 'ADMIN'] },
  // internal coordination: whoever is asked answers, of whatever post
  { action: 'coordination.read', posts: everybody },
  { action: 'coordination.ask', posts: everybody },
  { action: 'coordination.statistics', posts: [...leads, 'HR', 'PERFORMANCE', 'COMPLIANCE', 'AUDIT'] },
  // collection forms: who is asked answers; heads collect from their line, offices from the unit to which they belong
  { action: 'form.read', posts: everybody },
  { action: 'form.collect', posts: [...leads, 'REVIEWER', 'POST_LOAN', 'AUDIT', 'COMPLIANCE', 'PRODUCT', 'HR', 'PERFORMANCE', 'DATA_STEWARD', 'ADMIN'] },
  { action: 'form.confirm', posts: leads },
  // reports of a day and of a month: their author, and who leads his line
  { action: 'day-report.write', posts: ['RM', 'LOBBY'] },
  { action: 'day-report.read', posts: [...managers, 'LOBBY'] },
  { action: 'day-report.supervise', posts: leads },
  { action: 'customer-book.read', posts: ['LOBBY', 'OUTLET_HEAD', 'BRANCH_HEAD', 'BANK_LEADER'] },
  { action: 'customer-book.write', posts: ['LOBBY'] },
  // performance
  // whoever is paid by a scheme reads his own statement and the scheme: the front line, the support departments, risk control
  { action: 'statement.read-own', posts: everybody },
  { action: 'statement.read-team', posts: leads },
  { action: 'statement.read-any', posts: ['HR', 'PERFORMANCE'] },
  { action: 'scheme.read', posts: everybody },
  // a scheme is proposed by one, its warnings acknowledged by compliance, confirmed by another
  { action: 'scheme.review', posts: ['HR', 'PERFORMANCE', 'COMPLIANCE', 'AUDIT'] },
  { action: 'scheme.change', posts: ['HR', 'PERFORMANCE'] },
  { action: 'scheme.acknowledge', posts: ['COMPLIANCE'] },
  { action: 'settlement.read', posts: ['HR', 'PERFORMANCE', 'AUDIT'] },
  { action: 'settlement.run', posts: ['HR', 'PERFORMANCE'] },
  { action: 'settlement.close', posts: ['HR', 'PERFORMANCE'] },
  // an indicator: values of one's own, of one's line, by the offices of everybody; customers behind them only in one's scope
  { action: 'indicator.read', posts: [...managers, 'HR', 'PERFORMANCE', 'AUDIT'] },
  { action: 'indicator.read-rows', posts: managers },
  { action: 'indicator.read-all', posts: ['HR', 'PERFORMANCE', 'AUDIT'] },
  { action: 'analysis.read', posts: leads },
  { action: 'indicator.change', posts: ['PERFORMANCE', 'HR'] },
  { action: 'indicator-fact.enter', posts: ['PERFORMANCE', 'HR', 'AUDIT'] },
  { action: 'indicator-fact.confirm', posts: ['PERFORMANCE', 'HR', 'AUDIT'] },
  // an appraisal plan: its holder, who leads the line above him, the offices; warnings are answered by who draws it up, those of the classes by compliance
  { action: 'appraisal-plan.read', posts: [...managers, 'LOBBY', 'HR', 'PERFORMANCE', 'COMPLIANCE', 'AUDIT'] },
  { action: 'appraisal-plan.read-all', posts: ['HR', 'PERFORMANCE', 'COMPLIANCE', 'AUDIT'] },
  { action: 'appraisal-plan.list', posts: [...leads, 'HR', 'PERFORMANCE', 'COMPLIANCE', 'AUDIT'] },
  { action: 'appraisal-plan.keep', posts: [...leads, 'HR', 'PERFORMANCE'] },
  { action: 'appraisal-plan.acknowledge', posts: [...leads, 'HR', 'PERFORMANCE', 'COMPLIANCE'] },
  { action: 'appraisal-plan.authorise', posts: ['BANK_LEADER'] },
  { action: 'objective.keep', posts: ['HR', 'PERFORMANCE', 'BANK_LEADER'] },
  // the appraisal group: whoever is a member finds it; marks by who leads the line, nobody for himself; an appeal against a line of one's own statement; the talk about a result
  { action: 'appraisal-group.read', posts: [...managers, 'LOBBY', 'REVIEWER', 'POST_LOAN', 'AUDIT', 'COMPLIANCE', 'HR', 'PERFORMANCE', 'PRODUCT'] },
  { action: 'appraisal-group.keep', posts: ['HR', 'BANK_LEADER'] },
  { action: 'mark.read', posts: [...managers, 'LOBBY', 'HR', 'PERFORMANCE', 'AUDIT'] },
  { action: 'mark.read-all', posts: ['HR', 'PERFORMANCE', 'AUDIT'] },
  { action: 'mark.give', posts: [...leads, 'HR', 'PERFORMANCE'] },
  { action: 'appeal.read', posts: everybody },
  { action: 'appeal.read-all', posts: ['HR', 'PERFORMANCE', 'AUDIT'] },
  { action: 'appeal.open', posts: everybody },
  { action: 'result-talk.read', posts: everybody },
  { action: 'result-talk.read-all', posts: ['HR', 'PERFORMANCE'] },
  { action: 'result-talk.record', posts: leads },
  // inspections: whoever is appointed works, whoever is of the group answers, each manager finds what is about himself; planned and confirmed by the offices
  { action: 'inspection.read', posts: everybody },
  { action: 'inspection.read-all', posts: ['HR', 'PERFORMANCE', 'AUDIT'] },
  { action: 'inspection.plan', posts: ['HR', 'PERFORMANCE'] },
  { action: 'inspection.keep-lists', posts: ['HR', 'PERFORMANCE', 'AUDIT'] },
  { action: 'inspection.confirm', posts: ['HR', 'PERFORMANCE', 'AUDIT'] },
  // deferred pay, claims on pay of before, exemptions: entered by the offices that pay, decided by compliance; the person is heard
  { action: 'deferral.read', posts: ['HR', 'PERFORMANCE', 'COMPLIANCE', 'AUDIT'] },
  { action: 'deferral.propose', posts: ['HR', 'PERFORMANCE'] },
  { action: 'deferral.decide', posts: ['COMPLIANCE'] },
  // organisation and people
  { action: 'organisation.read', posts: everybody },
  { action: 'organisation.change', posts: ['HR', 'ADMIN'] },
  { action: 'person.record', posts: ['HR', 'ADMIN', 'AUDIT'] },
  { action: 'password.set', posts: ['ADMIN'] },
  { action: 'data-inventory.read', posts: ['COMPLIANCE', 'ADMIN', 'AUDIT', 'DATA_STEWARD'] },
  // what has passed its retention: proposed by the night or by hand, decided by two people of compliance and administration; a legal hold stops it
  { action: 'retention.read', posts: ['COMPLIANCE', 'ADMIN', 'AUDIT'] },
  { action: 'retention.decide', posts: ['COMPLIANCE', 'ADMIN'] },
  { action: 'legal-hold.keep', posts: ['COMPLIANCE', 'ADMIN'] },
  { action: 'rights.read', posts: ['AUDIT', 'COMPLIANCE', 'HR', 'ADMIN'] },
  // deliveries
  { action: 'delivery.read', posts: ['DATA_STEWARD', 'ADMIN', 'AUDIT'] },
  { action: 'delivery.reject-value', posts: ['DATA_STEWARD'] },
  { action: 'delivery.sign-off', posts: ['DATA_STEWARD'] },
  { action: 'delivery.load', posts: ['DATA_STEWARD', 'ADMIN'] },
  // journal, jobs
  { action: 'journal.read', posts: ['AUDIT', 'COMPLIANCE'] },
  { action: 'journal.read-restricted', posts: ['COMPLIANCE'], secrecy: 'RESTRICTED' },
  { action: 'journal.verify', posts: ['AUDIT', 'COMPLIANCE', 'ADMIN'] },
  { action: 'job.read', posts: ['ADMIN', 'DATA_STEWARD', 'HR', 'PERFORMANCE'] },
  { action: 'job.stop', posts: ['ADMIN', 'DATA_STEWARD', 'HR', 'PERFORMANCE'] },
  { action: 'set-up.read', posts: ['ADMIN'] },
  { action: 'policy.read', posts: everybody },
  { action: 'contact-policy.change', posts: ['ADMIN', 'BANK_LEADER'] },
  { action: 'policy.change', posts: ['ADMIN'] },
]
