import { z } from 'zod'
import { endpoint, page, pageQuery } from '../foundation/http/contract.ts'
import { dayText, fenText, idText, safeText } from '../foundation/values/api-values.ts'

const customer = z.strictObject({ customerId: idText })
const both = { zh: z.string(), en: z.string() }
const product = z.strictObject({ code: z.string(), ...both, line: z.string() })

/** Everything held is as of `asOf`, the business date: what was delivered with a later day is not yet in force. */
export const getHoldings = endpoint({
  id: 'customers.holdings', method: 'GET', path: '/api/customers/:customerId/holdings',
  text: { zh: '查看客户持有', en: 'See what a customer holds' },
  permission: 'customer.read', opens: 'customerId',
  params: customer,
  reply: z.strictObject({
    asOf: z.string(),
    accounts: z.array(z.strictObject({
      id: z.string(), product, currency: z.string(), tail: z.string().nullable(), outletName: z.string(), openedOn: z.string(), closedOn: z.string().nullable(), maturesOn: z.string().nullable(),
      rate: z.string().nullable(), balanceFen: fenText, agents: z.number().int(),
    })),
    loans: z.array(z.strictObject({
      id: z.string(), number: z.string(), product, currency: z.string(), amountFen: fenText, principalFen: fenText, paidOutOn: z.string(), maturesOn: z.string(), termMonths: z.number().int(),
      instalmentFen: fenText.nullable(), rate: z.string().nullable(), overdueDays: z.number().int(), overdueFen: fenText, loanClass: z.string().nullable(), derived: z.boolean(), statusLetter: z.string().nullable(), settledOn: z.string().nullable(),
    })),
    cards: z.array(z.strictObject({ id: z.string(), product, accountTail: z.string().nullable(), issuedOn: z.string(), own: z.boolean() })),
    orders: z.array(z.strictObject({ id: z.string(), accountTail: z.string().nullable(), amountFen: fenText, currency: z.string(), purpose: z.string().nullable(), toBank: z.string().nullable(), toTail: z.string().nullable() })),
    /** Accounts of others on which this customer is authorised: a masked reference, no balance. */
    authorisedOn: z.array(z.strictObject({ tail: z.string().nullable(), product })),
  }),
})

export const listTransactions = endpoint({
  id: 'customers.transactions', method: 'GET', path: '/api/customers/:customerId/transactions',
  text: { zh: '查看客户交易', en: 'See the transactions of a customer' },
  permission: 'customer.read', opens: 'customerId',
  params: customer,
  query: z.strictObject({ ...pageQuery, from: dayText.optional(), to: dayText.optional(), accountId: idText.optional(), direction: z.enum(['IN', 'OUT']).optional() }),
  reply: page(z.strictObject({
    id: z.string(), bookedOn: z.string(), accountId: z.string(), accountTail: z.string().nullable(), currency: z.string(), direction: z.enum(['IN', 'OUT']), amountFen: fenText, balanceAfterFen: fenText.nullable(),
    kind: z.string().nullable(), memo: z.string().nullable(), counterpartyName: z.string().nullable(), counterpartyBank: z.string().nullable(), counterpartyTail: z.string().nullable(),
  })),
})

/** Balance, changes and averages of deposits on a day (domain specification 2.8), in the bank's currency. */
export const depositFiguresView = z.strictObject({
  balanceFen: fenText, toYesterdayFen: fenText, toMonthBeginFen: fenText, toQuarterBeginFen: fenText, toYearBeginFen: fenText,
  monthDays: z.number().int(), monthAdbFen: fenText, yearDays: z.number().int(), yearAdbFen: fenText, lastYearAdbFen: fenText, yearAdbIncrementFen: fenText, lastMonthAdbFen: fenText,
  /** Last day of the month before against its average; null without a positive average. `within` 4 %. */
  monthEndDeviation: z.strictObject({ month: z.string(), pct: z.string(), within: z.boolean() }).nullable(),
})

export const getValueTrend = endpoint({
  id: 'customers.value', method: 'GET', path: '/api/customers/:customerId/value',
  text: { zh: '查看客户价值趋势', en: 'See the value of a customer over months' },
  permission: 'customer.read', opens: 'customerId',
  params: customer,
  query: z.strictObject({ months: z.enum(['12', '24']).default('12') }),
  reply: z.strictObject({
    asOf: z.string(), currency: z.string(),
    /** The last one is the present month, up to `asOf`. */
    months: z.array(z.strictObject({ month: z.string(), depositAdbFen: fenText, loanAdbFen: fenText })),
    deposits: depositFiguresView,
    loanFen: fenText,
    /** Accounts in other currencies: they are in no sum. */
    otherCurrencies: z.number().int(),
  }),
})

/** Loans whose number begins so, of customers within one's scope; at most five. A number of a loan is no secret, its customer is. */
export const findLoans = endpoint({
  id: 'holdings.find-loans', method: 'GET', path: '/api/holdings/loans',
  text: { zh: '按编号查找借据', en: 'Find loans by number' },
  permission: 'customer.list',
  query: z.strictObject({ q: safeText(40) }),
  reply: z.strictObject({ items: z.array(z.strictObject({ customerId: z.string(), customerName: z.string(), number: z.string(), product: z.strictObject({ name: z.string(), nameEn: z.string() }), settled: z.boolean() })) }),
})

export const depositGroups = ['BRANCH', 'SUB_BRANCH', 'OUTLET', 'MANAGER'] as const
export type DepositGroup = (typeof depositGroups)[number]
const depositGroup = z.enum(depositGroups)

/** Kinds of deposits (12.4, W1); which account is which: deposit-kind-table.ts. */
export const depositKinds = ['DEMAND', 'TIME', 'AGREEMENT', 'STRUCTURED', 'MARGIN'] as const
export type DepositKind = (typeof depositKinds)[number]
const customerKind = z.enum(['CORPORATE', 'PERSON'])

const mover = z.strictObject({ customerId: z.string(), number: z.string(), name: z.string(), managerName: z.string().nullable(), balanceFen: fenText, changeFen: fenText })
export type DepositMover = z.output<typeof mover>

const depositQuery = { by: depositGroup.optional(), unitKey: z.coerce.number().int().positive().max(2_147_483_647).optional() }
export type DepositQuery = z.output<z.ZodObject<typeof depositQuery>>

export const getDepositView = endpoint({
  id: 'holdings.deposit-view', method: 'GET', path: '/api/holdings/deposit-view',
  text: { zh: '查看本人或本机构存款', en: 'See the deposits of one\'s own scope' },
  permission: 'holdings.sums',
  /** `detail`: with kinds and movers; a head's home asks for neither. */
  query: z.strictObject({ ...depositQuery, detail: z.stringbool().default(false) }),
  reply: z.strictObject({
    /** The day of the last delivery. */
    asOf: z.string(), currency: z.string(), by: depositGroup,
    /** What the figures can be added up by. */
    groups: z.array(depositGroup),
    /** The unit that was asked for. */
    unitName: z.string().nullable(),
    deposits: depositFiguresView, loanFen: fenText,
    /** Largest first; `key` null: what no manager holds. They sum to the whole. */
    parts: z.array(z.strictObject({ key: z.number().int().nullable(), name: z.string().nullable(), unitName: z.string().nullable(), deposits: depositFiguresView, loanFen: fenText })),
    /** By kind of customer (`depositKind` null), each followed by its kinds of deposits: the first sum to the whole and the second to the first, to the fen. Empty until a load has told the kinds, and without `detail`. */
    kinds: z.array(z.strictObject({ customerKind, depositKind: z.enum(depositKinds).nullable(), deposits: depositFiguresView, loanFen: fenText.nullable() })),
    /** The customers whose deposits grew and fell most since the day before, at most twenty each, whole without shares; only those that the reader may open. */
    movers: z.strictObject({ up: z.array(mover), down: z.array(mover) }).nullable(),
  }),
})
export type DepositView = z.output<typeof getDepositView.reply>

/** The same as a workbook. */
export const exportDepositView = endpoint({
  id: 'holdings.export-deposit-view', method: 'POST', path: '/api/holdings/deposit-view/export', text: { zh: '导出存款看板', en: 'Export the deposits of one\'s own scope' }, permission: 'holdings.sums', raw: true,
  body: z.strictObject({ by: depositGroup.optional(), unitKey: z.number().int().positive().max(2_147_483_647).optional(), purpose: safeText(100, { min: 2 }) }),
  reply: z.unknown(),
  refusals: { 'nothing-to-export': { status: 422, zh: '未导出。权限范围内还没有存款', en: 'Not exported. There are no deposits in your scope yet' } },
})

/** Shows one account number in full. Journaled with its purpose, limited per person and hour together with the other numbers. */
export const revealAccount = endpoint({
  id: 'customers.reveal-account', method: 'POST', path: '/api/customers/:customerId/accounts/:accountId/reveal',
  text: { zh: '查看账号明文', en: 'Reveal an account number' },
  permission: 'customer.reveal', opens: 'customerId',
  params: z.strictObject({ customerId: idText, accountId: idText }),
  body: z.strictObject({ purpose: safeText(100, { min: 2 }) }),
  reply: z.strictObject({ value: z.string() }),
  refusals: { confidential: { status: 403, zh: '未能查看。客户已设保密级别，您的岗位不能查看明文', en: 'Not revealed. The customer is confidential; your post may not see it in full' }, destroyed: { status: 410, zh: '该号码已按保管期限销毁', en: 'The number was destroyed at the end of its term' } },
})
