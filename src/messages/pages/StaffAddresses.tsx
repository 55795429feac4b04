import { Button } from 'antd'
import { useState } from 'react'
import { useAct, useContract } from '../../ui/client.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { TextField } from '../../ui/fields.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { useListState } from '../../ui/useListState.ts'
import { listStaffAddresses, setStaffAddress, type StaffAddressed } from '../notice.contract.ts'
import { noticesText } from './notices-text.ts'

/** Where colleagues are reached outside of the notice centre: kept by the administration, so that a notice does not leave for a private box. */
export function StaffAddresses() {
  const t = useText(noticesText)
  const list = useListState([])
  const { q, cursor } = list.query
  const source = useContract(listStaffAddresses, { query: { ...(q === undefined || q === '' ? {} : { q }), ...(cursor === undefined ? {} : { cursor }) } })
  const [editing, setEditing] = useState<StaffAddressed | null>(null)
  return (
    <>
      <DataTable<StaffAddressed>
        label={t('tabAddresses')} list={list} source={source} rowKey={(row) => String(row.staffKey)} measure="人" measureEn="{n|person|people}" empty={<EmptyState title={t('nobodyFound')} />}
        bar={<FilterBar list={list} search={{ placeholder: t('findStaff') }} filters={[]} />}
        columns={[
          { key: 'name', title: t('person'), show: (row) => <span>{row.name} <span className="yq-small yq-quiet yq-num">{row.staffNo}</span></span> },
          { key: 'email', title: t('EMAIL'), show: (row) => row.email ?? <span className="yq-quiet">--</span> },
          { key: 'wecom', title: t('WECOM'), show: (row) => row.wecom ?? <span className="yq-quiet yq-num">{row.staffNo}</span> },
          { key: 'act', title: '', card: 'action', show: (row) => <Button size="small" onClick={() => setEditing(row)} aria-label={`${t('edit')} ${row.name}`}>{t('edit')}</Button> },
        ]}
      />
      {editing && <Edit key={editing.staffKey} person={editing} onClose={() => setEditing(null)} />}
    </>
  )
}

function Edit({ person, onClose }: { person: StaffAddressed; onClose: () => void }) {
  const t = useText(noticesText)
  const set = useAct(setStaffAddress, { refresh: ['staff-addresses'] })
  const form = useForm({
    initial: { email: person.email ?? '', wecom: person.wecom ?? '' }, check: () => ({}),
    send: async ({ email, wecom }) => {
      const params = { staffKey: person.staffKey }
      if (email.trim() !== (person.email ?? '')) await set.mutateAsync({ params, body: { channel: 'EMAIL', address: email.trim() === '' ? null : email } })
      if (wecom.trim() !== (person.wecom ?? '')) await set.mutateAsync({ params, body: { channel: 'WECOM', address: wecom.trim() === '' ? null : wecom } })
      return null
    },
  })
  return (
    <FormDrawer title={person.name} open onClose={onClose} form={form} submit={t('save')} onDone={onClose}>
      <TextField form={form} name="email" label={t('EMAIL')} max={120} />
      <TextField form={form} name="wecom" label={t('wecomAccount')} hint={t('wecomHint', { no: person.staffNo })} max={64} />
    </FormDrawer>
  )
}
