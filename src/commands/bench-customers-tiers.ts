import { judgeAll } from '../customers/tiers/engine-preview-tiers.ts'
import { readStoredRules, rulesOn } from '../customers/tiers/read-rules.ts'
import type { Services } from '../foundation/http/route.ts'
import { monthStart } from '../foundation/values/business-date.ts'

/** What the tiers of the whole book would be after the last full month, by the product: how many customers go from which tier to which. */
export async function proposeTiers(services: Services, day: string): Promise<string[]> {
  return services.db.asEngine(async (tx) => {
    const rules = rulesOn(await readStoredRules(tx), 'bench', monthStart(day))
    return (await judgeAll(tx, day, rules)).flatMap(({ kind, from, to, customers }) => (from === to ? [] : [`${kind} ${from} ${to} ${customers}`])).sort()
  })
}

/**
 * The same by hand for the table that comes with the product (docs of 2.4: averages of the three full months before `$1`, any credit makes a company T2, the strategic list T1; up at once, down when all three months
 * were below): from which tier to which, and how many.
 */
export const tierStatement = `
  WITH month AS (SELECT (date_trunc('month', $1::date) - make_interval(months => n))::date AS first, (date_trunc('month', $1::date) - make_interval(months => n - 1))::date AS next, n FROM generate_series(1, 3) n),
  average AS (
    SELECT b.customer_id, m.n, sum(b.balance_fen::numeric * (least(coalesce(b.to_date, m.next), m.next) - greatest(b.from_date, m.first))) / (m.next - m.first) AS fen
    FROM balance_span b JOIN month m ON b.from_date < m.next AND (b.to_date IS NULL OR b.to_date > m.first)
    JOIN account a ON a.customer_id = b.customer_id AND a.id = b.account_id AND a.currency = 'CNY' JOIN product p ON p.code = a.product_code AND p.line = 'DEPOSIT'
    GROUP BY b.customer_id, m.n, m.next, m.first),
  debt AS (SELECT s.customer_id, m.n FROM loan_span s JOIN month m ON s.principal_fen > 0 AND s.from_date < m.next AND (s.to_date IS NULL OR s.to_date >= m.next) GROUP BY 1, 2),
  listed AS (SELECT e.customer_id, m.n FROM strategic_entry e JOIN month m ON e.decision = 'CONFIRMED' AND e.from_date < m.next AND (e.to_date IS NULL OR e.to_date >= m.next) GROUP BY 1, 2),
  wide AS (SELECT customer_id, max(fen) FILTER (WHERE n = 1) AS m1, max(fen) FILTER (WHERE n = 2) AS m2, max(fen) FILTER (WHERE n = 3) AS m3 FROM average GROUP BY customer_id),
  owes AS (SELECT customer_id, bool_or(n = 1) AS m1, bool_or(n = 2) AS m2, bool_or(n = 3) AS m3 FROM debt GROUP BY customer_id),
  strategic AS (SELECT customer_id, bool_or(n = 1) AS m1, bool_or(n = 2) AS m2, bool_or(n = 3) AS m3 FROM listed GROUP BY customer_id),
  merit AS (
    SELECT k.customer_id, k.kind, ${[1, 2, 3].map((n) => `CASE k.kind
        WHEN 'CORPORATE' THEN least(CASE WHEN w.m${n} >= 2000000000 THEN 'T1' WHEN w.m${n} >= 500000000 THEN 'T2' WHEN w.m${n} >= 50000000 THEN 'T3' ELSE 'T4' END, CASE WHEN o.m${n} THEN 'T2' END, CASE WHEN s.m${n} THEN 'T1' END)
        ELSE CASE WHEN w.m${n} >= 600000000 THEN 'T1' WHEN w.m${n} >= 50000000 THEN 'T2' WHEN w.m${n} >= 5000000 THEN 'T3' ELSE 'T4' END END AS t${n}`).join(', ')}
    FROM customer k LEFT JOIN wide w USING (customer_id) LEFT JOIN owes o USING (customer_id) LEFT JOIN strategic s USING (customer_id)
    WHERE k.status <> 'PROSPECT' AND k.merged_into IS NULL AND (k.opened_on IS NULL OR k.opened_on < date_trunc('month', $1::date)))
  SELECT m.kind, h.tier AS held, x.tier, count(*)::int AS customers
  FROM merit m JOIN tier_held h ON h.customer_id = m.customer_id AND h.from_date <= $1 AND (h.to_date IS NULL OR h.to_date > $1)
  CROSS JOIN LATERAL (SELECT CASE WHEN m.t1 < h.tier THEN m.t1 WHEN least(m.t1, m.t2, m.t3) > h.tier THEN least(m.t1, m.t2, m.t3) ELSE h.tier END AS tier) x
  WHERE x.tier <> h.tier GROUP BY 1, 2, 3`
