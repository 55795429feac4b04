import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { addDays, addMonths } from '../../foundation/values/business-date.ts'
import { decimalText, exact } from '../../foundation/values/decimal.ts'
import { lunarOf, lunarText, nextGreeting } from '../../foundation/values/lunar-date.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { checkResidentId } from '../identity-number.rules.ts'
import { ownersStanding } from '../relations/read-owners.ts'
import { judgeCompleteness, type OwnersFacts } from './completeness.rules.ts'
import { documentsWanted } from './document-requirement-table.ts'
import { fileLists, type FieldValue, type Values } from './file-fields.contract.ts'
import { groupsFor, readGroups, readRows, tell, type CustomerKind, type KeptRow } from './file-values.ts'
import { getFile, type FileRow, type FileView } from './file.contract.ts'

type Identity = { id: string; kind: string; masked: string; checked: boolean; expiresOn: string | null }
const reminder = 30

/** Who may change which group: managers the most, the anti-money-laundering desk the screening, leads the confidentiality. */
export function groupAction(code: string): string {
  return code === 'SCREENING' ? 'customer.file-screening' : code === 'CONFIDENTIALITY' ? 'customer.file-class' : 'customer.file-edit'
}

/** The whole file of one customer, masked; what a good file still lacks; what the identity card says against what is kept. */
export const getFileRoute = handle(getFile, async (tx, { params: { customerId }, query }, context) => {
  const { businessDate: today, opened, services, may } = context
  const customer = await tx.maybe(sql<{ kind: CustomerKind; deposit_fen: string; loan_fen: string }>`SELECT kind, deposit_fen, loan_fen FROM customer WHERE customer_id = ${customerId}`)
  if (!customer || !opened) return refuse('not-found')
  const { kind } = customer
  const groups = await readGroups(tx, services.keys, customerId, kind)
  const lists = []
  for (const list of fileLists.filter((one) => one.for === 'BOTH' || one.for === kind)) lists.push({ list, rows: await readRows(tx, services.keys, customerId, list, { ended: query.ended }) })
  // the credit code is public: on the licence, on every invoice
  const identities = await tx.all(sql<Identity>`SELECT id, kind, coalesce(CASE WHEN kind = 'USCC' THEN (SELECT uscc FROM corporate WHERE customer_id = ${customerId}) END, CASE kind WHEN 'RESIDENT_ID' THEN '***********' WHEN 'USCC' THEN '**************' ELSE '****' END || tail) AS masked, checked, expires_on AS "expiresOn"
    FROM identity_document WHERE customer_id = ${customerId} ORDER BY kind = 'OTHER', kind, id`)
  const phones = await tx.all(sql<FileView['phones'][number]>`
    SELECT id, label, masked, ended_on AS "endedOn", end_reason AS "endReason" FROM phone WHERE customer_id = ${customerId} AND (ended_on IS NULL OR ${query.ended}) ORDER BY ended_on IS NOT NULL, id`)
  const values: Values = Object.assign({}, ...groups.map((group) => group.values)) as Values
  const inForce = Object.fromEntries(lists.map(({ list, rows }) => [list.code, rows.filter((row) => row.endedOn === null)]))
  const people = inForce['PEOPLE'] ?? []

  const view: FileView = {
    kind, asOf: today,
    groups: groups.map((group) => ({ code: group.code, edition: group.edition, values: told(tell(groupsFor(kind).find((one) => one.code === group.code)?.fields ?? [], group.values)), may: may(groupAction(group.code), { relation: opened.relation }) })),
    lists: lists.map(({ list, rows }) => ({ code: list.code, rows: rows.map((row) => rowView(list.fields, row, today)) })),
    identities: identities.map((one) => ({ ...one, due: dueOn(one.expiresOn, reminder, today) })),
    phones,
    completeness: judgeCompleteness({
      kind, today, values, identities, phones: phones.filter((one) => one.endedOn === null).length,
      lists: Object.fromEntries(Object.entries(inForce).map(([code, rows]) => [code, rows.map((row) => ({ values: row.values, file: row.file !== null }))])),
      owners: kind === 'CORPORATE' ? await ownersFacts(tx, customerId, today) : null,
      documents: documentsWanted(today, {
        kind, companyKind: (values['companyKind'] as string | null) ?? null, hasAgent: people.some((one) => one.values['office'] === 'AGENT'), rents: values['premises'] === 'RENTED' || values['premises'] === 'BOTH',
        invests: values['riskTolerance'] !== null && values['riskTolerance'] !== undefined,
      }),
    }),
    crossCheck: kind === 'PERSON' ? await crossCheck(tx, context, customerId, values) : null,
    birthday: birthdayOf(values, today),
    wallet: walletOf(customer, inForce['BANKS'] ?? []),
    may: Object.fromEntries(['customer.file-edit', 'customer.reveal'].map((action) => [action, may(action, { relation: opened.relation })])),
  }
  return ok(view)
})

async function ownersFacts(tx: Transaction, customerId: string, today: string): Promise<OwnersFacts | null> {
  const of = await ownersStanding(tx, customerId, today)
  return of ? { mustFile: of.duty === 'FILE' || of.duty === 'MAY_PROMISE', found: of.finding !== null && of.finding.method !== 'NONE' && !of.outdated, filed: of.filing !== null, differs: of.comparison.state === 'DIFFERS' && of.explanation === null } : null
}

const told = (values: Record<string, FieldValue>): FileView['groups'][number]['values'] => values as FileView['groups'][number]['values']

function rowView(fields: Parameters<typeof tell>[0], row: KeptRow, today: string): FileRow {
  const { values } = row
  const days = [
    { day: values['expiresOn'], before: Number(values['remindDays'] ?? reminder) }, { day: values['idExpiresOn'], before: reminder }, { day: values['authorityUntil'], before: reminder }, { day: values['validUntil'], before: reminder },
  ].map(({ day, before }) => dueOn(typeof day === 'string' ? day : null, before, today))
  return {
    id: row.id, edition: row.edition, values: told(tell(fields, values)), endedOn: row.endedOn, endReason: row.endReason,
    file: row.file && { name: row.file.name, kind: row.file.kind, size: row.file.size }, due: row.endedOn !== null ? null : days.includes('PAST') ? 'PAST' : days.includes('SOON') ? 'SOON' : null,
  }
}

/** A day that is the last on which something holds: past, or within so many days. */
export function dueOn(day: string | null, before: number, today: string): 'PAST' | 'SOON' | null {
  if (day === null) return null
  return day < today ? 'PAST' : day <= addDays(today, before) ? 'SOON' : null
}

/** What the identity card's number says of its holder; null: there is no such document, or it cannot be read any more. The number itself goes nowhere. */
export async function factsOfId(tx: Transaction, { services, businessDate }: Pick<Context, 'services' | 'businessDate'>, customerId: string): Promise<{ sex: 'M' | 'F'; birthDate: string } | null> {
  const document = await tx.maybe(sql<{ number_cipher: Buffer }>`SELECT number_cipher FROM identity_document WHERE customer_id = ${customerId} AND kind = 'RESIDENT_ID' LIMIT 1`)
  const number = document ? await services.keys.decrypt(tx, customerId, document.number_cipher) : null
  const verdict = number === null ? null : checkResidentId(number, businessDate)
  return verdict?.ok ? { sex: verdict.sex, birthDate: verdict.birthDate } : null
}

async function crossCheck(tx: Transaction, context: Context, customerId: string, values: Values): Promise<FileView['crossCheck']> {
  const says = await factsOfId(tx, context, customerId)
  return says && { sex: values['sex'] === says.sex, birthDate: values['birthDate'] === says.birthDate }
}

function birthdayOf(values: Values, today: string): FileView['birthday'] {
  const [birthDate, calendar] = [values['birthDate'], values['birthdayCalendar'] === 'LUNAR' ? 'LUNAR' as const : 'SOLAR' as const]
  if (typeof birthDate !== 'string' || (calendar === 'LUNAR' && (birthDate < '1900-01-31' || addMonths(birthDate, 12) < '1901'))) return null
  return { calendar, said: calendar === 'LUNAR' ? lunarText(lunarOf(birthDate)) : birthDate.slice(5), next: nextGreeting(birthDate, calendar, today) }
}

/** Our share of deposits and loans with all banks that we know of. */
function walletOf(customer: { deposit_fen: string; loan_fen: string }, rows: readonly KeptRow[]): FileView['wallet'] {
  return ([['DEPOSIT', customer.deposit_fen], ['LOAN', customer.loan_fen]] as const).map(([service, ours]) => {
    const elsewhere = rows.filter((row) => row.values['service'] === service && row.values['elsewhereFen'] !== null).reduce((sum, row) => sum + BigInt(String(row.values['elsewhereFen'])), 0n)
    const all = BigInt(ours) + elsewhere
    return { service, oursFen: ours, elsewhereFen: elsewhere.toString(), share: elsewhere === 0n || all <= 0n ? null : decimalText(exact(ours).div(exact(all)), 4) }
  })
}

