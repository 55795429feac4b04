import { sql, type Transaction } from '../../foundation/database/transaction.ts'

export type OwnCustomer = { customerId: string; kind: 'CORPORATE' | 'PERSON'; closed: boolean }
type Asked = { place: number; table: string; customerId: string; match: Record<string, unknown> }

/** Which of these customers are the asker's own, and which of these lines stand in the file already: of his own customers only, by reference and by place. */
export function matchLines(tx: Transaction, told: readonly { number: string | null; customerId: string | null }[], me: number, asked: readonly Asked[] = []): Promise<{ byNumber: Map<string, OwnCustomer>; byId: Map<string, OwnCustomer>; standing: number[] }> {
  return tx.asRole('engine', async () => {
    const numbers = told.flatMap((one) => one.number ?? [])
    const ids = told.flatMap((one) => one.customerId ?? [])
    // one that was merged leads to the one that stayed
    const rows = numbers.length + ids.length === 0 ? [] : await tx.all(sql<OwnCustomer & { number: string; asked: string }>`
      SELECT n.number, n.customer_id AS asked, c.customer_id AS "customerId", c.kind, c.status = 'CLOSED' AS closed
      FROM customer n JOIN customer c ON c.customer_id = coalesce(n.merged_into, n.customer_id) AND c.viewers @> ARRAY[${me}::int] WHERE n.number = ANY(${numbers}::text[]) OR n.customer_id = ANY(${ids}::uuid[])`)
    const own = ({ customerId, kind, closed }: OwnCustomer): OwnCustomer => ({ customerId, kind, closed })
    const standing: number[] = []
    for (const table of new Set(asked.map((one) => one.table))) {
      const given = asked.filter((one) => one.table === table).map(({ place, customerId, match }) => ({ place, customer: customerId, match }))
      standing.push(...(await tx.all(sql<{ place: number }>`
        SELECT a.place FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) a (place int, customer uuid, match jsonb)
        WHERE EXISTS (SELECT FROM ${sql.table(table)} t WHERE t.customer_id = a.customer AND t.ended_on IS NULL AND to_jsonb(t) @> a.match)`)).map((one) => one.place))
    }
    return { byNumber: new Map(rows.map((row) => [row.number, own(row)])), byId: new Map(rows.map((row) => [row.asked, own(row)])), standing }
  })
}
