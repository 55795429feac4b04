/** The hand-written statements beside the measurement of customers: the same rows, asked by the superuser without row-level security. `$1` is the reader's scope, `$2` what is searched. */

export const scopes = {
  manager: 'c.viewers @> ARRAY[$1::int]',
  outlet: "c.scope_path >= $1 AND c.scope_path < $1 || '/'",
  branch: "c.scope_path >= $1 AND c.scope_path < $1 || '/'",
  bank: '$1::text IS NOT NULL',
} as const
export type Reader = keyof typeof scopes

const columns = `c.customer_id, c.number, c.kind, c.name, c.name_is_made, c.tier, c.status, o.name AS outlet, s.name AS manager, c.deposit_fen, c.month_adb_fen, c.last_month_adb_fen, c.loan_fen, c.figures_as_of, c.changed_at`
const around = (inner: string): string => `SELECT ${columns} FROM (${inner}) c
  LEFT JOIN institution_span o ON o.institution_key = c.outlet_key AND o.to_date IS NULL LEFT JOIN staff s ON s.key = c.main_staff_key
  ORDER BY c.month_adb_fen DESC, c.customer_id DESC`

export const listStatement = (reader: Reader): string => around(`SELECT * FROM customer c WHERE ${scopes[reader]} AND c.tier = $2 ORDER BY c.month_adb_fen DESC, c.customer_id DESC LIMIT 50`)
export const countStatement = (reader: Reader): string => `SELECT count(*) FROM (SELECT 1 FROM customer c WHERE ${scopes[reader]} AND c.tier = $2 LIMIT 10001) x`
export const searchStatement = (reader: Reader): string => around(`SELECT * FROM customer c WHERE ${scopes[reader]} AND c.grams @> $2::text[] ORDER BY c.month_adb_fen DESC, c.customer_id DESC LIMIT 50`)

export const readingsStatement = (reader: Reader, readings: number): string => around(`SELECT * FROM customer c WHERE ${scopes[reader]} AND (${Array.from({ length: readings }, (_, place) => `c.grams @> $${place + 2}::text[]`).join(' OR ')}) ORDER BY c.month_adb_fen DESC, c.customer_id DESC LIMIT 50`)

export const openStatements: readonly string[] = [
  'SELECT c.*, o.name AS outlet FROM customer c JOIN institution_span o ON o.institution_key = c.outlet_key AND o.to_date IS NULL WHERE c.customer_id = $1',
  'SELECT * FROM corporate WHERE customer_id = $1',
  'SELECT * FROM person WHERE customer_id = $1',
  'SELECT * FROM identity_document WHERE customer_id = $1',
  'SELECT * FROM phone WHERE customer_id = $1',
  'SELECT a.*, s.name FROM assignment a JOIN staff s ON s.key = a.staff_key WHERE a.customer_id = $1 ORDER BY a.from_date DESC LIMIT 50',
]
export const transactionsStatement = `SELECT t.*, a.tail, a.currency FROM account_transaction t JOIN account a ON a.customer_id = t.customer_id AND a.id = t.account_id
  WHERE t.customer_id = $1 ORDER BY t.booked_on DESC, t.id DESC LIMIT 50`
