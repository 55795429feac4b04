import { readFileSync } from 'node:fs'
export const print = readFileSync
