import type { SchemeBlock } from '../../block.contract.ts'
import { schemeVersion, type SchemeVersion } from '../../schemes/scheme-change.contract.ts'
import { schemePeriods, type SchemePeriod } from '../../schemes/block-terms.contract.ts'
import type { GridRow } from '../TypedGrid.tsx'
import { fenTyped } from '../typed-trial.ts'
import { blockOf, draftOf, type BlockDraft } from './block-form.ts'
import { draftOfSupport, emptySupport, supportTermsOf, type SupportDraft } from './support-draft.ts'

/** A scheme while it is being written. `params`: what a points scheme fixes for the inputs of its blocks; `support`: everything that one of support departments says. */
export type SchemeDraft = {
  kind: SchemeVersion['kind']; code: string; name: string; nameEn: string; legalBasis: string; from: string; authorisation: string; contest: string[]
  posts: string[]; grades: string; units: string[]; exceptUnits: string[]; period: SchemePeriod; score: string; carryMonths: string; correctionMonths: string
  bases: GridRow[]; classes: GridRow[]; params: Readonly<Record<string, string>>; supervisorPosts: string[]; retailPosts: string[]; marketing: GridRow[]; tariff: GridRow[]; blocks: BlockDraft[]; support: SupportDraft
}

const usualParams = { earlyGraceMonths: '1', linkCeiling: '1.2', timeProgress: 'MONTHS', lateReturnRatio: '0', partialReturn: 'yes', evaluationPointRate: '1.0', supervisorCeiling: '1.5' }
export function emptyDraft(kind: SchemeVersion['kind'], from: string): SchemeDraft {
  return {
    kind, code: '', name: '', nameEn: '', legalBasis: '', from, authorisation: '', contest: [], posts: ['RM'], grades: '', units: [], exceptUnits: [], period: 'MONTH', score: '', carryMonths: '12', correctionMonths: '12', bases: kind === 'BLOCKS' ? [{ grade: '', base: '' }] : [],
    classes: [], params: usualParams, supervisorPosts: ['TEAM_LEAD'], retailPosts: [], marketing: [{ from: '90', coefficient: '1.05' }, { from: '70', coefficient: '1.00' }, { from: '50', coefficient: '0.95' }, { from: '0', coefficient: '0.90' }], tariff: kind === 'POINTS' ? [{}] : [], blocks: [], support: emptySupport,
  }
}

type Copy = { code: string; name: string; nameEn: string; legalBasis: string; version: SchemeVersion }
/** A draft that begins as a copy of a version. */
export function draftOfVersion({ version, ...about }: Copy, from: string): SchemeDraft {
  if (version.kind === 'SUPPORT') return { ...emptyDraft('SUPPORT', from), ...about, support: draftOfSupport(version.terms) }
  const { terms } = version
  const shared = { ...emptyDraft(version.kind, from), ...about, posts: terms.posts, carryMonths: String(terms.carryMonths), correctionMonths: String(terms.correctionMonths), blocks: terms.blocks.map(draftOf), units: terms.units ?? [], contest: terms.contest ?? [] }
  if (version.kind === 'BLOCKS') {
    const { grades, period, gradeBases, score, classes } = version.terms
    return { ...shared, grades: grades.join(' '), period, score: score ?? '', bases: Object.entries(gradeBases).map(([grade, fen]) => ({ grade, base: yuanOf(fen) })), classes: Object.entries(classes).map(([code, cls]) => ({ code, class: cls })) }
  }
  const points = version.terms
  return {
    ...shared, exceptUnits: points.exceptUnits ?? [], supervisorPosts: points.supervisorPosts, retailPosts: points.retailPosts, marketing: points.marketingBands,
    params: {
      earlyGraceMonths: String(points.earlyGraceMonths), linkCeiling: points.linkCeiling, timeProgress: points.timeProgress, lateReturnRatio: points.lateReturnRatio, partialReturn: points.partialReturn ? 'yes' : 'no', evaluationPointRate: points.evaluationPointRate,
      supervisorCeiling: points.supervisorCeiling,
    },
    tariff: version.tariff.map((row) => ({ event: row.event, unit: row.unitFen === null ? '' : yuanOf(row.unitFen), points: row.points, products: (row.products ?? []).join(' ') })),
  }
}

const yuanOf = (fen: string): string => `${fen.length > 2 ? fen.slice(0, -2) : '0'}.${fen.padStart(3, '0').slice(-2)}`.replace(/\.00$/, '')
const listOf = (text: string): string[] => text.split(/[\s,，、;；]+/).filter((one) => one !== '')
const bad = (text: string | undefined): string => fenTyped(text) ?? 'x'

export type Written = { version: SchemeVersion; wrong: null } | { version: null; /** Where something is missing or not well written: the block's code and parameter, or the part. */ wrong: string[] }

/** What is written as a version; where it is not one yet, what is wrong. */
export function versionOf(draft: SchemeDraft): Written {
  const blocks = draft.blocks.map(blockOf)
  const shared = { blocks, posts: draft.posts, carryMonths: Number(draft.carryMonths), correctionMonths: Number(draft.correctionMonths), ...(draft.contest.length === 0 ? {} : { contest: draft.contest }) }
  const found = schemeVersion.safeParse(draft.kind === 'SUPPORT' ? { kind: 'SUPPORT', tariff: [], terms: supportTermsOf(draft.support) } : draft.kind === 'BLOCKS' ? {
    kind: 'BLOCKS', tariff: [],
    terms: {
      ...shared, grades: listOf(draft.grades), units: draft.units, period: schemePeriods.find((one) => one === draft.period), gradeBases: Object.fromEntries(draft.bases.filter((row) => (row['grade'] ?? '') !== '').map((row) => [row['grade'] ?? '', bad(row['base'])])),
      score: draft.score === '' ? null : draft.score, classes: Object.fromEntries(draft.classes.filter((row) => (row['class'] ?? '') !== '').map((row) => [row['code'] ?? '', row['class'] ?? ''])),
    },
  } : { kind: 'POINTS', terms: { ...pointsTermsOf(draft, blocks as SchemeBlock[]), ...shared }, tariff: tariffOf(draft.tariff) })
  if (found.success) return { version: found.data, wrong: null }
  const wrong = found.error.issues.map(({ path }) => {
    const at = path.indexOf('blocks')
    const place = at < 0 ? undefined : path[at + 1]
    const code = typeof place === 'number' ? draft.blocks[place]?.code ?? '' : ''
    return typeof place === 'number' ? [code, ...path.slice(at + 2)].join(' · ') : path.filter((part) => part !== 'terms').join(' · ')
  })
  return { version: null, wrong: [...new Set(wrong)].slice(0, 8) }
}

const tariffOf = (rows: readonly GridRow[]) => rows.filter((row) => (row['event'] ?? '') !== '').map((row) => ({
  event: row['event'] ?? '', points: (row['points'] ?? '').trim(), unitFen: (row['unit'] ?? '').trim() === '' ? null : bad(row['unit']), products: listOf(row['products'] ?? '').length === 0 ? null : listOf(row['products'] ?? ''),
}))

/** Terms that the blocks themselves say: price, linked part, where the early deduction stands, the supervisor's pay. */
function pointsTermsOf(draft: SchemeDraft, blocks: readonly SchemeBlock[]): Record<string, unknown> {
  const price = blocks.flatMap((block) => (block.kind === 'PRODUCT' && block.whenGiven === undefined ? block.factors : [])).flatMap((factor) => ('constant' in factor && factor.unit === 'PRICE' ? [factor.constant] : []))[0]
  const supervisor = blocks.flatMap((block) => (block.kind === 'PRODUCT' && block.whenGiven !== undefined ? block.factors : [])).flatMap((factor) => ('constant' in factor ? [factor.constant] : []))[0]
  const link = blocks.findIndex((block) => block.kind === 'LINK')
  const early = blocks.findIndex((block) => block.kind === 'SUM' && block.parts.some(({ of }) => of === 'EARLY'))
  const linked = blocks[link]
  const { params } = draft
  return {
    unitPrice: twoDecimals(price ?? '0'), earlyPosition: early >= 0 && link >= 0 && early < link ? 'BEFORE_LINK' : 'AFTER_ALL', earlyGraceMonths: Number(params['earlyGraceMonths']), linkWeight: linked?.kind === 'LINK' ? linked.weight : '0',
    linkOnNegative: linked?.kind === 'LINK' ? linked.onNegative : false, linkCeiling: params['linkCeiling'], linkProducts: null, timeProgress: params['timeProgress'], lateReturnRatio: params['lateReturnRatio'], partialReturn: params['partialReturn'] === 'yes',
    marketingBands: draft.marketing.filter((row) => (row['from'] ?? '') !== '').map((row) => ({ from: row['from'], coefficient: row['coefficient'] })), evaluationPointRate: params['evaluationPointRate'], supervisorPay: twoDecimals(supervisor ?? '0'), supervisorCeiling: params['supervisorCeiling'],
    retailPosts: draft.retailPosts, supervisorPosts: draft.supervisorPosts, ...(draft.units.length === 0 ? {} : { units: draft.units }), ...(draft.exceptUnits.length === 0 ? {} : { exceptUnits: draft.exceptUnits }),
  }
}

const twoDecimals = (text: string): string => {
  const [whole = '0', part = ''] = text.split('.')
  return `${whole}.${part.padEnd(2, '0').slice(0, 2)}`
}
