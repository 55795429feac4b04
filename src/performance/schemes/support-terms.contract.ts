import { z } from 'zod'
import { decimalText, fenText, safeText } from '../../foundation/values/api-values.ts'

const short = safeText(30, { min: 1 })
const positive = (decimals: number) => decimalText(decimals).refine((text) => !text.startsWith('-'))
const share = positive(4).refine((text) => Number(text) <= 1)

/** What a version of the scheme of support departments fixes (3.5, scheme d). */
export const supportSchemeTerms = z.strictObject({
  /** Units served, with all below them, none: the whole bank; schemes whose closed months make the pool. */
  served: z.array(short).max(50), schemes: z.array(short).min(1).max(20),
  poolRatio: share,
  weights: z.strictObject({ answerOnTime: positive(2), rightFirstTime: positive(2), disputes: positive(2), frontLineRating: positive(2) }),
  leastScore: positive(2), heldScore: positive(2), amberFactor: share,
  /** Departments by the code of their institution; whoever has a post in their line takes part. */
  departments: z.array(z.strictObject({ code: short, staffWeight: positive(4) })).min(1).max(50),
  /** By grade; `*`: everybody else. */
  gradeFactors: z.record(short, positive(4)),
  /** Posts of risk control never take part in the pool: a base of their own by grade, paid by head office. */
  controlBases: z.record(short, fenText), controlDepartments: z.array(short).max(50),
})
export type SupportSchemeTerms = z.output<typeof supportSchemeTerms>
