/**
 * What a delivery may bring: the things of the bank and their fields. A mapping profile fills these fields from the columns of the bank's files;
 * the product checks and stores them (docs/feed-profiles.md, docs/feed-layout.md).
 */

/**
 * key: a number or code of the core system; text; name: a text that is searched; day; amount: of the currency's main unit with at most two decimals, stored as
 * fen; rate: yearly fraction, up to 8 decimals; share: percent, 2 decimals; whole: a whole number; flag: yes or no; secret: identity, phone, account
 * or address, encrypted on the way and found by keyed hash.
 */
export type FieldKind = 'key' | 'text' | 'name' | 'day' | 'amount' | 'rate' | 'share' | 'whole' | 'flag' | 'secret'
/** `keeps` of a secret: its sealed value, its keyed hash and last four characters, or both (when left out); of a home its sealed value and the keyed hash of its one form. */
export type Field = { kind: FieldKind; required?: true; most?: number; oneOf?: readonly string[]; least?: 0; keeps?: 'sealed' | 'hash' | 'home' }

const key = { kind: 'key', required: true, most: 40 } as const satisfies Field
const maybeKey = { kind: 'key', most: 40 } as const satisfies Field
const text = (most: number) => ({ kind: 'text', most }) as const satisfies Field
const oneOf = <const T extends readonly string[]>(...values: T) => ({ kind: 'text', most: 40, required: true, oneOf: values }) as const satisfies Field
const maybeOneOf = <const T extends readonly string[]>(...values: T) => ({ kind: 'text', most: 40, oneOf: values }) as const satisfies Field
const day = { kind: 'day', required: true } as const satisfies Field
const maybeDay = { kind: 'day' } as const satisfies Field

export const things = {
  institution: {
    code: key, kind: oneOf('HEAD_OFFICE', 'BRANCH', 'SUB_BRANCH', 'OUTLET', 'RM_DEPARTMENT', 'DEPARTMENT', 'TEAM'), name: { kind: 'name', required: true, most: 100 }, name_en: text(100),
    parent_code: maybeKey, region: text(40), managers_in: maybeOneOf('OUTLET', 'RM_DEPARTMENT'), from_date: day,
  },
  staff: { staff_no: key, name: { kind: 'name', required: true, most: 60 }, from_date: day, to_date: maybeDay },
  post: { staff_no: key, post_code: key, line_code: key, place_code: key, from_date: day, to_date: maybeDay, main: { kind: 'flag' } },
  grade: { staff_no: key, grade: oneOf('A', 'B', 'C'), from_date: day },
  product: { code: key, name: { kind: 'text', required: true, most: 100 }, name_en: text(100), line: oneOf('DEPOSIT', 'LOAN', 'WEALTH', 'CARD', 'SETTLEMENT', 'E_BANKING', 'OTHER') },
  customer: {
    number: key, kind: oneOf('CORPORATE', 'PERSON'), name: { kind: 'name', required: true, most: 200 }, name_is_made: { kind: 'flag' }, outlet_code: key, opened_on: maybeDay,
    status: maybeOneOf('PROSPECT', 'ACTIVE', 'CLOSED'), source: text(40),
    identity_kind: maybeOneOf('RESIDENT_ID', 'HK_MACAO_PERMIT', 'TAIWAN_PERMIT', 'FOREIGN_PERMANENT', 'PASSPORT', 'MILITARY', 'USCC', 'LEGACY_ORG_CODE', 'OTHER'),
    identity_number: { kind: 'secret', most: 40 }, identity_expires_on: maybeDay, phone: { kind: 'secret', most: 30 },
    company_type: text(40), established_on: maybeDay, registered_address: text(200), operating_address: text(200),
    registration_status: maybeOneOf('存续', '歇业', '吊销', '注销', '撤销', '迁出'), business_scope: text(2000), industry_code: text(10), size_class: maybeOneOf('大', '中', '小', '微'),
    registered_capital: { kind: 'amount', least: 0 }, legal_representative: text(60), staff_count: { kind: 'whole', least: 0 },
    sex: maybeOneOf('M', 'F'), birth_date: maybeDay, nationality: text(40), occupation: text(60), employer: text(100), address: { kind: 'secret', most: 200, keeps: 'home' }, district: text(60), risk_level: text(20),
  },
  assignment: { customer_number: key, staff_no: key, share_pct: { kind: 'share', required: true, least: 0 }, main: { kind: 'flag', required: true }, from_date: day, to_date: maybeDay, base_adb: { kind: 'amount' } },
  account: {
    account_key: key, customer_number: key, account_number: { kind: 'secret', most: 40 }, product_code: key, currency: { kind: 'text', required: true, most: 3 }, outlet_code: key, opened_on: day,
    closed_on: maybeDay, matures_on: maybeDay, rate: { kind: 'rate' },
  },
  agent: { agent_key: key, account_key: key, customer_number: key, from_date: maybeDay },
  balance: { account_key: key, day, balance: { kind: 'amount', required: true } },
  transaction: {
    transaction_key: key, account_key: key, booked_on: day, direction: oneOf('IN', 'OUT'), amount: { kind: 'amount', required: true, least: 0 }, balance_after: { kind: 'amount' },
    kind: text(20), memo: text(200), counterparty_name: text(200), counterparty_bank: text(60), counterparty_account: { kind: 'secret', most: 40, keeps: 'hash' }, currency: { kind: 'text', most: 3 },
  },
  loan: {
    loan_key: key, customer_number: maybeKey, account_key: maybeKey, product_code: key, currency: { kind: 'text', most: 3 }, outlet_code: maybeKey, amount: { kind: 'amount', required: true, least: 0 },
    paid_out_on: day, matures_on: maybeDay, term_months: { kind: 'whole', required: true, least: 0 }, instalment: { kind: 'amount', least: 0 }, rate: { kind: 'rate' }, status_letter: text(4), settled_on: maybeDay,
  },
  loan_state: {
    loan_key: key, day, principal: { kind: 'amount', required: true, least: 0 }, overdue_since: maybeDay, overdue: { kind: 'amount', least: 0 },
    loan_class: maybeOneOf('NORMAL', 'SPECIAL_MENTION', 'SUBSTANDARD', 'DOUBTFUL', 'LOSS'),
  },
  card: { card_key: key, account_key: key, holder_number: maybeKey, product_code: key, issued_on: day, expires_on: maybeDay },
  standing_order: { order_key: key, account_key: key, amount: { kind: 'amount', required: true, least: 0 }, purpose: text(60), to_bank: text(60), to_account: { kind: 'secret', most: 40, keeps: 'hash' } },
} as const satisfies Record<string, Record<string, Field>>

export type Thing = keyof typeof things
export const thingNames = Object.keys(things) as Thing[]

/** What names one row of a thing: two rows with the same key in one delivery are refused. */
export const thingKeys: Readonly<Record<Thing, readonly string[]>> = {
  institution: ['code'], staff: ['staff_no'], post: ['staff_no', 'post_code', 'line_code', 'from_date'], grade: ['staff_no', 'from_date'], product: ['code'], customer: ['number'],
  assignment: ['customer_number', 'staff_no', 'from_date'], account: ['account_key'], agent: ['agent_key'], balance: ['account_key', 'day'], transaction: ['transaction_key'], loan: ['loan_key'],
  loan_state: ['loan_key', 'day'], card: ['card_key'], standing_order: ['order_key'],
}

/** The fields of a thing, by name. */
export function fieldsOf(thing: Thing): Readonly<Record<string, Field>> {
  return things[thing]
}
