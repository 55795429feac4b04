import { decimalText, exact } from '../../foundation/values/decimal.ts'
import type { AnalysisIndicator, AnalysisShown } from './analysis.contract.ts'

/** A part of the report in words: a heading, what it shows, a chart, a table. Amounts in 万元 (English: ten thousand) with two decimals. */
export type ToldPart = {
  title: string
  lines: string[]
  chart?: { kind: 'column' | 'bar' | 'line'; categories: string[]; series: { name: string; values: (number | null)[] }[]; unit: string }
  table?: { head: string[]; right: number[]; rows: string[][] }
}

/** Fen in units of ten thousand yuan with two decimals, as text without separators. */
export const wan = (fen: string): string => decimalText(exact(fen).div(1_000_000), 2)
const minus = '\u2212'
const separated = (text: string): string => text.replace(/^(-?)(\d+)/, (_all, sign: string, digits: string) => `${sign === '' ? '' : minus}${digits.replace(/\B(?=(\d{3})+$)/g, ',')}`)
/** A number that is whole is told as one; a customer held by two is a half. */
const count = (value: string): string => separated(exact(value).isInteger() ? decimalText(exact(value), 0) : decimalText(exact(value), 2))
const figure = (one: Pick<AnalysisIndicator, 'unit'>, value: string | null): string => (value === null ? '--' : one.unit === 'FEN' ? separated(wan(value)) : one.unit === 'PERCENT' ? `${separated(decimalText(exact(value), 2))}%` : count(value))
const percent = (ratio: string | null): string => (ratio === null ? '--' : `${separated(decimalText(exact(ratio).times(100), 2))}%`)

/** "▲ +3.20%" against the month before; of a percentage the difference in points. */
export function changeText(one: Pick<AnalysisIndicator, 'unit' | 'value' | 'before'>, zh: boolean): string {
  if (one.value === null || one.before === null) return '--'
  const difference = exact(one.value).minus(exact(one.before))
  const arrow = difference.gt(0) ? '▲ +' : difference.lt(0) ? '▼ ' : '± '
  if (one.unit === 'PERCENT') return `${arrow}${separated(decimalText(difference, 2))}${zh ? ' 个百分点' : ' pp'}`
  if (exact(one.before).isZero()) return difference.isZero() ? '--' : `${arrow}${separated(one.unit === 'FEN' ? wan(one.value) : count(difference.toFixed()))}`
  return `${arrow}${separated(decimalText(difference.div(exact(one.before).abs()).times(100), 2))}%`
}

/** The report of a unit's month, part after part. What is not known is left out, never zero. */
export function tellAnalysis(given: AnalysisShown, language: 'zh' | 'en'): ToldPart[] {
  const zh = language === 'zh'
  const say = (chinese: string, english: string): string => (zh ? chinese : english)
  const word = (one: { name: string; nameEn: string }): string => (zh ? one.name : one.nameEn)
  const unit = say('万元', `${given.currency} 10k`)
  const known = (code: string): AnalysisIndicator | undefined => given.indicators.find((one) => one.code === code)
  const sentence = (code: string): string[] => {
    const one = known(code)
    if (!one || one.value === null) return []
    const amount = one.unit === 'FEN' ? `${figure(one, one.value)} ${unit}` : figure(one, one.value)
    const against = one.completion === null ? '' : say(`；年度目标完成 ${percent(one.completion)}，时间进度 ${percent(given.timeProgress)}`, `; target reached ${percent(one.completion)}, time ${percent(given.timeProgress)}`)
    return [say(`${one.name} ${amount}，较上月 ${changeText(one, true)}${against}`, `${one.nameEn} ${amount}, against last month ${changeText(one, false)}${against}`)]
  }
  const line = (code: string, name: string, months: AnalysisShown['deposits']): ToldPart[] => (months.length === 0 ? [] : [{
    title: name, lines: sentence(code), chart: { kind: months.length > 3 ? 'line' : 'column', categories: months.map(({ month }) => month), series: [{ name, values: months.map(({ fen }) => Number(wan(fen))) }], unit },
    table: { head: [say('月份', 'Month'), say(`${name}（${unit}）`, `${name} (${unit})`)], right: [1], rows: months.map(({ month, fen }) => [month, separated(wan(fen))]) },
  }])
  const { customers, tiers, moves, movements, people } = given
  const inAll = movements.reduce((sum, one) => sum.plus(exact(one.inFen)), exact('0')).toFixed()
  const outAll = movements.reduce((sum, one) => sum.plus(exact(one.outFen)), exact('0')).toFixed()
  const covered = people.filter(({ coverage }) => coverage !== null)
  const main = ['DEPOSIT_AVERAGE', 'LOAN_AVERAGE', 'NEW_LOAN_AMOUNT', 'PROFIT', 'COVERAGE']
  const parts: ToldPart[] = [
    { title: say('概览', 'Overview'), lines: [...main.flatMap(sentence), say(`客户 ${count(String(customers.all))} 户（企业 ${count(String(customers.corporate))}，个人 ${count(String(customers.person))}），本月新增 ${count(String(customers.opened))} 户`, `${count(String(customers.all))} customers (${count(String(customers.corporate))} companies, ${count(String(customers.person))} persons), ${count(String(customers.opened))} new this month`)] },
    ...line('DEPOSIT_AVERAGE', say('存款月日均', 'Deposits, month average'), given.deposits),
    ...line('LOAN_AVERAGE', say('贷款月日均', 'Loans, month average'), given.loans),
    {
      title: say('客户与分层', 'Customers and tiers'),
      lines: [moves.length === 0 ? say('本月没有层级变动', 'No customer changed the tier this month') : say(`本月层级变动 ${moves.reduce((sum, one) => sum + one.customers, 0)} 户：${moves.map((one) => `${one.from} → ${one.to} ${one.customers} 户`).join('，')}`, `${moves.reduce((sum, one) => sum + one.customers, 0)} moves between tiers: ${moves.map((one) => `${one.from} → ${one.to}: ${one.customers}`).join(', ')}`)],
      ...(tiers.length === 0 ? {} : {
        chart: { kind: 'column' as const, categories: tiers.map(({ tier }) => tier), series: [{ name: say('客户数', 'Customers'), values: tiers.map((one) => one.customers) }], unit: say('户', 'number') },
        table: { head: [say('层级', 'Tier'), say('客户数', 'Customers')], right: [1], rows: tiers.map((one) => [one.tier, count(String(one.customers))]) },
      }),
    },
    {
      title: say('大额变动', 'Large movements'),
      lines: [movements.length === 0 ? say('本月没有大额变动', 'No large movement this month') : say(`大额转入合计 ${separated(wan(inAll))} 万元，大额转出合计 ${separated(wan(outAll))} 万元，共 ${movements.length} 个营业日`, `Large inflow ${separated(wan(inAll))}, large outflow ${separated(wan(outAll))} (${unit}) on ${movements.length} days`)],
      ...(movements.length === 0 ? {} : {
        chart: { kind: 'column' as const, categories: movements.map(({ day }) => day.slice(5)), series: [{ name: say('转入', 'In'), values: movements.map(({ inFen }) => Number(wan(inFen))) }, { name: say('转出', 'Out'), values: movements.map(({ outFen }) => Number(wan(outFen))) }], unit },
      }),
    },
    ...(covered.length === 0 ? [] : [{
      title: say('客户走访覆盖', 'Contact coverage'), lines: sentence('COVERAGE'),
      chart: { kind: 'bar' as const, categories: covered.slice(0, 15).map(({ name }) => name), series: [{ name: say('覆盖率', 'Coverage'), values: covered.slice(0, 15).map(({ coverage }) => Number(coverage)) }], unit: '%' },
    }]),
    {
      title: say('指标与计划', 'Indicators and plan'), lines: [say(`时间进度 ${percent(given.timeProgress)}；金额单位 万元`, `Time progress ${percent(given.timeProgress)}; amounts in ${unit}`)],
      table: {
        head: [say('指标', 'Indicator'), say('本月', 'This month'), say('上月', 'Last month'), say('增减', 'Change'), say('目标', 'Target'), say('完成', 'Reached')], right: [1, 2, 3, 4, 5],
        rows: given.indicators.map((one) => [word(one), figure(one, one.value), figure(one, one.before), changeText(one, zh), one.target === null ? '--' : one.unit === 'FEN' ? separated(decimalText(exact(one.target).div(10_000), 2)) : separated(one.target), percent(one.completion)]),
      },
    },
    {
      title: say('人员', 'People'), lines: [say(`${people.length} 名客户经理有业绩数据`, `${people.length} managers with figures`)],
      table: {
        head: [say('客户经理', 'Manager'), say('条线', 'Line'), say('存款日均', 'Deposits'), say('贷款日均', 'Loans'), say('管户数', 'Customers'), say('覆盖率', 'Coverage'), say('联系', 'Contacts')], right: [2, 3, 4, 5, 6],
        rows: people.map((one) => [one.name, one.unitName, one.depositFen === null ? '--' : separated(wan(one.depositFen)), one.loanFen === null ? '--' : separated(wan(one.loanFen)), one.customers === null ? '--' : count(one.customers), one.coverage === null ? '--' : `${one.coverage}%`, one.contacts === null ? '--' : count(one.contacts)]),
      },
    },
  ]
  // numbered when it is known which there are
  return parts.map((part, place) => ({ ...part, title: zh ? `${'一二三四五六七八'[place] ?? ''}、${part.title}` : `${place + 1}. ${part.title}` }))
}
