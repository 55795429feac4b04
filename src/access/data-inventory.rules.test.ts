import { describe, expect, test } from 'vitest'
import { classOf, faultsOf, protectionOf, type TableAbout } from './data-inventory.rules.ts'

const owned: TableAbout = { name: 'phone', kind: 'owned', secrecy: 'NORMAL', cipher: ['number_cipher'], hidden: [] }
const secret: TableAbout = { name: 'secret_note', kind: 'owned', secrecy: 'SECRET', cipher: ['text_cipher'], hidden: [] }
const bank: TableAbout = { name: 'credential', kind: 'bank', secrecy: 'NORMAL', cipher: [], hidden: ['password_hash'] }

describe('the one class of a field', () => {
  test.each([
    ['an encrypted number', owned, 'number_cipher', 'bytea', 'GENERAL_SENSITIVE', 'ENCRYPTED'],
    ['its keyed hash', owned, 'number_hash', 'bytea', 'GENERAL_SENSITIVE', 'HASHED'],
    ['its mask', owned, 'masked', 'text', 'GENERAL_SENSITIVE', 'MASKED'],
    ['the hash of a delivery’s content is no number', owned, 'content_hash', 'bytea', 'GENERAL', 'CLEAR'],
    ['an amount of a customer', owned, 'income_fen', 'bigint', 'GENERAL_SENSITIVE', 'CLEAR'],
    ['an amount of the bank', bank, 'limit_fen', 'bigint', 'GENERAL', 'CLEAR'],
    ['a password', bank, 'password_hash', 'text', 'GENERAL_SENSITIVE', 'HASHED'],
    ['a word of a secret table', secret, 'customer_name', 'text', 'GENERAL_SENSITIVE', 'CLEAR'],
    ['a key of a secret table', secret, 'author_key', 'integer', 'GENERAL', 'CLEAR'],
    ['anything else', owned, 'label', 'text', 'GENERAL', 'CLEAR'],
  ] as const)('%s', (_what, table, name, type, dataClass, protection) => {
    const column = { table: table.name, name, type }
    expect([classOf(table, column, {}), protectionOf(table, column)]).toEqual([dataClass, protection])
  })
  test('what is declared by name wins', () => expect(classOf(owned, { table: 'phone', name: 'label', type: 'text' }, { 'phone.label': 'GENERAL_SENSITIVE' })).toBe('GENERAL_SENSITIVE'))
})

test('a declaration is refused that marks a field CORE, a field IMPORTANT, or one that is not there', () => {
  const columns = [{ table: 'phone', name: 'label', type: 'text' }]
  expect(faultsOf(columns, { 'phone.label': 'GENERAL' })).toEqual([])
  expect(faultsOf(columns, { 'phone.label': 'CORE', 'phone.gone': 'GENERAL' })).toEqual([{ what: 'core-stored', about: 'phone.label' }, { what: 'not-there', about: 'phone.gone' }])
  expect(faultsOf(columns, { 'phone.label': 'IMPORTANT' })).toEqual([{ what: 'important-field', about: 'phone.label' }])
})
