import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { change } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { gramsOf, normaliseText, pinyinOf } from '../foundation/values/person-name.ts'
import { addPhone } from './create-customer.ts'
import { editCustomer } from './customer.contract.ts'
import { refusalOfEntry } from './duplicates/check-entry.ts'
import { readSubject, saveMatchKeys } from './duplicates/match-keys.ts'
import { legalRepresentativeOf } from './identity/read-identity.ts'
import { needsSecondPerson } from './identity/second-person.rules.ts'
import { proposeHouseholdsAround } from './relations/propose-groups.ts'

/** Core fields change: what was read must still stand. A name or legal representative that stands is changed by two persons (identity/); managers and tier have their own acts. */
export const editCustomerRoute = handle(editCustomer, async (tx, { params: { customerId }, body }, context) => {
  const { services } = context
  const now = await tx.maybe(sql<{ kind: 'CORPORATE' | 'PERSON'; name: string; name_is_made: boolean; changed_at: string }>`
    SELECT kind, name, name_is_made, changed_at FROM customer WHERE customer_id = ${customerId} FOR UPDATE`)
  if (!now) return refuse('not-found')
  if (now.changed_at !== body.changedAt) return refuse('changed-meanwhile')
  if (now.kind === 'CORPORATE' ? body.person !== undefined : body.corporate !== undefined) return refuse('wrong-fields', { field: now.kind === 'CORPORATE' ? 'person' : 'corporate' })
  const reason = { why: body.reason }
  const name = body.name === undefined ? now.name : normaliseText(body.name)
  // a name that a delivery's profile made up is none yet
  if (!now.name_is_made && needsSecondPerson(now.name, name)) return refuse('needs-second-person', { field: 'name', details: { what: '名称', whatEn: 'the name' } })
  const representative = body.corporate?.legalRepresentative
  if (needsSecondPerson(await legalRepresentativeOf(tx, customerId), representative)) return refuse('needs-second-person', { field: 'corporate.legalRepresentative', details: { what: '法定代表人', whatEn: 'the legal representative' } })
  const spoken = pinyinOf(name, now.kind)
  const changedAt = new Date().toISOString()
  await change(tx, 'customer', { customer_id: customerId }, {
    ...(name === now.name ? {} : {
      name, name_is_made: false, name_pinyin: spoken.syllables, name_initials: spoken.initials, grams: gramsOf(name, spoken.syllables, spoken.initials),
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
  if (body.newPhone !== undefined && body.newPhone !== null) {
    await addPhone(tx, services.keys, customerId, body.newPhone, body.reason)
    await proposeHouseholdsAround(tx, [customerId], context.businessDate)
  }
  await saveMatchKeys(tx, customerId)
  // as it is now: whoever bears the new name or number already is told, and nothing of the edit stays
  if (name !== now.name || (body.newPhone ?? null) !== null) {
    const there = await refusalOfEntry(tx, await readSubject(tx, customerId), context, { seen: body.sameNameSeen, exclude: customerId })
    if (there) return there
  }
  return ok({ changedAt })
})
