import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Amount } from '../../../ui/Amount.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { ErrorState, isNotFound } from '../../../ui/ErrorState.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { AreaField, RadioField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { NotFound } from '../../../ui/NotFound.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { aside, mark, usePick, useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { castVote, closeMotion, getMotion } from '../../appraisal-group/group.contract.ts'
import { groupText } from './group-text.ts'

/** A motion: what is proposed, who left it, how each voted and why, what was decided. */
export default function MotionPage() {
  const t = useText(groupText)
  const pick = usePick()
  const { motionId = '' } = useParams()
  const { data, error, refetch } = useContract(getMotion, { params: { motionId } })
  const [open, setOpen] = useState<'vote' | 'close' | null>(null)
  if (isNotFound(error)) return <NotFound />
  if (error) return <Page><PageHeader title={t('motion')} /><ErrorState error={error} onRetry={() => void refetch()} /></Page>
  if (!data) return <Page><PageHeader title={t('motion')} /><Skeleton /></Page>
  const { motion } = data
  const voting = motion.may['vote']?.allowed === true
  return (
    <Page>
      <PageHeader
        title={pick(motion.title)} crumbs={[{ title: t('groups'), to: '/appraisal-group' }]} sub={`${motion.number} · ${motion.groupName} · ${t('putBy')} ${motion.putBy} ${motion.putOn}`} thumb
        tags={motion.decision === null ? <Tag tone="warning">{t('voting')}</Tag> : <Tag tone={motion.decision.result === 'PASSED' ? 'success' : 'info'}>{t(motion.decision.result)}</Tag>}
        actions={motion.decision === null && <>{voting && <ActionButton type="primary" may={motion.may['vote']} refusals={castVote.refusals} onClick={() => setOpen('vote')}>{t('vote')}</ActionButton>}{motion.may['close']?.reason !== 'not-of-the-group' && <ActionButton type={voting ? 'default' : 'primary'} may={motion.may['close']} refusals={closeMotion.refusals} onClick={() => setOpen('close')}>{t('close')}</ActionButton>}</>}
      />
      <Block title={t('proposal')}>
        <p style={{ whiteSpace: 'pre-wrap', marginTop: 0 }}>{motion.proposal}</p>
        <Facts facts={[
          ...(motion.kind === 'APPEAL' ? [{ label: t('result'), value: motion.moneyFen === null ? t('reject') : <>{t('award')} <Amount fen={motion.moneyFen} unit="yuan" withUnit /></> }] : []),
          ...(motion.about === null ? [] : [{ label: motion.inspector === null ? t('about') : t('inspector'), value: motion.about.appealId === null ? motion.about.name : <Link to={`/appeals/${motion.about.appealId}`}>{motion.about.name}</Link> }, ...(motion.about.claim === null ? [] : [{ label: t('claim'), value: motion.about.claim }])]),
          ...(motion.inspector === null ? [] : [{ label: t('termOfOffice'), value: `${motion.inspector.from} – ${motion.inspector.to}` }, { label: t('notHis'), value: motion.inspector.relatives.join(mark('、')) || t('nobody') }]),
          { label: t('recused'), value: motion.recused.length === 0 ? t('nobody') : motion.recused.map((one) => aside(one.name, t(one.why as 'SELF'))).join(mark('、')) },
        ]} />
        {motion.marks.length > 0 && <PlainTable label={t('marks')} stack="short" columns={[{ key: 'n', title: t('person') }, { key: 'i', title: t('item') }, { key: 'f', title: t('mark'), right: true }, { key: 't', title: t('calibrated'), right: true }, { key: 'r', title: t('why') }]} rows={motion.marks.map((one, place) => ({ key: String(place), cells: [one.name, pick(one.item), one.from, one.to, one.reason] }))} />}
      </Block>
      <Block title={t('votes')}>
        <div className="yq-stack">
          {motion.votes.length > 0 && <PlainTable label={t('votes')} columns={[{ key: 'n', title: t('members') }, { key: 'v', title: t('vote') }, { key: 'r', title: t('why') }]} rows={motion.votes.map((one) => ({ key: one.name, cells: [one.name, t(one.vote), one.reason ?? ''] }))} />}
          {motion.waiting.length > 0 && <span className="yq-quiet">{t('waiting')}{mark('：')}{motion.waiting.join(mark('、'))}</span>}
          {motion.decision !== null && <div><strong>{t(motion.decision.result)}</strong> {t('decided', { present: motion.decision.present, members: motion.members, yes: motion.decision.yes, no: motion.decision.no })}{motion.decision.byChair && <> · {t('byChair')}</>}<div style={{ whiteSpace: 'pre-wrap' }}>{motion.decision.reasons}</div></div>}
        </div>
      </Block>
      {open === 'vote' && <VoteForm motionId={motionId} onClose={() => setOpen(null)} />}
      {open === 'close' && <CloseForm motionId={motionId} onClose={() => setOpen(null)} />}
    </Page>
  )
}

function VoteForm({ motionId, onClose }: { motionId: string; onClose: () => void }) {
  const t = useText(groupText)
  const toast = useToast()
  const send = useAct(castVote, { refresh: ['group-motions', 'appraisal-groups'] })
  const form = useForm({ initial: { vote: 'YES' as 'YES' | 'NO' | 'ABSTAIN', reason: '' }, check: ({ vote, reason }) => (vote === 'NO' && reason.trim() === '' ? { reason: t('whyNo') } : {}), send: (entry) => send.mutateAsync({ params: { motionId }, body: entry }) })
  return (
    <FormDrawer title={t('vote')} open onClose={onClose} form={form} submit={t('vote')} onDone={() => toast(t('done'))}>
      <RadioField form={form} name="vote" label={t('vote')} required options={(['YES', 'NO', 'ABSTAIN'] as const).map((value) => ({ value, label: t(value) }))} />
      <AreaField form={form} name="reason" label={t('why')} required={form.values.vote === 'NO'} max={500} />
    </FormDrawer>
  )
}
function CloseForm({ motionId, onClose }: { motionId: string; onClose: () => void }) {
  const t = useText(groupText)
  const toast = useToast()
  const send = useAct(closeMotion, { refresh: ['group-motions', 'appraisal-groups', 'appeals', 'marks'] })
  const form = useForm({ initial: { reasons: '' }, check: ({ reasons }) => (reasons.trim().length < 4 ? { reasons: t('required') } : {}), send: (entry) => send.mutateAsync({ params: { motionId }, body: entry }) })
  return <FormDrawer title={t('close')} open onClose={onClose} form={form} submit={t('close')} onDone={() => toast(t('done'))}><AreaField form={form} name="reasons" label={t('why')} required max={1000} /></FormDrawer>
}
