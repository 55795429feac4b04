export const tierTable = { T1: 30 }
