import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { exact, Exact } from '../../foundation/values/decimal.ts'
import { checkIdentity, faultDetails, type IdentityKind } from '../identity-number.rules.ts'
import type { FileField, FieldValue, Values } from './file-fields.contract.ts'

/** What is known when a group is judged: today, and what the identity card says of the person. */
export type GroupContext = { today: string; fromId: { sex: 'M' | 'F'; birthDate: string } | null }

const pairs: Readonly<Record<string, readonly (readonly [field: string, needs: string, zh: string, en: string])[]>> = {
  REGISTRATION: [['abnormalReason', 'abnormalOn', '列入日期', 'the day'], ['abnormalOn', 'abnormalReason', '列入原因', 'the reason'], ['violationReason', 'violationOn', '列入日期', 'the day'], ['violationOn', 'violationReason', '列入原因', 'the reason']],
  FINANCES: [['incomeFen', 'financesOn', '了解日期', 'the day'], ['assetsFen', 'financesOn', '了解日期', 'the day'], ['debtsFen', 'financesOn', '了解日期', 'the day']],
  RISK: [['creditRating', 'creditRatingOn', '评级日期', 'the day'], ['creditRatingOn', 'creditRating', '评级', 'the rating'], ['riskTolerance', 'riskToleranceOn', '测评日期', 'the day'], ['riskToleranceOn', 'riskTolerance', '测评结果', 'the result'], ['taxClass', 'taxClassYear', '评价年度', 'the year'], ['taxClassYear', 'taxClass', '等级', 'the class']],
  SCREENING: [['amlLevel', 'amlLevelOn', '评定日期', 'the day'], ['amlLevelOn', 'amlLevel', '等级', 'the level'], ['watchList', 'watchListOn', '筛查日期', 'the day'], ['watchListOn', 'watchList', '筛查结果', 'the result']],
}
/** Days that tell what has happened: none lies in the future. */
const past = new Set(['establishedOn', 'abnormalOn', 'violationOn', 'birthDate', 'taxDeclaredOn', 'financesOn', 'creditRatingOn', 'riskToleranceOn', 'amlLevelOn', 'watchListOn', 'knownOn', 'publishedOn', 'filedOn', 'issuedOn', 'originalSeenOn', 'givenOn'])

const given = (values: Values, name: string): boolean => values[name] !== null && values[name] !== undefined && values[name] !== ''
const text = (values: Values, name: string): string | null => (typeof values[name] === 'string' && values[name] !== '' ? values[name] : null)
const at = (name: string): { field: string } => ({ field: `values.${name}` })

function inOrder(values: Values, from: string, until: string): Outcome<null> {
  const [first, last] = [text(values, from), text(values, until)]
  return first !== null && last !== null && last < first ? refuse('before-start', at(until)) : ok(null)
}

function inPast(values: Values, today: string): Outcome<null> {
  const wrong = Object.keys(values).find((name) => past.has(name) && (text(values, name) ?? '') > today)
  return wrong === undefined ? ok(null) : refuse('in-future', at(wrong))
}

/** Whatever is obligatory is there. */
export function hasAll(fields: readonly FileField[], values: Values): Outcome<null> {
  const missing = fields.find((field) => field.required && !given(values, field.name))
  return missing ? refuse('value-needed', at(missing.name)) : ok(null)
}

/** May a group look like this? `values`: all of the group as they would be. Most fundamental first: a day in the future, an end before its beginning, what goes together, what the identity card says. */
export function judgeGroup(code: string, values: Values, { today, fromId }: GroupContext): Outcome<null> {
  const days = inPast(values, today)
  if (!days.ok) return days
  const term = inOrder(values, 'termFrom', 'termUntil')
  if (!term.ok) return term
  const alone = (pairs[code] ?? []).find(([field, needs]) => given(values, field) && !given(values, needs))
  if (alone) return refuse('goes-together', { ...at(alone[1]), details: { what: alone[2], whatEn: alone[3] } })
  const industry = code === 'PROFILE' ? text(values, 'industryCode') : null
  if (industry !== null && !/^[A-T]\d{2,4}$/.test(industry)) return refuse('industry-code', at('industryCode'))
  if (code === 'CONFIDENTIALITY' && values['confidentiality'] !== 'NORMAL' && !given(values, 'confidentialityReason')) return refuse('goes-together', { ...at('confidentialityReason'), details: { what: '定级原因', whatEn: 'the reason' } })
  if (code === 'SCREENING' && values['watchList'] === 'HIT' && !given(values, 'watchListNote')) return refuse('goes-together', { ...at('watchListNote'), details: { what: '筛查说明', whatEn: 'what was found' } })
  if (code === 'PERSONAL') {
    if (['BOTH', 'FOREIGN_ONLY'].includes(text(values, 'taxResidence') ?? '') && !given(values, 'taxCountries')) return refuse('goes-together', { ...at('taxCountries'), details: { what: '其他税收居民国（地区）', whatEn: 'the other countries' } })
    for (const name of ['sex', 'birthDate'] as const) if (fromId && given(values, name) && values[name] !== fromId[name]) return refuse('differs-from-id', at(name))
  }
  return ok(null)
}

/** Another row of the same list that holds. */
export type OtherRow = { id: string; values: Values; endedOn: string | null }
export type RowContext = {
  today: string
  /** The row's own id. */
  id: string
  others: readonly OtherRow[]
  /** The identity number as it was typed now; undefined: it stays as it is. */
  idNumber: FieldValue | undefined
}

const single = ['LEGAL_REPRESENTATIVE', 'PERSON_IN_CHARGE', 'FINANCE_HEAD']

/** May a row look like this? Most fundamental first: a day in the future, an end before its beginning, what goes together, the number's check, what the other rows leave room for. */
export function judgeRow(list: string, values: Values, context: RowContext): Outcome<null> {
  const days = inPast(values, context.today)
  if (!days.ok) return days
  for (const [from, until] of [['authorityFrom', 'authorityUntil'], ['issuedOn', 'expiresOn'], ['givenOn', 'validUntil'], ['knownOn', 'elsewhereMaturesOn']] as const) {
    const order = inOrder(values, from, until)
    if (!order.ok) return order
  }
  const others = context.others.filter((other) => other.id !== context.id)
  const same = (name: string): readonly OtherRow[] => others.filter((other) => other.values[name] === values[name])
  switch (list) {
    case 'PEOPLE': return judgePerson(values, context, same('office').length)
    case 'CONSENTS': {
      const [from, until] = [text(values, 'givenOn') ?? '', text(values, 'validUntil') ?? '9999-12-31']
      const overlaps = same('consentFor').some((other) => (text(other.values, 'givenOn') ?? '') <= until && (text(other.values, 'validUntil') ?? '9999-12-31') >= from)
      return overlaps ? refuse('consent-holds', at('consentFor')) : ok(null)
    }
    case 'REPORTS':
      if (Number(values['reportYear']) >= Number(context.today.slice(0, 4))) return refuse('in-future', at('reportYear'))
      return same('reportYear').length > 0 ? refuse('report-exists', at('reportYear')) : ok(null)
    case 'PARTNERS': {
      const sum = [values, ...same('side').map((other) => other.values)].reduce((total, one) => total.plus(exact(text(one, 'tradeShare') ?? '0')), new Exact(0))
      return sum.gt(100) ? refuse('shares-over-100', { ...at('tradeShare'), details: { sum: sum.toFixed(2) } }) : ok(null)
    }
    default: return ok(null)
  }
}

function judgePerson(values: Values, { today, idNumber }: RowContext, sameOffice: number): Outcome<null> {
  const office = text(values, 'office') ?? ''
  if (office === 'AGENT') for (const [name, zh, en] of [['authority', '授权事项', 'the authority'], ['authorityUntil', '授权到期日', 'the end of the authority']] as const) if (!given(values, name)) return refuse('goes-together', { ...at(name), details: { what: zh, whatEn: en } })
  if (given(values, 'idNumber') && !given(values, 'idKind')) return refuse('goes-together', { ...at('idKind'), details: { what: '证件种类', whatEn: 'the kind of document' } })
  if (typeof idNumber === 'string') {
    const verdict = checkIdentity(text(values, 'idKind') as IdentityKind, idNumber, today)
    if (!verdict.ok) return refuse('identity-number', { ...at('idNumber'), details: faultDetails(verdict.faults) })
  }
  if (office === 'ACCOUNT_CONTACT' && sameOffice >= 3) return refuse('too-many-contacts', at('office'))
  return single.includes(office) && sameOffice > 0 ? refuse('office-taken', at('office')) : ok(null)
}

/** May this row end on this day? A consent is not withdrawn before it was given. */
export function judgeEnd(list: string, on: string, today: string, values: Values): Outcome<null> {
  if (on > today) return refuse('in-future', { field: 'on' })
  const givenOn = text(values, 'givenOn')
  return list === 'CONSENTS' && givenOn !== null && on < givenOn ? refuse('withdrawn-before-given', { field: 'on', details: { day: givenOn } }) : ok(null)
}
