import { Decimal } from 'decimal.js'
export const fen = Decimal
