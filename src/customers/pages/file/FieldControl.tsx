import { Amount } from '../../../ui/Amount.tsx'
import { RefusalError } from '../../../ui/client.ts'
import { AreaField, CheckField, ChoiceField, DayField, DecimalField, MoneyField, RadioField, TextField } from '../../../ui/fields.tsx'
import { Percent } from '../../../ui/Percent.tsx'
import { mark, usePick, useText } from '../../../ui/text.ts'
import type { Findings, FormState } from '../../../ui/useForm.ts'
import { choicesFor, type FileField, type FieldValue, type Values } from '../../file/file-fields.contract.ts'
import { isHidden, type FormValues } from './file-form.ts'
import { fileText } from './file-text.ts'
import type { ReactNode } from 'react'

type Form = FormState<Record<string, string | boolean | null>>

/** The control of one field of this kind of customer, as the kind of field wants it. A secret is typed anew; left empty it stays. */
export function FieldControl({ form, field, known, of }: { form: Form; field: FileField; known: FieldValue; of: 'CORPORATE' | 'PERSON' }) {
  const t = useText(fileText)
  const pick = usePick()
  const hidden = isHidden(field, known) && known !== null
  const hint = hidden ? t('keepSecret', { mask: String(known) }) : field.hint ? pick(field.hint) : undefined
  const base = { form, name: field.name, label: pick(field), hint, required: field.required === true }
  const control = ((): ReactNode => {
    switch (field.kind) {
      case 'area': return <AreaField {...base} max={field.max} />
      case 'texts': return <AreaField {...base} rows={2} />
      case 'choice': {
        const options = choicesFor(field.options, of, known).map((option) => ({ value: option.code, label: pick(option) }))
        return field.required && options.length <= 4 ? <RadioField {...base} options={options} /> : <ChoiceField {...base} options={options} />
      }
      case 'day': return <DayField {...base} />
      case 'flag': return <CheckField form={form} name={field.name} label={pick(field)} hint={hint} />
      case 'money': return <MoneyField {...base} />
      case 'percent': return <DecimalField {...base} suffix="%" />
      case 'rate': return <DecimalField {...base} />
      case 'count': case 'year': return <TextField {...base} inputMode="numeric" max={12} />
      case 'phone': return <TextField {...base} inputMode="tel" max={25} />
      case 'mail': return <TextField {...base} max={120} />
      case 'idNumber': return <TextField {...base} max={40} />
      case 'text': case 'address': return <TextField {...base} max={field.max} />
    }
  })()
  return (
    <>
      {control}
      {hidden && !field.required && <CheckField form={form} name={`${field.name}!`} label={t('removeSecret', { what: pick(field) })} />}
    </>
  )
}

/** What the form itself finds: nothing obligatory is empty, an amount is one, a count lies in its bounds. The server judges the rest. */
export function findingsOf(fields: readonly FileField[], form: FormValues, known: Values, say: ReturnType<typeof useText<typeof fileText>>): Findings<Record<string, string | boolean | null>> {
  return Object.fromEntries(fields.map((field) => {
    const typed = form[field.name]
    const text = typeof typed === 'string' ? typed.trim() : ''
    if (field.required && field.kind !== 'flag' && text === '' && !isHidden(field, known[field.name])) return [field.name, say('needed')]
    if (field.kind === 'money' && text !== '' && !/^\d+$/.test(text)) return [field.name, say('wrongMoney')]
    if ((field.kind === 'count' || field.kind === 'year') && text !== '' && (!/^\d{1,12}$/.test(text) || Number(text) < field.least || Number(text) > field.most)) return [field.name, say('wrongCount', { least: field.least, most: field.most })]
    return [field.name, undefined]
  }))
}

/** The server names the fields of the request ("values.personName"), the form its own. */
export function inForm(error: unknown): unknown {
  if (!(error instanceof RefusalError)) return error
  const own = (field: string): string => field.replace(/^values\./, '')
  return new RefusalError({
    refusal: error.name, status: error.status, message: error.message, field: error.field === null ? null : own(error.field), fields: error.fields.map(({ field, message }) => ({ field: own(field), message })),
    details: error.details, requestId: error.requestId,
  })
}

/** A value as people read it; null: nothing stands there. Secrets come masked. */
export function useShown(): (field: FileField, value: FieldValue | undefined) => ReactNode {
  const t = useText(fileText)
  const pick = usePick()
  return (field, value) => {
    if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return null
    switch (field.kind) {
      case 'choice': return pick(field.options.find((option) => option.code === value) ?? { zh: String(value), en: String(value) })
      case 'flag': return value === true ? t('yes') : null
      case 'texts': return (value as readonly string[]).join(mark('、'))
      case 'money': return value === '***' ? '***' : <Amount fen={String(value)} />
      case 'percent': return <span className="yq-num">{String(value)}%</span>
      case 'rate': return <Percent ratio={String(value)} />
      case 'day': case 'year': case 'phone': case 'idNumber': return <span className="yq-num">{String(value)}</span>
      case 'count': return <span className="yq-num">{Number(value).toLocaleString('en-US')}</span>
      case 'area': return <span style={{ whiteSpace: 'pre-wrap' }}>{String(value)}</span>
      default: return String(value)
    }
  }
}
