import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handleUpload, type Context } from '../../foundation/http/route.ts'
import { readWorkbook } from '../../foundation/spreadsheets/read-workbook.ts'
import { add, quiet } from '../../foundation/store/store.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { gramsOf, pinyinOf } from '../../foundation/values/person-name.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { identityChanges, matchRows, rejectOfMatch, snake, type AskedRow, type Match } from './engine-match-import.ts'
import { allImportColumns } from './list-import-columns.ts'
import { judgeRow, type GivenCell, type Reject } from './import-row.rules.ts'
import { checkImport } from './import.contract.ts'
import { judgeLines, keepLines, readSheets } from './check-import-lines.ts'
import { importPurpose, tableOf, type TableRow, type Verdict } from './find-import-rows.ts'
import { readListPolicy } from './read-list-policy.ts'

/** Columns whose values are shown nowhere: numbers of identity and phone. */
export const hiddenColumns: readonly string[] = ['identityNumber', 'phone']

/** A workbook is read and judged row by row: by its form, then in one question to the bank. The verdicts are kept until it is run or its days are over; of a rejected row no number is. */
export const checkImportRoute = handleUpload(checkImport, async (tx, { body, file }, context) => {
  const { actor, businessDate: day, services } = context
  if (!(await looksAfterCustomers(tx, actor.staffKey, day))) return refuse('not-a-manager')
  const policy = await readListPolicy(tx, day)
  // a few rows above the table and an empty one at its end are no rows of customers
  const read = await readWorkbook(file.bytes, { sheet: '客户', mostRows: policy.importMostRows + 20 })
  if (!read.ok) return read.refusal.name === 'workbook-rows' ? refuse('workbook-rows', { details: { most: String(policy.importMostRows) } }) : read
  const table = tableOf(read.value, allImportColumns, '客户名称')
  const sheets = await readSheets(file.bytes, policy.importMostRows)
  if (!sheets.ok) return sheets.refusal.name === 'workbook-rows' ? refuse('workbook-rows', { details: { most: String(policy.importMostRows) } }) : sheets
  // a workbook may bring nothing but lines of known customers
  if (!table.ok && (table.refusal.name !== 'no-rows' || sheets.value.length === 0)) return table
  const given = table.ok ? table.value : []
  if (given.length > policy.importMostRows) return refuse('workbook-rows', { details: { most: String(policy.importMostRows) } })
  const verdicts = given.length === 0 ? [] : await judgeAll(tx, context, given)
  const lines = await judgeLines(tx, context, sheets.value, verdicts)

  const count = (verdict: Verdict['verdict']): number => verdicts.filter((one) => one.verdict === verdict).length
  const counts = { rowsNew: count('NEW'), rowsUpdate: count('UPDATE'), rowsSame: count('SAME'), rowsRejected: count('REJECT') }
  const counted = (verdict: 'NEW' | 'SAME' | 'REJECT'): number => lines.filter((one) => one.verdict === verdict).length
  const lineCounts = { linesNew: counted('NEW'), linesSame: counted('SAME'), linesRejected: counted('REJECT') }
  if (await tx.maybe(sql`SELECT 1 FROM customer_import WHERE id = ${body.id}`)) return refuse('key-reused')
  await add(tx, 'customer_import', {
    id: body.id, made_by: actor.staffKey, made_on: day, file_name: file.name, content_hash: Buffer.from(file.hash, 'hex'), rows_new: counts.rowsNew, rows_update: counts.rowsUpdate, rows_same: counts.rowsSame, rows_rejected: counts.rowsRejected,
    lines_new: lineCounts.linesNew, lines_same: lineCounts.linesSame, lines_rejected: lineCounts.linesRejected,
    policy_version: policy.version,
  }, { why: null })
  const { keyring } = services.keys
  const rows = verdicts.map(({ row, verdict, customerId, rejects, judged, name, changes, asks }) => {
    const kept = verdict === 'NEW' || verdict === 'UPDATE' ? judged : null
    const numbered = verdict === 'NEW' || asks.includes('IDENTITY') ? kept?.identity ?? null : null
    const { legalRepresentative, ...corporate } = kept?.corporate ?? {}
    const rest = legalRepresentative === undefined || asks.includes('LEGAL_REPRESENTATIVE') ? corporate : { legalRepresentative, ...corporate }
    return {
      row_no: row, verdict, customer_id: customerId, reasons: rejects, name,
      given: kept ? { kind: kept.kind, source: kept.source, 
        corporate: { ...snake(rest), ...kept.tables['corporate'] }, person: { ...snake(kept.person), ...kept.tables['person'] }, customer: kept.tables['customer'] ?? {}, corporate_file: kept.tables['corporate_file'] ?? {},
        person_file: kept.tables['person_file'] ?? {}, customer_file: kept.tables['customer_file'] ?? {}, sex: kept.identity?.sex ?? null, birth_date: kept.identity?.birthDate ?? null, changes, asks, proof: kept.proof, named: kept.name,
        representative: legalRepresentative ?? null,
      } : {},
      identity_kind: numbered?.kind ?? null, identity_checked: numbered?.checked ?? null, identity_expires_on: numbered?.expiresOn ?? null,
      identity_hash: numbered && keyring.hash(numbered.kind, numbered.number).toString('hex'),
      identity_sealed: numbered && keyring.sealTransient(numbered.number, importPurpose).toString('hex'),
      phone_hash: kept?.phone ? keyring.hash('PHONE', kept.phone).toString('hex') : null, phone_tail_hash: kept?.phone ? keyring.hash('PHONE_TAIL', kept.phone.slice(-4)).toString('hex') : null, phone_sealed: kept?.phone ? keyring.sealTransient(kept.phone, importPurpose).toString('hex') : null,
    }
  })
  await tx.asRole('batch', async () => {
    await forgetOldRows(tx, day)
    await quiet(tx, 'customer_import_row', 'add', sql`
      INSERT INTO customer_import_row (import_id, row_no, verdict, customer_id, reasons, name, given, identity_kind, identity_checked, identity_expires_on, identity_hash, identity_sealed, phone_hash, phone_tail_hash, phone_sealed)
      SELECT ${body.id}::uuid, r.row_no, r.verdict, r.customer_id, r.reasons, r.name, r.given, r.identity_kind, r.identity_checked, r.identity_expires_on, decode(r.identity_hash, 'hex'), decode(r.identity_sealed, 'hex'),
        decode(r.phone_hash, 'hex'), decode(r.phone_tail_hash, 'hex'), decode(r.phone_sealed, 'hex')
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r (row_no int, verdict text, customer_id uuid, reasons jsonb, name text, given jsonb, identity_kind text, identity_checked boolean, identity_expires_on date,
        identity_hash text, identity_sealed text, phone_hash text, phone_tail_hash text, phone_sealed text)`)
    await keepLines(tx, keyring, body.id, lines)
  })
  return ok({ id: body.id, ...counts, ...lineCounts })
})

/** Rows of imports that can be neither run nor undone any more. */
async function forgetOldRows(tx: Transaction, day: string): Promise<void> {
  await quiet(tx, 'customer_import_row', 'remove', sql`
    DELETE FROM customer_import_row r USING customer_import i WHERE i.id = r.import_id AND (i.undo_until < ${day} OR (i.ran_on IS NULL AND i.made_on < ${day}::date - 7))`)
  await quiet(tx, 'customer_import_line', 'remove', sql`
    DELETE FROM customer_import_line r USING customer_import i WHERE i.id = r.import_id AND (i.undo_until < ${day} OR (i.ran_on IS NULL AND i.made_on < ${day}::date - 7))`)
}

/** May look after customers today: a post in front of customers that sees some. */
export async function looksAfterCustomers(tx: Transaction, staffKey: number, day: string): Promise<boolean> {
  return (await tx.maybe(sql`SELECT 1 FROM organisation_post_facts WHERE staff_key = ${staffKey} AND breadth <> 'NONE' AND sequence = 'FRONT' AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})`)) !== undefined
}

async function judgeAll(tx: Transaction, { actor, businessDate, services }: Context, table: readonly TableRow[]): Promise<Verdict[]> {
  const { keyring } = services.keys
  const seen = new Map<string, number>()
  const verdicts: Verdict[] = []
  const asked: AskedRow[] = []
  const valueOf = (cells: Record<string, GivenCell>, column: string): string | null => (hiddenColumns.includes(column) ? null : [...(cells[column]?.text ?? '')].slice(0, 60).join('') || null)
  const reject = ({ row, cells }: TableRow, rejects: Reject[]): Verdict =>
    ({ row, name: cells['name']?.text.slice(0, 120) ?? null, verdict: 'REJECT', customerId: null, judged: null, changes: [], asks: [], rejects: rejects.map((one) => ({ ...one, value: valueOf(cells, one.column) })) })
  const byRow = new Map(table.map((one) => [one.row, one]))
  for (const one of table) {
    const judged = judgeRow(allImportColumns, one.cells, businessDate)
    if (!judged.ok) {
      verdicts.push(reject(one, judged.rejects))
      continue
    }
    const { row: told } = judged
    const keys = [...(told.number === null ? [] : [`n ${told.number}`]), ...(told.identity ? [`i ${told.identity.kind} ${told.identity.number}`] : [])]
    const first = keys.map((key) => seen.get(key)).find((row) => row !== undefined)
    if (first !== undefined) {
      verdicts.push(reject(one, [{ column: told.number === null ? 'identityNumber' : 'number', reason: 'twice-in-file', details: { row: String(first) } }]))
      continue
    }
    for (const key of keys) seen.set(key, one.row)
    const spoken = told.name === null || told.kind === null ? null : pinyinOf(told.name, told.kind)
    const grams = spoken && told.name !== null ? gramsOf(told.name, spoken.syllables, spoken.initials).filter((gram) => ([...(told.name ?? '')].length > 1 ? [...gram].length === 2 && !/^[=#]/.test(gram) : true)) : []
    asked.push({ row: one.row, judged: told, identityHash: told.identity ? keyring.hash(told.identity.kind, told.identity.number) : null, phoneHash: told.phone === null ? null : keyring.hash('PHONE', told.phone), grams })
  }
  const matches = new Map((await matchRows(tx, asked, actor.staffKey, businessDate)).map((match) => [match.row, match]))
  // two rows about one of the asker's customers, by its number and by its document
  const owners = new Map<string, number>()
  for (const row of asked) {
    const match = matches.get(row.row)
    const table = byRow.get(row.row)
    if (!match || !table) throw new Error('a row was not answered')
    const other = match.customer_id === null ? undefined : owners.get(match.customer_id)
    const why = other === undefined ? rejectOfMatch(row, match) : { column: 'number', reason: 'twice-in-file' as const, details: { row: String(other) } }
    if (match.customer_id !== null && other === undefined) owners.set(match.customer_id, row.row)
    verdicts.push(why ? reject(table, [why]) : verdictOf(row, match))
  }
  return verdicts.sort((a, b) => a.row - b.row)
}

function verdictOf({ row, judged }: AskedRow, match: Match): Verdict {
  if (match.customer_id === null) return { row, name: judged.name, verdict: 'NEW', customerId: newId(), rejects: [], judged, changes: [], asks: [] }
  const asks = identityChanges(judged, match)
  const changes = [...match.changes.filter((one) => one !== 'legal_representative' || !asks.includes('LEGAL_REPRESENTATIVE')), ...(match.phone_known === false ? ['phone'] : [])]
  const phone = match.phone_known === false ? judged.phone : null
  return { row, name: match.mine_name, verdict: changes.length + asks.length === 0 ? 'SAME' : 'UPDATE', customerId: match.customer_id, rejects: [], judged: { ...judged, phone }, changes, asks }
}
