import { read } from './read-visit.ts'
export const save = read
