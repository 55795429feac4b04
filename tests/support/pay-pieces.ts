import { installScheme } from '../../src/performance/install-scheme-version.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import type { SmallBank } from './small-bank.ts'

/** Facts of pay put straight into the small bank, as a delivery would have brought them; all of one customer of 李晓雯. */
export type Pieces = Awaited<ReturnType<typeof pieces>>
export async function pieces(bank: SmallBank) {
  const { li, hr, compliance } = bank.staff
  const customer = await bank.customer({ main: li })
  await bank.look(`INSERT INTO product (code, name, name_en, line) VALUES ('D1', '活期存款', 'Demand deposit', 'DEPOSIT'), ('L102', '商户经营贷款', 'Merchant loan', 'LOAN'), ('L103', '个人消费贷款', 'Consumer loan', 'LOAN'), ('L201', '流动资金贷款', 'Working capital', 'LOAN')`)
  await bank.services.db.asOffice((tx) => installScheme(tx, { code: 'POINTS', from: '2020-01-01' }))
  const loan = async (product: string, amount: number, from: string, lies = true): Promise<void> => {
    const id = newId()
    await bank.look(`INSERT INTO loan (customer_id, id, core_key, product_code, outlet_key, amount_fen, paid_out_on, matures_on, term_months) VALUES ($1, $2, $3, $4, $5, $6, $7, '2028-10-08', 24)`, [customer, id, id, product, bank.units.south.key, amount, from])
    if (lies) await bank.look(`INSERT INTO loan_span (customer_id, loan_id, from_date, principal_fen) VALUES ($1, $2, $3, $4)`, [customer, id, from, amount])
  }
  return {
    loan,
    async deposit(amount: number, from: string): Promise<void> {
      const id = newId()
      await bank.look(`INSERT INTO account (customer_id, id, core_key, product_code, outlet_key, opened_on) VALUES ($1, $2, $3, 'D1', $4, $5)`, [customer, id, id, bank.units.south.key, from])
      await bank.look(`INSERT INTO balance_span (customer_id, account_id, from_date, balance_fen) VALUES ($1, $2, $3, $4)`, [customer, id, from, amount])
    },
    /** A target of a plan for October 2026: a table stands where plans publish their view. */
    async target(staff: number, scheme: string, indicator: string, target: string): Promise<void> {
      await bank.look(`DROP VIEW performance_plan_target_facts CASCADE`)
      await bank.look(`CREATE TABLE performance_plan_target_facts (staff_key int, scheme_code text, indicator text, from_date date, to_date date, target numeric, plan_id uuid, plan_version int)`)
      await bank.look(`GRANT SELECT ON performance_plan_target_facts TO yq_batch, yq_engine, yq_office, yq_self, yq_unit, yq_all`)
      await bank.look(`INSERT INTO performance_plan_target_facts VALUES ($1, $2, $3, '2026-10-01', '2026-11-01', $4, $5, 1)`, [staff, scheme, indicator, target, newId()])
    },
    /** October: six small loans that were repaid at once, a loan of 12,000,000 that lies since March, a target of 24,000,000 for the year's growth. */
    async monthOfLi(): Promise<void> {
      for (let n = 1; n <= 6; n += 1) await loan('L103', 1_000_000, `2026-10-0${n}`, false)
      await loan('L201', 1_200_000_000, '2026-03-01')
      await bank.look(`INSERT INTO indicator_fact (id, indicator, staff_key, month, business_date, value, evidence, entered_by, entered_on, confirmed_by, confirmed_on) VALUES ($1, 'NET_GROWTH_TARGET', $2, '2026-01-01', '2026-01-15', 24000000, '目标书', $3, '2026-01-15', $4, '2026-01-15')`, [newId(), li.staffKey, hr.staffKey, compliance.staffKey])
    },
  }
}
