import { useState } from 'react'
import { Link } from 'react-router'
import { newId } from '../../../foundation/values/uuid7.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { call, useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { AreaField, ChoiceField, DayField, FindField, TextField, type Choice } from '../../../ui/fields.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { FindManyField } from '../../../ui/FindManyField.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { findGroupPeople, listAppraisalGroups, makeAppraisalGroup, memberSides } from '../../appraisal-group/group.contract.ts'
import { groupText } from './group-text.ts'

/** The groups in which one takes part: term, members, motions; minutes of each day on which something was decided. */
export default function Groups() {
  const t = useText(groupText)
  const { data, error, refetch } = useContract(listAppraisalGroups, {})
  const [making, setMaking] = useState(false)
  return (
    <Page>
      <PageHeader title={t('groups')} actions={data?.mayMake.allowed && <ActionButton type="primary" may={data.mayMake} refusals={makeAppraisalGroup.refusals} onClick={() => setMaking(true)}>{t('make')}</ActionButton>} />
      {(!data || data.groups.length === 0) && <Block title={t('groups')} loading={!data && !error} error={error} onRetry={() => void refetch()}>{data && <EmptyState title={t('none')} />}</Block>}
      {data?.groups.map((group) => (
        <Block key={group.id} title={group.name}>
          <div className="yq-stack">
            <Facts facts={[
              { label: t('unit'), value: group.unitName }, { label: t('term'), value: <>{group.from} – {group.to} <Tag tone={group.inForce ? 'success' : 'info'}>{group.inForce ? t('inForce') : t('over')}</Tag></> }, { label: t('chair'), value: group.chair.name }, { label: t('secretary'), value: group.secretary.name },
              { label: t('members'), value: group.members.map((one) => `${one.name}（${t(one.side)}）`).join('、') },
            ]} />
            {group.motions.length === 0 ? <span className="yq-quiet">{t('noMotions')}</span> : (
              <PlainTable
                label={t('motions')} columns={[{ key: 'n', title: t('number') }, { key: 't', title: t('title') }, { key: 'v', title: t('votes'), right: true }, { key: 'r', title: t('result') }]}
                rows={group.motions.map((one) => ({ key: one.id, cells: [one.number, <Link key="t" to={`/appraisal-group/motions/${one.id}`}>{one.title}</Link>, one.votes, <>{one.result === null ? <Tag tone="warning">{one.waitsForMe ? t('waits') : t('voting')}</Tag> : <Tag tone={one.result === 'PASSED' ? 'success' : 'info'}>{t(one.result)}</Tag>}</>] }))}
              />
            )}
            {[...new Set(group.motions.filter((one) => one.result !== null).map((one) => one.putOn))].slice(0, 3).map((day) => <a key={day} href={`/api/appraisal-groups/${group.id}/minutes?day=${day}`}>{t('minutes')} {day}</a>)}
          </div>
        </Block>
      ))}
      {making && data && <MakeForm units={data.units} onClose={() => setMaking(false)} />}
    </Page>
  )
}

const findPeople = async (search: string): Promise<Choice[]> => (await call(findGroupPeople, { query: search === '' ? {} : { search } })).items.map((one) => ({ value: one.staffNo, label: `${one.name}（${one.staffNo}，${one.unitName}）` }))
type Side = (typeof memberSides)[number]
type Entry = { unit: string | null; name: string; from: string | null; to: string | null; chair: string | null; secretary: string | null; reason: string } & Record<Side, Choice[]>

/** People are chosen, by the side that they stand for; the chair and the secretary too. */
function MakeForm({ units, onClose }: { units: readonly { key: number; name: string }[]; onClose: () => void }) {
  const t = useText(groupText)
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(makeAppraisalGroup, { refresh: ['appraisal-groups'] })
  const membersOf = (entry: Entry) => memberSides.flatMap((side) => entry[side].map((one) => ({ staffNo: one.value, side })))
  const form = useForm<Entry>({
    initial: { unit: units[0] ? String(units[0].key) : null, name: '', from: null, to: null, chair: null, secretary: null, reason: '', HR: [], FINANCE: [], RISK: [], COMPLIANCE: [], BUSINESS: [], ELECTED: [] },
    check: (entry) => ({
      ...(entry.unit === null ? { unit: t('required') } : {}), ...(entry.name.trim().length < 2 ? { name: t('required') } : {}), ...(entry.from === null ? { from: t('required') } : {}), ...(entry.to === null ? { to: t('required') } : {}), ...(entry.chair === null ? { chair: t('required') } : {}), ...(entry.secretary === null ? { secretary: t('required') } : {}),
      ...(membersOf(entry).length < 5 || membersOf(entry).length > 9 ? { BUSINESS: t('memberCount', { n: membersOf(entry).length }) } : {}), ...(entry.ELECTED.length === 0 ? { ELECTED: t('required') } : {}), ...(entry.reason.trim().length < 4 ? { reason: t('required') } : {}),
    }),
    send: (entry) => send.mutateAsync({ body: { id, unitKey: Number(entry.unit), name: entry.name, from: entry.from ?? '', to: entry.to ?? '', chair: entry.chair ?? '', secretary: entry.secretary ?? '', members: membersOf(entry), reason: entry.reason } }),
  })
  return (
    <FormDrawer title={t('make')} open onClose={onClose} form={form} submit={t('make')} onDone={() => toast(t('done'))}>
      <ChoiceField form={form} name="unit" label={t('unit')} required options={units.map((one) => ({ value: String(one.key), label: one.name }))} />
      <TextField form={form} name="name" label={t('name')} required max={60} />
      <DayField form={form} name="from" label={t('from')} required />
      <DayField form={form} name="to" label={t('to')} required />
      {memberSides.map((side) => <FindManyField key={side} form={form} name={side} label={`${t('members')} · ${t(side)}`} required={side === 'ELECTED'} {...(side === 'HR' ? { hint: t('membersHint') } : {})} find={findPeople} />)}
      <FindField form={form} name="chair" label={t('chair')} hint={t('chairHint')} required find={findPeople} />
      <FindField form={form} name="secretary" label={t('secretary')} required find={findPeople} />
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
