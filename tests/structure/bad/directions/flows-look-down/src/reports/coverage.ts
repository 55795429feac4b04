export const coverage = () => 1
