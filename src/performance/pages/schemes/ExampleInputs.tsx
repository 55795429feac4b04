import { Select } from 'antd'
import { usePick, useText } from '../../../ui/text.ts'
import { schemeBlock, type SchemeBlock } from '../../block.contract.ts'
import { handedIn, namesOf } from '../../schemes/judge-scheme.rules.ts'
import type { example as exampleShape, SchemeVersion } from '../../schemes/scheme-change.contract.ts'
import { trialText } from '../trial-text.ts'
import { fenTyped, numberTyped } from '../typed-trial.ts'
import { TypedGrid, type GridRow } from '../TypedGrid.tsx'
import { blockOf, type BlockDraft } from './block-form.ts'
import { builderText, givenNames } from './block-text.ts'
import type { z } from 'zod'

/** Figures of one person that are typed to try a scheme with. */
export type ExampleDraft = { from: string; grade: string; events: string; rows: Readonly<Record<string, readonly GridRow[]>> }
type Example = z.input<typeof exampleShape>
type Given = { code: string; unit: 'FEN' | 'COEFFICIENT' | 'SCORE' | 'NUMBER' | 'POINTS' | 'PRICE' }

/** Values that the blocks name and that a settlement would hand in. */
export function givenOf(blocks: readonly SchemeBlock[], kind: 'POINTS' | 'BLOCKS'): Given[] {
  const made = new Set(blocks.flatMap((block) => namesOf(block).gives))
  const named = [...new Set(blocks.flatMap((block) => { const { needs, may } = namesOf(block); return [...needs, ...may] }))].filter((code) => !made.has(code))
  const teams = blocks.flatMap((block): Given[] => (block.kind === 'TEAM' ? [{ code: block.team, unit: block.unit }] : []))
  const carried = blocks.some((block) => block.kind === 'PAYABLE') && !named.includes('CARRY_IN') ? ['CARRY_IN'] : []
  return [...[...named, ...carried].map((code): Given => ({ code, unit: handedIn[kind][code] ?? 'NUMBER' })), ...teams]
}
const indicatorsOf = (blocks: readonly SchemeBlock[]): { code: string; name: { zh: string; en: string } }[] => {
  const found = blocks.flatMap((block) => {
    if (block.kind === 'RATIOS') return block.items.map(({ indicator, name }) => ({ code: indicator, name }))
    if (block.kind === 'CORE') return block.tests.map(({ indicator, name }) => ({ code: indicator, name }))
    return block.kind === 'EXCESS' ? [...block.items.map(({ indicator, name }) => ({ code: indicator, name })), { code: block.profit.indicator, name: block.profit.name }] : []
  })
  return found.filter((one, place) => found.findIndex(({ code }) => code === one.code) === place)
}
const marksOf = (blocks: readonly SchemeBlock[]) => blocks.flatMap((block) => (block.kind === 'MARKS' ? block.items : []))
const typed = (rows: readonly GridRow[] | undefined, code: string, key: string): string => rows?.find((row) => row['code'] === code)?.[key] ?? ''

/** What is typed as an example of the version; undefined: a figure is not well written. */
export function exampleOf(draft: ExampleDraft, { kind, terms: { blocks } }: Exclude<SchemeVersion, { kind: 'SUPPORT' }>): Example | undefined {
  const { rows } = draft
  const numbers: (string | null | undefined)[] = []
  const number = (text: string): string | null => {
    const found = numberTyped(text)
    numbers.push(found)
    return found ?? null
  }
  const indicators = indicatorsOf(blocks).map(({ code }) => ({ code, target: number(typed(rows['indicators'], code, 'target')), actual: number(typed(rows['indicators'], code, 'actual')) }))
  const marks = marksOf(blocks).flatMap(({ code }) => { const mark = number(typed(rows['marks'], code, 'mark')); return mark === null ? [] : [{ code, mark }] })
  const points = (rows['points'] ?? []).flatMap((row) => { const found = number(row['points'] ?? ''); return found === null ? [] : [{ code: (row['line'] ?? '').trim() === '' ? 'LINE' : (row['line'] ?? '').trim(), points: found }] })
  const values = givenOf(blocks, kind).flatMap(({ code, unit }): Example['values'] => {
    const text = typed(rows['values'], code, 'value')
    if (unit !== 'FEN') {
      const found = number(text)
      return found === null ? [] : [{ code, unit, value: found }]
    }
    const fen = fenTyped(text)
    numbers.push(fen)
    // an amount that is not typed is 0, a correction is absent
    return fen == null ? (code === 'CORRECTION' && kind === 'BLOCKS' ? [] : [{ code, unit, value: '0' }]) : [{ code, unit, value: fen }]
  })
  if (numbers.includes(undefined)) return undefined
  return { from: draft.from, grade: draft.grade.trim() === '' ? null : draft.grade.trim(), post: 'RM', events: draft.events === 'RED' || draft.events === 'AMBER' ? [draft.events] : [], points, indicators, marks, values }
}

/** Grids for the figures that these blocks need. */
export function ExampleInputs({ example, blocks: drafts, kind, onChange }: { example: ExampleDraft; blocks: readonly BlockDraft[]; kind: 'POINTS' | 'BLOCKS'; onChange: (example: ExampleDraft) => void }) {
  const t = useText(builderText)
  const s = useText(trialText)
  const pick = usePick()
  const blocks = drafts.flatMap((draft) => {
    const read = schemeBlock.safeParse(blockOf(draft))
    return read.success ? [read.data] : []
  })
  const { rows } = example
  const put = (key: string, next: GridRow[]): void => onChange({ ...example, rows: { ...rows, [key]: next } })
  const [indicators, marks, values] = [indicatorsOf(blocks), marksOf(blocks), givenOf(blocks, kind)]
  return (
    <div className="yq-stack">
      <p className="yq-quiet">{t('previewHint')}</p>
      {blocks.some((block) => block.kind === 'POINTS_SUM') && <TypedGrid label={t('pointLines')} columns={[{ key: 'line', title: t('line'), text: true }, { key: 'points', title: t('points') }]} rows={rows['points'] ?? [{}]} onChange={(next) => put('points', next)} add={t('addRow')} />}
      {indicators.length > 0 && <TypedGrid label={s('indicators')} columns={[{ key: 'name', title: s('indicator'), fixed: true }, { key: 'target', title: s('target') }, { key: 'actual', title: s('actual') }]} onChange={(next) => put('indicators', next)}
        rows={indicators.map(({ code, name }) => ({ code, name: pick(name), target: typed(rows['indicators'], code, 'target'), actual: typed(rows['indicators'], code, 'actual') }))} />}
      {marks.length > 0 && <TypedGrid label={s('marks')} columns={[{ key: 'name', title: s('marks'), fixed: true }, { key: 'mark', title: s('mark') }]} onChange={(next) => put('marks', next)} rows={marks.map(({ code, name }) => ({ code, name: pick(name), mark: typed(rows['marks'], code, 'mark') }))} />}
      {values.length > 0 && <TypedGrid label={t('values')} columns={[{ key: 'name', title: t('parameter'), fixed: true }, { key: 'value', title: t('value') }]} onChange={(next) => put('values', next)}
        rows={values.map(({ code, unit }) => ({ code, name: `${pick(givenNames[code] ?? { zh: code, en: code })}${unit === 'FEN' ? t('inYuan') : ''}`, value: typed(rows['values'], code, 'value') }))} />}
      {kind === 'BLOCKS' && (
        <div className="yq-row">
          <TypedGrid label={s('conditions')} columns={[{ key: 'grade', title: s('grade'), text: true }, { key: 'from', title: s('from'), text: true }]} rows={[{ grade: example.grade, from: example.from }]} onChange={([row = {}]) => onChange({ ...example, grade: row['grade'] ?? '', from: row['from'] ?? '' })} />
          <label className="yq-stack" style={{ gap: 4 }}><span>{s('event')}</span><Select aria-label={s('event')} value={example.events === '' ? 'none' : example.events} options={[{ value: 'none', label: s('none') }, { value: 'AMBER', label: s('AMBER') }, { value: 'RED', label: s('RED') }]} onChange={(events: string) => onChange({ ...example, events: events === 'none' ? '' : events })} style={{ minWidth: 140 }} /></label>
        </div>
      )}
    </div>
  )
}
