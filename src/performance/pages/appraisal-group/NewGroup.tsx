import { useState } from 'react'
import { useNavigate } from 'react-router'
import { newId } from '../../../foundation/values/uuid7.ts'
import { call, useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { AreaField, ChoiceField, DayField, FindField, TextField, type Choice } from '../../../ui/fields.tsx'
import { FindManyField } from '../../../ui/FindManyField.tsx'
import { Form, FormSection } from '../../../ui/Form.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { mark, useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { findGroupPeople, listAppraisalGroups, makeAppraisalGroup, memberSides } from '../../appraisal-group/group.contract.ts'
import { groupText } from './group-text.ts'

const parts = ['partTerm', 'partMembers', 'partOffices', 'partReason'] as const
type Side = (typeof memberSides)[number]
type Entry = { unit: string | null; name: string; from: string | null; to: string | null; chair: string | null; secretary: string | null; reason: string } & Record<Side, Choice[]>

const findPeople = async (search: string): Promise<Choice[]> => (await call(findGroupPeople, { query: search === '' ? {} : { search } })).items.map((one) => ({ value: one.staffNo, label: `${one.name}${mark('（')}${one.staffNo}${mark('，')}${one.unitName}${mark('）')}` }))

/** A group is set up: where and how long, the members by the side that they stand for, who of them chairs, on what ground. */
export default function NewGroup() {
  const t = useText(groupText)
  const { data, error, refetch } = useContract(listAppraisalGroups, {})
  return (
    <Page>
      <PageHeader title={t('make')} crumbs={[{ title: t('groups'), to: '/appraisal-group' }]} sub={t('makeSub')} />
      {data ? <MakeForm units={data.units} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} />}
    </Page>
  )
}

function MakeForm({ units }: { units: readonly { key: number; name: string }[] }) {
  const t = useText(groupText)
  const toast = useToast()
  const go = useNavigate()
  const [id] = useState(newId)
  const send = useAct(makeAppraisalGroup, { refresh: ['appraisal-groups'] })
  const chosen = (entry: Entry) => memberSides.flatMap((side) => entry[side].map((one) => ({ ...one, side })))
  const form = useForm<Entry>({
    initial: { unit: units[0] ? String(units[0].key) : null, name: '', from: null, to: null, chair: null, secretary: null, reason: '', HR: [], FINANCE: [], RISK: [], COMPLIANCE: [], BUSINESS: [], ELECTED: [] },
    check: (entry) => {
      const members = chosen(entry)
      return {
        ...(entry.unit === null ? { unit: t('required') } : {}), ...(entry.name.trim().length < 2 ? { name: t('required') } : {}), ...(entry.from === null ? { from: t('required') } : {}), ...(entry.to === null ? { to: t('required') } : {}),
        ...(members.length < 5 || members.length > 9 ? { BUSINESS: t('memberCount', { n: members.length }) } : {}), ...(entry.ELECTED.length === 0 ? { ELECTED: t('required') } : {}),
        ...(entry.chair === null ? { chair: t('required') } : members.every((one) => one.value !== entry.chair) ? { chair: t('chairHint') } : {}), ...(entry.secretary === null ? { secretary: t('required') } : {}), ...(entry.reason.trim().length < 4 ? { reason: t('required') } : {}),
      }
    },
    send: (entry) => send.mutateAsync({ body: {
      id, unitKey: Number(entry.unit), name: entry.name, from: entry.from ?? '', to: entry.to ?? '', chair: entry.chair ?? '', secretary: entry.secretary ?? '', members: chosen(entry).map(({ value, side }) => ({ staffNo: value, side })), reason: entry.reason,
    } }),
    draft: 'appraisal-group.new',
  })
  const members = chosen(form.values)
  return (
    <Form
      form={form} submit={t('make')} drafts anchors={parts.map((part) => ({ id: part, label: t(part) }))} onCancel={() => void go('/appraisal-group')}
      onDone={() => {
        toast(t('done'))
        void go('/appraisal-group')
      }}
    >
      <FormSection id="partTerm" title={t('partTerm')}>
        <ChoiceField form={form} name="unit" label={t('unit')} required options={units.map((one) => ({ value: String(one.key), label: one.name }))} />
        <TextField form={form} name="name" label={t('name')} required max={60} />
        <div className="yq-two">
          <DayField form={form} name="from" label={t('from')} required />
          <DayField form={form} name="to" label={t('to')} required hint={t('termHint')} />
        </div>
      </FormSection>
      <FormSection id="partMembers" title={t('partMembers')}>
        <Note tone={members.length > 9 ? 'warning' : 'info'}>{t('membersHint')} · <span role="status">{t('chosen', { n: members.length })}</span></Note>
        <div className="yq-two">
          {memberSides.map((side) => <FindManyField key={side} form={form} name={side} label={`${t('members')} · ${t(side)}`} required={side === 'ELECTED'} find={findPeople} />)}
        </div>
      </FormSection>
      <FormSection id="partOffices" title={t('partOffices')}>
        <div className="yq-two">
          <ChoiceField form={form} name="chair" label={t('chair')} hint={t('chairHint')} required options={members.map(({ value, label }) => ({ value, label }))} />
          <FindField form={form} name="secretary" label={t('secretary')} required find={findPeople} />
        </div>
      </FormSection>
      <FormSection id="partReason" title={t('partReason')}>
        <AreaField form={form} name="reason" label={t('reason')} required max={200} />
      </FormSection>
    </Form>
  )
}
