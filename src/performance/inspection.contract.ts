import { z } from 'zod'
import { decimalText } from '../foundation/values/api-values.ts'

export const reportGrades = ['EXCELLENT', 'PASS', 'UNTRUE_MINOR', 'UNTRUE_MAJOR', 'FALSE'] as const
export const checkGrades = ['PASS', 'LATE', 'MISSING', 'COPIED'] as const
/** Inspection events: object and grade (3.7). */
export const inspectionEvents = [...reportGrades.map((grade) => `REPORT_${grade}` as const), ...checkGrades.map((grade) => `CHECK_${grade}` as const)] as const
export type InspectionEvent = (typeof inspectionEvents)[number]

/** Points of every grade. */
export const inspectionTariff = z.record(z.enum(inspectionEvents), decimalText(2))
