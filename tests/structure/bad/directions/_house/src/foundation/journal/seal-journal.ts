import type pg from 'pg'
export const seal = (client: pg.Client) => client
