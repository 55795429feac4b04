export const closeMonth = () => 1
