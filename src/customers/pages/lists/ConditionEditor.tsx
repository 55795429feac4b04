import { Button, DatePicker, Input, InputNumber, Select } from 'antd'
import dayjs from 'dayjs'
import { amountText, parseMoney } from '../../../ui/amount-format.ts'
import { usePick, useText } from '../../../ui/text.ts'
import { useState } from 'react'
import type { SegmentCondition, SegmentDefinition, SegmentFieldView, SegmentOp } from '../../lists/segment.contract.ts'
import { listsText } from './lists-text.ts'

type Group = SegmentDefinition['groups'][number]
type Props = { fields: readonly SegmentFieldView[]; definition: SegmentDefinition; onChange: (definition: SegmentDefinition) => void; most: number }

const without = <T,>(list: readonly T[], place: number): T[] => list.filter((_one, index) => index !== place)
const replaced = <T,>(list: readonly T[], place: number, one: T): T[] => list.map((other, index) => (index === place ? one : other))
const plain: readonly SegmentOp[] = ['YES', 'NO', 'EMPTY', 'PRESENT']
const counted: readonly SegmentOp[] = ['LAST_DAYS', 'NEXT_DAYS', 'OVER_DAYS_AGO']

/** Is anything of a condition still missing? Said at the condition; the server has the last word. */
export const isFilled = ({ op, values }: SegmentCondition): boolean => plain.includes(op) || (values.length >= (op === 'BETWEEN' ? 2 : 1) && values.every((value) => value !== ''))

/** Groups of conditions: all or any within a group, all or any between the groups. Everything by keyboard. */
export function ConditionEditor({ fields, definition, onChange, most }: Props) {
  const t = useText(listsText)
  const { groups } = definition
  const total = groups.reduce((sum, group) => sum + group.conditions.length, 0)
  const first = fields[0]
  const fresh = (): SegmentCondition => ({ field: first?.code ?? '', op: first?.ops[0] ?? 'IN', values: [] })
  const setGroup = (place: number, group: Group): void => onChange({ ...definition, groups: replaced(groups, place, group) })
  return (
    <div className="yq-stack">
      {groups.length > 1 && <div><Match label={t('betweenGroups')} value={definition.match} onChange={(match) => onChange({ ...definition, match })} /></div>}
      {groups.map((group, place) => (
        <fieldset key={place} className="yq-block yq-segment-group">
          <legend className="yq-sr">{t('group', { n: place + 1 })}</legend>
          <div className="yq-row">
            <strong>{t('group', { n: place + 1 })}</strong>
            {group.conditions.length > 1 && <Match label={t('withinGroup')} value={group.match} onChange={(match) => setGroup(place, { ...group, match })} />}
            {groups.length > 1 && <Button size="small" type="text" onClick={() => onChange({ ...definition, groups: without(groups, place) })}>{t('removeGroup')}</Button>}
          </div>
          {group.conditions.map((condition, at) => (
            <Condition
              key={at} fields={fields} condition={condition} onChange={(changed) => setGroup(place, { ...group, conditions: replaced(group.conditions, at, changed) })}
              onRemove={group.conditions.length > 1 ? () => setGroup(place, { ...group, conditions: without(group.conditions, at) }) : null}
            />
          ))}
          {total < most && <div><Button size="small" onClick={() => setGroup(place, { ...group, conditions: [...group.conditions, fresh()] })}>{t('addCondition')}</Button></div>}
        </fieldset>
      ))}
      {groups.length < 6 && total < most && <div><Button onClick={() => onChange({ ...definition, groups: [...groups, { match: 'ALL', conditions: [fresh()] }] })}>{t('addGroup')}</Button></div>}
    </div>
  )
}

function Match({ label, value, onChange }: { label: string; value: 'ALL' | 'ANY'; onChange: (match: 'ALL' | 'ANY') => void }) {
  const t = useText(listsText)
  return <Select<'ALL' | 'ANY'> aria-label={label} value={value} onChange={onChange} popupMatchSelectWidth={false} options={[{ value: 'ALL', label: t('matchAll') }, { value: 'ANY', label: t('matchAny') }]} />
}

function Condition({ fields, condition, onChange, onRemove }: { fields: readonly SegmentFieldView[]; condition: SegmentCondition; onChange: (condition: SegmentCondition) => void; onRemove: (() => void) | null }) {
  const t = useText(listsText)
  const pick = usePick()
  const field = fields.find((one) => one.code === condition.field)
  const groups = [...new Set(fields.map((one) => pick(one.group)))]
  const choose = (code: string): void => {
    const chosen = fields.find((one) => one.code === code)
    if (chosen) onChange({ field: code, op: chosen.ops[0] ?? 'IN', values: [] })
  }
  return (
    <div className="yq-condition">
      <Select
        className="yq-condition-field" aria-label={t('field')} value={condition.field} onChange={choose} popupMatchSelectWidth={false} showSearch={{ optionFilterProp: 'label' }}
        options={groups.map((group) => ({ label: group, options: fields.filter((one) => pick(one.group) === group).map((one) => ({ value: one.code, label: pick(one.label) })) }))}
      />
      <Select<SegmentOp> className="yq-condition-op" aria-label={t('operator')} value={condition.op} popupMatchSelectWidth={false} onChange={(op) => onChange({ ...condition, op, values: keptValues(condition, op) })} options={(field?.ops ?? []).map((op) => ({ value: op, label: t(op) }))} />
      {field && <Value field={field} condition={condition} onChange={(values) => onChange({ ...condition, values })} />}
      {onRemove && <Button className="yq-condition-remove" type="text" aria-label={t('removeCondition')} onClick={onRemove}>✕</Button>}
    </div>
  )
}

// what was entered stays as long as it means something to the other comparison
function keptValues({ op: before, values }: SegmentCondition, op: SegmentOp): string[] {
  if (plain.includes(op)) return []
  if (counted.includes(before) !== counted.includes(op)) return []
  return op === 'BETWEEN' ? [...values].slice(0, 2) : ['IN', 'NOT_IN'].includes(op) ? [...values] : [...values].slice(0, 1)
}

function Value({ field, condition, onChange }: { field: SegmentFieldView; condition: SegmentCondition; onChange: (values: string[]) => void }) {
  const t = useText(listsText)
  const pick = usePick()
  const { op, values } = condition
  if (plain.includes(op)) return null
  if (field.type === 'choice') {
    return (
      <span className="yq-condition-value"><Select
        mode="multiple" aria-label={t('value')} value={values} onChange={(chosen: string[]) => onChange(chosen)} popupMatchSelectWidth={false} showSearch={{ optionFilterProp: 'label' }} placeholder={t('choose')}
        options={(field.options ?? []).map((option) => ({ value: option.value, label: pick(option.label) }))}
      /></span>
    )
  }
  const at = (place: number, value: string): void => onChange(op === 'BETWEEN' ? [place === 0 ? value : (values[0] ?? ''), place === 1 ? value : (values[1] ?? '')] : [value])
  const one = (place: number, label: string) => {
    const value = values[place] ?? ''
    if (counted.includes(op)) return <InputNumber aria-label={label} min={0} max={field.type === 'anniversary' ? 60 : 3660} precision={0} suffix={t('days')} value={value === '' ? null : Number(value)} onChange={(n) => at(place, n === null ? '' : String(n))} style={{ width: 130 }} />
    if (field.type === 'day') return <DatePicker aria-label={label} value={value === '' ? null : dayjs(value)} onChange={(day) => at(place, day ? day.format('YYYY-MM-DD') : '')} />
    if (field.type === 'number') return <InputNumber aria-label={label} min={0} precision={0} value={value === '' ? null : Number(value)} onChange={(n) => at(place, n === null ? '' : String(n))} />
    if (field.type === 'amount') return <Money label={label} fen={value} onChange={(fen) => at(place, fen)} />
    return <Input aria-label={label} value={value} maxLength={60} onChange={(event) => at(place, event.target.value)} style={{ maxWidth: 220 }} />
  }
  return <span className="yq-row yq-condition-value">{one(0, t('value'))}{op === 'BETWEEN' && <>{t('valueTo')}{one(1, `${t('value')} ${t('valueTo')}`)}</>}</span>
}

/** Yuan as a person types them; fen as the condition keeps them. */
function Money({ label, fen, onChange }: { label: string; fen: string; onChange: (fen: string) => void }) {
  const t = useText(listsText)
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <Input
      aria-label={label} inputMode="decimal" suffix={t('yuan')} style={{ width: 190 }} value={typed ?? (/^-?\d+$/.test(fen) ? amountText(fen, 'yuan') : '')} onBlur={() => setTyped(null)}
      onChange={(event) => {
        setTyped(event.target.value)
        const parsed = parseMoney(event.target.value)
        onChange(parsed === null ? '' : String(parsed))
      }}
    />
  )
}
