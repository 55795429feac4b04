import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { monthOf, previousMonth } from '../../../foundation/values/business-date.ts'
import { newId } from '../../../foundation/values/uuid7.ts'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { ChoiceField, DayField, RadioField } from '../../../ui/fields.tsx'
import { Form, FormSection } from '../../../ui/Form.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { mark, useText } from '../../../ui/text.ts'
import { useBank } from '../../../ui/UiProvider.tsx'
import { useForm } from '../../../ui/useForm.ts'
import { getRunOptions, planRun, runObjects, type RunObject } from '../../inspection/run.contract.ts'
import { inspectionText } from './inspection-text.ts'

type Entry = { month: string; object: RunObject; unit: string | null; inspector: string | null; managers: string[] }
const isFault = (reason: string | null): reason is 'inspects-himself' | 'relative' | 'own-line' | 'same-twice' | 'inspected-already' => reason !== null

/** An inspection is planned: month, kind of object, unit, inspector, managers; who cannot be chosen stands with the reason. */
export default function PlanRun() {
  const t = useText(inspectionText)
  const toast = useToast()
  const go = useNavigate()
  const { today } = useBank()
  const [id] = useState(newId)
  const send = useAct(planRun, { refresh: ['inspections'] })
  const form = useForm<Entry>({
    initial: { month: previousMonth(monthOf(today)), object: 'REPORT', unit: null, inspector: null, managers: [] },
    check: (entry) => ({ ...(entry.unit === null ? { unit: t('required') } : {}), ...(entry.inspector === null ? { inspector: t('required') } : {}), ...(entry.managers.length === 0 ? { managers: t('required') } : {}) }),
    send: (entry) => send.mutateAsync({ body: { id, month: entry.month, object: entry.object, unitKey: Number(entry.unit), appointmentId: entry.inspector ?? '', managers: entry.managers } }),
  })
  const { month, object, unit, inspector } = form.values
  const options = useContract(getRunOptions, { query: { month, object, ...(unit === null ? {} : { unit: Number(unit) }), ...(inspector === null ? {} : { inspector }) } }).data
  const managers = options?.managers ?? []
  const free = managers.filter((one) => one.may.allowed)
  const barred = managers.filter((one) => !one.may.allowed)
  return (
    <Page>
      <PageHeader title={t('plan')} crumbs={[{ title: t('runs'), to: '/inspections' }]} sub={t('planSub')} />
      <Form form={form} submit={t('plan')} onCancel={() => void go('/inspections')} onDone={() => { toast(t('done')); void go(`/inspections/${id}`) }}>
        <FormSection id="what" title={t('about')}>
          <DayField form={form} name="month" label={t('month')} required month to={today} />
          <RadioField form={form} name="object" label={t('object')} required options={runObjects.map((value) => ({ value, label: t(value) }))} />
          {object === 'POST_LOAN_CHECK' && <Note>{t('listsNote')}</Note>}
          <ChoiceField form={form} name="unit" label={t('unit')} required options={(options?.units ?? []).map((one) => ({ value: String(one.key), label: one.name }))} />
          <ChoiceField form={form} name="inspector" label={t('inspector')} required options={(options?.inspectors ?? []).map((one) => ({ value: one.id, label: `${one.name} ${one.staffNo}` }))} {...(options && options.inspectors.length === 0 ? { hint: <>{t('noInspectors')}{mark('；')}<Link to="/appraisal-group">{t('appointHint')}</Link></> } : {})} />
        </FormSection>
        <FormSection id="who" title={t('people')}>
          {unit !== null && options && managers.length === 0 && <Note tone="warning">{t('noManagers')}</Note>}
          <ChoiceField form={form} name="managers" label={t('people')} required many {...(barred.length > 0 ? { hint: t('managersHint') } : {})} options={free.map((one) => ({ value: one.staffNo, label: `${one.name} ${one.staffNo}${mark('（')}${t('objectsOf', { n: one.objects })}${mark('）')}` }))} />
          {barred.length > 0 && <PlainTable label={t('managersHint')} columns={[{ key: 'n', title: t('people') }, { key: 'w', title: t('reason') }]} rows={barred.map((one) => ({ key: one.staffNo, cells: [`${one.name} ${one.staffNo}`, isFault(one.may.reason) ? t(one.may.reason) : ''] }))} />}
        </FormSection>
      </Form>
    </Page>
  )
}
