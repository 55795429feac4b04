import { useParams } from 'react-router'
import { getReport } from '../../day-reports/day-report.contract.ts'
import { ReportBody, ReportTags } from '../../day-reports/pages/ReportBody.tsx'
import { reportsText } from '../../day-reports/pages/reports-text.ts'
import { findTaskOwners } from '../../duties/task.contract.ts'
import { call, useContract } from '../../ui/client.ts'
import { ErrorState, isNotFound } from '../../ui/ErrorState.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { aside, usePick, useText } from '../../ui/text.ts'

/** A confirmed report of somebody: read, commented, signed, answered with measures that become tasks. */
export default function ReportPage() {
  const t = useText(reportsText)
  const pick = usePick()
  const { reportId = '' } = useParams()
  const { data, error, refetch } = useContract(getReport, { params: { reportId } })
  if (isNotFound(error)) return <NotFound />
  if (error) return <Page><PageHeader title={t('report')} /><ErrorState error={error} onRetry={() => void refetch()} /></Page>
  if (!data) return <Page><PageHeader title={t('report')} /><Skeleton /></Page>
  const { report } = data
  const find = async (search: string) => (await call(findTaskOwners, { query: search === '' ? {} : { search } })).items.map((one) => ({ value: String(one.staffKey), label: aside(one.name, one.unitName) }))
  return (
    <Page>
      <PageHeader title={`${pick(report.kind)} · ${report.staffName}`} sub={`${report.unitName} · ${report.kind.period === 'EVENT' ? report.confirmedOn : report.period}`} tags={<ReportTags report={report} />} />
      <ReportBody report={report} findOwners={find} />
    </Page>
  )
}
