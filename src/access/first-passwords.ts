import { randomInt } from 'node:crypto'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { hashPassword } from '../foundation/access/passwords.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { add } from '../foundation/store/store.ts'

export type FirstPassword = { staffNo: string; name: string; post: string; password: string; hash: string }

// no letters and digits that look alike
const alphabet = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** Random passwords of the first people of a bank, with their hashes: made before the transaction, each takes some 60 ms. */
export async function makeFirstPasswords(people: readonly { staffNo: string; name: string; post: string }[]): Promise<FirstPassword[]> {
  const made: FirstPassword[] = []
  for (let at = 0; at < people.length; at += 4) {
    made.push(...(await Promise.all(people.slice(at, at + 4).map(async (person) => {
      const password = `${Array.from({ length: 11 }, () => alphabet[randomInt(alphabet.length)]).join('')}${randomInt(2, 10)}`
      return { ...person, password, hash: await hashPassword(password) }
    }))))
  }
  return made
}

/** Gives them inside the transaction that makes the people; each must be changed at the first sign-in. */
export async function giveFirstPasswords(tx: Transaction, passwords: readonly FirstPassword[]): Promise<void> {
  const keys = new Map((await tx.all(sql<{ staff_no: string; staff_key: number }>`SELECT staff_no, staff_key FROM organisation_staff_facts WHERE staff_no = ANY(${passwords.map((one) => one.staffNo)}::text[])`))
    .map((row) => [row.staff_no, row.staff_key]))
  for (const { staffNo, hash } of passwords) {
    const staffKey = keys.get(staffNo)
    if (staffKey !== undefined) await add(tx, 'credential', { staff_key: staffKey, password_hash: hash, must_change: true }, { why: 'first password', action: 'SET_FIRST_PASSWORD' })
  }
}

/** Writes them once for whoever runs the server: mode 0600, before the transaction is committed, so that they are never lost. */
export function writeFirstPasswords(path: string, passwords: readonly FirstPassword[]): void {
  mkdirSync(dirname(path), { recursive: true })
  const lines = passwords.map(({ staffNo, password, post, name }) => `${staffNo}\t${password}\t${post}\t${name}`)
  writeFileSync(path, `# 首次登录口令，登录后必须修改；分发后请删除本文件 / first passwords, to be changed at the first sign-in; delete this file when they are handed out\n${lines.join('\n')}\n`, { mode: 0o600 })
  chmodSync(path, 0o600)
}
