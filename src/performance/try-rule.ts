import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { fen } from '../foundation/values/fen.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { annualTerms, annualView, improvementOf } from './annual.rules.ts'
import { workOutBlocks, type Block } from './blocks.rules.ts'
import { clawBack } from './claw-back.rules.ts'
import { drawSample, inspectionTerms, sampleSize } from './inspection.rules.ts'
import { listBlockSchemes, tryRule, type BlockScheme, type Trial, type Tried } from './rule-trial.contract.ts'
import { hundredBlocks, scorecardBlocks } from './scorecard-scheme.ts'
import { shareAmongMembers, supportPool, supportTerms } from './support-pay.rules.ts'

const schemes: Readonly<Record<BlockScheme, { name: { zh: string; en: string }; blocks: readonly Block[] }>> = {
  SCORECARD: { name: { zh: '平衡计分卡', en: 'Balanced scorecard' }, blocks: scorecardBlocks },
  HUNDRED: { name: { zh: '百分考核与核心指标', en: '100 points with core indicators' }, blocks: hundredBlocks },
}

export const listBlockSchemesRoute = handle(listBlockSchemes, async (tx, _input, { businessDate }) => {
  const { currency } = await tx.one(sql<{ currency: string }>`SELECT currency FROM bank`)
  return ok({ schemes: (['SCORECARD', 'HUNDRED'] as const).map((code) => ({ code, name: schemes[code].name, blocks: [...schemes[code].blocks] })), currency, asOf: businessDate })
})

/** Works out what is typed by the rules themselves; reads nothing of the bank and keeps nothing. */
export const tryRuleRoute = handle(tryRule, (_tx, { body: { trial } }) => {
  const found = tried(trial)
  return Promise.resolve(found.ok ? ok({ found: found.value }) : found)
})

type Of<K extends Trial['kind']> = Extract<Trial, { kind: K }>

function tried(trial: Trial): Outcome<Tried> {
  switch (trial.kind) {
    case 'SCHEME': return tryScheme(trial)
    case 'SUPPORT': return trySupport(trial)
    case 'CLAW_BACK': return tryClawBack(trial)
    case 'ANNUAL': {
      const { task, taskBefore, changedJob, competency, management } = trial
      const improvement = task === null ? { change: null, points: '0.00', why: 'no-earlier-period' as const } : improvementOf(task, taskBefore, changedJob)
      const view = annualView(annualTerms, { task, competency, management, improvement })
      return ok({ kind: 'ANNUAL', improvement, management: view.management, parts: view.parts, score: view.score })
    }
    case 'SAMPLE': {
      const twice = doubled(trial.objects.map(({ id }) => id))
      if (twice !== null) return refuse('twice-named', { details: { name: twice } })
      const objects = trial.objects.map(({ id, loanFen }) => ({ id, loanFen: loanFen === null ? null : fen(loanFen) }))
      return ok({ kind: 'SAMPLE', size: sampleSize(inspectionTerms, objects.length), drawn: drawSample(inspectionTerms, objects, trial.seed) })
    }
  }
}

function doubled(names: readonly string[]): string | null {
  return names.find((name, place) => names.indexOf(name) !== place) ?? null
}

function tryScheme(asked: Of<'SCHEME'>): Outcome<Tried> {
  const { blocks } = schemes[asked.scheme]
  const known = new Set(blocks.flatMap((block) => (block.kind === 'RATIOS' ? block.items.map(({ indicator }) => indicator) : [])))
  const twice = doubled(asked.indicators.map(({ code }) => code)) ?? doubled(asked.marks.map(({ code }) => code))
  if (twice !== null) return refuse('twice-named', { details: { name: twice } })
  const strange = asked.indicators.find(({ code }) => !known.has(code))
  if (strange) return refuse('unknown-indicator', { details: { name: strange.code } })
  if (fen(asked.baseFen) < 0n || fen(asked.carryInFen) > 0n) return refuse('negative-amount', { field: 'trial.baseFen' })
  const post = 'RM'
  const adapted = blocks.map((block): Block => (block.kind === 'DEFER' ? { ...block, posts: asked.isDeferred ? [post] : [] } : block.kind === 'EXCESS' && asked.excess !== undefined ? { ...block, mode: asked.excess } : block))
  const worked = workOutBlocks(adapted, {
    from: asked.from, post, grade: asked.grade, events: asked.events, points: [], indicators: Object.fromEntries(asked.indicators.map(({ code, target, actual }) => [code, { target, actual }])),
    marks: Object.fromEntries(asked.marks.map(({ code, mark }) => [code, mark])),
    values: { GRADE_BASE: { unit: 'FEN', value: asked.baseFen }, CARRY_IN: { unit: 'FEN', value: asked.carryInFen }, ...(asked.correctionFen === '0' ? {} : { CORRECTION: { unit: 'FEN' as const, value: asked.correctionFen } }) },
  })
  const steps = worked.steps.map((step) => ({ ...step, terms: [...step.terms] }))
  return ok({ kind: 'SCHEME', steps, flags: worked.flags, payableFen: worked.values.get('PAYABLE')?.text ?? '0' })
}

function trySupport(asked: Of<'SUPPORT'>): Outcome<Tried> {
  const twice = doubled(asked.departments.map(({ code }) => code))
  if (twice !== null) return refuse('twice-named', { details: { name: twice } })
  const front = asked.frontLineFen.map(fen)
  if (front.some((amount) => amount < 0n)) return refuse('negative-amount', { field: 'trial.frontLineFen' })
  const strange = asked.members.find(({ department }) => !asked.departments.some(({ code }) => code === department))
  if (strange) return refuse('unknown-department', { details: { name: strange.department } })
  const pay = supportPool(supportTerms, front, asked.departments)
  const members = pay.departments.flatMap(({ code, payFen }) => {
    const own = asked.members.filter(({ department }) => department === code)
    return shareAmongMembers(payFen, asked.daysInMonth, own).map((one) => ({ ...one, department: code, shareFen: one.shareFen.toString(), payFen: one.payFen.toString() }))
  })
  return ok({
    kind: 'SUPPORT', frontLineFen: pay.frontLineFen.toString(), poolFen: pay.poolFen.toString(), paidFen: pay.paidFen.toString(), heldFen: pay.heldFen.toString(), unpaidFen: pay.unpaidFen.toString(),
    departments: pay.departments.map(({ code, parts, score, payFen, heldFen, why }) => ({ code, parts, score, payFen: payFen.toString(), heldFen: heldFen.toString(), why })), members,
  })
}

function tryClawBack(asked: Of<'CLAW_BACK'>): Outcome<Tried> {
  const tranches = asked.tranches.map(({ due, fen: amount, state }) => ({ due, fen: fen(amount), state }))
  if (fen(asked.paidNowFen) < 0n || tranches.some((tranche) => tranche.fen < 0n)) return refuse('negative-amount', { field: 'trial.paidNowFen' })
  const found = clawBack(fen(asked.paidNowFen), tranches, asked.ratio)
  return ok({
    kind: 'CLAW_BACK', forfeitedFen: found.forfeitedFen.toString(), paidFen: found.paidFen.toString(), claimFen: found.claimFen.toString(),
    tranches: found.tranches.map(({ due, fen: amount, forfeitedFen, state }) => ({ due, fen: amount.toString(), forfeitedFen: forfeitedFen.toString(), state })),
  })
}
