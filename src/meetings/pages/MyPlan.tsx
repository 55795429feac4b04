import { Button } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { newId } from '../../foundation/values/uuid7.ts'
import type { ReplyOf } from '../../foundation/http/contract.ts'
import { reasonText } from '../../ui/ActionButton.tsx'
import { Block } from '../../ui/Block.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { DateText } from '../../ui/DateText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PageTabs } from '../../ui/PageTabs.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { getMyPlan, listMyPlans, makePlan, planPeriods, savePlan, type PlanPeriod } from '../work-plan.contract.ts'
import { PlanForm } from './PlanForm.tsx'
import { keyIn, planTabs } from './plan-address.ts'
import { PlanTag, PlanView } from './PlanView.tsx'
import { plansText } from './plans-text.ts'

type Reply = ReplyOf<typeof getMyPlan>

/** My plan of a week, month, quarter or year: written, handed in, followed, reviewed on one page. */
export default function MyPlan() {
  const t = useText(plansText)
  const [address, setAddress] = useSearchParams()
  const asked = address.get('period')
  const period: PlanPeriod = planPeriods.find((one) => one === asked) ?? 'MONTH'
  const key = keyIn(address, period)
  const past = asked === 'past'
  const { data, error, refetch } = useContract(getMyPlan, { query: { period, ...(key === null ? {} : { key }) } }, { enabled: !past, keepOld: false })
  const go = (to: string): void => setAddress({ period, key: to })
  return (
    <Page>
      <PageHeader
        title={t('plan')} tags={!past && data?.plan ? <PlanTag state={data.plan.state} reviewed={data.plan.reviewedOn !== null} /> : undefined}
        sub={past || !data ? undefined : <span className="yq-row yq-num"><strong>{data.periodKey}</strong><span>{t('from', { from: data.firstDay, to: data.lastDay })}</span>{data.plan && <span>{t('timePassed', { pct: data.plan.timePct })}</span>}</span>}
        actions={past || !data ? undefined : (
          <>
            <Button onClick={() => go(data.earlierKey)}>{t('earlier')}</Button>
            <Button onClick={() => go(data.laterKey)}>{t('later')}</Button>
            {data.plan && <Button href={`/api/work-plans/${data.plan.id}/document`}>{t('document')}</Button>}
            {data.plan && <Button href={`/api/work-plans/${data.plan.id}/sheet`}>{t('sheet')}</Button>}
          </>
        )}
      />
      <PageTabs tabs={[...planTabs.map((one) => ({ key: one as string, label: t(one) })), { key: 'past', label: t('past') }]} label={t('periods')} name="period" />
      {past ? <Past /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : !data ? <Skeleton /> : <Period key={`${data.period} ${data.periodKey} ${data.plan?.id ?? ''}`} data={data} onChange={() => void refetch()} />}
    </Page>
  )
}

function Period({ data, onChange }: { data: Reply; onChange: () => void }) {
  const t = useText(plansText)
  const pick = usePick()
  const [id] = useState(newId)
  const [editing, setEditing] = useState(false)
  const make = useAct(makePlan, { refresh: ['work-plans'] })
  const save = useAct(savePlan, { refresh: ['work-plans'] })
  const { plan, period, periodKey, firstDay, lastDay } = data
  if (plan && !editing) return <PlanView plan={plan} onEdit={() => setEditing(true)} />
  if (plan) {
    return <PlanForm period={period} firstDay={firstDay} lastDay={lastDay} begin={plan} draft={`work-plan.${plan.id}`} send={(entry) => save.mutateAsync({ params: { planId: plan.id }, body: entry })} onDone={() => { setEditing(false); onChange() }} onCancel={() => setEditing(false)} />
  }
  if (!data.may.make.allowed) return <EmptyState title={t('none')} hint={pick(reasonText(data.may.make.reason ?? '', makePlan.refusals)).replace('{period}', periodKey)} />
  return (
    <>
      {(data.suggested.targets.length > 0 || data.suggested.items.length > 0) && <Note>{period === 'WEEK' ? t('itemsHint') : t('prefilled')}</Note>}
      <PlanForm period={period} firstDay={firstDay} lastDay={lastDay} begin={data.suggested} draft={`work-plan.${period}.${periodKey}`} send={(entry) => make.mutateAsync({ body: { id, period, periodKey, ...entry } })} onDone={onChange} />
    </>
  )
}

function Past() {
  const t = useText(plansText)
  const { data, error, refetch } = useContract(listMyPlans, {})
  return (
    <Block title={t('past')} loading={!data} error={error} onRetry={() => void refetch()} flush={(data?.items.length ?? 0) > 0}>
      {data?.items.length === 0 ? <EmptyState title={t('noPlans')} /> : (
        <PlainTable
          label={t('past')} columns={[{ key: 'key', title: t('periods') }, { key: 'direction', title: t('direction') }, { key: 'state', title: t('state') }, { key: 'targets', title: t('targets'), right: true }, { key: 'on', title: t('submittedOn') }]}
          rows={(data?.items ?? []).map((one) => ({ key: one.id, cells: [<Link key="k" to={`/work-plan?period=${one.period}&key=${one.periodKey}`}>{one.periodKey}</Link>, one.direction, <PlanTag key="s" state={one.state} reviewed={one.reviewedOn !== null} />, one.targets, one.submittedOn === null ? '--' : <DateText key="o" date={one.submittedOn} />] }))}
        />
      )}
    </Block>
  )
}
