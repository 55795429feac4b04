import type { FileField, FieldValue, Values } from '../../file/file-fields.contract.ts'

/** What a form holds: a text, a choice or a day (null: none), a flag. A secret is empty: left so, it stays as it is; `name!` is the tick that removes it. */
export type FormValues = Readonly<Record<string, string | boolean | null>>

const secrets: readonly FileField['kind'][] = ['phone', 'mail', 'idNumber']
/** Shown masked, typed anew: a phone, an e-mail, an identity number, a person's address, masked money. */
export function isHidden(field: FileField, value: FieldValue | undefined): boolean {
  return secrets.includes(field.kind) || value === '***'
}

export function toForm(fields: readonly FileField[], values: Values): Record<string, string | boolean | null> {
  return Object.fromEntries(fields.flatMap((field) => {
    const value = values[field.name] ?? null
    if (isHidden(field, value)) return [[field.name, field.kind === 'money' ? null : ''], [`${field.name}!`, false]]
    return [[field.name, formValue(field, value)]]
  }))
}

function formValue(field: FileField, value: FieldValue): string | boolean | null {
  switch (field.kind) {
    case 'flag': return value === true
    case 'texts': return Array.isArray(value) ? value.join('\n') : ''
    case 'choice': case 'day': case 'money': return value === null ? null : String(value)
    case 'count': case 'year': return value === null ? (field.empty === undefined ? '' : String(field.empty)) : String(value)
    default: return value === null ? '' : String(value)
  }
}

/** What is sent for the form: of each field its value; undefined: a secret that stays. */
export function fromForm(fields: readonly FileField[], form: FormValues, known: Values): Record<string, FieldValue | undefined> {
  return Object.fromEntries(fields.map((field) => [field.name, sentValue(field, form, known[field.name] ?? null)]))
}

function sentValue(field: FileField, form: FormValues, known: FieldValue): FieldValue | undefined {
  const typed = form[field.name]
  const text = typeof typed === 'string' ? typed.trim() : ''
  if (isHidden(field, known) && text === '') return form[`${field.name}!`] === true ? null : known === null ? null : undefined
  switch (field.kind) {
    case 'flag': return typed === true
    case 'texts': return text.split('\n').map((line) => line.trim()).filter((line) => line !== '')
    case 'count': case 'year': return text === '' ? null : Number(text)
    default: return text === '' ? null : text
  }
}

const same = (a: FieldValue | undefined, b: FieldValue | undefined): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** Only what differs from what was read: two people who change two fields do not meet. */
export function changedValues(fields: readonly FileField[], sent: Readonly<Record<string, FieldValue | undefined>>, known: Values): Record<string, FieldValue> {
  return Object.fromEntries(fields.flatMap((field) => {
    const value = sent[field.name]
    return value === undefined || same(value, known[field.name]) ? [] : [[field.name, value]]
  }))
}

export type Conflict = { field: FileField; before: FieldValue; theirs: FieldValue; mine: FieldValue }
/** Somebody saved meanwhile: which fields did both of us change, and to something else? */
export function conflictsOf(fields: readonly FileField[], mine: Readonly<Record<string, FieldValue>>, before: Values, theirs: Values): Conflict[] {
  return fields.flatMap((field) => {
    const { name } = field
    const own = mine[name]
    if (own === undefined || same(before[name], theirs[name]) || same(own, theirs[name])) return []
    return [{ field, before: before[name] ?? null, theirs: theirs[name] ?? null, mine: own }]
  })
}
