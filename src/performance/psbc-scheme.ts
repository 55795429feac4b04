import type { PointsTerms } from './points.rules.ts'

type Terms = PointsTerms & { linkProducts: string[] | null; posts: string[]; retailPosts: string[]; supervisorPosts: string[]; correctionMonths: number; exceptUnits?: string[] }
export type TariffRow = { event: string; points: string; unitFen: bigint | null; products: string[] | null }
/** A scheme of the house as dated data: from which day the bank uses it is said when it is installed. */
export type SchemeTemplate = { name: string; nameEn: string; legalBasis: string; terms: Terms; tariff: readonly TariffRow[] }

const per100k = 10_000_000n // 100,000 yuan in fen

const terms: Terms = {
  unitPrice: '5.00', earlyPosition: 'AFTER_ALL', earlyGraceMonths: 1, linkWeight: '0.40', linkOnNegative: false, linkCeiling: '1.2', linkProducts: null, timeProgress: 'MONTHS', lateReturnRatio: '0', partialReturn: true,
  marketingBands: [{ from: '90', coefficient: '1.05' }, { from: '70', coefficient: '1.00' }, { from: '50', coefficient: '0.95' }, { from: '0', coefficient: '0.90' }],
  evaluationPointRate: '1.0', supervisorPay: '800.00', supervisorCeiling: '1.5', carryMonths: 12,
  posts: ['RM'], retailPosts: [], supervisorPosts: ['TEAM_LEAD'], correctionMonths: 12,
}

// inspection points (3.7); FALSE takes back all points of the loan instead of a fixed number
const inspection: readonly TariffRow[] = ([
  ['REPORT_EXCELLENT', '10'], ['REPORT_PASS', '0'], ['REPORT_UNTRUE_MINOR', '-15'], ['REPORT_UNTRUE_MAJOR', '-50'], ['REPORT_FALSE', '0'],
  ['CHECK_PASS', '0'], ['CHECK_LATE', '-3'], ['CHECK_MISSING', '-8'], ['CHECK_COPIED', '-20'],
] as const).map(([event, points]) => ({ event, points, unitFen: null, products: null }))

/** The postal bank's points scheme with the tariff of 3.1, for a bank whose small loans and merchant loans have products of their own. */
const points: SchemeTemplate = {
  name: '客户经理积分方案', nameEn: 'Points scheme for managers', legalBasis: '《客户经理绩效考核办法》积分法；每分 5 元', terms,
  tariff: [
    { event: 'NEW_SMALL_LOAN', points: '20', unitFen: null, products: ['L103', 'L203'] },
    { event: 'MERCHANT_LOAN_AMOUNT', points: '8', unitFen: per100k, products: ['L102'] },
    { event: 'MANAGED_LOAN_ADB', points: '0.5', unitFen: per100k, products: null },
    { event: 'DEPOSIT_ADB_INCREMENT', points: '1', unitFen: per100k, products: null },
    ...inspection,
  ],
}

/** The same for the public Czech data set: every loan is a new small loan, amounts in the account's currency, the base of increments is 0 (2.14). */
const berka: SchemeTemplate = {
  ...points, name: '积分方案（捷克银行数据）', nameEn: 'Points scheme (Czech bank data)', legalBasis: '领域规格 2.14：每笔贷款按“新发放小额贷款”计分，增量基数为 0',
  tariff: [
    { event: 'NEW_SMALL_LOAN', points: '20', unitFen: null, products: null },
    { event: 'MANAGED_LOAN_ADB', points: '0.5', unitFen: per100k, products: null },
    { event: 'DEPOSIT_ADB_INCREMENT', points: '1', unitFen: per100k, products: null },
    ...inspection,
  ],
}

/** Schemes that the product brings along, by code. */
export const schemeTemplates: Readonly<Record<string, SchemeTemplate>> = { POINTS: points, BERKA: berka }
