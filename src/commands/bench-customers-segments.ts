import { Agent, request } from 'node:http'
import type { SegmentDefinition } from '../customers/lists/segment.contract.ts'
import { scopes, type Reader } from './bench-customers-statements.ts'

/**
 * "Segment count with five conditions": customers of tiers T2 and T3, companies, with a month average from half a million yuan, who hold a deposit and were not contacted for ninety days. The same
 * question by hand-written SQL of the superuser, without row-level security: how many (to 10,000), and the first ten by balance.
 */
export const fiveConditions: SegmentDefinition = {
  match: 'ALL', groups: [{ match: 'ALL', conditions: [
    { field: 'tier', op: 'IN', values: ['T2', 'T3'] }, { field: 'kind', op: 'IN', values: ['CORPORATE'] }, { field: 'monthAdb', op: 'AT_LEAST', values: ['50000000'] }, { field: 'productLine', op: 'IN', values: ['DEPOSIT'] },
    { field: 'lastContact', op: 'EMPTY', values: [] },
  ] }],
}

// as a person who knows the tables writes it: a deposit is an account, no effective contact at all
const where = (reader: Reader): string => `${scopes[reader]} AND c.tier IN ('T2', 'T3') AND c.kind = 'CORPORATE' AND c.month_adb_fen >= 50000000
  AND EXISTS (SELECT FROM account a JOIN product p ON p.code = a.product_code WHERE a.customer_id = c.customer_id AND p.line = 'DEPOSIT' AND a.opened_on <= $2 AND (a.closed_on IS NULL OR a.closed_on > $2))
  AND NOT EXISTS (SELECT FROM contact k WHERE k.customer_id = c.customer_id AND k.effective AND k.voided_on IS NULL)`
export const segmentStatements = (reader: Reader): readonly string[] => [
  `SELECT c.customer_id, c.number, c.name, c.tier, o.name AS outlet, s.name AS manager, c.month_adb_fen FROM (SELECT * FROM customer c WHERE ${where(reader)} ORDER BY c.month_adb_fen DESC, c.customer_id DESC LIMIT 10) c
     LEFT JOIN institution_span o ON o.institution_key = c.outlet_key AND o.to_date IS NULL LEFT JOIN staff s ON s.key = c.main_staff_key ORDER BY c.month_adb_fen DESC, c.customer_id DESC`,
  `SELECT count(*) FROM (SELECT 1 FROM customer c WHERE ${where(reader)} LIMIT 10001) x`,
]

/** Asks the server for the segment's count and first rows, as the builder does. */
export function askSegment(address: URL, agent: Agent, cookie: string): Promise<string> {
  const body = JSON.stringify({ definition: fiveConditions })
  return new Promise((resolve, reject) => {
    const asked = request({ host: address.hostname, port: address.port, agent, method: 'POST', path: '/api/segments/try', headers: { cookie, 'x-yinqiao': '1', 'content-type': 'application/json' } }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => (answer.statusCode === 200 ? resolve(Buffer.concat(parts).toString('utf8')) : reject(new Error(`the segment answered ${answer.statusCode ?? 0}`))))
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

export const rowsOfSegment = (body: string): number => (JSON.parse(body) as { rows: unknown[] }).rows.length
