import type { Values } from '../file/file-fields.contract.ts'

/** Does this need a second person? What stands and would become another value does; filling what is empty does not; saying the same again changes nothing. `undefined`: nothing was sent. */
export function needsSecondPerson(stands: string | null, sent: string | null | undefined): boolean {
  return sent !== undefined && stands !== null && sent !== stands
}

/** The legal representative as the file has him: his row as it stands (null: a new row), and the name that the company's particulars bear. */
export type Representative = { row: Values | null; named: string | null }
const isRepresentative = (values: Values): boolean => values['office'] === 'LEGAL_REPRESENTATIVE'

/**
 * May one person write this row of the company's people? Null: yes. Otherwise the field that needs a second person: another legal representative than the one that stands, one who would no longer be it, another number of
 * his document. His phone, the validity of his document and a number where none stood are filled by one.
 */
export function representativeFault({ row, named }: Representative, sent: Values): 'office' | 'personName' | 'idKind' | 'idNumber' | null {
  const after = { ...row, ...sent }
  if (row === null || !isRepresentative(row)) return isRepresentative(after) && needsSecondPerson(named, String(after['personName'])) ? 'personName' : null
  if (!isRepresentative(after)) return 'office'
  if (needsSecondPerson(String(row['personName']), sent['personName'] as string | undefined)) return 'personName'
  const hasNumber = row['idNumber'] !== null && row['idNumber'] !== undefined
  if (hasNumber && sent['idNumber'] !== undefined) return 'idNumber'
  return hasNumber && sent['idKind'] !== undefined && sent['idKind'] !== row['idKind'] ? 'idKind' : null
}
