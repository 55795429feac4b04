/** The business date, and the hour and minute of the bank's clock. `at` is the moment for the records. */
export type Now = { day: string; time: string; at: Date }

/** After so long an attempt without an end belongs to a process that was killed: every channel gives up long before. */
export const lostAfterMs = 180_000

/** The bank's clock: hour and minute in China. */
export function clockOf(at: Date): string {
  return at.toLocaleTimeString('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' })
}
