import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { Outlook } from '../statement.contract.ts'

type Found = { path: string; people: number; lower: string; median: string; upper: string; least: string; most: string }
export const leastPeople = 5
const mostBands = 6

/**
 * Where the payable amount of a month stands among those whom the same scheme paid in it, each with what he got under all schemes (who was transferred in the middle has two parts): in the smallest unit of the person's line with five people or more, of whom only numbers come back. Null: fewer than five in the
 * whole bank.
 */
export async function readStanding(tx: Transaction, { month, scheme, path, payableFen }: { month: string; scheme: string; path: string; payableFen: bigint }): Promise<Outlook['standing']> {
  const levels = path.split('.').map((_part, place, all) => all.slice(0, all.length - place).join('.'))
  return tx.asRole('engine', async () => {
    const paid = sql`SELECT max(s.scope_path) FILTER (WHERE m.scheme_code = ${scheme}) AS scope_path, sum(s.payable_fen)::bigint AS payable_fen FROM settled_month m JOIN pay_statement s ON s.run_id = m.run_id WHERE m.month = ${month}::date
      GROUP BY s.staff_key HAVING bool_or(m.scheme_code = ${scheme})`
    const found = await tx.maybe(sql<Found>`
      SELECT l.path, count(*)::int AS people, (percentile_disc(0.25) WITHIN GROUP (ORDER BY p.payable_fen))::text AS lower, (percentile_disc(0.5) WITHIN GROUP (ORDER BY p.payable_fen))::text AS median,
        (percentile_disc(0.75) WITHIN GROUP (ORDER BY p.payable_fen))::text AS upper, min(p.payable_fen)::text AS least, max(p.payable_fen)::text AS most
      FROM unnest(${levels}::text[]) WITH ORDINALITY l (path, place)
      JOIN (${paid}) p ON p.scope_path = l.path COLLATE "C" OR (p.scope_path >= (l.path || '.') COLLATE "C" AND p.scope_path < (l.path || '/') COLLATE "C")
      GROUP BY l.path, l.place HAVING count(*) >= ${leastPeople} ORDER BY l.place LIMIT 1`)
    if (!found) return null
    const { unitName } = await tx.one(sql<{ unitName: string }>`SELECT coalesce((SELECT name FROM organisation_institution_facts WHERE scope_path = ${found.path} AND from_date < (${month}::date + interval '1 month')::date ORDER BY from_date DESC LIMIT 1), '') AS "unitName"`)
    const step = bandWidth(BigInt(found.most))
    const counted = await tx.all(sql<{ band: number; people: number }>`
      SELECT least(p.payable_fen / ${step.toString()}::bigint, ${mostBands - 1})::int AS band, count(*)::int AS people FROM (${paid}) p
      WHERE p.scope_path = ${found.path} OR (p.scope_path >= ${`${found.path}.`} AND p.scope_path < ${`${found.path}/`}) GROUP BY 1`)
    const own = Number(payableFen / step > BigInt(mostBands - 1) ? BigInt(mostBands - 1) : payableFen / step)
    const bands = Array.from({ length: mostBands }, (_, band) => ({ fromFen: (step * BigInt(band)).toString(), toFen: (step * BigInt(band + 1)).toString(), people: counted.find((one) => one.band === band)?.people ?? 0, own: band === own }))
    const [lower, median, upper] = [BigInt(found.lower), BigInt(found.median), BigInt(found.upper)]
    return { unitName, people: found.people, lowerFen: found.lower, medianFen: found.median, upperFen: found.upper, quarter: payableFen >= upper ? 1 : payableFen >= median ? 2 : payableFen >= lower ? 3 : 4, bands }
  })
}

/** The width of a band, so that six of them reach the largest amount: 1, 2 or 5 of a power of ten, at least a yuan. */
function bandWidth(most: bigint): bigint {
  let unit = 100n
  for (;;) {
    for (const times of [1n, 2n, 5n]) if (unit * times * BigInt(mostBands) > most) return unit * times
    unit *= 10n
  }
}
