import { Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { addDays } from '../../../foundation/values/business-date.ts'
import { newId } from '../../../foundation/values/uuid7.ts'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { DateText } from '../../../ui/DateText.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { AreaField, ChoiceField, DayField, RadioField, TextField } from '../../../ui/fields.tsx'
import { FilterBar } from '../../../ui/FilterBar.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { mark, useText } from '../../../ui/text.ts'
import { useBank } from '../../../ui/UiProvider.tsx'
import { useForm } from '../../../ui/useForm.ts'
import { useListState } from '../../../ui/useListState.ts'
import { useMay } from '../../../ui/who.ts'
import { handOverCauses, listHandOvers, openHandOver, takeOverAtOnce, type HandOverRow } from '../../ownership/hand-over.contract.ts'
import { listLoads } from '../../ownership/load.contract.ts'
import { ownershipText } from './ownership-text.ts'
import { StateTag } from './StateTag.tsx'

/** Hand-overs of one's line and those in which one signs; what waits for the reader stands out. */
export default function HandOvers() {
  const t = useText(ownershipText)
  const may = useMay()
  const list = useListState(['state', 'leaverKey'])
  const [address, setAddress] = useSearchParams()
  const { cursor, state, leaverKey } = list.query
  const source = useContract(listHandOvers, { query: { ...(state === undefined ? {} : { state: state as 'OPEN' }), ...(leaverKey === undefined ? {} : { leaverKey: Number(leaverKey) }), ...(cursor === undefined ? {} : { cursor }) } })
  const [form, setForm] = useState<'open' | 'emergency' | null>(address.get('open') === 'yes' ? 'open' : null)
  const close = (): void => {
    setForm(null)
    if (address.has('open')) setAddress({}, { replace: true })
  }
  return (
    <Page>
      <PageHeader title={t('handOvers')} actions={may('hand-over.open') && (
        <>
          <Button type="primary" onClick={() => setForm('open')}>{t('open')}</Button>
          <Button onClick={() => setForm('emergency')}>{t('takeOver')}</Button>
        </>
      )} />
      <DataTable<HandOverRow>
        label={t('handOvers')} list={list} source={source} rowKey={(row) => row.id} measure="项" measureEn="{n|hand-over|hand-overs}" rowTo={(row) => `/hand-overs/${row.id}`}
        bar={<FilterBar list={list} views={[{ label: t('viewOpen'), filters: { state: 'OPEN' } }, { label: t('viewAfter'), filters: { state: 'AFTER' } }, { label: t('viewEnded'), filters: { state: 'ENDED' } }]} />}
        empty={<EmptyState title={t('noHandOvers')} hint={t('noHandOversHint')} />}
        columns={[
          { key: 'number', title: t('number'), show: (row) => <Link className="yq-num" to={`/hand-overs/${row.id}`}>{row.number}</Link> },
          { key: 'state', title: t('state'), card: 'tag', show: (row) => <StateTag state={row.state} emergency={row.kind === 'EMERGENCY'} /> },
          { key: 'leaver', title: t('leaver'), show: (row) => row.leaver.name },
          { key: 'receivers', title: t('receivers'), show: (row) => row.receivers.map((one) => one.name).join(mark('、')) || row.supervisor.name },
          { key: 'supervisor', title: t('supervisor'), show: (row) => row.supervisor.name },
          { key: 'cause', title: t('cause'), show: (row) => t(row.cause) },
          { key: 'customers', title: t('customers'), kind: 'number', value: (row) => String(row.customers) },
          { key: 'effectiveOn', title: t('effectiveOn'), show: (row) => <DateText date={row.effectiveOn} /> },
          { key: 'waits', title: t('waits'), show: (row) => (row.waitsForMe === null ? '--' : <Tag tone="warning" icon="■">{t(row.waitsForMe)}</Tag>) },
        ]}
      />
      {form === 'open' && <OpenHandOver onClose={close} />}
      {form === 'emergency' && <TakeOver onClose={close} />}
    </Page>
  )
}

/** Managers of my line with their load: whom one may choose as leaver or receiver. */
export function useManagers(): { value: string; label: string }[] {
  const { data } = useContract(listLoads, { query: {} })
  return [...(data?.items ?? [])].sort((a, b) => a.name.localeCompare(b.name, 'zh')).map((one) => ({ value: String(one.staffKey), label: `${one.name}${mark('（')}${one.unitName} ${one.ratio}${mark('）')}` }))
}

function OpenHandOver({ onClose }: { onClose: () => void }) {
  const t = useText(ownershipText)
  const toast = useToast()
  const navigate = useNavigate()
  const { today } = useBank()
  const [id] = useState(newId)
  const managers = useManagers()
  const open = useAct(openHandOver, { refresh: ['hand-over'], onDone: () => {
    toast(t('opened'))
    void navigate(`/hand-overs/${id}`)
  } })
  const form = useForm({
    initial: { leaver: '', cause: 'TRANSFER' as string | null, effectiveOn: addDays(today, 1) as string | null, receivers: [] as string[], supervisor: null as string | null, which: 'ALL', reason: '' },
    check: (value) => ({ leaver: value.leaver ? undefined : t('needed'), receivers: value.receivers.length > 0 ? undefined : t('needed'), effectiveOn: value.effectiveOn ? undefined : t('needed'), reason: value.reason.trim() ? undefined : t('needed') }),
    send: (value) => open.mutateAsync({ body: {
      id, leaverKey: Number(value.leaver), cause: (value.cause ?? 'OTHER') as (typeof handOverCauses)[number], effectiveOn: value.effectiveOn ?? today, receivers: value.receivers.map(Number), reason: value.reason,
      customers: value.which === 'ALL' ? 'ALL' : [], ...(value.supervisor ? { supervisorKey: Number(value.supervisor) } : {}),
    } }),
  })
  return (
    <FormDrawer title={t('openTitle')} open onClose={onClose} form={form} submit={t('open')}>
      <ChoiceField form={form} name="leaver" label={t('leaver')} required options={managers} placeholder={t('chooseManager')} />
      <ChoiceField form={form} name="cause" label={t('cause')} required options={handOverCauses.map((value) => ({ value, label: t(value) }))} />
      <ChoiceField form={form} name="receivers" label={t('receivers')} required many options={managers.filter((one) => one.value !== form.values.leaver)} placeholder={t('chooseManager')} />
      <RadioField form={form} name="which" label={t('which')} options={[{ value: 'ALL', label: t('allCustomers') }, { value: 'LATER', label: t('laterCustomers') }]} />
      <DayField form={form} name="effectiveOn" label={t('effectiveOn')} required from={addDays(today, 1)} hint={t('effectiveHint')} />
      <ChoiceField form={form} name="supervisor" label={t('supervisor')} options={managers.filter((one) => one.value !== form.values.leaver && !form.values.receivers.includes(one.value))} hint={t('supervisorHint')} />
      <TextField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}

function TakeOver({ onClose }: { onClose: () => void }) {
  const t = useText(ownershipText)
  const toast = useToast()
  const navigate = useNavigate()
  const [id] = useState(newId)
  const managers = useManagers()
  const take = useAct(takeOverAtOnce, { refresh: ['hand-over', 'customers', 'customer'], onDone: ({ customers }) => {
    toast(t('takenOver', { n: customers }))
    void navigate(`/hand-overs/${id}`)
  } })
  const form = useForm({
    initial: { leaver: '', cause: 'SUSPENSION' as string | null, reason: '' },
    check: (value) => ({ leaver: value.leaver ? undefined : t('needed'), reason: [...value.reason.trim()].length >= 4 ? undefined : t('needed') }),
    send: (value) => take.mutateAsync({ body: { id, leaverKey: Number(value.leaver), cause: (value.cause ?? 'OTHER') as (typeof handOverCauses)[number], reason: value.reason } }),
  })
  return (
    <FormDrawer title={t('takeOverTitle')} open onClose={onClose} form={form} submit={t('takeOver')}>
      <Note tone="warning">{t('takeOverHint')}</Note>
      <ChoiceField form={form} name="leaver" label={t('leaver')} required options={managers} placeholder={t('chooseManager')} />
      <ChoiceField form={form} name="cause" label={t('cause')} required options={handOverCauses.map((value) => ({ value, label: t(value) }))} />
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
