import { closeMonth } from '../flows/close-month.ts'
import { settleMonth } from '../flows/settle-month.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { proposeExemptionRoute } from '../performance/deferral/exempt.ts'
import { decidePayCaseRoute, proposeClawBackRoute, proposeTranchesRoute } from '../performance/deferral/keep-cases.ts'
import { installBlockScheme } from '../performance/install-scheme-version.ts'
import { actAs } from './act-as.ts'
import { demoId } from './demo-id.ts'
import { demoBank, people } from './known-cases.ts'

const scheme = 'HEADS'

/** The head of a sub-branch is paid by the year, two fifths of it later in three parts: two years closed, one part released, a claim that waits for his word; a manager to whom a deduction was given back. A step that runs again finds what it made. */
export async function makeDeferredPay(services: Services): Promise<void> {
  await services.db.asBatch((tx) => installBlockScheme(tx, {
    code: scheme, from: '2024-01-01', name: '支行行长年度绩效（延期支付）', nameEn: 'Yearly pay of heads, deferred', legalBasis: '《商业银行稳健薪酬监管指引》；《关于建立完善银行保险机构绩效薪酬追索扣回机制的指导意见》',
    terms: {
      blocks: [
        { kind: 'PRODUCT', code: 'EARNED', name: { zh: '年度绩效', en: 'Pay of the year' }, unit: 'FEN', factors: [{ of: 'GRADE_BASE' }, { constant: '1.00', unit: 'COEFFICIENT' }] },
        { kind: 'GATE', code: 'GATED', name: { zh: '合规否决后', en: 'After the compliance gate' }, unit: 'FEN', of: 'EARNED', redCap: '0', amberFactor: '0.80' },
        { kind: 'DEFER', code: 'DEFERRED', name: { zh: '延期支付', en: 'Deferred' }, of: 'GATED', ratio: '0.40', tranches: 3, posts: ['BRANCH_HEAD'], paidNow: 'PAID_NOW' },
        { kind: 'SUM', code: 'F', unit: 'FEN', parts: [{ of: 'GATED' }, { of: 'DEFERRED', minus: true, leaveOut: 'ABSENT' }, { of: 'CORRECTION', leaveOut: 'ABSENT' }] },
        { kind: 'PAYABLE', code: 'PAYABLE', of: 'F', carryOut: 'CARRY_OUT' },
      ],
      posts: ['BRANCH_HEAD'], grades: [], units: ['141100'], period: 'YEAR', gradeBases: { '*': '12000000' }, score: null, classes: {}, carryMonths: 12, correctionMonths: 0,
    },
  }))
  await settleAndClose(services, '2024-12')
  const [first] = await services.db.asOffice((tx) => tx.all(sql<{ id: string }>`SELECT id FROM deferred_tranche WHERE scheme_code = ${scheme} AND month = '2024-12-01' ORDER BY part LIMIT 1`))
  if (!first) throw new Error('the demo bank has no head of a sub-branch')
  const release = demoId('2026-01-06', 'release')
  await actAs(services, { staffNo: people.hr, day: '2026-01-06', route: proposeTranchesRoute, body: { id: release, kind: 'RELEASE', trancheIds: [first.id], evidence: '延期支付审批单 2026 年第 1 号；风险暴露核查未见异常', reason: '2024 年度第一期到期支付' } })
  await decide(services, release, '2026-01-08', '无追索事项，同意支付')
  await settleAndClose(services, '2025-12')
  const today = demoBank.today
  await actAs(services, { staffNo: people.hr, day: today, route: proposeClawBackRoute, body: { id: demoId(today, 'claw-back'), staffNo: people.subBranchHead, scheme, month: '2024-12', basis: 'A', ratio: '0.20', monthlyFen: null, evidence: '问责委员会决定书 2026 年第 5 号', reason: '两笔经营贷款贷后检查流于形式，承担领导责任' } })
  const deducted = await services.db.asOffice((tx) => tx.maybe(sql<{ staffNo: string; loanId: string }>`
    SELECT p.staff_no AS "staffNo", f.fact_id AS "loanId" FROM pay_fact f JOIN closed_month c ON c.run_id = f.run_id AND c.scheme_code = 'POINTS' JOIN organisation_staff_facts p ON p.staff_key = f.staff_key
    WHERE f.line_code = 'OVERDUE' AND f.money_fen < 0 AND f.of_month = c.month AND NOT EXISTS (SELECT FROM pay_fact b WHERE b.fact_id = f.fact_id AND b.line_code = 'REFUND' AND b.staff_key = f.staff_key) ORDER BY f.money_fen, f.fact_id LIMIT 1`))
  if (!deducted) return
  const exemption = demoId(today, 'exemption')
  await actAs(services, { staffNo: people.hr, day: today, route: proposeExemptionRoute, body: { id: exemption, staffNo: deducted.staffNo, loanId: deducted.loanId, conclusion: 'DILIGENT', evidence: '尽职评价表 93.00 分；问责委员会决定 2026 年第 7 号', reason: '调查、审查、放款、检查均尽职，损失因区域市场变化' } })
  await decide(services, exemption, today, '评价独立、材料齐全，同意')
}

const decide = (services: Services, id: string, day: string, reason: string) => actAs(services, { staffNo: people.compliance, day, route: decidePayCaseRoute, params: { caseId: id }, body: { confirm: true, reason }, key: `demo-${id}` })

async function settleAndClose(services: Services, month: string): Promise<void> {
  const keys = new Map((await services.db.asBatch((tx) => tx.all(sql<{ staff_no: string; staff_key: number }>`
    SELECT staff_no, staff_key FROM organisation_staff_facts WHERE staff_no = ANY(${[people.performance, people.performanceChecker]}::text[])`))).map((row) => [row.staff_no, row.staff_key]))
  const settled = await settleMonth(services, { month, scheme, dryRun: false, settledBy: keys.get(people.performance) ?? null })
  if (!settled.ok) {
    // closed in a run before
    if (settled.refusal.name === 'month-closed' || settled.refusal.name === 'later-month-closed') return
    throw new Error(`settle ${scheme} ${month}: ${settled.refusal.name}`)
  }
  const closed = await closeMonth(services, { month, scheme, closedBy: keys.get(people.performanceChecker) ?? null })
  if (!closed.ok) throw new Error(`close ${scheme} ${month}: ${closed.refusal.name}`)
}
