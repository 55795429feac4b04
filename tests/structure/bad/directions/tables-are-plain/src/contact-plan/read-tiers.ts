export const readTiers = () => 1
