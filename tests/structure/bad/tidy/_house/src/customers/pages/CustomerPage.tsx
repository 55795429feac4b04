export const CustomerPage = () => null
