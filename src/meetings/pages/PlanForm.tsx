import { Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../foundation/values/uuid7.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { AreaField, ChoiceField, DayField, TextField } from '../../ui/fields.tsx'
import { Form, FormSection } from '../../ui/Form.tsx'
import { useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { planIndicators, type ItemShown, type PlanPeriod, type TargetShown } from '../work-plan.contract.ts'
import { plansText } from './plans-text.ts'

type Told = Record<string, unknown>
type Target = Omit<TargetShown, 'progress'>
export type PlanEntry = {
  direction: string
  targets: { id: string; title: string; indicator: (typeof planIndicators)[number] | null; target: string | null; unit: string | null; measure: string; resources: string | null; carriedFrom: string | null }[]
  items: { id: string; day: string; source: ItemShown['source']; thingId: string | null; customerId: string | null; title: string }[]
}
const [mostTargets, mostItems] = [12, 40]
const text = (told: Told, name: string): string | null => {
  const value = told[name]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
const list = (told: Told, name: string): readonly string[] => (Array.isArray(told[name]) ? (told[name] as string[]) : [])
const of = (row: string, field: string): string => `${row}.${field}`
const targetValues = (one: Target): Told => ({ [of(one.id, 'title')]: one.title, [of(one.id, 'indicator')]: one.indicator, [of(one.id, 'target')]: one.target ?? '', [of(one.id, 'unit')]: one.unit ?? '', [of(one.id, 'measure')]: one.measure, [of(one.id, 'resources')]: one.resources ?? '' })
const itemValues = (one: Pick<ItemShown, 'id' | 'day' | 'title'>): Told => ({ [of(one.id, 'day')]: one.day, [of(one.id, 'title')]: one.title })
const figure = /^-?(0|[1-9]\d{0,11})(\.\d{1,2})?$/

type Props = { period: PlanPeriod; firstDay: string; lastDay: string; begin: { direction: string; targets: readonly Target[]; items: readonly ItemShown[] }; draft: string; send: (entry: PlanEntry) => Promise<unknown>; onDone: () => void; onCancel?: () => void }

/** A plan as it is written: direction, targets one under the other, for a week its items by day. */
export function PlanForm({ period, firstDay, lastDay, begin, draft, send, onDone, onCancel }: Props) {
  const t = useText(plansText)
  const toast = useToast()
  const [blank] = useState<Target>(() => ({ id: newId(), title: '', indicator: null, target: null, unit: null, measure: '', resources: null, carriedFrom: null }))
  const known = { targets: new Map(begin.targets.map((one) => [one.id, one])), items: new Map(begin.items.map((one) => [one.id, one])) }
  const first = begin.targets.length > 0 ? begin.targets : [blank]
  const form = useForm<Told>({
    draft,
    initial: { direction: begin.direction, targets: first.map(({ id }) => id), items: begin.items.map(({ id }) => id), ...Object.assign({}, ...first.map(targetValues), ...begin.items.map(itemValues)) as Told },
    check: (told) => {
      const findings: Record<string, string> = {}
      if ((text(told, 'direction') ?? '').length < 2) findings['direction'] = t('required')
      for (const row of list(told, 'targets')) {
        for (const field of ['title', 'measure']) if ((text(told, of(row, field)) ?? '').length < 2) findings[of(row, field)] = t('required')
        const target = text(told, of(row, 'target'))
        if (target !== null && !figure.test(target)) findings[of(row, 'target')] = t('wrongFigure')
        if (target === null && text(told, of(row, 'indicator')) !== null) findings[of(row, 'target')] = t('required')
      }
      for (const row of list(told, 'items')) for (const field of ['day', 'title']) if (text(told, of(row, field)) === null) findings[of(row, field)] = t('required')
      return findings
    },
    send: (told) => send({
      direction: text(told, 'direction') ?? '',
      targets: list(told, 'targets').map((id) => {
        const indicator = planIndicators.find((one) => one === told[of(id, 'indicator')]) ?? null
        return { id, title: text(told, of(id, 'title')) ?? '', indicator, target: text(told, of(id, 'target')), unit: indicator === null ? text(told, of(id, 'unit')) : { CONTACTS: '次', VISITS: '次', NEED_CARDS: '张', COVERAGE_PCT: '%', DEPOSIT_GROWTH: '万元', NEW_CUSTOMERS: '户' }[indicator], measure: text(told, of(id, 'measure')) ?? '', resources: text(told, of(id, 'resources')), carriedFrom: known.targets.get(id)?.carriedFrom ?? null }
      }),
      items: list(told, 'items').map((id) => {
        const before = known.items.get(id)
        return { id, day: text(told, of(id, 'day')) ?? firstDay, source: before?.source ?? 'OWN', thingId: before?.thingId ?? null, customerId: before?.customerId ?? null, title: text(told, of(id, 'title')) ?? '' }
      }),
    }),
  })
  const targets = list(form.values, 'targets')
  const items = list(form.values, 'items')
  const addTarget = (): void => {
    const one: Target = { ...blank, id: newId() }
    form.setAll({ ...targetValues(one), targets: [...targets, one.id] })
  }
  const addItem = (): void => {
    const id = newId()
    form.setAll({ ...itemValues({ id, day: firstDay, title: '' }), items: [...items, id] })
  }
  const indicators = planIndicators.filter((one) => period !== 'WEEK' || one !== 'DEPOSIT_GROWTH').map((value) => ({ value, label: t(value) }))
  return (
    <Form form={form} submit={t('save')} drafts {...(onCancel ? { onCancel } : {})} onDone={() => { toast(t('saved')); onDone() }}>
      <FormSection id="direction" title={t('direction')}><AreaField form={form} name="direction" label={t('direction')} required max={300} rows={2} hint={t('directionHint')} /></FormSection>
      {targets.map((row, place) => (
        <FormSection key={row} id={`target-${place}`} title={known.targets.get(row)?.carriedFrom ? `${t('targetN', { n: place + 1 })} · ${t('carried')}` : t('targetN', { n: place + 1 })}>
          <TextField form={form} name={of(row, 'title')} label={t('title')} required max={60} />
          <ChoiceField form={form} name={of(row, 'indicator')} label={t('indicator')} options={indicators} placeholder={t('noIndicator')} hint={t('indicatorHint')} />
          <TextField form={form} name={of(row, 'target')} label={t('figure')} max={15} required={text(form.values, of(row, 'indicator')) !== null} />
          {text(form.values, of(row, 'indicator')) === null && <TextField form={form} name={of(row, 'unit')} label={t('unit')} max={8} />}
          <AreaField form={form} name={of(row, 'measure')} label={t('measure')} required max={300} rows={2} />
          <TextField form={form} name={of(row, 'resources')} label={t('resources')} max={300} />
          {targets.length > 1 && <Button aria-label={`${t('remove')} ${t('targetN', { n: place + 1 })}`} onClick={() => form.set('targets', targets.filter((one) => one !== row))}>{t('remove')}</Button>}
        </FormSection>
      ))}
      {targets.length < mostTargets && <Button onClick={addTarget}>{t('addTarget')}</Button>}
      {period === 'WEEK' && (
        <FormSection id="items" title={t('items')}>
          <p className="yq-small yq-quiet">{t('itemsHint')}</p>
          {items.map((row, place) => {
            const name = known.items.get(row)?.customerName ?? null
            return (
              <fieldset key={row} className="yq-plan-item">
                <legend className="yq-sr">{t('itemN', { n: place + 1 })}</legend>
                <DayField form={form} name={of(row, 'day')} label={t('day')} required from={firstDay} to={lastDay} />
                <TextField form={form} name={of(row, 'title')} label={name ?? t('item')} required max={80} />
                <Button aria-label={`${t('remove')} ${t('itemN', { n: place + 1 })}`} onClick={() => form.set('items', items.filter((one) => one !== row))}>{t('remove')}</Button>
              </fieldset>
            )
          })}
          {items.length < mostItems && <Button onClick={addItem}>{t('addItem')}</Button>}
        </FormSection>
      )}
    </Form>
  )
}
