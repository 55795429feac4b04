import { randomUUID } from 'node:crypto'
export const mayRecord = () => randomUUID() > '8'
