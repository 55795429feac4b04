import { z } from 'zod'
import { endpoint } from '../foundation/http/contract.ts'
import { fen } from '../foundation/values/fen.ts'
import { place } from './place.contract.ts'
export const visit = [z, endpoint, fen, place]
