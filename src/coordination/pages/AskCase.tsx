import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { newId } from '../../foundation/values/uuid7.ts'
import { call, useAct } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { AreaField, ChoiceField, DayField, FindField, RadioField, TextField, type Choice } from '../../ui/fields.tsx'
import { FindManyField } from '../../ui/FindManyField.tsx'
import { Form, FormSection } from '../../ui/Form.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { aside, useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useForm } from '../../ui/useForm.ts'
import { askCase, caseForms, caseKinds, findPeople, findUnits, type CaseForm, type CaseKind } from '../coordination.contract.ts'
import { coordinationText } from './coordination-text.ts'

type Entry = { form: CaseForm; kind: CaseKind; title: string; content: string; customer: string | null; unit: string | null; lead: string | null; members: Choice[]; answerDays: string; dueOn: string | null; priority: 'HIGH' | 'USUAL' }

export const findColleagues = async (search: string): Promise<Choice[]> => (await call(findPeople, { query: search === '' ? {} : { search } })).items.map((one) => ({ value: String(one.staffKey), label: aside(one.name, one.unitName) }))

/** A request to a department or a working group is set up. The customers are found by whoever gives `findCustomer`. */
export function AskCaseForm({ findCustomer, customer }: { findCustomer: (search: string) => Promise<Choice[]>; customer: Choice | null }) {
  const t = useText(coordinationText)
  const toast = useToast()
  const navigate = useNavigate()
  const { today } = useBank()
  const [address] = useSearchParams()
  const [id] = useState(newId)
  const send = useAct(askCase, { refresh: ['coordination'] })
  const form = useForm<Entry>({
    initial: { form: address.get('form') === 'GROUP' ? 'GROUP' : 'REQUEST', kind: 'FRONT_SECOND', title: '', content: '', customer: customer?.value ?? null, unit: null, lead: null, members: [], answerDays: '3', dueOn: null, priority: 'USUAL' },
    check: (entry) => ({
      ...(entry.title.trim().length < 2 ? { title: t('atLeast2') } : {}), ...(entry.content.trim().length < 2 ? { content: t('atLeast2') } : {}), ...(entry.dueOn === null ? { dueOn: t('required') } : {}),
      ...(entry.form === 'REQUEST' && entry.unit === null ? { unit: t('required') } : {}), ...(entry.form === 'GROUP' && entry.members.length === 0 && entry.lead === null ? { members: t('required') } : {}),
    }),
    send: (entry) => send.mutateAsync({ body: {
      id, form: entry.form, kind: entry.kind, title: entry.title, content: entry.content, customerId: entry.customer, priority: entry.priority, unitKey: entry.form === 'REQUEST' && entry.unit !== null ? Number(entry.unit) : null, answerDays: Number(entry.answerDays), dueOn: entry.dueOn ?? today,
      members: [...(entry.form === 'GROUP' && entry.lead !== null ? [{ staffKey: Number(entry.lead), part: 'LEAD' as const }] : []), ...entry.members.filter((one) => one.value !== entry.lead).map((one) => ({ staffKey: Number(one.value), part: 'BUSINESS' as const }))],
    } }),
    draft: 'coordination.ask',
  })
  const findUnit = async (search: string): Promise<Choice[]> => (await call(findUnits, { query: search === '' ? {} : { search } })).items.map((one) => ({ value: String(one.unitKey), label: one.name }))
  const group = form.values.form === 'GROUP'
  return (
    <Page>
      <PageHeader title={t('askTitle')} crumbs={[{ title: t('coordination'), to: '/coordination' }]} />
      <Form form={form} submit={t('ask')} onDone={() => { toast(t('sent')); void navigate(`/coordination/${id}`) }}>
        <FormSection id="matter" title={t('matter')}>
          <RadioField form={form} name="form" label={t('form')} required options={caseForms.map((value) => ({ value, label: t(value) }))} />
          <RadioField form={form} name="kind" label={t('kind')} required options={caseKinds.map((value) => ({ value, label: t(value) }))} />
          <TextField form={form} name="title" label={t('title')} required max={60} hint={t('matterHint')} />
          <AreaField form={form} name="content" label={t('content')} required max={2000} rows={5} />
          <FindField form={form} name="customer" label={t('customer')} hint={t('customerHint')} find={findCustomer} first={customer} placeholder={t('customerNone')} />
          <RadioField form={form} name="priority" label={t('priority')} options={(['USUAL', 'HIGH'] as const).map((value) => ({ value, label: t(value) }))} />
        </FormSection>
        <FormSection id="people" title={t('people')}>
          {!group && <FindField form={form} name="unit" label={t('unit')} required hint={t('unitHint')} find={findUnit} />}
          {group && <FindField form={form} name="lead" label={t('lead')} hint={t('leadHint')} find={findColleagues} />}
          <FindManyField form={form} name="members" label={t('members')} hint={t('membersHint')} required={group} find={findColleagues} />
        </FormSection>
        <FormSection id="when" title={t('when')}>
          {!group && <ChoiceField form={form} name="answerDays" label={t('answerDays')} required options={[1, 2, 3, 5, 7, 10].map((n) => ({ value: String(n), label: String(n) }))} />}
          <DayField form={form} name="dueOn" label={t('dueOn')} required from={today} />
        </FormSection>
      </Form>
    </Page>
  )
}
