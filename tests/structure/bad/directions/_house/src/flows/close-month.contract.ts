import { z } from 'zod'
export const month = z.string()
