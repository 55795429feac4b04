import type { Language } from './settings.ts'

/** Units in which amounts are shown; the data is always whole fen. */
export type Unit = 'yuan' | 'wan' | 'yi'
export const units: readonly Unit[] = ['yuan', 'wan', 'yi']

/** How the bank's currency is called: CNY unless the bank keeps its books in another one (the Berka bank: crowns). */
export type MoneyWord = { zh: string; en: string }
export const yuan: MoneyWord = { zh: '元', en: 'CNY' }

const fenIn: Record<Unit, bigint> = { yuan: 100n, wan: 1_000_000n, yi: 10_000_000_000n }
export const minus = '\u2212'

/** The unit's name for a column's head or behind a figure: 万元; in English "CNY 10k". */
export function unitName(unit: Unit, language: Language, word: MoneyWord = yuan): string {
  if (language === 'zh') return { yuan: '', wan: '万', yi: '亿' }[unit] + word.zh
  return { yuan: word.en, wan: `${word.en} 10k`, yi: `${word.en} 100m` }[unit]
}

/** Single figures and charts choose by the largest value: below 100 万元 in 元, below 10 亿元 in 万元, else 亿元. */
export function unitFor(largestFen: bigint | string): Unit {
  const size = magnitude(BigInt(largestFen))
  if (size < 100_000_000n) return 'yuan'
  return size < 100_000_000_000n ? 'wan' : 'yi'
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value)

/**
 * Two decimals in the unit, half up (away from zero), separators, U+2212 for minus. Not zero but rounding to it: "<0.01".
 * `signed` puts + before a rise, as changes want it.
 */
export function amountText(fen: bigint | string, unit: Unit, { signed = false }: { signed?: boolean } = {}): string {
  const value = BigInt(fen)
  const size = magnitude(value)
  const sign = value < 0n ? minus : signed && value > 0n ? '+' : ''
  const hundredths = (size * 100n * 2n + fenIn[unit]) / (2n * fenIn[unit])
  if (hundredths === 0n && size !== 0n) return value < 0n ? `${sign}<0.01` : '<0.01'
  return `${sign}${separated(String(hundredths / 100n))}.${String(hundredths % 100n).padStart(2, '0')}`
}

/** Every fen of it, with the currency's word: "12,416,709.02 元". */
export function exactText(fen: bigint | string, language: Language, word: MoneyWord = yuan): string {
  return `${amountText(fen, 'yuan')} ${unitName('yuan', language, word)}`
}

/** For copies and files: ASCII minus, no separators. */
export function plainAmount(fen: bigint | string, unit: Unit = 'yuan'): string {
  return amountText(fen, unit).replaceAll(',', '').replace(minus, '-')
}

/** Separates the whole part by threes. Takes digits only. */
export function separated(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}

/** An exact decimal (a string) with so many decimals, half up. */
export function decimalText(value: string, decimals: number, { signed = false }: { signed?: boolean } = {}): string {
  const found = /^([-+]?)(\d+)(?:\.(\d+))?$/.exec(value)
  if (!found) return value
  const fraction = (found[3] ?? '').padEnd(decimals + 1, '0')
  let scaled = BigInt(`${found[2]}${fraction.slice(0, decimals)}`)
  if (Number(fraction[decimals]) >= 5) scaled += 1n
  const digits = String(scaled).padStart(decimals + 1, '0')
  const whole = decimals === 0 ? digits : digits.slice(0, -decimals)
  const sign = scaled === 0n ? '' : found[1] === '-' ? minus : signed ? '+' : ''
  return `${sign}${separated(whole)}${decimals === 0 ? '' : `.${digits.slice(-decimals)}`}`
}

/** A ratio ("0.96" is 96.00%). */
export function percentText(ratio: string, decimals = 2, options: { signed?: boolean } = {}): string {
  const found = /^([-+]?)(\d+)(?:\.(\d+))?$/.exec(ratio)
  if (!found) return ratio
  const fraction = (found[3] ?? '').padEnd(2, '0')
  return `${decimalText(`${found[1]}${found[2]}${fraction.slice(0, 2)}.${fraction.slice(2) || '0'}`, decimals, options)}%`
}

/** What a typed amount means, in fen; null when it is no amount. Takes 3.5万, 1.2亿, full-width digits and marks, separators, a currency sign. */
export function parseMoney(typed: string): bigint | null {
  const half = typed
    .replace(/[\uff01-\uff5e]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0))
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/[\s,\u3001\u3000¥￥]/g, '')
    .replace(/。/g, '.')
    .replace(/元整?$/, '')
  const found = /^(-?)(\d{1,16})(?:\.(\d{0,10}))?(千|万|百万|千万|亿|w|W)?$/.exec(half)
  if (!found) return null
  const scale = { 千: 1_000n, 万: 10_000n, w: 10_000n, W: 10_000n, 百万: 1_000_000n, 千万: 10_000_000n, 亿: 100_000_000n }[found[4] ?? ''] ?? 1n
  const fraction = found[3] ?? ''
  const numerator = BigInt(`${found[2]}${fraction}`) * scale * 100n
  const denominator = 10n ** BigInt(fraction.length)
  // a part of a fen cannot be paid: the person shall see it, not have it rounded away
  if (numerator % denominator !== 0n) return null
  const fen = numerator / denominator
  return found[1] === '-' ? -fen : fen
}

const digitWords = '零壹贰叁肆伍陆柒捌玖'

/** 人民币大写 (支付结算办法): 整 after 元 and 角, none after 分. 1640902n is 人民币壹万陆仟肆佰零玖元零贰分. */
export function capitalAmount(fen: bigint | string): string {
  const value = BigInt(fen)
  const size = magnitude(value)
  const whole = size / 100n
  const jiao = Number((size / 10n) % 10n)
  const cents = Number(size % 10n)
  const yuanPart = whole === 0n ? '' : `${capitalWhole(whole)}元`
  let rest = ''
  if (jiao === 0 && cents === 0) rest = yuanPart === '' ? '零元整' : '整'
  else if (cents === 0) rest = `${yuanPart !== '' && whole % 10n === 0n ? '零' : ''}${digitWords[jiao]}角整`
  else if (jiao === 0) rest = `${yuanPart === '' ? '' : '零'}${digitWords[cents]}分`
  else rest = `${yuanPart !== '' && whole % 10n === 0n ? '零' : ''}${digitWords[jiao]}角${digitWords[cents]}分`
  return `人民币${value < 0n ? '负' : ''}${yuanPart}${rest}`
}

function capitalWhole(whole: bigint): string {
  const groups: string[] = []
  let said = ''
  for (let left = whole; left > 0n; left /= 10_000n) groups.unshift(String(left % 10_000n).padStart(4, '0'))
  const groupWords = ['', '万', '亿', '万亿']
  groups.forEach((group, index) => {
    let part = ''
    let gap = false
    ;[...group].forEach((digit, place) => {
      if (digit === '0') gap = true
      else {
        if (gap && (part !== '' || said !== '')) part += '零'
        gap = false
        part += `${digitWords[Number(digit)]}${['仟', '佰', '拾', ''][place]}`
      }
    })
    const position = groups.length - 1 - index
    if (part !== '') said += (gapBefore(groups, index) && !part.startsWith('零') && said !== '' ? '零' : '') + part + (groupWords[position] ?? '')
  })
  return said
}

// a whole group of zeros in between is said once
function gapBefore(groups: readonly string[], index: number): boolean {
  return index > 0 && groups[index - 1] === '0000'
}
