import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../foundation/database/testing.ts'
import { allTables, type TableFacts } from '../foundation/store/catalogue.ts'
import { declaredClasses, isWork, rooms, tableRetentions } from './data-inventory-table.ts'
import { classOf, faultsOf, protectionOf } from './data-inventory.rules.ts'
import { retentions } from './retention/retention-table.ts'

let bank: TestDatabase
let tables: TableFacts[]
beforeAll(async () => {
  bank = await testDatabase()
  tables = await bank.db.asBatch(allTables)
})
afterAll(() => bank.drop())

const columns = () => tables.flatMap((table) => [...table.types].map(([name, type]) => ({ table: table.name, name, type })))
const classes = () => new Map(tables.flatMap((table) => [...table.types].map(([name, type]) => [`${table.name}.${name}`, classOf(table, { table: table.name, name, type }, declaredClasses)] as const)))

describe('the data inventory', () => {
  test('knows every table of the database: purpose, owner and retention', () => {
    expect(tables.length).toBeGreaterThan(80)
    expect([...new Set(tables.map((table) => table.owner))].filter((room) => !(room in rooms))).toEqual([])
    const codes = retentions.map((one) => one.code)
    for (const table of tables) expect([table.name, codes.includes(isWork(table.name) ? 'WORK' : (tableRetentions[table.name] ?? rooms[table.owner]?.retention ?? ''))]).toEqual([table.name, true])
    expect(Object.keys(tableRetentions).filter((name) => !tables.some((table) => table.name === name))).toEqual([])
  })
  test('what is declared by name is there, and no field is CORE', () => {
    expect(faultsOf(columns(), declaredClasses)).toEqual([])
    expect([...classes()].filter(([, dataClass]) => dataClass === 'CORE')).toEqual([])
  })
  test('nothing that sounds like a number, a place or an amount of a customer is merely general', () => {
    const owned = new Set(tables.filter((table) => table.kind === 'owned').map((table) => table.name))
    const types = new Map(columns().map((column) => [`${column.table}.${column.name}`, column.type]))
    const suspicious = [...classes()].filter(([name, dataClass]) => dataClass === 'GENERAL'
      && (/\.(.*_cipher|.*_sealed|password_hash|masked|tail|.*_masked|.*_tail)$/.test(name) || (name.endsWith('.place') && types.get(name) === 'text') || (name.endsWith('_fen') && owned.has(name.split('.')[0] ?? ''))))
    expect(suspicious.map(([name]) => name)).toEqual([])
  })
  test('secrets that can be read are encrypted: a number, a phone, a text of RESTRICTED and SECRET', () => {
    for (const [table, column] of [['identity_document', 'number_cipher'], ['phone', 'number_cipher'], ['company_person', 'id_cipher'], ['company_person', 'phone_cipher'], ['contact_person', 'phone_cipher'], ['customer_address', 'address_cipher'], ['contact_restricted', 'text_cipher'], ['secret_note', 'text_cipher'], ['account', 'number_cipher']] as const) {
      const facts = tables.find((one) => one.name === table)
      expect([table, column, facts && protectionOf(facts, { table, name: column, type: facts.types.get(column) ?? '' })]).toEqual([table, column, 'ENCRYPTED'])
    }
  })
})
