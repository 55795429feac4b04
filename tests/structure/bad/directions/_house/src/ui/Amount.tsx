import { fen } from '../foundation/values/fen.ts'
import { endpoint } from '../foundation/http/contract.ts'
import { call } from './client.ts'
export const Amount = [fen, endpoint, call]
