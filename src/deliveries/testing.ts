import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** A small delivery in the product's own layout, for tests: two outlets, two managers, a company and a person, three accounts. Each file is its lines; a test changes what it wants. */
export type SmallDelivery = { control: Record<string, string>; files: Record<string, string[]> }

const fixed = (fields: readonly (readonly [string, number, 'right'?])[]): string => fields.map(([text, width, side]) => (side === 'right' ? text.padStart(width) : `${text}${' '.repeat(Math.max(0, width - bytesOf(text)))}`)).join('')
const bytesOf = (text: string): number => [...text].reduce((sum, character) => sum + (character.charCodeAt(0) < 128 ? 1 : 2), 0)

export const balanceLine = (account: string, day: string, balance: string): string => fixed([[account, 20], [day, 8], [balance, 18, 'right']])
export const transactionLine = (key: string, account: string, day: string, direction: 'IN' | 'OUT', amount: string, more: { currency?: string; memo?: string; partner?: string } = {}): string =>
  fixed([[key, 20], [account, 20], [day, 8], [direction, 3], [more.currency ?? '', 3], [amount, 16, 'right'], ['', 16], ['TRANSFER', 12], [more.partner ?? '南山五金厂', 40], ['ICBC', 12], ['6222000011112222', 24], [more.memo ?? '货款', 27]])

const headers = {
  institutions: 'code,kind,name,name_en,parent_code,region,managers_in,from_date',
  staff: 'staff_no,name,from_date,to_date',
  posts: 'staff_no,post_code,line_code,place_code,from_date,to_date,main',
  products: 'code,name,name_en,line',
  customers: 'number,kind,name,outlet_code,opened_on,status,source,identity_kind,identity_number,identity_expires_on,phone,company_type,established_on,registered_address,operating_address,registration_status,business_scope,industry_code,size_class,registered_capital,legal_representative,staff_count,sex,birth_date,nationality,occupation,employer,address,district,risk_level',
  assignments: 'customer_number,staff_no,share_pct,main,from_date,to_date,base_adb',
  accounts: 'account_key,customer_number,account_number,product_code,currency,outlet_code,opened_on,closed_on,matures_on,rate',
  loans: 'loan_key,customer_number,account_key,product_code,currency,outlet_code,amount,paid_out_on,matures_on,term_months,instalment,rate,status_letter,settled_on',
}

/** The first delivery, of 2026-11-20. */
export function smallDelivery(): SmallDelivery {
  return {
    control: { layout: 'yinqiao-1', bank: 'small', bank_name: '小银行', bank_name_en: 'Small Bank', currency: 'CNY', calendar: 'china', date: '20261120', kind: 'FULL' },
    files: {
      institutions: [headers.institutions, 'HQ,HEAD_OFFICE,小银行,Small Bank,,,,20200101', 'O1,OUTLET,城南支行,South,HQ,,,20200101', 'O2,OUTLET,城北支行,North,HQ,,,20200101'],
      staff: [headers.staff, '000101,李晓雯,20200101,', '000102,王强,20200101,'],
      posts: [headers.posts, '000101,RM,O1,O1,20200101,,1', '000102,RM,O2,O2,20200101,,1'],
      products: [headers.products, 'CUR,活期存款,Current,DEPOSIT', 'LOAN,流动资金贷款,Working capital,LOAN'],
      customers: [headers.customers,
        `C1,CORPORATE,远大机械有限公司,O1,20210301,ACTIVE,,USCC,91350100M000100Y43,,13800001111,企业法人,20100101,"城南路1号,甲栋",,存续,机械制造,C34,小,5000000.00,张三,40,,,,,,,,`,
        'C2,PERSON,尉迟敏,O2,20210301,,,RESIDENT_ID,11010519491231002X,,13900002222,,,,,,,,,,,,F,19491231,中国,教师,,北京某路 9 号,城北,'],
      assignments: [headers.assignments, 'C1,000101,70.00,1,20210301,,1000.00', 'C1,000102,30.00,0,20210301,,1000.00', 'C2,000102,100.00,1,20210301,,0'],
      accounts: [headers.accounts, 'A1,C1,6222000000000001,CUR,CNY,O1,20210301,,,', 'A2,C1,6222000000000002,CUR,CNY,O1,20210301,,,0.0035', 'A3,C2,6222000000000003,CUR,CNY,O2,20210301,,,'],
      balances: [balanceLine('A1', '20261101', '1000.00'), balanceLine('A1', '20261120', '1500.00'), balanceLine('A2', '20261101', '0.00'), balanceLine('A3', '20261020', '88.80')],
      transactions: [transactionLine('T1', 'A1', '20261120', 'IN', '500.00'), transactionLine('T2', 'A3', '20261020', 'IN', '88.80', { memo: '工资 \\ 奖金' }), transactionLine('T3', 'A3', '20261021', 'OUT', '0.00')],
      loans: [headers.loans, 'L1,C1,A1,LOAN,CNY,O1,300000.00,20260105,20270105,12,25000.00,0.0385,,'],
    },
  }
}

const encoderOf = (encode: (text: string) => Buffer) => (lines: readonly string[]): Buffer => encode(`${lines.join('\n')}\n`)
const fixedFiles = new Set(['balances', 'transactions'])
const sumColumns: Record<string, { name: string; of: (line: string) => string | undefined }[]> = {
  balances: [{ name: 'balance', of: (line) => line.slice(28, 46).trim() }],
  transactions: [{ name: 'amount:IN', of: (line) => (line.slice(48, 51).trim() === 'IN' ? line.slice(54, 70).trim() : undefined) }, { name: 'amount:OUT', of: (line) => (line.slice(48, 51).trim() === 'OUT' ? line.slice(54, 70).trim() : undefined) }],
}

/** Writes the delivery with right control totals. `encode` makes the bytes (GB18030); `totals` overrides single control totals ('balances rows'). */
export function writeDelivery(dir: string, delivery: SmallDelivery, encode: (text: string) => Buffer, more: { gzip?: readonly string[]; totals?: Record<string, string> } = {}): string {
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir, { recursive: true })
  const bytes = encoderOf(encode)
  const control = ['file,item,value', ...Object.entries(delivery.control).map(([item, value]) => `*,${item},${value}`)]
  for (const [file, lines] of Object.entries(delivery.files)) {
    const name = `${file}.${fixedFiles.has(file) ? 'txt' : 'csv'}`
    const packed = more.gzip?.includes(file) === true
    writeFileSync(join(dir, packed ? `${name}.gz` : name), packed ? gzipSync(bytes(lines)) : bytes(lines))
    const rows = lines.length - (fixedFiles.has(file) ? 0 : 1)
    control.push(`${file},rows,${more.totals?.[`${file} rows`] ?? rows}`)
    for (const { name: sum, of } of sumColumns[file] ?? []) {
      const total = lines.reduce((value, line) => value + BigInt((of(line) ?? '0.00').replace('.', '').padStart(3, '0')), 0n).toString().padStart(3, '0')
      control.push(`${file},${sum},${more.totals?.[`${file} ${sum}`] ?? `${total.slice(0, -2)}.${total.slice(-2)}`}`)
    }
  }
  writeFileSync(join(dir, 'control.csv'), bytes(control))
  return dir
}
