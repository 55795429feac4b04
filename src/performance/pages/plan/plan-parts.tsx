import { Tag } from '../../../ui/Tag.tsx'
import { useText } from '../../../ui/text.ts'
import type { PlanItem, PlanLine, TargetShown } from '../../plan/plan.contract.ts'
import { planText } from './plan-text.ts'

export type PlanStateName = PlanLine['state']
export function PlanState({ state }: { state: PlanStateName }) {
  const t = useText(planText)
  return <Tag tone={state === 'NEGOTIATED' ? 'warning' : state === 'DRAFT' || state === 'WITHDRAWN' ? 'info' : 'success'}>{t(state)}</Tag>
}
/** A figure of a plan with thousands: yuan, a number or percent. */
export function figure(value: string | null, unit: TargetShown['unit']): string {
  if (value === null) return '--'
  const [whole = '0', rest = '00'] = value.replace('-', '').split('.')
  const told = `${value.startsWith('-') ? '−' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${unit === 'COUNT' && rest === '00' ? '' : `.${rest}`}`
  return unit === 'PERCENT' ? `${told}%` : told
}
/** What was shown, as it is sent again. */
export const itemOf = (one: TargetShown): PlanItem => ({ indicator: one.indicator, objectiveId: one.objectiveId, weight: one.weight, cls: one.cls, target: one.target, split: one.split, parts: one.split === 'WHOLE' || one.target === null ? null : one.parts.map((part) => part.target), note: one.note })
