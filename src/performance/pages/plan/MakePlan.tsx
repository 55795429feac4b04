import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { newId } from '../../../foundation/values/uuid7.ts'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { ChoiceField, DayField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/Form.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { aside, mark, usePick, useText } from '../../../ui/text.ts'
import { useBank } from '../../../ui/UiProvider.tsx'
import { useForm } from '../../../ui/useForm.ts'
import { listIndicators } from '../../indicator.contract.ts'
import { listAppraisalPlans, listObjectives, listPlanOptions, makeAppraisalPlan, type PlanItem } from '../../plan/plan.contract.ts'
import { ItemsEditor } from './ItemsEditor.tsx'
import { planText } from './plan-text.ts'

type Entry = { whose: string | null; parent: string | null; scheme: string | null; from: string | null; to: string | null }
/** A plan is drawn up for a unit or a person, below the plan of the unit above. */
export default function MakePlan() {
  const t = useText(planText)
  const pick = usePick()
  const toast = useToast()
  const go = useNavigate()
  const { today } = useBank()
  const [address] = useSearchParams()
  const [id] = useState(newId)
  const follows = address.get('follows')
  const [items, setItems] = useState<PlanItem[]>([])
  const year = today.slice(0, 4)
  const send = useAct(makeAppraisalPlan, { refresh: ['appraisal-plans'] })
  const plans = useContract(listAppraisalPlans, { query: {} })
  const form = useForm<Entry>({
    initial: { whose: follows === null ? null : `P${address.get('staff') ?? ''}`, parent: address.get('parent'), scheme: follows === null ? null : address.get('scheme'), from: (follows === null ? null : address.get('from')) ?? `${year}-01-01`, to: (follows === null ? null : address.get('to')) ?? `${Number(year) + 1}-01-01` },
    check: (entry) => ({ ...(entry.whose === null ? { whose: t('required') } : {}), ...(entry.scheme === null && entry.parent === null ? { scheme: t('required') } : {}), ...(entry.from === null ? { from: t('required') } : {}), ...(entry.to === null ? { to: t('required') } : {}) }),
    send: (entry) => {
      // below a plan the period and the scheme are those of the plan above
      const parent = plans.data?.plans.find((plan) => plan.id === entry.parent)
      // after a transfer from its day to the end of the former plan, also below a plan
      const period = follows !== null || parent === undefined ? entry : parent
      return send.mutateAsync({ body: {
        id, scheme: parent?.scheme ?? entry.scheme ?? '', from: period.from ?? '', to: period.to ?? '', parentId: entry.parent, followsId: follows, items,
        unitKey: entry.whose?.startsWith('U') ? Number(entry.whose.slice(1)) : null, staffKey: entry.whose?.startsWith('P') ? Number(entry.whose.slice(1)) : null,
      } })
    },
  })
  const options = useContract(listPlanOptions, { query: form.values.parent === null ? {} : { parentId: form.values.parent } })
  const indicators = useContract(listIndicators, {})
  const objectives = useContract(listObjectives, { query: {} })
  const known = { indicators: (indicators.data?.indicators ?? []).filter((one) => one.inForce).map((one) => ({ code: one.code, name: { zh: one.name, en: one.nameEn }, unit: one.unit })), objectives: (objectives.data?.objectives ?? []).filter((one) => one.endedOn === null) }
  const units = (plans.data?.plans ?? []).filter((plan) => plan.person === null)
  return (
    <Page>
      <PageHeader title={t('make')} crumbs={[{ title: t('plans'), to: '/appraisal-plans' }]} />
      <Form form={form} submit={t('keep')} onDone={() => { toast(t('done')); void go(`/appraisal-plans/${id}`) }}>
        <ChoiceField form={form} name="parent" label={t('above')} placeholder={t('noneAbove')} options={units.map((plan) => ({ value: plan.id, label: `${plan.unitName} ${plan.from} – ${plan.to}` }))} />
        <ChoiceField form={form} name="whose" label={t('forWhom')} required options={[...(options.data?.units ?? []).map((one) => ({ value: `U${one.key}`, label: aside(one.name, one.headName) })), ...(options.data?.people ?? []).map((one) => ({ value: `P${one.staffKey}`, label: `${one.name} ${one.staffNo}${mark('（')}${one.unitName}${mark('）')}` }))]} />
        {follows !== null && <Note>{t('afterTransfer', { from: form.values.from ?? '--', to: form.values.to ?? '--' })}</Note>}
        {form.values.parent === null && <>
          <ChoiceField form={form} name="scheme" label={t('scheme')} required options={(options.data?.schemes ?? []).map((one) => ({ value: one.code, label: pick({ zh: one.name, en: one.nameEn }) }))} />
          {follows === null && <>
            <DayField form={form} name="from" label={t('from')} required />
            <DayField form={form} name="to" label={t('to')} required />
          </>}
        </>}
        <Block title={t('targets')}><ItemsEditor items={items} onChange={setItems} known={known} /></Block>
      </Form>
    </Page>
  )
}
