import { Select } from 'antd'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { Choice } from './fields.tsx'
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
  const timer = useRef(0)
  const asked = useRef(0)
  useEffect(() => () => clearTimeout(timer.current), [])
  const search = (text: string, wait = 250): void => {
    clearTimeout(timer.current)
    timer.current = window.setTimeout(() => {
      const mine = ++asked.current
      void find(text.trim()).then((choices) => mine === asked.current && setFound(choices), () => undefined)
    }, wait)
  }
  const chosen = (form.values[name] ?? []) as unknown as readonly Choice[]
  const options = [...chosen, ...found.filter((choice) => !chosen.some((one) => one.value === choice.value))]
  return (
    <Field name={name} label={label} required={required} hint={hint}>
      {(control) => (
        <Select
          {...control} mode="multiple" options={options} value={chosen.map((one) => one.value)} notFoundContent={t('nothingMatches')} onFocus={() => search('', 0)}
          showSearch={{ filterOption: false, onSearch: search }}
          onChange={(values: string[]) => form.set(name, values.flatMap((value) => options.find((one) => one.value === value) ?? []) as unknown as V[keyof V & string])}
        />
      )}
    </Field>
  )
}
