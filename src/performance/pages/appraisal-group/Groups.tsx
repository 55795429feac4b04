import { useState } from 'react'
import { Link } from 'react-router'
import { newId } from '../../../foundation/values/uuid7.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { AreaField, ChoiceField, DayField, TextField } from '../../../ui/fields.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { listAppraisalGroups, makeAppraisalGroup, memberSides } from '../../appraisal-group/group.contract.ts'
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

function MakeForm({ units, onClose }: { units: readonly { key: number; name: string }[]; onClose: () => void }) {
  const t = useText(groupText)
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(makeAppraisalGroup, { refresh: ['appraisal-groups'] })
  const linesOf = (text: string) => text.split('\n').map((line) => line.trim().split(/\s+/)).filter((parts) => parts[0] !== '')
  const form = useForm({
    initial: { unit: units[0] ? String(units[0].key) : (null as string | null), name: '', from: null as string | null, to: null as string | null, chair: '', secretary: '', members: '', reason: '' },
    check: (entry) => ({
      ...(entry.unit === null ? { unit: t('required') } : {}), ...(entry.name.trim().length < 2 ? { name: t('required') } : {}), ...(entry.from === null ? { from: t('required') } : {}), ...(entry.to === null ? { to: t('required') } : {}), ...(entry.chair.trim() === '' ? { chair: t('required') } : {}), ...(entry.secretary.trim() === '' ? { secretary: t('required') } : {}),
      ...(linesOf(entry.members).length > 0 && linesOf(entry.members).every((parts) => memberSides.some((side) => side === parts[1])) ? {} : { members: t('membersHint') }), ...(entry.reason.trim().length < 4 ? { reason: t('required') } : {}),
    }),
    send: (entry) => send.mutateAsync({ body: { id, unitKey: Number(entry.unit), name: entry.name, from: entry.from ?? '', to: entry.to ?? '', chair: entry.chair.trim(), secretary: entry.secretary.trim(), members: linesOf(entry.members).map((parts) => ({ staffNo: parts[0] ?? '', side: memberSides.find((side) => side === parts[1]) ?? 'BUSINESS' })), reason: entry.reason } }),
  })
  return (
    <FormDrawer title={t('make')} open onClose={onClose} form={form} submit={t('make')} onDone={() => toast(t('done'))}>
      <ChoiceField form={form} name="unit" label={t('unit')} required options={units.map((one) => ({ value: String(one.key), label: one.name }))} />
      <TextField form={form} name="name" label={t('name')} required max={60} />
      <DayField form={form} name="from" label={t('from')} required />
      <DayField form={form} name="to" label={t('to')} required />
      <TextField form={form} name="chair" label={`${t('chair')} (${t('staffNo')})`} required max={20} />
      <TextField form={form} name="secretary" label={`${t('secretary')} (${t('staffNo')})`} required max={20} />
      <AreaField form={form} name="members" label={t('members')} hint={t('membersHint')} required max={600} rows={7} />
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
