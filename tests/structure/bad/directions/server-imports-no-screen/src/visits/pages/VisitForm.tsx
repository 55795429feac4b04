export const visitForm = () => null
