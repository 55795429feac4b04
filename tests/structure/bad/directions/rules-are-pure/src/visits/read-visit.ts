export const readVisit = () => 1
