/** What a check of the house found: which rule, where, and what. `line` counts from 1; 0 = the file as a whole. */
export type Finding = { rule: string; file: string; line: number; text: string }
export type CheckResult = { looked: number; what: string; findings: Finding[] }

/** One line per finding, as editors understand it: file:line: rule: text. */
export function printFindings(name: string, result: CheckResult): void {
  for (const found of result.findings) console.log(`${found.file}${found.line > 0 ? `:${found.line}` : ''}: ${found.rule}${found.text === '' ? '' : `: ${found.text}`}`)
  console.log(`${name}: looked at ${result.looked} ${result.what}, ${result.findings.length} finding(s)`)
}
