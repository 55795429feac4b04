// Everything that escapes a rule of the tidy check, by name and with its reason. The list is short and meant to stay so.

/** Tables written without a journal line ("journal":"none" in their comment). */
export const quietTables: Readonly<Record<string, string>> = {
  journal_line: 'the journal itself',
  journal_seal: 'the chain over the journal',
  journal_sealed_line: 'the chain over the journal',
  customer_key: 'keys are made beside the first encrypted value; destroying one is journaled by its own act',
  accepted_request: 'twice is once: the answers already given',
  reveal_count: 'how many numbers a person revealed this hour; each reveal has its own reading line',
  job_run: 'progress of long work',
  counter: 'next number; what is numbered has its own line',
  sign_in_attempt: 'throttling of sign-in',
  set_up_code: 'the one code of a new bank; the bank and the administrator that it makes have their own lines',
  customer_export_file: 'the sealed file of an approved export until it is fetched; the export has its own lines',
  customer_import_row: 'staging of an import until the days of undoing are over; the import and what it wrote have their own lines',
  customer_import_line: 'the same for the further sheets of its workbook',
  message_attempt: 'each attempt is itself a fact that is only added to; the message has its own lines',
  message_receipt: 'what the peer told, only added to; the message has its own lines',
  notice: 'derived from what happened, which has its own lines; that somebody read it is no act of the bank',
  notice_delivery: 'each line is itself the fact of what was sent; the notice is derived',
  duty_day: 'how far the days of the duties are made; what a day wrote has its own lines',
  identifier: 'which number is taken; the document or account has its own line',
  search_hash: 'derived from phones and accounts, which have their own lines',
  customer_match: 'derived from names and particulars, which have their own lines',
  photo_print: 'derived from a photo, which has its own line',
  merged_row: 'which rows a merge moved; the case and each table have their own lines',
  merged_thing: 'derived from a merge, whose case has its own line',
  delivery_file: 'what a delivery consisted of; the delivery has its own line',
  delivery_total: 'control totals of a delivery; the delivery has its own line',
  delivery_reject: 'rows that were not taken; the delivery has its own line',
  delivery_effect: 'how many rows a delivery changed; each batch has its own line',
  staged_institution: 'staging: emptied before each delivery',
  staged_staff: 'staging: emptied before each delivery',
  staged_post: 'staging: emptied before each delivery',
  staged_grade: 'staging: emptied before each delivery',
  staged_product: 'staging: emptied before each delivery',
  staged_customer: 'staging: emptied before each delivery',
  staged_assignment: 'staging: emptied before each delivery',
  staged_account: 'staging: emptied before each delivery',
  staged_agent: 'staging: emptied before each delivery',
  staged_balance: 'staging: emptied before each delivery',
  staged_transaction: 'staging: emptied before each delivery',
  staged_loan: 'staging: emptied before each delivery',
  staged_loan_state: 'staging: emptied before each delivery',
  staged_card: 'staging: emptied before each delivery',
  staged_standing_order: 'staging: emptied before each delivery',
  staged_customer_secret: 'staging: emptied before each delivery',
  staged_account_secret: 'staging: emptied before each delivery',
  balance_span_draft: 'spans as they shall be, emptied after each merge',
  loan_span_draft: 'spans as they shall be, emptied after each merge',
  alert_draft: 'alerts as the facts ask for them, emptied after each refresh',
  movement_draft: 'large movements as worked out anew, emptied after each refresh',
  maturity_draft: 'what ends, as its sources tell it, emptied after each refresh',
  coverage_draft: 'the verdicts of a month while a day is written into the ledger, emptied with it',
  standing_draft: 'a period as worked out anew, emptied after each refresh',
  payee_draft: 'payees as worked out anew, emptied after each refresh',
}

/** Files outside of foundation/store and foundation/database that may write SQL of their own. */
export const writingFiles: Readonly<Record<string, string>> = {
  'src/foundation/journal/seal-journal.ts': 'the sealer chains lines that the store wrote',
  'src/foundation/secrets/customer-keys.ts': 'a key is made inside the write that needs it, counted with it',
  'src/commands/bench-customers-duplicates.ts': 'the hand-written comparison of a benchmark, in a scratch database',
  'src/commands/bench-settle-statements.ts': 'the hand-written comparison of a benchmark, in scratch tables of a scratch database',
}

/** Rooms that write tables of foundation: the mechanism lies there, the acts of people do not. */
export const foundationWriters: Readonly<Record<string, readonly string[]>> = {
  access: ['credential', 'session', 'sign_in_attempt'],
  deliveries: ['bank'],
  customers: ['customer_key'],
  // the years of the calendar are foundation's, entering and checking them is an act of people
  duties: ['calendar_year', 'calendar_span'],
  // the one password of the demo bank, and how far it is made
  demo: ['bank', 'credential'],
}
/** Tables of foundation that any room may write through the store: bookkeeping of the product. */
export const sharedBookkeeping: readonly string[] = ['counter', 'job_run', 'reveal_count', 'accepted_request']

/** Files outside of foundation/store and foundation/database where text enters a statement as it is. */
export const rawSqlFiles: Readonly<Record<string, string>> = {}
