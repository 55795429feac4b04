import { z } from 'zod'
import { fieldsOf, thingNames } from './things.contract.ts'

/** A mapping profile: how the files of a bank's core system become the things of the product. Written by the bank's engineer as JSON, without code (docs/feed-profiles.md). */

const name = z.string().min(1).max(100)
const bilingual = z.strictObject({ zh: name, en: name })

const csv = z.strictObject({
  kind: z.literal('csv'),
  delimiter: z.string().length(1).default(','),
  quote: z.string().length(1).default('"'),
  /** true: the first line names the columns, exactly these and in this order. */
  header: z.boolean().default(true),
})
const fixed = z.strictObject({
  kind: z.literal('fixed'),
  /** Bytes of a line without its end; every line has as many. */
  width: z.number().int().min(1).max(20_000),
})
const excel = z.strictObject({
  kind: z.literal('excel'),
  /** Name of the sheet; the first one when left out. Its first row names the columns. */
  sheet: name.optional(),
})

const column = z.union([
  name.transform((text) => ({ name: text, start: 0, length: 0 })),
  /** Of a fixed-width file: from byte `start` (the first is 1), `length` bytes. Blanks at both ends are cut off. */
  z.strictObject({ name, start: z.number().int().min(1), length: z.number().int().min(1) }),
])

/** From a column's text to another value, one after the other. */
const reading = {
  /** A day: YYYYMMDD, YYYY-MM-DD, YYMMDD with `century`, `YYMMDD hh:mm:ss`; the letters stand for digits, the rest stands as it is. */
  date: z.string().min(6).max(30).optional(),
  century: z.string().regex(/^\d{2}$/).optional(),
  /** Months of women are counted so many higher (Czech birth numbers: 50). With `part`: "date" or "sex" of it. */
  womenMonths: z.number().int().min(1).max(87).optional(),
  part: z.enum(['date', 'sex']).optional(),
  /** The amount has no decimal mark: so many last digits are decimals. */
  impliedDecimals: z.number().int().min(0).max(4).optional(),
  decimalMark: z.enum(['.', ',']).optional(),
  /** Codes of the bank to codes of the product; a code that is not listed is a reject, unless `otherwise` says what it becomes (null: nothing). */
  codes: z.record(z.string(), z.string().nullable()).optional(),
  otherwise: z.string().nullable().optional(),
  /** Through these look-ups, one after the other. */
  lookups: z.array(name).min(1).max(4).optional(),
  /** Becomes nothing when it is one of these texts. */
  empty: z.array(z.string()).optional(),
}

const value = z.union([
  /** The column of that name, as it is. */
  name.transform((text) => ({ column: text })),
  z.strictObject({ column: name, ...reading }),
  /** The same value for every row. */
  z.strictObject({ value: z.string() }),
  /** Text with columns in braces: 客户 {client_id:6}; `:6` fills with zeros on the left. `lookups` apply to the columns first. */
  z.strictObject({ text: z.string().min(1).max(200), lookups: z.array(name).min(1).max(4).optional() }),
  /** The first of these that is not empty. */
  z.strictObject({ first: z.array(z.union([z.strictObject({ column: name, ...reading }), z.strictObject({ value: z.string() })])).min(2).max(5) }),
])

const into = z.strictObject({
  thing: z.enum(thingNames),
  /** Only rows whose column has this text. */
  where: z.strictObject({ column: name, is: z.string() }).optional(),
  /** Rows that give the same thing again are one (branches named in the rows of outlets). */
  distinct: z.boolean().default(false),
  /** Field of the thing: where it comes from. Left out: every column has the name of its field. */
  fields: z.record(name, value).optional(),
})

const measure = z.strictObject({
  /** What the control total is called: amount, amount:IN. */
  name,
  column: name,
  where: z.array(z.strictObject({ column: name, isOneOf: z.array(z.string()).min(1).optional(), startsWith: z.string().optional() })).max(5).default([]),
})

const file = z.strictObject({
  id: name.regex(/^[a-z0-9_]+$/),
  /** Name in the delivery's folder; packed with gzip it ends in .gz as well. */
  name: name.regex(/^[^/\\]+$/),
  format: z.discriminatedUnion('kind', [csv, fixed, excel]),
  encoding: z.enum(['utf-8', 'gb18030']).optional(),
  optional: z.boolean().default(false),
  columns: z.array(column).min(1).max(200),
  into: z.array(into).max(10).default([]),
  /** Sums that are compared with the control totals; `rows` is always counted. */
  sums: z.array(measure).max(20).default([]),
})

const lookup = z.strictObject({
  name,
  file: name,
  key: name,
  value: name,
  where: z.strictObject({ column: name, is: z.string() }).optional(),
})

export const profileShape = z.strictObject({
  layout: z.literal('yinqiao-profile-1'),
  code: name.regex(/^[a-z0-9-]+$/),
  name: bilingual,
  /** Whose files these are. Left out: the control file says it. */
  bank: z.strictObject({
    code: name.regex(/^[a-z0-9-]+$/), name: bilingual, currency: z.string().regex(/^[A-Z]{3}$/), calendar: z.enum(['china', 'weekdays']), settings: z.record(z.string(), z.unknown()).default({}),
  }).optional(),
  /** Business date of the delivery when it has no control file. */
  businessDate: z.string().regex(/^\d{4}-\d{2}-\d{2}$/).optional(),
  /** full: the files hold everything; delta: what changed since the last delivery; correction: mends old days. A control file says it itself. */
  kind: z.enum(['FULL', 'DELTA', 'CORRECTION']).default('FULL'),
  encoding: z.enum(['utf-8', 'gb18030']),
  date: z.string().min(6).max(30).default('YYYYMMDD'),
  century: z.string().regex(/^\d{2}$/).optional(),
  decimalMark: z.enum(['.', ',']).default('.'),
  /** Rows dated after the business date: refused, or taken and in force only from their day on. */
  laterRows: z.enum(['refuse', 'not-yet-in-force']).default('refuse'),
  /** How many rejected rows a delivery may have and still be loaded without them. */
  mostRejects: z.number().int().min(0).max(1_000_000).default(0),
  /** No file of balances: each day's closing balance is worked out from the transactions; a delivered balance within so many fen is taken for it. */
  balancesFromTransactions: z.strictObject({ withinFen: z.number().int().min(0).max(10_000) }).optional(),
  /** No overdue days are delivered: worked out from the transactions of this kind (domain specification 2.14). */
  overdueFromTransactions: z.strictObject({ kind: name }).optional(),
  /** File with what the sender tells: file,item,value. */
  control: z.strictObject({ name, encoding: z.enum(['utf-8', 'gb18030']).optional() }).optional(),
  /** Control totals known beforehand: file, measure (rows or a sum's name), value. */
  totals: z.array(z.strictObject({ file: name, measure: name, value: z.string().regex(/^-?\d+(\.\d+)?$/) })).default([]),
  /** Things that no file brings. */
  constants: z.array(z.strictObject({ thing: z.enum(thingNames), rows: z.array(z.record(z.string(), z.string())).min(1).max(500) })).default([]),
  lookups: z.array(lookup).max(20).default([]),
  files: z.array(file).min(1).max(60),
}).superRefine((profile, context) => {
  const fault = (message: string, path: (string | number)[]): void => context.addIssue({ code: 'custom', message, path })
  const ids = new Map(profile.files.map((one) => [one.id, one]))
  const lookups = new Set(profile.lookups.map((one) => one.name))
  if (!profile.bank && !profile.control) fault('say whose files these are (bank), or name the control file that does', ['bank'])
  for (const [at, one] of profile.lookups.entries()) {
    const columns = ids.get(one.file)?.columns.map((c) => c.name)
    if (!columns) fault(`no file ${one.file}`, ['lookups', at, 'file'])
    for (const wanted of [one.key, one.value, one.where?.column]) if (wanted !== undefined && columns && !columns.includes(wanted)) fault(`file ${one.file} has no column ${wanted}`, ['lookups', at])
  }
  for (const [at, one] of profile.constants.entries()) {
    for (const field of one.rows.flatMap((row) => Object.keys(row))) if (!(field in fieldsOf(one.thing))) fault(`${one.thing} has no field ${field}`, ['constants', at])
  }
  for (const [at, one] of profile.files.entries()) {
    const columns = new Set(one.columns.map((c) => c.name))
    const needs = (column: string | undefined, path: (string | number)[]): void => {
      if (column !== undefined && !columns.has(column)) fault(`file ${one.id} has no column ${column}`, path)
    }
    if (columns.size !== one.columns.length) fault('two columns have one name', ['files', at, 'columns'])
    if (one.format.kind === 'fixed') {
      for (const [place, c] of one.columns.entries()) if (c.length === 0 || c.start + c.length - 1 > one.format.width) fault('start and length must lie within the width', ['files', at, 'columns', place])
    }
    for (const [place, sum] of one.sums.entries()) {
      needs(sum.column, ['files', at, 'sums', place])
      for (const condition of sum.where) needs(condition.column, ['files', at, 'sums', place])
    }
    for (const [place, target] of one.into.entries()) {
      const path = ['files', at, 'into', place]
      needs(target.where?.column, path)
      const known = fieldsOf(target.thing)
      const given = target.fields ?? Object.fromEntries([...columns].map((column) => [column, { column }]))
      for (const [field, from] of Object.entries(given)) {
        if (!(field in known)) fault(`${target.thing} has no field ${field}`, [...path, field])
        for (const part of 'first' in from ? from.first : [from]) {
          if ('column' in part) needs(part.column, [...path, field])
          if ('text' in part) for (const [, column] of part.text.matchAll(/\{(\w+)(?::\d+)?\}/g)) needs(column, [...path, field])
          if ('lookups' in part) for (const wanted of part.lookups ?? []) if (!lookups.has(wanted)) fault(`no look-up ${wanted}`, [...path, field])
        }
      }
      for (const [field, { required }] of Object.entries(known)) if (required && !(field in given)) fault(`${target.thing} needs ${field}`, path)
    }
  }
})

export type Profile = z.output<typeof profileShape>
export type ProfileFile = Profile['files'][number]
export type ProfileInto = ProfileFile['into'][number]
export type ProfileValue = NonNullable<ProfileInto['fields']>[string]
