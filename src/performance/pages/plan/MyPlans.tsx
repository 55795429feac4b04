import { Link } from 'react-router'
import { Block } from '../../../ui/Block.tsx'
import { useContract } from '../../../ui/client.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { usePick, useText } from '../../../ui/text.ts'
import { listMyAppraisalPlans } from '../../plan/plan.contract.ts'
import { PlanState } from './plan-parts.tsx'
import { planText } from './plan-text.ts'

/** One's own plans: those that wait for one's word first. */
export default function MyPlans() {
  const t = useText(planText)
  const pick = usePick()
  const { data, error, refetch } = useContract(listMyAppraisalPlans, {})
  return (
    <Page>
      <PageHeader title={t('myPlans')} />
      <Block title={t('myPlans')} loading={!data && !error} error={error} onRetry={() => void refetch()}>
        {data && (data.plans.length === 0 ? <EmptyState title={t('noneMine')} /> : (
          <ul className="yq-stack" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
            {data.plans.map((plan) => (
              <li key={plan.id} className="yq-row" style={{ flexWrap: 'wrap' }}>
                <Link className="yq-name" to={`/appraisal-plans/${plan.id}`}>{plan.person?.name ?? plan.unitName} {plan.from} – {plan.to}</Link><PlanState state={plan.state} />{plan.waitsForMe && <Tag tone="warning">{t('waits')}</Tag>}
                <span className="yq-quiet yq-small">{plan.unitName} · {pick(plan.schemeName)} · {t('kpis')} {plan.kpis}</span>
              </li>
            ))}
          </ul>
        ))}
      </Block>
    </Page>
  )
}
