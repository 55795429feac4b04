import { Button } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { Block } from '../../ui/Block.tsx'
import { useContract } from '../../ui/client.ts'
import { DateText } from '../../ui/DateText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PageTabs } from '../../ui/PageTabs.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { useText } from '../../ui/text.ts'
import { listUnitPlans, planPeriods, type PlanPeriod } from '../work-plan.contract.ts'
import { keyIn, planTabs } from './plan-address.ts'
import { PlanTag } from './PlanView.tsx'
import { plansText } from './plans-text.ts'

/** Plans of the people of my line in a period: those that wait for my word first, then who has handed in none. */
export default function UnitPlans() {
  const t = useText(plansText)
  const [address, setAddress] = useSearchParams()
  const period: PlanPeriod = planPeriods.find((one) => one === address.get('period')) ?? 'MONTH'
  const key = keyIn(address, period)
  const { data, error, refetch } = useContract(listUnitPlans, { query: { period, ...(key === null ? {} : { key }) } })
  const items = data?.items ?? []
  return (
    <Page>
      <PageHeader
        title={t('unitPlans')} sub={data && <span className="yq-row yq-num"><strong>{data.periodKey}</strong><span>{t('counts', { all: items.length, in: items.filter((one) => one.planId !== null).length, wait: items.filter((one) => one.state === 'SUBMITTED').length })}</span></span>}
        actions={data && <><Button onClick={() => setAddress({ period, key: data.earlierKey })}>{t('earlier')}</Button><Button onClick={() => setAddress({ period, key: data.laterKey })}>{t('later')}</Button><Button href={`/api/unit-work-plans/sheet?period=${period}&key=${data.periodKey}`}>{t('sheet')}</Button></>}
      />
      <PageTabs tabs={planTabs.map((one) => ({ key: one as string, label: t(one) }))} label={t('periods')} name="period" />
      <Block title={t('unitPlans')} asOf={data?.asOf} loading={!data} error={error} onRetry={() => void refetch()} flush={items.length > 0}>
        {items.length === 0 ? <EmptyState title={t('noPeople')} /> : (
          <PlainTable
            label={t('unitPlans')} columns={[{ key: 'who', title: t('person') }, { key: 'state', title: t('state') }, { key: 'targets', title: t('targets'), right: true }, { key: 'on', title: t('submittedOn') }, { key: 'place', title: t('place') }]}
            rows={items.map((one) => ({ key: String(one.staffKey), cells: [one.planId === null ? one.staffName : <Link key="w" to={`/work-plans/${one.planId}`}>{one.staffName}</Link>, one.state === null ? <Tag key="s" tone="warning">{t('notYet')}</Tag> : <PlanTag key="s" state={one.state} reviewed={one.reviewedOn !== null} />, one.planId === null ? '--' : one.targets, one.submittedOn === null ? '--' : <DateText key="o" date={one.submittedOn} />, one.unitName] }))}
          />
        )}
      </Block>
    </Page>
  )
}
