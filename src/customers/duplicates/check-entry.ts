import { minutesLeft, takeHourly } from '../../foundation/access/hourly-limit.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { recordReading } from '../../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { normaliseText } from '../../foundation/values/person-name.ts'
import { checkIdentity, normaliseNumber } from '../identity-number.rules.ts'
import { checkDuplicates, type DuplicateSide } from './duplicate.contract.ts'
import { duplicateSchemeOn } from './duplicate-table.ts'
import { judge, prepare, type Subject } from './duplicate.rules.ts'
import { findCandidates, type Candidate } from './engine-find-candidates.ts'
import { organisationCodeOf } from './match-keys.ts'

export type Entry = {
  kind: Subject['kind']; name: string; identity: { kind: string; number: string } | null; phone: string | null; legalRepresentative: string | null; address: string | null
  customerId: string | null
}

/** What is typed, in the form in which it is compared: numbers as keyed hashes; a number with a fault is left out. */
export function subjectTyped(entry: Entry, { services, businessDate }: Pick<Context, 'services' | 'businessDate'>): Subject {
  const { keyring } = services.keys
  const verdict = entry.identity && checkIdentity(entry.identity.kind as 'OTHER', entry.identity.number, businessDate)
  const identity = entry.identity && verdict?.ok ? { kind: entry.identity.kind, number: verdict.number, checked: verdict.checked, sex: verdict.sex, birthDate: verdict.birthDate } : null
  const phone = entry.phone === null ? '' : normaliseNumber(entry.phone).replaceAll('-', '')
  return {
    kind: entry.kind, name: normaliseText(entry.name), formerNames: [], identities: identity ? [{ kind: identity.kind, hash: keyring.hash(identity.kind, identity.number).toString('hex'), checked: identity.checked }] : [],
    organisationCode: organisationCodeOf(identity?.kind === 'USCC' ? identity.number : null, identity?.kind === 'LEGACY_ORG_CODE' ? identity.number : null),
    phones: phone.length >= 7 ? [keyring.hash('PHONE', phone).toString('hex')] : [], legalRepresentative: entry.legalRepresentative, address: entry.address, birthDate: identity?.birthDate ?? null, sex: identity?.sex ?? null,
  }
}

export const roleOf = ({ actor }: Pick<Context, 'actor'>): 'self' | 'unit' | 'all' => (actor.breadth === 'UNIT' ? 'unit' : actor.breadth === 'ALL' ? 'all' : 'self')

/** Those of these customers whom the person sees, as the pages show them. */
export function readSides(tx: Transaction, context: Pick<Context, 'actor' | 'businessDate'>, ids: readonly string[]): Promise<DuplicateSide[]> {
  const day = context.businessDate
  return tx.asRole(roleOf(context), () => tx.all(sql<DuplicateSide>`
    SELECT c.customer_id AS "customerId", c.number, c.name, c.kind, c.status, coalesce(o.name, '') AS "outletName", s.staff_name AS "managerName" FROM customer c
    LEFT JOIN organisation_institution_facts o ON o.institution_key = c.outlet_key AND o.from_date <= ${day} AND (o.to_date IS NULL OR o.to_date > ${day})
    LEFT JOIN organisation_staff_facts s ON s.staff_key = c.main_staff_key WHERE c.customer_id = ANY(${[...ids]}::uuid[])`))
}

/** The duplicate check of the page: who it may be inside of one's scope, with the signs; outside only where. */
export const checkDuplicatesRoute = handle(checkDuplicates, async (tx, { body }, context) => {
  const { actor, businessDate: day } = context
  if (!(await takeHourly(tx, actor.staffKey, 'DUPLICATE', duplicateSchemeOn(day).checksPerHour))) return refuse('too-many', { details: { minutes: minutesLeft(new Date()) } })
  const candidates = await findCandidates(tx, subjectTyped(body, context), day, body.customerId)
  const sides = new Map((await readSides(tx, context, candidates.map(({ customerId }) => customerId))).map((side) => [side.customerId, side]))
  const inside = candidates.flatMap(({ customerId, level, signs }) => {
    const side = sides.get(customerId)
    return side && level ? [{ ...side, level, signs }] : []
  })
  const outside = outletsOf(candidates.filter(({ customerId, level }) => !sides.has(customerId) && level !== 'POSSIBLE'))
  // what was typed is not kept: only that there was a check and how much it told
  await recordReading(tx, { table: 'customer', objectId: null, customerId: null, why: 'duplicate check', about: { inside: inside.length, outside: outside.length } })
  return ok({ inside: inside.slice(0, 10), outside })
})

/** Each outlet once, at most three. */
export function outletsOf(candidates: readonly Candidate[]): { zh: string; en: string }[] {
  return [...new Map(candidates.map(({ outlet }) => [outlet.zh, outlet])).values()].slice(0, 3)
}

/**
 * What an entry is told when somebody is there already, over the whole bank; null: nobody. The refusal counts as a search by number: trying names is no way to
 * learn who is a customer.
 */
export async function refusalOfEntry(tx: Transaction, subject: Subject, context: Context, given: { seen: boolean; exclude: string | null }): Promise<Outcome<never> | null> {
  const found = (await findCandidates(tx, subject, context.businessDate, given.exclude)).filter(({ level }) => level === 'CERTAIN' || (level === 'LIKELY' && !given.seen))
  const [first] = found
  if (!first) return null
  const outlets = outletsOf(found)
  const details = { outlet: first.outlet.zh, outletEn: first.outlet.en, outlets: outlets.map(({ zh }) => zh).join('、'), outletsEn: outlets.map(({ en }) => en).join(', ') }
  return first.level === 'CERTAIN' ? refuse('duplicate-identity', { field: 'identity.number', counts: 'NUMBER', details }) : refuse('same-name', { field: 'sameNameSeen', counts: 'NUMBER', details })
}

/** How like two customers are, whoever they are: for a preview. */
export function judgeTwo(a: Subject, b: Subject, day: string): ReturnType<typeof judge> {
  return judge(prepare(a), prepare(b), duplicateSchemeOn(day))
}
