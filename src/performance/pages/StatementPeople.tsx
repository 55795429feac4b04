import { Button } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useContract } from '../../ui/client.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { TextField } from '../../ui/fields.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { useListState } from '../../ui/useListState.ts'
import { listStatementPeople } from '../statement.contract.ts'
import { payText } from './pay-text.ts'
import { MonthChoice } from './StatementView.tsx'

type Person = { staffKey: number; scheme: string; name: string }

/** Whose statements there are; one is read only with a purpose. */
export default function StatementPeople() {
  const t = useText(payText)
  const pick = usePick()
  const [search] = useSearchParams()
  const asked = search.get('month')
  const list = useListState(['month'])
  const { cursor, q } = list.query
  const source = useContract(listStatementPeople, { query: { ...(asked === null ? {} : { month: asked }), ...(q === undefined ? {} : { q }), ...(cursor === undefined ? {} : { cursor }) } })
  const [chosen, setChosen] = useState<Person | null>(null)
  const month = source.data?.month ?? asked ?? ''
  return (
    <Page>
      <PageHeader title={month === '' ? t('people') : `${t('people')} ${month}`} actions={month === '' ? undefined : <MonthChoice month={month} months={source.data?.months ?? []} />} />
      <DataTable
        label={t('people')} list={list} source={source} rowKey={(row) => `${row.staffKey} ${row.scheme}`} measure="人" measureEn="{n|person|people}" bar={<FilterBar list={list} search={{ placeholder: t('search') }} filters={[]} />}
        empty={<EmptyState title={t('notSettled')} />}
        columns={[
          { key: 'name', title: t('name'), show: (row) => row.name },
          { key: 'staffNo', title: t('staffNo'), show: (row) => row.staffNo },
          { key: 'unit', title: t('unit'), show: (row) => row.unitName },
          { key: 'scheme', title: t('scheme'), show: (row) => pick({ zh: row.schemeName, en: row.schemeNameEn }) },
          { key: 'read', title: t('statement'), card: 'action', show: (row) => <Button size="small" onClick={() => setChosen(row)}>{t('read')}</Button> },
        ]}
      />
      {chosen && <PurposeDrawer key={chosen.staffKey} person={chosen} month={month} onClose={() => setChosen(null)} />}
    </Page>
  )
}

function PurposeDrawer({ person, month, onClose }: { person: Person; month: string; onClose: () => void }) {
  const t = useText(payText)
  const go = useNavigate()
  const form = useForm({
    initial: { purpose: '' }, check: ({ purpose }) => ([...purpose.trim()].length < 4 ? { purpose: t('purposeNeeded') } : {}),
    send: ({ purpose }) => Promise.resolve(void go(`/statements/${person.staffKey}?month=${month}&scheme=${person.scheme}&purpose=${encodeURIComponent(purpose.trim())}`)),
  })
  return (
    <FormDrawer title={t('purposeTitle', { name: person.name })} open onClose={onClose} form={form} submit={t('read')}>
      <TextField form={form} name="purpose" label={t('purpose')} required max={100} hint={t('purposeHint')} />
    </FormDrawer>
  )
}
