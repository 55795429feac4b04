import type { Delivery } from './inspect-folder.ts'
import type { Profile } from './profile.contract.ts'
import { rejectReasons } from './reject-reasons.contract.ts'
import { mapFirstRows } from './stage-delivery.ts'
import type { Thing } from './things.contract.ts'

export type ShownRows = { file: string; thing: Thing; rows: Record<string, string>[]; faults: { row: number; column: string; zh: string; en: string }[] }

/** The first rows of each thing as the profile maps them, three of each: for whoever writes a profile. Numbers of people stay hidden; what is only for searching is left out. */
export async function showFirstRows(profile: Profile, delivery: Delivery, most = 3): Promise<ShownRows[]> {
  const nothing = Buffer.alloc(0)
  // an engineer looks at files that he has; identity numbers are not printed all the same
  const secrets = { seal: () => nothing, hash: () => nothing, homeHash: () => nothing, identityIsRight: () => true, comparable: (number: string) => number, maskPhone: (number: string) => `****${number.slice(-2)}` }
  const things = await mapFirstRows(profile, delivery, secrets, most)
  return things.map(({ file, thing, columns, rows, faults }) => ({
    file, thing,
    rows: rows.map((row) => Object.fromEntries(columns.map((column, place): [string, string] => [column, row[place] ?? '']).filter(([column, value]) => value !== '' && !/_(hash|sealed)$|^grams$|^row_no$/.test(column)))),
    faults: faults.map(({ row, column, reason }) => ({ row, column, ...rejectReasons[reason] })),
  }))
}
