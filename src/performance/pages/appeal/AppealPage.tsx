import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { newId } from '../../../foundation/values/uuid7.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Amount } from '../../../ui/Amount.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { DateText } from '../../../ui/DateText.tsx'
import { Deadline } from '../../../ui/Deadline.tsx'
import { ErrorState, isNotFound } from '../../../ui/ErrorState.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { AreaField, ChoiceField, MoneyField, RadioField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { NotFound } from '../../../ui/NotFound.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { usePick, useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { listAppraisalGroups, putMotion } from '../../appraisal-group/group.contract.ts'
import { codeNames, named } from '../../pay-words.rules.ts'
import { getAppeal, withdrawAppeal } from '../../appeal/appeal.contract.ts'
import { AppealState } from './Appeals.tsx'
import { appealText } from './appeal-text.ts'

/** One appeal: its line, claim, clock and answer; the group's chair and secretary put it to the vote. */
export default function AppealPage() {
  const t = useText(appealText)
  const pick = usePick()
  const { appealId = '' } = useParams()
  const { data, error, refetch } = useContract(getAppeal, { params: { appealId } })
  const [open, setOpen] = useState<'put' | 'withdraw' | null>(null)
  if (isNotFound(error)) return <NotFound />
  if (error) return <Page><PageHeader title={t('appeal')} /><ErrorState error={error} onRetry={() => void refetch()} /></Page>
  if (!data) return <Page><PageHeader title={t('appeal')} /><Skeleton /></Page>
  const { appeal } = data
  return (
    <Page>
      <PageHeader
        title={`${appeal.number} ${appeal.month}`} crumbs={[{ title: t('appeals'), to: '/appeals' }]} tags={<AppealState appeal={appeal} />} sub={`${appeal.name} · ${appeal.groupName}`} thumb
        actions={<>{appeal.may['put']?.allowed && <ActionButton type="primary" may={appeal.may['put']} refusals={putMotion.refusals} onClick={() => setOpen('put')}>{t('put')}</ActionButton>}{appeal.may['withdraw']?.allowed && <ActionButton may={appeal.may['withdraw']} refusals={withdrawAppeal.refusals} onClick={() => setOpen('withdraw')}>{t('withdraw')}</ActionButton>}</>}
      />
      <Block title={t('claim')}>
        <p style={{ whiteSpace: 'pre-wrap', marginTop: 0 }}>{appeal.claim}</p>
        <Facts facts={[
          { label: t('line'), value: `${appeal.month} ${pick(named(codeNames, appeal.lineCode))}` }, ...(appeal.linePoints === null ? [] : [{ label: t('points'), value: appeal.linePoints }]), ...(appeal.lineFen === null ? [] : [{ label: t('money'), value: <Amount fen={appeal.lineFen} unit="yuan" withUnit /> }]),
          { label: t('openedOn'), value: <DateText date={appeal.openedOn} /> }, { label: t('answerBy'), value: <Deadline date={appeal.answerBy} done /> }, ...(appeal.workingDaysLeft === null ? [] : [{ label: t('left'), value: appeal.workingDaysLeft }]), { label: t('group'), value: appeal.groupName },
          ...(appeal.mine ? [{ label: t('statement'), value: <Link to={`/statement?month=${appeal.end?.payMonth ?? appeal.month}`}>{appeal.end?.payMonth ?? appeal.month}</Link> }] : []),
          ...(appeal.motionId === null ? [] : [{ label: t('motion'), value: <Link to={`/appraisal-group/motions/${appeal.motionId}`}>{t('motion')}</Link> }]),
        ]} />
      </Block>
      {appeal.end !== null && (
        <Block title={t('answer')}>
          <p style={{ whiteSpace: 'pre-wrap', marginTop: 0 }}>{appeal.end.reason}</p>
          <Facts facts={[{ label: t('state'), value: <>{t(appeal.state)} <DateText date={appeal.end.on} /></> }, ...(appeal.end.moneyFen === null || appeal.end.payMonth === null ? [] : [{ label: t('amount'), value: <><Amount fen={appeal.end.moneyFen} unit="yuan" withUnit /> · {t('paidIn', { month: appeal.end.payMonth })}</> }])]} />
        </Block>
      )}
      {open === 'put' && <PutForm appealId={appealId} groupName={appeal.groupName} onClose={() => setOpen(null)} />}
      {open === 'withdraw' && <WithdrawForm appealId={appealId} onClose={() => setOpen(null)} />}
    </Page>
  )
}

function PutForm({ appealId, groupName, onClose }: { appealId: string; groupName: string; onClose: () => void }) {
  const t = useText(appealText)
  const go = useNavigate()
  const [id] = useState(newId)
  const send = useAct(putMotion, { refresh: ['appeals', 'appraisal-groups'] })
  const { data } = useContract(listAppraisalGroups, {})
  const members = data?.groups.find((one) => one.mine && one.name === groupName)?.members ?? []
  const form = useForm({
    initial: { as: 'REJECT' as 'REJECT' | 'GRANT', award: null as string | null, relatives: [] as string[], reasons: '' }, check: (entry) => ({ ...(entry.as === 'GRANT' && entry.award === null ? { award: t('required') } : {}), ...(entry.reasons.trim().length < 4 ? { reasons: t('required') } : {}) }),
    send: (entry) => send.mutateAsync({ body: { id, kind: 'APPEAL', appealId, award: entry.as === 'GRANT' ? entry.award : null, relatives: entry.relatives.map(Number), reasons: entry.reasons } }),
  })
  return (
    <FormDrawer title={t('put')} open onClose={onClose} form={form} submit={t('put')} onDone={() => void go(`/appraisal-group/motions/${id}`)}>
      <RadioField form={form} name="as" label={t('proposal')} required options={[{ value: 'REJECT', label: t('reject') }, { value: 'GRANT', label: t('grant') }]} />
      {form.values.as === 'GRANT' && <MoneyField form={form} name="award" label={t('amount')} required />}
      <ChoiceField form={form} name="relatives" label={t('relatives')} hint={t('relativesHint')} many options={members.map((one) => ({ value: String(one.staffKey), label: one.name }))} />
      <AreaField form={form} name="reasons" label={t('reasons')} required max={1000} />
    </FormDrawer>
  )
}
function WithdrawForm({ appealId, onClose }: { appealId: string; onClose: () => void }) {
  const t = useText(appealText)
  const toast = useToast()
  const send = useAct(withdrawAppeal, { refresh: ['appeals'] })
  const form = useForm({ initial: { reason: '' }, check: ({ reason }) => (reason.trim().length < 4 ? { reason: t('required') } : {}), send: ({ reason }) => send.mutateAsync({ params: { appealId }, body: { reason } }) })
  return <FormDrawer title={t('withdraw')} open onClose={onClose} form={form} submit={t('withdraw')} onDone={() => toast(t('done'))}><AreaField form={form} name="reason" label={t('reasons')} required max={300} /></FormDrawer>
}
