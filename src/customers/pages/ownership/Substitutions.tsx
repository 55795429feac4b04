import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { newId } from '../../../foundation/values/uuid7.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
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
import { useMay, useWho } from '../../../ui/who.ts'
import { askSubstitution, confirmSubstitution, endSubstitution, findSubstitutes, listSubstitutions, type SubstitutionRow } from '../../ownership/substitution.contract.ts'
import { useManagers } from './HandOvers.tsx'
import { ownershipText } from './ownership-text.ts'

const families = ['substitution', 'customers', 'customer', 'contact']

export function SubstitutionTag({ row }: { row: Pick<SubstitutionRow, 'state' | 'now'> }) {
  const t = useText(ownershipText)
  if (row.now) return <Tag tone="success" icon="●">{t('now')}</Tag>
  return <Tag tone={row.state === 'ASKED' ? 'warning' : row.state === 'CONFIRMED' ? 'info' : 'plain'} {...(row.state === 'ASKED' ? { icon: '■' } : {})}>{t(row.state)}</Tag>
}

/** Who stands in for whom: asked for, confirmed by the lead, ended by itself. */
export default function Substitutions() {
  const t = useText(ownershipText)
  const toast = useToast()
  const list = useListState(['when'])
  const { cursor, when } = list.query
  const source = useContract(listSubstitutions, { query: { ...(when === undefined ? {} : { when: when as 'NOW' }), ...(cursor === undefined ? {} : { cursor }) } })
  const [form, setForm] = useState<{ kind: 'ask' } | { kind: 'decide' | 'end'; row: SubstitutionRow } | null>(null)
  const close = (): void => setForm(null)
  return (
    <Page>
      <PageHeader title={t('substitutions')} actions={<Button type="primary" onClick={() => setForm({ kind: 'ask' })}>{t('ask')}</Button>} />
      <DataTable<SubstitutionRow>
        label={t('substitutions')} list={list} source={source} rowKey={(row) => row.id} measure="次" measureEn="{n|substitution|substitutions}" rowTo={(row) => `/substitutions/${row.id}`} empty={<EmptyState title={t('noSubstitution')} hint={t('noSubstitutionHint')} />}
        bar={<FilterBar list={list} views={[{ label: t('viewNow'), filters: { when: 'NOW' } }, { label: t('viewComing'), filters: { when: 'COMING' } }, { label: t('viewPast'), filters: { when: 'PAST' } }]} />}
        columns={[
          { key: 'absent', title: t('absent'), show: (row) => <Link to={`/substitutions/${row.id}`}>{row.absent.name}</Link> },
          { key: 'state', title: t('state'), card: 'tag', show: (row) => <SubstitutionTag row={row} /> },
          { key: 'substitute', title: t('substitute'), show: (row) => row.substitute.name },
          { key: 'days', title: t('days'), show: (row) => <span><DateText date={row.from} /> – <DateText date={row.until} /></span> },
          { key: 'customers', title: t('customers'), show: (row) => (row.customers === 'ALL' ? t('ALL') : t('listed', { n: row.listed })) },
          { key: 'reason', title: t('reason'), show: (row) => row.reason },
          { key: 'confirmedBy', title: t('confirmedBy'), show: (row) => row.confirmedBy ?? (row.byRule ? t('byRule') : '--') },
          { key: 'act', title: '', card: 'action', show: (row) => (
            <span className="yq-row">
              {row.state === 'ASKED' && row.may['confirm']?.reason !== 'not-allowed' && <ActionButton size="small" may={row.may['confirm']} refusals={confirmSubstitution.refusals} onClick={() => setForm({ kind: 'decide', row })}>{t('confirm')}</ActionButton>}
              {row.may['end']?.allowed && <Button size="small" onClick={() => setForm({ kind: 'end', row })}>{t('end')}</Button>}
            </span>
          ) },
        ]}
      />
      {form?.kind === 'ask' && <Ask onClose={close} />}
      {form?.kind === 'decide' && <Decide row={form.row} onClose={close} />}
      {form?.kind === 'end' && <End row={form.row} onClose={close} onDone={() => toast(t('ended'))} />}
    </Page>
  )
}

function Ask({ onClose }: { onClose: () => void }) {
  const t = useText(ownershipText)
  const toast = useToast()
  const { today } = useBank()
  const who = useWho()
  const may = useMay()
  const leads = may('substitution.confirm')
  const managers = useManagers()
  const [id] = useState(newId)
  const ask = useAct(askSubstitution, { refresh: families, onDone: ({ state }) => toast(state === 'CONFIRMED' ? t('askedByRule') : t('asked')) })
  const form = useForm({
    initial: { absent: String(who.staffKey), substitute: '', from: today as string | null, until: today as string | null, reason: '' },
    check: (value) => ({ substitute: value.substitute ? undefined : t('needed'), from: value.from ? undefined : t('needed'), until: value.until ? undefined : t('needed'), reason: [...value.reason.trim()].length >= 2 ? undefined : t('needed') }),
    send: (value) => ask.mutateAsync({ body: { id, absentKey: Number(value.absent), substituteKey: Number(value.substitute), from: value.from ?? today, until: value.until ?? today, reason: value.reason, customers: 'ALL' } }),
  })
  const { data } = useContract(findSubstitutes, { query: { absentKey: Number(form.values.absent) } })
  const options = (data?.items ?? []).map((one) => ({ value: String(one.staffKey), label: `${one.name}${mark('（')}${one.staffNo}${one.agreed ? ` · ${t('agreedPair')}` : ''}${mark('）')}` }))
  return (
    <FormDrawer title={t('askTitle')} open onClose={onClose} form={form} submit={t('ask')}>
      <Note tone="info">{t('askHint', { n: data?.longest ?? 15 })}</Note>
      {leads && <ChoiceField form={form} name="absent" label={t('absent')} required options={[...(managers.some((one) => one.value === String(who.staffKey)) ? [] : [{ value: String(who.staffKey), label: who.name }]), ...managers]} />}
      <ChoiceField form={form} name="substitute" label={t('substitute')} required options={options} hint={data && options.length === 0 ? t('noSubstitutes') : t('substituteHint')} />
      <DayField form={form} name="from" label={t('from')} required from={today} />
      <DayField form={form} name="until" label={t('until')} required from={form.values.from ?? today} />
      <TextField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}

function Decide({ row, onClose }: { row: SubstitutionRow; onClose: () => void }) {
  const t = useText(ownershipText)
  const toast = useToast()
  const decide = useAct(confirmSubstitution, { refresh: families, onDone: ({ state }) => toast(state === 'CONFIRMED' ? t('confirmed') : t('refused')) })
  const form = useForm({
    initial: { choice: 'agree', reason: '' }, check: (value) => ({ reason: value.choice === 'refuse' && value.reason.trim() === '' ? t('needed') : undefined }),
    send: ({ choice, reason }) => decide.mutateAsync({ params: { substitutionId: row.id }, body: { agree: choice !== 'refuse', pair: choice === 'pair', reason: reason.trim() === '' ? null : reason } }),
  })
  return (
    <FormDrawer title={`${t('substitutions')} · ${row.absent.name} → ${row.substitute.name}`} open onClose={onClose} form={form} submit={form.values.choice === 'refuse' ? t('refuse') : t('confirm')}>
      <RadioField form={form} name="choice" label={t('decision')} options={[{ value: 'agree', label: t('confirm') }, { value: 'pair', label: t('pairToo') }, { value: 'refuse', label: t('refuse') }]} />
      <AreaField form={form} name="reason" label={t('reason')} max={200} />
    </FormDrawer>
  )
}

function End({ row, onClose, onDone }: { row: SubstitutionRow; onClose: () => void; onDone: () => void }) {
  const t = useText(ownershipText)
  const end = useAct(endSubstitution, { refresh: families, onDone })
  const form = useForm({
    initial: { reason: '' }, check: (value) => ({ reason: value.reason.trim() ? undefined : t('needed') }),
    send: ({ reason }) => end.mutateAsync({ params: { substitutionId: row.id }, body: { reason } }),
  })
  return (
    <FormDrawer title={t('endTitle')} open onClose={onClose} form={form} submit={t('end')}>
      <TextField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
