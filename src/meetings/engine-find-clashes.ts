import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { Clash } from './appointment.contract.ts'
import type { When } from './appointment.rules.ts'

/** When these people are busy at that time, over the whole bank: names of colleagues and times, nothing of what they do and with whom. `but`: the appointment that is being moved. */
export function findClashes(tx: Transaction, when: When, people: readonly number[], but: string): Promise<Clash[]> {
  return tx.asRole(tx.role === 'batch' ? 'batch' : 'engine', () => tx.all(sql<Clash>`
    SELECT DISTINCT s.staff_name AS name, a.from_time AS "from", a.to_time AS "to"
    FROM appointment a CROSS JOIN LATERAL unnest(a.people) p(staff_key) JOIN organisation_staff_facts s ON s.staff_key = p.staff_key
    WHERE a.state = 'PLANNED' AND a.day = ${when.day} AND a.from_time < ${when.to} AND a.to_time > ${when.from} AND a.id <> ${but} AND p.staff_key = ANY(${[...people]}::int[])
    ORDER BY 2, 1 LIMIT 50`))
}
