import { keys } from '../secrets/keyring.ts'
export const fen = keys
