/** One statement of a migration without its comments; `line` is where it begins. */
export type Statement = { text: string; line: number }

/** Splits SQL at the semicolons outside of quotes, dollar quotes and comments. Comments are dropped, lines are kept. */
export function statements(sql: string): Statement[] {
  const found: Statement[] = []
  let text = ''
  let line = 1
  let startLine = 1
  let at = 0
  const take = (to: number): void => {
    const piece = sql.slice(at, to)
    if (text.trim() === '' && piece.trim() !== '') startLine = line + (/^\s*/.exec(piece)?.[0].split('\n').length ?? 1) - 1
    text += piece
    line += piece.split('\n').length - 1
    at = to
  }
  const skip = (to: number): void => {
    line += sql.slice(at, to).split('\n').length - 1
    at = to
  }
  while (at < sql.length) {
    const rest = sql.slice(at, at + 80)
    const dollar = /^\$\w*\$/.exec(rest)?.[0]
    if (rest.startsWith('--')) {
      const end = sql.indexOf('\n', at)
      skip(end < 0 ? sql.length : end)
    } else if (rest.startsWith('/*')) {
      const end = sql.indexOf('*/', at)
      skip(end < 0 ? sql.length : end + 2)
    } else if (rest.startsWith("'")) {
      let end = at + 1
      while (end < sql.length && (sql[end] !== "'" || sql[end + 1] === "'")) end += sql[end] === "'" ? 2 : 1
      take(end + 1)
    } else if (dollar !== undefined) {
      const end = sql.indexOf(dollar, at + dollar.length)
      take(end < 0 ? sql.length : end + dollar.length)
    } else if (rest.startsWith(';')) {
      if (text.trim() !== '') found.push({ text: text.trim(), line: startLine })
      text = ''
      skip(at + 1)
    } else {
      take(at + 1)
    }
  }
  if (text.trim() !== '') found.push({ text: text.trim(), line: startLine })
  return found
}

/** The text between the first opening parenthesis and its partner. */
export function bracketed(text: string): string {
  const from = text.indexOf('(')
  let depth = 0
  for (let at = from; at >= 0 && at < text.length; at++) {
    if (text[at] === '(') depth++
    if (text[at] === ')' && --depth === 0) return text.slice(from + 1, at)
  }
  return ''
}

/** Splits at the commas outside of parentheses and quotes. */
export function parts(text: string): string[] {
  const found: string[] = []
  let depth = 0
  let quoted = false
  let part = ''
  for (const char of text) {
    if (char === "'") quoted = !quoted
    if (!quoted && char === '(') depth++
    if (!quoted && char === ')') depth--
    if (!quoted && depth === 0 && char === ',') {
      found.push(part.trim())
      part = ''
    } else part += char
  }
  if (part.trim() !== '') found.push(part.trim())
  return found
}
