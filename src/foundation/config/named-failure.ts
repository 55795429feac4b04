/** A text for people, Chinese and English. */
export type BilingualText = { zh: string; en: string }

/**
 * Work that cannot be done, for a reason that a person can understand and mend. `failure` names it (machines read it), the text says what did not
 * happen, why and what to do. Ends a command with exit code 1, or 2 when it was used wrongly (arguments, configuration).
 */
export class NamedFailure extends Error {
  readonly failure: string
  readonly text: BilingualText
  readonly exitCode: 1 | 2

  constructor(failure: string, text: BilingualText, options: { exitCode?: 1 | 2; cause?: unknown } = {}) {
    super(`${text.zh} / ${text.en}`, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'NamedFailure'
    this.failure = failure
    this.text = text
    this.exitCode = options.exitCode ?? 1
  }
}

/** Wrong use: an unknown option, a wrong value, a wrong configuration. Exit code 2. */
export function wrongUse(failure: string, text: BilingualText): NamedFailure {
  return new NamedFailure(failure, text, { exitCode: 2 })
}
