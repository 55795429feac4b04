export const recordVisit = () => 1
