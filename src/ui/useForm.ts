import { useCallback, useEffect, useRef, useState } from 'react'
import { RefusalError } from './client.ts'
import { dropDraft, keepDraft, readDraft } from './drafts.ts'
import { useWho } from './who.ts'

export type Values = Readonly<Record<string, unknown>>
/** A sentence for each field that needs a change; empty when all is well. */
export type Findings<V> = Partial<Record<keyof V & string, string>>
export type FormState<V extends Values> = {
  values: V
  set: <K extends keyof V & string>(name: K, value: V[K]) => void
  setAll: (values: Partial<V>) => void
  /** What is wrong now, by field: own checks (after leaving a field or submitting), and what the server said. */
  errors: Findings<V>
  /** Of the refusal that names no field. */
  refusal: RefusalError | null
  /** A field was left: its own check shows from now on. */
  leave: (name: keyof V & string) => void
  /** Checks; calls `send` when all is well; puts the server's refusal where it belongs. The draft is dropped after success. */
  submit: () => Promise<boolean>
  /** Counts submits that found something: the summary takes focus. */
  found: number
  sending: boolean
  draftAt: string | null
  restoredAt: string | null
  keep: () => void
  dropDraft: () => void
  reset: (values?: V) => void
}

/**
 * State of a form: `const form = useForm({ initial, check, send, draft: 'contact.0192…' })`.
 * `check` gives a sentence for each field that needs a change. `send` asks the server (throws RefusalError). With `draft` the content is kept on the device every 3 s
 * and restored; values must be plain JSON.
 */
export function useForm<V extends Values>({ initial, check, send, draft }: { initial: V; check?: (values: V) => Findings<V>; send: (values: V) => Promise<unknown>; draft?: string }): FormState<V> {
  const { staffKey } = useWho()
  const [restored] = useState(() => (draft === undefined ? null : readDraft<V>(staffKey, draft)))
  const [values, setValues] = useState<V>(restored ? { ...initial, ...restored.values } : initial)
  const [left, setLeft] = useState<readonly string[]>([])
  const [asked, setAsked] = useState(false)
  const [told, setTold] = useState<Findings<V>>({})
  const [refusal, setRefusal] = useState<RefusalError | null>(null)
  const [found, setFound] = useState(0)
  const [sending, setSending] = useState(false)
  const [draftAt, setDraftAt] = useState<string | null>(null)
  const [restoredAt, setRestoredAt] = useState(restored?.at ?? null)
  const latest = useRef(values)
  latest.current = values
  const changed = useRef(false)

  const keep = useCallback(() => {
    if (draft === undefined) return
    changed.current = false
    setDraftAt(keepDraft(staffKey, draft, latest.current))
  }, [draft, staffKey])
  useEffect(() => {
    if (draft === undefined) return
    const timer = setInterval(() => changed.current && keep(), 3_000)
    const now = (): void => {
      if (changed.current) keep()
    }
    addEventListener('pagehide', now)
    return () => {
      clearInterval(timer)
      removeEventListener('pagehide', now)
      now()
    }
  }, [draft, keep])

  const setAll = useCallback((patch: Partial<V>) => {
    changed.current = true
    setValues((before) => ({ ...before, ...patch }))
    setTold((before) => Object.fromEntries(Object.entries(before).filter(([name]) => !(name in patch))) as Findings<V>)
  }, [])
  const set = useCallback<FormState<V>['set']>((name, value) => setAll({ [name]: value } as unknown as Partial<V>), [setAll])
  const drop = (): void => {
    changed.current = false
    setDraftAt(null)
    setRestoredAt(null)
    if (draft !== undefined) dropDraft(staffKey, draft)
  }
  const reset = (next: V = initial): void => {
    setValues(next)
    setLeft([])
    setAsked(false)
    setTold({})
    setRefusal(null)
    changed.current = false
  }

  const now = check?.(values) ?? {}
  const shown = Object.fromEntries(Object.entries(now).filter(([name, text]) => text !== undefined && (asked || left.includes(name)))) as Findings<V>

  const submit = async (): Promise<boolean> => {
    setAsked(true)
    setTold({})
    setRefusal(null)
    if (Object.values(now).some((text) => text !== undefined)) {
      setFound((count) => count + 1)
      return false
    }
    setSending(true)
    try {
      await send(values)
      drop()
      return true
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error
      const byField: Record<string, string> = {}
      for (const one of error.fields) byField[one.field] = one.message
      if (error.field !== null) byField[error.field] = error.message
      const known = Object.fromEntries(Object.entries(byField).filter(([name]) => name in values))
      setTold(known as Findings<V>)
      if (Object.keys(known).length === 0 || Object.keys(known).length < Object.keys(byField).length) setRefusal(error)
      setFound((count) => count + 1)
      keep()
      return false
    } finally {
      setSending(false)
    }
  }
  return {
    values, set, setAll, errors: { ...shown, ...told }, refusal, found, sending, draftAt, restoredAt, keep, submit, reset,
    leave: useCallback((name) => setLeft((before) => (before.includes(name) ? before : [...before, name])), []),
    dropDraft: () => {
      drop()
      reset()
    },
  }
}
