import { splitFen, sumFen, type Fen } from '../../foundation/values/fen.ts'
import { exact } from '../../foundation/values/decimal.ts'
import { codeNames, named, stepName, type Word } from '../pay-words.rules.ts'
import type { LineShown, StepShown } from '../statement.contract.ts'

export type PayOfMonth = { payableFen: string; steps: readonly StepShown[]; lines: readonly LineShown[] }
export type ChangePart = { code: string; name: Word; fen: Fen }

/**
 * A payable amount told as a sum of causes: money that a sum adds or takes away stands for itself; where a coefficient, a link or a limit works on an amount, what it changes is a cause of its own; points pay is laid
 * on the lines by their points. The parts are exactly the whole, whatever the scheme.
 */
export function partsOfPay({ payableFen, steps, lines }: PayOfMonth): Map<string, { name: Word; fen: Fen }> {
  const byCode = new Map(steps.map((step) => [step.code, step]))
  const parts = new Map<string, { name: Word; fen: Fen }>()
  const open = new Set<string>()
  const put = (code: string, name: Word, fen: Fen): void => {
    if (fen !== 0n) parts.set(code, { name, fen: fen + (parts.get(code)?.fen ?? 0n) })
  }
  const lineWord = (code: string): Word => {
    const line = lines.find((one) => one.code === code)
    const [zh, en] = [line?.detail['name'] ?? null, line?.detail['nameEn'] ?? null]
    return zh === null ? named(codeNames, code) : { zh, en: en ?? zh }
  }
  const wordOf = (step: StepShown): Word => (step.name ? step.name : { zh: stepName(step, (word) => word.zh), en: stepName(step, (word) => word.en) })

  const tell = (code: string, sign: bigint, value: Fen): void => {
    const step = byCode.get(code)
    if (!step || step.unit !== 'FEN' || open.has(code)) return put(code, lineWord(code), sign * value)
    open.add(code)
    const money = step.terms.flatMap((term, place) => ('of' in term && term.unit === 'FEN' && term.of !== null ? [{ of: term.of, value: BigInt(term.value), minus: signBefore(step, place) }] : []))
    const points = step.terms.flatMap((term) => ('of' in term && term.unit === 'POINTS' && term.of !== null ? [term.of] : []))[0]
    // a product of an amount follows the amount first, and what the factor does is its own
    const carried = isSum(step) ? money : money.slice(0, 1).map((one) => ({ ...one, minus: false }))
    let told = 0n
    for (const { of, value: part, minus } of carried) {
      tell(of, minus ? -sign : sign, part)
      told += minus ? -part : part
    }
    if (carried.length === 0 && points !== undefined) {
      for (const { code: line, fen } of byLine(points, value)) put(line, lineWord(line), sign * fen)
      told = value
    }
    put(carried.length === 0 && points === undefined ? code : `${code} effect`, step.name || carried.length === 0 ? wordOf(step) : effectNames[code] ?? wordOf(step), sign * (value - told))
    open.delete(code)
  }
  // points pay laid on the lines whose points it is made of, by largest remainder of what speaks for it and what speaks against it
  const byLine = (code: string, value: Fen): { code: string; fen: Fen }[] => {
    const terms = (byCode.get(code)?.terms ?? []).flatMap((term, place, all) => ('of' in term && term.of !== null ? [{ code: term.of, points: exact(term.value).times(place > 0 && 'sign' in (all[place - 1] ?? {}) && (all[place - 1] as { sign: string }).sign === '−' ? -1 : 1) }] : [])).filter(({ points }) => !points.isZero())
    const whole = terms.reduce((sum, { points }) => sum.plus(points), exact('0'))
    if (terms.length === 0 || whole.isZero()) return value === 0n ? terms.map((one) => ({ code: one.code, fen: 0n })) : [{ code, fen: value }]
    const floor = terms.map(({ points }) => BigInt(points.times(value.toString()).div(whole).trunc().toFixed(0)))
    const rest = value - sumFen(floor)
    const laid = splitFen(rest, terms.map(({ points }) => points.abs().toFixed()))
    return terms.map((one, place) => ({ code: one.code, fen: (floor[place] ?? 0n) + (laid[place] ?? 0n) }))
  }
  const payable = BigInt(payableFen)
  if (byCode.has('PAYABLE')) tell('PAYABLE', 1n, payable)
  else put('PAYABLE', named(codeNames, 'PAYABLE'), payable)
  return parts
}

const isSum = (step: StepShown): boolean => step.terms.every((term) => ('sign' in term ? term.sign === '+' || term.sign === '−' : term.unit === 'FEN'))
function signBefore(step: StepShown, place: number): boolean {
  const before = step.terms[place - 1]
  return before !== undefined && 'sign' in before && before.sign === '−'
}

// what a step does to the amount that it takes
const effectNames: Readonly<Record<string, Word>> = {
  D: named(codeNames, 'MARKETING'), LINK_PAY: named(codeNames, 'LINK_F'), C: named(codeNames, 'LINK_F'), PAYABLE: { zh: '不足部分结转', en: 'Carried on, not paid' },
}

/** From one month's pay to another's, by cause, in the order of the later month; the parts sum to the difference to the fen. */
export function payChange(before: PayOfMonth, after: PayOfMonth): ChangePart[] {
  const [was, is] = [partsOfPay(before), partsOfPay(after)]
  const codes = [...new Set([...is.keys(), ...was.keys()])]
  return codes.map((code) => ({ code, name: is.get(code)?.name ?? was.get(code)?.name ?? named(codeNames, code), fen: (is.get(code)?.fen ?? 0n) - (was.get(code)?.fen ?? 0n) })).filter(({ fen }) => fen !== 0n)
}
