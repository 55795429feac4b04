export const visitsText = { late: { zh: '{n} 次拜访逾期', en: '{n|visit|visits} overdue' }, days: { zh: '{n} 天', en: '{n} {n|day|days}' } }
