import { save } from './save-visit.ts'
export const read = () => save
