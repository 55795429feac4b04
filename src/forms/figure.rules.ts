import type { Cell } from './form.contract.ts'
import { isLedger, sourceTable, type Words } from './form.rules.ts'

/** When a typed column looks like a figure that the ledgers hold. Pure: the builder is told while he types, the server judges again. */

export type Figure = { code: string; words: Words; where: Words; owner: string | null }
export type Resemblance = { cell: string; label: string; figure: Figure }

/** The ledger's own figures; the catalogue's owner of the same thing answers for them where it has one. */
const ledgerFigures: readonly { source: keyof typeof sourceTable; as: string | null; also: readonly string[] }[] = [
  { source: 'CUSTOMERS', as: 'CUSTOMERS_HELD', also: ['管户数', '管户户数', '客户户数', '管理客户数'] },
  { source: 'CORE_CUSTOMERS', as: 'CUSTOMERS_HELD', also: ['核心客户数', '核心客户户数'] },
  { source: 'DEPOSITS', as: 'DEPOSIT_AVERAGE', also: ['存款余额', '存款', '存款时点'] },
  { source: 'DEPOSITS_MONTH', as: 'DEPOSIT_AVERAGE', also: ['月日均存款', '存款月日均', '日均存款', '存款日均'] },
  { source: 'CONTACTS_MONTH', as: 'CONTACTS', also: ['有效联系', '联系次数', '有效联系次数'] },
  { source: 'VISITS_MONTH', as: 'CONTACTS', also: ['见面拜访', '拜访次数', '走访次数'] },
]
const catalogue: Words = { zh: '业绩指标', en: 'Indicators' }

/** Everything that a column may resemble: what the ledgers fill in, and the indicators in force. */
export function figuresOf(indicators: readonly { code: string; name: string; nameEn: string; owner: string }[]): Figure[] {
  const owners = new Map(indicators.map((one) => [one.code, one.owner]))
  return [
    ...ledgerFigures.flatMap(({ source, as, also }) => {
      const { zh, en, where } = sourceTable[source]
      return [zh, ...also].map((name): Figure => ({ code: source, words: { zh: name, en }, where: where ?? catalogue, owner: as === null ? null : (owners.get(as) ?? null) }))
    }),
    ...indicators.map((one): Figure => ({ code: one.code, words: { zh: one.name, en: one.nameEn }, where: catalogue, owner: one.owner })),
  ]
}

/** What is meant to come is no figure of the past: a plan, a wish, a target. */
const future = /^(拟|计划|预计|预期|目标|意向|希望|需|建议|下月|下季|明年|下年)|(目标|计划|预测|意向|需求)$|^(planned|expected|target|wanted)|(target|plan|forecast)$/i
const noise = /[（(【[].*?[)）】\]]|[\s\-—_/、，,.。:：·]/g
const around = /^(截至.{0,10}?日|当前|目前|现有|本人|个人|网点|名下|全部|所管|管理的|本年|本月|本季|本季度|上月|上季|上年|年末|月末|期末|累计|the|my|our|current)+|(合计|总额|总数|总量|统计|人民币|万元|亿元|元|户|笔|个|次|数量|数)$/g

/** A name without what only says when, of whom, or in which unit. */
export function plainName(text: string): string {
  const bare = text.normalize('NFKC').toLowerCase().replace(noise, '')
  const plain = bare.replace(around, '')
  return plain.length >= 2 ? plain : bare
}

/** Columns that somebody types although a ledger seems to hold them: the same words as a figure, or the figure's name within. One figure for each, the longest name first. */
export function resemblancesOf(cells: readonly Cell[], figures: readonly Figure[]): Resemblance[] {
  return cells.flatMap((cell): Resemblance[] => {
    const label = cell.label.normalize('NFKC').trim()
    if (isLedger(cell.source) || cell.type === 'DATE' || cell.type === 'CHOICE' || cell.type === 'FILE' || future.test(label)) return []
    const plain = plainName(label)
    const [found] = figures
      .filter(({ words }) => [words.zh, words.en].some((name) => { const other = plainName(name); return plain === other || (other.length >= 4 && plain.includes(other)) }))
      .sort((one, other) => plainName(other.words.zh).length - plainName(one.words.zh).length)
    return found ? [{ cell: cell.code, label: cell.label, figure: found }] : []
  })
}
