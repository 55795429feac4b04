import { indicatorCode } from '../indicator.contract.ts'
import { z } from 'zod'
import { fenText, safeText } from '../../foundation/values/api-values.ts'
import { schemeBlock } from '../block.contract.ts'

/** How long a scheme collects before it pays: settled in the last month of the period. */
export const schemePeriods = ['MONTH', 'QUARTER', 'HALF_YEAR', 'YEAR'] as const
export type SchemePeriod = (typeof schemePeriods)[number]
/** The five classes of 银监发〔2012〕34号 to which a scheme maps its items. */
export const itemClasses = ['compliance', 'risk', 'operating', 'development', 'social'] as const
export type ItemClass = (typeof itemClasses)[number]

const short = safeText(30, { min: 1 })
const blockCode = z.string().regex(/^[A-Z][A-Z0-9_]{0,30}$/)

/** What a version of a scheme of blocks fixes; checked when it is proposed, when it is installed and whenever it is read. */
export const blocksTerms = z.strictObject({
  /** In the order of the operations. */
  blocks: z.array(schemeBlock).min(1).max(40),
  /** Posts that are paid by it; grades and units (codes of institutions, with all below them) narrow it, none: all. */
  posts: z.array(short).min(1).max(20), grades: z.array(short).max(20), units: z.array(short).max(50),
  period: z.enum(schemePeriods),
  /** Base of a whole period by grade, in fen; `*` for everybody else. Handed in as GRADE_BASE. */
  gradeBases: z.record(short, fenText),
  /** The value that is shown as the score. */
  score: blockCode.nullable(),
  /** Class of an item by its code; what stands nowhere is operating benefit. */
  classes: z.record(z.string(), z.enum(itemClasses)),
  /** A contest: the indicators of the running plan that it rewards. */
  contest: z.array(indicatorCode).min(1).max(20).optional(),
  carryMonths: z.number().int().min(0).max(24),
  /** So many closed months back are worked out again for late corrections. */
  correctionMonths: z.number().int().min(0).max(24),
})
export type BlocksTerms = z.output<typeof blocksTerms>
