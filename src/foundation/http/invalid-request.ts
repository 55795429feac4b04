import type { z } from 'zod'

export type Language = 'zh' | 'en'
export type FieldMessage = { field: string; message: string }

/** For JSON.parse: a key that reaches for the prototype is malformed. */
export function withoutPrototypes(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('forbidden key')
  return value
}

/** Turns the findings of a contract's check into sentences in the reader's language, at most 20. A check of our own gives its texts in `params: { zh, en }`. */
export function fieldMessages(issues: readonly z.core.$ZodIssue[], part: string, language: Language): FieldMessage[] {
  return issues.slice(0, 20).flatMap((issue) => {
    const at = issue.path.map(String).join('.')
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.slice(0, 5).map((key) => ({ field: [at, printable(key)].filter(Boolean).join('.'), message: language === 'zh' ? '不认识的字段' : 'unknown field' }))
    }
    return [{ field: at || part, message: sentence(issue, language) }]
  })
}

// A field's name comes from the request: it is shown shortened and without control characters.
function printable(key: string): string {
  return key.replace(/[^\p{L}\p{N}_.-]/gu, '?').slice(0, 40)
}

function sentence(issue: z.core.$ZodIssue, language: Language): string {
  const zh = language === 'zh'
  switch (issue.code) {
    case 'invalid_type': {
      if (issue.input === undefined) return zh ? '必填' : 'required'
      return zh ? '类型不对' : 'wrong type'
    }
    case 'too_big':
      if (issue.origin === 'string') return zh ? `最多 ${issue.maximum} 个字` : `at most ${issue.maximum} characters`
      return zh ? `不能大于 ${issue.maximum}` : `not greater than ${issue.maximum}`
    case 'too_small':
      if (issue.origin === 'string') return Number(issue.minimum) <= 1 ? (zh ? '必填' : 'required') : zh ? `至少 ${issue.minimum} 个字` : `at least ${issue.minimum} characters`
      return zh ? `不能小于 ${issue.minimum}` : `not less than ${issue.minimum}`
    case 'invalid_value':
      return zh ? '不在可选范围内' : 'not one of the choices'
    case 'custom': {
      const text = issue.params as { zh?: unknown; en?: unknown } | undefined
      if (typeof text?.zh === 'string' && typeof text.en === 'string') return zh ? text.zh : text.en
      return zh ? '格式不对' : 'wrong format'
    }
    default:
      return zh ? '格式不对' : 'wrong format'
  }
}
