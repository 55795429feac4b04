import { sql } from '../foundation/database/transaction.ts'
import type { MergeRun } from '../foundation/store/merge-run.ts'
import { bulk } from '../foundation/store/store.ts'

/** Products of a delivery: new ones are added, names follow. */
export async function mergeProductsFromStaging({ tx, batch, why, effects }: MergeRun): Promise<void> {
  effects.push(await bulk(tx, {
    table: 'product', what: 'change', why, batch, alias: 'p',
    statement: sql`UPDATE product p SET name = s.name, name_en = coalesce(s.name_en, p.name_en), line = s.line FROM deliveries_product_facts s
      WHERE p.code = s.code AND (p.name, p.name_en, p.line) IS DISTINCT FROM (s.name, coalesce(s.name_en, p.name_en), s.line)`,
  }))
  effects.push(await bulk(tx, {
    table: 'product', what: 'add', why, batch,
    statement: sql`INSERT INTO product (code, name, name_en, line) SELECT code, name, coalesce(name_en, name), line FROM deliveries_product_facts s WHERE NOT EXISTS (SELECT FROM product p WHERE p.code = s.code)`,
  }))
}

const outletNow = sql`(SELECT DISTINCT ON (institution_key) institution_key, code FROM organisation_institution_facts ORDER BY institution_key, from_date DESC)`

/** Accounts, and the persons authorised on them (授权人: they see the account and own no balance). */
export async function mergeAccountsFromStaging({ tx, batch, why, effects }: MergeRun): Promise<void> {
  effects.push(await bulk(tx, {
    table: 'account', what: 'change', why, batch, alias: 'a',
    statement: sql`UPDATE account a SET product_code = s.product_code, outlet_key = o.institution_key, opened_on = s.opened_on, closed_on = coalesce(s.closed_on, a.closed_on), matures_on = coalesce(s.matures_on, a.matures_on),
        rate = coalesce(s.rate, a.rate), number_cipher = coalesce(x.number_cipher, a.number_cipher), number_hash = coalesce(s.account_number_hash, a.number_hash), tail = coalesce(s.account_number_tail, a.tail), batch_id = ${batch}::uuid
      FROM deliveries_account_facts s JOIN ${outletNow} o ON o.code = s.outlet_code LEFT JOIN deliveries_account_secret_facts x ON x.account_key = s.account_key
      WHERE a.core_key = s.account_key AND (a.product_code, a.outlet_key, a.opened_on, a.closed_on, a.matures_on, a.rate, a.number_hash)
        IS DISTINCT FROM (s.product_code, o.institution_key, s.opened_on, coalesce(s.closed_on, a.closed_on), coalesce(s.matures_on, a.matures_on), coalesce(s.rate, a.rate), coalesce(s.account_number_hash, a.number_hash))`,
  }))
  effects.push(await bulk(tx, {
    table: 'account', what: 'add', why, batch,
    statement: sql`INSERT INTO account (customer_id, id, core_key, number_cipher, number_hash, tail, product_code, currency, outlet_key, opened_on, closed_on, matures_on, rate, batch_id)
      SELECT c.customer_id, uuid7(), s.account_key, x.number_cipher, s.account_number_hash, s.account_number_tail, s.product_code, s.currency, o.institution_key, s.opened_on, s.closed_on, s.matures_on, s.rate, ${batch}::uuid
      FROM deliveries_account_facts s JOIN customers_customer_facts c ON c.number = s.customer_number JOIN ${outletNow} o ON o.code = s.outlet_code
      LEFT JOIN deliveries_account_secret_facts x ON x.account_key = s.account_key WHERE NOT EXISTS (SELECT FROM account a WHERE a.core_key = s.account_key) ORDER BY 1, s.account_key`,
  }))
  effects.push(await bulk(tx, {
    table: 'account_agent', what: 'add', why, batch,
    statement: sql`INSERT INTO account_agent (customer_id, id, account_id, agent_customer_id, core_key, from_date, batch_id)
      SELECT a.customer_id, uuid7(), a.id, c.customer_id, s.agent_key, s.from_date, ${batch}::uuid
      FROM deliveries_agent_facts s JOIN account a ON a.core_key = s.account_key JOIN customers_customer_facts c ON c.number = s.customer_number
      WHERE NOT EXISTS (SELECT FROM account_agent g WHERE g.customer_id = a.customer_id AND g.account_id = a.id AND g.core_key = s.agent_key) ORDER BY 1`,
  }))
}

/** Cards and standing orders. */
export async function mergeCardsFromStaging({ tx, batch, why, effects }: MergeRun): Promise<void> {
  effects.push(await bulk(tx, {
    table: 'card', what: 'change', why, batch, alias: 'k',
    statement: sql`UPDATE card k SET expires_on = s.expires_on, batch_id = ${batch}::uuid FROM deliveries_card_facts s WHERE k.core_key = s.card_key AND s.expires_on IS NOT NULL AND k.expires_on IS DISTINCT FROM s.expires_on`,
  }))
  effects.push(await bulk(tx, {
    table: 'card', what: 'add', why, batch,
    statement: sql`INSERT INTO card (customer_id, id, account_id, holder_customer_id, core_key, product_code, issued_on, expires_on, batch_id)
      SELECT a.customer_id, uuid7(), a.id, coalesce(h.customer_id, a.customer_id), s.card_key, s.product_code, s.issued_on, s.expires_on, ${batch}::uuid
      FROM deliveries_card_facts s JOIN account a ON a.core_key = s.account_key LEFT JOIN customers_customer_facts h ON h.number = s.holder_number
      WHERE NOT EXISTS (SELECT FROM card k WHERE k.core_key = s.card_key) ORDER BY 1`,
  }))
  effects.push(await bulk(tx, {
    table: 'standing_order', what: 'change', why, batch, alias: 't', sums: ['amount_fen'],
    statement: sql`UPDATE standing_order t SET amount_fen = s.amount_fen, purpose = s.purpose, to_bank = s.to_bank, to_account_hash = s.to_account_hash, to_account_tail = s.to_account_tail, batch_id = ${batch}::uuid
      FROM deliveries_standing_order_facts s WHERE t.core_key = s.order_key
        AND (t.amount_fen, t.purpose, t.to_bank, t.to_account_hash) IS DISTINCT FROM (s.amount_fen, s.purpose, s.to_bank, s.to_account_hash)`,
  }))
  effects.push(await bulk(tx, {
    table: 'standing_order', what: 'add', why, batch, sums: ['amount_fen'],
    statement: sql`INSERT INTO standing_order (customer_id, id, account_id, core_key, amount_fen, purpose, to_bank, to_account_hash, to_account_tail, batch_id)
      SELECT a.customer_id, uuid7(), a.id, s.order_key, s.amount_fen, s.purpose, s.to_bank, s.to_account_hash, s.to_account_tail, ${batch}::uuid
      FROM deliveries_standing_order_facts s JOIN account a ON a.core_key = s.account_key WHERE NOT EXISTS (SELECT FROM standing_order t WHERE t.core_key = s.order_key) ORDER BY 1`,
  }))
}
