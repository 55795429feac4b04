import { yuanText } from '../foundation/values/fen.ts'
import { bankPlan, founded } from './bank-plan.ts'
import type { CoreCustomer } from './core-customer.ts'
import { dayNumber, dayText } from './day-numbers.ts'
import { productList } from './product-list.ts'

/** One row of a file of the product's own layout, by the names of its columns; days as YYYY-MM-DD, amounts in yuan. */
export type DeliveryRow = Readonly<Record<string, string>>
/** File id (docs/feed-layout.md) and row. */
export type Put = (file: string, row: DeliveryRow) => void

/** From which day (exclusive; null: everything since the history begins) to which. What began, ended or moved in it belongs to the delivery. */
export type Span = { after: string | null; to: string }

const flag = (yes: boolean): string => (yes ? '1' : '0')
const maybeDay = (day: number | null, until: number): string => (day === null || day > until ? '' : dayText(day))

export function putOrganisation(put: Put): void {
  const plan = bankPlan()
  for (const unit of plan.units) {
    put('institutions', { code: unit.code, kind: unit.kind, name: unit.name, name_en: unit.nameEn, parent_code: unit.parent ?? '', region: '*', managers_in: unit.managersIn ?? '', from_date: unit.parent === null ? '1900-01-01' : founded })
  }
  for (const person of plan.people) {
    put('staff', { staff_no: person.staffNo, name: person.name, from_date: person.from, to_date: person.to ?? '' })
    for (const held of person.posts) {
      put('posts', { staff_no: person.staffNo, post_code: held.post, line_code: held.line, place_code: held.place, from_date: held.from, to_date: held.to ?? person.to ?? '', main: flag(held.main) })
    }
    for (const { grade, from } of person.grades) put('grades', { staff_no: person.staffNo, grade, from_date: from })
  }
}

export function putProducts(put: Put): void {
  for (const product of productList) put('products', product)
}

export function putCustomer(put: Put, customer: CoreCustomer, span: Span): void {
  const until = dayNumber(span.to)
  const after = span.after === null ? null : dayNumber(span.after)
  const first = after === null
  /** Whether something that happened on this day belongs to the delivery. */
  const within = (day: number | null): boolean => day !== null && day <= until && (after === null || day > after)
  const { plan } = customer

  if (first) put('customers', customer.facts)
  for (const slice of customer.assignments) {
    if (slice.from > span.to || !(first || slice.from > (span.after ?? '') || (slice.to !== null && within(dayNumber(slice.to))))) continue
    put('assignments', {
      customer_number: plan.number, staff_no: slice.staffNo, share_pct: slice.sharePct, main: flag(slice.main), from_date: slice.from, to_date: slice.to !== null && slice.to <= span.to ? slice.to : '',
      base_adb: yuanText(slice.baseAdb),
    })
  }
  for (const account of customer.accounts) {
    if (account.openedOn > until) continue
    if (first || within(account.openedOn) || within(account.closedOn)) {
      put('accounts', {
        account_key: account.key, customer_number: plan.number, account_number: account.number, product_code: account.product, currency: 'CNY', outlet_code: account.outlet, opened_on: dayText(account.openedOn),
        closed_on: maybeDay(account.closedOn, until), matures_on: account.maturesOn === null ? '' : dayText(account.maturesOn), rate: account.rate ?? '',
      })
    }
    for (const { day, fen } of account.closings) if (within(day)) put('balances', { account_key: account.key, day: dayText(day), balance: yuanText(fen) })
    account.booked.forEach((booked, place) => {
      if (!within(booked.day)) return
      put('transactions', {
        transaction_key: `${account.key}T${place + 1}`, account_key: account.key, booked_on: dayText(booked.day), direction: booked.direction, currency: 'CNY', amount: yuanText(booked.fen), balance_after: yuanText(booked.after),
        kind: booked.kind, counterparty_name: booked.partner ?? '', counterparty_bank: booked.partnerBank ?? '', counterparty_account: '', memo: booked.memo,
      })
    })
  }
  for (const loan of customer.loans) {
    if (loan.paidOutOn > until) continue
    if (first || within(loan.paidOutOn) || within(loan.settledOn)) {
      put('loans', {
        loan_key: loan.key, customer_number: plan.number, account_key: loan.accountKey, product_code: loan.product, currency: 'CNY', outlet_code: loan.outlet, amount: yuanText(loan.amount), paid_out_on: dayText(loan.paidOutOn),
        matures_on: dayText(loan.maturesOn), term_months: String(loan.termMonths), instalment: loan.instalment === null ? '' : yuanText(loan.instalment), rate: loan.rate, status_letter: '', settled_on: maybeDay(loan.settledOn, until),
      })
    }
    for (const state of loan.states) {
      if (!within(state.day)) continue
      put('loan_states', {
        loan_key: loan.key, day: dayText(state.day), principal: yuanText(state.principal), overdue_since: state.overdueSince === null ? '' : dayText(state.overdueSince),
        overdue: state.overdue === 0n ? '' : yuanText(state.overdue), loan_class: state.loanClass,
      })
    }
  }
  if (!first) return
  for (const card of customer.cards) put('cards', { card_key: card.key, account_key: card.accountKey, holder_number: plan.number, product_code: card.product, issued_on: dayText(card.issuedOn), expires_on: dayText(card.expiresOn) })
  for (const order of customer.orders) put('standing_orders', { order_key: order.key, account_key: order.accountKey, amount: yuanText(order.fen), purpose: order.purpose, to_bank: order.bank, to_account: order.account })
}
