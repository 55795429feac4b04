import { dueAfter as days } from './due-days.rules.ts'
export const dueAfter = days
