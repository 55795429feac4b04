import { Checkbox, DatePicker, Input, Radio, Select } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { amountText, capitalAmount, parseMoney, unitName } from './amount-format.ts'
import { Field } from './Form.tsx'
import { isComposing } from './keys.ts'
import { useSettings } from './settings.ts'
import { useText } from './text.ts'
import { uiText } from './ui-text.ts'
import { useBank } from './UiProvider.tsx'
import type { FormState, Values } from './useForm.ts'

type Base<V extends Values> = { form: FormState<V>; name: keyof V & string; label: string; required?: boolean; hint?: ReactNode }
export type Choice = { value: string; label: string }
/** Whether a choice has the typed words: what is asked before the answer is there. */
export const has = (choice: Choice, text: string): boolean => choice.label.toLowerCase().includes(text.trim().toLowerCase())

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const put = <V extends Values>(form: FormState<V>, name: keyof V & string, value: unknown): void => form.set(name, value as V[keyof V & string])

/** One line of text. `secret` hides it (a password) and offers to show it. */
export function TextField<V extends Values>({ form, name, label, required, hint, max, secret = false, autoComplete = 'off', inputMode, placeholder }: Base<V> & { max?: number; secret?: boolean; autoComplete?: string; inputMode?: 'text' | 'numeric' | 'tel'; placeholder?: string }) {
  const Control = secret ? Input.Password : Input
  return (
    <Field name={name} label={label} required={required} hint={hint}>
      {(control) => (
        <Control
          {...control} value={textOf(form.values[name])} onChange={(event) => put(form, name, event.target.value)} maxLength={max} autoComplete={autoComplete} inputMode={inputMode} placeholder={placeholder}
          onPressEnter={(event) => {
            if (isComposing(event)) event.preventDefault()
          }}
        />
      )}
    </Field>
  )
}

/** Several lines; counts the characters when there is a limit. */
export function AreaField<V extends Values>({ form, name, label, required, hint, max, rows = 3 }: Base<V> & { max?: number; rows?: number }) {
  return (
    <Field name={name} label={label} required={required} hint={hint}>
      {(control) => <Input.TextArea {...control} value={textOf(form.values[name])} onChange={(event) => put(form, name, event.target.value)} maxLength={max} showCount={max !== undefined} autoSize={{ minRows: rows, maxRows: 12 }} />}
    </Field>
  )
}

/** One of many. Few (≤ 5) choices are better as RadioField. `many` allows several (the value is a list). */
export function ChoiceField<V extends Values>({ form, name, label, required, hint, options, many = false, placeholder }: Base<V> & { options: readonly Choice[]; many?: boolean; placeholder?: string }) {
  return (
    <Field name={name} label={label} required={required} hint={hint}>
      {(control) => (
        <Select
          {...control} options={[...options]} value={(form.values[name] ?? null) as string | null} onChange={(value: unknown) => put(form, name, value ?? null)} placeholder={placeholder}
          allowClear={!required} showSearch={options.length > 8 ? { optionFilterProp: 'label' } : false} {...(many ? { mode: 'multiple' as const } : {})}
        />
      )}
    </Field>
  )
}

/** Asks the server while typing: `find(text)` gives the choices. */
export function FindField<V extends Values>({ form, name, label, required, hint, find, placeholder, first }: Base<V> & { find: (text: string) => Promise<readonly Choice[]>; placeholder?: string; first?: Choice | null }) {
  const t = useText(uiText)
  const [options, setOptions] = useState<readonly Choice[]>(first ? [first] : [])
  const timer = useRef(0)
  const asked = useRef(0)
  useEffect(() => () => clearTimeout(timer.current), [])
  const search = (text: string): void => {
    clearTimeout(timer.current)
    if (text.trim() === '') return
    // of the list of before only what has the words, until the answer is there: Enter chooses nothing that was not asked for
    setOptions((before) => before.filter((choice) => has(choice, text)))
    timer.current = window.setTimeout(() => {
      const mine = ++asked.current
      void find(text.trim()).then((found) => mine === asked.current && setOptions(found), () => undefined)
    }, 250)
  }
  return (
    <Field name={name} label={label} required={required} hint={hint}>
      {(control) => (
        <Select
          {...control} options={[...options]} value={(form.values[name] ?? null) as string | null} onChange={(value: unknown) => put(form, name, value ?? null)} placeholder={placeholder}
          allowClear={!required} virtual={false} showSearch={{ filterOption: false, onSearch: search }} notFoundContent={t('nothingMatches')}
        />
      )}
    </Field>
  )
}

/** One of a few. */
export function RadioField<V extends Values>({ form, name, label, required, hint, options }: Base<V> & { options: readonly Choice[] }) {
  return (
    <Field name={name} label={label} required={required} hint={hint} group>
      {(control) => <Radio.Group name={control.id} options={options.map((option) => ({ ...option }))} value={form.values[name]} onChange={(event) => put(form, name, event.target.value)} />}
    </Field>
  )
}

/** Yes or no; the label is the statement. */
export function CheckField<V extends Values>({ form, name, label, hint }: Base<V>) {
  return (
    <div className="yq-field">
      <Checkbox checked={form.values[name] === true} onChange={(event) => put(form, name, event.target.checked)}>{label}</Checkbox>
      {hint !== undefined && <div className="yq-field-hint">{hint}</div>}
    </div>
  )
}

/** A day as YYYY-MM-DD (or a month as YYYY-MM); null when empty. `from` and `to` bound what can be chosen. */
export function DayField<V extends Values>({ form, name, label, required, hint, month = false, from, to }: Base<V> & { month?: boolean; from?: string; to?: string }) {
  const written = month ? 'YYYY-MM' : 'YYYY-MM-DD'
  const value = textOf(form.values[name])
  return (
    <Field name={name} label={label} required={required} hint={hint}>
      {(control) => (
        <DatePicker
          {...control} picker={month ? 'month' : 'date'} format={written} style={{ width: '100%', maxWidth: 240 }} allowClear={!required} inputReadOnly={false}
          value={value === '' ? null : dayjs(month ? `${value}-01` : value)} onChange={(day) => put(form, name, day ? day.format(written) : null)}
          // Enter takes the day that was typed; it does not send the form as well
          onKeyDown={(event) => { if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) event.preventDefault() }}
          {...(from === undefined ? {} : { minDate: dayjs(from) })} {...(to === undefined ? {} : { maxDate: dayjs(to) })}
        />
      )}
    </Field>
  )
}

/** Yuan; takes 3.5万 and full-width digits, shows 35,000.00 after leaving. The value is fen as a string of digits, or null; what is no amount stays as text with its error. `capitals`: 大写 below. */
export function MoneyField<V extends Values>({ form, name, label, required, hint, capitals = false }: Base<V> & { capitals?: boolean }) {
  const t = useText(uiText)
  const { language } = useSettings()
  const { money } = useBank()
  const value = form.values[name] as string | null
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? (value === null || value === '' ? '' : /^-?\d+$/.test(value) ? amountText(value, 'yuan') : value)
  const isAmount = value !== null && /^-?\d+$/.test(value)
  return (
    <Field name={name} label={label} required={required} hint={hint ?? t('moneyHint')}>
      {(control) => (
        <>
          <Input
            {...control} inputMode="decimal" autoComplete="off" suffix={unitName('yuan', language, money)} style={{ maxWidth: 280 }} className="yq-money" value={shown}
            // the text stays as it is: changing it would undo what Tab or a double click selected, and typing would be added behind it
            onFocus={() => setTyped(shown)}
            onChange={(event) => {
              setTyped(event.target.value)
              const fen = parseMoney(event.target.value)
              put(form, name, event.target.value.trim() === '' ? null : fen === null ? event.target.value : String(fen))
            }}
            onBlur={() => {
              setTyped(null)
              control.onBlur()
            }}
          />
          {capitals && isAmount && <div className="yq-field-hint">{capitalAmount(value)}</div>}
        </>
      )}
    </Field>
  )
}

/** For a form's check: the sentence for what was typed as an amount and is none. */
export function moneyFinding(value: string | null, required: string | undefined, wrong: string): string | undefined {
  if (value === null || value === '') return required
  return /^-?\d+$/.test(value) ? undefined : wrong
}

/** An exact decimal as text ("0.85"); full-width digits become half. */
export function DecimalField<V extends Values>({ form, name, label, required, hint, suffix }: Base<V> & { suffix?: string }) {
  return (
    <Field name={name} label={label} required={required} hint={hint}>
      {(control) => (
        <Input
          {...control} inputMode="decimal" autoComplete="off" suffix={suffix} style={{ maxWidth: 200 }} value={textOf(form.values[name])}
          onChange={(event) => put(form, name, event.target.value.replace(/[\uff10-\uff19\uff0e]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0)).trim())}
        />
      )}
    </Field>
  )
}
