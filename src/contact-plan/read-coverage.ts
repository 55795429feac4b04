import type { Actor } from '../foundation/access/actor.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { monthEnd, monthOf, monthStart } from '../foundation/values/business-date.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { coverageOf, windowOf } from './contact-frequency.rules.ts'
import { coverageGroups, getCoverage, getCoverageToday, getCustomerDuty, listCoverageDuties, type CoverageGroup, type DutyView } from './coverage.contract.ts'
import { ledgerKnows, managerInScope, readCoverage, readCoverages, readCustomerDuty, readDuties, type CoverageMonth, type CoverageScope } from './engine-read-coverage.ts'
import { readPolicy } from './read-policy.ts'

/** How far a person sees coverage: his line and below; the head of a place whose managers report elsewhere sees the sums of his place; everybody else his own. */
export function scopeOf(actor: Pick<Actor, 'breadth' | 'linePath' | 'placeKey' | 'postCode' | 'staffKey'>): CoverageScope {
  if (actor.breadth === 'ALL') return { kind: 'ALL' }
  if (actor.breadth === 'UNIT') return { kind: 'UNIT', path: actor.linePath }
  if (actor.postCode === 'OUTLET_HEAD_PLACE') return { kind: 'PLACE', placeKey: actor.placeKey }
  return { kind: 'SELF', staffKey: actor.staffKey }
}

// What a scope can be added up by, the usual one first.
function groupsOf(scope: CoverageScope, postCode: string): readonly CoverageGroup[] {
  if (scope.kind === 'ALL') return ['BRANCH', 'SUB_BRANCH', 'OUTLET', 'MANAGER']
  if (scope.kind === 'UNIT' && postCode === 'BRANCH_HEAD') return ['OUTLET', 'SUB_BRANCH', 'MANAGER']
  return ['MANAGER']
}

type Asked = CoverageMonth & { firstDay: string; asOf: string }

/** The month that is asked for (this one when left out), now or as the ledger has it at the end of a past day. */
async function monthAsked(tx: Transaction, { month, asOf }: { month?: string | undefined; asOf?: string | undefined }, today: string): Promise<Outcome<Asked>> {
  const asked = month ?? monthOf(asOf ?? today)
  if (asked > monthOf(today)) return refuse('month-not-begun', { field: 'month', details: { month: asked } })
  if (asOf !== undefined) {
    if (asOf >= today) return refuse('day-not-over', { field: 'asOf', details: { day: asOf } })
    if (asOf < monthStart(asked)) return refuse('day-before-month', { field: 'asOf', details: { day: asOf, month: asked } })
    const { known, since } = await ledgerKnows(tx, asked, asOf)
    if (!known) return refuse('ledger-unknown', { field: 'asOf', details: { day: asOf, since: since ?? '--' } })
  }
  const { firstDay, lastDay } = windowOf(await readPolicy(tx, 'T1', '*', `${asked}-01`), asked)
  const seatDay = lastDay < (asOf ?? today) ? lastDay : (asOf ?? today)
  return ok({ month: asked, firstDay, lastDay, seatDay, asOf: asOf ?? seatDay, ...(asOf === undefined ? {} : { ledgerDay: asOf }) })
}

export const getCoverageRoute = handle(getCoverage, async (tx, { query }, { actor, businessDate }) => {
  const when = await monthAsked(tx, query, businessDate)
  if (!when.ok) return when
  const scope = scopeOf(actor)
  const groups = groupsOf(scope, actor.postCode)
  const by = query.by !== undefined && groups.includes(query.by) ? query.by : (groups[0] ?? 'MANAGER')
  const unit = query.unitKey === undefined ? null : await unitOn(tx, query.unitKey, when.value.seatDay)
  if (unit === undefined || (unit && scope.kind === 'SELF')) return refuse('not-found')
  const { total, rows } = await readCoverage(tx, when.value, scope, by, unit?.scope ?? { kind: 'ALL' })
  const { month, firstDay, lastDay, asOf } = when.value
  return ok({ month, firstDay, lastDay, asOf, by, groups: coverageGroups.filter((group) => groups.includes(group)), unitName: unit?.name ?? null, total, rows })
})

/** One statement: the head's home is opened every morning. */
export const getCoverageTodayRoute = handle(getCoverageToday, async (tx, _input, { actor, businessDate }) => {
  const scope = scopeOf(actor)
  const by = groupsOf(scope, actor.postCode)[0] ?? 'MANAGER'
  const month = monthOf(businessDate)
  const [managers, units] = await readCoverages(tx, { month, lastDay: monthEnd(month), seatDay: businessDate }, scope, by === 'MANAGER' ? ['MANAGER'] : ['MANAGER', by])
  if (!managers) throw new Error('a group without its coverage')
  return ok({ asOf: businessDate, total: managers.total, units: units ? { by, rows: units.rows } : null, managers: managers.rows })
})

async function unitOn(tx: Transaction, unitKey: number, day: string): Promise<{ name: string; scope: CoverageScope } | undefined> {
  const unit = await tx.maybe(sql<{ name: string; kind: string; scope_path: string }>`
    SELECT name, kind, scope_path FROM organisation_institution_facts WHERE institution_key = ${unitKey} AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})`)
  return unit && { name: unit.name, scope: unit.kind === 'OUTLET' ? { kind: 'PLACE', placeKey: unitKey } : { kind: 'UNIT', path: unit.scope_path } }
}

/** The customers behind one manager's figure. Those that the reader may not see (any more) are only counted. */
export const listCoverageDutiesRoute = handle(listCoverageDuties, async (tx, { params, query }, { actor, businessDate }) => {
  const when = await monthAsked(tx, query, businessDate)
  if (!when.ok) return when
  const scope = scopeOf(actor)
  const manager = await managerInScope(tx, when.value.seatDay, scope, params.staffKey)
  if (!manager) return refuse('not-found')
  const duties = await readDuties(tx, when.value, scope, { kind: 'SELF', staffKey: params.staffKey })
  const names = await tx.all(sql<{ customer_id: string; number: string; name: string }>`
    SELECT customer_id, number, name FROM customers_customer_facts WHERE customer_id = ANY(${duties.map((duty) => duty.customerId)}::uuid[]) ORDER BY name`)
  const contacts = await tx.all(sql<{ contact_id: string; business_date: string; mode: string; staff_name: string }>`
    SELECT f.contact_id, f.business_date, f.mode, s.staff_name FROM visits_contact_facts f JOIN organisation_staff_facts s ON s.staff_key = f.staff_key
    WHERE f.customer_id = ANY(${duties.map((duty) => duty.customerId)}::uuid[]) AND f.contact_id = ANY(${duties.flatMap((duty) => duty.contactId ?? [])}::uuid[])`)
  const items = names.flatMap((customer): DutyView[] => {
    const duty = duties.find((one) => one.customerId === customer.customer_id)
    const contact = contacts.find((one) => one.contact_id === duty?.contactId)
    return duty ? [{
      customerId: customer.customer_id, number: customer.number, name: customer.name, state: duty.state, contactId: contact ? duty.contactId : null,
      contactDate: contact?.business_date ?? null, contactMode: contact?.mode ?? null, contactBy: contact?.staff_name ?? null,
    }] : []
  })
  const order = { OPEN: 0, LATE: 1, MET: 2 }
  items.sort((a, b) => order[a.state] - order[b.state])
  const { month, firstDay, lastDay, asOf } = when.value
  const total = coverageOf({ duties: duties.length, met: duties.filter((duty) => duty.state !== 'OPEN').length, late: duties.filter((duty) => duty.state === 'LATE').length })
  return ok({ month, firstDay, lastDay, asOf, manager: { key: params.staffKey, ...manager }, total, items, hidden: duties.length - items.length })
})

/** What the customer's page says: how often, last contact, the month's duty. */
export const getCustomerDutyRoute = handle(getCustomerDuty, async (tx, { params, query }, { businessDate }: Context) => {
  const when = await monthAsked(tx, query, businessDate)
  if (!when.ok) return when
  const duty = await readCustomerDuty(tx, when.value.month, params.customerId)
  const customer = await tx.one(sql<{ tier: string; every_months: number; last_contact: string | null }>`
    SELECT k.tier, (SELECT p.every_months FROM contact_policy p WHERE p.tier = CASE k.tier WHEN 'P' THEN 'T4' ELSE k.tier END AND p.from_date <= ${businessDate} AND (p.to_date IS NULL OR p.to_date > ${businessDate})
        AND p.region IN ('*', (SELECT i.region FROM organisation_institution_facts i WHERE i.institution_key = k.outlet_key AND i.from_date <= ${businessDate} AND (i.to_date IS NULL OR i.to_date > ${businessDate})))
        ORDER BY p.region = '*' LIMIT 1),
      (SELECT max(f.business_date) FROM visits_contact_facts f WHERE f.customer_id = k.customer_id AND f.effective) AS last_contact
    FROM customers_customer_facts k WHERE k.customer_id = ${params.customerId}`)
  const owner = duty === null || duty.staffKey === null ? undefined : await tx.maybe(sql<{ staff_name: string }>`SELECT staff_name FROM organisation_staff_facts WHERE staff_key = ${duty.staffKey}`)
  const { month, firstDay, lastDay, asOf } = when.value
  return ok({
    month, firstDay, lastDay, asOf, tier: customer.tier, everyMonths: customer.every_months, lastContact: customer.last_contact,
    duty: duty && { state: duty.state, ownerName: owner?.staff_name ?? null, contactId: duty.contactId },
  })
})
