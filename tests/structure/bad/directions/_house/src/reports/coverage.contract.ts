import { z } from 'zod'
export const coverage = z.string()
