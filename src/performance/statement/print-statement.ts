import { writeReportPdf, type Report, type ReportFrame } from '../../foundation/documents/write-report-pdf.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle, type Context, type RawReply } from '../../foundation/http/route.ts'
import { writeBook, type SheetCell } from '../../foundation/spreadsheets/write-sheet.ts'
import { recordReading } from '../../foundation/store/store.ts'
import { yuanText } from '../../foundation/values/fen.ts'
import { aboutKinds } from '../../foundation/values/file-kind.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { codeNames, gradeNames, named, reasonText } from '../pay-words.rules.ts'
import { readEveryFact, readStatement } from '../read-statement.ts'
import type { FactShown, LineShown, Outlook, StatementShown } from '../statement.contract.ts'
import { factsInBook, factsInPrint, printAnyStatement, printMyStatement, printTeamStatement } from './print.contract.ts'
import { readOutlook } from './read-outlook.ts'
import { splitTotal } from './split.rules.ts'
import { annualRows, annualRule } from './tell-annual.rules.ts'
import { figureText, lineName as toldLineName, resultFigure, tellStatement, yuanFigure, type Language, type Told } from './tell-statement.rules.ts'

type Asked = { month: string; scheme?: string | undefined; format: 'PDF' | 'XLSX'; purpose: string }
type Numbered = { number: string; level: number; node: Told }

/** The tree as numbered rows: 1, 1.1, 1.1.1 … */
export function numberedRows(root: Told): Numbered[] {
  const rows: Numbered[] = []
  const walk = (node: Told, number: string, level: number): void => {
    rows.push({ number, level, node })
    node.children.forEach((child, place) => walk(child, `${number}.${place + 1}`, level + 1))
  }
  walk(root, '1', 0)
  return rows
}

const howOf = ({ zero, how }: Told, zh: boolean): string => (zero === null ? how : zh ? `为零：${zero}` : `zero: ${zero}`)

async function print(tx: Transaction, staffKey: number, { month, scheme, format, purpose }: Asked, { actor, language, businessDate }: Context, names: boolean): Promise<Outcome<RawReply>> {
  const statement = await readStatement(tx, staffKey, month, scheme)
  if (!statement) return refuse('not-found')
  const most = format === 'PDF' ? factsInPrint : factsInBook
  const facts = await readEveryFact(tx, statement, most + 1, names)
  const outlook = await readOutlook(tx, statement, businessDate)
  const { bank, at } = await tx.one(sql<{ bank: string; at: string }>`SELECT CASE WHEN ${language} = 'zh' THEN name_zh ELSE name_en END AS bank, to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS at FROM bank`)
  await recordReading(tx, { table: 'pay_statement', objectId: String(staffKey), customerId: null, why: purpose, about: { month, scheme: statement.scheme.code, print: 'YQ-JX-01', format, facts: Math.min(facts.length, most) } })
  const zh = language === 'zh'
  const mark = zh ? `${actor.name}（${actor.staffNo}） ${at} 下载，用途：${purpose}。工资信息，禁止外传` : `Downloaded by ${actor.name} (${actor.staffNo}) ${at}, for: ${purpose}. Pay data, not to be passed on`
  const given = { statement, outlook, facts: facts.slice(0, most), more: facts.length > most, language: language as Language }
  const fileName = `${zh ? '绩效工资单' : 'pay-statement'}-${statement.person.staffNo}-${month}${statement.split.length > 0 ? `-${statement.scheme.code}` : ''}.${format.toLowerCase()}`
  if (format === 'XLSX') return ok({ type: aboutKinds.XLSX.type, content: await bookOf(given, { author: `${actor.name} ${actor.staffNo}`, purpose, mark }), fileName })
  const frame: ReportFrame = {
    bank, mark, watermark: `${actor.name} ${actor.staffNo} ${at.slice(0, 10)} ${purpose}`, pageOf: (page, pages) => (zh ? `第 ${page} 页 共 ${pages} 页` : `${page} / ${pages}`),
    missingGlyphs: zh ? '字库缺字以编码代替' : 'characters missing in the font are told by their numbers',
  }
  return ok({ type: aboutKinds.PDF.type, content: await writeReportPdf(reportOf(given), frame), fileName })
}

export const printMyStatementRoute = handle(printMyStatement, (tx, { body }, context) => tx.asRole('self', () => print(tx, context.actor.staffKey, body, context, true)))
export const printTeamStatementRoute = handle(printTeamStatement, (tx, { params, body }, context) => print(tx, params.staffKey, body, context, true))
export const printAnyStatementRoute = handle(printAnyStatement, (tx, { params, body }, context) => tx.asRole('office', () => print(tx, params.staffKey, body, context, false)))

type Given = { statement: StatementShown; outlook: Outlook; facts: readonly FactShown[]; more: boolean; language: Language }

function factsOf({ statement, outlook, language }: Given): { label: string; text: string }[] {
  const zh = language === 'zh'
  const { scheme, person } = statement
  const state = { CLOSED: ['已关账', 'closed'], SETTLED: ['已结算', 'settled'], STALE: ['待重新结算', 'to be settled again'] } as const
  const period = (one: Outlook['year']): string => {
    const months = one.from === one.to ? one.from : `${one.from} – ${one.to}`
    return zh ? `${yuanFigure(one.payableFen)} 元（${months}，${one.months} 个月）` : `${yuanFigure(one.payableFen)} ${statement.currency} (${months}, ${one.months} ${one.months === 1 ? 'month' : 'months'})`
  }
  const { forecast } = outlook
  return [
    { label: zh ? '姓名' : 'Name', text: `${person.name}  ${person.staffNo}  ${person.unitName}` },
    { label: zh ? '考核月份' : 'Month', text: zh ? `${statement.month}（${state[statement.state][0]}，${statement.settledOn}）` : `${statement.month} (${state[statement.state][1]}, ${statement.settledOn})` },
    { label: zh ? '考核方案' : 'Scheme', text: zh ? `${scheme.name} 第 ${scheme.version} 版（${scheme.from} 起）` : `${scheme.nameEn}, version ${scheme.version} (from ${scheme.from})` },
    { label: zh ? '应发' : 'Payable', text: `${yuanFigure(statement.payableFen)}${zh ? ' 元' : ` ${statement.currency}`}` },
    ...(statement.split.length === 0 ? [] : [{ label: zh ? '本月应发合计' : 'Payable in the month', text: zh ? `${yuanFigure(splitTotal(statement.split).toString())} 元（${statement.split.length} 个方案）` : `${yuanFigure(splitTotal(statement.split).toString())} ${statement.currency} (${statement.split.length} schemes)` }]),
    { label: zh ? '本季累计' : 'Quarter to date', text: period(outlook.quarter) },
    { label: zh ? '本年累计' : 'Year to date', text: period(outlook.year) },
    ...(forecast === null ? [] : [{
      label: zh ? '测算（非应发）' : 'Forecast (not pay)',
      text: zh ? `${forecast.month} 约 ${yuanFigure(forecast.monthFen)} 元，本季 ${yuanFigure(forecast.quarterFen)} 元，全年 ${yuanFigure(forecast.yearFen)} 元；业务事实截至 ${forecast.asOf}，余额按现状，未到月份按近 ${forecast.averageOf} 个已结算月平均`
        : `${forecast.month} about ${yuanFigure(forecast.monthFen)}, quarter ${yuanFigure(forecast.quarterFen)}, year ${yuanFigure(forecast.yearFen)}; facts until ${forecast.asOf}, balances as they stand, months to come at the mean of ${forecast.averageOf} settled months`,
    }]),
  ]
}

/** What a fact belongs to: the indicator as its line calls it, else the word of the house. Beginning and end of a growth belong to one line. */
function lineName(fact: FactShown, lines: readonly LineShown[], language: Language): string {
  const code = fact.line.replace(/\.START$/, '')
  const line = lines.find((one) => (one.correctsCode ?? one.code) === code && one.detail['name'] != null)
  return line ? toldLineName({ code, detail: line.detail }, (word) => word[language]) : named(codeNames, fact.line)[language]
}
function remarkOf(fact: FactShown, language: Language): string {
  const zh = language === 'zh'
  const at = fact.note?.lastIndexOf(' · ') ?? -1
  const note = fact.note === null ? null : at < 0 ? fact.note : `${fact.note.slice(0, at)} · ${named(gradeNames, fact.note.slice(at + 3))[language]}`
  return [note, fact.why === null ? null : reasonText(fact.why, (word) => word[language]), fact.kind === 'BASE' ? (zh ? '冻结基数' : 'frozen base') : fact.kind === 'FULL_MARK' ? (zh ? '基础分' : 'points to begin with') : null, fact.kind === 'FORM' ? (zh ? '来源：表单' : 'by form') : null].filter((one) => one !== null).join(' · ')
}
const customerOf = (fact: FactShown, language: Language): string => (fact.customer === null ? '' : fact.customer.name ?? (language === 'zh' ? '已不在名下' : 'no longer in scope'))

/** How the month was split between the schemes that paid in it. */
function splitParts({ split, scheme }: StatementShown, language: Language): Report['parts'] {
  if (split.length === 0) return []
  const zh = language === 'zh'
  return [
    { kind: 'heading', text: zh ? `本月由 ${split.length} 个方案计酬` : `Paid by ${split.length} schemes this month` },
    { kind: 'text', text: zh ? '每个方案只计本人在其岗位上的天数' : 'Each scheme counts the days in its own posts only' },
    {
      kind: 'table', columns: [{ title: zh ? '方案' : 'Scheme', width: 28 }, { title: zh ? '岗位与起止日' : 'Post and days', width: 50 }, { title: zh ? '在岗天数' : 'Days', width: 14, right: true }, { title: zh ? '应发' : 'Payable', width: 20, right: true }],
      rows: [
        ...splitRows(split, scheme.code, language).map((row) => ({ cells: [row.scheme, row.posts, row.days, yuanFigure(row.payableFen)] })),
        { strong: true, cells: [zh ? '合计' : 'Total', '', '', yuanFigure(splitTotal(split).toString())] },
      ],
    },
  ]
}
const splitRows = (split: StatementShown['split'], own: string, language: Language): { scheme: string; posts: string; days: string; payableFen: string }[] => split.map((one) => ({
  scheme: `${language === 'zh' ? one.name : one.nameEn}${one.scheme === own ? (language === 'zh' ? '（本单）' : ' (this one)') : ''}`, days: `${one.days}/${one.wholeDays}`, payableFen: one.payableFen,
  posts: one.posts.map((post) => `${language === 'zh' ? post.post : post.postEn} · ${post.unitName} ${post.from} – ${post.to}`).join(language === 'zh' ? '；' : '; '),
}))

/** The year in three parts, where something of it is known. */
function annualParts(annual: Outlook['annual'], language: Language): Report['parts'] {
  if (annual === null) return []
  const zh = language === 'zh'
  return [
    { kind: 'heading', text: zh ? `${annual.year} 年度考核（${annual.from} 至 ${annual.to}）` : `Appraisal of ${annual.year} (${annual.from} to ${annual.to})` }, { kind: 'text', text: annualRule[language] },
    {
      kind: 'table', columns: [{ title: zh ? '组成部分' : 'Part', width: 26 }, { title: zh ? '得分' : 'Score', width: 14, right: true }, { title: zh ? '权重' : 'Weight', width: 12, right: true }, { title: zh ? '计入' : 'Counts', width: 14, right: true }, { title: zh ? '说明' : 'Remark', width: 46 }],
      rows: annualRows(annual).map((row) => ({ strong: row.key === 'total', cells: [row.name[language], row.score ?? '--', row.weight ?? '', row.gives ?? '--', row.note[language]] })),
    },
  ]
}

/** English names of lines are longer: in the widths of the Chinese ones each row would be two lines high. Pay of a year (100,000.00 and more) stays on one line. */
function factColumns(zh: boolean): { title: string; width: number; right?: boolean }[] {
  const [item, day, customer, counted, points, pay, remark] = zh ? [20, 17, 25, 22, 11, 17, 19] : [31, 16, 24, 21, 10, 17, 16]
  return [
    { title: zh ? '项目' : 'Item', width: item }, { title: zh ? '月份/日期' : 'Month, day', width: day }, { title: zh ? '客户' : 'Customer', width: customer }, { title: zh ? '计入金额' : 'Counted', width: counted, right: true },
    { title: zh ? '积分' : 'Points', width: points, right: true }, { title: zh ? '绩效' : 'Pay', width: pay, right: true }, { title: zh ? '说明' : 'Remark', width: remark },
  ]
}

function reportOf(given: Given): Report {
  const { statement, facts, more, language } = given
  const zh = language === 'zh'
  const root = tellStatement(statement, language)
  return {
    title: zh ? '绩效工资单' : 'Pay statement', number: `YQ-JX-01  ${statement.person.staffNo}-${statement.month}`,
    parts: [
      { kind: 'facts', facts: factsOf(given) },
      ...splitParts(statement, language),
      { kind: 'heading', text: zh ? '一、计算过程' : '1. Calculation' },
      { kind: 'text', text: zh ? '每一行的结果由右侧算式得出；算式中的数是下级各行的结果。金额单位为元，四舍五入到分；“*”表示该行有舍入' : 'The result of each row follows from the formula beside it; its numbers are the results of the rows below it. Amounts in yuan, half up to the fen; "*" marks a row that rounds' },
      {
        kind: 'table', indented: 1, columns: [{ title: zh ? '序号' : 'No.', width: 19 }, { title: zh ? '项目' : 'Item', width: 30 }, { title: zh ? '结果' : 'Result', width: 19, right: true }, { title: zh ? '算式或说明' : 'Formula or reason', width: 44 }],
        rows: numberedRows(root).map(({ number, level, node }) => ({ indent: level, strong: level === 0, cells: [number, node.name, `${resultFigure(node)}${node.rounded ? ' *' : ''}`, howOf(node, zh)] })),
      },
      ...(statement.setOff.length === 0 ? [] : [{ kind: 'heading' as const, text: zh ? '扣款抵扣顺序' : 'How deductions were met' }, {
        kind: 'table' as const, columns: [{ title: zh ? '月份' : 'Month', width: 14 }, { title: zh ? '事由' : 'Cause', width: 30 }, { title: zh ? '金额' : 'Amount', width: 20, right: true }, { title: zh ? '已抵扣' : 'Met', width: 20, right: true }, { title: zh ? '结转下月' : 'Carried on', width: 20, right: true }],
        rows: statement.setOff.map((entry) => ({ cells: [entry.month, named(codeNames, entry.cause)[language], yuanFigure(entry.fen), yuanFigure(entry.takenFen), yuanFigure(entry.leftFen)] })),
      }]),
      ...annualParts(given.outlook.annual, language),
      { kind: 'heading', text: zh ? '二、业务事实' : '2. Facts' },
      ...(facts.length === 0 ? [{ kind: 'text' as const, text: zh ? '本月没有业务事实' : 'No facts this month' }] : [{
        kind: 'table' as const,
        columns: factColumns(zh),
        rows: facts.map((fact) => ({
          cells: [lineName(fact, statement.lines, language), fact.date ?? fact.ofMonth, customerOf(fact, language), fact.countedFen === null ? '' : yuanFigure(fact.countedFen), fact.points === null ? '' : figureText(fact.points, 2), fact.moneyFen === null ? '' : yuanFigure(fact.moneyFen), remarkOf(fact, language)],
        })),
      }]),
      ...(more ? [{ kind: 'text' as const, text: zh ? `只列前 ${facts.length} 条，其余见 Excel 或页面` : `Only the first ${facts.length}; the others stand in the workbook and on the page` }] : []),
    ],
    signatures: zh ? ['本人签字', '复核', '日期'] : ['Signed', 'Checked', 'Date'],
  }
}

const amount = (fen: string | null): SheetCell => (fen === null ? null : { amount: yuanText(BigInt(fen)) })
const number = (text: string | null): SheetCell => (text === null ? null : { amount: text })

function bookOf(given: Given, { author, purpose, mark }: { author: string; purpose: string; mark: string }): Promise<Buffer> {
  const { statement, facts, more, language } = given
  const zh = language === 'zh'
  const about = factsOf(given).map(({ label, text }) => `${label}${zh ? '：' : ': '}${text}`)
  return writeBook([
    {
      name: zh ? '计算过程' : 'Calculation', above: [mark, ...about], below: [mark], widths: [10, 34, 16, 8, 60], header: zh ? ['序号', '项目', '结果', '单位', '算式或说明'] : ['No.', 'Item', 'Result', 'Unit', 'Formula or reason'],
      rows: numberedRows(tellStatement(statement, language)).map(({ number: place, level, node }) => [place, `${'　'.repeat(level)}${node.name}`, node.money ? amount(node.value) : number(node.value), node.money ? (zh ? '元' : statement.currency) : '', `${howOf(node, zh)}${node.rounded ? ' ≈' : ''}`]),
    },
    {
      name: zh ? '业务事实' : 'Facts', above: [mark], below: [...(more ? [zh ? `只列前 ${facts.length} 条` : `Only the first ${facts.length}`] : []), mark], widths: [24, 10, 12, 36, 18, 9, 8, 18, 10, 14, 30],
      header: zh ? ['项目', '月份', '日期', '客户', '金额（元）', '份额 %', '管户天数', '计入金额（元）', '积分', '绩效（元）', '说明'] : ['Item', 'Month', 'Day', 'Customer', 'Amount', 'Share %', 'Days', 'Counted', 'Points', 'Pay', 'Remark'],
      rows: facts.map((fact) => [lineName(fact, statement.lines, language), fact.ofMonth, fact.date, customerOf(fact, language), amount(fact.amountFen), number(fact.sharePct), fact.heldDays === null ? null : { amount: String(fact.heldDays) }, amount(fact.countedFen), number(fact.points), amount(fact.moneyFen), remarkOf(fact, language)]),
    },
    ...(given.outlook.annual === null ? [] : [{
      name: zh ? '年度考核' : 'Year', above: [mark, annualRule[language]], below: [mark], widths: [20, 12, 10, 12, 60], header: zh ? ['组成部分', '得分', '权重', '计入', '说明'] : ['Part', 'Score', 'Weight', 'Counts', 'Remark'],
      rows: annualRows(given.outlook.annual).map((row): SheetCell[] => [row.name[language], number(row.score), number(row.weight), number(row.gives), row.note[language]]),
    }]),
    ...(statement.split.length === 0 ? [] : [{
      name: zh ? '本月各方案' : 'Schemes', above: [mark], below: [mark], widths: [34, 60, 12, 16], header: zh ? ['方案', '岗位与起止日', '在岗天数', '应发（元）'] : ['Scheme', 'Post and days', 'Days', 'Payable'],
      rows: [...splitRows(statement.split, statement.scheme.code, language).map((row): SheetCell[] => [row.scheme, row.posts, row.days, amount(row.payableFen)]), [zh ? '合计' : 'Total', '', '', amount(splitTotal(statement.split).toString())]],
    }]),
    {
      name: zh ? '各月' : 'Months', above: [mark], below: [mark], widths: [12, 16, 16], header: zh ? ['月份', '应发（元）', '积分'] : ['Month', 'Payable', 'Points'],
      rows: statement.months.map((one) => [one.month, amount(one.payableFen), number(one.points)]),
    },
  ], { title: zh ? '绩效工资单' : 'Pay statement', author, purpose, line: mark })
}
