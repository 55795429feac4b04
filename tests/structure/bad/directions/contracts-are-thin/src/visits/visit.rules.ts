export const mayRecord = () => true
