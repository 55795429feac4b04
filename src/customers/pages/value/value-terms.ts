import { decimalText, percentText } from '../../../ui/amount-format.ts'
import type { parameterNames } from '../../value/value.contract.ts'

type Parameter = (typeof parameterNames)[number]
/** How a value is entered and read: in percent, in yuan for each time, or yes and no. */
export type ValueForm = 'percent' | 'yuan' | 'yes-no'

export function formOf(name: Parameter | null): ValueForm {
  if (name === 'transactionCost' || name === 'contactCost') return 'yuan'
  return name === 'taxOnLoss' ? 'yes-no' : 'percent'
}

/** 0.0185 as 1.85%, 0.00016 as 0.016%: two to four decimals. */
export const rateText = (rate: string): string => percentText(rate, 4).replace(/0{1,2}%$/, '%')

/** A kept value as people read it; yes and no in the reader's words. */
export function valueTold(value: string, form: ValueForm, words: { yes: string; no: string; yuan: (n: string) => string }): string {
  if (form === 'yes-no') return Number(value) === 0 ? words.no : words.yes
  return form === 'yuan' ? words.yuan(decimalText(value, 2)) : rateText(value)
}

/** 1.85 (percent, as typed) as 0.0185, exactly; null when it is no number of the form. */
export function keptValue(typed: string, form: ValueForm): string | null {
  const found = /^(\d{1,9})(?:\.(\d{1,6}))?$/.exec(typed.trim())
  if (!found) return null
  const [, whole = '', fraction = ''] = found
  if (form !== 'percent') return typed.trim()
  const digits = `${whole.padStart(3, '0')}${fraction}`
  const point = digits.length - fraction.length - 2
  return `${String(Number(digits.slice(0, point)))}.${digits.slice(point)}`.replace(/0+$/, '').replace(/\.$/, '')
}
