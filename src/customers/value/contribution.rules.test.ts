import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fenFromYuan, sumFen, yuanText } from '../../foundation/values/fen.ts'
import { byProduct, contributionOf, rarocPct, sharesOf, splitContribution, type ContributionGiven, type ValueLine } from './contribution.rules.ts'

const yuan = fenFromYuan
const terms = { depInsRate: '0.00016', vatRate: '0.06', surchargeRate: '0.12', taxRate: '0.25', taxOnLoss: false, capitalRatio: '0.105', hurdleRate: '0.10' }
/** Fixture ftp-contribution (2.9): the quarter 2025-Q1. */
const given: ContributionGiven = {
  days: 90,
  deposits: [
    { name: 'demand', adbFen: yuan('12000000.00'), ftp: '0.0120', rate: '0.0015' }, { name: 'time-1y', adbFen: yuan('20000000.00'), ftp: '0.0185', rate: '0.0135' },
    { name: 'BA margin', adbFen: yuan('5000000.00'), ftp: '0.0130', rate: '0.0015' },
  ],
  loans: [{ adbFen: yuan('30000000.00'), rate: '0.0385', ftp: '0.0210', pd: '0.0120', lgd: '0.45' }],
  feesFen: yuan('5000.00') + yuan('8000.00') + yuan('1200.00'),
  bills: [{ exposureFen: yuan('10000000.00') - yuan('5000000.00'), pd: '0.0120', lgd: '0.45' }],
  opexFen: yuan('25000.00'), riskWeightedFen: yuan('35000000.00'), terms,
}

describe('fixture ftp-contribution', () => {
  const found = contributionOf(given)
  test.each<[what: string, fen: bigint, expected: string]>([
    ['demand deposits', found.deposits[0] ?? 0n, '31500.00'], ['time deposits', found.deposits[1] ?? 0n, '25000.00'], ['margin of bills', found.deposits[2] ?? 0n, '14375.00'], ['deposit insurance', found.insuranceFen, '1480.00'],
    ['loan interest', found.interestFen, '288750.00'], ['loan funding', found.fundingFen, '157500.00'], ['VAT on interest', found.loanVatFen, '16344.34'], ['surcharge', found.loanSurchargeFen, '1961.32'],
    ['expected loss', found.loanLossFen, '40500.00'], ['the loan', found.loanFen, '72444.34'], ['VAT on fees', found.feeVatFen, '803.77'], ['surcharge on fees', found.feeSurchargeFen, '96.45'], ['fees', found.feeNetFen, '13299.78'],
    ['expected loss of bills', found.billLossFen, '6750.00'], ['pre-tax', found.preTaxFen, '123389.12'], ['tax', found.taxFen, '30847.28'], ['net', found.netFen, '92541.84'], ['capital', found.capitalFen, '3675000.00'],
    ['capital charge', found.chargeFen, '91875.00'], ['EVA', found.evaFen, '666.84'],
  ])('%s', (_what, fen, expected) => expect(yuanText(fen)).toBe(expected))
  test('RAROC', () => expect(found.rarocPct).toBe('10.0726'))
  test.each([[['60', '40'], ['74033.47', '49355.65']], [['1', '1', '1'], ['41129.71', '41129.71', '41129.70']]])('split %j', (shares, parts) => {
    expect(splitContribution(found.preTaxFen, shares).map(yuanText)).toEqual(parts)
  })
  test('a loss is parked, not taxed; without capital there is no RAROC', () => {
    const loss = contributionOf({ ...given, opexFen: yuan('500000.00') })
    expect([loss.taxFen, loss.netFen]).toEqual([0n, loss.preTaxFen])
    expect(contributionOf({ ...given, opexFen: yuan('500000.00'), terms: { ...terms, taxOnLoss: true } }).taxFen).toBeLessThan(0n)
    expect(rarocPct(100n, 0n, 90)).toBeNull()
  })
})

const fen = fc.bigInt({ min: -10_000_000_000n, max: 10_000_000_000n })
const anyLine: fc.Arbitrary<ValueLine> = fc.record({
  kind: fc.constantFrom('DEPOSIT', 'DEPOSIT_INSURANCE', 'LOAN_INTEREST', 'LOAN_FUNDING', 'LOAN_VAT', 'LOAN_SURCHARGE', 'EXPECTED_LOSS', 'FEES', 'FEE_VAT', 'FEE_SURCHARGE', 'TRANSACTIONS', 'CONTACTS'),
  productCode: fc.constantFrom('D1', 'D2', 'D3', 'L1', 'L2'), baseFen: fen, amountFen: fen,
}).map((line) => (['DEPOSIT', 'LOAN_INTEREST', 'LOAN_FUNDING'].includes(line.kind) ? line : { ...line, productCode: null }))

describe('always', () => {
  test('the products sum to the customer', () => {
    fc.assert(fc.property(fc.array(anyLine, { maxLength: 30 }), (lines) => {
      expect(sumFen(byProduct(lines).map((part) => part.amountFen))).toBe(sumFen(lines.map((line) => line.amountFen)))
    }))
  })
  test('the shares sum to the whole', () => {
    fc.assert(fc.property(fc.array(anyLine, { minLength: 1, maxLength: 30 }), (lines) => {
      const shares = sharesOf(byProduct(lines)).filter((share) => share !== null)
      fc.pre(shares.length > 0)
      expect(sumFen(shares.map((share) => yuan(share)))).toBe(10_000n)
    }))
  })
  test('managers together get the whole, to the fen', () => {
    fc.assert(fc.property(fen, fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 6 }), (total, shares) => {
      expect(sumFen(splitContribution(total, shares.map(String)))).toBe(total)
    }))
  })
})
