import { useState } from 'react'
import { newId } from '../../foundation/values/uuid7.ts'
import { call, useAct } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { AreaField, ChoiceField, DayField, RadioField, TextField, type Choice } from '../../ui/fields.tsx'
import { FindManyField } from '../../ui/FindManyField.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { aside, useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useForm } from '../../ui/useForm.ts'
import { useWho } from '../../ui/who.ts'
import { findTaskOwners, giveTask, taskSources, type TaskSource } from '../task.contract.ts'
import { dutiesText } from './duties-text.ts'

type Entry = { title: string; content: string; owners: Choice[]; source: TaskSource; dueOn: string | null; evidenceAsked: string; priority: 'HIGH' | 'USUAL' }

/** A leader gives a task; everybody may note one for himself. `customerId`: it is about this customer. */
export function GiveTask({ own = false, customerId = null, onClose }: { own?: boolean; customerId?: string | null; onClose: () => void }) {
  const t = useText(dutiesText)
  const toast = useToast()
  const { today } = useBank()
  const { staffKey, postCode } = useWho()
  const [id] = useState(newId)
  const send = useAct(giveTask, { refresh: ['tasks'] })
  const form = useForm<Entry>({
    initial: { title: '', content: '', owners: [], source: own ? 'RM_OWN' : postCode === 'AUDIT' ? 'AUDIT' : 'LEADER', dueOn: null, evidenceAsked: '', priority: 'USUAL' },
    check: (entry) => ({
      ...(entry.title.trim() === '' ? { title: t('required') } : {}), ...(entry.content.trim() === '' ? { content: t('required') } : {}), ...(entry.dueOn === null ? { dueOn: t('required') } : {}), ...(entry.evidenceAsked.trim() === '' ? { evidenceAsked: t('required') } : {}),
      ...(!own && entry.owners.length === 0 ? { owners: t('required') } : {}),
    }),
    send: (entry) => send.mutateAsync({ body: { id, title: entry.title, content: entry.content, source: entry.source, owners: own ? [staffKey] : entry.owners.map((one) => Number(one.value)), dueOn: entry.dueOn ?? today, evidenceAsked: entry.evidenceAsked, priority: entry.priority, customerId } }),
    draft: own ? 'task.own' : 'task.given',
  })
  const find = async (search: string): Promise<Choice[]> => (await call(findTaskOwners, { query: search === '' ? {} : { search } })).items.filter((one) => one.staffKey !== staffKey).map((one) => ({ value: String(one.staffKey), label: aside(one.name, one.unitName) }))
  return (
    <FormDrawer title={own ? t('giveSelf') : t('give')} open onClose={onClose} form={form} submit={own ? t('giveSelf') : t('give')} onDone={() => toast(t('given'))}>
      <TextField form={form} name="title" label={t('title')} required max={60} />
      <AreaField form={form} name="content" label={t('content')} required max={1000} />
      {!own && <FindManyField form={form} name="owners" label={t('owners')} hint={t('ownersHint')} required find={find} />}
      <DayField form={form} name="dueOn" label={t('due')} required from={today} />
      <TextField form={form} name="evidenceAsked" label={t('evidenceAsked')} required max={200} />
      {!own && <ChoiceField form={form} name="source" label={t('source')} required options={taskSources.filter((one) => one !== 'RM_OWN').map((value) => ({ value, label: t(value) }))} />}
      <RadioField form={form} name="priority" label={t('priority')} options={(['USUAL', 'HIGH'] as const).map((value) => ({ value, label: t(value) }))} />
    </FormDrawer>
  )
}
