import type { Text } from '../../../ui/text.ts'
import type { BlockKind, SchemeBlock } from '../../block.contract.ts'
import { units } from '../../block.contract.ts'
import type { GridRow } from '../TypedGrid.tsx'

/** A parameter of a block as it is typed. `ref`: a value that stands before; `codes`: a list with spaces or commas between. */
export type FieldKind = 'ref' | 'code' | 'number' | 'text' | 'unit' | 'choice' | 'yes' | 'codes' | 'indicator' | 'direction'
export type BlockField = { key: string; title: Text; as: FieldKind; may?: true; choices?: readonly { value: string; title: Text }[] }
export type BlockGrid = { key: string; title: Text; columns: readonly BlockField[]; may?: true }
type Shape = { fields: readonly BlockField[]; grids: readonly BlockGrid[] }

/** A block while it is being written: text in every field, rows in its grids. */
export type BlockDraft = { kind: BlockKind; code: string; zh: string; en: string; fields: Readonly<Record<string, string>>; grids: Readonly<Record<string, readonly GridRow[]>> }

const t = (zh: string, en: string): Text => ({ zh, en })
const f = (key: string, zh: string, en: string, as: FieldKind, more: Partial<BlockField> = {}): BlockField => ({ key, title: t(zh, en), as, ...more })
const c = (value: string, zh: string, en: string) => ({ value, title: t(zh, en) })
const of = f('of', '取值', 'Of', 'ref')
const unit = f('unit', '单位', 'Unit', 'unit')
const names = [f('code', '代码', 'Code', 'code'), f('zh', '名称', 'Name', 'text'), f('en', '英文名', 'English', 'text')]

/** What each block asks for. */
export const blockShapes: Readonly<Record<BlockKind, Shape>> = {
  POINTS_SUM: { fields: [], grids: [] },
  PRODUCT: {
    fields: [unit, f('whenGiven', '仅当给出', 'Only when given', 'ref', { may: true })],
    grids: [{ key: 'factors', title: t('乘数', 'Factors'), columns: [f('of', '取值', 'Of', 'ref', { may: true }), f('constant', '或常数', 'or constant', 'number', { may: true }), f('unit', '常数单位', 'Unit', 'unit', { may: true }), f('most', '最多', 'At most', 'number', { may: true }), f('percent', '按百分数', 'As percent', 'yes')] }],
  },
  SUM: {
    fields: [unit],
    grids: [{ key: 'parts', title: t('各项', 'Parts'), columns: [of, f('minus', '减', 'Minus', 'yes'), f('leaveOut', '可略去', 'Left out', 'choice', { may: true, choices: [c('ABSENT', '没有时', 'when absent'), c('ZERO', '为 0 时', 'when 0')] })] }],
  },
  LINK: {
    fields: [of, f('weight', '挂钩比例', 'Linked part', 'number'), f('factor', '挂钩系数', 'Factor', 'ref'), f('onNegative', '负数也挂钩', 'Negative too', 'yes'), f('fixed', '固定部分代码', 'Code of the fixed part', 'code'), f('base', '挂钩基数代码', 'Code of the base', 'code'), f('linked', '挂钩部分代码', 'Code of the linked part', 'code')], grids: [],
  },
  FACTOR: { fields: [of, f('factor', '系数', 'Coefficient', 'ref')], grids: [] },
  BANDS: { fields: [of], grids: [{ key: 'bands', title: t('分档（从高到低）', 'Bands, the highest first'), columns: [f('from', '不低于', 'At least', 'number'), f('value', '系数', 'Gives', 'number')] }] },
  RATIOS: {
    fields: [f('mode', '计分', 'Mode', 'choice', { choices: [c('PERCENT', '百分制', 'percent'), c('RATIO', '按权重', 'by weight')] }), f('floor', '下限', 'Floor', 'number'), f('cap', '上限', 'Cap', 'number')],
    grids: [
      { key: 'parts', title: t('维度', 'Dimensions'), columns: names, may: true },
      { key: 'items', title: t('指标', 'Indicators'), columns: [...names, f('indicator', '指标', 'Indicator', 'indicator'), f('part', '维度', 'Dimension', 'code', { may: true }), f('weight', '权重', 'Weight', 'number'), f('direction', '方向', 'Direction', 'direction')] },
    ],
  },
  MARKS: { fields: [], grids: [{ key: 'items', title: t('评分项目', 'Items'), columns: [...names, f('weight', '权重', 'Weight', 'number')] }] },
  PHASE: { fields: [], grids: [{ key: 'phases', title: t('阶段', 'Phases'), columns: [f('from', '起始日', 'From', 'text'), f('value', '权重', 'Weight', 'number')] }] },
  BLEND: { fields: [f('first', '前者', 'First', 'ref'), f('second', '后者', 'Second', 'ref'), f('weight', '后者权重', 'Weight of the second', 'ref')], grids: [] },
  CORE: {
    fields: [f('start', '起始系数', 'Start', 'number'), f('step', '每项扣减', 'Less for each', 'number'), f('floor', '最低', 'At least', 'number')],
    grids: [{
      key: 'tests', title: t('核心指标', 'Core indicators'),
      columns: [f('indicator', '指标', 'Indicator', 'indicator'), f('zh', '名称', 'Name', 'text'), f('en', '英文名', 'English', 'text'), f('measure', '比较', 'Compare', 'choice', { choices: [c('COMPLETION', '完成率', 'completion'), c('VALUE', '数值', 'value')] }), f('side', '要求', 'Side', 'choice', { choices: [c('LEAST', '不低于', 'at least'), c('MOST', '不高于', 'at most')] }), f('limit', '界限', 'Limit', 'number')],
    }],
  },
  EXCESS: {
    fields: [
      f('mode', '方式', 'Mode', 'choice', { choices: [c('BLENDED', '规模与利润', 'scale and profit'), c('PROFIT_ONLY', '仅利润', 'profit only')] }), f('weight', '利润权重', 'Weight of profit', 'ref'), f('core', '核心系数', 'Core coefficient', 'ref'),
      f('profitCode', '利润代码', 'Code of profit', 'code'), f('profitZh', '利润名称', 'Name of profit', 'text'), f('profitEn', '利润英文名', 'English', 'text'), f('profitIndicator', '利润指标', 'Indicator of profit', 'indicator'),
    ],
    grids: [
      { key: 'items', title: t('超额项目', 'Items'), columns: [...names, f('indicator', '指标', 'Indicator', 'indicator'), f('rate', '单位兑现', 'Rate', 'number')] },
      { key: 'gradeFactors', title: t('职级系数', 'Factors by grade'), columns: [f('grade', '职级', 'Grade', 'text'), f('value', '系数', 'Factor', 'number')] },
      { key: 'profitRates', title: t('利润兑现比例', 'Rates of profit'), columns: [f('grade', '职级', 'Grade', 'text'), f('value', '比例', 'Rate', 'number')] },
    ],
  },
  GATE: { fields: [unit, of, f('redCap', '红色最多', 'RED at most', 'number'), f('amberFactor', '黄色系数', 'AMBER factor', 'number', { may: true })], grids: [] },
  TEAM: { fields: [unit, f('own', '个人', 'Own', 'ref'), f('team', '团队结果代码', 'Code of the team result', 'code'), f('weight', '团队权重', 'Weight of the team', 'number')], grids: [] },
  PAYABLE: { fields: [of, f('carryOut', '结转代码', 'Code of what is carried on', 'code')], grids: [] },
  DEFER: { fields: [of, f('ratio', '延期比例', 'Deferred part', 'number'), f('tranches', '期数', 'Tranches', 'number'), f('posts', '岗位', 'Posts', 'codes', { may: true }), f('paidNow', '当期支付代码', 'Code of what is paid now', 'code')], grids: [] },
}

/** A new block: its usual codes and numbers to begin with. */
export function newBlock(kind: BlockKind, taken: readonly string[]): BlockDraft {
  const usual: Partial<Record<BlockKind, string>> = { POINTS_SUM: 'P', PRODUCT: 'A', LINK: 'C', FACTOR: 'D', PAYABLE: 'PAYABLE', RATIOS: 'SCORED', MARKS: 'QUAL', PHASE: 'W', BLEND: 'Q', CORE: 'CORE', EXCESS: 'EXCESS', GATE: 'GATED', BANDS: 'COEFFICIENT', TEAM: 'JOINED', DEFER: 'DEFERRED', SUM: 'F' }
  const base = usual[kind] ?? kind
  let code = base
  for (let number = 2; taken.includes(code); number += 1) code = `${base}${number}`
  const fields: Record<string, string> = { unit: 'FEN', ...(kind === 'LINK' ? { fixed: 'FIXED', base: 'LINK_BASE', linked: 'LINK_PAY', weight: '0.40', factor: 'LINK_F' } : {}), ...(kind === 'PAYABLE' ? { carryOut: 'CARRY_OUT' } : {}), ...(kind === 'RATIOS' ? { mode: 'PERCENT', floor: '0', cap: '120' } : {}), ...(kind === 'DEFER' ? { ratio: '0.40', tranches: '3', paidNow: 'PAID_NOW' } : {}), ...(kind === 'CORE' ? { start: '1.00', step: '0.05', floor: '0.70' } : {}), ...(kind === 'GATE' ? { redCap: '0', amberFactor: '0.80' } : {}), ...(kind === 'TEAM' ? { weight: '0.20', team: 'TEAM_RESULT' } : {}), ...(kind === 'EXCESS' ? { mode: 'BLENDED', profitCode: 'PROFIT' } : {}) }
  return { kind, code, zh: '', en: '', fields, grids: Object.fromEntries(blockShapes[kind].grids.map(({ key, may }) => [key, may === true ? [] : [{}]])) }
}

const isWritten = (row: GridRow): boolean => Object.values(row).some((value) => value.trim() !== '' && value !== 'no')
const nameOf = (row: Readonly<Record<string, string>>, prefix = '') => {
  const [zh, en] = [(row[prefix === '' ? 'zh' : `${prefix}Zh`] ?? '').trim(), (row[prefix === '' ? 'en' : `${prefix}En`] ?? '').trim()]
  return { zh, en: en === '' ? zh : en }
}
const listOf = (text: string | undefined): string[] => (text ?? '').split(/[\s,，、;；]+/).filter((one) => one !== '')

/** What is written as a block; the contract says whether it is one. */
export function blockOf(draft: BlockDraft): unknown {
  const { kind, fields } = draft
  const rows = (key: string): readonly GridRow[] => (draft.grids[key] ?? []).filter(isWritten)
  const value = (key: string): string => (fields[key] ?? '').trim()
  const maybe = (row: Readonly<Record<string, string>>, key: string) => ((row[key] ?? '').trim() === '' ? {} : { [key]: (row[key] ?? '').trim() })
  const shared = { kind, code: draft.code.trim(), ...(draft.zh.trim() === '' ? {} : { name: nameOf({ zh: draft.zh, en: draft.en }) }) }
  switch (kind) {
    case 'POINTS_SUM': return shared
    case 'PRODUCT': return {
      ...shared, unit: value('unit'), ...maybe(fields, 'whenGiven'),
      factors: rows('factors').map((row) => ((row['constant'] ?? '').trim() !== '' ? { constant: (row['constant'] ?? '').trim(), unit: (row['unit'] ?? '') === '' ? 'NUMBER' : row['unit'] } : { of: row['of'] ?? '', ...maybe(row, 'most'), ...(row['percent'] === 'yes' ? { percent: true } : {}) })),
    }
    case 'SUM': return { ...shared, unit: value('unit'), parts: rows('parts').map((row) => ({ of: row['of'] ?? '', ...(row['minus'] === 'yes' ? { minus: true } : {}), ...maybe(row, 'leaveOut') })) }
    case 'LINK': return { ...shared, of: value('of'), weight: value('weight'), factor: value('factor'), onNegative: value('onNegative') === 'yes', fixed: value('fixed'), base: value('base'), linked: value('linked') }
    case 'FACTOR': return { ...shared, of: value('of'), factor: value('factor') }
    case 'BANDS': return { ...shared, of: value('of'), bands: rows('bands').map((row) => ({ from: row['from'] ?? '', value: row['value'] ?? '' })) }
    case 'RATIOS': {
      const parts = rows('parts').map((row) => ({ code: row['code'] ?? '', name: nameOf(row) }))
      return {
        ...shared, mode: value('mode'), floor: value('floor'), cap: value('cap'), ...(parts.length === 0 ? {} : { parts }),
        items: rows('items').map((row) => ({ code: row['code'] ?? '', name: nameOf(row), indicator: row['indicator'] ?? '', ...maybe(row, 'part'), weight: row['weight'] ?? '', direction: row['direction'] === 'DOWN' ? 'DOWN' : 'UP', ...stepsOf(row) })),
      }
    }
    case 'MARKS': return { ...shared, items: rows('items').map((row) => ({ code: row['code'] ?? '', name: nameOf(row), weight: row['weight'] ?? '' })) }
    case 'PHASE': return { ...shared, phases: rows('phases').map((row) => ({ from: row['from'] ?? '', value: row['value'] ?? '' })) }
    case 'BLEND': return { ...shared, first: value('first'), second: value('second'), weight: value('weight') }
    case 'CORE': return { ...shared, start: value('start'), step: value('step'), floor: value('floor'), tests: rows('tests').map((row) => ({ indicator: row['indicator'] ?? '', name: nameOf(row), measure: row['measure'] ?? '', side: row['side'] ?? '', limit: row['limit'] ?? '' })) }
    case 'EXCESS': {
      const table = (key: string) => Object.fromEntries(rows(key).map((row) => [row['grade'] ?? '', row['value'] ?? '']))
      return {
        ...shared, mode: value('mode'), weight: value('weight'), core: value('core'), items: rows('items').map((row) => ({ code: row['code'] ?? '', name: nameOf(row), indicator: row['indicator'] ?? '', rate: row['rate'] ?? '' })), gradeFactors: table('gradeFactors'),
        profit: { code: value('profitCode'), name: nameOf(fields, 'profit'), indicator: value('profitIndicator'), rates: table('profitRates') },
      }
    }
    case 'GATE': return { ...shared, unit: value('unit'), of: value('of'), redCap: value('redCap'), amberFactor: value('amberFactor') === '' ? null : value('amberFactor') }
    case 'TEAM': return { ...shared, unit: value('unit'), own: value('own'), team: value('team'), weight: value('weight') }
    case 'PAYABLE': return { ...shared, of: value('of'), carryOut: value('carryOut') }
    case 'DEFER': return { ...shared, of: value('of'), ratio: value('ratio'), tranches: Number(value('tranches')), posts: listOf(fields['posts']), paidNow: value('paidNow') }
  }
}

// a step table of an item is kept as text: 3→100; 2→80
function stepsOf(row: GridRow): { steps?: { from: string; value: string }[] } {
  const steps = (row['steps'] ?? '').split(/[;；]/).map((one) => one.split('→').map((part) => part.trim())).filter(([from]) => (from ?? '') !== '')
  return steps.length === 0 ? {} : { steps: steps.map(([from = '', value = '']) => ({ from, value })) }
}

/** A block as it is written, to go on from. */
export function draftOf(block: SchemeBlock): BlockDraft {
  const { kind, code, name, ...rest } = block as SchemeBlock & Record<string, unknown>
  const fields: Record<string, string> = {}
  const grids: Record<string, GridRow[]> = Object.fromEntries(blockShapes[kind].grids.map(({ key }) => [key, []]))
  for (const [key, value] of Object.entries(rest)) {
    if (key === 'profit' || key === 'gradeFactors') continue
    if (Array.isArray(value)) {
      if (value.every((one) => typeof one === 'string')) fields[key] = value.join('、')
      else grids[key] = value.map((one) => rowOf(one as Record<string, unknown>))
    } else if (value !== null && value !== undefined) fields[key] = value === true ? 'yes' : value === false ? 'no' : String(value)
  }
  if (block.kind === 'EXCESS') {
    const table = (of: Readonly<Record<string, string>>): GridRow[] => Object.entries(of).map(([grade, value]) => ({ grade, value }))
    grids['gradeFactors'] = table(block.gradeFactors)
    grids['profitRates'] = table(block.profit.rates)
    Object.assign(fields, { profitCode: block.profit.code, profitZh: block.profit.name.zh, profitEn: block.profit.name.en, profitIndicator: block.profit.indicator })
  }
  return { kind, code, zh: name?.zh ?? '', en: name?.en ?? '', fields, grids }
}

function rowOf(one: Record<string, unknown>): GridRow {
  const row: Record<string, string> = {}
  for (const [key, value] of Object.entries(one)) {
    if (key === 'name') Object.assign(row, value)
    else if (key === 'steps') row['steps'] = (value as { from: string; value: string }[]).map((step) => `${step.from}→${step.value}`).join('; ')
    else if (value !== undefined) row[key] = value === true ? 'yes' : String(value)
  }
  return row
}

export const unitChoices: Readonly<Record<(typeof units)[number], Text>> = { FEN: t('金额', 'money'), POINTS: t('积分', 'points'), COEFFICIENT: t('系数', 'coefficient'), PRICE: t('单价（元）', 'price (yuan)'), SCORE: t('得分', 'score'), NUMBER: t('数', 'number') }
