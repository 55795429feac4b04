import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { change } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { gramsOf, normaliseText, pinyinOf } from '../foundation/values/person-name.ts'
import { addPhone } from './create-customer.ts'
import { editCustomer } from './customer.contract.ts'
import { refusalOfEntry } from './duplicates/check-entry.ts'
import { readSubject, saveMatchKeys } from './duplicates/match-keys.ts'

/** Core fields change: what was read must still stand. A new name keeps the former one. Identity, managers and tier have their own acts. */
export const editCustomerRoute = handle(editCustomer, async (tx, { params: { customerId }, body }, context) => {
  const { services } = context
  const now = await tx.maybe(sql<{ kind: 'CORPORATE' | 'PERSON'; name: string; former_names: string[]; changed_at: string }>`
    SELECT kind, name, former_names, changed_at FROM customer WHERE customer_id = ${customerId} FOR UPDATE`)
  if (!now) return refuse('not-found')
  if (now.changed_at !== body.changedAt) return refuse('changed-meanwhile')
  if (now.kind === 'CORPORATE' ? body.person !== undefined : body.corporate !== undefined) return refuse('wrong-fields', { field: now.kind === 'CORPORATE' ? 'person' : 'corporate' })
  const reason = { why: body.reason }
  const name = body.name === undefined ? now.name : normaliseText(body.name)
  const spoken = pinyinOf(name, now.kind)
  const changedAt = new Date().toISOString()
  await change(tx, 'customer', { customer_id: customerId }, {
    ...(name === now.name ? {} : {
      name, name_is_made: false, former_names: [...now.former_names, now.name], name_pinyin: spoken.syllables, name_initials: spoken.initials, grams: gramsOf(name, spoken.syllables, spoken.initials),
    }),
    changed_at: changedAt,
  }, reason)
  if (body.corporate) {
    const { legalRepresentative, registeredAddress, operatingAddress, businessScope, industryCode, sizeClass, establishedOn, registeredCapitalFen, staffCount } = body.corporate
    await change(tx, 'corporate', { customer_id: customerId }, {
      legal_representative: legalRepresentative, registered_address: registeredAddress, operating_address: operatingAddress, business_scope: businessScope, industry_code: industryCode, size_class: sizeClass,
      established_on: establishedOn, registered_capital_fen: registeredCapitalFen, staff_count: staffCount,
    }, reason)
  }
  if (body.person) {
    const { occupation, employer, birthdayCalendar, nationality } = body.person
    await change(tx, 'person', { customer_id: customerId }, { occupation, employer, birthday_calendar: birthdayCalendar, nationality }, reason)
  }
  if (body.newPhone !== undefined && body.newPhone !== null) await addPhone(tx, services.keys, customerId, body.newPhone, body.reason)
  await saveMatchKeys(tx, customerId)
  // as it is now: whoever bears the new name or number already is told, and nothing of the edit stays
  if (name !== now.name || (body.newPhone ?? null) !== null) {
    const there = await refusalOfEntry(tx, await readSubject(tx, customerId), context, { seen: body.sameNameSeen, exclude: customerId })
    if (there) return there
  }
  return ok({ changedAt })
})
