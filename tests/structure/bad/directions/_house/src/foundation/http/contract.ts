import { z } from 'zod'
export const endpoint = z
