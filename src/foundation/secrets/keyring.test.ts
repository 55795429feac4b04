import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openKeyring } from './keyring.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yq-keys-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const hash = (): string => openKeyring(folder).hash('test', 'value').toString('hex')

describe('the keys of the first start', () => {
  test('are made once and are the same ever after; nothing else is left behind', () => {
    expect(hash()).toBe(hash())
    expect(readdirSync(folder).sort()).toEqual(['index.key', 'journal-signing.pem', 'master.key'])
  })
  test('of a process that was killed while it made them are completed, those that are there stay', () => {
    const before = hash()
    rmSync(join(folder, 'journal-signing.pem'))
    writeFileSync(join(folder, 'making'), '')
    expect(hash()).toBe(before)
    expect(existsSync(join(folder, 'journal-signing.pem'))).toBe(true)
  })
  test('that another process made in the same moment stay', () => {
    const before = hash()
    for (const name of ['journal-signing.pem', 'master.key']) rmSync(join(folder, name))
    writeFileSync(join(folder, 'making'), '') // the other one has made index.key and goes on
    expect(hash()).toBe(before)
  })
  test('that were lost later are not made anew', () => {
    hash()
    rmSync(join(folder, 'master.key'))
    expect(() => openKeyring(folder)).toThrow('keys are missing')
  })
})
