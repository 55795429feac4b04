import { gramsOf, pinyinOf } from '../foundation/values/person-name.ts'
import { amountReader, dayReader, decimalReader, fenText } from './convert.rules.ts'
import type { Profile, ProfileFile, ProfileInto, ProfileValue } from './profile.contract.ts'
import type { RejectReason } from './reject-reasons.contract.ts'
import { fieldsOf, type Field, type Thing } from './things.contract.ts'

/** What staging needs from outside: sealing and hashing of numbers, and whether an identity number is right. */
export type Secrets = {
  seal(value: string): Buffer
  hash(kind: string, value: string): Buffer
  identityIsRight(kind: string, number: string): boolean
  /** An identity, phone or account number as it is compared: half width, capital, no blanks. */
  comparable(number: string): string
  maskPhone(number: string): string
  /** The keyed hash of a person's address in one form. */
  homeHash(address: string): Buffer
}
export type Lookups = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Maps the rows of a file to rows of one thing, as text for COPY. */
export type RowMapper = {
  thing: Thing
  columns: readonly string[]
  /** The staged row without its line feed, undefined when the profile's condition leaves it out, null when it is a reject (told to onFault). */
  map(fields: readonly string[], row: number, onFault: (column: string, reason: RejectReason, value: string) => void): string | undefined | null
}

/** The text of a field, null when it is empty, undefined when it cannot be read: why stands in `fault` (no object is made for each of a million rows). */
type Read = string | null | undefined
const fault: { reason: RejectReason; column: string; value: string } = { reason: 'missing', column: '', value: '' }
function faulty(reason: RejectReason, column: string, value: string): undefined {
  fault.reason = reason
  fault.column = column
  fault.value = value
  return undefined
}
const none = '\\N'

/** Builds the mapper of one `into` of a file. Nothing is looked up by name while rows go through. */
export function rowMapper(profile: Profile, file: ProfileFile, into: ProfileInto, fileNo: number, lookups: Lookups, secrets: Secrets): RowMapper {
  const at = new Map(file.columns.map((column, place) => [column.name, place]))
  const given: Record<string, ProfileValue> = into.fields ?? Object.fromEntries(file.columns.map(({ name }) => [name, { column: name }]))
  const known = fieldsOf(into.thing)
  const condition = into.where && { place: at.get(into.where.column) ?? -1, is: into.where.is }

  const steps: { read: (fields: readonly string[]) => Read; columns: string[]; store: Store; field: Field; name: string }[] = []
  const values: Record<string, string | null> = {} // of the row in work: what later fields depend on (identity_kind, kind)
  for (const [name, from] of Object.entries(given)) {
    const field = known[name]
    if (!field) continue
    steps.push({ read: valueReader(profile, file, name, field, from, at, lookups), ...storeOf(into.thing, name, field, secrets, values), field, name })
  }
  // identity numbers are checked by their kind, names are spoken by the kind of customer: what others depend on is read first
  steps.sort((a, b) => order(a.name) - order(b.name))
  const columns = ['file_no', 'row_no', ...steps.flatMap((step) => step.columns)]
  const seen = into.distinct ? new Set<string>() : undefined

  return {
    thing: into.thing,
    columns,
    map(fields, row, onFault) {
      if (condition && fields[condition.place] !== condition.is) return undefined
      let text = ''
      for (const { read, store, field, name } of steps) {
        const value = read(fields)
        if (value === undefined) {
          onFault(fault.column, fault.reason, fault.value)
          return null
        }
        if (value === null && field.required) {
          onFault(columnOf(given[name]) ?? name, 'missing', '')
          return null
        }
        if (name === 'kind' || name === 'identity_kind') values[name] = value
        const stored = store(value)
        if (typeof stored !== 'string') {
          onFault(columnOf(given[name]) ?? name, stored.reason, value ?? '')
          return null
        }
        text += `\t${stored}`
      }
      if (seen) {
        if (seen.has(text)) return undefined
        seen.add(text)
      }
      return `${fileNo}\t${row}${text}`
    },
  }
}

const order = (name: string): number => (name === 'kind' || name === 'identity_kind' ? 0 : 1)

function columnOf(value: ProfileValue | undefined): string | undefined {
  if (!value) return undefined
  if ('column' in value) return value.column
  if ('first' in value) return columnOf(value.first[0])
  if ('text' in value) return /\{(\w+)/.exec(value.text)?.[1]
  return undefined
}

// ---------------------------------------------------------------------------------------------------------------------
// From the columns of the file to the text of a field

type Reading = Extract<ProfileValue, { column: string }> & { date?: string; century?: string; womenMonths?: number; part?: 'date' | 'sex'; impliedDecimals?: number; decimalMark?: '.' | ','; codes?: Record<string, string | null>; otherwise?: string | null; lookups?: string[]; empty?: string[] }

function valueReader(profile: Profile, file: ProfileFile, name: string, field: Field, from: ProfileValue, at: ReadonlyMap<string, number>, lookups: Lookups): (fields: readonly string[]) => Read {
  if ('value' in from) {
    const text = constantText(field, from.value)
    if (text === undefined) throw new Error(`${file.id}.${name}: ${from.value} is no ${field.kind}`)
    return () => text
  }
  if ('text' in from) return textReader(from.text, from.lookups ?? [], at, lookups)
  if ('first' in from) {
    const readers = from.first.map((part) => valueReader(profile, file, name, field, part, at, lookups))
    return (fields) => {
      for (const read of readers) {
        const found = read(fields)
        if (found !== null) return found
      }
      return null
    }
  }
  return columnReader(profile, field, from as Reading, at, lookups)
}

/** A constant of a profile stands as the product writes it: days as YYYY-MM-DD, amounts in the main unit. */
function constantText(field: Field, value: string): string | undefined {
  if (field.kind === 'day') return dayReader('YYYY-MM-DD', undefined)(value)
  if (field.kind === 'amount') return fenText(value)
  return value
}

function textReader(pattern: string, through: readonly string[], at: ReadonlyMap<string, number>, lookups: Lookups): (fields: readonly string[]) => Read {
  const maps = through.map((name) => lookups.get(name) ?? new Map<string, string>())
  const parts = pattern.split(/(\{\w+(?::\d+)?\})/).filter((part) => part !== '').map((part) => {
    const hole = /^\{(\w+)(?::(\d+))?\}$/.exec(part)
    return hole ? { column: hole[1] ?? '', place: at.get(hole[1] ?? '') ?? -1, zeros: Number(hole[2] ?? 0) } : part
  })
  return (fields) => {
    let text = ''
    for (const part of parts) {
      if (typeof part === 'string') {
        text += part
        continue
      }
      let value = fields[part.place] ?? ''
      for (const map of maps) {
        const next = map.get(value)
        if (next === undefined) return faulty('not-in-lookup', part.column, value)
        value = next
      }
      text += value.padStart(part.zeros, '0')
    }
    text = text.trim()
    return text === '' ? null : text
  }
}

function columnReader(profile: Profile, field: Field, from: Reading, at: ReadonlyMap<string, number>, lookups: Lookups): (fields: readonly string[]) => Read {
  const { column } = from
  const place = at.get(column) ?? -1
  const empty = new Set(from.empty ?? [])
  const codes = from.codes && new Map(Object.entries(from.codes))
  const maps = (from.lookups ?? []).map((name) => lookups.get(name) ?? new Map<string, string>())
  const convert = converter(profile, field, from)
  return (fields) => {
    let text = fields[place] ?? ''
    if (empty.size > 0 && empty.has(text)) return null
    text = text.trim()
    if (text === '') return null
    if (codes) {
      const code = codes.get(text)
      if (code === undefined) {
        if (from.otherwise === undefined) return faulty('unknown-code', column, text)
        return from.otherwise
      }
      return code
    }
    for (const map of maps) {
      const next = map.get(text)
      if (next === undefined) return faulty('not-in-lookup', column, text)
      text = next
    }
    if (convert) {
      const read = convert.read(text)
      return read === undefined ? faulty(convert.reason, column, text) : read
    }
    return text
  }
}

function converter(profile: Profile, field: Field, from: Reading): { read: (text: string) => string | undefined; reason: RejectReason } | undefined {
  if (field.kind === 'day' || from.part === 'sex') return { read: dayReader(from.date ?? profile.date, from.century ?? profile.century, from.womenMonths, from.part), reason: 'not-a-day' }
  if (field.kind === 'amount') return { read: amountReader(from.decimalMark ?? profile.decimalMark, from.impliedDecimals), reason: 'not-an-amount' }
  return undefined
}

// ---------------------------------------------------------------------------------------------------------------------
// From the text of a field to the staged columns

type Store = (value: string | null) => string | { reason: RejectReason }

const escaped = (text: string): string => (text.includes('\\') ? text.replaceAll('\\', '\\\\') : text)
const bytes = (value: Buffer): string => `\\\\x${value.toString('hex')}`
/** An array of texts as PostgreSQL reads it, inside COPY. */
const array = (texts: readonly string[]): string => escaped(`{${texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`)

const rate = decimalReader(8)
const share = decimalReader(2)

function storeOf(thing: Thing, name: string, field: Field, secrets: Secrets, values: Record<string, string | null>): { columns: string[]; store: Store } {
  const one = (column: string, check: (value: string) => string | { reason: RejectReason }): { columns: string[]; store: Store } => ({ columns: [column], store: (value) => (value === null ? none : check(value)) })
  const most = field.most ?? 200
  switch (field.kind) {
    case 'key':
    case 'text': {
      const allowed = field.oneOf && new Set(field.oneOf)
      return one(name, (value) => (allowed && !allowed.has(value) ? { reason: 'not-allowed-value' } : value.length > most ? { reason: 'too-long' } : escaped(value)))
    }
    case 'name':
      return nameStore(thing, name, most, values)
    case 'day':
      return one(name, (value) => value)
    case 'amount':
      return one(`${name}_fen`, (value) => (field.least === 0 && value.startsWith('-') ? { reason: 'negative' } : value))
    case 'rate':
      return one(name, (value) => rate(value) ?? { reason: 'not-a-number' })
    case 'share':
      return one(name, (value) => (share(value) === undefined ? { reason: 'not-a-number' } : value.startsWith('-') ? { reason: 'negative' } : value))
    case 'whole':
      return one(name, (value) => (/^\d{1,9}$/.test(value) ? value : { reason: 'not-a-number' }))
    case 'flag':
      return one(name, (value) => (value === '1' ? 't' : value === '0' ? 'f' : { reason: 'not-a-flag' }))
    case 'secret':
      return secretStore(name, field, most, secrets, values)
  }
}

function nameStore(thing: Thing, name: string, most: number, values: Record<string, string | null>): { columns: string[]; store: Store } {
  if (thing !== 'staff' && thing !== 'customer') return { columns: [name], store: (value) => (value === null ? none : value.length > most ? { reason: 'too-long' } : escaped(value)) }
  const withGrams = thing === 'customer'
  return {
    columns: [name, 'name_pinyin', 'name_initials', ...(withGrams ? ['grams'] : [])],
    store: (value) => {
      if (value === null) return { reason: 'missing' }
      if (value.length > most) return { reason: 'too-long' }
      const spoken = pinyinOf(value, values['kind'] === 'CORPORATE' ? 'CORPORATE' : 'PERSON')
      const shown = `${escaped(value)}\t${escaped(spoken.syllables)}\t${escaped(spoken.initials)}`
      return withGrams ? `${shown}\t${array(gramsOf(value, spoken.syllables, spoken.initials))}` : shown
    },
  }
}

function secretStore(name: string, field: Field, most: number, secrets: Secrets, values: Record<string, string | null>): { columns: string[]; store: Store } {
  if (field.keeps === 'sealed') return { columns: [`${name}_sealed`], store: (value) => (value === null ? none : value.length > most ? { reason: 'too-long' } : bytes(secrets.seal(value))) }
  if (field.keeps === 'home') {
    return { columns: [`${name}_sealed`, `${name}_hash`], store: (value) => (value === null ? `${none}\t${none}` : value.length > most ? { reason: 'too-long' } : `${bytes(secrets.seal(value))}\t${bytes(secrets.homeHash(value))}`) }
  }
  if (field.keeps === 'hash') {
    // the same partners come again and again
    const known = new Map<string, string>()
    return {
      columns: [`${name}_hash`, `${name}_tail`],
      store: (value) => {
        if (value === null) return `${none}\t${none}`
        const before = known.get(value)
        if (before !== undefined) return before
        if (value.length > most) return { reason: 'too-long' }
        const number = secrets.comparable(value)
        const stored = `${bytes(secrets.hash('ACCOUNT', number))}\t${escaped(number.slice(-4))}`
        if (known.size > 200_000) known.clear()
        known.set(value, stored)
        return stored
      },
    }
  }
  const columns = [`${name}_sealed`, `${name}_hash`, `${name}_tail`]
  const three = (kind: string, number: string): string => `${bytes(secrets.seal(number))}\t${bytes(secrets.hash(kind, number))}\t${escaped(number.slice(-4))}`
  const empty = (count: number): string => Array(count).fill(none).join('\t')
  if (name === 'identity_number') {
    return {
      columns,
      store: (value) => {
        const kind = values['identity_kind'] ?? null
        if (value === null) return kind === null ? empty(3) : { reason: 'missing' }
        const number = secrets.comparable(value)
        if (kind === null || !secrets.identityIsRight(kind, number)) return { reason: 'identity-number' }
        return number.length > most ? { reason: 'too-long' } : three(kind, number)
      },
    }
  }
  const tailKind = name === 'phone' ? 'PHONE_TAIL' : 'ACCOUNT_TAIL'
  const kind = name === 'phone' ? 'PHONE' : 'ACCOUNT'
  const more = name === 'phone' ? ['phone_masked', 'phone_tail_hash'] : [`${name}_tail_hash`]
  return {
    columns: [...columns, ...more],
    store: (value) => {
      if (value === null) return empty(columns.length + more.length)
      const number = secrets.comparable(value)
      if (number.length > most) return { reason: 'too-long' }
      const tailHash = bytes(secrets.hash(tailKind, number.slice(-4)))
      return name === 'phone' ? `${three(kind, number)}\t${escaped(secrets.maskPhone(number))}\t${tailHash}` : `${three(kind, number)}\t${tailHash}`
    },
  }
}
