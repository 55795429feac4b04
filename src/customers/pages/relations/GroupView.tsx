import { Button } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import type { z } from 'zod'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Amount } from '../../../ui/Amount.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { DataTable, rowsSource } from '../../../ui/DataTable.tsx'
import { DateText } from '../../../ui/DateText.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState, isNotFound } from '../../../ui/ErrorState.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { AreaField, ChoiceField, DayField, FindField, moneyFinding, MoneyField, TextField, type Choice } from '../../../ui/fields.tsx'
import { FindManyField } from '../../../ui/FindManyField.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { KeyFigures } from '../../../ui/KeyFigures.tsx'
import { NotFound } from '../../../ui/NotFound.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { mark, useText } from '../../../ui/text.ts'
import { useBank } from '../../../ui/UiProvider.tsx'
import { useForm } from '../../../ui/useForm.ts'
import { useListState } from '../../../ui/useListState.ts'
import { changeGroup, endMember, getGroup, type MemberRow } from '../../relations/group.contract.ts'
import { PartyName, RelationGraph } from './RelationGraph.tsx'
import { relationText } from './relation-text.ts'

type Group = z.output<typeof getGroup.reply>
/** Finds units by name: handed in by the desk, which knows the organisation. */
export type FindUnits = (text: string) => Promise<readonly Choice[]>

/** A group: what it owes and brings in all, who controls it, its members beside the drawing, circles, hidden members, the unified limit. */
export function GroupView({ findUnits }: { findUnits: FindUnits }) {
  const t = useText(relationText)
  const groupId = useParams()['groupId'] ?? ''
  const [withEnded, setWithEnded] = useState(false)
  const [changing, setChanging] = useState(false)
  const { data: group, error, refetch } = useContract(getGroup, { params: { groupId }, query: { ended: withEnded ? 'true' : 'false' } })
  if (isNotFound(error)) return <NotFound />
  if (!group) return <Page>{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={10} />}</Page>
  const household = group.kind === 'HOUSEHOLD'
  const may = group.to === null ? group.may['group.decide'] : { allowed: false, reason: 'group-ended' }
  return (
    <Page>
      <PageHeader
        title={group.name} crumbs={[{ title: t('groups'), to: '/groups' }]} thumb
        tags={
          <>
            <Tag>{t(group.kind)}</Tag>
            {group.circles.length > 0 && <Tag tone="orange" icon="◆">{t('circleCount', { n: group.circles.length })}</Tag>}
            {group.overLimit && <Tag tone="error" icon="⬣">{t('overLimit')}</Tag>}
            {group.to !== null && <Tag icon="■">{t('groupEnded')}</Tag>}
          </>
        }
        sub={<span>{t('memberCount', { n: group.members.filter((one) => one.to === null).length })} · {t('since')} <DateText date={group.from} form="data" />{group.confirmedBy === null ? '' : ` · ${t('confirmedBy')} ${group.confirmedBy}`}</span>}
        actions={!household && <ActionButton type="primary" may={may} refusals={changeGroup.refusals} onClick={() => setChanging(true)}>{t('change')}</ActionButton>}
      />
      <KeyFigures figures={[
        { label: t('exposure'), value: <Amount fen={group.sums.loanFen} />, note: t('sumOf', { n: group.sums.customers }) },
        { label: t('deposits'), value: <Amount fen={group.sums.depositFen} />, note: group.sums.asOf === null ? undefined : <DateText date={group.sums.asOf} /> },
        ...(household ? [] : [
          { label: t('limit'), value: group.limitFen === null ? t('noLimit') : <Amount fen={group.limitFen} />, note: group.limitUntil === null ? undefined : <>{t('limitUntil')} <DateText date={group.limitUntil} form="data" /></> },
          { label: t('controller'), value: group.controller?.name ?? '--' },
        ]),
      ]} />
      {group.hidden.length > 0 && <Note tone="warning">{t('hiddenNote', { names: group.hidden.slice(0, 8).map((one) => one.name).join(mark('、')) + (group.hidden.length > 8 ? ` … ${group.hidden.length}` : '') })}</Note>}
      <Block title={t('structure')}>
        <RelationGraph label={group.name} nodes={group.nodes} edges={group.edges} centre={group.controller?.partyId ?? null} circles={group.circles.map((circle) => circle.map((one) => one.partyId))} />
      </Block>
      <Members group={group} may={may?.allowed === true && !household} withEnded={withEnded} onEnded={() => setWithEnded(!withEnded)} />
      <Block title={t('groupFacts')}>
        <Facts facts={[
          { label: t('tests'), value: group.controlBasis.map((one) => t(one)).join(mark('；')) }, { label: t('reason'), value: group.reason },
          ...(household ? [] : [
            { label: t('leadOrg'), value: group.leadOrg?.name ?? null }, { label: t('coOrgs'), value: group.coOrgs.map((one) => one.name).join(mark('、')) },
            ...group.circles.slice(0, 10).map((circle, place) => ({ label: t('circleOf', { n: place + 1 }), value: [...circle, ...circle.slice(0, 1)].map((one) => one.name).join(' → ') })),
          ]),
        ]} />
      </Block>
      {changing && <ChangeGroup group={group} findUnits={findUnits} onClose={() => setChanging(false)} />}
    </Page>
  )
}

function Members({ group, may, withEnded, onEnded }: { group: Group; may: boolean; withEnded: boolean; onEnded: () => void }) {
  const t = useText(relationText)
  const list = useListState([])
  const [ending, setEnding] = useState<MemberRow | null>(null)
  return (
    <Block title={t('members')} flush actions={<Button size="small" onClick={onEnded}>{t(withEnded ? 'withoutEnded' : 'withEnded')}</Button>}>
      <DataTable<MemberRow>
        plain label={t('members')} list={list} source={rowsSource(group.members)} rowKey={(row) => row.memberId} empty={<EmptyState title={t('noGroups')} />}
        columns={[
          { key: 'name', title: t('name'), show: (row) => <PartyName party={row} /> },
          { key: 'role', title: t('role'), card: 'tag', show: (row) => <span className="yq-row"><Tag tone={row.role === 'LEAD' ? 'primary' : 'plain'}>{t(row.role as 'MEMBER')}</Tag>{group.kind === 'HOUSEHOLD' && <span className="yq-quiet">{t(row.rollsUp ? 'rollsUp' : 'notRolled')}</span>}{row.to !== null && <Tag icon="■">{t('ended')}</Tag>}</span> },
          { key: 'loan', title: t('loans'), kind: 'amount', value: (row) => row.loanFen },
          { key: 'deposit', title: t('deposits'), kind: 'amount', value: (row) => row.depositFen },
          { key: 'manager', title: t('manager'), show: (row) => row.managerName ?? '--' },
          { key: 'since', title: t('since'), kind: 'date', value: (row) => row.from, form: 'data' },
          { key: 'until', title: t('until'), kind: 'date', value: (row) => row.to, form: 'data', card: 'none' },
          { key: 'act', title: '', card: 'action', show: (row) => (may && row.to === null ? <Button size="small" type="text" onClick={() => setEnding(row)}>{t('endMember')}</Button> : null) },
        ]}
      />
      {ending && <EndMember groupId={group.groupId} member={ending} onClose={() => setEnding(null)} />}
    </Block>
  )
}

function EndMember({ groupId, member, onClose }: { groupId: string; member: MemberRow; onClose: () => void }) {
  const t = useText(relationText)
  const toast = useToast()
  const { today } = useBank()
  const act = useAct(endMember, { refresh: ['groups', 'relations'] })
  const form = useForm({
    initial: { on: today as string | null, reason: '' }, check: ({ on, reason }) => ({ on: on ? undefined : t('needed'), reason: reason.trim().length < 2 ? t('needed') : undefined }),
    send: ({ on, reason }) => act.mutateAsync({ params: { groupId, memberId: member.memberId }, body: { on: on ?? today, reason } }),
  })
  return (
    <FormDrawer title={t('endMemberTitle')} open onClose={onClose} form={form} submit={t('endMember')} onDone={() => toast(t('memberEnded'))}>
      <p>{member.name}</p>
      <DayField form={form} name="on" label={t('endOn')} required from={member.from} to={today} />
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}

function ChangeGroup({ group, findUnits, onClose }: { group: Group; findUnits: FindUnits; onClose: () => void }) {
  const t = useText(relationText)
  const toast = useToast()
  const act = useAct(changeGroup, { refresh: ['groups', 'relations'] })
  const members = group.members.filter((one) => one.to === null)
  const lead = members.find((one) => one.role === 'LEAD')
  const form = useForm({
    initial: {
      name: group.name, leadPartyId: (lead?.partyId ?? null) as string | null, limitFen: group.limitFen, limitFrom: group.limitFrom, limitUntil: group.limitUntil, leadOrg: (group.leadOrg ? String(group.leadOrg.key) : null) as string | null,
      coOrgs: group.coOrgs.map((one) => ({ value: String(one.key), label: one.name })) as readonly Choice[], reason: '',
    },
    check: ({ name, limitFen, reason }) => ({ name: name.trim().length < 2 ? t('needed') : undefined, limitFen: moneyFinding(limitFen, undefined, t('wrongMoney')), reason: reason.trim().length < 2 ? t('needed') : undefined }),
    send: ({ name, leadPartyId, limitFen, limitFrom, limitUntil, leadOrg, coOrgs, reason }) => act.mutateAsync({
      params: { groupId: group.groupId },
      body: {
        name, reason, ...(leadPartyId === null || leadPartyId === lead?.partyId ? {} : { leadPartyId }), limitFen: limitFen === '' ? null : limitFen, limitFrom, limitUntil, leadOrg: leadOrg === null ? null : Number(leadOrg), coOrgs: coOrgs.map((one) => Number(one.value)),
      },
    }),
  })
  return (
    <FormDrawer title={t('changeTitle')} open onClose={onClose} form={form} submit={t('change')} onDone={() => toast(t('saved'))}>
      <TextField form={form} name="name" label={t('groupName')} required max={80} />
      <ChoiceField form={form} name="leadPartyId" label={t('lead')} required options={members.map((one) => ({ value: one.partyId, label: one.name }))} />
      <MoneyField form={form} name="limitFen" label={t('limitAmount')} capitals />
      <DayField form={form} name="limitFrom" label={t('limitFrom')} />
      <DayField form={form} name="limitUntil" label={t('limitUntil')} />
      <FindField form={form} name="leadOrg" label={t('leadOrg')} find={findUnits} placeholder={t('findUnit')} first={group.leadOrg ? { value: String(group.leadOrg.key), label: group.leadOrg.name } : null} />
      <FindManyField form={form} name="coOrgs" label={t('coOrgs')} find={findUnits} />
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
