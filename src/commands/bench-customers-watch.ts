import { scopes, type Reader } from './bench-customers-statements.ts'

/** The large movements of the day, the largest fifty of the reader's scope, by hand as the superuser: what the screen shows of each row. */
export function movementsStatement(reader: Reader): string {
  const scope = scopes[reader].replaceAll('c.', 'm.')
  return `
    SELECT m.id, m.customer_id, k.name, k.number, k.tier, s.name AS manager, m.day, m.in_fen, m.out_fen, m.threshold_fen, m.adb_fen, m.listed_in, m.listed_out, m.balance_after_fen, m.manager_share_pct, m.counterparties,
      e.maturing, e.fen, (SELECT max(f.business_date) FROM contact f WHERE f.customer_id = m.customer_id AND f.effective AND f.voided_on IS NULL) AS last_contact,
      (SELECT jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'state', a.state, 'reason', a.reason_code, 'contacted', a.contacted_on)) FROM alert a
        WHERE a.customer_id = m.customer_id AND a.kind IN ('MOVEMENT_IN', 'MOVEMENT_OUT') AND a.about = m.day::text) AS alerts
    FROM (SELECT m.* FROM movement m WHERE m.day = $2::date AND ${scope} ORDER BY greatest(m.in_fen, m.out_fen) DESC, m.id LIMIT 51) m
    JOIN customer k ON k.customer_id = m.customer_id LEFT JOIN staff s ON s.key = k.main_staff_key
    LEFT JOIN LATERAL (SELECT count(*) AS maturing, sum(t.amount_fen) AS fen FROM maturity t WHERE t.customer_id = m.customer_id AND t.kind IN ('TIME_DEPOSIT', 'WEALTH') AND t.result IS NULL AND t.withdrawn_on IS NULL
      AND t.ends_on BETWEEN m.day AND m.day + 30) e ON true
    ORDER BY greatest(m.in_fen, m.out_fen) DESC, m.id LIMIT 50`
}
