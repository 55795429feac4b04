import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { newId } from '../../../foundation/values/uuid7.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { DateText } from '../../../ui/DateText.tsx'
import { ErrorState, isNotFound } from '../../../ui/ErrorState.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { AreaField, ChoiceField, DayField, TextField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { NotFound } from '../../../ui/NotFound.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { mark, type Say, useText } from '../../../ui/text.ts'
import { useBank } from '../../../ui/UiProvider.tsx'
import { useForm } from '../../../ui/useForm.ts'
import { confirmProposal, declineProposal, getProposalGraph, type ProposalRow } from '../../relations/group.contract.ts'
import { PartyName, RelationGraph } from './RelationGraph.tsx'
import { relationText } from './relation-text.ts'

/** A proposal drawn: why the rules found it, who is in it; a person confirms or declines it with a reason. */
export default function Proposal() {
  const t = useText(relationText)
  const proposalId = useParams()['proposalId'] ?? ''
  const navigate = useNavigate()
  const [form, setForm] = useState<'confirm' | 'decline' | null>(null)
  const { data, error, refetch } = useContract(getProposalGraph, { params: { proposalId } }, { keepOld: false })
  if (isNotFound(error)) return <NotFound />
  if (!data) return <Page>{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={10} />}</Page>
  const { proposal } = data
  const open = proposal.state === 'OPEN'
  const household = proposal.kind === 'HOUSEHOLD'
  const may = open ? data.may['group.decide'] : { allowed: false, reason: 'decided-already' }
  const mayConfirm = household && may?.allowed && !proposal.allSeen ? { allowed: false, reason: 'member-unseen' } : may
  return (
    <Page>
      <PageHeader
        title={titleOf(proposal)} crumbs={[{ title: t('groups'), to: '/groups' }, household ? { title: t('proposedHouseholds'), to: '/groups?tab=households' } : { title: t('proposed'), to: '/groups?tab=proposals' }]} thumb
        tags={<><Tag>{t(proposal.kind)}</Tag>{data.circles.length > 0 && <Tag tone="orange" icon="◆">{t('circleCount', { n: data.circles.length })}</Tag>}{!open && <Tag>{t(proposal.state === 'CONFIRMED' ? 'doneConfirm' : 'decline')}</Tag>}</>}
        sub={<span>{t('memberCount', { n: proposal.memberCount })} · {t('foundOn')} <DateText date={proposal.foundOn} /> · {t('ruleVersion', { v: proposal.version })}</span>}
        actions={
          <>
            <ActionButton type="primary" may={mayConfirm} refusals={confirmProposal.refusals} onClick={() => setForm('confirm')}>{t('confirm')}</ActionButton>
            <ActionButton may={may} refusals={declineProposal.refusals} onClick={() => setForm('decline')}>{t('decline')}</ActionButton>
          </>
        }
      />
      {proposal.groupId !== null && proposal.groupName !== null && <Note tone="info"><Link to={`/groups/${proposal.groupId}`}>{open ? t('extendsGroup', { name: proposal.groupName }) : proposal.groupName}</Link></Note>}
      {!open && proposal.reason !== null && <Note tone="info">{`${t('reason')}${mark('：')}${proposal.reason}${mark('（')}${proposal.decidedBy ?? ''} ${proposal.decidedOn ?? ''}${mark('）')}`}</Note>}
      {open && household && !proposal.allSeen && <Note tone="info">{t('householdUnseen')}</Note>}
      <Block title={t(household ? 'HOUSEHOLD' : 'groupFacts')}>
        <Facts facts={[{ label: t('tests'), value: proposal.tests.map((one) => t(one)).join('；') }, ...(household ? [] : [{ label: t('controller'), value: proposal.controllerName }])]} />
      </Block>
      <Block title={t('structure')}>
        <RelationGraph label={t('structure')} nodes={data.nodes} edges={data.edges} centre={null} circles={data.circles} />
      </Block>
      <Block title={t('members')} flush>
        <PlainTable label={t('members')} columns={[{ key: 'name', title: t('name') }, { key: 'kind', title: t('kind') }]} rows={proposal.members.map((member) => ({ key: member.partyId, cells: [<PartyName key="name" party={member} />, t(member.kind)] }))} />
      </Block>
      {form === 'confirm' && <Confirm proposal={proposal} onClose={() => setForm(null)} onDone={(groupId) => void navigate(`/groups/${groupId}`)} />}
      {form === 'decline' && <Decline proposal={proposal} onClose={() => setForm(null)} onDone={() => void navigate(household ? '/groups?tab=households' : '/groups?tab=proposals')} />}
    </Page>
  )
}

const titleOf = ({ members, memberCount }: ProposalRow): string => `${members.slice(0, 2).map((one) => one.name).join(mark('、'))}${memberCount > 2 ? ' …' : ''}`

function Confirm({ proposal, onClose, onDone }: { proposal: ProposalRow; onClose: () => void; onDone: (groupId: string) => void }) {
  const t = useText(relationText)
  const toast = useToast()
  const { today } = useBank()
  const [id] = useState(newId)
  const household = proposal.kind === 'HOUSEHOLD'
  const act = useAct(confirmProposal, { refresh: ['groups', 'relations'], onDone: (reply) => { toast(t('doneConfirm')); onDone(reply.groupId) } })
  const form = useForm({
    initial: { name: proposal.groupName ?? suggested(proposal, t), head: null as string | null, from: today as string | null, reason: '' },
    check: ({ name, from, reason }) => ({ name: name.trim().length < 2 ? t('needed') : undefined, from: from ? undefined : t('needed'), reason: reason.trim().length < 2 ? t('needed') : undefined }),
    send: ({ name, head, from, reason }) => act.mutateAsync({ params: { proposalId: proposal.proposalId }, body: { id, name, from: from ?? today, reason, ...(head === null ? {} : { headPartyId: head }) } }),
  })
  return (
    <FormDrawer title={t(household ? 'householdConfirmTitle' : 'confirmTitle')} open onClose={onClose} form={form} submit={t('confirm')}>
      <Note tone="info">{t(household ? 'householdConfirmEffect' : 'confirmEffect')}</Note>
      <TextField form={form} name="name" label={t(household ? 'householdName' : 'groupName')} required max={80} />
      {household && <ChoiceField form={form} name="head" label={t('HEAD')} hint={t('headHint')} options={proposal.members.map((one) => ({ value: one.partyId, label: one.name }))} />}
      <DayField form={form} name="from" label={t('since')} required to={today} />
      <AreaField form={form} name="reason" label={t(household ? 'householdReason' : 'reason')} required max={200} />
    </FormDrawer>
  )
}

/** 山西晋泰新材料有限公司 → 山西晋泰新材料集团: a beginning that a person corrects. */
const suggested = ({ members, kind, controllerName }: ProposalRow, t: Say<typeof relationText>): string => {
  if (kind === 'HOUSEHOLD') return t('household1', { name: members[0]?.name.slice(0, 1) ?? '' })
  const short = (members[0]?.name ?? controllerName ?? '').replace(/(集团)?(股份)?(有限责任|有限)?公司$/, '')
  return `${short}${kind === 'CIRCLE' ? '担保圈' : '集团'}`
}

function Decline({ proposal, onClose, onDone }: { proposal: ProposalRow; onClose: () => void; onDone: () => void }) {
  const t = useText(relationText)
  const toast = useToast()
  const act = useAct(declineProposal, { refresh: ['groups', 'relations'], onDone: () => { toast(t('doneDecline')); onDone() } })
  const form = useForm({
    initial: { reason: '' }, check: ({ reason }) => ({ reason: reason.trim().length < 2 ? t('needed') : undefined }),
    send: ({ reason }) => act.mutateAsync({ params: { proposalId: proposal.proposalId }, body: { reason } }),
  })
  return (
    <FormDrawer title={t('declineTitle')} open onClose={onClose} form={form} submit={t('decline')}>
      <Note tone="info">{t('declineEffect')}</Note>
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
