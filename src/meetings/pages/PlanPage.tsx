import { Button } from 'antd'
import { useParams } from 'react-router'
import { useContract } from '../../ui/client.ts'
import { ErrorState, isNotFound } from '../../ui/ErrorState.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useText } from '../../ui/text.ts'
import { useMay, useWho } from '../../ui/who.ts'
import { getPlan } from '../work-plan.contract.ts'
import { PlanTag, PlanView } from './PlanView.tsx'
import { plansText } from './plans-text.ts'

/** One plan, for its author and for who leads his line. */
export default function PlanPage() {
  const t = useText(plansText)
  const may = useMay()
  const { staffKey } = useWho()
  const { planId = '' } = useParams()
  const { data, error, refetch } = useContract(getPlan, { params: { planId } })
  if (isNotFound(error)) return <NotFound />
  const plan = data?.plan
  const own = plan?.staffKey === staffKey
  return (
    <Page>
      <PageHeader
        title={plan ? `${plan.staffName} ${plan.periodKey}` : t('plan')} crumbs={[may('work-plan.supervise') && !own ? { title: t('unitPlans'), to: `/unit-work-plans${plan ? `?period=${plan.period}&key=${plan.periodKey}` : ''}` } : { title: t('plan'), to: '/work-plan' }]}
        tags={plan && <PlanTag state={plan.state} reviewed={plan.reviewedOn !== null} />}
        sub={plan && <span className="yq-row yq-num"><span>{plan.unitName}</span><span>{t(plan.period)}</span><span>{t('from', { from: plan.firstDay, to: plan.lastDay })}</span><span>{t('timePassed', { pct: plan.timePct })}</span><span>{t('edition', { n: plan.edition })}</span></span>}
        actions={plan && <><Button href={`/api/work-plans/${plan.id}/document`}>{t('document')}</Button><Button href={`/api/work-plans/${plan.id}/sheet`}>{t('sheet')}</Button></>}
      />
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : !plan ? <Skeleton /> : <PlanView plan={plan} />}
    </Page>
  )
}
