import { Button } from 'antd'
import { useState } from 'react'
import { ChoiceField, DecimalField, TextField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { usePick, useText, type Text } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { planClasses, targetSplits, type PlanItem } from '../../plan/plan.contract.ts'
import { figure } from './plan-parts.tsx'
import { planText } from './plan-text.ts'

export type Known = { indicators: readonly { code: string; name: Text; unit: 'FEN' | 'COUNT' | 'PERCENT' | 'NUMBER' }[]; objectives: readonly { id: string; code: string; title: string; titleEn: string }[] }
/** Items that people mark, without a target. */
const marks: readonly { code: string; name: Text }[] = [
  { code: 'MAINTENANCE', name: { zh: '客户日常维护', en: 'Customer maintenance' } }, { code: 'POLICY', name: { zh: '政策执行', en: 'Policy execution' } }, { code: 'DEDICATION', name: { zh: '敬业精神', en: 'Dedication' } }, { code: 'DISCIPLINE', name: { zh: '工作纪律', en: 'Work discipline' } },
]

/** The KPIs of a plan while they are written: each in a drawer of its own. */
export function ItemsEditor({ items, onChange, known }: { items: readonly PlanItem[]; onChange: (items: PlanItem[]) => void; known: Known }) {
  const t = useText(planText)
  const pick = usePick()
  const [open, setOpen] = useState<number | 'new' | null>(null)
  const nameOf = (code: string): string => pick(known.indicators.find((one) => one.code === code)?.name ?? marks.find((one) => one.code === code)?.name ?? { zh: code, en: code })
  const sum = items.reduce((total, one) => total + Math.round(Number(one.weight) * 100), 0) / 100
  return (
    <div className="yq-stack">
      <PlainTable
        label={t('targets')} stack="short" columns={[{ key: 'kpi', title: t('kpi') }, { key: 'target', title: t('target'), right: true }, { key: 'weight', title: t('weight'), right: true }, { key: 'cls', title: t('cls') }, { key: 'act', title: '' }]}
        rows={items.map((one, place) => ({ key: one.indicator, cells: [
          nameOf(one.indicator), one.target === null ? t('byMarks') : figure(Number.isNaN(Number(one.target)) ? one.target : Number(one.target).toFixed(2), known.indicators.find((known_) => known_.code === one.indicator)?.unit ?? null), one.weight, t(one.cls),
          <span key="a" className="yq-row"><Button size="small" aria-label={`${t('changeItem')} ${nameOf(one.indicator)}`} onClick={() => setOpen(place)}>{t('changeItem')}</Button><Button size="small" aria-label={`${t('removeItem')} ${nameOf(one.indicator)}`} onClick={() => onChange(items.filter((_, index) => index !== place))}>{t('removeItem')}</Button></span>,
        ] }))}
      />
      <div className="yq-row"><Button onClick={() => setOpen('new')}>{t('addItem')}</Button><span className="yq-quiet">{t('weightsSum', { sum: sum.toFixed(2) })}</span></div>
      {open !== null && <ItemForm key={String(open)} item={open === 'new' ? null : (items[open] ?? null)} known={known} onClose={() => setOpen(null)} onKeep={(kept) => onChange(open === 'new' ? [...items, kept] : items.map((one, index) => (index === open ? kept : one)))} />}
    </div>
  )
}

type Entry = { indicator: string | null; target: string; weight: string; cls: PlanItem['cls']; objective: string | null; split: PlanItem['split']; parts: string; note: string }
const figureText = /^-?\d{1,13}(\.\d{1,2})?$/

function ItemForm({ item, known, onClose, onKeep }: { item: PlanItem | null; known: Known; onClose: () => void; onKeep: (item: PlanItem) => void }) {
  const t = useText(planText)
  const pick = usePick()
  const isMark = (code: string | null): boolean => marks.some((one) => one.code === code)
  const form = useForm<Entry>({
    initial: { indicator: item?.indicator ?? null, target: item?.target ?? '', weight: item?.weight ?? '', cls: item?.cls ?? 'OPERATING', objective: item?.objectiveId ?? null, split: item?.split ?? 'WHOLE', parts: item?.parts?.join(', ') ?? '', note: item?.note ?? '' },
    check: (entry) => ({
      ...(entry.indicator === null ? { indicator: t('required') } : {}), ...(!isMark(entry.indicator) && !figureText.test(entry.target) ? { target: t('wrongFigure') } : {}), ...(/^\d{1,3}(\.\d{1,2})?$/.test(entry.weight) ? {} : { weight: t('wrongFigure') }),
      ...(entry.parts.trim() !== '' && !entry.parts.split(/[,，、\s]+/).every((one) => figureText.test(one)) ? { parts: t('wrongFigure') } : {}),
    }),
    send: (entry) => {
      const mark = isMark(entry.indicator)
      onKeep({ indicator: entry.indicator ?? '', objectiveId: entry.objective, weight: entry.weight, cls: entry.cls, target: mark ? null : entry.target, split: mark ? 'WHOLE' : entry.split, parts: mark || entry.split === 'WHOLE' || entry.parts.trim() === '' ? null : entry.parts.trim().split(/[,，、\s]+/), note: entry.note })
      return Promise.resolve()
    },
  })
  const mark = isMark(form.values.indicator)
  return (
    <FormDrawer title={item === null ? t('addItem') : t('changeItem')} open onClose={onClose} form={form} submit={t('keep')}>
      <ChoiceField form={form} name="indicator" label={t('kpi')} required options={[...known.indicators, ...marks].map((one) => ({ value: one.code, label: pick(one.name) }))} />
      {!mark && <TextField form={form} name="target" label={t('target')} required max={17} inputMode="numeric" />}
      <DecimalField form={form} name="weight" label={t('weight')} required hint={t('weightHint')} />
      <ChoiceField form={form} name="cls" label={t('cls')} required options={planClasses.map((value) => ({ value, label: t(value) }))} />
      <ChoiceField form={form} name="objective" label={t('objective')} required={!mark} options={known.objectives.map((one) => ({ value: one.id, label: `${one.code} ${pick({ zh: one.title, en: one.titleEn })}` }))} />
      {!mark && <ChoiceField form={form} name="split" label={t('split')} options={targetSplits.map((value) => ({ value, label: t(value) }))} />}
      {!mark && form.values.split !== 'WHOLE' && <TextField form={form} name="parts" label={t('parts')} hint={t('partsHint')} max={300} />}
      <TextField form={form} name="note" label={t('note')} max={300} />
    </FormDrawer>
  )
}
