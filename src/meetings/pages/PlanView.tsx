import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Block } from '../../ui/Block.tsx'
import { useAct } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { DateText } from '../../ui/DateText.tsx'
import { AreaField, TextField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Meter } from '../../ui/Meter.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { mark, useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { judgePlan, reviewPlan, submitPlan, type Light, type PlanShown, type TargetShown } from '../work-plan.contract.ts'
import { plansText } from './plans-text.ts'
import './plans.css'

export function PlanTag({ state, reviewed }: { state: PlanShown['state']; reviewed: boolean }) {
  const t = useText(plansText)
  return reviewed ? <Tag tone="success">{t('reviewed')}</Tag> : <Tag tone={state === 'CONFIRMED' ? 'success' : state === 'RETURNED' ? 'warning' : state === 'SUBMITTED' ? 'info' : 'plain'}>{t(state)}</Tag>
}

/** Red, amber, green with an icon and a word. */
export function LightTag({ light }: { light: Light }) {
  const t = useText(plansText)
  return <Tag tone={light === 'GREEN' ? 'success' : light === 'YELLOW' ? 'warning' : 'error'} icon={light === 'GREEN' ? '●' : light === 'YELLOW' ? '▲' : '⬣'}>{t(light)}</Tag>
}

/** A figure as bankers write it: no hundredths that are none. */
const plain = (value: string): string => value.replace(/\.00$/, '')

export function Progress({ target, timePct }: { target: Pick<TargetShown, 'progress' | 'target' | 'unit'>; timePct: string }) {
  const t = useText(plansText)
  const { actual, completionPct, light, missingToTime } = target.progress
  return (
    <div className="yq-plan-progress">
      <span className="yq-row yq-num"><strong>{actual === null ? t('notKnown') : plain(actual)}</strong>{target.target !== null && <span className="yq-quiet">/ {plain(target.target)}{target.unit === null ? '' : ` ${target.unit}`}</span>}{light !== null && <LightTag light={light} />}</span>
      {completionPct !== null && <Meter ratio={String(Number(completionPct) / 100)} mark={String(Number(timePct) / 100)} />}
      {missingToTime !== null && Number(missingToTime) > 0 && <span className="yq-small yq-quiet yq-num">{t('missing', { n: plain(missingToTime) })}</span>}
    </div>
  )
}

/** A plan as it stands: direction, targets with their progress, the week's items, the superior's word, the review; what the reader may do. */
export function PlanView({ plan, onEdit }: { plan: PlanShown; onEdit?: () => void }) {
  const t = useText(plansText)
  const toast = useToast()
  const [doing, setDoing] = useState<'CONFIRMED' | 'RETURNED' | 'review' | null>(null)
  const submit = useAct(submitPlan, { refresh: ['work-plans', 'reports', 'duties'], onDone: (reply) => toast(reply.receiver === null ? t('submittedNobody') : t('submitted', { name: reply.receiver })) })
  const shown = (name: string): boolean => plan.may[name]?.allowed === true
  return (
    <>
      <Block
        title={t('targets')} flush
        actions={(
          <span className="yq-row">
            {onEdit && shown('save') && <Button onClick={onEdit}>{t('edit')}</Button>}
            {onEdit && shown('submit') && <ActionButton type="primary" may={plan.may['submit']} refusals={submitPlan.refusals} loading={submit.isPending} onClick={() => submit.mutate({ params: { planId: plan.id } })}>{t('submit')}</ActionButton>}
          </span>
        )}
      >
        <p className="yq-plan-line">{plan.direction}</p>
        {plan.targets.map((one) => (
          <section key={one.id} className="yq-plan-line yq-plan-target">
            <div><h3>{one.title}{one.carriedFrom !== null && <> <Tag>{t('carried')}</Tag></>}</h3><p className="yq-small">{one.measure}</p>{one.resources !== null && <p className="yq-small yq-quiet">{t('resources')}{mark('：')}{one.resources}</p>}</div>
            <Progress target={one} timePct={plan.timePct} />
          </section>
        ))}
      </Block>
      {plan.items.length > 0 && (
        <Block title={t('items')} flush>
          <ul className="yq-plan-items" aria-label={t('items')}>
            {plan.items.map((one) => (
              <li key={one.id} className="yq-plan-line">
                <span className="yq-small yq-quiet"><DateText date={one.day} /></span>
                <span>{one.customerId !== null && one.customerName !== null && <><Link className="yq-name" to={`/customers/${one.customerId}`}>{one.customerName}</Link> </>}{one.title}</span>
                {one.done !== null && <Tag tone={one.done ? 'success' : 'plain'} icon={one.done ? '√' : '○'}>{one.done ? t('done') : t('open')}</Tag>}
              </li>
            ))}
          </ul>
        </Block>
      )}
      {plan.state !== 'DRAFT' && (
        <Block
          title={t('judged')}
          actions={<span className="yq-row">{shown('return') && <Button onClick={() => setDoing('RETURNED')}>{t('giveBack')}</Button>}{shown('confirm') && <Button type="primary" onClick={() => setDoing('CONFIRMED')}>{t('confirm')}</Button>}</span>}
        >
          {plan.commentedOn === null ? <span className="yq-quiet">{plan.receiver === null ? t('submittedNobody') : t('waiting', { name: plan.receiver })}</span> : <><span className="yq-quiet yq-small">{plan.commentedBy} · <DateText date={plan.commentedOn} /></span><p className="yq-plan-text">{plan.comment ?? t('confirm')}</p></>}
        </Block>
      )}
      {plan.state === 'CONFIRMED' && (
        <Block title={t('review')} actions={shown('review') && <Button type="primary" onClick={() => setDoing('review')}>{t('review')}</Button>}>
          {plan.review === null ? <span className="yq-quiet">{t('reviewLater')}</span> : <><p className="yq-plan-text">{plan.review}</p>{plan.reviewedOn !== null && <span className="yq-quiet yq-small"><DateText date={plan.reviewedOn} /></span>}</>}
        </Block>
      )}
      {(doing === 'CONFIRMED' || doing === 'RETURNED') && <Judge plan={plan} decision={doing} onClose={() => setDoing(null)} />}
      {doing === 'review' && <Review plan={plan} onClose={() => setDoing(null)} />}
    </>
  )
}

function Judge({ plan, decision, onClose }: { plan: PlanShown; decision: 'CONFIRMED' | 'RETURNED'; onClose: () => void }) {
  const t = useText(plansText)
  const toast = useToast()
  const send = useAct(judgePlan, { refresh: ['work-plans', 'reports'] })
  const back = decision === 'RETURNED'
  const form = useForm({
    initial: { comment: '' }, check: ({ comment }) => (back && comment.trim() === '' ? { comment: t('required') } : {}),
    send: ({ comment }) => send.mutateAsync({ params: { planId: plan.id }, body: { decision, comment: comment.trim() === '' ? null : comment } }),
  })
  return (
    <FormDrawer title={back ? t('giveBack') : t('confirm')} open onClose={onClose} form={form} submit={back ? t('giveBack') : t('confirm')} onDone={() => toast(back ? t('returnedNow') : t('confirmedNow'))}>
      <AreaField form={form} name="comment" label={t('comment')} required={back} max={500} {...(back ? { hint: t('returnHint') } : {})} />
    </FormDrawer>
  )
}

const figure = /^-?(0|[1-9]\d{0,11})(\.\d{1,2})?$/
function Review({ plan, onClose }: { plan: PlanShown; onClose: () => void }) {
  const t = useText(plansText)
  const toast = useToast()
  const send = useAct(reviewPlan, { refresh: ['work-plans', 'reports'] })
  // what the product does not work out the person tells
  const told = plan.targets.filter((one) => one.progress.actual === null)
  const form = useForm<Record<string, string>>({
    initial: { review: '', ...Object.fromEntries(told.map((one) => [one.id, ''])) },
    check: (entry) => ({ ...((entry['review'] ?? '').trim().length < 2 ? { review: t('required') } : {}), ...Object.fromEntries(told.flatMap((one) => { const value = (entry[one.id] ?? '').trim(); return value !== '' && !figure.test(value) ? [[one.id, t('wrongFigure')]] : [] })) }),
    send: (entry) => send.mutateAsync({ params: { planId: plan.id }, body: { review: entry['review'] ?? '', actuals: told.flatMap((one) => ((entry[one.id] ?? '').trim() === '' ? [] : [{ targetId: one.id, actual: (entry[one.id] ?? '').trim() }])) } }),
  })
  return (
    <FormDrawer title={t('review')} open onClose={onClose} form={form} submit={t('review')} onDone={() => toast(t('reviewedNow'))}>
      {told.map((one) => <TextField key={one.id} form={form} name={one.id} label={`${one.title}${one.unit === null ? '' : `${mark('（')}${one.unit}${mark('）')}`}`} max={15} />)}
      <AreaField form={form} name="review" label={t('review')} required max={1000} rows={5} hint={t('reviewHint')} />
    </FormDrawer>
  )
}
