export const mayRecord = (today: string, on: string): boolean => on <= today && Date.now() > 0
