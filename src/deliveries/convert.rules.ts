/** How the texts of a file are read: days, amounts, rates. Each gives undefined when the text is none. */

/** Reads days of one form ('YYYYMMDD', 'YYMMDD' with a century, 'YYMMDD hh:mm:ss'); months of women may be counted higher (Czech birth numbers). */
export function dayReader(form: string, century: string | undefined, womenMonths = 0, part: 'date' | 'sex' = 'date'): (text: string) => string | undefined {
  const yearAt = form.includes('YYYY') ? form.indexOf('YYYY') : form.indexOf('YY')
  const shortYear = !form.includes('YYYY')
  const monthAt = form.indexOf('MM')
  const dayAt = form.indexOf('DD')
  if (yearAt < 0 || monthAt < 0 || dayAt < 0) throw new Error(`${form} names no year, month and day`)
  if (shortYear && century === undefined) throw new Error(`${form} needs a century`)
  const shape = new RegExp(`^${form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/Y|M|D|h|m|s/g, '\\d')}$`)
  const known = new Map<string, string>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    if (!shape.test(text)) return undefined
    const year = Number(shortYear ? `${century ?? ''}${text.slice(yearAt, yearAt + 2)}` : text.slice(yearAt, yearAt + 4))
    let month = Number(text.slice(monthAt, monthAt + 2))
    const woman = womenMonths > 0 && month > womenMonths
    if (woman) month -= womenMonths
    const dayOfMonth = Number(text.slice(dayAt, dayAt + 2))
    if (year < 1000 || month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysIn(year, month)) return undefined
    const read = part === 'sex' ? (woman ? 'F' : 'M') : `${year}-${two(month)}-${two(dayOfMonth)}`
    if (known.size > 50_000) known.clear()
    known.set(text, read)
    return read
  }
}

const two = (value: number): string => (value < 10 ? `0${value}` : String(value))
const leap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const daysIn = (year: number, month: number): number => (month === 2 && leap(year) ? 29 : (lengths[month - 1] ?? 0))

const amountShape = /^([-+]?)(\d{1,15})(?:\.(\d{1,2})0*)?$/

/** An amount of the main unit as whole fen, in digits: '700.5' → '70050'. More than two decimals that are not zero are refused, never rounded. */
export function fenText(text: string): string | undefined {
  // nearly every amount is digits, a point and two digits: a million of them are read without the general form
  const point = text.length - 3
  if (point > 0 && point < 16 && text.charCodeAt(point) === 46) {
    const digits = text.slice(0, point) + text.slice(point + 1)
    if (onlyDigits(digits)) return digits.charCodeAt(0) === 48 ? digits.slice(firstDigit(digits)) : digits
  }
  const found = amountShape.exec(text)
  if (!found) return undefined
  const [, sign, whole = '', decimals = ''] = found
  const digits = whole + (decimals.length === 2 ? decimals : decimals.length === 1 ? `${decimals}0` : '00')
  const start = firstDigit(digits)
  return sign === '-' && digits !== '0'.repeat(digits.length) ? `-${digits.slice(start)}` : digits.slice(start)
}

function onlyDigits(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 48 || code > 57) return false
  }
  return true
}

function firstDigit(digits: string): number {
  let at = 0
  while (at < digits.length - 1 && digits.charCodeAt(at) === 48) at++
  return at
}

/** Reads amounts with another decimal mark or with implied decimals into the one form that fenText knows. */
export function amountReader(mark: '.' | ',', impliedDecimals: number | undefined): (text: string) => string | undefined {
  if (impliedDecimals !== undefined && impliedDecimals > 0) {
    return (text) => {
      const found = /^([-+]?)(\d{1,18})$/.exec(text)
      if (!found) return undefined
      const digits = (found[2] ?? '').padStart(impliedDecimals + 1, '0')
      return fenText(`${found[1] ?? ''}${digits.slice(0, -impliedDecimals)}.${digits.slice(-impliedDecimals)}`)
    }
  }
  return mark === ',' ? (text) => (text.includes('.') ? undefined : fenText(text.replace(',', '.'))) : fenText
}

/** An exact decimal with at most so many decimals. */
export function decimalReader(decimals: number): (text: string) => string | undefined {
  const shape = new RegExp(`^[-+]?\\d{1,12}(\\.\\d{1,${decimals}}0*)?$`)
  return (text) => (shape.test(text) ? text : undefined)
}

/** Sums fen without ever passing the safe whole numbers of a float. */
export class FenSum {
  #part = 0
  #whole = 0n
  add(fen: string): void {
    const value = Number(fen)
    if (Number.isSafeInteger(value)) this.#part += value
    else this.#whole += BigInt(fen)
    if (this.#part > 4e15 || this.#part < -4e15) {
      this.#whole += BigInt(this.#part)
      this.#part = 0
    }
  }
  total(): bigint {
    return this.#whole + BigInt(this.#part)
  }
}

/** 12345n → '123.45'. */
export function yuanOfFen(fen: bigint): string {
  const sign = fen < 0n ? '-' : ''
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0')
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** A control total as the sender writes it: '123', '123.4', '123.45' as hundredths; undefined when it is none. */
export function hundredths(text: string): bigint | undefined {
  const found = /^(-?)(\d{1,27})(?:\.(\d{1,2})0*)?$/.exec(text.trim())
  if (!found) return undefined
  const value = BigInt((found[2] ?? '') + (found[3] ?? '').padEnd(2, '0'))
  return found[1] === '-' ? -value : value
}
