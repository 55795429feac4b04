import { Button } from 'antd'
import { Link, useNavigate } from 'react-router'
import { decimalText } from '../../../ui/amount-format.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useContract } from '../../../ui/client.ts'
import { Deadline } from '../../../ui/Deadline.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { mark, useText } from '../../../ui/text.ts'
import { listInspectors, listRuns, planRun } from '../../inspection/run.contract.ts'
import { inspectionText } from './inspection-text.ts'
import { RunStateTag } from './parts.tsx'

/** Inspections that one inspects, answers for, confirms or plans, and who is appointed. */
export default function Inspections() {
  const t = useText(inspectionText)
  const go = useNavigate()
  const { data, error, refetch } = useContract(listRuns, { query: {} })
  const inspectors = useContract(listInspectors, {})
  const appointed = inspectors.data?.inspectors ?? []
  return (
    <Page>
      <PageHeader title={t('runs')} actions={data?.mayPlan.allowed && <><ActionButton type="primary" may={data.mayPlan} refusals={planRun.refusals} onClick={() => void go('/inspections/new')}>{t('plan')}</ActionButton><Button onClick={() => void go('/inspection-lists')}>{t('lists')}</Button></>} />
      <Block title={t('runs')} loading={!data && !error} error={error} onRetry={() => void refetch()} flush={(data?.runs.length ?? 0) > 0}>
        {data && (data.runs.length === 0 ? <EmptyState title={t('none')} hint={t('noneHint')} /> : (
          <PlainTable
            label={t('runs')} stack="short"
            columns={[{ key: 'n', title: t('number') }, { key: 's', title: t('state') }, { key: 'm', title: t('month') }, { key: 'o', title: t('object') }, { key: 'u', title: t('unit') }, { key: 'i', title: t('inspector') }, { key: 'f', title: t('progress'), right: true }, { key: 'p', title: t('points'), right: true }, { key: 'd', title: t('until') }]}
            rows={data.runs.map((one) => ({ key: one.id, cells: [
              <Link key="n" to={`/inspections/${one.id}`}>{one.number}</Link>, <span key="s"><RunStateTag state={one.state} />{one.waitsForMe && <> <Tag tone="warning">{t('waits')}</Tag></>}</span>, one.month, t(one.object), one.unitName, one.inspector, one.drawn === 0 ? null : `${one.found}/${one.drawn}`, one.points === null ? null : decimalText(one.points, 2),
              one.objectionUntil === null ? null : <Deadline key="d" date={one.objectionUntil} done={one.workingDaysLeft === null} {...(one.workingDaysLeft === null ? {} : { workingDays: one.workingDaysLeft })} />,
            ] }))}
          />
        ))}
      </Block>
      <Block title={t('inspectors')} loading={!inspectors.data && !inspectors.error} error={inspectors.error} onRetry={() => void inspectors.refetch()} flush={appointed.length > 0}>
        {inspectors.data && (appointed.length === 0 ? <EmptyState title={t('noInspectors')} hint={t('appointHint')} /> : (
          <PlainTable
            label={t('inspectors')} stack="short" columns={[{ key: 'n', title: t('inspector') }, { key: 's', title: t('state') }, { key: 't', title: t('term') }, { key: 'g', title: t('group') }, { key: 'r', title: t('relatives') }]}
            rows={appointed.map((one) => ({ key: one.id, cells: [
              `${one.name} ${one.staffNo}`, <Tag key="s" tone={one.inForce ? 'success' : 'info'}>{one.inForce ? t('inForce') : t('notNow')}</Tag>, `${one.from} – ${one.to}`, one.motionId === null ? one.groupName : <Link key="g" to={`/appraisal-group/motions/${one.motionId}`}>{one.groupName}</Link>,
              data?.mayPlan.allowed ? one.relatives.join(mark('、')) || t('nobody') : null,
            ] }))}
          />
        ))}
      </Block>
    </Page>
  )
}
