export const tierOf = () => 'T1'
