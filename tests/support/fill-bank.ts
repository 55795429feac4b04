import { gramsOf, pinyinOf } from '../../src/foundation/values/person-name.ts'
import { today, type Colleague, type SmallBank } from './small-bank.ts'

const places = ['太原', '晋中', '大同', '长治', '临汾', '运城', '阳泉', '朔州', '吕梁', '忻州', '晋城', '榆次', '平遥', '介休', '清徐', '古交', '孝义', '汾阳', '霍州', '侯马']
const words = ['晋泰', '华新', '远达', '恒通', '永盛', '金谷', '鼎立', '瑞丰', '博远', '中联', '天成', '兴业', '同德', '宏图', '汇金', '明湖', '东方', '启航', '众合', '安泰', '银河', '绿洲', '长风', '德馨', '伟业']
const trades = ['新材料', '机械', '贸易', '物流', '建筑', '食品', '纺织', '电子']

/** Numbers of rows with which a bank is filled. */
export type Fill = { customers: number; managers: number }

/**
 * Fills a small bank set-based, past the store, so that the planner meets large tables: customers over managers of every unit, accounts, balance spans, transactions,
 * contacts. The same numbers give the same rows.
 */
export async function fillBank(bank: SmallBank, { customers, managers }: Fill): Promise<void> {
  const lines = [bank.units.south, bank.units.north, bank.units.department]
  const people: Colleague[] = [bank.staff.li, bank.staff.wang, bank.staff.zhao, bank.staff.qian]
  for (let number = people.length; number < managers; number++) {
    const line = lines[number % lines.length] ?? bank.units.south
    people.push(await bank.colleague(`经理${String(number).padStart(3, '0')}`, 'RM', line.key, line === bank.units.department ? bank.units.west.key : line.key))
  }
  const names = places.flatMap((place) => words.flatMap((word) => trades.map((trade) => `${place}${word}${trade}有限公司`))).map((name) => {
    const { syllables, initials } = pinyinOf(name, 'CORPORATE')
    return { name, syllables, initials, grams: gramsOf(name, syllables, initials) }
  })
  const owner = await bank.services.db.connectOwner()
  try {
    // keys are right by the way they are made, and an index is built faster than it is grown
    await owner.query('SET session_replication_role = replica')
    const { rows: indexes } = await owner.query<{ name: string; definition: string }>(`
      SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i
      WHERE i.indrelid = ANY(ARRAY['customer', 'assignment', 'tier_held', 'account', 'balance_span', 'account_transaction', 'contact']::regclass[])
        AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)`)
    for (const { name } of indexes) await owner.query(`DROP INDEX ${name}`)
    await owner.query('CREATE TEMP TABLE made_name AS SELECT (n.at - 1)::int AS number, n.row->>\'name\' AS name, n.row->>\'syllables\' AS syllables, n.row->>\'initials\' AS initials, ARRAY(SELECT jsonb_array_elements_text(n.row->\'grams\')) AS grams FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY n(row, at)', [JSON.stringify(names)])
    await owner.query(`CREATE TEMP TABLE seat AS SELECT (row_number() OVER (ORDER BY staff_key) - 1)::int AS number, staff_key, line_path, place_key FROM organisation_post_facts WHERE post_code = 'RM' AND to_date IS NULL`)
    await owner.query(`CREATE TEMP TABLE made AS
      SELECT md5('customer ' || i)::uuid AS id, i, n.*, s.staff_key, s.line_path, s.place_key, o.staff_key AS other_key, abs(hashint4(i))::bigint AS chance,
             CASE WHEN i % 100 = 0 THEN 'T1' WHEN i % 25 = 0 THEN 'T2' WHEN i % 6 = 0 THEN 'T3' ELSE 'T4' END AS tier
      FROM generate_series(1, $1::int) i JOIN made_name n ON n.number = abs(hashint4(i + 7)) % $2::int
      JOIN seat s ON s.number = i % $3::int JOIN seat o ON o.number = (i + 3) % $3::int`, [customers, names.length, people.length])
    await owner.query(`INSERT INTO product (code, name, name_en, line) VALUES ('D-CUR', '活期存款', 'Current account', 'DEPOSIT') ON CONFLICT DO NOTHING`)
    await owner.query(`INSERT INTO customer (customer_id, number, kind, name, name_pinyin, name_initials, grams, tier, tier_since, outlet_key, scope_path, viewers, main_staff_key, opened_on, deposit_fen, month_adb_fen, last_month_adb_fen, figures_as_of, changed_at)
      SELECT id, 'F' || lpad(i::text, 8, '0'), CASE WHEN i % 3 = 0 THEN 'CORPORATE' ELSE 'PERSON' END, name, syllables, initials, grams, tier, '2026-01-01', place_key, line_path,
             CASE WHEN i % 10 = 0 THEN ARRAY[staff_key, other_key] ELSE ARRAY[staff_key] END, staff_key, date '2021-01-01' + (i % 1500), chance, chance, chance / 2, '2026-11-22', timestamptz '2026-11-01 08:00+08' + make_interval(secs => chance % 1900000)
      FROM made`)
    await owner.query(`INSERT INTO assignment (customer_id, id, staff_key, share_pct, main, from_date) SELECT id, md5('slice ' || i)::uuid, staff_key, 100, true, '2024-01-01' FROM made`)
    await owner.query(`INSERT INTO tier_held (customer_id, id, tier, from_date, reason) SELECT id, md5('tier ' || i)::uuid, tier, '2026-01-01', 'test' FROM made`)
    await owner.query(`INSERT INTO account (customer_id, id, core_key, tail, product_code, outlet_key, opened_on) SELECT id, md5('account ' || i)::uuid, 'A' || i, lpad((i % 10000)::text, 4, '0'), 'D-CUR', place_key, '2021-05-06' FROM made`)
    await owner.query(`INSERT INTO balance_span (customer_id, account_id, from_date, to_date, balance_fen)
      SELECT id, md5('account ' || i)::uuid, date '2026-06-01' + m * 30, CASE WHEN m < 3 THEN date '2026-06-01' + (m + 1) * 30 END, chance + m FROM made, generate_series(0, 3) m`)
    await owner.query(`INSERT INTO account_transaction (customer_id, id, account_id, core_key, booked_on, direction, amount_fen, kind)
      SELECT id, md5('booked ' || i || ' ' || t)::uuid, md5('account ' || i)::uuid, 'B' || i || '-' || t, date '2026-11-22' - (t * 11 + i % 11), CASE WHEN t % 2 = 0 THEN 'IN' ELSE 'OUT' END, chance % 10000000, 'TRANSFER' FROM made, generate_series(0, 5) t`)
    await owner.query(`INSERT INTO contact (customer_id, id, staff_key, mode, business_date, in_person, effective, entered_on, late, summary, our_people, policy_version, scope_path, viewers)
      SELECT id, md5('contact ' || i || ' ' || t)::uuid, staff_key, 'PHONE', date '2026-11-20' - (t * 40 + i % 37), false, true, date '2026-11-20' - (t * 40 + i % 37), false, '例行联系', ARRAY[staff_key], '1', line_path, ARRAY[staff_key] FROM made, generate_series(0, 1) t WHERE i % 2 = 0`)
    for (const { definition } of indexes) await owner.query(definition)
    // whole tables are looked at, so that the statistics, and with them the plans, are the same every time
    await owner.query('SET default_statistics_target = 1000')
    await owner.query('VACUUM (ANALYZE)')
  } finally {
    await owner.end()
  }
  if (today !== '2026-11-23') throw new Error('the days above belong to 2026-11-23')
}
