import { z } from 'zod'
export const place = z.string()
