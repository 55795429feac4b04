import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { add, bulk } from '../foundation/store/store.ts'
import { recordVisit } from './visit.contract.ts'
const statement = sql`INSERT INTO visit (customer_id, id) SELECT customer_id, id FROM customers_customer_facts`
export const saveVisits = (tx: unknown) => bulk(tx, { table: 'visit', statement })
export const recordVisitRoute = handle(recordVisit, (tx: unknown) => add(tx, 'visit', {}))
