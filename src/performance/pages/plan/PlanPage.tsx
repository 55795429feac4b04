import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { DateText } from '../../../ui/DateText.tsx'
import { ErrorState, isNotFound } from '../../../ui/ErrorState.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { AreaField, ChoiceField, TextField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { NotFound } from '../../../ui/NotFound.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { aside, mark, usePick, useText } from '../../../ui/text.ts'
import { Timeline } from '../../../ui/Timeline.tsx'
import { useForm } from '../../../ui/useForm.ts'
import { findingText } from '../../plan/finding-text.rules.ts'
import { acknowledgeFinding, actOnAppraisalPlan, getAppraisalPlan, planActs, type FindingShown, type PlanItem, type TargetShown } from '../../plan/plan.contract.ts'
import { ItemsEditor, type Known } from './ItemsEditor.tsx'
import { figure, itemOf, PlanState } from './plan-parts.tsx'
import { planText } from './plan-text.ts'

type Act = (typeof planActs)[number]
const withItems: readonly Act[] = ['DRAFT', 'ASK_OTHER', 'ANSWER']
const order: readonly Act[] = ['AGREE', 'PROPOSE', 'ASK_OTHER', 'ANSWER', 'DRAFT', 'TRANSFER', 'PAY', 'WITHDRAW']

/** One plan: each KPI with its chain up to the bank's objective and what stands beside its target; what the validator found; the negotiation; the steps that this person may do. */
export default function PlanPage() {
  const t = useText(planText)
  const pick = usePick()
  const toast = useToast()
  const { planId = '' } = useParams()
  const { data, error, refetch } = useContract(getAppraisalPlan, { params: { planId } })
  const [open, setOpen] = useState<Act | null>(null)
  const [answering, setAnswering] = useState<FindingShown | null>(null)
  const direct = useAct(actOnAppraisalPlan, { refresh: ['appraisal-plans'], onDone: () => toast(t('done')) })
  if (isNotFound(error)) return <NotFound />
  if (error) return <Page><PageHeader title={t('plan')} /><ErrorState error={error} onRetry={() => void refetch()} /></Page>
  if (!data) return <Page><PageHeader title={t('plan')} /><Skeleton /></Page>
  const { plan, targets, findings, steps } = data
  const may = order.filter((act) => plan.may[act]?.allowed || (act === 'AGREE' && ['validator-refuses', 'warnings-open'].includes(plan.may[act]?.reason ?? '')))
  const start = (act: Act): void => (act === 'AGREE' || act === 'PROPOSE' || act === 'PAY' ? direct.mutate({ params: { planId }, body: { act, items: null, note: '', transferPostKey: null, orderNo: '' } }) : setOpen(act))
  return (
    <Page>
      <PageHeader
        title={`${plan.person?.name ?? plan.unitName} ${plan.from.slice(0, 4)}`} thumb crumbs={[plan.mine ? { title: t('myPlans'), to: '/my-appraisal-plans' } : { title: t('plans'), to: '/appraisal-plans' }]}
        tags={<><PlanState state={plan.state} />{plan.version !== null && <Tag>{t('version', { n: plan.version })}</Tag>}</>} sub={`${plan.unitName} · ${pick(plan.schemeName)} · ${plan.from} – ${plan.to} · ${t('holder')} ${plan.holderName}`}
        actions={may.map((act, place) => <ActionButton key={act} type={place === 0 && plan.waitsForMe ? 'primary' : 'default'} may={plan.may[act]} refusals={actOnAppraisalPlan.refusals} onClick={() => start(act)}>{t(`do${act}`)}</ActionButton>)}
      />
      {direct.error && <ErrorState error={direct.error} onRetry={() => direct.reset()} />}
      {plan.agreed !== null && <Note>{plan.agreed === 'HOLDER' ? t('agreedHolder') : t('agreedOwner')}</Note>}
      {plan.version !== null && <Note tone="success">{t('locked')}{plan.followedBy !== null && <> · <Link to={`/appraisal-plans/${plan.followedBy}`}>{t('followedBy')}</Link></>}{plan.followedBy === null && plan.transferredOn !== null && plan.person !== null && !plan.mine && <> · <Link to={`/appraisal-plans/new?${new URLSearchParams({ follows: plan.id, staff: String(plan.person.staffKey), scheme: plan.scheme, from: plan.transferredOn, to: plan.to }).toString()}`}>{t('makeNext')}</Link></>}{plan.follows !== null && <> · <Link to={`/appraisal-plans/${plan.follows}`}>{t('follows')}</Link></>}</Note>}
      <Block title={t('targets')}>
        <ul className="yq-stack" style={{ listStyle: 'none', margin: 0, padding: 0 }}>{targets.map((one) => <li key={one.indicator}><TargetCard target={one} /></li>)}</ul>
      </Block>
      <div className="yq-grid" data-columns="2-1">
        <Block title={t('findings')}>
          {findings.length === 0 ? <span className="yq-quiet">{t('noFinding')}</span> : (
            <ul className="yq-stack" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
              {findings.map((one) => (
                <li key={`${one.code} ${one.indicator} ${one.details['unit'] ?? ''}`}>
                  <Tag tone={one.level === 'REFUSE' ? 'error' : one.answer === null ? 'warning' : 'info'} icon={one.level === 'REFUSE' ? '⬣' : '■'}>{t(one.level)}</Tag> {pick(findingText({ code: one.code as Parameters<typeof findingText>[0]['code'], indicator: one.indicatorName === null ? one.indicator : pick(one.indicatorName), value: one.value, details: one.details }))}
                  {one.answer !== null && <div className="yq-quiet yq-small">{t('answered', one.answer)}</div>}
                  {one.level === 'WARN' && one.answer === null && (plan.may[`acknowledge ${one.code} ${one.indicator}`]?.allowed ? <div><ActionButton size="small" may={plan.may[`acknowledge ${one.code} ${one.indicator}`]} refusals={acknowledgeFinding.refusals} onClick={() => setAnswering(one)}>{t('answer')}</ActionButton></div> : <div className="yq-quiet yq-small">{one.byCompliance ? t('answerOfCompliance') : t('answerOfOwner')}</div>)}
                </li>
              ))}
            </ul>
          )}
        </Block>
        <Block title={t('steps')}>
          <Timeline label={t('steps')} events={[...steps].reverse().map((one) => ({
            id: String(one.place), when: <DateText date={one.on} />,
            content: <><strong>{t(`step${one.kind}` as 'stepDRAFT')}</strong> <span className="yq-quiet yq-small">{one.by ?? t('itself')}{one.orderNo !== null && ` · ${one.orderNo}`}</span>{one.note !== null && <div style={{ whiteSpace: 'pre-wrap' }}>{one.note}</div>}{one.changes.map((change) => <div key={change.indicator} className="yq-small">{pick(change.name)}{mark('：')}{figure(change.from, change.unit)} → {figure(change.to, change.unit)}</div>)}</>,
          }))} />
        </Block>
      </div>
      {open !== null && <ActForm key={open} planId={planId} act={open} targets={targets} transfers={plan.transfers} known={{ indicators: data.indicators, objectives: data.objectives }} onClose={() => setOpen(null)} />}
      {answering && <AnswerForm planId={planId} finding={answering} onClose={() => setAnswering(null)} />}
    </Page>
  )
}

/** A target with everything that stands beside it: on the phone one below the other. */
function TargetCard({ target }: { target: TargetShown }) {
  const t = useText(planText)
  const pick = usePick()
  const { beside, unit } = target
  return (
    <div>
      <div className="yq-row" style={{ flexWrap: 'wrap' }}><strong>{pick(target.name)}</strong><Tag>{t(target.cls)}</Tag><span className="yq-quiet yq-small">{t('weight')} {target.weight}</span></div>
      <div className="yq-quiet yq-small">{t('chain')}{mark('：')}{target.chain.length === 0 ? '--' : target.chain.map((one) => `${one.code} ${pick({ zh: one.title, en: one.titleEn })}`).join(' › ')}</div>
      <Facts facts={target.target === null ? [{ label: t('target'), value: t('byMarks') }] : [
        { label: unit === 'FEN' ? aside(t('target'), t('wan')) : t('target'), value: <strong className="yq-num">{figure(target.target, unit)}</strong> }, { label: t('lastYear'), value: beside.lastYear === null ? t('noLastYear') : figure(beside.lastYear, unit) },
        { label: t('growth'), value: beside.growth === null ? null : `${beside.growth}%` }, { label: t('peers'), value: <>{beside.peerMedian === null ? t('tooFew') : figure(beside.peerMedian, unit)}{beside.peerGrowth !== null && <span className="yq-quiet yq-small"> {t('peersGrowth', { pct: beside.peerGrowth })}</span>}</> },
        ...(target.actual === null ? [] : [{ label: `${t('actual')} ${target.actual.month}`, value: figure(target.actual.value, unit) }]), ...(target.above === null ? [] : [{ label: t('sum'), value: `${figure(target.above.target, unit)} / ${figure(target.above.sum, unit)}` }]),
        ...(target.below === null ? [] : [{ label: t('sumBelow'), value: figure(target.below.sum, unit) }]), ...(target.parts.length > 1 ? [{ label: t('part'), value: target.parts.map((part) => `${part.from.slice(0, 7)} ${figure(part.target, unit)}`).join(mark('；')) }] : []),
        ...(target.note === '' ? [] : [{ label: t('note'), value: target.note }]),
      ]} />
    </div>
  )
}

function ActForm({ planId, act, targets, transfers, known, onClose }: { planId: string; act: Act; targets: readonly TargetShown[]; transfers: readonly { postKey: number; from: string; name: string; orderNo: string | null }[]; known: Known; onClose: () => void }) {
  const t = useText(planText)
  const toast = useToast()
  const [items, setItems] = useState<PlanItem[]>(targets.map(itemOf))
  const send = useAct(actOnAppraisalPlan, { refresh: ['appraisal-plans'] })
  const form = useForm({
    initial: { note: '', post: transfers[0] ? String(transfers[0].postKey) : (null as string | null), orderNo: transfers[0]?.orderNo ?? '' },
    check: (entry) => ({ ...((act === 'ASK_OTHER' || act === 'WITHDRAW') && entry.note.trim() === '' ? { note: t('required') } : {}), ...(act === 'TRANSFER' && entry.post === null ? { post: t('required') } : {}) }),
    send: (entry) => send.mutateAsync({ params: { planId }, body: { act, items: withItems.includes(act) ? items : null, note: entry.note, transferPostKey: act === 'TRANSFER' && entry.post !== null ? Number(entry.post) : null, orderNo: act === 'TRANSFER' ? entry.orderNo : '' } }),
  })
  return (
    <FormDrawer title={t(`do${act}`)} open onClose={onClose} form={form} submit={t(`do${act}`)} onDone={() => toast(t('done'))}>
      {withItems.includes(act) && <ItemsEditor items={items} onChange={setItems} known={known} />}
      {act === 'TRANSFER' && <>
        {transfers.length === 0 && <Note tone="warning">{t('noTransfer')}</Note>}
        <ChoiceField form={form} name="post" label={t('transfer')} required options={transfers.map((one) => ({ value: String(one.postKey), label: `${one.from} ${one.name}` }))} />
        <TextField form={form} name="orderNo" label={t('orderNo')} required max={40} />
      </>}
      <AreaField form={form} name="note" label={t('note')} required={act === 'ASK_OTHER' || act === 'WITHDRAW'} max={500} />
    </FormDrawer>
  )
}

function AnswerForm({ planId, finding, onClose }: { planId: string; finding: FindingShown; onClose: () => void }) {
  const t = useText(planText)
  const toast = useToast()
  const send = useAct(acknowledgeFinding, { refresh: ['appraisal-plans'] })
  const form = useForm({ initial: { reason: '' }, check: ({ reason }) => (reason.trim().length < 4 ? { reason: t('required') } : {}), send: ({ reason }) => send.mutateAsync({ params: { planId }, body: { code: finding.code, indicator: finding.indicator, reason } }) })
  return <FormDrawer title={t('answer')} open onClose={onClose} form={form} submit={t('answer')} onDone={() => toast(t('done'))}><AreaField form={form} name="reason" label={t('reason')} required max={500} /></FormDrawer>
}
