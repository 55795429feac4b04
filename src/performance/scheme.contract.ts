import { indicatorCode } from './indicator.contract.ts'
import { z } from 'zod'
import { endpoint } from '../foundation/http/contract.ts'
import { dayText, decimalText } from '../foundation/values/api-values.ts'
import { schemeBlock } from './block.contract.ts'
import { inspectionEvents } from './inspection.contract.ts'
import { blocksTerms } from './schemes/block-terms.contract.ts'
import { supportSchemeTerms } from './schemes/support-terms.contract.ts'

/** Events of the tariff that the ledgers give. */
export const ledgerEvents = ['NEW_SMALL_LOAN', 'MERCHANT_LOAN_AMOUNT', 'MANAGED_LOAN_ADB', 'DEPOSIT_ADB_INCREMENT'] as const
export const tariffEvents = [...ledgerEvents, ...inspectionEvents] as const
export type TariffEvent = (typeof tariffEvents)[number]

const yuan = z.string().regex(/^\d{1,12}\.\d{2}$/)
const positive = (decimals: number) => decimalText(decimals).refine((text) => !text.startsWith('-'))

/** What a version of the points scheme fixes besides its tariff; checked when it is installed and whenever it is read. */
export const pointsTerms = z.strictObject({
  unitPrice: yuan,
  earlyPosition: z.enum(['AFTER_ALL', 'BEFORE_LINK']),
  earlyGraceMonths: z.number().int().min(0).max(12),
  linkWeight: positive(4).refine((text) => Number(text) <= 1),
  linkOnNegative: z.boolean(),
  linkCeiling: positive(4),
  /** Loan products whose growth is linked; null: every loan. */
  linkProducts: z.array(z.string()).nullable(),
  timeProgress: z.enum(['MONTHS', 'DAYS']),
  lateReturnRatio: positive(4).refine((text) => Number(text) <= 1),
  partialReturn: z.boolean(),
  marketingBands: z.array(z.strictObject({ from: positive(2), coefficient: positive(4) })).min(1)
    .refine((bands) => bands.every((band, place) => place === 0 || Number(band.from) < Number(bands[place - 1]?.from)) && Number(bands.at(-1)?.from) === 0, { error: 'bands go from high to low and end at 0' }),
  evaluationPointRate: positive(4),
  supervisorPay: yuan,
  supervisorCeiling: positive(4),
  carryMonths: z.number().int().min(0).max(24),
  /** Posts that are paid by this scheme; those of retail managers; those of supervisors. */
  posts: z.array(z.string()).min(1),
  retailPosts: z.array(z.string()),
  supervisorPosts: z.array(z.string()),
  /** So many closed months back are worked out again for late corrections. */
  correctionMonths: z.number().int().min(0).max(24),
  /** Codes of institutions whose people (with all below) it pays, none: all; and those whose people another scheme pays. */
  units: z.array(z.string()).max(50).optional(),
  exceptUnits: z.array(z.string()).max(50).optional(),
  /** A contest: the indicators of the running plan that it rewards. */
  contest: z.array(indicatorCode).min(1).max(20).optional(),
  /** The order of operations where a bank built its own; without: that of the house, by the terms above. */
  blocks: z.array(schemeBlock).min(1).max(40).optional(),
})
export type SchemeTerms = z.output<typeof pointsTerms>

const schemeRule = z.strictObject({ event: z.string(), from: dayText, to: dayText.nullable(), unitFen: z.string().nullable(), points: z.string(), products: z.array(z.string()).nullable() })
const schemeShown = z.strictObject({
  code: z.string(), version: z.number().int(), from: dayText, to: dayText.nullable(), name: z.string(), nameEn: z.string(), legalBasis: z.string(), inForce: z.boolean(), readOn: dayText.nullable(), readers: z.number().int().nullable(), rules: z.array(schemeRule),
  /** `readOn`: when oneself read it; `readers`: how many did, for those who design schemes. One of the three: a points scheme has terms and a tariff, a scheme of blocks its list, support departments their pool. */
  terms: pointsTerms.nullable(), blocks: blocksTerms.nullable(), support: supportSchemeTerms.nullable(),
})
export type SchemeShown = z.output<typeof schemeShown>

/** Every version of every scheme with its tariff: the rules are readable by each person they pay, before they apply (3.0, rights to know). */
export const listSchemes = endpoint({
  id: 'listSchemes', method: 'GET', path: '/api/schemes', text: { zh: '查看考核方案', en: 'Read the pay schemes' }, permission: 'scheme.read',
  reply: z.strictObject({
    schemes: z.array(schemeShown), currency: z.string(),
    /** What the codes of posts and units in the terms stand for; of indicators and products behind the word `indicator` or `product`. */
    names: z.record(z.string(), z.strictObject({ zh: z.string(), en: z.string() })),
  }),
})
