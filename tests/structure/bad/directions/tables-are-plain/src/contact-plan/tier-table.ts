import { readTiers } from './read-tiers.ts'
export const tierTable = readTiers
