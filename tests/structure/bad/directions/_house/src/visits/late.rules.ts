export type LateTable = { days: number }
export const late = (table: LateTable) => table.days
