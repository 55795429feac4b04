import type { z } from 'zod'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import type { CustomerKeys } from '../foundation/secrets/customer-keys.ts'
import { add, quiet } from '../foundation/store/store.ts'
import { takeNumbers } from '../foundation/store/take-numbers.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { gramsOf, normaliseText, pinyinOf } from '../foundation/values/person-name.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { tryAssignCustomer } from './assign-customer.ts'
import { createCustomer } from './customer.contract.ts'
import { refusalOfEntry, subjectTyped } from './duplicates/check-entry.ts'
import { saveMatchKeys } from './duplicates/match-keys.ts'
import { holderOf } from './engine-find-duplicate.ts'
import { proposeHouseholdsAround } from './relations/propose-groups.ts'
import { checkIdentity, faultDetails, maskPhone, normaliseNumber } from './identity-number.rules.ts'

type Given = z.output<typeof createCustomer.body>
type Created = z.output<typeof createCustomer.reply>
const corporateKinds: readonly string[] = ['USCC', 'LEGACY_ORG_CODE', 'OTHER']

/** A prospect is entered: its number is taken first, whoever holds it is told by outlet; its maker looks after it with 100 %. */
export const createCustomerRoute = handle(createCustomer, async (tx, { body }, context) => {
  const { businessDate: day, actor, services } = context
  const corporate = body.kind === 'CORPORATE'
  if (corporate ? body.person !== undefined : body.corporate !== undefined) return refuse('wrong-fields', { field: corporate ? 'person' : 'corporate' })
  if (corporate ? !corporateKinds.includes(body.identity.kind) : ['USCC', 'LEGACY_ORG_CODE'].includes(body.identity.kind)) return refuse('identity-kind', { field: 'identity.kind' })
  const verdict = checkIdentity(body.identity.kind, body.identity.number, day)
  if (!verdict.ok) return refuse('identity-number', { field: 'identity.number', details: faultDetails(verdict.faults) })
  const outletKey = body.outletKey ?? actor.placeKey
  const outlet = await tx.maybe(sql<{ kind: string }>`SELECT kind FROM organisation_institution_facts WHERE institution_key = ${outletKey} AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})`)
  if (!outlet) return refuse('outlet-unknown', { field: 'outletKey' })

  // the id is the client's: one that exists already is answered like any other content under a used id
  const { fresh } = await tx.one(sql<{ fresh: boolean }>`SELECT open_new_customer(${body.id}) AS fresh`)
  if (!fresh) return refuse('key-reused')
  return tx.asRole('opened', async () => {
    const hash = services.keys.keyring.hash(body.identity.kind, verdict.number)
    if (verdict.checked) {
      const taken = await quiet(tx, 'identifier', 'add', sql`INSERT INTO identifier (kind, value_hash, customer_id) VALUES (${body.identity.kind}, ${hash}, ${body.id}) ON CONFLICT DO NOTHING`)
      if (taken === 0) {
        const holder = (await holderOf(tx, body.identity.kind, hash, day)) ?? { zh: '其他网点', en: 'another outlet' }
        return refuse('duplicate-identity', { field: 'identity.number', counts: 'NUMBER', details: { outlet: holder.zh, outletEn: holder.en } })
      }
    }
    const there = await refusalOfEntry(tx, subjectTyped({ ...body, legalRepresentative: body.corporate?.legalRepresentative ?? null, address: body.corporate?.registeredAddress ?? body.corporate?.operatingAddress ?? null, customerId: null }, context), context, { seen: body.sameNameSeen, exclude: null })
    if (there) return there
    return save(tx, context, body, { number: verdict.number, hash, checked: verdict.checked, sex: verdict.sex, birthDate: verdict.birthDate, warnings: verdict.warnings, outletKey })
  })
})

type Checked = { number: string; hash: Buffer; checked: boolean; sex: 'M' | 'F' | null; birthDate: string | null; warnings: Created['warnings']; outletKey: number }

async function save(tx: Transaction, { actor, services, businessDate: day }: Context, body: Given, checked: Checked): Promise<Outcome<Created>> {
  const { id: customerId, kind } = body
  const name = normaliseText(body.name)
  const spoken = pinyinOf(name, kind)
  const grams = gramsOf(name, spoken.syllables, spoken.initials)
  const number = `Y${String(await takeNumbers(tx, 'customer')).padStart(9, '0')}`
  const reason = { why: '新建客户' }
  await add(tx, 'customer', {
    customer_id: customerId, number, kind, name, name_pinyin: spoken.syllables, name_initials: spoken.initials, grams, status: 'PROSPECT', tier: 'P', tier_since: day,
    outlet_key: checked.outletKey, scope_path: actor.linePath, viewers: [actor.staffKey], main_staff_key: actor.staffKey, source: body.source, opened_on: null,
  }, reason)
  if (kind === 'CORPORATE') {
    const { legalRepresentative, registeredAddress, operatingAddress, businessScope, industryCode, sizeClass, establishedOn, registeredCapitalFen, staffCount } = body.corporate ?? {}
    await add(tx, 'corporate', {
      customer_id: customerId, uscc: body.identity.kind === 'USCC' ? checked.number : null, legacy_org_code: body.identity.kind === 'LEGACY_ORG_CODE' ? checked.number : null, legal_representative: legalRepresentative,
      registered_address: registeredAddress, operating_address: operatingAddress, business_scope: businessScope, industry_code: industryCode, size_class: sizeClass, established_on: establishedOn,
      registered_capital_fen: registeredCapitalFen, staff_count: staffCount,
    }, reason)
  } else {
    const { occupation, employer, birthdayCalendar, nationality } = body.person ?? {}
    await add(tx, 'person', { customer_id: customerId, sex: checked.sex, birth_date: checked.birthDate, birthday_calendar: birthdayCalendar, nationality, occupation, employer }, reason)
  }
  await add(tx, 'identity_document', {
    customer_id: customerId, id: newId(), kind: body.identity.kind, number_cipher: await services.keys.encrypt(tx, customerId, checked.number), number_hash: checked.hash, tail: checked.number.slice(-4),
    checked: checked.checked, expires_on: body.identity.expiresOn,
  }, reason)
  if (body.phone !== null) await addPhone(tx, services.keys, customerId, body.phone, '新建客户')
  await saveMatchKeys(tx, customerId)
  if (kind === 'PERSON' && body.phone !== null) await proposeHouseholdsAround(tx, [customerId], day)
  await add(tx, 'tier_held', { customer_id: customerId, id: newId(), tier: 'P', from_date: day, reason: '潜在客户' }, reason)
  const assigned = await tryAssignCustomer(tx, { customerId, slices: [{ staffKey: actor.staffKey, sharePct: '100', main: true }], from: day, baseAdbFen: 0n, reason: '新建客户' })
  if (!assigned.ok) return assigned
  return ok({ customerId, number, warnings: checked.checked ? checked.warnings : ['not-checked'] })
}

/** A further phone: encrypted under the customer's key, found whole and by its last four digits. Returns its id. */
export async function addPhone(tx: Transaction, keys: CustomerKeys, customerId: string, typed: string, why: string): Promise<string> {
  const number = normaliseNumber(typed).replaceAll('-', '')
  const { keyring } = keys
  const id = newId()
  await add(tx, 'phone', { customer_id: customerId, id, number_cipher: await keys.encrypt(tx, customerId, number), number_hash: keyring.hash('PHONE', number), masked: maskPhone(number) }, { why })
  for (const [kind, value] of [['PHONE', number], ['PHONE_TAIL', number.slice(-4)]] as const) {
    await quiet(tx, 'search_hash', 'add', sql`INSERT INTO search_hash (kind, value_hash, customer_id) VALUES (${kind}, ${keyring.hash(kind, value)}, ${customerId}) ON CONFLICT DO NOTHING`)
  }
  return id
}
