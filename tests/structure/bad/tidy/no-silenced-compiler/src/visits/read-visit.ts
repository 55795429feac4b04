// @ts-expect-error it works
export const first: number = 'one'
