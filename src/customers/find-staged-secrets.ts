import { sql } from '../foundation/database/transaction.ts'

export type StagedSecrets = {
  number: string
  /** Null: a new customer. */
  customer_id: string | null
  wrapped_key: Buffer | null
  identity_kind: string | null
  identity: Buffer | null
  phone: Buffer | null
  address: Buffer | null
}

/** Customers of the delivery in work whose values must be encrypted under their own key: the new ones, and of known ones what has changed. No parameters: read through a cursor. */
export const stagedSecrets = sql<StagedSecrets>`
  SELECT s.number, c.customer_id, k.wrapped_key, s.identity_kind,
    CASE WHEN s.identity_number_hash IS NOT NULL AND (c.customer_id IS NULL OR NOT EXISTS (
      SELECT FROM identity_document d WHERE d.customer_id = c.customer_id AND d.kind = s.identity_kind AND d.number_hash = s.identity_number_hash)) THEN s.identity_number_sealed END AS identity,
    CASE WHEN s.phone_hash IS NOT NULL AND (c.customer_id IS NULL OR NOT EXISTS (SELECT FROM phone p WHERE p.customer_id = c.customer_id AND p.number_hash = s.phone_hash)) THEN s.phone_sealed END AS phone,
    CASE WHEN s.address_hash IS DISTINCT FROM p.address_hash THEN s.address_sealed END AS address
  FROM deliveries_customer_facts s LEFT JOIN customer c ON c.number = s.number LEFT JOIN person p ON p.customer_id = c.customer_id LEFT JOIN customer_key k ON k.customer_id = c.customer_id
  ORDER BY s.number`
