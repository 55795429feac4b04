import { Button } from 'antd'
import { createContext, useContext, useEffect, useId, useMemo, useRef, type FormEvent, type ReactNode } from 'react'
import { clockText } from './date-format.ts'
import { ErrorState } from './ErrorState.tsx'
import { isComposing } from './keys.ts'
import { Mark } from './Mark.tsx'
import { Note } from './Note.tsx'
import { mark, useText } from './text.ts'
import { uiText } from './ui-text.ts'
import type { FormState, Values } from './useForm.ts'

type Known = { idOf: (name: string) => string; errors: Readonly<Record<string, string | undefined>>; leave: (name: string) => void; labels: Map<string, string> }
const FormContext = createContext<Known | null>(null)

type Props<V extends Values> = {
  form: FormState<V>
  /** The verb on the button: "提交". null: the caller has its own (a drawer's foot). */
  submit: string | null
  onDone?: () => void
  onCancel?: () => void
  /** Shows "存草稿" and the draft's time. */
  drafts?: boolean
  /** Sections as anchors on the left; ids of FormSection. */
  anchors?: readonly { id: string; label: string }[]
  id?: string
  children: ReactNode
}

/** Labels above, one column; a summary on top takes focus when something is wrong; Ctrl Enter submits; the button is never off for incompleteness. */
export function Form<V extends Values>({ form, submit, onDone, onCancel, drafts = false, anchors, id, children }: Props<V>) {
  const t = useText(uiText)
  const own = useId()
  const labels = useRef(new Map<string, string>())
  const errors = form.errors as Readonly<Record<string, string | undefined>>
  const known = useMemo<Known>(() => ({ idOf: (name) => `${own}-${name}`, errors, leave: form.leave as (name: string) => void, labels: labels.current }), [own, errors, form.leave])
  const send = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault()
    if (!form.sending && (await form.submit())) onDone?.()
  }
  return (
    <form
      className="yq-form" noValidate id={id} onSubmit={(event) => void send(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return
        // Enter that belongs to the input method, or that ends a word in a field, submits nothing
        if (isComposing(event)) event.preventDefault()
        else if (event.ctrlKey || event.metaKey) void send()
      }}
    >
      <FormContext value={known}>
        <Summary form={form} known={known} />
        {form.restoredAt !== null && (
          <Note>
            {t('draftFound', { time: clockText(new Date(form.restoredAt)) })} <Button type="link" onClick={form.dropDraft}>{t('dropDraft')}</Button>
          </Note>
        )}
        <div className="yq-form-body" data-anchors={anchors ? '' : undefined}>
          {anchors && (
            <ul className="yq-anchors">
              {anchors.map((anchor) => <li key={anchor.id}><a href={`#${anchor.id}`}>{anchor.label}</a></li>)}
            </ul>
          )}
          <div className="yq-stack">{children}</div>
        </div>
        {submit !== null && (
          <div className="yq-bar">
            <Button type="primary" htmlType="submit" loading={form.sending}>{submit}</Button>
            {drafts && <Button onClick={form.keep}>{t('saveDraft')}</Button>}
            {onCancel && <Button onClick={onCancel}>{t('cancel')}</Button>}
            {form.draftAt !== null && <span className="yq-bar-note" role="status">{t('draftSaved', { time: clockText(new Date(form.draftAt)) })}</span>}
          </div>
        )}
      </FormContext>
    </form>
  )
}

function Summary<V extends Values>({ form, known }: { form: FormState<V>; known: Known }) {
  const t = useText(uiText)
  const box = useRef<HTMLDivElement>(null)
  const wrong = Object.entries(known.errors).filter((entry): entry is [string, string] => entry[1] !== undefined)
  useEffect(() => {
    if (form.found === 0) return
    box.current?.focus()
    const title = t('errorTitle')
    if (!document.title.startsWith(title)) document.title = `${title}${document.title}`
  }, [form.found, t])
  useEffect(() => {
    if (wrong.length === 0 && form.refusal === null) document.title = document.title.replace(t('errorTitle'), '')
  }, [wrong.length, form.refusal, t])
  if (form.found === 0 || (wrong.length === 0 && form.refusal === null)) return null
  return (
    <div ref={box} tabIndex={-1} data-quiet-focus="">
      {form.refusal !== null && <ErrorState error={form.refusal} />}
      {wrong.length > 0 && (
        <div className="yq-summary" role="alert">
          <strong>{t('needsChanges', { n: wrong.length })}</strong>
          <ul>
            {wrong.map(([name, text]) => (
              <li key={name}>
                <a href={`#${known.idOf(name)}`} onClick={(event) => {
                  event.preventDefault()
                  const field = document.getElementById(known.idOf(name))
                  field?.scrollIntoView({ block: 'center' })
                  field?.focus()
                }}>{known.labels.has(name) ? `${known.labels.get(name)}${mark('：')}${text}` : text}</a>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

/** A part of a long form; `id` is the anchor. */
export function FormSection({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="yq-section" id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  )
}

/** What a field's control needs: its id, what describes it, whether it is wrong, and to tell that it was left. */
export type Control = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined; 'aria-required': true | undefined; onBlur: () => void }

/** The id of a control that is no `Field`; with a name the form's summary knows its label and leads to it. */
export function useFieldId(name: string | undefined, label: string): string {
  const form = useContext(FormContext)
  const alone = useId()
  if (name === undefined || !form) return alone
  form.labels.set(name, label)
  return form.idOf(name)
}

/** Label above, hint and error below: `<Field name="day" label="到期日" required hint="…">{(control) => <Input {...control} />}</Field>`. Ready-made ones: fields.tsx. */
export function Field({ name, label, required = false, hint, group = false, children }: { name: string; label: string; required?: boolean; hint?: ReactNode; group?: boolean; children: (control: Control) => ReactNode }) {
  const t = useText(uiText)
  const form = useContext(FormContext)
  const alone = useId()
  const id = form?.idOf(name) ?? alone
  const error = form?.errors[name]
  form?.labels.set(name, label)
  const described = [hint === undefined ? null : `${id}-hint`, error === undefined ? null : `${id}-error`].filter(Boolean).join(' ')
  const control: Control = { id, 'aria-describedby': described === '' ? undefined : described, 'aria-invalid': error === undefined ? undefined : true, 'aria-required': required ? true : undefined, onBlur: () => form?.leave(name) }
  const mark = required && (
    <>
      <i aria-hidden="true">*</i>
      <span className="yq-sr">{t('required')}</span>
    </>
  )
  const below = (
    <>
      {hint !== undefined && <div className="yq-field-hint" id={`${id}-hint`}>{hint}</div>}
      {error !== undefined && <div className="yq-field-error" id={`${id}-error`}><Mark of="⬣" />{error}</div>}
    </>
  )
  const wrong = error === undefined ? undefined : ''
  return group ? (
    <fieldset className="yq-field" data-wrong={wrong} id={id} tabIndex={-1} aria-describedby={control['aria-describedby']}>
      <legend>{label}{mark}</legend>
      {children(control)}
      {below}
    </fieldset>
  ) : (
    <div className="yq-field" data-wrong={wrong}>
      <label htmlFor={id}>{label}{mark}</label>
      {children(control)}
      {below}
    </div>
  )
}
