import type { DuplicateScheme } from './duplicate.rules.ts'

/** What signs of a duplicate count. A new version gets a line with its first day; what was found keeps the version that found it. */
export const duplicateTable: readonly DuplicateScheme[] = [
  {
    version: '1', from: '1900-01-01',
    points: {
      // equal numbers decide alone; a checked number that differs weighs more than a name
      number: 100, 'organisation-code': 100, 'number-differs': -100,
      name: 80, 'name-written-otherwise': 75, 'name-place-left-out': 65, 'name-former': 65, 'name-form-differs': 40, 'name-sounds-alike': 40, 'name-one-character': 30, 'place-differs': -50, 'branch-differs': -100,
      // a person's name alone says nothing: it counts beside a date of birth or a phone
      'person-name': 30, 'person-name-written-otherwise': 28, 'person-name-former': 25, 'person-name-sounds-alike': 15, 'birth-date': 40, 'birth-date-differs': -60, 'sex-differs': -60,
      phone: 32, representative: 25, address: 20,
    },
    certain: 100, likely: 60, possible: 45, undoDays: 30, checksPerHour: 60,
  },
]

/** The version in force on a day. */
export function duplicateSchemeOn(day: string, table: readonly DuplicateScheme[] = duplicateTable): DuplicateScheme {
  const found = table.filter(({ from }) => from <= day).at(-1)
  if (!found) throw new Error(`no scheme for duplicates on ${day}`)
  return found
}
