import { parseYuan } from './yuan.rules.ts'
import type { Cell } from './form.contract.ts'

/** How a value stands in a workbook, and what somebody typed there means. What cannot be read stays as it is, and is told as a fault of its cell. */
export const cellText = (_cell: Cell, value: string): string => value

export function valueOf(cell: Cell, text: string): string {
  const plain = text.trim()
  if (cell.type === 'AMOUNT') return parseYuan(plain) ?? plain
  if (cell.type === 'WHOLE') return /^-?\d{1,3}(,\d{3})+$/.test(plain) ? plain.replaceAll(',', '') : /^-?\d+\.0+$/.test(plain) ? plain.replace(/\.0+$/, '') : plain
  if (cell.type === 'DATE') {
    const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain)
    return found ? `${found[1]}-${(found[2] ?? '').padStart(2, '0')}-${(found[3] ?? '').padStart(2, '0')}` : plain
  }
  return plain
}
