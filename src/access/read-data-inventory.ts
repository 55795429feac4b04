import { handle } from '../foundation/http/route.ts'
import { allTables } from '../foundation/store/catalogue.ts'
import { ok } from '../foundation/values/outcome.ts'
import { readDataInventory, type InventoryTable } from './data-inventory.contract.ts'
import { declaredClasses, isWork, rooms, tableRetentions, undeclared } from './data-inventory-table.ts'
import { classOf, dataClasses, protectionOf } from './data-inventory.rules.ts'
import { fieldLabel, tableLabel } from './journal-words.ts'
import { rulesOn } from './retention/retention.rules.ts'
import { retentions } from './retention/retention-table.ts'

/** The inventory of every table as the database is now. */
export const readDataInventoryRoute = handle(readDataInventory, async (tx, _input, { language, businessDate }) => {
  const inForce = rulesOn(retentions, businessDate)
  const tables = (await allTables(tx)).map((facts): InventoryTable => {
    const room = rooms[facts.owner] ?? undeclared
    const keeps = isWork(facts.name) ? 'WORK' : (tableRetentions[facts.name] ?? room.retention)
    const retention = inForce.find((one) => one.code === keeps) ?? retentions.find((one) => one.code === keeps)
    if (!retention) throw new Error(`${facts.name} of ${facts.owner} has no retention`)
    return {
      name: facts.name, label: tableLabel(facts.name, language), room: facts.owner, kind: facts.kind, secrecy: facts.secrecy,
      purpose: room.purpose, owner: room.owner, retention: { zh: retention.zh, en: retention.en }, basis: retention.basis,
      fields: [...facts.types].map(([name, type]) => ({
        name, label: fieldLabel(facts.name, name, language), dataClass: classOf(facts, { table: facts.name, name, type }, declaredClasses), protection: protectionOf(facts, { table: facts.name, name, type }),
      })),
    }
  })
  const fields = tables.flatMap((table) => table.fields)
  return ok({
    asOf: businessDate, tables: tables.sort((a, b) => (a.room + a.name < b.room + b.name ? -1 : 1)),
    counts: Object.fromEntries(dataClasses.map((dataClass) => [dataClass, fields.filter((field) => field.dataClass === dataClass).length])) as Record<(typeof dataClasses)[number], number>,
  })
})
