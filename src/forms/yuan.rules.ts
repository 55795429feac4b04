/** Yuan as typed, with separators and at most two decimals, as whole fen in digits; null when it is none. */
export function parseYuan(text: string): string | null {
  const plain = /^-?\d{1,3}(,\d{3})+(\.\d*)?$/.test(text) ? text.replaceAll(',', '') : text
  const found = /^(-?)0*(\d{1,15})(?:\.(\d{1,2})0*)?$/.exec(plain)
  if (!found) return null
  const digits = `${found[2] ?? ''}${(found[3] ?? '').padEnd(2, '0')}`.replace(/^0+(?=\d)/, '')
  return digits === '0' ? '0' : `${found[1] ?? ''}${digits}`
}
