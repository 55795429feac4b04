export const mask = (text: string) => text
