import { addDays, isDay } from '../../foundation/values/business-date.ts'
import type { SegmentCondition, SegmentDefinition, SegmentOp, segmentTypes } from './segment.contract.ts'

type Text = { zh: string; en: string }
export type SegmentType = (typeof segmentTypes)[number]
/** A field that a condition may ask for. */
export type SegmentField = {
  code: string
  group: Text
  label: Text
  type: SegmentType
  /** Of a choice: what its values are. 'code' is one of `options`; 'key' a whole number, 'id' an id, 'word' a short code of the bank, looked up for the reader. */
  values?: 'code' | 'key' | 'id' | 'word'
  options?: readonly { value: string; label: Text }[]
}

const opsOf: Readonly<Record<SegmentType, readonly SegmentOp[]>> = {
  choice: ['IN', 'NOT_IN'], amount: ['AT_LEAST', 'AT_MOST', 'BETWEEN'], number: ['AT_LEAST', 'AT_MOST', 'BETWEEN'],
  day: ['LAST_DAYS', 'NEXT_DAYS', 'OVER_DAYS_AGO', 'FROM', 'UNTIL', 'BETWEEN', 'PRESENT', 'EMPTY'], anniversary: ['NEXT_DAYS'], text: ['CONTAINS', 'STARTS', 'PRESENT', 'EMPTY'], flag: ['YES', 'NO'],
}
export const operatorsOf = (type: SegmentType): readonly SegmentOp[] => opsOf[type]

export type ConditionFault = { name: 'too-many-conditions' | 'field-unknown' | 'operator-wrong' | 'value-wrong'; group: number; place: number }

/** The first thing that is wrong with a definition, the most fundamental first; null when it may be asked. */
export function faultOfDefinition(fields: readonly SegmentField[], definition: SegmentDefinition, most: number): ConditionFault | null {
  if (definition.groups.reduce((sum, group) => sum + group.conditions.length, 0) > most) return { name: 'too-many-conditions', group: 0, place: 0 }
  for (const judge of [unknownField, wrongOperator, wrongValue]) {
    for (const [group, { conditions }] of definition.groups.entries()) {
      for (const [place, condition] of conditions.entries()) {
        const name = judge(condition, fields.find((field) => field.code === condition.field))
        if (name !== null) return { name, group: group + 1, place: place + 1 }
      }
    }
  }
  return null
}

const unknownField = (_condition: SegmentCondition, field: SegmentField | undefined): 'field-unknown' | null => (field ? null : 'field-unknown')
const wrongOperator = (condition: SegmentCondition, field: SegmentField | undefined): 'operator-wrong' | null => (field && opsOf[field.type].includes(condition.op) ? null : 'operator-wrong')

function wrongValue({ op, values }: SegmentCondition, field: SegmentField | undefined): 'value-wrong' | null {
  if (!field) return 'value-wrong'
  return fits(field, op, values) ? null : 'value-wrong'
}

const wholeFen = /^(0|-?[1-9]\d{0,17})$/
const count = /^(0|[1-9]\d{0,8})$/
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

function fits(field: SegmentField, op: SegmentOp, values: readonly string[]): boolean {
  const [first = '', second = ''] = values
  switch (op) {
    case 'YES': case 'NO': case 'EMPTY': case 'PRESENT': return values.length === 0
    case 'IN': case 'NOT_IN': return values.length > 0 && values.every((value) => choiceFits(field, value))
    case 'AT_LEAST': case 'AT_MOST': return values.length === 1 && (field.type === 'amount' ? wholeFen : count).test(first)
    case 'BETWEEN': {
      if (values.length !== 2) return false
      if (field.type === 'day') return isDay(first) && isDay(second) && first <= second
      const form = field.type === 'amount' ? wholeFen : count
      return form.test(first) && form.test(second) && BigInt(first) <= BigInt(second)
    }
    case 'FROM': case 'UNTIL': return values.length === 1 && isDay(first)
    case 'LAST_DAYS': case 'NEXT_DAYS': case 'OVER_DAYS_AGO': return values.length === 1 && count.test(first) && Number(first) <= (field.type === 'anniversary' ? 60 : 3660)
    case 'CONTAINS': case 'STARTS': return values.length === 1 && first.trim() !== ''
  }
}

function choiceFits(field: SegmentField, value: string): boolean {
  switch (field.values) {
    case 'key': return count.test(value) && Number(value) <= 2_000_000_000
    case 'id': return uuid.test(value)
    case 'word': return /^[\w.-]{1,40}$/.test(value)
    default: return field.options?.some((option) => option.value === value) ?? false
  }
}

export type DayRange = { from: string | null; to: string | null }

/** The days that a condition of days means, relative to today: first and last day, both included. Null: the condition asks whether there is a day at all. */
export function dayRange(op: SegmentOp, values: readonly string[], today: string): DayRange | null {
  const [first = '', second = ''] = values
  switch (op) {
    case 'FROM': return { from: first, to: null }
    case 'UNTIL': return { from: null, to: first }
    case 'BETWEEN': return { from: first, to: second }
    // today counts as the first of the days
    case 'LAST_DAYS': return { from: addDays(today, -Number(first)), to: today }
    case 'NEXT_DAYS': return { from: today, to: addDays(today, Number(first)) }
    case 'OVER_DAYS_AGO': return { from: null, to: addDays(today, -Number(first) - 1) }
    default: return null
  }
}

/** Birthdays (MM-DD) from today on for so many days. 29 February is kept on 28 February in a common year. */
export function birthdaysWithin(today: string, days: number): string[] {
  const found = new Set<string>()
  for (let step = 0; step <= days; step++) {
    const day = addDays(today, step)
    found.add(day.slice(5))
    if (day.slice(5) === '02-28' && addDays(day, 1).slice(5) === '03-01') found.add('02-29')
  }
  return [...found].sort()
}
