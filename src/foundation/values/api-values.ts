import { z } from 'zod'
import { isDay, isMonth } from './business-date.ts'
import { uuid7Pattern, uuidPattern } from './uuid7.ts'

/** Values that stand in requests and replies. A value that does not fit is refused with a sentence in the reader's language. */

const custom = (zh: string, en: string): { params: { zh: string; en: string } } => ({ params: { zh, en } })
// tab and line ends may stand in a text of several lines; other control characters, lone surrogates and direction marks never
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/
const isPlain = (text: string): boolean => text.isWellFormed() && !forbidden.test(text)
const hasControls = custom('含有不能使用的控制字符', 'has control characters that may not be used')
const lineEnds = /[\t\n\r]/

/** Text that a person writes: trimmed, at most `max` characters (as people count them), no control characters. What looks like HTML or SQL is text like any other. */
export function safeText(max: number, { min = 1, multiline = false }: { min?: number; multiline?: boolean } = {}) {
  return z
    .string()
    .max(max * 4)
    .transform((text) => text.replace(/\r\n?/g, '\n').trim())
    .refine(isPlain, hasControls)
    .refine((text) => multiline || !lineEnds.test(text), custom('只能有一行', 'must be one line'))
    .refine((text) => [...text].length >= min, custom(min <= 1 ? '必填' : `至少 ${min} 个字`, min <= 1 ? 'required' : `at least ${min} characters`))
    .refine((text) => [...text].length <= max, custom(`最多 ${max} 个字`, `at most ${max} characters`))
}

/** Text that another system tells, signed as it stands: not trimmed, no control characters. */
export const toldText = (max: number): z.ZodString => z.string().max(max).refine(isPlain, hasControls)

/** Whole fen as digits, optional minus, within 18 digits. */
export const fenText = z.string().regex(/^(0|-?[1-9]\d{0,17})$/, { error: 'fen' }).meta({ description: '整数分 whole fen' })

/** An exact decimal with at most so many decimals. */
export function decimalText(decimals: number) {
  return z.string().regex(new RegExp(`^-?\\d{1,15}${decimals === 0 ? '' : `(\\.\\d{1,${decimals}})?`}$`), { error: 'decimal' })
}

/** A day that exists. */
export const dayText = z.string().max(10).refine(isDay, custom('日期不存在或格式不对，应为 YYYY-MM-DD', 'not a day that exists, as YYYY-MM-DD'))
export const monthText = z.string().max(7).refine(isMonth, custom('月份格式不对，应为 YYYY-MM', 'not a month, as YYYY-MM'))

/** The id of something that exists. */
export const idText = z.string().regex(uuidPattern, { error: 'id' })
/** The id that a client made for what it creates: UUIDv7. */
export const newIdText = z.string().regex(uuid7Pattern, { error: 'UUIDv7' })
