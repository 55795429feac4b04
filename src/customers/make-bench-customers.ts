import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'
import { gramsOf, pinyinOf } from '../foundation/values/person-name.ts'

export type BenchManager = { staffKey: number; path: string; outletKey: number }

const surnames = [...'王李张刘陈杨赵黄周吴徐孙马胡朱郭何罗高林郑梁谢唐许冯宋韩邓彭曹曾田于萧潘袁蔡蒋余杜叶程魏苏吕丁任卢姚沈姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常']
const given = [...'伟芳娜敏静丽强磊军洋勇艳杰涛明超霞平刚桂英华文建国志玉兰春梅海燕晓雯若云思远嘉宁子涵雨欣浩然天佑明轩诗琪梓萱一诺俊熙安琪博文']
const places = ['太原', '大同', '长治', '晋城', '朔州', '忻州', '临汾', '运城', '晋中', '吕梁', '阳泉', '北京', '天津', '石家庄', '郑州', '西安', '济南', '榆次', '介休', '侯马']
const words = [...'恒瑞盛泰华兴隆鑫达通顺源丰利嘉诚信德宏广远博创新科晟宇航天翔云峰岳林森海川江河湖金银铜铁石玉珠宝康健美乐福禄寿喜祥和睦']
const trades = ['新材料', '药业', '食品', '建设', '贸易', '物流', '机械', '电子', '化工', '能源', '农业', '纺织', '文化传播', '信息技术', '房地产开发', '汽车销售', '餐饮管理', '环保科技', '医疗器械', '装饰工程']
const forms = ['有限公司', '股份有限公司', '有限责任公司', '集团有限公司']

/** The n-th invented name: three of ten are companies. The same n gives the same name. */
export function benchName(n: number): { name: string; kind: 'CORPORATE' | 'PERSON' } {
  const pick = <T>(list: readonly T[], salt: number): T => list[mix(n, salt) % list.length] as T
  if (n % 10 < 3) return { kind: 'CORPORATE', name: `${pick(places, 1)}${pick(words, 2)}${pick(words, 3)}${pick(trades, 4)}${pick(forms, 5)}` }
  return { kind: 'PERSON', name: `${pick(surnames, 6)}${pick(given, 7)}${n % 4 === 0 ? '' : pick(given, 8)}` }
}

// a fixed whirl of whole numbers: no chance, no clock
function mix(n: number, salt: number): number {
  let x = (n * 2_654_435_761 + salt * 40_503) >>> 0
  x = Math.imul(x ^ (x >>> 15), 2_246_822_519) >>> 0
  x = Math.imul(x ^ (x >>> 13), 3_266_489_917) >>> 0
  return (x ^ (x >>> 16)) >>> 0
}

/**
 * Adds customers `from` to `from + names × copies - 1` for the measurement, each name `copies` times, spread evenly over the managers, with a balance that few have high.
 * One statement; run as batch in a database made for it.
 */
export async function makeBenchCustomers(tx: Transaction, given: { from: number; names: number; copies: number; managers: readonly BenchManager[]; day: string; batch: string }): Promise<number> {
  const rows = Array.from({ length: given.names }, (_, place) => {
    const { name, kind } = benchName(given.from / given.copies + place)
    const spoken = pinyinOf(name, kind)
    return { place, name, kind, pinyin: spoken.syllables, initials: spoken.initials, grams: gramsOf(name, spoken.syllables, spoken.initials) }
  })
  const { count } = await bulk(tx, {
    table: 'customer', what: 'add', why: 'bench', batch: given.batch,
    statement: sql`
      INSERT INTO customer (customer_id, number, kind, name, name_pinyin, name_initials, grams, tier, tier_since, outlet_key, scope_path, viewers, main_staff_key, opened_on, deposit_fen, month_adb_fen, last_month_adb_fen, loan_fen, figures_as_of, changed_at, batch_id)
      SELECT uuid7(), 'B' || lpad(k.n::text, 9, '0'), n.kind, n.name, n.pinyin, n.initials, ARRAY(SELECT jsonb_array_elements_text(n.grams)),
        CASE WHEN k.adb > 2000000000 THEN 'T1' WHEN k.adb > 500000000 THEN 'T2' WHEN k.adb > 50000000 THEN 'T3' ELSE 'T4' END, ${given.day}::date - 400,
        m.outlet_key, m.path, ARRAY[m.staff_key], m.staff_key, ${given.day}::date - 400, k.adb, k.adb, k.adb / 10 * 9, 0, ${given.day}, now() - make_interval(secs => (hashint8(k.n::bigint) & 16777215)), ${given.batch}
      FROM (SELECT s.*, g AS copy, ${given.from}::int + s.place * ${given.copies}::int + g AS number_n
            FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) s(place int, name text, kind text, pinyin text, initials text, grams jsonb), generate_series(0, ${given.copies - 1}::int) g) n
      CROSS JOIN LATERAL (SELECT n.number_n AS n, (10000000.0 / (1 + (hashint8(n.number_n::bigint) & 1048575)) * 100000)::bigint AS adb) k
      JOIN unnest(${given.managers.map((one) => one.staffKey)}::int[], ${given.managers.map((one) => one.path)}::text[], ${given.managers.map((one) => one.outletKey)}::int[]) WITH ORDINALITY m(staff_key, path, outlet_key, place)
        ON m.place = 1 + (hashint4(k.n) & 2147483647) % ${given.managers.length}::int`,
  })
  return count
}

/** For every `every`-th customer a slice of 100 % and a particulars row: those whose page is opened. */
export async function completeBenchCustomers(tx: Transaction, given: { every: number; day: string; batch: string }): Promise<void> {
  const { every, day, batch } = given
  const chosen = sql`right(number, 6)::int % ${every}::int = 0`
  await bulk(tx, { table: 'assignment', what: 'add', why: 'bench', batch, statement: sql`
    INSERT INTO assignment (customer_id, id, staff_key, share_pct, main, from_date, batch_id)
    SELECT customer_id, uuid7(), main_staff_key, 100, true, ${day}::date - 400, ${batch} FROM customer WHERE ${chosen}` })
  await bulk(tx, { table: 'corporate', what: 'add', why: 'bench', batch, statement: sql`
    INSERT INTO corporate (customer_id, company_type, size_class, batch_id) SELECT customer_id, '企业法人', '小', ${batch} FROM customer WHERE kind = 'CORPORATE' AND ${chosen}` })
  await bulk(tx, { table: 'person', what: 'add', why: 'bench', batch, statement: sql`
    INSERT INTO person (customer_id, sex, occupation, batch_id) SELECT customer_id, 'F', '职员', ${batch} FROM customer WHERE kind = 'PERSON' AND ${chosen}` })
}

/** Every customer has held his tier for a year. Run as batch. */
export async function makeBenchTiers(tx: Transaction, { day, batch }: { day: string; batch: string }): Promise<void> {
  await bulk(tx, { table: 'tier_held', what: 'add', why: 'bench', batch, statement: sql`INSERT INTO tier_held (customer_id, id, tier, from_date, reason, batch_id) SELECT customer_id, uuid7(), tier, ${day}::date - 365, 'bench', ${batch} FROM customer` })
}

/** Who holds nobody's customer yet: the main manager of each, whole. Run as batch. */
export async function makeBenchOwners(tx: Transaction, { day, batch }: { day: string; batch: string }): Promise<void> {
  await bulk(tx, { table: 'assignment', what: 'add', why: 'bench', batch, statement: sql`
    INSERT INTO assignment (customer_id, id, staff_key, share_pct, main, from_date, batch_id)
    SELECT customer_id, uuid7(), main_staff_key, 100, true, ${day}::date - 400, ${batch} FROM customer c WHERE NOT EXISTS (SELECT FROM assignment a WHERE a.customer_id = c.customer_id)` })
}
