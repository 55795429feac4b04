import { addressOf, companyName, personName, type CompanyName } from './match-name.rules.ts'
import { pinyinOf } from '../../foundation/values/person-name.ts'

/** What is compared of a customer. Numbers only as keyed hashes (hex). */
export type Subject = {
  kind: 'CORPORATE' | 'PERSON'
  name: string
  formerNames: readonly string[]
  /** `checked`: a number with a computed check; two of one kind that differ are two customers. */
  identities: readonly { kind: string; hash: string; checked: boolean }[]
  /** The nine characters of the organisation code: a document of its own before 2015, inside of the credit code since. */
  organisationCode: string | null
  phones: readonly string[]
  legalRepresentative: string | null
  address: string | null
  birthDate: string | null
  sex: 'M' | 'F' | null
}

export const signs = [
  'number', 'organisation-code', 'name', 'name-written-otherwise', 'name-place-left-out', 'name-former', 'name-form-differs', 'name-sounds-alike', 'name-one-character',
  'person-name', 'person-name-written-otherwise', 'person-name-former', 'person-name-sounds-alike', 'phone', 'representative', 'address', 'birth-date',
  'number-differs', 'place-differs', 'branch-differs', 'birth-date-differs', 'sex-differs',
] as const
export type Sign = (typeof signs)[number]
export type Level = 'CERTAIN' | 'LIKELY' | 'POSSIBLE'

/** What each sign counts, and from how many points on two customers are taken for one. A dated version of `duplicate-table.ts`. */
export type DuplicateScheme = { version: string; from: string; points: Readonly<Record<Sign, number>>; certain: number; likely: number; possible: number; undoDays: number; checksPerHour: number }
export type Judged = { score: number; level: Level | null; signs: Sign[] }

/** A subject with its names taken apart once, for many comparisons. */
export type Prepared = { subject: Subject; companies: readonly CompanyName[]; persons: readonly string[]; sound: string; address: string | null; representative: string | null }

export function prepare(subject: Subject): Prepared {
  const names = [subject.name, ...subject.formerNames]
  const corporate = subject.kind === 'CORPORATE'
  const companies = corporate ? names.map(companyName) : []
  const inBrackets = companies[0]?.former.map(companyName) ?? []
  return {
    subject, companies: [...companies, ...inBrackets], persons: corporate ? [] : names.map(personName), sound: corporate ? '' : pinyinOf(personName(subject.name), 'PERSON').syllables,
    address: subject.address === null || subject.address === '' ? null : addressOf(subject.address), representative: subject.legalRepresentative === null || subject.legalRepresentative === '' ? null : personName(subject.legalRepresentative),
  }
}

/**
 * Are these two one customer? Points of all signs together, at most 100, and the level they reach. Customers of two kinds are never one.
 * A sign that speaks against counts below zero; equal numbers decide alone, and so does a checked number of one kind that differs.
 */
export function judge(a: Prepared, b: Prepared, scheme: DuplicateScheme): Judged {
  if (a.subject.kind !== b.subject.kind) return { score: 0, level: null, signs: [] }
  const found: Sign[] = []
  const numbers = compareNumbers(a.subject, b.subject)
  if (numbers !== null) found.push(numbers)
  else if (a.subject.organisationCode !== null && a.subject.organisationCode === b.subject.organisationCode) found.push('organisation-code')
  found.push(...(a.subject.kind === 'CORPORATE' ? compareCompanies(a, b) : comparePersons(a, b)))
  if (a.subject.phones.some((phone) => b.subject.phones.includes(phone))) found.push('phone')
  if (a.address !== null && a.address.length >= 6 && a.address === b.address) found.push('address')
  if (a.representative !== null && a.representative === b.representative) found.push('representative')
  // only a number makes it certain
  const most = found.includes('number') || found.includes('organisation-code') ? 100 : scheme.certain - 1
  const score = Math.max(0, Math.min(most, found.reduce((sum, sign) => sum + scheme.points[sign], 0)))
  // without a word of the name, a shared phone or address is a family or a building
  const aboutIdentity = found.some((sign) => sign === 'number' || sign === 'organisation-code' || /^(person-)?name/.test(sign))
  const level = !aboutIdentity ? null : score >= scheme.certain ? 'CERTAIN' : score >= scheme.likely ? 'LIKELY' : score >= scheme.possible ? 'POSSIBLE' : null
  return { score, level, signs: found }
}

function compareNumbers(a: Subject, b: Subject): 'number' | 'number-differs' | null {
  const same = a.identities.some((one) => b.identities.some((other) => one.kind === other.kind && one.hash === other.hash))
  if (same) return 'number'
  const differs = a.identities.some((one) => one.checked && b.identities.some((other) => other.checked && one.kind === other.kind))
  return differs ? 'number-differs' : null
}

function compareCompanies(a: Prepared, b: Prepared): Sign[] {
  const [now, other] = [a.companies[0], b.companies[0]]
  if (!now || !other) return []
  const present = compareNames(now, other)
  // a name that either bore once
  const formerly = a.companies.some((mine, place) => b.companies.some((theirs, at) => place + at > 0 && sameCore(mine, theirs) && mine.branch === theirs.branch && placesOf(mine, theirs) !== 'other' && mine.group === theirs.group))
  return formerly && !present.includes('name') && !present.includes('name-written-otherwise') && !present.includes('name-place-left-out') ? ['name-former'] : present
}

const sameCore = (a: CompanyName, b: CompanyName): boolean => a.cores.some((core) => b.cores.includes(core)) && (a.core === b.core || a.cores.includes(b.core) || b.cores.includes(a.core))

function compareNames(a: CompanyName, b: CompanyName): Sign[] {
  const against: Sign[] = a.branch === b.branch ? [] : ['branch-differs']
  const places = placesOf(a, b)
  if (places === 'other') against.push('place-differs')
  if (sameCore(a, b)) {
    if (a.group !== b.group || (a.form !== b.form && a.form !== 'UNKNOWN' && b.form !== 'UNKNOWN')) return ['name-form-differs', ...against]
    if (places === 'part') return ['name-place-left-out', ...against]
    return [a.core === b.core && a.form === b.form ? 'name' : 'name-written-otherwise', ...against]
  }
  if (a.group !== b.group) return []
  if (a.sound === b.sound && a.sound.includes(' ')) return ['name-sounds-alike', ...against]
  return oneCharacterApart(a.core, b.core) ? ['name-one-character', ...against] : []
}

/** same: equal; part: one names fewer of them; other: each names one that the other does not. */
function placesOf(a: CompanyName, b: CompanyName): 'same' | 'part' | 'other' {
  const all = (name: CompanyName): string[] => [...name.places, ...name.districts]
  // a county written without 县 or 区 stands in the other one's core
  const written = (name: CompanyName, place: string): boolean => all(name).includes(place) || name.core.startsWith(place)
  const missing = all(a).filter((place) => !written(b, place))
  const more = all(b).filter((place) => !written(a, place))
  if (missing.length === 0 && more.length === 0) return 'same'
  return missing.length > 0 && more.length > 0 ? 'other' : 'part'
}

/** One character changed, added or left out, in a core of at least four. */
function oneCharacterApart(a: string, b: string): boolean {
  const [short, long] = [...a].length <= [...b].length ? [[...a], [...b]] : [[...b], [...a]]
  if (short.length < 4 || long.length - short.length > 1) return false
  let first = 0
  while (first < short.length && short[first] === long[first]) first++
  const rest = (from: readonly string[], place: number): string => from.slice(place).join('')
  return rest(short, first + (long.length === short.length ? 1 : 0)) === rest(long, first + 1)
}

function comparePersons(a: Prepared, b: Prepared): Sign[] {
  const found: Sign[] = []
  const [now, other] = [a.persons[0] ?? '', b.persons[0] ?? '']
  if (now === other) found.push(a.subject.name === b.subject.name ? 'person-name' : 'person-name-written-otherwise')
  else if (a.persons.some((name) => b.persons.includes(name))) found.push('person-name-former')
  else if (a.sound === b.sound && a.sound.includes(' ')) found.push('person-name-sounds-alike')
  if (found.length === 0) return []
  // a person's name alone says little: the date of birth decides
  if (a.subject.birthDate !== null && b.subject.birthDate !== null) found.push(a.subject.birthDate === b.subject.birthDate ? 'birth-date' : 'birth-date-differs')
  if (a.subject.sex !== null && b.subject.sex !== null && a.subject.sex !== b.subject.sex) found.push('sex-differs')
  return found
}

/** By which texts a subject is found among a million: two customers that share none are not compared. Kept hashed. */
export function blockingKeys({ subject, companies, persons, sound, address, representative }: Prepared): string[] {
  const keys = new Set<string>()
  if (subject.organisationCode !== null) keys.add(`o:${subject.organisationCode}`)
  for (const name of companies) {
    for (const core of name.cores) keys.add(`c:${core}`)
    if (name.sound.includes(' ')) keys.add(`s:${name.sound}`)
    if (representative !== null) {
      keys.add(`r:${representative}:${name.core.slice(0, 2)}`)
      keys.add(`r:${representative}:${name.core.slice(-2)}`)
    }
  }
  if (subject.kind === 'CORPORATE' && address !== null && address.length >= 6) keys.add(`a:${address}`)
  if (subject.birthDate !== null) {
    for (const name of persons) keys.add(`b:${name}:${subject.birthDate}`)
    if (sound.includes(' ')) keys.add(`p:${sound}:${subject.birthDate}`)
  }
  return [...keys]
}
