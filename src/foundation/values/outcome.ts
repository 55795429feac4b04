/** A caller's mistake, by name. The contract holds its sentences; `details` fill their places. */
export type Refusal = {
  name: string
  details?: Record<string, string>
  /** The field of the request that it is about. */
  field?: string
  /**
   * The refusal itself tells something about a number (it is taken, it is not): it counts like a search by number, though nothing else of the request stays. When the hour's limit is
   * reached 'too-many' is answered instead.
   */
  counts?: 'NUMBER'
  /** Several findings at once: a form's or a rule's. */
  fields?: readonly { field: string; message: string }[]
}

/** The answer of everything that may be refused. Our own mistakes are thrown, never returned. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; refusal: Refusal }

export function ok<T>(value: T): Outcome<T> {
  return { ok: true, value }
}

export function refuse(name: string, more: Omit<Refusal, 'name'> = {}): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { name, ...more } }
}
