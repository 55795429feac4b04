import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { inOtherMerge } from './engine-find-merge.ts'
import { mergeField, type MergeField, type MergePreview } from './duplicate.contract.ts'
import { readSubject } from './match-keys.ts'
import type { Subject } from './duplicate.rules.ts'
import { mergeColumns, type FieldPair, type MergeParty } from './merge.rules.ts'

/** One side of a merge as it is now. */
export type MergeSide = {
  shown: MergePreview['survivor']
  party: MergeParty
  subject: Subject
  /** Values as they are kept, by table and column. */
  rows: Record<'customer' | 'corporate' | 'person', Record<string, string | null>>
  /** Changes with every change of the customer's own rows: a confirmation holds it against the proposal's. */
  state: string
  scopePath: string
  viewers: number[]
}

type Row = {
  number: string; name: string; kind: 'CORPORATE' | 'PERSON'; status: 'PROSPECT' | 'ACTIVE' | 'CLOSED'; outletName: string | null; managerName: string | null; tier: string; openedOn: string | null; depositFen: string; loanFen: string
  managers: MergePreview['survivor']['managers'] | null; identities: string[] | null; phones: string[] | null; checked: { kind: string; hash: string }[] | null; customer: Record<string, string | null>; corporate: Record<string, string | null> | null
  person: Record<string, string | null> | null; scopePath: string; viewers: number[]; state: string
}

/** Reads a side by a role that sees the customer (`opened` for a person, `batch` for the act itself). `caseId`: the case that is decided does not count as another merge. Undefined: no such customer, or an alias. */
export async function readMergeSide(tx: Transaction, customerId: string, day: string, caseId: string | null): Promise<MergeSide | undefined> {
  const row = await tx.maybe(sql<Row>`
    SELECT c.number, c.name, c.kind, c.status, o.name AS "outletName", s.staff_name AS "managerName", c.tier, c.opened_on AS "openedOn", c.deposit_fen::text AS "depositFen", c.loan_fen::text AS "loanFen", c.scope_path AS "scopePath", c.viewers,
      (SELECT jsonb_agg(jsonb_build_object('name', f.staff_name, 'staffNo', f.staff_no, 'sharePct', a.share_pct::text, 'main', a.main) ORDER BY a.main DESC, a.share_pct DESC) FROM assignment a JOIN organisation_staff_facts f ON f.staff_key = a.staff_key
        WHERE a.customer_id = c.customer_id AND a.from_date <= ${day} AND (a.to_date IS NULL OR a.to_date > ${day})) AS managers,
      (SELECT array_agg(d.kind || ' ****' || d.tail ORDER BY d.kind, d.id) FROM identity_document d WHERE d.customer_id = c.customer_id) AS identities,
      (SELECT array_agg(t.masked ORDER BY t.id) FROM phone t WHERE t.customer_id = c.customer_id AND t.ended_on IS NULL) AS phones,
      (SELECT jsonb_agg(jsonb_build_object('kind', d.kind, 'hash', encode(d.number_hash, 'hex'))) FROM identity_document d WHERE d.customer_id = c.customer_id AND d.checked) AS checked,
      jsonb_build_object('name', c.name, 'outlet_key', c.outlet_key::text, 'source', c.source) AS customer,
      (SELECT (SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each_text(to_jsonb(k)) e) FROM corporate k WHERE k.customer_id = c.customer_id) AS corporate,
      (SELECT (SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each_text(to_jsonb(p) - 'address_cipher') e) FROM person p WHERE p.customer_id = c.customer_id) AS person,
      md5(concat_ws('|', c.name, c.former_names, c.status, c.outlet_key, c.source, (SELECT k::text FROM corporate k WHERE k.customer_id = c.customer_id), (SELECT p::text FROM person p WHERE p.customer_id = c.customer_id),
        (SELECT string_agg(d.kind || encode(d.number_hash, 'hex'), ' ' ORDER BY d.id) FROM identity_document d WHERE d.customer_id = c.customer_id))) AS state
    FROM customer c
    LEFT JOIN organisation_institution_facts o ON o.institution_key = c.outlet_key AND o.from_date <= ${day} AND (o.to_date IS NULL OR o.to_date > ${day})
    LEFT JOIN organisation_staff_facts s ON s.staff_key = c.main_staff_key
    WHERE c.customer_id = ${customerId} AND c.merged_into IS NULL`)
  if (!row) return undefined
  const { customer, corporate, person, checked, scopePath, viewers, state, ...shown } = row
  return {
    shown: { customerId, ...shown, outletName: shown.outletName ?? '', managers: shown.managers ?? [], identities: shown.identities ?? [], phones: shown.phones ?? [] },
    party: { customerId, kind: row.kind, status: row.status, inMerge: await inOtherMerge(tx, customerId, caseId), checked: checked ?? [] }, subject: await readSubject(tx, customerId), rows: { customer, corporate: corporate ?? {}, person: person ?? {} }, state, scopePath, viewers,
  }
}

/** The fields of both, as they are compared and shown; the outlet by its name. */
export function fieldPairs(survivor: MergeSide, other: MergeSide): FieldPair[] {
  const value = (side: MergeSide, field: MergeField): string | null => {
    const [table, column] = mergeColumns[field]
    if (field === 'outlet') return side.shown.outletName
    return side.rows[table][column] ?? null
  }
  return mergeField.options.filter((field) => mergeColumns[field][0] === 'customer' || (survivor.shown.kind === 'CORPORATE') === (mergeColumns[field][0] === 'corporate'))
    .map((field) => ({ field, survivor: value(survivor, field), other: value(other, field) }))
}
