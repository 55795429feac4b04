/** The classes of the domain specification 2.13. CORE cannot be stored; IMPORTANT is a set of data by its size (an export), not a field. */
export const dataClasses = ['CORE', 'IMPORTANT', 'GENERAL_SENSITIVE', 'GENERAL'] as const
export type DataClass = (typeof dataClasses)[number]
/** How a field is kept: encrypted under the customer's key, as a keyed hash, shown masked, or in clear. */
export type Protection = 'ENCRYPTED' | 'HASHED' | 'MASKED' | 'CLEAR'

export type Column = { table: string; name: string; type: string }
export type TableAbout = { name: string; kind: 'owned' | 'reference' | 'bank'; secrecy: 'NORMAL' | 'RESTRICTED' | 'SECRET'; cipher: readonly string[]; hidden: readonly string[] }

const isKey = (name: string): boolean => /(^|_)(id|key)$/.test(name)

/** The one class of a field. What is declared by name wins; then: encrypted, a keyed hash or a mask of a number, an amount of a customer, content of RESTRICTED and SECRET tables; everything else is general. */
export function classOf(table: TableAbout, column: Column, declared: Readonly<Record<string, DataClass>>): DataClass {
  const own = declared[`${table.name}.${column.name}`]
  if (own !== undefined) return own
  const protection = protectionOf(table, column)
  if (protection !== 'CLEAR') return 'GENERAL_SENSITIVE'
  if (table.kind === 'owned' && column.name.endsWith('_fen')) return 'GENERAL_SENSITIVE'
  return table.secrecy !== 'NORMAL' && !isKey(column.name) && column.type === 'text' ? 'GENERAL_SENSITIVE' : 'GENERAL'
}

export function protectionOf(table: TableAbout, { name, type }: Column): Protection {
  if (table.cipher.includes(name) || (type === 'bytea' && /(_cipher|_sealed|wrapped_key)$/.test(name))) return 'ENCRYPTED'
  if (table.hidden.includes(name) || (type === 'bytea' && /^(number|phone|id|value|identity_number|account_number|party)(_tail|_number)?_hash$/.test(name))) return 'HASHED'
  return /^(masked|tail|.*_masked|.*_tail)$/.test(name) && type !== 'bytea' ? 'MASKED' : 'CLEAR'
}

export type Fault = { what: 'core-stored' | 'not-there' | 'important-field'; about: string }
/** What is wrong with the declaration: a field that is marked CORE, IMPORTANT said of a single field, a field that is not there. */
export function faultsOf(columns: readonly Column[], declared: Readonly<Record<string, DataClass>>): Fault[] {
  const there = new Set(columns.map((column) => `${column.table}.${column.name}`))
  return Object.entries(declared).flatMap(([about, given]): Fault[] => [
    ...(there.has(about) ? [] : [{ what: 'not-there' as const, about }]), ...(given === 'CORE' ? [{ what: 'core-stored' as const, about }] : []), ...(given === 'IMPORTANT' ? [{ what: 'important-field' as const, about }] : []),
  ])
}
