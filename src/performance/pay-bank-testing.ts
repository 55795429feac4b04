import { testDatabase, type TestDatabase } from '../foundation/database/testing.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { settleScheme, type Settlement } from './settle-one-month.ts'

/** A bank for tests of pay: head office with two lines, managers, a lead, offices. Ledger data are put straight into the tables. */
export type PayBank = {
  bank: TestDatabase
  owner: Awaited<ReturnType<TestDatabase['db']['connectOwner']>>
  /** Runs SQL as the owner: what a feed would have brought. */
  put(text: string, values?: readonly unknown[]): Promise<void>
  staff: Record<'an' | 'bo' | 'chen' | 'lead' | 'other' | 'hr' | 'hr2' | 'audit' | 'desk', { key: number; post: number }>
  customer(): Promise<string>
  assign(customer: string, staff: number, share: string, from: string, to?: string | null, main?: boolean, base?: number): Promise<void>
  deposit(customer: string, spans: readonly (readonly [from: string, to: string | null, fen: number])[], currency?: string): Promise<string>
  loan(customer: string, facts: { amount: number; paidOut: string; matures: string; term: number; product?: string; settled?: string | null; spans?: readonly (readonly [from: string, to: string | null, principal: number, overdueSince?: string | null, overdue?: number])[] }): Promise<string>
  form(facts: { indicator: string; staff: number; month: string; value?: string; grade?: string; object?: string; loan?: string; corrects?: string; confirmed?: boolean }): Promise<string>
  drop(): Promise<void>
}

export async function payBank(today = '2025-12-31'): Promise<PayBank> {
  const bank = await testDatabase()
  const owner = await bank.db.connectOwner()
  const put = async (text: string, values: readonly unknown[] = []): Promise<void> => void (await owner.query(text, values as unknown[]))
  await put(`INSERT INTO bank (code, name_zh, name_en, business_date) VALUES ('test', '试验银行', 'Test bank', $1)`, [today])
  await put(`INSERT INTO institution (key, code, kind) VALUES (1, 'HO', 'HEAD_OFFICE'), (2, 'A', 'BRANCH'), (3, 'B', 'BRANCH'), (4, 'A1', 'TEAM')`)
  await put(`INSERT INTO institution_span (institution_key, from_date, name, name_en, parent_key, scope_path) VALUES
    (1, '2000-01-01', '总行', 'Head', NULL, '001'), (2, '2000-01-01', '甲分行', 'A', 1, '001.002'), (3, '2000-01-01', '乙分行', 'B', 1, '001.003'), (4, '2000-01-01', '甲一团队', 'A1', 2, '001.002.004')`)
  await put(`INSERT INTO post (code, name, name_en, sequence, breadth) VALUES ('RM', '客户经理', 'RM', 'FRONT', 'SELF'), ('TEAM_LEAD', '团队长', 'Lead', 'FRONT', 'UNIT'), ('HR', '人力', 'HR', 'PROCESSING', 'NONE'),
    ('AUDIT', '稽核', 'Audit', 'RISK_CONTROL', 'NONE'), ('PERFORMANCE', '绩效', 'Performance', 'PROCESSING', 'NONE')`)
  await put(`INSERT INTO product (code, name, name_en, line) VALUES ('D1', '活期', 'd', 'DEPOSIT'), ('L103', '小额', 's', 'LOAN'), ('L102', '商户', 'm', 'LOAN'), ('L201', '流贷', 'w', 'LOAN')`)
  const people = [['an', 'RM', 4], ['bo', 'RM', 4], ['chen', 'RM', 4], ['lead', 'TEAM_LEAD', 4], ['other', 'RM', 3], ['hr', 'HR', 1], ['hr2', 'HR', 1], ['audit', 'AUDIT', 1], ['desk', 'PERFORMANCE', 1]] as const
  const staff = {} as PayBank['staff']
  for (const [place, [name, post, line]] of people.entries()) {
    const key = place + 11
    await put(`INSERT INTO staff VALUES ($1, $2, $3, 'x', 'x')`, [key, `S${key}`, name])
    await put(`INSERT INTO employment (staff_key, from_date) VALUES ($1, '2000-01-01')`, [key])
    await put(`INSERT INTO post_held (key, staff_key, post_code, line_key, place_key, from_date) VALUES ($1, $2, $3, $4, $4, '2000-01-01')`, [key + 100, key, post, line])
    staff[name] = { key, post: key + 100 }
  }
  let number = 0
  return {
    bank, owner, put, staff,
    async customer() {
      const id = newId()
      number += 1
      await put(`INSERT INTO customer (customer_id, number, kind, name, name_pinyin, name_initials, grams, outlet_key, scope_path) VALUES ($1, $2, 'PERSON', '某', 'mou', 'm', '{}', 2, '001.002.004')`, [id, `C${number}`])
      return id
    },
    assign: (customer, who, share, from, to = null, main = true, base = 0) =>
      put(`INSERT INTO assignment (customer_id, id, staff_key, share_pct, main, from_date, to_date, base_adb_fen) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, [customer, newId(), who, share, main, from, to, base]),
    async deposit(customer, spans, currency = 'CNY') {
      const id = newId()
      await put(`INSERT INTO account (customer_id, id, core_key, product_code, currency, outlet_key, opened_on) VALUES ($1, $2, $3, 'D1', $4, 2, '2000-01-01')`, [customer, id, id, currency])
      for (const [from, to, fen] of spans) await put(`INSERT INTO balance_span (customer_id, account_id, from_date, to_date, balance_fen) VALUES ($1, $2, $3, $4, $5)`, [customer, id, from, to, fen])
      return id
    },
    async loan(customer, { amount, paidOut, matures, term, product = 'L103', settled = null, spans = [] }) {
      const id = newId()
      await put(`INSERT INTO loan (customer_id, id, core_key, product_code, outlet_key, amount_fen, paid_out_on, matures_on, term_months, settled_on) VALUES ($1, $2, $3, $4, 2, $5, $6, $7, $8, $9)`,
        [customer, id, id, product, amount, paidOut, matures, term, settled])
      for (const [from, to, principal, since = null, overdue = 0] of spans) {
        await put(`INSERT INTO loan_span (customer_id, loan_id, from_date, to_date, principal_fen, overdue_since, overdue_fen) VALUES ($1, $2, $3, $4, $5, $6, $7)`, [customer, id, from, to, principal, since, overdue])
      }
      return id
    },
    async form({ indicator, staff: who, month, value = null, grade = null, object = null, loan = null, corrects = null, confirmed = true }: {
      indicator: string; staff: number; month: string; value?: string | null; grade?: string | null; object?: string | null; loan?: string | null; corrects?: string | null; confirmed?: boolean
    }) {
      const id = newId()
      await put(`INSERT INTO indicator_fact (id, indicator, staff_key, month, business_date, value, grade, object, loan_id, evidence, entered_by, entered_on, confirmed_by, confirmed_on, corrects)
        VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8, '检查记录 1 号', $9, $4, $10, $11, $12)`,
        [id, indicator, who, `${month}-01`, value, grade, object, loan, staff.desk.key, confirmed ? staff.audit.key : null, confirmed ? `${month}-28` : null, corrects])
      return id
    },
    async drop() {
      await owner.end()
      await bank.drop()
    },
  }
}

/** Settles a month, whose control report ties in every row. */
export async function settleTied(house: PayBank, scheme: string, month: string): Promise<Settlement> {
  const outcome = await settleScheme(house.bank, { month, scheme, dryRun: false })
  if (!outcome.ok) throw new Error(outcome.refusal.name)
  const untied = outcome.value.control.rows.filter(({ ties }) => !ties)
  if (untied.length > 0) throw new Error(`does not tie: ${JSON.stringify(untied)}`)
  return outcome.value
}
