import * as hucre from 'hucre'
export const readSheet = hucre
