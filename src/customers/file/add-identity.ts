import { sql } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { add, change, quiet } from '../../foundation/store/store.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { holderOf } from '../engine-find-duplicate.ts'
import { checkIdentity, faultDetails } from '../identity-number.rules.ts'
import { needsSecondPerson } from '../identity/second-person.rules.ts'
import { findBy, lockFile } from './file-values.ts'
import { addIdentity, renewIdentity } from './file.contract.ts'
import { listFor } from './save-row.ts'

const ofCompanies: readonly string[] = ['USCC', 'LEGACY_ORG_CODE', 'OTHER']

/** A further document of the customer itself: checked, taken in the whole bank, found by its number and tail. What a resident identity card says of its holder is kept where nothing stood. */
export const addIdentityRoute = handle(addIdentity, async (tx, { params: { customerId }, body }, context) => {
  const { services, businessDate: today } = context
  const list = await listFor(tx, customerId, 'DOCUMENTS', context)
  if (!list.ok) return list
  const { kind } = list.value
  if (kind === 'CORPORATE' ? !ofCompanies.includes(body.kind) : ['USCC', 'LEGACY_ORG_CODE'].includes(body.kind)) return refuse('identity-kind', { field: 'kind' })
  const verdict = checkIdentity(body.kind, body.number, today)
  if (!verdict.ok) return refuse('identity-number', { field: 'number', details: faultDetails(verdict.faults) })
  if (await tx.maybe(sql`SELECT 1 FROM identity_document WHERE customer_id = ${customerId} AND kind = ${body.kind}`)) return refuse('identity-there', { field: 'kind' })
  // a credit code that stands in the register's particulars without its document is a value that stands
  if (body.kind === 'USCC') {
    const { uscc } = (await tx.maybe(sql<{ uscc: string | null }>`SELECT uscc FROM corporate WHERE customer_id = ${customerId}`)) ?? { uscc: null }
    if (needsSecondPerson(uscc, verdict.number)) return refuse('needs-second-person', { field: 'number', details: { what: '统一社会信用代码', whatEn: 'the credit code' } })
  }
  const hash = services.keys.keyring.hash(body.kind, verdict.number)
  if (verdict.checked) {
    const taken = await quiet(tx, 'identifier', 'add', sql`INSERT INTO identifier (kind, value_hash, customer_id) VALUES (${body.kind}, ${hash}, ${customerId}) ON CONFLICT DO NOTHING`)
    if (taken === 0) {
      const holder = (await holderOf(tx, body.kind, hash, today)) ?? { zh: '其他网点', en: 'another outlet' }
      // whether a number is known is an answer too
      return refuse('duplicate-identity', { field: 'number', counts: 'NUMBER', details: { outlet: holder.zh, outletEn: holder.en } })
    }
  }
  const reason = { why: body.reason }
  await add(tx, 'identity_document', {
    customer_id: customerId, id: body.id, kind: body.kind, number_cipher: await services.keys.encrypt(tx, customerId, verdict.number), number_hash: hash, tail: verdict.number.slice(-4), checked: verdict.checked, expires_on: body.expiresOn,
  }, reason)
  if (kind === 'PERSON') await findBy(tx, services.keys, customerId, [['ID_TAIL', verdict.number.slice(-4)]])
  if (verdict.birthDate !== null) {
    const person = await tx.maybe(sql<{ sex: string | null; birth_date: string | null }>`SELECT sex, birth_date FROM person WHERE customer_id = ${customerId}`)
    if (person) await change(tx, 'person', { customer_id: customerId }, { sex: person.sex ?? verdict.sex, birth_date: person.birth_date ?? verdict.birthDate }, reason)
  }
  if (body.kind === 'USCC') await change(tx, 'corporate', { customer_id: customerId }, { uscc: verdict.number }, reason)
  return ok({ id: body.id, checked: verdict.checked })
})

/** The same document with a new validity: the original was seen. */
export const renewIdentityRoute = handle(renewIdentity, async (tx, { params: { customerId, identityId }, body }, { may, opened }) => {
  const verdict = may('customer.file-edit', opened ? { relation: opened.relation } : {})
  if (!verdict.allowed) return refuse('not-allowed')
  await lockFile(tx, customerId)
  const there = await change(tx, 'identity_document', { customer_id: customerId, id: identityId }, { expires_on: body.expiresOn }, { why: body.reason, action: 'RENEW' })
  return there ? ok({ id: identityId }) : refuse('not-found')
})
