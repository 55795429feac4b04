import { useState } from 'react'
import { useNavigate } from 'react-router'
import { newId } from '../../../foundation/values/uuid7.ts'
import { call, useAct } from '../../../ui/client.ts'
import { AreaField, ChoiceField, DayField, FindField, type Choice } from '../../../ui/fields.tsx'
import { FindManyField } from '../../../ui/FindManyField.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { mark, useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { findGroupPeople, putMotion, type GroupShown } from '../../appraisal-group/group.contract.ts'
import { inspectionText } from './inspection-text.ts'

const findPeople = async (search: string): Promise<Choice[]> => (await call(findGroupPeople, { query: search === '' ? {} : { search } })).items.map((one) => ({ value: one.staffNo, label: `${one.name}${mark('（')}${one.staffNo}${mark('，')}${one.unitName}${mark('）')}` }))
type Entry = { person: string | null; from: string | null; to: string | null; notHis: Choice[]; relatives: string[]; reasons: string }

/** The chair or the secretary puts the appointment of an inspector to the vote. */
export function AppointForm({ group, onClose }: { group: GroupShown; onClose: () => void }) {
  const t = useText(inspectionText)
  const go = useNavigate()
  const [id] = useState(newId)
  const send = useAct(putMotion, { refresh: ['appraisal-groups'] })
  const form = useForm<Entry>({
    initial: { person: null, from: null, to: null, notHis: [], relatives: [], reasons: '' },
    check: (entry) => ({ ...(entry.person === null ? { person: t('required') } : {}), ...(entry.from === null ? { from: t('required') } : {}), ...(entry.to === null ? { to: t('required') } : {}), ...(entry.reasons.trim().length < 4 ? { reasons: t('required') } : {}) }),
    send: (entry) => send.mutateAsync({ body: { id, kind: 'INSPECTOR', groupId: group.id, staffNo: entry.person ?? '', from: entry.from ?? '', to: entry.to ?? '', notHis: entry.notHis.map(({ value }) => value), relatives: entry.relatives.map(Number), reasons: entry.reasons } }),
  })
  return (
    <FormDrawer title={t('appoint')} open onClose={onClose} form={form} submit={t('putMotion')} onDone={() => void go(`/appraisal-group/motions/${id}`)}>
      <FindField form={form} name="person" label={t('person')} required find={findPeople} />
      <DayField form={form} name="from" label={t('from')} required />
      <DayField form={form} name="to" label={t('to')} required hint={t('termHint')} />
      <FindManyField form={form} name="notHis" label={t('notHis')} find={findPeople} />
      <ChoiceField form={form} name="relatives" label={t('memberRelatives')} many options={group.members.map((one) => ({ value: String(one.staffKey), label: one.name }))} />
      <AreaField form={form} name="reasons" label={t('reason')} required max={1000} />
    </FormDrawer>
  )
}
