import { sql } from '../foundation/database/transaction.ts'
import type { MergeRun } from '../foundation/store/merge-run.ts'
import { bulk, quiet } from '../foundation/store/store.ts'
import { refreshMatchKeys } from './duplicates/match-keys.ts'
import { closeOvertaken } from './identity/follow-changes.ts'

/**
 * Customers of a delivery: new ones with their key, documents, phone and the numbers that find them; of known ones what differs. What the delivery leaves empty stays as it is.
 * Their scope is the outlet's line until a manager is assigned.
 */
export async function mergeCustomersFromStaging({ tx, batch, why, effects, businessDate }: MergeRun): Promise<void> {
  await quiet(tx, 'customer_key', 'add', sql`INSERT INTO customer_key (customer_id, wrapped_key) SELECT customer_id, wrapped_key FROM deliveries_customer_secret_facts WHERE is_new`)
  effects.push(await bulk(tx, {
    table: 'customer', what: 'add', why, batch,
    statement: sql`INSERT INTO customer (customer_id, number, kind, name, name_is_made, name_pinyin, name_initials, grams, status, outlet_key, scope_path, source, opened_on, batch_id)
      SELECT x.customer_id, s.number, s.kind, s.name, coalesce(s.name_is_made, false), s.name_pinyin, s.name_initials, s.grams, coalesce(s.status, 'ACTIVE'), o.institution_key, o.scope_path, s.source, s.opened_on, ${batch}::uuid
      FROM deliveries_customer_facts s JOIN deliveries_customer_secret_facts x ON x.number = s.number AND x.is_new JOIN ${outletNow} o ON o.code = s.outlet_code ORDER BY x.customer_id`,
  }))
  effects.push(await bulk(tx, {
    table: 'customer', what: 'change', why, batch, alias: 'c',
    statement: sql`UPDATE customer c SET name = s.name, name_is_made = coalesce(s.name_is_made, c.name_is_made), name_pinyin = s.name_pinyin, name_initials = s.name_initials, grams = s.grams,
        former_names = CASE WHEN s.name = c.name OR c.name_is_made THEN c.former_names ELSE c.former_names || c.name END,
        status = coalesce(s.status, c.status), outlet_key = o.institution_key, source = coalesce(s.source, c.source), opened_on = coalesce(s.opened_on, c.opened_on), changed_at = now(), batch_id = ${batch}::uuid
      FROM deliveries_customer_facts s JOIN ${outletNow} o ON o.code = s.outlet_code
      WHERE c.number = s.number AND (c.name, c.status, c.outlet_key, c.source, c.opened_on)
        IS DISTINCT FROM (s.name, coalesce(s.status, c.status), o.institution_key, coalesce(s.source, c.source), coalesce(s.opened_on, c.opened_on))`,
  }))
  await mergeCorporate({ tx, batch, why, effects })
  await mergePerson({ tx, batch, why, effects })
  await mergeDocuments({ tx, batch, why, effects })
  await closeOvertaken(tx, batch, businessDate)
  await refreshMatchKeys(tx)
}

type Part = Pick<MergeRun, 'tx' | 'batch' | 'why' | 'effects'>

// an outlet's present place in the tree
const outletNow = sql`(SELECT DISTINCT ON (institution_key) institution_key, code, scope_path FROM organisation_institution_facts ORDER BY institution_key, from_date DESC)`
const corporateColumns = ['company_type', 'established_on', 'registered_address', 'operating_address', 'business_scope', 'industry_code', 'size_class', 'registered_capital_fen', 'legal_representative', 'staff_count'] as const
const personColumns = ['sex', 'birth_date', 'nationality', 'occupation', 'employer', 'district', 'risk_level'] as const
const list = (columns: readonly string[], alias: string) => sql.join(columns.map((name) => sql.ref(`${alias}.${name}`)))
const kept = (columns: readonly string[]) => sql.join(columns.map((name) => sql`coalesce(${sql.ref(`s.${name}`)}, ${sql.ref(`p.${name}`)})`))
const set = (columns: readonly string[]) => sql.join(columns.map((name) => sql`${sql.ref(name)} = coalesce(${sql.ref(`s.${name}`)}, ${sql.ref(`p.${name}`)})`))

async function mergeCorporate({ tx, batch, why, effects }: Part): Promise<void> {
  effects.push(await bulk(tx, {
    table: 'corporate', what: 'add', why, batch,
    statement: sql`INSERT INTO corporate (customer_id, uscc, registration_status, ${sql.join(corporateColumns.map((name) => sql.ref(name)))}, batch_id)
      SELECT c.customer_id, x.uscc, coalesce(s.registration_status, '存续'), ${list(corporateColumns, 's')}, ${batch}::uuid
      FROM deliveries_customer_facts s JOIN customer c ON c.number = s.number LEFT JOIN deliveries_customer_secret_facts x ON x.number = s.number
      WHERE s.kind = 'CORPORATE' AND NOT EXISTS (SELECT FROM corporate p WHERE p.customer_id = c.customer_id) ORDER BY 1`,
  }))
  effects.push(await bulk(tx, {
    table: 'corporate', what: 'change', why, batch, alias: 'p',
    statement: sql`UPDATE corporate p SET registration_status = coalesce(s.registration_status, p.registration_status), uscc = coalesce(x.uscc, p.uscc), ${set(corporateColumns)}, batch_id = ${batch}::uuid
      FROM deliveries_customer_facts s JOIN customer c ON c.number = s.number LEFT JOIN deliveries_customer_secret_facts x ON x.number = s.number
      WHERE s.kind = 'CORPORATE' AND p.customer_id = c.customer_id
        AND (p.registration_status, p.uscc, ${list(corporateColumns, 'p')}) IS DISTINCT FROM (coalesce(s.registration_status, p.registration_status), coalesce(x.uscc, p.uscc), ${kept(corporateColumns)})`,
  }))
}

async function mergePerson({ tx, batch, why, effects }: Part): Promise<void> {
  effects.push(await bulk(tx, {
    table: 'person', what: 'add', why, batch,
    statement: sql`INSERT INTO person (customer_id, ${sql.join(personColumns.map((name) => sql.ref(name)))}, address_cipher, address_hash, batch_id)
      SELECT c.customer_id, ${list(personColumns, 's')}, x.address_cipher, CASE WHEN x.address_cipher IS NOT NULL THEN s.address_hash END, ${batch}::uuid
      FROM deliveries_customer_facts s JOIN customer c ON c.number = s.number LEFT JOIN deliveries_customer_secret_facts x ON x.number = s.number
      WHERE s.kind = 'PERSON' AND NOT EXISTS (SELECT FROM person p WHERE p.customer_id = c.customer_id) ORDER BY 1`,
  }))
  effects.push(await bulk(tx, {
    table: 'person', what: 'change', why, batch, alias: 'p',
    statement: sql`UPDATE person p SET ${set(personColumns)}, address_cipher = coalesce(x.address_cipher, p.address_cipher), address_hash = CASE WHEN x.address_cipher IS NOT NULL THEN s.address_hash ELSE p.address_hash END, batch_id = ${batch}::uuid
      FROM deliveries_customer_facts s JOIN customer c ON c.number = s.number LEFT JOIN deliveries_customer_secret_facts x ON x.number = s.number AND NOT x.is_new AND x.address_cipher IS NOT NULL
      WHERE s.kind = 'PERSON' AND p.customer_id = c.customer_id AND ((${list(personColumns, 'p')}) IS DISTINCT FROM (${kept(personColumns)}) OR x.number IS NOT NULL)`,
  }))
}

async function mergeDocuments({ tx, batch, why, effects }: Part): Promise<void> {
  effects.push(await bulk(tx, {
    table: 'identity_document', what: 'change', why, batch, alias: 'd',
    statement: sql`UPDATE identity_document d SET number_cipher = x.identity_cipher, number_hash = s.identity_number_hash, tail = s.identity_number_tail, expires_on = coalesce(s.identity_expires_on, d.expires_on), batch_id = ${batch}::uuid
      FROM deliveries_customer_facts s JOIN deliveries_customer_secret_facts x ON x.number = s.number AND x.identity_cipher IS NOT NULL
      WHERE d.customer_id = x.customer_id AND d.kind = s.identity_kind AND d.number_hash <> s.identity_number_hash`,
  }))
  effects.push(await bulk(tx, {
    table: 'identity_document', what: 'add', why, batch,
    statement: sql`INSERT INTO identity_document (customer_id, id, kind, number_cipher, number_hash, tail, checked, expires_on, batch_id)
      SELECT x.customer_id, uuid7(), s.identity_kind, x.identity_cipher, s.identity_number_hash, s.identity_number_tail, s.identity_kind IN ('RESIDENT_ID', 'USCC'), s.identity_expires_on, ${batch}::uuid
      FROM deliveries_customer_facts s JOIN deliveries_customer_secret_facts x ON x.number = s.number AND x.identity_cipher IS NOT NULL
      WHERE NOT EXISTS (SELECT FROM identity_document d WHERE d.customer_id = x.customer_id AND d.kind = s.identity_kind) ORDER BY 1`,
  }))
  await quiet(tx, 'identifier', 'remove', sql`DELETE FROM identifier i USING deliveries_customer_facts s, deliveries_customer_secret_facts x
    WHERE x.number = s.number AND x.identity_cipher IS NOT NULL AND i.customer_id = x.customer_id AND i.kind = s.identity_kind AND i.value_hash <> s.identity_number_hash`)
  await quiet(tx, 'identifier', 'add', sql`INSERT INTO identifier (kind, value_hash, customer_id)
    SELECT s.identity_kind, s.identity_number_hash, x.customer_id FROM deliveries_customer_facts s JOIN deliveries_customer_secret_facts x ON x.number = s.number AND x.identity_cipher IS NOT NULL
    WHERE s.identity_kind IN ('RESIDENT_ID', 'USCC') AND NOT EXISTS (SELECT FROM identifier i WHERE i.kind = s.identity_kind AND i.value_hash = s.identity_number_hash) ORDER BY 1, 2`)
  effects.push(await bulk(tx, {
    table: 'phone', what: 'change', why, batch, alias: 'p',
    statement: sql`UPDATE phone p SET number_cipher = x.phone_cipher, number_hash = s.phone_hash, masked = s.phone_masked, batch_id = ${batch}::uuid
      FROM deliveries_customer_facts s JOIN deliveries_customer_secret_facts x ON x.number = s.number AND x.phone_cipher IS NOT NULL
      WHERE p.customer_id = x.customer_id AND p.batch_id IS NOT NULL AND p.ended_on IS NULL AND p.number_hash <> s.phone_hash`,
  }))
  effects.push(await bulk(tx, {
    table: 'phone', what: 'add', why, batch,
    statement: sql`INSERT INTO phone (customer_id, id, number_cipher, number_hash, masked, batch_id)
      SELECT x.customer_id, uuid7(), x.phone_cipher, s.phone_hash, s.phone_masked, ${batch}::uuid
      FROM deliveries_customer_facts s JOIN deliveries_customer_secret_facts x ON x.number = s.number AND x.phone_cipher IS NOT NULL
      WHERE NOT EXISTS (SELECT FROM phone p WHERE p.customer_id = x.customer_id AND ((p.batch_id IS NOT NULL AND p.ended_on IS NULL) OR p.number_hash = s.phone_hash)) ORDER BY 1`,
  }))
  await quiet(tx, 'search_hash', 'add', sql`INSERT INTO search_hash (kind, value_hash, customer_id)
    SELECT k.kind, k.hash, x.customer_id FROM deliveries_customer_facts s JOIN deliveries_customer_secret_facts x ON x.number = s.number AND x.phone_cipher IS NOT NULL
    CROSS JOIN LATERAL (VALUES ('PHONE', s.phone_hash), ('PHONE_TAIL', s.phone_tail_hash)) k (kind, hash)
    WHERE NOT EXISTS (SELECT FROM search_hash h WHERE h.kind = k.kind AND h.value_hash = k.hash AND h.customer_id = x.customer_id) ORDER BY 1, 2, 3`)
}

/** The numbers that find an account's owner: the whole number (one customer in the bank) and its tail. */
export async function mergeAccountNumbersFromStaging({ tx }: Pick<MergeRun, 'tx'>): Promise<void> {
  await quiet(tx, 'identifier', 'add', sql`INSERT INTO identifier (kind, value_hash, customer_id)
    SELECT DISTINCT ON (s.account_number_hash) 'ACCOUNT', s.account_number_hash, c.customer_id FROM deliveries_account_facts s JOIN customer c ON c.number = s.customer_number
    WHERE s.account_number_hash IS NOT NULL AND NOT EXISTS (SELECT FROM identifier i WHERE i.kind = 'ACCOUNT' AND i.value_hash = s.account_number_hash) ORDER BY s.account_number_hash`)
  await quiet(tx, 'search_hash', 'add', sql`INSERT INTO search_hash (kind, value_hash, customer_id)
    SELECT DISTINCT 'ACCOUNT_TAIL', s.account_number_tail_hash, c.customer_id FROM deliveries_account_facts s JOIN customer c ON c.number = s.customer_number
    WHERE s.account_number_tail_hash IS NOT NULL
      AND NOT EXISTS (SELECT FROM search_hash h WHERE h.kind = 'ACCOUNT_TAIL' AND h.value_hash = s.account_number_tail_hash AND h.customer_id = c.customer_id) ORDER BY 2, 3`)
}
