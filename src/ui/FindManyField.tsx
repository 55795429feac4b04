import { Select } from 'antd'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { has, type Choice } from './fields.tsx'
import { Field } from './Form.tsx'
import { useText } from './text.ts'
import { uiText } from './ui-text.ts'
import type { FormState, Values } from './useForm.ts'

/** Several of many, asked of the server while typing; what was chosen keeps its label. The value is a list of choices, so that a draft can show them. */
export function FindManyField<V extends Values>({ form, name, label, required, hint, find }: {
  form: FormState<V>; name: keyof V & string; label: string; required?: boolean; hint?: ReactNode; find: (text: string) => Promise<readonly Choice[]>
}) {
  const t = useText(uiText)
  const [found, setFound] = useState<readonly Choice[]>([])
  const [typed, setTyped] = useState('')
  const timer = useRef(0)
  const asked = useRef(0)
  useEffect(() => () => clearTimeout(timer.current), [])
  const search = (text: string, wait = 250): void => {
    clearTimeout(timer.current)
    // of the list of before only what has the words, until the answer is there: Enter chooses nothing that was not asked for
    setTyped(text.trim())
    setFound((before) => before.filter((choice) => has(choice, text)))
    timer.current = window.setTimeout(() => {
      const mine = ++asked.current
      void find(text.trim()).then((choices) => mine === asked.current && setFound(choices), () => undefined)
    }, wait)
  }
  const chosen = (form.values[name] ?? []) as unknown as readonly Choice[]
  const options = [...chosen.filter((choice) => has(choice, typed)), ...found.filter((choice) => !chosen.some((one) => one.value === choice.value))]
  return (
    <Field name={name} label={label} required={required} hint={hint}>
      {(control) => (
        // a few rows: drawn whole, not by a list that measures its rows while it is placed
        <Select
          {...control} mode="multiple" virtual={false} labelInValue options={options} value={[...chosen]} notFoundContent={t('nothingMatches')} onFocus={() => search('', 0)}
          showSearch={{ filterOption: false, onSearch: search }}
          onChange={(values: Choice[]) => form.set(name, values.map(({ value, label: told }) => ({ value, label: told })) as unknown as V[keyof V & string])}
        />
      )}
    </Field>
  )
}
