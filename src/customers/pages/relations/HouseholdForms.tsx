import { Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../../foundation/values/uuid7.ts'
import { useAct } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { AreaField, CheckField, ChoiceField, DayField, FindField, TextField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { useText } from '../../../ui/text.ts'
import { useBank } from '../../../ui/UiProvider.tsx'
import { useForm } from '../../../ui/useForm.ts'
import { addHouseholdMember, endHousehold, makeHousehold } from '../../relations/group.contract.ts'
import type { FindCustomers } from './RecordRelation.tsx'
import { relationText } from './relation-text.ts'

const roles = ['SPOUSE', 'CHILD', 'PARENT', 'OTHER'] as const
type Role = (typeof roles)[number]

/** A household around this person, with one member to begin with. */
export function MakeHousehold({ customerId, findCustomers, onClose }: { customerId: string; findCustomers: FindCustomers; onClose: () => void }) {
  const t = useText(relationText)
  const toast = useToast()
  const { today } = useBank()
  const [id] = useState(newId)
  const act = useAct(makeHousehold, { refresh: ['relations', 'groups'] })
  const form = useForm({
    initial: { name: '', members: null as string | null, role: 'SPOUSE' as string | null, rollsUp: true, evidence: '', from: today as string | null },
    check: ({ name, members, evidence, from }) => ({ name: name.trim().length < 2 ? t('needed') : undefined, members: members ? undefined : t('needed'), evidence: evidence.trim().length < 2 ? t('needed') : undefined, from: from ? undefined : t('needed') }),
    send: ({ name, members, role, rollsUp, evidence, from }) => act.mutateAsync({ params: { customerId }, body: { id, name, evidence, from: from ?? today, rollsUp: true, members: [{ customerId: members ?? '', role: (role ?? 'OTHER') as Role, rollsUp }] } }),
  })
  return (
    <FormDrawer title={t('household')} open onClose={onClose} form={form} submit={t('household')} onDone={() => toast(t('householdMade'))}>
      <TextField form={form} name="name" label={t('householdName')} required max={60} />
      <FindField form={form} name="members" label={t('householdMember')} required find={(text) => findCustomers(text, 'PERSON')} placeholder={t('findCustomer')} />
      <ChoiceField form={form} name="role" label={t('memberRole')} required options={roles.map((value) => ({ value, label: t(value) }))} />
      <CheckField form={form} name="rollsUp" label={t('rollsUp')} hint={t('rollHint')} />
      <TextField form={form} name="evidence" label={t('familyEvidence')} required max={200} />
      <DayField form={form} name="from" label={t('since')} required to={today} />
    </FormDrawer>
  )
}

export function HouseholdActions({ customerId, groupId, findCustomers }: { customerId: string; groupId: string; findCustomers: FindCustomers }) {
  const t = useText(relationText)
  const [form, setForm] = useState<'add' | 'end' | null>(null)
  return (
    <>
      <Button size="small" type="text" onClick={() => setForm('add')}>{t('addMember')}</Button>
      <Button size="small" type="text" onClick={() => setForm('end')}>{t('endHousehold')}</Button>
      {form === 'add' && <AddMember customerId={customerId} groupId={groupId} findCustomers={findCustomers} onClose={() => setForm(null)} />}
      {form === 'end' && <EndHousehold customerId={customerId} groupId={groupId} onClose={() => setForm(null)} />}
    </>
  )
}

function AddMember({ customerId, groupId, findCustomers, onClose }: { customerId: string; groupId: string; findCustomers: FindCustomers; onClose: () => void }) {
  const t = useText(relationText)
  const toast = useToast()
  const { today } = useBank()
  const act = useAct(addHouseholdMember, { refresh: ['relations', 'groups'] })
  const form = useForm({
    initial: { members: null as string | null, role: 'CHILD' as string | null, rollsUp: true, evidence: '', from: today as string | null },
    check: ({ members, evidence, from }) => ({ members: members ? undefined : t('needed'), evidence: evidence.trim().length < 2 ? t('needed') : undefined, from: from ? undefined : t('needed') }),
    send: ({ members, role, rollsUp, evidence, from }) => act.mutateAsync({ params: { customerId, groupId }, body: { member: { customerId: members ?? '', role: (role ?? 'OTHER') as Role, rollsUp }, evidence, from: from ?? today } }),
  })
  return (
    <FormDrawer title={t('addMember')} open onClose={onClose} form={form} submit={t('addMember')} onDone={() => toast(t('saved'))}>
      <FindField form={form} name="members" label={t('householdMember')} required find={(text) => findCustomers(text, 'PERSON')} placeholder={t('findCustomer')} />
      <ChoiceField form={form} name="role" label={t('memberRole')} required options={roles.map((value) => ({ value, label: t(value) }))} />
      <CheckField form={form} name="rollsUp" label={t('rollsUp')} hint={t('rollHint')} />
      <TextField form={form} name="evidence" label={t('familyEvidence')} required max={200} />
      <DayField form={form} name="from" label={t('since')} required to={today} />
    </FormDrawer>
  )
}

function EndHousehold({ customerId, groupId, onClose }: { customerId: string; groupId: string; onClose: () => void }) {
  const t = useText(relationText)
  const toast = useToast()
  const { today } = useBank()
  const act = useAct(endHousehold, { refresh: ['relations', 'groups'] })
  const form = useForm({
    initial: { on: today as string | null, reason: '' }, check: ({ on, reason }) => ({ on: on ? undefined : t('needed'), reason: reason.trim().length < 2 ? t('needed') : undefined }),
    send: ({ on, reason }) => act.mutateAsync({ params: { customerId, groupId }, body: { on: on ?? today, reason } }),
  })
  return (
    <FormDrawer title={t('endHousehold')} open onClose={onClose} form={form} submit={t('endHousehold')} onDone={() => toast(t('ended'))}>
      <DayField form={form} name="on" label={t('endOn')} required to={today} />
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
